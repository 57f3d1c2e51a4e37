"""What each figure counts, as the question that counts it says; and one figure in all detail."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

import streamlit as st

from rapporteur.documents import answers
from rapporteur.documents.columns import MARKS
from rapporteur.settings import QUERIES
from rapporteur.translations import LANGUAGES
from rapporteur.ui import citing, components, door, method, sources
from rapporteur.ui.language import number, plural, text
from rapporteur.warehouse.questions import Question, questions

# The page on which the questions of a folder are shown; the checks have none.
PAGES: Final[Mapping[str, str]] = {
    "overview": "overview",
    "implementation": "implementation",
    "recommendations": "recommendations",
    "indicators": "recommendations",
    "institutions": "institutions",
    "protocol": "protocol",
    "activities": "activities",
    "investigations": "investigations",
    "methodology": "methodology",
}
# Questions that another page shows than that of their folder.
_ELSEWHERE: Final[Mapping[str, str]] = dict.fromkeys(
    ("overview/deliveries", "overview/delivery", "overview/versions"), "data"
)
# Columns that hold marks, and endings of those that say that a number bears one.
_WITH_MARKS: Final = ("mark", "participants_mark")
_SAID: Final = (("_are_at_least", "≥"), ("_are_about", "~"))
_SOURCES_NAMED: Final = 3
# What an address asks for is repeated no longer than this.
_LONGEST_NAME: Final = 80


def defined() -> dict[str, Question]:
    """Every question that pages show, by its name, in the order of the pages."""
    known = questions()
    return {name: known[name] for folder in PAGES for name in known if name.split("/")[0] == folder}


def in_words(name: str | None) -> str:
    """How many definitions there are, and of how many sources; or what one question counts.

    Empty for a name that no question has.
    """
    if name is None:
        count = len(defined())
        every = plural(
            "How each figure is counted: **{count} definition**",
            "How each figure is counted: **{count} definitions**",
            count,
        ).format(count=number(count, 0))
        return "; ".join(filter(None, (every, sources.in_words(None))))
    if name not in defined():
        return ""
    first = components.first_sentence(door.definition(name).purpose)
    return f"**{components.verbatim(first)}**"


def every_one() -> None:
    """A link to each definition, page by page."""
    names = list(defined())
    for folder in PAGES:
        of_page = [name for name in names if name.split("/")[0] == folder]
        count = plural("{count} definition", "{count} definitions", len(of_page))
        with st.expander(
            f"{_topics()[folder]} ({count.format(count=len(of_page))})",
            key=f"definitions:{folder}",
        ):
            for name in of_page:
                components.page_link(
                    components.METHODOLOGY,
                    components.verbatim(components.first_sentence(door.definition(name).purpose)),
                    place="definitions",
                    question=name,
                )


def _topics() -> dict[str, str]:
    return {
        "overview": text("Deliveries and versions"),
        "implementation": text("Answers and implementation"),
        "recommendations": text("Recommendations"),
        "indicators": text("What activity data say of recommendations"),
        "institutions": text("Institutions"),
        "protocol": text("Draft protocol of the Government"),
        "activities": text("Prevention in municipalities"),
        "investigations": text("Investigations, cases and victims"),
        "methodology": text("Sources"),
    }


def one_definition(name: str) -> None:
    """A question alone: columns, filters, rules, codes, marks, sources, page, SQL, citation.

    A name that no question has is answered with a sentence and the names that there are.
    """
    found = defined().get(name)
    if found is None:
        st.warning(
            text(
                "There is no definition “{name}” here. It may have been renamed since the link was "
                "made: all definitions are listed below."
            ).format(name=components.verbatim(name[:_LONGEST_NAME]))
        )
        every_one()
        return
    told = door.definition(name)
    # The first sentence stands beneath the title.
    if more := told.purpose.removeprefix(components.first_sentence(told.purpose)).strip(" ."):
        st.markdown(components.verbatim(f"{more}."))
    st.header(text("What each column means"), anchor="columns")
    _list((f"**{components.verbatim(heading)}**", meaning) for heading, meaning in told.columns)
    st.header(text("What it can be narrowed down by"), anchor="filters")
    if told.parameters:
        _list((f"`{parameter}`", meaning) for parameter, meaning in told.parameters)
    else:
        st.caption(text("It is always given whole."))
    if found.follows:
        st.header(text("The rules it follows"), anchor="rules")
        for code in found.follows:
            method.rule(code, is_of_a_figure=True)
    _codes_and_marks(found)
    st.header(text("The sources it rests on"), anchor="sources")
    _sources(found)
    st.header(text("Where it is shown"), anchor="shown")
    folder = name.partition("/")[0]
    page = _ELSEWHERE.get(name, PAGES[folder])
    components.page_link(
        f"pages/{page}.py",
        _topics()[folder],
        icon=":material/arrow_forward:",
        place="definition:shown",
    )
    st.header(text("How to cite it"), anchor="cite")
    citing.a_figure(
        {
            language: components.first_sentence(answers.definition(name, language).purpose)
            for language in LANGUAGES
        },
        "" if page == "overview" else page,
    )
    st.header(text("As it is run"), anchor="sql")
    _as_it_is_run(found)


def _list(pairs: Iterable[tuple[str, str]]) -> None:
    """Terms, in Markdown, and what each means, to the letter."""
    st.markdown("\n".join(f"- {term} – {components.verbatim(meant)}" for term, meant in pairs))


def _codes_and_marks(found: Question) -> None:
    """What the states, other codes and marks mean that its columns may hold."""
    codes = [column for column in found.columns if method.has_meanings(column)]
    marks = [
        mark
        for mark in MARKS
        if any(column in _WITH_MARKS for column in found.columns)
        or any(
            column.endswith(end) and mark == one for column in found.columns for end, one in _SAID
        )
    ]
    if not codes and not marks:
        return
    st.header(text("Statuses and marks in it"), anchor="marks")
    for column in codes:
        with st.expander(
            components.verbatim(door.heading(found.name, column)), key=f"codes:{column}"
        ):
            method.meanings(column)
    if marks:
        method.marks(marks)


def _sources(found: Question) -> None:
    """The sources of all that the question counts, or that each of its rows names its own."""
    if found.rests_on is None:
        if "source" in found.columns:
            st.caption(text("Each of its rows names its own source, with its words."))
        else:
            st.caption(text("It is made of the deliveries themselves:"))
            components.answer_table(
                "overview/deliveries", {}, alt=text("The deliveries that all answers are made of")
            )
        return
    cited = (
        door.ask(found.rests_on)
        .dropna(subset=["source"])
        .drop_duplicates(["source_delivery", "source"])
    )
    st.markdown(
        plural(
            "Without a filter it rests on **{count} source**; with filters on some of them.",
            "Without a filter it rests on **{count} sources**; with filters on some of them.",
            len(cited),
        ).format(count=number(len(cited), 0))
    )
    for row in cited.head(_SOURCES_NAMED).to_dict("records"):
        sources.source_link(str(row["source"]), delivery=row["source_delivery"])
    components.answer_table(found.rests_on, {}, alt=text("The sources that this rests on"))


def _as_it_is_run(found: Question) -> None:
    """The SQL, as the database gets it, and the views that it is made of."""
    st.markdown(
        text(
            "The database answers exactly this; a filter that is null lets all through. The same "
            "on a command line: {command}"
        ).format(command=f"`python -m rapporteur ask {found.name}`")
    )
    with st.expander(f"queries/{found.name}.sql", key="sql"):
        st.code(found.sql, language="sql", wrap_lines=True)
    for path in sorted(QUERIES.glob("views/*.sql")):
        if re.search(rf"\b(from|join) {path.stem}\b", found.sql):
            with st.expander(
                text("A view that it reads: {file}").format(file=f"queries/views/{path.name}"),
                key=f"sql:{path.stem}",
            ):
                st.code(path.read_text(encoding="utf-8"), language="sql", wrap_lines=True)
