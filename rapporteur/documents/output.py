"""Files that a command writes: whole or not at all, and never a formula in text."""

import contextlib
import os
import re
import secrets
import stat
from pathlib import Path
from typing import Any, Final

# Signs that spreadsheets take for the beginning of a formula, after OWASP's “CSV Injection”.
_FORMULA: Final = re.compile("[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")


def write_whole(path: Path, content: bytes) -> None:
    """Write a file beside its place and move it there: what was there stays until all is written.

    A pipe or a device is written to as it is. Raises OSError; then nothing has changed.
    """
    place = Path(os.path.realpath(path))
    mode = None
    with contextlib.suppress(FileNotFoundError):
        about = place.stat()
        if not stat.S_ISREG(about.st_mode) and not stat.S_ISDIR(about.st_mode):
            place.write_bytes(content)
            return
        mode = stat.S_IMODE(about.st_mode)
    if place.is_dir():
        raise IsADirectoryError(21, "Is a directory", str(path))
    # Short, as a name as long as the system allows has no room for more.
    beside = place.with_name(f".{secrets.token_hex(6)}.tmp")
    try:
        with beside.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            beside.chmod(mode)
        beside.replace(place)
    finally:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)


def is_part_of(target: Path, path: Path) -> bool:
    """Tell whether a file to be written is the pointer of a database or one of its generations."""
    place, pointer = Path(os.path.realpath(path)), Path(os.path.realpath(target))
    ours = re.fullmatch(rf"{re.escape(pointer.stem)}(-\d+)?\.(duckdb|draft).*", place.name)
    return bool(ours) and place.parent == pointer.parent


def csv_cell(words: str, value: Any) -> str:
    """A cell of CSV: text that a spreadsheet would take for a formula begins with an apostrophe."""
    is_text = isinstance(value, str | list)
    return f"'{words}" if is_text and _FORMULA.match(words) else words
