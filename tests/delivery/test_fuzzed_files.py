"""Thousands of spoilt files: none raises, none changes the database, none leaves anything behind.

A mutant is made from a kind of file and a number, and the same from the same:
`python -m tests.delivery.test_fuzzed_files FIRST COUNT` loads COUNT of them, starting with number
FIRST, and prints what went wrong. `RAPPORTEUR_FUZZ=5000` makes that many in the tests, each read by
a process of its own; without it most are read by a copy of a process that is warm already.
"""

import contextlib
import importlib
import io
import json
import os
import random
import re
import runpy
import subprocess
import sys
import tempfile
import time
import traceback
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, cast

import xlsxwriter

from rapporteur.delivery import loading
from rapporteur.delivery.loading import Outcome
from rapporteur.settings import ROOT
from rapporteur.translations import LANGUAGES, translator
from tests.conftest import MOMENT, Office
from tests.delivery.hostile_files import (
    FIGURE,
    HEADER,
    Parts,
    biff_error,
    biff_row,
    ods,
    ods_row,
    xls,
)

WARM, COLD = 100, 20
BATCH = 25

Random = random.Random


# What is spoilt ----------------------------------------------------------------------------------

ACTIVITIES = ["Teritorinė aprėptis", "Savivaldybė", "Rūšis", "Veiklų skaičius", "Data nuo"]
RESULTS = ["Rekomendacija", "Ataskaitiniai metai", "Eilė", "Tekstas"]


def _xlsx(path: Path) -> Path:
    """A workbook as a program writes it: styles, shared texts, dates, formulas, merged cells."""
    with xlsxwriter.Workbook(path) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        about = book.add_worksheet("Pateikimas")
        about.write_row(0, 0, ["Kodas", "Institucija"])
        about.write_row(1, 0, [path.stem, "VRM"])
        sheet = book.add_worksheet("Rodikliai")
        sheet.write_row(0, 0, HEADER)
        for number in range(1, 6):
            sheet.write_row(number, 0, [2010 + number, FIGURE[1], 24 + number])
        sheet.write_formula("C7", "=SUM(C2:C3)", value=51)
        sheet.write_row("A7", [2019, FIGURE[1]])
        sheet = book.add_worksheet("Veiklos")
        sheet.write_row(0, 0, ACTIVITIES)
        for number, place in enumerate(("Vilnius", "LT-13", "Pakruojo"), 1):
            sheet.write_row(number, 0, ["savivaldybė", place, "paskaita", number])
            sheet.write_number(number, 4, 44075 + number, day)
        sheet.merge_range("F2:F4", "Pastabos")
        sheet.set_row(2, options={"hidden": True})
        sheet = book.add_worksheet("Rezultatai")
        sheet.write_row(0, 0, RESULTS)
        sheet.write_row(1, 0, ["R1", 2020, 1, "Šiaulių ąžuolai"])
    return path


def _ods(path: Path) -> Path:
    rows = ods_row(HEADER) + "".join(
        ods_row([2010 + number, FIGURE[1], 24 + number]) for number in range(5)
    )
    results = ods_row(RESULTS) + ods_row(["R1", 2020, 1, "Šiaulių ąžuolai"])
    return ods(path, {"Rodikliai": rows, "Rezultatai": results})


def _xls(path: Path) -> Path:
    rows = biff_row(0, HEADER) + b"".join(
        biff_row(number, [2010 + number, FIGURE[1], 24 + number]) for number in range(1, 6)
    )
    results = biff_row(0, RESULTS) + biff_row(1, ["R1", 2020, 1, "Šiaulių ąžuolai"])
    return xls(path, {"Rodikliai": rows, "Rezultatai": results + biff_error(2, 3, 0x2A)})


def _csv(path: Path) -> Path:
    lines = [";".join(RESULTS), *(f"R1;2020;{n};„Šiaulių“ ąžuolai, {n}" for n in range(1, 6))]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


KINDS: dict[str, Callable[[Path], Path]] = {"xlsx": _xlsx, "ods": _ods, "xls": _xls, "csv": _csv}


# How it is spoilt --------------------------------------------------------------------------------

NUMBERS = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFE, 0xFFFFFFFF)
WORDS = (
    *("", " ", "0", "-1", "1", "2", "1e308", "-1e999", "NaN", "true", "99999999999999999999"),
    *("A1", "C0", "XFD1048576", "ZZZZ9", "R1", "VRM", "LT-57", "=1+1", "#REF!", "e", "s", "d", "b"),
    *("str", "inlineStr", "n", "boolean", "date", "float", "1048576", "16384", "44075", "2958466"),
    *("Rodikliai", "Veiklos", "../../etc/passwd", "&#0;", "&#xD800;", "&lt;", "&x;", "<", "]]>"),
    *("\u202e", "\ufeff", "\x00", "\x0b", "ė" * 40_000, "2020-02-30", "24:00:00", "PT99H", "…"),
)


def _piece(content: bytes | bytearray, rng: Random) -> tuple[int, int]:
    start = rng.randrange(len(content) + 1)
    return start, min(len(content), start + rng.choice((1, 2, 8, 64, 512, 4096)))


def spoil_bytes(content: bytes, rng: Random) -> bytes:
    """Flipped, cut, doubled, swapped, overwritten."""
    changed = bytearray(content)
    for _ in range(rng.choice((1, 1, 2, 5, 20))):
        start, end = _piece(changed, rng)
        match rng.randrange(7):
            case 0 | 1:
                if start < len(changed):
                    changed[start] ^= 1 << rng.randrange(8)
            case 2:
                del changed[start:end]
            case 3:
                changed[start:start] = changed[start:end]
            case 4:
                other, last = _piece(changed, rng)
                changed[start:end] = changed[other:last]
            case 5:
                size = rng.choice((1, 2, 4))
                number = rng.choice(NUMBERS) & (256**size - 1)
                changed[start : start + size] = number.to_bytes(size, "little")
            case _:
                if rng.random() < 0.2:
                    del changed[start:]
    return bytes(changed)


def spoil_xml(content: bytes, rng: Random) -> bytes:
    """Values, names and elements changed, dropped, doubled and moved; most often still XML."""
    text = content.decode("utf-8", "replace")
    for _ in range(rng.choice((1, 1, 1, 2, 4))):
        match rng.randrange(7):
            case 0:
                spots = [one.span(1) for one in re.finditer(r'="([^"]*)"', text)]
            case 1:
                spots = [one.span(1) for one in re.finditer(r">([^<>]+)<", text)]
            case 2:
                spots = [one.span() for one in re.finditer(r'\s[\w:]+="[^"]*"', text)]
            case 3:
                spots = [one.span() for one in re.finditer(r"<(\w[\w:]*)[^<>]*>[^<>]*</\1>", text)]
            case 4:
                spots = [one.span() for one in re.finditer(r"<[^<>]+>", text)]
            case 5:
                spots = [one.span(1) for one in re.finditer(r"</?([\w:]+)", text)]
            case _:
                spots = [one.span() for one in re.finditer(r"<(row|c|si|sheet)\b.*?</\1>", text)]
        if not spots:
            continue
        start, end = rng.choice(spots)
        other, last = rng.choice(spots)
        new = rng.choice(
            (rng.choice(WORDS), text[other:last], "", text[start:end] * rng.choice((2, 50)))
        )
        text = text[:start] + new + text[end:]
    return text.encode("utf-8", "surrogatepass")


def spoil_archive(content: bytes, rng: Random) -> bytes:
    """One or two parts spoilt, dropped or exchanged, and packed again."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts: Parts = {name: archive.read(name) for name in archive.namelist()}
    read = [name for name in parts if re.search(r"sheet\d|workbook|shared|styles|content", name)]
    for _ in range(rng.choice((1, 1, 2))):
        name = rng.choice(read)
        match rng.randrange(10):
            case 0:
                parts.pop(name, None)
            case 1:
                parts[name] = parts.get(rng.choice(read), b"")
            case 2 | 3:
                parts[name] = spoil_bytes(parts.get(name, b""), rng)
            case _:
                parts[name] = spoil_xml(parts.get(name, b""), rng)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return packed.getvalue()


def mutant(number: int, folder: Path) -> Path:
    """The spoilt file of this number."""
    rng = Random(number)
    kind = rng.choice(("xlsx", "xlsx", "xlsx", "ods", "ods", "xls", "xls", "csv"))
    # The delivery of each is called by its number; a .csv says nothing of that.
    place = folder / f"{number}"
    place.mkdir()
    path = KINDS[kind](place / ("Rezultatai.csv" if kind == "csv" else f"m{number}.{kind}"))
    content = path.read_bytes()
    if kind in {"xlsx", "ods"} and rng.random() < 0.8:
        content = spoil_archive(content, rng)
    else:
        content = spoil_bytes(content, rng)
    path.write_bytes(content)
    return path


# What must hold ----------------------------------------------------------------------------------


def load(target: Path, paths: Sequence[Path]) -> list[Outcome]:
    return loading.load(
        paths,
        target,
        moment=MOMENT,
        actor="tester",
        delivery="CSV-1",
        institution="VRM",
        write=False,
        with_differences=True,
    )


def wrong_about(target: Path, paths: Sequence[Path]) -> list[str]:
    """What must not be, of each of these files that does it."""
    try:
        outcomes = load(target, paths)
    except Exception:  # what is looked for: anything at all that is raised
        if len(paths) > 1:
            half = len(paths) // 2
            return wrong_about(target, paths[:half]) + wrong_about(target, paths[half:]) or [
                f"{[path.parent.name for path in paths]}: together only\n{traceback.format_exc()}"
            ]
        return [f"{paths[0].parent.name} ({paths[0].name}): {traceback.format_exc()}"]
    found = []
    for problem in (one for outcome in outcomes for one in outcome.problems):
        for language in LANGUAGES:
            message = problem.message(translator(language).gettext)
            if "Traceback" in message or not re.fullmatch(r"[a-z]+(-[a-z]+)+", problem.code):
                found.append(f"{problem.file}: {problem.code}, {message[:300]}")
    if not outcomes:
        found.append(f"{[path.parent.name for path in paths]}: no outcome")
    return found


def contents(target: Path) -> dict[str, bytes]:
    return {
        path.name: path.read_bytes()
        for path in sorted(target.parent.iterdir())
        if path.suffix != ".lock"
    }


def run(first: int, count: int, folder: Path) -> list[str]:
    """Load so many mutants and say what went wrong."""
    office = Office(folder)
    office.send("PAGRINDAS", recommendation=[{}])
    before = contents(office.target)
    left_over = Path(tempfile.gettempdir())
    lying_about = {path.name for path in left_over.iterdir()}
    found = []
    for start in range(first, first + count, BATCH):
        with tempfile.TemporaryDirectory(dir=folder) as name:
            numbers = range(start, min(start + BATCH, first + count))
            paths = [mutant(number, Path(name)) for number in numbers]
            found += wrong_about(office.target, paths)
        if contents(office.target) != before:
            found.append(f"{start}: the database has changed")
            before = contents(office.target)
    if more := {path.name for path in left_over.iterdir()} - lying_about:
        found.append(f"left behind: {sorted(more)}")
    return found


class Forked:
    """Stands in for `subprocess.Popen([python, "-m", …])`: a copy of this process, already warm."""

    def __init__(self, words: Sequence[str], **_: Any) -> None:
        assert list(words[:2]) == [sys.executable, "-m"], words
        sys.stdout.flush()
        reading, writing = os.pipe()
        self.args = words
        self.returncode: int | None = None
        self.pid = os.fork()
        if self.pid == 0:
            self._become(words[2:], writing)
        os.close(writing)
        self.stdin = self.stderr = None
        self.stdout = os.fdopen(reading, "rb")

    def _become(self, words: Sequence[str], writing: int) -> None:
        code: Any = 1
        with contextlib.suppress(BaseException):
            nowhere = os.open(os.devnull, os.O_RDWR)
            for of_child, number in ((nowhere, 0), (writing, 1), (nowhere, 2)):
                os.dup2(of_child, number)
            sys.argv = list(words)
            try:
                runpy.run_module(words[0], run_name="__main__", alter_sys=True)
                code = 0
            except SystemExit as end:
                code = end.code or 0
            sys.stdout.flush()
        os._exit(code if isinstance(code, int) else 1)

    def poll(self) -> int | None:
        if self.returncode is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.returncode = os.waitstatus_to_exitcode(status)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        end = time.monotonic() + (timeout or 600)
        while self.poll() is None:
            if time.monotonic() > end:
                raise subprocess.TimeoutExpired(list(self.args), timeout or 600)
            time.sleep(0.001)
        assert self.returncode is not None
        return self.returncode

    def kill(self) -> None:
        if self.poll() is None:
            os.kill(self.pid, 9)

    terminate = kill

    def communicate(self, _: object = None, timeout: float | None = None) -> tuple[bytes, None]:
        out = self.stdout.read()
        self.wait(timeout)
        return out, None

    def __enter__(self) -> "Forked":
        return self

    def __exit__(self, *_: object) -> None:
        self.stdout.close()
        self.wait()


@contextlib.contextmanager
def warm_children() -> Iterator[None]:
    """Children begin as copies of this process, which takes 10 ms where a new one takes 300."""
    for name in ("defusedxml.ElementTree", "python_calamine", "xlrd"):
        importlib.import_module(name)
    before = subprocess.Popen
    subprocess.Popen = cast(Any, Forked)  # type: ignore[misc]
    try:
        yield
    finally:
        subprocess.Popen = before  # type: ignore[misc]


def fuzz(first: int, count: int, folder: Path, *, is_warm: bool) -> list[str]:
    """`run` in a process of its own, whose temporary files are seen."""
    words = [sys.executable, "-m", "tests.delivery.test_fuzzed_files", str(first), str(count)]
    done = subprocess.run(
        [*words, str(folder), *(["warm"] if is_warm else [])],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={
            **os.environ,  # noqa: TID251
            # A copy of a large process is large before it has read anything.
            **({"RAPPORTEUR_PARSER_MEMORY_MB": "3000"} if is_warm else {}),
            "RAPPORTEUR_PARSER_SECONDS": "10",
        },
    )
    assert done.returncode == 0, done.stderr
    return cast(list[str], json.loads(done.stdout.splitlines()[-1]))


MANY = int(os.environ.get("RAPPORTEUR_FUZZ") or 0)  # noqa: TID251


def test_spoilt_files_read_by_a_process_each(tmp_path: Path) -> None:
    found = fuzz(0, MANY or COLD, tmp_path, is_warm=False)

    assert not found, "\n".join(found)


def test_many_spoilt_files(tmp_path: Path) -> None:
    found = fuzz(1_000_000, WARM, tmp_path, is_warm=True)

    assert not found, "\n".join(found)


def test_mutants_are_spoilt_and_some_are_good_still(tmp_path: Path) -> None:
    """Mutants that all are refused at the door, or all are accepted, would prove nothing."""
    office = Office(tmp_path)
    office.send("PAGRINDAS", recommendation=[{}])
    (tmp_path / "files").mkdir()
    numbers = [number for number in range(60) if Random(number).random() >= 0.5][:24]

    outcomes = load(office.target, [mutant(n, tmp_path / "files") for n in numbers])

    codes = {one.code for outcome in outcomes for one in outcome.problems}
    assert "file-unreadable" in codes
    assert len(codes) > 2
    assert any(not outcome.problems for outcome in outcomes)


def main(words: Sequence[str]) -> int:
    """Carry out `FIRST COUNT [FOLDER [warm]]`."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(words[2] if len(words) > 2 else name)
        # What this process and its children leave behind is to be seen.
        (folder / "tmp").mkdir()
        tempfile.tempdir = os.environ["TMPDIR"] = str(folder / "tmp")  # noqa: TID251
        with warm_children() if "warm" in words else contextlib.nullcontext():
            found = run(int(words[0]), int(words[1]), folder)
    print(json.dumps(found, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
