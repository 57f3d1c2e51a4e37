"""What the map draws comes from the boundaries that are shipped, and from nothing else."""

import json
import re
import runpy
from typing import Any

import pytest
from shapely import Point, Polygon
from shapely.geometry import shape

from rapporteur.delivery import reference
from rapporteur.settings import ASSETS, DATA

MADE = runpy.run_path(str(DATA / "outlines.py"))


@pytest.fixture(scope="module")
def boundaries() -> Any:
    return json.loads((ASSETS / "municipalities.geojson").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def outlines() -> Any:
    return json.loads((ASSETS / "municipality_outlines.json").read_text(encoding="utf-8"))


def test_both_files_are_what_the_boundaries_give(boundaries: Any) -> None:
    for path, content in MADE["made"](boundaries).items():
        assert path.read_text(encoding="utf-8") == content, path.name


def test_what_is_drawn_is_the_municipality(boundaries: Any, outlines: Any) -> None:
    """Simplified by less than a twentieth of its area, and its point is within it."""
    features = {feature["id"]: shape(feature["geometry"]) for feature in boundaries["features"]}
    drawn = {code: polygon(place["path"]) for code, place in outlines["places"].items()}
    country, drawing = (sum(one.area for one in of.values()) for of in (features, drawn))

    for code, place in outlines["places"].items():
        assert drawn[code].is_valid
        assert drawn[code].contains(Point(place["at"]))
        # A degree of longitude is not equally long in the north and in the south.
        assert drawn[code].area / drawing == pytest.approx(features[code].area / country, rel=0.05)


def polygon(path: str) -> Polygon:
    """The polygon of an SVG path of steps; a ring after the first is a hole."""
    rings = []
    for ring in path.rstrip("z").split("z"):
        steps = [tuple(map(int, step.split())) for step in re.split("[Ml]", ring) if step]
        x = y = 0
        points = []
        for step_x, step_y in steps:
            x, y = x + step_x, y + step_y
            points.append((x, y))
        rings.append(points)
    return Polygon(rings[0], rings[1:])


def test_neighbours_are_mutual_and_a_city_has_the_district_around_it() -> None:
    rows = reference.rows("municipality_neighbour")
    pairs = {(row["municipality"], row["neighbour"]) for row in rows}

    assert pairs == {(other, one) for one, other in pairs}
    assert {one for one, _ in pairs} == {f"LT-{number:02}" for number in range(1, 61)}
    for city, district in (("LT-57", "LT-58"), ("LT-15", "LT-16"), ("LT-02", "LT-03")):
        assert (city, district) in pairs
    assert ("LT-57", "LT-15") not in pairs
