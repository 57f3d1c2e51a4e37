"""Yearly figures: intervals, inhabitants, breakdowns, contradictions, and documents that ask."""

import datetime
from typing import Any

import pytest

from tests.conftest import Office, Row

SERIES = "investigations/series"
OPENED = "pretrial_investigations_opened"
VICTIMS = "victims_identified"
LATER = datetime.datetime(2025, 12, 1, 10, tzinfo=datetime.UTC)


def figure(**changed: Any) -> Row:
    return {"indicator": OPENED, "year": 2020, "value": 11, **changed}


# Row, and the interval that it has.
INTERVALS: list[tuple[str, Row, tuple[float | None, float | None]]] = [
    ("a count", figure(value=7), (2.8144, 14.4227)),
    ("none", figure(value=0), (0, 3.6889)),
    ("persons", figure(indicator=VICTIMS, value=24), (15.3773, 35.7101)),
    ("the largest listed", figure(value=2000), (1913.2987, 2089.6174)),
    ("larger than what is listed", figure(value=2001), (None, None)),
    ("about", figure(value="apie 11"), (None, None)),
    ("at least", figure(value="bent 11"), (None, None)),
    ("fewer than five", figure(value="<5"), (None, None)),
    ("not stated", figure(value="n. d."), (None, None)),
    ("money", figure(indicator="state_funding_victim_assistance", value=100), (None, None)),
    (
        "a share",
        figure(indicator="share_of_victims_exploited_in_Lithuania", value=50),
        (None, None),
    ),
    (
        "counted on one day",
        figure(indicator="pretrial_investigations_ongoing_snapshot", value=22),
        (None, None),
    ),
]


@pytest.mark.parametrize(
    ("row", "interval"), [case[1:] for case in INTERVALS], ids=[case[0] for case in INTERVALS]
)
def test_only_whole_counts_of_a_year_have_an_interval(
    office: Office, row: Row, interval: tuple[float | None, float | None]
) -> None:
    office.send(statistic=[row])

    [found] = office.ask(SERIES, indicator=row["indicator"])
    assert (found["low"], found["high"]) == interval


@pytest.mark.parametrize(
    ("year", "territory", "inhabitants", "counted_in"),
    [
        (2015, None, None, None),
        (2016, None, 2_810_761, 2021),
        (2022, None, 2_810_761, 2021),
        (2023, None, 2_890_664, 2025),
        (2021, "LT-57", 556_490, 2021),
    ],
)
def test_inhabitants_of_the_nearest_year_known(
    office: Office,
    year: int,
    territory: str | None,
    inhabitants: int | None,
    counted_in: int | None,
) -> None:
    office.send(moment=LATER, statistic=[figure(year=year, territory=territory)])

    [found] = office.ask(SERIES, as_of=LATER.date(), indicator=OPENED, territory=territory or "LT")
    assert (found["inhabitants"], found["inhabitants_in"]) == (inhabitants, counted_in)
    if inhabitants:
        assert found["per_100k"] == pytest.approx(11 * 100_000 / inhabitants)
        assert found["per_100k_low"] == pytest.approx(5.4912 * 100_000 / inhabitants)
    else:
        assert found["per_100k"] is None


def test_money_has_no_rate(office: Office) -> None:
    office.send(statistic=[figure(indicator="state_funding_victim_assistance", value=240_100)])

    [found] = office.ask(SERIES, indicator="state_funding_victim_assistance")
    assert found["per_100k"] is None


@pytest.mark.parametrize(
    ("breakdown", "has_rate"),
    [
        ({"sex": "women"}, False),
        ({"age_group": "children"}, False),
        ({"citizenship": "foreign_nationals"}, False),
        ({"form": "forced_labour"}, True),  # anybody may be exploited so
    ],
)
def test_of_whom_it_is_not_known_how_many_live_here_there_is_no_rate(
    office: Office, breakdown: dict[str, Any], has_rate: bool
) -> None:
    office.send(statistic=[figure(indicator=VICTIMS, **breakdown)])

    [found] = office.ask(SERIES, indicator=VICTIMS, **breakdown)
    assert (found["per_100k"] is not None, found["inhabitants"] is not None) == (has_rate, has_rate)


def test_a_county_is_the_sum_of_its_municipalities(office: Office) -> None:
    office.send(statistic=[figure(year=2021, territory="LT-VL")])

    [found] = office.ask(SERIES, indicator=OPENED, territory="LT-VL")
    assert found["inhabitants"] > 556_490


def test_breakdowns_are_those_that_have_a_shown_figure(office: Office) -> None:
    victims = {"indicator": VICTIMS, "value": 3}
    office.send(
        statistic=[
            {**victims, "year": 2019, "age_group": "children"},
            {**victims, "year": 2020, "age_group": "children"},
            {**victims, "year": 2020, "sex": "women"},
            {**victims, "year": 2020, "sex": "men", "is_doubtful": "taip"},
            # Of a cross-tabulation no line is drawn.
            {**victims, "year": 2020, "sex": "women", "age_group": "children"},
            figure(territory="LT-57"),
        ]
    )

    found = [
        (row["indicator"], row["dimension"], row["code"], row["years"])
        for row in office.ask("investigations/breakdowns")
    ]
    assert found == [
        (OPENED, "territory", "LT-57", 1),
        (VICTIMS, "age_group", "children", 2),
        (VICTIMS, "sex", "women", 1),
    ]


# Contradictions ------------------------------------------------------------------------------


def disputes(office: Office, **filters: Any) -> list[list[tuple[int, float, bool]]]:
    """Year, value and whether it is shown, of each contradiction."""
    found: dict[str, list[tuple[int, float, bool]]] = {}
    for row in office.ask("investigations/contradictions", **filters):
        found.setdefault(row["dispute"], []).append(
            (row["year"], row["value"], row["is_preferred"])
        )
    return list(found.values())


def test_a_group_stands_together_whatever_its_years_and_indicators(office: Office) -> None:
    office.send(
        conflict=[{"handling": "Rodoma 37."}],
        statistic=[
            figure(indicator="persons_prosecuted", year=2011, value=37, conflict="K1"),
            figure(indicator="persons_convicted", year=2012, value=26, conflict="K1"),
            figure(year=2019),
        ],
    )

    [group] = disputes(office)
    assert group == [(2011, 37, True), (2012, 26, True)]
    assert disputes(office, indicator="persons_convicted") == [group]
    assert disputes(office, indicator=VICTIMS) == []
    [told, _] = office.ask("investigations/contradictions")
    assert told["conflict_handling"] == "Rodoma 37."


def test_two_numbers_for_one_thing_are_a_contradiction_though_no_sheet_says_so(
    office: Office,
) -> None:
    sources = [{"code": "S1"}, {"code": "S2"}, {"code": "S3"}]
    office.send(
        source=sources,
        conflict=[{}],
        statistic=[
            figure(value=11, source="S1", is_preferred="taip"),
            figure(value=13, source="S2", is_preferred="ne"),
            # One of them names a group: what else is told of the same stands in it.
            figure(year=2019, value=16, source="S1", is_preferred="taip", conflict="K1"),
            figure(year=2019, value=17, source="S2", is_preferred="ne"),
            # The same number from two sources contradicts nothing.
            figure(year=2018, value=14, source="S1", is_preferred="taip"),
            figure(year=2018, value=14, source="S2", is_preferred="ne"),
        ],
    )

    assert disputes(office) == [
        [(2019, 16, True), (2019, 17, False)],
        [(2020, 11, True), (2020, 13, False)],
    ]


# Documents -----------------------------------------------------------------------------------


def test_documents_stand_at_the_year_that_they_ask_in(office: Office) -> None:
    office.send(
        document=[{}, {"code": "PROT", "title": "Protokolas", "status": "projektas"}],
        recommendation=[
            {"code": "R1"},
            {"code": "R2", "number": "2"},
            {"code": "P1", "document": "PROT", "made_in": 2021},
        ],
    )

    found = [
        (row["document"], row["year"], row["recommendations"], row["is_draft"])
        for row in office.ask("investigations/milestones")
    ]
    assert found == [("DOK", 2020, 2, None), ("PROT", 2021, 1, True)]
