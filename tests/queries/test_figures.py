"""Which figure is shown: one a year and breakdown, its source beside it, or none."""

import datetime
from typing import Any

import pytest

from rapporteur.delivery import loading
from rapporteur.documents import answers
from tests.conftest import DAY, MOMENT, Office, Row

SERIES = "investigations/series"
EVIDENCE = "investigations/evidence"
LATER = datetime.datetime(2026, 11, 1, 10, tzinfo=datetime.UTC)
SOURCES: list[Row] = [{"code": f"S{n}"} for n in range(1, 5)]

# Figures of one year: (value, source, preferred, doubtful) → the value shown, and contradicted.
Told = tuple[object, str, str | None, str | None]


def told_beside(cell: object) -> tuple[str, list[Told], object, bool]:
    """The case of a cell without a number beside a number."""
    return f"{cell} beside a number", [(cell, "S1", None, None), (33, "S2", None, None)], 33, False


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
    *(told_beside(cell) for cell in ("n. d.", "netaikoma", "<5", None)),
    (
        "not provided, preferred, beside a number",
        [("n. d.", "S1", "taip", None), (33, "S2", None, None)],
        33,
        False,
    ),
    (
        "not provided beside a bound",
        [("n. d.", "S1", None, None), ("bent 33", "S2", None, None)],
        33,
        False,
    ),
    (
        "not provided beside two that contradict each other",
        [("n. d.", "S1", None, None), (33, "S2", None, None), (34, "S3", None, None)],
        None,
        True,
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


Q1: Row = {"code": "Q-1", "rows": [{"value": 33}]}
Q2: Row = {"code": "Q-2", "rows": [{"value": "n. d."}]}


@pytest.mark.parametrize("order", [[Q1, Q2], [Q2, Q1]], ids=["figure first", "no data first"])
def test_the_no_data_of_one_body_hides_no_figure_of_another(
    office: Office, order: list[Row]
) -> None:
    for one in order:
        sender = "PD" if one is Q1 else "GP"
        office.send(one["code"], sender=sender, statistic=one["rows"])

    [shown] = office.ask(SERIES)
    assert (shown["value"], shown["mark"], shown["is_contradicted"]) == (33, None, False)
    assert [(row["value"], row["sender"]) for row in office.ask(EVIDENCE)] == [
        (33, "PD"),
        (None, "GP"),
    ]


# What several say who have no number, and the mark of the gap.
SILENT: list[tuple[list[object], str]] = [
    (["n. d."], "[n]"),
    (["n. d.", "netaikoma"], "[n]"),
    (["netaikoma", None], "[n]"),
    (["netaikoma", "netaikoma"], "[z]"),
    (["n. d.", "<5", "netaikoma"], "[k]"),
]


def test_without_any_number_the_gap_says_what_is_known_of_it(office: Office) -> None:
    office.send(
        source=SOURCES,
        statistic=[
            {"year": 2000 + number, "value": cell, "source": f"S{place}"}
            for number, (cells, _) in enumerate(SILENT)
            for place, cell in enumerate(cells, 1)
        ],
    )

    told = [(row["year"], row["value"], row["mark"]) for row in office.ask(SERIES)]
    assert told == [(2000 + number, None, mark) for number, (_, mark) in enumerate(SILENT)]


def test_a_figure_of_one_register_is_no_total_and_is_told(office: Office) -> None:
    office.send(
        statistic=[
            {"year": 2025, "value": 19, "registered_by": "PD"},
            {"year": 2025, "value": 21},
            {"year": 2026, "value": 14, "registered_by": "PD"},
        ],
        moment=LATER,
    )

    assert [(row["year"], row["value"]) for row in office.ask(SERIES, as_of=LATER.date())] == [
        (2025, 21)
    ]
    of_register = office.ask(SERIES, as_of=LATER.date(), registered_by="PD")
    assert [(row["year"], row["value"]) for row in of_register] == [(2025, 19), (2026, 14)]
    [apart] = office.ask("investigations/told_apart", as_of=LATER.date())
    assert (apart["year"], apart["dimensions"], apart["registered_by"], apart["value"]) == (
        2026,
        ["registered_by"],
        "PD",
        14,
    )


def test_the_file_of_a_series_names_the_figures_that_it_has_no_row_for(office: Office) -> None:
    office.send(statistic=[{"year": 2019}, {"year": 2020, "value": 14, "registered_by": "PD"}])
    warehouse = loading.open_renewed(office.target)

    file = answers.export(warehouse, SERIES, {}, as_of=DAY, made_at=MOMENT, language="en")
    of_register = answers.export(
        warehouse, SERIES, {"registered_by": "PD"}, as_of=DAY, made_at=MOMENT, language="en"
    )
    warehouse.close()

    assert file.filters[-1] == (
        "Figures that are not in these rows",
        "2020: no figure for all together, only 1 figure told by registering institution "
        "(Ministerija – 14)",
    )
    assert [row["year"] for row in of_register.data.to_dict("records")] == [2020]
    assert "Figures that are not in these rows" not in dict(of_register.filters)


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
