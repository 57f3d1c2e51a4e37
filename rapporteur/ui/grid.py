"""A grid of counts in which what is asked for is outlined, told of or not.

A component of our own, as no table of Streamlit outlines a cell, and no chart of it can be scrolled
sideways on a phone or read aloud. What each cell looks like is decided here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import streamlit as st

from rapporteur.documents.palette import BLUES, text_on

_HERE: Final = Path(__file__).parent
# Lower bounds of the shades: one is as far from none as the eye should see it.
_STEPS: Final = ((1, BLUES[0]), (2, BLUES[1]), (5, BLUES[2]), (10, BLUES[3]))


@dataclass(frozen=True)
class Cell:
    """One cell: what is written in it, by what it is shaded, and what is told when pointed at."""

    words: str = ""
    value: float = 0
    is_asked: bool = False
    lines: Sequence[str] = ()


def drawn(
    cells: Sequence[Sequence[Cell]],
    *,
    label: str,
    corner: str,
    rows: Sequence[str],
    columns: Sequence[str],
    asked: str,
) -> dict[str, Any]:
    """What the browser needs to draw the grid.

    `cells` has a line for each of `rows` and in it a cell for each of `columns`. `corner` says what
    the rows and the columns are; `asked` is read aloud in an outlined cell.
    """
    return {
        "label": label,
        "corner": corner,
        "columns": list(columns),
        "asked": asked,
        "rows": [
            {
                "head": row,
                "cells": [
                    {
                        "words": cell.words,
                        "fill": (fill := _shade(cell.value)),
                        "ink": text_on(fill) if fill else "",
                        "asked": cell.is_asked,
                        "lines": [f"{row} × {column}", *cell.lines],
                    }
                    for column, cell in zip(columns, line, strict=True)
                ],
            }
            for row, line in zip(rows, cells, strict=True)
        ],
    }


def _shade(value: float) -> str:
    return next((colour for low, colour in reversed(_STEPS) if value >= low), "")


def grid(data: dict[str, Any], *, key: str) -> None:
    """Draw what `drawn` gives."""
    _component()(key=key, data=data, height="content")


@st.cache_resource(show_spinner=False)
def _component() -> Any:
    return st.components.v2.component(
        "grid",
        html='<div class="frame"><table></table></div><div class="tip" hidden></div>',
        css=(_HERE / "grid.css").read_text(encoding="utf-8"),
        js=(_HERE / "grid.js").read_text(encoding="utf-8"),
    )
