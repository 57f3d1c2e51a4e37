"""A file on disk → sheets of cells, or one problem that says why not."""

import contextlib
import datetime
import hashlib
import re
import stat
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Final

import numpy as np
import orjson

from rapporteur import settings
from rapporteur.delivery.cells import Cell, Gathering, Numbers, Repeated
from rapporteur.delivery.declaration import SHEETS
from rapporteur.delivery.looks import Look
from rapporteur.delivery.problems import Problem, later
from rapporteur.delivery.values import plain

SUFFIXES = (".xlsx", ".xlsm", ".xls", ".ods", ".csv")
MAX_COLUMNS = 256
# A workbook that is larger is searched for marks by a second process, beside the first.
_LARGE_BYTES = 4 * 2**20

Area = tuple[tuple[int, int], tuple[int, int]]


@dataclass
class RawSheet:
    """The cells of one sheet, rows and columns counted from A1, and what is odd about them."""

    name: str
    height: int
    columns: list[Repeated[Cell]]
    is_hidden: bool = False
    merged: list[Area] = field(default_factory=list)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    formulas_without_value: frozenset[tuple[int, int]] = frozenset()
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    # Cells that may look otherwise than they read: column, reason, what is shown, rows.
    looks: list[tuple[int, str, str, list[int]]] = field(default_factory=list)
    # Conditional formats: areas, comparison, limits, and the look where it holds.
    rules: list[tuple[list[Area], str, list[float], Look]] = field(default_factory=list)

    def row(self, number: int) -> list[Cell]:
        """The cells of one row."""
        return [column[number] for column in self.columns]

    def column(self, position: int, rows: Numbers) -> Repeated[Cell]:
        """The cells of these rows in one column; blank where the sheet is narrower."""
        if position < len(self.columns):
            return self.columns[position].rows(rows)
        return Repeated([None], np.zeros(len(rows), np.int32))


@dataclass(frozen=True)
class RawFile:
    """One file as it was sent: its name, its digest, its bytes, its sheets, what is odd."""

    name: str
    sha256: str
    sheets: list[RawSheet]
    content: bytes
    notices: list[Problem] = field(default_factory=list)


class Unreadable(Exception):
    """The file is no spreadsheet that can be read; `problem` tells the sender why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message())
        self.problem = problem


def read_file(path: Path) -> RawFile:
    """The sheets of one spreadsheet file. Raises Unreadable with a problem for the sender."""
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            raise _unreadable(path, later("This is no file but a folder or a device."))
        size = about.st_size
        raw = path.read_bytes() if size <= settings.max_file_bytes() else b""
    except OSError as error:
        raise _unreadable(
            path, later("The file cannot be opened: {reason}."), reason=error.strerror
        ) from error
    if size > settings.max_file_bytes():
        raise Unreadable(
            Problem(
                name_of(path),
                None,
                None,
                "file-too-large",
                str(size),
                later("The file has {size} MB, more than the {limit} MB allowed. Split it."),
                {"size": size // 2**20 + 1, "limit": settings.max_file_bytes() // 2**20},
            )
        )
    _look_at_name(path)
    sheets, notices = _parse(path, len(raw))
    file = RawFile(name_of(path), hashlib.sha256(raw).hexdigest(), sheets, raw, notices)
    try:
        now = path.stat()
    except OSError:
        now = None
    if now is None or (now.st_mtime_ns, now.st_size) != (about.st_mtime_ns, about.st_size):
        raise _unreadable(path, later("The file changed while it was read. Hand it in again."))
    return file


def _unreadable(path: Path, template: str, **values: Any) -> Unreadable:
    return Unreadable(Problem(name_of(path), None, None, "file-unreadable", None, template, values))


def name_of(path: Path) -> str:
    """The name of a file as text; what of it is no UTF-8 is replaced."""
    return path.name.encode("utf-8", "replace").decode("utf-8")


def _look_at_name(path: Path) -> None:
    """Refuse by its name alone what is no spreadsheet; nothing of the file is looked at here."""
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise _unreadable(
            path,
            later("“{suffix}” is no spreadsheet format that is read. Send one of: {known}."),
            suffix=suffix or path.name,
            known=", ".join(SUFFIXES),
        )


# Why a file is not read: what the child says → code and sentence.
_REFUSALS: Final[Mapping[str, tuple[str, str]]] = {
    "damaged": (
        "file-unreadable",
        later("The file is damaged or cut off. Save it again and resend."),
    ),
    "locked": (
        "file-encrypted",
        later("The file is locked with a password. Save it without one and resend."),
    ),
    "large": (
        "file-too-large",
        later("Unpacked, the file would take {size} MB. Remove empty formatted rows."),
    ),
    "archive": (
        "file-unreadable",
        later("The file is an archive, but not a spreadsheet."),
    ),
    "binary": (
        "file-unreadable",
        later("The file is a binary workbook (.xlsb). Open it in Excel and save it as .xlsx."),
    ),
    "markup": (
        "file-unreadable",
        later(
            "The file is a web page or XML under the name of a spreadsheet. Open it in Excel and "
            "save it as .xlsx."
        ),
    ),
    "text": (
        "file-unreadable",
        later(
            "The file is text under the name of a spreadsheet. Open it in Excel and save it as "
            ".xlsx, or give its name the ending .csv."
        ),
    ),
    "no-spreadsheet": (
        "file-unreadable",
        later("The file is not a spreadsheet, whatever its name says."),
    ),
    "encoding": (
        "file-unreadable",
        later(
            "The encoding of the letters is not recognised, or there are several in one file. Open "
            "it in Excel and save it as “CSV UTF-8”, or as .xlsx."
        ),
    ),
    "quotation": (
        "file-unreadable",
        later(
            "A quotation mark is opened and never closed, so that cells cannot be told apart. Save "
            "the file as .xlsx and resend."
        ),
    ),
}


def _refused(path: Path, reason: str, values: Mapping[str, Any]) -> Unreadable:
    code, template = _REFUSALS[reason]
    found = str(values["size"]) if "size" in values else None
    shown = {name: int(size) >> 20 for name, size in values.items()}
    return Unreadable(Problem(name_of(path), None, None, code, found, template, shown))


def _parse(path: Path, size: int) -> tuple[list[RawSheet], list[Problem]]:
    """Run the parser as a child process, or two beside each other, and gather what they send."""
    is_small = size < _LARGE_BYTES or path.suffix.lower() == ".csv"
    sheets: list[_Arriving] = []
    marks: dict[str, dict[str, Any]] = {}
    kind = ""
    with contextlib.ExitStack() as stack:
        parts = ["cells,marks"] if is_small else ["cells", "marks"]
        for child in [stack.enter_context(_child(path, part)) for part in parts]:
            for document, numbers in _frames(child.output):
                if "refused" in document:
                    raise _refused(path, document["refused"], document["values"])
                if "kind" in document:
                    kind = document["kind"]
                elif "marks" in document:
                    marks = document["marks"]
                elif "sheet" in document:
                    sheets[document["sheet"]].add(document, numbers)
                else:
                    sheets.append(_Arriving(path, document))
            child.finish(path)
    if len({sheet.name for sheet in sheets}) < len(sheets):
        raise _unreadable(path, later("Two sheets have the same name. Rename one and resend."))
    notices = _notices_of_name(path, kind)
    if kind == "csv":
        for sheet in sheets:
            sheet.name = _sheet_named_by(path.stem)
    return [sheet.finish(marks.get(sheet.name, {})) for sheet in sheets], notices


_ENDINGS: Final = {"xlsx": (".xlsx", ".xlsm"), "xls": (".xls",), "ods": (".ods",), "csv": (".csv",)}
_SHEET_NAMES: Final = {plain(name) for sheet in SHEETS for name in (sheet.name, sheet.alias)}
# Words and numbers that a browser or a file manager adds to the name of a second copy.
_ADDED: Final = (
    r"(?:copy of|kopija) +(.+)",
    r"(.+?) *[-–—]? *(?:copy|kopija)(?: *\(?\d{1,3}\)?)?",
    r"(.+?) *[(\[]\d{1,3}[)\]]",
    r"(.+?)[-_]\d{1,2}",
    # Programs that keep several sheets put the workbook's name before that of the sheet.
    r".+ [-–—] (.+)",
)


def _sheet_named_by(stem: str) -> str:
    """The sheet that a text file is called after: copies and downloads have more in their names."""
    name = stem.encode("utf-8", "replace").decode("utf-8")
    tried = name
    for _ in range(3):  # a copy of a copy
        if plain(tried) in _SHEET_NAMES:
            return tried
        found = (re.fullmatch(one, tried.strip(" „“”\"'"), re.IGNORECASE) for one in _ADDED)
        tried = next((match[1] for match in found if match), tried)
    return tried if plain(tried) in _SHEET_NAMES else name


def _notices_of_name(path: Path, kind: str) -> list[Problem]:
    """Notices that a file's name was not taken as it stands."""
    said: list[tuple[str, dict[str, str]]] = []
    if path.suffix.lower() not in _ENDINGS.get(kind, (path.suffix.lower(),)):
        said.append(
            (
                later("The ending “{ending}” is not what the file is: it was read as {kind}."),
                {"ending": path.suffix, "kind": f".{kind}"},
            )
        )
    sheet = _sheet_named_by(path.stem)
    if kind == "csv" and plain(sheet) != plain(path.stem):
        said.append((later("The file was read as sheet “{sheet}”."), {"sheet": sheet}))
    return [
        Problem(name_of(path), None, None, "file-name-odd", name_of(path), template, values)
        for template, values in said
    ]


class _Child:
    """A parser at work; it is ended when it takes too long."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self._process = process
        self._is_late = threading.Event()
        self._clock = threading.Timer(settings.parser_seconds() * 1.5, self._end)
        self._clock.daemon = True
        self._clock.start()
        assert process.stdout
        self.output = process.stdout

    def _end(self) -> None:
        self._is_late.set()
        self._process.kill()

    def finish(self, path: Path) -> None:
        """Wait for the end. Raises Unreadable when the parser failed or was ended."""
        code = self._process.wait()
        self._clock.cancel()
        if self._is_late.is_set():
            raise _unreadable(path, later("Reading the file took too long. Split it and resend."))
        if code != 0:
            raise _unreadable(
                path,
                later(
                    "The file is damaged, or its cells stand too far apart to be read. Remove "
                    "empty rows and columns, save it again and resend."
                ),
            )

    def stop(self) -> None:
        """End the parser if it is still at work."""
        self._clock.cancel()
        self._process.kill()
        self._process.wait()
        self.output.close()


@contextlib.contextmanager
def _child(path: Path, part: str) -> Iterator[_Child]:
    words = [sys.executable, "-m", "rapporteur.delivery.parser", part, str(path.resolve())]
    limits = settings.parser_megabytes(), settings.parser_seconds(), settings.max_unpacked_bytes()
    words += map(str, limits)
    process = subprocess.Popen(
        words,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=settings.child_environment(),
    )
    child = _Child(process)
    try:
        yield child
    finally:
        child.stop()


def _frames(output: IO[bytes]) -> Iterator[tuple[dict[str, Any], bytes]]:
    """The documents and numbers that a parser sends; what is cut off counts as not sent."""
    while len(size := output.read(4)) == 4:
        encoded = output.read(struct.unpack("<I", size)[0])
        try:
            document = orjson.loads(encoded)
        except orjson.JSONDecodeError:
            return
        length = document["rows"] * len(document["columns"]) * 4 if "rows" in document else 0
        numbers = output.read(length)
        if len(numbers) < length:
            return
        yield document, numbers


class _Arriving:
    """A sheet that arrives in blocks of rows."""

    def __init__(self, path: Path, about: dict[str, Any]) -> None:
        """Raises Unreadable when the sheet is wider than any that could be meant."""
        self.name: str = about["name"]
        if about["width"] > MAX_COLUMNS:
            raise _unreadable(
                path,
                later("Sheet “{sheet}” has {columns} columns. Remove the empty ones and resend."),
                sheet=self.name,
                columns=about["width"],
            )
        self._about = about
        self._left: int = about["left"]
        self._height = 0
        self._columns = [Gathering() for _ in range(about["width"] - self._left)]

    def add(self, block: dict[str, Any], numbers: bytes) -> None:
        rows: int = block["rows"]
        index = np.frombuffer(numbers, "<i4").reshape(len(block["columns"]), rows)
        for position, values in enumerate(block["columns"]):
            if position == len(self._columns):
                self._columns.append(Gathering())
                self._columns[-1].skip(self._height)
            self._columns[position].add(values, index[position], _cell)
        for short in self._columns[len(block["columns"]) :]:
            short.skip(rows)
        self._height += rows

    def finish(self, marks: dict[str, Any]) -> RawSheet:
        columns = [column.finish() for column in self._columns]
        blank = Repeated[Cell]([None], np.zeros(self._height, np.int32))
        merged = [*self._about["merged"], *marks.get("merged", [])]
        looks = marks.get("looks", {"cells": [], "rules": []})
        sheet = RawSheet(
            name=self.name,
            height=self._height,
            columns=[*([blank] * self._left), *columns] if self._height else [],
            is_hidden=self._about["is_hidden"],
            merged=[((top, left), (bottom, right)) for (top, left), (bottom, right) in merged],
            errors={(row, column): shown for row, column, shown in marks.get("errors", [])},
            formulas_without_value=frozenset(
                (row, column) for row, column in marks.get("formulas", [])
            ),
            hidden_rows=marks.get("hidden_rows", []),
            hidden_columns=marks.get("hidden_columns", []),
            looks=looks["cells"],
            rules=[(*rule, Look(**look)) for *rule, look in looks["rules"]],
        )
        _make_room(sheet)
        return sheet


def _make_room(sheet: RawSheet) -> None:
    """Cells that the fast reader left out, such as a formula without value below all others."""
    marked = [*sheet.errors, *sheet.formulas_without_value]
    height = max((row + 1 for row, _ in marked), default=0)
    width = min(max((column + 1 for _, column in marked), default=0), MAX_COLUMNS)
    missing = height - sheet.height
    if missing > 0:
        blank = np.zeros(missing, np.int32)
        sheet.columns = [
            Repeated([*column.values, None], np.append(column.index, blank + len(column.values)))
            for column in sheet.columns
        ]
        sheet.height = height
    while len(sheet.columns) < width:
        sheet.columns.append(Repeated([None], np.zeros(sheet.height, np.int32)))


def _cell(cell: Any) -> Cell:
    if isinstance(cell, dict):
        moment = datetime.datetime.fromisoformat(cell["d"])
        return moment.date() if len(cell["d"]) == 10 else moment
    return cell if isinstance(cell, bool) else float(cell)
