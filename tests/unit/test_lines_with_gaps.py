"""No line passes over a year without a number or a change of definition, in a page or in Excel."""

import itertools
from typing import Any, Final

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from rapporteur.documents.native_charts import chart_of
from rapporteur.ui import charts

LABELS: Final[dict[str, Any]] = {
    "value_label": "Tyrimai",
    "uncertain_label": "apie",
    "competing_label": "kitas šaltinis",
    "break_label": "keičiasi apibrėžtis",
    "source_label": "Šaltinis",
}
COLUMNS: Final = (
    "indicator",
    "year",
    "value",
    "mark",
    "unit",
    "definition",
    "low",
    "high",
    "sex",
    "age_group",
    "citizenship",
    "form",
    "registered_by",
    "territory",
)

Point = tuple[int, float | None, str]


@st.composite
def series_of_years(draw: st.DrawFn) -> list[Point]:
    """Years with a number, without one, or missing, under one definition and then another."""
    changes_in = draw(st.integers(2008, 2022))
    years = draw(st.sets(st.integers(2008, 2022), min_size=1))
    return [
        (year, draw(st.one_of(st.none(), st.integers(0, 99))), "a" if year < changes_in else "b")
        for year in sorted(years)
    ]


def bridged(segments: list[tuple[int, int]], points: list[Point]) -> list[tuple[int, int]]:
    """Pieces of a line that join what must stay apart."""
    known = {year: definition for year, value, definition in points if value is not None}
    return [
        (first, second)
        for first, second in segments
        if second - first != 1
        or first not in known
        or second not in known
        or known[first] != known[second]
    ]


def segments_of(trace: Any) -> list[tuple[int, int]]:
    """The years that a line joins, two by two; a blank between them parts them."""
    assert trace.connectgaps is False
    return [
        (int(first[0]), int(second[0]))
        for first, second in itertools.pairwise(zip(trace.x, trace.y, strict=True))
        if first[1] is not None and second[1] is not None
    ]


def frame_of(points: list[Point]) -> pd.DataFrame:
    frame = pd.DataFrame(points, columns=["year", "value", "definition"])
    told = frame["value"].astype(str)
    return frame.assign(
        value=frame["value"].astype(float), written=told, words=told, low=0.5, high=99.5
    )


@settings(max_examples=60, deadline=None)
@given(series_of_years())
def test_a_line_of_a_page_joins_neighbouring_years_alone(points: list[Point]) -> None:
    frame = frame_of(points)

    drawn = charts.series(frame, **LABELS, whole=frame, whole_label="iš viso")
    small = charts.panels([("Tyrimai", frame)], break_label="keičiasi apibrėžtis")

    lines = [
        trace
        for trace in (*drawn.data, *small.data)
        if trace.mode == "lines+markers" and trace.fill != "toself"
    ]
    if any(value is not None for _, value, _ in points):
        assert len(lines) == 3
    for line in lines:
        assert bridged(segments_of(line), points) == []
        told = {int(year) for year, value in zip(line.x, line.y, strict=True) if value is not None}
        assert told == {year for year, value, _ in points if value is not None}


@settings(max_examples=60, deadline=None)
@given(series_of_years())
def test_a_line_of_a_file_joins_neighbouring_years_alone(points: list[Point]) -> None:
    frame = frame_of(points).drop(columns=["written", "words"])
    frame = frame.assign(indicator="tyrimai", unit="vnt.", measure="flow").reindex(
        columns=[*COLUMNS, "measure"]
    )

    chart = chart_of(
        "investigations/series",
        frame,
        frame,
        {str(column): str(column) for column in frame},
        "Skaičiai.",
        chosen="",
        language="lt",
    )

    assert chart is not None
    for series in chart.series:
        assert series.rows is not None
        first, last = series.rows
        # A blank cell within a run is a gap of Excel's own: it is drawn as one.
        rows = points[first : last + 1]
        joined = [
            (one[0], other[0])
            for one, other in itertools.pairwise(rows)
            if one[1] is not None and other[1] is not None
        ]
        assert bridged(joined, points) == []
