"""A delivery's current version as a workbook that loads again unchanged."""

import datetime
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from rapporteur.delivery import loading
from rapporteur.delivery.declaration import SHEETS, Column, Kind
from rapporteur.delivery.loading import WrongUse
from rapporteur.delivery.problems import later
from rapporteur.delivery.text_sheet import add_sheet
from rapporteur.warehouse.reading import Warehouse

_WRITTEN_MARKS = {">": ">{}", "≥": "≥{}", "~": "~{}", "[p]": "{} p"}
_WORDS_OF_MARKS = {"[n]": "n. d.", "[z]": "netaikoma", "[k]": "<5"}
_WIDTH = 24
_EPOCH = datetime.datetime(2000, 1, 1)


def workbook(source: Path | Warehouse, code: str, as_of: datetime.date) -> bytes:
    """The workbook of a delivery, as it stood at the end of the day `as_of`.

    Raises WrongUse when there is no such delivery, WarehouseError as reading does.
    """
    with loading.opened(source) as warehouse:
        return _written(warehouse, code, as_of)


def _written(warehouse: Warehouse, code: str, as_of: datetime.date) -> bytes:
    columns, described = warehouse.rows("overview/delivery", {"delivery": code}, as_of=as_of)
    if not described:
        raise WrongUse(later("There is no delivery “{code}”."), code=code)
    about = dict(zip(columns, described[0], strict=True))
    return rows_as_workbook(about, delivered(warehouse, code, as_of))


def delivered(
    warehouse: Warehouse, code: str, as_of: datetime.date
) -> dict[str, list[dict[str, Any]]]:
    """The current rows of a delivery by table, tables without rows left out."""
    tables = {
        sheet.table: warehouse.delivered(sheet.table, code, as_of)
        for sheet in SHEETS
        if not sheet.one_row
    }
    return {table: rows for table, rows in tables.items() if rows}


def rows_as_workbook(
    about: Mapping[str, Any], tables: Mapping[str, Sequence[Mapping[str, Any]]]
) -> bytes:
    """Rows as they are stored, written so that they are read back as the same values.

    `about` holds what the sheet Pateikimas says: code, institution, year and note.
    """
    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(content, options) as book:
        # The same rows are the same bytes.
        book.set_properties({"created": _EPOCH})
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        for sheet in SHEETS:
            stored = [about] if sheet.one_row else tables.get(sheet.table)
            if not stored:
                continue
            written = add_sheet(book, sheet.name)
            written.freeze_panes(1, 0)
            written.set_column(0, len(sheet.columns) - 1, _WIDTH)
            for place, column in enumerate(sheet.columns):
                written.write_string(0, place, column.header, bold)
                for number, row in enumerate(stored, 1):
                    cell = cell_of(column, row)
                    if isinstance(cell, str):
                        written.write_string(number, place, cell)
                    elif cell is not None:
                        written.write_number(number, place, cell)
    return content.getvalue()


def cell_of(column: Column, row: Mapping[str, Any]) -> str | float | None:
    """What stands in a cell so that it is read back as the same value."""
    value = row[column.name]
    if column.kind in {Kind.NUMBER, Kind.COUNT}:
        return _marked(column, value, row[f"{column.name}_mark"])
    if value is None or value == []:
        return None
    if isinstance(value, bool):
        return "taip" if value else "ne"
    if isinstance(value, list):
        return "; ".join(value)
    if isinstance(value, datetime.date):
        length = {"month": 7, "year": 4}.get(row.get(f"{column.name}_precision") or "", 10)
        return value.isoformat()[:length]
    return float(value) if isinstance(value, int) else str(value)


def _marked(column: Column, value: float | None, mark: str | None) -> str | float | None:
    if value is None:
        return None if mark in {column.empty_mark, None} else _WORDS_OF_MARKS[mark]
    if not mark:
        return float(value)
    number = str(int(value)) if float(value).is_integer() else str(value).replace(".", ",")
    return _WRITTEN_MARKS[mark].format(number)
