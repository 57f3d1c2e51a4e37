"""Prevention by municipality: what the page says of the real data, and of each state."""

from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from rapporteur.ui import door
from rapporteur.warehouse.reading import Warehouse
from tests.conftest import Office
from tests.pages.conftest import Open, charts, component, field, words

CAMPAIGN = {"LT-57", "LT-15", "LT-20", "LT-32", "LT-50"}


def map_of(app: AppTest) -> dict[str, Any]:
    """The looks of the municipalities, and nothing of their outlines."""
    looks: dict[str, Any] = component(app, "municipality_map")
    return looks


def states(app: AppTest) -> dict[str, str]:
    return {place["code"]: place["state"] for place in map_of(app)["places"]}


def active(app: AppTest) -> set[str]:
    return {code for code, state in states(app).items() if state == "active"}


# The real data -------------------------------------------------------------------------------


def test_five_cities_took_part_in_the_campaign_of_2020(open_page: Open) -> None:
    app = open_page("activities", lang="en", year="2020")

    assert len(states(app)) == 60
    assert active(app) == CAMPAIGN
    assert set(states(app).values()) == {"active", "no_answer"}
    assert set(charts(app)[0]["data"][0]["text"]) == {"≥ 1"}
    assert map_of(app)["label"].startswith(
        "Activities were reported in 5 of 60 municipalities: active – 5; no data – 55. Map of"
    )
    assert "in **5 municipalities of 60** (home to 40% of inhabitants, 2021)" in words(app)
    assert "of **55** nothing is known: silence is not zero" in words(app)


def test_what_has_no_place_stands_in_the_margin(open_page: Open) -> None:
    app = open_page("activities", lang="en", year="2020")

    margin = {metric.label: metric.value for metric in app.metric}
    assert margin["whole country – a total not itemised"] == "138"
    assert margin["unnamed municipalities"] == "≥ 1"


def test_a_kind_narrows_the_map(open_page: Open) -> None:
    assert active(open_page("activities", kind="conference")) == {"LT-50", "LT-57", "LT-58"}


def test_a_county_leaves_its_own_on_the_map(open_page: Open) -> None:
    app = open_page("activities", year="2020", county="LT-KL")

    within = {"LT-20", "LT-21", "LT-22", "LT-28", "LT-31", "LT-46", "LT-48"}
    assert {code for code, state in states(app).items() if state != "outside"} == within
    assert len(states(app)) == 60
    assert active(app) == {"LT-20"}
    # Of the other counties nothing is told, neither on the map nor in the number of the silent.
    legend = [item["label"] for item in map_of(app)["legend"]]
    assert legend[-2:] == ["duomenų nėra (6)", "kitos apskritys (53)"]
    assert all(p["lines"] == [] for p in map_of(app)["places"] if p["state"] == "outside")


def test_a_municipality_goes_before_a_county_that_it_is_not_of(open_page: Open) -> None:
    alone = open_page("activities", lang="en", year="2020", municipality="LT-57")
    with_county = open_page(
        "activities", lang="en", year="2020", municipality="LT-57", county="LT-KL"
    )

    assert states(with_county)["LT-57"] == "active"
    assert map_of(with_county)["chosen"] == "LT-57"
    assert "**1** entry" in words(alone)
    assert words(with_county) == words(alone)


def test_several_years_are_those_of_the_link(open_page: Open) -> None:
    both = open_page("activities", year=["2019", "2020"])

    assert active(both) == active(open_page("activities", year="2020")) | active(
        open_page("activities", year="2019")
    )
    assert both.multiselect(key="year").value == ["2019", "2020"]


def test_a_range_of_years_is_chosen_by_its_ends(open_page: Open) -> None:
    app = open_page("activities")
    [slider] = [s for s in app.select_slider if str(s.key).startswith("years:")]

    slider.set_value((2019, 2021)).run()

    assert sorted(app.multiselect(key="year").value) == ["2019", "2020", "2021"]
    assert sorted(app.query_params["year"]) == ["2019", "2020", "2021"]


def test_the_shade_is_the_readers_choice(open_page: Open) -> None:
    by_count = map_of(open_page("activities", lang="en", year="2020"))["legend"]
    by_rate = map_of(open_page("activities", lang="en", year="2020", shade="rate"))["legend"]

    assert [item["label"] for item in by_count if item.get("fill")] == ["≥ 1"]
    assert [item["label"] for item in by_rate if item.get("fill")] == ["<1", "1–<2", "≥ 2"]


def test_coordination_is_laid_over_the_map_and_tells_its_source(open_page: Open) -> None:
    plain = open_page("activities", lang="en", year="2020")
    overlaid = open_page("activities", lang="en", year="2020", overlay="coordination")

    assert not any(place["sign"] for place in map_of(plain)["places"])
    signed = {p["code"]: p for p in map_of(overlaid)["places"] if p["sign"]}
    against = {code for code, place in signed.items() if "✕" in place["sign"]}
    assert len(against) == 8
    # A press report is named as one, and is no answer that there was nothing.
    for code in against:
        [line] = [line for line in signed[code]["lines"] if line.startswith("✕")]
        assert line == "✕ no measures carried out in 2023, as reported by tv3.lt"
        assert signed[code]["state"] != "zero"
    assert "a report in the press is no finding of the rapporteur" in words(overlaid)


def test_who_tells_something_against_a_municipality_is_named_on_its_own_page(
    open_page: Open,
) -> None:
    said = words(open_page("activities", lang="en", municipality="LT-28"))

    assert r"✕ **no measures carried out in 2023, as reported by tv3\.lt**" in said
    assert "priemonių nevykdė" in said
    assert "a report in the press is no finding of the rapporteur" in said


def test_the_signs_of_a_county_are_counted_within_it(open_page: Open) -> None:
    legend = map_of(open_page("activities", lang="en", county="LT-KL", overlay="coordination"))[
        "legend"
    ]
    signs = {item["sign"]: item["label"] for item in legend if not item.get("state")}

    assert signs == {
        "●": "coordination group is active (1)",
        "✕": "no measures carried out in 2023, as reported by tv3.lt (2)",
    }


def test_what_has_no_place_is_told_to_be_of_no_place_that_is_chosen(open_page: Open) -> None:
    sentence = "They are of the whole country, whatever place is chosen."

    assert sentence not in words(open_page("activities", lang="en"))
    for chosen in ({"county": "LT-KL"}, {"municipality": "LT-57"}):
        said = words(open_page("activities", lang="en", **chosen))
        assert sentence in said
        # What was not looked for is not said to be none.
        assert "no source states their year: ≥ 1 in municipalities." in said


def test_what_no_source_gives_a_year_is_named_beside_the_years(open_page: Open) -> None:
    said = words(open_page("activities", lang="en", year="2020"))

    assert (
        "Not drawn, as no source states their year: ≥ 9 in municipalities, ≥ 2 without a "
        "municipality." in said
    )


def test_every_status_of_coordination_leads_to_its_sources(open_page: Open) -> None:
    app = open_page("activities", lang="en")
    known = door.ask("activities/coordination")

    said = words(app)
    assert len(known)
    for url in known["source_url"].dropna():
        assert f"](<{url}>)" in said


def test_whose_year_nobody_states_is_shown_apart(open_page: Open, office: Office) -> None:
    office.send(activity=[{"year": None, "quote": "Kažkada vyko."}, {"quote": "Vyko šiemet."}])

    app = open_page("activities", database=office.target, lang="en", year="2020")

    said = words(app)
    assert "In none of the counts above, as years are chosen there." in said
    assert said.index("Vyko šiemet") < said.index("Kažkada vyko")
    assert "year not stated" in said


# Every state ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "state", "sentence"),
    [
        ([{"count": 3}], "active", "in **1 municipality of 60**"),
        ([{"count": 0}], "zero", "**1** reported that there were none"),
        ([{"count": "n. d."}], "no_answer", "of **60** nothing is known"),
        ([{"scope": "visa šalis", "municipality": None}], "no_answer", "of **60** nothing"),
    ],
)
def test_a_municipality_is_drawn_in_its_state(
    open_page: Open, office: Office, rows: list[dict[str, Any]], state: str, sentence: str
) -> None:
    office.send(activity=rows)

    app = open_page("activities", database=office.target, lang="en", year="2020")

    assert states(app)["LT-57"] == state
    assert sentence in words(app)
    alone = open_page(
        "activities", database=office.target, lang="en", year="2020", municipality="LT-57"
    )
    assert map_of(alone)["chosen"] == "LT-57"
    told = {metric.label: metric.value for metric in alone.metric}["Activities told of"]
    assert told == {"active": "3", "zero": "0", "no_answer": "–"}[state]
    silent = "nobody said anything about this municipality" in words(alone)
    assert silent == (state == "no_answer")
    assert ("it was reported that there were none." in words(alone)) == (state == "zero")


# One municipality ----------------------------------------------------------------------------


def test_a_city_is_never_its_district(open_page: Open) -> None:
    city = open_page("activities", lang="en", municipality="LT-57")
    district = open_page("activities", lang="en", municipality="LT-58")

    assert next(header.value for header in city.header) == "Vilnius City Municipality"
    assert next(header.value for header in district.header) == "Vilnius District Municipality"
    assert city.metric[0].value != district.metric[0].value


def test_a_municipality_stands_beside_its_neighbours_and_its_county(open_page: Open) -> None:
    app = open_page("activities", lang="en", municipality="LT-57", year="2020")

    [beside] = [t.value for t in app.dataframe if "relation" in t.value.columns]
    relation = dict(zip(beside["name_en"], beside["relation"], strict=True))
    assert relation["Vilnius City Municipality"] == "this one"
    assert relation["Vilnius District Municipality"] == "borders on it, same county"
    assert "same county" in relation.values()
    state = dict(zip(beside["name_en"], beside["state_words"], strict=True))
    assert state["Vilnius District Municipality"] == "no data"


def test_a_neighbour_is_one_click_away_and_so_is_everything(open_page: Open) -> None:
    app = open_page("activities", lang="en", municipality="LT-57", year="2020")

    app.button(key="neighbour:LT-58").click().run()
    assert app.query_params["municipality"] == "LT-58"
    assert map_of(app)["chosen"] == "LT-58"
    assert field(app, "municipality")["chosen"] == "LT-58"

    app.button(key="all-municipalities").click().run()
    assert "municipality" not in app.query_params
    assert app.query_params["year"] == "2020"
    assert map_of(app)["chosen"] is None


def test_everything_beneath_the_map_is_of_the_municipality(open_page: Open) -> None:
    app = open_page("activities", lang="en", municipality="LT-50", year="2020")

    [ranked] = [t.value for t in app.dataframe if "activities_per_100k" in t.value.columns][-1:]
    assert len(ranked) == 1
    assert "**1** entry" in words(app)


# One by one ----------------------------------------------------------------------------------


def test_a_campaign_unfolds_into_what_the_filters_leave_of_it(open_page: Open) -> None:
    everywhere = open_page("activities", lang="en", year="2020", kind="public_performance")
    of_county = open_page(
        "activities", lang="en", year="2020", kind="public_performance", county="LT-KL"
    )

    labels = [expander.label for expander in everywhere.expander]
    assert "5 statements tell of it" in labels
    assert not [e.label for e in of_county.expander if "tell" in e.label]


def test_what_is_unfolded_is_what_is_counted(open_page: Open, office: Office) -> None:
    of_campaign = {"group_code": "G", "year": 2020}
    office.send(
        activity=[
            {**of_campaign, "quote": "Kaune.", "municipality": "LT-15"},
            {**of_campaign, "quote": "Kaune dar kartą.", "municipality": "LT-15", "count": 4},
            {**of_campaign, "quote": "Vilniuje.", "municipality": "LT-57"},
            {**of_campaign, "quote": "Kažkur.", "municipality": None, "scope": "nenurodyta"},
        ]
    )

    whole = open_page("activities", database=office.target, lang="en")
    of_one = open_page("activities", database=office.target, lang="en", municipality="LT-15")

    assert "4 statements tell of it" in [expander.label for expander in whole.expander]
    # In its places and without one, and never the sum of both.
    assert "In municipalities: ≥ 5 · Without a municipality: ≥ 1" in words(whole)
    assert "2 statements tell of it" in [expander.label for expander in of_one.expander]
    assert "Kaune dar kartą" in words(of_one)
    assert "Vilniuje" not in words(of_one)
    assert "Kažkur" not in words(of_one)


def test_an_entry_is_told_with_what_was_remarked_on_it(open_page: Open, office: Office) -> None:
    office.send(
        activity=[{"count": 0, "quote": "Veiklų nebuvo.", "note": "Metai numanomi (iš teksto)."}]
    )

    said = words(open_page("activities", database=office.target, lang="en"))

    assert r"Note: Metai numanomi \(iš teksto\)\." in said
    # Of none it is not said that there was one.
    assert "**1** entry" in said
    assert "Activities: 0" in said


def test_a_number_that_is_about_is_told_as_such_everywhere(open_page: Open, office: Office) -> None:
    office.send(
        activity=[
            {"count": "apie 10", "forms": "forced_labour"},
            {"count": "apie 20", "scope": "visa šalis", "municipality": None},
        ]
    )

    app = open_page("activities", database=office.target, lang="en")
    by_place = open_page("activities", database=office.target, lang="en", gaps="municipality")

    drawn = [
        text for figure in charts(app) for bar in figure["data"] for text in bar.get("text", ())
    ]
    assert {"≈ 10", "≈ 20"} <= {*drawn}
    assert component(app, "grid")["rows"][0]["cells"][0]["words"] == "≈ 10 +≈ 20"
    cells = [cell["words"] for row in component(by_place, "grid")["rows"] for cell in row["cells"]]
    assert [words for words in cells if words] == ["≈ 10", "≈ 10"]


def test_the_list_can_be_narrowed_to_what_has_a_municipality_or_none(open_page: Open) -> None:
    placed = open_page("activities", lang="en", year="2020", scope="placed")
    unplaced = open_page("activities", lang="en", year="2020", scope="unplaced")

    assert placed.selectbox(key="scope").value == "placed"
    assert "**1** entry" in words(placed)
    assert "5 statements tell of it" in [expander.label for expander in placed.expander]
    # Of the campaign in five cities one statement names none, and stands here alone.
    assert "**11** entries" in words(unplaced)


# Gaps ----------------------------------------------------------------------------------------


def test_what_is_asked_for_and_told_of_by_nobody_is_named(open_page: Open) -> None:
    app = open_page("activities", lang="en", year="2020")

    said = words(app)
    assert "**Asked for, and with these filters told of by nobody:**" in said
    assert "**Asked for, and told of by nobody:**" in words(open_page("activities", lang="en"))
    assert any(expander.label.startswith(r"R2020\-3: ") for expander in app.expander)
    cells = {
        (row["head"], column): cell
        for row in component(app, "grid")["rows"]
        for column, cell in zip(component(app, "grid")["columns"], row["cells"], strict=True)
    }
    empty = cells["people aged 18–30", "forced labour"]
    assert (empty["asked"], empty["words"], empty["fill"]) == (True, "", "")
    assert "Asked for by R2020-3" in "\n".join(empty["lines"])
    told = cells["whoever they are for", "forced labour"]
    assert (told["asked"], told["words"]) == (True, "+1")


def test_of_forms_and_groups_that_are_not_asked_for_nothing_is_claimed(open_page: Open) -> None:
    app = open_page(
        "activities", lang="en", form="forced_labour", target_group="socially_vulnerable_persons"
    )

    drawn = component(app, "grid")
    assert drawn["columns"] == ["whatever form", "forced labour"]
    assert [row["head"] for row in drawn["rows"]] == [
        "whoever they are for",
        "socially vulnerable persons",
    ]
    missing = {line for line in words(app).splitlines() if line.startswith("- ") and " × " in line}
    assert missing == {
        "- socially vulnerable persons × forced labour",
        "- socially vulnerable persons × whatever form",
        "- whoever they are for × forced labour",
    }


def test_forms_by_municipality_has_a_row_for_each(open_page: Open) -> None:
    app = open_page("activities", lang="en", year="2020", gaps="municipality")

    assert len(component(app, "grid")["rows"]) == 60


# The files -----------------------------------------------------------------------------------


def test_of_whom_nothing_is_known_the_workbooks_are_offered(open_page: Open) -> None:
    app = open_page("activities", lang="en", year="2020")

    labels = [button.proto.label for button in app.get("download_button")]
    assert "Request workbooks for 55 municipalities, 2020 (zip)" in labels
    alone = open_page("activities", lang="en", year="2020", municipality="LT-39")
    labels = [button.proto.label for button in alone.get("download_button")]
    assert "Request workbook for 2020" in labels


def test_the_file_of_statements_holds_the_campaign_unfolded(
    open_page: Open, shipped_database: object
) -> None:
    open_page("activities", year="2020")

    folded = door.ask("activities/told", year=[2020], scope="savivaldybė")
    statements = door.ask("activities/list", year=[2020], scope="savivaldybė")
    assert len(folded) == 1
    assert folded["statements"].sum() == len(statements) == 5


# What it costs -------------------------------------------------------------------------------


def test_no_question_is_asked_twice_with_the_same_filters(
    open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    ask = Warehouse.ask

    def counting(self: Warehouse, name: str, parameters: Any = None, **when: Any) -> Any:
        given = {key: value for key, value in (parameters or {}).items() if value is not None}
        asked.append(f"{name} {sorted(given.items())}")
        return ask(self, name, parameters, **when)

    monkeypatch.setattr(Warehouse, "ask", counting)
    st.cache_data.clear()
    open_page("activities", year="2020")

    assert sum(one.startswith("activities/by_municipality ") for one in asked) == 1
    assert len(asked) == len(set(asked))
