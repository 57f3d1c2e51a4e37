"""Names that people change: which declared sheet or column a name, or a row of headings, is like.

A renamed sheet or column is not read. Where that would lose what somebody typed, the loader asks;
so a name that is like a declared one has to be found, and one that is not must not be.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Final

from rapporteur.delivery.cells import Cell
from rapporteur.delivery.declaration import SHEETS, Column, Sheet
from rapporteur.delivery.values import plain

_WORD: Final = re.compile(r"\w+")
_NUMBERING: Final = re.compile(r"^[\W\d_]+")
# A shorter beginning may be that of another word.
_SHORTEST_STEM: Final = 4
_SHARED_STEM: Final = 0.7
_LONGEST_ABBREVIATION: Final = 4
_SHORTEST_MISTYPED: Final = 5


def _each(words: str) -> frozenset[str]:
    return frozenset(plain(word) for word in words.split())


# Words that say only in what form a thing is given: „Institucijos kodas“ is the institution.
_FORMS: Final = _each(
    "kodas kodai nr numeris pavadinimas data metai sk skaičius vnt asm eur proc tekstas code "
    "number date text"
)
# These alone name nothing: a column „Nr.“ counts the rows.
_FORMS_ALONE: Final = _each("kodas nr numeris eil pavadinimas sk skaičius kiti kita")
# Columns without which a row says as much as with them: nobody is asked about these.
_ASIDE: Final = frozenset({"note"})
# Headings that any list of anything may have; they tell of no sheet.
_EVERYDAY: Final = _each(
    "Kodas Pavadinimas Rūšis Data Nuoroda Leidėjas Pastaba Tekstas Numeris Vieta Grupė Aprašymas "
    "Metai Eilė Vykdymas Tema Terminas Institucija Priminta Gauta"
)
_FEWEST_HEADINGS: Final = 3
_FEWEST_TELLING: Final = 2
_MOST_OF: Final = 0.75


def column_like(heading: str, columns: Collection[Column]) -> Column | None:
    """The column among these that a heading, which is the name of none, is like; None for none."""
    like = [one for one in columns if one.name not in _ASIDE and _is_like(heading, one)]
    return max(like, key=lambda one: _likeness(heading, one), default=None)


def _likeness(heading: str, column: Column) -> float:
    """The share of words that a heading has in common with a column's."""
    words, known = _words(heading), _words(column.header)
    return sum(_has(words, word) for word in known) / max(len(words), len(known), 1)


def sheet_named_like(name: str) -> Sheet | None:
    """The declared sheet that a sheet's name, which is no declared one, is like; None for none.

    The name begins with it after a number, is mistyped by a letter, or has it as a later word where
    institutions fill the sheet in.
    """
    words = _WORD.findall(_NUMBERING.sub("", plain(name)).replace("_", " "))
    for sheet in SHEETS:
        for known in (plain(sheet.name), plain(sheet.alias)):
            if words and (_is_written(words[0], known) or _begins_with(words[0], known)):
                return sheet
            if not sheet.is_of_office and not sheet.one_row and known in words[1:]:
                return sheet
    return None


def sheet_with_headings(rows: Sequence[Sequence[Cell]]) -> Sheet | None:
    """The declared sheet whose headings stand in one of these rows; None for none."""
    best, found = (False, 0, False), None
    for row in rows:
        headings = [cell for cell in row if isinstance(cell, str) and plain(cell)]
        for sheet in SHEETS:
            matched = list(_matched(headings, sheet))
            required = {column for column in sheet.columns if column.required}
            is_whole = required <= set(matched)
            # As many headings of two sheets are rather of the one that institutions fill in.
            rank = (is_whole, len(matched), not sheet.is_of_office)
            if _is_told(sheet, matched, is_whole=is_whole) and rank > best:
                best, found = rank, sheet
    return found


def _is_told(sheet: Sheet, matched: Sequence[Column], *, is_whole: bool) -> bool:
    """Tell whether these columns are enough to know the sheet by."""
    telling = sum(plain(column.header) not in _EVERYDAY for column in matched)
    if is_whole and len(matched) > 1 and (telling or len(matched) >= _MOST_OF * len(sheet.columns)):
        return True
    return len(matched) >= _FEWEST_HEADINGS and telling >= _FEWEST_TELLING


def _matched(headings: Sequence[str], sheet: Sheet) -> Iterator[Column]:
    """The columns of a sheet that these headings name: to the letter, or nearly."""
    plainly = {plain(heading) for heading in headings}
    for column in sheet.columns:
        is_named = bool({plain(column.header), plain(column.alias)} & plainly)
        if is_named or (column.required and any(_is_like(one, column) for one in headings)):
            yield column


def _is_like(heading: str, column: Column) -> bool:
    words, known = _words(heading), _words(column.header)
    if _is_written(plain(heading), plain(column.header)):
        return True
    if _has_all(words, known):
        return True
    if words and not set(words) <= _FORMS_ALONE and all(_has(known, word) for word in words):
        return True
    alias = plain(column.alias).replace("_", " ")
    return len(alias) >= _SHORTEST_MISTYPED and alias in " ".join(words)


def _has_all(words: Sequence[str], known: Sequence[str]) -> bool:
    """Tell whether a heading says all words of a column, and more: „Reikšmė (vnt.)“ is „Reikšmė“.

    In another form of the word, as in „Grupės dydis“, it is of the thing and not the thing.
    """
    if not known or len(words) <= len(known) - 1:
        return False
    if all(word in words for word in known):
        return True
    rest = [word for word in words if not any(_is_same_word(word, one) for one in known)]
    is_of_known = len(rest) == len(words) - len(known)
    return is_of_known and (not rest or set(rest) <= _FORMS or _is_same_word(words[-1], known[-1]))


def _has(words: Sequence[str], word: str) -> bool:
    return any(_is_same_word(word, one) for one in words)


def _is_same_word(one: str, other: str) -> bool:
    """Tell whether two words differ in their ending alone, or one is short for the other."""
    if one == other:
        return True
    shorter, longer = sorted((one, other), key=len)
    shared = next(
        (n for n, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]),
        len(shorter),
    )
    if shared >= max(_SHORTEST_STEM, _SHARED_STEM * len(shorter)):
        return True
    return len(shorter) <= _LONGEST_ABBREVIATION and _is_short_for(shorter, longer)


def _is_short_for(short: str, word: str) -> bool:
    """Tell whether a word is abbreviated: „sk.“ of „skaičius“, „nr.“ of „numeris“, „vnt.“."""
    if len(short) < 2 or short[0] != word[0] or any(letter in "aeiouy" for letter in short):
        return False
    letters = iter(word)
    return all(letter in letters for letter in short)


def _words(text: str) -> list[str]:
    return [word for word in _WORD.findall(plain(text).replace("_", " ")) if not word.isdigit()]


def _begins_with(word: str, known: str) -> bool:
    """Tell whether a name goes on after a known one without a gap: „AtsakymaiSAM“."""
    return len(known) >= _SHORTEST_MISTYPED and word.startswith(known)


def _is_written(word: str, known: str) -> bool:
    """Tell whether a word is the known one, but for a letter wrong, missing, too many or moved."""
    if word == known:
        return True
    if len(known) < _SHORTEST_MISTYPED or abs(len(word) - len(known)) > 1:
        return False
    if len(word) == len(known):
        wrong = [n for n, pair in enumerate(zip(word, known, strict=True)) if pair[0] != pair[1]]
        moved = len(wrong) == 2 and wrong[1] == wrong[0] + 1
        return len(wrong) == 1 or (
            moved and word[wrong[0]] == known[wrong[1]] and word[wrong[1]] == known[wrong[0]]
        )
    shorter, longer = sorted((word, known), key=len)
    return any(longer[:n] + longer[n + 1 :] == shorter for n in range(len(longer)))
