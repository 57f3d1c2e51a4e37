"""The activities over the years and one by one, with the sentences and sources that tell them."""

from typing import Any, Final

import pandas as pd
import streamlit as st

from rapporteur.ui import charts, components, door, filters, picture
from rapporteur.ui.language import current_language, number, period, plural, text
from rapporteur.ui.prevention import Chosen, Row, count_of, source_of, unplaced_of

PER_PAGE: Final = 10
_MOST_STATEMENTS: Final = 100
_UNPLACED_SCOPES: Final = (
    "apskritis",
    "regionas",
    "visa šalis",
    "neįvardytos savivaldybės",
    "nenurodyta",
)


# Over time ------------------------------------------------------------------------------------


def over_time(chosen: Chosen) -> None:
    """Activities by year and kind, and on how many sources each year rests."""
    st.caption(
        text(
            "Every year, whatever years are chosen above. The years do not rest on the same: more "
            "activities may mean that more was read or sent. In brackets: the number of sources of "
            "the year; hatched: all that the bar shows is told by a single one."
        )
    )
    years = door.ask("activities/by_year", **chosen.whenever)
    dated = years.dropna(subset=["year"])
    if dated.empty:
        st.caption(text("With these filters nothing."))
        return
    _years_chart(chosen, dated)
    if totals := int(dated["totals"].sum()):
        which = dated.loc[dated["totals"] > 0]
        st.caption(
            text(
                "Not drawn: totals that their sources do not itemise, as they may hold the others: "
                "{totals} ({years})."
            ).format(
                totals=number(totals, 0), years=", ".join(str(int(year)) for year in which["year"])
            )
        )
    for row in years[years["year"].isna()].to_dict("records"):
        sentence = (
            text("Not drawn, as no source states their year: {placed} in municipalities.")
            if any(chosen.places.values())
            else text(
                "Not drawn, as no source states their year: {placed} in municipalities, {unplaced} "
                "without a municipality."
            )
        )
        st.caption(sentence.format(placed=count_of(row), unplaced=unplaced_of(row)))
    components.answer_table(
        "activities/by_year",
        chosen.whenever,
        alt=text("Activities by year, with the sources that each year rests on"),
        hidden=["source"],
    )
    components.answer_table(
        "activities/by_year_and_kind",
        chosen.whenever,
        alt=text("Activities in municipalities by year and kind"),
        label=text("Table and file: by kind"),
    )


def _years_chart(chosen: Chosen, dated: pd.DataFrame) -> None:
    """The years that are known; `dated` are their rows of activities/by_year."""
    kinds = door.ask("activities/by_year_and_kind", **chosen.whenever)
    kinds = kinds.dropna(subset=["year"])
    labels = door.labels_of("activity_kind")
    most = max(dated.to_dict("records"), key=lambda row: row["activities"])
    components.figure(
        charts.years_of_activities(
            dated.assign(
                activities_words=[
                    count_of(row) if row["activities"] else "" for row in dated.to_dict("records")
                ],
                unplaced_words=[
                    unplaced_of(row) if row["unplaced"] else "" for row in dated.to_dict("records")
                ],
            ),
            kinds.assign(
                label=kinds["kind"].map(labels),
                words=[
                    f"{labels[row['kind']]}: {count_of(row)}" for row in kinds.to_dict("records")
                ],
            ),
            placed_label=text("Activities in municipalities, by kind"),
            unplaced_label=text("Without a municipality"),
            other_label=text("other kinds"),
        ),
        title=text("How many activities were reported of each year, and of which kind?"),
        unit=text("activities") + ", " + period(dated["year"]),
        source=picture.sources(door.ask("activities/sources", **chosen.whenever)["source_title"]),
        name="activities/by_year_and_kind",
        filters=chosen.whenever,
        alt=text("The most of {year}: {count}").format(
            year=int(most["year"]), count=count_of(most)
        ),
        key="over-time",
    )


# The activities one by one --------------------------------------------------------------------


def told(chosen: Chosen) -> None:
    """The activities one by one: a campaign is one, and unfolds into what was told of it."""
    where = filters.choose(
        "scope",
        text("Where"),
        {"placed": text("in municipalities"), "unplaced": text("without a municipality")},
        all_label=text("everywhere"),
    )
    asked: dict[str, Any] = dict(chosen.where)
    if where == "placed":
        asked["scope"] = "savivaldybė"
    elif where == "unplaced":
        asked["scope"] = list(_UNPLACED_SCOPES)
    st.caption(
        text("What several sources tell of, and a campaign in several places, is one entry.")
    )
    rows = _listing(asked, key="told")
    if not rows:
        components.nothing_found()
    _files(asked, {**chosen.where, "scope": where}, rows, key="told")


def undated(chosen: Chosen) -> None:
    """Activities whose year no source states: apart, and never dropped."""
    asked: dict[str, Any] = {**chosen.whenever, "undated": "taip"}
    if chosen.years:
        st.caption(text("In none of the counts above, as years are chosen there."))
    else:
        st.caption(text("Counted above, as all years are shown there."))
    rows = _listing(asked, key="undated")
    if not rows:
        st.caption(text("With these filters nothing."))
    _files(asked, chosen.where, rows, key="undated")


def _listing(asked: dict[str, Any], *, key: str) -> int:
    """The activities, a page of them at a time; how many there are."""
    shown = f"{key}_page"
    page = filters.page_wanted(shown)
    found = _page(asked, page)
    if found.empty and page > 1:  # other filters leave fewer pages
        page, found = 1, _page(asked, 1)
    if found.empty:
        return 0
    every = int(found["found"].iloc[0])
    st.markdown(
        plural("**{count}** entry", "**{count}** entries", every).format(count=number(every, 0))
    )
    pages = -(-every // PER_PAGE)
    readable = door.read("activities/told", found).data.to_dict("records")
    groups = found.loc[found["statements"] > 1, "group_code"].tolist()
    # All that is unfolded on this page at once: each question reads every row there is.
    statements = door.ask("activities/list", **asked, group=groups) if groups else pd.DataFrame()
    for raw, row in zip(found.to_dict("records"), readable, strict=True):
        _activity(raw, row, statements, key)
    if pages > 1:
        filters.turn_pages(shown, pages, page)
    return every


def _page(asked: dict[str, Any], page: int) -> pd.DataFrame:
    return door.ask("activities/told", **asked, skip=(page - 1) * PER_PAGE, most=PER_PAGE)


def _activity(raw: Row, row: Row, statements: pd.DataFrame, key: str) -> None:
    with st.container(border=True):
        when = " – ".join(
            filter(None, (components.told(raw["date_from"]), components.told(raw["date_to"])))
        )
        when = when or (
            str(int(raw["year"])) if not pd.isna(raw["year"]) else text("year not stated")
        )
        held_in = components.told(row["held_in"]) or components.told(row["scope"])
        st.markdown(
            f"**{components.verbatim(components.told(row['kind']))}** · "
            f"{components.verbatim(when)} · {components.verbatim(held_in)}"
        )
        placed, unplaced = not pd.isna(raw["activities"]), not pd.isna(raw["unplaced"])
        facts = [
            (
                text("In municipalities") if placed and unplaced else text("Activities"),
                unplaced_of(raw) if unplaced and not placed else count_of(raw),
            ),
            # The two are never added up.
            (text("Without a municipality"), unplaced_of(raw) if placed and unplaced else ""),
            (text("Organiser"), components.told(row["organiser"])),
            (text("Partners"), components.told(row["partners"])),
            (text("Target group"), components.told(row["target_group_text"])),
            (text("Form of exploitation"), components.told(row["forms"])),
            (
                text("Participants"),
                ""
                if pd.isna(raw["participants"])
                else f"{components.told(raw['participants_mark'])} "
                f"{number(raw['participants'], 0)}".strip(),
            ),
        ]
        st.caption(
            " · ".join(f"{name}: {components.verbatim(words)}" for name, words in facts if words)
        )
        _sentence(raw)
        told = int(raw["statements"])
        if told > 1:
            with st.expander(
                plural(
                    "{count} statement tells of it", "{count} statements tell of it", told
                ).format(count=told),
                key=f"unfold:{key}:{raw['group_code']}",
            ):
                _statements(statements[statements["group_code"] == raw["group_code"]])


def _statements(rows: pd.DataFrame) -> None:
    name = "municipality_name_en" if current_language() == "en" else "municipality_name"
    for row in rows.head(_MOST_STATEMENTS).to_dict("records"):
        where = components.told(row[name]) or door.label("scope", row["scope"])
        st.markdown(f"**{components.verbatim(where)}**")
        _sentence(row)
    if len(rows) > _MOST_STATEMENTS:
        st.caption(
            text("The first {shown} of {all}.").format(shown=_MOST_STATEMENTS, all=len(rows))
        )


def _sentence(row: Row) -> None:
    """The words of a source, what was remarked when they were read, and the source."""
    if components.told(row["quote"]):
        components.quotation(row["quote"])
    if note := components.told(row["note"]):
        st.caption(text("Note") + ": " + components.verbatim(note))
    source_of(row)


def _files(asked: dict[str, Any], chosen: door.Filters, rows: int, *, key: str) -> None:
    """Both files: the activities folded, and every statement as it was told.

    The link in them leads to this page with what is `chosen` on it. `rows` is how many activities
    there are when folded.
    """
    link = components.page_link_address(chosen)
    with st.container(horizontal=True):
        for question, label in (
            ("activities/told", text("Download as Excel")),
            ("activities/list", text("Every statement as Excel")),
        ):
            components.excel_button(
                question, asked, key=f"{key}:{question}", label=label, link=link, rows=rows
            )
