"""Versioned database files behind a pointer, so that a load never disturbs a reader.

The target `rapporteur.duckdb` is a small text file that names the current generation,
`rapporteur-00007.duckdb` beside it. A load copies that generation, changes the copy, and moves the
pointer in one step: readers see all of the old or all of the new. A pointer file and not a
symbolic link, because Windows asks for special rights to make one.
"""

import contextlib
import dataclasses
import functools
import os
import re
import shlex
import shutil
import time
from collections.abc import Collection, Iterator
from pathlib import Path

import filelock

from rapporteur.warehouse.inventory import Inventory, inventory
from rapporteur.warehouse.scratch import remove_abandoned, scratch_folder

_LOCK_SECONDS = 120
# How long the first load may take from the name of its generation to that of the pointer.
_POINTER_SECONDS = 0.2
# The ending of a generation newer than the one that the pointer names: it is never deleted.
_ASIDE = ".aside"


class WarehouseError(Exception):
    """The database cannot be read or written; the message says why and what to do."""


class NoGeneration(WarehouseError):
    """No generation was named that can be made the current one; the message lists those there."""


class GenerationRefused(WarehouseError):
    """A generation may not be made the current one; the message says why."""


class PointerLost(WarehouseError):
    """The pointer names no generation that can be read, and generations lie beside it.

    The message says what is there and which command makes it current again.
    """

    def __init__(self, target: Path, reason: str) -> None:
        super().__init__(target, reason)
        self.target = target
        self.reason = reason

    @functools.cached_property
    def found(self) -> list[Inventory]:
        """Inventories of the generations beside the pointer, the newest first."""
        return found_beside(self.target)

    @functools.cached_property
    def command(self) -> str | None:
        """The command that loses least: it names the newest generation that can be read."""
        usable = [one.name for one in self.found if one.trouble is None]
        if not usable:
            return None
        return (
            f"python -m rapporteur use-generation {usable[0]} "
            f"--database {shlex.quote(str(self.target))}"
        )

    def __str__(self) -> str:
        """Why, what is there, and the command, each on a line of its own."""
        lines = [f"{self.target}: {self.reason}"]
        lines += [f"  {described(one)}" for one in self.found]
        if self.command:
            lines.append("Nieko neištrinta; grąžinkite taip (nothing was deleted; bring it back):")
            lines.append(f"  {self.command}")
        else:
            lines.append(
                "Atkurkite failą iš atsarginės kopijos (bring the file back from a backup copy)."
            )
        return "\n".join(lines)


def described(found: Inventory) -> str:
    """One line about a generation: its name, when it was last loaded into, what it holds."""
    if found.trouble is not None:
        return f"{found.name} – {found.trouble}"
    made = f"{found.last_made_at:%Y-%m-%d %H:%M} UTC, " if found.last_made_at else ""
    deliveries = ", ".join(found.deliveries) or "–"
    return (
        f"{found.name} – {made}versija (version) {found.version}, "
        f"eilučių (rows): {found.rows}, pateikimai (deliveries): {deliveries}"
    )


def current(target: Path) -> Path | None:
    """The file of the current generation, or None when nothing was ever loaded.

    Raises PointerLost when the pointer names no generation and there are some, WarehouseError when
    it names none and there are none.
    """
    try:
        return _pointed_at(target)
    except FileNotFoundError:
        if not beside(target):
            return None
    except WarehouseError:
        if not beside(target):
            raise
    # A first load may have named its generation and be about to point to it.
    time.sleep(_POINTER_SECONDS)
    try:
        return _pointed_at(target)
    except FileNotFoundError:
        raise PointerLost(
            target, "rodyklės nėra, o duomenys yra (the pointer is gone, the data are there):"
        ) from None
    except WarehouseError as error:
        raise PointerLost(
            target,
            "rodyklė sugadinta, o duomenys yra (the pointer is broken, the data are there):",
        ) from error


def _pointed_at(target: Path) -> Path:
    try:
        with target.open("rb") as file:
            text = file.read(300).decode("utf-8").strip()
    except FileNotFoundError:
        raise
    except (OSError, UnicodeDecodeError) as error:
        raise WarehouseError(f"{target} nėra duomenų bazės rodyklė (is no pointer).") from error
    if not re.fullmatch(rf"{re.escape(target.stem)}-\d+\.duckdb", text):
        raise WarehouseError(
            f"{target} nerodo į duomenų bazės versiją (does not point to a generation)."
        )
    return target.with_name(text)


def beside(target: Path) -> list[Path]:
    """The generations that lie beside the pointer, those set aside too, the oldest first."""
    if not target.parent.is_dir():
        return []
    return _beside(target, rf"duckdb({re.escape(_ASIDE)})?")


def found_beside(target: Path) -> list[Inventory]:
    """Inventories of the generations beside the pointer, the newest first."""
    return [inventory(path) for path in reversed(beside(target))]


def _number(generation: Path) -> int:
    return int(generation.name.partition(".duckdb")[0].rpartition("-")[2])


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
        remove_abandoned()
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
        raise unusable(target, before)
    shutil.copyfile(before, draft)


def unusable(target: Path, generation: Path) -> WarehouseError:
    """The pointer names a file that is not there or does not open."""
    if not generation.exists():
        reason = f"trūksta failo (a file is missing): {generation}"
    else:
        reason = f"failas neatsidaro (a file does not open): {described(inventory(generation))}"
    if [path for path in beside(target) if path != generation]:
        return PointerLost(target, reason)
    advice = "Atkurkite jį iš atsarginės kopijos (bring it back from a backup copy)."
    return WarehouseError(f"{target}: {reason}\n{advice}")


@contextlib.contextmanager
def next_generation(target: Path) -> Iterator[Path]:
    """A writable copy of the current generation that becomes current when the block ends well.

    One writer at a time; a second one waits. When the block raises, nothing has changed. Raises
    WarehouseError when another writer holds the database for two minutes, the folder cannot be
    written, or the current generation is missing.
    """
    with _writing(target):
        before = current(target)
        pointer = target.with_name(f"{target.name}.next")
        # A number is never used twice: somebody may still read what bore it.
        used = [*beside(target), *([before] if before else [])]
        number = max(map(_number, used), default=0) + 1
        final = target.with_name(f"{target.stem}-{number:05}.duckdb")
        draft = final.with_suffix(".draft")
        if before is not None and before.exists():
            _remove_unfinished(target, pointer, before)
        try:
            _copy_current(before, target, draft)
            yield draft
            _flush(draft)
            pointer.write_text(f"{final.name}\n", encoding="utf-8")
            _flush(pointer)
            draft.replace(final)
            pointer.replace(target)
        except BaseException:
            _take_back(target, final, pointer)
            raise
        if before is not None:
            _keep_newer(target, before, final)
        _forget(target, {final, before})  # slow readers may still hold the former one


def _remove_unfinished(target: Path, pointer: Path, before: Path) -> None:
    """Remove the generation of a loader that was killed just before it would have pointed to it."""
    with contextlib.suppress(OSError, UnicodeDecodeError):
        named = pointer.read_text(encoding="utf-8").strip()
        for path in _beside(target, "duckdb"):
            if path.name == named and _number(path) > _number(before):
                path.unlink()


def _take_back(target: Path, final: Path, pointer: Path) -> None:
    left = [*_beside(target, r"draft(\..*)?"), pointer]
    with contextlib.suppress(WarehouseError):
        try:
            is_done = _pointed_at(target) == final  # an interruption may come when all is done
        except FileNotFoundError:
            is_done = False
        if not is_done:
            left.append(final)
    for path in left:
        with contextlib.suppress(OSError):
            _remove(path)


@contextlib.contextmanager
def scratch_generation(target: Path) -> Iterator[Path]:
    """A writable copy of the current generation that vanishes; beside the target nothing is made.

    Raises WarehouseError as `current` does, and when there is no room for a copy.
    """
    with contextlib.ExitStack() as stack:
        draft = target
        try:
            draft = stack.enter_context(scratch_folder()) / "scratch.duckdb"
            _copy_current(current(target), target, draft)
        except OSError as error:
            raise cannot_be_written(draft, error.strerror or str(error)) from error
        yield draft


def forget_former(target: Path) -> list[Path]:
    """Remove every generation but the current one, and return those that could not be removed.

    Those set aside go, too: it is for a purge. Raises WarehouseError as `next_generation` does.
    """
    with _writing(target):
        kept = current(target)
        return _forget(target, {kept}, [path for path in beside(target) if path != kept])


def _keep_newer(target: Path, before: Path, final: Path) -> None:
    """Set generations aside that are newer than the one that the pointer named, and not ours.

    They were left when an older one was made current.
    """
    for path in _beside(target, "duckdb"):
        if path != final and _number(path) > _number(before):
            with contextlib.suppress(OSError):
                path.replace(path.with_name(f"{path.name}{_ASIDE}"))


def _forget(
    target: Path, kept: Collection[Path | None], paths: Collection[Path] | None = None
) -> list[Path]:
    """Remove these generations, by default all that are not set aside; return those that stay.

    The load is done by now, so that nothing here makes it fail.
    """
    left = []
    for path in _beside(target, "duckdb") if paths is None else paths:
        if path not in kept:
            try:
                path.unlink(missing_ok=True)
            except OSError:  # Windows keeps a file that is open
                left.append(path)
    with contextlib.suppress(OSError):
        _flush_names(target.parent)
    return left


def use_generation(target: Path, name: str) -> Inventory:
    """Make a generation that lies beside the pointer the current one, and return what it holds.

    Every value is read first. Raises NoGeneration for a name that is not there, GenerationRefused
    for a file that is no whole database of this program, and for one that is older than the one
    that the pointer names while that can be read.
    """
    with _writing(target):
        chosen = _named(target, name)
        held = inventory(chosen, read_all=True)
        if held.trouble is not None:
            raise GenerationRefused(f"{target}: netinka (cannot be used): {described(held)}")
        final = chosen.with_name(chosen.name.removesuffix(_ASIDE))
        now = None
        with contextlib.suppress(FileNotFoundError, WarehouseError):
            now = _pointed_at(target)
        if now == final:
            return held
        if now is not None:
            is_older = chosen == final and _number(final) < _number(now)
            if is_older and inventory(now).trouble is None:
                raise GenerationRefused(
                    f"{target}: rodyklė sveika ir rodo į {now.name}; ankstesnei versijai grąžinti "
                    f"yra restore (the pointer names {now.name}, which can be read; use restore to "
                    f"bring back an earlier version)."
                )
        if final != chosen:
            chosen.replace(final)
        pointer = target.with_name(f"{target.name}.next")
        pointer.write_text(f"{final.name}\n", encoding="utf-8")
        _flush(pointer)
        pointer.replace(target)
        with contextlib.suppress(OSError):
            _flush_names(target.parent)
        return dataclasses.replace(held, name=final.name)


def _named(target: Path, name: str) -> Path:
    """The generation of that name, with or without its folder and ending."""
    given = Path(name).name
    for path in beside(target):
        if given in (path.name, path.name.removesuffix(_ASIDE), path.stem):
            return path
    listed = "\n".join(f"  {described(one)}" for one in found_beside(target)) or "  –"
    raise NoGeneration(f"{target}: „{name}“ nėra (is not there). Yra (there are):\n{listed}")
