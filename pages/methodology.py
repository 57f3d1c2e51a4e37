"""Methodology: how everything is counted, every definition, the sources with their texts."""

import streamlit as st

from rapporteur.ui import citing, components, definitions, limits, method, sources
from rapporteur.ui.language import text

place = components.title(text("Methodology"))
source, question = st.query_params.get("source"), st.query_params.get("question")
if said := sources.in_words(source) if source else definitions.in_words(question):
    components.opening(place, said)
if source or question:
    components.page_link(
        components.METHODOLOGY,
        text("Methodology and all sources"),
        icon=":material/arrow_back:",
        place="whole",
    )
if source:
    sources.sources_of(source, st.query_params.get("quote"))
    components.end_page()
if question:
    definitions.one_definition(question)
    components.end_page()

# In the order of a reader's questions: anchor, heading, what is drawn.
sections = {
    "states": (text("What the statuses mean"), method.two_axes),
    "marks": (text("Marks beside numbers"), method.marks),
    method.RULES_ANCHOR: (text("How it is counted"), method.rules),
    "definitions": (text("Definitions of the figures"), definitions.every_one),
    "sources": (text("Sources"), sources.all_of_them),
    "licences": (text("Licences"), sources.licences),
    "limits": (text("Known limits"), limits.known),
    "cite": (text("How to cite"), citing.the_data),
}
method.contents({anchor: heading for anchor, (heading, _) in sections.items()})
for anchor, (heading, draw) in sections.items():
    st.header(heading, anchor=anchor)
    draw()
