"""Prevention by municipality: what the reader asks for, and how its counts are told in words.

Every section of the page asks with the same filters. Counts are of statements that sources make,
never of what took place: where nobody said anything, that is what is shown.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from rapporteur.ui import components, door, filters, markdown
from rapporteur.ui.language import current_language, number, plural, share, text, years_told

Row = Mapping[Hashable, Any]


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
        municipality = filters.find(
            "municipality",
            text("Municipality"),
            _in_alphabet(door.labels_of("municipality")),
            all_label=text("All municipalities"),
        )
    others = ("form", "target_group", "organiser", "county")
    with components.more_filters(others):
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
            "organiser",
            "activities/organisers",
            text("Organiser"),
            text("All organisers"),
            by_typing=True,
        )
        county = filters.find(
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


def count_of(row: Row) -> str:
    """The activities of a row, in words."""
    return counted(row["activities"], row["activities_are_at_least"], row["activities_are_about"])


def unplaced_of(row: Row) -> str:
    """The activities of a row that have no municipality, in words."""
    return counted(row["unplaced"], row["unplaced_are_at_least"], row["unplaced_are_about"])


def name_column() -> str:
    """The column that holds the names in the reader's language."""
    return "name_en" if current_language() == "en" else "name"


def in_words(chosen: Chosen) -> str:
    """How many municipalities were told of, how many said none, of how many nobody knows.

    Of one municipality, which of the three it is.
    """
    if chosen.municipality:
        return _of_one_in_words(chosen)
    told = _of_many_in_words(of_county(chosen, places_of(chosen)))
    if not chosen.years:
        return text("In all years together {told}").format(told=told)
    return text("In {years} {told}").format(years=years_told(chosen.years), told=told)


def _of_one_in_words(chosen: Chosen) -> str:
    places = places_of(chosen)
    [row] = places[places["municipality"] == chosen.municipality].to_dict("records")
    name = components.verbatim(str(row[name_column()]))
    when = (
        text("in {years}").format(years=years_told(chosen.years))
        if chosen.years
        else text("all years together")
    )
    told = {
        "active": text("activities told of: {count}").format(count=count_of(row)),
        "zero": text("it was reported that there were none"),
        "no_answer": text(
            "nobody said anything about this municipality, so whether there were activities is "
            "not known"
        ),
    }
    return f"**{name}**, {when}: {told[row['state']]}"


def _of_many_in_words(places: pd.DataFrame) -> str:
    states = places["state"].value_counts()
    active, zero, silent = (int(states.get(s, 0)) for s in ("active", "zero", "no_answer"))
    sentences = [
        plural(
            "activities were reported in **{active} municipality of {all}**",
            "activities were reported in **{active} municipalities of {all}**",
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
    return "; ".join(sentences)


def places_of(chosen: Chosen) -> pd.DataFrame:
    """All 60 municipalities: asked for once, however many sections show some of them."""
    return door.ask("activities/by_municipality", **chosen.what)


def of_county(chosen: Chosen, places: pd.DataFrame) -> pd.DataFrame:
    """Those of the chosen county, which a municipality goes before."""
    county = chosen.places["county"]
    return places if county is None else places[places["county"] == county]


def _home_to(places: pd.DataFrame) -> str:
    inhabitants = places["inhabitants"].sum()
    living = places.loc[places["state"] == "active", "inhabitants"].sum()
    if not living:
        return ""
    return " " + text("(home to {share} of inhabitants, {year})").format(
        share=share(living / inhabitants), year=int(places["inhabitants_in"].iloc[0])
    )


def source_of(row: Row) -> None:
    """Say which source tells what a row says."""
    st.caption(text("Source") + ": " + linked(row))


def linked(row: Row) -> str:
    """The title of a source as a link, where it has an address."""
    return markdown.link(
        components.told(row["source_title"]), components.told(row["source_url"]) or None
    )
