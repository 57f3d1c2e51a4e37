"""How a state looks, as a small picture beside words: the fill and the pattern of the charts."""

import base64
from collections.abc import Mapping
from typing import Final

from rapporteur.documents.palette import ANSWER_LOOKS, ASSESSMENT_LOOKS, EDGE, PLACE_LOOKS, Look

# By the list that a state is of.
LOOKS: Final[Mapping[str, Mapping[str, Look]]] = {
    "answer_state": ANSWER_LOOKS,
    "assessment": ASSESSMENT_LOOKS,
    "assessment_missing": ASSESSMENT_LOOKS,
    "place_state": PLACE_LOOKS,
}
_WIDTH, _HEIGHT, _STEP = 30, 16, 7
# Plotly's name of a pattern, as lines of a tile of `_STEP`.
_LINES: Final[Mapping[str, str]] = {
    "/": "M-1 1L1 -1M0 7L7 0M6 8L8 6",
    "\\": "M-1 6L1 8M0 0L7 7M6 -1L8 1",
    "x": "M0 7L7 0M0 0L7 7",
    "-": "M0 3.5H7",
    "|": "M3.5 0V7",
    ".": "M2.5 3.5h2",
}


def svg(fill: str, pattern: str) -> str:
    """A fill and a pattern, as Plotly calls it, as a picture. Raises KeyError for another one."""
    shape = f'width="{_WIDTH}" height="{_HEIGHT}"'
    lines = ""
    if pattern:
        lines = (
            f'<pattern id="p" width="{_STEP}" height="{_STEP}" patternUnits="userSpaceOnUse">'
            f'<path d="{_LINES[pattern]}" stroke="{EDGE}" fill="none"/></pattern>'
            f'<rect {shape} fill="url(#p)"/>'
        )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {shape}><rect {shape} fill="{fill}"/>{lines}'
        f'<rect x=".5" y=".5" width="{_WIDTH - 1}" height="{_HEIGHT - 1}" fill="none" '
        f'stroke="{EDGE}"/></svg>'
    )


def swatch(list_name: str, code: str) -> str:
    """The look of a state as a Markdown picture; empty where nothing is drawn of it.

    It has no text of its own: the words beside it say the same.
    """
    look = LOOKS.get(list_name, {}).get(code)
    if look is None:
        return ""
    encoded = base64.b64encode(svg(*look).encode()).decode()
    return f"![](data:image/svg+xml;base64,{encoded})"
