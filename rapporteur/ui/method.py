"""How everything is counted, told once: states, rules with their formulas, marks."""

from collections.abc import Iterable, Mapping
from typing import Final

import streamlit as st

from rapporteur.documents import answers
from rapporteur.documents.columns import LISTS, MARKS
from rapporteur.documents.rules import RULES
from rapporteur.ui import components, door, examples, matrix, swatches
from rapporteur.ui.language import current_language, text
from rapporteur.warehouse.questions import questions

RULES_ANCHOR: Final = "counted"
# What else is told by a code and explained, beside the two axes: the column and where it stands.
_OTHERS: Final = ("confidence", "link", "standing", "stage", "basis", "year_basis")


def contents(sections: Mapping[str, str]) -> None:
    """Links to the sections, by their anchors, and to each rule beneath the section of rules."""
    lines = []
    for anchor, heading in sections.items():
        lines.append(f"- [{heading}](#{anchor})")
        if anchor == RULES_ANCHOR:
            headings = {code: text(one.heading) for code, one in RULES.items()}
            links = (f"[{told}](#rule-{code})" for code, told in headings.items())
            lines.append("  - " + " · ".join(links))
    st.markdown("\n".join(lines))


def two_axes() -> None:
    """Both axes with every state, how it is drawn and what it means; then the other statuses."""
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
    st.subheader(text("Was an answer given?"), anchor="answer-states")
    _meanings("answer_state")
    st.subheader(text("How far is it implemented?"), anchor="assessments")
    _meanings("assessment")
    _meanings("assessment_missing")
    st.subheader(text("What is known of a municipality?"), anchor="place-states")
    _meanings("place_state")
    with st.expander(
        text("Other statuses: links, requests, judgements, bases"), key="other-statuses"
    ):
        for column in _OTHERS:
            st.markdown(f"**{_heading(column)}**")
            meanings(column)


def _heading(column: str) -> str:
    """What a column is called by the first question that has it."""
    name = next(name for name, question in questions().items() if column in question.columns)
    return components.verbatim(door.heading(name, column))


def has_meanings(column: str) -> bool:
    """Whether the codes of a column are explained."""
    return any(
        answers.meaning(code, current_language(), column)
        for list_name in LISTS.get(column, ())
        for code in door.labels_of(list_name)
    )


def meanings(column: str) -> None:
    """What each code of a column means."""
    for list_name in LISTS[column]:
        _meanings(list_name, column)


def _meanings(list_name: str, column: str | None = None) -> None:
    """A list of states: look, sign, label and meaning; those that need no explanation left out."""
    lines = []
    for code, label in door.labels_of(list_name).items():
        meant = answers.meaning(code, current_language(), column)
        if meant:
            sign = matrix.SYMBOLS.get(code, "") if list_name == "answer_state" else ""
            parts = (
                swatches.swatch(list_name, code),
                sign,
                f"**{components.verbatim(label)}** – {components.verbatim(meant)}",
            )
            lines.append("- " + " ".join(part for part in parts if part))
    st.markdown("\n".join(lines))


def rules() -> None:
    """Every rule by which answers, activities and figures become counts."""
    for code in RULES:
        rule(code)


def rule(code: str, *, is_of_a_figure: bool = False) -> None:
    """A rule: in a sentence, as a formula worked out on today's data, and in detail.

    Told of one figure it is not linked to, and names no other figures that follow it.
    """
    told = RULES[code]
    st.subheader(text(told.heading), anchor=False if is_of_a_figure else f"rule-{code}")
    st.markdown(text(told.short))
    if told.formula:
        # In a line of text: what st.latex draws scrolls, and no keyboard reaches it.
        with st.container(
            horizontal=True, vertical_alignment="center", gap="medium"
        ):  # beneath each other on a phone
            for line in told.formula.lines:
                st.markdown(rf"$\displaystyle {line}$", width="content")
        st.caption(components.verbatim(text(told.formula.letters)))
        st.caption(
            text("Source of the formula: {source}.").format(
                source=components.verbatim(text(told.formula.follows))
            )
        )
    if worked := examples.example(code):
        with st.container(border=True):
            st.markdown("**" + text("Worked out on the data loaded") + "**")
            for sentence in worked:
                st.markdown(sentence)
    with st.expander(text("In detail"), key=f"rule:{code}", type="compact"):
        for paragraph in told.details:
            st.markdown(text(paragraph))
        if not is_of_a_figure:
            _followed_by(code)


def _followed_by(code: str) -> None:
    st.markdown("**" + text("What is counted by this rule") + "**")
    for name, question in questions().items():
        if code in question.follows:
            components.page_link(
                components.METHODOLOGY,
                components.verbatim(components.first_sentence(door.definition(name).purpose)),
                place=f"rule:{code}",
                question=name,
            )


def marks(only: Iterable[str] = MARKS) -> None:
    """The marks beside numbers, all of them or some."""
    lines = [
        f"- `{mark}` – {components.verbatim(answers.meaning(mark, current_language()) or '')}"
        for mark in only
    ]
    st.markdown("\n".join(lines))
