"""The rich office, asked: every state and count as it was counted by hand."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from rapporteur.delivery import loading
from rapporteur.warehouse.reading import Warehouse
from tests import rich_office
from tests.rich_office import COVERAGE, OF_SAM, PLACES, REGISTER, SUMMARY, UNPLACED

Row = dict[str, Any]
Ask = Callable[..., list[Row]]


@pytest.fixture(scope="module")
def warehouse(rich_database: Path) -> Iterator[Warehouse]:
    opened = loading.open_renewed(rich_database)
    yield opened
    opened.close()


@pytest.fixture
def ask(warehouse: Warehouse) -> Ask:
    def answer(question: str, **parameters: Any) -> list[Row]:
        columns, rows = warehouse.rows(question, parameters, as_of=rich_office.DAY)
        return [dict(zip(columns, row, strict=True)) for row in rows]

    return answer


@pytest.mark.parametrize("year", REGISTER)
def test_every_recommendation_stands_as_counted_by_hand(ask: Ask, year: int) -> None:
    rows = ask("recommendations/register", year=year)

    assert [
        (
            row["recommendation"],
            rich_office.Standing(
                row["shown_number"],
                row["state"],
                row["answered_addressees"],
                row["asked_addressees"],
                row["assessment"],
            ),
        )
        for row in rows
    ] == list(REGISTER[year].items())  # item 10 comes after item 9, too


def test_one_addressee_stands_by_its_own_judgement(ask: Ask) -> None:
    rows = ask("recommendations/register", year=2026, institution="SAM")
    [counts] = ask("implementation/coverage", year=2026, institution="SAM")

    assert {row["recommendation"]: (row["state"], row["assessment"]) for row in rows} == OF_SAM
    assert (counts["recommendations"], counts["answered"], counts["answered_in_part"]) == (5, 4, 1)
    assert (counts["implemented"], counts["partly_implemented"]) == (2, 1)
    assert (counts["in_progress"], counts["not_implemented"]) == (1, 1)


@pytest.mark.parametrize("year", COVERAGE)
def test_the_counts_of_a_year(ask: Ask, year: int) -> None:
    [counts] = ask("implementation/coverage", year=year)

    assert counts == {"year": year, **COVERAGE[year]}


def test_what_each_addressee_was_asked(ask: Ask) -> None:
    columns = [
        *("items", "not_applicable", "not_asked"),
        *("answered", "answered_in_part", "silent", "not_mentioned", "awaited"),
    ]

    rows = ask("institutions/summary", year=2026)

    assert {row["institution"]: tuple(row[column] for column in columns) for row in rows} == SUMMARY


def test_who_is_asked_until_when(ask: Ask) -> None:
    rows = ask("institutions/requests", year=2026)

    assert [
        (row["institution"], row["recommendation"], row["part"], row["standing"], row["days_left"])
        for row in rows
        if row["standing"] != "answered"
    ] == [
        # 2 November was 18 days before the day asked for, and so on.
        ("GP", "R2026-2", None, "overdue", -18),
        ("PD", "R2026-5", "a", "awaited", 10),
        ("PD", "R2026-5", "b", "awaited", 25),
        ("VRM", "R2025-1", None, "awaited", 25),
    ]
    # A request to the group is one to each member of the year.
    assert {row["institution"] for row in rows if row["through_group"] == "MIN"} == {
        "VRM",
        "SAM",
        "SADM",
    }


def test_where_activities_were_told_of(ask: Ask) -> None:
    rows = ask("activities/by_municipality", year=2026)

    told = {
        row["municipality"]: (
            row["state"],
            row["activities"],
            row["activities_are_at_least"],
            row["activities_are_about"],
        )
        for row in rows
    }
    silent = ("no_answer", None, False, False)
    assert {place: PLACES.get(place, silent) for place in told} == told
    assert len(told) == 60
    assert {
        (row["scope"], row["is_total"]): row["activities"]
        for row in ask("activities/unplaced", year=2026)
    } == UNPLACED


@pytest.mark.parametrize(("year", "count", "census"), [(2021, 4, 2021), (2026, 10, 2025)])
def test_a_rate_goes_by_the_census_of_its_year(
    ask: Ask, year: int, count: int, census: int
) -> None:
    [row] = ask("activities/by_municipality", year=year, municipality="LT-57")

    inhabitants = rich_office.INHABITANTS_OF_VILNIUS[census]
    assert (row["inhabitants"], row["inhabitants_in"]) == (inhabitants, census)
    assert row["activities_per_100k"] == pytest.approx(count * 100_000 / inhabitants)


def test_the_share_of_inhabitants_goes_by_the_census_of_its_year(ask: Ask) -> None:
    shares = {row["year"]: row["share"] for row in ask("indicators/territory")}

    # Vilnius alone; Vilnius and Kaunas; those and the district of Alytus.
    assert shares == {
        2021: pytest.approx(556_490 / 2_810_761),
        2025: pytest.approx((607_667 + 304_114) / 2_890_664),
        2026: pytest.approx((607_667 + 304_114 + 25_371) / 2_890_664),
    }


@pytest.mark.parametrize(
    ("indicator", "known"),
    [
        ("pretrial_investigations_opened", rich_office.OPENED),
        ("victims_identified", rich_office.VICTIMS),
    ],
)
def test_the_figures_that_are_shown(
    ask: Ask, indicator: str, known: dict[int, tuple[int | None, str | None]]
) -> None:
    rows = ask("investigations/series", indicator=indicator)

    assert {row["year"]: (row["value"], row["mark"]) for row in rows} == known
    for row in rows:
        census = 2021 if row["year"] <= 2022 else 2025
        assert (row["inhabitants"], row["inhabitants_in"]) == (
            rich_office.INHABITANTS[census],
            census,
        )
        if row["value"] is not None:
            expected = row["value"] * 100_000 / rich_office.INHABITANTS[census]
            assert row["per_100k"] == pytest.approx(expected)


def test_what_two_sources_say_otherwise_is_told_and_not_shown(ask: Ask) -> None:
    rows = ask("investigations/contradictions", indicator="pretrial_investigations_opened")

    assert [(row["year"], row["value"], row["is_preferred"]) for row in rows] == [
        (2024, 17, False),
        (2024, 19, False),
        (2026, 14, True),
        (2026, 15, False),
    ]
    assert {row["conflict"] for row in rows if row["year"] == 2024} == {"K1"}


def test_one_source_code_is_a_source_of_each_delivery(ask: Ask) -> None:
    answers = ask("implementation/answer_matrix", year=2026, recommendation="R2020-1")

    assert {row["institution"]: row["source_title"] for row in answers} == {
        "PD": "Policijos departamento ataskaita",
        "SAM": "Sveikatos apsaugos ministerijos ataskaita",
    }
