"""Delimited text as rows: its encoding, its delimiter, its quotation marks."""

import csv
import io
import itertools
import re
from collections import Counter
from typing import Final

from rapporteur.delivery.containers import Refused

_DELIMITERS: Final = ";,\t"
_HEAD_ROWS: Final = 20  # as many as may stand above the data, see layout.py
# Signs that no encoding of letters yields: the file was read or joined by a program that failed.
_NO_LETTERS: Final = re.compile("[\x00\ufffe\uffff\ufffd]")
_MARK: Final = "\N{ZERO WIDTH NO-BREAK SPACE}"
# In ISO 8859-13 the quotation marks „ ” stand where Windows-1257 has nothing, and it has no letters
# where Windows-1257 has its quotation marks; all letters of Lithuanian are the same in both.
_ONLY_IN_ISO: Final = re.compile(rb"[\xa1\xa5]")
_ONLY_IN_WINDOWS: Final = re.compile(rb"[\x80-\x9f]")
_LITHUANIAN: Final = frozenset("ąčęėįšųūžĄČĘĖĮŠŲŪŽ„“”–")
# A spreadsheet shows ="007" in a text file as 007.
_QUOTED_FORMULA: Final = re.compile(r'="([^"]*)"')


def decoded(raw: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 with its mark, Windows-1257 or ISO 8859-13.

    Raises Refused when it is in none of them, or in several at once.
    """
    try:
        text = _decoded(raw)
    except UnicodeDecodeError as error:
        raise Refused("encoding") from error
    if _NO_LETTERS.search(text) or _MARK in text:
        raise Refused("encoding")
    return text


def _decoded(raw: bytes) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        if _is_partly_utf8(raw):
            raise
        is_iso = _ONLY_IN_ISO.search(raw) and not _ONLY_IN_WINDOWS.search(raw)
        return raw.decode("iso8859-13" if is_iso else "cp1257")


def _is_partly_utf8(raw: bytes) -> bool:
    """Tell whether letters in UTF-8 stand beside broken ones, as in a damaged or joined file."""
    seen = [letter for letter in raw.decode("utf-8", "replace") if letter > "\x7f"]
    if seen.count("\ufffd") * 2 < len(seen):
        return True
    for line in raw.splitlines():
        try:
            letters = {letter for letter in line.decode("utf-8") if letter > "\x7f"}
        except UnicodeDecodeError:
            continue
        if letters and letters <= _LITHUANIAN:
            return True
    return False


def records(content: str) -> list[list[str]]:
    """The rows of delimited text. Raises Refused for a quotation that is never closed."""
    csv.field_size_limit(2**31 - 1)
    delimiter = _delimiter(content)
    try:
        rows = list(csv.reader(io.StringIO(content, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        if "unexpected end" in str(error):
            raise Refused("quotation") from error
        # A word in quotation marks that goes on after them is read as people mean it.
        rows = list(csv.reader(io.StringIO(content, newline=""), delimiter=delimiter))
    if '="' in content:
        rows = [[_unquoted(cell) for cell in row] for row in rows]
    return rows


def _unquoted(cell: str) -> str:
    found = _QUOTED_FORMULA.fullmatch(cell.strip())
    return found[1] if found else cell


def _delimiter(content: str) -> str:
    """The delimiter by which most of the first rows have one and the same number of cells.

    A title above the header may hold others: its row is not like those below it.
    """

    def likeness(delimiter: str) -> tuple[int, int]:
        lines = csv.reader(io.StringIO(content, newline=""), delimiter=delimiter)
        rows = (row for row in lines if any(cell.strip() for cell in row))
        widths = Counter(len(row) for row in itertools.islice(rows, _HEAD_ROWS) if len(row) > 1)
        width, count = max(widths.items(), key=lambda one: (one[1], one[0]), default=(0, 0))
        return count, width

    return max(_DELIMITERS, key=likeness)
