"""The palette as others see it: the colour-blind, and those who need contrast.

The simulation is that of G. Machado, M. Oliveira and L. Fernandes, "A Physiologically-based Model
for Simulation of Color Vision Deficiency" (IEEE Transactions on Visualization and Computer Graphics
15, 2009, 1291-1298); the difference of two colours is CIE DE2000. Both are the library's.
"""

import tomllib
import warnings
from collections.abc import Mapping, Sequence
from itertools import combinations, pairwise
from typing import Any

import numpy as np
import pytest

from rapporteur.documents import palette
from rapporteur.settings import ROOT

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # of parts of the library that want plotting, which is not used
    import colour

SIGHTS = ("everybody", "Protanomaly", "Deuteranomaly", "Tritanomaly")
# Twice what a designer would call "clearly another colour when seen side by side".
APART = 15.0


def linear(fill: str) -> Any:
    return colour.cctf_decoding(
        np.array([int(fill[place : place + 2], 16) / 255 for place in (1, 3, 5)]), "sRGB"
    )


def seen(fill: str, sight: str) -> Any:
    """A colour in CIE Lab as it is seen with a whole deficiency."""
    light = linear(fill)
    if sight != "everybody":
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # tritanomaly is an approximation, as the paper says
            light = colour.matrix_cvd_Machado2009(sight, 1.0) @ light
    return colour.XYZ_to_Lab(colour.RGB_to_XYZ(np.clip(light, 0, 1), "sRGB"))


def difference(one: str, other: str, sight: str) -> float:
    return float(colour.delta_E(seen(one, sight), seen(other, sight), method="CIE 2000"))


def closest(fills: Sequence[str], sight: str) -> tuple[float, str, str]:
    return min((difference(a, b, sight), a, b) for a, b in combinations(fills, 2))


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.2."""
    bright, dark = sorted(
        (float(linear(fill) @ [0.2126, 0.7152, 0.0722]) for fill in (one, other)), reverse=True
    )
    return (bright + 0.05) / (dark + 0.05)


def theme(mode: str) -> dict[str, str]:
    """The colours of the page in the light or the dark theme."""
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    colours: dict[str, str] = config["theme"][mode]
    return colours


def grounds() -> list[str]:
    return [theme(mode)["backgroundColor"] for mode in ("light", "dark")]


def test_the_simulation_takes_red_from_green_away() -> None:
    assert difference("#c00000", "#606000", "everybody") > 2 * difference(
        "#c00000", "#606000", "Deuteranomaly"
    )


@pytest.mark.parametrize("sight", SIGHTS)
def test_kinds_are_told_apart_by_colour_alone(sight: str) -> None:
    assert closest(palette.KINDS, sight)[0] >= APART, closest(palette.KINDS, sight)


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize(
    "looks", [palette.ANSWER_LOOKS, palette.ASSESSMENT_LOOKS, palette.PLACE_LOOKS]
)
def test_states_differ_by_pattern_or_else_by_colour(
    looks: Mapping[str, palette.Look], sight: str
) -> None:
    alike = [
        (one, other, round(difference(looks[one][0], looks[other][0], sight), 1))
        for one, other in combinations(looks, 2)
        if looks[one][1] == looks[other][1]
        and difference(looks[one][0], looks[other][0], sight) < APART
    ]

    assert alike == []


@pytest.mark.parametrize("sight", SIGHTS)
def test_more_is_deeper_for_everybody(sight: str) -> None:
    lightness = [float(seen(fill, sight)[0]) for fill in palette.BLUES]

    assert all(paler - deeper >= 8 for paler, deeper in pairwise(lightness)), lightness


@pytest.mark.parametrize("sight", SIGHTS)
def test_documents_are_not_taken_for_figures(sight: str) -> None:
    """Both stand on one chart; the mark of a document has a shape of its own as well."""
    assert difference(palette.BLUE, palette.DOCUMENT, sight) >= APART / 3


@pytest.mark.parametrize("fill", [palette.BLUE, palette.EDGE, palette.DOCUMENT])
def test_lines_and_marks_stand_out_from_both_grounds(fill: str) -> None:
    assert min(contrast(fill, ground) for ground in grounds()) >= 3


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_edge_of_a_field_and_every_word_stand_out(mode: str) -> None:
    colours = theme(mode)

    assert contrast(colours["borderColor"], colours["backgroundColor"]) >= 3
    for words in ("textColor", "linkColor"):
        for ground in ("backgroundColor", "secondaryBackgroundColor"):
            assert contrast(colours[words], colours[ground]) >= 4.5


@pytest.mark.parametrize(
    "fill",
    sorted(
        {
            *(fill for fill, _ in palette.ANSWER_LOOKS.values()),
            *(fill for fill, _ in palette.ASSESSMENT_LOOKS.values()),
            *(fill for fill, _ in palette.PLACE_LOOKS.values()),
            *palette.BLUES,
            *palette.KINDS,
        }
    ),
)
def test_words_can_be_read_on_every_fill(fill: str) -> None:
    assert contrast(fill, palette.text_on(fill)) >= 4.5
