"""Folders for what is looked at once; the next start removes what a killed process left in one."""

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import filelock

from rapporteur import settings

_PREFIX = "rapporteur-"
_LOCK = ".lock"
# A folder younger than this may belong to a process that is about to lock it.
_SECONDS_TO_LOCK = 60


@contextlib.contextmanager
def scratch_folder() -> Iterator[Path]:
    """A folder of this process alone, which vanishes when the block ends.

    Raises OSError when there is no room for it.
    """
    remove_abandoned()
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
    lock = filelock.FileLock(folder / _LOCK)
    try:
        lock.acquire()
        yield folder
    finally:
        lock.release()
        shutil.rmtree(folder, ignore_errors=True)


def remove_abandoned() -> None:
    """Remove the folders whose processes ended without removing them; others stay."""
    with contextlib.suppress(OSError):
        for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
            with contextlib.suppress(OSError, filelock.Timeout):
                if settings.now().timestamp() - folder.stat().st_mtime < _SECONDS_TO_LOCK:
                    continue
                if not (folder / _LOCK).is_file():  # somebody else's, of a like name
                    continue
                with filelock.FileLock(folder / _LOCK, timeout=0):
                    shutil.rmtree(folder, ignore_errors=True)
