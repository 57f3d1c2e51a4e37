"""What is done with versions after they were loaded, and what every earlier day then shows."""

import datetime
from pathlib import Path
from typing import Any

import pytest

from rapporteur.delivery import loading, versions
from rapporteur.delivery.loading import Outcome, WrongUse
from rapporteur.warehouse import differences, generations
from rapporteur.warehouse.differences import Change, Origin, TableDifference
from rapporteur.warehouse.generations import WarehouseError
from rapporteur.warehouse.reading import open_current
from tests.conftest import DAY, MOMENT, Office, Row
from tests.test_commands import OUTCOME_KEYS, Command


def days_later(count: int) -> datetime.datetime:
    return MOMENT + datetime.timedelta(days=count)


def restore(office: Office, version: int, day: int = 0) -> Outcome:
    return versions.restore(office.target, version, moment=days_later(day), actor="tester")


def withdraw(office: Office, delivery: str = "T-1", day: int = 0) -> Outcome:
    return versions.withdraw(office.target, delivery, moment=days_later(day), actor="tester")


def purge(office: Office, version: int, reason: str = "Prašymas.", day: int = 0) -> Outcome:
    return versions.purge(office.target, version, reason, moment=days_later(day), actor="tester")


def texts(office: Office, day: int = 0) -> list[str]:
    rows = office.ask("implementation/results", as_of=days_later(day).date())
    return [row["text"] for row in rows]


def history(office: Office, day: int = 0) -> list[Row]:
    return office.ask("overview/versions", as_of=days_later(day).date())


def told(outcome: Outcome) -> set[tuple[str, str | None, str | None, str, str | None]]:
    return {(p.file, p.sheet, p.cell, p.code, p.value) for p in outcome.problems}


@pytest.fixture
def two(office: Office) -> Office:
    """A delivery of two versions: „Pirmas.“ of 2019, then „Antras.“ and „Trečias.“ of 2020."""
    office.send(sender="VRM", year=2019, result=[{"text": "Pirmas."}], activity=[{}])
    office.send(
        sender="PD",
        year=2020,
        result=[{"text": "Antras."}, {"position": 2, "text": "Trečias."}],
        confirm=["delivery-of-another", "sheet-of-office"],
    )
    return office


# restore -------------------------------------------------------------------------------------


def test_restoring_makes_an_earlier_version_current_again(two: Office) -> None:
    outcome = restore(two, 1)

    assert (outcome.accepted, outcome.version, outcome.unchanged) == (True, 3, False)
    assert outcome.changes == {"result": Change(0, 1, 1), "activity": Change(1, 0, 0)}
    assert (outcome.rows["result"], outcome.rows["activity"]) == (1, 1)
    assert texts(two) == ["Pirmas."]
    assert len(two.ask("activities/list")) == 1
    [about] = two.ask("overview/delivery")
    assert (about["institution"], about["year"]) == ("VRM", 2019)
    made = history(two)[-1]
    assert (made["action"], made["of_version"], made["actor"]) == ("restore", 1, "tester")
    assert [row["is_current"] for row in history(two)] == [False, False, True]
    assert made["files"] == ["T-1.xlsx"]
    changed = two.ask("overview/last_load")
    assert {row["table_name"] for row in changed} >= {"result", "activity"}


def test_a_restored_version_leaves_others_alone(two: Office) -> None:
    two.send("T-2", sender="PD", result=[{"position": 9, "text": "Kito."}])

    restore(two, 1)

    assert texts(two) == ["Pirmas.", "Kito."]


def test_a_restore_of_a_restore_stands_for_the_same_load(two: Office) -> None:
    restore(two, 1)
    restore(two, 2)

    outcome = restore(two, 3)

    assert (outcome.version, texts(two)) == (5, ["Pirmas."])
    assert history(two)[-1]["of_version"] == 1


def test_what_is_current_is_restored_without_a_change(two: Office) -> None:
    before = two.files()
    for version in (2, 2):
        outcome = restore(two, version)
        assert (outcome.accepted, outcome.unchanged, outcome.version) == (True, True, 2)
    assert two.files() == before
    restore(two, 1)
    before = two.files()
    assert [restore(two, version).unchanged for version in (1, 3)] == [True, True]
    assert two.files() == before


def test_the_same_rows_under_another_note_are_restored(office: Office) -> None:
    office.send(source=[{}], year=2019)
    office.send(source=[{}], year=2020)

    assert restore(office, 1).unchanged is False
    assert office.ask("overview/delivery")[0]["year"] == 2019


def test_the_file_of_the_restored_version_changes_nothing(two: Office) -> None:
    path = two.workbook(sender="VRM", year=2019, result=[{"text": "Pirmas."}], activity=[{}])
    restore(two, 1)

    [again] = two.load(path)

    assert (again.unchanged, again.version) == (True, 1)


def test_a_withdrawn_delivery_is_restored(two: Office) -> None:
    withdraw(two)

    outcome = restore(two, 2)

    assert (outcome.version, texts(two)) == (4, ["Antras.", "Trečias."])
    assert outcome.changes["result"] == Change(2, 0, 0)


@pytest.mark.parametrize("of", ["nothing", "a withdrawal", "a purged one", "a restored purged one"])
def test_what_cannot_be_restored_is_told_in_a_sentence(two: Office, of: str) -> None:
    version = {"nothing": 99, "a withdrawal": 3, "a purged one": 1, "a restored purged one": 3}[of]
    if of == "a withdrawal":
        withdraw(two)
    if of == "a restored purged one":
        restore(two, 1)
        restore(two, 2)
    if "purged" in of:
        purge(two, 1)
    before = two.files()

    with pytest.raises(WrongUse, match=str(version)):
        restore(two, version)

    assert two.files() == before


def test_a_restored_row_may_not_refer_to_nothing(office: Office) -> None:
    office.send("T-1", recommendation=[{}, {"code": "R2"}])
    office.send("T-2", activity=[{}, {"recommendation": "R2"}])
    office.send("T-2", activity=[{}])
    office.send("T-1", recommendation=[{}])
    before = office.files()

    outcome = restore(office, 2)

    assert told(outcome) == {("T-2.xlsx", "Veiklos", "A3", "code-unknown", "R2")}
    assert (outcome.accepted, outcome.version) == (False, None)
    assert office.files() == before
    restore(office, 1)
    assert restore(office, 2).accepted


def test_what_a_restored_version_no_longer_defines_is_missed_elsewhere(office: Office) -> None:
    office.send("T-1", recommendation=[{}])
    office.send("T-1", recommendation=[{}, {"code": "R2"}], recommendation_part=[{}])
    office.send("T-2", activity=[{"recommendation": "R2"}], result=[{"part": "a"}])

    outcome = restore(office, 1)

    assert told(outcome) == {
        ("T-2.xlsx", "Veiklos", "A2", "code-unknown", "R2"),
        ("T-2.xlsx", "Rezultatai", "A2", "code-unknown", "R1 a"),
    }


def test_a_member_of_a_list_of_codes_may_not_refer_to_nothing(office: Office) -> None:
    office.send("T-1", institution=[{}])
    office.send("T-1", institution=[{}, {"code": "KITA"}])
    office.send("T-2", activity=[{"partners": "VRM; KITA"}, {}])

    assert told(restore(office, 1)) == {("T-2.xlsx", "Veiklos", "A2", "code-unknown", "KITA")}


def test_a_code_that_another_delivery_defines_by_now_is_not_defined_again(office: Office) -> None:
    office.send("T-1", recommendation=[{}, {"code": "R2"}])
    office.send("T-1", recommendation=[{}])
    sheets: dict[str, list[list[Any]]] = {
        "Pateikimas": [["Kodas", "Institucija"], ["T-2", "VRM"]],
        "Rekomendacijos": [
            ["Kodas", "Dokumentas", "Numeris", "Pateikimo metai", "Tekstas"],
            ["R2", "DOK", "2", 2020, "Kita."],
        ],
    }
    [sent] = office.load(office.grid("T-2.xlsx", sheets))
    assert sent.accepted

    assert told(restore(office, 1)) == {("T-1.xlsx", "Rekomendacijos", "A3", "code-twice", "R2")}


def test_a_judgement_may_not_be_left_on_silence(office: Office) -> None:
    office.send("T-1", addressee=[{}])
    office.send("T-1", addressee=[{}], response=[{}])
    office.send("T-2", assessment=[{}])

    by_restoring = restore(office, 1)

    assert [problem.code for problem in by_restoring.problems] == ["row-contradiction"]
    assert [problem.file for problem in by_restoring.problems] == ["T-2.xlsx"]


# withdraw ------------------------------------------------------------------------------------


def test_a_withdrawn_delivery_has_no_rows(two: Office) -> None:
    outcome = withdraw(two)

    assert (outcome.accepted, outcome.version, outcome.rows) == (True, 3, {})
    assert outcome.changes["result"] == Change(0, 0, 2)
    assert texts(two) == []
    assert two.ask("overview/delivery") == two.ask("overview/deliveries") == []
    assert [row["is_current"] for row in history(two)] == [False] * 3
    before = two.files()
    again = withdraw(two)
    assert (again.accepted, again.unchanged, again.version) == (True, True, 3)
    assert two.files() == before


def test_a_withdrawal_that_others_would_miss_is_refused(office: Office) -> None:
    office.send("T-1", recommendation=[{}], source=[{}])
    office.send("T-2", result=[{}], activity=[{"source": "S1"}])
    before = office.files()

    outcome = withdraw(office, "T-1")

    assert ("T-2.xlsx", "Rezultatai", "A2", "code-unknown", "R1") in told(outcome)
    assert ("T-2.xlsx", "Veiklos", "A2", "code-unknown", "S1") in told(outcome)
    assert office.files() == before
    assert withdraw(office, "T-2").accepted
    assert withdraw(office, "T-1").accepted


def test_what_never_was_is_not_withdrawn(two: Office) -> None:
    with pytest.raises(WrongUse, match="T-9"):
        withdraw(two, "T-9")


@pytest.mark.parametrize("table", ["response", "assessment"])
def test_withdrawing_the_row_loaded_last_brings_the_earlier_back(
    office: Office, table: str
) -> None:
    of = "text" if table == "response" else "reason"
    # Somebody answered, or nobody could be judged.
    answers: dict[str, list[Row]] = {} if table == "response" else {"response": [{}]}
    first: list[Row] = [{of: "Pirmas."}]
    office.send("T-1", addressee=[{}], **answers, **{table: first})
    office.send("T-2", **{table: [{of: "Antras."}]})
    office.send("T-3", **{table: [{of: "Trečias."}]})

    def shown() -> set[object]:
        warehouse = loading.open_renewed(office.target)
        try:
            view = warehouse._connection.cursor().table(f"standing_{table}")
            return {row[0] for row in view.project(of).fetchall()}
        finally:
            warehouse.close()

    assert shown() == {"Trečias."}
    withdraw(office, "T-3")
    assert shown() == {"Antras."}
    withdraw(office, "T-2")
    assert shown() == {"Pirmas."}
    restore(office, 2)
    assert shown() == {"Antras."}
    restore(office, 3)
    assert shown() == {"Trečias."}


def test_without_a_database_nothing_is_made(office: Office) -> None:
    with pytest.raises(WarehouseError, match="load --shipped"):
        restore(office, 1)
    with pytest.raises(WarehouseError, match="load --shipped"):
        withdraw(office)
    with pytest.raises(WarehouseError, match="load --shipped"):
        purge(office, 1)
    assert not office.target.parent.exists()


# purge ---------------------------------------------------------------------------------------

SECRET = "Vardenis Pavardenis ąžuolas 7f3a91c2e5"


def holding(office: Office, *words: str) -> set[str]:
    """The files beside the database that hold one of these words anywhere in their bytes."""
    found = set()
    for path in office.target.parent.rglob("*"):
        if path.is_file() and any(word.encode() in path.read_bytes() for word in words):
            found.add(path.suffix)
    return found


def secret_file(office: Office, name: str = "Rezultatai.csv", more: str = "") -> Path:
    path = office.folder / name
    lines = ["Rekomendacija;Ataskaitiniai metai;Eilė;Tekstas", f"R1;2020;1;{SECRET}", more]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.fixture
def secret(office: Office) -> Office:
    """Version 2 of delivery T-2 tells somebody's name; version 3 has put that right."""
    office.send("T-1", recommendation=[{}])
    [sent] = office.load(secret_file(office), delivery="T-2", institution="VRM")
    assert sent.accepted, sent.problems
    office.send("T-2", result=[{"text": "Be vardo."}])
    return office


def test_a_purged_version_is_gone_from_every_file(secret: Office) -> None:
    (secret.target.parent / "office-00009.draft").write_text(SECRET)  # left by a killed loader
    (secret.target.parent / "office-00009.draft.wal").write_text(SECRET)
    reader = open_current(secret.target)
    assert holding(secret, SECRET) == {".duckdb", ".draft", ".wal"}
    assert holding(secret, "Rezultatai.csv") == {".duckdb"}

    outcome = purge(secret, 2, "Asmuo paprašė.", day=1)

    assert (outcome.accepted, outcome.version, outcome.rows) == (True, 4, {"result": 1})
    assert (outcome.changes, outcome.notices) == ({}, [])
    assert holding(secret, SECRET, "Vardenis", "Rezultatai.csv") == set()
    reader.close()
    assert texts(secret, 1) == ["Be vardo."]
    _, gone, kept, made = history(secret, 1)
    assert (gone["delivery"], gone["files"], gone["is_purged"]) == ("T-2", None, True)
    assert (gone["note"], gone["actor"], len(gone["sha256"])) == (None, "tester", 1)
    assert (kept["is_current"], kept["is_purged"]) == (True, False)
    assert (made["action"], made["of_version"], made["reason"]) == ("purge", 2, "Asmuo paprašė.")
    assert made["loaded_at"].date() == days_later(1).date()
    warehouse = open_current(secret.target)
    assert warehouse.file(2, "Rezultatai.csv") is None
    assert warehouse.file(2, "") is None
    assert warehouse.file(3, "T-2.xlsx") == (secret.folder / "T-2.xlsx").read_bytes()
    warehouse.close()


def test_loading_goes_on_after_a_purge(secret: Office) -> None:
    purge(secret, 2)

    assert secret.send("T-2", result=[{"text": "Toliau."}]).version == 5
    assert restore(secret, 3).version == 6
    assert texts(secret) == ["Be vardo."]
    [again] = secret.load(secret_file(secret), delivery="T-2", institution="VRM")
    assert again.version == 7  # it is new to the database


def test_purging_again_finishes_what_was_left(secret: Office) -> None:
    former = generations.current(secret.target)
    assert former is not None
    content = former.read_bytes()
    purge(secret, 2)
    former.write_bytes(content)  # as if the purge had been killed after the new one was current
    assert holding(secret, SECRET) == {".duckdb"}

    again = purge(secret, 2)

    assert (again.accepted, again.unchanged, again.version) == (True, True, 4)
    assert holding(secret, SECRET) == set()


def test_the_load_after_an_interrupted_purge_finishes_it(secret: Office) -> None:
    former = generations.current(secret.target)
    assert former is not None
    content = former.read_bytes()
    purge(secret, 2)
    former.write_bytes(content)

    secret.send("T-2", result=[{"text": "Toliau."}])

    assert holding(secret, SECRET) == set()


def test_the_note_of_a_purged_version_goes_with_it(office: Office) -> None:
    sheets = {
        "Pateikimas": [["Kodas", "Institucija", "Pastaba"], ["T-2", "VRM", SECRET]],
        "Šaltiniai": [["Kodas", "Pavadinimas"], ["S9", "Šaltinis"]],
    }
    office.send("T-1", recommendation=[{}])
    office.load(office.grid("T-2.xlsx", sheets))
    office.send("T-2", result=[{}])
    restore(office, 2)
    restore(office, 3)
    assert holding(office, SECRET) == {".duckdb"}

    purge(office, 4)  # a restore stands for the load that it restored

    assert holding(office, SECRET) == set()
    assert [row["is_purged"] for row in history(office)] == [False, True, False, True, False, False]
    assert history(office)[-1]["of_version"] == 2


def test_what_other_versions_hold_is_told(secret: Office) -> None:
    more = secret_file(secret, "kitas/Rezultatai.csv".replace("/", "-"), "R1;2020;2;Antras.")
    more = more.rename(secret.folder / "Rezultatai.csv")
    [grown] = secret.load(more, delivery="T-2", institution="VRM")
    assert grown.version == 4
    [same] = secret.load(secret_file(secret), delivery="T-3", institution="VRM")
    assert same.version == 5, same.problems

    outcome = purge(secret, 2)

    assert [(p.code, p.file, p.value) for p in outcome.notices] == [
        ("held-elsewhere", "", "4"),
        ("held-elsewhere", "Rezultatai.csv", "5"),
    ]
    assert [p.values["rows"] for p in outcome.notices] == [1, 1]
    assert holding(secret, SECRET) == {".duckdb"}
    purge(secret, 4)
    outcome = purge(secret, 5)
    assert outcome.notices == []
    assert holding(secret, SECRET) == set()


def test_purging_the_current_version_withdraws_the_delivery(two: Office) -> None:
    outcome = purge(two, 2, day=1)

    assert (outcome.version, outcome.changes["result"]) == (3, Change(0, 0, 2))
    assert texts(two, 1) == texts(two, 0) == []
    assert two.ask("overview/delivery", as_of=days_later(1).date()) == []
    assert withdraw(two).unchanged
    assert withdraw(two).version == 3
    assert restore(two, 1, day=1).version == 4
    assert texts(two, 1) == ["Pirmas."]


def test_purging_what_a_current_restore_stands_for_withdraws_it(two: Office) -> None:
    restore(two, 1)

    outcome = purge(two, 1)

    assert outcome.changes["result"] == Change(0, 0, 1)
    assert texts(two) == []


def test_purging_what_others_refer_to_is_refused_as_a_withdrawal_is(office: Office) -> None:
    office.send("T-1", recommendation=[{"text": SECRET}])
    office.send("T-2", activity=[{"recommendation": "R1"}])
    before = office.files()

    outcome = purge(office, 1)

    assert (outcome.accepted, outcome.version) == (False, None)
    assert told(outcome) >= {("T-2.xlsx", "Veiklos", "A2", "code-unknown", "R1")}
    assert office.files() == before
    office.send("T-1", recommendation=[{"text": "Be vardo."}])
    assert purge(office, 1).accepted  # by now an older one
    assert holding(office, SECRET) == set()


@pytest.mark.parametrize(("version", "reason"), [(99, "x"), (3, "x"), (1, ""), (1, " \n")])
def test_a_purge_needs_a_version_with_rows_and_a_reason(
    two: Office, version: int, reason: str
) -> None:
    withdraw(two)
    before = two.files()

    with pytest.raises(WrongUse):
        purge(two, version, reason)

    assert two.files() == before


def test_a_database_of_an_earlier_program_learns_to_purge(two: Office) -> None:
    import duckdb

    with duckdb.connect(str(generations.current(two.target))) as connection:
        views = connection.execute(
            "select view_name from duckdb_views() where not internal and schema_name = 'main'"
        ).fetchall()
        for (name,) in views:
            connection.execute(f'drop view "{name}"')
        connection.execute("alter table stored.version drop column reason")
        connection.execute("update stored.build set digest = 'earlier'")

    assert [row["reason"] for row in history(two)] == [None, None]
    assert purge(two, 1, "Prašymas.").version == 3
    assert history(two)[-1]["reason"] == "Prašymas."


# diff ----------------------------------------------------------------------------------------


def diff(office: Office, *numbers: int, most: int = 1_000) -> versions.Comparison:
    return versions.diff(office.target, *numbers, most=most)


def lines(table: TableDifference) -> list[tuple[Any, ...]]:
    """Rows as (change, key, file and row on both sides, column: old → new)."""

    def place(origin: Origin | None) -> tuple[str, int] | None:
        return (origin.file, origin.row) if origin else None

    return [
        (
            row.change,
            versions.readable_key(row),
            place(row.before),
            place(row.after),
            {value.column: (value.old, value.new) for value in row.values},
        )
        for row in table.rows
    ]


def test_a_version_is_compared_with_the_one_before_it(office: Office) -> None:
    office.send(result=[{}, {"position": 2}, {"position": 3}], year=2019)
    office.send(
        result=[{"position": 4, "text": "Naujas."}, {"text": "Pakeistas."}, {"position": 2}],
        year=2020,
        name="kitas.xlsx",
        confirm=["would-remove"],
    )

    found = diff(office, 2)

    assert (found.delivery, found.old, found.new) == ("T-1", 1, 2)
    assert [(one.column, one.old, one.new) for one in found.about] == [("year", 2019, 2020)]
    assert found.tables.keys() == {"result"}
    assert found.tables["result"].change == Change(added=1, changed=1, removed=1)
    new = {"recommendation": "R1", "year": 2020, "position": 4, "text": "Naujas."}
    old = {"recommendation": "R1", "year": 2020, "position": 3, "text": "Rezultatas."}
    assert lines(found.tables["result"]) == [
        (
            "removed",
            "R1 · 2020 · 3",
            ("T-1.xlsx", 4),
            None,
            {name: (value, None) for name, value in old.items()},
        ),
        (
            "changed",
            "R1 · 2020 · 1",
            ("T-1.xlsx", 2),
            ("kitas.xlsx", 3),
            {"text": ("Rezultatas.", "Pakeistas.")},
        ),
        (
            "added",
            "R1 · 2020 · 4",
            None,
            ("kitas.xlsx", 2),
            {name: (None, value) for name, value in new.items()},
        ),
    ]


def test_two_versions_are_compared_in_the_order_given(two: Office) -> None:
    restore(two, 1)

    assert diff(two, 1, 2).tables["result"].change == Change(1, 1, 0)
    assert diff(two, 2, 1).tables["result"].change == Change(0, 1, 1)
    assert diff(two, 2, 3).tables == diff(two, 2, 1).tables
    assert (diff(two, 1, 3).tables, diff(two, 1, 3).about) == ({}, [])


def test_the_first_version_and_one_after_a_withdrawal_add_everything(two: Office) -> None:
    withdraw(two)
    restore(two, 2)

    first, withdrawal, last = diff(two, 1), diff(two, 3), diff(two, 4)

    assert (first.old, first.tables["result"].change) == (None, Change(1, 0, 0))
    assert {row.change for row in first.tables["activity"].rows} == {"added"}
    assert (withdrawal.old, withdrawal.tables["result"].change) == (2, Change(0, 0, 2))
    assert (last.old, last.tables["result"].change) == (None, Change(2, 0, 0))


def test_rows_that_may_be_alike_are_counted_one_by_one(office: Office) -> None:
    office.send(activity=[{}, {}, {}, {"count": 3}])
    office.send(activity=[{"count": 4}, {}, {}])

    found = diff(office, 2).tables["activity"]

    assert found.change == Change(added=1, changed=0, removed=2)
    assert [(one[0], one[1]) for one in lines(found)] == [
        ("removed", None),
        ("removed", None),
        ("added", None),
    ]
    removed = [row.before.row for row in found.rows if row.before]
    assert len(removed) == 2
    assert 5 in removed  # the one of 3 activities, and one of those that are alike
    assert diff(office, 2, 1).tables["activity"].change == Change(2, 0, 1)


def test_all_rows_are_counted_and_the_first_are_listed(office: Office) -> None:
    office.send(result=[{"position": number} for number in range(1, 30)])
    office.send(result=[{"position": number} for number in range(20, 60)], confirm=["would-remove"])

    found = diff(office, 2, most=25).tables["result"]

    assert found.change == Change(added=30, changed=0, removed=19)
    assert [row.change for row in found.rows] == ["removed"] * 19 + ["added"] * 6
    assert [row.after.row for row in found.rows[19:] if row.after] == [12, 13, 14, 15, 16, 17]
    assert len(diff(office, 1, most=3).tables["result"].rows) == 3


def test_what_cannot_be_compared_is_told_in_a_sentence(two: Office) -> None:
    two.send("T-2", sender="PD", result=[{"position": 9}])
    purge(two, 1)

    for numbers, said in (
        ((99,), "99"),
        ((1, 3), "1"),
        ((2,), "1"),
        ((3, 2), "T-2"),
        ((3, 1), "1"),
    ):
        with pytest.raises(WrongUse, match=said):
            diff(two, *numbers)


def test_after_a_purge_of_what_was_current_a_load_adds_everything(two: Office) -> None:
    purge(two, 2)
    two.send(sender="PD", result=[{"text": "Nauja."}], confirm=["sheet-of-office"])

    assert (diff(two, 4).old, diff(two, 4).tables["result"].change) == (None, Change(1, 0, 0))


# Before loading: what would change -----------------------------------------------------------


def would(office: Office, *paths: Path, write: bool = False) -> Outcome:
    [outcome] = loading.load(
        paths,
        office.target,
        moment=MOMENT,
        actor="tester",
        confirm=["sheet-of-office"],
        write=write,
        with_differences=True,
    )
    return outcome


def test_what_a_load_would_change_is_told_row_by_row(two: Office) -> None:
    path = two.workbook(sender="PD", year=2020, result=[{"text": "Kitas."}], activity=[{}])
    before = two.files()

    outcome = would(two, path)

    assert [problem.code for problem in outcome.problems] == ["would-remove"]
    assert {name: one.change for name, one in outcome.differences.items()} == outcome.changes
    [removed, changed] = outcome.differences["result"].rows
    assert (removed.change, removed.key, removed.before) == (
        "removed",
        ("R1", "2020", "2"),
        Origin("T-1.xlsx", "Rezultatai", 3),
    )
    [value] = changed.values
    assert (value.column, value.old, value.new) == ("text", "Antras.", "Kitas.")
    assert [row.change for row in outcome.differences["activity"].rows] == ["added"]
    assert two.files() == before
    assert two.load(path, write=False)[0].differences == {}


def test_a_first_load_lists_its_first_rows(office: Office) -> None:
    path = office.workbook(result=[{"position": number} for number in range(1, 1_200)])

    found = would(office, path).differences["result"]

    assert (found.change, len(found.rows)) == (Change(1_199, 0, 0), differences.MAX_ROWS)
    assert found.rows[0].after == Origin("T-1.xlsx", "Rezultatai", 2)


# As of an earlier day ------------------------------------------------------------------------


def test_every_day_shows_what_was_current_on_it(office: Office) -> None:
    office.send(result=[{"text": "Pirmas."}])
    office.send(result=[{"text": "Antras."}], moment=days_later(1))
    restore(office, 1, day=2)
    withdraw(office, day=3)
    restore(office, 2, day=4)
    office.send(result=[{"text": "Trečias."}], moment=days_later(5))

    shown = {day: texts(office, day) for day in range(-1, 7)}
    assert shown == {
        -1: [],
        0: ["Pirmas."],
        1: ["Antras."],
        2: ["Pirmas."],
        3: [],
        4: ["Antras."],
        5: ["Trečias."],
        6: ["Trečias."],
    }
    assert [len(history(office, day)) for day in range(-1, 7)] == [0, 1, 2, 3, 4, 5, 6, 6]
    current = [[row["version"] for row in history(office, day) if row["is_current"]]
               for day in range(6)]  # fmt: skip
    assert current == [[1], [2], [3], [], [5], [6]]

    purge(office, 1, day=6)  # what was destroyed is gone for the days when it was current, too

    assert {day: texts(office, day) for day in range(-1, 7)} == {**shown, 0: [], 2: []}
    assert office.ask("overview/delivery", as_of=DAY) == []
    assert [row["is_purged"] for row in history(office, 2)] == [True, False, True]


def test_a_file_is_handed_out_as_it_was_delivered(two: Office) -> None:
    withdraw(two)
    restore(two, 2)
    sent = (two.folder / "T-1.xlsx").read_bytes()

    warehouse = open_current(two.target)
    try:
        assert warehouse.file(2, "T-1.xlsx") == warehouse.file(4, "T-1.xlsx") == sent
        assert warehouse.file(3, "T-1.xlsx") is None
        first = warehouse.file(1, "T-1.xlsx")
        assert first is not None
        assert first != sent
        assert warehouse.file(2, "kitas.xlsx") is None
        assert warehouse.file(9, "T-1.xlsx") is None
    finally:
        warehouse.close()


def test_the_versions_of_one_delivery(two: Office) -> None:
    two.send("T-2", sender="PD", result=[{"position": 9}])

    assert [row["version"] for row in two.ask("overview/versions", delivery="T-1")] == [1, 2]
    assert [row["version"] for row in two.ask("overview/versions", delivery=["T-2"])] == [3]


# Commands ------------------------------------------------------------------------------------


def test_the_commands_on_versions(two: Office) -> None:
    command = Command(two.target)

    compared = command.json("diff", "2")
    assert (compared["versions"], compared["delivery"]) == ([1, 2], "T-1")
    table = compared["tables"]["result"]
    assert {name: table[name] for name in ("added", "changed", "removed")} == {
        "added": 1,
        "changed": 1,
        "removed": 0,
    }
    [changed, added] = table["rows"]
    assert (changed["change"], changed["key"]) == ("changed", "R1 · 2020 · 1")
    assert changed["before"] == {"file": "T-1.xlsx", "sheet": "Rezultatai", "row": 2}
    assert changed["values"] == [{"column": "text", "old": "Pirmas.", "new": "Antras."}]
    assert (added["change"], added["before"], added["after"]["row"]) == ("added", None, 3)
    assert command.json("diff", "1", "2")["tables"] == compared["tables"]
    assert "Pirmas. → Antras." in command("diff", "2").stdout

    restored = command.json("restore", "1")
    assert restored.keys() == OUTCOME_KEYS
    assert (restored["accepted"], restored["version"], restored["unchanged"]) == (True, 3, False)
    assert restored["changes"]["result"] == {"added": 0, "changed": 1, "removed": 1}
    assert command.json("restore", "1")["unchanged"] is True
    withdrawn = command.json("withdraw", "T-1")
    assert (withdrawn["version"], withdrawn["delivery"], withdrawn["rows"]) == (4, "T-1", {})
    purged = command.json("purge", "1", "--reason", "Asmuo paprašė.")
    assert (purged["version"], purged["rows"]["result"]) == (5, 1)
    [notice] = purged["notices"]  # the institutions and the document that both versions define
    assert (notice["code"], notice["value"]) == ("held-elsewhere", "2")
    assert command.json("history")[-1]["reason"] == "Asmuo paprašė."
    assert "T-1" in command("restore", "2", "--lang", "en").stdout


def test_commands_that_are_refused(office: Office) -> None:
    command = Command(office.target)
    office.send("T-1", recommendation=[{}])
    office.send("T-2", activity=[{"recommendation": "R1"}])
    before = office.files()

    left: list[tuple[str, ...]] = [("withdraw", "T-1"), ("purge", "1", "--reason", "x")]
    for words in left:
        document = command.json(*words, exit_code=1)
        assert (document["accepted"], document["version"]) == (False, None)
        assert document["problem_count"] == len(document["problems"]) > 0
        assert {one["code"] for one in document["problems"]} == {"code-unknown"}
        assert "T-2.xlsx, Veiklos, A2" in command(*words, exit_code=1).stderr
    wrong: list[tuple[tuple[str, ...], str]] = [
        (("restore", "99"), "99"),
        (("restore", "x"), "x"),
        (("diff",), "VERSION"),
        (("diff", "1", "2"), "T-2"),
        (("withdraw", "T-9"), "T-9"),
        (("purge", "1"), "--reason"),
        (("purge", "1", "--reason", " "), ""),
    ]
    for words, said in wrong:
        assert said in command.refuses(*words)
    assert office.files() == before
