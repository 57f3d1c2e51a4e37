"""Investigations: yearly series, how sure one can be of a change, and the source of every point."""

import streamlit as st

from rapporteur.ui import comparing, components, door, trends
from rapporteur.ui.language import plural, text

place = components.title(text("Investigations, cases and victims"))
indicators = door.ask("investigations/indicators")
if indicators.empty:
    place.info(text("No figures were loaded yet."))
    components.end_page()

chosen = trends.asked_for(indicators)
figures = door.ask("investigations/series", **chosen.asked)
points = trends.in_its_unit(figures, chosen)
evidence = door.ask("investigations/evidence", indicator=chosen.indicator)
components.opening(place, trends.in_words(chosen, points))
trends.the_series(chosen, points, evidence)
trends.in_other_units(figures, chosen)
if not chosen.is_stock and not points.empty:
    trends.rate(points)
    st.header(text("Is the change real?"))
    comparing.is_it_real(points, chosen.about, chosen.breakdown)
components.answer_table(
    "investigations/series",
    chosen.asked,
    alt=text("The figures shown year by year"),
    hidden=["indicator", "source", "is_preferred"],
)

trends.sources(chosen, evidence)
totals = trends.of_chosen(evidence, chosen)
if disputed := totals.loc[totals["is_contradicted"], "year"].nunique():
    st.caption(
        plural(
            "For {count} year of this indicator sources contradict each other.",
            "For {count} years of this indicator sources contradict each other.",
            disputed,
        ).format(count=disputed)
    )

st.header(text("From investigation to assistance"))
trends.chain(chosen)

st.header(text("What contradicts what"))
trends.contradictions(chosen)
