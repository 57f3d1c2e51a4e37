"""Requests and their terms, what is still owed, and how many of those asked gave data."""

import datetime
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.conftest import DAY, INSTITUTIONS, Office, Row

REQUESTS = "institutions/requests"
SUMMARY = "institutions/summary"
RATE = "implementation/response_rate"
PART = "pateikta iš dalies"
YESTERDAY = DAY - datetime.timedelta(days=1)
TOMORROW = DAY + datetime.timedelta(days=1)
PARTS: list[Row] = [{"part": "a"}, {"part": "b"}]


@dataclass(frozen=True)
class Case:
    """What was asked and came; standing, state and days left of each request on `DAY`."""

    name: str
    found: dict[str | tuple[str, str], tuple[str, str, int | None]]
    request: list[Row] = field(default_factory=lambda: [{"due_on": DAY}])
    addressee: list[Row] = field(default_factory=lambda: [{}])
    recommendation_part: list[Row] = field(default_factory=list)
    response: list[Row] = field(default_factory=list)


CASES = [
    Case("the term is today", {"VRM": ("awaited", "laukiama", 0)}),
    Case(
        "the term was yesterday",
        {"VRM": ("overdue", "nepateikta", -1)},
        request=[{"due_on": YESTERDAY}],
    ),
    Case(
        "extended to tomorrow",
        {"VRM": ("awaited", "laukiama", 1)},
        request=[{"due_on": YESTERDAY, "extended_to": TOMORROW}],
    ),
    Case("answered in full", {"VRM": ("answered", "pateikta", None)}, response=[{}]),
    Case("answered in part", {"VRM": ("answered", PART, None)}, response=[{"state": PART}]),
    Case(
        "it does not apply",
        {"VRM": ("answered", "netaikoma", None)},
        response=[{"state": "netaikoma"}],
    ),
    Case(
        "answered after the term",
        {"VRM": ("answered", "pateikta", None)},
        request=[{"due_on": YESTERDAY}],
        response=[{}],
    ),
    Case(
        "the answer says that there is nothing",
        {"VRM": ("awaited", "nepateikta", 0)},
        response=[{"state": "nepateikta"}],
    ),
    Case(
        "a letter of reply that says nothing of it",
        {"VRM": ("replied_without_data", "nepateikta", -1)},
        request=[{"due_on": YESTERDAY, "replied_on": YESTERDAY}],
    ),
    Case(
        "a letter of reply and data",
        {"VRM": ("answered", "pateikta", None)},
        request=[{"due_on": YESTERDAY, "replied_on": YESTERDAY}],
        response=[{}],
    ),
    Case(
        "another answered on its behalf",
        {"SAM": ("answered", "pateikta", None)},
        addressee=[{"institution": "SAM"}],
        request=[{"institution": "SAM", "due_on": YESTERDAY}],
        response=[{"institution": "NTB", "on_behalf_of": "SAM"}],
    ),
    Case(
        "asked without being an addressee, and silent",
        {"PD": ("overdue", "nepateikta", -1)},
        request=[{"institution": "PD", "due_on": YESTERDAY}],
    ),
    Case(
        "asked without being an addressee, and answered",
        {"PD": ("answered", "pateikta", None)},
        request=[{"institution": "PD", "due_on": YESTERDAY}],
        response=[{"institution": "PD"}],
    ),
    # Parts
    Case(
        "asked about each part, answered one",
        {("VRM", "a"): ("answered", "pateikta", None), ("VRM", "b"): ("overdue", "nepateikta", -1)},
        recommendation_part=PARTS,
        request=[{"due_on": YESTERDAY, **one} for one in PARTS],
        response=[{"part": "a"}],
    ),
    Case(
        "asked about each part, answered the whole",
        {("VRM", "a"): ("answered", PART, None), ("VRM", "b"): ("answered", PART, None)},
        recommendation_part=PARTS,
        request=[{"due_on": YESTERDAY, **one} for one in PARTS],
        response=[{"state": PART}],
    ),
    Case(
        "asked about the whole, named for the parts, answered one",
        {"VRM": ("answered", PART, None)},
        addressee=PARTS,
        recommendation_part=PARTS,
        response=[{"part": "a"}, {"part": "b", "state": "nepateikta"}],
    ),
    # Groups
    Case(
        "a letter to a group asks each member",
        {"VRM": ("answered", "pateikta", None), "PD": ("awaited", "laukiama", 0)},
        addressee=[{"institution": "TEAM"}],
        request=[{"institution": "TEAM", "due_on": DAY}],
        response=[{}],
    ),
    Case(
        "a member with a letter of its own has its own term",
        {"VRM": ("awaited", "laukiama", 1), "PD": ("overdue", "nepateikta", -1)},
        addressee=[{"institution": "TEAM"}],
        request=[
            {"institution": "TEAM", "due_on": TOMORROW},
            {"institution": "PD", "due_on": YESTERDAY},
        ],
    ),
    Case(
        "a group without members is asked as one",
        {"MIN": ("overdue", "nepateikta", -1)},
        addressee=[{"institution": "MIN"}],
        request=[{"institution": "MIN", "due_on": YESTERDAY}],
    ),
]
CODES = {f"R{number}": case for number, case in enumerate(CASES, 1)}


@pytest.fixture(scope="module")
def requests(tmp_path_factory: pytest.TempPathFactory) -> list[Row]:
    office = Office(tmp_path_factory.mktemp("requests"))
    tables: dict[str, Any] = {
        "institution": [*INSTITUTIONS, {"code": "TEAM", "kind": "group"}],
        "institution_group": [
            {"group_code": "TEAM", "institution": "VRM"},
            {"group_code": "TEAM", "institution": "PD"},
        ],
    }
    for code, case in CODES.items():
        for table in ("recommendation_part", "addressee", "request", "response"):
            rows: list[Row] = getattr(case, table)
            tables.setdefault(table, []).extend({"recommendation": code, **row} for row in rows)
    office.send(**tables)
    return office.ask(REQUESTS, year=2020)


@pytest.mark.parametrize("code", CODES, ids=lambda code: CODES[code].name)
def test_the_standing_of_each_request(code: str, requests: list[Row]) -> None:
    found = {
        (row["institution"], row["part"]) if row["part"] else row["institution"]: (
            row["standing"],
            row["state"],
            row["days_left"],
        )
        for row in requests
        if row["recommendation"] == code
    }
    assert found == CODES[code].found


def test_what_is_past_its_term_comes_first_and_what_is_answered_last(requests: list[Row]) -> None:
    order = [(row["standing"] == "answered", row["due_on"]) for row in requests]

    assert order == sorted(order)


def test_a_request_is_awaited_as_it_stood_that_day(office: Office) -> None:
    office.send(request=[{"due_on": DAY}], addressee=[{}])

    later = DAY + datetime.timedelta(days=40)
    assert office.ask(REQUESTS, as_of=DAY)[0]["standing"] == "awaited"
    assert office.ask(REQUESTS, as_of=later)[0]["standing"] == "overdue"
    assert office.ask(REQUESTS, as_of=later)[0]["days_left"] == -40


# What each institution owes ------------------------------------------------------------------


@pytest.fixture
def owed(office: Office) -> Office:
    """One addressee with an item in every state, and one that nobody asked anything."""
    states = ["pateikta", PART, "nepateikta", "netaikoma", None, None, None]
    codes = [f"R{number}" for number in range(1, len(states) + 1)]
    office.send(
        addressee=[{"recommendation": code} for code in codes]
        + [{"recommendation": "R7", "institution": "GP"}],
        response=[
            {"recommendation": code, "state": state}
            for code, state in zip(codes, states, strict=True)
            if state
        ],
        result=[{"recommendation": "R5"}],
        request=[{"recommendation": "R6", "due_on": DAY, "reminded_on": YESTERDAY}],
    )
    return office


def test_each_state_is_counted_once(owed: Office) -> None:
    [row] = owed.ask(SUMMARY, institution="VRM")

    counted = {
        "items": 7,
        "not_applicable": 1,
        "not_asked": 1,
        "asked": 5,
        "answered": 1,
        "answered_in_part": 1,
        "silent": 1,
        "not_mentioned": 1,
        "awaited": 1,
        "with_data_at_least": 2,
        "with_data_at_most": 4,
        "due_on": DAY,
        "reminded_on": YESTERDAY,
    }
    assert {name: row[name] for name in counted} == counted


def test_who_nobody_asked_is_in_no_rate(owed: Office) -> None:
    [gp] = owed.ask(SUMMARY, institution="GP")
    kinds = {row["institution_kind"]: row for row in owed.ask(RATE)}

    assert (gp["asked"], gp["not_asked"]) == (0, 1)
    assert kinds.keys() == {"ministry", None}
    assert kinds[None]["response_rate_at_least"] == pytest.approx(2 / 5)
    assert kinds[None]["response_rate_at_most"] == pytest.approx(4 / 5)


def test_the_rate_is_told_by_kind_and_for_all(office: Office) -> None:
    office.send(
        addressee=[{}, {"institution": "SAM"}, {"institution": "PD"}, {"institution": "MIN"}],
        response=[{}, {"institution": "PD", "state": PART}],
        result=[{}],
    )

    told = {
        row["institution_kind"]: (row["institutions"], row["asked"], row["with_data_at_least"])
        for row in office.ask(RATE)
    }
    assert told == {
        "ministry": (2, 2, 1),
        "police": (1, 1, 1),
        "group": (1, 1, 0),
        None: (4, 4, 2),
    }


@pytest.mark.parametrize("came", ["pateikta", PART, "nepateikta"])
def test_what_was_not_known_comes_within_the_bounds(office: Office, came: str) -> None:
    """Whatever those answer who have time left or are not mentioned, the bounds held it."""
    institutions = ["VRM", "SAM", "PD", "GP", "NTB"]
    office.send(
        addressee=[{"institution": code} for code in institutions],
        response=[{}, {"institution": "SAM", "state": "nepateikta"}],
        request=[{"institution": "PD", "due_on": DAY}],
        result=[{}],
    )
    [before] = [row for row in office.ask(RATE) if row["institution_kind"] is None]
    silent = institutions[2:]

    for number, code in enumerate(silent):
        office.send(f"{code}-2020", response=[{"institution": code, "state": came}])
        [now] = [row for row in office.ask(RATE) if row["institution_kind"] is None]
        least, most = before["with_data_at_least"], before["with_data_at_most"]
        assert least <= now["with_data_at_least"] <= now["with_data_at_most"] <= most
        assert now["with_data_at_most"] - now["with_data_at_least"] == len(silent) - number - 1
