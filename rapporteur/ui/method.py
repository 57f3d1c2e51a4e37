"""How everything is counted, told once: states, roll-ups, bounds, indicators, marks."""

from collections.abc import Mapping

import streamlit as st

from rapporteur.documents import answers
from rapporteur.documents.columns import MARKS
from rapporteur.ui import components, door, indicators, matrix
from rapporteur.ui.language import current_language, text

# Figures of the pages whose definitions are read, with the question that counts them.
_COUNTS = (
    "implementation/coverage",
    "implementation/response_rate",
    "institutions/summary",
    "activities/by_municipality",
    "activities/by_year",
    "activities/gaps",
    "investigations/series",
    *indicators.QUESTIONS,
)


def two_axes() -> None:
    """Both axes with every state and what it means."""
    st.markdown(
        text(
            "Two things are told apart everywhere. Whether data were provided is a fact about an "
            "answer. How far a recommendation is implemented is the rapporteur's judgement. "
            "Neither follows from the other, and the software makes up neither."
        )
    )
    st.markdown(
        "**"
        + text(
            "No data provided ≠ not mentioned in the report ≠ not implemented ≠ not asked ≠ zero."
        )
        + "**"
    )
    st.subheader(text("Was an answer given?"))
    _meanings("answer_state", matrix.SYMBOLS)
    st.subheader(text("How far is it implemented?"))
    _meanings("assessment", {})
    _meanings("assessment_missing", {})


def _meanings(list_name: str, signs: Mapping[str, str]) -> None:
    lines = [
        f"- {signs.get(code, '')} **{components.verbatim(label)}** – "
        f"{components.verbatim(answers.meaning(code, current_language()) or '')}"
        for code, label in door.labels_of(list_name).items()
    ]
    st.markdown("\n".join(lines))


def rules() -> None:
    """The rules by which single answers and judgements become counts."""
    for heading, paragraphs in _rules():
        st.subheader(heading)
        for paragraph in paragraphs:
            st.markdown(paragraph)


def _rules() -> list[tuple[str, list[str]]]:
    return [
        (
            text("From answers to recommendations"),
            [
                text(
                    "A recommendation is answered when every addressee to whom it applies answered "
                    "in full; unanswered when none answered, not even in part; else answered in "
                    "part. Not applicable leaves the denominator."
                ),
                text(
                    "A group among the addressees stands for its members where they are given for "
                    "the year; otherwise it stays one collective addressee, and what some of its "
                    "members say is never the whole group's answer."
                ),
                text(
                    "Who answers without being an addressee is shown as such and changes no count, "
                    "unless it is stated for which addressee it answers."
                ),
                text(
                    "A reporting year opens with its first request, answer or result. A continuing "
                    "duty is due in every open year and never overdue for ever. Measures of a "
                    "document that is only a draft enter no count."
                ),
                text(
                    "Where there is no answer, the requests tell: before the term it is awaited, "
                    "after it no data are provided. Without a request the recommendation is not "
                    "mentioned where the report has results on it, else nobody asked."
                ),
            ],
        ),
        (
            text("From parts to the whole"),
            [
                text(
                    "All parts implemented: implemented. Else any implemented or partly: partly "
                    "implemented. Else any in progress: in progress. Else any planned: planned. "
                    "Else any not judged: not judged. Else: not implemented. Parts that do not "
                    "apply are left aside, and a judgement of the whole overrides."
                ),
                text(
                    "“k of n parts without data” counts the parts on which no addressee gave data; "
                    "where only part of the whole was answered and it is not said which, no part "
                    "is counted as being without."
                ),
                text("Only approved judgements count; drafts are shown to the office as drafts."),
            ],
        ),
        (
            text("Bounds"),
            [
                text(
                    "“Implemented between x and y of n”: x are judged implemented; y adds every "
                    "recommendation that is not judged, as a whole or in parts, and could still "
                    "turn out to be. Counts come before shares."
                ),
                text(
                    "Share with data: of the items applicable and asked, those answered in full or "
                    "in part. At most adds what is awaited and what the report does not mention."
                ),
            ],
        ),
        (
            text("How activities are counted"),
            [
                text(
                    "The unit is an activity in a place. “Took place, number not stated” counts as "
                    "at least one. Statements on one activity count once, by the largest number; "
                    "a campaign in several municipalities counts in each."
                ),
                text(
                    "A total without a place stands beside the places and never in them: the 138 "
                    "activities that one source gives as a sum may hold some of those counted in "
                    "municipalities, so no page adds the two."
                ),
                text(
                    "A municipality is active with at least one activity; reported as none where "
                    "a row says 0 and none says more; else nothing is known of it. That a source "
                    "says of it that no measures were carried out is shown with that source and "
                    "makes no zero."
                ),
                text(
                    "An activity whose year no source states counts where all years are shown, "
                    "and in no single year. Rows are filtered first and then counted, so an "
                    "activity told of in two kinds counts under either of them."
                ),
            ],
        ),
        (
            text("How sure a small number is"),
            [
                text(
                    "A yearly count is taken as a Poisson count of rare events. Its interval is "
                    "the exact central one of 95% (F. Garwood, “Fiducial limits for the Poisson "
                    "distribution”, Biometrika 28, 1936, 437–442): the means with which a count as "
                    "far out would have a chance of 2.5% to either side. SciPy inverts the gamma "
                    "distribution for it."
                ),
                text(
                    "Two years or periods are compared by the exact conditional test (J. "
                    "Przyborowski, H. Wilenski, Biometrika 31, 1940, 313–323): given their sum, "
                    "the later count is binomial. The interval of the ratio follows from that of "
                    "C. Clopper and E. Pearson (Biometrika 26, 1934, 404–413); the p-value, twice "
                    "the smaller tail, never contradicts it (M. Fay, The R Journal 2, 2010, "
                    "53–58). A change is called unlikely to be chance when the interval leaves out "
                    "“no change”. What lasts for years – an investigation that is being conducted, "
                    "a person who is helped – is counted in each, so its years are not summed."
                ),
                text(
                    "Neither says why a number changed, nor how much there truly is: "
                    "investigations are what the police found. Persons are counted several to a "
                    "case, so for them the true uncertainty is larger. Over a missing year or a "
                    "change of the definition nothing is averaged; nothing is forecast."
                ),
                text(
                    "Per 100,000 inhabitants: by the census of 2021 for 2016–2022 and the number "
                    "of 2025 after; for earlier years no number of inhabitants is held here, nor "
                    "of women and men, of an age or of foreigners, so of those there is no such "
                    "rate."
                ),
            ],
        ),
        (
            text("What is our reading"),
            [
                text(
                    "Themes of the recommendations of 2020, links between documents with their "
                    "confidence, and which words of a recommendation an indicator follows from are "
                    "a reading of the makers of this dashboard until the rapporteur confirms them."
                )
            ],
        ),
    ]


def marks() -> None:
    """The marks beside numbers."""
    lines = [
        f"- `{mark}` – {components.verbatim(answers.meaning(mark, current_language()) or '')}"
        for mark in MARKS
    ]
    st.markdown("\n".join(lines))


def definitions() -> None:
    """What each count means, column by column, as the question that counts it says."""
    for name in _COUNTS:
        told = door.definition(name)
        with st.expander(components.verbatim(told.purpose), key=f"definition:{name}"):
            st.markdown(
                "\n".join(
                    f"- **{components.verbatim(heading)}** – {components.verbatim(meaning)}"
                    for heading, meaning in told.columns
                )
            )
            st.caption(f"queries/{name}.sql")
