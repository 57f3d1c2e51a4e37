"""A trend that tells the truth: known answers of the real series, and what is refused."""

from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from rapporteur.__main__ import main
from rapporteur.ui import comparing
from tests.conftest import Office
from tests.pages.conftest import Open, charts, told_instead, words

OPENED = "pretrial_investigations_opened"


def traces(app: AppTest, number: int = 0) -> dict[str, dict[str, Any]]:
    """The traces of a chart by the name that their legend shows."""
    return {trace.get("name", ""): trace for trace in charts(app)[number]["data"]}


def yearly(trace: dict[str, Any]) -> dict[float, float | None]:
    return dict(zip(trace["x"], trace["y"], strict=True))


# The series ----------------------------------------------------------------------------------


def test_a_missing_year_is_a_gap_and_a_competing_figure_is_seen(open_page: Open) -> None:
    shown = traces(open_page("investigations", lang="en"))

    line, others = shown["pre-trial investigations opened"], shown["another source says"]
    values = yearly(line)
    assert [values[year] for year in range(2017, 2025)] == [35, 14, 16, 11, 7, 12, 13, 17]
    gaps = [year for year, value in values.items() if value is None]
    assert gaps == [2009, 2010, 2013, 2014, 2015]
    assert not line["connectgaps"]
    assert (others["x"], others["y"]) == ([2017], [36])


def test_the_band_is_the_exact_interval_and_never_spans_a_gap(open_page: Open) -> None:
    figure = charts(open_page("investigations", lang="en"))[0]
    bands = [trace for trace in figure["data"] if trace.get("legendgroup") == "interval"]

    years = [set(band["x"]) for band in bands]
    assert years == [{2006, 2007, 2008}, {2011, 2012}, set(range(2016, 2025))]
    of_2021 = sorted(y for x, y in zip(bands[-1]["x"], bands[-1]["y"], strict=True) if x == 2021)
    assert of_2021 == [2.8144, 14.4227]
    assert [band["showlegend"] for band in bands] == [True, False, False]


def test_the_band_can_be_switched_off(open_page: Open) -> None:
    app = open_page("investigations", lang="en", band="off")

    for figure in charts(app):
        assert not [t for t in figure["data"] if t.get("legendgroup") == "interval"]


def test_a_change_of_the_definition_breaks_the_line_and_tells_why(open_page: Open) -> None:
    app = open_page("investigations", lang="en", indicator="victims_identified")

    values = yearly(traces(app)["victims identified"])
    assert values[2021.5] is None
    assert (values[2021], values[2022]) == (26, 15)
    [line] = charts(app)[0]["layout"]["shapes"]
    assert (line["x0"], line["x1"]) == (2021.5, 2021.5)
    assert "From 2022: persons recognised as victims in criminal proceedings" in plainly(words(app))


def test_doubtful_figures_are_never_on_the_line(open_page: Open) -> None:
    shown = traces(open_page("investigations", lang="en", indicator="victims_identified"))

    assert min(shown["victims identified"]["x"]) == 2014
    doubtful, others = shown["doubtful: not on the line"], shown["another source says"]
    assert list(zip(doubtful["x"], doubtful["y"], strict=True)) == [(2011, 76), (2012, 92)]
    assert doubtful["marker"]["symbol"] == "circle-open"
    assert (others["x"], others["y"]) == ([2016], [45])


def test_a_provisional_figure_is_hollow_and_is_compared_with_none(
    open_page: Open, office: Office
) -> None:
    office.send(
        statistic=[
            {"indicator": OPENED, "year": 2018, "value": 12},
            {"indicator": OPENED, "year": 2019, "value": 13},
            {"indicator": OPENED, "year": 2020, "value": "17 p"},
        ]
    )

    app = open_page("investigations", database=office.target, lang="en", later="2020")

    shown = traces(app)
    assert shown["pre-trial investigations opened"]["marker"]["symbol"] == [
        *("circle", "circle"),
        "circle-open",
    ]
    assert "about, or provisional" in shown
    [warning] = app.warning
    assert warning.value == "No average over 2020: no whole count is known for 2020."


def test_each_gap_tells_why_it_is_one(open_page: Open, office: Office) -> None:
    sources = [{"code": "S1"}, {"code": "S2"}]
    figure = {"indicator": OPENED, "source": "S1"}
    office.send(
        source=sources,
        statistic=[
            {**figure, "year": 2014, "value": 9},
            # Nobody tells of 2015 to 2017.
            {**figure, "year": 2018, "value": "n. d."},
            {**figure, "year": 2019, "value": 70, "is_doubtful": "taip"},
            {**figure, "year": 2020, "value": 11},
            {**figure, "year": 2020, "value": 13, "source": "S2"},
            {**figure, "year": 2021, "value": 7},
        ],
    )

    said = words(open_page("investigations", database=office.target, lang="en"))

    assert "No figure was found for 2015–2017: a gap, not a zero." in said
    assert "2018: not provided – a gap, not a zero." in said
    assert "2019, 2020: only figures that are doubtful, put aside or contradict each" in said


def test_what_one_institution_registered_competes_with_no_total(
    open_page: Open, office: Office
) -> None:
    office.send(
        statistic=[
            {"indicator": OPENED, "year": 2020, "value": 11},
            {"indicator": OPENED, "year": 2020, "value": 8, "registered_by": "VRM"},
        ]
    )

    app = open_page("investigations", database=office.target, lang="en", year="2020")

    assert "another source says" not in traces(app)
    assert "**8 count** · Ministerija" in words(app)


def test_a_figure_of_one_register_and_who_has_no_number_are_told(
    open_page: Open, office: Office
) -> None:
    office.send("T-1", statistic=[{"indicator": OPENED, "year": 2019, "value": 11}])
    office.send(
        "T-2",
        sender="PD",
        statistic=[
            {"indicator": OPENED, "year": 2019, "value": "n. d."},
            {"indicator": OPENED, "year": 2020, "value": 14, "registered_by": "PD"},
        ],
    )

    def read(page: str, **filters: str) -> str:
        return words(open_page(page, database=office.target, **filters)).replace("\\", "")

    said = read("investigations", lang="en")
    of_register = read("investigations", lang="en", registered_by="PD")
    on_the_front = read("overview", lang="lt")

    assert "In 2019 **11** pre-trial investigations were opened" in said
    told = "2020: no figure for all together, only 1 figure told by registering institution"
    assert f"{told} (Ministerija – 14)." in said
    assert "Without a number, while another source has one: 2019 – Ministerija (not prov" in said
    assert "In 2020 **14** pre-trial investigations were opened (Ministerija)" in of_register
    assert "yra tik 1 smulkesnio pjūvio skaičius: registravusi institucija (Minis" in on_the_front


def test_a_snapshot_is_no_point_of_a_series(open_page: Open) -> None:
    app = open_page(
        "investigations", lang="en", indicator="pretrial_investigations_ongoing_snapshot"
    )

    assert len(charts(app)) == 1  # the chain alone
    assert "Is the change real?" not in [header.value for header in app.header]


@pytest.mark.parametrize(
    ("indicator", "unit"),
    [
        ("pretrial_investigations_opened", "investigations a year"),
        ("cases_sent_to_court", "cases a year"),
        ("victims_identified", "persons a year"),
        ("legal_persons_prosecuted", "legal persons a year"),
        ("state_funding_victim_assistance", "euro a year"),
    ],
)
def test_the_unit_stands_on_the_axis_and_with_the_period_beneath_the_title(
    open_page: Open, indicator: str, unit: str
) -> None:
    form = {"form": "forced_labour"} if indicator.startswith("legal") else {}
    app = open_page("investigations", lang="en", indicator=indicator, **form)

    assert charts(app)[0]["layout"]["yaxis"]["title"]["text"] == unit
    assert any(caption.value.startswith(f"{unit}, ") for caption in app.caption)
    table = next(t.value for t in app.dataframe if "per_100k" in t.value or "value" in t.value)
    assert set(table["counting_unit"]) == {unit.removesuffix(" a year")}
    assert set(table["measure"]) == {"in the year"}


@pytest.mark.parametrize("question", ["series", "evidence", "contradictions"])
def test_the_unit_and_the_period_stand_in_the_file(
    shipped_database: Path, tmp_path: Path, question: str
) -> None:
    out = tmp_path / "out.xlsx"
    asked = ["export", f"investigations/{question}", str(out), "--param", f"indicator={OPENED}"]

    assert main([*asked, "--database", str(shipped_database)]) == 0

    sheet = openpyxl.load_workbook(out)
    heading, *rows = next(iter(sheet)).iter_rows(values_only=True)
    told = {(dict(zip(heading, row, strict=True))["Skaičiavimo vienetas"]) for row in rows}
    assert told == {"tyrimai"}
    assert {dict(zip(heading, row, strict=True))["Skaičiuojama"] for row in rows} == {"per metus"}


def test_a_figure_in_another_unit_has_no_place_on_the_axis(open_page: Open, office: Office) -> None:
    opened = {"indicator": "pretrial_investigations_opened"}
    office.send(
        statistic=[
            {**opened, "year": 2019, "value": 16},
            {**opened, "year": 2020, "value": 44, "unit": "proc."},
        ]
    )

    app = open_page("investigations", database=office.target, lang="en")

    assert yearly(traces(app)["pre-trial investigations opened"]) == {2019: 16}
    assert "Not drawn, as told in another unit: 2020 – 44 " in words(app)


def test_a_breakdown_stands_beside_the_whole(open_page: Open) -> None:
    app = open_page(
        "investigations",
        lang="en",
        indicator="victims_identified",
        citizenship="foreign_nationals",
    )

    shown = traces(app)
    assert yearly(shown["victims identified: foreign nationals"])[2017] == 20
    everybody = yearly(shown["all together"])
    assert everybody[2017] == 60
    assert everybody[2021.5] is None  # the definition changes


def test_the_whole_beside_a_breakdown_is_of_the_same_unit_and_territory(
    open_page: Open, office: Office
) -> None:
    here = {"indicator": "victims_identified", "territory": "LT-57"}
    office.send(
        statistic=[
            {**here, "year": 2019, "value": 9},
            {**here, "year": 2019, "value": 4, "sex": "women"},
            {**here, "year": 2020, "value": 80, "unit": "proc."},
            {**here, "year": 2019, "value": 36, "territory": None},
            {**here, "year": 2019, "value": 20, "territory": None, "sex": "women"},
        ]
    )

    app = open_page(
        "investigations",
        database=office.target,
        lang="en",
        indicator="victims_identified",
        sex="women",
        territory="LT-57",
    )

    assert yearly(traces(app)["all together"]) == {2019: 9}


def test_a_combination_that_nobody_tells_is_said_to_be_none(open_page: Open) -> None:
    app = open_page(
        "investigations",
        lang="en",
        indicator="victims_identified",
        sex="women",
        form="forced_labour",
    )

    assert "no such figure can be shown; the sources are below." in words(app)


def test_documents_that_ask_are_marks_on_the_axis(open_page: Open) -> None:
    marks = traces(open_page("investigations", lang="en"))["recommendations and protocol measures"]

    assert (marks["x"], marks["y"]) == ([2020, 2021], [0, 0])
    assert all("7 recommendations or measures" in told for told in marks["text"])
    assert ["(a draft)" in told.replace("<br>", " ") for told in marks["text"]] == [False, True]


def test_per_inhabitant_only_where_their_number_is_known(open_page: Open) -> None:
    said = words(open_page("investigations", lang="en"))

    assert "2024: 0.59 per 100,000 inhabitants (of 2,890,664 in 2025)" in said
    old = open_page("investigations", lang="en", indicator="pretrial_investigations_conducted")
    early = next(t.value for t in old.dataframe if "per_100k" in t.value.columns)
    assert early.loc[early["year"] < 2016, "per_100k"].isna().all()


# Is it real? ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (
            "lt",
            "2021 m. pradėti 7 ikiteisminiai tyrimai – 80 proc. mažiau negu 2017 m. (35); 95 proc. "
            "pasikliautinasis intervalas – 54–93 proc. Mažai tikėtina, kad toks skirtumas "
            "atsitiktinis; jo priežasčių šie duomenys nerodo.",
        ),
        (
            "en",
            "2021: 7 pre-trial investigations were opened – 80% fewer than in 2017 (35); 95% "
            "confidence interval: 54–93%. Such a difference is unlikely to be chance; these data "
            "do not show its causes.",
        ),
    ],
)
def test_the_fall_to_2021_is_beyond_chance(open_page: Open, language: str, sentence: str) -> None:
    app = open_page("investigations", lang=language, earlier="2017", later="2021")

    assert sentence in plainly(words(app))


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("lt", "2020–2024 m. pokytis (11 → 17) gali būti atsitiktinis. 95 proc."),
        ("en", "The change 2020–2024 (11 → 17) may be chance. 95% confidence interval of the "),
    ],
)
def test_the_rise_since_2020_may_be_chance(open_page: Open, language: str, sentence: str) -> None:
    app = open_page("investigations", lang=language, earlier="2020", later="2024")

    assert sentence in plainly(words(app))


def test_periods_are_compared_by_the_year(open_page: Open) -> None:
    app = open_page("investigations", lang="en", earlier="2016-2017", later="2019-2024")

    said = plainly(words(app))
    assert "2019–2024: 76 pre-trial investigations were opened, or 12.7 a year – 60% fewer" in said
    assert "than in 2016–2017 (64, or 32.0 a year)" in said


def test_the_order_of_the_two_is_that_of_time(open_page: Open) -> None:
    app = open_page("investigations", lang="en", earlier="2021", later="2017")

    assert "80% fewer than in 2017" in plainly(words(app))


@pytest.mark.parametrize(
    ("query", "refusal"),
    [
        (
            {"earlier": "2011-2016"},
            "No average over 2011–2016: no whole count is known for 2013–2015.",
        ),
        ({"earlier": "2013"}, "No average over 2013: no whole count is known for 2013."),
        (
            {"indicator": "pretrial_investigations_conducted", "later": "2017-2018"},
            "No average over 2017–2018: some would be counted in several of its years.",
        ),
        (
            {"indicator": "victims_identified", "earlier": "2020-2023"},
            "No average over 2020–2023: the definition changes within it.",
        ),
    ],
)
def test_the_page_refuses_an_average_over_a_gap(
    open_page: Open, query: dict[str, str], refusal: str
) -> None:
    [warning] = open_page("investigations", lang="en", **query).warning

    assert refusal in warning.value


@pytest.mark.parametrize(
    "asked", ["²", "1-9999999999", "2019-2017", "2011-2016-2019", "-", "abc", "20170", "2017-"]
)
def test_an_address_that_asks_for_nonsense_is_as_if_it_asked_for_nothing(
    open_page: Open, asked: str
) -> None:
    app = open_page("investigations", lang="en", earlier=asked, later=asked, year=asked)

    # Told as what the address asks for and nothing has; it refuses nothing.
    assert [warning.icon for warning in app.warning] == [":material/link_off:"]
    assert "The change 2016–2024 (29 → 17) may be chance." in plainly(words(app))


def test_of_what_lasts_for_years_no_sum_is_offered(open_page: Open) -> None:
    app = open_page("investigations", lang="en", indicator="pretrial_investigations_conducted")

    [earlier] = [one for one in app.selectbox if one.key == "earlier"]
    assert earlier.options == ["2023", "2020", "2019", "2018", "2017", "2012", "2011"]
    said = plainly(words(app))
    assert "2020: 27 pre-trial investigations were conducted – 56% fewer than in 2017 (61)" in said
    assert "may last for several years and is counted in each" in said


def test_the_ratio_and_its_interval_stand_under_the_sentence(open_page: Open) -> None:
    said = plainly(words(open_page("investigations", lang="en", earlier="2017", later="2021")))

    assert "Ratio of the yearly numbers: 0.20 (95% interval 0.07–0.46); p < 0.001." in said


def test_two_definitions_are_not_compared(open_page: Open) -> None:
    app = open_page(
        "investigations", lang="en", indicator="victims_identified", earlier="2017", later="2023"
    )

    assert "Between 2017 and 2023 the definition changes, so they are not compared." in plainly(
        words(app)
    )


def test_money_is_no_count_of_events(open_page: Open) -> None:
    app = open_page("investigations", lang="en", indicator="state_funding_victim_assistance")

    assert "Not compared: that takes whole counts of at least two years." in words(app)


@pytest.mark.parametrize(
    ("indicator", "sentence"),
    [
        # 2017–2020 and, alone after a gap, 2023.
        ("pretrial_investigations_conducted", "2020: 27 pre-trial investigations were conducted –"),
        ("cases_sent_to_court", "2024: 0 criminal cases were sent to court – 100% fewer than in"),
        (
            "convicted_sentenced_to_prison",
            "No change between 2011 (17) and 2015 (17). 95% confidence interval",
        ),
    ],
)
def test_two_years_are_compared_across_a_gap_that_is_summed_by_none(
    open_page: Open, indicator: str, sentence: str
) -> None:
    app = open_page("investigations", lang="en", indicator=indicator)

    assert sentence in plainly(words(app))


def test_persons_come_with_a_warning(open_page: Open) -> None:
    app = open_page("investigations", lang="en", indicator="persons_convicted")

    assert "the true uncertainty is larger" in words(app)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ((0, 12), "2021: 12 pre-trial investigations were opened; in 2020 there were none. Such"),
        ((0, 1), "The change 2020–2021 (0 → 1) may be chance."),
        ((0, 0), "None in 2020 and none in 2021: there is nothing to compare."),
        ((12, 0), "2021: 0 pre-trial investigations were opened – 100% fewer than in 2020 (12)"),
        ((9, 30), "2021: 30 pre-trial investigations were opened – 233% more than in 2020 (9)"),
        # Not all of them, and an interval that is not nothing.
        ((400, 1), "2021: 1 pre-trial investigation was opened – 99.8% fewer than in 2020 (400)"),
        ((1000, 913), "– 9% fewer than in 2020 (1,000); 95% confidence interval: 0.1–17%."),
    ],
)
def test_none_at_either_end_is_told_in_words(
    open_page: Open, office: Office, values: tuple[int, int], sentence: str
) -> None:
    office.send(
        statistic=[
            {"indicator": "pretrial_investigations_opened", "year": 2020 + n, "value": value}
            for n, value in enumerate(values)
        ]
    )

    app = open_page("investigations", database=office.target, lang="en")

    assert sentence in plainly(words(app))


def plainly(said: str) -> str:
    """Without the signs that keep words from being markup; spaces that hold words as others."""
    return said.replace("\\", "").replace("\N{NO-BREAK SPACE}", " ")


def test_a_marked_figure_is_never_compared() -> None:
    points = pd.DataFrame(
        {
            "year": [2019, 2020, 2021],
            "value": [10.0, 12.0, 9.0],
            "low": [4.8, None, 4.1],
            "definition": [None, None, None],
        }
    )

    assert set(comparing.periods(points)) == {"2019", "2021"}


# The evidence --------------------------------------------------------------------------------


def test_each_source_of_a_year_is_quoted_with_how_the_year_was_fixed(open_page: Open) -> None:
    said = words(open_page("investigations", year="2017"))

    assert "**36 vnt.**" in said
    assert "www.lrt.lt" in said
    assert "www.lzinios.lt" in said
    assert "metai numanomi" in said
    assert "Rodoma VRM reikšmė" in said


def test_what_contradicts_what_is_told_with_what_is_shown_and_why(open_page: Open) -> None:
    app = open_page("investigations", lang="en")

    disputes = [one for one in app.expander if one.label[:4] in {"2016", "2017", "2019", "2020"}]
    assert len([one for one in app.expander if "Table and file" not in one.label]) == 13
    [funding] = [one for one in disputes if "165 000" in one.label]
    told = plainly(" ".join(str(element.value) for element in funding.markdown))
    assert "What is shown, and why:" in told
    assert "190,000 EUR" in told
    assert "165,000 EUR" in told
    assert told.count("not shown") == 1


def test_contradictions_of_one_indicator_alone(open_page: Open) -> None:
    app = open_page(
        "investigations", lang="en", indicator="victims_identified", disputed="indicator"
    )

    labels = [one.label for one in app.expander if "Table and file" not in one.label]
    assert len(labels) == 3


def test_a_preference_is_changed_by_a_workbook(open_page: Open, office: Office) -> None:
    indicator = {"indicator": "pretrial_investigations_opened", "year": 2020}
    both = [{**indicator, "value": 11, "source": "S1"}, {**indicator, "value": 13, "source": "S2"}]
    sources = [{"code": "S1"}, {"code": "S2"}]

    def shown(preferred: str) -> float | None:
        rows = [
            {**row, "is_preferred": "taip" if row["source"] == preferred else "ne"} for row in both
        ]
        office.send(source=sources, statistic=rows)
        app = open_page("investigations", database=office.target, lang="en")
        return yearly(traces(app)["pre-trial investigations opened"])[2020]

    assert (shown("S1"), shown("S2")) == (11, 13)


# Together ------------------------------------------------------------------------------------


def test_the_chain_has_one_axis_of_years_and_an_axis_of_its_own_for_each(open_page: Open) -> None:
    app = open_page("investigations", lang="en")
    figure = charts(app)[1]

    lines = [trace for trace in figure["data"] if trace.get("mode") == "lines+markers"]
    assert len(lines) == 5
    assert len({trace["yaxis"] for trace in lines}) == 5
    titles = [note["text"].replace("<br>", " ") for note in figure["layout"]["annotations"]][:5]
    assert titles[0] == "pre-trial investigations opened (investigations a year)"
    assert all(
        title.endswith(("(investigations a year)", "(cases a year)", "(persons a year)"))
        for title in titles
    )
    ranges = {
        tuple(axis["range"]) for name, axis in figure["layout"].items() if name.startswith("xaxis")
    }
    assert len(ranges) == 1
    told = told_instead(app)[1]
    assert told.startswith(
        "How did each step from investigation to assistance change? "
        "Pre-trial investigations opened: 17 in 2024, the most in 2017 (35); "
    )
    assert told.count(";") == 4
