"""Versioned database files behind a pointer, so that a load never disturbs a reader.

The target `rapporteur.duckdb` is a small text file that names the current generation,
`rapporteur-00007.duckdb` beside it. A load copies that generation, changes the copy, and moves the
pointer in one step: readers see all of the old or all of the new. A pointer file and not a
symbolic link, because Windows asks for special rights to make one.
"""

import contextlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import filelock

_KEPT = 2  # the current generation, and the one that slow readers may still hold
_LOCK_SECONDS = 120


class WarehouseError(Exception):
    """The database cannot be read or written; the message says why and what to do."""


def current(target: Path) -> Path | None:
    """The file of the current generation, or None when nothing was ever loaded.

    Raises WarehouseError when the pointer names no generation.
    """
    try:
        text = target.read_bytes()[:300].decode("utf-8").strip()
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise WarehouseError(f"{target} nėra duomenų bazės rodyklė (is no pointer).") from error
    if not re.fullmatch(rf"{re.escape(target.stem)}-\d+\.duckdb", text):
        raise WarehouseError(
            f"{target} nerodo į duomenų bazės versiją (does not point to a generation)."
        )
    return target.with_name(text)


def _number(generation: Path | None) -> int:
    return int(generation.stem.rpartition("-")[2]) if generation else 0


def _flush(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


@contextlib.contextmanager
def next_generation(target: Path) -> Iterator[Path]:
    """A writable copy of the current generation that becomes current when the block ends well.

    One writer at a time; a second one waits. When the block raises, nothing has changed. Raises
    WarehouseError when another writer holds the database for two minutes or the folder cannot be
    written.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with filelock.FileLock(f"{target}.lock", timeout=_LOCK_SECONDS):
            before = current(target)
            final = target.with_name(f"{target.stem}-{_number(before) + 1:05}.duckdb")
            draft = final.with_suffix(".draft")
            draft.unlink(missing_ok=True)  # left by a loader that was killed
            if before:
                shutil.copyfile(before, draft)
            try:
                yield draft
                _flush(draft)
                draft.replace(final)
            finally:
                draft.unlink(missing_ok=True)
            pointer = target.with_name(f"{target.name}.next")
            pointer.write_text(f"{final.name}\n", encoding="utf-8")
            _flush(pointer)
            pointer.replace(target)
            _forget_old(target)
    except filelock.Timeout as error:
        raise WarehouseError(
            "Duomenis dabar įkelia kitas procesas; bandykite vėliau (another load is running)."
        ) from error
    except OSError as error:
        raise WarehouseError(
            f"{target}: įrašyti nepavyko (cannot be written): {error.strerror}"
        ) from error


@contextlib.contextmanager
def scratch_generation(target: Path) -> Iterator[Path]:
    """A writable copy of the current generation that vanishes; beside the target nothing is made.

    Raises WarehouseError as `current` does.
    """
    with tempfile.TemporaryDirectory(prefix="rapporteur-") as folder:
        draft = Path(folder) / "scratch.duckdb"
        before = current(target)
        if before:
            shutil.copyfile(before, draft)
        yield draft


def _forget_old(target: Path) -> None:
    pattern = re.compile(rf"{re.escape(target.stem)}-\d+\.duckdb")
    generations = sorted(
        (path for path in target.parent.iterdir() if pattern.fullmatch(path.name)), key=_number
    )
    for path in generations[:-_KEPT]:
        with contextlib.suppress(PermissionError):  # Windows keeps a file that is open
            path.unlink()
