"""Finding a recommendation, a municipality, an institution, an indicator or a page from anywhere.

What can be found is put together once for each load, day and language, and sent to the browser
once; nothing is asked of the server while somebody types.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import streamlit as st

from rapporteur.ui import door, filters, finding
from rapporteur.ui.finding import Entry
from rapporteur.ui.language import current_language, text

_PLACE: Final = "place_of_wayfinding"
_WAY: Final = "way"
# So many letters of a recommendation tell what it begins with.
_BEGINNING: Final = 90
# Where a kind of thing is shown, under the filter of that name.
_PAGES: Final = {
    "recommendation": "recommendations",
    "municipality": "activities",
    "institution": "institutions",
    "indicator": "investigations",
}


@dataclass(frozen=True)
class Way:
    """Where what was found is shown: a page, and what is chosen there."""

    page: str
    query: Mapping[str, str]
    narrowed: bool = True
    """By what was chosen before, too."""


def place() -> None:
    """Keep the place of the field, which stands above every page."""
    st.session_state[_PLACE] = st.container(key="wayfinding", gap=None)


def field(pages: Mapping[str, str]) -> None:
    """Draw the field; `pages` are the names of pages by those of their files."""
    with st.session_state[_PLACE]:
        finding.bring(index(pages))
        finding.anything(
            text("Find a recommendation, municipality, institution, indicator or page"),
            text("Find"),
            beyond=text("Search the texts of recommendations for “{words}”"),
            nothing_but_beyond=text(
                "Nothing is called that. Search the texts of recommendations for “{words}”"
            ),
            on_choice=_set_out,
        )


def way_chosen() -> Way | None:
    """Where the reader has chosen to go; told once."""
    way: Way | None = st.session_state.pop(_WAY, None)
    return way


def go(way: Way, pages: Mapping[str, st.Page], here: st.Page) -> None:
    """Go there; where the reader is there by now, change what is chosen."""
    if way.page not in pages:
        return
    if not way.narrowed:
        filters.forget()
    query = {**filters.carried(), **way.query, "lang": current_language()}
    if pages[way.page] is not here:
        st.switch_page(pages[way.page], query_params=query)
    st.query_params.from_dict(query)


def _set_out(found: str, words: str) -> None:
    st.session_state[_WAY] = way_to(found, words)


def way_to(found: str, words: str = "") -> Way | None:
    """Where an entry of the index leads; “?” to the register, searched for `words`."""
    kind, _, code = found.partition(":")
    if kind == "?":
        return Way("recommendations", {"text": words}, narrowed=False)
    if kind == "page":
        return Way(code, {})
    return Way(_PAGES[kind], {kind: code}) if kind in _PAGES else None


def index(pages: Mapping[str, str]) -> list[Entry]:
    """Everything that can be found; `pages` are their names by the names of their files."""
    entries: list[Entry] = [
        (f"page:{stem}", name, "", text("Page")) for stem, name in pages.items()
    ]
    if door.has_data():
        entries += _of_the_data(door.generation_name(), door.day(), current_language())
    return entries


@st.cache_resource(max_entries=4, show_spinner=False)
def _of_the_data(generation: str, day: datetime.date, language: str) -> list[Entry]:
    # The generation and the day are those of which `door` is asked; they are here as the key.
    is_english = language == "en"
    short = "short_en" if is_english else "short"
    recommendations = [
        (
            f"recommendation:{row['recommendation']}",
            f"{row['shown_number']}. {row[short]} ({row['recommendation']})",
            f"{row['made_in']:.0f} {row['shown_number']} {row['text'][:_BEGINNING]}",
            text("Measure of a draft protocol")
            if row["document_status"] == "projektas"
            else text("Recommendation"),
        )
        for row in door.ask("recommendations/catalogue").to_dict("records")
    ]
    municipalities = [
        (f"municipality:{code}", name, "", text("Municipality"))
        for code, name in door.labels_of("municipality").items()
    ]
    named = "name_en" if is_english else "name"
    institutions = [
        (f"institution:{row['code']}", row[named], row["code"], text("Institution"))
        for row in door.ask("implementation/institutions").to_dict("records")
    ]
    label = f"label_{language}"
    indicators = [
        (f"indicator:{row['code']}", row[label], "", text("Indicator"))
        for row in door.ask("investigations/indicators").to_dict("records")
    ]
    return [*recommendations, *municipalities, *institutions, *indicators]
