"""The map of the 60 municipalities: drawn in the browser from outlines that are sent once.

A component of our own, as no chart of Streamlit draws areas without fetching anything, hatches
those of which nothing is known, and tells which was clicked. What each municipality looks like is
decided here; the script beside this file only draws it.
"""

import json
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import streamlit as st

from rapporteur.delivery import reference
from rapporteur.documents.palette import BLUES, text_on
from rapporteur.settings import ASSETS

COUNT_STEPS: Final = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
RATE_STEPS: Final = (0.0, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0)

_HERE: Final = Path(__file__).parent
_HTML: Final = """
<div class="map">
  <ul class="legend"></ul>
  <svg role="img">
    <defs>
      <pattern id="hatched" width="6" height="6" patternUnits="userSpaceOnUse">
        <rect width="6" height="6" class="hatch-ground"/>
        <line x1="0" y1="0" x2="0" y2="6" stroke-width="2" class="hatch-line"/>
      </pattern>
      <pattern id="hatched-in-legend" width="6" height="6" patternUnits="userSpaceOnUse"
               patternTransform="rotate(45)">
        <rect width="6" height="6" class="hatch-ground"/>
        <line x1="0" y1="0" x2="0" y2="6" stroke-width="2" class="hatch-line"/>
      </pattern>
    </defs>
  </svg>
  <div class="tip" hidden></div>
</div>
"""


@dataclass(frozen=True)
class Look:
    """One municipality on the map: its state, the value that shades it, what is said on it."""

    code: str
    name: str
    state: str
    """active, zero, no_answer, or outside of what is asked for: an outline that says nothing."""
    value: float | None
    """What an active one is shaded by; None has no shade."""
    lines: Sequence[str]
    """What is told of it beneath its name, a line each."""
    sign: str = ""
    """A sign or two drawn upon it."""


@lru_cache(maxsize=1)
def attribution() -> str:
    """Whom to name beneath the map."""
    return str(_outlines()["attribution"])


@lru_cache(maxsize=1)
def _outlines() -> Any:
    read = json.loads((ASSETS / "municipality_outlines.json").read_text(encoding="utf-8"))
    places = read["places"].items()
    return {
        **read,
        "places": {reference.present("municipality", code): place for code, place in places},
    }


def drawn(
    looks: Sequence[Look],
    *,
    label: str,
    steps: Sequence[float],
    step_words: Callable[[float, float | None], str],
    state_words: Mapping[str, str],
    signs: Mapping[str, str],
    chosen: str | None,
) -> dict[str, Any]:
    """What the browser needs to draw the map, without the outlines.

    `steps` are lower bounds of classes, the least first; only as many as there are blues are used,
    joined from the bottom. `step_words` says a class by its lower bound and the next one, None for
    the last. `state_words` are those of zero, no_answer and outside; `signs` the signs with what
    they mean.
    """
    largest = max((look.value for look in looks if look.value is not None), default=0)
    used = [step for step in steps if step <= largest] or [steps[0]]
    while len(used) > len(BLUES):
        used = [used[0], *used[2:]]
    # Few classes are told apart best when they are spread over the whole ramp.
    ramp = [BLUES[round(place * 5 / max(len(used) - 1, 3))] for place in range(len(used))]

    def shade(value: float | None) -> str:
        return ramp[max(bisect_right(used, value) - 1, 0)] if value is not None else ""

    states = [look.state for look in looks]
    legend: list[dict[str, str]] = [
        {
            "state": "active",
            "fill": colour,
            "label": step_words(low, used[place + 1] if place + 1 < len(used) else None),
        }
        for place, (low, colour) in enumerate(zip(used, ramp, strict=True))
        if "active" in states
    ]
    legend += [
        {"state": state, "sign": "0" if state == "zero" else "", "label": f"{words} ({count})"}
        for state, words in state_words.items()
        if (count := states.count(state)) or state == "zero"
    ]
    legend += [{"sign": sign, "label": words} for sign, words in signs.items()]
    return {
        "label": label,
        "chosen": chosen,
        "legend": legend,
        "places": [
            {
                "code": look.code,
                "name": look.name,
                "state": look.state,
                "fill": shade(look.value) if look.state == "active" else "",
                "dark": look.state == "active" and text_on(shade(look.value)) == "#ffffff",
                "lines": list(look.lines),
                "sign": " ".join(filter(None, ("0" if look.state == "zero" else "", look.sign))),
            }
            for look in looks
        ],
    }


def municipality_map(data: Mapping[str, Any], *, key: str, on_click: Callable[[str], None]) -> None:
    """Draw what `drawn` gives; `on_click` is called with the code of a municipality clicked."""

    def clicked() -> None:
        code = st.session_state[key].place
        if code in _outlines()["places"]:
            on_click(code)

    bring_outlines, draw = _components()
    # Its message never changes, so the browser is sent it once and then only reminded of it.
    bring_outlines(key=f"{key}:outlines", height="content")
    draw(key=key, data=dict(data), on_place_change=clicked, height="content")


@st.cache_resource(show_spinner=False)
def _components() -> tuple[Any, Any]:
    outlines = {name: _outlines()[name] for name in ("width", "height", "places")}
    script = (
        f"globalThis.rapporteurOutlines = {json.dumps(outlines, separators=(',', ':'))};\n"
        'globalThis.dispatchEvent(new Event("rapporteur-outlines"));\n'
        "export default function () {}\n"
    )
    return (
        st.components.v2.component("municipality_outlines", js=script),
        st.components.v2.component(
            "municipality_map",
            html=_HTML,
            css=(_HERE / "municipality_map.css").read_text(encoding="utf-8"),
            js=(_HERE / "municipality_map.js").read_text(encoding="utf-8"),
        ),
    )
