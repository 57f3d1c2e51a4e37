"""The one writer of the Excel files that leave the house. No Streamlit, no queries.

A file holds the answer's rows and nothing else on its first sheet, and beside it a chart where
there is one, what was chosen, what each column, state and mark means, and the sources. No cell is
ever a formula.
"""

import datetime
import io
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

import pandas as pd
import rustpy_xlsxwriter
import xlsxwriter
from xlsxwriter.chart import Chart
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from rapporteur.delivery.file_limits import (
    MAX_PROPERTY,
    cell_text,
    fits,
    property_text,
    sheet_name,
)
from rapporteur.delivery.links import is_link
from rapporteur.translations import format_number, later, translator

MAX_ROWS: Final = 1_048_575  # rows that a sheet of Excel can hold below the header
# Up to so many cells the rows are a named table of Excel, for which they are all held in memory;
# above it they are written as they come. See docs/decisions.md for what was measured.
TABLE_CELLS: Final = 300_000
# Above so many cells the plain writer takes over: it is several times as fast.
FORMATTED_CELLS: Final = 3_000_000
_NARROWEST, _WIDEST = 9, 60
_WIDTH_FROM_ROWS: Final = 200
_A4: Final = 9  # as Excel counts formats of paper
_DAY_ZERO: Final = pd.Timestamp("1899-12-30")
_FIRST_OF_MARCH: Final = pd.Timestamp("1900-03-01")
_FIT_ON_PAPER: Final = 240  # characters side by side
_LINE, _HIGHEST = 15, 409  # points

Form = Literal["amount", "plain", "share"]
"""How the numbers of a column are shown: with separators, without (years), as a percentage."""


@dataclass(frozen=True)
class ExportColumn:
    """One column of the answer: its name in the frame, its heading, and what it means."""

    name: str
    header: str
    definition: str
    form: Form = "amount"


@dataclass(frozen=True)
class ExportSeries:
    """One series of a chart: a column of the answer and how it is drawn.

    `rows` are the first and the last row of the answer that it takes, from 0; None for all.
    Without a `name` it has no place in the legend. A bound of an interval (`is_bound`) is a thin
    line without points. On a dark fill (`is_dark`) numbers are white.
    """

    column: str
    colour: str
    pattern: str = ""
    name: str = ""
    rows: tuple[int, int] | None = None
    is_bound: bool = False
    is_dark: bool = False


@dataclass(frozen=True)
class ExportChart:
    """A chart of the answer's own cells, which Excel draws and people can edit.

    `kind`: bars beside a name, columns over years, or points on an axis of years.
    """

    kind: Literal["bars", "columns", "points"]
    category: str
    series: tuple[ExportSeries, ...]
    title: str
    """What it shows and its unit."""


@dataclass(frozen=True)
class Export:
    """An answer ready to be written.

    `filters` and `definitions` are pairs of texts, in order; `sources` has the columns code,
    title, publisher, date and link. `made_at` is a moment with a time zone. `parts` are further
    sheets of the same columns, by their names.
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
    chart: ExportChart | None = None
    parts: Mapping[str, pd.DataFrame] = field(default_factory=dict)


class TooManyRows(Exception):
    """An answer has more rows than a sheet of Excel can hold."""


def write_workbook(export: Export) -> bytes:
    """The Excel file (.xlsx) of an answer: Duomenys, Diagrama, Filtrai, Apibrėžtys, Šaltiniai.

    Raises TooManyRows.
    """
    rows = len(export.data) + sum(map(len, export.parts.values()))
    if len(export.data) > MAX_ROWS:
        raise TooManyRows(f"{len(export.data)} > {MAX_ROWS}")
    cells = rows * len(export.columns)
    if cells > FORMATTED_CELLS:
        return _plain(export)
    return _formatted(export, as_table=cells <= TABLE_CELLS)


def is_plain(rows: int, columns: int) -> bool:
    """Whether an answer of that size is written without tables, charts and formats."""
    return rows * columns > FORMATTED_CELLS


def plain_notice(language: str) -> str:
    """What a file of the plain writer goes without, in one sentence."""
    sentence = translator(language).gettext(
        later(
            "A large file, made by the fast writer: it has the same rows, but no named table, no "
            "chart, no wrapped text and no formats of numbers. Fewer than {cells} cells, chosen by "
            "filters, have them."
        )
    )
    return sentence.format(cells=format_number(FORMATTED_CELLS, language))


# What is beside the rows ----------------------------------------------------------------------


def _beside(export: Export) -> list[tuple[str, list[str], list[tuple[Any, ...]]]]:
    """Name, header and rows of each sheet that tells of the rows."""
    translate = translator(export.language).gettext
    chosen = [
        (translate(later("Answer to")), export.title),
        *export.filters,
        (translate(later("Version of the data")), export.data_version),
    ]
    meanings = [(column.header, column.definition) for column in export.columns]
    sources = [
        translate(heading)
        for heading in (
            later("Code"),
            later("Title"),
            later("Publisher"),
            later("Date"),
            later("Link"),
        )
    ]
    return [
        (
            translate(later("Filters")),
            [translate(later("Filter")), translate(later("Chosen"))],
            [*chosen],
        ),
        (
            translate(later("Definitions")),
            [translate(later("Column, state or mark")), translate(later("Meaning"))],
            [*meanings, *export.definitions],
        ),
        (
            translate(later("Sources")),
            sources,
            list(export.sources.itertuples(index=False, name=None)),
        ),
    ]


# The formatted file ---------------------------------------------------------------------------


def _formatted(export: Export, *, as_table: bool) -> bytes:
    translate = translator(export.language).gettext
    content = io.BytesIO()
    options = {
        "in_memory": as_table,
        "constant_memory": not as_table,
        # Text that begins with = or http stays text: it comes from outside.
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(content, options) as book:
        book.set_properties(
            {"title": property_text(export.title), "created": export.made_at.replace(tzinfo=None)}
        )
        writer = _Writer(book)
        data = translate(later("Data"))
        beside = _beside(export)
        taken = {name.casefold() for name in (translate(later("Chart")), *(b[0] for b in beside))}
        for number, (name, frame) in enumerate([(data, export.data), *export.parts.items()]):
            table = (data if number == 0 else f"{data}_{number}") if as_table else None
            writer.answer(sheet_name(name, taken), export.columns, frame, table=table)
        if export.chart is not None and len(export.data):
            writer.chart(translate(later("Chart")), data, export)
        for name, headers, rows in beside:
            writer.sheet(name, headers, rows)
    return content.getvalue()


class _Writer:
    """Writes sheets of one workbook in one manner."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        self.header = book.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#E8EDF3"}
        )
        self.text = book.add_format({"text_wrap": True, "valign": "top"})
        self.link = book.add_format(
            {"text_wrap": True, "valign": "top", "font_color": "#0B5CAD", "underline": 1}
        )
        self.integer = book.add_format({"num_format": "#,##0", "valign": "top"})
        # A year is a name: it stands at the left, like the words beside it.
        self.plain = book.add_format({"num_format": "0", "valign": "top", "align": "left"})
        self.decimal = book.add_format({"num_format": "#,##0.0##", "valign": "top"})
        self.share = book.add_format({"num_format": "0.0%", "valign": "top"})
        self.day = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"})
        self.moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm", "valign": "top"})

    def answer(
        self, name: str, columns: Sequence[ExportColumn], data: pd.DataFrame, *, table: str | None
    ) -> None:
        """The rows of an answer: the header in row 1, frozen, and below it nothing else."""
        sheet = self.book.add_worksheet(name)
        values = [_values(data[column.name]) for column in columns]
        widths = [
            _width(column.header, cells) for column, cells in zip(columns, values, strict=True)
        ]
        for place, width in enumerate(widths):
            sheet.set_column(place, place, width)
        self._header(sheet, [column.header for column in columns], widths)
        written, put = [], []
        for column, cells in zip(columns, values, strict=True):
            serials = _serials(data[column.name])
            written.append(cells if serials is None else serials)
            put.append(
                self._put(sheet, cells, column.form)
                if serials is None
                else self._put_moments(sheet, serials)
            )
        places = range(len(columns))
        for row, of_row in enumerate(zip(*written, strict=True), 1):
            for place in places:
                value = of_row[place]
                if value is not None:
                    put[place](row, place, value)
        if table is not None:
            _set_heights(sheet, values, widths)
        sheet.freeze_panes(1, 0)
        _for_paper(sheet, widths)
        if columns:
            self._as_table(sheet, columns, len(data), table)

    def _header(self, sheet: Worksheet, headers: Sequence[str], widths: Sequence[int]) -> None:
        lines = [_lines(header, width - 3) for header, width in zip(headers, widths, strict=True)]
        sheet.set_row(0, max(lines, default=1) * _LINE + 3)
        for place, header in enumerate(headers):
            sheet.write_string(0, place, cell_text(header), self.header)

    def _as_table(
        self, sheet: Worksheet, columns: Sequence[ExportColumn], rows: int, name: str | None
    ) -> None:
        # Excel knows no table without a row.
        if name is None or rows == 0:
            sheet.autofilter(0, 0, rows, len(columns) - 1)
            return
        sheet.add_table(
            0,
            0,
            rows,
            len(columns) - 1,
            {
                "name": name,
                "style": "Table Style Light 1",
                "columns": [
                    {"header": cell_text(column.header), "header_format": self.header}
                    for column in columns
                ],
            },
        )

    def _put(
        self, sheet: Worksheet, cells: Sequence[Any], form: Form
    ) -> Callable[[int, int, Any], object]:
        """What writes one cell of a column; a column of one type is written without asking."""
        kinds = {type(cell) for cell in cells if cell is not None}
        if kinds <= {str}:
            if _needs_cleaning(cells):
                return lambda row, place, value: sheet.write_string(
                    row, place, cell_text(value), self.text
                )
            return _with(sheet.write_string, self.text)
        if kinds == {int}:
            return _with(sheet.write_number, self._of(1, form))
        if kinds == {float} and form == "share":
            return _with(sheet.write_number, self.share)
        if kinds == {float}:
            whole, decimal, number = self._of(1, form), self.decimal, sheet.write_number
            return lambda row, place, value: number(
                row, place, value, whole if value.is_integer() else decimal
            )
        return lambda row, place, value: self._write(sheet, row, place, value, form)

    def _put_moments(
        self, sheet: Worksheet, serials: Sequence[float | None]
    ) -> Callable[[int, int, Any], object]:
        """What writes days and moments that are numbers of days already."""
        are_days = all(serial is None or serial.is_integer() for serial in serials)
        if are_days:
            return _with(sheet.write_number, self.day)
        return lambda row, place, value: sheet.write_number(
            row, place, value, self.day if value.is_integer() else self.moment
        )

    def _of(self, value: float, form: Form) -> Format:
        if form == "share":
            return self.share
        if not float(value).is_integer():
            return self.decimal
        return self.plain if form == "plain" else self.integer

    def _write(
        self, sheet: Worksheet, row: int, place: int, value: Any, form: Form = "amount"
    ) -> None:
        """Write one cell by its type; what is missing is blank."""
        if isinstance(value, str):
            sheet.write_string(row, place, cell_text(value), self.text)
        elif isinstance(value, datetime.datetime):  # pandas' timestamps, too
            plain = value.replace(tzinfo=None)
            is_day = plain.time() == datetime.time.min
            sheet.write_datetime(row, place, plain, self.day if is_day else self.moment)
        elif isinstance(value, datetime.date):
            sheet.write_datetime(row, place, value, self.day)
        elif isinstance(value, int | float) and not isinstance(value, bool):
            sheet.write_number(row, place, value, self._of(value, form))
        else:
            sheet.write_string(row, place, cell_text(str(value)), self.text)

    def sheet(self, name: str, headers: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """A sheet that tells of the rows; addresses in it can be followed."""
        sheet = self.book.add_worksheet(name)
        columns = [
            [None if _is_missing(value) else value for value in cells]
            for cells in zip(*rows, strict=True)
        ] or [[] for _ in headers]
        widths = [_width(header, cells) for header, cells in zip(headers, columns, strict=True)]
        for place, width in enumerate(widths):
            sheet.set_column(place, place, width)
        self._header(sheet, headers, widths)
        for row, cells in enumerate(zip(*columns, strict=True), 1):
            for place, value in enumerate(cells):
                if isinstance(value, str) and is_link(value):
                    # -1 and the like: Excel takes no such address, so that it stays text.
                    if sheet.write_url(row, place, value, self.link, value) != 0:
                        sheet.write_string(row, place, cell_text(value), self.text)
                elif value is not None:
                    self._write(sheet, row, place, value)
        _set_heights(sheet, columns, widths)
        sheet.freeze_panes(1, 0)
        _for_paper(sheet, widths)

    def chart(self, name: str, data: str, export: Export) -> None:
        """The chart on a sheet of its own, so that it covers no row."""
        chart = export.chart
        assert chart is not None
        at = {column.name: place for place, column in enumerate(export.columns)}
        drawn = self.book.add_chart(_KINDS[chart.kind])
        bars = 0
        for series in chart.series:
            first, end = series.rows or (0, len(export.data) - 1)
            rows = (first + 1, end + 1)
            bars = max(bars, end - first + 1)
            category, value = at[chart.category], at[series.column]
            drawn.add_series(
                {
                    "name": series.name,
                    "categories": [data, rows[0], category, rows[1], category],
                    "values": [data, rows[0], value, rows[1], value],
                    **_look(series, chart.kind),
                }
            )
        self._lay_out(drawn, chart, bars)
        sheet = self.book.add_worksheet(name)
        sheet.hide_gridlines(2)
        _for_paper(sheet, [])
        sheet.insert_chart(0, 0, drawn, {"description": property_text(export.title)})

    @staticmethod
    def _lay_out(drawn: Chart, chart: ExportChart, bars: int) -> None:
        drawn.set_title(
            {
                "name": cell_text(chart.title)[:MAX_PROPERTY],
                "name_font": {"size": 12, "bold": False},
                "overlay": False,
            }
        )
        unnamed = [place for place, series in enumerate(chart.series) if not series.name]
        drawn.set_legend({"position": "bottom", "delete_series": unnamed})
        if chart.kind == "bars":
            # Excel draws the first row at the bottom; readers expect it at the top.
            drawn.set_y_axis({"reverse": True})
            drawn.set_x_axis({"min": 0, "num_format": "#,##0", "major_gridlines": _PALE_LINES})
            drawn.set_size({"width": 960, "height": max(320, 130 + 24 * bars)})
        else:
            drawn.set_x_axis({"num_format": "0", "major_gridlines": {"visible": False}})
            drawn.set_y_axis({"min": 0, "num_format": "#,##0.##", "major_gridlines": _PALE_LINES})
            drawn.set_size({"width": 960, "height": 480})
        drawn.show_blanks_as("gap")


_PALE_LINES: Final = {"visible": True, "line": {"color": "#E3E7EC", "width": 0.75}}
_KINDS: Final[Mapping[str, dict[str, Any]]] = {
    "bars": {"type": "bar", "subtype": "stacked"},
    "columns": {"type": "column", "subtype": "stacked"},
    "points": {"type": "scatter", "subtype": "straight_with_markers"},
}


def _look(series: ExportSeries, kind: str) -> dict[str, Any]:
    if kind == "points" and series.is_bound:
        dashed = {"color": series.colour, "width": 1.25, "dash_type": "dash"}
        return {"line": dashed, "marker": {"type": "none"}}
    if kind == "points":
        marker = {
            "type": "circle",
            "size": 7,
            "fill": {"color": series.colour},
            "border": {"color": series.colour},
        }
        return {"line": {"color": series.colour, "width": 2}, "marker": marker}
    border = {"color": "#7D8896", "width": 0.75}
    font = {"color": "#FFFFFF" if series.is_dark else "#1C2530"}
    labels = {"data_labels": {"value": True, "num_format": "#,##0;;", "font": font}}
    if series.pattern:
        pattern = {
            "pattern": series.pattern,
            "fg_color": "#7D8896",
            "bg_color": series.colour,
        }
        return {"pattern": pattern, "border": border, "gap": 40, **labels}
    return {"fill": {"color": series.colour}, "border": border, "gap": 40, **labels}


def _for_paper(sheet: Worksheet, widths: Sequence[int]) -> None:
    """The header stays on every sheet of paper; columns that can be read so fit on one."""
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.repeat_rows(0)
    if sum(widths) <= _FIT_ON_PAPER:
        sheet.fit_to_pages(1, 0)


def _set_heights(sheet: Worksheet, columns: Sequence[Sequence[Any]], widths: Sequence[int]) -> None:
    """Rows as high as their longest text: not every program sees to it when it opens a file."""
    texts = [
        (cells, width - 2)
        for cells, width in zip(columns, widths, strict=True)
        if any(isinstance(value, str) and len(value) > width - 2 for value in cells)
    ]
    for row in range(len(columns[0]) if texts else 0):
        lines = max(_lines(cells[row], width) for cells, width in texts)
        if lines > 1:
            sheet.set_row(row + 1, min(lines * _LINE, _HIGHEST))


def _lines(value: object, width: int) -> int:
    if not isinstance(value, str):
        return 1
    return sum(max(math.ceil(len(line) / width), 1) for line in value.split("\n"))


def _with(write: Callable[..., object], form: Format) -> Callable[[int, int, Any], object]:
    return lambda row, place, value: write(row, place, value, form)


def _values(column: pd.Series) -> list[Any]:
    """The values of a column as Python's own; None for any of the nothings that pandas has."""
    missing = column.isna().tolist()
    if pd.api.types.is_float_dtype(column.dtype):
        return [
            None if absent or not math.isfinite(value) else float(value)
            for value, absent in zip(column.tolist(), missing, strict=True)
        ]
    values = column.tolist()
    return [
        None if absent else (value.item() if hasattr(value, "item") else value)
        for value, absent in zip(values, missing, strict=True)
    ]


def _serials(column: pd.Series) -> list[float | None] | None:
    """The moments of a column as Excel counts them, in days; None for a column of anything else.

    Counted for all rows at once, as one by one they took a tenth of the time of a large file. Excel
    counts the days before March 1900 otherwise: those are left to be written one by one.
    """
    if not pd.api.types.is_datetime64_any_dtype(column.dtype):
        return None
    moments = column.dt.tz_localize(None)
    if (moments < _FIRST_OF_MARCH).any():
        return None
    days = (moments - _DAY_ZERO) / pd.Timedelta(days=1)
    return [None if day != day else day for day in days.tolist()]


def _is_missing(value: Any) -> bool:
    return value is None or value is pd.NaT or value is pd.NA or value != value


def _needs_cleaning(cells: Iterable[str | None]) -> bool:
    return not all(fits(cell) for cell in cells if cell is not None)


def _width(header: str, cells: Sequence[Any]) -> int:
    """How wide a column is made, in characters, by its header and its first rows.

    A header may take two lines, and has room for the sign of the filter.
    """
    longest_word = max(map(len, header.split()), default=0)
    widest = max(longest_word, math.ceil(len(header) / 2)) + 3
    for value in cells[:_WIDTH_FROM_ROWS]:
        if isinstance(value, str):
            shown = max(map(len, value.split("\n")), default=0)
        elif isinstance(value, datetime.datetime):
            shown = 16
        elif isinstance(value, float):
            shown = len(f"{value:.6g}")
        else:
            shown = 0 if value is None else len(str(value))
        widest = max(widest, shown + 2)
    return min(max(widest, _NARROWEST), _WIDEST)


# The plain file -------------------------------------------------------------------------------


def _plain(export: Export) -> bytes:
    """The same rows by a writer that knows no tables and no charts, but is several times as fast.

    Sheets of an answer's parts are written, too.
    """
    translate = translator(export.language).gettext
    data = translate(later("Data"))
    headers = [cell_text(column.header) for column in export.columns]
    sheets: list[tuple[str, Any]] = []
    beside = _beside(export)
    taken = {name.casefold() for name, _, _ in beside}
    for name, frame in [(data, export.data), *export.parts.items()]:
        plain = frame[[column.name for column in export.columns]].copy()
        for column in plain:
            values = _values(plain[column])
            if {type(value) for value in values if value is not None} <= {str}:
                if _needs_cleaning(values):
                    plain[column] = [
                        None if value is None else cell_text(value) for value in values
                    ]
            elif plain[column].dtype == object:
                plain[column] = [None if value is None else str(value) for value in values]
        plain.columns = pd.Index(headers)
        sheets.append((sheet_name(name, taken), plain))
    beside[0][2].append((translate(later("Format")), plain_notice(export.language)))
    for name, names, rows in beside:
        texts = [
            [None if _is_missing(cell) else cell_text(str(cell)) for cell in row] for row in rows
        ]
        sheets.append((name, pd.DataFrame(texts, columns=names, dtype=object)))
    content = io.BytesIO()
    bold = rustpy_xlsxwriter.Format().set_bold().set_text_wrap().set_align("top")
    bold.set_background_color("#E8EDF3")
    rustpy_xlsxwriter.write_worksheets(
        sheets,
        content,
        freeze_panes={"general": {"row": 1, "col": 0}},
        datetime_format="yyyy-mm-dd",
        autofilter={sheets[0][0]: True},
        header_format={name: bold for name, _ in sheets},
        column_widths={
            name: [float(_width(str(column), _values(frame[column].head(200)))) for column in frame]
            for name, frame in sheets
        },
    )
    return content.getvalue()
