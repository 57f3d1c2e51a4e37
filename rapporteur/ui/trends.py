"""Yearly figures: one series with its evidence, the chain of them, and what contradicts what."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
import streamlit as st

from rapporteur.delivery import reference
from rapporteur.documents import answers, apart
from rapporteur.documents.columns import LISTS
from rapporteur.ui import charts, components, door, markdown, picture
from rapporteur.ui.filters import choose, find, take
from rapporteur.ui.language import (
    current_language,
    form_of,
    number,
    period,
    plural,
    text,
    years_told,
)

Row = Mapping[Hashable, Any]
# From an investigation to the help a victim gets; and how each list of a breakdown is called.
_CHAIN: Final = (
    "pretrial_investigations_opened",
    "cases_sent_to_court",
    "persons_convicted",
    "victims_identified",
    "victims_assisted",
)
# By what a figure may be restricted.
_DIMENSIONS: Final = ("sex", "age_group", "citizenship", "form", "territory", "registered_by")


@dataclass(frozen=True)
class Chosen:
    """What the reader looks at."""

    about: Row
    """The indicator, a row of investigations/indicators."""
    broken_down: Mapping[str, str]
    """The breakdown: each column that is restricted, and its code."""
    year: int | None
    """Whose sources are shown; None for all."""
    has_band: bool

    @property
    def indicator(self) -> str:
        """The code of the indicator."""
        return str(self.about["code"])

    @property
    def asked(self) -> door.Filters:
        """The filters of the series."""
        return {"indicator": self.indicator, **self.broken_down}

    @property
    def name(self) -> str:
        """The indicator's name."""
        return str(self.about[f"label_{current_language()}"])

    @property
    def breakdown(self) -> str:
        """What the figures are restricted to, in words; empty for all."""
        return ", ".join(_label(name, code) for name, code in self.broken_down.items())

    @property
    def is_stock(self) -> bool:
        """Counted on one day, not over a year."""
        return str(self.about["measure"]) == "stock"


def chain_codes() -> list[str]:
    """The indicators from an investigation to the help a victim gets, by their codes of today."""
    return [reference.present("indicator", code) for code in _CHAIN]


def _label(dimension: str, code: str) -> str:
    for name in LISTS[dimension]:
        labels = door.labels_of(name)
        if code in labels:
            return labels[code]
    return code


def asked_for(indicators: pd.DataFrame) -> Chosen:
    """Draw the filters and give what is chosen; `indicators` has at least one row."""
    language = current_language()
    names = dict(zip(indicators["code"], indicators[f"label_{language}"], strict=True))
    first = next(iter(names))
    with st.container(horizontal=True):
        indicator = (
            find("indicator", text("Indicator"), names, all_label=names[first], default=first)
            or first
        )
        evidence = door.ask("investigations/evidence", indicator=indicator)
        years = {str(y): str(y) for y in sorted(evidence["year"].unique(), reverse=True)}
        year = choose("year", text("Sources of one year"), years, all_label=text("All years"))
        band = choose(
            "band", text("95% intervals"), {"off": text("hidden")}, all_label=text("drawn")
        )
        parts = _broken_down(indicator)
    [about] = indicators[indicators["code"] == indicator].to_dict("records")
    return Chosen(about, parts, int(year) if year else None, band is None)


def _broken_down(indicator: str) -> dict[str, str]:
    """Ask for each breakdown that there are figures of; gives those that are chosen."""
    parts = door.ask("investigations/breakdowns", indicator=indicator)
    headings = {
        "sex": text("Sex"),
        "age_group": text("Age group"),
        "citizenship": text("Citizenship"),
        "form": text("Form of exploitation"),
        "registered_by": text("Registered by"),
        "territory": text("Territory"),
    }
    chosen = {}
    for name, heading in headings.items():
        offered = parts[parts["dimension"] == name].to_dict("records")
        if not offered:
            continue
        options = {
            row["code"]: _label(name, row["code"])
            + " ("
            + plural("{count} year", "{count} years", row["years"]).format(count=row["years"])
            + ")"
            for row in offered
        }
        if code := choose(name, heading, options, all_label=text("All together")):
            chosen[name] = code
    return chosen


def unit_words(about: Row) -> str:
    """The counting unit, and whether it is a flow or a stock, as an axis says it."""
    unit = str(about[f"counting_unit_{current_language()}"])
    if about["measure"] == "stock":
        return text("{unit} on one day").format(unit=unit)
    return text("{unit} a year").format(unit=unit)


def with_words(rows: pd.DataFrame, unit: str) -> pd.DataFrame:
    """Figures as people read them: separators, mark, unit, interval."""
    words = []
    for row in rows.to_dict("records"):
        said = f"{_marked(row)} {unit}".strip()
        if not pd.isna(row.get("low", float("nan"))):
            said += " " + text("(95% interval {low}–{high})").format(
                low=number(row["low"], 1), high=number(row["high"], 1)
            )
        words.append(said)
    definitions = door.ask("investigations/definitions").set_index("code")["from_year"]
    return rows.assign(
        written=[_marked(row) for row in rows.to_dict("records")],
        words=words,
        definition_from=rows["definition"].map(definitions) if "definition" in rows else None,
    )


def milestones() -> pd.DataFrame:
    """Documents that ask for something, by the year they were made in: `year` and `words`."""
    rows = door.ask("investigations/milestones")
    return rows.assign(
        words=[
            plural(
                "{year}: {count} recommendation or measure – {title}",
                "{year}: {count} recommendations or measures – {title}",
                row["recommendations"],
            ).format(year=row["year"], count=row["recommendations"], title=row["title"])
            + (" " + text("(a draft)") if row["is_draft"] else "")
            for row in rows.to_dict("records")
        ]
    )


# The series -----------------------------------------------------------------------------------


def in_words(chosen: Chosen, points: pd.DataFrame) -> str:
    """The figure of the year chosen, else the last one, and of how many years there is none."""
    title = chosen.name + (f", {chosen.breakdown}" if chosen.breakdown else "")
    drawn = points.dropna(subset=["value"]).sort_values("year")
    if chosen.is_stock:
        return text(
            "{indicator}: counted on one day, no point of a yearly series; the figures are below"
        ).format(indicator=title)
    if drawn.empty:
        return text("{indicator}: no such figure can be shown; the sources are below").format(
            indicator=title
        )
    of_year = drawn if chosen.year is None else drawn[drawn["year"] == chosen.year]
    if of_year.empty:
        return text("{indicator}: no figure of {year} can be shown; the sources are below").format(
            indicator=title, year=chosen.year
        )
    return figure_in_words(chosen, of_year.iloc[-1].to_dict()) + "; " + _known(drawn)


def figure_in_words(chosen: Chosen, row: Row) -> str:
    """A figure with its interval, as a clause: „2024 m. pradėta 17 ikiteisminių tyrimų“."""
    year, forms = int(row["year"]), components.told(chosen.about[f"counted_{current_language()}"])
    mark = components.told(row["mark"])
    if forms and not mark and float(row["value"]).is_integer():
        count = f"**{number(row['value'], 0)}**"
        told = form_of(forms, int(row["value"])).format(count=count)
        told += f" ({chosen.breakdown})" if chosen.breakdown else ""
    else:
        unit = door.label("unit", row["unit"])
        value = f"{mark} {number(row['value'])} {unit}".strip()
        told = f"{chosen.name}: **{value}**"
        told += f" ({chosen.breakdown})" if chosen.breakdown else ""
    if not pd.isna(row["low"]):
        told += " " + text("(95% interval {low}–{high})").format(
            low=number(row["low"], 1), high=number(row["high"], 1)
        )
    return text("In {year} {told}").format(year=year, told=told)


def _known(drawn: pd.DataFrame) -> str:
    """Of which years there are figures; a year without one is no zero."""
    first, last = int(drawn["year"].min()), int(drawn["year"].max())
    every = last - first + 1
    if len(drawn) == every:
        return text("figures are known of every year of {years}").format(
            years=years_told(range(first, last + 1))
        )
    return text(
        "of the {every} years {first}–{last} figures are known of {known}, and a gap is no zero"
    ).format(every=every, first=first, last=last, known=len(drawn))


def in_its_unit(rows: pd.DataFrame, chosen: Chosen) -> pd.DataFrame:
    """The figures in the unit of their indicator: others have no place on its axis."""
    kept: pd.DataFrame = rows[rows["unit"] == chosen.about["unit"]]
    return kept


def in_other_units(rows: pd.DataFrame, chosen: Chosen) -> None:
    """Tell what is not drawn, as it is counted in another unit."""
    others = rows[rows["unit"] != chosen.about["unit"]]
    if not others.empty:
        st.caption(
            text("Not drawn, as told in another unit: {figures}.").format(
                figures="; ".join(
                    f"{int(row['year'])} – {number(row['value'])} {door.label('unit', row['unit'])}"
                    for row in others.dropna(subset=["value"]).to_dict("records")
                )
            )
        )


def of_chosen(evidence: pd.DataFrame, chosen: Chosen) -> pd.DataFrame:
    """The rows of the breakdown that is looked at, and of no other."""
    kept = pd.Series(True, index=evidence.index)
    for name in _DIMENSIONS:
        code = chosen.broken_down.get(name)
        kept &= evidence[name].isna() if code is None else evidence[name] == code
    return evidence[kept]


def competing(evidence: pd.DataFrame) -> pd.DataFrame:
    """Figures that say another number than the one shown for their year."""
    shown = evidence.loc[evidence["is_preferred"], ["year", "value"]]
    others = evidence.loc[~evidence["is_preferred"]].merge(
        shown, on="year", how="left", suffixes=("", "_shown")
    )
    return others[others["value"] != others["value_shown"]]


def _open_sources() -> None:
    """A click on a point chooses its year, as the list above does."""
    points = st.session_state["series"]["selection"]["points"]
    if points:
        take("year", [str(int(points[0]["x"]))])


def finding(chosen: Chosen, points: pd.DataFrame) -> str:
    """What a chart of the series shows: the highest figure of all and the last one."""
    drawn = points.dropna(subset=["value"]).sort_values("year")
    title = components.capital(chosen.name + (f", {chosen.breakdown}" if chosen.breakdown else ""))
    if drawn.empty:
        return title
    rows = drawn.to_dict("records")
    highest, last = max(rows, key=lambda row: row["value"]), rows[-1]
    if highest["year"] == last["year"]:
        return text("{indicator}: {value} in {year}, the most of all years").format(
            indicator=title, value=_marked(last), year=int(last["year"])
        )
    return text("{indicator}: {value} in {year}, the most in {peak} ({most})").format(
        indicator=title,
        value=_marked(last),
        year=int(last["year"]),
        peak=int(highest["year"]),
        most=_marked(highest),
    )


def _marked(row: Row) -> str:
    return f"{components.told(row['mark'])} {number(row['value'])}".strip()


def unit_and_period(chosen: Chosen, points: pd.DataFrame) -> str:
    """The line beneath the title of a chart: what is counted, and from when to when."""
    return f"{unit_words(chosen.about)}, {period(points.dropna(subset=['value'])['year'])}"


def the_series(chosen: Chosen, points: pd.DataFrame, evidence: pd.DataFrame) -> None:
    """The chart with everything that must be said of it."""
    unit = door.label("unit", chosen.about["unit"])
    title = chosen.name + (f": {chosen.breakdown}" if chosen.breakdown else "")
    st.header(components.verbatim(components.capital(title)), anchor=False)
    if chosen.is_stock:
        return
    told_apart(chosen)
    if points.empty:
        components.nothing_found()
        return
    whole = None
    if chosen.broken_down.keys() - {"territory"}:  # of the same territory
        everybody = door.ask(
            "investigations/series",
            indicator=chosen.indicator,
            territory=chosen.broken_down.get("territory"),
        )
        whole = with_words(in_its_unit(everybody, chosen), unit)
    told = of_chosen(evidence, chosen)
    others = competing(in_its_unit(told, chosen))
    components.figure(
        charts.series(
            with_words(points, unit),
            with_words(others, unit),
            value_label=title,
            uncertain_label=text("about, or provisional"),
            competing_label=text("another source says"),
            doubtful_label=text("doubtful: not on the line"),
            break_label=text("the definition changes"),
            source_label=text("Source"),
            axis_label=unit_words(chosen.about),
            interval_label=text("95% interval")
            if chosen.has_band and points["low"].notna().any()
            else None,
            whole=whole,
            whole_label=text("all together"),
            milestones=milestones(),
            milestones_label=text("recommendations and protocol measures"),
        ),
        title=finding(chosen, points),
        unit=unit_and_period(chosen, points),
        source=picture.sources([*points["source_title"], *others["source_title"]]),
        name="investigations/series",
        filters=chosen.asked,
        title_tells=["indicator"],
        alt=text("a gap is a year without a figure"),
        key="series",
        on_click=_open_sources,
    )
    _what_it_says(chosen, points, told)


def _what_it_says(chosen: Chosen, points: pd.DataFrame, told: pd.DataFrame) -> None:
    apart_in = door.ask("investigations/told_apart", **chosen.asked)["year"]
    _gaps(points, told, set(apart_in))
    _without_number(points, told)
    if points["definition"].nunique() > 1:
        definitions = door.ask("investigations/definitions", indicator=chosen.indicator)
        for reason in definitions[f"reason_{current_language()}"].dropna():
            st.caption(components.verbatim(reason))
    said = []
    if chosen.has_band and points["low"].notna().any():
        said.append(
            text(
                "The band is the exact interval of 95% of each year's count, taken by itself: how "
                "far chance alone may move so small a number."
            )
        )
    if chosen.about["topic"] == "investigation":
        said.append(text("What the police found and registered, not everything that happened."))
    elif chosen.about["topic"] == "court":
        said.append(
            text(
                "What reached the courts, often from investigations of earlier years: neither how "
                "much happened nor how well a year's investigations ended."
            )
        )
    elif chosen.about["topic"] in ("victim", "assistance"):
        said.append(text("Those who were found or came for help, not all there were."))
    if said:
        st.caption(" ".join(said))


def told_apart(chosen: Chosen) -> None:
    """Tell the years that have figures of parts only: none of them is a point of the series."""
    rows = door.ask("investigations/told_apart", **chosen.asked)
    for sentence in apart.sentences(rows, door.known_labels(), current_language()):
        st.caption(components.verbatim(components.as_sentence(sentence)))


def _without_number(points: pd.DataFrame, told: pd.DataFrame) -> None:
    """Name those who have no number of a year of which another one does: they hide nothing."""
    shown = set(points.loc[points["value"].notna(), "year"])
    silent = told[told["value"].isna() & told["year"].isin(shown)]
    if silent.empty:
        return
    said = [
        text("{year} – {who} ({mark})").format(
            year=int(row["year"]),
            who=_who(row),
            mark=answers.meaning(str(row["mark"]), current_language()) or row["mark"],
        )
        for row in silent.sort_values("year").to_dict("records")
    ]
    st.caption(
        components.verbatim(
            text("Without a number, while another source has one: {told}.").format(
                told="; ".join(said)
            )
        )
    )


def _who(row: Row) -> str:
    """The source of a figure; where it has none, the institution that sent it."""
    if components.told(row["source"]):
        return components.told(row["source_title"])
    return door.label("institution", row["sender"])


def _gaps(points: pd.DataFrame, told: pd.DataFrame, told_apart_in: set[int]) -> None:
    """Why a year has no point: nothing was told, no number was, or nothing that can be shown."""
    unsaid = points[points["value"].isna()]
    in_unit = told["unit"].isin(points["unit"]) & told["value"].notna()
    withheld = set(told.loc[in_unit, "year"]) - set(points.loc[points["value"].notna(), "year"])
    missing = set(range(points["year"].min(), points["year"].max())) - set(points["year"])
    if unknown := missing - set(told["year"]) - told_apart_in:
        st.caption(
            text("No figure was found for {years}: a gap, not a zero.").format(
                years=years_told(unknown)
            )
        )
    for mark, rows in unsaid.groupby("mark"):
        st.caption(
            text("{years}: {mark} – a gap, not a zero.").format(
                years=years_told(rows["year"]),
                mark=answers.meaning(str(mark), current_language()) or mark,
            )
        )
    if withheld:
        st.caption(
            text(
                "{years}: only figures that are doubtful, put aside or contradict each other; none "
                "of them is on the line."
            ).format(years=years_told(withheld))
        )


def rate(points: pd.DataFrame) -> None:
    """Draw the last year's figure per 100,000 inhabitants, where their number is known."""
    if words := rate_in_words(points):
        st.caption(words)


def rate_in_words(points: pd.DataFrame) -> str:
    """The last year's figure per 100,000 inhabitants; empty where their number is not known."""
    known = points.dropna(subset=["per_100k"])
    if known.empty:
        return ""
    row = known.sort_values("year").iloc[-1]
    words = text(
        "{year}: {rate} per 100,000 inhabitants (of {inhabitants} in {counted_in})"
    ).format(
        year=int(row["year"]),
        rate=f"{components.told(row['mark'])} {number(row['per_100k'], 2)}".strip(),
        inhabitants=number(row["inhabitants"], 0),
        counted_in=int(row["inhabitants_in"]),
    )
    if not pd.isna(row["per_100k_low"]):
        words += "; " + text("95% interval {low}–{high}").format(
            low=number(row["per_100k_low"], 2), high=number(row["per_100k_high"], 2)
        )
    return words + "."


# The evidence ---------------------------------------------------------------------------------


def sources(chosen: Chosen, evidence: pd.DataFrame) -> None:
    """Every figure with its sentence: of one year one by one, and all in the table."""
    year = chosen.year
    st.header(text("Sources of {year}").format(year=year) if year else text("All sources"))
    st.caption(text("Click a point of the chart, or choose a year above, to see only its sources."))
    cited = evidence if year is None else evidence[evidence["year"] == year]
    if year is not None:
        of_the_point = of_chosen(cited, chosen)
        others = cited.drop(of_the_point.index)
        figures(of_the_point, "investigations/evidence")
        if not others.empty:
            said = plural(
                "{count} figure of that year by another breakdown",
                "{count} figures of that year by other breakdowns",
                len(others),
            ).format(count=len(others))
            with st.expander(said, expanded=of_the_point.empty, key="others"):
                figures(others, "investigations/evidence")
    components.answer_table(
        "investigations/evidence",
        {"indicator": chosen.indicator, "year": year},
        alt=text("Every figure with its source and words, competing ones included"),
        expanded=year is None,
        hidden=["indicator", "source"],
    )


def figures(cited: pd.DataFrame, question: str, *, is_whole: bool = True) -> None:
    """Figures one by one: number, whether it is shown, sentence, publisher, date, link, basis.

    Without `is_whole` what a group of contradicting figures says of itself is left to its heading.
    """
    readable = door.read(question, cited).data
    for row, told in zip(cited.to_dict("records"), readable.to_dict("records"), strict=True):
        with st.container(border=True):
            breakdown = "; ".join(filter(None, (components.told(told[c]) for c in _DIMENSIONS)))
            value = "–" if pd.isna(row["value"]) else number(row["value"])
            heading = f"**{components.told(row['mark'])} {value} {told['unit']}**".replace(
                "** ", "**"
            )
            details = [
                "" if is_whole else f"{told['indicator']}, {int(row['year'])}",
                breakdown,
                text("shown") if row["is_preferred"] else text("not shown"),
                text("doubtful") if row["is_doubtful"] else "",
            ]
            st.markdown(
                " · ".join([heading, *(components.verbatim(one) for one in details if one)])
            )
            components.quotation(row["quote"] or "")
            link = markdown.link(row["source_title"], components.told(row["source_url"]) or None)
            basis = components.told(told["year_basis"])
            told_by = [
                components.told(told["source_publisher"]),
                components.told(told["source_dated"]),
                text("year: {basis}").format(basis=basis) if basis else "",
            ]
            st.markdown(" · ".join([link, *(components.verbatim(one) for one in told_by if one)]))
            if is_whole:
                for column in ("conflict_description", "conflict_handling", "note"):
                    if components.told(row[column]):
                        st.caption(components.verbatim(row[column]))


# Together -------------------------------------------------------------------------------------


def chain(chosen: Chosen) -> None:
    """From investigation to assistance on one axis of years, each with its own unit."""
    st.caption(
        text(
            "Each has an axis of its own: they count different things, and a case of one year may "
            "reach a court in another. Nothing is computed from one to the next."
        )
    )
    points = door.ask("investigations/series", indicator=chain_codes())
    indicators = door.ask("investigations/indicators").set_index("code")
    shown, told = [], []
    for code in chain_codes():
        own = points[points["indicator"] == code]
        if own.empty:
            continue
        about = {"code": code, **indicators.loc[code].to_dict()}
        own = own[own["unit"] == about["unit"]]
        name = about[f"label_{current_language()}"]
        words = with_words(own, door.label("unit", about["unit"]))
        shown.append((f"{name} ({unit_words(about)})", words))
        told.append(finding(Chosen(about, {}, None, has_band=False), own))
    if not shown:
        st.caption(text("No figures were loaded yet."))
        return
    dated = milestones()
    components.figure(
        charts.panels(
            shown,
            break_label=text("the definition changes"),
            interval_label=text("95% interval") if chosen.has_band else None,
            milestones=dated,
        ),
        title=text("How did each step from investigation to assistance change?"),
        unit=text("each on an axis of its own unit") + ", " + period(points["year"]),
        source=picture.sources(points["source_title"]),
        name="investigations/series",
        filters={},
        alt="; ".join(told),
        key="chain",
    )
    if not dated.empty:
        st.caption(
            text("Dotted lines: {documents}").format(
                documents="; ".join(components.verbatim(words) for words in dated["words"])
            )
        )
    components.answer_table(
        "investigations/series",
        {"indicator": chain_codes()},
        alt=text("The figures of the chain year by year"),
        hidden=["source", "is_preferred"],
        key="chain-table",
    )


# Contradictions -------------------------------------------------------------------------------


def contradictions(chosen: Chosen) -> None:
    """What contradicts what, side by side, with what is shown and why."""
    only = choose(
        "disputed",
        text("Contradictions of"),
        {"indicator": text("this indicator")},
        all_label=text("all indicators"),
    )
    asked: door.Filters = {"indicator": chosen.indicator if only else None}
    rows = door.ask("investigations/contradictions", **asked)
    if rows.empty:
        st.caption(text("No contradiction is known."))
        return
    st.caption(
        text(
            "Which figure is shown is decided in the sheet Rodikliai of a workbook (Rodoma "
            "reikšmė), never here."
        )
    )
    for dispute, group in rows.groupby("dispute", sort=False):
        first = group.iloc[0]
        described = components.told(first["conflict_description"]) or (
            text("{indicator}, {year}: {values}").format(
                indicator=door.label("indicator", first["indicator"]),
                year=int(first["year"]),
                values=", ".join(number(value) for value in group["value"].dropna().unique()),
            )
        )
        with st.expander(components.verbatim(described), key=f"dispute:{dispute}", type="compact"):
            if handling := components.told(first["conflict_handling"]):
                st.markdown(
                    "**" + text("What is shown, and why:") + f"** {components.verbatim(handling)}"
                )
            figures(group, "investigations/contradictions", is_whole=False)
    components.answer_table(
        "investigations/contradictions",
        asked,
        alt=text("Contradicting figures with their sources"),
        hidden=["source", "dispute"],
    )
