"""What only a comparison finds: contradictions in rows, odd figures, repeats, personal data."""

import datetime
from typing import Any

import openpyxl
import pytest

from rapporteur.delivery.loading import Outcome
from rapporteur.delivery.problems import Problem
from tests.conftest import Office, Row


def told(found: Any) -> list[tuple[str | None, str | None, str]]:
    return [(one.sheet, one.cell, one.code) for one in found]


def noticed(outcome: Outcome, code: str) -> list[str | None]:
    """The cells of the notices with a code; nothing is refused for them."""
    assert outcome.accepted, told(outcome.problems)
    return [notice.cell for notice in outcome.notices if notice.code == code]


# Totals and parts ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("parts", "is_wrong"),
    [
        ([{"sex": "men", "value": 25}], True),
        ([{"sex": "men", "value": 24}], False),
        ([{"sex": "men", "age_group": "children", "value": 25}], True),
        ([{"territory": "LT-57", "value": 30}], True),
        ([{"form": "forced_labour", "value": ">24"}], False),
        ([{"form": "forced_labour", "value": "≥25"}], True),
        ([{"form": "forced_labour", "value": "~30"}], False),
        ([{"sex": "men", "value": 25, "year": 2019}], False),
        ([{"sex": "men", "value": 25, "source": "S2"}], False),
        ([{"sex": "men", "value": 25, "indicator": "persons_convicted"}], False),
    ],
)
def test_a_total_smaller_than_its_part(office: Office, parts: list[Row], is_wrong: bool) -> None:
    outcome = office.try_to_send(
        source=[{}, {"code": "S2"}],
        statistic=[{"source": "S1"}, *({"source": "S1", **part} for part in parts)],
    )

    expected = [("Rodikliai", "I2", "row-contradiction")] if is_wrong else []
    assert told(outcome.problems) == expected
    if is_wrong:
        assert "3" in outcome.problems[0].message()  # the row of the part


def test_of_a_percentage_a_part_may_be_larger(office: Office) -> None:
    figure = {"indicator": "share_of_victims_exploited_in_Lithuania"}

    office.send(statistic=[{**figure, "value": 40}, {**figure, "value": 60, "sex": "men"}])


def test_a_faulty_row_contradicts_nothing(office: Office) -> None:
    outcome = office.try_to_send(statistic=[{"value": 1}, {"value": 2, "sex": "nežinoma"}])

    assert told(outcome.problems) == [("Rodikliai", "C3", "value-not-in-list")]


@pytest.mark.parametrize(
    ("parts", "is_odd"),
    [
        ([{"sex": "men", "value": 10}, {"sex": "women", "value": 13}], True),
        ([{"sex": "men", "value": 10}, {"sex": "women", "value": 14}], False),
        ([{"sex": "men", "value": 10}], False),
        ([{"sex": "men", "value": 10}, {"sex": "women", "value": "<5"}], False),
        ([{"sex": "men", "value": "~10"}, {"sex": "women", "value": 13}], False),
        # Somebody may be exploited in ways that are not told, but not in fewer than none.
        (
            [{"form": "forced_labour", "value": 4}, {"form": "forced_marriage", "value": 5}],
            False,
        ),
        (
            [{"form": "forced_labour", "value": 20}, {"form": "forced_marriage", "value": 5}],
            True,
        ),
    ],
)
def test_parts_that_do_not_add_up(office: Office, parts: list[Row], is_odd: bool) -> None:
    outcome = office.try_to_send(statistic=[{}, *parts])

    assert noticed(outcome, "parts-do-not-add-up") == (["I2"] if is_odd else [])


def test_parts_of_a_part_are_added_up_too(office: Office) -> None:
    outcome = office.send(
        statistic=[
            {},
            {"sex": "men", "value": 20},
            {"sex": "men", "age_group": "children", "value": 5},
            {"sex": "men", "age_group": "age_18_20", "value": 14},
        ]
    )

    assert noticed(outcome, "parts-do-not-add-up") == ["I3"]
    [notice] = [one for one in outcome.notices if one.code == "parts-do-not-add-up"]
    assert "19, not to 20." in notice.message()


# Units ---------------------------------------------------------------------------------------


def test_one_value_in_two_units_is_refused_at_the_unit(office: Office) -> None:
    same = {"indicator": "state_funding_victim_assistance", "value": 240_100}
    outcome = office.try_to_send(
        source=[{}, {"code": "S2"}],
        statistic=[
            {**same, "unit": "Eur", "source": "S1"},
            {**same, "unit": "asm.", "source": "S2"},
            {**same, "unit": None, "year": 2019},
        ],
    )

    [problem] = outcome.problems
    assert (problem.cell, problem.code) == ("J3", "row-contradiction")
    assert "Eur" in problem.message()


def test_one_value_in_another_unit_than_in_another_delivery_is_refused(office: Office) -> None:
    same = {"indicator": "state_funding_victim_assistance", "value": 240_100}
    office.send("T-1", statistic=[{**same, "unit": "Eur"}])

    other = office.try_to_send("T-2", statistic=[{**same, "unit": "vnt."}])
    later_year = office.try_to_send("T-2", statistic=[{**same, "unit": "vnt.", "year": 2019}])
    again = office.try_to_send("T-1", statistic=[{**same, "unit": "vnt."}])  # replaces its own

    assert again.problems == later_year.problems == []
    assert told(other.problems) == [("Rodikliai", "J2", "row-contradiction")]


def test_a_figure_in_a_unit_of_its_own_is_accepted_where_nothing_else_tells_it(
    office: Office,
) -> None:
    share = {"indicator": "victims_identified", "sex": "women", "value": 80, "unit": "proc."}
    count = {"indicator": "victims_identified", "sex": "men", "value": 5}

    assert office.try_to_send(statistic=[share, count]).problems == []


# Series --------------------------------------------------------------------------------------


def test_a_figure_a_hundred_times_its_neighbours(office: Office) -> None:
    outcome = office.send(
        statistic=[
            {"year": 2016, "value": 24},
            {"year": 2017, "value": 2400},
            {"year": 2019, "value": 20},  # the next year told is a neighbour
            {"year": 2020, "value": 24},
        ]
    )

    [notice] = [one for one in outcome.notices if one.code == "jump-suspicious"]
    assert (notice.cell, notice.value) == ("I3", "2400")


@pytest.mark.parametrize(
    ("values", "cells"),
    [
        ([24, 2399], []),
        ([24, 2400], ["I3"]),
        ([0, 99], []),
        ([0, 100], ["I3"]),
        ([2400], []),
        ([24, 2400, 2400], []),  # the series went up and stayed there
    ],
)
def test_neighbours_of_every_kind(office: Office, values: list[int], cells: list[str]) -> None:
    rows = [{"year": 2010 + n, "value": value} for n, value in enumerate(values)]

    assert noticed(office.try_to_send(statistic=rows), "jump-suspicious") == cells


@pytest.mark.parametrize(
    ("values", "cells"),
    [
        ([165_000, 190_000, 240, 245_000, 300_000], ["I4"]),  # written in thousands
        ([24, 30, 0, 300, 310], []),  # none is none
        ([165, 190, 2, 245, 300], []),
        ([165, 200, 2, 245, 300], ["I4"]),
        ([240_100, 240], ["I2"]),  # which of two is wrong is not known: the larger one is named
    ],
)
def test_a_figure_a_hundredth_of_both_its_neighbours(
    office: Office, values: list[int], cells: list[str]
) -> None:
    rows = [{"year": 2010 + n, "value": value} for n, value in enumerate(values)]

    assert noticed(office.try_to_send(statistic=rows), "jump-suspicious") == cells


def test_neighbours_of_another_delivery_count(office: Office) -> None:
    office.send("T-1", statistic=[{"year": 2019, "value": 24}])

    outcome = office.send("T-2", statistic=[{"year": 2020, "value": 24_000}])

    assert noticed(outcome, "jump-suspicious") == ["I2"]


def test_what_the_new_version_replaces_is_no_neighbour(office: Office) -> None:
    office.send("T-1", statistic=[{"year": 2019, "value": 24}])

    outcome = office.send("T-1", statistic=[{"year": 2020, "value": 24_000}])

    assert noticed(outcome, "jump-suspicious") == []


def test_two_deliveries_that_prefer_different_sources(office: Office) -> None:
    preferred = {"is_preferred": "taip", "source": "S1"}
    office.send("T-1", source=[{}], statistic=[preferred])

    same = office.send("T-2", source=[{}, {"code": "S2"}], statistic=[{**preferred, "year": 2019}])
    other = office.send(
        "T-2", source=[{}, {"code": "S2"}], statistic=[{**preferred, "source": "S2"}]
    )

    assert noticed(same, "row-contradiction") == []
    assert noticed(other, "row-contradiction") == ["M2"]
    assert "T-1" in other.notices[0].message()


# Activities and judgements -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second", "is_repeat"),
    [
        ({}, {"quote": "Kiti žodžiai."}, True),
        ({"count": 3}, {"count": 3}, True),
        ({"count": 3}, {"count": 4}, False),
        ({}, {"kind": "training"}, False),
        ({}, {"municipality": "LT-58"}, False),
        ({}, {"year": 2019}, False),
        ({"group_code": "G"}, {"group_code": "G"}, False),
        ({"group_code": "G"}, {"group_code": "H"}, True),
        ({"forms": "forced_labour; forced_marriage"}, {"forms": "forced_labour"}, False),
    ],
)
def test_an_activity_that_counts_the_same(
    office: Office, first: Row, second: Row, is_repeat: bool
) -> None:
    outcome = office.try_to_send(activity=[first, second])

    assert noticed(outcome, "count-near-duplicate") == (["O3"] if is_repeat else [])


def test_implemented_without_evidence(office: Office) -> None:
    judged: dict[str, Any] = {"addressee": [{}], "response": [{}]}

    without = office.send(**judged, assessment=[{}])
    partly = office.send(**judged, assessment=[{"assessment": "iš dalies įgyvendinta"}])
    with_it = office.send(**judged, assessment=[{"evidence": "https://example.org/aktas"}])

    assert noticed(without, "evidence-missing") == ["G2"]
    assert noticed(partly, "evidence-missing") == []
    assert noticed(with_it, "evidence-missing") == []


DAY = datetime.date


@pytest.mark.parametrize(
    ("row", "cell"),
    [
        ({"requested_on": DAY(2021, 3, 1), "due_on": DAY(2021, 2, 1)}, "G2"),
        ({"due_on": DAY(2021, 2, 1), "extended_to": DAY(2021, 1, 1)}, "H2"),
        ({"requested_on": DAY(2021, 1, 5), "reminded_on": DAY(2021, 1, 4)}, "I2"),
        ({"requested_on": DAY(2021, 1, 5), "replied_on": DAY(2021, 1, 4)}, "J2"),
        ({"requested_on": DAY(2021, 1, 5), "replied_on": DAY(2021, 1, 5)}, None),
    ],
)
def test_dates_of_a_request_turned_round(office: Office, row: Row, cell: str | None) -> None:
    outcome = office.try_to_send(request=[row])

    expected = [("Prašymai", cell, "row-contradiction")] if cell else []
    assert told(outcome.problems) == expected


# Personal data -------------------------------------------------------------------------------


def test_personal_data_stops_a_load_until_it_is_confirmed(office: Office) -> None:
    rows: dict[str, Any] = {
        "response": [{"text": "Kreiptis tel. 8 600 12345."}, {"year": 2019, "text": "Nieko."}],
        "activity": [{"note": "a@b.lt"}],
    }

    refused = office.try_to_send(**rows)
    files = office.files()
    accepted = office.send(**rows, confirm=["personal-data"])

    assert told(refused.problems) == [
        ("Atsakymai", "G2", "personal-data"),
        ("Veiklos", "U2", "personal-data"),
    ]
    assert files == {}
    assert "8 600 12345" in refused.problems[0].message()
    assert (accepted.version, accepted.rows["response"]) == (1, 2)


def test_personal_data_is_told_beside_other_problems_and_hides_none(office: Office) -> None:
    rows: list[Row] = [{"year": 2000 + n % 20, "note": "8 600 12345"} for n in range(1_100)]
    rows += [{"year": "pernai", "note": "a@b.lt"}]

    both = office.try_to_send(activity=rows)
    confirmed = office.try_to_send(activity=rows, confirm=["personal-data"])

    assert both.problem_count == 1_102
    assert told(confirmed.problems) == [("Veiklos", "A1102", "value-not-a-year")]


def test_codes_are_no_text_in_which_to_look(office: Office) -> None:
    path = office.grid(
        "a.xlsx",
        {
            "Pateikimas": [["Kodas", "Institucija"], ["01-1-12345-20", "VRM"]],
            "Institucijos": [["Kodas", "Pavadinimas", "Rūšis"], ["VRM", "Ministerija", "ministry"]],
        },
    )

    [outcome] = office.load(path)

    assert outcome.accepted


# Hidden content and the template's example ---------------------------------------------------


def problem_cells(found: list[Problem], code: str) -> list[tuple[str | None, str | None]]:
    return [(one.sheet, one.cell) for one in found if one.code == code]


def test_hidden_rows_and_columns_are_read_and_noticed(office: Office) -> None:
    path = office.workbook(statistic=[{}, {"year": 2019, "value": 5}])
    book = openpyxl.load_workbook(path)
    book["Rodikliai"].row_dimensions[3].hidden = True
    book["Rodikliai"].column_dimensions["K"].hidden = True
    book.save(path)

    [outcome] = office.load(path)

    assert (outcome.accepted, outcome.rows["statistic"]) == (True, 2)
    assert problem_cells(list(outcome.notices), "hidden-content") == [
        ("Rodikliai", "A3"),
        ("Rodikliai", "K1"),
    ]


def test_an_example_that_is_half_overwritten_is_no_code(office: Office) -> None:
    path = office.workbook(statistic=[{}])
    book = openpyxl.load_workbook(path)
    book["Pateikimas"]["A2"] = "Pavyzdys: PD-2020"
    book.save(path)

    [outcome] = office.load(path)

    assert told(outcome.problems) == [("Pateikimas", "A2", "value-required")]
