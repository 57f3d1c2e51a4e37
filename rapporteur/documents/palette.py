"""Every colour that carries a meaning, on a page, in a picture, in Word and in Excel.

A colour means one thing everywhere: grey, what was answered; blue, how many; green, blue and red,
the rapporteur's judgement; amber, a document. None is told apart by colour alone where two could
be taken for each other: tests/unit/test_palette.py looks at them as the colour-blind do. Colours of
the pages themselves are the theme's, in .streamlit/config.toml.
"""

from collections.abc import Mapping
from typing import Final, TypeAlias

Look: TypeAlias = tuple[str, str]
"""A fill, `#rrggbb`, and the pattern upon it as Plotly calls it; empty for a plain fill."""

EDGE: Final = "#7d8896"
"""The line around a fill, and what stands beside the line of a chart."""
INK: Final = "#1c2530"
PAPER: Final = "#ffffff"

BLUE: Final = "#3b78c2"
"""A number: a line, a bar."""
BLUES: Final = ("#cfe1f5", "#a3c6ea", "#6fa3d8", "#3877b8", "#215a98", "#103763")
"""Pale to deep: the more, the deeper."""
WITHOUT_PLACE: Final = "#a9b5c2"
"""A number that has no municipality."""
DOCUMENT: Final = "#b26a00"
"""A recommendation or a measure that was made in a year."""
KINDS: Final = ("#173f73", "#f2bf63", "#0b7f6b", "#b58fe0", "#93381c", "#b9c2cc")
"""Kinds of one thing beside each other; the last one is of all the others."""

# What was answered (axis A): grey and pattern, never the colours of praise and blame.
ANSWER_LOOKS: Final[Mapping[str, Look]] = {
    "pateikta": ("#56677a", ""),
    "pateikta iš dalies": ("#a9b5c2", "/"),
    "nepateikta": ("#e9edf1", "x"),
    "neminima": ("#e9edf1", "\\"),
    "laukiama": ("#d3dae2", "-"),
    "neprašyta": ("#f6f8fa", ""),
    "netaikoma": ("#f6f8fa", "|"),
}
# How far it is implemented (axis B): the rapporteur's judgement.
ASSESSMENT_LOOKS: Final[Mapping[str, Look]] = {
    "įgyvendinta": ("#0f5c3f", ""),
    "iš dalies įgyvendinta": ("#a5d3bd", "/"),
    "įgyvendinama": ("#3877b8", ""),
    "planuojama įgyvendinti": ("#bcd6f1", "-"),
    "neįgyvendinta": ("#b0413b", "."),
    "pakeista nauja rekomendacija": ("#cfc6dd", "|"),
    "nebeaktuali": ("#dcd7e4", "\\"),
    "dar neįvertinta": ("#f6f8fa", ""),
    "nevertinta – duomenų nepateikta": ("#e9edf1", "x"),
}
# What is known of a municipality, as on the map.
PLACE_LOOKS: Final[Mapping[str, Look]] = {
    "active": (BLUES[3], ""),
    "zero": ("#ffffff", ""),
    "no_answer": ("#e9edf1", "/"),
}


def text_on(colour: str) -> str:
    """The colour of text that can be read on a fill (`#rrggbb`)."""
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return INK if 0.299 * red + 0.587 * green + 0.114 * blue > 140 else PAPER
