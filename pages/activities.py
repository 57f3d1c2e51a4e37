"""Prevention: in which municipalities it was reported, in which not, and where nobody knows."""

import streamlit as st

from rapporteur.ui import activities, components, gaps, places, prevention
from rapporteur.ui.language import text

place = components.title(text("Prevention in municipalities"))
chosen = prevention.asked_for()
components.opening(
    place,
    prevention.in_words(chosen),
    # A municipality goes before the county.
    narrowed_by=[
        *([] if chosen.municipality else ["county"]),
        *("kind", "form", "target_group", "organiser"),
    ],
)
if chosen.municipality:
    places.one_municipality(chosen)

st.header(text("Where it was reported"))
places.the_map(chosen)
if not chosen.municipality:
    st.subheader(text("Municipal coordination"))
    places.coordination(chosen)

st.header(text("What is not known"))
places.what_is_missing(chosen)

st.header(text("Over time"))
activities.over_time(chosen)

st.header(text("What prevention was about"))
gaps.gaps(chosen)
st.subheader(text("Forms in prevention and in cases"))
gaps.forms_in_cases(chosen)

st.header(text("What was told, with its sources"))
activities.told(chosen)
st.subheader(text("Year not stated"))
activities.undated(chosen)
