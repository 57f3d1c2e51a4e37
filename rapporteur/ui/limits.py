"""What the data do not hold, what is our reading and what the software cannot do, counted anew."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import streamlit as st

from rapporteur.ui import components, door
from rapporteur.ui.language import number, plural, text, years_told
from rapporteur.ui.trends import chain_codes


@dataclass(frozen=True)
class Limit:
    """A limit in a sentence, and the page on which it is seen."""

    said: str
    page: str | None = None
    """None where no page shows more of it."""
    label: str = ""
    query: dict[str, str | int] = field(default_factory=dict)


def known() -> None:
    """Draw every group of limits, folded, with how many it holds."""
    groups = (
        ("data", text("What the data do not hold"), [*_answers(), *_places(), *_figures()]),
        ("readings", text("What is our reading"), list(_readings())),
        ("software", text("What the software does not do"), _software()),
    )
    for code, heading, limits in groups:
        count = plural("{count} limit", "{count} limits", len(limits)).format(count=len(limits))
        with st.expander(f"{heading} ({count})", key=f"limits:{code}"):
            for place, limit in enumerate(limits):
                st.markdown(limit.said)
                if limit.page:
                    components.page_link(
                        limit.page,
                        limit.label,
                        icon=":material/arrow_forward:",
                        place=f"limit:{code}:{place}",
                        **limit.query,
                    )


def _answers() -> Iterator[Limit]:
    """Of the last reporting year: who is silent, what is not judged, whether requests are known."""
    years = door.ask("implementation/years")["year"]
    if years.empty:
        return
    year = int(years.iloc[0])
    here: dict[str, str | int] = {"year": year}
    [row] = door.ask("implementation/coverage", year=year).to_dict("records")
    whole = row["recommendations"] - row["not_applicable"]
    if row["unanswered"]:
        yield Limit(
            text("{year}: nobody gave data on {count} of {whole} recommendations.").format(
                year=year, count=row["unanswered"], whole=whole
            ),
            "pages/recommendations.py",
            text("Recommendations without data"),
            {**here, "state": "nepateikta"},
        )
    if row["not_assessed"]:
        yield Limit(
            text("{year}: the rapporteur has judged {count} of {whole} recommendations.").format(
                year=year, count=row["assessed"], whole=row["to_judge"]
            ),
            "pages/implementation.py",
            text("How far they are implemented"),
            here,
        )
    asked = door.ask("institutions/summary", year=year)
    without = asked[(asked["asked"] > 0) & (asked["with_data_at_least"] == 0)]
    if len(without):
        yield Limit(
            text(
                "{year}: {count} of {whole} addressees asked gave no data, are not mentioned, or "
                "have time left."
            ).format(year=year, count=len(without), whole=int((asked["asked"] > 0).sum())),
            "pages/institutions.py",
            text("Whose answers are missing"),
            here,
        )
    requests = door.ask("institutions/requests", year=year)
    if requests.empty:
        yield Limit(
            text(
                "{year}: no letters of request are loaded, so who was asked by when is not known."
            ).format(year=year),
            "pages/institutions.py",
            text("Whose answers are missing"),
            here,
        )
    elif overdue := int(requests["standing"].isin(["overdue", "replied_without_data"]).sum()):
        yield Limit(
            plural(
                "{year}: {count} request got no data by its term.",
                "{year}: {count} requests got no data by their terms.",
                overdue,
            ).format(year=year, count=overdue),
            "pages/institutions.py",
            text("Whose answers are missing"),
            here,
        )


def _places() -> Iterator[Limit]:
    """Of all years: municipalities of which nothing is known, activities without place or year."""
    places = door.ask("activities/by_municipality")
    unknown = int((places["state"] == "no_answer").sum())
    if unknown:
        yield Limit(
            text(
                "Of {count} of {whole} municipalities nobody has told of any prevention activity, "
                "nor that there was none."
            ).format(count=unknown, whole=len(places)),
            "pages/activities.py",
            text("Where prevention ran"),
        )
    unplaced = door.ask("activities/unplaced")
    if rows := int(unplaced["statements"].sum()):
        yield Limit(
            plural(
                "{count} statement on activities names no municipality.",
                "{count} statements on activities name no municipality.",
                rows,
            ).format(count=number(rows, 0)),
            "pages/activities.py",
            text("Reported without a municipality"),
        )
    years = door.ask("activities/years")
    undated = int(years.loc[years["year"].isna(), "statements"].sum())
    if undated:
        yield Limit(
            plural(
                "{count} statement on activities has no year and counts in no single year.",
                "{count} statements on activities have no year and count in no single year.",
                undated,
            ).format(count=number(undated, 0)),
            "pages/activities.py",
            text("Activities, with their sources"),
        )


def _figures() -> Iterator[Limit]:
    """Years without a figure, figures that contradict each other, figures that are doubtful."""
    points = door.ask("investigations/series", indicator=chain_codes())
    points = points.dropna(subset=["value"])
    names = door.labels_of("indicator")
    for code in chain_codes():
        years = set(points.loc[points["indicator"] == code, "year"].astype(int))
        if not years:
            continue
        missing = set(range(min(years), max(years))) - years
        if missing:
            yield Limit(
                text("{indicator}: between {first} and {last} no figure for {years}.").format(
                    indicator=f"**{components.verbatim(names.get(code, code))}**",
                    first=min(years),
                    last=max(years),
                    years=years_told(missing),
                ),
                "pages/investigations.py",
                components.verbatim(names.get(code, code)),
                {"indicator": code},
            )
    disputes = door.ask("investigations/contradictions")["dispute"].nunique()
    if disputes:
        yield Limit(
            plural(
                "In {count} case sources contradict each other.",
                "In {count} cases sources contradict each other.",
                disputes,
            ).format(count=number(disputes, 0)),
            "pages/investigations.py",
            text("What contradicts what"),
        )
    evidence = door.ask("investigations/evidence")
    doubtful = int(evidence["is_doubtful"].eq(True).sum())  # null is no yes
    if doubtful:
        yield Limit(
            plural(
                "{count} figure is stated to be doubtful and is never drawn.",
                "{count} figures are stated to be doubtful and are never drawn.",
                doubtful,
            ).format(count=number(doubtful, 0)),
            "pages/investigations.py",
            text("The sources of every figure"),
        )


def _readings() -> Iterator[Limit]:
    links = door.ask("recommendations/lineage")
    confirmed = links["is_confirmed"].fillna(False).astype(bool)
    if open_links := int((~confirmed).sum()):
        yield Limit(
            text(
                "{count} of {whole} links between recommendations and measures are not confirmed "
                "by the rapporteur."
            ).format(count=open_links, whole=len(links)),
            "pages/protocol.py",
            text("Links, with the confidence of each"),
        )
    if followed := len(door.ask("indicators/followed")):
        yield Limit(
            plural(
                "An indicator of activities is tied to {count} wording of a recommendation by a "
                "reading.",
                "Indicators of activities are tied to {count} wordings of recommendations by a "
                "reading.",
                followed,
            ).format(count=followed),
            "pages/recommendations.py",
            text("Recommendations"),
        )
    yield Limit(
        text("The themes by which recommendations and measures are grouped are in no document."),
        "pages/recommendations.py",
        text("Recommendations by theme"),
    )
    evidence = door.ask("investigations/evidence")
    worked_out = int((evidence["year_basis"].fillna("nurodyti") != "nurodyti").sum())
    if worked_out:
        yield Limit(
            plural(
                "The year of {count} figure is not stated by its source but worked out or "
                "supposed.",
                "The year of {count} figures is not stated by their sources but worked out or "
                "supposed.",
                worked_out,
            ).format(count=number(worked_out, 0)),
            "pages/investigations.py",
            text("The sources of every figure"),
        )


def _software() -> list[Limit]:
    return [
        Limit(
            text(
                "It estimates nothing: no gap is filled, no total is spread over places, no future "
                "is forecast, and no cause is read from a change."
            )
        ),
        Limit(
            text(
                "It reads what institutions send. What no source says, or what nobody has entered, "
                "is not here; “not found” does not mean “does not exist”."
            ),
            "pages/data.py",
            text("What was loaded, and when"),
        ),
        Limit(
            text(
                "Recommendations, answers and quoted words stand in the language of their source; "
                "only short titles, names and lists are in both languages."
            )
        ),
        Limit(
            text(
                "It knows no sign-in: whoever can open it can read it all and load data. It "
                "therefore listens on its own machine alone."
            )
        ),
        Limit(
            text("What cannot be used by everybody, and why, is in the accessibility statement."),
            "pages/accessibility.py",
            text("Accessibility statement"),
        ),
    ]
