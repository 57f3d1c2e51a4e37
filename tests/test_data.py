"""The delivered data itself: the checks find nothing, and known answers come out."""

import re
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from rapporteur.delivery import loading
from rapporteur.settings import DATA, QUERIES
from rapporteur.warehouse.reading import Parameters, Warehouse
from tests.conftest import MOMENT_OF_SHIPPED, Row

AS_OF = MOMENT_OF_SHIPPED.date()


@pytest.fixture(scope="module")
def shipped(shipped_database: Path) -> Iterator[Warehouse]:
    opened = loading.open_renewed(shipped_database)
    yield opened
    opened.close()


def ask(shipped: Warehouse, question: str, **parameters: object) -> list[Row]:
    given: Parameters = parameters  # type: ignore[assignment]
    columns, rows = shipped.rows(question, given, as_of=AS_OF)
    return [dict(zip(columns, row, strict=True)) for row in rows]


def values(shipped: Warehouse, indicator: str) -> dict[int, float]:
    rows = ask(shipped, "investigations/series", indicator=indicator)
    return {row["year"]: row["value"] for row in rows}


@pytest.mark.parametrize("check", sorted((QUERIES / "checks").glob("*.sql")), ids=lambda p: p.stem)
def test_the_checks_find_nothing(check: Path, shipped: Warehouse) -> None:
    assert ask(shipped, f"checks/{check.stem}") == []


# The recommendations of 2020 -----------------------------------------------------------------


def test_seven_recommendations_and_data_on_four(shipped: Warehouse) -> None:
    register = {row["number"]: row for row in ask(shipped, "recommendations/register", year=2020)}

    assert list(register) == ["1", "2", "3", "4", "5", "6", "7"]
    states = {number: row["state"] for number, row in register.items()}
    assert [n for n, state in states.items() if state == "pateikta"] == ["2"]
    assert [n for n, state in states.items() if state == "nepateikta"] == ["3", "5", "6"]
    assert [n for n, state in states.items() if state == "pateikta iš dalies"] == ["1", "4", "7"]
    for number, row in register.items():
        assert row["assessment"] == (
            "nevertinta – duomenų nepateikta" if number in {"3", "5", "6"} else "dar neįvertinta"
        )


def test_coverage_of_2020_and_of_no_other_year(shipped: Warehouse) -> None:
    [coverage] = ask(shipped, "implementation/coverage")

    assert coverage["year"] == 2020
    assert coverage["recommendations"] == 7
    assert (coverage["answered"], coverage["answered_in_part"], coverage["unanswered"]) == (1, 3, 3)
    assert (coverage["implemented_at_least"], coverage["not_assessed"]) == (0, 7)


def test_who_answered_the_seventh(shipped: Warehouse) -> None:
    matrix = ask(shipped, "implementation/answer_matrix", recommendation="R2020-7")
    states = {row["institution"]: (row["is_addressee"], row["state"]) for row in matrix}

    assert states == {
        "GP": (True, "pateikta"),
        "PD": (True, "neminima"),
        "NTA": (True, "neminima"),
        "VRM": (False, "pateikta"),  # gave data without being an addressee
    }


@pytest.mark.parametrize(
    ("recommendation", "institution", "is_addressee", "state"),
    [
        ("R2020-7", "GP", True, "pateikta"),
        ("R2020-7", "PD", True, "neminima"),
        ("R2020-7", "NTA", True, "neminima"),
        ("R2020-7", "VRM", False, "pateikta"),
        ("R2020-2", "ŠMSM", True, "pateikta"),
        ("R2020-4", "SAM", True, "pateikta iš dalies"),
        ("R2020-4", "NTB", False, "pateikta iš dalies"),
        ("R2020-4", "NVO", False, None),
        ("R2020-5", "TM", True, "nepateikta"),
        ("R2020-6", "LSA", True, "nepateikta"),
        ("R2020-6", "SAV", False, None),
        ("R2020-1", "UŽT", False, "pateikta"),
    ],
)
def test_what_each_addressee_of_2020_answered(
    shipped: Warehouse, recommendation: str, institution: str, is_addressee: bool, state: str | None
) -> None:
    [row] = ask(
        shipped,
        "implementation/answer_matrix",
        year=2020,
        recommendation=recommendation,
        institution=institution,
    )

    assert (row["is_addressee"], row["state"]) == (is_addressee, state)


def test_the_transplant_bureau_answered_for_the_ministry_of_health(shipped: Warehouse) -> None:
    rows = {
        row["institution"]: row
        for row in ask(shipped, "implementation/answer_matrix", recommendation="R2020-4")
    }

    assert rows["SAM"]["answered_by"] == ["NTB"]
    assert (rows["NTB"]["on_behalf_of"], rows["NTB"]["role"]) == ("SAM", None)


def test_the_parts_of_the_third_are_all_without_data(shipped: Warehouse) -> None:
    [row] = ask(shipped, "recommendations/register", recommendation="R2020-3")

    assert (row["parts"], row["parts_without_data"]) == (3, 3)


def test_how_many_of_the_items_of_2020_got_data(shipped: Warehouse) -> None:
    """12 addressees over 7 recommendations: 2 in full, 3 in part, 5 silent, 2 not mentioned."""
    [total] = [
        row
        for row in ask(shipped, "implementation/response_rate", year=2020)
        if row["institution_kind"] is None
    ]

    assert (total["asked"], total["with_data_at_least"], total["with_data_at_most"]) == (12, 5, 7)
    assert (total["silent"], total["not_mentioned"], total["institutions"]) == (5, 2, 10)


def test_only_the_fifth_is_continued_by_nothing_but_the_duty_to_supply_data(
    shipped: Warehouse,
) -> None:
    [row] = ask(shipped, "protocol/not_continued")

    assert (row["recommendation"], row["general"]) == ("R2020-5", ["P2021-3.4"])


def test_prevention_of_2020_was_told_of_in_five_municipalities(shipped: Warehouse) -> None:
    """Performances in Vilnius, Kaunas, Klaipėda, Panevėžys, Tauragė: 1,134,353 live there."""
    [row] = ask(shipped, "indicators/territory", year=2020)

    assert (row["active"], row["zero"], row["no_answer"]) == (5, 0, 55)
    assert (row["inhabitants_of_active"], row["inhabitants"]) == (1_134_353, 2_810_761)
    assert row["inhabitants_in"] == 2021
    later = [row for row in ask(shipped, "indicators/territory") if row["year"] > 2022]
    assert {row["inhabitants_in"] for row in later} == {2025}


def test_no_activity_of_2020_names_the_age_groups_or_organ_removal(shipped: Warehouse) -> None:
    """Forced labour alone is named, by the inspectors' group, which has no municipality."""
    groups = ask(shipped, "indicators/target_groups", year=2020)
    forms = {
        row["named"]: (row["placed"], row["unplaced"])
        for row in ask(shipped, "indicators/forms", year=2020, recommendation="P2021-3.2")
    }

    assert {(row["placed"], row["unplaced"]) for row in groups} == {(0, 0)}
    assert {code for code, told in forms.items() if told != (0, 0)} == {"forced_labour"}
    assert forms["forced_labour"] == (0, 1)


def test_what_a_recommendation_names_are_its_own_words(shipped: Warehouse) -> None:
    texts = {
        row["recommendation"]: collapsed(row["text"])
        for row in ask(shipped, "recommendations/catalogue")
    }

    for row in ask(shipped, "indicators/followed"):
        assert row["words"] in texts[row["recommendation"]], row


def test_measures_of_the_draft_protocol_count_in_no_year(shipped: Warehouse) -> None:
    assert len(ask(shipped, "protocol/measures")) == 7
    register = ask(shipped, "recommendations/register")
    assert {row["document"] for row in register} == {"ATASKAITA-2020"}


# Figures -------------------------------------------------------------------------------------


def test_investigations_opened(shipped: Warehouse) -> None:
    opened = values(shipped, "pretrial_investigations_opened")

    assert [opened[year] for year in range(2017, 2025)] == [35, 14, 16, 11, 7, 12, 13, 17]
    assert opened.keys().isdisjoint({2009, 2010, 2013, 2014, 2015})  # gaps, never zeros


def test_61_of_2017_were_conducted_and_not_opened(shipped: Warehouse) -> None:
    assert values(shipped, "pretrial_investigations_conducted")[2017] == 61
    assert values(shipped, "pretrial_investigations_opened")[2017] == 35


def test_figures_of_half_a_year_are_provisional(shipped: Warehouse) -> None:
    found = ask(
        shipped, "investigations/evidence", indicator="pretrial_investigations_conducted", year=2016
    )
    halves = {row["territory"]: (row["value"], row["mark"]) for row in found if row["territory"]}
    assert halves == {"LT-45": (1, "[p]"), "LT-TA": (3, "[p]")}


def test_victims(shipped: Warehouse) -> None:
    victims = values(shipped, "victims_identified")

    assert [victims[year] for year in range(2014, 2025)] == [
        *(47, 79, 41, 60, 58, 36, 24, 26, 15, 15, 22),
    ]
    assert victims.keys().isdisjoint({2011, 2012, 2013})


def test_doubtful_figures_are_told_and_never_shown(shipped: Warehouse) -> None:
    evidence = ask(shipped, "investigations/evidence", indicator="victims_identified")
    doubtful = {row["value"]: row for row in evidence if row["is_doubtful"]}

    assert {76, 92} <= doubtful.keys()
    assert not any(row["is_preferred"] for row in doubtful.values())
    assert {76, 92}.isdisjoint(values(shipped, "victims_identified").values())


# Activities ----------------------------------------------------------------------------------


def test_activities_of_2020(shipped: Warehouse) -> None:
    places = {
        row["municipality"]: row for row in ask(shipped, "activities/by_municipality", year=2020)
    }
    assert len(places) == 60
    active = {code for code, row in places.items() if row["state"] == "active"}
    assert active == {"LT-57", "LT-15", "LT-20", "LT-32", "LT-50"}
    for code in active:
        assert places[code]["activities"] >= 1
        assert places[code]["activities_are_at_least"]
    assert not any(row["state"] == "zero" for row in places.values())


def test_138_activities_are_a_total_beside_the_places(shipped: Warehouse) -> None:
    totals = [row for row in ask(shipped, "activities/unplaced", year=2020) if row["is_total"]]

    assert [row["activities"] for row in totals] == [138]


def test_a_seminar_of_more_than_250(shipped: Warehouse) -> None:
    seminars = [
        (row["participants"], row["participants_mark"])
        for row in ask(shipped, "activities/list", year=2020, kind="seminar")
    ]
    assert (250, ">") in seminars


# Word for word -------------------------------------------------------------------------------


def collapsed(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


DOCUMENTS = {
    path.stem: collapsed(path.read_text(encoding="utf-8"))
    for path in (DATA / "documents").glob("*.txt")
}


def test_texts_of_recommendations_and_results_are_the_documents(shipped: Warehouse) -> None:
    recommendations = ask(shipped, "recommendations/register")
    measures = ask(shipped, "protocol/measures")
    results = ask(shipped, "implementation/results")
    assert (len(recommendations), len(measures), len(results)) == (7, 7, 10)

    for row in [*recommendations, *results]:
        assert collapsed(row["text"]) in DOCUMENTS["ATASKAITA-2020"]
    for row in measures:
        assert collapsed(row["text"]) in DOCUMENTS["PROTOKOLAS-2021"]


def test_answers_and_quotes_of_the_report_are_its_words(shipped: Warehouse) -> None:
    matrix = ask(shipped, "implementation/answer_matrix")
    told = [row["text"] for row in matrix if row["text"]]
    assert told
    for text in told:
        assert collapsed(text) in DOCUMENTS["ATASKAITA-2020"]
    for row in matrix:
        if row["role"] == "adresatas":
            assert collapsed(row["quote"]) in DOCUMENTS["ATASKAITA-2020"]


def test_parts_are_words_of_their_recommendation() -> None:
    book = openpyxl.load_workbook(DATA / "rekomendacijos-2020.xlsx", read_only=True)
    rows = list(book["Dalys"].iter_rows(min_row=2, values_only=True))
    book.close()

    assert [row[1] for row in rows] == ["a", "b", "c"]
    for row in rows:
        assert collapsed(str(row[2])) in DOCUMENTS["ATASKAITA-2020"]


def test_the_workbooks_load_clean_and_load_again_unchanged(
    shipped_database: Path, shipped: Warehouse
) -> None:
    outcomes = loading.load(
        loading.shipped(), shipped_database, moment=MOMENT_OF_SHIPPED, actor="tester"
    )

    assert [outcome.unchanged for outcome in outcomes] == [True] * 4
    assert sum(outcome.rows.get("statistic", 0) for outcome in outcomes) == 186
    assert sum(outcome.rows.get("activity", 0) for outcome in outcomes) == 55
