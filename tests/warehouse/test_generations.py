"""Files behind the pointer: readers are never disturbed, and a load is all or nothing."""

import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from rapporteur.delivery import loading
from rapporteur.settings import ROOT
from rapporteur.warehouse import generations
from rapporteur.warehouse.generations import WarehouseError, next_generation
from rapporteur.warehouse.reading import TIME_ZONE, open_current
from rapporteur.warehouse.writing import Definitions
from tests.conftest import DAY, MOMENT, Office

RESULTS = "implementation/results"


def test_the_pointer_names_the_generation_and_two_are_kept(office: Office) -> None:
    for number in range(1, 5):
        office.try_to_send(result=[{"text": f"Rezultatas {number}."}])
        files = set(office.files())
        assert office.target.read_text(encoding="utf-8") == f"office-{number:05}.duckdb\n"
        kept = {f"office-{one:05}.duckdb" for one in range(max(1, number - 1), number + 1)}
        assert files == {"office.duckdb", *kept}


def test_a_load_does_not_disturb_who_reads(office: Office) -> None:
    office.send(result=[{}])
    reader = open_current(office.target)

    for number in range(2, 5):  # more than are kept
        office.send(result=[{"text": f"Rezultatas {number}."}])

    assert reader.rows(RESULTS, as_of=DAY)[1][0][-1] == "Rezultatas."
    reader.close()
    assert office.ask(RESULTS)[0]["text"] == "Rezultatas 4."


def test_what_a_killed_loader_left_is_no_data(office: Office) -> None:
    office.send(result=[{}])
    before = office.files()
    killed = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys, time\n"
            "from pathlib import Path\n"
            "from rapporteur.delivery import loading\n"
            "from rapporteur.warehouse.writing import drafting\n"
            "with drafting(Path(sys.argv[1]), loading.definitions()) as draft:\n"
            "    draft._connection.execute('delete from stored.result')\n"
            "    print('ready', flush=True)\n"
            "    time.sleep(60)\n",
            str(office.target),
        ],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    with killed:
        assert killed.stdout is not None
        assert killed.stdout.readline() == "ready\n"
        killed.kill()
    left = {name for name in office.files() if name not in before}
    assert any(name.startswith("office-00002.draft") for name in left)

    assert [row["text"] for row in office.ask(RESULTS)] == ["Rezultatas."]
    office.send(result=[{"text": "Naujas."}])

    assert [row["text"] for row in office.ask(RESULTS)] == ["Naujas."]
    assert [row["version"] for row in office.ask("overview/versions")] == [1, 2]
    assert set(office.files()) == {
        "office.duckdb",
        "office-00001.duckdb",
        "office-00002.duckdb",
    }


def test_a_second_loader_waits_for_the_first(office: Office) -> None:
    office.send(result=[{}])
    path = office.workbook(result=[{"text": "Naujas."}])
    second = threading.Thread(target=office.load, args=(path,))

    with next_generation(office.target):
        second.start()
        time.sleep(0.5)
        assert second.is_alive()
        assert office.target.read_text(encoding="utf-8") == "office-00001.duckdb\n"
    second.join(timeout=60)

    assert not second.is_alive()
    assert [row["text"] for row in office.ask(RESULTS)] == ["Naujas."]
    assert office.target.read_text(encoding="utf-8") == "office-00003.duckdb\n"


def test_who_waits_too_long_is_told_so(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(generations, "_LOCK_SECONDS", 0.1)
    path = office.workbook(result=[{}])
    told: list[str] = []

    def load() -> None:
        try:
            office.load(path)
        except WarehouseError as error:
            told.append(str(error))

    with next_generation(office.target) as draft:
        draft.write_bytes(b"")
        other = threading.Thread(target=load)
        other.start()
        other.join(timeout=60)

    assert len(told) == 1
    assert "another load is running" in told[0]


def test_a_block_that_raises_changes_nothing(office: Office) -> None:
    office.send(result=[{}])
    before = office.files()

    def fail_while_writing() -> None:
        with next_generation(office.target) as draft:
            draft.write_bytes(b"x")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_while_writing()

    assert office.files() == before


@pytest.mark.parametrize("content", [b"", b"kita.duckdb", b"../office-00001.duckdb", b"\xff\xfe"])
def test_a_pointer_to_nowhere_is_refused(office: Office, content: bytes) -> None:
    office.target.parent.mkdir()
    office.target.write_bytes(content)

    with pytest.raises(WarehouseError):
        open_current(office.target)
    with pytest.raises(WarehouseError):
        office.try_to_send(result=[{}])
    assert office.files() == {"office.duckdb": content}


def test_a_generation_that_is_missing_is_told(office: Office) -> None:
    office.target.parent.mkdir()
    office.target.write_text("office-00007.duckdb\n", encoding="utf-8")

    with pytest.raises(WarehouseError, match="office-00007"):
        open_current(office.target)


def test_a_folder_that_cannot_be_written_is_told(office: Office) -> None:
    office.target.parent.write_text("a file in the way", encoding="utf-8")

    with pytest.raises(WarehouseError):
        office.try_to_send(result=[{}])


def test_a_program_that_defines_the_views_anew_keeps_the_rows(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.send(result=[{}], activity=[{}])
    asked = office.ask(RESULTS)
    assert office.target.read_text(encoding="utf-8") == "office-00001.duckdb\n"
    office.close()
    drop_a_view(office.target)

    monkeypatch.setattr(Definitions, "digest", "another")
    opened = loading.open_renewed(office.target)
    assert opened.build == "another"
    opened.close()

    assert office.target.read_text(encoding="utf-8") == "office-00002.duckdb\n"
    assert office.ask(RESULTS) == asked
    assert len(office.ask("activities/list")) == 1
    assert [row["version"] for row in office.ask("overview/versions")] == [1]
    # Built once: who opens it next finds it as it should be.
    assert office.target.read_text(encoding="utf-8") == "office-00002.duckdb\n"


def drop_a_view(target: Path) -> None:
    """As an older program would have left it."""
    import duckdb

    with duckdb.connect(str(generations.current(target))) as connection:
        connection.execute("drop view answer")


def test_a_version_knows_when_by_whom_and_from_what(office: Office) -> None:
    office.send(sender="PD", result=[{}])

    [version] = office.ask("overview/versions")

    assert (version["version"], version["action"], version["institution"]) == (1, "load", "PD")
    assert (version["actor"], version["files"], version["is_current"]) == (
        "tester",
        ["T-1.xlsx"],
        True,
    )
    assert version["loaded_at"] == MOMENT.astimezone(TIME_ZONE).replace(tzinfo=None)
