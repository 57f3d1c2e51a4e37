"""Methodology: how everything is counted, and the sources with their texts."""

import streamlit as st

from rapporteur.ui import components, method, sources
from rapporteur.ui.language import text

place = components.title(text("Methodology"))
source = st.query_params.get("source")
if said := sources.in_words(source):
    components.opening(place, said)
if source:
    components.page_link(
        "pages/methodology.py", text("Methodology and all sources"), icon=":material/arrow_back:"
    )
    sources.one_source(source, st.query_params.get("quote"))
    components.end_page()

st.header(text("Two axes"))
method.two_axes()
st.header(text("How it is counted"))
method.rules()
st.header(text("Definitions of the figures"))
method.definitions()
st.header(text("Marks beside numbers"))
method.marks()
st.header(text("Sources"))
sources.held_texts()
components.answer_table(
    "methodology/sources",
    {},
    alt=text("All sources and documents, and how many rows cite each"),
    expanded=True,
    label=text("All sources"),
)
