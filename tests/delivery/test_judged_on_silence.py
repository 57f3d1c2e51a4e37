"""Silence is not enough for a judgement: what has to be known, whole by whole and part by part."""

import dataclasses
from typing import Any

import pytest

from rapporteur.delivery import loading, recording, versions
from rapporteur.delivery.recording import Judgement
from tests.conftest import DAY, MOMENT, Office, Row

NOT_DONE, DONE = "neįgyvendinta", "įgyvendinta"
# SAM is asked about the whole, PD about part a, the group MIN (GP that year) about part b.
ASKED: list[Row] = [
    {"institution": "SAM"},
    {"institution": "PD", "part": "a"},
    {"institution": "MIN", "part": "b"},
]

Known = dict[str, list[Row]]


def says(institution: str, part: str | None = None, **more: Any) -> Known:
    return {"response": [{"institution": institution, "part": part, **more}]}


def acts(**activity: Any) -> Known:
    return {"activity": [activity]}


def both(one: Known, other: Known) -> Known:
    return {"response": [*one["response"], *other["response"]]}


A, B = {"part": "a"}, {"part": "b"}
SAM, MIN = {"institution": "SAM"}, {"institution": "MIN"}
# The known facts · the judgement, over “the whole is not implemented” · whether it is taken.
CASES: list[tuple[str, Known, Row, bool]] = [
    ("nothing", {}, {}, False),
    ("nothing, and the document is named", {}, {"evidence": "DOK"}, True),
    ("nothing of a part, and the document is named", {}, {**A, "evidence": "DOK"}, True),
    ("nothing, replaced", {}, {"assessment": "pakeista nauja rekomendacija"}, True),
    ("nothing of a part, no longer relevant", {}, {**B, "assessment": "nebeaktuali"}, True),
    ("silence that is told", says("SAM", state="nepateikta"), {}, False),
    ("an answer awaited", says("SAM", state="laukiama"), {}, False),
    ("an answer", says("SAM"), {}, True),
    ("an answer in part", says("SAM", state="pateikta iš dalies"), {}, True),
    ("that it does not apply to one", says("SAM", state="netaikoma"), {}, True),
    ("an answer of last year", says("SAM", year=2019), {}, False),
    ("an answer of who is not asked", says("VRM"), {}, False),
    ("an answer for who is asked", says("NTB", on_behalf_of="SAM"), {}, True),
    # Parts.
    ("of the whole, for a part", says("SAM"), A, True),
    ("of the part", says("PD", "a"), A, True),
    ("of the other part", says("SAM", "b"), A, False),
    ("of some part, for the whole", says("SAM", "b"), {}, True),
    (
        "that the part does not apply to one, and the other is silent",
        both(says("PD", "a", state="netaikoma"), says("SAM", "a", state="nepateikta")),
        A,
        True,
    ),
    (
        "of the whole, but silence on the part",
        both(says("SAM"), says("SAM", "a", state="nepateikta")),
        A,
        False,
    ),
    ("of who is asked about another part", says("PD", "b"), B, False),
    ("of the part, on behalf", says("NTB", "a", on_behalf_of="PD"), A, True),
    ("of a member of the group", says("GP", "b"), B, True),
    ("of the group as such", says("MIN", "b"), B, True),
    # One institution's doing.
    ("its answer", says("SAM"), SAM, True),
    ("another's answer", says("PD", "a"), SAM, False),
    ("its answer on another part", says("SAM", "b"), {**SAM, **A}, False),
    ("a member's, of the group's doing", says("GP"), {**MIN, **B}, True),
    ("the group's, of a member's doing", says("MIN"), {"institution": "GP", **B}, False),
    ("its answer though it is not asked", says("VRM"), {"institution": "VRM"}, True),
    ("another source on its doing", {}, {**SAM, "evidence": "https://sam.lrv.lt"}, True),
    # Activities that name the recommendation.
    ("activities of who is asked", acts(organiser="SAM"), {}, True),
    ("activities held with who is asked", acts(organiser="VRM", partners="SAM; NTB"), {}, True),
    ("activities of others", acts(organiser="VRM"), {}, False),
    ("activities of who is not named", acts(organiser_text="Mokykla"), {}, False),
    ("activities of last year", acts(organiser="SAM", year=2019), {}, False),
    ("activities of who is asked about the part", acts(organiser="PD"), A, True),
    ("activities of who is asked about the other", acts(organiser="PD"), B, False),
    ("its activities", acts(organiser="SAM"), SAM, True),
    ("another's activities", acts(organiser="PD"), SAM, False),
]


def test_what_has_to_be_known_of_what_is_judged(office: Office) -> None:
    rows: dict[str, Any] = {
        # The year is open, whatever is answered.
        "result": [{"recommendation": "R0"}],
        "institution_group": [{"institution": "GP"}],
    }
    for number, (_, known, judgement, _) in enumerate(CASES, 1):
        of = {"recommendation": f"R{number}"}
        rows.setdefault("recommendation_part", []).extend({**of, "part": part} for part in "ab")
        rows.setdefault("addressee", []).extend({**of, **asked} for asked in ASKED)
        for table, found in known.items():
            rows.setdefault(table, []).extend({**of, **row} for row in found)
        rows.setdefault("assessment", []).append({**of, "assessment": NOT_DONE, **judgement})

    outcome = office.try_to_send(**rows)

    refused = {problem.cell for problem in outcome.problems}
    told = {f"E{row}": name for row, (name, _, _, _) in enumerate(CASES, 2)}
    expected = {f"E{row}" for row, case in enumerate(CASES, 2) if not case[3]}
    assert {told[str(cell)] for cell in refused ^ expected} == set()
    assert {(problem.sheet, problem.code) for problem in outcome.problems} == {
        ("Vertinimai", "row-contradiction")
    }


def test_a_document_makes_no_judgement_count_in_a_year_that_is_not_open(office: Office) -> None:
    outcome = office.try_to_send(
        addressee=[{}], response=[{}], assessment=[{"year": 2018, "evidence": "DOK"}]
    )

    assert [problem.code for problem in outcome.problems] == ["row-contradiction"]


def test_the_sentence_says_of_what_and_what_helps(office: Office) -> None:
    outcome = office.try_to_send(
        recommendation_part=[{}],
        addressee=[{}],
        result=[{}],
        assessment=[{"part": "a", "assessment": NOT_DONE}, {"institution": "VRM"}],
    )

    part, institution = (problem.message() for problem in outcome.problems)
    assert "Part a of R1 is judged for 2020, but nobody answered that year" in part
    assert "What VRM did for R1 is judged for 2020" in institution
    assert "Name the document" in part


def stricter(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Store two judgements on silence, as a version with a laxer rule would have taken them."""
    with monkeypatch.context() as laxer:
        laxer.setattr(loading, "left_on_silence", lambda *_: [])
        office.send(recommendation_part=[{"part": "a"}, {"part": "b"}], addressee=[{}], result=[{}])
        for part in "ab":
            lax = Judgement("R1", 2020, NOT_DONE, "Tyla.", "patvirtinta", part=part)
            assert recording.record(office.target, lax, moment=MOMENT, actor="A").accepted


def test_judgements_of_a_laxer_rule_stop_nobody(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    stricter(office, monkeypatch)

    office.send("T-2", statistic=[{}])
    assert versions.withdraw(office.target, "T-2", moment=MOMENT, actor="A").accepted
    seen, _ = recorded(office, "a")
    mended = dataclasses.replace(seen, evidence="DOK")
    outcome = recording.record(office.target, mended, moment=MOMENT, actor="A", instead_of=seen)
    assert outcome.accepted, [problem.message() for problem in outcome.problems]
    # The rule holds for what is judged anew.
    new = dataclasses.replace(seen, part=None)
    assert not recording.record(office.target, new, moment=MOMENT, actor="A").accepted


def recorded(office: Office, part: str) -> tuple[Judgement, Any]:
    with loading.opened(office.target) as warehouse:
        found, delivery = recording.recorded(warehouse, ("R1", part, None, 2020), DAY)
    assert found
    return found, delivery


def test_the_notice_is_of_the_judgement_recorded_now(office: Office) -> None:
    office.send(recommendation_part=[{"part": "a"}, {"part": "b"}], addressee=[{}], response=[{}])
    first = Judgement("R1", 2020, DONE, "Padaryta.", "patvirtinta", part="a")
    without = recording.record(office.target, first, moment=MOMENT, actor="A")
    second = dataclasses.replace(first, part="b", evidence="DOK")
    with_one = recording.record(office.target, second, moment=MOMENT, actor="A")
    gone = recording.remove(
        office.target, second, moment=MOMENT, actor="A", confirm=["would-remove"]
    )

    assert [notice.code for notice in without.notices] == ["evidence-missing"]
    assert with_one.accepted
    assert gone.accepted
    assert [*with_one.notices, *gone.notices] == []
