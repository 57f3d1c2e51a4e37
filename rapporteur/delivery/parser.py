"""Turns one spreadsheet into columns of cells, in a process of its own: `parser cells FILE`.

A workbook may be broken or hostile, and a native parser may abort the process that runs it, so
the caller (reading.py) starts this module as a child with limits and imports nothing from it.
`parser marks FILE` looks for what the fast reader turns into blanks or leaves out: error values,
formulas that were never calculated, hidden rows and columns, merged cells of an .ods.

Both write frames to standard output: the length of a JSON document in four bytes, the document,
and for cells one block of 32-bit numbers. A document tells what kind of file it is or why it is not
read, of a sheet, or of one block of its rows: for each column its distinct cells, while the numbers
say which of them stands in which row.
"""

import datetime
import gc
import itertools
import math
import re
import struct
import sys
import zipfile
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any
from xml.etree.ElementTree import Element, tostring

import orjson
from defusedxml.ElementTree import fromstring, iterparse

from rapporteur.delivery.containers import (
    Kind,
    Refused,
    Source,
    kind_of,
    local_name,
    related,
    small_part,
    source_of,
    workbook_part,
)
from rapporteur.delivery.delimited import decoded, records
from rapporteur.delivery.limited import limit_this_process
from rapporteur.delivery.looks import UNSEEN, Looks, Styles, of_runs, styles_of_xlsx
from rapporteur.delivery.looks_elsewhere import (
    OdsStyle,
    add_ods_style,
    look_of_ods,
    look_of_xls,
    styles_of_xls,
)

MAX_COLUMNS = 256
_BLOCK_ROWS = 65_536
_READ_BYTES = 4 * 2**20
_LAST_ROW = 1_048_576
_MAX_REPEATED = 10_000  # rows of an .ods that stand there once and are meant so often


def _send(document: object, numbers: Sequence["array[int]"] = ()) -> None:
    encoded = orjson.dumps(document)
    out = sys.stdout.buffer
    out.write(struct.pack("<I", len(encoded)))
    out.write(encoded)
    for column in numbers:
        if sys.byteorder == "big":
            column.byteswap()
        out.write(column.tobytes())


# Cells -------------------------------------------------------------------------------------------


def _plain(cell: Any) -> Any:
    """A cell as JSON can carry it: dates as {"d": "2020-09-01"}, durations as text."""
    if isinstance(cell, bool | str):
        return cell or None if isinstance(cell, str) else cell
    if isinstance(cell, datetime.datetime):
        if cell.time() == datetime.time.min:
            return {"d": cell.date().isoformat()}
        return {"d": cell.isoformat(timespec="seconds")}
    if isinstance(cell, datetime.date):
        return {"d": cell.isoformat()}
    if isinstance(cell, float) and not math.isfinite(cell):
        return str(cell)  # no number that a sheet could mean
    if isinstance(cell, int | float):
        return float(cell)
    return None if cell is None else str(cell)


def _distinct(column: Sequence[Any]) -> tuple[list[Any], "array[int]"]:
    """The distinct cells of a column, and for each row which of them stands there."""
    found: dict[Any, int] = dict(zip(dict.fromkeys(column), itertools.count(), strict=False))
    values = [cell or None if type(cell) is str else _plain(cell) for cell in found]
    # True equals 1.0, and is another cell all the same.
    if (True in found or False in found) and len({bool, float, int} & set(map(type, column))) > 1:
        column = [(type(cell), cell) for cell in column]
        found = dict(zip(dict.fromkeys(column), itertools.count(), strict=False))
        values = [_plain(cell) for _, cell in found]
    return values, array("i", map(found.__getitem__, column))


def _send_rows(sheet: int, rows: Iterable[Sequence[Any]]) -> None:
    remaining = iter(rows)
    while block := list(itertools.islice(remaining, _BLOCK_ROWS)):
        if len({len(row) for row in block}) > 1:
            columns: Iterable[Sequence[Any]] = itertools.zip_longest(*block)
        else:
            columns = zip(*block, strict=True)
        encoded = [_distinct(column) for column in columns]
        _send(
            {"sheet": sheet, "rows": len(block), "columns": [values for values, _ in encoded]},
            [numbers for _, numbers in encoded],
        )


def send_workbook(source: Source) -> None:
    """The sheets of an .xlsx, .xlsm, .xls or .ods file, cells counted from A1."""
    from python_calamine import SheetVisibleEnum, load_workbook

    workbook = load_workbook(source)
    for index, about in enumerate(workbook.sheets_metadata):
        sheet = workbook.get_sheet_by_index(index)
        width = sheet.end[1] + 1 if sheet.end else 0  # its total_width counts from zero
        _send(
            {
                "name": about.name,
                "is_hidden": about.visible != SheetVisibleEnum.Visible,
                "width": width,
                "left": sheet.start[1] if sheet.start else 0,  # rows begin at this column
                "merged": [list(map(list, area)) for area in sheet.merged_cell_ranges or []],
            }
        )
        if width <= MAX_COLUMNS:
            _send_rows(index, sheet.iter_rows())


def send_csv(path: Path) -> None:
    """A delimited text file as one sheet named like the file."""
    rows = records(decoded(path.read_bytes()))
    width = max(map(len, rows), default=0)
    _send({"name": path.stem, "is_hidden": False, "width": width, "left": 0, "merged": []})
    if width <= MAX_COLUMNS:
        _send_rows(0, rows)


# Marks -------------------------------------------------------------------------------------------


class Marks:
    """What the fast reader does not tell of one sheet; positions are zero-based (row, column)."""

    def __init__(self) -> None:
        self.errors: list[tuple[int, int, str]] = []
        self.formulas: list[tuple[int, int]] = []
        self.hidden_rows: list[int] = []
        self.hidden_columns: list[int] = []
        self.merged: list[tuple[tuple[int, int], tuple[int, int]]] = []
        self.looks = Looks()

    def as_json(self) -> dict[str, Any]:
        """The marks as the parent reads them."""
        return {**vars(self), "looks": self.looks.as_json()}


@dataclass(frozen=True)
class _Book:
    """Parts that the sheets of an .xlsx share.

    `odd_texts` are shared texts that look otherwise than they read; `is_calculated_late` where
    formulas are calculated when the file is opened, and a stored 0 may be none.
    """

    texts: int = 0
    odd_texts: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    styles: Styles = field(default_factory=lambda: Styles({}))
    is_1904: bool = False
    is_calculated_late: bool = False

    def look(
        self, marks: Marks, place: tuple[int, int], about: Mapping[str, str], value: str
    ) -> None:
        """Note how one cell looks: its attributes, and its value as it is stored."""
        kind = about.get("t", "n")
        style = self.styles.cells.get(int(about.get("s") or 0))
        found = None
        if kind == "s" and value.isdigit():
            found = self.odd_texts.get(int(value))
        if found is None and style is not None:
            if kind == "n":
                found = style.of_number(float(value), is_1904=self.is_1904)
            else:
                found = style.of_text()
        marks.looks.add(*place, found)


def _position(reference: str) -> tuple[int, int]:
    """`D17` as zero-based (row, column)."""
    match = re.fullmatch(r"([A-Z]{1,3})(\d+)", reference)
    if match is None:
        raise ValueError(reference)
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1


def _is_true(value: str | None) -> bool:
    return value in {"1", "true"}


def _sheet_files(archive: zipfile.ZipFile, workbook: str) -> dict[str, str]:
    """Sheet name → its file inside an .xlsx."""
    parts = {identity: part for identity, _, part in related(archive, workbook)}
    files = {}
    for sheet in fromstring(small_part(archive, workbook)).iter():
        if local_name(sheet) == "sheet":
            identity = next((value for name, value in sheet.items() if name.endswith("}id")), "")
            files[sheet.get("name", "")] = parts.get(identity, "")
    return files


def _marks_by_element(file: IO[bytes], book: _Book) -> Marks:
    """The marks of an .xlsx sheet, element by element: right for any XML, and slow."""
    marks = Marks()
    row = column = -1
    hides_noughts = False
    for event, element in iterparse(file, events=("start", "end")):
        tag = local_name(element)
        if event == "start":
            if tag == "row":
                row = int(element.get("r") or row + 2) - 1
                column = -1
                if _is_true(element.get("hidden")):
                    marks.hidden_rows.append(row)
            elif tag == "c":
                where = element.get("r")
                column = _position(where)[1] if where else column + 1
            elif tag == "sheetView":
                hides_noughts |= element.get("showZeros") in {"0", "false"}
            continue
        if tag == "col" and _is_true(element.get("hidden")):
            last = min(int(element.get("max", "1")), MAX_COLUMNS)
            marks.hidden_columns += range(int(element.get("min", "1")) - 1, last)
        elif tag == "c":
            _mark_cell(marks, element, row, column, book)
            _look_at_cell(marks, element, (row, column), book, hides_noughts=hides_noughts)
            element.clear()
        elif tag == "row":
            element.clear()
        elif tag == "conditionalFormatting":
            _add_rules(marks, tostring(element), book)
            element.clear()
    return marks


def _mark_cell(marks: Marks, cell: Element, row: int, column: int, book: _Book) -> None:
    inside = {local_name(child): child for child in cell}
    value = inside.get("v")
    if cell.get("t") == "e":
        shown = value.text if value is not None else None
        marks.errors.append((row, column, shown or "#ERROR!"))
    # A formula whose stored answer is empty text carries t="str"; that is a value.
    elif "f" in inside and (
        (book.is_calculated_late and value is not None and value.text == "0")
        or ((value is None or not value.text) and (cell.get("t") != "str" or value is None))
    ):
        marks.formulas.append((row, column))


def _look_at_cell(
    marks: Marks, cell: Element, place: tuple[int, int], book: _Book, *, hides_noughts: bool
) -> None:
    inside = {local_name(child): child for child in cell}
    value = inside["v"].text if "v" in inside else None
    if "is" in inside:
        about = of_runs(inside["is"])
        marks.looks.add(*place, about)
        if not about:
            book.look(marks, place, {**cell.attrib, "t": "inlineStr"}, "")
    elif value and cell.get("t") != "e":
        if hides_noughts and cell.get("t", "n") == "n" and float(value) == 0:
            marks.looks.add(*place, (UNSEEN, ""))
        else:
            book.look(marks, place, cell.attrib, value.strip())


class _Unusual(Exception):
    """The XML is not as spreadsheet programs write it; it must be read element by element."""


class _Unreadable(Exception):
    """The fast reader would turn something of this file into blanks."""


def _complete_rows(file: IO[bytes], row_tag: bytes, first: bytes) -> Iterator[bytes]:
    """The bytes of a sheet in pieces that end where a row begins."""
    piece = first
    while more := file.read(_READ_BYTES):
        piece += more
        cut = piece.rfind(row_tag)
        if cut > 0:
            yield piece[:cut]
            piece = piece[cut:]
    yield piece


def _refuse_wide_letters(first: bytes) -> None:
    if first.startswith((b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")):
        raise _Unreadable


def _refuse_rows(numbers: list[bytes]) -> None:
    """Rows that no sheet has."""
    for number in numbers:
        if not number.isdigit() or len(number) > 7 or not 1 <= int(number) <= _LAST_ROW:
            raise _Unreadable


def _refuse_texts(numbers: list[bytes], texts: int) -> None:
    """References to shared texts that the file does not hold."""
    if not numbers:
        return
    largest = max(numbers, key=lambda number: (len(number), number))
    if (
        not largest.strip().isdigit()
        or int(largest) >= texts
        or not all(map(bytes.isdigit, numbers))
    ):
        raise _Unreadable


def _count_texts(archive: zipfile.ZipFile, name: str) -> tuple[int, bool]:
    """How many shared texts there are, and whether one may look otherwise than it reads."""
    if name not in archive.namelist():
        return 0, False
    count, tail, may_be_odd = 0, b"", False
    item = re.compile(rb"<(?:[A-Za-z][\w.-]*:)?si(?=[\s/>])")
    with archive.open(name) as file:
        _refuse_wide_letters(tail := file.read(4096))
        while True:
            more = file.read(_READ_BYTES)
            cut = tail.rfind(b"<") if more else len(tail)
            piece, tail = tail[: max(cut, 0)], tail[max(cut, 0) :] + more
            if b"<![CDATA[" in piece:
                raise _Unreadable
            count += len(item.findall(piece))
            may_be_odd |= b"strike" in piece or b"vertAlign" in piece
            if not more:
                return count, may_be_odd


def _marks_by_search(file: IO[bytes], book: _Book) -> Marks:
    """The marks of an .xlsx sheet as programs write it: only what may hold one is looked at.

    Raises _Unusual when the XML needs a real parser, _Unreadable when the fast reader cannot read
    all that it says.
    """
    first = file.read(4096)
    _refuse_wide_letters(first)
    root = re.search(rb"<([A-Za-z][\w.-]*:)?worksheet[\s>]", first)
    if root is None or re.search(rb"<!(?:DOCTYPE|ENTITY)", first):
        raise _Unusual
    prefix = re.escape(root[1] or b"")
    cell = re.compile(
        rb"<%sc((?:\s+[\w:.-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*)\s*(?:/>|>(.*?)</%sc\s*>)"
        % (prefix, prefix),
        re.DOTALL,
    )
    row_number = re.compile(rb"<%srow\s(?:[^>]*?\s)?r\s*=\s*[\"']([^\"']*)" % prefix)
    text_number = re.compile(rb"\st\s*=\s*[\"']s[\"'][^>]*>\s*<%sv(?:\s[^>]*)?>([^<]*)<" % prefix)
    value = re.compile(rb"<%sv(?:\s[^>]*)?>([^<]+)" % prefix)
    has_value = b"<" + (root[1] or b"") + b"v"
    formula = b"<" + (root[1] or b"") + b"f"
    looked_at = _Search(root[1] or b"", book)
    hidden = re.compile(rb"<%s(?:row|col)\s[^>]*?hidden\s*=\s*[\"'](?:1|true)[\"'][^>]*>" % prefix)
    marks = Marks()
    for piece in _complete_rows(file, b"<" + (root[1] or b"") + b"row", first):
        if b"<![CDATA[" in piece:
            raise _Unreadable
        if b"<!" in piece:  # comments
            raise _Unusual
        _refuse_rows(row_number.findall(piece))
        numbers = text_number.findall(piece)
        _refuse_texts(numbers, book.texts)
        looked_at.look(marks, piece, numbers)
        if b"hidden" in piece:
            for match in hidden.finditer(piece):
                _mark_hidden(marks, _attributes(match[0]))
        if formula not in piece and b'"e"' not in piece and b"'e'" not in piece:
            continue
        for match in cell.finditer(piece):
            inside = match[2] or b""
            is_error = b'"e"' in (match[1] or b"") or b"'e'" in (match[1] or b"")
            if not is_error and formula not in inside:
                continue
            about = _attributes(match[1] or b"")
            shown = value.search(inside)
            if "r" not in about:
                raise _Unusual
            row, column = _position(about["r"])
            if about.get("t") == "e":
                text = shown[1].decode("utf-8") if shown else "#ERROR!"
                marks.errors.append((row, column, text))
            elif (
                formula in inside
                and (not shown or (book.is_calculated_late and shown[1] == b"0"))
                and not (about.get("t") == "str" and has_value in inside)
            ):
                marks.formulas.append((row, column))
    return marks


class _Search:
    """Finds the cells of an .xlsx sheet that may look otherwise than they read."""

    def __init__(self, prefix: bytes, book: _Book) -> None:
        """Raises _Unusual when any cell may be such."""
        if 0 in book.styles.cells:
            raise _Unusual
        self._book = book
        name = re.escape(prefix)
        numbers = b"|".join(b"%d" % number for number in book.styles.cells)
        self._styled = re.compile(
            rb"<%sc\s(?:[^>]*?\s)?s\s*=\s*[\"'](?:%s)[\"'][^>]*>" % (name, numbers)
        )
        self._shared = re.compile(
            rb"<%sc\s[^>]*?\bt\s*=\s*[\"']s[\"'][^>]*>(?=\s*<%sv>(\d+)<)" % (name, name)
        )
        self._value = re.compile(rb"<%sv(?:\s[^>]*)?>([^<]+)" % name)
        self._end = b"</" + prefix + b"c>"

    def look(self, marks: Marks, piece: bytes, texts: list[bytes]) -> None:
        """Note the cells of whole rows; `texts` are the numbers of the shared texts in them."""
        book = self._book
        # Runs of a text inside the cell, and zeros that the sheet does not show.
        if b"strike" in piece or b"vertAlign" in piece or b"showZeros" in piece:
            raise _Unusual
        if book.styles.cells:
            for match in self._styled.finditer(piece):
                if match[0].endswith(b"/>"):
                    continue
                value = self._value.search(piece, match.end(), piece.find(self._end, match.end()))
                about = _attributes(match[0])
                if "r" not in about:
                    raise _Unusual
                if about.get("t") == "inlineStr" or value:
                    stored = value[1].decode("utf-8").strip() if value else ""
                    book.look(marks, _position(about["r"]), about, stored)
        if book.odd_texts and not book.odd_texts.keys().isdisjoint(map(int, texts)):
            for match in self._shared.finditer(piece):
                about = _attributes(match[0])
                is_styled = int(about.get("s") or 0) in book.styles.cells  # seen above
                if int(match[1]) in book.odd_texts and not is_styled:
                    book.look(marks, _position(about["r"]), about, match[1].decode())
        if b"conditionalFormatting" in piece:
            _add_rules(marks, piece, book)


_AREA_OF_RULES = re.compile(
    rb"<(?:[\w.-]+:)?conditionalFormatting\s([^>]*)>(.*?)</(?:[\w.-]+:)?conditionalFormatting\s*>",
    re.DOTALL,
)
_RULE = re.compile(rb"<(?:[\w.-]+:)?cfRule\s([^>]*[^/>])>(.*?)</(?:[\w.-]+:)?cfRule\s*>", re.DOTALL)
_LIMIT = re.compile(rb"<(?:[\w.-]+:)?formula\s*>\s*(-?[\d.]+)\s*</")


def _add_rules(marks: Marks, piece: bytes, book: _Book) -> None:
    """Note the conditional formats that compare a cell with numbers and change how it looks."""
    for area in _AREA_OF_RULES.finditer(piece):
        ranges = _attributes(area[1]).get("sqref", "")
        for rule in _RULE.finditer(area[2]):
            about = _attributes(rule[1])
            number = int(about.get("dxfId") or -1)
            looks = book.styles.conditional
            look = looks[number] if 0 <= number < len(looks) else None
            limits = [float(one) for one in _LIMIT.findall(rule[2])]
            if look and limits and about.get("type") == "cellIs":
                comparison = about.get("operator", "equal")
                marks.looks.rules.append((_areas(ranges), comparison, limits, look))


def _areas(ranges: str) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """`A1:B2 D4` as pairs of corners."""
    corners = (one.partition(":") for one in ranges.split())
    return [(_position(first), _position(last or first)) for first, _, last in corners]


def _attributes(tag: bytes) -> dict[str, str]:
    found = re.findall(rb"([\w:]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", tag)
    return {name.decode(): (one or other).decode("utf-8") for name, one, other in found}


def _mark_hidden(marks: Marks, about: dict[str, str]) -> None:
    if "min" in about and "max" in about:
        last = min(int(about["max"]), MAX_COLUMNS)
        marks.hidden_columns += range(int(about["min"]) - 1, last)
    elif "r" in about:
        marks.hidden_rows.append(int(about["r"]) - 1)
    else:
        raise _Unusual


def marks_of_xlsx(source: Source) -> dict[str, Marks]:
    """The marks of each sheet of an .xlsx or .xlsm, by its name."""
    found = {}
    with zipfile.ZipFile(source) as archive:
        workbook = workbook_part(archive)
        if workbook is None:
            raise _Unreadable
        book = _book(archive, workbook)
        names = set(archive.namelist())
        for sheet, part in _sheet_files(archive, workbook).items():
            if part not in names:
                raise _Unreadable
            try:
                with archive.open(part) as file:
                    found[sheet] = _marks_by_search(file, book)
            except (_Unusual, ValueError):
                with archive.open(part) as file:
                    found[sheet] = _marks_by_element(file, book)
    return found


def _book(archive: zipfile.ZipFile, workbook: str) -> _Book:
    named = {kind: part for _, kind, part in related(archive, workbook)}
    texts = named.get("sharedStrings", "xl/sharedStrings.xml")
    count, may_be_odd = _count_texts(archive, texts)
    styles = Styles({})
    if named.get("styles") in archive.namelist():
        styles = styles_of_xlsx(fromstring(small_part(archive, named["styles"])))
    about = {local_name(one): one for one in fromstring(small_part(archive, workbook))}
    settings = about.get("workbookPr")
    calculation = about.get("calcPr")
    return _Book(
        count,
        _odd_texts(archive, texts) if may_be_odd else {},
        styles,
        is_1904=settings is not None and _is_true(settings.get("date1904")),
        is_calculated_late=calculation is not None and _is_true(calculation.get("fullCalcOnLoad")),
    )


def _odd_texts(archive: zipfile.ZipFile, name: str) -> dict[int, tuple[str, str]]:
    """Shared texts of which a part is struck out or a figure raised: number → what is shown."""
    found = {}
    number = 0
    with archive.open(name) as file:
        for _, element in iterparse(file):
            if local_name(element) == "si":
                if about := of_runs(element):
                    found[number] = about
                number += 1
                element.clear()
    return found


def marks_of_ods(source: Source) -> dict[str, Marks]:
    """The marks of each sheet of an .ods, by its name."""
    with zipfile.ZipFile(source) as archive, archive.open("content.xml") as file:
        return _marks_of_content(file)


_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_ERRORS = re.compile(r"#(?:N/A|REF!|DIV/0!|VALUE!|NAME\?|NUM!|NULL!)|Err:\d+")


def _marks_of_content(file: IO[bytes]) -> dict[str, Marks]:
    found: dict[str, Marks] = {}
    marks = Marks()
    styles: dict[str, OdsStyle] = {}
    row = column = 0
    repeated_row = 1
    for event, element in iterparse(file, events=("start", "end")):
        tag = element.tag.removeprefix(_TABLE)
        if event == "start":
            if tag == "table":
                row = column = 0
                marks = found.setdefault(element.get(f"{_TABLE}name", ""), Marks())
            elif tag == "table-row":
                column = 0
                repeated_row = int(element.get(f"{_TABLE}number-rows-repeated", "1"))
                if element.get(f"{_TABLE}visibility") in {"collapse", "filter"}:
                    marks.hidden_rows.append(row)
        elif tag == "table-column":
            count = int(element.get(f"{_TABLE}number-columns-repeated", "1"))
            if element.get(f"{_TABLE}visibility") in {"collapse", "filter"}:
                marks.hidden_columns += range(column, min(column + count, MAX_COLUMNS))
            column += count
        elif tag in {"table-cell", "covered-table-cell"}:
            repeated = int(element.get(f"{_TABLE}number-columns-repeated", "1"))
            _mark_ods_cell(marks, element, row, column)
            if about := look_of_ods(element, styles):
                for further in range(min(repeated_row, _MAX_REPEATED)):
                    for beside in range(min(repeated, MAX_COLUMNS)):
                        marks.looks.add(row + further, column + beside, about)
            column += repeated
            element.clear()
        elif tag == "table-row":
            row += repeated_row
            element.clear()
        elif local_name(element) == "style":
            add_ods_style(styles, element)
    return found


def _mark_ods_cell(marks: Marks, cell: Element, row: int, column: int) -> None:
    rows = int(cell.get(f"{_TABLE}number-rows-spanned", "1"))
    columns = int(cell.get(f"{_TABLE}number-columns-spanned", "1"))
    if rows > 1 or columns > 1:
        marks.merged.append(((row, column), (row + rows - 1, column + columns - 1)))
    kind = cell.get(f"{_OFFICE}value-type")
    is_formula = cell.get(f"{_TABLE}formula") is not None
    if not is_formula and cell.get(f"{_CALC}value-type") != "error":
        return
    shown = "".join("".join(text.itertext()) for text in cell.iter(f"{_TEXT}p"))
    if cell.get(f"{_CALC}value-type") == "error" or _ERRORS.fullmatch(shown):
        marks.errors.append((row, column, shown or "#ERROR!"))
    elif kind is None:
        marks.formulas.append((row, column))


def marks_of_xls(source: Source) -> dict[str, Marks]:
    """The marks of each sheet of an .xls, by its name."""
    import os

    import xlrd

    found = {}
    with open(os.devnull, "w", encoding="utf-8") as nowhere:  # it would write to our output
        content = source.read_bytes() if isinstance(source, Path) else source.read()
        book = xlrd.open_workbook(file_contents=content, logfile=nowhere, formatting_info=True)
    styles = styles_of_xls(book)
    for sheet in book.sheets():
        marks = found[sheet.name] = Marks()
        for row in range(sheet.nrows):
            for column, kind in enumerate(sheet.row_types(row)):
                if kind == xlrd.XL_CELL_ERROR:
                    code = sheet.cell_value(row, column)
                    shown = xlrd.error_text_from_code.get(code, "#ERROR!")
                    marks.errors.append((row, column, shown))
                elif kind in {xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE, xlrd.XL_CELL_TEXT}:
                    marks.looks.add(row, column, look_of_xls(book, sheet, styles, row, column))
        marks.hidden_rows += [row for row, about in sheet.rowinfo_map.items() if about.hidden]
        marks.hidden_columns += [
            column
            for column, about in sheet.colinfo_map.items()
            if about.hidden and column < MAX_COLUMNS
        ]
    return found


def send_marks(source: Source, kind: Kind) -> None:
    """One frame that holds the marks of every sheet."""
    readers = {"xls": marks_of_xls, "ods": marks_of_ods, "xlsx": marks_of_xlsx}
    found = readers[kind](source)
    _send({"marks": {name: marks.as_json() for name, marks in found.items()}})


def _read(parts: Sequence[str], path: Path, max_unpacked: int) -> None:
    from python_calamine import PasswordError

    kind = kind_of(path, max_unpacked)
    _send({"kind": kind})
    try:
        for part in parts:
            if kind == "csv":
                if part == "cells":
                    send_csv(path)
            elif part == "cells":
                send_workbook(source_of(path, kind, max_unpacked))
            else:
                send_marks(source_of(path, kind, max_unpacked), kind)
    except PasswordError as error:
        raise Refused("locked") from error


def main(words: Sequence[str]) -> int:
    """Carry out `cells,marks FILE MEGABYTES SECONDS UNPACKED`: one of the two parts, or both.

    UNPACKED is the number of bytes that an archive may take.
    """
    parts, name, megabytes, seconds, max_unpacked = words
    limit_this_process(int(megabytes), int(seconds))
    # Nothing here refers to itself, and looking for what does takes a tenth of the time.
    gc.disable()
    try:
        _read(parts.split(","), Path(name), int(max_unpacked))
    except Refused as refused:
        _send({"refused": refused.reason, "values": refused.values})
    sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
