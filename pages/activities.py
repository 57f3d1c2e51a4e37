"""Prevention: in which municipalities it was reported, in which not, and where nobody knows."""

import streamlit as st

from rapporteur.ui import prevention
from rapporteur.ui.language import text

st.title(text("Prevention in municipalities"))
chosen = prevention.asked_for()
if chosen.municipality:
    prevention.one_municipality(chosen)
else:
    prevention.in_words(chosen)

st.header(text("Where it was reported"))
prevention.the_map(chosen)
if not chosen.municipality:
    st.subheader(text("Municipal coordination"))
    prevention.coordination(chosen)

st.header(text("What is not known"))
prevention.what_is_missing(chosen)

st.header(text("Over time"))
prevention.over_time(chosen)

st.header(text("What prevention was about"))
prevention.gaps(chosen)
st.subheader(text("Forms in prevention and in cases"))
prevention.forms_in_cases(chosen)

st.header(text("What was told, with its sources"))
prevention.told(chosen)
st.subheader(text("Year not stated"))
prevention.undated(chosen)
