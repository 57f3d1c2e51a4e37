"""Filters in the URL, run as Streamlit runs them."""

from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import field


def page() -> None:
    import streamlit as st

    from rapporteur.ui import filters

    language = filters.language_switch()
    years = {"2020": "2020 metai" if language == "lt" else "Year 2020", "2021": "2021"}
    institutions = {"PD": "Policija" if language == "lt" else "Police", "SADM": "Ministerija"}
    shown = st.session_state.get("shown_filters", "both")
    chosen: list[Any] = [language]
    if shown == "both":
        chosen.append(filters.choose("year", "Metai", years, all_label="Visi"))
        chosen.append(filters.choose_several("institution", "Institucija", institutions))
    elif shown == "a field":
        chosen.append(filters.find("institution", "Institucija", institutions, all_label="Visos"))
        chosen += [filters.in_words(["institution"]), filters.carried()]
    elif shown == "several years":
        chosen.append(filters.choose_several("year", "Metai", years))
    elif shown == "a long list":
        page = filters.page_wanted("page")
        strip = filters.choose(
            "strip", "Juosta", years, all_label="2020", default="2020", is_of_the_page=True
        )
        filters.turn_pages("page", 9, page)
        chosen += [page, strip, filters.in_words(["strip", "page"]), filters.carried()]
        chosen.append({name: said.codes for name, said in filters.said().items()})
    st.session_state["answer"] = chosen
    # As a map does, or a list of neighbours.
    st.button("Kita institucija", on_click=filters.take, args=("institution", ["PD"]))
    st.button("Visos", on_click=filters.take, args=("institution", []))
    st.button("Kita svetainės vieta", on_click=filters.forget)


@pytest.fixture
def app() -> AppTest:
    st.set_option("client.showErrorDetails", "full")
    test = AppTest.from_function(page, default_timeout=10)
    test.context["url"] = "http://localhost:8501"
    return test


def answer(app: AppTest) -> list[Any]:
    app.run()
    assert not app.exception
    answered: list[Any] = app.session_state["answer"]
    return answered


def go_to(app: AppTest, path: str, shown: str) -> None:
    """As Streamlit does on the way to another page: the URL's own parameters are gone."""
    app.context["url"] = f"http://localhost:8501/{path}"
    app.query_params.clear()
    app.session_state["shown_filters"] = shown


def test_nothing_is_chosen_and_nothing_written_at_first(app: AppTest) -> None:
    assert answer(app) == ["lt", None, []]
    assert app.query_params == {}


def test_a_link_restores_what_its_sender_saw(app: AppTest) -> None:
    app.query_params.update(year="2020", institution=["SADM", "PD"], lang="en")

    assert answer(app) == ["en", "2020", ["SADM", "PD"]]
    assert app.query_params == {"year": "2020", "institution": ["SADM", "PD"], "lang": "en"}


def test_a_choice_is_written_as_its_code(app: AppTest) -> None:
    answer(app)
    app.selectbox(key="year").set_value("2020")
    app.multiselect(key="institution").set_value(["PD", "SADM"])

    assert answer(app) == ["lt", "2020", ["PD", "SADM"]]
    assert app.query_params == {"year": "2020", "institution": ["PD", "SADM"]}


def test_a_cleared_choice_leaves_the_url(app: AppTest) -> None:
    app.query_params.update(year="2020", institution="PD")
    answer(app)
    app.selectbox(key="year").set_value(None)
    app.multiselect(key="institution").set_value([])

    assert answer(app) == ["lt", None, []]
    assert app.query_params == {}


def test_a_code_that_nobody_knows_counts_as_all(app: AppTest) -> None:
    app.query_params.update(year="1850", institution=["PD", "GONE"], lang="xx")

    assert answer(app) == ["lt", None, ["PD"]]
    assert app.query_params == {"institution": "PD"}


def test_several_codes_where_one_can_be_shown_count_as_all(app: AppTest) -> None:
    app.query_params["year"] = ["2020", "2021"]

    assert answer(app)[1] is None


def test_the_language_changes_and_the_choices_stay(app: AppTest) -> None:
    app.query_params.update(year="2020", institution="PD")
    answer(app)
    app.segmented_control(key="lang").set_value("en")

    assert answer(app) == ["en", "2020", ["PD"]]
    assert app.query_params == {"year": "2020", "institution": "PD", "lang": "en"}
    assert app.selectbox(key="year").value == "2020"

    app.segmented_control(key="lang").set_value("lt")

    assert answer(app) == ["lt", "2020", ["PD"]]
    assert "lang" not in app.query_params


def test_choices_survive_a_page_without_them(app: AppTest) -> None:
    app.query_params.update(year="2020", institution="PD", lang="en")
    answer(app)
    go_to(app, "methodology", shown="none")

    assert answer(app) == ["en"]

    go_to(app, "", shown="both")

    assert answer(app) == ["en", "2020", ["PD"]]
    assert app.query_params == {"year": "2020", "institution": "PD", "lang": "en"}


def test_a_choice_that_a_page_cannot_show_comes_back_where_it_can_be(app: AppTest) -> None:
    go_to(app, "investigations", shown="several years")
    app.query_params["year"] = ["2020", "2021"]
    assert answer(app) == ["lt", ["2020", "2021"]]

    go_to(app, "", shown="both")
    assert answer(app)[1] is None

    go_to(app, "investigations", shown="several years")
    assert answer(app) == ["lt", ["2020", "2021"]]


def test_the_back_button_undoes_a_choice(app: AppTest) -> None:
    answer(app)
    app.selectbox(key="year").set_value("2020")
    answer(app)
    app.query_params.clear()  # the same page, as it was before

    assert answer(app)[1] is None
    assert app.selectbox(key="year").value is None


def test_the_url_of_before_a_quick_choice_undoes_nothing(app: AppTest) -> None:
    answer(app)
    app.selectbox(key="year").set_value("2020")
    answer(app)
    # The browser had not yet written the first choice when the second was made.
    app.query_params.clear()
    app.multiselect(key="institution").set_value(["PD"])

    assert answer(app) == ["lt", "2020", ["PD"]]


def test_what_is_taken_for_the_reader_is_in_the_widget_and_in_the_link(app: AppTest) -> None:
    app.query_params.update(year="2020", institution=["SADM"])
    answer(app)

    app.button[0].click().run()
    assert app.session_state["answer"] == ["lt", "2020", ["PD"]]
    assert app.multiselect[0].value == ["PD"]
    assert app.query_params == {"year": "2020", "institution": "PD"}

    app.button[1].click().run()
    assert app.session_state["answer"] == ["lt", "2020", []]
    assert app.query_params == {"year": "2020"}


def test_the_page_of_a_list_is_in_the_url_and_is_forgotten_with_the_page(app: AppTest) -> None:
    app.session_state["shown_filters"] = "a long list"
    app.query_params["page"] = "3"
    assert answer(app)[1] == 3
    go_to(app, "methodology", shown="both")

    answer(app)
    assert "page" not in app.query_params


def test_what_is_looked_for_by_typing_is_in_the_link_as_what_is_chosen_from_a_list(
    app: AppTest,
) -> None:
    app.session_state["shown_filters"] = "a field"
    app.query_params.update(institution="PD", lang="en")

    assert answer(app) == [
        "en",
        "PD",
        "Institucija: Police",
        {"institution": ["PD"], "lang": ["en"]},
    ]
    assert field(app, "institution")["chosen"] == "PD"

    app.segmented_control(key="lang").set_value("lt")
    assert answer(app)[:3] == ["lt", "PD", "Institucija: Policija"]
    assert field(app, "institution")["options"] == [["PD", "Policija"], ["SADM", "Ministerija"]]
    assert app.query_params == {"institution": "PD"}

    go_to(app, "methodology", shown="none")
    answer(app)
    go_to(app, "", shown="a field")
    assert answer(app)[1] == "PD"
    assert app.query_params == {"institution": "PD"}

    app.query_params.clear()  # the back button
    assert answer(app)[1] is None
    assert field(app, "institution")["chosen"] is None


@pytest.mark.parametrize("asked", [["GONE"], ["PD", "SADM"]])
def test_a_field_shows_one_code_that_is_known_or_all(app: AppTest, asked: list[str]) -> None:
    app.session_state["shown_filters"] = "a field"
    app.query_params["institution"] = asked

    assert answer(app)[1:3] == [None, ""]
    assert field(app, "institution")["chosen"] is None


def test_what_is_forgotten_does_not_come_back_on_another_page(app: AppTest) -> None:
    app.query_params.update(year="2020", institution="PD", lang="en")
    answer(app)
    app.button[2].click()
    go_to(app, "recommendations", shown="both")

    assert answer(app) == ["en", None, []]
    assert app.query_params == {"lang": "en"}


@pytest.mark.parametrize("asked", ["0", "-1", "x", "1.5", "³", "99999999999999"])
def test_a_page_that_cannot_be_is_the_first(app: AppTest, asked: str) -> None:
    app.session_state["shown_filters"] = "a long list"
    app.query_params["page"] = asked

    assert answer(app)[1] == 1


def test_what_is_shown_unasked_is_told_in_words_and_for_links(app: AppTest) -> None:
    app.session_state["shown_filters"] = "a long list"

    _, page, strip, words, carried, codes = answer(app)

    assert (page, strip, words, carried) == (1, None, "Juosta: 2020", {})
    assert codes == {"strip": ("2020",), "page": ()}
    assert app.query_params == {}


def test_what_is_of_the_page_is_not_carried_to_others(app: AppTest) -> None:
    app.session_state["shown_filters"] = "a long list"
    app.query_params.update(strip="2021", page="2")

    _, page, strip, words, carried, codes = answer(app)

    assert (page, strip, carried) == (2, "2021", {})
    assert words.startswith("Juosta: 2021 · ")
    assert codes == {"strip": ("2021",), "page": ("2",)}
    go_to(app, "", shown="both")
    answer(app)
    assert app.query_params == {}
