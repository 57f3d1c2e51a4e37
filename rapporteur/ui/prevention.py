"""Prevention by municipality: what was told of where, of whom nobody said anything, what is asked.

Every section asks with the same filters. Counts are of statements that sources make, never of what
took place: where nobody said anything, that is what is shown.
"""

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import pandas as pd
import streamlit as st

from rapporteur.ui import charts, components, door, filters, grid, municipality_map
from rapporteur.ui.language import current_language, number, plural, share, text
from rapporteur.ui.municipality_map import Look

Row = Mapping[Hashable, Any]
PER_PAGE: Final = 10
_ZIP: Final = "application/zip"
_RANKED: Final = 15
_MOST_STATEMENTS: Final = 100
_UNPLACED_SCOPES: Final = (
    "apskritis",
    "regionas",
    "visa šalis",
    "neįvardytos savivaldybės",
    "nenurodyta",
)
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


@dataclass(frozen=True)
class Chosen:
    """What the reader asks for."""

    what: door.Filters
    """Year, kind, form, target group and organiser: of which activities."""
    county: str | None
    municipality: str | None

    @property
    def places(self) -> door.Filters:
        """Where: a municipality, of whatever county it is, goes before the county."""
        county = None if self.municipality else self.county
        return {"county": county, "municipality": self.municipality}

    @property
    def where(self) -> door.Filters:
        """The same activities within these places."""
        return {**self.what, **self.places}

    @property
    def whenever(self) -> door.Filters:
        """The same whatever the year."""
        return {name: value for name, value in self.where.items() if name != "year"}

    @property
    def years(self) -> list[int]:
        """The years chosen; none for all."""
        years = self.what["year"]
        return [int(year) for year in years] if isinstance(years, Sequence) else []


# Filters --------------------------------------------------------------------------------------


def asked_for() -> Chosen:
    """Draw the filters and give what is chosen."""
    known = [int(year) for year in door.ask("activities/years")["year"].dropna()]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        years = filters.choose_several(
            "year",
            text("Years"),
            {str(year): str(year) for year in known},
            all_label=text("All years"),
        )
        if len(known) > 1:
            with st.popover(text("From – to"), key="years:popover"):
                _range_of_years(sorted(known), [int(year) for year in years])
        kind = components.code_filter("kind", "activities/kinds", text("Kind"), text("All kinds"))
        municipality = filters.choose(
            "municipality",
            text("Municipality"),
            _in_alphabet(door.labels_of("municipality")),
            all_label=text("All municipalities"),
        )
    others = ("form", "target_group", "organiser", "county")
    in_use = sum(1 for name in others if name in st.query_params)
    label = text("More filters") + (f" ({in_use})" if in_use else "")
    with (
        st.expander(label, expanded=bool(in_use), key="more-filters"),
        st.container(horizontal=True),
    ):
        form = filters.choose(
            "form",
            text("Form of exploitation"),
            door.labels_of("exploitation_form"),
            all_label=text("All forms"),
        )
        target_group = filters.choose(
            "target_group",
            text("Target group"),
            door.labels_of("target_group"),
            all_label=text("All target groups"),
        )
        organiser = components.code_filter(
            "organiser", "activities/organisers", text("Organiser"), text("All organisers")
        )
        county = filters.choose(
            "county",
            text("County"),
            _in_alphabet(door.labels_of("county")),
            all_label=text("All counties"),
        )
    what: door.Filters = {
        "year": [int(year) for year in years] or None,
        "kind": kind,
        "form": form,
        "target_group": target_group,
        "organiser": organiser,
    }
    return Chosen(what, county, municipality)


def _range_of_years(known: list[int], chosen: list[int]) -> None:
    """Two ends instead of many clicks: what is chosen is the years between them, one by one."""
    ends = (min(chosen, default=known[0]), max(chosen, default=known[-1]))
    key = f"years:{ends[0]}-{ends[1]}"

    def changed() -> None:
        first, last = st.session_state[key]
        between = [str(year) for year in reversed(known) if first <= year <= last]
        # From the first to the last year is not all of them: some activities have no year.
        filters.take("year", between)

    st.select_slider(text("Years from – to"), options=known, value=ends, key=key, on_change=changed)
    st.caption(text("An activity whose year no source states is in no range."))


def _in_alphabet(labels: Mapping[str, str]) -> dict[str, str]:
    return dict(sorted(labels.items(), key=lambda item: _collated(item[1])))


def _collated(words: str) -> list[int]:
    """Lithuanian order: ą after a, č after c, y with i, š after s, ž after z."""
    alphabet = "aąbcčdeęėfghiįyjklmnoprsštuųūvzž"
    return [alphabet.find(letter) if letter in alphabet else -1 for letter in words.lower()]


# Counts in words ------------------------------------------------------------------------------


def counted(value: object, is_at_least: object, is_about: object = False) -> str:
    """A count with its mark, as short as a phone needs it; a dash where nothing is counted."""
    if value is None or pd.isna(value):  # type: ignore[call-overload]
        return "–"
    mark = ("≥ " if is_at_least else "") + ("≈ " if is_about else "")
    return f"{mark}{number(float(str(value)), 0)}"


def _name() -> str:
    return "name_en" if current_language() == "en" else "name"


def in_words(chosen: Chosen) -> None:
    """How many municipalities were told of, how many said none, of how many nobody knows."""
    places = _within(chosen, _places(chosen))
    states = places["state"].value_counts()
    active, zero, silent = (int(states.get(s, 0)) for s in ("active", "zero", "no_answer"))
    sentences = [
        plural(
            "Activities were reported in **{active} municipality of {all}**",
            "Activities were reported in **{active} municipalities of {all}**",
            active,
        ).format(active=active, all=len(places))
        + _home_to(places)
    ]
    if zero:
        sentences.append(
            plural(
                "**{count}** reported that there were none",
                "**{count}** reported that there were none",
                zero,
            ).format(count=zero)
        )
    sentences.append(
        plural(
            "of **{count}** nothing is known: silence is not zero",
            "of **{count}** nothing is known: silence is not zero",
            silent,
        ).format(count=silent)
    )
    st.markdown("; ".join(sentences) + ".")


def _places(chosen: Chosen) -> pd.DataFrame:
    """All 60 municipalities: asked for once, however many sections show some of them."""
    return door.ask("activities/by_municipality", **chosen.what)


def _within(chosen: Chosen, places: pd.DataFrame) -> pd.DataFrame:
    """Those of the chosen county."""
    return places if chosen.county is None else places[places["county"] == chosen.county]


def _home_to(places: pd.DataFrame) -> str:
    inhabitants = places["inhabitants"].sum()
    living = places.loc[places["state"] == "active", "inhabitants"].sum()
    if not living:
        return ""
    return " " + text("(home to {share} of inhabitants, {year})").format(
        share=share(living / inhabitants), year=int(places["inhabitants_in"].iloc[0])
    )


# The map and what stands beside it ------------------------------------------------------------


def the_map(chosen: Chosen) -> None:
    """The map with its margin on the left, who did most on the right, the table beneath."""
    places = _places(chosen)
    left, right = st.columns([3, 2], gap="medium")
    with left:
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
        signs = _signs(chosen) if overlay else {}
        states = door.labels_of("place_state")
        municipality_map.municipality_map(
            municipality_map.drawn(
                [
                    _look(row, shade, states, signs.get(row["municipality"], []))
                    if chosen.county in (None, row["county"])
                    or chosen.municipality == row["municipality"]
                    else _outside(row)
                    for row in places.to_dict("records")
                ],
                label=text(
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
                signs={SIGNS[status]: words for status, words in _statuses(signs).items()},
                chosen=chosen.municipality,
            ),
            key="map",
            on_click=partial(_clicked, chosen.municipality),
        )
        st.caption(
            text("A click on a municipality shows it alone; a second click shows all again.")
            + " "
            + components.verbatim(municipality_map.attribution())
        )
    with right:
        _ranking(_within(chosen, places), shade)
    components.answer_table(
        "activities/by_municipality",
        chosen.where,
        alt=text("The municipalities with state, activities and inhabitants"),
        hidden=["activities_are_about"],
        label=text("Table and file: municipalities"),
    )
    margin(chosen)


def _clicked(chosen: str | None, code: str) -> None:
    filters.take("municipality", [] if code == chosen else [code])


def _look(row: Row, shade: str | None, states: Mapping[str, str], statuses: Sequence[Row]) -> Look:
    state = str(row["state"])
    lines = [states[state]]
    if state != "no_answer":
        lines = [text("Activities") + f": {_count_of(row)}"]
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
    lines += [f"{SIGNS.get(one['status'], '')} {_of_status(one)}" for one in statuses]
    value = row["activities_per_100k"] if shade else row["activities"]
    return Look(
        code=str(row["municipality"]),
        name=str(row[_name()]),
        state=state,
        value=None if pd.isna(value) else float(value),
        lines=lines,
        sign=" ".join(dict.fromkeys(SIGNS.get(one["status"], "") for one in statuses)),
    )


def _outside(row: Row) -> Look:
    """A municipality of another county than the one asked for: its outline and no more."""
    return Look(str(row["municipality"]), str(row[_name()]), "outside", value=None, lines=[])


def _count_of(row: Row) -> str:
    return counted(row["activities"], row["activities_are_at_least"], row["activities_are_about"])


def _unplaced_of(row: Row) -> str:
    return counted(row["unplaced"], row["unplaced_are_at_least"], row["unplaced_are_about"])


def _of_status(row: Row) -> str:
    dated = components.told(row["dated_on"])
    words = door.label("coordination_status", row["status"])
    publisher = _publisher(row)
    # Of the one that is told against a municipality, who tells it belongs to the sentence.
    if row["status"] == _AGAINST and publisher:
        return words + ", " + text("as reported by {publishers}").format(publishers=publisher)
    decided = f"Nr. {row['decision']}" if components.told(row["decision"]) else ""
    return ", ".join(filter(None, (words, dated, decided)))


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


def _signs(chosen: Chosen) -> dict[str, list[Row]]:
    """What is known of coordination, by municipality, of those that are not an outline only."""
    found: dict[str, list[Row]] = {}
    shown = door.ask("activities/coordination", county=chosen.county)
    if chosen.county and chosen.municipality:
        alone = door.ask("activities/coordination", municipality=chosen.municipality)
        shown = pd.concat([shown, alone]).drop_duplicates(["municipality", "status", "source"])
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
    for status in SIGNS:
        if of_status := having.get(status):
            words[status] = door.label("coordination_status", status)
            publishers = {_publisher(row): None for row in of_status if _publisher(row)}
            if status == _AGAINST and publishers:
                words[status] += ", " + text("as reported by {publishers}").format(
                    publishers=", ".join(publishers)
                )
            words[status] += f" ({len({row['municipality'] for row in of_status})})"
    return words


def _publisher(row: Row) -> str:
    return components.told(row["source_publisher"]) or components.told(row["source_title"])


def _ranking(places: pd.DataFrame, shade: str | None) -> None:
    st.subheader(text("Most activities reported"))
    active = places[places["state"] == "active"]
    if active.empty:
        st.caption(text("With these filters nowhere."))
        return
    value = "activities_per_100k" if shade else "activities"
    ranked = active.sort_values(value, ascending=False, kind="stable")
    if shade:
        words = [
            f"{number(row['activities_per_100k'], 1)} ({_count_of(row)})"
            for row in ranked.to_dict("records")
        ]
    else:
        words = [_count_of(row) for row in ranked.to_dict("records")]
    components.figure(
        charts.ranking(
            ranked.assign(words=words).head(_RANKED),
            label=_name(),
            value=value,
            value_label=text("Activities per 100,000 inhabitants") if shade else text("Activities"),
            words="words",
        ),
        alt=text("Municipalities by number of reported activities"),
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
            with st.container(border=True, key=f"unplaced:{row['scope']}:{row['is_total']}"):
                title = door.label("scope", row["scope"])
                if row["is_total"]:
                    title += " – " + text("a total not itemised")
                components.named_number(title, _count_of(row))
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
    places = _places(chosen)
    [row] = places[places["municipality"] == code].to_dict("records")
    st.header(components.verbatim(str(row[_name()])), anchor=False)
    st.button(
        text("Show all municipalities"),
        icon=":material/arrow_back:",
        type="tertiary",
        key="all-municipalities",
        on_click=filters.take,
        args=("municipality", []),
    )
    with st.container(horizontal=True):
        with st.container(border=True):
            components.named_number(text("Activities told of"), _count_of(row))
        if row["state"] == "active":
            with st.container(border=True):
                components.named_number(
                    text("Activities per 100,000 inhabitants"),
                    number(row["activities_per_100k"], 1),
                )
        if not pd.isna(row["participants"]):
            with st.container(border=True):
                components.named_number(
                    text("Participants"),
                    counted(row["participants"], row["participants_are_at_least"]),
                )
        with st.container(border=True):
            components.named_number(
                text("Inhabitants in {year}").format(year=row["inhabitants_in"]),
                number(row["inhabitants"], 0),
            )
    if row["state"] == "no_answer":
        st.info(
            text(
                "With these filters nobody said anything about this municipality: whether there "
                "were activities is not known."
            )
        )
    elif row["state"] == "zero":
        st.info(text("It was reported that there were none."))
    st.subheader(text("Coordination"))
    coordination(chosen)
    st.subheader(text("Beside its neighbours and its county"))
    _surroundings(chosen)


def _surroundings(chosen: Chosen) -> None:
    near = door.ask("activities/surroundings", municipality=chosen.municipality)
    codes = [str(chosen.municipality), *near["other"]]
    compared: door.Filters = {**chosen.what, "municipality": codes}
    places = _places(chosen)
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
        words=[_count_of(row) for row in places.to_dict("records")],
        activities_per_100k=places["activities_per_100k"].round(1),
    )
    st.dataframe(
        shown[[_name(), "relation", "state_words", "words", "activities_per_100k", "inhabitants"]],
        hide_index=True,
        column_config={
            _name(): st.column_config.TextColumn(text("Municipality"), pinned=True),
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
            names = components.verbatim(", ".join(of_status[_name()]))
            st.markdown(f"{SIGNS[status]} **{words}**: {names}")
            cited = of_status.drop_duplicates(["source_title", "source_url"])
            st.caption(
                (text("Sources") if len(cited) > 1 else text("Source"))
                + ": "
                + "; ".join(_linked(row) for row in cited.to_dict("records"))
            )
    else:
        for row in rows.to_dict("records"):
            _of_coordination(row)
    if (rows["status"] == _AGAINST).any():
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
    st.markdown(f"{SIGNS.get(row['status'], '')} **{components.verbatim(_of_status(row))}**")
    if components.told(row["quote"]):
        components.quotation(row["quote"])
    _source(row)


def _source(row: Row) -> None:
    st.caption(text("Source") + ": " + _linked(row))


def _linked(row: Row) -> str:
    """The title of a source as a link, where it has an address."""
    title = components.verbatim(components.told(row["source_title"]))
    url = components.told(row["source_url"])
    return f"[{title}]({url})" if url else title


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
    kinds = door.ask("activities/by_year_and_kind", **chosen.whenever)
    kinds = kinds.dropna(subset=["year"])
    labels = door.labels_of("activity_kind")
    components.figure(
        charts.years_of_activities(
            dated.assign(
                activities_words=[
                    _count_of(row) if row["activities"] else "" for row in dated.to_dict("records")
                ],
                unplaced_words=[
                    _unplaced_of(row) if row["unplaced"] else "" for row in dated.to_dict("records")
                ],
            ),
            kinds.assign(
                label=kinds["kind"].map(labels),
                words=[
                    f"{labels[row['kind']]}: {_count_of(row)}" for row in kinds.to_dict("records")
                ],
            ),
            placed_label=text("Activities in municipalities, by kind"),
            unplaced_label=text("Without a municipality"),
            other_label=text("other kinds"),
        ),
        alt=text("Activities by year and kind, and the number of sources of each year"),
        key="over-time",
    )
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
        st.caption(sentence.format(placed=_count_of(row), unplaced=_unplaced_of(row)))
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


# Gaps -----------------------------------------------------------------------------------------


def gaps(chosen: Chosen) -> None:
    """Which forms reach whom, or whom where, and which of it a recommendation asks for."""
    view = filters.choose(
        "gaps",
        text("Forms of exploitation by"),
        {"municipality": text("municipality")},
        all_label=text("target group"),
    )
    st.caption(
        text(
            "Outlined: a recommendation or a measure of the draft protocol asks for it. An empty "
            "outlined cell is one that nobody told of, which is not to say that nothing took "
            "place. An activity counts in every cell that its source names. Which words name what "
            "is a reading."
        )
    )
    if view:
        _gaps_by_municipality(chosen)
    else:
        _gaps_by_group(chosen)


def _gaps_by_group(chosen: Chosen) -> None:
    cells = door.ask("activities/gaps", **chosen.where)
    forms, groups = door.labels_of("exploitation_form"), door.labels_of("target_group")
    any_form, any_group = text("whatever form"), text("whoever they are for")
    asked = cells["asked_by"].map(lambda codes: _listed(codes) != [])
    told = (cells["activities"] > 0) | (cells["unplaced"] > 0)
    kept = asked | told
    # A row or a column stands where something in it is asked for or told of.
    # Of the others nothing can be told while one is asked for.
    only_form, only_group = chosen.what["form"], chosen.what["target_group"]
    shown_groups = [
        code
        for code in groups
        if only_group in (None, code) and (kept & (cells["target_group"] == code)).any()
    ]
    shown_forms = [
        code
        for code in forms
        if only_form in (None, code) and (kept & (cells["form"] == code)).any()
    ]
    at = {(row["target_group"], row["form"]): row for row in _plain_rows(cells)}
    shown_rows: dict[str | None, str] = {
        None: any_group,
        **{code: groups[code] for code in shown_groups},
    }
    shown_columns: dict[str | None, str] = {
        None: any_form,
        **{code: forms[code] for code in shown_forms},
    }
    label = text("Forms of exploitation by target group: what was told of and what is asked for")
    grid.grid(
        grid.drawn(
            [[_cell(at[group, form]) for form in shown_columns] for group in shown_rows],
            label=label,
            corner=text("Target group × form of exploitation"),
            rows=list(shown_rows.values()),
            columns=list(shown_columns.values()),
            asked=text("asked for"),
        ),
        key="gaps:groups",
    )
    st.caption(
        text(
            "The first number is of activities in municipalities, the one after the plus of those "
            "without one."
        )
    )
    [whatever] = cells[cells["form"].isna() & cells["target_group"].isna()].to_dict("records")
    if whatever["activities"]:
        st.markdown(
            text(
                "Activities in municipalities: {all}; naming no form of exploitation: {forms}; "
                "naming no target group: {groups}. More may be known than was told."
            ).format(
                all=_count_of(whatever),
                forms=number(whatever["without_form"], 0),
                groups=number(whatever["without_target_group"], 0),
            )
        )
    _missing_in_words(
        [
            (_listed(row["asked_by"]), f"{shown_rows[group]} × {shown_columns[form]}")
            for (group, form), row in at.items()
            if group in shown_rows
            and form in shown_columns
            and _listed(row["asked_by"])
            and not row["activities"]
            and not row["unplaced"]
        ],
        is_narrowed=any(chosen.where.values()),
    )
    components.answer_table(
        "activities/gaps",
        chosen.where,
        alt=text("Forms of exploitation by target group"),
    )


def _listed(codes: object) -> list[str]:
    """The codes in a cell that holds a list; none in an empty one."""
    return [str(code) for code in codes] if isinstance(codes, Collection) else []


def _cell_words(row: Row) -> str:
    words = []
    if row["activities"]:
        words.append(_count_of(row))
    if row["unplaced"]:
        words.append("+" + _unplaced_of(row))
    return " ".join(words)


def _plain_rows(cells: pd.DataFrame) -> list[Row]:
    """The rows, an empty cell as None and not as a number that is none."""
    return list(cells.astype(object).where(cells.notna(), None).to_dict("records"))


def _cell(row: Row) -> grid.Cell:
    lines = [
        text("In municipalities: {count}").format(count=_count_of(row))
        if row["activities"]
        else text("In municipalities: nothing was told of"),
        text("Without a municipality: {count}").format(count=_unplaced_of(row))
        if row["unplaced"]
        else text("Without a municipality: nothing was told of"),
    ]
    codes = _listed(row["asked_by"])
    if codes:
        lines.append(text("Asked for by {codes}").format(codes=", ".join(codes)))
    # What has no place is not shaded as if it were that many somewhere.
    value = row["activities"] or min(row["unplaced"], 1)
    return grid.Cell(_cell_words(row), value, bool(codes), lines)


def _missing_in_words(missing: Sequence[tuple[Sequence[str], str]], *, is_narrowed: bool) -> None:
    """What is asked for and told of by nobody, recommendation by recommendation.

    `missing` has who asks and what, in words. What is told of elsewhere or in another year is
    missing only with the filters that are chosen, and that is said.
    """
    if not missing:
        return
    by_code: dict[str, list[str]] = {}
    for codes, words in missing:
        for code in codes:
            by_code.setdefault(code, []).append(words)
    st.markdown(
        text("**Asked for, and with these filters told of by nobody:**")
        if is_narrowed
        else text("**Asked for, and told of by nobody:**")
    )
    for code, named in sorted(by_code.items()):
        with st.expander(
            plural(
                "{code}: {count} combination", "{code}: {count} combinations", len(named)
            ).format(code=code, count=len(named)),
            key=f"missing:{code}",
        ):
            st.markdown("\n".join(f"- {components.verbatim(words)}" for words in named))
            components.recommendation_link(
                code, text("To the recommendation {code}").format(code=code), place="gaps"
            )


def _gaps_by_municipality(chosen: Chosen) -> None:
    cells = door.ask("activities/gaps_by_municipality", **chosen.where)
    forms = door.labels_of("exploitation_form")
    named = [code for code in forms if (cells["form"] == code).any()]
    columns: dict[str | None, str] = {
        None: text("whatever form"),
        **{code: forms[code] for code in named},
    }
    rows = _plain_rows(cells)
    at = {(row["municipality"], row["form"]): row for row in rows}
    names = {row["municipality"]: str(row[_name()]) for row in rows}
    # Where a form was told of nowhere in a municipality, no row says so.
    grid.grid(
        grid.drawn(
            [[_cell_of_form(at.get((place, form))) for form in columns] for place in names],
            label=text("Forms of exploitation by municipality"),
            corner=text("Municipality × form of exploitation"),
            rows=list(names.values()),
            columns=list(columns.values()),
            asked=text("asked for"),
        ),
        key="gaps:municipalities",
    )
    if not named:
        st.caption(text("With these filters no activity in a municipality names a form."))
    components.answer_table(
        "activities/gaps_by_municipality",
        chosen.where,
        alt=text("Forms of exploitation by municipality"),
        hidden=["municipality"],
    )


def _cell_of_form(row: Row | None) -> grid.Cell:
    if row is None:
        return grid.Cell(lines=[text("nothing was told of")])
    lines = [text("nothing was told of")]
    if row["activities"] is not None:
        lines = [text("Activities") + f": {_count_of(row)}"]
    codes = _listed(row["asked_by"])
    if codes:
        lines.append(text("Asked for by {codes}").format(codes=", ".join(codes)))
    return grid.Cell(_count_of(row).strip("–"), row["activities"] or 0, bool(codes), lines)


def forms_in_cases(chosen: Chosen) -> None:
    """Forms in prevention beside forms in cases: two facts, and nothing computed from them."""
    prevention = door.ask("activities/gaps", **chosen.where)
    prevention = prevention[prevention["target_group"].isna() & prevention["form"].notna()]
    cases = door.ask("activities/forms_in_cases")
    told = {row["form"]: row for row in prevention.to_dict("records")}
    nothing = ":gray[" + text("nothing was told of") + "]"
    lines = []
    for code, name in door.labels_of("exploitation_form").items():
        of_form = cases[cases["form"] == code]
        row = told.get(code)
        if of_form.empty and (row is None or not (row["activities"] or row["unplaced"])):
            continue
        lines.append(
            {
                text("Form of exploitation"): components.verbatim(name),
                text("Prevention activities"): (_cell_words(row) if row else "") or nothing,
                text("In cases"): "; ".join(
                    f"{components.verbatim(door.label('indicator', case['indicator']))} "
                    f"{int(case['year'])}: {components.told(case['mark'])}"
                    f"**{number(case['value'], 0)}**"
                    for case in of_form.to_dict("records")
                    if not pd.isna(case["value"])
                )
                or nothing,
            }
        )
    st.table(
        pd.DataFrame(lines),
        border="horizontal",
        hide_index=True,
        alt=text("Forms of exploitation in prevention and in cases"),
    )
    st.caption(
        text(
            "The figures of cases are of the whole country and of different years; they do not "
            "follow the filters above, and nothing is computed from the two."
        )
    )
    components.answer_table(
        "activities/forms_in_cases",
        {},
        alt=text("Cases by form of exploitation, with their sources"),
        hidden=["source"],
        label=text("Cases by form, with sources, and file"),
    )


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
            data=partial(door.request_workbook, chosen.municipality, year),
            file_name=f"{chosen.municipality}-{year}.xlsx",
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
            data=partial(door.municipality_batch, list(silent["municipality"]), year),
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
    _listing(asked, key="told")
    _files(asked, {**chosen.where, "scope": where}, key="told")


def undated(chosen: Chosen) -> None:
    """Activities whose year no source states: apart, and never dropped."""
    asked: dict[str, Any] = {**chosen.whenever, "undated": "taip"}
    if chosen.years:
        st.caption(text("In none of the counts above, as years are chosen there."))
    else:
        st.caption(text("Counted above, as all years are shown there."))
    _listing(asked, key="undated")
    _files(asked, chosen.where, key="undated")


def _listing(asked: dict[str, Any], *, key: str) -> None:
    shown = f"page:{key}"
    page = int(st.session_state.get(shown) or 1)
    found = _page(asked, page)
    if found.empty and page > 1:  # other filters leave fewer pages
        page, found = 1, _page(asked, 1)
        st.session_state[shown] = 1
    if found.empty:
        st.caption(text("With these filters nothing."))
        return
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
        st.pagination(pages, key=shown)


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
                _unplaced_of(raw) if unplaced and not placed else _count_of(raw),
            ),
            # The two are never added up.
            (text("Without a municipality"), _unplaced_of(raw) if placed and unplaced else ""),
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
    _source(row)


def _files(asked: dict[str, Any], chosen: door.Filters, *, key: str) -> None:
    """Both files: the activities folded, and every statement as it was told.

    The link in them leads to this page with what is `chosen` on it.
    """
    link = components.page_link_address(chosen)
    with st.container(horizontal=True):
        for question, label in (
            ("activities/told", text("Download as Excel")),
            ("activities/list", text("Every statement as Excel")),
        ):
            st.download_button(
                label,
                data=partial(door.excel, question, asked, link, current_language()),
                file_name=components.file_name(question, asked),
                mime=components.EXCEL_TYPE,
                on_click="ignore",
                icon=":material/download:",
                key=f"excel:{key}:{question}",
            )
