"""What a page says of itself outside of its frame: its title, and its description for a preview.

The title of the tab changes with what is chosen; a preview is made of what `front.py` serves to
those who run no scripts, and the browser completes it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import streamlit as st

from rapporteur import translations
from rapporteur.translations import later
from rapporteur.ui import filters
from rapporteur.ui.language import current_language, text

SITE: Final = later("Recommendations against trafficking in human beings")
ABOUT_SITE: Final = later(
    "Lithuania's national rapporteur on trafficking in human beings: how recommendations are "
    "answered and implemented, where prevention ran, and the series of investigations and victims."
)

_REMEMBERED: Final = "head"
# What of that which is chosen a title names, beside the year that it ends with.
_NAMED: Final = ("institution", "municipality", "county", "indicator", "theme", "year")
_MARKS: Final = re.compile(r"\\(?=[^\w\s])|\*\*|\s*:material/\w+:")


@dataclass(frozen=True)
class About:
    """A page as it is told of elsewhere: in the menu, on the tab, in a preview."""

    name: str
    """In English; `text` says it in the reader's language. So is the description."""
    description: str


# In the order of the menu; the names are those of the files.
PAGES: Final[Mapping[str, About]] = {
    "overview": About(later("Overview"), ABOUT_SITE),
    "implementation": About(
        later("Implementation of recommendations"),
        later(
            "How far the recommendations made in a year are answered and implemented: who gave "
            "data, who is silent, and how the rapporteur judges it."
        ),
    ),
    "recommendations": About(
        later("Recommendations"),
        later(
            "The register of recommendations: their words, what each institution answered, and "
            "the rapporteur's judgement beside it."
        ),
    ),
    "institutions": About(
        later("Institutions"),
        later("Whose answers are missing, what is due when, and the request to each institution."),
    ),
    "protocol": About(
        later("Draft protocol of the Government"),
        later(
            "The measures of the draft protocol of the Government, and the recommendations that "
            "they continue."
        ),
    ),
    "activities": About(
        later("Prevention in municipalities"),
        later(
            "Where in the 60 municipalities of Lithuania trafficking in human beings was "
            "prevented, where not, and about which nobody said anything."
        ),
    ),
    "investigations": About(
        later("Investigations, cases and victims"),
        later(
            "Pre-trial investigations, court cases, convictions, victims and assistance by year, "
            "with the intervals of small numbers and the sources of each figure."
        ),
    ),
    "data": About(
        later("Handing in data"),
        later("The template of the workbook, the check, and what a load would change."),
    ),
    "methodology": About(
        later("Methodology"),
        later("How everything is counted, the definitions of the figures, and the sources."),
    ),
    "accessibility": About(
        later("Accessibility statement"),
        later("How accessible this website is, what is not yet, and whom to tell about it."),
    ),
}


@dataclass
class Head:
    """What the page that is open says of itself by now."""

    page: str
    subject: str = ""
    """What it is about where that is no filter, such as one recommendation."""
    sentence: str = ""
    """What it says first; a description of this page as it is filtered."""


def title_of(page: str, language: str) -> str:
    """The title of a page of which nothing more is known."""
    gettext = translations.translator(language).gettext
    name = [] if page == "overview" else [gettext(PAGES[page].name)]
    return " – ".join([*name, gettext(SITE)])


def begin(page: str) -> None:
    """A page begins to be drawn: give the tab its name."""
    st.session_state[_REMEMBERED] = Head(page)
    st.set_page_config(page_title=title_of(page, current_language()))


def about(subject: str) -> None:
    """Tell what the page is about where that is no filter."""
    _head().subject = subject


def describe(sentence: str) -> None:
    """Tell what the page says first; Markdown is left out."""
    _head().sentence = _MARKS.sub("", sentence).strip()


def finish() -> dict[str, str]:
    """The page is drawn: name in the tab what it shows; gives the title and the description."""
    head = _head()
    chosen = filters.said()
    named = [head.subject] if head.subject else []
    named += [chosen[name].words for name in _NAMED if name in chosen and chosen[name].codes]
    name, site = text(PAGES[head.page].name), text(SITE)
    title = title_of(head.page, current_language())
    if named:
        title = f"{name}: {', '.join(named)} – {site}"
    st.set_page_config(page_title=title)
    description = head.sentence or text(PAGES[head.page].description)
    return {"title": title, "description": description, "site": site}


def _head() -> Head:
    head: Head = st.session_state.setdefault(_REMEMBERED, Head("overview"))
    return head
