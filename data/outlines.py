"""Turns the boundaries of the municipalities into what the map draws and who borders on whom.

    python data/outlines.py

Reads assets/municipalities.geojson; writes assets/municipality_outlines.json and
data/reference/municipality_neighbour.csv. The same boundaries always give the same bytes.
"""

import csv
import io
import itertools
import json
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import shapely
from shapely.geometry import Polygon, shape

HERE: Final = Path(__file__).resolve().parent
BOUNDARIES: Final = HERE.parent / "assets" / "municipalities.geojson"
OUTLINES: Final = HERE.parent / "assets" / "municipality_outlines.json"
NEIGHBOURS: Final = HERE / "reference" / "municipality_neighbour.csv"

WIDTH: Final = 2000
# The cosine of the country's middle latitude: a degree of longitude is that much shorter there.
NARROWING: Final = math.cos(math.radians(55.2))
# In units of the drawing, of which one is about 190 m: finer than a pixel of any screen that shows
# the country whole. Borders that two share are simplified alike, so that no gap opens.
TOLERANCE: Final = 3.0


def outlines(collection: Any) -> dict[str, Any]:
    """Width and height of the drawing, the attribution, and each municipality's path.

    `at` is a point well inside, `size` the diameter of the largest circle that fits there.
    """
    codes = [feature["id"] for feature in collection["features"]]
    whole = [
        shapely.transform(shape(feature["geometry"]), lambda points: points * [NARROWING, -1])
        for feature in collection["features"]
    ]
    left, top, right, bottom = shapely.total_bounds(whole)
    scale = WIDTH / (right - left)
    drawn = [shapely.transform(one, lambda points: (points - [left, top]) * scale) for one in whole]
    if not shapely.coverage_is_valid(drawn):
        raise SystemExit(f"{BOUNDARIES}: the municipalities overlap.")
    simple = shapely.coverage_simplify(drawn, TOLERANCE)
    places = {}
    for code, exact, one in zip(codes, drawn, simple, strict=True):
        radius = shapely.maximum_inscribed_circle(exact, tolerance=0.5)
        middle = radius.coords[0]
        places[code] = {
            "path": "".join(_ring(ring.coords) for ring in (one.exterior, *one.interiors)),
            "at": [round(middle[0]), round(middle[1])],
            "size": round(2 * radius.length),
        }
    return {
        "width": WIDTH,
        "height": math.ceil((bottom - top) * scale),
        "attribution": collection["attribution"],
        "places": dict(sorted(places.items())),
    }


def _ring(points: Sequence[Sequence[float]]) -> str:
    """A closed ring as an SVG path of whole numbers, each step from the point before."""
    rounded = [(round(x), round(y)) for x, y in points]
    steps = [f"M{rounded[0][0]} {rounded[0][1]}"]
    for (x, y), (next_x, next_y) in itertools.pairwise(rounded[:-1]):
        if (x, y) != (next_x, next_y):
            steps.append(f"l{next_x - x} {next_y - y}")
    return "".join(steps) + "z"


def neighbours(collection: Any) -> list[tuple[str, str]]:
    """Every two municipalities that share a stretch of border, both ways round."""
    polygons: dict[str, Polygon] = {
        feature["id"]: shape(feature["geometry"]) for feature in collection["features"]
    }
    pairs = [
        (one, other)
        for one, other in itertools.combinations(sorted(polygons), 2)
        if shapely.intersection(polygons[one], polygons[other]).length > 0
    ]
    return sorted([*pairs, *((other, one) for one, other in pairs)])


def made(collection: Any) -> dict[Path, str]:
    """What each of the two files holds."""
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(("municipality", "neighbour"))
    writer.writerows(neighbours(collection))
    drawing = json.dumps(outlines(collection), ensure_ascii=False, indent=1)
    return {OUTLINES: drawing + "\n", NEIGHBOURS: table.getvalue()}


def main() -> None:
    """Write both files."""
    collection = json.loads(BOUNDARIES.read_text(encoding="utf-8"))
    for path, content in made(collection).items():
        path.write_text(content, encoding="utf-8")


if __name__ == "__main__":
    main()
