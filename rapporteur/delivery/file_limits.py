"""Limits of the formats of files: text is brought within their limits in one way."""

import re
from typing import Final

MAX_CELL: Final = 32_767  # what a cell of Excel holds, as it counts: signs beyond the BMP are two
MAX_PROPERTY: Final = 255  # characters of a title in the properties of a file
MAX_SHEET_NAME: Final = 31
_LONGEST_STEM: Final = 100  # characters; a name of a file may have 255 bytes with its ending
_CUT: Final = " […"
_NOT_ALLOWED: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NOT_IN_SHEET_NAMES: Final = re.compile(r"[\[\]:*?/\\']")
_NOT_IN_FILE_NAMES: Final = re.compile(r"[^\w.-]+")
_OF_WINDOWS: Final = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.I)


def without_controls(text: str) -> str:
    """Text without the signs that XML forbids, which nobody sees."""
    return _NOT_ALLOWED.sub("", text)


def is_too_long(text: str) -> bool:
    """Tell whether a text does not fit into one cell of a spreadsheet."""
    return len(text) > MAX_CELL // 2 and len(text.encode("utf-16-le", "replace")) > 2 * MAX_CELL


def fits(text: str) -> bool:
    """Tell whether a text is written into a cell as it is."""
    return not (is_too_long(text) or _NOT_ALLOWED.search(text))


def cell_text(text: str) -> str:
    """Text without what Excel refuses; one too long for a cell ends in a sign that says so."""
    return cut(without_controls(text))


def cut(text: str) -> str:
    """Text that fits into a cell; one too long for it ends in a sign that says so."""
    if not is_too_long(text):
        return text
    units = text.encode("utf-16-le", "replace")[: 2 * (MAX_CELL - len(_CUT))]
    return units.decode("utf-16-le", "ignore") + _CUT


def property_text(text: str) -> str:
    """A title for the properties of a file; the whole title stands in the file itself."""
    allowed = " ".join(without_controls(text).split())
    return allowed if len(allowed) <= MAX_PROPERTY else f"{allowed[: MAX_PROPERTY - 1]}…"


def sheet_name(name: str, taken: set[str] | None = None) -> str:
    """A name that Excel takes for a sheet, and that none of `taken` (in small letters) has."""
    plain = _NOT_IN_SHEET_NAMES.sub(" ", without_controls(name)).strip()
    base = plain[:MAX_SHEET_NAME].strip() or "-"
    found, number = base, 2
    # Excel keeps one name for itself.
    while found.casefold() in {*(taken or ()), "history"}:
        ending = f" ({number})"
        found, number = base[: MAX_SHEET_NAME - len(ending)] + ending, number + 1
    if taken is not None:
        taken.add(found.casefold())
    return found


def file_stem(name: str) -> str:
    """A name for a file, without its ending, that every system takes."""
    stem = _NOT_IN_FILE_NAMES.sub("-", name)[:_LONGEST_STEM].strip(".-") or "failas"
    return f"{stem}-" if _OF_WINDOWS.fullmatch(stem) else stem
