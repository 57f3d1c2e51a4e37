"""The one writer of the Excel files that leave the house. No Streamlit, no queries.

A file holds the answer's rows and nothing else on its first sheet, and beside it what was chosen,
what each column, state and mark means, and the sources. No cell is ever a formula.
"""

import datetime
import io
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from rapporteur.translations import later, translator

MAX_CELL: Final = 32_767  # characters that a cell of Excel can hold
_NOT_ALLOWED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NARROWEST, _WIDEST = 9, 60
_WIDTH_FROM_ROWS = 200


@dataclass(frozen=True)
class ExportColumn:
    """One column of the answer: its name in the frame, its heading, and what it means."""

    name: str
    header: str
    definition: str


@dataclass(frozen=True)
class Export:
    """An answer ready to be written.

    `filters` and `definitions` are pairs of texts, in order; `sources` has the columns code,
    title, publisher, date and link. `made_at` is a moment with a time zone.
    """

    name: str
    title: str
    data: pd.DataFrame
    columns: tuple[ExportColumn, ...]
    filters: tuple[tuple[str, str], ...]
    definitions: tuple[tuple[str, str], ...]
    sources: pd.DataFrame
    language: str
    made_at: datetime.datetime
    data_version: str


def write_workbook(export: Export) -> bytes:
    """The Excel file (.xlsx) of an answer: Duomenys, Filtrai, Apibrėžimai, Šaltiniai."""
    translate = translator(export.language).gettext
    content = io.BytesIO()
    options = {
        "in_memory": True,
        # Text that begins with = or http stays text: it comes from outside.
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(content, options) as book:
        writer = _Writer(book)
        book.set_properties(
            {"title": clean(export.title)[:255], "created": export.made_at.replace(tzinfo=None)}
        )
        writer.sheet(
            translate(later("Data")),
            [column.header for column in export.columns],
            export.data[[column.name for column in export.columns]].itertuples(
                index=False, name=None
            ),
            autofilter=True,
        )
        writer.sheet(
            translate(later("Filters")),
            [translate(later("Filter")), translate(later("Chosen"))],
            [
                (translate(later("Answer to")), export.title),
                *export.filters,
                (translate(later("Version of the data")), export.data_version),
            ],
        )
        writer.sheet(
            translate(later("Definitions")),
            [translate(later("Column, state or mark")), translate(later("Meaning"))],
            [(column.header, column.definition) for column in export.columns]
            + list(export.definitions),
        )
        writer.sheet(
            translate(later("Sources")),
            [
                translate(heading)
                for heading in (
                    later("Code"),
                    later("Title"),
                    later("Publisher"),
                    later("Date"),
                    later("Link"),
                )
            ],
            export.sources.itertuples(index=False, name=None),
        )
    return content.getvalue()


def clean(text: str) -> str:
    """Text without what Excel refuses; one too long for a cell ends in a sign that says so."""
    allowed = _NOT_ALLOWED.sub("", text)
    return allowed if len(allowed) <= MAX_CELL else f"{allowed[: MAX_CELL - 3]} […"[:MAX_CELL]


class _Writer:
    """Writes sheets of one workbook in one manner."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        self.header = book.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#E8EDF3"}
        )
        self.text = book.add_format({"text_wrap": True, "valign": "top"})
        self.integer = book.add_format({"num_format": "0", "valign": "top"})
        self.decimal = book.add_format({"num_format": "#,##0.0##", "valign": "top"})
        self.day = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"})
        self.moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm", "valign": "top"})

    def sheet(
        self,
        name: str,
        headers: Sequence[str],
        rows: Iterable[Sequence[Any]],
        *,
        autofilter: bool = False,
    ) -> None:
        """One sheet: the header in row 1, frozen, and below it the rows and nothing else."""
        sheet = self.book.add_worksheet(name)
        widths = [len(header) + 3 for header in headers]
        for place, header in enumerate(headers):
            sheet.write_string(0, place, clean(header), self.header)
        last = 0
        for last, row in enumerate(rows, 1):
            for place, value in enumerate(row):
                shown = self._write(sheet, last, place, value)
                if last <= _WIDTH_FROM_ROWS:
                    widths[place] = max(widths[place], shown + 2)
        for place, width in enumerate(widths):
            sheet.set_column(place, place, min(max(width, _NARROWEST), _WIDEST))
        sheet.freeze_panes(1, 0)
        if autofilter and headers:
            sheet.autofilter(0, 0, last, len(headers) - 1)

    def _write(self, sheet: Worksheet, row: int, place: int, value: Any) -> int:
        """Write one cell by its type and return how wide it is shown; what is missing is blank."""
        if value is None or value is pd.NaT or value is pd.NA:
            return 0
        if isinstance(value, str):
            text = clean(value)
            sheet.write_string(row, place, text, self.text)
            return max(map(len, text.split("\n")), default=0)
        if isinstance(value, datetime.datetime):  # pandas' timestamps, too
            plain = value.replace(tzinfo=None)
            is_day = plain.time() == datetime.time.min
            sheet.write_datetime(row, place, plain, self.day if is_day else self.moment)
            return 10 if is_day else 16
        if isinstance(value, datetime.date):
            sheet.write_datetime(row, place, value, self.day)
            return 10
        if isinstance(value, bool) or not isinstance(value, int | float):
            return (
                self._write(sheet, row, place, value.item())
                if hasattr(value, "item")
                else (self._write(sheet, row, place, str(value)))
            )
        if isinstance(value, float) and not math.isfinite(value):
            return 0
        is_whole = float(value).is_integer()
        sheet.write_number(row, place, value, self.integer if is_whole else self.decimal)
        return len(f"{value:.6g}")
