"""Draws the picture that a preview of a link shows.

    python data/social_picture.py

Reads assets/municipality_outlines.json; writes assets/social.png: the outlines of the
municipalities in the colours of the house, and its name in both languages, as one picture serves
both.
"""

import json
import re
from pathlib import Path
from typing import Final

from matplotlib.figure import Figure
from matplotlib.patches import Polygon

ASSETS: Final = Path(__file__).resolve().parent.parent / "assets"
WIDTH: Final = 1200
HEIGHT: Final = 630
GROUND: Final = "#173f73"
LAND: Final = "#bfd4ea"
WORDS: Final = (
    (0.82, "Kovos su prekyba\nžmonėmis\nrekomendacijos", 40, "bold"),
    (0.30, "Recommendations against\ntrafficking in human beings", 22, "normal"),
)
# Beginning at a place, then steps from one corner to the next.
_SHAPE: Final = re.compile(r"M(-?[\d.]+) (-?[\d.]+)((?:l-?[\d.]+ -?[\d.]+)*)")
_STEP: Final = re.compile(r"l(-?[\d.]+) (-?[\d.]+)")


def corners(path: str) -> list[list[tuple[float, float]]]:
    """The corners of every shape of an outline."""
    shapes = []
    for x, y, steps in _SHAPE.findall(path):
        shape = [(float(x), float(y))]
        for across, down in _STEP.findall(steps):
            shape.append((shape[-1][0] + float(across), shape[-1][1] + float(down)))
        shapes.append(shape)
    return shapes


def draw() -> None:
    """Write the picture."""
    outlines = json.loads((ASSETS / "municipality_outlines.json").read_text(encoding="utf-8"))
    figure = Figure(figsize=(WIDTH / 100, HEIGHT / 100), dpi=100, facecolor=GROUND)
    axes = figure.add_axes((0.44, 0.06, 0.54, 0.88))
    axes.set_axis_off()
    axes.set_aspect("equal")
    axes.set_xlim(0, outlines["width"])
    axes.set_ylim(outlines["height"], 0)
    for place in outlines["places"].values():
        for shape in corners(place["path"]):
            axes.add_patch(Polygon(shape, facecolor=LAND, edgecolor=GROUND, linewidth=0.8))
    for height, words, size, weight in WORDS:
        figure.text(0.05, height, words, size=size * 0.72, weight=weight, color="white", va="top")
    figure.text(
        0.05, 0.06, outlines["attribution"].partition(";")[0], size=8, color=LAND, va="bottom"
    )
    figure.savefig(ASSETS / "social.png", metadata={"Software": None})


if __name__ == "__main__":
    draw()
