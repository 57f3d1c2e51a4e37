"""No order of loads, undoings and losses of files loses rows that a file still holds."""

import contextlib
import os
import re
import shlex
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import duckdb
import hypothesis
import pyarrow as pa
import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from rapporteur import settings
from rapporteur.__main__ import main
from rapporteur.delivery import loading, versions
from rapporteur.settings import ROOT
from rapporteur.warehouse import generations, scratch, verification
from rapporteur.warehouse.generations import PointerLost, WarehouseError
from rapporteur.warehouse.inventory import Inventory, inventory
from rapporteur.warehouse.reading import open_current
from rapporteur.warehouse.writing import NewVersion, drafting
from tests.conftest import MOMENT, Office

DEFINED = loading.definitions()


def advised(trouble: WarehouseError) -> list[str]:
    """The words of the command that a message advises."""
    [command] = re.findall(r"^ *python -m rapporteur (.+)$", str(trouble), re.M)
    return shlex.split(command)


class Killed(BaseException):
    """A loader that ends at once, without any of its own tidying up."""


class Losses(RuleBasedStateMachine):
    """Loads and undoings, and what happens to files meanwhile.

    `held` tells which versions each file holds; the rows of a version are lost only when every
    file that holds them was.
    """

    def __init__(self) -> None:
        super().__init__()
        generations._POINTER_SECONDS = 0.0
        self.folder = tempfile.TemporaryDirectory(prefix="tests-of-losses-")
        self.office = Office(Path(self.folder.name))
        self.office.send("D-0", result=[{}])
        self.target = self.office.target
        self.number = 1
        self.held: dict[str, dict[int, str]] = {path.name: {} for path in self.generations()}
        self.held[self.current().name] = {1: "Rezultatas."}

    def teardown(self) -> None:
        generations._POINTER_SECONDS = 0.2
        self.office.close()
        self.folder.cleanup()

    def generations(self) -> list[Path]:
        return sorted(self.target.parent.glob("office-*.duckdb"))

    def current(self) -> Path:
        """The current generation, found by following what the program advises where it is lost."""
        try:
            open_current(self.target).close()
        except PointerLost as lost:
            exit_code = main(advised(lost))
            if exit_code:
                raise
        found = generations.current(self.target)
        assert found is not None
        return found

    def store(self, delivery: str) -> None:
        self.number += 1
        place = {"file": "p.xlsx", "sheet": "S", "row": 2, "row_key": "k", "recommendation": "R1"}
        text = f"Tekstas {self.number}"
        table = pa.Table.from_pylist([{"text": text, **place}], DEFINED.tables["result"])
        new = NewVersion(delivery, "VRM", 2020, None, (("p.xlsx", text, b"x"),), {"result": table})
        before = dict(self.held[self.current().name])
        with drafting(self.target, DEFINED) as draft:
            version = draft.add(new, draft.changes(new), at=MOMENT, actor="t")
        self.held[self.current().name] = {**before, version: text}

    @rule(delivery=st.sampled_from(["D-1", "D-2"]))
    def load(self, delivery: str) -> None:
        self.current()
        self.store(delivery)

    @rule(delivery=st.sampled_from(["D-1", "D-2"]), step=st.integers(0, 3))
    def kill_a_load(self, delivery: str, step: int) -> None:
        """The loader dies before it moves its nth file."""
        self.current()
        moved: list[Path] = []
        original = Path.replace

        def replace(path: Path, to: Path) -> Path:
            if len(moved) == step:
                raise Killed
            moved.append(path)
            return original(path, to)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Path, "replace", replace)
            patch.setattr(generations, "_take_back", lambda *_: None)
            with contextlib.suppress(Killed):
                self.store(delivery)

    @rule()
    def withdraw(self) -> None:
        name = self.current().name
        with contextlib.suppress(loading.WrongUse):
            versions.withdraw(self.target, "D-1", moment=MOMENT, actor="t")
        self.held[self.current().name] = dict(self.held[name])

    @precondition(lambda self: self.held[self.current().name])
    @rule(which=st.integers(0, 9))
    def restore(self, which: int) -> None:
        name = self.current().name
        known = sorted(self.held[name])
        versions.restore(self.target, known[which % len(known)], moment=MOMENT, actor="t")
        self.held[self.current().name] = dict(self.held[name])

    @rule()
    def lose_the_pointer(self) -> None:
        self.target.unlink(missing_ok=True)

    @rule(content=st.sampled_from([b"", b"office-", b"\xff\xfe", b"office-09999.duckdb\n"]))
    def spoil_the_pointer(self, content: bytes) -> None:
        self.target.write_bytes(content)

    def lose(self, path: Path) -> None:
        path.unlink()
        self.held.pop(path.name, None)

    def others(self) -> list[Path]:
        now = self.current()
        return [path for path in self.generations() if path != now]

    @precondition(lambda self: self.others())
    @rule()
    def lose_a_former_generation(self) -> None:
        self.lose(self.others()[0])

    @precondition(lambda self: self.others())
    @rule()
    def lose_the_current_generation(self) -> None:
        self.lose(self.current())

    @rule()
    def leave_a_lock_and_a_draft(self) -> None:
        self.target.with_name("office.duckdb.lock").touch()
        self.target.with_name("office-09998.draft").write_bytes(b"half")

    @invariant()
    def what_was_accepted_is_reachable(self) -> None:
        newest = self.current()
        warehouse = open_current(self.target)
        cursor = warehouse._connection.cursor()
        stored = dict(cursor.execute("select version, text from stored.result").fetchall())
        warehouse.close()
        if newest.name in self.held:
            expected = self.held[newest.name]
        else:  # whole, of a loader that was killed at its very end
            expected = max(self.held.items())[1]
            self.held[newest.name] = dict(stored)
        assert expected.items() <= stored.items()
        there = {path.name for path in self.target.parent.iterdir()}
        best = max((set(rows) for name, rows in self.held.items() if name in there), key=len)
        assert best <= stored.keys()


TestLosses = Losses.TestCase
TestLosses.settings = hypothesis.settings(
    max_examples=4,
    stateful_step_count=7,
    deadline=None,
    derandomize=True,
    database=None,
    print_blob=True,
    phases=[hypothesis.Phase.generate],
    suppress_health_check=list(hypothesis.HealthCheck),
)


@pytest.fixture
def lost(office: Office) -> Office:
    """Two generations whose pointer is gone."""
    office.send("D-1", result=[{}])
    office.send("D-2", sender="PD", statistic=[{}])
    office.target.unlink()
    return office


def test_nothing_begins_anew_beside_generations_without_a_pointer(
    lost: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    before = lost.files()
    there = ["--database", str(lost.target)]
    for words in (
        ["load", "--shipped"],
        ["check", str(lost.workbook("D-3", result=[{}]))],
        ["ask", "overview/versions"],
        ["history"],
        ["withdraw", "D-1"],
        ["restore", "1"],
        ["purge", "1", "--reason", "x"],
        ["export", "--delivery", "D-1", str(lost.folder / "x.xlsx")],
        ["report", "2020", str(lost.folder / "x.docx")],
    ):
        assert main([*words, *there]) == 2, words
        said = capsys.readouterr().err
        assert "office-00002.duckdb" in said
        assert "D-1, D-2" in said
        assert f"use-generation office-00002.duckdb --database {lost.target}" in said
    assert lost.files() == before


def test_a_generation_that_is_no_whole_database_is_not_made_current(
    lost: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = lost.target.parent
    whole = (folder / "office-00002.duckdb").read_bytes()
    (folder / "office-00003.duckdb").write_bytes(b"nothing")
    (folder / "office-00004.duckdb").write_bytes(whole[:-200_000])
    duckdb.connect(str(folder / "office-00005.duckdb")).close()
    (folder / "office-00006.draft").write_bytes(whole)
    there = ["--database", str(lost.target)]

    for number, code in ((3, 1), (4, 1), (5, 1), (6, 2), (7, 2)):
        assert main(["use-generation", f"office-0000{number}.duckdb", *there]) == code, number
        assert f"office-0000{number}" in capsys.readouterr().err
        assert not lost.target.exists()
    assert main(["use-generation", "office-00002", "--json", *there]) == 0
    assert '"deliveries":["D-1","D-2"]' in capsys.readouterr().out
    assert main(["use-generation", "office-00002", *there]) == 0  # it is
    assert main(["use-generation", "office-00001", *there]) == 1  # that is what restore is for
    assert "restore" in capsys.readouterr().err


def test_a_newer_generation_is_set_aside_and_can_be_used_again(lost: Office) -> None:
    there = ["--database", str(lost.target)]
    assert main(["use-generation", "office-00001.duckdb", *there]) == 0
    lost.send("D-3", result=[{"position": 2}])
    assert "office-00002.duckdb.aside" in lost.files()

    assert main(["use-generation", "office-00002.duckdb", *there]) == 0

    assert {row["code"] for row in lost.ask("overview/deliveries")} == {"D-1", "D-2"}
    lost.close()
    versions.purge(lost.target, 2, "asmens duomenys", moment=MOMENT, actor="t")
    assert len([name for name in lost.files() if "office-" in name]) == 1


def test_a_generation_that_does_not_open_leads_to_the_former_one(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    office.send("D-1", result=[{}])
    office.send("D-1", result=[{"text": "Naujas."}])
    office.close()
    (office.target.parent / "office-00002.duckdb").write_bytes(b"spoilt")

    for words in (["history"], ["load", str(office.workbook("D-2", statistic=[{}]))]):
        assert main([*words, "--database", str(office.target)]) == 2
        said = capsys.readouterr().err
        assert "use-generation office-00001.duckdb" in said
    assert main(["use-generation", "office-00001.duckdb", "--database", str(office.target)]) == 0
    assert office.ask("implementation/results")[0]["text"] == "Rezultatas."


CHECK_THAT_WAITS = """
import sys, time
from pathlib import Path
from rapporteur.delivery import loading
from rapporteur.warehouse.writing import drafting
with drafting(Path(sys.argv[1]), loading.definitions(), publish=False):
    print("ready", flush=True)
    time.sleep(60)
"""


@pytest.mark.skipif(os.name != "posix", reason="signals")
@pytest.mark.parametrize("is_read_first", [False, True])
def test_a_generation_that_a_load_removes_meanwhile_is_no_trouble(
    office: Office, monkeypatch: pytest.MonkeyPatch, *, is_read_first: bool
) -> None:
    office.send("D-1", result=[{}])
    office.send("D-2", sender="PD", statistic=[{}])
    former, current = generations.beside(office.target)

    def meanwhile(path: Path, *, read_all: bool) -> Inventory:
        if path == former and not is_read_first:
            path.unlink()
        found = inventory(path, read_all=read_all)
        former.unlink(missing_ok=True)
        return found

    monkeypatch.setattr(verification, "inventory", meanwhile)
    verified = verification.verify(office.target)

    assert verified is not None
    assert (verified.troubles, verified.generations) == ((), 1)
    assert verified.current == current.name


def test_a_killed_check_leaves_no_copy(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.send("D-1", result=[{}])
    temporary = office.folder / "temporary"
    temporary.mkdir()
    with subprocess.Popen(
        [sys.executable, "-c", CHECK_THAT_WAITS, str(office.target)],
        cwd=ROOT,
        env={**settings.child_environment(), "TMPDIR": str(temporary)},
        stdout=subprocess.PIPE,
        text=True,
    ) as check:
        assert check.stdout is not None
        assert check.stdout.readline() == "ready\n"
        check.send_signal(signal.SIGKILL)

    [left] = temporary.iterdir()
    assert [path.name for path in left.rglob("*")] == [".lock"]  # not a byte of the data
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    (temporary / "rapporteur-not-ours").mkdir()
    scratch.remove_abandoned()
    assert left.exists()  # it may be about to be locked
    os.utime(left, (0, 0))
    scratch.remove_abandoned()
    assert [path.name for path in temporary.iterdir()] == ["rapporteur-not-ours"]


def test_a_folder_in_use_is_not_removed() -> None:
    with scratch.scratch_folder() as folder:
        os.utime(folder, (0, 0))
        scratch.remove_abandoned()
        assert folder.exists()
    assert not folder.exists()
