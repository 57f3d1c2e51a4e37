"""Prevention: in which municipalities it was reported, in which not, and where nobody knows."""

import streamlit as st

from rapporteur.ui import charts, components, door
from rapporteur.ui.filters import choose
from rapporteur.ui.geometry import boundaries
from rapporteur.ui.language import current_language, number, plural, text

st.title(text("Prevention in municipalities"))
with st.container(horizontal=True):
    every_year = door.ask("activities/years")
    years = {str(int(y)): str(int(y)) for y in every_year["year"].dropna()}
    year = choose("year", text("Year"), years, all_label=text("All years"))
    kind = components.code_filter("kind", "activities/kinds", text("Kind"), text("All kinds"))

filters = {"year": int(year) if year else None, "kind": kind}
places = door.ask("activities/by_municipality", **filters)
unplaced = door.ask("activities/unplaced", **filters)
name = "name_en" if current_language() == "en" else "name"
states = {code: door.label("place_state", code) for code in ("active", "zero", "no_answer")}
active = places[places["state"] == "active"]
at_least = text("at least")


def words(activities: float, is_at_least: bool) -> str:
    """A count with its mark, as short as a phone needs it."""
    return f"≥ {number(activities, 0)}" if is_at_least else number(activities, 0)


silent = int((places["state"] == "no_answer").sum())
st.markdown(
    plural(
        "Activities were reported in **{active} municipality of {all}**",
        "Activities were reported in **{active} municipalities of {all}**",
        len(active),
    ).format(active=len(active), all=len(places))
    + "; "
    + plural(
        "of {count} nothing is known: silence is not zero.",
        "of {count} nothing is known: silence is not zero.",
        silent,
    ).format(count=silent)
)
undated = int(every_year.loc[every_year["year"].isna(), "statements"].sum())
if undated:
    st.caption(
        plural(
            "{count} statement names no year; it is counted under all years only.",
            "{count} statements name no year; they are counted under all years only.",
            undated,
        ).format(count=undated)
    )

left, right = st.columns([3, 2], gap="medium")
with left:
    outlines = boundaries()
    components.figure(
        charts.municipality_map(
            places,
            outlines,
            state_labels=states,
            count_label=text("Activities"),
            at_least=at_least,
            name=name,
        ),
        alt=text("Map of the 60 municipalities by reported prevention activities"),
        key="map",
    )
    st.caption(components.verbatim(outlines.attribution))
with right:
    st.subheader(text("Where activities were reported"))
    if active.empty:
        st.caption(text("With these filters nowhere."))
    else:
        ranked = active.assign(
            words=[
                words(row["activities"], row["activities_are_at_least"])
                for row in active.to_dict("records")
            ]
        )
        components.figure(
            charts.ranking(
                ranked.head(20),
                label=name,
                value="activities",
                value_label=text("Activities"),
                words="words",
            ),
            alt=text("Municipalities by number of reported activities"),
            key="ranking",
        )
        st.caption(text("≥ – at least: that many are stated, or took place with no number given."))
components.answer_table(
    "activities/by_municipality",
    filters,
    alt=text("The 60 municipalities with state, activities and inhabitants"),
    hidden=["county", "activities_are_about"],
)

st.header(text("Reported without a municipality"))
st.caption(
    text(
        "These stand beside the places and are never spread over them. A total that its source "
        "does not itemise may contain what is shown elsewhere, so nothing here is added up."
    )
)
if unplaced.empty:
    st.caption(text("With these filters nothing."))
else:
    with st.container(horizontal=True):
        for row in unplaced.to_dict("records"):
            with st.container(border=True, key=f"unplaced:{row['scope']}:{row['is_total']}"):
                title = door.label("scope", row["scope"])
                if row["is_total"]:
                    title += " – " + text("a total not itemised")
                components.named_number(
                    title, words(row["activities"], row["activities_are_at_least"])
                )
    components.answer_table(
        "activities/unplaced", filters, alt=text("Activities without a municipality")
    )

st.header(text("What was told, with its sources"))
components.answer_table(
    "activities/list",
    filters,
    alt=text("Statements about activities with their sources"),
    expanded=True,
    hidden=["municipality", "kind", "source"],
)
