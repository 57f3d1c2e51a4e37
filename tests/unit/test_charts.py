"""The figures: what is drawn, in which order, and what is left open."""

from typing import Any

import pandas as pd
import pytest

from rapporteur.documents import palette
from rapporteur.ui import charts, matrix

SERIES: dict[str, Any] = {
    "value_label": "Tyrimai",
    "uncertain_label": "apie",
    "competing_label": "kitas šaltinis",
    "break_label": "keičiasi apibrėžtis",
    "source_label": "Šaltinis",
}


def test_a_bar_is_split_in_the_order_of_the_states() -> None:
    counts = pd.DataFrame({"name": ["A", "B"], "pateikta": [1, 0], "nepateikta": [0, 2]})
    states = [charts.answer_state(state, state) for state in ("pateikta", "nepateikta")]

    figure = charts.stacked_states(counts, category="name", states=states)

    assert [(bar.name, list(bar.x)) for bar in figure.data] == [
        ("pateikta", [1, None]),
        ("nepateikta", [None, 2]),
    ]
    # The browser writes the number, with the reader's separators.
    assert {bar.texttemplate for bar in figure.data} == {"<b>%{x:,}</b>"}
    assert figure.layout.yaxis.autorange == "reversed"


def test_availability_of_data_never_wears_the_colours_of_praise_and_blame() -> None:
    for colour, _ in palette.ANSWER_LOOKS.values():
        red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
        assert max(red, green, blue) - min(red, green, blue) <= 40, colour


@pytest.mark.parametrize("looks", [palette.ANSWER_LOOKS, palette.ASSESSMENT_LOOKS])
def test_no_two_states_look_alike(looks: dict[str, tuple[str, str]]) -> None:
    assert len(set(looks.values())) == len(looks)


def points_of(**columns: Any) -> pd.DataFrame:
    """Points as the pages make them: each with its value in words."""
    points = pd.DataFrame(columns)
    told = points["value"].astype(str)
    return points.assign(written=told, words=told)


def test_a_missing_year_breaks_the_line() -> None:
    points = points_of(year=[2011, 2012, 2016], value=[21.0, 11.0, 29.0])

    [line] = charts.series(points, **SERIES).data

    assert list(line.x) == [2011, 2012, 2013, 2014, 2015, 2016]
    assert list(line.y) == [21, 11, None, None, None, 29]
    assert line.connectgaps is False


def test_a_marked_point_is_hollow_and_a_competing_one_a_cross() -> None:
    points = points_of(year=[2015, 2016], value=[43000, 81000], mark=["~", None])
    competing = points_of(year=[2016], value=[80000], source_title=["B <i>"])

    line, _, cross = charts.series(points, competing, **SERIES).data

    assert list(line.marker.symbol) == ["circle-open", "circle"]
    assert "x" in cross.marker.symbol
    assert "B &lt;i&gt;" in cross.text[0]


def test_a_change_of_definition_is_a_line() -> None:
    points = points_of(year=[2020, 2021, 2022], value=[24, 26, 15], definition=["a", "a", "b"])

    [line] = charts.series(points, **SERIES).layout.shapes

    assert (line.x0, line.x1) == (2021.5, 2021.5)


def test_a_doubtful_figure_is_hollow_and_the_whole_breaks_where_the_definition_does() -> None:
    points = points_of(year=[2021, 2022], value=[3, 4], definition=["a", "b"])
    # Of years before the first point the whole is not drawn: they lie outside the axis.
    whole = pd.concat(
        [pd.DataFrame({"year": [2020], "value": [24], "definition": ["a"]}), points]
    ).assign(value=[24, 26, 15])
    beside = points_of(year=[2021, 2022], value=[76, 5], is_doubtful=[True, False])

    figure = charts.series(
        points, beside, **SERIES, doubtful_label="abejotina", whole=whole, whole_label="iš viso"
    )

    traces = {trace.name: trace for trace in figure.data}
    hollow, cross = traces["abejotina"], traces["kitas šaltinis"]
    assert (list(hollow.x), list(hollow.y), hollow.marker.symbol) == ([2021], [76], "circle-open")
    assert (list(cross.x), cross.marker.symbol) == ([2022], "x-thin-open")
    assert list(traces["iš viso"].x) == [2021, 2021.5, 2022]
    assert list(traces["iš viso"].y) == [26, None, 15]


def test_the_highest_and_the_last_figure_are_written_at_their_points() -> None:
    points = points_of(year=[2016, 2017, 2018, 2024], value=[29, 35, 14, 17])

    written = charts.series(points, **SERIES).layout.annotations

    assert {(note.x, note.y, note.text) for note in written} == {
        (2017, 35, "<b>35</b>"),
        (2024, 17, "<b>17</b>"),
    }


@pytest.mark.parametrize(
    ("year", "value", "anchors"),
    [
        (2017, 36, {2017: "right", 2024: None}),
        (2017, 60, {2017: None, 2024: None}),  # far above
        (2017, 35, {2017: None, 2024: None}),  # upon the point
        (2018, 15, {2017: None, 2024: None}),  # above a point without a number
    ],
)
def test_a_figure_is_written_before_its_point_where_another_stands_just_above(
    year: int, value: int, anchors: dict[int, str | None]
) -> None:
    points = points_of(year=[2016, 2017, 2018, 2024], value=[29, 35, 14, 17])
    competing = points_of(year=[year], value=[value])

    written = charts.series(points, competing, **SERIES).layout.annotations

    assert {note.x: note.xanchor for note in written} == anchors


def test_a_first_figure_is_never_written_before_the_axis() -> None:
    points = points_of(year=[2017, 2018], value=[35, 14])
    competing = points_of(year=[2017], value=[36])

    first = charts.series(points, competing, **SERIES).layout.annotations

    assert {note.x: note.xanchor for note in first}[2017] == "left"


@pytest.mark.parametrize(("last", "step"), [(2013, 1), (2014, None)])
def test_years_have_each_a_number_only_where_a_phone_holds_them(
    last: int, step: int | None
) -> None:
    axis = charts.series(points_of(year=[2006, last], value=[1, 2]), **SERIES).layout.xaxis

    assert (axis.dtick, axis.tickangle) == (step, 0)


def test_a_few_do_not_look_like_many() -> None:
    counts = pd.DataFrame({"name": ["A"], "pateikta": [1]})
    many = pd.DataFrame({"name": ["A"], "pateikta": [60]})
    states = [charts.answer_state("pateikta", "pateikta")]

    few_of, many_of = (
        charts.stacked_states(each, category="name", states=states).layout.xaxis.range[1]
        for each in (counts, many)
    )

    assert few_of >= 5
    assert many_of == pytest.approx(60, rel=0.01)


def test_an_empty_series_is_an_empty_figure() -> None:
    figure = charts.series(pd.DataFrame({"year": [], "value": []}), **SERIES)

    assert len(figure.data) == 0


def test_a_place_without_a_number_has_words_and_no_bar() -> None:
    rows = pd.DataFrame({"name": ["A", "B"], "value": [2, None], "words": ["2", "nėra duomenų"]})

    [bar] = charts.ranking(
        rows, label="name", value="value", value_label="Veiklos", words="words"
    ).data

    assert list(bar.x) == [2, 0]
    assert list(bar.text) == ["2", "nėra duomenų"]


def answers_of(*rows: tuple[str, str, str | None, bool, str | None]) -> pd.DataFrame:
    columns = ["institution", "recommendation", "part", "is_addressee", "state"]
    return pd.DataFrame(rows, columns=columns).assign(
        full=lambda frame: frame["institution"],
        shown_number=lambda frame: frame["recommendation"].str[1:],
        short="Trumpai",
    )


def test_the_matrix_shows_a_sign_for_each_role_and_state() -> None:
    rows = answers_of(
        ("VRM", "R1", None, True, "pateikta"),
        ("PD", "R1", None, True, "neminima"),
        ("GP", "R1", None, False, "pateikta"),
        ("NVO", "R1", None, False, None),
        ("VRM", "R2", None, True, "nepateikta"),
        ("VRM", "R2", "a", True, "pateikta"),  # the word on the whole goes before
    )

    table = matrix.answer_matrix(rows, name="full").set_index("institution")

    assert table["R1"].to_dict() == {"VRM": "●", "PD": "–", "GP": "◇", "NVO": "∘"}
    assert table["R2"].to_dict() == {"VRM": "○", "PD": "", "GP": "", "NVO": ""}
    assert table["with_data"].fillna(-1).to_dict() == {"VRM": 1, "PD": 0, "GP": -1, "NVO": -1}
    assert table["asked"].fillna(-1).to_dict() == {"VRM": 2, "PD": 1, "GP": -1, "NVO": -1}


@pytest.mark.parametrize(
    ("states", "sign"),
    [
        (["pateikta", "pateikta"], "●"),
        (["pateikta", "nepateikta"], "◐"),
        (["pateikta", "netaikoma"], "●"),
        (["netaikoma", "netaikoma"], "×"),
        (["nepateikta", "neminima"], "○"),
        (["neminima", "laukiama"], "…"),
        (["neprašyta", "laukiama"], "…"),
        (["pateikta iš dalies", "neprašyta"], "◐"),
    ],
)
def test_parts_addressed_to_one_institution_are_told_as_one(states: list[str], sign: str) -> None:
    rows = answers_of(
        *(("VRM", "R1", part, True, state) for part, state in zip("ab", states, strict=True))
    )

    assert matrix.answer_matrix(rows, name="full")["R1"].tolist() == [sign]
    [counted] = matrix.states_by_recommendation(
        rows, states=list(matrix.SYMBOLS), short="short"
    ).to_dict("records")
    assert [matrix.SYMBOLS[code] for code in matrix.SYMBOLS if counted[code]] == [sign]


def test_two_documents_may_number_alike() -> None:
    rows = answers_of(("VRM", "R1", None, True, "pateikta"), ("VRM", "P1", None, True, "neminima"))

    [line] = matrix.answer_matrix(rows, name="full").to_dict("records")

    assert (line["R1"], line["P1"]) == ("●", "–")


def test_the_strip_keeps_the_two_axes_in_columns_of_their_own() -> None:
    chain = pd.DataFrame(
        {"recommendation": ["R1", "R2"], "shown_number": ["1", "2"], "short": ["Viena", "Kita"]}
    )
    states = pd.DataFrame(
        [
            ("R1", 2020, "pateikta", "dar neįvertinta"),
            ("R1", 2021, "nepateikta", "nevertinta – duomenų nepateikta"),
            ("R2", 2021, "pateikta", "įgyvendinta"),
        ],
        columns=["recommendation", "year", "state", "assessment"],
    )

    strip = matrix.years_strip(chain, states, short="short").set_index("recommendation")

    assert strip.columns.tolist() == [
        "number",
        "state:2020",
        "assessment:2020",
        "state:2021",
        "assessment:2021",
        "name",
    ]
    assert strip["name"].tolist() == ["Viena", "Kita"]
    assert strip["state:2020"].isna().tolist() == [False, True]
    assert strip.loc["R2", "assessment:2021"] == "įgyvendinta"
    assert strip.loc["R1", "state:2021"] == "nepateikta"


YEARS: dict[str, Any] = {
    "placed_label": "Savivaldybėse",
    "unplaced_label": "Be savivaldybės",
    "other_label": "kitos",
}


def years_of(*rows: tuple[int, str, int, str, int, int, int]) -> pd.DataFrame:
    sources = ["sources", "placed_sources", "unplaced_sources"]
    columns = ["year", "activities_words", "unplaced", "unplaced_words", *sources]
    return pd.DataFrame(rows, columns=columns)


def kinds_of(*rows: tuple[int, str, int]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["year", "label", "activities"]).assign(
        words=lambda frame: [
            f"{a}: {b}" for a, b in zip(frame["label"], frame["activities"], strict=False)
        ]
    )


def test_what_rests_on_one_source_is_hatched_and_a_missing_year_is_empty() -> None:
    years = years_of((2019, "≥ 3", 0, "", 3, 1, 2), (2021, "2", 138, "138", 4, 4, 1))
    kinds = kinds_of((2019, "paskaita", 2), (2019, "seminaras", 1), (2021, "paskaita", 2))

    figure = charts.years_of_activities(years, kinds, **YEARS)

    lectures, _, seminars, _, sums, unplaced = figure.data
    assert (lectures.name, list(lectures.y)) == ("paskaita", [2, None, 2])
    assert (seminars.name, list(seminars.y)) == ("seminaras", [1, None, None])
    assert list(lectures.marker.pattern.shape) == ["/", "", ""]
    assert list(sums.text) == ["≥ 3", "", "2"]
    assert list(unplaced.y) == [None, None, 138]
    # In a year of several sources one may tell all that a bar shows.
    assert list(unplaced.marker.pattern.shape) == ["", "", "/"]
    assert list(figure.layout.xaxis2.ticktext) == ["2019 (3)", "2020", "2021 (4)"]


def test_without_anything_unplaced_there_is_no_empty_row_for_it() -> None:
    kinds = kinds_of((2019, "paskaita", 2), (2021, "paskaita", 1))

    figure = charts.years_of_activities(
        years_of((2019, "2", 0, "", 1, 1, 0), (2021, "1", 0, "", 1, 1, 0)), kinds, **YEARS
    )

    assert YEARS["unplaced_label"] not in {trace.name for trace in figure.data}
    assert [title.text for title in figure.layout.annotations] == [YEARS["placed_label"]]
    assert list(figure.layout.xaxis.ticktext) == ["2019 (1)", "2020", "2021 (1)"]
    assert figure.layout.xaxis.showticklabels


def test_kinds_that_are_many_are_one_after_the_fifth_and_none_is_lost() -> None:
    kinds = kinds_of(*((2020, f"rūšis {number}", 9 - number) for number in range(8)))

    figure = charts.years_of_activities(years_of((2020, "44", 0, "", 2, 2, 0)), kinds, **YEARS)

    bars = {bar.name: bar.y[0] for bar in figure.data if bar.legendgroup and bar.y[0] is not None}
    assert [bar.name for bar in figure.data if bar.showlegend is None] == list(bars)
    assert list(bars) == [*(f"rūšis {number}" for number in range(5)), "kitos"]
    assert sum(bars.values()) == kinds["activities"].sum()
