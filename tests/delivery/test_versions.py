"""Deliveries and their versions: what a load changes, what it needs leave for, all or none."""

import datetime
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from rapporteur.delivery import loading
from rapporteur.warehouse.writing import Change
from tests.conftest import MOMENT, Office

LATER = MOMENT + datetime.timedelta(days=30)


def codes(outcome: loading.Outcome) -> list[str]:
    return [problem.code for problem in outcome.problems]


def texts(office: Office) -> list[str]:
    return [row["text"] for row in office.ask("implementation/results", as_of=LATER.date())]


def test_the_same_bytes_again_change_nothing(office: Office) -> None:
    path = office.workbook(result=[{}])
    [first] = office.load(path)
    before = office.files()

    [again] = office.load(path, moment=LATER)

    assert (first.version, first.unchanged) == (1, False)
    assert (again.accepted, again.version, again.unchanged, again.changes) == (True, 1, True, {})
    assert office.files() == before


def test_the_same_rows_in_other_bytes_change_nothing(office: Office) -> None:
    office.send(result=[{}, {"position": 2}])

    outcome = office.send(result=[{"position": 2}, {}], name="kitas.xlsx")

    assert (outcome.unchanged, outcome.version) == (True, 1)


def test_a_new_version_replaces_the_delivery_as_a_whole(office: Office) -> None:
    office.send(result=[{}, {"position": 2, "text": "Antras."}, {"position": 3}], activity=[{}])

    outcome = office.send(
        result=[{"text": "Pakeistas."}, {"position": 2, "text": "Antras."}, {"position": 4}],
        activity=[{}, {"count": 3}],
        confirm=["would-remove"],
        moment=LATER,
    )

    assert (outcome.version, outcome.unchanged) == (2, False)
    assert outcome.changes == {
        "result": Change(added=1, changed=1, removed=1),
        "activity": Change(added=1, changed=0, removed=0),
    }
    assert texts(office) == ["Pakeistas.", "Antras.", "Rezultatas."]
    assert len(office.ask("activities/list", as_of=LATER.date())) == 2


def test_an_earlier_day_shows_the_earlier_version(office: Office) -> None:
    office.send(result=[{}])
    office.send(result=[{"text": "Pakeistas."}], moment=LATER)

    for day, shown in [
        (MOMENT.date() - datetime.timedelta(days=1), []),
        (MOMENT.date(), ["Rezultatas."]),
        (LATER.date() - datetime.timedelta(days=1), ["Rezultatas."]),
        (LATER.date(), ["Pakeistas."]),
    ]:
        rows = office.ask("implementation/results", as_of=day)
        assert [row["text"] for row in rows] == shown


def test_the_clock_is_a_parameter_of_the_loader(office: Office) -> None:
    future = datetime.datetime(2090, 1, 1, 12, tzinfo=datetime.UTC)
    path = office.workbook(result=[{}])
    office.load(path, moment=future)

    [again] = office.load(path, moment=future)

    assert (again.unchanged, again.version) == (True, 1)


# What needs leave ----------------------------------------------------------------------------

ANSWERED: dict[str, Any] = {"addressee": [{}], "response": [{}]}


@pytest.mark.parametrize(
    ("first", "then", "is_missed"),
    [
        ({"result": [{}, {"position": 2}]}, {"result": [{}]}, True),
        ({"result": [{}]}, {"recommendation": [{}]}, True),
        ({"response": [{}]}, {"response": [{"state": None}]}, True),  # left blank
        ({**ANSWERED, "assessment": [{}]}, ANSWERED, True),
        ({"result": [{}]}, {"result": [{"text": "Pakeistas."}]}, False),
        ({"result": [{}]}, {"result": [{}, {"position": 2}]}, False),
        ({"activity": [{}, {"count": 3}]}, {"activity": [{}]}, False),
    ],
    ids=["a result", "all results", "an answer", "a judgement", "changed", "added", "activities"],
)
def test_taking_answers_judgements_or_results_away_needs_leave(
    office: Office, first: dict[str, Any], then: dict[str, Any], is_missed: bool
) -> None:
    office.send(**first)
    before = office.files()

    outcome = office.try_to_send(**then)

    assert codes(outcome) == (["would-remove"] if is_missed else [])
    if is_missed:
        assert office.files() == before
        assert office.send(**then, confirm=["would-remove"]).version == 2


def test_a_delivery_of_another_institution_needs_leave(office: Office) -> None:
    office.send(sender="VRM", result=[{}])
    before = office.files()

    outcome = office.try_to_send(sender="PD", result=[{}, {"position": 2}])

    row, problem = outcome.problems
    assert (problem.code, problem.sheet, problem.cell) == ("delivery-of-another", None, None)
    # Only the row that the delivery did not hold: the others were sent by the office.
    assert (row.code, row.sheet, row.cell) == ("sheet-of-office", "Rezultatai", "A3")
    assert "VRM" in problem.message()
    assert "PD" in problem.message()
    assert office.files() == before
    leave = ["delivery-of-another", "sheet-of-office"]
    sent = office.send(sender="PD", result=[{}, {"position": 2}], confirm=leave)
    assert sent.version == 2


def test_leave_for_one_thing_is_no_leave_for_another(office: Office) -> None:
    office.send(sender="VRM", result=[{}, {"position": 2}])

    both = office.try_to_send(sender="PD", result=[{}])
    one = office.try_to_send(sender="PD", result=[{}], confirm=["would-remove"])

    assert codes(both) == ["delivery-of-another", "would-remove"]
    assert codes(one) == ["delivery-of-another"]


def test_a_reference_of_another_delivery_may_not_be_left_to_nothing(office: Office) -> None:
    office.send("T-1", recommendation=[{}, {"code": "R2"}], recommendation_part=[{}])
    office.send(
        "T-2",
        addressee=[{"part": "a"}, {"recommendation": "R2", "institution": "PD"}],
        activity=[{}, {"recommendation": "R2"}],
    )
    before = office.files()

    outcome = office.try_to_send("T-1", recommendation=[{}])

    told = {(p.file, p.sheet, p.cell, p.code, p.value) for p in outcome.problems}
    assert told == {
        ("T-2.xlsx", "Adresatai", "A2", "code-unknown", "R1 a"),
        ("T-2.xlsx", "Adresatai", "A3", "code-unknown", "R2"),
        ("T-2.xlsx", "Veiklos", "A3", "code-unknown", "R2"),
    }
    assert office.files() == before


def test_what_a_new_version_no_longer_needs_may_go(office: Office) -> None:
    office.send("T-1", recommendation=[{}, {"code": "R2"}])
    office.send("T-2", activity=[{"recommendation": "R2"}])
    office.send("T-2", activity=[{"recommendation": "R1"}])

    assert office.send("T-1", recommendation=[{}]).version == 4


# Several files, several deliveries -----------------------------------------------------------

PATEIKIMAS = ["Kodas", "Institucija"]
REZULTATAI = ["Rekomendacija", "Ataskaitiniai metai", "Eilė", "Tekstas"]


def results(office: Office, name: str, code: str | None, rows: Sequence[Sequence[object]]) -> Path:
    sheets: dict[str, Sequence[Sequence[object]]] = {"Rezultatai": [REZULTATAI, *rows]}
    if code:
        sheets["Pateikimas"] = [PATEIKIMAS, [code, "VRM"]]
    return office.grid(name, sheets)


def test_several_files_are_one_delivery(office: Office) -> None:
    first = office.workbook(result=[{}])
    second = results(office, "b.xlsx", None, [["R1", 2020, 2, "Antras."]])

    [outcome] = office.load(first, second)

    assert (outcome.delivery, outcome.version, outcome.rows["result"]) == ("T-1", 1, 2)
    assert texts(office) == ["Rezultatas.", "Antras."]
    [version] = office.ask("overview/versions")
    assert version["files"] == ["T-1.xlsx", "b.xlsx"]
    [again] = office.load(second, first)
    assert again.unchanged


def test_a_key_twice_is_found_across_the_files_of_a_delivery(office: Office) -> None:
    second = results(office, "b.xlsx", None, [["R1", 2020, 2, "x"], ["R1", 2020, 1, "x"]])

    [outcome] = office.load(office.workbook(result=[{}]), second)

    assert [(p.file, p.cell, p.code) for p in outcome.problems] == [("b.xlsx", "A3", "code-twice")]


def test_deliveries_of_one_command_refer_to_each_other(office: Office) -> None:
    defining = office.workbook("T-1", recommendation=[{}])
    referring = results(office, "b.xlsx", "T-2", [["R1", 2020, 1, "Rezultatas."]])

    outcomes = office.load(referring, defining)  # in whatever order

    assert [(o.delivery, o.version) for o in outcomes] == [("T-2", 1), ("T-1", 2)]
    assert texts(office) == ["Rezultatas."]


def test_deliveries_of_one_command_are_all_written_or_none(office: Office) -> None:
    good = office.workbook("T-1", result=[{}])
    bad = results(office, "b.xlsx", "T-2", [["R1", "pernai", 1, "x"]])

    outcomes = office.load(good, bad)

    assert [(o.accepted, o.version, codes(o)) for o in outcomes] == [
        (False, None, []),
        (False, None, ["value-not-a-year"]),
    ]
    assert office.files() == {}


def test_an_unchanged_delivery_beside_a_new_one(office: Office) -> None:
    one = office.workbook("T-1", result=[{}])
    office.load(one)
    two = results(office, "b.xlsx", "T-2", [["R1", 2020, 2, "Antras."]])

    outcomes = office.load(one, two)

    assert [(o.delivery, o.version, o.unchanged) for o in outcomes] == [
        ("T-1", 1, True),
        ("T-2", 2, False),
    ]


def test_two_senders_may_give_their_files_one_name(
    office: Office, new_office: Callable[[str], Office]
) -> None:
    office.send("T-0", recommendation=[{}])
    paths = []
    for number in (1, 2):
        elsewhere = new_office(f"sender-{number}")
        rows = [["R1", 2020, number, f"Rezultatas {number}."]]
        paths.append(results(elsewhere, "pateikimas.xlsx", f"T-{number}", rows))

    outcomes = office.load(*paths)

    assert [(o.delivery, o.version) for o in outcomes] == [("T-1", 2), ("T-2", 3)]
    assert texts(office) == ["Rezultatas 1.", "Rezultatas 2."]
    assert all(o.unchanged for o in office.load(*paths))


def test_the_row_loaded_last_stands_and_comes_back(office: Office) -> None:
    office.send("T-1", addressee=[{}], response=[{"text": "Pirmas."}])
    office.send("T-2", response=[{"text": "Antras."}])

    def shown() -> str:
        [row] = office.ask("implementation/answer_matrix", as_of=LATER.date())
        return str(row["text"])

    assert shown() == "Antras."
    office.send("T-1", addressee=[{}], response=[{"text": "Trečias."}])
    assert shown() == "Trečias."
    office.send("T-1", addressee=[{}], moment=LATER, confirm=["would-remove"])
    assert shown() == "Antras."


def test_checking_writes_nothing(office: Office) -> None:
    path = office.workbook(result=[{}])

    [outcome] = office.load(path, write=False)

    assert (outcome.accepted, outcome.delivery, outcome.version) == (True, "T-1", None)
    assert outcome.changes["result"] == Change(1, 0, 0)
    assert office.files() == {}


def test_a_check_writes_nothing_at_all(office: Office) -> None:
    [outcome] = office.load(office.workbook(source=[{}]), write=False)

    assert outcome.accepted
    assert not office.target.parent.exists()


def test_another_year_or_note_of_the_delivery_is_a_change(office: Office) -> None:
    office.send(source=[{}], year=2019)

    assert office.send(source=[{}], year=2020).unchanged is False
    assert office.send(source=[{}], year=2020).unchanged is True
