"""Which figure is shown: one a year and breakdown, its source beside it, or none."""

from typing import Any

import pytest

from tests.conftest import Office, Row

SERIES = "investigations/series"
EVIDENCE = "investigations/evidence"
SOURCES: list[Row] = [{"code": f"S{n}"} for n in range(1, 5)]

# Figures of one year: (value, source, preferred, doubtful) → the value shown, and contradicted.
Told = tuple[object, str, str | None, str | None]
CASES: list[tuple[str, list[Told], object, bool]] = [
    ("one figure", [(24, "S1", None, None)], 24, False),
    ("one preferred figure", [(24, "S1", "taip", None)], 24, False),
    ("one figure that is not to be shown", [(24, "S1", "ne", None)], None, False),
    ("two that say the same", [(24, "S1", None, None), (24, "S2", None, None)], 24, False),
    ("two undecided", [(24, "S1", None, None), (25, "S2", None, None)], None, True),
    ("one of two preferred", [(24, "S1", None, None), (25, "S2", "taip", None)], 25, True),
    ("one of two put aside", [(24, "S1", None, None), (25, "S2", "ne", None)], 24, True),
    ("both put aside", [(24, "S1", "ne", None), (25, "S2", "ne", None)], None, True),
    ("a doubtful figure", [(76, "S1", None, "taip")], None, False),
    ("a doubtful figure that is preferred", [(76, "S1", "taip", "taip")], None, False),
    (
        "a doubtful one beside a sound one",
        [(76, "S1", None, "taip"), (11, "S2", None, None)],
        11,
        True,
    ),
    (
        "a doubtful preferred one beside a sound one",
        [(76, "S1", "taip", "taip"), (11, "S2", None, None)],
        11,
        True,
    ),
    (
        "not provided beside a number",
        [("n. d.", "S1", "ne", None), (3, "S2", None, None)],
        3,
        False,
    ),
    (
        "about and exactly the same",
        [("apie 5", "S1", None, None), (5, "S2", None, None)],
        None,
        False,
    ),
]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Office:
    office = Office(tmp_path_factory.mktemp("figures"))
    office.send(
        source=SOURCES,
        statistic=[
            {
                "year": 1990 + number,
                "value": value,
                "source": source,
                "is_preferred": preferred,
                "is_doubtful": doubtful,
            }
            for number, (_, figures, _, _) in enumerate(CASES)
            for value, source, preferred, doubtful in figures
        ],
    )
    return office


@pytest.mark.parametrize("number", range(len(CASES)), ids=lambda n: CASES[n][0])
def test_the_figure_that_is_shown(told: Office, number: int) -> None:
    _, figures, shown, is_contradicted = CASES[number]
    year = 1990 + number

    series = [row for row in told.ask(SERIES) if row["year"] == year]
    evidence = told.ask(EVIDENCE, year=year)

    assert [row["value"] for row in series] == ([] if shown is None else [shown])
    assert len(evidence) == len(figures)
    assert sum(row["is_preferred"] for row in evidence) == (shown is not None)
    assert {row["is_contradicted"] for row in [*series, *evidence]} == {is_contradicted}


def test_of_two_preferred_in_two_deliveries_the_one_loaded_last_is_shown(office: Office) -> None:
    first: Row = {"value": 24, "is_preferred": "taip"}
    office.send("T-1", statistic=[first])
    office.send("T-2", statistic=[{"value": 25, "is_preferred": "taip"}])
    assert [row["value"] for row in office.ask(SERIES)] == [25]

    office.send("T-1", statistic=[first, {"year": 2019, "value": 36}])
    assert [(row["year"], row["value"]) for row in office.ask(SERIES)] == [(2019, 36), (2020, 24)]
    assert len(office.ask(EVIDENCE, year=2020)) == 2


def test_a_breakdown_is_no_part_of_the_total(office: Office) -> None:
    office.send(
        statistic=[
            {"value": 24},
            {"value": 10, "sex": "women"},
            {"value": 14, "sex": "vyrai"},
            {"value": 3, "sex": "women", "age_group": "children"},
            {"value": 5, "territory": "LT-57"},
            {"value": 7, "territory": "Vilniaus apskritis"},
            {"value": 9, "form": "forced_labour"},
            {"value": 8, "registered_by": "PD"},
            {"value": 2, "citizenship": "foreign_nationals"},
            {"value": 99, "indicator": "persons_convicted"},
        ]
    )

    def values(**filters: Any) -> list[float]:
        return [row["value"] for row in office.ask(SERIES, **filters)]

    assert values(indicator="victims_identified") == [24]
    assert values() == [99, 24]  # persons convicted come before victims
    assert values(sex="women") == [10]
    assert sorted(values(sex=["women", "men"])) == [10, 14]
    assert values(sex="women", age_group="children") == [3]
    assert values(territory="LT-57") == [5]
    assert values(territory="LT-VL") == [7]
    assert values(territory="LT") == [99, 24]
    assert values(form="forced_labour") == [9]
    assert values(citizenship="foreign_nationals") == [2]


def test_a_missing_year_is_a_gap_and_a_marked_value_keeps_its_mark(office: Office) -> None:
    office.send(
        statistic=[
            {"year": 2016, "value": 41},
            {"year": 2018, "value": "apie 58"},
            {"year": 2019, "value": "n. d."},
            {"year": 2020, "value": 0},
        ]
    )

    assert [(row["year"], row["value"], row["mark"]) for row in office.ask(SERIES)] == [
        (2016, 41, None),
        (2018, 58, "~"),
        (2019, None, "[n]"),
        (2020, 0, None),
    ]


def test_the_definition_that_holds_for_the_year(office: Office) -> None:
    office.send(
        statistic=[{"year": year} for year in (2020, 2021, 2022)]
        + [
            {"year": 2019, "definition": "recognised"},
            {"year": 2020, "indicator": "persons_convicted"},
        ]
    )

    found = {(row["indicator"], row["year"]): row["definition"] for row in office.ask(SERIES)}
    assert found == {
        ("victims_identified", 2019): "recognised",  # as the row itself says
        ("victims_identified", 2020): "identified",
        ("victims_identified", 2021): "identified",
        ("victims_identified", 2022): "recognised",
        ("persons_convicted", 2020): None,
    }


def test_units_sources_and_conflicts_travel_along(office: Office) -> None:
    office.send(
        document=[{"title": "Ataskaita"}],
        source=[{"title": "Laikraštis", "url": "https://example.org/a", "kind": "press"}],
        conflict=[{"handling": "Rodoma pirmoji."}],
        statistic=[
            {"source": "S1", "is_preferred": "taip", "conflict": "K1"},
            {"source": "DOK", "value": 25, "conflict": "K1"},
            {"year": 2019, "unit": "vnt."},
        ],
    )

    first, second = office.ask(EVIDENCE, year=2020)
    assert (first["source_title"], first["source_url"], first["unit"]) == (
        "Laikraštis",
        "https://example.org/a",
        "asm.",
    )
    assert (first["conflict_description"], first["conflict_handling"]) == (
        "Šaltiniai nesutampa.",
        "Rodoma pirmoji.",
    )
    assert (first["is_preferred"], second["is_preferred"]) == (True, False)
    assert second["source_title"] == "Ataskaita"
    [other] = office.ask(EVIDENCE, year=2019)
    assert (other["unit"], other["source_title"]) == ("vnt.", "T-1")


def test_a_source_code_means_the_deliverys_own_source_first(office: Office) -> None:
    office.send("T-1", source=[{"title": "Pirmo"}], statistic=[{"source": "S1"}])
    office.send("T-2", source=[{"title": "Antro"}], statistic=[{"source": "S1", "year": 2019}])
    office.send("T-3", statistic=[{"source": "S1", "year": 2018}])

    titles = {row["year"]: row["source_title"] for row in office.ask(SERIES)}
    assert titles == {2020: "Pirmo", 2019: "Antro", 2018: "Antro"}
