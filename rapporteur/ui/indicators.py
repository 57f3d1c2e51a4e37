"""Indicators that follow from a recommendation: what activity data say beside its words."""

from typing import Final

import pandas as pd
import streamlit as st

from rapporteur.ui import charts, components, door, picture
from rapporteur.ui.language import number, plural, share, text

TERRITORY: Final = "indicators/territory"
TARGET_GROUPS: Final = "indicators/target_groups"
FORMS: Final = "indicators/forms"
QUESTIONS: Final = (TERRITORY, TARGET_GROUPS, FORMS)


def of_recommendation(code: str, year: int | None) -> None:
    """Draw every indicator that follows from a recommendation; nothing where none does."""
    followed = door.ask("indicators/followed", recommendation=code)
    if followed.empty:
        return
    st.subheader(text("What activity data say of it"))
    st.caption(
        text(
            "Counts of activities, and no judgement. That this indicator follows from these words "
            "is a reading of the makers of this dashboard, not confirmed by the rapporteur."
        )
    )
    for row in followed.drop_duplicates("indicator").to_dict("records"):
        if row["indicator"] == "territory":
            _territory(row["words"], year)
        else:
            _reached(f"indicators/{row['indicator']}", code, year)
    components.how_counted("indicators/followed", place="indicators")


def _territory(words: str, year: int | None) -> None:
    rows = door.ask(TERRITORY, year=year)
    if rows.empty:
        st.caption(text("Nothing is told of activities in that year."))
        return
    row = rows.to_dict("records")[-1]
    st.markdown(f"„{components.verbatim(words)}“")
    st.markdown(
        text(
            "**{year}: at least {active} of {all} municipalities** had some activity, home to at "
            "least {share} of inhabitants ({inhabitants} of {everybody}, {census})."
        ).format(
            year=row["year"],
            active=row["active"],
            all=row["municipalities"],
            share=share(row["share"]),
            inhabitants=number(row["inhabitants_of_active"], 0),
            everybody=number(row["inhabitants"], 0),
            census=row["inhabitants_in"],
        )
        + " "
        + plural(
            "Of {count} municipality nothing is known;",
            "Of {count} municipalities nothing is known;",
            row["no_answer"],
        ).format(count=row["no_answer"])
        + " "
        + plural(
            "at least {count} activity without a municipality could be anywhere.",
            "at least {count} activities without a municipality could be anywhere.",
            row["unplaced"],
        ).format(count=row["unplaced"])
    )
    components.page_link(
        "pages/activities.py",
        text("Where prevention ran"),
        icon=":material/arrow_forward:",
        year=row["year"],
    )
    components.answer_table(
        TERRITORY,
        {"year": year},
        alt=text("Municipalities and inhabitants with some activity in the year"),
    )


def _reached(question: str, code: str, year: int | None) -> None:
    """How many activities name each group or form that the recommendation names."""
    filters = {"year": year, "recommendation": code}
    rows = door.ask(question, **filters)
    if rows.empty:
        st.caption(text("Nothing is told of activities in that year."))
        return
    rows = rows[rows["year"] == rows["year"].max()]
    first = rows.iloc[0]
    is_of_groups = question == TARGET_GROUPS
    labels = door.labels_of("target_group" if is_of_groups else "exploitation_form")
    named = rows["placed"] + rows["unplaced"]
    missing = [labels[one] for one in rows.loc[named == 0, "named"]]
    st.markdown(
        text(
            "**{year}:** of at least {placed} activities in municipalities and {unplaced} without "
            "one, {unnamed} and {unnamed_unplaced} do not say it."
        ).format(
            year=first["year"],
            placed=first["all_placed"],
            unplaced=first["all_unplaced"],
            unnamed=first["unnamed_placed"],
            unnamed_unplaced=first["unnamed_unplaced"],
        )
        + (
            " "
            + text("Told of by none, which is not to say that none took place: {names}.").format(
                names=", ".join(missing)
            )
            if missing
            else ""
        )
    )
    in_municipalities, without = text("in municipalities"), text("without a municipality")
    words = [
        f"≥ {placed} {in_municipalities} · ≥ {unplaced} {without}"
        for placed, unplaced in zip(rows["placed"], rows["unplaced"], strict=True)
    ]
    # The bar is of the municipalities alone: the others may hold some of the same.
    shown = pd.DataFrame(
        {"name": rows["named"].map(labels), "value": rows["placed"], "words": words}
    )
    components.figure(
        charts.ranking(
            shown, label="name", value="value", value_label=text("Activities"), words="words"
        ),
        title=(
            text("How many activities reached the groups that recommendation {code} names?")
            if is_of_groups
            else text("How many activities were about the forms that recommendation {code} names?")
        ).format(code=code),
        unit=text("activities in municipalities, at least"),
        source=picture.sources(
            door.ask("activities/sources", year=int(first["year"]))["source_title"]
        ),
        name=question,
        filters={**filters, "year": int(first["year"])},
        alt="; ".join(f"{row['name']}: {row['words']}" for row in shown.to_dict("records")),
        key=f"{question}:{code}",
    )
    components.answer_table(
        question,
        filters,
        alt=(
            text("Activities, at least, by the groups that the recommendation names")
            if is_of_groups
            else text("Activities, at least, by the forms that the recommendation names")
        ),
        key=f"{question}:{code}",
    )
