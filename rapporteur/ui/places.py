"""The municipalities: on the map, one beside its neighbours, and those of whom nobody told."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final

import pandas as pd
import streamlit as st

from rapporteur.delivery import reference, requesting
from rapporteur.documents.palette import PLACE_LOOKS
from rapporteur.ui import charts, components, door, filters, municipality_map, picture, taking
from rapporteur.ui.language import current_language, number, plural, text
from rapporteur.ui.municipality_map import Look
from rapporteur.ui.prevention import (
    Chosen,
    Row,
    count_of,
    counted,
    linked,
    name_column,
    of_county,
    places_of,
    source_of,
)

_ZIP: Final = "application/zip"
_RANKED: Final = 15
# What is told against a municipality, and by others.
_AGAINST: Final = "no_measures_2023"
# What is drawn upon the map for how a municipality coordinates, and what is told against it.
SIGNS: Final[Mapping[str, str]] = {
    "council_decision_on_coordination_procedure": "■",
    "council_decision_on_commission": "◆",
    "coordination_group_active": "●",
    "coordination_model_presented": "▲",
    _AGAINST: "✕",
}


def sign_of(status: str) -> str:
    """The sign of a status of coordination, under its code of today or a former one."""
    signs = {reference.present("coordination_status", code): sign for code, sign in SIGNS.items()}
    return signs.get(status, "◇")


def _against() -> str:
    return reference.present("coordination_status", _AGAINST)


# The map and what stands beside it ------------------------------------------------------------


def the_map(chosen: Chosen) -> None:
    """The map with its margin on the left, who did most on the right, the table beneath."""
    places = places_of(chosen)
    with st.container(horizontal=True, vertical_alignment="center"):
        shade = filters.choose(
            "shade",
            text("Shaded by"),
            {"rate": text("activities per 100,000 inhabitants")},
            all_label=text("number of activities"),
        )
        overlay = filters.choose(
            "overlay",
            text("Signs on the map"),
            {"coordination": text("municipal coordination")},
            all_label=text("none"),
        )
    asked: door.Filters = {**chosen.what, "county": chosen.places["county"]}
    left, right = st.columns([3, 2], gap="medium")
    with left:
        _map(chosen, places, asked, shade=shade, overlay=overlay)
    with right:
        _ranking(of_county(chosen, places), shade, asked)
    components.answer_table(
        "activities/by_municipality",
        chosen.where,
        alt=text("The municipalities with state, activities and inhabitants"),
        hidden=["activities_are_about"],
        label=text("Table and file: municipalities"),
    )
    margin(chosen)


def _map(
    chosen: Chosen,
    places: pd.DataFrame,
    asked: door.Filters,
    *,
    shade: str | None,
    overlay: str | None,
) -> None:
    signs = _signs(chosen) if overlay else {}
    states = door.labels_of("place_state")
    within = of_county(chosen, places)
    counts = within["state"].value_counts()
    title = text("Activities were reported in {active} of {all} municipalities").format(
        active=int(counts.get("active", 0)), all=len(within)
    )
    unit = [_unit(shade)]
    if chosen.municipality:
        place = door.label("municipality", chosen.municipality)
        unit.append(text("outlined: {place}").format(place=place))
    counted_states = "; ".join(
        f"{states[state]} – {counts[state]}" for state in PLACE_LOOKS if state in counts
    )
    looks = [
        _look(row, shade, states, signs.get(row["municipality"], []))
        if chosen.places["county"] in (None, row["county"])
        else _outside(row)
        for row in places.to_dict("records")
    ]
    with components.framed(
        "map",
        title=title,
        unit="; ".join(unit),
        source=f"{_sources(asked)}. {municipality_map.attribution()}",
        name="activities/by_municipality",
        filters={**asked, "municipality": chosen.municipality, "overlay": overlay},
        # One that is chosen does not narrow the map.
        title_tells=["municipality"],
        file="activities-map",
    ):
        municipality_map.municipality_map(
            municipality_map.drawn(
                looks,
                label=f"{title}: {counted_states}. "
                + text(
                    "Map of the 60 municipalities by reported prevention activities; the same is "
                    "in the table beneath, and a municipality can be chosen in the filter above"
                ),
                steps=municipality_map.RATE_STEPS if shade else municipality_map.COUNT_STEPS,
                step_words=_rates if shade else _counts,
                state_words={
                    "zero": states["zero"],
                    "no_answer": states["no_answer"],
                    "outside": text("other counties"),
                },
                signs={sign_of(status): words for status, words in _statuses(signs).items()},
                chosen=chosen.municipality,
            ),
            key="map",
            on_click=partial(_clicked, chosen.municipality),
        )
    st.caption(text("A click on a municipality shows it alone; a second click shows all again."))


def _clicked(chosen: str | None, code: str) -> None:
    filters.take("municipality", [] if code == chosen else [code])


def _look(row: Row, shade: str | None, states: Mapping[str, str], statuses: Sequence[Row]) -> Look:
    state = str(row["state"])
    lines = [states[state]]
    if state != "no_answer":
        lines = [text("Activities") + f": {count_of(row)}"]
    if state == "active":
        lines.append(
            text("{rate} per 100,000 inhabitants").format(
                rate=number(row["activities_per_100k"], 1)
            )
        )
    lines.append(
        text("{count} inhabitants ({year})").format(
            count=number(row["inhabitants"], 0), year=row["inhabitants_in"]
        )
    )
    lines += [f"{sign_of(one['status'])} {_of_status(one)}" for one in statuses]
    value = row["activities_per_100k"] if shade else row["activities"]
    return Look(
        code=str(row["municipality"]),
        name=str(row[name_column()]),
        state=state,
        value=None if pd.isna(value) else float(value),
        lines=lines,
        sign=" ".join(dict.fromkeys(sign_of(one["status"]) for one in statuses)),
    )


def _outside(row: Row) -> Look:
    """A municipality of another county than the one asked for: its outline and no more."""
    return Look(str(row["municipality"]), str(row[name_column()]), "outside", value=None, lines=[])


def _counts(low: float, following: float | None) -> str:
    if following is None:
        return f"≥ {number(low, 0)}"
    highest = following - 1
    return number(low, 0) if highest == low else f"{number(low, 0)}–{number(highest, 0)}"


def _rates(low: float, following: float | None) -> str:
    # Where there were activities there is no rate of 0.
    if following is None:
        return f"≥ {number(low, 0)}" if low else "> 0"
    return f"{number(low, 0)}–<{number(following, 0)}" if low else f"<{number(following, 0)}"


def _sources(asked: door.Filters) -> str:
    """The sources that tell of the activities asked for in some municipality."""
    told = door.ask("activities/sources", **asked, scope="savivaldybė")
    return picture.sources(told["source_title"])


def _unit(shade: str | None) -> str:
    return text("number of activities per 100,000 inhabitants") if shade else text("activities")


def _ranking(places: pd.DataFrame, shade: str | None, asked: door.Filters) -> None:
    active = places[places["state"] == "active"]
    if active.empty:
        st.caption(text("With these filters nowhere."))
        return
    value = "activities_per_100k" if shade else "activities"
    ranked = active.sort_values(value, ascending=False, kind="stable")
    if shade:
        words = [
            f"{number(row['activities_per_100k'], 1)} ({count_of(row)})"
            for row in ranked.to_dict("records")
        ]
    else:
        words = [count_of(row) for row in ranked.to_dict("records")]
    components.figure(
        charts.ranking(
            ranked.assign(words=words).head(_RANKED),
            label=name_column(),
            value=value,
            value_label=_unit(shade),
            words="words",
        ),
        title=text("The most was reported in {place}: {count}").format(
            place=ranked[name_column()].iloc[0], count=words[0]
        ),
        unit=_unit(shade),
        source=_sources(asked),
        name="activities/by_municipality",
        filters=asked,
        alt="; ".join(
            f"{place} – {count}"
            for place, count in zip(ranked[name_column()].head(3), words, strict=False)
        ),
        key="ranking",
    )
    if len(ranked) > _RANKED:
        st.caption(
            text("The first {shown} of {all}; all are in the table.").format(
                shown=_RANKED, all=len(ranked)
            )
        )
    st.caption(text("≥ – at least: that many are stated, or took place with no number given."))


def margin(chosen: Chosen) -> None:
    """What was reported without a municipality: beside the map, never spread over it."""
    unplaced = door.ask("activities/unplaced", **chosen.what)
    st.subheader(text("Reported without a municipality"))
    st.caption(
        text(
            "These stand beside the places and are never spread over them. A total that its source "
            "does not itemise may contain what is shown elsewhere, so nothing here is added up."
        )
    )
    if any(chosen.places.values()):
        st.caption(
            text(
                "They are of the whole country, whatever place is chosen. Beneath is only what was "
                "reported in the place chosen."
            )
        )
    if unplaced.empty:
        st.caption(text("With these filters nothing."))
        return
    with st.container(horizontal=True):
        for row in unplaced.to_dict("records"):
            with st.container(
                border=True, height="stretch", key=f"unplaced:{row['scope']}:{row['is_total']}"
            ):
                title = door.label("scope", row["scope"])
                if row["is_total"]:
                    title += " – " + text("a total not itemised")
                components.named_number(title, count_of(row))
    components.how_counted("activities/unplaced", place="numbers")
    components.answer_table(
        "activities/unplaced",
        chosen.what,
        alt=text("Activities without a municipality"),
        label=text("Table and file: without a municipality"),
    )


# One municipality -----------------------------------------------------------------------------


def one_municipality(chosen: Chosen) -> None:
    """The head of a municipality's own page: its state, coordination, and whom to compare with."""
    code = chosen.municipality
    assert code is not None
    places = places_of(chosen)
    [row] = places[places["municipality"] == code].to_dict("records")
    st.header(components.verbatim(str(row[name_column()])), anchor=False)
    st.button(
        text("Show all municipalities"),
        icon=":material/arrow_back:",
        type="tertiary",
        key="all-municipalities",
        on_click=filters.take,
        args=("municipality", []),
    )
    with st.container(horizontal=True):
        with st.container(border=True, height="stretch"):
            components.named_number(text("Activities told of"), count_of(row))
        if row["state"] == "active":
            with st.container(border=True, height="stretch"):
                components.named_number(
                    text("Activities per 100,000 inhabitants"),
                    number(row["activities_per_100k"], 1),
                )
        if not pd.isna(row["participants"]):
            with st.container(border=True, height="stretch"):
                components.named_number(
                    text("Participants"),
                    counted(row["participants"], row["participants_are_at_least"]),
                )
        with st.container(border=True, height="stretch"):
            components.named_number(
                text("Inhabitants in {year}").format(year=row["inhabitants_in"]),
                number(row["inhabitants"], 0),
            )
    components.how_counted("activities/by_municipality", place="numbers")
    st.subheader(text("Coordination"))
    coordination(chosen)
    st.subheader(text("Beside its neighbours and its county"))
    _surroundings(chosen)


def _surroundings(chosen: Chosen) -> None:
    near = door.ask("activities/surroundings", municipality=chosen.municipality)
    codes = [str(chosen.municipality), *near["other"]]
    compared: door.Filters = {**chosen.what, "municipality": codes}
    places = places_of(chosen)
    places = places[places["municipality"].isin(codes)]
    relation = {
        row["other"]: text("borders on it, same county")
        if row["is_neighbour"] and row["is_of_the_county"]
        else (text("borders on it") if row["is_neighbour"] else text("same county"))
        for row in near.to_dict("records")
    }
    shown = places.assign(
        relation=[relation.get(code, text("this one")) for code in places["municipality"]],
        state_words=[door.label("place_state", state) for state in places["state"]],
        words=[count_of(row) for row in places.to_dict("records")],
        activities_per_100k=places["activities_per_100k"].round(1),
    )
    taking.tell_forms(
        {text("Activities per 100,000 inhabitants"): "amount", text("Inhabitants"): "amount"}
    )
    st.dataframe(
        shown[
            [
                name_column(),
                "relation",
                "state_words",
                "words",
                "activities_per_100k",
                "inhabitants",
            ]
        ],
        hide_index=True,
        column_config={
            name_column(): st.column_config.TextColumn(text("Municipality"), pinned=True),
            "relation": st.column_config.TextColumn(text("Relation")),
            "state_words": st.column_config.TextColumn(text("State")),
            "words": st.column_config.TextColumn(text("Activities")),
            "activities_per_100k": st.column_config.NumberColumn(
                text("Activities per 100,000 inhabitants"), format="localized"
            ),
            "inhabitants": st.column_config.NumberColumn(text("Inhabitants"), format="localized"),
        },
        alt=text("The municipality beside its neighbours and the others of its county"),
        placeholder="–",
    )
    components.excel_button("activities/by_municipality", compared, key="surroundings")
    with st.container(horizontal=True):
        for row in near[near["is_neighbour"]].to_dict("records"):
            name = row["other_name_en" if current_language() == "en" else "other_name"]
            st.button(
                components.verbatim(name),
                key=f"neighbour:{row['other']}",
                type="tertiary",
                icon=":material/near_me:",
                on_click=filters.take,
                args=("municipality", [row["other"]]),
            )


# Coordination ---------------------------------------------------------------------------------


def coordination(chosen: Chosen) -> None:
    """Who has a procedure, a commission or a group, by whose words; and what is told against."""
    rows = door.ask("activities/coordination", **chosen.places)
    if rows.empty:
        st.caption(text("Nothing is known of coordination here."))
        return
    if chosen.municipality is None:
        for status, words in _statuses(
            {str(code): list(of.to_dict("records")) for code, of in rows.groupby("municipality")}
        ).items():
            of_status = rows[rows["status"] == status]
            names = components.verbatim(", ".join(of_status[name_column()]))
            st.markdown(f"{sign_of(status)} **{words}**: {names}")
            cited = of_status.drop_duplicates(["source_title", "source_url"])
            st.caption(
                (text("Sources") if len(cited) > 1 else text("Source"))
                + ": "
                + "; ".join(linked(row) for row in cited.to_dict("records"))
            )
    else:
        for row in rows.to_dict("records"):
            _of_coordination(row)
    if (rows["status"] == _against()).any():
        st.caption(
            text(
                "That no measures were carried out is told by the source named; a report in the "
                "press is no finding of the rapporteur, and the map does not count it as none."
            )
        )
    components.answer_table(
        "activities/coordination",
        chosen.places,
        alt=text("Municipal coordination with its sources"),
        hidden=["municipality", "source"],
    )


def _of_coordination(row: Row) -> None:
    st.markdown(f"{sign_of(row['status'])} **{components.verbatim(_of_status(row))}**")
    if components.told(row["quote"]):
        components.quotation(row["quote"])
    source_of(row)


def _of_status(row: Row) -> str:
    dated = components.told(row["dated_on"])
    words = door.label("coordination_status", row["status"])
    publisher = _publisher(row)
    # Of the one that is told against a municipality, who tells it belongs to the sentence.
    if row["status"] == _AGAINST and publisher:
        return words + ", " + text("as reported by {publishers}").format(publishers=publisher)
    decided = f"Nr. {row['decision']}" if components.told(row["decision"]) else ""
    return ", ".join(filter(None, (words, dated, decided)))


def _signs(chosen: Chosen) -> dict[str, list[Row]]:
    """What is known of coordination, by municipality, of those that are not an outline only."""
    found: dict[str, list[Row]] = {}
    shown = door.ask("activities/coordination", county=chosen.county)
    if chosen.county and chosen.municipality:
        alone = door.ask("activities/coordination", municipality=chosen.municipality)
        shown = pd.concat([shown, alone]).drop_duplicates(
            ["municipality", "status", "source", "source_delivery", "source_title"]
        )
    for row in shown.to_dict("records"):
        found.setdefault(row["municipality"], []).append(row)
    return found


def _statuses(signs: Mapping[str, Sequence[Row]]) -> dict[str, str]:
    """The statuses that some municipality has, in their order, each with how many have it.

    Who tells it belongs to what is told against a municipality.
    """
    having: dict[str, list[Row]] = {}
    for rows in signs.values():
        for status in {row["status"] for row in rows}:
            having.setdefault(status, []).extend(row for row in rows if row["status"] == status)
    words = {}
    # In the order of their list; those that no list knows at the end.
    for status in [*door.labels_of("coordination_status"), *having]:
        if status not in words and (of_status := having.get(status)):
            words[status] = door.label("coordination_status", status)
            publishers = {_publisher(row): None for row in of_status if _publisher(row)}
            if status == _against() and publishers:
                words[status] += ", " + text("as reported by {publishers}").format(
                    publishers=", ".join(publishers)
                )
            words[status] += f" ({len({row['municipality'] for row in of_status})})"
    return words


def _publisher(row: Row) -> str:
    return components.told(row["source_publisher"]) or components.told(row["source_title"])


# What would be needed -------------------------------------------------------------------------


def what_is_missing(chosen: Chosen) -> None:
    """Of whom nothing is known in a year, what would be needed, and the workbooks that ask."""
    known = [int(year) for year in door.ask("activities/years")["year"].dropna()]
    closed = door.day().year - 1
    year = max(chosen.years or [closed])
    of_year: door.Filters = {"year": [year], "county": chosen.county}
    if chosen.municipality:
        of_year = {"year": [year], "municipality": chosen.municipality}
    places = door.ask("activities/by_municipality", **of_year)
    silent = places[places["state"] == "no_answer"]
    if year not in known and not chosen.years:
        st.markdown(text("For {year} nothing was loaded about activities yet.").format(year=year))
    if silent.empty:
        st.markdown(
            text("Of every municipality shown something is known in {year}.").format(year=year)
        )
    else:
        st.markdown(
            plural(
                "Of **{count} municipality** nothing is known in {year}. What is needed is its "
                "sheet Veiklos: each activity with its date, kind, form and target group, or a "
                "row with the number 0 where there was none.",
                "Of **{count} municipalities** nothing is known in {year}. What is needed is their "
                "sheet Veiklos: each activity with its date, kind, form and target group, or a "
                "row with the number 0 where there was none.",
                len(silent),
            ).format(count=len(silent), year=year)
        )
    if chosen.municipality:
        st.download_button(
            text("Request workbook for {year}").format(year=year),
            data=door.as_drawn(door.request_workbook, chosen.municipality, year),
            file_name=requesting.file_name(chosen.municipality, year),
            mime=components.EXCEL_TYPE,
            on_click="ignore",
            icon=":material/outgoing_mail:",
            type="primary",
            key="request",
        )
    elif len(silent):
        st.download_button(
            plural(
                "Request workbook for {count} municipality, {year} (zip)",
                "Request workbooks for {count} municipalities, {year} (zip)",
                len(silent),
            ).format(count=len(silent), year=year),
            data=door.as_drawn(door.municipality_batch, list(silent["municipality"]), year),
            file_name=f"savivaldybiu-prasymai-{year}.zip",
            mime=_ZIP,
            on_click="ignore",
            icon=":material/folder_zip:",
            type="primary",
            key="batch",
        )
    st.caption(
        text(
            "What others told of a municipality that year is listed in its workbook. What comes "
            "back is loaded on the page of handing in as it is."
        )
    )
