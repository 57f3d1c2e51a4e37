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
from collections.abc import Collection, Iterator
from pathlib import Path

import filelock

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


def _number(generation: Path) -> int:
    return int(generation.stem.rpartition("-")[2])


def _flush(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _flush_names(folder: Path) -> None:
    """Make renamed and removed names of a folder last through a power cut, where that can be."""
    if os.name == "posix":
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def _beside(target: Path, ending: str) -> list[Path]:
    """What lies beside the target under a generation's name, by its number."""
    pattern = re.compile(rf"{re.escape(target.stem)}-(\d+)\.{ending}")
    found = [(pattern.fullmatch(path.name), path) for path in target.parent.iterdir()]
    return [path for _, path in sorted((int(match[1]), path) for match, path in found if match)]


@contextlib.contextmanager
def _writing(target: Path) -> Iterator[None]:
    """One writer at a time; what a killed one left behind is removed first."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with filelock.FileLock(f"{target}.lock", timeout=_LOCK_SECONDS):
            for left in _beside(target, r"draft(\..*)?"):
                _remove(left)
            yield
    except filelock.Timeout as error:
        raise WarehouseError(
            "Duomenis dabar įkelia kitas procesas; bandykite vėliau (another load is running)."
        ) from error
    except OSError as error:
        raise cannot_be_written(target, error.strerror or str(error)) from error


def _remove(path: Path) -> None:
    if path.is_dir():  # what did not fit into memory
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def cannot_be_written(target: Path, reason: str) -> WarehouseError:
    """The one sentence for a full disk, a folder without leave to write and the like."""
    return WarehouseError(f"{target}: įrašyti nepavyko (cannot be written): {reason}")


def _copy_current(before: Path | None, target: Path, draft: Path) -> None:
    if before is None:
        return
    if not before.exists():
        raise missing(target, before)
    shutil.copyfile(before, draft)


def missing(target: Path, generation: Path) -> WarehouseError:
    """The pointer names a file that is not there."""
    return WarehouseError(f"{target}: trūksta failo (a file is missing): {generation}")


@contextlib.contextmanager
def next_generation(target: Path) -> Iterator[Path]:
    """A writable copy of the current generation that becomes current when the block ends well.

    One writer at a time; a second one waits. When the block raises, nothing has changed. Raises
    WarehouseError when another writer holds the database for two minutes, the folder cannot be
    written, or the current generation is missing.
    """
    with _writing(target):
        before = current(target)
        # A number is never used twice: somebody may still read what bore it.
        used = [*_beside(target, "duckdb"), *([before] if before else [])]
        number = max(map(_number, used), default=0) + 1
        final = target.with_name(f"{target.stem}-{number:05}.duckdb")
        draft = final.with_suffix(".draft")
        pointer = target.with_name(f"{target.name}.next")
        try:
            _copy_current(before, target, draft)
            yield draft
            _flush(draft)
            draft.replace(final)
            pointer.write_text(f"{final.name}\n", encoding="utf-8")
            _flush(pointer)
            pointer.replace(target)
        except BaseException:
            _take_back(target, final, pointer)
            raise
        _flush_names(target.parent)
        _forget(target, {final, before})  # slow readers may still hold the former one


def _take_back(target: Path, final: Path, pointer: Path) -> None:
    left = [*_beside(target, r"draft(\..*)?"), pointer]
    with contextlib.suppress(WarehouseError):
        if current(target) != final:  # an interruption may come when all is done
            left.append(final)
    for path in left:
        with contextlib.suppress(OSError):
            _remove(path)


@contextlib.contextmanager
def scratch_generation(target: Path) -> Iterator[Path]:
    """A writable copy of the current generation that vanishes; beside the target nothing is made.

    Raises WarehouseError as `current` does, and when there is no room for a copy.
    """
    with tempfile.TemporaryDirectory(prefix="rapporteur-") as folder:
        draft = Path(folder) / "scratch.duckdb"
        try:
            _copy_current(current(target), target, draft)
        except OSError as error:
            raise cannot_be_written(draft, error.strerror or str(error)) from error
        yield draft


def forget_former(target: Path) -> list[Path]:
    """Remove every generation but the current one, and return those that could not be removed.

    Raises WarehouseError as `next_generation` does.
    """
    with _writing(target):
        return _forget(target, {current(target)})


def _forget(target: Path, kept: Collection[Path | None]) -> list[Path]:
    left = []
    for path in _beside(target, "duckdb"):
        if path not in kept:
            try:
                path.unlink()
            except PermissionError:  # Windows keeps a file that is open
                left.append(path)
    _flush_names(target.parent)
    return left
