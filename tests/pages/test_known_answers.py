"""What the pages say about the real data."""

import datetime
import io

import openpyxl
import pytest

from rapporteur.ui import door
from tests.conftest import Office
from tests.pages.conftest import Open, charts, told_instead, words

LATER = datetime.datetime(2021, 3, 2, 10, tzinfo=datetime.UTC)


def test_the_overview_says_what_the_last_load_changed(open_page: Open) -> None:
    table = open_page("overview", lang="en").dataframe[0].value

    assert table.loc[table["table_name"] == "Activities", "added"].tolist() == [55]


def test_the_matrix_tells_every_state_apart(open_page: Open) -> None:
    matrix = open_page("implementation").dataframe[1].value.set_index("institution")

    assert matrix["R2020-7"][["GP", "PD", "NTA", "VRM"]].tolist() == ["●", "–", "–", "◇"]
    assert matrix["R2020-3"][["MIN", "INST", "NVO"]].tolist() == ["○", "○", "○"]
    assert matrix["R2020-1"][["MIN", "INST", "LPBPT"]].tolist() == ["◐", "◐", "∘"]
    assert matrix["R2020-2"]["ŠMSM"] == "●"
    assert matrix["R2020-4"][["SAM", "NTB"]].tolist() == ["◐", "◇"]
    assert list(matrix.loc["MIN", ["with_data", "asked"]]) == [1, 2]


def test_the_two_axes_are_drawn_apart(open_page: Open) -> None:
    app = open_page("implementation", lang="en")
    answers, institutions, kinds, assessments = charts(app)

    for drawn in (answers, institutions, kinds):
        assert {bar["name"]: sum(count or 0 for count in bar["x"]) for bar in drawn["data"]} == {
            "answered": 2,
            "answered in part": 3,
            "not answered": 5,
            "not mentioned": 2,
        }
    assert {bar["name"]: bar["x"] for bar in assessments["data"]} == {
        "not yet assessed": [4, None],
        "not assessed – no data provided": [None, 3],
    }


def test_few_bars_are_told_one_by_one_and_many_together(open_page: Open) -> None:
    by_recommendation, by_institution, by_kind, _ = told_instead(
        open_page("implementation", lang="en")
    )

    assert "; 7. " in by_recommendation
    assert by_recommendation.endswith(": answered – 1, not mentioned – 2.")
    assert by_institution.endswith(
        ". Answered – 2; answered in part – 3; not answered – 5; not mentioned – 2."
    )
    assert by_kind.startswith("Institutions of which kind give data? ")
    assert "; ministry: answered – 1, answered in part – 1, not answered – 1; " in by_kind


def test_counts_come_with_bounds_and_the_reason_that_they_are_apart(open_page: Open) -> None:
    said = words(open_page("implementation", lang="en"))

    assert (
        "between 0 and 7 of 7 (0–100%), because 7 are not assessed. Nobody gave data on 3 of these"
        in said
    )
    assert "Of **12 items asked** at least 5 got data, in full or in part; at most 7" in said


def test_a_link_narrows_to_one_addressee(open_page: Open) -> None:
    said = words(open_page("implementation", lang="en", institution="GP"))

    assert "**1 recommendation** was made in 2020; on it data were provided in full" in said


def test_a_theme_narrows_the_matrix_and_its_table_alike(open_page: Open) -> None:
    tables = open_page("implementation", theme="municipal_coordination").dataframe

    assert [c for c in tables[1].value.columns if c.startswith("R")] == ["R2020-6"]
    assert set(tables[2].value["recommendation"]) == {"R2020-6"}


def test_who_is_no_addressee_is_told_so(open_page: Open) -> None:
    assert "no recommendation is addressed" in words(
        open_page("implementation", lang="en", institution="VRM")
    )


def test_a_new_load_is_seen_with_the_next_interaction(open_page: Open, office: Office) -> None:
    office.send(year=2020, addressee=[{}], response=[{"state": "nepateikta"}])
    app = open_page("overview", database=office.target, lang="en")
    before = [number.value for number in app.metric]

    office.send(year=2020, moment=LATER, addressee=[{}], response=[{"state": "pateikta"}])

    assert before == ["1", "0 of 1", "1 of 1", "0 of 1"]
    assert [number.value for number in app.run().metric] == ["1", "1 of 1", "0 of 1", "0 of 1"]


@pytest.mark.parametrize("language", ["lt", "en"])
def test_the_file_holds_what_the_page_shows(open_page: Open, language: str) -> None:
    open_page("activities", lang=language, year="2020")
    filters = {"year": 2020, "kind": None}

    content = door.excel("activities/by_municipality", filters, "http://link", language)

    answer = door.ask("activities/by_municipality", **filters)
    name = "name_en" if language == "en" else "name"
    book = openpyxl.load_workbook(io.BytesIO(content))
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    assert len(rows) == 1 + 60
    assert [row[1] for row in rows[1:]] == answer[name].tolist()
    assert [row[4] for row in rows[1:6]] == [1] * 5
    told = book["Filters" if language == "en" else "Filtrai"]
    assert "http://link" in {cell for row in told.iter_rows(values_only=True) for cell in row}
