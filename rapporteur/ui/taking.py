"""Taking a page along: a link that opens the same elsewhere, and the page on paper.

A component of our own, as Streamlit has no button that writes to the clipboard, draws its tables
on a canvas that paper cuts off, and cannot say on paper only what was chosen. What the address
leaves unsaid, because it is the default, is added to the link: it opens the same even when another
year has become the last one.
"""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import streamlit as st

from rapporteur.documents.workbook import Form
from rapporteur.ui import filters
from rapporteur.ui.language import current_language, text

_HERE: Final = Path(__file__).parent
_PLACE: Final = "place_of_controls"
_FORMS: Final = "forms_on_paper"
_HTML: Final = """
<div class="taking">
  <div class="controls">
    <button type="button" class="copy"></button>
    <button type="button" class="print"></button>
  </div>
  <div class="told" role="status"></div>
  <input class="address" type="text" readonly hidden>
  <div class="on-paper">
    <div class="chosen"></div>
    <div class="found-at"></div>
  </div>
</div>
"""


def place() -> None:
    """Keep the place of the controls, which stand above what they tell of."""
    st.session_state[_PLACE] = st.container(width="content")
    st.session_state[_FORMS] = {}


def tell_forms(forms: Mapping[str, Form]) -> None:
    """How the numbers under these headings of a table are shown: on paper as on the screen."""
    st.session_state.setdefault(_FORMS, {}).update(forms)


def controls(head: Mapping[str, str]) -> None:
    """Draw the two buttons; call it when the page has asked for all that it asks for.

    `head` is what the page says of itself where links to it are shown: title, description, site.
    """
    with st.session_state.get(_PLACE) or st.container():
        _draw(head)


def _draw(head: Mapping[str, str]) -> None:
    asked = filters.said()
    _component()(
        key="taking",
        data={
            "language": current_language(),
            "head": dict(head),
            "shown": {name: list(said.codes) for name, said in asked.items()},
            "chosen": [f"{said.label}: {said.words}" for said in asked.values() if said.words],
            "forms": st.session_state.get(_FORMS, {}),
            "words": {
                "copy": text("Copy link"),
                "print": text("Print"),
                "copied": text("The link is copied."),
                "select": text("Copy the selected address:"),
                "address": text("Address of this page"),
                "chosen": text("Chosen"),
                "rows": text("Rows shown here: {shown} of {all}; the Excel file has all of them."),
                "rows_alone": text("Rows shown here: {shown} of {all}."),
                "columns_alone": text("Columns shown here: {shown} of {all}."),
                "columns": text(
                    "Columns shown here: {shown} of {all}; the Excel file has all of them."
                ),
            },
        },
        height="content",
        width="content",
    )


@st.cache_resource(show_spinner=False)
def _component() -> Any:
    return st.components.v2.component("taking", html=_HTML, css=_file("css"), js=_file("js"))


@lru_cache
def _file(ending: str) -> str:
    return (_HERE / f"taking.{ending}").read_text(encoding="utf-8")
