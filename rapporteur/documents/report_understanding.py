"""What a recommendation and its results say: to whom, in which parts, who answered what.

Everything here is a reading. What the grammar leaves no doubt about has no reason; whatever else is
proposed has one, in Lithuanian, for the analyst who confirms it. What is only named is told apart
and proposed as nothing.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from rapporteur.documents.naming import (
    DATIVE,
    GENITIVE,
    NOMINATIVE,
    Mention,
    Names,
)
from rapporteur.documents.report_reading import Entry

ADDRESSEE: Final = "adresatas"
PARTNER: Final = "bendradarbiaujanti institucija"
ANSWERED, UNANSWERED = "pateikta", "nepateikta"

# The verbs by which something is recommended to somebody.
_VERB: Final = re.compile(
    r"\b(?:rekomenduo(?:tina|ti|jama|ja)|(?:pa)?siūly(?:tina|ti)|siūlo(?:ma)?|pageidautina|"
    r"pave(?:sti|stina|dama)|įpareigo(?:ti|jama)|prašy(?:ti|tina)|prašoma|ragin(?:ti|ama)|"
    r"kvie(?:sti|čiama)|skatin(?:ti|tina))\b",
    re.IGNORECASE,
)
_INFINITIVE: Final = re.compile(
    r"\b(?!kiti\b|pati\b|visi\b)[^\W\d_]{2,}(?:ti|tis)\b", re.IGNORECASE
)
_MODAL: Final = re.compile(r"\s*(?:turėtų|turi|privalo|privalėtų)\b", re.IGNORECASE)
# „padėti savivaldybėms“: the verb before it says what is done for whom.
_GOVERNING: Final = re.compile(r"[^\W\d_]{2,}(?:ti|tis|iant|ant|int|dama|dami|damos|damas)\s+$")
_NEAR: Final = 80  # characters before a name
_DASH: Final = re.compile(r"\s*[–—]\s*[^\W\d_]+ti\b")
_JOINING: Final = re.compile(r"(?:[^\W\d_]+\s+)?su\s+(?:[^\W\d_]+(?:omis|iais|ais)\s+)?$")
_SENTENCE: Final = re.compile(r"(?<=[.!?])[“”\"]?\s+(?=[A-ZĄČĘĖĮŠŲŪŽ„])|\n")
_ABBREVIATION: Final = re.compile(
    r"(?:^|[\s(„])(?:[a-ząčęėįšųūž]{1,2}|[A-ZĄČĘĖĮŠŲŪŽ]|pvz|proc|tūkst|str|doc|prof|angl|vnt)\.$"
)
_MARK: Final = re.compile(r"(?<![^\s(])(?:([a-zčšž])|(\d{1,2}))\)\s+")
_BULLET: Final = re.compile(r"[–—•▪·*-]\s+")
_LETTERS: Final = "abcdefghijklmnoprstuvz"
_NO_DATA: Final = re.compile(
    r"duomenų\s+(?:šiuo\s+klausimu\s+)?(?:nepateik(?:ta|ė)|nebuvo\s+pateikta|negauta)\s*\.?",
    re.IGNORECASE,
)
_SAYS_NO_DATA: Final = re.compile(
    r"\bduomenų\b[^.]{0,200}\b(?:nepateik|nebuvo\s+pateik|negauta)", re.IGNORECASE
)
# What our own report puts where nobody wrote anything.
_OUR_REMARK: Final = re.compile(
    r"\[(?:atsakymo laukiama|neminima|duomenų neprašyta|netaikoma|duomenų pateikta, rezultatai dar "
    r"neaprašyti)\]"
)
_OPENING: Final = re.compile(
    r"(?:\d{4}\s*m\.|\d{4}[–-]\d{4}\s*m\.|taip\s+pat|be\s+to|savo\s+ruožtu|[,–\s„“])*",
    re.IGNORECASE,
)
_CONTINUING: Final = re.compile(r"\bnuolat\b", re.IGNORECASE)
_DUE: Final = re.compile(
    r"\biki\s+(\d{4}\s*m\.\s*[^\W\d_]+\s+\d{1,2}\s*d\.|\d{4}-\d{2}-\d{2})", re.IGNORECASE
)

_DOUBTS: Final = {
    "short": "Pavadinimas tekste trumpesnis už oficialųjį. Patikrinkite, ar tai ši institucija.",
    "shared": "Kelios institucijos įvardytos vienu bendru žodžiu. Patikrinkite, ar atpažinta "
    "teisingai.",
    "narrowed": "Prieš grupės pavadinimą yra pažyminys: galbūt turimi omenyje ne visi jos nariai. "
    "Patikslinkite adresatą.",
    "other": "Prie pavadinimo tekste nurodyta kitos institucijos santrumpa. Patikrinkite, kuri "
    "turima omenyje.",
}
_NAMED_IN_NOMINATIVE: Final = (
    "Institucija įvardyta vardininku, o ne naudininku. Patvirtinkite, kad rekomendacija skirta jai."
)
_ABBREVIATED: Final = (
    "Institucija įvardyta vien santrumpa, linksnis nematyti. Patvirtinkite, kad rekomendacija "
    "skirta jai."
)
_WITHOUT_VERB: Final = (
    "Tekste nėra žodžio „rekomenduotina“, „siūlytina“ ar panašaus. Patvirtinkite, kad "
    "rekomendacija skirta šiai institucijai."
)
_WITH_DASH: Final = (
    "Institucijai skirta atskira sakinio dalis po brūkšnio. Patvirtinkite, kad rekomendacija "
    "skirta ir jai."
)
_IN_PART: Final = "Institucija įvardyta vienoje dalyje. Patvirtinkite, kad ši dalis skirta jai."
_WITH: Final = (
    "Tekste parašyta „kartu su“, „bendradarbiaujant su“ ar pan. Patvirtinkite vaidmenį arba "
    "ištrinkite eilutę."
)
_RECEIVING: Final = (
    "Institucija įvardyta naudininku, bet veiksmas pavestas kitam. Patvirtinkite vaidmenį arba "
    "ištrinkite eilutę."
)
_IN_RESULTS: Final = (
    "Institucija įvardyta ne rekomendacijoje, o rezultatuose, kaip veikusi kartu. Patvirtinkite "
    "vaidmenį arba ištrinkite eilutę."
)
_UNKNOWN_BODY: Final = (
    "Tokios institucijos tarp žinomų nėra, todėl ji neįrašyta. Jei ji yra adresatas, aprašykite ją "
    "lape „Institucijos“ ir įrašykite lape „Adresatai“."
)
_UNNUMBERED_PART: Final = "Dalies žymos tekste nėra: ji duota iš eilės."
_SPOKEN: Final = (
    "Atsakymas priskirtas pagal sakinį, kuriame institucija įvardyta. Patvirtinkite instituciją, "
    "būseną ir tekstą."
)
_SPOKEN_SILENCE: Final = (
    "Iš teksto atrodo, kad institucija duomenų nepateikė. Patvirtinkite instituciją ir būseną."
)


@dataclass(frozen=True)
class Part:
    """A part of a recommendation; `reason` says why its code is no more than a proposal."""

    code: str
    text: str
    reason: str | None = None


@dataclass(frozen=True)
class Addressed:
    """An institution that a recommendation names, its role, and the words that name it."""

    institution: str
    role: str
    quote: str
    part: str | None = None
    reason: str | None = None


@dataclass(frozen=True)
class Named:
    """Words that name somebody and are proposed as nothing."""

    words: str
    reason: str


@dataclass(frozen=True)
class Answer:
    """What the report retells of one institution, always to be confirmed."""

    institution: str
    state: str
    text: str
    reason: str


@dataclass(frozen=True)
class Said:
    """What a recommendation says of itself: its verb, whether it continues, its term as written."""

    verb: str | None
    is_verb_certain: bool
    is_continuing: bool
    due: str | None


@dataclass(frozen=True)
class Reported:
    """What the results say.

    `is_silent`: nobody gave data, and that is all they say. `paragraphs` are those of the report;
    what this program's own report puts where nobody wrote anything is left out. `unattributed` are
    the places, from 0, of paragraphs of which no institution is the subject.
    """

    paragraphs: tuple[str, ...]
    is_silent: bool
    answers: tuple[Answer, ...]
    unattributed: tuple[int, ...]
    partners: tuple[Addressed, ...]


# Parts ----------------------------------------------------------------------------------------


def parts(entry: Entry) -> tuple[str, tuple[Part, ...]]:
    """The words before the first part, and the parts; all the words where there are none."""
    text = entry.text
    for is_letter in (True, False):
        marks = _run_of_marks(text, is_letter=is_letter)
        if len(marks) > 1:
            ends = [mark.start() for mark in marks[1:]] + [len(text)]
            found = tuple(
                Part(mark[1] or mark[2], text[mark.end() : end].strip())
                for mark, end in zip(marks, ends, strict=True)
            )
            return text[: marks[0].start()].strip(), found
    listed = [
        place
        for place, paragraph in enumerate(entry.paragraphs)
        if paragraph.is_listed or _BULLET.match(paragraph.text)
    ]
    if len(listed) < 2 or listed[0] == 0 or len(listed) > len(_LETTERS):
        return text, ()
    head = "\n".join(one.text for one in entry.paragraphs[: listed[0]])
    made = []
    for letter, place in zip(_LETTERS, listed, strict=False):
        words = entry.paragraphs[place].text
        bullet = _BULLET.match(words)
        made.append(Part(letter, words[bullet.end() if bullet else 0 :], _UNNUMBERED_PART))
    return head, tuple(made)


def _run_of_marks(text: str, *, is_letter: bool) -> list[re.Match[str]]:
    """a), b), c) … or 1), 2), 3) … in their order."""
    found: list[re.Match[str]] = []
    for mark in _MARK.finditer(text):
        wanted = _LETTERS[len(found)] if len(found) < len(_LETTERS) else ""
        if mark[1 if is_letter else 2] == (wanted if is_letter else str(len(found) + 1)):
            found.append(mark)
    return found


# Whom -----------------------------------------------------------------------------------------


def addressed(
    names: Names, head: str, divided: Sequence[Part]
) -> tuple[list[Addressed], list[Named]]:
    """Whom a recommendation and its parts name, each institution once for a role and part."""
    found: dict[tuple[str, str | None], Addressed] = {}
    unknown: dict[str, Named] = {}
    for part, text in ((None, head), *((part.code, part.text) for part in divided)):
        for number, (start, end) in enumerate(_sentences(text)):
            told, strange = _in_sentence(names, text[start:end], part, is_first=number == 0)
            for one in told:
                before = found.get((one.institution, part)) or found.get((one.institution, None))
                if before is None or (before.role == PARTNER and one.role == ADDRESSEE):
                    found[one.institution, part] = one
            unknown.update((one.words, one) for one in strange)
    return list(found.values()), list(unknown.values())


def _in_sentence(
    names: Names, text: str, part: str | None, *, is_first: bool
) -> tuple[list[Addressed], list[Named]]:
    mentions = names.find(text)
    chosen = _chosen(text, mentions, is_first=is_first, in_part=part is not None)
    told, strange = [], []
    for mention in mentions:
        reason: str | None
        if mention in chosen:
            role, reason = ADDRESSEE, chosen[mention]
        elif mention.is_with:
            role, reason = PARTNER, _WITH
        elif _is_dative(mention) and not mention.is_governed:
            role, reason = PARTNER, _RECEIVING
        else:
            continue
        start, end = mention.start, mention.end
        if mention.is_with:
            start = _with_joining(text, start)
        words = text[start:end].strip()
        if mention.code is None:
            if mention in chosen or mention.is_with:
                strange.append(Named(text[mention.start : end], _UNKNOWN_BODY))
            continue
        if mention.doubt:
            reason = " ".join(filter(None, (_DOUBTS[mention.doubt], reason)))
        if role == ADDRESSEE and part is not None:
            reason = reason or _IN_PART
        told.append(Addressed(mention.code, role, words, part, reason))
    return told, strange


def _with_joining(text: str, start: int) -> int:
    """Where „kartu su“ before a name begins; where the name does if there is none."""
    near = max(0, start - _NEAR)
    joining = _JOINING.search(text[near:start])
    return near + joining.start() if joining else start


def _is_dative(mention: Mention) -> bool:
    return mention.may_be(DATIVE) and not _is_caseless(mention)


def _is_caseless(mention: Mention) -> bool:
    """An abbreviation that stands alone."""
    return mention.is_abbreviation and mention.may_be(DATIVE) and mention.may_be(NOMINATIVE)


def _chosen(
    text: str, mentions: Sequence[Mention], *, is_first: bool, in_part: bool
) -> dict[Mention, str | None]:
    """Those to whom the sentence is addressed, with the reason where that is doubtful."""
    free = [one for one in mentions if not one.is_with and not one.is_governed]
    free = [one for one in free if not _is_governed(text[: one.start])]
    verb = _VERB.search(text)
    infinitive = next((one for one in _INFINITIVE.finditer(text) if not _VERB.match(one[0])), None)
    limit = verb.start() if verb else infinitive.start() if infinitive else len(text)
    before = [one for one in free if one.end <= limit]
    # „…; inspekcijai – tikrinti …“: the verb of recommending is that of the words before.
    found: dict[Mention, str | None] = {
        one: _WITH_DASH for one in free if _is_dative(one) and _DASH.match(text, one.end)
    }
    apart = dict(found)
    if verb is None and not is_first:
        return found
    for one in before:
        if _is_dative(one):
            is_begun = verb is not None or (infinitive is not None and mentions[0].start <= 3)
            found[one] = None if is_begun else _WITHOUT_VERB
        elif _is_caseless(one) and (one is before[0] or in_part or _opens(text, 0, one, found)):
            found[one] = _ABBREVIATED
    if found != apart:
        return found
    if verb is not None:
        end = next(
            (
                one.start()
                for one in _INFINITIVE.finditer(text, verb.end())
                if not _VERB.match(one[0])
            ),
            len(text),
        )
        for one in (one for one in free if verb.end() <= one.start < end):
            if _is_dative(one):
                found[one] = None
            elif _is_caseless(one) and _opens(text, verb.end(), one, found):
                found[one] = _ABBREVIATED
            elif one.may_be(NOMINATIVE) and _opens(text, verb.end(), one, found):
                found[one] = _NAMED_IN_NOMINATIVE
        return found
    for one in before:
        if one.may_be(NOMINATIVE) and (one.start == 0 or found):
            is_bidden = _MODAL.match(text, one.end) or infinitive is not None or found
            if is_bidden:
                found[one] = _NAMED_IN_NOMINATIVE
    return found


def _is_governed(before: str) -> bool:
    """Whether a verb other than that of recommending stands right before."""
    governing = _GOVERNING.search(before[-_NEAR:])
    return governing is not None and not _VERB.match(governing[0])


def _opens(text: str, begun: int, mention: Mention, found: dict[Mention, str | None]) -> bool:
    """Whether nothing stands between the verb, or the one named before, and this one."""
    last = max([begun, *(one.end for one in found)])
    return bool(re.fullmatch(r"\s*(?:,\s*kad|[:,–-]|ir|bei)?\s*", text[last : mention.start]))


def said(entry: Entry, head: str) -> Said:
    """What the words of a recommendation say of itself."""
    verb = _VERB.search(head)
    other = None if verb else _INFINITIVE.search(head)
    due = _DUE.search(entry.text)
    found = verb or other
    return Said(
        found[0] if found else None,
        verb is not None,
        bool(_CONTINUING.search(entry.text)),
        " ".join(due[1].split()) if due else None,
    )


# Who answered ---------------------------------------------------------------------------------


def reported(names: Names, results: Sequence[str]) -> Reported:
    """What the results say, and of whom."""
    paragraphs = tuple(one for one in results if not _OUR_REMARK.fullmatch(one))
    is_silent = bool(paragraphs) and all(_is_no_data(one) for one in paragraphs)
    if is_silent:
        return Reported(paragraphs, True, (), (), ())
    texts: dict[str, list[str]] = {}
    silences: dict[str, bool] = {}
    unattributed = []
    partners: dict[str, Addressed] = {}
    for place, paragraph in enumerate(paragraphs):
        pieces = list(_spoken(names, paragraph))
        if not any(code for code, _ in pieces):
            unattributed.append(place)
        for code, words in pieces:
            if code:
                texts.setdefault(code, []).append(words)
                is_silence = bool(_SAYS_NO_DATA.search(words))
                silences[code] = silences.get(code, True) and is_silence
        for mention in names.find(paragraph):
            if mention.is_with and mention.code and mention.code not in partners:
                start = _with_joining(paragraph, mention.start)
                quote = paragraph[start : mention.end].strip()
                reason = _IN_RESULTS
                if mention.doubt:
                    reason = f"{_DOUBTS[mention.doubt]} {reason}"
                partners[mention.code] = Addressed(mention.code, PARTNER, quote, reason=reason)
    answers = tuple(
        Answer(
            code,
            UNANSWERED if silences[code] else ANSWERED,
            "\n".join(words),
            _SPOKEN_SILENCE if silences[code] else _SPOKEN,
        )
        for code, words in texts.items()
    )
    return Reported(paragraphs, False, answers, tuple(unattributed), tuple(partners.values()))


def _is_no_data(paragraph: str) -> bool:
    return _NO_DATA.fullmatch(paragraph) is not None


def _spoken(names: Names, paragraph: str) -> Iterator[tuple[str | None, str]]:
    """A paragraph in the pieces of which one institution each is the subject, in order."""
    speaker: str | None = None
    begun = 0
    for number, (start, end) in enumerate(_sentences(paragraph)):
        subject = _subject(names, paragraph[start:end], is_first=number == 0)
        if subject and subject != speaker:
            if start > begun:
                yield speaker, paragraph[begun:start].strip()
            speaker, begun = subject, start
    yield speaker, paragraph[begun:].strip()


def _subject(names: Names, sentence: str, *, is_first: bool) -> str | None:
    """The institution that a sentence is about; in the first one a clause may come before it."""
    opening = _OPENING.match(sentence)
    begins = opening.end() if opening else 0
    for mention in names.find(sentence):
        if mention.is_with or mention.is_governed or mention.code is None:
            continue
        if mention.start <= begins:
            # „… inspekcijos … skyriuje įsteigta“: a unit of it.
            if mention.may_be(NOMINATIVE | GENITIVE):
                return mention.code
        elif is_first and mention.may_be(NOMINATIVE):
            return mention.code
        if not is_first:
            return None
    return None


def _sentences(text: str) -> list[tuple[int, int]]:
    """Where the sentences begin and end; „2020 m. Vilniuje“ is one."""
    found = []
    begun = 0
    for gap in _SENTENCE.finditer(text):
        near = text[max(0, gap.start() - _NEAR) : gap.start()]
        if text[gap.start() : gap.end()] != "\n" and _ABBREVIATION.search(near):
            continue
        if gap.start() > begun:
            found.append((begun, gap.start()))
        begun = gap.end()
    if begun < len(text):
        found.append((begun, len(text)))
    return found
