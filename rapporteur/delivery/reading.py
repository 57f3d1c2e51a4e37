"""A file on disk → sheets of cells, or one problem that says why not."""

import datetime
import hashlib
import subprocess
import sys
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from rapporteur import settings
from rapporteur.delivery.problems import Problem, later

SUFFIXES = (".xlsx", ".xlsm", ".xls", ".ods", ".csv")
_MAX_UNPACKED_BYTES = 600 * 2**20
_MAX_RATIO = 60
_SECONDS = 180

Cell = None | str | float | bool | datetime.date | datetime.datetime


@dataclass(frozen=True)
class RawSheet:
    """The cells of one sheet, rows and columns counted from A1, and what is odd about them."""

    name: str
    rows: list[list[Cell]]
    is_hidden: bool = False
    merged: list[tuple[tuple[int, int], tuple[int, int]]] = field(default_factory=list)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    formulas_without_value: frozenset[tuple[int, int]] = frozenset()


@dataclass(frozen=True)
class RawFile:
    """One file as it was sent: its name, its digest and its sheets."""

    name: str
    sha256: str
    sheets: list[RawSheet]


class Unreadable(Exception):
    """The file is no spreadsheet that can be read; `problem` tells the sender why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message())
        self.problem = problem


def read_file(path: Path) -> RawFile:
    """The sheets of one spreadsheet file. Raises Unreadable with a problem for the sender."""
    try:
        size = path.stat().st_size
        raw = path.read_bytes() if size <= settings.max_file_bytes() else b""
    except OSError as error:
        raise _unreadable(
            path, later("The file cannot be opened: {reason}."), reason=error.strerror
        ) from error
    if size > settings.max_file_bytes():
        raise Unreadable(
            Problem(
                path.name,
                None,
                None,
                "file-too-large",
                str(size),
                later("The file has {size} MB, more than the {limit} MB allowed. Split it."),
                {"size": size // 2**20 + 1, "limit": settings.max_file_bytes() // 2**20},
            )
        )
    _look_before_parsing(path, raw)
    return RawFile(path.name, hashlib.sha256(raw).hexdigest(), _parse(path))


def _unreadable(path: Path, template: str, **values: Any) -> Unreadable:
    return Unreadable(Problem(path.name, None, None, "file-unreadable", None, template, values))


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
        except (zipfile.BadZipFile, OSError) as error:
            raise _unreadable(
                path, later("The file is damaged or cut off. Save it again and resend.")
            ) from error
        if unpacked > _MAX_UNPACKED_BYTES or (
            unpacked > 50 * 2**20 and unpacked > len(raw) * _MAX_RATIO
        ):
            raise Unreadable(
                Problem(
                    path.name,
                    None,
                    None,
                    "file-too-large",
                    str(unpacked),
                    later("Unpacked, the file would take {size} MB. Remove empty formatted rows."),
                    {"size": unpacked >> 20},
                )
            )
        if not ({"[Content_Types].xml", "xl/workbook.xml"} <= names or "content.xml" in names):
            raise _unreadable(path, later("The file is an archive, but not a spreadsheet."))
    elif raw[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        if "EncryptedPackage".encode("utf-16-le") in raw:
            raise Unreadable(
                Problem(
                    path.name,
                    None,
                    None,
                    "file-encrypted",
                    None,
                    later("The file is locked with a password. Save it without one and resend."),
                    {},
                )
            )
    else:
        raise _unreadable(path, later("The file is not a spreadsheet, whatever its name says."))


def _parse(path: Path) -> list[RawSheet]:
    """Run the parser as a child process and read back what it found."""
    try:
        child = subprocess.run(
            [sys.executable, "-m", "rapporteur.delivery.parser", str(path.resolve())],
            capture_output=True,
            timeout=_SECONDS,
            env=settings.child_environment(),
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise _unreadable(
            path, later("Reading the file took too long. Split it and resend.")
        ) from error
    if child.returncode != 0:
        raise _unreadable(
            path, later("The file is damaged or not a spreadsheet. Save it again and resend.")
        )
    sheets = orjson.loads(child.stdout)
    for sheet in sheets:
        if "too_wide" in sheet:
            raise _unreadable(
                path,
                later("Sheet “{sheet}” has {columns} columns. Remove the empty ones and resend."),
                sheet=sheet["name"],
                columns=sheet["too_wide"],
            )
    return [_sheet(sheet) for sheet in sheets]


def _sheet(sheet: dict[str, Any]) -> RawSheet:
    return RawSheet(
        name=sheet["name"],
        rows=[[_cell(cell) for cell in row] for row in sheet["rows"]],
        is_hidden=sheet["is_hidden"],
        merged=[((top, left), (bottom, right)) for (top, left), (bottom, right) in sheet["merged"]],
        errors={(row, column): shown for row, column, shown in sheet.get("errors", [])},
        formulas_without_value=frozenset(
            (row, column) for row, column, _ in sheet.get("formulas", [])
        ),
    )


def _cell(cell: Any) -> Cell:
    if isinstance(cell, dict):
        moment = datetime.datetime.fromisoformat(cell["d"])
        return moment.date() if len(cell["d"]) == 10 else moment
    return cell if isinstance(cell, str | bool | None) else float(cell)
