"""Investigations: yearly series with gaps and breaks, and the source of every point."""

import pandas as pd
import streamlit as st

from rapporteur.ui import charts, components, door
from rapporteur.ui.filters import choose
from rapporteur.ui.language import current_language, number, plural, text

st.title(text("Investigations, cases and victims"))
indicators = door.ask("investigations/indicators")
language = current_language()
names = dict(zip(indicators["code"], indicators[f"label_{language}"], strict=True))
if not names:
    st.info(text("No figures were loaded yet."))
    st.stop()

first = next(iter(names))
with st.container(horizontal=True):
    indicator = choose("indicator", text("Indicator"), names, all_label=names[first]) or first
    evidence = door.ask("investigations/evidence", indicator=indicator)
    years = {str(y): str(y) for y in sorted(evidence["year"].unique(), reverse=True)}
    year = choose("year", text("Sources of one year"), years, all_label=text("All years"))

points = door.ask("investigations/series", indicator=indicator)
totals = evidence[
    evidence[["sex", "age_group", "citizenship", "form", "territory"]].isna().all(axis=1)
]
shown = totals.loc[totals["is_preferred"], ["year", "value"]]
others = totals.loc[~totals["is_preferred"]].merge(
    shown, on="year", how="left", suffixes=("", "_shown")
)
competing = others[others["value"] != others["value_shown"]]
[about] = indicators[indicators["code"] == indicator].to_dict("records")
unit = door.label("unit", about["unit"])


def with_words(rows: pd.DataFrame) -> pd.DataFrame:
    """Figures as people read them: separators, mark, unit."""
    return rows.assign(
        words=[
            f"{'' if pd.isna(row['mark']) else row['mark'] + ' '}{number(row['value'])} {unit}"
            for row in rows.to_dict("records")
        ]
    )


def open_sources() -> None:
    """A click on a point chooses its year, as the list above does."""
    chosen = st.session_state["series"]["selection"]["points"]
    if chosen:
        st.query_params["year"] = str(int(chosen[0]["x"]))


st.subheader(f"{names[indicator]}, {unit}")
if about["measure"] == "stock":
    st.info(text("Counted on one day: no point of a yearly series. The figures are below."))
elif points.empty:
    st.info(text("No figure of the whole country can be shown; the sources are below."))
else:
    definitions = door.ask("investigations/definitions", indicator=indicator)
    reasons = definitions[f"reason_{language}"].dropna()
    st.plotly_chart(
        charts.series(
            with_words(points),
            with_words(competing),
            value_label=names[indicator],
            uncertain_label=text("about, or provisional"),
            competing_label=text("another source says"),
            break_label=text("the definition changes"),
            source_label=text("Source"),
        ),
        alt=text("{indicator} by year; years without a figure are gaps").format(
            indicator=names[indicator]
        ),
        key="series",
        config=charts.plotly_config(language),
        on_select=open_sources,
        selection_mode="points",
    )
    missing = sorted(set(range(points["year"].min(), points["year"].max())) - set(points["year"]))
    if missing:
        st.caption(
            text("No figure was found for {years}: a gap, not a zero.").format(
                years=", ".join(map(str, missing))
            )
        )
    for reason in reasons if points["definition"].nunique() > 1 else []:
        st.caption(components.verbatim(reason))
    if about["topic"] == "investigation":
        st.caption(text("What the police found and registered, not everything that happened."))
components.answer_table(
    "investigations/series",
    {"indicator": indicator},
    alt=text("The figures shown year by year"),
    hidden=["indicator", "measure", "source", "is_preferred"],
)

chosen_year = int(year) if year else None
st.header(
    text("Sources of {year}").format(year=chosen_year) if chosen_year else text("All sources")
)
st.caption(text("Click a point of the chart, or choose a year above, to see only its sources."))
cited = evidence if chosen_year is None else evidence[evidence["year"] == chosen_year]
readable = door.read("investigations/evidence", cited).data
if chosen_year is not None:
    for row, told in zip(cited.to_dict("records"), readable.to_dict("records"), strict=True):
        with st.container(border=True):
            parts = [told.get(c) for c in ("sex", "age_group", "citizenship", "form", "territory")]
            breakdown = "; ".join(part for part in parts if isinstance(part, str))
            mark = "" if pd.isna(row["mark"]) else f"{row['mark']} "
            value = "–" if pd.isna(row["value"]) else number(row["value"])
            st.markdown(
                f"**{mark}{value} {told['unit']}**"
                + (f" ({components.verbatim(breakdown)})" if breakdown else "")
                + " · "
                + (text("shown") if row["is_preferred"] else text("not shown"))
                + (" · " + text("doubtful") if row["is_doubtful"] else "")
            )
            components.quotation(row["quote"] or "")
            source = components.verbatim(row["source_title"])
            link = f"[{source}](<{row['source_url']}>)" if row["source_url"] else source
            details = [told["source_publisher"], told["source_dated"], told["year_basis"]]
            told_by = [components.verbatim(d) for d in details if isinstance(d, str)]
            st.markdown(" · ".join([link, *told_by]))
            for column in ("conflict_description", "conflict_handling", "note"):
                if isinstance(row[column], str):
                    st.caption(components.verbatim(row[column]))
components.answer_table(
    "investigations/evidence",
    {"indicator": indicator, "year": chosen_year},
    alt=text("Every figure with its source and words, competing ones included"),
    expanded=chosen_year is None,
    hidden=["indicator", "source"],
)
if disputed := totals.loc[totals["is_contradicted"], "year"].nunique():
    st.caption(
        plural(
            "For {count} year of this indicator sources contradict each other.",
            "For {count} years of this indicator sources contradict each other.",
            disputed,
        ).format(count=disputed)
    )
