"""Tells by its content what kind of file was sent, and whether its archive may be unpacked.

Only children with limits use this module: nothing from outside is opened anywhere else.
"""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final, Literal
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

Kind = Literal["xlsx", "ods", "xls", "csv"]
# A workbook as the readers are given it: by name, or already in memory.
Source = Path | IO[bytes]

_ARCHIVE: Final = b"PK\x03\x04"
_COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# An archive that unpacks to more may be refused for its ratio: empty formatted rows pack to little.
_ALWAYS_ALLOWED: Final = 50 * 2**20
_MAX_RATIO: Final = 60
_MAX_ENTRIES: Final = 20_000
# Parts that only say where others stand are small.
_MAX_SMALL_PART: Final = 20 * 2**20
_LOCAL_HEADER: Final = 30
_IS_ENCRYPTED: Final = 0x1
_MANIFEST: Final = "META-INF/manifest.xml"
_CONTENT_TYPES: Final = "[Content_Types].xml"
# The parts that the fast reader looks for by name; the standard lets relationships name them.
_FIXED_NAMES: Final = {
    "sharedStrings": "xl/sharedStrings.xml",
    "styles": "xl/styles.xml",
}
_WORKBOOK: Final = "xl/workbook.xml"
_MARKUP: Final = re.compile(rb"<\?xml|<!doctype|<html|<head|<table|<meta|mime-version", re.I)


class Refused(Exception):
    """A file that must not be read further; `reason` is a key of the parent's sentences."""

    def __init__(self, reason: str, **values: str | int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.values = values


def kind_of(path: Path, max_unpacked: int) -> Kind:
    """The kind of spreadsheet that a file is, whatever its name says. Raises Refused."""
    with path.open("rb") as file:
        start = file.read(4096)
    if start.startswith(_ARCHIVE):
        with checked_archive(path, max_unpacked) as archive:
            return _kind_of_archive(archive)
    if start.startswith(_COMPOUND):
        if "EncryptedPackage".encode("utf-16-le") in path.read_bytes():
            raise Refused("locked")
        return "xls"
    if _MARKUP.match(start.lstrip(b"\xef\xbb\xbf \t\r\n")):
        raise Refused("markup")
    if path.suffix.lower() == ".csv":
        return "csv"
    raise Refused("text" if _is_text(start) else "no-spreadsheet")


def _is_text(start: bytes) -> bool:
    """Tell whether it begins like delimited text, in one or two bytes a letter."""
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return bool(start.strip()) and not re.search(rb"[\x00-\x08\x0e-\x1f\x7f]", start)


def checked_archive(path: Path, max_unpacked: int) -> zipfile.ZipFile:
    """The archive, its table of contents looked through before anything is unpacked.

    Raises Refused for one that is broken, would unpack to too much, or says what cannot be true.
    """
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError) as error:
        raise Refused("damaged") from error
    try:
        _look_through(archive, path.stat().st_size, max_unpacked)
    except Refused:
        archive.close()
        raise
    return archive


def _look_through(archive: zipfile.ZipFile, packed: int, max_unpacked: int) -> None:
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    for size, of in ((unpacked, packed), *((one.file_size, one.compress_size) for one in entries)):
        if size > max_unpacked or (size > _ALWAYS_ALLOWED and size > of * _MAX_RATIO):
            raise Refused("large", size=unpacked)
    names = {entry.filename.lower() for entry in entries}
    if len(entries) > _MAX_ENTRIES or len(names) < len(entries):
        raise Refused("damaged")
    for entry in entries:
        known = entry.compress_type in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
        if not known or entry.flag_bits & _IS_ENCRYPTED:
            raise Refused("damaged")
    end = 0
    for entry in sorted(entries, key=lambda one: one.header_offset):
        if entry.header_offset < end:  # entries that share their bytes
            raise Refused("damaged")
        end = entry.header_offset + _LOCAL_HEADER + entry.compress_size
    if end > packed:
        raise Refused("damaged")


def small_part(archive: zipfile.ZipFile, name: str) -> bytes:
    """A part that says where others stand. Raises Refused when it is as large as no such part."""
    if archive.getinfo(name).file_size > _MAX_SMALL_PART:
        raise Refused("large", size=archive.getinfo(name).file_size)
    return archive.read(name)


def _kind_of_archive(archive: zipfile.ZipFile) -> Kind:
    names = set(archive.namelist())
    if _MANIFEST in names and b"encryption-data" in small_part(archive, _MANIFEST):
        raise Refused("locked")
    if workbook_part(archive):
        return "xlsx"
    if "content.xml" in names:
        return "ods"
    raise Refused("binary" if "xl/workbook.bin" in names else "archive")


# Parts of an .xlsx ------------------------------------------------------------------------------


def local_name(element: Element) -> str:
    """The tag of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def related(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[str, str, str]]:
    """Id, last word of the type, and part of each relationship of a part ("" is the package)."""
    folder, name = posixpath.split(part)
    by_lower = {one.lower(): one for one in archive.namelist()}  # names of parts ignore case
    relations = by_lower.get(posixpath.join(folder, "_rels", f"{name}.rels").lower())
    if relations is None:
        return
    for one in fromstring(small_part(archive, relations)):
        target = one.get("Target", "")
        if one.get("TargetMode") == "External":
            continue
        whole = target if target.startswith("/") else posixpath.join("/", folder, target)
        inside = posixpath.normpath(whole).lstrip("/")
        kind = one.get("Type", "").rpartition("/")[2]
        yield one.get("Id", ""), kind, by_lower.get(inside.lower(), inside)


def workbook_part(archive: zipfile.ZipFile) -> str | None:
    """The part that lists the sheets: the one that the package names, most often xl/workbook.xml.

    None when the archive is no workbook.
    """
    names = set(archive.namelist())
    if _CONTENT_TYPES not in names:
        return None
    for _, kind, part in related(archive, ""):
        if kind == "officeDocument" and part in names and part.startswith("xl/"):
            return part if part.endswith(".xml") else None
    return _WORKBOOK if _WORKBOOK in names else None


def source_of(path: Path, kind: Kind, max_unpacked: int) -> Source:
    """The file as the native reader opens it: it goes by a name's ending, and by names of parts."""
    if kind == "xlsx" and (usual := as_usually_named(path, max_unpacked)):
        return usual
    try:
        str(path).encode()
    except UnicodeEncodeError:  # it opens no name that is no UTF-8
        return io.BytesIO(path.read_bytes())
    endings = {"xlsx": {".xlsx", ".xlsm"}, "xls": {".xls"}, "ods": {".ods"}, "csv": set[str]()}
    return path if path.suffix.lower() in endings[kind] else io.BytesIO(path.read_bytes())


def as_usually_named(path: Path, max_unpacked: int) -> io.BytesIO | None:
    """The .xlsx with its parts called as the fast reader expects; None when they are already."""
    with checked_archive(path, max_unpacked) as archive:
        workbook = workbook_part(archive)
        if workbook is None:
            return None
        renamed = {workbook: _WORKBOOK} if workbook != _WORKBOOK else {}
        for _, kind, part in related(archive, workbook):
            if kind in _FIXED_NAMES and part != _FIXED_NAMES[kind]:
                renamed[part] = _FIXED_NAMES[kind]
        if not renamed:
            return None
        if posixpath.dirname(workbook) != "xl":  # what it relates to would stand elsewhere
            raise Refused("archive")
        return _copied(archive, renamed)


def _copied(archive: zipfile.ZipFile, renamed: dict[str, str]) -> io.BytesIO:
    """The archive once more with some of its parts under other names."""
    made = io.BytesIO()
    relations = {_relations(old): _relations(new) for old, new in renamed.items()}
    names = {**renamed, **relations}
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in archive.namelist():
            content = archive.read(name)
            if name == _CONTENT_TYPES or name.endswith(".rels"):
                for old, new in renamed.items():
                    content = _in_words(content, old, new)
            copy.writestr(names.get(name, name), content)
    made.seek(0)
    return made


def _relations(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _in_words(content: bytes, old: str, new: str) -> bytes:
    """The part under its new name where another part names it, whole or by its last name."""
    for before, after in ((f"/{old}", f"/{new}"), (old, new), (_last(old), _last(new))):
        for quote in ('"', "'"):
            content = content.replace(
                f"{quote}{before}{quote}".encode(), f"{quote}{after}{quote}".encode()
            )
    return content


def _last(part: str) -> str:
    return part.removeprefix("xl/")
