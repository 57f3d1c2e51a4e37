"""Axis A: was an answer given? Each case is a recommendation of its own, all in one delivery."""

import datetime
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.conftest import DAY, INSTITUTIONS, Office, Row

REGISTER = "recommendations/register"
MATRIX = "implementation/answer_matrix"
COVERAGE = "implementation/coverage"

YESTERDAY = DAY - datetime.timedelta(days=1)
PART = "pateikta iš dalies"
HELPER = "bendradarbiaujanti institucija"


@dataclass(frozen=True)
class Case:
    """What is delivered of one recommendation and the states that follow on `DAY`.

    `states` are those of the answer matrix by institution, or institution and part; `counted` is
    the state of the recommendation.
    """

    name: str
    counted: str
    states: dict[str | tuple[str, str], str | None]
    addressee: list[Row] = field(default_factory=lambda: [{}])
    recommendation_part: list[Row] = field(default_factory=list)
    request: list[Row] = field(default_factory=list)
    response: list[Row] = field(default_factory=list)
    result: list[Row] = field(default_factory=list)


SAM: list[Row] = [{"institution": "SAM"}]
TWO: list[Row] = [{}, {"institution": "PD"}]
PARTS: list[Row] = [{"part": "a"}, {"part": "b"}]
FOR_SAM: Row = {"institution": "NTB", "on_behalf_of": "SAM"}

CASES = [
    Case("nobody asked", "neprašyta", {"VRM": "neprašyta"}),
    Case("the report is silent about it", "neminima", {"VRM": "neminima"}, result=[{}]),
    # Requests
    Case("the term is today", "laukiama", {"VRM": "laukiama"}, request=[{"due_on": DAY}]),
    Case(
        "the term was yesterday",
        "nepateikta",
        {"VRM": "nepateikta"},
        request=[{"due_on": YESTERDAY}],
    ),
    Case(
        "extended to today",
        "laukiama",
        {"VRM": "laukiama"},
        request=[{"due_on": YESTERDAY, "extended_to": DAY}],
    ),
    Case(
        "extended to yesterday",
        "nepateikta",
        {"VRM": "nepateikta"},
        request=[{"due_on": datetime.date(2021, 2, 1), "extended_to": YESTERDAY}],
    ),
    Case(
        "a passed term goes before the report's silence",
        "nepateikta",
        {"VRM": "nepateikta"},
        request=[{"due_on": YESTERDAY}],
        result=[{}],
    ),
    Case(
        "answered after the term",
        "pateikta",
        {"VRM": "pateikta"},
        request=[{"due_on": YESTERDAY}],
        response=[{}],
    ),
    Case(
        "one addressee awaited, one not asked",
        "laukiama",
        {"VRM": "laukiama", "PD": "neprašyta"},
        addressee=TWO,
        request=[{"due_on": DAY}],
    ),
    Case(
        "one addressee silent, one awaited: while a term is running it is awaited",
        "laukiama",
        {"VRM": "nepateikta", "PD": "laukiama"},
        addressee=TWO,
        request=[{"due_on": YESTERDAY}, {"institution": "PD", "due_on": DAY}],
    ),
    # Stated states
    Case("stated: answered", "pateikta", {"VRM": "pateikta"}, response=[{}]),
    Case("stated: in part", PART, {"VRM": PART}, response=[{"state": PART}]),
    Case(
        "stated: silent",
        "nepateikta",
        {"VRM": "nepateikta"},
        response=[{"state": "nepateikta"}],
        request=[{"due_on": DAY}],
    ),
    Case(
        "stated: not applicable",
        "netaikoma",
        {"VRM": "netaikoma"},
        response=[{"state": "netaikoma"}],
    ),
    Case(
        "both answered",
        "pateikta",
        {"VRM": "pateikta", "PD": "pateikta"},
        addressee=TWO,
        response=TWO,
    ),
    Case(
        "one answered, one was not mentioned",
        PART,
        {"VRM": "pateikta", "PD": "neminima"},
        addressee=TWO,
        response=[{}],
        result=[{}],
    ),
    Case(
        "who it does not apply to is outside the denominator",
        "pateikta",
        {"VRM": "pateikta", "PD": "netaikoma"},
        addressee=TWO,
        response=[{}, {"institution": "PD", "state": "netaikoma"}],
    ),
    Case(
        "silent, and not applicable to the other",
        "nepateikta",
        {"VRM": "nepateikta", "PD": "netaikoma"},
        addressee=TWO,
        response=[{"state": "nepateikta"}, {"institution": "PD", "state": "netaikoma"}],
    ),
    # Who is no addressee
    Case(
        "an agency's own answer is not its ministry's",
        "neprašyta",
        {"SAM": "neprašyta", "NTB": "pateikta"},
        addressee=SAM,
        response=[{"institution": "NTB"}],
    ),
    Case(
        "an agency that answers for its ministry",
        "pateikta",
        {"SAM": "pateikta", "NTB": "pateikta"},
        addressee=SAM,
        response=[FOR_SAM],
    ),
    Case(
        "an agency that answers for its ministry in part",
        PART,
        {"SAM": PART, "NTB": PART},
        addressee=SAM,
        response=[{**FOR_SAM, "state": PART}],
    ),
    Case(
        "an agency that says for its ministry that there is nothing",
        "neminima",
        {"SAM": "neminima", "NTB": "nepateikta"},
        addressee=SAM,
        response=[{**FOR_SAM, "state": "nepateikta"}],
        result=[{}],
    ),
    Case(
        "one agency in full, one in part",
        PART,
        {"SAM": PART, "NTB": "pateikta", "GP": PART},
        addressee=SAM,
        response=[FOR_SAM, {"institution": "GP", "on_behalf_of": "SAM", "state": PART}],
    ),
    Case(
        "the ministry's own word goes before its agency's",
        "nepateikta",
        {"SAM": "nepateikta", "NTB": "pateikta"},
        addressee=SAM,
        response=[FOR_SAM, {"institution": "SAM", "state": "nepateikta"}],
    ),
    Case(
        "an answer for another than the addressee",
        "neprašyta",
        {"VRM": "neprašyta", "NTB": "pateikta"},
        response=[FOR_SAM],
    ),
    Case(
        "a helper's answer changes nothing",
        "nepateikta",
        {"VRM": "nepateikta", "GP": "pateikta"},
        addressee=[{}, {"institution": "GP", "role": HELPER}],
        response=[{"institution": "GP"}],
        request=[{"due_on": YESTERDAY}],
    ),
    Case(
        "a helper that is silent takes nothing away",
        "pateikta",
        {"VRM": "pateikta", "GP": None},
        addressee=[{}, {"institution": "GP", "role": HELPER}],
        response=[{}],
    ),
    Case(
        "a stranger's answer that it does not apply",
        "pateikta",
        {"VRM": "pateikta", "GP": "netaikoma"},
        response=[{}, {"institution": "GP", "state": "netaikoma"}],
    ),
    Case(
        "addressee and helper at once is an addressee once",
        "pateikta",
        {"VRM": "pateikta"},
        addressee=[{"role": HELPER}, {}],
        response=[{}],
    ),
    # Groups
    Case(
        "what a member says for its group is never all",
        PART,
        {"MIN": PART, "VRM": "pateikta"},
        addressee=[{"institution": "MIN"}],
        response=[{"on_behalf_of": "MIN"}],
    ),
    Case(
        "a group stands for those who were its members that year",
        PART,
        {"VRM": "pateikta", "PD": "neprašyta"},  # and not GP, a member in 2019
        addressee=[{"institution": "TEAM"}],
        response=[{}],
    ),
    Case(
        "a request to a group is one to its members",
        "laukiama",
        {"VRM": "laukiama", "PD": "nepateikta"},  # PD had a term of its own
        addressee=[{"institution": "TEAM"}],
        request=[
            {"institution": "TEAM", "due_on": DAY},
            {"institution": "PD", "due_on": YESTERDAY},
        ],
    ),
    Case(
        "named itself and through a group: once",
        "pateikta",
        {"VRM": "pateikta", "PD": "pateikta"},
        addressee=[{}, {"institution": "TEAM"}],
        response=TWO,
    ),
    Case(
        "a helping group is not taken apart",
        "pateikta",
        {"VRM": "pateikta", "TEAM": None},
        addressee=[{}, {"institution": "TEAM", "role": HELPER}],
        response=[{}],
    ),
    # Parts
    Case(
        "answers to all parts",
        "pateikta",
        {"VRM": "pateikta"},
        recommendation_part=PARTS,
        response=PARTS,
    ),
    Case(
        "an answer to one part",
        PART,
        {"VRM": PART},
        recommendation_part=PARTS,
        response=[{"part": "a"}],
    ),
    Case(
        "all parts in part",
        PART,
        {"VRM": PART},
        recommendation_part=PARTS,
        response=[{**one, "state": PART} for one in PARTS],
    ),
    Case(
        "one part answered, the other silent",
        PART,
        {"VRM": PART},
        recommendation_part=PARTS,
        response=[{"part": "a"}, {"part": "b", "state": "nepateikta"}],
    ),
    Case(
        "one part answered, the other not applicable",
        "pateikta",
        {"VRM": "pateikta"},
        recommendation_part=PARTS,
        response=[{"part": "a"}, {"part": "b", "state": "netaikoma"}],
    ),
    Case(
        "no part applicable",
        "netaikoma",
        {"VRM": "netaikoma"},
        recommendation_part=PARTS,
        response=[{**one, "state": "netaikoma"} for one in PARTS],
    ),
    Case(
        "silent of all parts",
        "nepateikta",
        {"VRM": "nepateikta"},
        recommendation_part=PARTS,
        response=[{**one, "state": "nepateikta"} for one in PARTS],
    ),
    Case(
        "the word on the whole goes before those on the parts",
        "pateikta",
        {"VRM": "pateikta"},
        recommendation_part=PARTS,
        response=[{}, {"part": "a", "state": "nepateikta"}],
    ),
    Case(
        "each part has an addressee of its own",
        PART,
        {("VRM", "a"): "pateikta", ("PD", "b"): "neprašyta"},
        addressee=[{"part": "a"}, {"institution": "PD", "part": "b"}],
        recommendation_part=PARTS,
        response=[{"part": "a"}],
    ),
    Case(
        "an answer to the whole from who was named for each part",
        "pateikta",
        {("VRM", "a"): "pateikta", ("VRM", "b"): "pateikta"},
        addressee=PARTS,
        recommendation_part=PARTS,
        response=[{}],
    ),
    Case(
        "one part answered on behalf of who was named for both",
        PART,
        {("SAM", "a"): "pateikta", ("SAM", "b"): "neprašyta"},
        addressee=[{**SAM[0], **one} for one in PARTS],
        recommendation_part=PARTS,
        response=[{**FOR_SAM, "part": "a"}],
    ),
    Case(
        "one part answered on behalf of who was named for the whole",
        PART,
        {"SAM": PART},
        addressee=SAM,
        recommendation_part=PARTS,
        response=[{**FOR_SAM, "part": "a"}],
    ),
    Case(
        "all parts answered on behalf of who was named for the whole",
        "pateikta",
        {"SAM": "pateikta"},
        addressee=SAM,
        recommendation_part=PARTS,
        response=[{**FOR_SAM, **one} for one in PARTS],
    ),
    Case(
        "asked about one part only",
        "laukiama",
        {("VRM", "a"): "laukiama", ("VRM", "b"): "neprašyta"},
        addressee=PARTS,
        recommendation_part=PARTS,
        request=[{"part": "a", "due_on": DAY}],
    ),
]
CODES = {f"R{number}": case for number, case in enumerate(CASES, 1)}


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Office:
    office = Office(tmp_path_factory.mktemp("axis_a"))
    tables: dict[str, Any] = {
        "institution": [*INSTITUTIONS, {"code": "TEAM", "kind": "group"}],
        "institution_group": [
            {"group_code": "TEAM", "institution": "VRM", "year": 2020},
            {"group_code": "TEAM", "institution": "PD"},
            {"group_code": "TEAM", "institution": "GP", "year": 2019},
        ],
    }
    for code, case in CODES.items():
        for table in ("recommendation_part", "addressee", "request", "response", "result"):
            rows: list[Row] = getattr(case, table)
            tables.setdefault(table, []).extend({"recommendation": code, **row} for row in rows)
    office.send(**tables)
    return office


@pytest.fixture(scope="module")
def matrix(asked: Office) -> list[Row]:
    return asked.ask(MATRIX, year=2020)


@pytest.fixture(scope="module")
def register(asked: Office) -> dict[str, Row]:
    return {row["recommendation"]: row for row in asked.ask(REGISTER, year=2020)}


@pytest.mark.parametrize("code", CODES, ids=lambda code: CODES[code].name)
def test_the_state_of_each_addressee_and_of_the_recommendation(
    code: str, matrix: list[Row], register: dict[str, Row]
) -> None:
    case = CODES[code]
    rows = [row for row in matrix if row["recommendation"] == code]

    found = {
        (row["institution"], row["part"]) if row["part"] else row["institution"]: row["state"]
        for row in rows
        # Parts of who was named for the whole, or for another, are told beside.
        if row["part"] is None or (row["is_addressee"] and row["role"])
    }
    assert {key: found.get(key, "no row") for key in case.states} == case.states
    assert register[code]["state"] == case.counted
    assert len({(row["institution"], row["part"]) for row in rows}) == len(rows)


def test_groups_have_no_other_members(matrix: list[Row]) -> None:
    code = next(c for c, case in CODES.items() if case.name.startswith("a group stands for"))
    assert {row["institution"] for row in matrix if row["recommendation"] == code} == {"VRM", "PD"}


def test_the_states_of_one_addressee_alone(asked: Office) -> None:
    rows = {row["recommendation"]: row["state"] for row in asked.ask(REGISTER, institution="PD")}

    assert rows == {
        code: states["PD"]
        for code, case in CODES.items()
        for states in [{k[0] if isinstance(k, tuple) else k: v for k, v in case.states.items()}]
        if "PD" in states
    }


COLUMNS = {
    "pateikta": "answered",
    PART: "answered_in_part",
    "netaikoma": "not_applicable",
    **dict.fromkeys(("nepateikta", "laukiama", "neminima", "neprašyta"), "unanswered"),
}


@pytest.mark.parametrize("institution", [None, "VRM", "PD", "SAM", "NTB"])
def test_coverage_is_the_register_counted(asked: Office, institution: str | None) -> None:
    register = asked.ask(REGISTER, institution=institution)
    [coverage] = asked.ask(COVERAGE, institution=institution)

    counted = Counter(COLUMNS[row["state"]] for row in register)
    assert coverage["recommendations"] == len(register)
    assert {name: coverage[name] for name in COLUMNS.values()} == {
        name: counted[name] for name in COLUMNS.values()
    }
    unanswered = [row for row in register if COLUMNS[row["state"]] == "unanswered"]
    assert coverage["not_asked"] == sum(row["state"] == "neprašyta" for row in unanswered)
    for row in register:
        if row["state"] == "netaikoma":
            assert row["assessment"] is None
        elif row in unanswered:
            assert row["assessment"] == "nevertinta – duomenų nepateikta"
        else:
            assert row["assessment"] == "dar neįvertinta"


def test_time_alone_turns_awaited_into_unanswered(office: Office) -> None:
    office.send(addressee=[{}], request=[{"due_on": DAY}])

    def state(day: datetime.date) -> tuple[str, int, int]:
        [row] = office.ask(MATRIX, as_of=day)
        [coverage] = office.ask(COVERAGE, as_of=day)
        return row["state"], coverage["awaited"], coverage["unanswered"]

    assert state(DAY) == ("laukiama", 1, 1)
    assert state(DAY + datetime.timedelta(days=1)) == ("nepateikta", 0, 1)


def test_years_and_recommendations_that_count(office: Office) -> None:
    office.send(
        document=[
            {},
            {"code": "PROJ", "status": "projektas"},
            {"code": "TVIR", "status": "priimtas"},
        ],
        recommendation=[
            {"code": "ONCE", "made_in": 2018},
            {"code": "DUTY", "made_in": 2018, "nature": "nuolatinis"},
            {"code": "LATE", "made_in": 2019, "nature": "nuolatinis"},
            {"code": "TOLD", "made_in": 2018},  # one-off, and told of again in 2020
            {"code": "DRAFT", "made_in": 2018, "nature": "nuolatinis", "document": "PROJ"},
            {"code": "ADOPTED", "made_in": 2020, "document": "TVIR"},
        ],
        addressee=[
            {"recommendation": code}
            for code in ("ONCE", "DUTY", "LATE", "TOLD", "DRAFT", "ADOPTED")
        ],
        response=[
            {"recommendation": "ONCE", "year": 2018},
            {"recommendation": "TOLD", "year": 2020},
            {"recommendation": "DRAFT", "year": 2020},
        ],
    )

    counted: dict[int, set[str]] = {}
    for row in office.ask(REGISTER):
        counted.setdefault(row["year"], set()).add(row["recommendation"])

    # 2019 is no reporting year: nothing was requested, answered or reported.
    assert counted == {
        2018: {"ONCE", "DUTY", "TOLD"},
        2020: {"DUTY", "LATE", "TOLD", "ADOPTED"},
    }
    coverage = {row["year"]: row["recommendations"] for row in office.ask(COVERAGE)}
    assert coverage == {2018: 3, 2020: 4}
    assert [row["year"] for row in office.ask("implementation/years")] == [2020, 2018]
    assert {row["recommendation"] for row in office.ask(MATRIX)} == {*counted[2018], *counted[2020]}


@pytest.mark.parametrize("table", ["request", "response", "result"])
def test_a_reporting_year_opens_with_its_first_row(office: Office, table: str) -> None:
    first: Any = {table: [{"year": 2021}]}
    office.send(recommendation=[{"nature": "nuolatinis"}], **first)

    assert [row["year"] for row in office.ask(COVERAGE)] == [2021]
