"""A cell that looks otherwise than it would be read is a problem at its cell.

The parser tells which cells those may be (looks.py); here it is decided by the column whether what
is shown, typed as text, would be read as the same.
"""

import re
from collections.abc import Iterator
from typing import Final

import numpy as np

from rapporteur.delivery.cells import Cell
from rapporteur.delivery.declaration import Column, Kind
from rapporteur.delivery.layout import LaidOut
from rapporteur.delivery.looks import RAISED, SHOWN, STRUCK, UNSEEN, raised
from rapporteur.delivery.problems import later
from rapporteur.delivery.reading import RawSheet
from rapporteur.delivery.values import Unfit, as_text, plain

_NUMBERS: Final = {Kind.NUMBER, Kind.COUNT, Kind.INTEGER, Kind.YEAR}
# A cell shows nine digits of a fraction; the rest is what calculating leaves behind.
_DIGITS: Final = 9
_DECIMALS: Final = 6
# Units that may stand behind a number: those of the contract, and the signs of the euro.
_UNITS: Final = re.compile(r" ?(?:€|(?:eur|vnt|asm|proc)\.?|eurai|eurų)$", re.IGNORECASE)
_NUMBER: Final = re.compile(r"-?[0-9]{1,3}(?: [0-9]{3})+(?:,[0-9]+)?|-?[0-9]+(?:,[0-9]+)?")
_FIRST_NUMBER: Final = re.compile(r"-?\d[\d \N{NO-BREAK SPACE}]*(?:[.,]\d+)?")

_OTHERWISE: Final = later(
    "The cell shows “{shown}”, “{read}” would be read. Write “{write}” in a cell without a format, "
    "or change the format."
)
_UNSEEN: Final = later(
    "The cell shows nothing, but “{read}” would be read. Delete it, or make it visible."
)
_STRUCK: Final = later(
    "“{read}” is struck out, in whole or in part, but would be read. Delete what no longer holds, "
    "and take the line away from what does."
)
_RAISED: Final = later(
    "The cell shows “{shown}”, “{read}” would be read. Delete the raised sign; a note belongs into "
    "column „Pastaba“."
)


def unlike(laid: LaidOut, column: Column) -> dict[int, Unfit]:
    """The data rows whose cell of this column looks otherwise than it would be read, and why."""
    position = laid.positions.get(column.name)
    if position is None or position >= len(laid.raw.columns):
        return {}
    looks = list(_looks(laid.raw, position))
    if not looks:
        return {}
    places = {row: index for index, row in enumerate(laid.row_numbers.tolist())}
    found: dict[int, Unfit] = {}
    known: dict[tuple[Cell, str, str], Unfit | None] = {}
    cells = laid.raw.columns[position]
    for row, reason, shown in looks:
        index = places.get(row)
        if index is None or row >= len(cells):
            continue
        key = (cells[row], reason, shown)
        if key not in known:
            known[key] = _unfit(*key, column)
        fault = known[key]
        if fault:
            found.setdefault(index, fault)
    return found


def _looks(raw: RawSheet, position: int) -> Iterator[tuple[int, str, str]]:
    """Row, reason and what is shown of the cells of one column that may not be what they seem."""
    for place, reason, shown, rows in raw.looks:
        if place == position:
            for row in rows:
                yield row, reason, shown
    cells = raw.columns[position]
    for areas, comparison, limits, look in raw.rules:
        inside = [area for area in areas if area[0][1] <= position <= area[1][1]]
        if not inside:
            continue
        holds = cells.where(
            lambda cell, comparison=comparison, limits=limits: (  # type: ignore[misc]
                type(cell) is float and _compares(cell, comparison, limits)
            )
        )
        for row in np.flatnonzero(holds).tolist():
            if any(top <= row <= bottom for (top, _), (bottom, _) in inside):
                value = cells[row]
                assert isinstance(value, float)
                about = look.of_number(value, is_1904=False)
                if about:
                    yield row, *about


def _compares(value: float, comparison: str, limits: list[float]) -> bool:
    first, last = limits[0], limits[-1]
    return {
        "equal": value == first,
        "notEqual": value != first,
        "lessThan": value < first,
        "lessThanOrEqual": value <= first,
        "greaterThan": value > first,
        "greaterThanOrEqual": value >= first,
        "between": first <= value <= last,
        "notBetween": not first <= value <= last,
    }.get(comparison, False)


def _unfit(cell: Cell, reason: str, shown: str, column: Column) -> Unfit | None:
    read = as_text(cell)
    if read is None:
        return None
    if isinstance(cell, float):
        read = read.replace(".", ",")
    if reason == STRUCK:
        return Unfit("value-ambiguous", _STRUCK, read=read)
    if reason == UNSEEN:
        return Unfit("value-ambiguous", _UNSEEN, read=read)
    if reason == RAISED:
        shown = shown or raised(read, "superscript")
        return Unfit("value-ambiguous", _RAISED, shown=shown, read=read) if shown != read else None
    assert reason == SHOWN
    if isinstance(cell, str):
        shown = shown.replace("…", read)
        is_same = plain(shown) == plain(read)
    elif isinstance(cell, float):
        is_same = is_read_so(shown, cell) if column.kind in _NUMBERS else _is_text(shown, cell)
    else:
        is_same = False
    if is_same:
        return None
    return Unfit("value-ambiguous", _OTHERWISE, shown=shown, read=read, write=_to_write(shown))


def _to_write(shown: str) -> str:
    """The number that is seen, or all that is."""
    match = _FIRST_NUMBER.search(shown)
    return match[0].strip() if match else shown


def is_read_so(shown: str, stored: float) -> bool:
    """Tell whether a shown number, typed as text, would be read as the one that is stored."""
    words = " ".join(shown.split())
    for way in _readings(_UNITS.sub("", words)):
        if _NUMBER.fullmatch(way):
            seen = float(way.replace(" ", "").replace(",", "."))
            if seen == stored or _is_rest_of_calculating(way, seen, stored):
                return True
    return False


def _readings(words: str) -> Iterator[str]:
    """A number in the separators of Lithuanian, of English and of German."""
    bare = words.replace("\N{RIGHT SINGLE QUOTATION MARK}", " ")
    yield bare
    if re.fullmatch(r"-?\d{1,3}(?:,\d{3})*(?:\.\d+)?|-?\d+\.\d+", bare):
        yield bare.replace(",", "").replace(".", ",")
    if re.fullmatch(r"-?\d{1,3}(?:\.\d{3})+(?:,\d+)?", bare):
        yield bare.replace(".", "")


def _is_rest_of_calculating(way: str, shown: float, stored: float) -> bool:
    """Tell whether they differ beyond what a cell without a format shows of a long fraction."""
    decimals = len(way.partition(",")[2])
    digits = len(re.sub(r"\D", "", way).lstrip("0"))
    is_long = digits >= _DIGITS and decimals >= _DECIMALS
    return abs(shown - stored) <= (1e-9 if is_long else 1e-14) * abs(stored)


def _is_text(shown: str, stored: float) -> bool:
    """Tell whether a number among words is shown as it would be read."""
    return any(
        re.sub(r"\s", "", way).replace(",", ".") == as_text(stored)
        for way in _readings(" ".join(shown.split()))
    )
