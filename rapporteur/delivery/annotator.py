"""Marks the cells of a workbook, in a process of its own: `annotator IN OUT` writes OUT.

What is wrong, and every word to be written, comes as JSON on standard input. A workbook may be
hostile, and openpyxl can take minutes and gigabytes over one, so annotating.py starts this module
as a child with limits.
"""

import contextlib
import datetime
import gc
import posixpath
import re
import sys
import warnings
import zipfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from copy import copy
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import openpyxl
import orjson
from defusedxml.ElementTree import fromstring
from openpyxl.comments import Comment
from openpyxl.formatting.formatting import ConditionalFormatting
from openpyxl.formatting.rule import Rule
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles import Alignment, Border, Color, Font, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook._writer import WorkbookWriter
from openpyxl.workbook.properties import CalcProperties
from openpyxl.worksheet import _reader
from openpyxl.worksheet.cell_range import CellRange, MultiCellRange
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from rapporteur import settings
from rapporteur.delivery.containers import kind_of, source_of
from rapporteur.delivery.delimited import decoded, records
from rapporteur.delivery.limited import limit_this_process

_MEGABYTES = 3 * 2**10
_CPU_SECONDS = 240

# Row and column, from 1.
_Position = tuple[int, int]
# What is held: kind → one entry a thing, its words where it has some.
_Held = dict[str, list[str]]

_PROBLEM_FILL, _NOTICE_FILL = "FFFFC7CE", "FFFFF2CC"
_PROBLEM_EDGE, _PROBLEM_TEXT = "FFC00000", "FF5B0010"
_EDGE = Side(style="medium", color=_PROBLEM_EDGE)
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_LARGEST_FRAME = 10_000
_MAX_TITLE = 31
_FIRST_EXCEL_DAY = datetime.date(1900, 3, 1)
_SHOWN_VALUE, _SHOWN_COMMENT, _SHOWN_WORDS = 500, 2_000, 80
# Control characters and the like, which no XML can hold.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FORBIDDEN_IN_TITLE = re.compile(r"[\\*?:/\[\]]")


# The sender's workbook, opened so that it can be saved again ------------------------------------


class _Reader(ExcelReader):  # type: ignore[misc]  # openpyxl has no types
    """openpyxl's reader, made to leave values as they are."""

    def read_worksheets(self) -> None:
        """The cells, with numbers under date formats left as the numbers that they are."""
        self.wb._date_formats = set()
        self.wb._timedelta_formats = set()
        super().read_worksheets()


def _as_written(digits: str) -> str:
    """A number as the file writes it: openpyxl saves 16 digits, and errors for unlikely dates."""
    return digits


def _merged_without_emptying(reader: Any) -> None:
    """Merged ranges, without openpyxl's removing values, comments and borders under them."""
    if reader.parser.merged_cells:
        ranges = [CellRange(one.ref) for one in reader.parser.merged_cells.mergeCell]
        reader.ws.merged_cells = MultiCellRange(ranges)


_write_names = WorkbookWriter.write_names


def _names_beside_chart_sheets(writer: Any) -> None:
    """Names of single sheets: openpyxl counts no chart sheets where Excel does."""
    _write_names(writer)
    places = [writer.wb._sheets.index(sheet) for sheet in writer.wb.worksheets]
    for name in writer.package.definedNames.definedName:
        if name.localSheetId is not None:
            name.localSheetId = places[name.localSheetId]


def _opened(file: Path) -> openpyxl.Workbook:
    """An .xlsx or .xlsm as openpyxl keeps it. Any exception means that it cannot."""
    _reader._cast_number = _as_written
    _reader.WorksheetReader.bind_merged_cells = _merged_without_emptying
    WorkbookWriter.write_names = _names_beside_chart_sheets
    with file.open("rb") as stream:
        reader = _Reader(stream, keep_vba=False, keep_links=True, rich_text=True)
        reader.read()
    book = reader.wb
    with zipfile.ZipFile(file) as archive:
        named = [name for name, _, _ in _sheet_parts(archive)]
    if not named or book.sheetnames != named:
        raise ValueError("sheets are missing or renamed")
    book.template = False
    return book


# What it held and openpyxl does not keep ---------------------------------------------------------

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_EXTENSIONS = {
    "78C0D931-6437-407D-A8EE-F0AAD7539E65": ("newer_conditional_format", rb"<\w+:cfRule\b"),
    "CCE6A557-97BC-4B89-ADB6-D9C93CAAB3DF": ("newer_validation", rb"<\w+:dataValidation\b"),
    "05C60535-1F16-4FD2-B633-F4F36F0B64E0": ("sparkline", rb"<\w+:sparkline\b"),
    "A8765BA9-456A-4DAB-B4F3-ACF838C121DE": ("slicer", rb"<\w+:slicer\b"),
    "3A4CF648-6AED-40F4-86FF-DC5316D8AED3": ("slicer", rb"<\w+:slicer\b"),
    "7E03D99C-DC04-49D9-9315-930204A7B6E9": ("slicer", rb"<\w+:timelineRef\b"),
    # Green corners that were switched off come back, which harms nobody.
    "01252117-D84E-4E92-8308-4BE1C098FCBB": (None, b""),
}
_TAGS = {
    "conditional_format": rb"<(?:x:)?cfRule\b",
    "validation": rb"<(?:x:)?dataValidation\b",
    "hyperlink": rb"<(?:x:)?hyperlink\b",
    "table": rb"<(?:x:)?tablePart\b",
    "header_picture": rb"<(?:x:)?legacyDrawingHF\b",
    "background": rb"<(?:x:)?picture\b",
    "custom_view": rb"<(?:x:)?customSheetView\b",
}
_RELATIONS = {
    "control": "activex",
    "oleObject": "embedded",
    "package": "embedded",
    "pivotTable": "pivot",
}
# Parts of a whole file: the first pattern that fits names what is lost, None where nothing is.
_PARTS: tuple[tuple[str, str | None], ...] = (
    (r"_xmlsignatures/.*\.xml$", "signature"),
    (r"xl/(richData/rdrichvalue\.xml|richData/rdarray)", "cell_data"),
    (r"xl/(connections\.xml|model/|customData/)", "connection"),
    (r"xl/queryTables/", "query"),
    (r"customXml/item\d*\.xml$|xl/xmlMaps\.xml$|xl/webextensions/", "custom_data"),
    (r"customUI/customUI", "ribbon"),
    (r"xl/vbaProject\.bin$", "macros"),
    (r"docMetadata/LabelInfo", "label"),
    (
        r"\[Content_Types\]|.*/$|(.*/)?_rels/|_xmlsignatures/|docProps/|docMetadata/|customXml/"
        r"|customUI/|xl/(workbook|styles|sharedStrings|calcChain|metadata|volatileDependencies)"
        r"\.xml$|xl/(worksheets|chartsheets|dialogsheets|macrosheets|theme|drawings|diagrams|charts"
        r"|media|comments|threadedComments|persons|tables|pivotTables|pivotCache|externalLinks"
        r"|printerSettings|ctrlProps|activeX|embeddings|slicers|slicerCaches|timelines"
        r"|timelineCaches|richData|vbaProject|vbaData|ink|attachedToolbars|customProperty"
        r"|featurePropertyBag)|xl/comments\d*\.xml|xl/.*\.vml$",
        None,
    ),
    (r".*", "other"),
)


def _related(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[str, str, str]]:
    """Id, last word of the type, and part of each relationship of a part."""
    folder, name = posixpath.split(part)
    relations = f"{folder}/_rels/{name}.rels"
    if relations not in archive.NameToInfo:
        return
    for one in fromstring(archive.read(relations)):
        kind = one.get("Type", "").rpartition("/")[2]
        target = one.get("Target", "")
        whole = target if target.startswith("/") else posixpath.join("/", folder, target)
        yield one.get("Id", ""), kind, posixpath.normpath(whole).lstrip("/")


def _sheet_parts(archive: zipfile.ZipFile) -> list[tuple[str, str, str]]:
    """Name, type and part of every sheet, in order."""
    related = {key: (kind, part) for key, kind, part in _related(archive, "xl/workbook.xml")}
    return [
        (element.get("name", ""), *related.get(element.get(_RELATION, ""), ("", "")))
        for element in fromstring(archive.read("xl/workbook.xml")).iter()
        if element.tag.rpartition("}")[2] == "sheet"
    ]


def _after_cells(archive: zipfile.ZipFile, part: str) -> tuple[bytes, int]:
    """What follows the cells in the file of a sheet, and how many dynamic arrays are among them."""
    ending = re.compile(rb"</(?:\w+:)?sheetData>|<(?:\w+:)?sheetData\s*/>")
    kept, arrays, is_after = b"", 0, False
    with archive.open(part) as file:
        while chunk := file.read(1 << 20):
            kept += chunk
            if is_after:
                continue
            match = ending.search(kept)
            before = kept[: match.end()] if match else kept
            arrays += len(re.findall(rb'<(?:x:)?c [^>]*?\bcm="', before))
            is_after = match is not None
            # A tag may lie on the border of two chunks.
            kept = kept[match.end() :] if match else kept[max(0, kept.rfind(b"<")) :]
    return kept, arrays


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _drawn(element: Element) -> Iterator[tuple[str, str]]:
    """Kind and words of everything in a drawing."""
    name = _local(element)
    if name == "Fallback":  # the same thing again, for older programs
        return
    if name == "sp":
        inside = list(element.iter())
        if any(_local(one) == "compatExt" for one in inside):
            return  # the picture of a form control, which is counted as one
        words = " ".join((one.text or "").strip() for one in inside if _local(one) == "t")
        is_box = any(_local(one) == "cNvSpPr" and one.get("txBox") == "1" for one in inside)
        yield ("text_box" if is_box or words else "shape"), words
    elif name == "graphicFrame":
        address = next(
            (one.get("uri", "") for one in element.iter() if _local(one) == "graphicData"), ""
        )
        kinds = {"diagram": "smart_art", "slicer": "slicer", "timeslicer": "slicer"}
        last = address.rpartition("/")[2]
        if kinds.get(last) != "slicer":  # counted where the sheet names them
            yield kinds.get(last, "chart" if last.startswith("chart") else "shape"), ""
    elif name in {"cxnSp", "pic", "contentPart"}:
        yield {"cxnSp": "shape", "pic": "picture", "contentPart": "ink"}[name], ""
    else:
        for child in element:
            yield from _drawn(child)


def _in_sheet(archive: zipfile.ZipFile, kind: str, part: str) -> _Held:
    """What one sheet holds of all that may get lost."""
    held: _Held = defaultdict(list)
    if kind not in {"worksheet", "chartsheet"}:
        held["macro_sheet"].append("")
    if part not in archive.NameToInfo:
        return held
    tail, arrays = _after_cells(archive, part)
    held["dynamic_array"] += [""] * arrays
    for name, tag in _TAGS.items():
        held[name] += [""] * len(re.findall(tag, tail))
    extension = rb'<(?:\w+:)?ext\b[^>]*?\buri="\{([0-9A-Fa-f-]{36})\}"'
    own_extensions = tail.rpartition(b"</cfRule>")[2] if b"</cfRule>" in tail else tail
    for address in re.findall(extension, own_extensions):
        name_of, tag = _EXTENSIONS.get(address.decode().upper(), ("newer_setting", b"^"))
        if name_of:
            held[name_of] += [""] * max(1, len(re.findall(tag, tail)))
    for _, relation, target in _related(archive, part):
        if relation in _RELATIONS:
            held[_RELATIONS[relation]].append("")
        if target not in archive.NameToInfo:
            continue
        if relation == "drawing":
            for drawn, words in _drawn(fromstring(archive.read(target))):
                held[drawn].append(words)
        elif relation == "vmlDrawing":
            for shown in re.findall(rb'\bObjectType="(\w+)"', archive.read(target)):
                if shown not in {b"Note", b"Pict"}:
                    held["control"].append("")
        elif relation == "comments":
            comments = archive.read(target)
            held["comment"] += [""] * len(re.findall(rb"<(?:\w+:)?comment\b", comments))
        elif relation == "threadedComment":
            threads = archive.read(target)
            held["thread"] += [""] * len(re.findall(rb"<(?:\w+:)?threadedComment\b", threads))
    return held


def _kept(sheet: Any) -> dict[str, int]:
    """How much of it the opened workbook will save again."""
    drawn = {"chart": len(sheet._charts), "picture": len(getattr(sheet, "_images", ()))}
    if not isinstance(sheet, Worksheet):
        return drawn
    cells = sheet._cells.values()
    return {
        **drawn,
        "comment": sum(cell.comment is not None for cell in cells),
        "hyperlink": sum(cell.hyperlink is not None for cell in cells),
        "conditional_format": sum(len(one.rules) for one in sheet.conditional_formatting),
        "validation": len(sheet.data_validations.dataValidation),
        "table": len(sheet.tables),
        "pivot": len(sheet._pivots),
    }


_Loss = tuple[str | None, str, list[str]]


def _losses(file: Path, book: openpyxl.Workbook) -> list[_Loss]:
    """Sheet (None: the whole file), kind and words of what saving the workbook takes away."""
    losses: list[_Loss] = []
    with zipfile.ZipFile(file) as archive:
        parts: _Held = defaultdict(list)
        for part in archive.namelist():
            kind = next(kind for pattern, kind in _PARTS if re.match(pattern, part))
            if kind:
                parts[kind].append(part if kind == "other" else "")
        losses += [(None, kind, words) for kind, words in sorted(parts.items())]
        for name, kind, part in _sheet_parts(archive):
            kept = _kept(book[name])
            held = _in_sheet(archive, kind, part)
            for thing, words in sorted(held.items()):
                missing = len(words) - kept.get(thing, 0)
                if missing > 0:
                    losses.append((name, thing, words[:missing]))
            for thing in ("chart", "comment"):
                if kept.get(thing):
                    losses.append((name, f"{thing}_formatting", []))
    return losses


# Copies of values --------------------------------------------------------------------------------


def _writable(text: str) -> str:
    return _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def _set(cell: Any, value: Any) -> None:
    """Put a value into a cell: text stays text, whatever sign it begins with."""
    if isinstance(value, datetime.datetime | datetime.date):
        day = value.date() if isinstance(value, datetime.datetime) else value
        if day < _FIRST_EXCEL_DAY:  # Excel knows no such days
            value = value.isoformat()
        elif isinstance(value, datetime.datetime) and value.time() == datetime.time.min:
            value = day
    if isinstance(value, str):
        cell.value = _writable(value)[:32_767]
        cell.data_type = "s"
        if value[:1] in {"=", "+", "-", "@"}:
            cell.quotePrefix = True
    elif isinstance(value, float):
        cell.value = value
        cell._value = repr(value).removesuffix(".0")  # openpyxl would write 16 digits
    else:
        cell.value = value


def _free_title(name: str, taken: Iterable[str]) -> str:
    """A sheet name as Excel allows it that no other sheet has."""
    taken = {one.casefold() for one in taken}
    wanted = _FORBIDDEN_IN_TITLE.sub("_", _writable(name)).strip("'") or "_"
    title, number = wanted[:_MAX_TITLE].rstrip(), 2
    while title.casefold() in taken:
        ending = f" ({number})"
        title = wanted[: _MAX_TITLE - len(ending)] + ending
        number += 1
    return title


def _add_copy(book: openpyxl.Workbook, name: str, rows: Iterable[Iterable[Any]]) -> Worksheet:
    sheet = book.create_sheet(_free_title(name, book.sheetnames))
    widths: Counter[int] = Counter()
    for number, row in enumerate(rows, 1):
        for place, value in enumerate(row, 1):
            if value is None or value == "":
                continue
            _set(sheet.cell(number, place), value)
            if number <= 100:
                widths[place] = max(widths[place], len(str(value)))
    for place, width in widths.items():
        sheet.column_dimensions[get_column_letter(place)].width = min(60, max(10, width + 2))
    return sheet


def _copied(file: Path, told: dict[str, Any]) -> tuple[openpyxl.Workbook, dict[str, Worksheet]]:
    """A new workbook with the values of any spreadsheet file, and its sheets by their old names.

    `told` are merged ranges and error values of each sheet, which the fast reader leaves out.
    """
    book = openpyxl.Workbook()
    book.remove(book.active)
    kind = kind_of(file, settings.max_unpacked_bytes())
    if kind == "csv":
        name = next(iter(told), file.stem)  # the sheet that the file is called after
        return book, {name: _add_copy(book, name, records(decoded(file.read_bytes())))}
    from python_calamine import SheetVisibleEnum, load_workbook

    sheets = {}
    source = load_workbook(source_of(file, kind, settings.max_unpacked_bytes()))
    for index, about in enumerate(source.sheets_metadata):
        rows = source.get_sheet_by_index(index).to_python(skip_empty_area=False)
        sheet = sheets[about.name] = _add_copy(book, about.name, rows)
        if about.visible != SheetVisibleEnum.Visible:
            sheet.sheet_state = "hidden"
        also = told.get(about.name, {})
        for row, column, shown in also.get("errors", []):
            sheet.cell(row + 1, column + 1).value = shown
        for (top, left), (bottom, right) in also.get("merged", []):
            if (top, left) != (bottom, right):
                sheet.merged_cells.add(CellRange(None, left + 1, top + 1, right + 1, bottom + 1))
    return book, sheets


# Marks -------------------------------------------------------------------------------------------


def _position(address: str | None) -> _Position | None:
    """`D17` as (17, 4); None for what is no cell of Excel's."""
    match = re.fullmatch(r"([A-Z]{1,3})([1-9]\d{0,6})", address or "")
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    row = int(match[2])
    return (row, column) if row <= _LAST_ROW and column <= _LAST_COLUMN else None


def _merged_around(sheet: Worksheet) -> Callable[[_Position], CellRange]:
    """The merged range that a cell lies in, or a range of that cell alone."""
    ranges = list(sheet.merged_cells.ranges)

    def around(position: _Position) -> CellRange:
        row, column = position
        for one in ranges:
            if one.min_row <= row <= one.max_row and one.min_col <= column <= one.max_col:
                return one
        return CellRange(None, column, row, column, row)

    return around


def _edge_cells(sheet: Worksheet, area: CellRange) -> Iterator[tuple[Any, set[str]]]:
    """Cells of a range and on which of their sides the range ends; of a huge one its first."""
    if area.size["rows"] * area.size["columns"] > _LARGEST_FRAME:
        yield sheet.cell(area.min_row, area.min_col), {"left", "top"}
        return
    for row in range(area.min_row, area.max_row + 1):
        for column in range(area.min_col, area.max_col + 1):
            sides = {
                side
                for side, is_there in (
                    ("left", column == area.min_col),
                    ("right", column == area.max_col),
                    ("top", row == area.min_row),
                    ("bottom", row == area.max_row),
                )
                if is_there
            }
            if sides:
                yield sheet.cell(row, column), sides


def _solid(colour: str) -> PatternFill:
    return PatternFill("solid", fgColor=colour, bgColor=colour)


def _dark(font: Any) -> Font:
    """The font in a colour that can be read on a pale fill."""
    changed = copy(font)
    changed.color = Color(rgb=_PROBLEM_TEXT)
    return changed


def _commented(text: str, author: str) -> Comment:
    lines = sum(1 + len(line) // 46 for line in text.splitlines())
    return Comment(text, author, width=340, height=min(600, 30 + 18 * lines))


def _show_above_rules(sheet: Worksheet, areas: Iterable[CellRange], is_problem: bool) -> None:
    """Let marks win over conditional formatting of the sender's that would paint over them."""
    theirs = [
        area
        for rules in sheet.conditional_formatting
        if not all(map(_is_mark, rules.rules))
        for area in rules.sqref.ranges
    ]
    covered = [area for area in areas if not all(map(area.isdisjoint, theirs))]
    if not covered:
        return
    for rules in sheet.conditional_formatting:
        for rule in rules.rules:
            rule.priority += 1
    edge = Side(style="thin", color=_PROBLEM_EDGE)
    mark = Rule(
        type="expression",
        formula=["TRUE"],
        priority=1,
        stopIfTrue=True,
        dxf=DifferentialStyle(
            font=Font(color=_PROBLEM_TEXT),
            fill=_solid(_PROBLEM_FILL if is_problem else _NOTICE_FILL),
            border=Border(edge, edge, edge, edge) if is_problem else None,
        ),
    )
    painted = ConditionalFormatting(" ".join(area.coord for area in covered))
    sheet.conditional_formatting.add(painted, mark)
    # Excel goes by priority, LibreOffice by order.
    sheet.conditional_formatting._cf_rules.move_to_end(painted, last=False)


def _is_mark(rule: Any) -> bool:
    """Whether `_show_above_rules` made this rule."""
    fill = rule.dxf.fill if rule.type == "expression" and rule.dxf else None
    return fill is not None and fill.bgColor.rgb in {_PROBLEM_FILL, _NOTICE_FILL}


def _mark(sheet: Worksheet, found: list[dict[str, Any]], author: str) -> None:
    """Colour and comment the cells of one sheet; in a merged range its first cell speaks."""
    around = _merged_around(sheet)
    areas: dict[_Position, tuple[CellRange, list[dict[str, Any]]]] = {}
    for one in found:
        area = around(one["position"])
        areas.setdefault((area.min_row, area.min_col), (area, []))[1].append(one)
    for position, (area, here) in areas.items():
        cell = sheet.cell(*position)
        is_problem = any(one["is_problem"] for one in here)
        cell.fill = _solid(_PROBLEM_FILL if is_problem else _NOTICE_FILL)
        cell.font = _dark(cell.font)
        if is_problem:
            for edge, sides in _edge_cells(sheet, area):
                border = copy(edge.border)
                for side in sides:
                    setattr(border, side, _EDGE)
                edge.border = border
        text = f"{author}:\n" + "\n".join(
            ("" if one["position"] == position else f"{one['cell']}: ")
            + f"{one['message']} [{one['code']}]"
            for one in here
        )
        text = _cut(_writable(text), _SHOWN_COMMENT)
        theirs = cell.comment
        if theirs is not None:
            text = f"{theirs.text}\n\n{text}"
        cell.comment = _commented(text, theirs.author if theirs is not None else author)
    for is_problem in (False, True):
        painted = [
            area
            for area, here in areas.values()
            if any(one["is_problem"] for one in here) is is_problem
        ]
        _show_above_rules(sheet, painted, is_problem)


def _unmark(book: openpyxl.Workbook, authors: list[str], titles: list[str]) -> bool:
    """Take away what an earlier check added; whether there was anything."""
    found = False
    for sheet in book.worksheets:
        if sheet["A1"].value in titles and len(book.sheetnames) > 1:
            book.remove(sheet)
            found = True
    ours = re.compile(
        r"(?:\A|\n\n)(?:" + "|".join(map(re.escape, authors)) + r"):\n.*\Z", re.DOTALL
    )
    for sheet in book.worksheets:
        around = _merged_around(sheet)
        marked = [
            cell
            for cell in sheet._cells.values()
            if cell.comment is not None and ours.search(cell.comment.text)
        ]
        if marked:
            rules = sheet.conditional_formatting._cf_rules
            for area in list(rules):
                rules[area][:] = [rule for rule in rules[area] if not _is_mark(rule)]
                if not rules[area]:
                    del rules[area]
        for cell in marked:
            rest = ours.sub("", cell.comment.text)
            cell.comment = _commented(rest, cell.comment.author) if rest else None
            if cell.fill.fgColor.rgb in {_PROBLEM_FILL, _NOTICE_FILL}:
                cell.fill = PatternFill()
            if cell.font.color is not None and cell.font.color.rgb == _PROBLEM_TEXT:
                font = copy(cell.font)
                font.color = None
                cell.font = font
            for edge, sides in _edge_cells(sheet, around((cell.row, cell.column))):
                border = copy(edge.border)
                for side in sides:
                    drawn = getattr(border, side)
                    if drawn is not None and drawn.color and drawn.color.rgb == _PROBLEM_EDGE:
                        setattr(border, side, Side())
                edge.border = border
        found = found or bool(marked)
    return found


# The list in front -------------------------------------------------------------------------------

_WIDTHS = (28, 20, 11, 32, 72, 24)
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_FONT = "Calibri"
_PLAIN, _BOLD = Font(name=_FONT, size=11), Font(name=_FONT, size=11, bold=True)
_TITLE, _HEADING = Font(name=_FONT, size=14, bold=True), Font(name=_FONT, size=12, bold=True)
_LINK = Font(name=_FONT, size=11, color="FF0563C1", underline="single")
_LINE_HEIGHT = 15


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[: length - 1]}…"


def _link(cell: Any, title: str, address: str) -> None:
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"{quote_sheetname(title)}!{address}")
    cell.font = _LINK


def _height(texts: Iterable[str], widths: Iterable[int]) -> int:
    """The height of a row, so that the longest of its texts is seen whole."""
    return _LINE_HEIGHT * min(
        27,  # Excel's rows end at 409 points
        max(
            sum(1 + max(0, len(line) - 1) // width for line in text.splitlines() or [""])
            for text, width in zip(texts, widths, strict=True)
        ),
    )


class _List:
    """The first sheet, filled from top to bottom."""

    def __init__(self, sheet: Worksheet, texts: dict[str, str]) -> None:
        self.sheet = sheet
        self.texts = texts
        self.row = 0
        self.is_frozen = False
        for place, width in enumerate(_WIDTHS, 1):
            sheet.column_dimensions[get_column_letter(place)].width = width

    def line(self, text: str, font: Font = _PLAIN) -> Any:
        """One line across all columns."""
        self.row += 1
        cell = self._cell(1, text, font)
        self._widen(1, text)
        if font in {_TITLE, _HEADING}:
            self.sheet.row_dimensions[self.row].height += 6
        return cell

    def heading(self, name: str) -> None:
        """The heading of a table, a blank row above it."""
        self.row += 1
        self.line(self.texts[name], _HEADING)

    def _cell(self, place: int, text: str | None, font: Font = _PLAIN) -> Any:
        cell = self.sheet.cell(self.row, place)
        cell.font = font
        cell.alignment = _WRAPPED
        if text:
            _set(cell, text)
        return cell

    def _widen(self, place: int, text: str) -> None:
        """Let a cell reach to the last column, as high as its text needs."""
        last = get_column_letter(len(_WIDTHS))
        self.sheet.merge_cells(f"{get_column_letter(place)}{self.row}:{last}{self.row}")
        width = sum(_WIDTHS[place - 1 :])
        self.sheet.row_dimensions[self.row].height = _height([text], [width])

    def headers(self, names: Iterable[str]) -> None:
        """A table's header row; the first one of the sheet stays in sight."""
        self.row += 1
        for place, name in enumerate(names, 1):
            cell = self._cell(place, self.texts[name], _BOLD)
            cell.fill = _solid("FFD9E2F3")
            cell.border = Border(bottom=Side(style="thin"))
        if not self.is_frozen:
            self.is_frozen = True
            self.sheet.freeze_panes = f"A{self.row + 1}"
            self.sheet.print_title_rows = f"{self.row}:{self.row}"

    def entries(self, found: list[dict[str, Any]], heading: str, about: str) -> None:
        """The table of problems, or that of notices."""
        if not found:
            return
        self.heading(heading)
        is_first = not self.is_frozen
        self.headers(
            ("column_file", "column_sheet", "column_cell", "column_value", about, "column_code")
        )
        start = self.row
        for one in found:
            self.row += 1
            shown = (
                one["file"],
                one["sheet"],
                one["cell"],
                _cut(one["value"] or "", _SHOWN_VALUE),
                one["message"],
                one["code"],
            )
            for place, text in enumerate(shown, 1):
                self._cell(place, text)
            height = _height((text or "" for text in shown), _WIDTHS)
            self.sheet.row_dimensions[self.row].height = height
            if one["title"] and one["position"]:
                _link(self.sheet.cell(self.row, 3), one["title"], one["cell"])
        if is_first:
            last = get_column_letter(len(_WIDTHS))
            self.sheet.auto_filter.ref = f"A{start}:{last}{self.row}"

    def losses(self, losses: list[_Loss]) -> None:
        """The table of what the workbook no longer holds."""
        self.heading("losses")
        self.headers(("column_sheet", "column_count", "column_missing"))
        for sheet, kind, words in losses:
            self.row += 1
            quote = self.texts["quoted"].format
            quoted = [quote(words=_cut(one, _SHOWN_WORDS)) for one in words if one]
            missing = self.texts[f"lost_{kind}"] + (": " + ", ".join(quoted) if quoted else "")
            missing = _cut(missing, _SHOWN_VALUE)
            self._cell(1, sheet or self.texts["whole_file"])
            self._cell(2, str(len(words)) if words else None)
            self._cell(3, missing)
            self._widen(3, missing)


def _write_list(
    sheet: Worksheet, job: dict[str, Any], remarks: list[str], losses: list[_Loss]
) -> None:
    texts = job["texts"]
    listed = _List(sheet, texts)
    listed.line(texts["title"], _TITLE)
    listed.line(texts["file"].format(file=job["file"]) + ". " + job["summary"], _BOLD)
    if job["problems"] or job["notices"]:
        listed.line(texts["legend"])
    for remark in remarks:
        listed.line(remark)
    lost = None
    if losses:  # which row it leads to is known at the end only
        lost = listed.line(texts["lost"].format(file=job["file"], row=0))
    listed.entries(job["problems"], "problems", "column_message")
    listed.entries(job["notices"], "notices", "column_notice")
    if lost is not None:
        start = listed.row + 2
        listed.losses(losses)
        _set(lost, texts["lost"].format(file=job["file"], row=start))
        _link(lost, sheet.title, f"A{start}")
    sheet.sheet_properties.tabColor = _PROBLEM_EDGE[2:] if job["problems"] else "FF548235"[2:]
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.sheet_view.showGridLines = False


# Together ----------------------------------------------------------------------------------------


def _put_in_front(book: openpyxl.Workbook, title: str) -> Worksheet:
    """A new first sheet, the only one that is selected."""
    for sheet in book._sheets:
        views = sheet.sheetViews if hasattr(sheet, "sheetViews") else sheet.views
        for view in views.sheetView if views else ():
            view.tabSelected = False
    made = book.create_sheet(_free_title(title, book.sheetnames), 0)
    made.sheet_view.tabSelected = True
    book.active = 0
    for view in book.views:
        view.activeTab = view.firstSheet = 0
    return made


def annotated(file: Path, job: dict[str, Any]) -> openpyxl.Workbook:
    """The workbook to hand back. Raises whatever the libraries raise for a file beyond them."""
    texts, remarks = job["texts"], []
    losses: list[_Loss] | None = None
    if zipfile.is_zipfile(file):
        with contextlib.suppress(Exception):  # then a copy of the values must do
            book = _opened(file)
            losses = _losses(file, book)
            sheets = {sheet.title: sheet for sheet in book.worksheets}
    if losses is None:
        gc.collect()  # what was opened before it failed
        book, sheets = _copied(file, job["sheets"])
        remarks.append(texts["copy"].format(file=job["file"]))
    else:
        if any(kind == "macros" for _, kind, _ in losses):
            remarks.append(texts["macros"].format(file=job["file"]))
        if any(cell.data_type == "f" for one in book.worksheets for cell in one._cells.values()):
            remarks.append(texts["formulas"])
        book.calculation = book.calculation or CalcProperties()
        book.calculation.fullCalcOnLoad = True
        if _unmark(book, job["authors"], job["titles"]):
            remarks.append(texts["earlier"])

    marks: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for name in ("problems", "notices"):
        for one in job[name]:
            sheet = sheets.get(one["sheet"]) if one["here"] else None
            one["is_problem"] = name == "problems"
            one["position"] = _position(one["cell"])
            one["title"] = sheet.title if sheet is not None and sheet in book._sheets else None
            if one["title"] and one["position"]:
                marks[one["sheet"]].append(one)
    for name, found in marks.items():
        _mark(sheets[name], found, texts["author"])
        if sheets[name].sheet_state != "visible":
            remarks.append(texts["hidden"].format(sheet=name))
    _write_list(_put_in_front(book, job["sheet"]), job, remarks, losses or [])
    return book


def main() -> int:
    """Mark the first file named on the command line and save it as the second."""
    limit_this_process(_MEGABYTES, _CPU_SECONDS)
    gc.disable()  # a quarter of the time: millions of cells, and none of them garbage
    warnings.simplefilter("ignore")  # openpyxl's, on what the first sheet names
    file, made = map(Path, sys.argv[1:3])
    annotated(file, orjson.loads(sys.stdin.buffer.read())).save(made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
