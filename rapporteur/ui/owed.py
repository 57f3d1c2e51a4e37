"""Who was asked what, what came, and what is still owed; and the workbooks that ask for it."""

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from rapporteur.delivery import requesting
from rapporteur.documents import states
from rapporteur.ui import components, coverage, door, matrix, sources
from rapporteur.ui.language import current_language, date, plural, text

_ZIP = "application/zip"
PER_PAGE = 20
Row = Mapping[Hashable, Any]


def in_words(institution: str | None, year: int) -> str:
    """What was addressed in a year, to everybody or to one institution, and what came of it."""
    summary = door.ask("institutions/summary", year=year, institution=institution)
    if institution is None and summary.empty:
        return text("In {year} nothing is addressed to anybody").format(year=year)
    if institution is None:
        return all_in_words(summary, year)
    return one_in_words(
        door.ask("institutions/items", year=year, institution=institution),
        components.verbatim(door.label("institution", institution)),
        year,
    )


def one_in_words(items: pd.DataFrame, name: str, year: int) -> str:
    """How many items of one institution there are, and in which states; by letter alone apart.

    `items` are rows of institutions/items, the lists beneath; `name` is Markdown.
    """
    addressed = items[items["is_addressed"].astype(bool)]
    by_letter = len(items) - len(addressed)
    apart = (
        "; "
        + plural(
            "{count} item is asked of it by letter alone",
            "{count} items are asked of it by letter alone",
            by_letter,
        ).format(count=by_letter)
        if by_letter
        else ""
    )
    if addressed.empty:
        nothing = text("{institution}: nothing is addressed to it in {year}")
        return nothing.format(institution=name, year=year) + apart
    if addressed["part"].isna().all():
        head = plural(
            "{institution}: **{count} recommendation is addressed to it** in {year}",
            "{institution}: **{count} recommendations are addressed to it** in {year}",
            len(addressed),
        )
    else:
        head = plural(
            "{institution}: **{count} recommendation or part of one is addressed to it** in {year}",
            "{institution}: **{count} recommendations or parts of them are addressed to it** in "
            "{year}",
            len(addressed),
        )
    told = coverage.states_in_words(
        addressed["state"].value_counts().to_dict(),
        len(addressed),
        outside=text("not applicable: {count}"),
    )
    return f"{head.format(institution=name, count=len(addressed), year=year)}; {told}{apart}"


def by_everybody(year: int) -> None:
    """All addressees of a year: counts, who owes an answer, what is due when, and the batch."""
    filters: door.Filters = {"year": year}
    summary = door.ask("institutions/summary", **filters)
    items = door.ask("institutions/items", **filters)
    if items.empty:
        return
    owing = owing_of(items)
    _collective(summary)
    st.header(text("Whose answers are missing"))
    _owing(owing, year)
    st.header(text("Send the requests"))
    _batch(owing, year)
    st.header(text("Requests and their terms"))
    _requests(filters)
    st.header(text("Who gives data"))
    coverage.response_rate(filters)


def by_one(code: str, year: int) -> None:
    """One institution: the same facts about it that the analyst sees, and its request workbook."""
    filters: door.Filters = {"year": year, "institution": code}
    st.header(components.verbatim(door.label("institution", code)), anchor=False)
    items = door.ask("institutions/items", **filters)
    by_letter = items[~items["is_addressed"].astype(bool)]
    addressed = items[items["is_addressed"].astype(bool)]
    open_items = addressed[addressed["is_open"].astype(bool)]
    st.subheader(text("What is missing now"))
    if addressed.empty:
        st.markdown(text("Nothing: nothing is addressed to it."))
    elif open_items.empty:
        st.markdown(text("Nothing: every item asked of it is answered in full."))
    else:
        _items(open_items)
    if len(by_letter):
        st.subheader(text("Asked by letter, without being named"))
        _items(by_letter)
    if len(items):
        _request_workbook(code, year)
        answered = addressed[~addressed["is_open"].astype(bool)]
        if len(answered):
            st.subheader(text("What it answered in full, or what does not apply to it"))
            _items(answered)
        components.answer_table(
            "institutions/items",
            filters,
            alt=text("Every item asked of the institution, with its state and answer"),
            hidden=["year", "institution", "institution_name", "document", "source"],
        )
    _unasked(code, year)
    requests = door.ask("institutions/requests", **filters)
    if len(requests):
        st.subheader(text("Requests and their terms"))
        _requests(filters)
    _of_drafts(code)
    st.subheader(text("How the rapporteur judges what is addressed to it"))
    st.caption(text("A judgement of the recommendation, which may be addressed to others as well."))
    coverage.judged_in_words(filters)
    components.answer_table(
        "recommendations/register",
        filters,
        alt=text("Recommendations addressed to the institution, in its own state"),
        hidden=["year", "document"],
    )


def all_in_words(summary: pd.DataFrame, year: int) -> str:
    """How many addressees answered, each told once; who is not mentioned is not called silent.

    `summary` are rows of institutions/summary.
    """
    is_asked = summary["asked"] > 0
    with_data = summary["with_data_at_least"] > 0
    full = is_asked & (summary["answered"] == summary["asked"])
    without = is_asked & ~with_data
    silent = without & (summary["silent"] > 0)
    awaited = without & ~silent & (summary["awaited"] > 0)
    unmentioned = without & ~silent & ~awaited
    unasked = ~is_asked & (summary["not_asked"] > 0)
    told = [
        text("{count} gave data in full on all of it").format(count=int(full.sum())),
        text("{count} on some of it").format(count=int((with_data & ~full).sum())),
        text("{count} gave no data").format(count=int(silent.sum())),
    ]
    if waiting := int(awaited.sum()):
        told.append(
            plural("{count} has time left", "{count} have time left", waiting).format(count=waiting)
        )
    if count := int(unmentioned.sum()):
        told.append(
            plural(
                "{count} is not mentioned in the report",
                "{count} are not mentioned in the report",
                count,
            ).format(count=count)
        )
    if count := int(unasked.sum()):
        told.append(
            plural("{count} was not asked", "{count} were not asked", count).format(count=count)
        )
    if count := int((~is_asked & ~unasked).sum()):
        told.append(text("none of it applies to {count}").format(count=count))
    return plural(
        "In {year} something was addressed to **{count} addressee**: {told}",
        "In {year} something was addressed to **{count} addressees**: {told}",
        len(summary),
    ).format(year=year, count=len(summary), told=", ".join(told))


def _collective(summary: pd.DataFrame) -> None:
    collective = int(summary["is_collective"].astype(bool).sum())
    if collective:
        st.caption(
            plural(
                "{count} of them is a collective addressee whose members are not named: "
                "it counts as one, and no letter can be sent to it.",
                "{count} of them are collective addressees whose members are not named: "
                "each counts as one, and no letter can be sent to it.",
                collective,
            ).format(count=collective)
        )


def owing_of(items: pd.DataFrame) -> pd.DataFrame:
    """Who has an open item, a row each: name, dates, and how many items in each state.

    The term is the first one of what is open, as the letter to it says.
    `items` are rows of institutions/items of a year; the batch of requests is made of the same.
    """
    rows = []
    named = door.ask("institutions/named").set_index("code")["is_collective"]
    for code, of_one in items.groupby("institution", sort=False):
        is_open = of_one["is_open"].astype(bool)
        if not is_open.any():
            continue
        counts = of_one["state"].value_counts()
        rows.append(
            {
                "institution": code,
                "institution_name": of_one["institution_name"].iloc[0],
                "institution_name_en": of_one["institution_name_en"].iloc[0],
                "is_collective": bool(named.get(code, False)),
                "due_on": of_one.loc[is_open, "due_on"].min(),
                **{name: of_one[name].max() for name in ("reminded_on", "replied_on")},
                **{column: int(counts.get(state, 0)) for column, state in states.COUNTED.items()},
            }
        )
    return pd.DataFrame(rows)


def _owing(owing: pd.DataFrame, year: int) -> None:
    """A line for each institution that has not answered everything in full."""
    if owing.empty:
        st.markdown(text("Nobody: every item is answered in full."))
        return
    name = "institution_name_en" if current_language() == "en" else "institution_name"
    # Those to whom a letter can be sent come first, the earliest term before others.
    owing = owing.sort_values(["is_collective", "due_on"], kind="stable", na_position="last")
    for row in components.page_of(owing, PER_PAGE).to_dict("records"):
        with st.container(
            border=True,
            horizontal=True,
            horizontal_alignment="distribute",
            vertical_alignment="center",
            gap="xsmall",
            key=f"card:{row['institution']}",
        ):
            components.page_link(
                "pages/institutions.py",
                components.verbatim(f"{row[name]} ({row['institution']})"),
                institution=row["institution"],
                year=year,
            )
            term = _term_in_words(row)
            if term:
                st.caption(term, width="content")
            st.markdown(_states_in_signs(row), width="content")


def _states_in_signs(row: Row) -> str:
    return " · ".join(
        f"{matrix.SYMBOLS[state]} {door.label('answer_state', state)} – {row[column]}"
        for column, state in states.COUNTED.items()
        if row[column]
    )


def _term_in_words(row: Row) -> str:
    told: list[str] = []
    if not pd.isna(row["due_on"]):
        told.append(text("term {day}").format(day=date(row["due_on"])))
    if not pd.isna(row["reminded_on"]):
        told.append(text("reminded {day}").format(day=date(row["reminded_on"])))
    if not pd.isna(row["replied_on"]):
        told.append(text("letter of reply {day}").format(day=date(row["replied_on"])))
    return ", ".join(told)


def _items(items: pd.DataFrame) -> None:
    readable = door.read("institutions/items", items).data
    for raw, row in zip(items.to_dict("records"), readable.to_dict("records"), strict=True):
        part = components.told(raw["part"])
        with st.container(border=True, gap="xxsmall", key=f"card:{raw['recommendation']}:{part}"):
            if part:
                part = " – " + text("part {part}").format(part=part)
            components.recommendation_link(
                raw["recommendation"],
                f"{raw['shown_number']}. {row['short']}{part}",
                year=raw["year"],
            )
            st.markdown(f"{matrix.SYMBOLS[raw['state']]} {row['state']}")
            if not pd.isna(raw["quote"]):
                st.caption(
                    text("Named by the words: “{words}”").format(
                        words=components.verbatim(raw["quote"].strip('„“"”'))
                    )
                )
            term = _term_in_words(raw)
            if term:
                st.caption(term)
            if components.told(row["answered_by"]):
                st.caption(
                    text("Answered on its behalf: {names}").format(
                        names=components.verbatim(row["answered_by"])
                    )
                )
            if not pd.isna(raw["answer"]):
                components.quotation(raw["answer"])
                if not pd.isna(raw["source"]):
                    sources.source_link(
                        raw["source"],
                        raw["answer"],
                        delivery=raw["source_delivery"],
                    )


def _request_workbook(code: str, year: int) -> None:
    """The button that gives what the institution is asked as a workbook, ready to send."""
    if door.ask("institutions/summary", year=year, institution=code)["is_collective"].any():
        st.caption(
            text("A collective addressee whose members are not named: no letter can be sent to it.")
        )
        return
    st.download_button(
        text("Request workbook for {year}").format(year=year),
        data=door.as_drawn(door.request_workbook, code, year),
        file_name=requesting.file_name(code, year),
        mime=components.EXCEL_TYPE,
        on_click="ignore",
        icon=":material/outgoing_mail:",
        type="primary",
        key="request",
    )
    st.caption(
        text(
            "Every item asked of it that year: what is answered is filled in, what is missing is "
            "marked. What comes back is loaded on the page of handing in as it is."
        )
    )


def _batch(owing: pd.DataFrame, year: int) -> None:
    """The button that gives a workbook for each institution that owes an answer, as one zip."""
    by_name = owing if owing.empty else owing[~owing["is_collective"].astype(bool)]
    if by_name.empty:
        st.caption(text("No institution by name owes an answer."))
        return
    st.markdown(
        plural(
            "One zip with a workbook for {count} institution that has not answered everything in "
            "full, and a list of who gets what.",
            "One zip with a workbook for each of {count} institutions that have not answered "
            "everything in full, and a list of who gets what.",
            len(by_name),
        ).format(count=len(by_name))
    )
    st.download_button(
        text("All request workbooks for {year} (zip)").format(year=year),
        data=door.as_drawn(door.request_batch, year),
        file_name=f"prasymai-{year}.zip",
        mime=_ZIP,
        on_click="ignore",
        icon=":material/folder_zip:",
        type="primary",
        key="batch",
    )


def _requests(filters: door.Filters) -> None:
    """What is due when: first what is past its term, then what is awaited."""
    requests = door.ask("institutions/requests", **filters)
    if requests.empty:
        st.caption(
            text(
                "No requests with terms were loaded for this year (sheet Prašymai), so nothing "
                "is known to be awaited or past its term."
            )
        )
        return
    counts = requests["standing"].value_counts()
    st.markdown(
        " · ".join(
            f"**{counts[code]}** {door.label('request_standing', code)}"
            for code in ("overdue", "replied_without_data", "awaited", "answered")
            if code in counts.index
        )
    )
    components.answer_table(
        "institutions/requests",
        filters,
        alt=text("Requests, their terms, and what came of them"),
        hidden=["year"],
        expanded=True,
        label=text("What is due when"),
    )


def _unasked(code: str, year: int) -> None:
    """What it told without being an addressee, or does as a co-operating institution."""
    rows = door.ask("implementation/answer_matrix", year=year, institution=code)
    others = rows[~rows["is_addressee"].astype(bool)]
    if others.empty:
        return
    st.subheader(text("Where it is no addressee"))
    readable = door.read("implementation/answer_matrix", others).data
    for raw, row in zip(others.to_dict("records"), readable.to_dict("records"), strict=True):
        gave = raw["state"] in states.WITH_DATA
        told = (
            text("data were provided by a body that is no addressee")
            if gave
            else text("co-operating institution")
        )
        components.recommendation_link(
            raw["recommendation"], f"{raw['shown_number']}. {row['short']}", year=year
        )
        st.caption(f"{matrix.NO_ADDRESSEE if gave else matrix.CO_OPERATING} {told}")
        if not pd.isna(raw["text"]):
            components.quotation(raw["text"])


def _of_drafts(code: str) -> None:
    """Measures of draft documents that name it: known, and in no count."""
    drafts = door.ask("recommendations/catalogue", institution=code, outside="taip")
    if drafts.empty:
        return
    st.subheader(text("In no reporting year"))
    st.caption(
        text(
            "Measures of a draft document, and recommendations whose year is not open yet: "
            "they enter no count."
        )
    )
    short = "short_en" if current_language() == "en" else "short"
    for row in drafts.to_dict("records"):
        components.recommendation_link(
            row["recommendation"], f"{row['shown_number']}. {row[short]}"
        )
