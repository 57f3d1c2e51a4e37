"""A rate is of the inhabitants whose census stands beside it: 2021 to 2022, 2025 after."""

import datetime
import random
from typing import Final

import pytest

from rapporteur.delivery import reference
from tests.conftest import Office

MOMENT: Final = datetime.datetime(2027, 3, 1, 10, tzinfo=datetime.UTC)
DAY: Final = MOMENT.date()
YEARS: Final = range(2016, 2027)
INDICATOR: Final = "pretrial_investigations_opened"
PLACES: Final = ["LT-57", "LT-13", "LT-02"]
COUNTIES: Final = ["LT-VL", "LT-TE"]


def census_of(year: int) -> int:
    return 2021 if year <= 2022 else 2025


def inhabitants(place: str, census: int) -> int:
    """Those of a municipality, a county or the country, by the list itself."""
    return sum(
        int(row[f"inhabitants_{census}"])
        for row in reference.rows("municipality")
        if place in ("LT", row["code"], row["county"])
    )


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    made = Office(tmp_path_factory.mktemp("census"))
    drawn = random.Random(7)
    made.send(
        moment=MOMENT,
        statistic=[
            {
                "indicator": INDICATOR,
                "year": year,
                "territory": None if place == "LT" else place,
                "value": drawn.randint(1, 9) + (100 if place == "LT" else 0),
            }
            for year in YEARS
            for place in ("LT", *PLACES, *COUNTIES)
        ],
        activity=[
            {"year": year, "municipality": place, "count": drawn.randint(1, 9)}
            for year in YEARS
            for place in PLACES
        ],
    )
    return made


@pytest.mark.parametrize("place", ["LT", *PLACES, *COUNTIES])
def test_a_figure_per_100_000_is_of_the_census_beside_it(office: Office, place: str) -> None:
    rows = office.ask("investigations/series", as_of=DAY, indicator=INDICATOR, territory=place)

    assert [row["year"] for row in rows] == [*YEARS]
    for row in rows:
        assert row["inhabitants_in"] == census_of(row["year"])
        assert row["inhabitants"] == inhabitants(place, row["inhabitants_in"])
        assert row["per_100k"] == pytest.approx(row["value"] * 100_000 / row["inhabitants"])
        assert row["per_100k_low"] == pytest.approx(row["low"] * 100_000 / row["inhabitants"])
        assert row["per_100k_high"] == pytest.approx(row["high"] * 100_000 / row["inhabitants"])


@pytest.mark.parametrize("years", [*([year] for year in YEARS), [2021, 2024], []])
def test_activities_per_100_000_are_of_the_census_beside_them(
    office: Office, years: list[int]
) -> None:
    rows = office.ask("activities/by_municipality", as_of=DAY, year=years or None)

    census = census_of(max(years, default=YEARS[-1]))
    assert {row["inhabitants_in"] for row in rows} == {census}
    for row in rows:
        assert row["inhabitants"] == inhabitants(row["municipality"], census)
        if row["activities"] is not None:
            rate = row["activities"] * 100_000 / row["inhabitants"]
            assert row["activities_per_100k"] == pytest.approx(rate)
    assert sum(row["activities"] is not None for row in rows) == len(PLACES)


def test_the_share_of_inhabitants_is_of_the_census_beside_it(office: Office) -> None:
    rows = office.ask("indicators/territory", as_of=DAY)

    assert [row["year"] for row in rows] == [*YEARS]
    for row in rows:
        census = census_of(row["year"])
        reached = sum(inhabitants(place, census) for place in PLACES)
        assert (row["inhabitants_in"], row["inhabitants"]) == (census, inhabitants("LT", census))
        assert row["inhabitants_of_active"] == reached
        assert row["share"] == pytest.approx(reached / inhabitants("LT", census))
