"""Worked examples of the rules, computed of what is loaded: in the words of the pages themselves.

An example asks what a page asks and says it by the page's own function, so the two never disagree.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

import pandas as pd

from rapporteur.ui import comparing, components, coverage, door, trends
from rapporteur.ui.language import current_language, period
from rapporteur.ui.story import indicator

# So many years of the indicator are looked at, the last of them the reporting year.
_YEARS: Final = 4


def example(rule: str) -> list[str]:
    """Sentences in Markdown that work a rule out; none where there are no data to do it with."""
    told = _EXAMPLES.get(rule)
    return told() if told else []


def _reporting_year() -> int | None:
    years = door.ask("implementation/years")["year"]
    return int(years.iloc[0]) if len(years) else None


def _bounds() -> list[str]:
    year = _reporting_year()
    if year is None:
        return []
    [row] = door.ask("implementation/coverage", year=year).to_dict("records")
    told = coverage.implemented_in_words(row) if row["to_judge"] else ""
    return [f"{period([year])}: {told}"] if told else []


def _data_share() -> list[str]:
    year = _reporting_year()
    if year is None:
        return []
    rates = door.ask("implementation/response_rate", year=year)
    totals = rates[rates["institution_kind"].isna()].to_dict("records")
    return [
        f"{period([year])}: {coverage.rate_in_words(total)}" for total in totals if total["asked"]
    ]


def _points() -> tuple[Mapping[Any, Any], pd.DataFrame] | None:
    """The indicator of the overview, and its figures up to the reporting year; None without."""
    known = door.ask("investigations/indicators")
    about = known[known["code"] == indicator()].to_dict("records")
    year = _reporting_year()
    points = door.ask("investigations/series", indicator=indicator())
    points = points[points["low"].notna()].sort_values("year")
    if year is not None and (points["year"] <= year).any():
        points = points[points["year"] <= year]
    return (about[0], points) if about and len(points) else None


def _interval() -> list[str]:
    known = _points()
    if known is None:
        return []
    about, points = known
    chosen = trends.Chosen(about, {}, None, has_band=True)
    rows = points.tail(_YEARS).to_dict("records")
    return [components.as_sentence(trends.figure_in_words(chosen, row)) for row in rows]


def _comparison() -> list[str]:
    """The first year beside the last one, and the two between: what is and what may be chance."""
    known = _points()
    if known is None:
        return []
    about, points = known
    offered = list(comparing.periods(points.tail(_YEARS), is_summed=False).values())[::-1]
    pairs = [(offered[0], offered[-1])] if len(offered) > 1 else []
    if len(offered) == _YEARS:
        pairs.append((offered[1], offered[2]))
    return [comparing.sentence(one, other, about, "", points) for one, other in pairs]


def _inhabitants() -> list[str]:
    known = _points()
    words = trends.rate_in_words(door.ask("investigations/series", indicator=indicator()))
    if known is None or not words:
        return []
    name = components.verbatim(known[0][f"label_{current_language()}"])
    return [components.as_sentence(f"{name} – {words}")]


_EXAMPLES: Final[Mapping[str, Callable[[], list[str]]]] = {
    "bounds": _bounds,
    "data-share": _data_share,
    "interval": _interval,
    "comparison": _comparison,
    "inhabitants": _inhabitants,
}
