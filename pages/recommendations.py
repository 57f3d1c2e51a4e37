"""Recommendations: a register to search and filter, and each recommendation whole."""

import streamlit as st

from rapporteur.ui import components, coverage, door, matrix, recommendation
from rapporteur.ui.filters import choose, write_words
from rapporteur.ui.language import current_language, plural, text

PER_PAGE = 25

code = st.query_params.get("recommendation")
place = components.title(text("Recommendations"))
if code:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        others = st.query_params.to_dict()
        del others["recommendation"]
        components.follow(
            "pages/recommendations.py",
            text("All recommendations"),
            others,
            icon=":material/arrow_back:",
            place="back",
        )
        year = components.year_filter("implementation/years", label=text("Reporting year"))
    if said := recommendation.in_words(code, year):
        components.opening(place, said)
    recommendation.details(code, year)
    components.end_page()

words = write_words(
    "text", text("Search"), placeholder=text("words, in any form, with or without diacritics")
)
with st.container(horizontal=True):
    year = components.year_filter("implementation/years", label=text("Reporting year"))
    institution = components.institution_filter()
    theme = components.theme_filter()
with components.more_filters(["document", "nature", "state", "assessment"]):
    document = components.code_filter(
        "document", "recommendations/documents", text("Document"), text("All documents")
    )
    nature = choose(
        "nature",
        text("Nature"),
        door.labels_of("nature") | door.labels_of("nature_missing"),
        all_label=text("All"),
    )
    state = choose(
        "state", text("Data provided"), door.labels_of("answer_state"), all_label=text("All")
    )
    assessment = choose(
        "assessment",
        text("Implementation assessment"),
        door.labels_of("assessment") | door.labels_of("assessment_missing"),
        all_label=text("All"),
    )

of_words: door.Filters = {
    "institution": institution,
    "theme": theme,
    "nature": nature,
    "document": document,
    "text": words,
}
filters: door.Filters = {**of_words, "year": year, "state": state, "assessment": assessment}
if year is None:
    place.info(text("No reporting year is open yet: no requests, answers or results were loaded."))
else:
    register = door.ask("recommendations/register", **filters)
    components.opening(
        place,
        coverage.in_words(register, year),
        narrowed_by=["text", *(name for name in filters if name not in ("text", "year"))],
    )
    if institution is not None:
        st.caption(
            text(
                "The data provided, the judgement and the parts are those of this addressee alone."
            )
        )
    if register.empty:
        components.nothing_found()
    shown = components.page_of(register, PER_PAGE)
    readable = door.read("recommendations/register", shown).data
    for row, words_of in zip(shown.to_dict("records"), readable.to_dict("records"), strict=True):
        with st.container(border=True, gap="xxsmall", key=f"card:{row['recommendation']}"):
            components.recommendation_link(
                row["recommendation"], f"{row['shown_number']}. {words_of['short']}", year=year
            )
            facts = [
                f"{matrix.SYMBOLS[row['state']]} {words_of['state']}",
                plural(
                    "in full: {part} of {whole} addressee",
                    "in full: {part} of {whole} addressees",
                    row["asked_addressees"],
                ).format(part=row["answered_addressees"], whole=row["asked_addressees"]),
            ]
            if row["silent_addressees"] and not row["is_silent"]:
                facts.append(
                    text("silent: {part} of {whole}").format(
                        part=row["silent_addressees"], whole=row["asked_addressees"]
                    )
                )
            if components.told(row["parts"]):
                facts.append(
                    components.parts_without_data(int(row["parts_without_data"]), int(row["parts"]))
                )
            st.markdown(" · ".join(facts))
            if components.told(words_of["assessment"]):
                st.markdown(text("Implementation assessment") + f": *{words_of['assessment']}*")
            st.caption(
                " · ".join(
                    components.verbatim(components.told(words_of[column]))
                    for column in ("verb", "theme", "document_title")
                    if components.told(words_of[column])
                )
            )
    if len(register):
        components.answer_table(
            "recommendations/register",
            filters,
            alt=text("Recommendations of the year with states and texts"),
            hidden=["year", "document", "is_silent"],
            by_institution=True,
        )

if not state and not assessment:
    outside_filters = {**of_words, "outside": "taip"}
    outside = door.ask("recommendations/catalogue", **outside_filters)
    if len(outside):
        st.header(text("In no reporting year"))
        st.caption(
            text(
                "Measures of a draft document, and recommendations whose year is not open yet: "
                "they enter no count."
            )
        )
        short = "short_en" if current_language() == "en" else "short"
        for row in outside.to_dict("records"):
            components.recommendation_link(
                row["recommendation"], f"{row['shown_number']}. {row[short]}"
            )
        components.answer_table(
            "recommendations/catalogue",
            outside_filters,
            alt=text("Recommendations and measures that count in no reporting year"),
            hidden=["document", "years"],
        )
