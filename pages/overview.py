"""Overview: the story of the last reporting year in one screen, and where each part is told."""

import streamlit as st

from rapporteur.ui import components, coverage, door, story, unlisted
from rapporteur.ui.language import text

place = components.title(
    text("What became of the recommendations against trafficking in human beings")
)
unlisted.notice()
years = door.ask("implementation/years")["year"]
year = int(years.iloc[0]) if len(years) else None
if len(years) > 1:
    year = components.year_filter("implementation/years", label=text("Reporting year"))
if year is None:
    place.info(text("No reporting year is open yet: no requests, answers or results were loaded."))
else:
    register = door.ask("recommendations/register", year=year)
    components.opening(place, coverage.in_words(register, year))
    story.numbers(register, year)
with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
    if year is not None:
        components.how_counted("implementation/coverage", place="numbers")
    story.for_a_first_visit()

# On a phone the columns stand below each other.
reached, line, lately = st.columns([5, 6, 5], gap="medium")
with reached, st.container(gap="xsmall"):
    story.where_prevention_reached(year)
with line, st.container(gap="xsmall"):
    story.investigations()
with lately, st.container(gap="xsmall"):
    story.last_load()
    story.due_next(year)

components.answer_table(
    "overview/last_load",
    {},
    alt=text("Rows added, changed and removed by the last load, by table"),
    hidden=["loaded_at"],
    label=text("The last load, table by table"),
)
components.answer_table(
    "overview/versions",
    {},
    alt=text("All versions of all deliveries"),
    hidden=["sha256", "reason"],
    label=text("All deliveries and their versions"),
)
