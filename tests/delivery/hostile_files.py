"""Spreadsheet files written part by part and byte by byte, as no spreadsheet program would.

Every workbook is a delivery of its own (sheet Pateikimas) with figures (sheet Rodikliai), so that
several can be loaded at once; a test names only the part that it is about.
"""

import struct
import warnings
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'

SHEET_1 = "xl/worksheets/sheet1.xml"
SHEET_2 = "xl/worksheets/sheet2.xml"
WORKBOOK = "xl/workbook.xml"
WORKBOOK_RELS = "xl/_rels/workbook.xml.rels"
STRINGS = "xl/sharedStrings.xml"
STYLES = "xl/styles.xml"

HEADER = ("Metai", "Rodiklis", "Reikšmė")
FIGURE = (2020, "victims_identified", 24)

Parts = dict[str, bytes]


# .xlsx -------------------------------------------------------------------------------------------


def letters(column: int) -> str:
    """The name of a zero-based column."""
    name, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def cell(address: str, value: object, attributes: str = "") -> str:
    """A number or an inline text."""
    if isinstance(value, str):
        text = f"<is><t xml:space='preserve'>{escape(value)}</t></is>"
        return f'<c r="{address}" t="inlineStr"{attributes}>{text}</c>'
    return f'<c r="{address}"{attributes}><v>{value}</v></c>'


def row(number: int, values: Iterable[object], rest: str = "") -> str:
    """A row of cells, then whatever else it holds."""
    cells = "".join(
        cell(f"{letters(place)}{number}", value)
        for place, value in enumerate(values)
        if value is not None
    )
    return f'<row r="{number}">{cells}{rest}</row>'


def worksheet(rows: str, before: str = "", after: str = "", prolog: str = "") -> str:
    """The XML of a sheet."""
    return (
        f'{DECLARATION}{prolog}<worksheet xmlns="{MAIN}" xmlns:r="{RELATION}">{before}'
        f"<sheetData>{rows}</sheetData>{after}</worksheet>"
    )


def figures(third: str, header: Sequence[str] = HEADER) -> str:
    """The sheet Rodikliai with one row, whose value is the XML `third` (of cell C2)."""
    return worksheet(row(1, header) + row(2, FIGURE[:2], third))


def workbook(
    sheets: Mapping[str, str], code: str = "T-1", properties: str = "", **parts: str
) -> Parts:
    """The parts of an .xlsx: Pateikimas first, then these sheets (name → XML)."""
    every = {
        "Pateikimas": worksheet(row(1, ["Kodas", "Institucija"]) + row(2, [code, "VRM"])),
        **sheets,
    }
    names = [f"worksheets/sheet{number}.xml" for number in range(1, len(every) + 1)]
    listed = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="rId{number}"/>'
        for number, name in enumerate(every, 1)
    )
    relations = [
        f'<Relationship Id="rId{number}" Type="{RELATION}/worksheet" Target="{name}"/>'
        for number, name in enumerate(names, 1)
    ]
    kinds = [("/xl/workbook.xml", "sheet.main"), *((f"/xl/{n}", "worksheet") for n in names)]
    if STRINGS in parts:
        relations.append(
            f'<Relationship Id="rIdS" Type="{RELATION}/sharedStrings" Target="sharedStrings.xml"/>'
        )
        kinds.append((f"/{STRINGS}", "sharedStrings"))
    if STYLES in parts:
        relations.append(f'<Relationship Id="rIdT" Type="{RELATION}/styles" Target="styles.xml"/>')
        kinds.append((f"/{STYLES}", "styles"))
    overrides = "".join(
        f'<Override PartName="{name}" ContentType="application/vnd.openxmlformats-officedocument.'
        f'spreadsheetml.{kind}+xml"/>'
        for name, kind in kinds
    )
    texts = {
        "[Content_Types].xml": f'{DECLARATION}<Types xmlns="{TYPES}"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f"{overrides}</Types>",
        "_rels/.rels": f'{DECLARATION}<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" '
        f'Type="{RELATION}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        WORKBOOK: f'{DECLARATION}<workbook xmlns="{MAIN}" xmlns:r="{RELATION}">{properties}'
        f"<sheets>{listed}</sheets></workbook>",
        WORKBOOK_RELS: f'{DECLARATION}<Relationships xmlns="{RELATIONS}">'
        f"{''.join(relations)}</Relationships>",
        **{f"xl/{name}": xml for name, xml in zip(names, every.values(), strict=True)},
        **parts,
    }
    return {name: text.encode() for name, text in texts.items()}


def styles(*formats: str) -> str:
    """A part styles.xml whose style n+1 is the nth of these formats of numbers."""
    numbers = "".join(
        f'<numFmt numFmtId="{164 + place}" formatCode={quoteattr(one)}/>'
        for place, one in enumerate(formats)
    )
    cells = "".join(
        f'<xf numFmtId="{164 + place}" fontId="0" fillId="0" borderId="0" applyNumberFormat="1"/>'
        for place in range(len(formats))
    )
    plain = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
    return (
        f'{DECLARATION}<styleSheet xmlns="{MAIN}"><numFmts count="{len(formats)}">{numbers}'
        f'</numFmts><fonts count="1"><font/></fonts><fills count="1"><fill/></fills>'
        f'<borders count="1"><border/></borders><cellStyleXfs count="1">{plain}</cellStyleXfs>'
        f'<cellXfs count="{len(formats) + 1}">{plain}{cells}</cellXfs></styleSheet>'
    )


def strings(*items: str) -> str:
    """A part sharedStrings.xml of these <si> contents."""
    inside = "".join(f"<si>{item}</si>" for item in items)
    return f'{DECLARATION}<sst xmlns="{MAIN}" count="{len(items)}">{inside}</sst>'


def zipped(path: Path, parts: Mapping[str, bytes] | Iterable[tuple[str, bytes]]) -> Path:
    """The parts as an archive; given as pairs, one name may stand there twice."""
    pairs = parts.items() if isinstance(parts, Mapping) else parts
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # one name twice
        for name, content in pairs:
            archive.writestr(name, content)
    return path


def xlsx(path: Path, sheets: Mapping[str, str], **about: Any) -> Path:
    """An .xlsx of these sheets whose delivery is called like the file."""
    return zipped(path, workbook(sheets, code=path.stem, **about))


def lying(path: Path, name: str, size: int) -> Path:
    """The archive with another unpacked size written for one of its entries."""
    raw = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        entry = archive.getinfo(name)
    struct.pack_into("<I", raw, entry.header_offset + 22, size)
    # In the central directory the name follows 46 bytes of which the size is at 24.
    central = raw.rindex(name.encode()) - 46
    assert raw[central : central + 4] == b"PK\x01\x02"
    struct.pack_into("<I", raw, central + 24, size)
    path.write_bytes(raw)
    return path


def overlapping(path: Path, parts: Mapping[str, bytes], shared: str, names: Sequence[str]) -> Path:
    """The archive with more entries, all of which lie where the entry `shared` lies."""
    zipped(path, parts)
    with zipfile.ZipFile(path, "a") as archive:
        first = archive.getinfo(shared)
        for name in names:
            again = zipfile.ZipInfo(name)
            again.header_offset = first.header_offset
            again.compress_type = first.compress_type
            again.CRC, again.file_size = first.CRC, first.file_size
            again.compress_size = first.compress_size
            archive.filelist.append(again)
        archive.comment = b"."  # a change, so that the directory is written anew
    return path


# .ods --------------------------------------------------------------------------------------------

_ODS = "urn:oasis:names:tc:opendocument:xmlns"
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"


def ods_cell(value: object, attributes: str = "") -> str:
    """A number, a text, or nothing."""
    if value is None:
        return f"<table:table-cell{attributes}/>"
    if isinstance(value, str):
        kind, shown = 'office:value-type="string"', escape(value)
    else:
        kind, shown = f'office:value-type="float" office:value="{value}"', str(value)
    return f"<table:table-cell {kind}{attributes}><text:p>{shown}</text:p></table:table-cell>"


def ods_row(values: Iterable[object], rest: str = "", attributes: str = "") -> str:
    """A row of cells, then whatever else it holds."""
    cells = "".join(map(ods_cell, values))
    return f"<table:table-row{attributes}>{cells}{rest}</table:table-row>"


def ods_parts(sheets: Mapping[str, str], code: str, prolog: str = "") -> Parts:
    """The parts of an .ods: Pateikimas first, then these sheets (name → rows)."""
    every = {"Pateikimas": ods_row(["Kodas", "Institucija"]) + ods_row([code, "VRM"]), **sheets}
    tables = "".join(
        f"<table:table table:name={quoteattr(name)}>{rows}</table:table>"
        for name, rows in every.items()
    )
    content = (
        f'{DECLARATION}{prolog}<office:document-content xmlns:office="{_ODS}:office:1.0" '
        f'xmlns:table="{_ODS}:table:1.0" xmlns:text="{_ODS}:text:1.0" '
        f'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" '
        f'office:version="1.3"><office:body><office:spreadsheet>{tables}</office:spreadsheet>'
        f"</office:body></office:document-content>"
    )
    return {
        "mimetype": ODS_TYPE.encode(),
        "content.xml": content.encode(),
        "META-INF/manifest.xml": manifest("").encode(),
    }


def manifest(encryption: str) -> str:
    """The table of contents of an .ods, its content.xml encrypted like this or not at all."""
    return (
        f'{DECLARATION}<manifest:manifest xmlns:manifest="{_ODS}:manifest:1.0" '
        f'manifest:version="1.3"><manifest:file-entry manifest:full-path="/" '
        f'manifest:media-type="{ODS_TYPE}"/><manifest:file-entry '
        f'manifest:full-path="content.xml" manifest:media-type="text/xml" manifest:size="5000">'
        f"{encryption}</manifest:file-entry></manifest:manifest>"
    )


def ods(path: Path, sheets: Mapping[str, str], prolog: str = "") -> Path:
    """An .ods of these sheets whose delivery is called like the file."""
    return zipped(path, ods_parts(sheets, path.stem, prolog))


# .xls --------------------------------------------------------------------------------------------

_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def ole2(streams: Mapping[str, bytes]) -> bytes:
    """A compound file of these streams, each made long enough to need no short sectors."""
    table: list[int] = []
    body = b""
    entries = [("Root Entry", 5, _END, 0, 1 if streams else _FREE)]
    for name, content in streams.items():
        padded = content.ljust(4096, b"\0")
        padded += b"\0" * (-len(padded) % 512)
        first, count = len(table), len(padded) // 512
        table += [*range(first + 1, first + count), _END]
        body += padded
        entries.append((name, 2, first, max(len(content), 4096), _FREE))
    directory = b""
    for place, (name, kind, first, size, child) in enumerate(entries):
        encoded = name.encode("utf-16-le") + b"\0\0"
        right = place + 1 if 0 < place < len(entries) - 1 else _FREE
        directory += encoded.ljust(64, b"\0")
        directory += struct.pack("<HBBIII", len(encoded), kind, 1, _FREE, right, child)
        directory += bytes(36) + struct.pack("<IQ", first, size)
    directory += b"\0" * (-len(directory) % 512)
    start = len(table)
    count = len(directory) // 512
    table += [*range(start + 1, start + count), _END]
    body += directory
    sectors = 1
    while sectors * 128 < len(table) + sectors:
        sectors += 1
    fat = range(len(table), len(table) + sectors)
    table += [_FAT] * sectors
    table += [_FREE] * (sectors * 128 - len(table))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, sectors, start, 0, 4096, _END, 0, _END, 0)
    header += struct.pack("<109I", *fat, *[_FREE] * (109 - sectors))
    return header + body + struct.pack(f"<{len(table)}I", *table)


def record(kind: int, content: bytes) -> bytes:
    """One BIFF record."""
    return struct.pack("<HH", kind, len(content)) + content


def biff_text(line: int, column: int, text: str) -> bytes:
    """A cell with text."""
    encoded = text.encode("utf-16-le")
    return record(0x0204, struct.pack("<HHHHB", line, column, 0, len(text), 1) + encoded)


def biff_number(line: int, column: int, value: float) -> bytes:
    """A cell with a number."""
    return record(0x0203, struct.pack("<HHHd", line, column, 0, value))


def biff_error(line: int, column: int, code: int) -> bytes:
    """A cell with an error."""
    return record(0x0205, struct.pack("<HHHBB", line, column, 0, code, 1))


def biff_formula(line: int, column: int, result: bytes) -> bytes:
    """A cell with the formula =1, and what was calculated: eight bytes."""
    expression = b"\x1e\x01\x00"
    return record(
        0x0006,
        struct.pack("<HHH", line, column, 0)
        + result
        + struct.pack("<HIH", 0, 0, len(expression))
        + expression,
    )


def biff_row(line: int, values: Iterable[object]) -> bytes:
    """A row of texts and numbers."""
    return b"".join(
        biff_text(line, column, value)
        if isinstance(value, str)
        else biff_number(line, column, float(str(value)))
        for column, value in enumerate(values)
    )


def biff(sheets: Mapping[str, bytes], first: bytes = b"") -> bytes:
    """The stream of an .xls of these sheets (name → records of cells)."""

    def start(kind: int) -> bytes:
        return record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0x0DBB, 0x07CC, 0, 6))

    end = record(0x000A, b"")
    head = start(0x0005) + first + record(0x0042, struct.pack("<H", 1200))
    # A font, and a format of cells that says nothing.
    head += record(0x0031, struct.pack("<HHHHHBBBBBB", 200, 0, 0x7FFF, 400, 0, 0, 0, 0, 0, 1, 0))
    head += record(0x00E0, struct.pack("<HHH", 0, 0, 0xFFF5) + bytes(14))
    head += record(0x00E0, struct.pack("<HHH", 0, 0, 0x0001) + bytes(14))
    bodies = [
        start(0x0010) + record(0x0200, struct.pack("<IIHHH", 0, 1000, 0, 30, 0)) + cells + end
        for cells in sheets.values()
    ]
    bounds = [name.encode("utf-16-le") for name in sheets]
    place = len(head) + sum(4 + 8 + len(bound) for bound in bounds) + len(end)
    for name, bound, body in zip(sheets, bounds, bodies, strict=True):
        head += record(0x0085, struct.pack("<IBBBB", place, 0, 0, len(name), 1) + bound)
        place += len(body)
    return head + end + b"".join(bodies)


def xls(path: Path, sheets: Mapping[str, bytes]) -> Path:
    """An .xls of Pateikimas and these sheets, whose delivery is called like the file."""
    about = biff_row(0, ["Kodas", "Institucija"]) + biff_row(1, [path.stem, "VRM"])
    path.write_bytes(ole2({"Workbook": biff({"Pateikimas": about, **sheets})}))
    return path
