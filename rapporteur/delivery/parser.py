"""Turns one spreadsheet into plain cells, in a process of its own: `parser FILE` writes JSON.

A workbook may be broken or hostile, and a native parser may abort the process that runs it, so
the caller (reading.py) starts this module as a child with limits and imports nothing from it.
"""

import csv
import datetime
import re
import sys
import zipfile
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import orjson
from defusedxml.ElementTree import fromstring, iterparse

MAX_COLUMNS = 256
MEMORY_BYTES = 3 * 2**30
CPU_SECONDS = 120

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_DELIMITERS = ";,\t"


def _limit_this_process() -> None:
    if sys.platform == "win32":  # no resource limits there: the parent's time-out remains
        return
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _plain(cell: Any) -> Any:
    """A cell as JSON can carry it: dates as {"d": "2020-09-01"}, durations as text."""
    if isinstance(cell, datetime.datetime):
        if cell.time() == datetime.time.min:
            return {"d": cell.date().isoformat()}
        return {"d": cell.isoformat(timespec="seconds")}
    if isinstance(cell, datetime.date):
        return {"d": cell.isoformat()}
    if isinstance(cell, datetime.time | datetime.timedelta):
        return str(cell)
    return None if cell == "" else cell


def _position(reference: str) -> tuple[int, int]:
    """`D17` as zero-based (row, column)."""
    match = re.fullmatch(r"([A-Z]{1,3})(\d+)", reference)
    if match is None:
        raise ValueError(reference)
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1


def _sheet_files(archive: zipfile.ZipFile) -> dict[str, str]:
    """Sheet name → its file inside an .xlsx."""
    relations = {
        relation.get("Id"): relation.get("Target", "")
        for relation in fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    }
    files = {}
    for sheet in fromstring(archive.read("xl/workbook.xml")).iter(f"{_MAIN}sheet"):
        target = relations.get(sheet.get(_RELATION), "").lstrip("/")
        files[sheet.get("name", "")] = target if target.startswith("xl/") else f"xl/{target}"
    return files


def _marked_cells(archive: zipfile.ZipFile, name: str) -> dict[str, list[list[Any]]]:
    """Cells that the fast reader turns into blanks: error values, formulas without a value."""
    errors, formulas = [], []
    with archive.open(name) as file:
        for _, element in iterparse(file, events=("end",)):
            cell: Element = element
            if cell.tag != f"{_MAIN}c":
                continue
            value = cell.find(f"{_MAIN}v")
            if cell.get("t") == "e":
                shown = value.text if value is not None else None
                errors.append([*_position(cell.get("r", "")), shown or "#ERROR!"])
            # A formula whose stored answer is empty text carries t="str"; that is a value.
            elif (
                cell.find(f"{_MAIN}f") is not None
                and (value is None or not value.text)
                and (cell.get("t") != "str" or value is None)
            ):
                formulas.append([*_position(cell.get("r", "")), ""])
            cell.clear()
    return {"errors": errors, "formulas": formulas}


def read_workbook(path: Path) -> list[dict[str, Any]]:
    """The sheets of an .xlsx, .xlsm, .xls or .ods file, cells counted from A1."""
    from python_calamine import SheetVisibleEnum, load_workbook

    marked: dict[str, dict[str, list[list[Any]]]] = {}
    if path.suffix.lower() in {".xlsx", ".xlsm"}:
        with zipfile.ZipFile(path) as archive:
            for name, file in _sheet_files(archive).items():
                if file in archive.namelist():
                    marked[name] = _marked_cells(archive, file)
    workbook = load_workbook(path)
    sheets = []
    for index, about in enumerate(workbook.sheets_metadata):
        sheet = workbook.get_sheet_by_index(index)
        width = sheet.end[1] + 1 if sheet.end else 0  # its total_width counts from zero
        if width > MAX_COLUMNS:
            sheets.append({"name": about.name, "too_wide": width})
            continue
        sheets.append(
            {
                "name": about.name,
                "is_hidden": about.visible != SheetVisibleEnum.Visible,
                "rows": [
                    [_plain(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)
                ],
                "merged": [list(map(list, area)) for area in sheet.merged_cell_ranges or []],
                **marked.get(about.name, {}),
            }
        )
    return sheets


def read_csv(path: Path) -> list[dict[str, Any]]:
    """A delimited text file as one sheet named like the file."""
    raw = path.read_bytes()
    try:
        content = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        content = raw.decode("cp1257")
    first = next((line for line in content.splitlines() if line.strip()), "")
    delimiter = max(_DELIMITERS, key=first.count)
    rows = [
        [cell or None for cell in row]
        for row in csv.reader(content.splitlines(keepends=True), delimiter=delimiter)
    ]
    return [{"name": path.stem, "is_hidden": False, "rows": rows, "merged": []}]


def main() -> int:
    """Read the file named on the command line and write its sheets to standard output."""
    _limit_this_process()
    path = Path(sys.argv[1])
    read = read_csv if path.suffix.lower() == ".csv" else read_workbook
    sys.stdout.buffer.write(orjson.dumps(read(path)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
