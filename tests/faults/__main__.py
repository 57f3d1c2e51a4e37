"""Plant each fault of planted.toml in a copy of the project and run the tests that should catch it.

    python -m tests.faults [NAME…]

Exits 1 when a fault is caught by no test, or when its old text is not found exactly once.
"""

import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rapporteur.settings import ROOT

RECORDS: Final = Path(__file__).with_name("planted.toml")
# Tests that ended as tests do: some failed. Any other exit is no catch but a broken run.
_FAILED: Final = 1
_SECONDS: Final = 600


@dataclass(frozen=True)
class Fault:
    """A search and a replacement in one file, and the tests that are to fail then."""

    name: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]

    def occurrences(self, root: Path = ROOT) -> int:
        """How often the old text stands in the file."""
        return (root / self.file).read_text(encoding="utf-8").count(self.old)

    def plant(self, root: Path) -> None:
        """Replace the text in the copy under `root`."""
        path = root / self.file
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace(self.old, self.new), encoding="utf-8")


def faults() -> list[Fault]:
    """Every fault that can be planted."""
    records = tomllib.loads(RECORDS.read_text(encoding="utf-8"))["fault"]
    return [Fault(**{**record, "tests": tuple(record["tests"])}) for record in records]


def is_caught(fault: Fault, copy: Path) -> bool:
    """Tell whether one of the fault's tests fails on a copy that holds it."""
    kept = (copy / fault.file).read_bytes()
    fault.plant(copy)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *fault.tests],
            cwd=copy,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    finally:
        (copy / fault.file).write_bytes(kept)
    return done.returncode == _FAILED


def copied(folder: Path) -> Path:
    """The project's own files in a folder; what was made or installed stays behind."""
    copy = folder / "project"
    left = shutil.ignore_patterns(".venv", ".git", "var", "__pycache__", ".*_cache", "node_modules")
    shutil.copytree(ROOT, copy, ignore=left)
    return copy


def main(names: Sequence[str]) -> int:
    """Plant the faults of these names, or all; 1 when any is not caught."""
    wanted = [fault for fault in faults() if not names or fault.name in names]
    missed = []
    with tempfile.TemporaryDirectory(prefix="rapporteur-faults-") as folder:
        copy = copied(Path(folder))
        for fault in wanted:
            if (found := fault.occurrences()) != 1:
                told = f"NOT PLANTED: its old text stands {found} times in {fault.file}"
            else:
                told = "caught" if is_caught(fault, copy) else "NOT CAUGHT"
            print(f"{fault.name}: {told}", flush=True)
            if told != "caught":
                missed.append(fault.name)
    print(f"{len(wanted) - len(missed)} of {len(wanted)} caught")
    return 1 if missed or not wanted else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
