"""Which answers have a chart in Excel, drawn from their own cells, like the one on the page."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

import pandas as pd

from rapporteur.documents import palette
from rapporteur.documents.workbook import ExportChart, ExportSeries
from rapporteur.translations import later, translator

# Plotly's names of patterns in Excel's own.
_PATTERNS: Final[Mapping[str, str]] = {
    "": "",
    "/": "wide_upward_diagonal",
    "x": "diagonal_brick",
    "\\": "wide_downward_diagonal",
    "-": "light_horizontal",
    "|": "light_vertical",
}


def _look(state: str) -> tuple[str, str]:
    fill, pattern = palette.ANSWER_LOOKS[state]
    return fill.upper(), _PATTERNS[pattern]


_FULL: Final = _look("pateikta")
_PART: Final = _look("pateikta iš dalies")
_SILENT: Final = _look("nepateikta")
_NOT_MENTIONED: Final = _look("neminima")
_AWAITED: Final = _look("laukiama")
_OUTSIDE: Final = _look("netaikoma")
_BLUE: Final = (palette.BLUE.upper(), "")
_PALE: Final = (palette.WITHOUT_PLACE.upper(), "")
# Fills on which numbers are written in white.
_DARK: Final = frozenset({_FULL[0], _BLUE[0]})


@dataclass(frozen=True)
class _Drawn:
    """How an answer is drawn: a row for each category, a series for each column."""

    kind: Literal["bars", "columns"]
    category: str
    series: Mapping[str, tuple[str, str]]
    title: str | None = None
    """What it shows and counts; the first sentence of the question's purpose unless given."""


_ANSWERED: Final = {
    "answered": _FULL,
    "answered_in_part": _PART,
    "silent": _SILENT,
    "not_mentioned": _NOT_MENTIONED,
    "awaited": _AWAITED,
}
_CHARTS: Final[Mapping[str, _Drawn]] = {
    "activities/by_municipality": _Drawn(
        "bars",
        "name",
        {"activities": _BLUE},
        later("Prevention activities by municipality, number of activities"),
    ),
    "activities/by_year": _Drawn(
        "columns",
        "year",
        {"activities": _BLUE, "unplaced": _PALE},
        later("Prevention activities by year, number of activities"),
    ),
    "implementation/coverage": _Drawn(
        "bars",
        "year",
        {
            "answered": _FULL,
            "answered_in_part": _PART,
            "unanswered": _SILENT,
            "not_applicable": _OUTSIDE,
        },
        later("Recommendations by whether data were provided, number of recommendations"),
    ),
    "implementation/response_rate": _Drawn(
        "bars",
        "institution_kind",
        _ANSWERED,
        later("What kinds of institutions were asked, by whether data were provided"),
    ),
    "indicators/forms": _Drawn("bars", "named", {"placed": _BLUE}),
    "indicators/target_groups": _Drawn("bars", "named", {"placed": _BLUE}),
    "indicators/territory": _Drawn("columns", "year", {"active": _BLUE}),
    "institutions/summary": _Drawn(
        "bars",
        "institution_name",
        _ANSWERED,
        later("What each institution was asked, by whether data were provided"),
    ),
}
_SERIES: Final = "investigations/series"
# What must be the same in every row for the years to be one series.
_ONE_SERIES: Final = (
    "indicator",
    "unit",
    "sex",
    "age_group",
    "citizenship",
    "form",
    "registered_by",
    "territory",
)


def chart_of(
    name: str,
    codes: pd.DataFrame,
    data: pd.DataFrame,
    headings: Mapping[str, str],
    purpose: str,
    *,
    chosen: str,
    language: str,
) -> ExportChart | None:
    """The chart of an answer as it is read; None where it has none, or would need another table.

    `data` has the columns and the order of the file, `codes` the same rows before codes became
    words; `headings` say what the columns are called, `purpose` what the question asks, and
    `chosen` what of: a chart that is copied out of the file says it in its title.
    """
    if name == _SERIES:
        # What was counted on a day is no point of a yearly series.
        is_yearly = codes["measure"].eq("flow").all()
        return _points(data, headings) if is_yearly else None
    drawn = _CHARTS.get(name)
    if drawn is None or data.empty or data[drawn.category].duplicated().any():
        return None
    # A row without a name is the sum of those above it: it stands last and is not drawn. Nor are
    # those that end the table without a number: silence is no bar, and the table holds it.
    named = data[data[drawn.category].notna()]
    told = named[list(drawn.series)].notna().any(axis=1).to_numpy().nonzero()[0]
    if not len(told):
        return None
    series = tuple(
        ExportSeries(
            column, colour, pattern, headings[column], (0, int(told[-1])), is_dark=colour in _DARK
        )
        for column, (colour, pattern) in drawn.series.items()
        if named[column].notna().any()
    )
    if drawn.title is None:
        title = purpose.partition(". ")[0].rstrip(".")
    else:
        title = translator(language).gettext(drawn.title)
    if chosen:
        title += f" ({chosen})"
    return ExportChart(drawn.kind, drawn.category, series, title)


def _points(data: pd.DataFrame, headings: Mapping[str, str]) -> ExportChart | None:
    """Figures by year: a line never passes over a missing year or a change of definition."""
    if data.empty or any(len(data[column].drop_duplicates()) > 1 for column in _ONE_SERIES):
        return None
    years = data["year"].astype(int)
    if not years.is_monotonic_increasing or years.duplicated().any():
        return None
    begins = years.diff().ne(1) | data["definition"].fillna("").ne(
        data["definition"].fillna("").shift()
    )
    runs = [
        (group.index[0], group.index[-1])
        for _, group in data.reset_index(drop=True).groupby(begins.cumsum().to_numpy())
    ]
    colour, _ = _BLUE
    first = data.iloc[0]
    series = [
        ExportSeries("value", colour, "", headings["value"] if place == 0 else "", run)
        for place, run in enumerate(runs)
    ]
    for column in ("low", "high"):
        if data[column].notna().any():
            series += [
                ExportSeries(
                    column,
                    palette.EDGE.upper(),
                    name=headings[column] if place == 0 else "",
                    rows=run,
                    is_bound=True,
                )
                for place, run in enumerate(runs)
            ]
    of = [str(first[column]) for column in _ONE_SERIES[2:] if pd.notna(first[column])]
    title = ", ".join([str(first["indicator"]), *of, str(first["unit"])])
    return ExportChart("points", "year", tuple(series), title)
