"""Several processes at one database: readers, loaders, and loaders that die or cannot write."""

import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from rapporteur.settings import ROOT
from rapporteur.warehouse.generations import current
from tests.conftest import MOMENT, Office

pytestmark = pytest.mark.skipif(os.name != "posix", reason="uses signals, forks and limits")

# Two tables that every version fills alike: a mixture of versions would show.
PRELUDE = """
import datetime, json, os, signal, sys, time
from pathlib import Path
import pyarrow as pa
from rapporteur.delivery import loading
from rapporteur.warehouse import generations
from rapporteur.warehouse.reading import open_current
from rapporteur.warehouse.writing import NewVersion, drafting

TARGET = Path(sys.argv[1])
DAY = datetime.date(2030, 1, 1)
DEFINED = loading.definitions()

def rows(table, **values):
    return pa.Table.from_pylist([values], schema=DEFINED.tables[table])

def load(number, delivery="P-1"):
    place = {"file": "p.xlsx", "sheet": "S", "row": 2}
    new = NewVersion(delivery, "VRM", 2020, None, ((f"{number}.xlsx", str(number), b"x"),), {
        "result": rows("result", text=str(number), row_key="k", **place),
        "activity": rows("activity", scope="visa šalis", quote=str(number), **place),
    })
    with drafting(TARGET, DEFINED) as draft:
        return draft.add(new, draft.changes(new), at=datetime.datetime(2021, 1, 1, 12), actor="p")

def seen(warehouse):
    cursor = warehouse._connection.cursor()
    cursor.execute("set variable as_of = date '2030-01-01'")
    return cursor.execute(
        "select (select max(text) from result), (select max(quote) from activity), "
        "(select max(version) from stored.version)"
    ).fetchone()

def look():
    warehouse = open_current(TARGET)
    found = seen(warehouse)
    warehouse.close()
    return found
"""


def run(body: str, target: Path, *words: str, **options: Any) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", PRELUDE + body, str(target), *words],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **options,
    )


def finished(process: subprocess.Popen[str]) -> list[Any]:
    """What a process printed, a JSON document a line; it must end well."""
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    return [json.loads(line) for line in out.splitlines()]


# Readers -------------------------------------------------------------------------------------

READ = """
opened, generation, answers = None, None, []
print(json.dumps("ready"), flush=True)
while not Path(sys.argv[2]).exists():
    published = generations.current(TARGET)
    if published != generation:  # as the pages notice a new version
        if opened:
            opened.close()
        opened = open_current(TARGET)
        generation = opened.generation
    found = seen(opened)
    answers.append([generations._number(published), generations._number(generation), *found])
Path(sys.argv[3]).write_text(json.dumps(answers))
"""
LOAD = """
for number in range(int(sys.argv[2]), int(sys.argv[3])):
    load(f"{number:04}", sys.argv[4])
    print(json.dumps(number), flush=True)
"""


def test_readers_see_all_of_the_old_or_all_of_the_new(tmp_path: Path) -> None:
    target, stop = tmp_path / "data" / "office.duckdb", tmp_path / "stop"
    finished(run(LOAD, target, "1", "2", "P-1"))
    found = [tmp_path / f"{one}.json" for one in range(2)]
    readers = [run(READ, target, str(stop), str(path)) for path in found]
    for reader in readers:
        assert reader.stdout is not None
        assert reader.stdout.readline() == '"ready"\n'

    finished(run(LOAD, target, "2", "14", "P-1"))
    stop.touch()

    for reader, path in zip(readers, found, strict=True):
        assert finished(reader) == []
        answers = json.loads(path.read_text(encoding="utf-8"))
        assert len(answers) > 20
        for published, generation, result, activity, version in answers:
            assert generation >= published
            # Here generation, version and what its rows say all have one number.
            assert result == activity == f"{version:04}"
            assert version == generation
        versions = [answer[-1] for answer in answers]
        assert versions == sorted(versions)
        assert len(set(versions)) > 3


# Two loaders ---------------------------------------------------------------------------------


def test_of_loaders_at_once_none_is_lost(tmp_path: Path) -> None:
    target = tmp_path / "data" / "office.duckdb"

    loaders = [run(LOAD, target, "1", "6", f"P-{one}") for one in range(3)]
    for loader in loaders:
        assert finished(loader) == [1, 2, 3, 4, 5]

    [stored] = finished(
        run(
            "warehouse = open_current(TARGET)\n"
            "print(json.dumps([[v.number, v.delivery] for v in warehouse.history().values()]))",
            target,
        )
    )
    assert [number for number, _ in stored] == list(range(1, 16))
    assert sorted(delivery for _, delivery in stored) == ["P-0"] * 5 + ["P-1"] * 5 + ["P-2"] * 5
    assert current(target) == target.with_name("office-00015.duckdb")


def test_two_commands_that_load_at_once(office: Office) -> None:
    office.send("T-0", recommendation=[{}])
    paths = [office.workbook(f"T-{one}", result=[{"position": one}]) for one in (1, 2)]

    at = ["--database", str(office.target)]

    commands = [
        subprocess.Popen(
            [sys.executable, "-m", "rapporteur", "load", str(path), "--json", *at],
            cwd=ROOT,
            stdout=subprocess.PIPE,
        )
        for path in paths
    ]
    told = [json.loads(command.communicate(timeout=120)[0]) for command in commands]

    assert sorted(one["version"] for one in told) == [2, 3]
    far = MOMENT.date().replace(year=2100)
    assert len(office.ask("implementation/results", as_of=far)) == 2
    assert len(office.ask("overview/versions", as_of=far)) == 3


# A loader that is killed ---------------------------------------------------------------------

# Every step of a load that touches a file, so that it can die before and after each.
KILLED = """
import shutil

class Steps:
    left = None

    def __init__(self, owner, name):
        original = getattr(owner, name)
        def stepping(*words, **named):
            Steps.step()
            done = original(*words, **named)
            Steps.step()
            return done
        setattr(owner, name, stepping)

    @classmethod
    def step(cls):
        if cls.left is not None:
            cls.left -= 1
            if cls.left < 0:
                os.kill(os.getpid(), signal.SIGKILL)

def forked(work):
    here, there = os.pipe()
    child = os.fork()
    if not child:
        os.write(there, json.dumps(work()).encode())
        os._exit(0)
    os.close(there)
    return child, here

def answer(work):
    child, here = forked(work)
    found = os.read(here, 10_000)
    os.close(here)
    _, status = os.waitpid(child, 0)
    return json.loads(found) if found else None

def killed_at_step(number, label):
    for owner, name in ((shutil, "copyfile"), (os, "fsync"), (Path, "replace"),
                        (Path, "write_text"), (Path, "unlink"), (Path, "mkdir")):
        Steps(owner, name)
    Steps.left = number
    return load(label)

def report(label, loaded):
    after = answer(look)
    others = sorted(p.name for p in TARGET.parent.iterdir() if p.name != TARGET.name)
    again = answer(lambda: load(label + "n"))
    print(json.dumps({
        "loaded": loaded, "after": after, "left": others,
        "again": again, "then": answer(look),
        "kept": sorted(p.name for p in TARGET.parent.iterdir()),
    }), flush=True)

answer(lambda: load("0000"))
"""
AT_STEPS = """
for number in range(int(sys.argv[2])):
    label = f"{number + 1:04}"
    report(label, answer(lambda: killed_at_step(number, label)))
"""
AT_MOMENTS = """
for number in range(int(sys.argv[2])):
    label = f"{number + 1:04}"
    child, here = forked(lambda: load(label))
    time.sleep(0.15 * number / int(sys.argv[2]))
    os.kill(child, signal.SIGKILL)
    found = os.read(here, 10_000)
    os.close(here)
    os.waitpid(child, 0)
    report(label, json.loads(found) if found else None)
"""


def holds_the_old_or_the_new(reports: list[dict[str, Any]]) -> set[str]:
    """Check what each killed loader left; return which outcomes were met."""
    met = set()
    before = ("0000", 1)
    for number, one in enumerate(reports):
        label = f"{number + 1:04}"
        result, activity, version = one["after"]
        assert result == activity, one
        old, new = before, (label, before[1] + 1)
        assert (result, version) in {old, new}, one
        if one["loaded"] is not None:
            assert (result, version) == new, one
        met.add("old" if (result, version) == old else "new")
        # The next load works, and tidies up.
        assert one["again"] == version + 1, one
        assert one["then"] == [f"{label}n", f"{label}n", version + 1], one
        assert len(one["kept"]) <= 4, one  # the pointer, the lock, two generations
        assert not [name for name in one["kept"] if "draft" in name], one
        before = (f"{label}n", version + 1)
    return met


def test_a_loader_killed_at_any_step_leaves_the_old_or_the_new(tmp_path: Path) -> None:
    steps = 30

    reports = finished(run(KILLED + AT_STEPS, tmp_path / "data" / "office.duckdb", str(steps)))

    assert len(reports) == steps
    assert holds_the_old_or_the_new(reports) == {"old", "new"}
    assert reports[0]["loaded"] is None
    assert reports[-1]["loaded"] is not None  # every step was passed


def test_a_loader_killed_at_any_moment_leaves_the_old_or_the_new(tmp_path: Path) -> None:
    reports = finished(run(KILLED + AT_MOMENTS, tmp_path / "data" / "office.duckdb", "15"))

    assert len(reports) == 15
    holds_the_old_or_the_new(reports)


def test_what_a_killed_loader_wrote_ahead_is_not_taken_over(tmp_path: Path) -> None:
    target = tmp_path / "data" / "office.duckdb"
    finished(run(LOAD, target, "1", "2", "P-1"))
    # Killed between the commit and the checkpoint: the rows stand in the log beside the draft.
    body = (
        "from rapporteur.warehouse import writing\n"
        "class Dying:\n"
        "    def __init__(self, c): self._c = c\n"
        "    def __getattr__(self, name): return getattr(self._c, name)\n"
        "    def execute(self, sql, *more):\n"
        "        if sql == 'checkpoint': os.kill(os.getpid(), signal.SIGKILL)\n"
        "        return self._c.execute(sql, *more)\n"
        "connect = writing.duckdb.connect\n"
        "writing.duckdb.connect = lambda *words, **named: Dying(connect(*words, **named))\n"
        "load('9999')\n"
    )
    killed = run(body, target)
    killed.communicate(timeout=60)
    assert killed.returncode == -signal.SIGKILL
    assert target.with_name("office-00002.draft.wal").exists()

    finished(run(LOAD, target, "2", "3", "P-1"))

    [[result, activity, version]] = finished(run("print(json.dumps(look()))", target))
    assert (result, activity, version) == ("0002", "0002", 2)


# A disk that is full, a folder that may not be written ---------------------------------------


@pytest.fixture
def big(office: Office) -> Path:
    """A database, and a file for it that does not compress."""
    office.send("T-0", recommendation=[{}])
    letters = str.maketrans("0123456789", "ghijklmnop")  # long numbers might be somebody's
    texts = [os.urandom(400).hex().translate(letters) for _ in range(3_000)]
    lines = [f"R1;2020;{number};{text}" for number, text in enumerate(texts, 1)]
    path = office.folder / "Rezultatai.csv"
    path.write_text(
        "\n".join(["Rekomendacija;Ataskaitiniai metai;Eilė;Tekstas", *lines]), encoding="utf-8"
    )
    return path


# The owner of a folder who is root may write into it whatever its mode says; so that right goes.
WITHOUT_RIGHTS = """
import ctypes, sys
header, sets = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
assert ctypes.CDLL(None).capset(header, sets) == 0
from rapporteur.__main__ import main
sys.exit(main(sys.argv[1:]))
"""


def load_command(
    office: Office, *words: str | Path, limit: int | None = None
) -> subprocess.CompletedProcess[str]:
    def limited() -> None:
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    return subprocess.run(
        [sys.executable, "-c", WITHOUT_RIGHTS, *map(str, words), "--database", str(office.target)],
        cwd=ROOT,
        preexec_fn=limited,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize("room", [-1, 4_096, 300_000, 1_500_000, 2_500_000])
def test_a_full_disk_is_told_in_a_sentence_and_changes_nothing(
    office: Office, big: Path, room: int
) -> None:
    before = office.files()
    generation = current(office.target)
    assert generation is not None
    limit = generation.stat().st_size + room

    done = load_command(office, "load", big, *SENDER, limit=limit)

    assert done.returncode == 2, done.stderr
    [sentence] = done.stderr.splitlines()
    assert "cannot be written" in sentence
    assert str(office.target) in sentence
    assert office.files() == before
    assert load_command(office, "load", big, *SENDER).returncode == 0


SENDER = ("--delivery", "T-1", "--institution", "VRM")


@pytest.fixture
def shut(office: Office) -> Iterator[Callable[[], None]]:
    """Takes the right to write away from the folder of the database, for the test."""
    office.target.parent.mkdir(exist_ok=True)
    yield lambda: office.target.parent.chmod(0o555)
    office.target.parent.chmod(0o755)


@pytest.mark.parametrize("has_data", [True, False])
def test_a_folder_that_may_not_be_written_is_told_in_a_sentence(
    office: Office, shut: Callable[[], None], has_data: bool
) -> None:
    if has_data:
        office.send("T-0", recommendation=[{}])
    path = office.workbook(result=[{}])
    before = office.files()
    shut()
    began = time.monotonic()

    done = load_command(office, "load", path)

    assert done.returncode == 2, done.stderr
    [sentence] = done.stderr.splitlines()
    assert "cannot be written" in sentence
    assert office.files() == before
    assert time.monotonic() - began < 60  # nobody waits for a lock that cannot be had
    if has_data:  # who reads needs no right to write
        asked = load_command(office, "history")
        assert (asked.returncode, "T-0" in asked.stdout) == (0, True)
