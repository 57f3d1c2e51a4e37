"""Where the rows of a sheet stand: which sheet it is, where its header is, what is data."""

from collections.abc import Sequence
from dataclasses import dataclass

from rapporteur.delivery.declaration import SHEETS, Column, Kind, Sheet
from rapporteur.delivery.problems import Problem, cell_address, later
from rapporteur.delivery.reading import Cell, RawSheet
from rapporteur.delivery.values import as_text, plain

_HEADER_WITHIN = 20
_SHEET_NAMES = {plain(name): sheet for sheet in SHEETS for name in (sheet.name, sheet.alias)}
_TOTALS = ("is viso", "viso", "total")


@dataclass(frozen=True)
class LaidOut:
    """The data of one sheet: its declaration, column positions, and rows with their positions."""

    file: str
    raw: RawSheet
    sheet: Sheet
    positions: dict[str, int]
    header_row: int
    row_numbers: list[int]  # zero-based, in the sheet

    def cells(self, column: Column) -> list[Cell]:
        """The cells of one column, None throughout where the sheet does not have it."""
        position = self.positions.get(column.name)
        if position is None:
            return [None] * len(self.row_numbers)
        rows = self.raw.rows
        return [
            rows[number][position] if position < len(rows[number]) else None
            for number in self.row_numbers
        ]

    def address(self, index: int, column: Column) -> str:
        """The cell of the `index`th data row in this column, or in column A when it is absent."""
        return cell_address(self.row_numbers[index], self.positions.get(column.name, 0))


def declared(raw: RawSheet) -> Sheet | None:
    """The declared sheet that a sheet's name means, if any."""
    return _SHEET_NAMES.get(plain(raw.name))


def _header_names(sheet: Sheet) -> dict[str, Column]:
    return {
        plain(name): column for column in sheet.columns for name in (column.alias, column.header)
    }


def _find_header(rows: Sequence[Sequence[Cell]], names: dict[str, Column]) -> int | None:
    """The first of the rows with most known headers, among the first 20."""
    best, found = 0, None
    for number, row in enumerate(rows[:_HEADER_WITHIN]):
        known = {plain(cell) for cell in row if isinstance(cell, str)} & names.keys()
        if len(known) > best:
            best, found = len(known), number
    # One matching word may be a title; a header row has two, or all that the sheet requires.
    required = sum(column.required for column in names.values()) // 2
    return found if best >= min(2, max(required, 1)) else None


def lay_out(
    file: str, raw: RawSheet, sheet: Sheet, problems: list[Problem], notices: list[Problem]
) -> LaidOut | None:
    """Find header and data rows; add what is wrong or odd to the lists. None without a header."""
    names = _header_names(sheet)
    header_row = _find_header(raw.rows, names)
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
    for position, cell in enumerate(raw.rows[header_row]):
        shown = as_text(cell)
        if shown is None:
            continue
        address = cell_address(header_row, position)
        column = names.get(plain(shown))
        if column is None:
            notices.append(
                Problem(
                    file,
                    raw.name,
                    address,
                    "column-unknown",
                    shown,
                    later("Column “{column}” is not known and was left alone."),
                    {"column": shown},
                )
            )
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
    missing = [c.header for c in sheet.columns if c.required and c.name not in positions]
    if missing:
        problems.append(
            Problem(
                file,
                raw.name,
                cell_address(header_row, 0),
                "column-missing",
                None,
                later("Required columns are missing: {columns}. Add them to this row."),
                {"columns": ", ".join(missing)},
            )
        )
    _fill_merged(file, raw, header_row, notices)
    rows = _data_rows(file, raw, sheet, positions, header_row, notices)
    return LaidOut(file, raw, sheet, positions, header_row, rows)


def _fill_merged(file: str, raw: RawSheet, header_row: int, notices: list[Problem]) -> None:
    """Copy the value of a merged data cell down to the rows it spans."""
    for (top, left), (bottom, _) in raw.merged:
        if top <= header_row or bottom == top:
            continue
        for number in range(top + 1, min(bottom, len(raw.rows) - 1) + 1):
            raw.rows[number][left] = raw.rows[top][left]
        notices.append(
            Problem(
                file,
                raw.name,
                cell_address(top, left),
                "merged-filled",
                as_text(raw.rows[top][left]),
                later("A merged cell was read as the same value in each of its rows."),
            )
        )


def _data_rows(
    file: str,
    raw: RawSheet,
    sheet: Sheet,
    positions: dict[str, int],
    header_row: int,
    notices: list[Problem],
) -> list[int]:
    required = {positions.get(column.name) for column in sheet.columns if column.required}
    texts = {positions.get(column.name) for column in sheet.columns if column.kind is Kind.TEXT}
    marked = {number for number, _ in (*raw.errors, *raw.formulas_without_value)}
    numbers = []
    for number in range(header_row + 1, len(raw.rows)):
        filled = {i: shown for i, cell in enumerate(raw.rows[number]) if (shown := as_text(cell))}
        if not filled and number not in marked:
            continue
        first = next(iter(filled), 0)
        # A text may begin like a total: where the row says all that it has to, it is data.
        is_sentence = first in texts and required <= filled.keys()
        if filled and plain(filled[first]).startswith(_TOTALS) and not is_sentence:
            notices.append(
                Problem(
                    file,
                    raw.name,
                    cell_address(number, first),
                    "total-row-skipped",
                    filled[first],
                    later("A totals row was not loaded as data."),
                )
            )
            continue
        numbers.append(number)
    return numbers
