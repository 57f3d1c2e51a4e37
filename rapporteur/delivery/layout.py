"""Where the rows of a sheet stand: which sheet it is, where its header is, what is data."""

import dataclasses
import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from rapporteur.delivery.annotating import ANNOTATION_SHEET
from rapporteur.delivery.cells import Cell, Flags, Numbers, Repeated
from rapporteur.delivery.declaration import SHEETS, Column, Kind, Sheet
from rapporteur.delivery.guidance import HELPER_SHEETS, example_of
from rapporteur.delivery.likeness import column_like, sheet_named_like, sheet_with_headings
from rapporteur.delivery.problems import MAX_LISTED, Problem, cell_address, later
from rapporteur.delivery.reading import RawSheet
from rapporteur.delivery.values import as_text, plain

_HEADER_WITHIN = 20
_FEWEST_YEARS = 2
_YEAR = re.compile(
    r"(?:19|20)[0-9]{2}(?: ?(?:m\.?|met\.|metai|metų))?"
    r"(?: ?(?:[1-4]|I{1,3}|IV) ?(?:pusm|ketv)\w*\.?)?",
    re.IGNORECASE,
)
_SHEET_NAMES = {plain(name): sheet for sheet in SHEETS for name in (sheet.name, sheet.alias)}
_OURS = {plain(name) for name in HELPER_SHEETS}
_TOTALS = ("is viso", "viso", "total")
_LONGEST_NUMBER = 24  # with words, such as „ne mažiau kaip 250“


@dataclass(frozen=True)
class LaidOut:
    """The data of one sheet: its declaration, column positions, and rows with their positions."""

    file: str
    raw: RawSheet
    sheet: Sheet
    positions: dict[str, int]
    header_row: int
    row_numbers: Numbers  # zero-based, in the sheet

    def __len__(self) -> int:
        """The number of data rows."""
        return len(self.row_numbers)

    def cells(self, column: Column) -> Repeated[Cell]:
        """The cells of one column, None throughout where the sheet does not have it."""
        # A position beyond the last column is blank in every row.
        position = self.positions.get(column.name, len(self.raw.columns))
        return self.raw.column(position, self.row_numbers)

    def address(self, index: int, column: Column) -> str:
        """The cell of the `index`th data row in this column, or in column A when it is absent."""
        return cell_address(int(self.row_numbers[index]), self.positions.get(column.name, 0))

    def shown(self, index: int, column: Column) -> str | None:
        """What a person sees in the cell of the `index`th data row in this column."""
        position = self.positions.get(column.name, len(self.raw.columns))
        row = int(self.row_numbers[index])
        if position >= len(self.raw.columns):
            return None
        return self.raw.errors.get((row, position)) or as_text(self.raw.columns[position][row])

    def without(self, rows: Flags) -> "LaidOut":
        """The same sheet without these of its data rows."""
        return dataclasses.replace(self, row_numbers=self.row_numbers[~rows])


def declared(raw: RawSheet) -> Sheet | None:
    """The declared sheet that a sheet's name means, if any."""
    return _SHEET_NAMES.get(plain(raw.name))


def is_ours(raw: RawSheet) -> bool:
    """Whether a sheet is one that the template or the answer to the sender brings along."""
    # A number is added where the name was taken.
    return plain(raw.name) in _OURS or plain(raw.name).startswith(plain(ANNOTATION_SHEET))


def meant_for(raw: RawSheet) -> tuple[Sheet, list[int]] | None:
    """The declared sheet that an unknown one is likely meant for, and its rows that hold data.

    None where its name and headings are like none, and where it has no such rows.
    """
    tops = [raw.row(number) for number in range(min(raw.height, _HEADER_WITHIN))]
    is_like_ours = any(plain(raw.name).startswith(name) for name in _OURS)
    sheet = sheet_with_headings(tops) or (None if is_like_ours else sheet_named_like(raw.name))
    if sheet is None:
        return None
    has_header = _find_header(tops, _header_names(sheet)) is not None
    laid = lay_out("", raw, sheet, [], []) if has_header else None
    if laid is not None:
        return (sheet, laid.row_numbers.tolist()) if len(laid) else None
    filled = np.zeros(raw.height, np.bool_)
    for column in raw.columns:
        filled |= column.where(_is_filled)
    return (sheet, np.flatnonzero(filled).tolist()) if filled.any() else None


def _header_names(sheet: Sheet) -> dict[str, Column]:
    return {
        plain(name): column for column in sheet.columns for name in (column.alias, column.header)
    }


def _find_header(rows: Sequence[Sequence[Cell]], names: dict[str, Column]) -> int | None:
    """The first of the rows with most known headers, among the first 20."""
    best, found = 0, None
    for number, row in enumerate(rows):
        known = {plain(cell) for cell in row if isinstance(cell, str)} & names.keys()
        if len(known) > best:
            best, found = len(known), number
    # One matching word may be a title; a header row has two, or all that the sheet requires.
    required = sum(column.required for column in names.values()) // 2
    if best >= min(2, max(required, 1)):
        return found
    # One known heading beside years is a table with a column a year.
    return found if found is not None and len(_years(rows[found])) >= _FEWEST_YEARS else None


def lay_out(
    file: str, raw: RawSheet, sheet: Sheet, problems: list[Problem], notices: list[Problem]
) -> LaidOut | None:
    """Find header and data rows; add what is wrong or odd to the lists. None without a header."""
    names = _header_names(sheet)
    tops = [raw.row(number) for number in range(min(raw.height, _HEADER_WITHIN))]
    header_row = _find_header(tops, names)
    if header_row is None:
        known = ", ".join(column.header for column in sheet.columns if column.required)
        problems.append(
            Problem(
                file,
                raw.name,
                "A1",
                "header-not-found",
                None,
                later("No header row in the first 20 rows. Needed at least: {known}."),
                {"known": known},
            )
        )
        return None
    positions: dict[str, int] = {}
    unknown: dict[int, str] = {}
    headings, header_bottom = _headings(file, raw, tops, header_row, notices)
    if header_bottom == header_row:
        headings, header_bottom = _with_second_row(file, raw, names, tops, header_row, notices)
    for position, cell in enumerate(headings):
        shown = as_text(cell)
        if shown is None:
            continue
        address = cell_address(header_row, position)
        column = names.get(plain(shown))
        if column is None:
            unknown[position] = shown
        elif column.name in positions:
            problems.append(
                Problem(
                    file,
                    raw.name,
                    address,
                    "column-twice",
                    shown,
                    later("Column “{column}” stands twice. Keep one."),
                    {"column": shown},
                )
            )
        else:
            positions[column.name] = position
    missing = [c for c in sheet.columns if c.required and c.name not in positions]
    if missing:
        problems.append(_missing(file, raw, sheet, missing, header_row, headings))
    _fill_merged(file, raw, sheet, positions, header_bottom, problems, notices)
    rows = _data_rows(file, raw, sheet, positions, header_bottom, notices)
    laid = LaidOut(file, raw, sheet, positions, header_row, rows)
    told = _years(headings) if any(column.kind is Kind.YEAR for column in missing) else []
    for position, shown in unknown.items():
        # Columns of years are told of already where the year of a row is missing.
        is_told = len(told) >= _FEWEST_YEARS and position in told
        found = None if is_told else _like_a_missing_one(laid, position, shown)
        (problems if found else notices).append(found or unknown_column(laid, position, shown))
    return laid


def unknown_column(laid: LaidOut, position: int, heading: str) -> Problem:
    """The notice of a column that is left alone."""
    return Problem(
        laid.file,
        laid.raw.name,
        cell_address(laid.header_row, position),
        "column-unknown",
        heading,
        later("Column “{column}” is not known and was left alone."),
        {"column": heading},
    )


def _like_a_missing_one(laid: LaidOut, position: int, heading: str) -> Problem | None:
    """The problem of a column of data that is likely a declared one under another name."""
    cells = laid.raw.column(position, laid.row_numbers)
    filled = cells.where(_is_filled)
    if not filled.any():
        return None
    # One that the sheet has but that nobody filled in is missing as well. Required ones that are
    # missing are told of at the header row.
    missing = [
        column
        for column in laid.sheet.columns
        if not (column.required and column.name not in laid.positions)
        and not laid.cells(column).where(_is_filled).any()
    ]
    known = column_like(heading, missing)
    template = later(
        "“{column}” is like “{known}”, which the file does not have: {values} filled cells would "
        "be left out. Call the column “{known}”, or confirm that they are not to be loaded."
    )
    if known is None:
        known = next((one for one in missing if one.name == laid.sheet.substance), None)
        if known is None or not _may_hold(known, cells.rows(np.flatnonzero(filled))):
            return None
        template = later(
            "“{column}” is not known and “{known}” is missing: {values} filled cells would be left "
            "out. If this is it, call the column “{known}”; if not, confirm that it is left out."
        )
    return Problem(
        laid.file,
        laid.raw.name,
        cell_address(laid.header_row, position),
        "column-like-known",
        heading,
        template,
        {"column": heading, "known": known.header, "values": int(filled.sum())},
    )


def _may_hold(column: Column, cells: Repeated[Cell]) -> bool:
    """Tell whether most cells are numbers, where the column holds numbers, or else words."""
    is_number = cells.where(lambda cell: any(one.isdigit() for one in as_text(cell) or ""))
    is_short = cells.where(lambda cell: len(as_text(cell) or "") <= _LONGEST_NUMBER)
    share = float((is_number & is_short).mean())
    return share > 0.5 if column.kind in {Kind.NUMBER, Kind.COUNT} else share < 0.5


def _missing(
    file: str,
    raw: RawSheet,
    sheet: Sheet,
    missing: Sequence[Column],
    header_row: int,
    headings: Sequence[Cell],
) -> Problem:
    """The problem of required columns that are not there, at the first cell of the headings."""
    columns = ", ".join(column.header for column in missing)
    year = next((column for column in missing if column.kind is Kind.YEAR), None)
    years = _years(headings)
    if year is None or len(years) < _FEWEST_YEARS:
        template = later("Required columns are missing: {columns}. Add them to this row.")
        address = cell_address(header_row, 0)
        return Problem(
            file, raw.name, address, "column-missing", None, template, {"columns": columns}
        )
    value = next((column for column in sheet.columns if column.kind is Kind.NUMBER), year)
    return Problem(
        file,
        raw.name,
        cell_address(header_row, years[0]),
        "column-missing",
        as_text(headings[years[0]]),
        later(
            "Each year has a column of its own here. Write one year a row: the year in column "
            "“{year}”, the number in column “{value}”."
        ),
        {"year": year.header, "value": value.header},
    )


def _years(headings: Sequence[Cell]) -> list[int]:
    """The places of headings that are years: „2023“, „2023 m.“, „2023 metai“, „2023 I pusm.“."""
    return [place for place, cell in enumerate(headings) if _YEAR.fullmatch(as_text(cell) or "")]


def _headings(
    file: str,
    raw: RawSheet,
    tops: Sequence[Sequence[Cell]],
    header_row: int,
    notices: list[Problem],
) -> tuple[list[Cell], int]:
    """The headings of the columns and the last row that they take: merged ones span several."""
    headings = list(tops[header_row])
    last = header_row
    for (top, left), (bottom, _) in raw.merged:
        if not top <= header_row <= bottom or top == bottom or left >= len(headings):
            continue
        last = max(last, bottom)
        headings[left] = tops[top][left]
        notices.append(
            Problem(
                file,
                raw.name,
                cell_address(top, left),
                "merged-filled",
                as_text(tops[top][left]),
                later("A merged heading was read as one."),
            )
        )
    # Below a heading of several columns stand their own.
    for number in range(header_row + 1, min(last + 1, raw.height)):
        for position, cell in enumerate(raw.row(number)):
            headings[position] = cell if as_text(cell) else headings[position]
    return headings, last


def _with_second_row(
    file: str,
    raw: RawSheet,
    names: Mapping[str, Column],
    tops: Sequence[Sequence[Cell]],
    header_row: int,
    notices: list[Problem],
) -> tuple[list[Cell], int]:
    """The headings with those of a second row above or below that has the missing ones."""
    headings = list(tops[header_row])
    for other in (header_row - 1, header_row + 1):
        if not 0 <= other < len(tops) or not _completes(headings, tops[other], names):
            continue
        joined = [
            cell if _known(cell, names) and not _known(headings[place], names) else headings[place]
            for place, cell in enumerate(tops[other])
        ]
        notices.append(
            Problem(
                file,
                raw.name,
                cell_address(min(header_row, other), 0),
                "merged-filled",
                None,
                later("Two rows of headings were read as one."),
            )
        )
        return joined, max(header_row, other)
    return headings, header_row


def _known(cell: Cell, names: Mapping[str, Column]) -> Column | None:
    return names.get(plain(cell)) if isinstance(cell, str) else None


def _completes(headings: Sequence[Cell], row: Sequence[Cell], names: Mapping[str, Column]) -> bool:
    """Tell whether a row beside the headings has only headings, some of them still missing.

    A heading over several columns is none of a sheet's own and may stand there as well.
    """
    found = {column.name for cell in headings if (column := _known(cell, names))}
    here = [_known(cell, names) for cell in row]
    added = [column for column in here if column and column.name not in found]
    others = sum(cell is not None and not isinstance(cell, str) for cell in row)
    words = sum(isinstance(cell, str) for cell in row)
    is_free = all(
        not (column and _known(headings[place], names)) for place, column in enumerate(here)
    )
    return len(added) > 1 and not others and is_free and len(added) * 2 >= words


_NUMBERS: Final = {Kind.NUMBER, Kind.COUNT, Kind.INTEGER}
_EXACT: Final = _NUMBERS | {Kind.YEAR, Kind.DATE}


def _fill_merged(
    file: str,
    raw: RawSheet,
    sheet: Sheet,
    positions: Mapping[str, int],
    header_row: int,
    problems: list[Problem],
    notices: list[Problem],
) -> None:
    """Copy the words of a merged data cell down to the rows it spans; a number is a problem."""
    by_position = {positions[c.name]: c for c in sheet.columns if c.name in positions}
    for (top, left), (bottom, right) in raw.merged:
        if top <= header_row or left >= len(raw.columns) or top >= raw.height:
            continue
        column = raw.columns[left]
        fault = _fault_of_merged(raw, by_position, (top, left), (bottom, right))
        if fault:
            address, shown = cell_address(top, left), as_text(column[top])
            problems.append(Problem(file, raw.name, address, "value-ambiguous", shown, fault))
        elif bottom > top:
            rows = np.zeros(raw.height, np.bool_)
            rows[top : bottom + 1] = True
            raw.columns[left] = column.replaced(rows, column[top])
            notices.append(
                Problem(
                    file,
                    raw.name,
                    cell_address(top, left),
                    "merged-filled",
                    as_text(column[top]),
                    later("A merged cell was read as the same value in each of its rows."),
                )
            )


def _fault_of_merged(
    raw: RawSheet,
    by_position: Mapping[int, Column],
    start: tuple[int, int],
    end: tuple[int, int],
) -> str | None:
    """Why a merged cell cannot be read as the same words in each of its rows; None when it can."""
    (top, left), (bottom, right) = start, end
    cell = raw.columns[left][top]
    shown = as_text(cell) or ""
    covered = [by_position[place] for place in range(left + 1, right + 1) if place in by_position]
    first = by_position.get(left)
    if shown and bottom > top and first and first.kind in _NUMBERS and re.search("[0-9]", shown):
        return later(
            "One number is merged over several rows; it would count in each of them. Unmerge the "
            "cells and write each row's own number, or „n. d.“."
        )
    if shown and covered and any(one.kind in _EXACT for one in (*covered, *filter(None, [first]))):
        return later(
            "One cell is merged over several columns. Unmerge it and write in each column its own "
            "value."
        )
    for place in range(left, min(right + 1, len(raw.columns))):
        hidden = raw.columns[place].values_between(top, min(bottom, raw.height - 1))
        if place in by_position and any(one not in {None, cell} for one in hidden):
            return later(
                "Below the merged cell other values are stored that nobody sees. Unmerge it and "
                "delete what does not hold."
            )
    return None


def _data_rows(
    file: str,
    raw: RawSheet,
    sheet: Sheet,
    positions: dict[str, int],
    header_row: int,
    notices: list[Problem],
) -> Numbers:
    """The rows below the header that hold data: not blank, no total, not the template's example."""
    below = np.arange(header_row + 1, raw.height)
    cells = [raw.column(position, below) for position in range(len(raw.columns))]
    filled = [column.where(_is_filled) for column in cells]
    is_filled = np.logical_or.reduce(filled) if filled else np.zeros(len(below), np.bool_)
    marked = {number for number, _ in (*raw.errors, *raw.formulas_without_value)}
    is_marked = np.isin(below, list(marked))
    total = _totals(cells, filled, sheet, positions)
    for index in np.flatnonzero(total)[:MAX_LISTED].tolist():
        first = next(place for place, flags in enumerate(filled) if flags[index])
        notices.append(
            Problem(
                file,
                raw.name,
                cell_address(int(below[index]), first),
                "total-row-skipped",
                as_text(cells[first][index]),
                later("A totals row was not loaded as data."),
            )
        )
    example = _examples(cells, filled, sheet, positions) & ~is_marked
    return below[(is_filled & ~total & ~example) | is_marked]


def _totals(
    cells: Sequence[Repeated[Cell]],
    filled: Sequence[Flags],
    sheet: Sheet,
    positions: dict[str, int],
) -> Flags:
    """The rows whose first filled cell begins like a total."""
    required = {positions.get(column.name) for column in sheet.columns if column.required}
    texts = {positions.get(column.name) for column in sheet.columns if column.kind is Kind.TEXT}
    found = np.zeros(len(filled[0]) if filled else 0, np.bool_)
    is_complete = np.full(len(found), None not in required)
    for position in required - {None}:
        assert position is not None
        is_complete &= filled[position]
    seen = found.copy()
    for position, (column, flags) in enumerate(zip(cells, filled, strict=True)):
        first = flags & ~seen
        if position in texts:
            # A text may begin like a total: where the row says all that it has to, it is data.
            first &= ~is_complete
        rows = np.flatnonzero(first)
        found[rows] = column.rows(rows).used().where(_begins_like_a_total)
        seen |= flags
    return found


def _is_filled(cell: Cell) -> bool:
    return cell is not None and (not isinstance(cell, str) or bool(cell.strip()))


def _says(words: str | None, cell: Cell) -> bool:
    return as_text(cell) == words


def _begins_like_a_total(cell: Cell) -> bool:
    return plain(as_text(cell) or "").startswith(_TOTALS)


def _examples(
    cells: Sequence[Repeated[Cell]],
    filled: Sequence[Flags],
    sheet: Sheet,
    positions: dict[str, int],
) -> Flags:
    """The rows that say word for word what the template's example row says, and no more."""
    rows = np.arange(len(filled[0]) if filled else 0)
    # The example of the first column is no value of it, so most often nothing is left to compare.
    order = sorted(
        range(len(cells)), key=lambda place: place != positions.get(sheet.columns[0].name)
    )
    examples = {
        positions[column.name]: example_of(sheet.table, column.name)
        for column in sheet.columns
        if column.name in positions
    }
    for place in order:
        example = examples.get(place) or None
        column, flags = cells[place].rows(rows).used(), filled[place][rows]
        is_same = column.where(functools.partial(_says, example))
        rows = rows[is_same if place == order[0] else is_same | ~flags]
        if not len(rows):
            break
    found = np.zeros(len(filled[0]) if filled else 0, np.bool_)
    found[rows] = bool(len(cells)) and sheet.columns[0].name in positions
    return found
