"""Indicators that follow from a recommendation: counts at least, and how much is not known."""

from typing import Any

import pytest

from tests.conftest import Office, Row

TERRITORY = "indicators/territory"
TARGET_GROUPS = "indicators/target_groups"
FORMS = "indicators/forms"


def nowhere(**columns: Any) -> Row:
    return {"scope": "visa šalis", "municipality": None, **columns}


@pytest.mark.parametrize(
    ("activity", "active", "zero", "unplaced"),
    [
        ([{}], 1, 0, 0),
        ([{}, {}], 1, 0, 0),
        ([{}, {"municipality": "LT-15"}], 2, 0, 0),
        ([{"count": 0}], 0, 1, 0),
        ([{"count": 0}, {"count": 2}], 1, 0, 0),
        ([{"count": "n. d."}], 0, 0, 0),
        ([{"count": "<5"}], 1, 0, 0),
        ([{"count": 3}, nowhere(count=138)], 1, 0, 138),
        ([nowhere(), nowhere()], 0, 0, 2),
        # One activity told of twice counts once, by the larger number.
        ([nowhere(count=4, group_code="G"), nowhere(count=6, group_code="G")], 0, 0, 6),
        ([nowhere(count="n. d.")], 0, 0, 0),
        ([{"year": 2021}], 0, 0, 0),
    ],
)
def test_the_territory(
    office: Office, activity: list[Row], active: int, zero: int, unplaced: int
) -> None:
    office.send(activity=[*activity, {"year": 2019}])

    rows = {row["year"]: row for row in office.ask(TERRITORY)}
    row = rows.get(2020) or {"active": 0, "zero": 0, "unplaced": 0, "no_answer": 60}
    assert (row["active"], row["zero"], row["unplaced"]) == (active, zero, unplaced)
    assert row["active"] + row["zero"] + row["no_answer"] == 60


def test_the_territory_agrees_with_the_municipalities(office: Office) -> None:
    office.send(
        activity=[
            {"count": 2},
            {"municipality": "LT-15", "count": 0},
            {"municipality": "LT-15", "group_code": "G"},
            {"municipality": "LT-20", "count": 0},
            {"municipality": "LT-20", "count": "n. d."},
            {"municipality": "LT-32", "count": "netaikoma"},
        ]
    )

    [row] = office.ask(TERRITORY, year=2020)
    places = office.ask("activities/by_municipality", year=2020)
    for column, state in (("active", "active"), ("zero", "zero"), ("no_answer", "no_answer")):
        assert row[column] == sum(place["state"] == state for place in places)
    active = [place for place in places if place["state"] == "active"]
    assert row["inhabitants_of_active"] == sum(place["inhabitants"] for place in active)
    assert row["inhabitants"] == sum(place["inhabitants"] for place in places)
    assert row["share"] == pytest.approx(row["inhabitants_of_active"] / row["inhabitants"])


@pytest.mark.parametrize(("year", "census"), [(2020, 2021), (2022, 2021)])
def test_the_inhabitants_are_of_the_census_of_the_year(
    office: Office, year: int, census: int
) -> None:
    office.send(activity=[{"year": year}])

    assert office.ask(TERRITORY, year=year)[0]["inhabitants_in"] == census


def test_an_open_year_without_activities_has_none_and_says_so(office: Office) -> None:
    office.send(response=[{}], addressee=[{}])

    [row] = office.ask(TERRITORY)
    assert (row["year"], row["active"], row["no_answer"], row["share"]) == (2020, 0, 60, 0)


def reached(office: Office, question: str, recommendation: str) -> dict[str, tuple[int, int]]:
    rows = office.ask(question, year=2020, recommendation=recommendation)
    return {row["named"]: (row["placed"], row["unplaced"]) for row in rows}


def test_the_target_groups_that_a_recommendation_names(office: Office) -> None:
    office.send(
        activity=[
            {"target_groups": "people_aged_18_30; pupils", "count": 3},
            {"target_groups": "people_aged_18_30"},
            {"target_groups": "youth", "count": 7},
            {"count": 5},
            nowhere(target_groups="socially_vulnerable_persons", count=2),
            nowhere(count=138),
        ]
    )

    assert reached(office, TARGET_GROUPS, "R2020-3") == {
        "people_aged_18_30": (4, 0),
        "socially_vulnerable_persons": (0, 2),
    }
    [band, _] = office.ask(TARGET_GROUPS, year=2020, recommendation="P2021-3.3")
    assert (band["named"], band["placed"]) == ("people_aged_21_30", 0)
    assert (band["unnamed_placed"], band["unnamed_unplaced"]) == (5, 138)
    assert (band["all_placed"], band["all_unplaced"]) == (16, 140)


def test_statements_on_one_activity_count_once_for_every_group_that_any_names(
    office: Office,
) -> None:
    office.send(
        activity=[
            {"group_code": "G", "count": 2, "target_groups": "people_aged_18_30"},
            {"group_code": "G", "count": 5, "target_groups": "socially_vulnerable_persons"},
            {"group_code": "G", "count": 5, "municipality": "LT-15"},
        ]
    )

    assert reached(office, TARGET_GROUPS, "R2020-3") == {
        "people_aged_18_30": (5, 0),
        "socially_vulnerable_persons": (5, 0),
    }
    assert office.ask(TARGET_GROUPS, year=2020)[0]["all_placed"] == 10


def test_the_forms_that_a_recommendation_names(office: Office) -> None:
    office.send(
        activity=[
            {"forms": "forced_labour", "count": 2},
            {"forms": "all_THB_forms", "count": 4},
            {"forms": "unspecified"},
            nowhere(forms="organ_removal; forced_labour"),
        ]
    )

    found = reached(office, FORMS, "P2021-3.2")
    assert found.pop("forced_labour") == (2, 1)
    assert found.pop("organ_removal") == (0, 1)
    assert set(found.values()) == {(0, 0)}
    assert len(found) == 6
    row = office.ask(FORMS, year=2020)[0]
    assert (row["of_all_forms"], row["unnamed_placed"], row["all_placed"]) == (4, 1, 7)
    assert len(reached(office, FORMS, "R2020-3")) == 5


def test_only_recommendations_that_name_something_have_an_indicator(office: Office) -> None:
    office.send(activity=[{}])

    rows = office.ask("indicators/followed")
    assert {(row["recommendation"], row["indicator"]) for row in rows} == {
        ("R2020-1", "territory"),
        ("R2020-3", "target_groups"),
        ("R2020-3", "forms"),
        ("P2021-3.2", "forms"),
        ("P2021-3.3", "target_groups"),
    }
    assert office.ask("indicators/followed", recommendation="R2020-5") == []
