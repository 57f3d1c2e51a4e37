"""A file on disk → sheets of cells, or one problem that says why not."""

import contextlib
import datetime
import hashlib
import stat
import struct
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import numpy as np
import orjson

from rapporteur import settings
from rapporteur.delivery.cells import Cell, Gathering, Numbers, Repeated
from rapporteur.delivery.problems import Problem, later

SUFFIXES = (".xlsx", ".xlsm", ".xls", ".ods", ".csv")
MAX_COLUMNS = 256
_MAX_RATIO = 60
_LOCKED = 3  # the parser's exit code for a file with a password
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
    """One file as it was sent: its name, its digest, its bytes and its sheets."""

    name: str
    sha256: str
    sheets: list[RawSheet]
    content: bytes


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
    _look_before_parsing(path, raw)
    file = RawFile(name_of(path), hashlib.sha256(raw).hexdigest(), _parse(path, len(raw)), raw)
    try:
        now = path.stat()
    except OSError:
        now = None
    if now is None or (now.st_mtime_ns, now.st_size) != (about.st_mtime_ns, about.st_size):
        raise _unreadable(path, later("The file changed while it was read. Hand it in again."))
    return file


def _unreadable(path: Path, template: str, **values: Any) -> Unreadable:
    return Unreadable(Problem(name_of(path), None, None, "file-unreadable", None, template, values))


def _locked(path: Path) -> Unreadable:
    sentence = later("The file is locked with a password. Save it without one and resend.")
    return Unreadable(Problem(name_of(path), None, None, "file-encrypted", None, sentence))


def name_of(path: Path) -> str:
    """The name of a file as text; what of it is no UTF-8 is replaced."""
    return path.name.encode("utf-8", "replace").decode("utf-8")


def _look_before_parsing(path: Path, raw: bytes) -> None:
    """Refuse by its first bytes and its table of contents what should not reach a parser."""
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise _unreadable(
            path,
            later("“{suffix}” is no spreadsheet format that is read. Send one of: {known}."),
            suffix=suffix or path.name,
            known=", ".join(SUFFIXES),
        )
    if suffix == ".csv":
        return
    if raw[:4] == b"PK\x03\x04":
        try:
            with zipfile.ZipFile(path) as archive:
                unpacked = sum(entry.file_size for entry in archive.infolist())
                names = set(archive.namelist())
                manifest = "META-INF/manifest.xml"
                is_locked = manifest in names and b"encryption-data" in archive.read(manifest)
        except (zipfile.BadZipFile, OSError) as error:
            raise _unreadable(
                path, later("The file is damaged or cut off. Save it again and resend.")
            ) from error
        if unpacked > settings.max_unpacked_bytes() or (
            unpacked > 50 * 2**20 and unpacked > len(raw) * _MAX_RATIO
        ):
            raise Unreadable(
                Problem(
                    name_of(path),
                    None,
                    None,
                    "file-too-large",
                    str(unpacked),
                    later("Unpacked, the file would take {size} MB. Remove empty formatted rows."),
                    {"size": unpacked >> 20},
                )
            )
        if is_locked:
            raise _locked(path)
        if not ({"[Content_Types].xml", "xl/workbook.xml"} <= names or "content.xml" in names):
            raise _unreadable(path, later("The file is an archive, but not a spreadsheet."))
    elif raw[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        if "EncryptedPackage".encode("utf-16-le") in raw:
            raise _locked(path)
    else:
        raise _unreadable(path, later("The file is not a spreadsheet, whatever its name says."))


def _parse(path: Path, size: int) -> list[RawSheet]:
    """Run the parser as a child process, or two beside each other, and gather what they send."""
    suffix = path.suffix.lower()
    parts = ["cells,marks"] if size < _LARGE_BYTES or suffix == ".csv" else ["cells", "marks"]
    sheets: list[_Arriving] = []
    marks: dict[str, dict[str, Any]] = {}
    with contextlib.ExitStack() as stack:
        children = [stack.enter_context(_child(path, part)) for part in parts]
        for child in children:
            for document, numbers in _frames(child.output):
                if "marks" in document:
                    marks = document["marks"]
                elif "sheet" in document:
                    sheets[document["sheet"]].add(document, numbers)
                else:
                    sheets.append(_Arriving(path, document))
            child.finish(path)
    if len({sheet.name for sheet in sheets}) < len(sheets):
        raise _unreadable(path, later("Two sheets have the same name. Rename one and resend."))
    return [sheet.finish(marks.get(sheet.name, {})) for sheet in sheets]


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
        if code == _LOCKED:
            raise _locked(path)
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
    words += [str(settings.parser_megabytes()), str(settings.parser_seconds())]
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
