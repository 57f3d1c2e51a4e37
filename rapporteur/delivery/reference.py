"""The reference lists under data/reference/: read once, matched against by the checks."""

import csv
import functools
from collections.abc import Mapping

import pyarrow as pa

from rapporteur.delivery.declaration import (
    DERIVED_LISTS,
    FIXED_LISTS,
    REFERENCE_LISTS,
    SHEETS,
    Choice,
)
from rapporteur.delivery.values import Lists, Place, plain
from rapporteur.settings import REFERENCE

Row = Mapping[str, str]

# By which names the codes of lists are asked for; others are asked for by the name of their list.
_ASKED: Mapping[str, tuple[str, ...]] = {
    **{name: (name,) for name in REFERENCE_LISTS},
    "kind": ("activity_kind",),
    "form": ("exploitation_form",),
    "status": ("coordination_status",),
    "source_kind": ("source_kind",),
    "institution": ("institution",),
    "organiser": ("institution",),
    "registered_by": ("institution",),
    "territory": ("county", "municipality"),
}
# Columns of lists that hold codes of other lists.
_POINTING: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("municipality", "county"): ("county",),
    ("municipality_neighbour", "municipality"): ("municipality",),
    ("municipality_neighbour", "neighbour"): ("municipality",),
    ("indicator_definition", "indicator"): ("indicator",),
    ("recommendation_indicator", "named"): ("exploitation_form", "target_group"),
}


@functools.cache
def rows(name: str) -> tuple[Row, ...]:
    """The rows of one reference list, every cell as text. Raises OSError when it is missing."""
    with (REFERENCE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@functools.cache
def choices() -> Mapping[str, tuple[Choice, ...]]:
    """Every list, fixed or from data/reference/, by its name."""
    extended = {
        name: tuple(
            Choice(row["code"], row["label_lt"], row["label_en"], _former(row))
            for row in rows(name)
        )
        for name in REFERENCE_LISTS
    }
    return {**FIXED_LISTS, **extended}


def _former(row: Row) -> tuple[str, ...]:
    """The codes that a member had before, several apart by “;”."""
    return tuple(filter(None, (code.strip() for code in (row.get("former") or "").split(";"))))


@functools.cache
def present_codes(name: str) -> Mapping[str, str]:
    """Former code → the code of today, of one list; a code in use is never a former one.

    Municipalities are institutions too, under their codes.
    """
    source = "municipality" if name == "institution" else name
    if source not in REFERENCE_LISTS:
        return {}
    now = {row["code"] for row in rows(source)}
    former = ((code, row["code"]) for row in rows(source) for code in _former(row))
    return {code: present for code, present in former if code not in now}


def present(name: str, code: str) -> str:
    """The code of today for a code of a list, which may be a former one."""
    return present_codes(name).get(code, code)


def asked_lists(parameter: str) -> tuple[str, ...]:
    """The lists whose codes a question, a command or an address asks for by that name."""
    return _ASKED.get(parameter, ())


def asked(parameter: str, code: str) -> str:
    """The code of today for one that a question, a command or an address asks for."""
    for name in asked_lists(parameter):
        if code in present_codes(name):
            return present_codes(name)[code]
    return code


def _names_of_municipality(row: Row) -> set[str]:
    """Every name that means this municipality and no other."""
    genitive = row["label_lt"].removesuffix(" savivaldybė")  # Vilniaus miesto
    short = row["short_lt"].removesuffix(" sav.")  # Vilniaus m.
    return {
        row["code"],
        row["label_lt"],
        row["short_lt"],
        row["label_en"],
        *_former(row),
        genitive,
        short,
        f"{genitive} sav.",
        f"{short} savivaldybė",
    }


# Endings of the nominative and what „in the town“ ends in; the first that fits counts.
_LOCATIVES = (
    ("iai", "iuose"),
    ("ai", "uose"),
    ("os", "ose"),
    ("as", "e"),
    ("is", "yje"),
    ("us", "uje"),
    ("ė", "ėje"),
    ("a", "oje"),
)


def _locative(town: str, genitive: str) -> str:
    """Where: Vilnius → Vilniuje, Trakai → Trakuose, Naujoji Akmenė → Naujojoje Akmenėje."""
    first, space, last = town.rpartition(" ")
    if first.endswith("oji"):
        first = f"{first.removesuffix('oji')}ojoje"
    if last.endswith("ys"):  # Panevėžys is one town, Švenčionys a plural
        ending = "yse" if genitive.endswith("ių") else "yje"
        return f"{first}{space}{last.removesuffix('ys')}{ending}"
    for ending, locative in _LOCATIVES:
        if last.endswith(ending):
            return f"{first}{space}{last.removesuffix(ending)}{locative}"
    return town


def _names_of_town(row: Row) -> set[str]:
    """The bare town names that mean a municipality: its own name and its seat, inflected too."""
    genitive = row["label_lt"].removesuffix(" savivaldybė")
    genitive = genitive.removesuffix(" miesto").removesuffix(" rajono")
    return {genitive} | {
        name
        for town in (row["nominative"], row["seat"])
        for name in (town, _locative(town, genitive))
    }


@functools.cache
def _municipalities() -> Mapping[str, Place]:
    found: dict[str, Place] = {}
    for row in rows("municipality"):
        found.update((plain(name), Place(row["code"])) for name in _names_of_municipality(row))
    # A bare town name shared by a city and a district municipality means the city.
    by_town: dict[str, list[Row]] = {}
    for row in rows("municipality"):
        for town in {plain(name) for name in _names_of_town(row)}:
            by_town.setdefault(town, []).append(row)
    for town, sharing in by_town.items():
        city = min(sharing, key=lambda row: not row["kind"].startswith("miest"))
        found.setdefault(town, Place(city["code"], is_assumed_city=len(sharing) > 1))
    return found


def lists(newest_year: int) -> Lists:
    """What cells are matched against; years may run to `newest_year`."""
    counties = {
        plain(name): row["code"]
        for row in rows("county")
        for name in (*_former(row), row["code"], row["label_lt"], row["label_en"])
    }
    return Lists(choices(), _municipalities(), counties, newest_year)


_INTEGERS = ("position", "inhabitants_2021", "inhabitants_2025", "from_year", "to_year", "count")
_DECIMALS = ("centroid_latitude", "centroid_longitude", "area_km2", "low", "high")
# Lists that no cell is matched against.
_BESIDE = ("recommendation_indicator", "municipality_neighbour", "count_interval", "licence")


@functools.cache
def tables() -> Mapping[str, pa.Table]:
    """The reference lists as tables: numbers as numbers, everything else as text, blank as null.

    The table `choice` holds the lists that the code itself fixes, `former_code` what codes were
    before. No lists to choose from are
    `recommendation_indicator`, which indicators follow from a recommendation,
    `municipality_neighbour`, which municipalities share a border, `count_interval`, the exact
    interval of a yearly count, and `licence`, on what terms each part of this may be used.
    """
    found = {}
    for name in (*REFERENCE_LISTS, *_BESIDE):
        columns = {}
        for column in rows(name)[0]:
            cells = [row[column] or None for row in rows(name)]
            if column == "former":
                cells = [";".join(_former(row)) or None for row in rows(name)]
            for pointed in _POINTING.get((name, column), ()):
                cells = [present(pointed, cell) if cell else cell for cell in cells]
            if column in _INTEGERS:
                columns[column] = pa.array([int(c) if c else None for c in cells], pa.int32())
            elif column in _DECIMALS:
                columns[column] = pa.array([float(c) if c else None for c in cells], pa.float64())
            else:
                columns[column] = pa.array(cells, pa.string())
        found[name] = pa.table(columns)
    found["former_code"] = _former_codes()
    found["choice"] = pa.Table.from_pylist(
        [
            {
                "list": name,
                "code": choice.code,
                "label_lt": choice.label_lt,
                "label_en": choice.label_en,
            }
            for name, members in {**FIXED_LISTS, **DERIVED_LISTS}.items()
            for choice in members
        ]
        + [
            {
                "list": "table",
                "code": sheet.table,
                "label_lt": sheet.name,
                "label_en": sheet.alias,
            }
            for sheet in SHEETS
        ]
    )
    return found


def _former_codes() -> pa.Table:
    """List, former code, code of today, and the names by which codes of the list are asked for."""
    lists = (*REFERENCE_LISTS, "institution")
    return pa.Table.from_pylist(
        [
            {
                "list": name,
                "former": former,
                "code": code,
                "asked_as": [asked_as for asked_as, named in _ASKED.items() if name in named],
            }
            for name in lists
            for former, code in present_codes(name).items()
        ],
        schema=pa.schema(
            [
                ("list", pa.string()),
                ("former", pa.string()),
                ("code", pa.string()),
                ("asked_as", pa.list_(pa.string())),
            ]
        ),
    )
