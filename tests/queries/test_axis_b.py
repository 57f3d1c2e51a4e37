"""Axis B: the rapporteur's judgement, rolled up from parts by the published rule; its bounds."""

import itertools
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from tests.conftest import Office, Row

COVERAGE = "implementation/coverage"
REGISTER = "recommendations/register"

DONE, PARTLY, GOING, PLANNED, NOT = (
    "įgyvendinta",
    "iš dalies įgyvendinta",
    "įgyvendinama",
    "planuojama įgyvendinti",
    "neįgyvendinta",
)
SUPERSEDED, OBSOLETE = "pakeista nauja rekomendacija", "nebeaktuali"
NOT_YET = "dar neįvertinta"
COLUMNS = {
    DONE: "implemented",
    PARTLY: "partly_implemented",
    GOING: "in_progress",
    PLANNED: "planned",
    NOT: "not_implemented",
    SUPERSEDED: "superseded",
    OBSOLETE: "no_longer_relevant",
}
ASIDE = "netaikoma"  # the part is answered as not applicable

# What is said of the whole, of its parts (None: not judged), and what follows.
CASES: Sequence[tuple[str | None, Sequence[str | None], str | None]] = [
    # The whole overrides.
    (DONE, [], DONE),
    (NOT, [], NOT),
    (None, [], None),
    (NOT, [DONE, DONE], NOT),
    (DONE, [NOT, None], DONE),
    # All done, nothing less.
    (None, [DONE, DONE], DONE),
    (None, [DONE], DONE),
    (None, [DONE, None], PARTLY),
    (None, [DONE, NOT], PARTLY),
    (None, [DONE, PLANNED], PARTLY),
    (None, [DONE, GOING], PARTLY),
    # Any done or partly.
    (None, [PARTLY, PARTLY], PARTLY),
    (None, [PARTLY, NOT], PARTLY),
    (None, [PARTLY, None], PARTLY),
    # Else any in progress.
    (None, [GOING, NOT], GOING),
    (None, [GOING, None], GOING),
    (None, [GOING, PLANNED], GOING),
    # Else any planned.
    (None, [PLANNED, NOT], PLANNED),
    (None, [PLANNED, None], PLANNED),
    # Else any unjudged: the whole is unjudged.
    (None, [NOT, None], None),
    (None, [None, None], None),
    # Else not implemented.
    (None, [NOT, NOT], NOT),
    # Parts that do not apply, or no longer do, are aside.
    (None, [DONE, ASIDE], DONE),
    (None, [NOT, ASIDE], NOT),
    (None, [None, ASIDE], None),
    (None, [DONE, SUPERSEDED], DONE),
    (None, [NOT, OBSOLETE], NOT),
    (None, [SUPERSEDED, SUPERSEDED], SUPERSEDED),
    (None, [OBSOLETE, OBSOLETE], OBSOLETE),
    (SUPERSEDED, [], SUPERSEDED),
    (OBSOLETE, [], OBSOLETE),
]


def rows_of(
    cases: Mapping[str, tuple[str | None, Sequence[str | None]]],
) -> dict[str, Any]:
    """Workbook rows for recommendations that are answered and judged like this."""
    tables: dict[str, Any] = {
        "recommendation": [{"code": code} for code in cases],
        "recommendation_part": [],
        "addressee": [{"recommendation": code} for code in cases],
        "response": [{"recommendation": code} for code in cases],
        "assessment": [],
    }
    for code, (whole, parts) in cases.items():
        if whole:
            tables["assessment"].append({"recommendation": code, "assessment": whole})
        for name, judged in zip("abcdef", parts, strict=False):
            of_part = {"recommendation": code, "part": name}
            tables["recommendation_part"].append(of_part)
            if judged == ASIDE:
                tables["response"].append({**of_part, "state": "netaikoma"})
            elif judged:
                tables["assessment"].append({**of_part, "assessment": judged})
    return tables


def test_the_roll_up_of_parts(office: Office) -> None:
    cases = {f"R{n}": (whole, parts) for n, (whole, parts, _) in enumerate(CASES, 1)}
    office.send(**rows_of(cases))

    found = {row["recommendation"]: row["assessment"] for row in office.ask(REGISTER)}
    expected = {f"R{n}": follows or NOT_YET for n, (_, _, follows) in enumerate(CASES, 1)}
    wrong = {
        code: (case, found[code], expected[code])
        for code, case in cases.items()
        if found[code] != expected[code]
    }
    assert wrong == {}

    [coverage] = office.ask(COVERAGE)
    counted = Counter(expected.values())
    assert {name: coverage[name] for name in COLUMNS.values()} == {
        name: counted[code] for code, name in COLUMNS.items()
    }
    assert coverage["not_assessed"] == counted[NOT_YET]


def test_only_approved_judgements_count(office: Office) -> None:
    office.send(
        addressee=[{"recommendation": f"R{n}"} for n in (1, 2, 3)],
        response=[{"recommendation": f"R{n}"} for n in (1, 2, 3)],
        assessment=[
            {"recommendation": "R1", "stage": "projektas"},
            {"recommendation": "R2", "stage": "derinama"},
            {"recommendation": "R3", "stage": "patvirtinta"},
        ],
    )

    assert {row["recommendation"]: row["assessment"] for row in office.ask(REGISTER)} == {
        "R1": NOT_YET,
        "R2": NOT_YET,
        "R3": DONE,
    }
    [coverage] = office.ask(COVERAGE)
    assert (coverage["implemented"], coverage["not_assessed"]) == (1, 2)
    assert (coverage["implemented_at_least"], coverage["implemented_at_most"]) == (1, 3)


def test_a_draft_never_hides_the_approved_judgement_before_it(office: Office) -> None:
    office.send("T-1", addressee=[{}], response=[{}], assessment=[{"assessment": NOT}])
    office.send("T-2", assessment=[{"assessment": DONE, "stage": "projektas"}])
    assert [row["assessment"] for row in office.ask(REGISTER)] == [NOT]

    office.send("T-2", assessment=[{"assessment": DONE, "stage": "patvirtinta"}])
    assert [row["assessment"] for row in office.ask(REGISTER)] == [DONE]


def test_nothing_is_invented_where_nobody_answered(office: Office) -> None:
    office.send(
        addressee=[{}, {"recommendation": "R2"}, {"recommendation": "R3"}],
        response=[{"state": "nepateikta"}, {"recommendation": "R2"}],
        result=[{"recommendation": "R3"}],
    )

    assert {row["recommendation"]: row["assessment"] for row in office.ask(REGISTER)} == {
        "R1": "nevertinta – duomenų nepateikta",
        "R2": NOT_YET,
        "R3": "nevertinta – duomenų nepateikta",
    }
    [coverage] = office.ask(COVERAGE)
    assert coverage["not_implemented"] == 0
    assert coverage["not_assessed"] == 3


def test_what_applies_to_nobody_is_outside_every_count_of_judgements_unless_it_is_judged(
    office: Office,
) -> None:
    codes = ("R1", "R2", "R3")
    office.send(
        addressee=[{"recommendation": code} for code in codes],
        response=[
            {"recommendation": "R1", "state": "netaikoma"},
            {"recommendation": "R2", "state": "netaikoma"},
            {"recommendation": "R3"},
        ],
        assessment=[{"assessment": SUPERSEDED}, {"recommendation": "R3"}],
    )

    [coverage] = office.ask(COVERAGE)
    assert (coverage["recommendations"], coverage["not_applicable"]) == (3, 2)
    assert (coverage["superseded"], coverage["implemented"], coverage["not_assessed"]) == (1, 1, 0)
    assert (coverage["to_judge"], coverage["assessed"]) == (2, 2)
    assert (coverage["implemented_at_least"], coverage["implemented_at_most"]) == (1, 1)
    assert {row["recommendation"]: row["assessment"] for row in office.ask(REGISTER)} == {
        "R1": SUPERSEDED,
        "R2": None,
        "R3": DONE,
    }


def test_one_institutions_doing_is_judged_apart(office: Office) -> None:
    both: list[Row] = [{}, {"institution": "PD"}]
    office.send(
        addressee=both,
        response=both,
        assessment=[{"assessment": PARTLY}, {"institution": "PD", "assessment": DONE}],
    )

    assert [row["assessment"] for row in office.ask(REGISTER)] == [PARTLY]
    assert [row["assessment"] for row in office.ask(REGISTER, institution="PD")] == [DONE]
    assert [row["assessment"] for row in office.ask(REGISTER, institution="VRM")] == [PARTLY]


# Bounds --------------------------------------------------------------------------------------

JUDGEMENTS = (DONE, PARTLY, GOING, PLANNED, NOT)


def rolled_up(whole: str | None, parts: Sequence[str | None]) -> str | None:
    """The rule of the contract, said once more in other words."""
    if whole:
        return whole
    counted = [part for part in parts if part != ASIDE]
    if not counted:
        return None
    if all(part == DONE for part in counted):
        return DONE
    for answer, signs in ((PARTLY, {DONE, PARTLY}), (GOING, {GOING}), (PLANNED, {PLANNED})):
        if signs & set(counted):
            return answer
    return None if None in counted else NOT


def completions(whole: str | None, parts: Sequence[str | None]) -> set[bool]:
    """Whether it is implemented, in every way in which the silent judgements may yet be made."""
    if not parts or all(part in {None, ASIDE} for part in parts):
        # Nothing is judged yet: the whole may be judged at once, too.
        wholes: Sequence[str | None] = [whole] if whole else [None, *JUDGEMENTS]
    else:
        wholes = [whole]
    choices = [JUDGEMENTS if part is None else (part,) for part in parts]
    return {
        rolled_up(one, filled) == DONE
        for one in wholes
        for filled in itertools.product(*choices)
        if one or filled
    }


@pytest.mark.parametrize("seed", range(3))
def test_every_completion_lies_within_the_bounds_and_the_bounds_are_reached(
    office: Office, seed: int
) -> None:
    draw = random.Random(seed)
    cases = {
        f"R{n}": (
            draw.choice([None, None, None, *JUDGEMENTS]),
            [
                draw.choice([None, None, DONE, DONE, *JUDGEMENTS, ASIDE])
                for _ in range(draw.randint(0, 3))
            ],
        )
        for n in range(60)
    }
    office.send(**rows_of(cases))

    [coverage] = office.ask(COVERAGE)
    register = {row["recommendation"]: row for row in office.ask(REGISTER)}
    ways = {code: completions(*case) for code, case in cases.items()}
    assert coverage["implemented_at_least"] == sum(all(found) for found in ways.values())
    assert coverage["implemented"] == coverage["implemented_at_least"]
    assert coverage["implemented_at_most"] == sum(any(found) for found in ways.values())
    for code, case in cases.items():
        assert register[code]["assessment"] == (rolled_up(*case) or NOT_YET), (code, case)


@pytest.mark.parametrize("seed", range(3))
def test_the_bounds_held_the_truth_once_the_silent_answer(office: Office, seed: int) -> None:
    """Whatever the silent say later, and however all is judged then, the bounds contained it."""
    draw = random.Random(seed)
    themes = ["education_and_prevention", "target_groups", "data_provision", "victim_assistance"]
    codes = [f"R{n}" for n in range(40)]
    named = [
        {"recommendation": code, "institution": institution}
        for code in codes
        for institution in draw.sample(["VRM", "SAM", "PD", "GP"], draw.randint(1, 3))
    ]
    answered = [item for item in named if draw.random() < 0.5]
    states = ["pateikta", "pateikta iš dalies", "nepateikta"]
    responses = [{**item, "state": draw.choice(states)} for item in answered]
    told = {row["recommendation"] for row in responses if row["state"] != "nepateikta"}
    judged = {code for code in told if draw.random() < 0.5}
    office.send(
        recommendation=[{"code": code, "theme": draw.choice(themes)} for code in codes],
        addressee=named,
        result=[{"recommendation": code} for code in codes],
        response=responses,
        assessment=[
            {"recommendation": code, "assessment": draw.choice(JUDGEMENTS)} for code in judged
        ],
    )
    filters: list[dict[str, Any]] = [{}, *({"theme": theme} for theme in themes)]
    before = [office.ask(COVERAGE, **one)[0] for one in filters]

    silent = [item for item in named if item not in answered]
    late = [{**item, "state": draw.choice(states[:2])} for item in silent]
    answered_by_now = told | {row["recommendation"] for row in late}
    office.send("T-2", response=late)
    office.send(
        "T-3",
        assessment=[
            {"recommendation": code, "assessment": draw.choice(JUDGEMENTS)}
            for code in sorted(answered_by_now - judged)
        ],
    )

    for one, bounds in zip(filters, before, strict=True):
        [now] = office.ask(COVERAGE, **one)
        least, most = bounds["implemented_at_least"], bounds["implemented_at_most"]
        assert least <= now["implemented"] <= most, one
        assert least <= now["implemented_at_least"] <= now["implemented_at_most"] <= most, one
        assert now["recommendations"] == bounds["recommendations"]
