"""One cell → one exact value, or the reason why not. Tolerant of form, strict about meaning."""

import datetime
import math
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from rapporteur.delivery.cells import Cell
from rapporteur.delivery.declaration import Choice, Column, Kind
from rapporteur.delivery.file_limits import MAX_CELL, is_too_long
from rapporteur.delivery.links import is_like_a_link, is_link
from rapporteur.translations import later

MAX_TEXT = MAX_CELL
# Whole numbers that a spreadsheet keeps exactly, and that the column of an order can hold.
_LARGEST_COUNT = 10**15
_LARGEST_INTEGER = 2**31 - 1
_MOST_SHOWN = 200  # characters of an address that is none

_MONTHS = (
    "sausio",
    "vasario",
    "kovo",
    "balandžio",
    "gegužės",
    "birželio",
    "liepos",
    "rugpjūčio",
    "rugsėjo",
    "spalio",
    "lapkričio",
    "gruodžio",
)
_NOT_PROVIDED = {"…", "...", "n. d.", "n.d.", "nera duomenu"}
_NOT_APPLICABLE = {"netaikoma", "x"}
# How the whole country is written, as an empty cell says it.
_COUNTRY = {"lt", "lietuva", "lietuvos respublika", "visa lietuva", "visa salis", "lithuania"}
_DASHES = {"-", "–", "—", "−"}
# Figures of other scripts are letters here: nobody sees at a glance which number they are.
_NUMBER = r"(-?[0-9]{1,3}(?: [0-9]{3})+(?:,[0-9]+)?|-?[0-9]+(?:,[0-9]+)?)"
# "1,234" is 1.234 in Lithuania and 1234 in English; "0,234" and "1 234,567" are one thing only.
_TWO_NUMBERS = re.compile(r"-?[1-9][0-9]{0,2},[0-9]{3}")
# Hyphens and dashes that look like the hyphen of the keyboard, some of them unbreakable.
_HYPHENS = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))
# Signs that turn the order of letters round: what is seen is not what is stored.
_EMBEDDED, _OVERRIDDEN, _ISOLATED = "\u202b", "\u202e", "\u2067"
# Letters of other alphabets that look like Latin ones.
_LOOKALIKES = dict(
    zip(
        "АВЕЅІЈКМНОРСТХУЗаеѕіјорсхуԁԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧοι",
        "ABESIJKMHOPCTXY3aesijopcxydqwABEZHIKMNOPTYXoi",
        strict=True,
    )
)
_BOUNDS = (
    (re.compile(rf"(?:<|maziau (?:kaip|nei|negu)) ?{_NUMBER}"), "[k]"),
    (re.compile(rf"(?:≥|ne maziau (?:kaip|nei|negu)|bent) ?{_NUMBER}"), "≥"),
    (re.compile(rf"(?:>|per|virs|daugiau (?:kaip|nei|negu)) ?{_NUMBER}"), ">"),
    (re.compile(rf"{_NUMBER} ?\+"), ">"),
    (re.compile(rf"(?:~|apie|mazdaug) ?{_NUMBER}"), "~"),
    (re.compile(rf"{_NUMBER} ?(?:p|\(p\))"), "[p]"),
    (re.compile(_NUMBER), ""),
)


def _folded(text: str) -> str:
    """Without case, diacritics, odd spaces and hyphens. A raised figure stays what it is."""
    if text.isascii():
        return " ".join(text.split()).casefold()
    decomposed = unicodedata.normalize("NFD", text)
    # Neither marks on letters nor signs that nobody sees, such as those of the writing direction.
    bare = "".join(one for one in decomposed if unicodedata.category(one) not in {"Mn", "Cf"})
    return " ".join(bare.translate(_HYPHENS).split()).casefold()


def plain(text: str) -> str:
    """What matching ignores taken away: case, diacritics, odd spaces, trailing `*` and `:`."""
    return _folded(text).rstrip("*: ")


def tidy(text: str) -> str:
    """Text as it is stored: trimmed, in composed letters; the words are kept to the letter."""
    return (text if text.isascii() else unicodedata.normalize("NFC", text)).strip()


def visible(text: str) -> str:
    """A code, number or date without signs that nobody sees, its hyphens those of the keyboard."""
    if text.isascii():
        return text
    bare = "".join(one for one in text if unicodedata.category(one) != "Cf")
    return " ".join(bare.replace("‐", "-").replace("‑", "-").split())


class Unfit(Exception):
    """A cell that is no value of its column: a stable code and a sentence for the sender."""

    def __init__(self, code: str, template: str, /, **values: Any) -> None:
        super().__init__(code)
        self.code = code
        self.template = template
        self.values = values


@dataclass(frozen=True)
class Marked:
    """A number with its mark: `>` more than, `≥` at least, `~` about, `[n]` not provided, …"""

    value: float | None
    mark: str


@dataclass(frozen=True)
class PartialDate:
    """The first day of what was written, and how much of a date that was."""

    day: datetime.date
    precision: str  # day, month or year


@dataclass(frozen=True)
class Place:
    """A municipality by its code; `is_assumed_city` when a bare town name was taken as the city."""

    code: str
    is_assumed_city: bool = False


def _members(choices: Iterable[Choice]) -> dict[str, str]:
    known = list(choices)
    former = {plain(name): choice.code for choice in known for name in choice.former}
    return former | {
        plain(name): choice.code
        for choice in known
        for name in (choice.code, choice.label_lt, choice.label_en)
    }


@dataclass(frozen=True)
class Lists:
    """Everything that cells are matched against: lists by name, places, and the newest year."""

    choices: Mapping[str, tuple[Choice, ...]]
    municipalities: Mapping[str, Place]
    counties: Mapping[str, str]
    newest_year: int
    _matches: dict[str, dict[str, str]] = field(default_factory=dict)

    def code_of(self, name: str, text: str) -> str | None:
        """The code of the member that `text` names, or None."""
        if name not in self._matches:
            self._matches[name] = _members(self.choices[name])
        return self._matches[name].get(plain(text))


def as_text(cell: Cell) -> str | None:
    """Any cell as the text that a person sees in it; None when blank."""
    if cell is None:
        return None
    if isinstance(cell, str):
        return tidy(cell) or None
    if isinstance(cell, bool):
        return "taip" if cell else "ne"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    return cell.isoformat()


def number(cell: Cell, empty_mark: str) -> Marked:
    """A number cell as value and mark (sutartiniai ženklai). Raises Unfit."""
    if isinstance(cell, float):
        return Marked(cell, "")
    shown = as_text(cell)
    if shown is None:
        return Marked(None, empty_mark)
    text = _folded(shown)
    if text in _NOT_PROVIDED:
        return Marked(None, "[n]")
    if text in _NOT_APPLICABLE:
        return Marked(None, "[z]")
    if text in _DASHES:
        raise Unfit(
            "value-ambiguous",
            later("A lone dash can mean “none” or “no data”. Write 0 or „n. d.“."),
        )
    if isinstance(cell, str):
        for pattern, mark in _BOUNDS:
            if match := pattern.fullmatch(text):
                if mark == "[k]":
                    return Marked(None, mark)
                if _TWO_NUMBERS.fullmatch(match[1]):
                    raise _two_numbers(match[1])
                value = float(match[1].replace(" ", "").replace(",", "."))
                if math.isfinite(value):
                    return Marked(value, mark)
    raise Unfit(
        "value-not-a-number",
        later(
            "“{value}” is not a number. Write a number such as 1 234,5 or a mark such as „n. d.“."
        ),
        value=shown,
    )


def _two_numbers(written: str) -> Unfit:
    whole, _, rest = written.partition(",")
    return Unfit(
        "value-ambiguous",
        later("“{value}” can mean {thousands} or {decimals}. Write one of these two."),
        value=written,
        thousands=f"{whole} {rest}",
        decimals=f"{written}0",
    )


def _count(cell: Cell, column: Column) -> Marked:
    found = number(cell, column.empty_mark)
    if found.value is not None and (
        not found.value.is_integer() or abs(found.value) > _LARGEST_COUNT
    ):
        raise Unfit("value-not-an-integer", later("A whole number is needed here."))
    if found.value is not None and found.value < 0:
        raise Unfit("value-negative", later("A number cannot be below 0 here."))
    return found


def _integer(cell: Cell) -> int | None:
    found = number(cell, "")
    if found.value is None and not found.mark:
        return None
    if (
        found.value is None
        or found.mark
        or not found.value.is_integer()
        or abs(found.value) > _LARGEST_INTEGER
    ):
        raise Unfit("value-not-an-integer", later("A whole number is needed here."))
    return int(found.value)


def _year(cell: Cell, newest: int) -> int | None:
    shown = as_text(cell)
    if shown is None:
        return None
    match = re.fullmatch(r"([0-9]{4})(?: ?m\.?)?", visible(shown))
    if match is None or not 1990 <= int(match[1]) <= newest:
        raise Unfit(
            "value-not-a-year",
            later("“{value}” is not a year from 1990 to {newest}."),
            value=shown,
            newest=newest,
        )
    return int(match[1])


def _month(text: str) -> int | None:
    return next((n for n, name in enumerate(_MONTHS, 1) if plain(name) == plain(text)), None)


_DATE_IN_FIGURES = r"([0-9]{4})(?:[-.]([0-9]{1,2})(?:[-.]([0-9]{1,2})\.?)?)?(?: ?m\.?)?"
_DATE_IN_WORDS = r"([0-9]{4}) ?m\. ([^\W\d]+)(?: ([0-9]{1,2}) ?d\.?)?"


def _written_date(text: str) -> tuple[int, int | None, int | None] | None:
    """Year, month, day of a date in words or figures; None when it is neither."""
    if match := re.fullmatch(_DATE_IN_FIGURES, text):
        year, month, day = match.groups()
        return int(year), int(month) if month else None, int(day) if day else None
    if match := re.fullmatch(_DATE_IN_WORDS, text):
        month_number = _month(match[2])
        if month_number is not None:
            return int(match[1]), month_number, int(match[3]) if match[3] else None
    return None


def _date(cell: Cell, column: Column) -> PartialDate | None:
    shown = as_text(cell)
    if shown is None:
        return None
    if isinstance(cell, datetime.date):
        parts: tuple[int, int | None, int | None] | None = (cell.year, cell.month, cell.day)
    else:
        parts = _written_date(visible(" ".join(shown.split())))
    precision = ""
    if parts:
        precision = "day" if parts[2] else "month" if parts[1] else "year"
    if parts and (precision == "day" or column.partial):
        try:
            day = datetime.date(parts[0], parts[1] or 1, parts[2] or 1)
        except ValueError:
            pass
        else:
            if 1900 <= day.year <= 2100:
                return PartialDate(day, precision)
    raise Unfit(
        "value-not-a-date",
        later("“{value}” is not a date. Write it as 2020-09-01."),
        value=shown,
    )


def _yes_no(cell: Cell) -> bool | None:
    shown = as_text(cell)
    if shown is None:
        return None
    answer = {"taip": True, "yes": True, "ne": False, "no": False}.get(plain(shown))
    if answer is None:
        raise Unfit(
            "value-not-in-list",
            later("“{value}” is neither „taip“ nor „ne“."),
            value=shown,
        )
    return answer


def _choice(text: str, column: Column, lists: Lists) -> str:
    code = lists.code_of(column.choices, text)
    if code is None:
        shown = [choice.label_lt for choice in lists.choices[column.choices]]
        raise Unfit(
            "value-not-in-list",
            later("“{value}” is not in the list. Write one of: {known}."),
            value=text,
            known="; ".join(shown[:12]) + (" …" if len(shown) > 12 else ""),
        )
    return code


def _municipality(text: str, lists: Lists) -> Place:
    place = lists.municipalities.get(plain(text).replace(" .", "."))
    if place is None:
        raise Unfit(
            "municipality-unknown",
            later("“{value}” is none of the 60 municipalities. Write its name or code (LT-57)."),
            value=text,
        )
    return place


def _territory(text: str, lists: Lists) -> Place | None:
    if plain(text) in _COUNTRY:
        return None
    county = lists.counties.get(plain(text))
    return Place(county) if county else _municipality(text, lists)


def _several(text: str, one: Callable[[str], str]) -> list[str]:
    found = [one(part.strip()) for part in text.split(";") if part.strip()]
    return list(dict.fromkeys(found))


def is_turned(text: str) -> bool:
    """Tell whether a sign in a text makes it look otherwise than its letters stand."""
    return not text.isascii() and (_OVERRIDDEN in text or _EMBEDDED in text or _ISOLATED in text)


def _in_one_alphabet(text: str) -> str:
    """A code or a name of a list as it is seen. Raises Unfit for letters that only look right."""
    for letter in text:
        if letter in _LOOKALIKES:
            raise Unfit(
                "value-ambiguous",
                later(
                    "In “{value}” the letter “{letter}” is of another alphabet and only looks like "
                    "“{latin}”. Type it anew."
                ),
                value=text,
                letter=letter,
                latin=_LOOKALIKES[letter],
            )
    return visible(text)


def _text(cell: Cell) -> str | None:
    text = as_text(cell)
    if text is not None and is_turned(text):
        raise Unfit(
            "value-ambiguous",
            later(
                "The text holds a sign that turns its letters round: it is not read as it looks. "
                "Type it anew: “{value}”."
            ),
            value=visible(text),
        )
    if text is not None and is_too_long(text):
        raise Unfit(
            "value-too-long",
            later("The text has {length} characters; {limit} are allowed."),
            length=len(text),
            limit=MAX_TEXT,
        )
    return text


def _address(text: str | None, column: Column) -> str | None:
    """A text that has to be the address of a page, where its column says so."""
    if text is None or not column.address:
        return text
    if (column.address == "always" or is_like_a_link(text)) and not is_link(text):
        raise Unfit(
            "value-not-a-link",
            later(
                "“{value}” is no address of a page. Write it whole, such as "
                "https://www.lrv.lt, without spaces, quotation marks or passwords."
            ),
            value=text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}…",
        )
    return text


def parse(cell: Cell, column: Column, lists: Lists) -> Any:
    """The value of one cell of `column`: text, int, Marked, PartialDate, bool, Place, list or None.

    Raises Unfit with a code of the catalogue when the cell is no value of the column.
    """
    if column.kind is Kind.TEXT:
        return _address(_text(cell), column)
    match column.kind:
        case Kind.NUMBER:
            return number(cell, column.empty_mark)
        case Kind.COUNT:
            return _count(cell, column)
        case Kind.INTEGER:
            return _integer(cell)
        case Kind.YEAR:
            return _year(cell, lists.newest_year)
        case Kind.DATE:
            return _date(cell, column)
        case Kind.YES_NO:
            return _yes_no(cell)
    text = _text(cell)
    if text is None:
        return None
    if not text.isascii():
        text = _in_one_alphabet(text)
    match column.kind:
        case Kind.CHOICE if column.several:
            return _several(text, lambda part: _choice(part, column, lists))
        case Kind.CHOICE:
            return _choice(text, column, lists)
        case Kind.CODE if column.several:
            return _several(text, str)
        case Kind.MUNICIPALITY:
            return _municipality(text, lists)
        case Kind.TERRITORY:
            return _territory(text, lists)
    return text
