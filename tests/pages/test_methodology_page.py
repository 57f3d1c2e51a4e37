"""The methodology: a definition behind every (i), rules with live examples, limits, citations."""

import re
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from rapporteur.documents.rules import RULES
from rapporteur.ui import definitions
from rapporteur.ui.swatches import LOOKS, swatch
from tests.conftest import Office
from tests.pages.conftest import Open, words

# What pages show of figures, unfiltered and where something is chosen.
SHOWN: list[tuple[str, dict[str, str]]] = [
    ("overview", {}),
    ("implementation", {}),
    ("recommendations", {}),
    ("recommendations", {"recommendation": "R2020-1", "year": "2020"}),
    ("institutions", {}),
    ("institutions", {"institution": "TM"}),
    ("activities", {}),
    ("activities", {"municipality": "LT-57"}),
    ("investigations", {}),
    ("protocol", {}),
    ("methodology", {}),
]


def asked_of(app: AppTest) -> set[str]:
    """The questions whose definitions a page links to: from links, and from buttons on the page."""
    links = [parse_qs(link.proto.query_string) for link in app.get("page_link")]
    return {name for query in links for name in query.get("question", [])}


# One definition ------------------------------------------------------------------------------


def test_every_link_to_how_a_figure_is_counted_opens_its_definition(open_page: Open) -> None:
    linked = {name for page, query in SHOWN for name in asked_of(open_page(page, **query))}
    assert {
        "implementation/coverage",
        "investigations/series",
        "activities/by_municipality",
        "activities/unplaced",
        "recommendations/parts",
        "protocol/measures",
    } <= linked

    app = open_page("methodology", lang="en", question="implementation/coverage")
    for name in sorted(linked | set(definitions.defined())):
        app.query_params["question"] = name
        app.run()
        assert not app.exception, name
        assert not app.warning, name
        assert definitions.defined()[name].sql.strip() in [code.value for code in app.code], name


@pytest.mark.parametrize(
    "name",
    [
        "nėra/tokios",
        "implementation/../coverage",
        "checks/addressee_missing",
        "<b>x</b>[y](z)" * 30,
    ],
)
def test_a_name_that_no_question_has_is_answered_in_a_sentence(open_page: Open, name: str) -> None:
    app = open_page("methodology", lang="en", question=name)

    [warning] = app.warning
    assert warning.value.startswith("There is no definition “")
    assert "<b>" not in warning.value
    assert len(warning.value) < 500
    assert "implementation/coverage" in asked_of(app)


def test_a_definition_tells_all_that_a_figure_is_made_of(open_page: Open) -> None:
    app = open_page("methodology", lang="en", question="investigations/series")
    said = words(app)

    assert "**The figures shown year by year\\: one a year" in said
    assert "- **Value** – the figure" in said
    assert "- `indicator` – codes of indicators" in said
    assert [one.value for one in app.subheader] == [
        RULES[code].heading for code in ("shown", "interval", "comparison", "inhabitants")
    ]
    formula = RULES["interval"].formula
    assert formula
    assert all(f"$\\displaystyle {line}$" in said for line in formula.lines)
    assert "- `≥` – at least the number" in said
    assert "Each of its rows names its own source" in said
    assert "python -m rapporteur ask investigations/series" in said
    lithuanian, english, *_ = [code.value for code in app.code]
    assert "Iš: Kovos su prekyba žmonėmis rekomendacijos" in lithuanian
    assert "In: Recommendations against trafficking in human beings" in english
    assert "Data version 4" in english
    assert english.endswith("investigations?lang=en")


def test_marks_are_told_only_of_columns_that_bear_them(open_page: Open) -> None:
    marks = words(open_page("methodology", lang="en", question="activities/by_year"))

    assert "- `≥` – at least the number\n- `~` – about the number" in marks
    assert "`[k]`" not in marks


def test_what_rests_on_sources_names_them(open_page: Open) -> None:
    said = words(open_page("methodology", lang="en", question="implementation/coverage"))

    assert "Without a filter it rests on **1 source**" in said


# The page whole ------------------------------------------------------------------------------


def test_the_table_of_contents_leads_to_headings_that_are_there(open_page: Open) -> None:
    app = open_page("methodology", lang="en")
    asked = [
        anchor
        for each in app.markdown
        for anchor in re.findall(r"\]\(#([\w-]+)\)", str(each.value))
    ]
    there = {heading.proto.anchor for heading in (*app.header, *app.subheader)}

    assert len(asked) == 8 + len(RULES)
    assert set(asked) <= there


def test_the_examples_say_what_the_pages_say(open_page: Open) -> None:
    said = words(open_page("methodology", lang="en"))
    implemented = words(open_page("implementation", lang="en", year="2020"))
    compared = words(open_page("investigations", lang="en", earlier="2017", later="2020"))

    for words_of_both, page in (
        (r"Implemented, as judged: between 0 and 7 of 7 .*?\.", implemented),
        (r"Of \*\*12 items asked\*\* at least 5 .*?\)\.", implemented),
        (r"2020\\: 11 pre.*?causes\\\.", compared),
        (r"2024: 0\.59 per 100.*?0\.94\.", compared),
    ):
        found = re.search(words_of_both, said, re.MULTILINE)
        assert found, words_of_both
        assert found[0] in page
    for year, count in ((2017, 35), (2018, 14), (2019, 16), (2020, 11)):
        assert re.search(rf"In {year} .*\*\*{count}\*\* .*95% interval", said)
    assert "The change 2018–2019 \\(14 → 16\\) may be chance" in said


def test_the_limits_are_counted(open_page: Open, office: Office) -> None:
    said = words(open_page("methodology", lang="en"))

    assert "2020: nobody gave data on 3 of 7 recommendations." in said
    assert "2020: the rapporteur has judged 0 of 7 recommendations." in said
    assert "Of 42 of 60 municipalities nobody has told" in said
    assert "no figure for 2009, 2010, 2013–2015." in said
    assert "15 of 15 links" in said

    office.send(
        recommendation=[{}],
        addressee=[{}],
        response=[{}],
        assessment=[{}],
        source=[{}],
    )
    of_another = words(open_page("methodology", database=office.target, lang="en"))
    assert "nobody gave data on" not in of_another
    assert "the rapporteur has judged" not in of_another
    assert "Of 60 of 60 municipalities" in of_another
    assert "Implemented, as judged: 1 of 1" in of_another


def test_whoever_has_loaded_next_to_nothing_sees_no_example(
    open_page: Open, office: Office
) -> None:
    office.send(source=[{}])
    app = open_page("methodology", database=office.target, lang="en")

    assert "Worked out on the data loaded" not in words(app)


def test_every_state_is_explained(open_page: Open) -> None:
    said = words(open_page("methodology"))

    for state in ("neminima", "neprašyta", "neįgyvendinta", "dar neįvertinta", "laukiama"):
        assert f"**{state}** –" in said
    assert "≠ nulis" in said
    # Each beside the fill and the pattern that charts give it.
    for list_name, looks in LOOKS.items():
        for code in looks:
            assert not swatch(list_name, code) or swatch(list_name, code) in said


def test_how_activities_are_counted_is_told(open_page: Open) -> None:
    said = words(open_page("methodology", lang="en"))

    for rule in (
        "“Took place, number not stated” counts as at least one.",
        "Statements on one activity count once, by the largest number; a campaign in several "
        "municipalities counts in each.",
        "A total without a place stands beside the places and never in them: what one source gives",
        "so no page adds the two.",
        "reported as none where a row says 0 and none says more; else nothing is known of it.",
        "is shown with that source and makes no zero.",
        "counts where all years are shown, and in no single year.",
    ):
        assert rule in said
    assert "Took place" not in words(open_page("methodology"))


def test_a_link_leads_to_the_sentence_of_its_source(open_page: Open) -> None:
    app = open_page(
        "methodology",
        source="ATASKAITA-2020",
        quote="GP įkūrė elektroninę platformą",
        lang="en",
    )

    assert "The words asked for:" in words(app)
    assert "Siekdama užtikrinti ikiteisminių tyrimų" in words(app)


def test_one_code_of_two_deliveries_leads_to_both_sources_and_its_own_address_to_one(
    open_page: Open, office: Office
) -> None:
    office.send("T-1", source=[{"title": "Pirmojo"}], statistic=[{"source": "S1"}])
    office.send(
        "T-2",
        source=[{"title": "Antrojo"}],
        statistic=[{"source": "S1", "year": y} for y in (2018, 2019)],
    )

    both = open_page("methodology", database=office.target, lang="en", source="S1")
    one = open_page("methodology", database=office.target, lang="en", source="T-2:S1")

    assert [header.value for header in both.header] == ["Antrojo", "Pirmojo"]
    assert "Several deliveries use the code “S1”" in words(both)
    assert "**Antrojo**: 2 rows of the data rest on it; **Pirmojo**: 1 row" in words(both)
    assert [header.value for header in one.header] == ["Antrojo"]
    assert "Several deliveries" not in words(one)


@pytest.mark.parametrize(
    ("source", "quote"), [("ATASKAITA-2020", "ko nėra"), ("TIP2019", None), ("NĖRA", None)]
)
def test_a_source_without_the_words_is_no_error(
    open_page: Open, source: str, quote: str | None
) -> None:
    query = {"source": source, **({"quote": quote} if quote else {})}
    app = open_page("methodology", lang="en", **query)

    assert not app.exception
    assert (len(app.warning) == 1) == (source == "NĖRA")
