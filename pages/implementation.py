"""Implementation: who answered each recommendation, and how far it is judged implemented."""

import streamlit as st

from rapporteur.documents import palette
from rapporteur.ui import components, coverage, door, matrix
from rapporteur.ui.language import current_language, text

place = components.title(text("Implementation of recommendations"))
with st.container(horizontal=True):
    year = components.year_filter("implementation/years", label=text("Reporting year"))
    institution = components.institution_filter()
    theme = components.theme_filter()
if year is None:
    place.info(text("No reporting year is open yet: no requests, answers or results were loaded."))
    components.end_page()

filters = {"year": year, "institution": institution, "theme": theme}
register = door.ask("recommendations/register", **filters)
answers = door.ask("implementation/answer_matrix", **filters)
components.opening(
    place,
    # Without answers there is nothing else of the institution to point to.
    coverage.in_words(register, year, institution=None if answers.empty else institution),
    narrowed_by=["institution", "theme"],
)

if register.empty and answers.empty:
    components.nothing_found()
    components.end_page()

st.header(text("Was an answer given?"))
st.caption(
    text(
        "A fact, not a judgement: each addressee of each recommendation, by what the report and "
        "the requests tell. A collective addressee counts as one where its members are not named."
    )
)
short = "short_en" if current_language() == "en" else "short"
counts = matrix.states_by_recommendation(answers, states=list(palette.ANSWER_LOOKS), short=short)
coverage.states_chart(
    counts,
    name="implementation/answer_matrix",
    filters=filters,
    title=text("Which recommendations were answered, and by how many of those addressed?"),
    unit=text("addressees of each recommendation"),
    key="answers",
)
components.answer_table(
    "implementation/coverage", filters, alt=text("Counts of recommendations in the year")
)
coverage.one_by_one(answers)

st.subheader(text("Institutions and recommendations"))
coverage.answer_matrix(answers, year)
components.answer_table(
    "implementation/answer_matrix",
    filters,
    alt=text("Answers of institutions, with their words and sources"),
    hidden=["year", "is_collective", "source"],
)

st.subheader(text("Who gives data"))
coverage.response_rate(filters)

st.header(text("How far is it implemented?"))
st.caption(
    text(
        "The rapporteur's judgement alone; nothing is inferred from silence. Where there is no "
        "approved judgement, the page says so."
    )
)
coverage.judged_in_words(filters)
coverage.assessments_chart(filters)

st.header(text("The recommendations, year by year"))
coverage.strip(filters)
components.answer_table(
    "recommendations/register",
    filters,
    alt=text("Recommendations of the year with states and texts"),
    hidden=["year", "document", "is_silent"],
    by_institution=True,
)

st.header(text("The report for Word"))
coverage.report_for_word(year)
