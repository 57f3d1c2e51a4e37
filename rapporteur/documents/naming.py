"""Where a Lithuanian text names institutions, in which grammatical case, and what the case says.

A name is matched word by word: words that agree with its head take the endings of their declension,
the others stand as they are. So „ministerijai“ is told from „ministerija“, and whoever is addressed
from whoever is only spoken of. Which words decline shows in the name's dative; without one, in the
endings of the nominative.
"""

import dataclasses
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

Forms = frozenset[str]
"""Cases and numbers that a word may stand in: "Ds" is the dative singular."""

_ANY: Final[Forms] = frozenset(case + number for case in "NGDAIL" for number in "sp")
_SINGULAR: Final[Forms] = frozenset(form for form in _ANY if form[1] == "s")
_PLURAL: Final[Forms] = _ANY - _SINGULAR
NOMINATIVE: Final[Forms] = frozenset({"Ns", "Np"})
GENITIVE: Final[Forms] = frozenset({"Gs", "Gp"})
DATIVE: Final[Forms] = frozenset({"Ds", "Dp"})
INSTRUMENTAL: Final[Forms] = frozenset({"Is", "Ip"})

# Endings by declension: N G D A I L, singular and plural, as in the grammar of standard Lithuanian.
_CASES: Final = "NGDAIL"
_DECLENSIONS: Final[Mapping[str, tuple[str, str]]] = {
    "noun -a": ("a os ai ą a oje", "os ų oms as omis ose"),
    "noun -ė": ("ė ės ei ę e ėje", "ės ių ėms es ėmis ėse"),
    "noun -as": ("as o ui ą u e", "ai ų ams us ais uose"),
    "noun -is": ("is io iui į iu yje", "iai ių iams ius iais iuose"),
    "noun -ys": ("ys io iui į iu yje", "iai ių iams ius iais iuose"),
    "noun -us": ("us aus ui ų umi uje", "ūs ų ums us umis uose"),
    "adjective -as": ("as o am ą u ame", "i ų iems us ais uose"),
    "adjective -is": ("is io iam į iu iame", "iai ių iams ius iais iuose"),
    "adjective -us": ("us aus iam ų iu iame", "ūs ių iems ius iais iuose"),
    "adjective -oji": ("oji osios ajai ąją ąja ojoje", "osios ųjų osioms ąsias osiomis osiose"),
    "adjective -asis": ("asis ojo ajam ąjį uoju ajame", "ieji ųjų iesiems uosius aisiais uosiuose"),
}
# Nominative and dative endings tell the declension; the longest that fits counts.
_BY_DATIVE: Final = tuple(
    sorted(
        (
            (endings.split()[0], endings.split()[2], name, number)
            for name, both in _DECLENSIONS.items()
            for number, endings in zip("sp", both, strict=True)
        ),
        key=lambda one: -len(one[0]) - len(one[1]),
    )
)
# Without a dative: what the nominative of a head or of an adjective before it looks like.
_FEMININE: Final = (("oji", "adjective -oji"), ("a", "noun -a"), ("ė", "noun -ė"))
_MASCULINE: Final = (
    ("asis", "adjective -asis"),
    ("inis", "adjective -is"),
    ("as", "noun -as"),
    ("is", "noun -is"),
    ("ys", "noun -ys"),
    ("us", "noun -us"),
)
_PLURALS: Final = (("os", "noun -a"), ("ės", "noun -ė"), ("iai", "noun -is"), ("ai", "noun -as"))

_ISO: Final = re.compile(r"LT-\d\d$")
_TOKEN: Final = re.compile(r"[^\W_]+")
_REMARK: Final = re.compile(r"\([^)]*\)")
# „(SADM)“, „(toliau – SADM)“: the abbreviation that a text gives to the name before it.
_ABBREVIATED: Final = re.compile(r"\s*\((?:toliau\s*(?:tekste\s*)?[–—-]\s*)?([^\W\d_]{2,12})\)")
_UNDER: Final = "prie"
_COUNTRY: Final = ("lietuvos", "respublikos")
# What may stand between two words of one name.
_INSIDE: Final = re.compile(r"[\s,„“”\"«»]*|\.\s*")
# What joins institutions that are named in one breath.
_JOINED: Final = re.compile(
    r"\s*(?:,|ir|bei|ar|arba|;|,?\s*taip pat(?:\s+ir)?|,?\s*(?:ir|bei)\s+"
    r"(?:visoms|visomis|kitoms|kitomis|atskiroms|atskiromis))\s*",
    re.IGNORECASE,
)
_WITH: Final = "su"
_PREPOSITIONS: Final = re.compile(
    "prie|iš|dėl|nuo|apie|pagal|per|po|už|į|iki|tarp|be|ant|prieš|pas|virš|šalia"
)
_BETWEEN: Final = re.compile(
    "visoms|visomis|visais|visiems|(?:kit|atskir|atitinkam)(?:oms|omis|iems|ais)|minėtomis|minėta"
)
_NEAR: Final = 80  # characters before a name that may say something of it
# Where the words that name a body begin at the earliest.
_BOUNDARY: Final = re.compile(
    r"[,.;:()–]|\b(?:ir|bei|su|kad)\b|\b\w+(?:ti|tina|jama)\b", re.IGNORECASE
)
# What several municipalities share beside their last word.
_KINDS: Final = {"miestų": "miesto", "rajonų": "rajono"}
# What stands before a group and leaves it whole.
_MAY_PRECEDE: Final = re.compile(
    r"ir|bei|ar|arba|su|kad|o|kai|taip|pat|lietuvos|respublikos|vis(?:oms|omis|ų|os|ais|iems)|"
    r"\w+(?:ti|tina|tinos|ma|mos)|" + _PREPOSITIONS.pattern
)
# Words that tell that a body is named, whether or not it is known.
_HEADS: Final = (
    "ministerija",
    "departamentas",
    "tarnyba",
    "agentūra",
    "inspekcija",
    "komisija",
    "asociacija",
    "prokuratūra",
    "centras",
    "biuras",
    "administracija",
    "komitetas",
    "taryba",
    "fondas",
    "institutas",
    "universitetas",
    "kanceliarija",
    "savivaldybė",
    "policija",
    "organizacija",
    "institucija",
)


@dataclass(frozen=True)
class Institution:
    """An institution as it is known: `dative` is None where it is not given."""

    code: str
    name: str
    dative: str | None = None


@dataclass(frozen=True)
class Mention:
    """A place where a text names an institution: `text[start:end]` are the words.

    `code` is None for a body that is not known. `forms` tell the case as far as it shows: an
    abbreviation has none. `doubt` says why the institution itself may be another.
    """

    start: int
    end: int
    code: str | None
    forms: Forms
    is_abbreviation: bool = False
    doubt: str | None = None
    is_with: bool = False
    is_governed: bool = False

    def may_be(self, forms: Forms) -> bool:
        """Whether it may stand in one of these cases."""
        return not self.forms.isdisjoint(forms)


_Word = Mapping[str, Forms]


@dataclass(frozen=True)
class _Pattern:
    """The words of a name; `is_short` when words of the name are left out."""

    code: str
    words: tuple[_Word, ...]
    under: tuple[str, ...] = ()
    is_short: bool = False


@dataclass(frozen=True)
class _Token:
    start: int
    end: int
    word: str


# Declining ------------------------------------------------------------------------------------


def _declined(word: str, ending: str, declension: str, allowed: Forms) -> dict[str, Forms]:
    """Every form of a word whose nominative ends so, in the numbers that are allowed."""
    stem = word.removesuffix(ending)
    found: dict[str, Forms] = {}
    for number, endings in zip("sp", _DECLENSIONS[declension], strict=True):
        for case, one in zip(_CASES, endings.split(), strict=True):
            if case + number in allowed:
                form = stem + one
                found[form] = found.get(form, frozenset()) | {case + number}
    return found


def _by_dative(nominative: str, dative: str) -> dict[str, Forms]:
    """The forms of a word of which two are known; those two alone where they fit no declension."""
    if nominative == dative:
        return {nominative: _ANY}
    for first, third, declension, number in _BY_DATIVE:
        if (
            nominative.endswith(first)
            and dative.endswith(third)
            and nominative.removesuffix(first) == dative.removesuffix(third)
        ):
            allowed = _SINGULAR if number == "s" else _PLURAL
            return _declined(nominative, first, declension, allowed)
    return {nominative: _ANY, dative: _ANY}


def _by_endings(words: Sequence[str]) -> list[dict[str, Forms]]:
    """The forms of the words of a name of which only the nominative is known."""
    for kinds, allowed in (((_FEMININE, _MASCULINE), _SINGULAR), ((_PLURALS,), _PLURAL)):
        for word in reversed(words):  # the head is the last that looks like one
            for kin in kinds:
                if _ending(word, kin):
                    return [
                        _declined(one, *ending, allowed) if ending else {one: _ANY}
                        for one in words
                        for ending in [_ending(one, kin)]
                    ]
    return [{word: _ANY} for word in words]


def _ending(word: str, endings: Iterable[tuple[str, str]]) -> tuple[str, str] | None:
    return next(
        ((end, name) for end, name in endings if word.endswith(end) and len(word) > len(end) + 2),
        None,
    )


_HEAD_FORMS: Final[Mapping[str, Forms]] = {
    form: forms
    for head in _HEADS
    for end, name in [_ending(head, _FEMININE + _MASCULINE) or ("", "")]
    for form, forms in _declined(head, end, name, _ANY).items()
}


def _words_of(name: str) -> list[str]:
    """The words of a name in small letters, without remarks and „Lietuvos Respublikos“."""
    words = [match[0].casefold() for match in _TOKEN.finditer(_REMARK.sub(" ", name))]
    kept: list[str] = []
    for word in words:
        if word == _COUNTRY[1] and kept[-1:] == [_COUNTRY[0]]:
            kept.pop()
        elif word != "lr":
            kept.append(word)
    return kept


# Finding --------------------------------------------------------------------------------------


class Names:
    """Finds the institutions that it knows, and learns the abbreviations that a report gives."""

    def __init__(self, institutions: Iterable[Institution]) -> None:
        self._codes: dict[str, str] = {}
        self._patterns: dict[str, list[_Pattern]] = {}
        self._heads: dict[str, list[_Pattern]] = {}
        made = [pattern for one in institutions for pattern in self._made(one)]
        meanings: dict[tuple[tuple[str, ...], ...], set[str]] = {}
        for pattern in made:
            meanings.setdefault(_shape(pattern), set()).add(pattern.code)
        for pattern in made:
            # Words left out must leave a name that means one institution only.
            if pattern.is_short and len(meanings[_shape(pattern)]) > 1:
                continue
            for form in pattern.words[0]:
                self._patterns.setdefault(form, []).append(pattern)
            if len(pattern.words) > 1 and not pattern.is_short:
                self._heads.setdefault(_stem(next(iter(pattern.words[-1]))), []).append(pattern)

    def _made(self, institution: Institution) -> list[_Pattern]:
        """The ways to write an institution's name."""
        if not _ISO.match(institution.code):
            self._codes[institution.code] = institution.code
        words = _words_of(institution.name)
        base, under = _cut_at_under(words)
        dative = _cut_at_under(_words_of(institution.dative or ""))[0]
        if not base:
            return []
        if len(dative) == len(base):
            forms = [_by_dative(*pair) for pair in zip(base, dative, strict=True)]
        else:
            forms = _by_endings(base)
        code = institution.code
        found = [_Pattern(code, tuple(forms), tuple(under))]
        rest = base[1:]
        if base[0] == _COUNTRY[0] and (len(rest) > 1 or "".join(rest) == code.casefold()):
            found.append(_Pattern(code, tuple(forms[1:]), tuple(under), is_short=True))
        if _ISO.match(code):
            found.append(_Pattern(code, tuple(map(_or_letters, forms))))
        return found

    def find(self, text: str) -> list[Mention]:
        """Every mention in the text, in order; of overlapping ones the longest stands."""
        tokens = self._tokens(text)
        found: list[Mention] = []
        place = 0
        while place < len(tokens):
            match = self._at(text, tokens, place)
            if match is None:
                place += 1
                continue
            mention, place = match
            found.append(mention)
        found = self._shared_heads(text, tokens, found)
        found += self._unknown(text, tokens, found)
        found.sort(key=lambda mention: mention.start)
        return _in_context(text, found)

    # One name

    def _tokens(self, text: str) -> list[_Token]:
        """The words of a text but for „Lietuvos Respublikos“, which any name may go without."""
        tokens = [
            _Token(match.start(), match.end(), match[0].casefold())
            for match in _TOKEN.finditer(text)
        ]
        kept: list[_Token] = []
        for token in tokens:
            if token.word == _COUNTRY[1] and kept and kept[-1].word == _COUNTRY[0]:
                kept.pop()
            elif text[token.start : token.end] != "LR":
                kept.append(token)
        return kept

    def _at(
        self, text: str, tokens: Sequence[_Token], place: int, *, is_under: bool = False
    ) -> tuple[Mention, int] | None:
        """The longest name that begins at a token, and the token after it."""
        best: tuple[Mention, int] | None = None
        for pattern in self._patterns.get(tokens[place].word, ()):
            match = self._matched(text, tokens, place, pattern, is_under=is_under)
            if match and (
                best is None
                or match[1] > best[1]
                or (match[1] == best[1] and best[0].doubt and not match[0].doubt)
            ):
                best = match
        first = tokens[place]
        code = self._codes.get(text[first.start : first.end])
        if best is None and code is not None:
            best = (Mention(first.start, first.end, code, _ANY, is_abbreviation=True), place + 1)
        if best is None:
            return None
        mention, after = best
        if (
            after < len(tokens)
            and mention.may_be(GENITIVE)
            and tokens[after - 1].word.startswith("savivaldyb")
            and tokens[after].word.startswith("administracij")
            and _is_inside(text, tokens[after - 1], tokens[after])
        ):
            # A municipality is asked through its administration.
            forms = _HEAD_FORMS.get(tokens[after].word, _ANY)
            mention = dataclasses.replace(mention, end=tokens[after].end, forms=forms)
            after += 1
        return self._with_abbreviation(text, tokens, mention, after)

    def _matched(
        self,
        text: str,
        tokens: Sequence[_Token],
        place: int,
        pattern: _Pattern,
        *,
        is_under: bool,
    ) -> tuple[Mention, int] | None:
        forms = _ANY
        for number, word in enumerate(pattern.words):
            here = place + number
            if here >= len(tokens) or tokens[here].word not in word:
                return None
            if number and not _is_inside(text, tokens[here - 1], tokens[here]):
                return None
            forms &= word[tokens[here].word]
            if not forms:
                return None
        after = place + len(pattern.words)
        doubt = None
        # A body is under one other: what that one is under is not asked.
        told = None if is_under else self._told_under(text, tokens, after)
        if told is not None:
            code, words, beyond = told
            known = self._code_of(pattern.under)
            if code is not None and known is not None and code != known:
                return None
            if not (code is not None and code == known) and words != pattern.under:
                doubt = "short"
            after = beyond
        elif pattern.under and not is_under:
            doubt = "short"
        if pattern.is_short:
            doubt = "short"
        if len(pattern.words) == 1 and forms <= _PLURAL and place and not doubt:
            between = text[tokens[place - 1].end : tokens[place].start]
            if not between.strip() and not _MAY_PRECEDE.fullmatch(tokens[place - 1].word):
                doubt = "narrowed"  # „teisėsaugos institucijoms“ are not all of them
        start, end = _start(text, tokens[place]), tokens[after - 1].end
        return Mention(start, end, pattern.code, forms, doubt=doubt), after

    def _told_under(
        self, text: str, tokens: Sequence[_Token], place: int
    ) -> tuple[str | None, tuple[str, ...], int] | None:
        """The body that „prie …“ after a name tells: code, words, and the token after it."""
        if place + 1 >= len(tokens) or tokens[place].word != _UNDER:
            return None
        if not _is_inside(text, tokens[place - 1], tokens[place]):
            return None
        found = self._at(text, tokens, place + 1, is_under=True)
        if found is None or not found[0].may_be(GENITIVE):
            return None
        mention, after = found
        words = tuple(token.word for token in tokens[place + 1 : after])
        return mention.code, words, after

    def _code_of(self, words: tuple[str, ...]) -> str | None:
        """The institution that the words after „prie“ in a name mean."""
        if not words:
            return None
        text = " ".join(words)
        by_code = {code.casefold(): code for code in self._codes}
        if text in by_code:
            return by_code[text]
        tokens = self._tokens(text)
        found = self._at(text, tokens, 0, is_under=True) if tokens else None
        return found[0].code if found and found[1] == len(tokens) else None

    def _with_abbreviation(
        self, text: str, tokens: Sequence[_Token], mention: Mention, after: int
    ) -> tuple[Mention, int]:
        """The mention with the abbreviation in brackets after it, which is learnt."""
        given = _ABBREVIATED.match(text, mention.end)
        if given is None or not given[1].isupper():
            return mention, after
        known = self._codes.setdefault(given[1], mention.code or "")
        doubt = mention.doubt
        if known == mention.code:
            doubt = None
        elif known:
            doubt = "other"
        while after < len(tokens) and tokens[after].start < given.end():
            after += 1
        return dataclasses.replace(mention, end=given.end(), doubt=doubt), after

    # Several names that share a word, and bodies that nobody knows

    def _shared_heads(
        self, text: str, tokens: Sequence[_Token], found: list[Mention]
    ) -> list[Mention]:
        """„Vidaus reikalų ir Teisingumo ministerijoms“ are two ministries and no group."""
        shared: list[Mention] = []
        taken = bytearray(len(text))
        within = _covered(text, found, but_first=1)
        for place, token in enumerate(tokens):
            forms = _HEAD_FORMS.get(token.word, frozenset()) & _PLURAL
            # What is the last word of a whole name is no word that several share.
            if not forms or within[token.start]:
                continue
            heads = self._heads.get(_stem(token.word), ())
            named: list[Mention] = []
            end, last = place, token.end
            kind = _KINDS.get(tokens[place - 1].word) if place else None
            if kind:  # „Vilniaus, Kauno ir Klaipėdos miestų savivaldybėms“
                end = place - 1
                heads = [
                    dataclasses.replace(pattern, words=(*pattern.words[:-2], pattern.words[-1]))
                    for pattern in heads
                    if kind in pattern.words[-2] and len(pattern.words) > 2
                ]
            while True:
                match = self._before_head(text, tokens, end, heads)
                if match is None:
                    break
                pattern, begun = match
                start = _start(text, tokens[begun])
                named.append(Mention(start, last, pattern.code, forms, doubt="shared"))
                last = tokens[begun].start
                if begun == 0:
                    break
                gap = text[tokens[begun - 1].end : tokens[begun].start]
                end = begun
                if tokens[begun - 1].word in {"ir", "bei"}:
                    end = begun - 1
                elif "," not in gap:
                    break
                last = tokens[end - 1].end if end else last
            if named:
                shared += named
                taken[named[-1].start : token.end] = b"\1" * (token.end - named[-1].start)
        return [one for one in found if not taken[one.start] and not taken[one.end - 1]] + shared

    def _before_head(
        self, text: str, tokens: Sequence[_Token], end: int, heads: Sequence[_Pattern]
    ) -> tuple[_Pattern, int] | None:
        """The name whose words before its head stand right before a token."""
        best: tuple[_Pattern, int] | None = None
        for pattern in heads:
            words = pattern.words[:-1]
            begun = end - len(words)
            if (
                begun >= 0
                and (best is None or begun < best[1])
                and all(
                    token.word in word for token, word in zip(tokens[begun:end], words, strict=True)
                )
            ):
                best = (pattern, begun)
        return best

    def _unknown(
        self, text: str, tokens: Sequence[_Token], found: Sequence[Mention]
    ) -> list[Mention]:
        """Bodies that are addressed, by the look of their words, and are not known."""
        unknown: list[Mention] = []
        covered = _covered(text, found)
        for token in tokens:
            forms = _HEAD_FORMS.get(token.word, frozenset()) & (DATIVE | INSTRUMENTAL)
            if not forms or covered[token.start]:
                continue
            # Back to the name before, to a boundary, or as far as a name may be long.
            begun = max(0, covered.rfind(1, 0, token.start) + 1, token.start - 2 * _NEAR)
            for boundary in _BOUNDARY.finditer(text, begun, token.start):
                begun = boundary.end()
            start = token.end - len(text[begun : token.end].lstrip())
            is_with = re.search(r"\bsu\s+$", text[max(0, start - _NEAR) : start]) is not None
            if forms & DATIVE or is_with:
                unknown.append(Mention(start, token.end, None, forms))
                covered[start : token.end] = b"\1" * (token.end - start)
        return unknown


def _covered(text: str, mentions: Iterable[Mention], but_first: int = 0) -> bytearray:
    """For each character of a text whether a mention covers it, but for the first of each."""
    covered = bytearray(len(text))
    for one in mentions:
        begun = one.start + but_first
        covered[begun : one.end] = b"\1" * (one.end - begun)
    return covered


def _shape(pattern: _Pattern) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(sorted(word)) for word in pattern.words)


def _cut_at_under(words: Sequence[str]) -> tuple[list[str], list[str]]:
    """A name before and after „prie“."""
    if _UNDER in words[1:]:
        place = list(words).index(_UNDER, 1)
        return list(words[:place]), list(words[place + 1 :])
    return list(words), []


def _or_letters(word: _Word) -> _Word:
    """„miesto“ or „m“, „rajono“ or „r“, „savivaldybei“ or „sav“."""
    for long, short in (("miesto", "m"), ("rajono", "r"), ("savivaldybė", "sav")):
        if long in word:
            return {**word, short: _ANY}
    return word


def _is_inside(text: str, before: _Token, after: _Token) -> bool:
    gap = text[before.end : after.start]
    words = gap.replace("Lietuvos", "").replace("Respublikos", "").replace("LR", "")
    if words.strip().startswith("."):
        return len(before.word) <= 3 and bool(_INSIDE.fullmatch(words))
    return bool(_INSIDE.fullmatch(words))


def _start(text: str, token: _Token) -> int:
    """Where the words begin, „Lietuvos Respublikos“ before them included."""
    near = max(0, token.start - _NEAR)
    words = text[near : token.start]
    before = re.search(r"\b(?:Lietuvos\s+Respublikos|LR)\s+$", words, re.IGNORECASE)
    return near + before.start() if before else token.start


def _stem(word: str) -> str:
    """What the forms of a word that names bodies have in common."""
    return next((head[:-2] for head in _HEADS if word.startswith(head[:-2])), word)


# Context --------------------------------------------------------------------------------------


def _in_context(text: str, found: Sequence[Mention]) -> list[Mention]:
    """The mentions with what stands before them: „su“, or a preposition that governs them."""
    told: list[Mention] = []
    for mention in found:
        near = text[max(0, mention.start - _NEAR) : mention.start]
        before = [match[0].casefold() for match in _TOKEN.finditer(near)]
        is_adjacent = bool(re.search(r"[^\W_]\s*$", near))
        while before and _BETWEEN.fullmatch(before[-1]):
            before.pop()
        word = before[-1] if before and is_adjacent else ""
        is_with = word == _WITH and mention.may_be(INSTRUMENTAL)
        is_governed = bool(_PREPOSITIONS.fullmatch(word))
        forms = mention.forms
        last = told[-1] if told else None
        if (
            last is not None
            and not is_with
            and not is_governed
            and _JOINED.fullmatch(text[last.end : mention.start])
        ):
            # Named in one breath with the one before, so in the same case.
            shared = frozenset(
                form for form in forms if any(form[0] == one[0] for one in last.forms)
            )
            if shared:
                is_with = last.is_with and not shared.isdisjoint(INSTRUMENTAL)
                is_governed = last.is_governed and not is_with
                forms = shared if mention.is_abbreviation else forms
        if is_with:
            forms &= INSTRUMENTAL
        told.append(
            dataclasses.replace(mention, forms=forms, is_with=is_with, is_governed=is_governed)
        )
    return told
