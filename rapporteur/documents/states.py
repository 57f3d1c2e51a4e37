"""States of the two axes: how they look wherever they are drawn, and how several are told as one.

What was answered (axis A) is told by grey and pattern, never by the colours of praise and blame;
only the rapporteur's judgement (axis B) has colours, and each comes with a pattern or a label.
"""

from collections.abc import Mapping, Sequence
from typing import Final

EDGE: Final = "#7d8896"
_DARK_TEXT: Final = "#1c2530"
_LIGHT_TEXT: Final = "#ffffff"

# Code of the state: fill and pattern, as Plotly calls it; empty for a plain fill.
ANSWER_LOOKS: Final[Mapping[str, tuple[str, str]]] = {
    "pateikta": ("#56677a", ""),
    "pateikta iš dalies": ("#a9b5c2", "/"),
    "nepateikta": ("#e9edf1", "x"),
    "neminima": ("#e9edf1", "\\"),
    "laukiama": ("#d3dae2", "-"),
    "neprašyta": ("#f6f8fa", ""),
    "netaikoma": ("#f6f8fa", "|"),
}
ASSESSMENT_LOOKS: Final[Mapping[str, tuple[str, str]]] = {
    "įgyvendinta": ("#1c7a59", ""),
    "iš dalies įgyvendinta": ("#a5d3bd", "/"),
    "įgyvendinama": ("#3f7cbc", ""),
    "planuojama įgyvendinti": ("#bcd6f1", "-"),
    "neįgyvendinta": ("#b0413b", ""),
    "pakeista nauja rekomendacija": ("#cfc6dd", "|"),
    "nebeaktuali": ("#dcd7e4", "\\"),
    "dar neįvertinta": ("#f6f8fa", ""),
    "nevertinta – duomenų nepateikta": ("#e9edf1", "x"),
}


# States of those who gave data, in full or in part.
WITH_DATA: Final = frozenset({"pateikta", "pateikta iš dalies"})


def told_as_one(items: Sequence[tuple[str | None, str | None]]) -> str | None:
    """The state of an institution on a recommendation: of the whole, else of the parts named.

    `items` are pairs of a part, None for the whole, and its state of axis A, where there is one.
    """
    wholes = [state for part, state in items if part is None]
    told = [state for state in wholes or [state for _, state in items] if state is not None]
    applicable = [state for state in told if state != "netaikoma"]
    if not applicable:
        return told[0] if told else None
    if len(set(applicable)) == 1:
        return applicable[0]
    if WITH_DATA & set(applicable):
        return "pateikta iš dalies"
    return next(state for state in ANSWER_LOOKS if state in applicable)


def text_on(colour: str) -> str:
    """The colour of text that can be read on a fill (`#rrggbb`)."""
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return _DARK_TEXT if 0.299 * red + 0.587 * green + 0.114 * blue > 140 else _LIGHT_TEXT
