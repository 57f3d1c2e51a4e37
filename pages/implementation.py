"""Implementation: who answered each recommendation, and how far it is judged implemented."""

from typing import Any

import pandas as pd
import streamlit as st

from rapporteur.ui import charts, components, door, matrix
from rapporteur.ui.language import current_language, plural, text

st.title(text("Implementation of recommendations"))
with st.container(horizontal=True):
    year = components.year_filter("implementation/years", label=text("Reporting year"))
    institution = components.code_filter(
        "institution", "implementation/institutions", text("Institution"), text("All institutions")
    )
    theme = components.code_filter(
        "theme", "implementation/themes", text("Theme"), text("All themes")
    )
if year is None:
    st.info(text("No reporting year is open yet: no requests, answers or results were loaded."))
    st.stop()

filters = {"year": year, "institution": institution, "theme": theme}
[coverage] = door.ask("implementation/coverage", **filters).to_dict("records")
register = door.ask("recommendations/register", **filters)
answers = door.ask("implementation/answer_matrix", **filters)

if coverage["recommendations"] == 0:
    st.info(
        text(
            "With these filters no recommendation is addressed to the institution itself; below is "
            "where it co-operated or gave data."
        )
    )
else:
    counted = coverage["recommendations"] - coverage["not_applicable"]
    st.markdown(
        plural(
            "**{count} recommendation**: {answered} answered by everybody asked, "
            "{in_part} in part, {unanswered} by nobody.",
            "**{count} recommendations**: {answered} answered by everybody asked, "
            "{in_part} in part, {unanswered} by nobody.",
            counted,
        ).format(
            count=counted,
            answered=coverage["answered"],
            in_part=coverage["answered_in_part"],
            unanswered=coverage["unanswered"],
        )
        + " "
        + text(
            "Implemented: between {least} and {most} of {count}, because {silent} are not assessed."
        ).format(
            least=coverage["implemented_at_least"],
            most=coverage["implemented_at_most"],
            count=counted,
            silent=coverage["not_assessed"],
        )
    )

st.header(text("Was an answer given?"))
st.caption(
    text(
        "A fact, not a judgement: each addressee of each recommendation, by what the report and "
        "the requests tell. A collective addressee counts as one where its members are not named."
    )
)
STATES = list(charts.ANSWER_LOOKS)
short = "short_en" if current_language() == "en" else "short"
counts = matrix.states_by_recommendation(answers, states=STATES, short=short)
present = [state for state in STATES if counts[state].sum()]
if len(counts):
    components.figure(
        charts.stacked_states(
            counts,
            category="name",
            states=[charts.answer_state(s, door.label("answer_state", s)) for s in present],
        ),
        alt=text("Addressees of each recommendation by whether data were provided"),
        key="answers",
    )
components.answer_table(
    "implementation/coverage", filters, alt=text("Counts of recommendations in the year")
)

st.subheader(text("Institutions and recommendations"))
name = "institution_name_en" if current_language() == "en" else "institution_name"
table = matrix.answer_matrix(answers, name=name)
signs: Any = table.style.map(matrix.cell_style, subset=list(table.columns[1:-1]))
st.dataframe(
    signs,
    hide_index=True,
    alt=text("Which institution answered which recommendation"),
    height="content",
    column_config={
        "institution": st.column_config.TextColumn(text("Code"), pinned=True, width="small"),
        **{n: st.column_config.TextColumn(n, width=44) for n in table.columns[1:-1]},
        "name": st.column_config.TextColumn(text("Institution"), width="large"),
    },
)
st.caption(
    " · ".join(
        f"{sign} {door.label('answer_state', state)}" for state, sign in matrix.SYMBOLS.items()
    )
    + f" · {matrix.NO_ADDRESSEE} "
    + text("data were provided by a body that is no addressee")
    + f" · {matrix.CO_OPERATING} "
    + text("co-operating institution")
)
components.answer_table(
    "implementation/answer_matrix",
    filters,
    alt=text("Answers of institutions, with their words and sources"),
    hidden=["year", "is_collective", "source"],
)

st.header(text("How far is it implemented?"))
st.caption(
    text(
        "The rapporteur's judgement alone; nothing is inferred from silence. Where there is no "
        "approved judgement, the page says so."
    )
)
judged = register["assessment"].value_counts()
looks = [code for code in charts.ASSESSMENT_LOOKS if code in judged.index]
if looks:
    label = text("Recommendations")
    bar = pd.DataFrame({"name": [label], **{code: [judged[code]] for code in looks}})
    components.figure(
        charts.stacked_states(
            bar,
            category="name",
            states=[
                charts.assessment_state(
                    code,
                    door.read(
                        "recommendations/register",
                        register.loc[register["assessment"] == code].head(1),
                    )
                    .data["assessment"]
                    .iloc[0],
                )
                for code in looks
            ],
        ),
        alt=text("Recommendations of the year by implementation assessment"),
        key="assessments",
    )

st.header(text("The recommendations, word for word"))
readable = door.read("recommendations/register", register).data
results = door.ask("implementation/results", year=year)
for row, shown in zip(register.to_dict("records"), readable.to_dict("records"), strict=True):
    title = f"{row['number']}. {shown['short']}"
    with st.expander(
        f"{components.verbatim(title)} — *{shown['state']}*", key=row["recommendation"]
    ):
        components.quotation(row["text"])
        st.markdown(
            "**"
            + text("Data provided")
            + f":** {shown['state']}  \n**"
            + text("Implementation assessment")
            + f":** {shown['assessment']}"
        )
        st.markdown("**" + text("Results as reported") + "**")
        for paragraph in results.loc[results["recommendation"] == row["recommendation"], "text"]:
            components.quotation(paragraph)
        st.caption(components.verbatim(row["document_title"] or row["document"]))
components.answer_table(
    "recommendations/register",
    filters,
    alt=text("Recommendations of the year with states and texts"),
    hidden=["year", "document"],
)
