"""The boundaries of the municipalities, as charts draw them."""

import json
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from rapporteur.settings import ASSETS

Outline = tuple[tuple[float | None, ...], tuple[float | None, ...]]


@dataclass(frozen=True)
class Boundaries:
    """Outlines by municipality code (`LT-57`), and whom to name beneath any map of them."""

    outlines: MappingProxyType[str, Outline]
    """Longitudes and latitudes in degrees; None stands between the rings of one municipality."""
    attribution: str


@lru_cache(maxsize=1)
def boundaries() -> Boundaries:
    """The 60 municipalities, the larger ones first, so that an enclave lies above its surroundings.

    Read once from assets/municipalities.geojson.
    """
    collection = json.loads((ASSETS / "municipalities.geojson").read_text(encoding="utf-8"))
    features = sorted(collection["features"], key=_extent, reverse=True)
    return Boundaries(
        outlines=MappingProxyType(
            {feature["id"]: _outline(feature["geometry"]["coordinates"]) for feature in features}
        ),
        attribution=collection["attribution"],
    )


def _extent(feature: Any) -> float:
    outer = feature["geometry"]["coordinates"][0]
    longitudes, latitudes = [point[0] for point in outer], [point[1] for point in outer]
    return float((max(longitudes) - min(longitudes)) * (max(latitudes) - min(latitudes)))


def _outline(rings: list[list[list[float]]]) -> Outline:
    longitudes: list[float | None] = []
    latitudes: list[float | None] = []
    for ring in rings:
        if longitudes:
            longitudes.append(None)
            latitudes.append(None)
        longitudes.extend(point[0] for point in ring)
        latitudes.extend(point[1] for point in ring)
    return tuple(longitudes), tuple(latitudes)
