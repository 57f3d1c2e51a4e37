"""Institutions: what each was asked, what it answered, what is missing now, and the requests."""

import streamlit as st

from rapporteur.ui import components, owed
from rapporteur.ui.language import text

place = components.title(text("Institutions"))
with st.container(horizontal=True):
    year = components.year_filter("implementation/years", label=text("Reporting year"))
    institution = components.institution_filter()
if year is None:
    place.info(text("No reporting year is open yet: no requests, answers or results were loaded."))
    components.end_page()

components.opening(place, owed.in_words(institution, year))
if institution is None:
    owed.by_everybody(year)
else:
    owed.by_one(institution, year)
