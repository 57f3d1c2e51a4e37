"""Is it a real fall? Two years or periods beside each other, said in a sentence.

Every number in it is computed. What may not be claimed – causes, how much there truly is – is said
with it.
"""

import re
from collections.abc import Hashable, Mapping
from typing import Any, Final

import pandas as pd
import streamlit as st

from rapporteur.statistics.poisson import Comparison, GapInPeriodError, Period, compare, period
from rapporteur.ui import components, filters
from rapporteur.ui.language import current_language, form_of, number, plural, text, years_told

Row = Mapping[Hashable, Any]
_COUNTED_UNITS: Final = ("vnt.", "asm.")
_PERSONS: Final = "asm."
# What a link may ask for: a year, or two that a period lies between.
_ASKED: Final = re.compile(r"([12][0-9]{3})(?:-([12][0-9]{3}))?")


def _runs(points: pd.DataFrame) -> list[dict[int, int]]:
    """Whole counts without a mark, year to count, by stretches of one definition without a gap."""
    known = points.dropna(subset=["low"]).sort_values("year")
    apart = (known["year"].diff() != 1) | (
        known["definition"].fillna("") != known["definition"].fillna("").shift()
    )
    return [
        dict(zip(run["year"].astype(int), run["value"].astype(int), strict=True))
        for _, run in known.groupby(apart.cumsum())
    ]


def periods(points: pd.DataFrame, *, is_summed: bool = True) -> dict[str, Period]:
    """Every year and every period that can be compared, by its code, e.g. 2017 or 2017-2019.

    None spans a gap or a change of the definition: over those there is no average. Without
    `is_summed` there are years alone: of what is counted again in each year there is no sum.
    """
    found = {}
    for run in _runs(points):
        years = sorted(run)
        for first in years:
            for last in years[years.index(first) :] if is_summed else [first]:
                one = period(run, first, last)
                found[str(first) if first == last else f"{first}-{last}"] = one
    return dict(
        sorted(found.items(), key=lambda item: (item[1].years, -item[1].first))  # newest first
    )


def named(one: Period) -> str:
    """A year or a period as people write it."""
    return str(one.first) if one.years == 1 else f"{one.first}–{one.last}"


def is_it_real(points: pd.DataFrame, about: Row, breakdown: str) -> None:
    """Ask which two to compare and say how sure one can be.

    `about` is the row of investigations/indicators, `breakdown` what the figures are restricted to,
    in words; empty for all.
    """
    spans_years = bool(about["spans_years"])
    offered = periods(points, is_summed=not spans_years)
    runs = _runs(points)
    known = sorted(year for run in runs for year in run)
    if about["unit"] not in _COUNTED_UNITS or len(known) < 2:
        st.caption(text("Not compared: that takes whole counts of at least two years."))
        return
    # Asked first: the ends of the last stretch of years, else of all years that are known.
    first, last = next(
        ((min(run), max(run)) for run in reversed(runs) if len(run) > 1), (known[0], known[-1])
    )
    labels = {
        code: named(one)
        + (
            ""
            if one.years == 1
            else " ("
            + plural("{count} year", "{count} years", one.years).format(count=one.years)
            + ")"
        )
        for code, one in offered.items()
    }
    for name in ("earlier", "later"):  # before the filters forget what they do not offer
        _say_why_not(name, offered, points, is_summed=not spans_years)
    with st.container(horizontal=True):
        earlier = filters.choose(
            "earlier",
            text("Earlier year or period"),
            labels,
            all_label=labels[str(first)],
            default=str(first),
        )
        later = filters.choose(
            "later",
            text("Later year or period"),
            labels,
            all_label=labels[str(last)],
            default=str(last),
        )
    one, other = offered[earlier or str(first)], offered[later or str(last)]
    if one.first > other.first:
        one, other = other, one
    with st.container(border=True):
        st.markdown(f"**{sentence(one, other, about, breakdown, points)}**")
    if spans_years:
        st.caption(
            text(
                "One of them may last for several years and is counted in each: years are not "
                "added up, and as they share some, the interval is only approximate."
            )
        )
    if about["unit"] == _PERSONS:
        st.caption(
            text(
                "Persons are often counted several to a case, so the true uncertainty is larger "
                "than the interval."
            )
        )
    if not _refusal(one, other, points):
        st.caption(components.verbatim(exactly(compare(one, other))))
    st.caption(
        text(
            "Exact conditional test of two Poisson counts. Whoever compares many pairs of years "
            "will find some that differ by chance alone: of twenty, about one."
        )
    )
    components.how_counted("investigations/series", place="comparing")


def _say_why_not(
    name: str, offered: Mapping[str, Period], points: pd.DataFrame, *, is_summed: bool
) -> None:
    """A link may ask for a period that has no average: that is refused in words."""
    asked = st.query_params.get(name) or ""
    ends = _ASKED.fullmatch(asked)
    if asked in offered or ends is None:
        return
    first, last = int(ends[1]), int(ends[2] or ends[1])
    if last < first:
        return
    known = {year: count for run in _runs(points) for year, count in run.items()}
    named_period = named(Period(first, last, 0))
    try:
        period(known, first, last)
    except GapInPeriodError as gap:
        said = text("No average over {period}: no whole count is known for {years}.").format(
            period=named_period, years=years_told(gap.missing)
        )
    else:
        said = (
            text("No average over {period}: the definition changes within it.")
            if is_summed
            else text("No average over {period}: some would be counted in several of its years.")
        ).format(period=named_period)
    st.warning(said)


def sentence(one: Period, other: Period, about: Row, breakdown: str, points: pd.DataFrame) -> str:
    """What the comparison of an earlier with a later period says, in the reader's language."""
    if refused := _refusal(one, other, points):
        return refused
    found = compare(one, other)
    words = {
        "earlier": named(one),
        "later": named(other),
        "first": _count(one),
        "second": _count(other),
        "counted": _counted(other, about, breakdown),
        "change": _change(found.ratio),
        "interval": _interval(found),
    }
    if not found.is_beyond_chance:
        said = text("The change {earlier}–{later} ({first} → {second}) may be chance.")
        if one.years > 1 or other.years > 1:
            said = text("The change from {earlier} ({first}) to {later} ({second}) may be chance.")
        if found.ratio == 1:
            said = text("No change between {earlier} ({first}) and {later} ({second}).")
        if words["interval"]:
            said += " " + text("95% confidence interval of the change: {interval}.")
        return _written(said, words)
    if found.ratio is None:
        said = text("{later}: {counted}; in {earlier} there were none.")
    elif one.years == other.years == 1:
        said = text(
            "{later}: {counted} – {change} than in {earlier} ({first}); 95% confidence interval: "
            "{interval}."
        )
    else:
        said = text(
            "{later}: {counted} – {change} a year than in {earlier} ({first}); 95% confidence "
            "interval: {interval}."
        )
    said += " " + text(
        "Such a difference is unlikely to be chance; these data do not show its causes."
    )
    return _written(said, words)


def _refusal(one: Period, other: Period, points: pd.DataFrame) -> str | None:
    """Why two periods are not compared; None where they are."""
    defined = dict(zip(points["year"].astype(int), points["definition"].fillna(""), strict=True))
    if defined[one.last] != defined[other.first]:
        return text(
            "Between {earlier} and {later} the definition changes, so they are not compared."
        ).format(earlier=named(one), later=named(other))
    if one.last >= other.first:
        return text("Choose two years or periods that do not overlap.")
    if one.count + other.count == 0:
        return text("None in {earlier} and none in {later}: there is nothing to compare.").format(
            earlier=named(one), later=named(other)
        )
    return None


def exactly(found: Comparison) -> str:
    """The ratio of the yearly rates, its interval and the p-value, for those who want them."""
    low, high = number(found.low, 2), "∞" if found.high is None else number(found.high, 2)
    least = 0.001
    return text("Ratio of the yearly numbers: {ratio} (95% interval {low}–{high}); p {p}.").format(
        ratio="∞" if found.ratio is None else number(found.ratio, 2),
        low=low,
        high=high,
        p=f"< {number(least, 3)}" if found.p_value < least else f"= {number(found.p_value, 3)}",
    )


def _written(said: str, words: Mapping[str, str]) -> str:
    # An abbreviation at the end of a sentence has its full stop already.
    return components.verbatim(said.format(**words).replace("..", "."))


def _count(one: Period) -> str:
    if one.years == 1:
        return number(one.count, 0)
    return text("{count}, or {rate} a year").format(
        count=number(one.count, 0), rate=number(one.per_year, 1)
    )


def _counted(one: Period, about: Row, breakdown: str) -> str:
    """How many, as a clause: „pradėti 7 ikiteisminiai tyrimai“."""
    forms = components.told(about[f"counted_{current_language()}"])
    words = form_of(forms, one.count).format(count=number(one.count, 0))
    if breakdown:
        words += f" ({breakdown})"
    if one.years > 1:
        words += ", " + text("or {rate} a year").format(rate=number(one.per_year, 1))
    return words


def _change(ratio: float | None) -> str:
    if ratio is None:
        return ""
    percent = _percent(ratio)
    if ratio < 1:
        return text("{percent}% fewer").format(percent=percent)
    return text("{percent}% more").format(percent=percent)


def _percent(ratio: float) -> str:
    """How far a ratio is from 1, in per cent; neither none nor all where it is not exactly that."""
    exact = abs(1 - ratio) * 100
    if 0 < exact < 0.5:
        return number(max(exact, 0.1), 1)
    if 99.5 <= exact < 100:
        return number(min(exact, 99.9), 1)
    return number(exact, 0)


def _interval(found: Comparison) -> str:
    """The interval of the change, from the smaller to the larger one."""
    if found.high is None:
        return ""
    if found.high < 1 or found.low > 1:
        nearer, further = sorted((found.low, found.high), key=lambda end: abs(1 - end))
        return text("{low}–{high}%").format(low=_percent(nearer), high=_percent(further))
    return text("from {low} to {high}").format(low=_change(found.low), high=_change(found.high))
