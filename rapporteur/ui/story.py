"""The year's story: the pieces of the overview, each with the way to the page that tells more."""

from typing import Final

import pandas as pd
import streamlit as st

from rapporteur.delivery import reference
from rapporteur.documents import palette
from rapporteur.ui import charts, components, door, picture, prevention, trends
from rapporteur.ui import coverage as coverage_words
from rapporteur.ui.language import date, number, period, plural, text

_INDICATOR: Final = "pretrial_investigations_opened"
_MOST_NAMED: Final = 3
_FORWARD: Final = ":material/arrow_forward:"


def for_a_first_visit() -> None:
    """What this is, and where an analyst, an official and a reader begin; behind a button."""
    with st.popover(
        text("New here? What this is, and where to start"),
        type="tertiary",
        icon=":material/signpost:",
        key="first-visit",
    ):
        st.markdown(
            text(
                "The national rapporteur makes recommendations against trafficking in human "
                "beings, institutions give data on them, and the rapporteur judges how far they "
                "are implemented. Here is what was asked of whom, who answered, where prevention "
                "ran and how many investigations were opened. Every figure leads to the sentence "
                "of its source, and where nobody said anything, that is what is shown: no zero."
            )
        )
        components.page_link(
            "pages/implementation.py",
            text("For an analyst: who answered, and how far it is implemented"),
            icon=":material/query_stats:",
        )
        components.page_link(
            "pages/institutions.py",
            text("For an official: what is asked of your institution, and how to answer"),
            icon=":material/assignment:",
        )
        components.page_link(
            "pages/recommendations.py",
            text("For a reader: the recommendations, word for word"),
            icon=":material/menu_book:",
        )


def numbers(register: pd.DataFrame, year: int) -> None:
    """Asked, answered, silent, judged: how many of the recommendations of the year."""
    [coverage] = door.ask("implementation/coverage", year=year).to_dict("records")
    addressees = door.ask("institutions/summary", year=year)
    applicable = len(register) - int((register["state"] == "netaikoma").sum())
    in_state = register["state"].value_counts()
    outside = len(register) - applicable
    asked, answered, silent, assessed = components.cells(4)
    with asked:
        components.key_number(
            number(len(register), 0),
            text("recommendations of the year"),
            "; ".join(
                filter(
                    None,
                    [
                        plural(
                            "addressed to {count} institution or group",
                            "addressed to {count} institutions or groups",
                            len(addressees),
                        ).format(count=len(addressees)),
                        text("not applicable to anybody: {count}").format(count=outside)
                        if outside
                        else "",
                    ],
                )
            ),
            "pages/recommendations.py",
            year=year,
        )
    with answered:
        components.key_number(
            _part(in_state.get("pateikta", 0), applicable),
            text("with all data provided"),
            text("with a part of the data: {count}").format(
                count=in_state.get("pateikta iš dalies", 0)
            ),
            "pages/recommendations.py",
            year=year,
            state="pateikta",
        )
    with silent:
        components.key_number(
            _part(in_state.get("nepateikta", 0), applicable),
            text("without any data"),
            _other_silence(coverage_words.kinds_of_silence(register).value_counts()),
            "pages/recommendations.py",
            year=year,
            state="nepateikta",
        )
    with assessed:
        least, most = coverage["implemented_at_least"], coverage["implemented_at_most"]
        components.key_number(
            _part(coverage["assessed"], coverage["to_judge"]),
            text("judged by the rapporteur"),
            text("implemented, as judged: {least}").format(least=least)
            if least == most
            else text("implemented: between {least} and {most}").format(least=least, most=most),
            "pages/implementation.py",
            year=year,
        )


def _part(count: int, whole: int) -> str:
    return text("{part} of {whole}").format(part=number(count, 0), whole=number(whole, 0))


def _other_silence(in_state: "pd.Series[int]") -> str:
    """Silence of some, silence that is none yet, or no silence at all, beside the one that is."""
    told = [
        words.format(count=in_state[state])
        for state, words in (
            (
                coverage_words.SOME_SILENT,
                text("of these, others not asked or not mentioned: {count}"),
            ),
            (
                coverage_words.SOME_SILENT_SOME_AWAITED,
                text("some silent, others awaited: {count}"),
            ),
            ("neminima", text("not mentioned: {count}")),
            ("laukiama", text("still awaited: {count}")),
            ("neprašyta", text("not asked: {count}")),
        )
        if in_state.get(state, 0)
    ]
    return "; ".join(told) or text("silence is not “not implemented”")


def where_prevention_reached(year: int | None) -> None:
    """Municipalities by what is known of them; what has no place stands apart, never added."""
    st.header(text("Where prevention reached"))
    chosen = prevention.Chosen({"year": [year] if year else None}, None, None)
    st.markdown(components.as_sentence(prevention.in_words(chosen)))
    places = prevention.places_of(chosen)
    states = places["state"].value_counts()
    labels = {
        state: f"{door.label('place_state', state)} – {states.get(state, 0)}"
        for state in palette.PLACE_LOOKS
    }
    # A row for each, which its own words can stand beside.
    rows = pd.DataFrame(
        [{"name": label, state: int(states.get(state, 0))} for state, label in labels.items()]
    )
    chart = charts.stacked_states(
        rows,
        category="name",
        states=[charts.place_state(state, label) for state, label in labels.items()],
        has_legend=False,
    )
    components.figure(
        chart,
        title=text("Of how many municipalities is anything known?"),
        unit=text("municipalities")
        + ", "
        + (period([year]) if year else text("all years together")),
        source=picture.sources(
            door.ask("activities/sources", **chosen.what, scope="savivaldybė")["source_title"]
        ),
        name="activities/by_municipality",
        filters=chosen.what,
        alt="; ".join(labels.values()),
        key="reached",
    )
    if unplaced := _unplaced(chosen):
        st.caption(
            text("Reported without a municipality, and not added up: {told}.").format(told=unplaced)
        )
    components.page_link(
        "pages/activities.py", text("Where prevention ran"), icon=_FORWARD, year=year
    )


def _unplaced(chosen: prevention.Chosen) -> str:
    total = text("a total not itemised")
    return "; ".join(
        components.verbatim(
            door.label("scope", row["scope"])
            + (f" ({total})" if row["is_total"] else "")
            + " – "
            + prevention.count_of(row).replace(" ", "\N{NO-BREAK SPACE}")
        )
        for row in door.ask("activities/unplaced", **chosen.what).to_dict("records")
    )


def indicator() -> str:
    """The indicator whose line stands on the overview, by its code of today."""
    return reference.present("indicator", _INDICATOR)


def investigations() -> None:
    """The line of the investigations that were started, with the exact interval of each year."""
    st.header(text("Pre-trial investigations opened"))
    about = door.ask("investigations/indicators")
    others = len(about)
    about = about[about["code"] == indicator()]
    if about.empty:
        st.caption(
            text("No figures were loaded yet.")
            if not others
            else plural(
                "None of the figures loaded is of it: they are of {count} other indicator.",
                "None of the figures loaded is of it: they are of {count} other indicators.",
                others,
            ).format(count=others)
        )
        return
    chosen = trends.Chosen(about.iloc[0].to_dict(), {}, None, has_band=True)
    points = trends.in_its_unit(door.ask("investigations/series", **chosen.asked), chosen)
    st.markdown(components.as_sentence(trends.in_words(chosen, points)))
    trends.told_apart(chosen)
    if not points["value"].isna().all():
        chart = charts.series(
            trends.with_words(points, door.label("unit", chosen.about["unit"])),
            value_label=chosen.name,
            uncertain_label=text("about, or provisional"),
            competing_label="",
            break_label=text("the definition changes"),
            source_label=text("Source"),
            interval_label=text("95% interval"),
            height=160,
        )
        # What the band is stands in the sentence above.
        chart.update_layout(showlegend=False)
        components.figure(
            chart,
            title=trends.finding(chosen, points),
            unit=trends.unit_and_period(chosen, points),
            source=picture.sources(points["source_title"], most=1),
            name="investigations/series",
            filters=chosen.asked,
            alt=text("a gap is a year without a figure"),
            key="investigations",
        )
    components.page_link(
        "pages/investigations.py",
        text("The series and its sources"),
        icon=_FORWARD,
        indicator=indicator(),
    )


def last_load() -> None:
    """When data were loaded last, and the tables that changed most by it."""
    st.header(text("What changed with the last load"))
    changes = door.ask("overview/last_load")
    if changes.empty:
        st.caption(text("Nothing has been loaded yet") + ".")
        return
    deliveries = sorted(changes["delivery"].unique())
    told = plural(
        "On {day} **{count} delivery** was loaded",
        "On {day} **{count} deliveries** were loaded",
        len(deliveries),
    ).format(day=date(changes["loaded_at"].iloc[0].date()), count=len(deliveries))
    told += "; " + text("rows added – {added}, changed – {changed}, removed – {removed}").format(
        **{name: number(int(changes[name].sum()), 0) for name in ("added", "changed", "removed")}
    )
    st.markdown(components.as_sentence(told))
    touched = changes.assign(rows=changes["added"] + changes["changed"] + changes["removed"])
    most = touched.groupby("table_name")["rows"].sum().sort_values(ascending=False, kind="stable")
    st.caption(
        text("Most in the tables: {tables}.").format(
            tables=", ".join(
                f"{door.label('table', str(table))} – {number(int(rows), 0)}"
                for table, rows in most.head(_MOST_NAMED).items()
            )
        )
    )
    components.page_link(
        "pages/data.py",
        text("The deliveries and what each changed"),
        icon=_FORWARD,
        delivery=deliveries[0] if len(deliveries) == 1 else None,
    )


def due_next(year: int | None) -> None:
    """The next term of each year's requests and what is past its term; or that nothing is due."""
    st.header(text("What is due next"))
    requests = door.ask("institutions/requests")
    open_ones = requests[requests["standing"].isin(["awaited", "overdue"])]
    if requests.empty:
        st.markdown(text("Nothing is due: no requests with terms were loaded."))
    elif open_ones.empty:
        st.markdown(text("Nothing is due: no request is open."))
    years = sorted({int(one) for one in open_ones["year"]}, reverse=True)
    for one in years:
        # The page of that year counts the same requests.
        for sentence in due_in_words(open_ones[open_ones["year"] == one]):
            st.markdown(f"{period([one])}: {sentence}" if len(years) > 1 else sentence)
        components.page_link(
            "pages/institutions.py",
            text("Whose answers are missing") + (f" ({one})" if len(years) > 1 else ""),
            icon=_FORWARD,
            year=one,
        )
    if not years:
        components.page_link(
            "pages/institutions.py",
            text("Whose answers are missing"),
            icon=_FORWARD,
            year=year,
        )


def due_in_words(open_ones: pd.DataFrame) -> list[str]:
    """The next term with who has it, and who is past it; rows of institutions/requests."""
    standing = open_ones["standing"]
    awaited, overdue = open_ones[standing == "awaited"], open_ones[standing == "overdue"]
    told = []
    if len(awaited):
        term = awaited["due_on"].min()
        of_term = awaited[awaited["due_on"] == term]
        told.append(
            plural(
                "Next term: **{day}**, {count} answer is awaited ({institutions}).",
                "Next term: **{day}**, {count} answers are awaited ({institutions}).",
                len(of_term),
            ).format(
                day=date(term), count=len(of_term), institutions=_named(of_term["institution"])
            )
        )
    if len(overdue):
        told.append(
            plural(
                "**{count} request** is past its term ({institutions}).",
                "**{count} requests** are past their terms ({institutions}).",
                len(overdue),
            ).format(count=len(overdue), institutions=_named(overdue["institution"]))
        )
    return told


def _named(codes: "pd.Series[str]") -> str:
    """The first institutions by their codes, and how many more."""
    short = list(dict.fromkeys(codes))
    named = ", ".join(components.verbatim(code) for code in short[:_MOST_NAMED])
    more = len(short) - _MOST_NAMED
    return named if more <= 0 else named + " " + text("and {count} more").format(count=more)
