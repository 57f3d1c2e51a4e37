"""What can be found from anywhere, where it leads, and what each page is called on its tab."""

from collections import Counter
from pathlib import Path, PosixPath
from typing import Any

import pytest
from streamlit.runtime import pages_manager
from streamlit.testing.v1 import AppTest

from rapporteur.settings import ROOT
from rapporteur.ui import head, wayfinding
from rapporteur.ui.wayfinding import Way
from tests.pages.conftest import Open, component, field

LABELS = {"en": "Municipality", "lt": "Savivaldybė"}


class Unseen(PosixPath):
    """A path at which nothing is."""

    def exists(self, **_: Any) -> bool:
        return False


@pytest.fixture
def open_whole(open_page: Open, monkeypatch: pytest.MonkeyPatch) -> Open:
    """Open a page with what app.py puts around it.

    AppTest takes a folder of that name for pages that stand alone, before app.py is asked.
    """
    monkeypatch.setattr(pages_manager, "Path", Unseen)
    return open_page


def entries(app: AppTest) -> list[list[str]]:
    found: list[list[str]] = component(app, "finding_index")
    return found


def said_of(app: AppTest) -> dict[str, str]:
    """What a page says of itself, as the browser is told."""
    told: dict[str, str] = component(app, "taking")["head"]
    return told


@pytest.mark.parametrize("language", ["lt", "en"])
def test_everything_can_be_found_from_any_page(language: str, open_whole: Open) -> None:
    app = open_whole("accessibility", lang=language)

    kinds = Counter(entry[0].partition(":")[0] for entry in entries(app))
    assert kinds["page"] == len(head.PAGES) == 10
    assert kinds["municipality"] == 60
    assert kinds["recommendation"] == 14
    assert min(kinds["institution"], kinds["indicator"]) > 15
    assert len({entry[0] for entry in entries(app)}) == sum(kinds.values())
    assert all(len(entry) == 4 and entry[1] and entry[3] for entry in entries(app))
    assert LABELS[language] in {entry[3] for entry in entries(app)}


def test_a_recommendation_is_found_by_its_code_number_year_and_first_words(
    open_whole: Open,
) -> None:
    [found] = [
        entry for entry in entries(open_whole("methodology")) if entry[0].endswith(":R2020-3")
    ]

    told = " ".join(found)
    assert "R2020-3" in told
    assert "2020 3 Ministerijoms, institucijoms ir NVO" in told
    assert found[3] == "Rekomendacija"


def test_what_is_sent_for_the_search_is_the_same_on_every_page(open_whole: Open) -> None:
    one, other = (entries(open_whole(page, year="2020")) for page in ("overview", "institutions"))

    assert one == other


def test_with_nothing_loaded_pages_can_be_found(open_page: Open, tmp_path: Path) -> None:
    app = open_page(None, database=tmp_path / "none.duckdb")

    assert {entry[0].partition(":")[0] for entry in entries(app)} == {"page"}


def test_what_is_found_leads_to_its_page_with_the_filter_set() -> None:
    assert wayfinding.way_to("recommendation:R2020-1") == Way(
        "recommendations", {"recommendation": "R2020-1"}
    )
    assert wayfinding.way_to("municipality:LT-57") == Way("activities", {"municipality": "LT-57"})
    assert wayfinding.way_to("institution:TM") == Way("institutions", {"institution": "TM"})
    assert wayfinding.way_to("indicator:a:b") == Way("investigations", {"indicator": "a:b"})
    assert wayfinding.way_to("page:data") == Way("data", {})


def test_words_lead_to_the_register_whatever_was_chosen_before() -> None:
    assert wayfinding.way_to("?", "vaikų namai") == Way(
        "recommendations", {"text": "vaikų namai"}, narrowed=False
    )


def test_what_nobody_offered_leads_nowhere() -> None:
    assert wayfinding.way_to("system:1") is None


@pytest.mark.parametrize(
    ("found", "words", "title", "query"),
    [
        (
            "municipality:LT-57",
            "",
            "Prevention in municipalities",
            {"municipality": "LT-57", "institution": "TM"},
        ),
        ("institution:PD", "", "Institutions", {"institution": "PD"}),
        ("page:overview", "", "What became of the recommendations", {"institution": "TM"}),
        ("page:elsewhere", "", "Institutions", {"institution": "TM"}),
        # All there is, whatever was chosen before.
        ("?", "vaiku", "Recommendations", {"text": "vaiku"}),
    ],
)
def test_the_way_is_gone(
    found: str, words: str, title: str, query: dict[str, str], open_whole: Open
) -> None:
    app = open_whole("institutions", institution="TM", lang="en")
    app.session_state["way"] = wayfinding.way_to(found, words)
    app.run()

    assert not app.exception
    assert app.title[0].value.startswith(title)
    assert app.query_params == {**query, "lang": "en"}


def test_every_page_has_a_name_of_its_own_in_both_languages() -> None:
    assert set(head.PAGES) == {path.stem for path in ROOT.glob("pages/*.py")}
    titles = [head.title_of(page, language) for page in head.PAGES for language in ("lt", "en")]

    assert len(set(titles)) == 2 * len(head.PAGES)
    assert head.title_of("institutions", "lt") == (
        "Institucijos – Kovos su prekyba žmonėmis rekomendacijos"
    )


@pytest.mark.parametrize(
    ("page", "query", "title"),
    [
        ("overview", {}, "Recommendations against trafficking in human beings"),
        ("activities", {"municipality": "LT-43"}, "Prevention in municipalities: Šiauliai City Mu"),
        ("institutions", {"institution": "TM"}, "Institutions: Ministry of Justice, 2020 – Rec"),
        ("recommendations", {"recommendation": "R2020-1"}, "Recommendations: R2020-1. Continuous"),
        ("methodology", {"source": "ATASKAITA-2020"}, "Methodology: 2020 "),
        ("accessibility", {}, "Accessibility statement – Recommendations against trafficking"),
    ],
)
def test_a_title_names_what_is_shown(
    page: str, query: dict[str, str], title: str, open_whole: Open
) -> None:
    assert said_of(open_whole(page, lang="en", **query))["title"].startswith(title)


def test_a_description_is_the_sentence_that_the_page_opens_with(open_whole: Open) -> None:
    app = open_whole("activities", lang="en", year="2020")

    sentence = said_of(app)["description"]
    assert sentence.startswith("In 2020 activities were reported in 5 municipalities of 60")
    assert "*" not in sentence
    assert "\\" not in sentence


def test_a_page_without_such_a_sentence_is_described_in_general(open_whole: Open) -> None:
    assert said_of(open_whole("accessibility", lang="en"))["description"].startswith("How acc")


def test_the_field_says_its_keys_and_takes_no_letter_alone(open_whole: Open) -> None:
    anywhere = field(open_whole("methodology"), "anything")

    # WCAG 2.1.4: keys that are one character only could be pressed unawares.
    assert anywhere["keys"] == "Control+K Meta+K"
