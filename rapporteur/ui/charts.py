"""Figures: a data frame in, a Plotly figure out. No queries, no Streamlit.

Words are given by the caller in the reader's language. Colours are those of documents/palette.py,
to be read on a light and on a dark page; backgrounds are transparent and fonts are left to the
theme. Numbers are written by the browser, with the separators of `plotly_config`.
"""

import html
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from rapporteur.documents.palette import (
    ANSWER_LOOKS,
    ASSESSMENT_LOOKS,
    BLUE,
    DOCUMENT,
    EDGE,
    KINDS,
    PLACE_LOOKS,
    WITHOUT_PLACE,
    text_on,
)


@dataclass(frozen=True)
class StateStyle:
    """How one state is drawn; `code` is the column of counts that holds it."""

    code: str
    label: str
    colour: str
    pattern: str
    """A Plotly pattern shape; empty for a plain fill."""


def answer_state(state: str, label: str, *, column: str | None = None) -> StateStyle:
    """The style of a state of axis A; `column` names its counts where not the state's code."""
    return StateStyle(column or state, label, *ANSWER_LOOKS[state])


def place_state(state: str, label: str) -> StateStyle:
    """The style of what is known of municipalities, as on the map: active, zero, no_answer."""
    return StateStyle(state, label, *PLACE_LOOKS[state])


def assessment_state(state: str, label: str, *, column: str | None = None) -> StateStyle:
    """The style of a state of axis B; `column` names its counts where not the state's code."""
    return StateStyle(column or state, label, *ASSESSMENT_LOOKS[state])


def stacked_states(
    counts: pd.DataFrame,
    *,
    category: str,
    states: Sequence[StateStyle],
    has_legend: bool = True,
) -> go.Figure:
    """One bar a row of `counts`, split into states, the number written in each part.

    `counts` has the column `category` and one column of counts for each state's code; a missing
    count is drawn as nothing. Rows and states keep their order, from the top and from the left.
    A few are not stretched over the whole width, where they would look like many. No legend is
    needed where each row is a state and called by its name.
    """
    figure = go.Figure()
    names = [_wrapped(str(name), 30) for name in counts[category]]
    for state in states:
        # What counts nothing has neither length nor number.
        values = [_number(value) or None for value in counts[state.code]]
        figure.add_bar(
            orientation="h",
            x=values,
            y=names,
            name=_plain(state.label),
            # To be read upon a pattern, too.
            texttemplate="<b>%{x:,}</b>",
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            textfont={"color": text_on(state.colour), "size": 14},
            marker={
                "color": state.colour,
                "line": {"color": EDGE, "width": 1},
                "pattern": _pattern(state),
            },
            hovertemplate="<b>%{y}</b><br>%{fullData.name}: %{x:,}<extra></extra>",
        )
    lines = max((name.count("<br>") + 1 for name in names), default=1)
    figure.update_layout(
        **_quiet(height=90 * has_legend + max(40, 16 * lines + 12) * max(len(names), 1)),
        barmode="stack",
        showlegend=has_legend,
        bargap=0.35,
        legend={**_LEGEND, "traceorder": "normal"},
    )
    longest = counts[[state.code for state in states]].sum(axis="columns").max()
    figure.update_xaxes(visible=False, fixedrange=True, range=[0, max(longest, _FEW) * 1.005])
    # Plotly draws the first row at the bottom; readers expect it at the top.
    figure.update_yaxes(
        type="category", autorange="reversed", fixedrange=True, automargin=True, title=None
    )
    return figure


def ranking(
    rows: pd.DataFrame,
    *,
    label: str,
    value: str,
    value_label: str,
    words: str | None = None,
    colour: str = BLUE,
) -> go.Figure:
    """Horizontal bars in the order of the rows, the first at the top.

    `label` and `value` are columns; `words`, a column of texts, stands beside the bar instead of
    the number (“at least 12”, or why there is no number). A row without a value has no bar.
    """
    names = [_plain(name) for name in rows[label]]
    values = [_number(each) for each in rows[value]]
    shown = "%{text}" if words else "%{x:,}"
    figure = go.Figure(
        go.Bar(
            orientation="h",
            # Without a value the bar has no length, but its words must still be drawn.
            x=[0 if each is None else each for each in values],
            y=names,
            text=[_plain(each) for each in rows[words]] if words else None,
            texttemplate=shown,
            textposition="outside",
            cliponaxis=False,
            marker={"color": colour},
            hovertemplate=f"<b>%{{y}}</b><br>{_plain(value_label)}: {shown}<extra></extra>",
            showlegend=False,
        )
    )
    longest = max((each for each in values if each is not None), default=0)
    figure.update_layout(**_quiet(height=60 + 28 * max(len(names), 1)), bargap=0.3)
    figure.update_xaxes(visible=False, fixedrange=True, range=[0, (longest or 1) * 1.5])
    figure.update_yaxes(
        type="category", autorange="reversed", fixedrange=True, automargin=True, title=None
    )
    return figure


def series(
    points: pd.DataFrame,
    competing: pd.DataFrame | None = None,
    *,
    value_label: str,
    uncertain_label: str,
    competing_label: str,
    break_label: str,
    source_label: str,
    doubtful_label: str = "",
    axis_label: str = "",
    interval_label: str | None = None,
    whole: pd.DataFrame | None = None,
    whole_label: str = "",
    milestones: pd.DataFrame | None = None,
    milestones_label: str = "",
    integers: bool = True,
    height: int = 400,
) -> go.Figure:
    """Figures year by year: a missing year is a gap in the line, never bridged.

    `points` has `year` (one row each), `value`, `written` (the value with its mark, as text) and
    `words` (and all that is said of it), and may have `mark` or `is_doubtful` (such points are
    hollow), `definition` (a dashed line stands where it changes), `source_title`, `low` and `high`
    (a band is drawn under `interval_label`). `competing` holds figures that are not on the line:
    `year`, `value`, `words`, and `source_title` where known; they are drawn as small crosses, those
    that are `is_doubtful` as hollow grey points under `doubtful_label`. `whole` is the series that
    the points are a part of, drawn thin and grey. `milestones` has `year` and `words`: marks on the
    axis of years. `axis_label` says the unit. The highest and the last figure are written beside
    their points, and the line has no legend unless another stands beside it: what it is, the title
    says.
    """
    figure = go.Figure()
    drawn = points.dropna(subset=["year", "value"]).sort_values("year")
    others = None if competing is None else competing.dropna(subset=["year", "value"])
    if not drawn.empty:
        if whole is not None:
            beside = whole["year"].between(drawn["year"].min(), drawn["year"].max())
            _add_whole(figure, whole[beside], whole_label)
        if interval_label is not None:
            _add_band(figure, drawn, interval_label)
        _add_line(
            figure,
            drawn,
            value_label,
            uncertain_label,
            source_label,
            is_in_legend=whole is not None,
        )
        _add_numbers(figure, drawn, others)
        _add_breaks(figure, drawn, break_label)
    if others is not None:
        doubtful = pd.Series(_flagged(others, "is_doubtful"), index=others.index, dtype=bool)
        _add_markers(figure, others[~doubtful], "x-thin-open", competing_label, source_label)
        _add_markers(figure, others[doubtful], "circle-open", doubtful_label, source_label)
    years = [*drawn["year"], *([] if others is None else others["year"])]
    if years and milestones is not None:
        within = milestones[milestones["year"].between(min(years), max(years))]
        _add_milestones(figure, within, milestones_label)
    figure.update_layout(**_quiet(height=height), legend=_LEGEND, hovermode="closest")
    figure.update_xaxes(title=None, **_axis_of(years))
    values = [*drawn["value"], *([] if others is None else others["value"])]
    figure.update_yaxes(
        fixedrange=True, rangemode="tozero", title=_plain(axis_label) or None, tickformat=","
    )
    if integers:
        figure.update_yaxes(tickformat=",d")
        if max(values, default=0) <= 8 and interval_label is None:
            figure.update_yaxes(dtick=1)
    return figure


def _runs(drawn: pd.DataFrame) -> list[pd.DataFrame]:
    """The years in a row of one definition: what is drawn through never spans a gap or a break."""
    begins = drawn["year"].astype(int).diff().ne(1)
    if "definition" in drawn:
        begins |= drawn["definition"].fillna("") != drawn["definition"].fillna("").shift()
    return [run for _, run in drawn.groupby(begins.cumsum())]


def _add_band(figure: go.Figure, drawn: pd.DataFrame, label: str) -> None:
    known = drawn.dropna(subset=["low", "high"])
    for number, run in enumerate(_runs(known)):
        years = [float(year) for year in run["year"]]
        low, high = ([float(end) for end in run[name]] for name in ("low", "high"))
        if len(years) == 1:  # a year alone has a width, too
            years, low, high = [years[0] - 0.12, years[0] + 0.12], low * 2, high * 2
        figure.add_scatter(
            x=[*years, *reversed(years)],
            y=[*high, *reversed(low)],
            mode="lines",
            line={"width": 1, "color": "rgba(59,120,194,0.7)"},
            fill="toself",
            fillcolor="rgba(59,120,194,0.22)",
            name=_plain(label),
            legendgroup="interval",
            showlegend=number == 0,
            hoverinfo="skip",
        )


def _add_numbers(figure: go.Figure, drawn: pd.DataFrame, others: pd.DataFrame | None) -> None:
    """The highest and the last figure, above their points, or before one that has another above."""
    near = _ROOM_ABOVE * drawn["value"].max()
    for place in {drawn["value"].idxmax(), drawn.index[-1]}:
        year, value = int(drawn.loc[place, "year"]), drawn.loc[place, "value"]
        above = others is not None and bool(
            others["value"][others["year"] == year].between(value, value + near, "right").any()
        )
        is_first = year == drawn["year"].iloc[0]
        beside = (
            {"xanchor": "left", "xshift": 9} if is_first else {"xanchor": "right", "xshift": -9}
        )
        figure.add_annotation(
            x=year,
            y=_number(value),
            text=f"<b>{_plain(drawn.loc[place, 'written'])}</b>",
            font={"size": 13},
            showarrow=False,
            **(beside if above else {"yshift": 16}),
        )


def _add_markers(
    figure: go.Figure, rows: pd.DataFrame, symbol: str, label: str, source_label: str
) -> None:
    """Figures that stand beside the line, never on it."""
    if rows.empty:
        return
    figure.add_scatter(
        x=rows["year"].astype(int).tolist(),
        y=[_number(each) for each in rows["value"]],
        mode="markers",
        marker={"symbol": symbol, "size": 8, "color": EDGE, "line": {"width": 2}},
        name=_plain(label),
        text=_hover_texts(rows, label, source_label),
        hoverinfo="text",
    )


def _add_whole(figure: go.Figure, whole: pd.DataFrame, label: str) -> None:
    drawn = whole.dropna(subset=["year", "value"]).sort_values("year")
    if drawn.empty:
        return
    at = dict(zip(drawn["year"].astype(int), drawn["value"], strict=True))
    years: list[float] = sorted([*range(min(at), max(at) + 1), *_breaks(drawn)])
    figure.add_scatter(
        x=years,
        y=[_number(at.get(int(year))) if year == int(year) else None for year in years],
        mode="lines+markers",
        connectgaps=False,
        line={"color": EDGE, "width": 1},
        marker={"size": 4, "color": EDGE},
        name=_plain(label),
        hovertemplate="<b>%{x}</b><br>%{fullData.name}: %{y:,}<extra></extra>",
    )


def _add_milestones(figure: go.Figure, milestones: pd.DataFrame, label: str) -> None:
    if milestones.empty:
        return
    figure.add_scatter(
        x=milestones["year"].astype(int).tolist(),
        y=[0] * len(milestones),
        mode="markers",
        marker={"symbol": "diamond", "size": 11, "color": DOCUMENT},
        name=_plain(label),
        text=[_wrapped(words, 60) for words in milestones["words"]],
        hoverinfo="text",
        cliponaxis=False,
    )


def panels(
    series_of: Sequence[tuple[str, pd.DataFrame]],
    *,
    break_label: str,
    interval_label: str | None = None,
    milestones: pd.DataFrame | None = None,
) -> go.Figure:
    """Small series under each other on one axis of years, each on an axis of its own unit.

    `series_of` has a title, which says the unit, and points as `series` takes them.
    """
    figure = make_subplots(
        rows=len(series_of),
        cols=1,
        shared_xaxes=True,
        vertical_spacing=0.36 / max(len(series_of), 1),
        subplot_titles=[_wrapped(title, 36) for title, _ in series_of],
    )
    every = [int(year) for _, points in series_of for year in points["year"]]
    years: list[int] = []
    if every and milestones is not None:
        within = milestones["year"].between(min(every), max(every))
        years = milestones.loc[within, "year"].astype(int).tolist()
    lines: list[dict[str, Any]] = []
    words: list[dict[str, Any]] = []
    for row, (title, points) in enumerate(series_of, 1):
        drawn = points.dropna(subset=["year", "value"]).sort_values("year")
        alone = go.Figure()
        if not drawn.empty:
            if interval_label is not None:
                _add_band(alone, drawn, interval_label)
            _add_line(alone, drawn, title, "", "", is_in_legend=False)
        for trace in alone.data:
            trace.update(showlegend=False)
            figure.add_trace(trace, row=row, col=1)
        breaks = _breaks(drawn)
        lines += [_vertical(x, row, _BREAK) for x in breaks]
        words += [_beside(x, row, _plain(break_label), {"size": 11}) for x in breaks]
        lines += [_vertical(year, row, _MILESTONE) for year in years]
    figure.update_yaxes(rangemode="tozero", fixedrange=True, nticks=4)
    figure.update_layout(
        **{**_quiet(height=60 + 165 * len(series_of)), "margin": {"l": 8, "r": 8, "t": 36, "b": 8}},
        hovermode="closest",
    )
    for title in figure.layout.annotations:
        title.update(font={"size": 13}, xanchor="left", align="left", x=0)
    figure.update_layout(shapes=lines, annotations=[*figure.layout.annotations, *words])
    figure.update_xaxes(**_axis_of(every))
    return figure


def _axis_of(years: Sequence[int]) -> dict[str, Any]:
    """An axis of years, upright: each of a few has its number, of more as many as there is room."""
    axis: dict[str, Any] = {
        "fixedrange": True,
        "tickformat": "d",
        "tickangle": 0,
        "showgrid": False,
    }
    if not years:
        return axis
    first, last = int(min(years)), int(max(years))
    step = 1 if last - first <= _FEW_YEARS else None
    return axis | {"dtick": step, "range": [first - 0.6, last + 0.6]}


def years_of_activities(
    years: pd.DataFrame,
    kinds: pd.DataFrame,
    *,
    placed_label: str,
    unplaced_label: str,
    other_label: str,
) -> go.Figure:
    """Activities of each year, by kind; those without a municipality in a row of their own.

    `years` has a row a year: `year`, `unplaced`, `unplaced_words`, `activities_words`, `sources`,
    `placed_sources`, `unplaced_sources`. `kinds` has `year`, `label` (of the kind), `activities`,
    `words`. The five kinds told of most have a colour each, the others one together, called
    `other_label`. A bar that rests on a single source is hatched, even in a year of several; how
    many the year has stands in brackets after it.
    """
    # Of one municipality nothing is without one: no second row, which would stay empty.
    has_unplaced = bool(years["unplaced"].fillna(0).any())
    titles = (_plain(placed_label), _plain(unplaced_label))
    figure = make_subplots(
        rows=1 + has_unplaced,
        cols=1,
        shared_xaxes=True,
        vertical_spacing=0.14,
        row_heights=[0.62, 0.38] if has_unplaced else [1],
        subplot_titles=titles if has_unplaced else titles[:1],
    )
    years = _every_year(years)
    every_year = years.index.tolist()
    _add_kinds(figure, years, kinds, other_label)
    # The sum stands above the bar, with its mark.
    totals = kinds.groupby("year")["activities"].sum()
    figure.add_scatter(
        x=every_year,
        y=[float(totals.get(year, 0)) for year in every_year],
        mode="text",
        text=[_plain(words) for words in years["activities_words"]],
        textposition="top center",
        hoverinfo="skip",
        showlegend=False,
        cliponaxis=False,
        row=1,
        col=1,
    )
    if has_unplaced:
        _add_unplaced(figure, years, unplaced_label)
    figure.update_layout(
        **{
            **_quiet(height=560 if has_unplaced else 360),
            "margin": {"l": 8, "r": 8, "t": 30, "b": 8},
        },
        barmode="stack",
        bargap=0.3,
        legend={**_LEGEND, "y": 1.08, "traceorder": "normal"},
    )
    figure.update_annotations(font={"size": 13}, xanchor="left", x=0)
    figure.update_xaxes(
        fixedrange=True,
        type="category",
        categoryorder="array",
        categoryarray=every_year,
        tickvals=every_year,
        ticktext=[
            f"{year} ({sources})" if sources else str(year)
            for year, sources in zip(every_year, years["sources"], strict=True)
        ],
        autotickangles=[0, -90],
    )
    if has_unplaced:
        figure.update_xaxes(showticklabels=True, row=2, col=1)
    figure.update_xaxes(showticklabels=not has_unplaced, row=1, col=1)
    figure.update_yaxes(fixedrange=True, rangemode="tozero", visible=False)
    highests = (totals.max(), years["unplaced"].max())
    for row, highest in enumerate(highests[: 1 + has_unplaced], start=1):
        top = (_number(highest) or 1) * 1.25
        figure.update_yaxes(range=[0, top], row=row, col=1)
    return figure


def _every_year(years: pd.DataFrame) -> pd.DataFrame:
    """A row for each year from the first to the last; one of which nothing was told is empty."""
    known = years["year"].astype(int)
    whole = years.set_index(known).reindex(range(known.min(), known.max() + 1))
    words = ["activities_words", "unplaced_words"]
    whole[words] = whole[words].fillna("")
    return whole.assign(sources=whole["sources"].fillna(0).astype(int))


def _add_kinds(
    figure: go.Figure, years: pd.DataFrame, kinds: pd.DataFrame, other_label: str
) -> None:
    """The bars of the first row, split into kinds: the five told of most, and all the others."""
    frequent = kinds.groupby("label")["activities"].sum().sort_values(ascending=False).index[:5]
    named = kinds.assign(label=kinds["label"].where(kinds["label"].isin(frequent), other_label))
    order = [*frequent, *([other_label] if (named["label"] == other_label).any() else [])]
    for colour, label in zip(KINDS, order, strict=False):
        of_kind = named[named["label"] == label].groupby("year")
        sums = of_kind["activities"].sum()
        words = of_kind["words"].agg("; ".join)
        figure.add_bar(
            x=years.index.tolist(),
            # No bar, not even an edge, where nothing was told: that would be a zero.
            y=[float(sums.get(year, 0)) or None for year in years.index],
            name=_plain(label),
            legendgroup=_plain(label),
            showlegend=False,
            marker={
                "color": colour,
                "pattern": _hatched_where_single(years["placed_sources"]),
                "line": _EDGE,
            },
            customdata=[_plain(words.get(year, "")) for year in years.index],
            hovertemplate="<b>%{x}</b><br>%{fullData.name}: %{customdata}<extra></extra>",
            row=1,
            col=1,
        )
        # The legend shows the colour of a kind, never the hatching of its first year.
        figure.add_bar(
            x=[None],
            y=[None],
            name=_plain(label),
            legendgroup=_plain(label),
            marker={"color": colour, "line": _EDGE},
            row=1,
            col=1,
        )


def _add_unplaced(figure: go.Figure, years: pd.DataFrame, label: str) -> None:
    figure.add_bar(
        x=years.index.tolist(),
        y=[_number(value) or None for value in years["unplaced"]],
        name=_plain(label),
        showlegend=False,
        text=[_plain(words) for words in years["unplaced_words"]],
        textposition="outside",
        cliponaxis=False,
        marker={
            "color": WITHOUT_PLACE,
            "pattern": _hatched_where_single(years["unplaced_sources"]),
            "line": _EDGE,
        },
        hovertemplate="<b>%{x}</b><br>%{fullData.name}: %{text}<extra></extra>",
        row=2,
        col=1,
    )


def _hatched_where_single(sources: "pd.Series[float]") -> dict[str, Any]:
    """The pattern of bars: hatched where all that one shows is told by a single source."""
    shapes = ["/" if count == 1 else "" for count in sources]
    return {"shape": shapes, "fillmode": "overlay", "size": 7, "solidity": 0.25}


def plotly_config(language: str) -> dict[str, Any]:
    """What `st.plotly_chart(config=…)` needs to speak the language: separators, dates, buttons."""
    config: dict[str, Any] = {
        "displaylogo": False,
        "modeBarButtonsToRemove": ["select2d", "lasso2d", "autoScale2d"],
    }
    if language == "lt":
        # Streamlit bundles English only, so the whole locale travels with the chart.
        config |= {"locale": "lt", "locales": {"lt": _LITHUANIAN}}
    return config


# A fill that is near to the ground of the page is seen by its edge.
_EDGE = {"color": EDGE, "width": 1}
_BREAK = {"color": EDGE, "width": 1.5, "dash": "dash"}
_MILESTONE = {"color": DOCUMENT, "width": 1, "dash": "dot"}
# As many items fill the width of a chart, or more.
_FEW = 6
# So many years after the first all have their number on the narrowest page.
_FEW_YEARS = 7
# The part of the height of a chart that a number above its point takes.
_ROOM_ABOVE = 0.12

_LEGEND: Mapping[str, Any] = {
    "orientation": "h",
    "yanchor": "bottom",
    "y": 1.02,
    "xanchor": "left",
    "x": 0,
    "title": {"text": ""},
}


def _quiet(*, height: int) -> dict[str, Any]:
    return {
        "height": height,
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
    }


def _add_line(
    figure: go.Figure,
    drawn: pd.DataFrame,
    value_label: str,
    uncertain_label: str,
    source: str,
    *,
    is_in_legend: bool,
) -> None:
    uncertain = _uncertain(drawn)
    texts = _hover_texts(drawn, value_label, source)
    at = {int(year): place for place, year in enumerate(drawn["year"])}
    # Every year has a place; where none was found it is empty, and the line breaks there. It breaks
    # between two definitions, too.
    years: list[float] = sorted([*range(min(at), max(at) + 1), *_breaks(drawn)])
    places = [at.get(int(year)) if year == int(year) else None for year in years]
    figure.add_scatter(
        x=years,
        y=[None if place is None else _number(drawn["value"].iloc[place]) for place in places],
        mode="lines+markers",
        connectgaps=False,
        cliponaxis=False,
        line={"color": BLUE, "width": 2},
        marker={
            "color": BLUE,
            "size": 9,
            "symbol": [
                "circle-open" if place is not None and uncertain[place] else "circle"
                for place in places
            ],
            "line": {"color": BLUE, "width": 2},
        },
        name=_plain(value_label),
        showlegend=is_in_legend,
        text=["" if place is None else texts[place] for place in places],
        hoverinfo="text",
    )
    if any(uncertain):
        figure.add_scatter(  # only its line in the legend
            x=[None],
            y=[None],
            mode="markers",
            marker={"color": BLUE, "size": 9, "symbol": "circle-open", "line": {"width": 2}},
            name=_plain(uncertain_label),
            hoverinfo="skip",
        )


def _breaks(drawn: pd.DataFrame) -> list[float]:
    """Where the definition changes: between two years.

    The first year of a definition is `definition_from` where known, else that of its first figure.
    """
    if "definition" not in drawn:
        return []
    defined = drawn.dropna(subset=["definition"])
    before = defined["definition"].shift()
    changed = defined[before.notna() & (before != defined["definition"])]
    return [
        (year if pd.isna(begins) else int(begins)) - 0.5
        for year, begins in zip(
            changed["year"].astype(int),
            changed.get("definition_from", pd.Series(None, index=changed.index, dtype=object)),
            strict=True,
        )
    ]


def _add_breaks(figure: go.Figure, drawn: pd.DataFrame, label: str) -> None:
    breaks = _breaks(drawn)
    figure.update_layout(
        shapes=[_vertical(x, 1, _BREAK) for x in breaks],
        annotations=[
            *figure.layout.annotations,
            *(
                _beside(x, 1, _wrapped(label, 24), {"size": 12}) | {"align": "right"}
                for x in breaks
            ),
        ],
    )


def _vertical(x: float, row: int, line: Mapping[str, Any]) -> dict[str, Any]:
    """A line from the bottom to the top of a row.

    Plotly's `add_vline` makes the same and looks through the whole figure for each: twelve take
    100 ms, and twelve of these 3 ms.
    """
    axis = "" if row == 1 else row
    ends = {"x0": x, "x1": x, "y0": 0, "y1": 1}
    return {"type": "line", "xref": f"x{axis}", "yref": f"y{axis} domain", "line": line} | ends


def _beside(x: float, row: int, words: str, font: Mapping[str, Any]) -> dict[str, Any]:
    """Words at the top of such a line, before it."""
    axis = "" if row == 1 else row
    place = {"x": x, "xref": f"x{axis}", "xanchor": "right"}
    top = {"y": 1, "yref": f"y{axis} domain", "yanchor": "top"}
    return {"text": words, "font": font, "showarrow": False} | place | top


def _uncertain(rows: pd.DataFrame) -> list[bool]:
    marked = rows["mark"].notna() & (rows["mark"] != "") if "mark" in rows else False
    either = pd.Series(_flagged(rows, "is_doubtful"), index=rows.index, dtype=bool) | marked
    return [bool(each) for each in either]


def _flagged(rows: pd.DataFrame, column: str) -> list[bool]:
    """Where a column of yes and no says yes; nowhere without the column."""
    return [bool(each) for each in rows[column].eq(True)] if column in rows else [False] * len(rows)


def _hover_texts(rows: pd.DataFrame, label: str, source_label: str) -> list[str]:
    texts = []
    for row in rows.to_dict("records"):
        lines = [f"<b>{int(row['year'])}</b>", f"{_plain(label)}: {_plain(row['words'])}"]
        source = row.get("source_title")
        if source is not None and not pd.isna(source):
            lines.append(_wrapped(f"{source_label}: {source}", 60))
        texts.append("<br>".join(lines))
    return texts


def _pattern(state: StateStyle) -> dict[str, Any]:
    return {
        "shape": state.pattern,
        "fillmode": "replace",
        "bgcolor": state.colour,
        "fgcolor": EDGE,
        "size": 7,
        "solidity": 0.15,
    }


def _number(value: Any) -> float | None:
    return None if value is None or pd.isna(value) else float(value)


def _plain(text: Any) -> str:
    """Plotly reads some HTML in labels; text from the data must stay text."""
    return html.escape(str(text), quote=False)


def _wrapped(text: str, width: int) -> str:
    return "<br>".join(_plain(line) for line in textwrap.wrap(text, width))


_LITHUANIAN: Mapping[str, Any] = {
    "moduleType": "locale",
    "name": "lt",
    "dictionary": {
        "Autoscale": "Parinkti mastelį",
        "Box Select": "Žymėti stačiakampiu",
        "Click to enter Plot title": "Pavadinimas",
        "Compare data on hover": "Lyginti užvedus",
        "Double-click on legend to isolate one trace": "Dukart spustelėję matysite vieną",
        "Double-click to zoom back out": "Dukart spustelėję matysite viską",
        "Download plot": "Atsisiųsti paveikslą",
        "Download plot as a PNG": "Atsisiųsti PNG paveikslą",
        "Download plot as a png": "Atsisiųsti PNG paveikslą",
        "Lasso Select": "Žymėti laisvai",
        "Pan": "Stumti",
        "Reset": "Atkurti",
        "Reset axes": "Atkurti ašis",
        "Reset view": "Atkurti vaizdą",
        "Show closest data on hover": "Rodyti artimiausią užvedus",
        "Snapshot succeeded": "Paveikslas parengtas",
        "Sorry, there was a problem downloading your snapshot!": "Paveikslo atsisiųsti nepavyko.",
        "Taking snapshot - this may take a few seconds": "Rengiamas paveikslas, palaukite",
        "Toggle Spike Lines": "Rodyti ar slėpti pagalbines linijas",
        "Toggle show closest data on hover": "Rodyti artimiausią užvedus",
        "Zoom": "Didinti sritį",
        "Zoom in": "Didinti",
        "Zoom out": "Mažinti",
    },
    "format": {
        "days": [
            "sekmadienis",
            "pirmadienis",
            "antradienis",
            "trečiadienis",
            "ketvirtadienis",
            "penktadienis",
            "šeštadienis",
        ],
        "shortDays": ["sk", "pr", "an", "tr", "kt", "pn", "št"],
        "months": [
            "sausis",
            "vasaris",
            "kovas",
            "balandis",
            "gegužė",
            "birželis",
            "liepa",
            "rugpjūtis",
            "rugsėjis",
            "spalis",
            "lapkritis",
            "gruodis",
        ],
        "shortMonths": [
            "saus.",
            "vas.",
            "kov.",
            "bal.",
            "geg.",
            "birž.",
            "liep.",
            "rugp.",
            "rugs.",
            "spal.",
            "lapkr.",
            "gruod.",
        ],
        "periods": ["priešpiet", "popiet"],
        "dateTime": "%Y-%m-%d %H:%M:%S",
        "date": "%Y-%m-%d",
        "time": "%H:%M:%S",
        "decimal": ",",
        "thousands": "\N{NO-BREAK SPACE}",
        "grouping": [3],
        "currency": ["", "\N{NO-BREAK SPACE}€"],
        "year": "%Y",
        "month": "%Y-%m",
        "dayMonth": "%m-%d",
        "dayMonthYear": "%Y-%m-%d",
    },
}
