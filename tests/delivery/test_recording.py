"""Judgements recorded by hand: versions of the office's own delivery, checked like any other."""

import dataclasses
import datetime
import threading
from typing import Any

import pytest

from rapporteur.delivery import handing_back, loading, recording, versions
from rapporteur.delivery.loading import Outcome, WrongUse
from rapporteur.delivery.recording import Changed, Judgement
from tests.conftest import DAY, MOMENT, Office

DONE, PARTLY, GOING = "įgyvendinta", "iš dalies įgyvendinta", "įgyvendinama"
ASSESSMENTS = "implementation/assessments"
FIRST = Judgement("R1", 2020, GOING, "Pradėta.", "patvirtinta")


@pytest.fixture
def answered(office: Office) -> Office:
    """Two recommendations that were answered, one that was not."""
    office.send(
        recommendation=[{}, {"code": "R2"}, {"code": "R3"}],
        recommendation_part=[{"recommendation": "R2", "part": part} for part in "ab"],
        addressee=[{"recommendation": code} for code in ("R1", "R2", "R3")],
        response=[{}, {"recommendation": "R2"}],
        result=[{"recommendation": "R3"}],
    )
    return office


def record(office: Office, judgement: Judgement, **options: Any) -> Outcome:
    return recording.record(office.target, judgement, moment=MOMENT, actor="analitikė", **options)


def judged(office: Office) -> dict[tuple[str, str | None, str | None], tuple[str, str, bool]]:
    return {
        (row["recommendation"], row["part"], row["institution"]): (
            row["assessment"],
            row["stage"],
            row["is_counted"],
        )
        for row in office.ask(ASSESSMENTS)
    }


def test_a_judgement_is_a_version_of_the_offices_own_delivery(answered: Office) -> None:
    outcome = record(answered, FIRST)

    assert (outcome.accepted, outcome.delivery, outcome.version) == (True, "VERTINIMAI-2020", 2)
    [version] = [row for row in answered.ask("overview/versions") if row["version"] == 2]
    assert version["actor"] == "analitikė"
    [row] = answered.ask("recommendations/register", recommendation="R1")
    assert row["assessment"] == GOING
    assert answered.ask("overview/delivery", delivery="VERTINIMAI-2020")[0]["institution"] == "VRM"


def test_every_column_comes_back_as_it_was_given(answered: Office) -> None:
    full = Judgement(
        recommendation="R2",
        year=2020,
        assessment=DONE,
        reason="=1+1, „kabutės“ ir\nnauja eilutė",
        stage="patvirtinta",
        part="a",
        institution="VRM",
        evidence="DOK",
        approved_on=datetime.date(2021, 2, 3),
        remarks="Institucijos pastaba.",
        assessor="A. B.",
        assessed_on=datetime.date(2021, 2, 1),
    )
    record(answered, full)

    warehouse = loading.open_renewed(answered.target)
    found = recording.recorded(warehouse, ("R2", "a", "VRM", 2020), DAY)
    warehouse.close()
    assert found == (full, "VERTINIMAI-2020")
    [row] = answered.ask(ASSESSMENTS)
    assert row["evidence_title"] == "Dokumentas"


def test_judgements_of_other_keys_are_kept_and_the_same_key_replaced(answered: Office) -> None:
    record(answered, FIRST)
    record(answered, Judgement("R2", 2020, DONE, "Padaryta.", "patvirtinta", part="a"))
    record(answered, dataclasses.replace(FIRST, assessment=PARTLY), instead_of=FIRST)

    assert judged(answered) == {
        ("R1", None, None): (PARTLY, "patvirtinta", True),
        ("R2", "a", None): (DONE, "patvirtinta", True),
    }
    register = {row["recommendation"]: row for row in answered.ask("recommendations/register")}
    assert register["R2"]["assessment"] == PARTLY  # rolled up: b is not judged
    [coverage] = answered.ask("implementation/coverage")
    assert (coverage["partly_implemented"], coverage["not_assessed"]) == (2, 1)


@pytest.mark.parametrize("stage", ["projektas", "derinama"])
def test_a_draft_is_kept_and_not_counted(answered: Office, stage: str) -> None:
    record(answered, dataclasses.replace(FIRST, stage=stage))

    assert judged(answered) == {("R1", None, None): (GOING, stage, False)}
    [coverage] = answered.ask("implementation/coverage")
    assert (coverage["in_progress"], coverage["not_assessed"]) == (0, 3)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"recommendation": "R3"}, "row-contradiction"),
        ({"reason": ""}, "value-required"),
        ({"reason": "   "}, "value-required"),
        ({"assessment": "gerai"}, "value-not-in-list"),
        ({"stage": "baigta"}, "value-not-in-list"),
        ({"part": "z"}, "code-unknown"),
        ({"institution": "NĖRA"}, "code-unknown"),
        ({"reason": "Skambinta +370 612 34567."}, "personal-data"),
    ],
)
def test_what_the_loader_refuses_is_refused(
    answered: Office, changes: dict[str, Any], code: str
) -> None:
    outcome = record(answered, dataclasses.replace(FIRST, **changes))

    assert [problem.code for problem in outcome.problems] == [code]
    assert (outcome.accepted, outcome.version) == (False, None)
    assert judged(answered) == {}


def test_what_nobody_answered_may_still_be_superseded(answered: Office) -> None:
    outcome = record(
        answered,
        Judgement("R3", 2020, "pakeista nauja rekomendacija", "Nauja.", "patvirtinta"),
    )

    assert outcome.accepted


def test_personal_data_are_kept_where_somebody_confirms_them(answered: Office) -> None:
    judgement = dataclasses.replace(FIRST, reason="Skambinta +370 612 34567.")

    assert record(answered, judgement, confirm=["personal-data"]).accepted


def test_what_was_confirmed_once_is_not_asked_again(answered: Office) -> None:
    judgement = dataclasses.replace(FIRST, reason="Skambinta +370 612 34567.")
    record(answered, judgement, confirm=["personal-data"])

    assert record(answered, Judgement("R2", 2020, GOING, "Pradėta.", "patvirtinta")).accepted
    again = dataclasses.replace(judgement, recommendation="R2", part="a")
    assert [problem.code for problem in record(answered, again).problems] == ["personal-data"]


def test_a_text_that_no_cell_can_hold_is_refused(answered: Office) -> None:
    with pytest.raises(WrongUse):
        record(answered, dataclasses.replace(FIRST, remarks="ž" * 32_768))


def test_implemented_without_a_document_is_noticed(answered: Office) -> None:
    outcome = record(answered, dataclasses.replace(FIRST, assessment=DONE))

    assert outcome.accepted
    assert "evidence-missing" in {notice.code for notice in outcome.notices}


def test_a_recommendation_that_nothing_defines(answered: Office) -> None:
    with pytest.raises(WrongUse):
        record(answered, dataclasses.replace(FIRST, recommendation="NĖRA"))


def test_the_same_judgement_again_changes_nothing(answered: Office) -> None:
    record(answered, FIRST)

    assert record(answered, FIRST, instead_of=FIRST).unchanged


def test_it_is_taken_away_only_when_that_is_confirmed(answered: Office) -> None:
    record(answered, FIRST)
    record(answered, Judgement("R2", 2020, DONE, "Padaryta.", "patvirtinta"))

    refused = recording.remove(answered.target, FIRST, moment=MOMENT, actor="a")
    assert [problem.code for problem in refused.problems] == ["would-remove"]
    recording.remove(answered.target, FIRST, moment=MOMENT, actor="a", confirm=["would-remove"])
    assert set(judged(answered)) == {("R2", None, None)}


def test_the_last_one_is_taken_away_too(answered: Office) -> None:
    record(answered, FIRST)
    outcome = recording.remove(
        answered.target, FIRST, moment=MOMENT, actor="a", confirm=["would-remove"]
    )

    assert outcome.accepted
    assert judged(answered) == {}


def test_it_outranks_a_judgement_that_was_loaded_earlier(answered: Office) -> None:
    answered.send("OFFICE-1", assessment=[{"assessment": DONE, "evidence": "DOK"}])
    before = Judgement("R1", 2020, DONE, "Pagrindimas.", "patvirtinta", evidence="DOK")
    record(answered, FIRST, instead_of=before)

    rows = [
        (row["delivery"], row["assessment"], row["is_counted"]) for row in answered.ask(ASSESSMENTS)
    ]
    assert rows == [("VERTINIMAI-2020", GOING, True), ("OFFICE-1", DONE, False)]
    versions.withdraw(answered.target, "VERTINIMAI-2020", moment=MOMENT, actor="a")
    assert [row["is_counted"] for row in answered.ask(ASSESSMENTS)] == [True]
    assert record(answered, FIRST, instead_of=before).accepted


def test_a_judgement_that_a_later_delivery_outranked_does_not_come_back(answered: Office) -> None:
    record(answered, FIRST)
    answered.send("OFFICE-1", assessment=[{"assessment": DONE, "evidence": "DOK"}])
    record(answered, Judgement("R2", 2020, PARTLY, "Iš dalies.", "patvirtinta"))

    counted = {
        row["recommendation"]: row["assessment"]
        for row in answered.ask(ASSESSMENTS)
        if row["is_counted"]
    }
    assert counted == {"R1": DONE, "R2": PARTLY}


def test_who_saw_only_an_older_judgement_of_another_delivery_is_told(answered: Office) -> None:
    record(answered, FIRST)
    answered.send("OFFICE-1", assessment=[{"assessment": DONE, "evidence": "DOK"}])

    with pytest.raises(Changed) as changed:
        record(answered, dataclasses.replace(FIRST, reason="Kita."), instead_of=FIRST)
    assert changed.value.now is not None
    assert changed.value.now.assessment == DONE


def test_other_sheets_of_that_delivery_stay(answered: Office) -> None:
    answered.send("VERTINIMAI-2020", assessment=[{}], source=[{"code": "S9"}])
    record(answered, Judgement("R2", 2020, DONE, "Padaryta.", "patvirtinta"))

    assert set(judged(answered)) == {("R1", None, None), ("R2", None, None)}
    assert [row["source"] for row in answered.ask("methodology/sources", source="S9")] == ["S9"]


def test_its_workbook_loads_again_unchanged(answered: Office) -> None:
    record(answered, FIRST)
    path = answered.folder / "vertinimai.xlsx"
    path.write_bytes(handing_back.workbook(answered.target, "VERTINIMAI-2020", DAY))

    [outcome] = loading.load([path], answered.target, moment=MOMENT, actor="a")
    assert outcome.unchanged


# Several at once -----------------------------------------------------------------------------


def test_who_did_not_see_the_last_judgement_does_not_overwrite_it(answered: Office) -> None:
    record(answered, FIRST)

    with pytest.raises(Changed) as changed:
        record(answered, dataclasses.replace(FIRST, assessment=DONE))
    assert changed.value.now == FIRST
    assert judged(answered)["R1", None, None][0] == GOING


def test_analysts_who_record_at_once_lose_nothing(office: Office) -> None:
    codes = [f"R{number}" for number in range(1, 7)]
    office.send(
        addressee=[{"recommendation": code} for code in codes],
        response=[{"recommendation": code} for code in codes],
    )
    failed: list[BaseException] = []

    def analyst(code: str) -> None:
        try:
            assert record(office, dataclasses.replace(FIRST, recommendation=code)).accepted
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=analyst, args=[code]) for code in codes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failed == []
    assert {code for code, _, _ in judged(office)} == set(codes)
