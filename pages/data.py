"""Handing in data: template, check, what would change, and the versions that were loaded."""

import streamlit as st

from rapporteur.delivery import reference_page
from rapporteur.delivery.declaration import SHEETS
from rapporteur.ui import components, desk, door, shelf, unlisted
from rapporteur.ui.filters import choose
from rapporteur.ui.language import current_language, text

place = components.title(text("Handing in data"))
components.opening(place, shelf.in_words())
unlisted.notice()
st.markdown(
    text(
        "Files are checked first: what is wrong is told with its cell and what to write instead. "
        "When nothing is wrong you see what would change, and one button loads it. Every version "
        "stays and can be restored."
    )
)
desk.template_button()

st.header(text("Check and load"))
desk.hand_in()

if door.has_data():
    st.header(text("Deliveries and their versions"))
    shelf.browse()

st.header(text("How to fill in the workbook"))
sections = dict(
    zip(
        ["accepted", *(sheet.table for sheet in SHEETS), "marks", "lists", "problems", "notices"],
        reference_page.sections(current_language()),
        strict=True,
    )
)
first = next(iter(sections))
chosen = choose(
    "section",
    text("Sheet or list"),
    {code: title for code, (title, _) in sections.items()},
    all_label=sections[first][0],
    default=first,
    is_of_the_page=True,
)
st.markdown(sections[chosen or first][1])
