"""Handing in data: template, check, what would change, and the versions that were loaded."""

import streamlit as st

from rapporteur.delivery import reference_page
from rapporteur.ui import desk, door, shelf
from rapporteur.ui.language import current_language, text

st.title(text("Handing in data"))
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
sections = dict(reference_page.sections(current_language()))
chosen = st.selectbox(text("Sheet or list"), options=list(sections), key="help:section")
if chosen:
    st.markdown(sections[chosen])
