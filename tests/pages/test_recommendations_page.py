"""Recommendations: found, filtered, and shown whole with both axes side by side."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from rapporteur.ui import door
from tests.conftest import Office
from tests.pages.conftest import Open, words


def links(app: AppTest) -> list[str]:
    """The labels of the links to pages, without the escapes of markup."""
    return [str(link.proto.label).replace("\\", "") for link in app.get("page_link")]


def numbers(app: AppTest) -> list[str]:
    """The recommendations that the page offers, by their numbers."""
    return [label.split(" ")[0].rstrip(".") for label in links(app) if label[:1].isdigit()]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, "1 2 3 4 5 6 7 2.1 2.2 2.3 3.1 3.2 3.3 3.4"),
        ({"text": "savivaldybei"}, "6 2.3"),
        ({"text": "organu"}, "4 3.2"),
        ({"text": "ko tikrai nėra"}, ""),
        ({"institution": "GP"}, "7"),
        ({"institution": "VRM"}, "2.1 2.2 2.3"),
        ({"theme": "target_groups"}, "3 3.3"),
        ({"document": "PROTOKOLAS-2021"}, "2.1 2.2 2.3 3.1 3.2 3.3 3.4"),
        ({"nature": "nuolatinis"}, "1 4 7 3.1"),
        # What counts in no year has no state.
        ({"state": "pateikta"}, "2"),
        ({"state": "nepateikta"}, "3 5 6"),
        ({"assessment": "dar neįvertinta"}, "1 2 4 7"),
    ],
)
def test_it_finds(open_page: Open, query: dict[str, str], found: str) -> None:
    assert numbers(open_page("recommendations", **query)) == found.split()


def test_the_register_says_both_states_and_the_parts_without_data(open_page: Open) -> None:
    said = words(open_page("recommendations", lang="en", theme="target_groups"))

    assert "○ not answered · in full: 0 of 3 addressees · 3 of 3 parts without data" in said
    assert "Implementation assessment: *not assessed – no data provided*" in said


@pytest.mark.parametrize("language", ["lt", "en"])
@pytest.mark.parametrize(
    "code", ["R2020-1", "R2020-3", "R2020-4", "R2020-7", "P2021-2.2", "P2021-3.3"]
)
def test_one_recommendation_opens(open_page: Open, code: str, language: str) -> None:
    app = open_page("recommendations", recommendation=code, lang=language)

    assert app.header[0].value


def test_a_recommendation_whole(open_page: Open) -> None:
    app = open_page("recommendations", recommendation="R2020-4", lang="en")
    said = words(app)

    assert app.header[0].value.replace("\\", "").startswith("4. Guidelines and training")
    assert "Siekiant užtikrinti kokybiškesnę pagalbą aukoms siūlytina" in said
    assert "**Wording:** siūlytina" in said
    # Who was asked, by which words, and who answered for whom.
    assert "◐ answered in part" in said
    assert "ministerija \\(SAM\\) bendradarbiaujant su NVO" in said
    assert "Answered on its behalf: National Transplant Bureau under the Ministry of Health" in said
    assert "◇ data were provided by a body that is no addressee" in said
    assert "∘ co-operating institution" in said
    # The judgement stands apart.
    assert "not yet assessed" in said
    assert "1 statement about activities refers to it" in said
    assert any(label.startswith("Source: ") for label in links(app))


def test_the_change_of_the_age_band_stands_out(open_page: Open) -> None:
    for code in ("R2020-3", "P2021-3.3"):
        said = words(open_page("recommendations", recommendation=code, lang="en"))
        assert "**18–30 → 21–30**" in said
        assert "linked by the makers of this dashboard, not confirmed by the rapporteur" in said


def test_the_strip_has_each_axis_in_a_column_of_its_own(open_page: Open) -> None:
    app = open_page("recommendations", recommendation="R2020-3")
    strip = next(t.value for t in app.dataframe if "state:2020" in t.value.columns)

    assert strip["number"].tolist() == ["3", "2.2", "3.3", "3.4"]
    assert list(strip.loc[0, ["state:2020", "assessment:2020"]]) == [
        "nepateikta",
        "nevertinta – duomenų nepateikta",
    ]


def test_a_measure_of_a_draft_says_that_it_counts_nowhere(open_page: Open) -> None:
    app = open_page("recommendations", recommendation="P2021-3.2", lang="en")

    assert any("it enters no count of implementation" in info.value for info in app.info)
    assert "Told of by none, which is not to say that none took place" in words(app)


def test_where_the_recommendation_does_not_count_the_page_says_so(open_page: Open) -> None:
    said = words(open_page("recommendations", recommendation="R2020-1", lang="en"))
    assert "at least 5 of 60 municipalities" in said
    assert "home to at least 40%" in said.replace("\u00a0", "").replace(" %", "%")


def test_an_unknown_code_is_told(open_page: Open) -> None:
    app = open_page("recommendations", recommendation="R*1*", lang="en")

    assert "R\\*1\\*" in app.warning[0].value


# Several years -------------------------------------------------------------------------------


@pytest.fixture
def years(office: Office) -> Office:
    office.send(
        recommendation=[
            {"nature": "nuolatinis", "short": "Nuolat"},
            {"code": "R2", "number": "2", "short": "Kartą"},
        ],
        addressee=[{}, {"recommendation": "R2", "institution": "PD"}],
        response=[{}, {"year": 2021, "state": "nepateikta"}],
        result=[{"recommendation": "R2"}],
        assessment=[{"assessment": "įgyvendinama"}],
    )
    return office


def test_a_continuing_duty_is_followed_through_the_years(open_page: Open, years: Office) -> None:
    app = open_page("recommendations", database=years.target, recommendation="R1", year="2021")
    strip = next(t.value for t in app.dataframe if "state:2020" in t.value.columns)

    assert list(strip.loc[0, ["state:2020", "assessment:2020"]]) == ["pateikta", "įgyvendinama"]
    assert list(strip.loc[0, ["state:2021", "assessment:2021"]]) == [
        "nepateikta",
        "nevertinta – duomenų nepateikta",
    ]


def test_another_year_than_asked_is_said(open_page: Open, years: Office) -> None:
    app = open_page(
        "recommendations", database=years.target, recommendation="R2", year="2021", lang="en"
    )

    assert [info.value for info in app.info] == ["It does not count in 2021; shown is 2020."]


def test_the_history_of_the_response_rate_comes_with_several_years(
    open_page: Open, years: Office
) -> None:
    app = open_page("implementation", database=years.target, lang="en")

    assert "**Are more data given than in the years before?**" in words(app).replace("\\", "")


# Recording a judgement -----------------------------------------------------------------------


@pytest.fixture
def own_office(office: Office) -> Office:
    office.send(
        recommendation_part=[{"part": "a"}, {"part": "b"}],
        addressee=[{}, {"institution": "PD"}],
        response=[{}],
    )
    return office


def record(app: AppTest, **typed: Any) -> AppTest:
    for name, value in typed.items():
        widget = {
            "assessment": app.selectbox,
            "stage": app.selectbox,
            "reason": app.text_area,
            "remarks": app.text_area,
            "evidence": app.text_input,
        }[name]
        next(one for one in widget if str(one.key).endswith(f":{name}")).set_value(value)
    return next(one for one in app.button if one.label == "Record").click().run()


def test_a_judgement_is_recorded_shown_and_undone(open_page: Open, own_office: Office) -> None:
    app = open_page("recommendations", database=own_office.target, recommendation="R1", lang="en")
    app = record(app, assessment="įgyvendinama", reason="Pradėta *tik*.", stage="patvirtinta")

    assert "Recorded: version 2 of delivery VERTINIMAI\\-2020." in app.success[0].value
    assert "Pradėta \\*tik\\*" in words(app)
    [coverage] = own_office.ask("implementation/coverage", as_of=door.day())
    assert coverage["in_progress"] == 1
    next(one for one in app.button if one.label == "Undo").click().run()
    assert own_office.ask("implementation/assessments", as_of=door.day()) == []
    assert not app.exception


def test_a_judgement_is_taken_away(open_page: Open, own_office: Office) -> None:
    app = open_page("recommendations", database=own_office.target, recommendation="R1", lang="en")
    app = record(app, assessment="įgyvendinama", reason="Pradėta.")
    next(one for one in app.checkbox if one.label == "Take this judgement away").check().run()
    next(one for one in app.button if one.label == "Take away").click().run()

    assert own_office.ask("implementation/assessments", as_of=door.day()) == []
    assert not app.exception


def test_what_is_wrong_is_told_at_its_field_and_what_was_typed_stays(
    open_page: Open, own_office: Office
) -> None:
    app = open_page("recommendations", database=own_office.target, recommendation="R1", lang="en")
    app = record(app, assessment="įgyvendinama", remarks="Kita nuomonė.")

    assert [error.value.partition(":**")[0] for error in app.error] == ["**Reason"]
    remarks = next(one for one in app.text_area if str(one.key).endswith(":remarks"))
    assert remarks.value == "Kita nuomonė."
    assert own_office.ask("implementation/assessments", as_of=door.day()) == []


def test_personal_data_wait_for_a_tick(open_page: Open, own_office: Office) -> None:
    app = open_page("recommendations", database=own_office.target, recommendation="R1", lang="en")
    app = record(app, assessment="įgyvendinama", reason="Skambinta +370 612 34567.")
    assert own_office.ask("implementation/assessments", as_of=door.day()) == []

    app.checkbox[0].check()
    app = record(app)
    assert len(own_office.ask("implementation/assessments", as_of=door.day())) == 1


def test_a_part_is_judged_apart_and_rolls_up(open_page: Open, own_office: Office) -> None:
    app = open_page("recommendations", database=own_office.target, recommendation="R1", lang="en")
    app.selectbox(key="judge:part:R1:2020").set_value("a").run()
    app = record(app, assessment="įgyvendinta", reason="Padaryta.", stage="patvirtinta")

    [row] = own_office.ask("implementation/assessments", as_of=door.day())
    assert row["part"] == "a"
    assert "From its parts by the published rule; 1 of 2 parts are judged." in words(app)
    assert own_office.ask("recommendations/register", as_of=door.day())[0]["assessment"] == (
        "iš dalies įgyvendinta"
    )
    # Implemented without a document is noticed, and not refused.
    assert app.info


def test_what_nobody_answered_cannot_be_judged(open_page: Open, office: Office) -> None:
    office.send(addressee=[{}], result=[{}])
    app = open_page("recommendations", database=office.target, recommendation="R1", lang="en")
    app = record(app, assessment="neįgyvendinta", reason="Nėra.", stage="patvirtinta")

    assert "nobody answered that year" in app.error[0].value
    # Another source will do where it is named.
    app = record(app, evidence="https://example.lt/patikrinimas")
    assert not app.error
    [row] = office.ask("implementation/assessments", as_of=door.day())
    assert (row["assessment"], row["is_counted"]) == ("neįgyvendinta", True)
