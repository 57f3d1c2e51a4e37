"""The map: four states that differ in more than colour, classes of a shade, small cities."""

import json
from typing import Any

import pytest

from rapporteur.documents.palette import BLUES
from rapporteur.settings import ASSETS
from rapporteur.ui import municipality_map
from rapporteur.ui.municipality_map import COUNT_STEPS, RATE_STEPS, Look, drawn


def look(code: str, state: str, value: float | None = None, sign: str = "") -> Look:
    return Look(code=code, name=code, state=state, value=value, lines=["<b>"], sign=sign)


def draw(*looks: Look, **changed: Any) -> dict[str, Any]:
    asked: dict[str, Any] = {
        "label": "Žemėlapis",
        "steps": COUNT_STEPS,
        "step_words": lambda low, following: f"{low:g}–{following and f'{following:g}'}",
        "state_words": {"zero": "nebuvo", "no_answer": "nėra duomenų"},
        "signs": {},
        "chosen": None,
        **changed,
    }
    return drawn(looks, **asked)


def test_the_states_differ_in_more_than_colour() -> None:
    shown = draw(look("LT-57", "active", 3), look("LT-15", "zero", 0), look("LT-58", "no_answer"))

    active, zero, silent = shown["places"]
    assert (active["fill"] in BLUES, active["sign"]) == (True, "")
    assert (zero["fill"], zero["sign"]) == ("", "0")
    assert (silent["fill"], silent["sign"], silent["state"]) == ("", "", "no_answer")
    style = (ASSETS.parent / "rapporteur/ui/municipality_map.css").read_text(encoding="utf-8")
    assert ".place.no_answer {\n  fill: url(#hatched);" in style
    assert "stroke-dasharray: 3 2;" in style[style.index(".place.zero") :][:200]


def test_the_legend_tells_each_state_with_its_number_and_zero_always() -> None:
    legend = draw(look("LT-57", "active", 3), look("LT-58", "no_answer"))["legend"]

    assert [(item.get("state"), item["label"]) for item in legend[-2:]] == [
        ("zero", "nebuvo (0)"),
        ("no_answer", "nėra duomenų (1)"),
    ]
    assert all(item["state"] == "active" for item in legend[:-2])
    only_silent = draw(look("LT-58", "no_answer"))["legend"]
    assert "active" not in [item["state"] for item in only_silent]


@pytest.mark.parametrize(
    ("values", "steps", "labels"),
    [
        ([1], COUNT_STEPS, ["1–None"]),
        ([1, 3, 7], COUNT_STEPS, ["1–2", "2–5", "5–None"]),
        # More classes than there are blues: those of the small values are one.
        ([1, 30_000], COUNT_STEPS, ["1–200", "200–500", "500–1000", "1000–2000", "2000–5000"]),
        ([0.4, 2.5], RATE_STEPS, ["0–1", "1–2", "2–None"]),
    ],
)
def test_classes_reach_from_the_least_to_the_largest(
    values: list[float], steps: tuple[float, ...], labels: list[str]
) -> None:
    shown = draw(*(look("LT-57", "active", value) for value in values), steps=steps)

    classes = [item for item in shown["legend"] if item["state"] == "active"]
    assert [item["label"] for item in classes][: len(labels)] == labels
    assert len(classes) <= len(BLUES)
    fills = [item["fill"] for item in classes]
    assert len(set(fills)) == len(fills)
    assert {place["fill"] for place in shown["places"]} <= set(fills)
    assert shown["places"][-1]["fill"] == fills[-1]


def test_the_sign_of_coordination_stands_beside_that_of_zero() -> None:
    shown = draw(look("LT-15", "zero", 0, sign="●"), signs={"●": "veikia grupė (1)"})

    assert shown["places"][0]["sign"] == "0 ●"
    assert shown["legend"][-1] == {"sign": "●", "label": "veikia grupė (1)"}


def test_every_municipality_has_an_outline_and_the_source_is_named() -> None:
    outlines = json.loads((ASSETS / "municipality_outlines.json").read_text(encoding="utf-8"))

    assert set(outlines["places"]) == {f"LT-{number:02}" for number in range(1, 61)}
    for place in outlines["places"].values():
        x, y = place["at"]
        assert 0 < x < outlines["width"]
        assert 0 < y < outlines["height"]
        assert place["size"] > 0
    assert "Registrų centras" in municipality_map.attribution()
    assert "CC BY 4.0" in municipality_map.attribution()
