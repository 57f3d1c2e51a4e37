"""How activities are counted: filtered first, then folded; places and totals apart."""

import itertools
import random
from typing import Any

import pytest

from tests.conftest import Office, Row

PLACES = "activities/by_municipality"
UNPLACED = "activities/unplaced"
VILNIUS, KAUNAS, RIETAVAS = "LT-57", "LT-15", "LT-39"
NOWHERE: Row = {"scope": "visa šalis", "municipality": None}
TOTAL = "prevention_and_information_total"


def place(office: Office, code: str = VILNIUS, **filters: Any) -> Row:
    [row] = [row for row in office.ask(PLACES, **filters) if row["municipality"] == code]
    return row


# Rows of one municipality (each over the default row), and what they make:
# state, activities, at least, about.
COUNTED: list[tuple[str, list[Row], tuple[str, int | None, bool, bool]]] = [
    ("nothing", [], ("no_answer", None, False, False)),
    ("a number", [{"count": 3}], ("active", 3, False, False)),
    ("a sum", [{"count": 3}, {"count": 4}], ("active", 7, False, False)),
    ("number not stated", [{}], ("active", 1, True, False)),
    ("twice not stated", [{}, {}], ("active", 2, True, False)),
    ("stated and not stated", [{"count": 3}, {}], ("active", 4, True, False)),
    ("zero", [{"count": 0}], ("zero", 0, False, False)),
    ("zero beside some", [{"count": 0}, {"count": 2}], ("active", 2, False, False)),
    ("zero beside not stated", [{"count": 0}, {}], ("active", 1, True, False)),
    ("no data", [{"count": "n. d."}], ("no_answer", None, False, False)),
    ("no data in words", [{"count": "nėra duomenų"}], ("no_answer", None, False, False)),
    ("not applicable", [{"count": "netaikoma"}], ("no_answer", None, False, False)),
    ("no data beside zero", [{"count": "n. d."}, {"count": 0}], ("zero", 0, False, False)),
    ("no data beside some", [{"count": "n. d."}, {"count": 2}], ("active", 2, False, False)),
    ("fewer than five", [{"count": "<5"}], ("active", 1, True, False)),
    ("more than ten", [{"count": "per 10"}], ("active", 10, True, False)),
    ("at least ten", [{"count": "bent 10"}], ("active", 10, True, False)),
    ("about ten", [{"count": "apie 10"}], ("active", 10, False, True)),
    ("about ten and two", [{"count": "apie 10"}, {"count": 2}], ("active", 12, False, True)),
    ("about and at least", [{"count": "apie 10"}, {}], ("active", 11, True, True)),
    # One activity told more than once: the largest stated count stands.
    ("told twice", [{"count": 3, "group_code": "G"}] * 2, ("active", 3, False, False)),
    (
        "told as three and as five",
        [{"count": 3, "group_code": "G"}, {"count": 5, "group_code": "G"}],
        ("active", 5, False, False),
    ),
    (
        "told as three and without number",
        [{"group_code": "G"}, {"count": 3, "group_code": "G"}],
        ("active", 3, False, False),
    ),
    ("told twice without number", [{"group_code": "G"}] * 2, ("active", 1, True, False)),
    (
        "told as none and without number",
        [{"count": 0, "group_code": "G"}, {"group_code": "G"}],
        ("active", 1, True, False),
    ),
    (
        "told as ten and as more than ten",
        [{"count": 10, "group_code": "G"}, {"count": "per 10", "group_code": "G"}],
        ("active", 10, True, False),
    ),
    (
        "told as more than ten and as twelve",
        [{"count": "per 10", "group_code": "G"}, {"count": 12, "group_code": "G"}],
        ("active", 12, False, False),
    ),
    (
        "two groups",
        [{"count": 3, "group_code": "G"}, {"count": 3, "group_code": "H"}],
        ("active", 6, False, False),
    ),
]


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Every case is a year of its own, so that one delivery holds them all."""
    office = Office(tmp_path_factory.mktemp("counted"))
    office.send(
        activity=[
            {**row, "year": 1990 + number}
            for number, (_, rows, _) in enumerate(COUNTED)
            for row in rows
        ]
    )
    return office


@pytest.mark.parametrize("number", range(len(COUNTED)), ids=lambda n: COUNTED[n][0])
def test_the_count_of_a_municipality(counted: Office, number: int) -> None:
    row = place(counted, year=1990 + number)

    found = (
        row["state"],
        row["activities"],
        row["activities_are_at_least"],
        row["activities_are_about"],
    )
    assert found == COUNTED[number][2]


def test_all_sixty_are_there_whatever_is_asked(office: Office) -> None:
    office.send(activity=[{}])

    for filters in ({}, {"year": 2019}, {"kind": "seminar"}, {"form": "forced_labour"}):
        rows = office.ask(PLACES, **filters)
        assert len({row["municipality"] for row in rows}) == len(rows) == 60


def test_a_campaign_counts_in_each_of_its_places(office: Office) -> None:
    office.send(
        activity=[
            {"group_code": "G", "count": 2},
            {"group_code": "G", "municipality": KAUNAS},
            {"group_code": "G", "municipality": KAUNAS, "count": 4},
        ]
    )

    assert place(office, VILNIUS)["activities"] == 2
    assert place(office, KAUNAS)["activities"] == 4
    assert place(office, RIETAVAS)["state"] == "no_answer"


def test_a_group_ends_with_its_delivery_unless_it_is_named_with_it(office: Office) -> None:
    office.send("T-1", activity=[{"group_code": "G", "count": 2}, {"group_code": "H", "count": 1}])
    office.send("T-2", activity=[{"group_code": "G", "count": 3}, {"group_code": "T-1:H"}])

    # G of one sender and G of another are two things; T-1:H is the first sender's H.
    assert place(office)["activities"] == 2 + 3 + 1
    assert place(office)["activities_are_at_least"] is False


def test_rows_are_filtered_before_they_are_folded(office: Office) -> None:
    office.send(
        activity=[
            {"group_code": "G", "kind": "lecture", "count": 2},
            {"group_code": "G", "kind": "seminar", "count": 5},
            {"forms": "forced_labour; forced_begging", "count": 10, "kind": "training"},
            {"year": 2019, "count": 100, "target_groups": "pupils", "kind": "conference"},
        ]
    )

    assert place(office, kind="lecture")["activities"] == 2
    assert place(office, kind=["lecture", "seminar"])["activities"] == 5
    assert place(office, form="forced_begging")["activities"] == 10
    assert place(office, form=["forced_begging", "forced_labour"])["activities"] == 10
    assert place(office, target_group="pupils")["activities"] == 100
    assert place(office, target_group="pupils", year=2020)["state"] == "no_answer"
    assert place(office, year=2020)["activities"] == 15
    assert place(office)["activities"] == 115


def test_persons_are_counted_apart(office: Office) -> None:
    office.send(
        activity=[
            {"count": 1, "participants": 30},
            {"count": 1, "participants": "per 250"},
            {"count": 1, "municipality": KAUNAS},
            {"count": 1, "municipality": RIETAVAS, "participants": 12},
            {"count": 1, "municipality": RIETAVAS, "participants": 20, "group_code": "G"},
            {"count": 1, "municipality": RIETAVAS, "participants": 25, "group_code": "G"},
        ]
    )

    vilnius, kaunas, rietavas = (place(office, code) for code in (VILNIUS, KAUNAS, RIETAVAS))
    assert (vilnius["participants"], vilnius["participants_are_at_least"]) == (280, True)
    assert kaunas["participants"] is None
    assert (rietavas["participants"], rietavas["participants_are_at_least"]) == (37, False)


def test_what_has_no_place_stands_beside_the_places(office: Office) -> None:
    office.send(
        activity=[
            {"count": 2},
            {**NOWHERE, "count": 138, "kind": TOTAL},
            {**NOWHERE, "count": 3},
            {**NOWHERE, "scope": "regionas", "quote": None},
            {**NOWHERE, "scope": "nenurodyta", "count": "n. d."},
        ]
    )

    found = [
        (row["scope"], row["is_total"], row["activities"], row["activities_are_at_least"])
        for row in office.ask(UNPLACED)
    ]
    assert found == [
        ("regionas", False, 1, True),
        ("visa šalis", False, 3, False),
        ("visa šalis", True, 138, False),
    ]
    assert sum(row["activities"] or 0 for row in office.ask(PLACES)) == 2


def test_inhabitants_of_the_census_next_to_the_year(office: Office) -> None:
    office.send(activity=[{"year": 2020, "count": 2}, {"year": 2022}])

    early, late = place(office, year=2022), place(office)
    assert (early["inhabitants"], early["inhabitants_in"]) == (556_490, 2021)
    assert late["inhabitants_in"] == 2025
    in_2020 = place(office, year=2020)
    assert in_2020["activities_per_100k"] == pytest.approx(2 * 100_000 / 556_490)


# Every counted activity is in exactly one place, under every filter --------------------------

KINDS, FORMS = ("lecture", "seminar"), ("forced_labour", "forced_begging")
SCOPES = ("visa šalis", "regionas")


def drawn(draw: random.Random) -> Row:
    municipality = draw.choice([VILNIUS, KAUNAS, None])
    return {
        "municipality": municipality,
        "scope": "savivaldybė" if municipality else draw.choice(SCOPES),
        "kind": draw.choice(KINDS),
        "forms": draw.choice([None, *FORMS]),
        "year": draw.choice([2019, 2020]),
        "count": draw.choice([None, 0, 1, 2, 7, "n. d.", "<5", "bent 3", "apie 4"]),
        "group_code": draw.choice([None, None, "G", "H", "T-1:G", "T-2:G"]),
    }


def counted_by_hand(rows: list[tuple[str, Row]]) -> dict[tuple[str, str | None], int]:
    """(activity, municipality) → count: the contract once more, row by row."""
    values: dict[Any, int] = {None: 1, "<5": 1, "bent 3": 3, "apie 4": 4}
    found: dict[tuple[str, str | None], list[tuple[bool, int]]] = {}
    for number, (delivery, row) in enumerate(rows):
        if row["count"] == "n. d.":
            continue
        group = row["group_code"]
        name = f"row {number}" if not group else group if ":" in group else f"{delivery}:{group}"
        value = values[row["count"]] if row["count"] in values else int(row["count"])
        is_stated = row["count"] not in (None, "<5", 0)
        found.setdefault((name, row["municipality"]), []).append((is_stated, value))
    return {key: max(told)[1] for key, told in found.items()}


@pytest.mark.parametrize("seed", range(3))
def test_each_counted_activity_is_in_exactly_one_place_under_every_filter(
    office: Office, seed: int
) -> None:
    draw = random.Random(seed)
    deliveries = {code: [drawn(draw) for _ in range(40)] for code in ("T-1", "T-2")}
    for code, rows in deliveries.items():
        office.send(code, activity=rows)
    everything = [(code, row) for code, rows in deliveries.items() for row in rows]

    for year, kind, form in itertools.product((None, 2020), (None, *KINDS), (None, *FORMS)):
        kept = [
            (code, row)
            for code, row in everything
            if (year is None or row["year"] == year)
            and (kind is None or row["kind"] == kind)
            and (form is None or row["forms"] == form)
        ]
        by_hand = counted_by_hand(kept)
        placed = {
            row["municipality"]: row["activities"]
            for row in office.ask(PLACES, year=year, kind=kind, form=form)
            if row["activities"] is not None
        }
        unplaced = sum(
            row["activities"] for row in office.ask(UNPLACED, year=year, kind=kind, form=form)
        )
        for code in (VILNIUS, KAUNAS):
            expected = [count for (_, where), count in by_hand.items() if where == code]
            assert placed.get(code) == (sum(expected) if expected else None)
        assert unplaced == sum(count for (_, where), count in by_hand.items() if where is None)
