"""How activities are counted: filtered first, then folded; places and totals apart."""

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from rapporteur.delivery import loading
from rapporteur.documents import answers
from tests.conftest import DAY, Office, Row

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

KINDS, FORMS, GROUPS = ("lecture", "seminar"), ("forced_labour", "forced_begging"), ("pupils",)
SCOPES = ("visa šalis", "regionas")
YEARS: Final = (2019, 2020, None)
COUNTY: Final = "LT-VL"
# A filter, the values asked for, and which rows one of them keeps.
FILTERS: Final[Sequence[tuple[str, Sequence[Any], Callable[[Row, Any], bool]]]] = (
    ("year", (2020, [2019, 2020]), lambda row, asked: row["year"] in listed(asked)),
    ("undated", ("taip",), lambda row, _: row["year"] is None),
    ("kind", KINDS, lambda row, asked: row["kind"] == asked),
    ("form", (*FORMS, FORMS), lambda row, asked: bool({*listed(row["forms"])} & {*listed(asked)})),
    ("target_group", GROUPS, lambda row, asked: row["target_groups"] == asked),
    ("organiser", ("VRM", "PD"), lambda row, asked: row["organiser"] == asked),
)


def listed(value: Any) -> list[Any]:
    """One value or several, as a list; none of None."""
    if isinstance(value, str):
        return value.split("; ")
    return [] if value is None else [value] if isinstance(value, int) else list(value)


@st.composite
def activity_rows(draw: st.DrawFn) -> Row:
    """A row of Veiklos as somebody may send it."""
    municipality = draw(st.sampled_from([VILNIUS, KAUNAS, None]))
    return {
        "municipality": municipality,
        "scope": "savivaldybė" if municipality else draw(st.sampled_from(SCOPES)),
        "kind": draw(st.sampled_from(KINDS)),
        "forms": draw(st.sampled_from([None, *FORMS, "; ".join(FORMS)])),
        "target_groups": draw(st.sampled_from([None, *GROUPS])),
        "organiser": draw(st.sampled_from([None, "VRM", "PD"])),
        "year": draw(st.sampled_from(YEARS)),
        "count": draw(st.sampled_from([None, 0, 1, 2, 7, "n. d.", "<5", "bent 3", "apie 4"])),
        "group_code": draw(st.sampled_from([None, None, "G", "H", "T-1:G", "T-2:G"])),
    }


Standing = tuple[bool, int]
Told = tuple[int, bool, bool] | None


def counted_by_hand(
    rows: Sequence[tuple[str, int, Row]],
) -> dict[tuple[str, str | None], Standing]:
    """(activity, municipality) → whether its number is stated, and the number: row by row."""
    values: dict[Any, int] = {None: 1, "<5": 1, "bent 3": 3, "apie 4": 4}
    found: dict[tuple[str, str | None], list[Standing]] = {}
    for delivery, number, row in rows:
        if row["count"] == "n. d.":
            continue
        group = row["group_code"]
        name = group if group and ":" in group else f"{delivery}:{group or number}"
        value = values[row["count"]] if row["count"] in values else int(row["count"])
        is_stated = row["count"] not in (None, "<5", 0)
        found.setdefault((name, row["municipality"]), []).append((is_stated, value))
    return {key: max(told) for key, told in found.items()}


def summed(standing: Sequence[Standing]) -> Told:
    """What they come to, whether that is at least, whether it is about; None of none."""
    if not standing:
        return None
    return (
        sum(value for _, value in standing),
        (False, 1) in standing or (True, 3) in standing,
        (True, 4) in standing,
    )


def told_in(row: Row | None, of: str = "activities") -> Told:
    """The same of a row of an answer."""
    if row is None or row[of] is None:
        return None
    return row[of], row[f"{of}_are_at_least"], row[f"{of}_are_about"]


@settings(
    derandomize=True,
    deadline=None,
    database=None,
    max_examples=3,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(
    deliveries=st.fixed_dictionaries(
        {code: st.lists(activity_rows(), min_size=40, max_size=60) for code in ("T-1", "T-2")}
    ),
    together=st.lists(
        st.fixed_dictionaries(
            {}, optional={name: st.sampled_from(values) for name, values, _ in FILTERS}
        ),
        min_size=8,
        max_size=8,
    ),
)
def test_each_counted_activity_is_in_exactly_one_place_under_every_filter(
    deliveries: dict[str, list[Row]], together: list[Row]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        office = Office(Path(folder))
        for code, rows in deliveries.items():
            office.send(code, activity=rows)
        everything = [
            (code, number, row)
            for code, rows in deliveries.items()
            for number, row in enumerate(rows)
        ]
        # None, each filter alone, and many together.
        alone = [{name: one} for name, values, _ in FILTERS for one in values]
        for asked in [{}, *alone, *together]:
            keeps = [(name, keep) for name, _, keep in FILTERS if name in asked]
            kept = [
                one for one in everything if all(keep(one[2], asked[name]) for name, keep in keeps)
            ]
            each_is_in_one_place(office, asked, kept)
            if not {"year", "undated"} & {*asked}:
                years_are_the_whole(office, asked, kept)


def each_is_in_one_place(office: Office, asked: Row, kept: Sequence[tuple[str, int, Row]]) -> None:
    by_hand = counted_by_hand(kept)
    of_place = {
        place: summed([standing for (_, where), standing in by_hand.items() if where == place])
        for place in (VILNIUS, KAUNAS, None)
    }
    places = {row["municipality"]: row for row in office.ask(PLACES, **asked)}
    assert {code: told for code, row in places.items() if (told := told_in(row))} == {
        code: told for code, told in of_place.items() if code and told
    }, asked
    without = office.ask(UNPLACED, **asked)
    assert sum(row["activities"] for row in without) == (of_place[None] or (0,))[0]
    of_county = office.ask(PLACES, **asked, county=COUNTY)
    assert {row["county"] for row in of_county} == {COUNTY}
    assert [told for row in of_county if (told := told_in(row))] == [
        told for told in [of_place[VILNIUS]] if told
    ]
    # The list tells of each of them once, those of its places apart from those without one.
    listed_once = office.ask("activities/told", **asked)
    assert sum(row["statements"] for row in listed_once) == len(kept)
    placed = [told[0] for code in (VILNIUS, KAUNAS) if (told := of_place[code])]
    assert sum(row["activities"] or 0 for row in listed_once) == sum(placed), asked
    assert sum(row["unplaced"] or 0 for row in listed_once) == (of_place[None] or (0,))[0]
    # Whatever form and whatever group is all of them, with the same marks.
    [whatever] = [
        row
        for row in office.ask("activities/gaps", **asked)
        if row["form"] is row["target_group"] is None
    ]
    in_places = [standing for (_, where), standing in by_hand.items() if where]
    assert told_in(whatever) == (summed(in_places) or (0, False, False))
    assert told_in(whatever, "unplaced") == (of_place[None] or (0, False, False))


def years_are_the_whole(office: Office, asked: Row, kept: Sequence[tuple[str, int, Row]]) -> None:
    """The years add up to the whole, but for what is told of in several."""
    by_year = {row["year"]: row for row in office.ask("activities/by_year", **asked)}
    of_kinds = office.ask("activities/by_year_and_kind", **asked)
    for year in YEARS:
        of_year = counted_by_hand([one for one in kept if one[2]["year"] == year])
        placed, without = (
            summed([told for (_, where), told in of_year.items() if bool(where) == is_placed])
            or (0, False, False)
            for is_placed in (True, False)
        )
        row = by_year.get(year)
        if row is None:
            assert placed == without == (0, False, False)
            continue
        assert (told_in(row), told_in(row, "unplaced")) == (placed, without), asked
        assert sum(one["activities"] for one in of_kinds if one["year"] == year) == placed[0]


# Year by year --------------------------------------------------------------------------------


def test_a_year_tells_on_how_many_sources_it_rests(office: Office) -> None:
    office.send(
        "T-1",
        source=[{"code": "S1", "title": "Ataskaita"}, {"code": "S2", "title": "Straipsnis"}],
        activity=[
            {"year": 2019, "count": 2, "source": "S1"},
            {"year": 2019, "count": 1, "source": "S1", "municipality": KAUNAS},
            {"year": 2020, "source": "S1"},
            {"year": 2020, "source": "S2", "municipality": KAUNAS},
            {"year": 2020, **NOWHERE, "count": 138, "kind": TOTAL, "source": "S2"},
            {"year": 2021, "count": 0},
            {"year": 2021, "count": "n. d.", "source": "S1"},
            {"year": 2022, "count": 5, "source": "S1"},
            {"year": 2022, **NOWHERE, "count": 1, "source": "S1"},
            {"year": 2022, **NOWHERE, "count": 1, "source": "S2"},
            {"year": None, **NOWHERE, "count": 4},
        ],
    )

    found = [
        (
            row["year"],
            row["activities"],
            row["activities_are_at_least"],
            row["municipalities"],
            row["unplaced"],
            row["totals"],
            row["sources"],
            row["placed_sources"],
            row["unplaced_sources"],
            row["source_title"],
        )
        for row in office.ask("activities/by_year")
    ]
    assert found == [
        (2019, 3, False, 2, 0, 0, 1, 1, 0, "Ataskaita"),
        (2020, 2, True, 2, 0, 138, 2, 2, 0, None),
        # Whose row names no source, tells it by itself.
        (2021, 0, False, 0, 0, 0, 1, 1, 0, "T-1"),
        # What several sources tell of may rest on one in the municipalities.
        (2022, 5, False, 1, 2, 0, 2, 1, 2, None),
        (None, 0, False, 0, 4, 0, 1, 0, 1, "T-1"),
    ]


def test_kinds_of_a_year_add_up_to_the_year(office: Office) -> None:
    office.send(
        activity=[
            {"count": 2, "group_code": "G", "kind": "lecture"},
            {"count": 5, "group_code": "G", "kind": "seminar"},
            {"kind": "lecture"},
            {"kind": "lecture", **NOWHERE, "count": 9},
        ]
    )

    found = [
        (row["year"], row["kind"], row["activities"], row["activities_are_at_least"])
        for row in office.ask("activities/by_year_and_kind")
    ]
    # The group is of the kind of the statement that stands.
    assert sorted(found) == [(2020, "lecture", 1, True), (2020, "seminar", 5, False)]
    [year] = office.ask("activities/by_year")
    assert year["activities"] == 6


# One by one ----------------------------------------------------------------------------------


def test_a_campaign_is_one_and_tells_its_places_and_its_statements(office: Office) -> None:
    office.send(
        "T-1",
        source=[{"code": "S1", "title": "Ataskaita", "url": "https://example.org/a"}],
        activity=[
            {"group_code": "G", "quote": "Vyko.", "date_from": "2020-10-18", "source": "S1"},
            {"group_code": "G", "quote": "Vyko dvi.", "count": 2, "source": "S1"},
            {"group_code": "G", "municipality": KAUNAS, "quote": "Kaune."},
            {"quote": "Kita.", "date_from": "2020-03"},
        ],
    )

    campaign, other = office.ask("activities/told")
    assert campaign["held_in"] == [KAUNAS, VILNIUS]
    assert (campaign["activities"], campaign["activities_are_at_least"]) == (3, True)
    assert (campaign["statements"], campaign["group_code"]) == (3, "T-1:G")
    # The statement that weighs most is the one shown.
    assert (campaign["quote"], campaign["source_url"]) == ("Vyko dvi.", "https://example.org/a")
    assert (other["statements"], other["group_code"], other["date_from"]) == (1, None, "2020-03")
    statements = office.ask("activities/list", group="T-1:G")
    assert sorted(row["quote"] for row in statements) == ["Kaune.", "Vyko dvi.", "Vyko."]


def test_a_campaign_in_places_and_without_one_is_never_one_sum(office: Office) -> None:
    office.send(
        activity=[
            {"group_code": "G", "count": 3},
            {"group_code": "G", "municipality": KAUNAS},
            {"group_code": "G", **NOWHERE, "scope": "neįvardytos savivaldybės", "count": "apie 9"},
            {**NOWHERE, "count": 138, "kind": TOTAL},
            {"count": "n. d."},
        ]
    )

    campaign, total, unknown = office.ask("activities/told")
    assert (told_in(campaign), told_in(campaign, "unplaced")) == (
        (4, True, False),
        (9, False, True),
    )
    assert (told_in(total), told_in(total, "unplaced")) == (None, (138, False, False))
    assert (told_in(unknown), told_in(unknown, "unplaced")) == (None, None)


def test_partners_are_told_by_their_names(office: Office) -> None:
    office.send(
        institution=[{"code": "KODAS", "name": "Kovos centras"}],
        activity=[{"partners": "VRM; KODAS", "partners_text": "mokyklos"}],
    )

    for question in ("activities/told", "activities/list"):
        [row] = office.ask(question)
        assert row["partners"] == ["VRM", "KODAS", "mokyklos"]
        warehouse = loading.open_renewed(office.target)
        known = answers.labels(warehouse, DAY)
        shown = answers.readable(
            question, warehouse.ask(question, None, as_of=DAY), known, "lt"
        ).data
        warehouse.close()
        assert shown["partners"].tolist() == ["Ministerija; Kovos centras; mokyklos"]


def test_the_list_is_given_page_by_page_and_says_how_many_there_are(office: Office) -> None:
    office.send(activity=[{"quote": f"Veikla {number}."} for number in range(7)])

    pages = [office.ask("activities/told", most=3, skip=skip) for skip in (0, 3, 6, 9)]
    assert [len(page) for page in pages] == [3, 3, 1, 0]
    assert len({row["quote"] for page in pages for row in page}) == 7
    assert {row["found"] for page in pages for row in page} == {7}


def test_whose_year_nobody_states_is_apart_and_never_dropped(office: Office) -> None:
    office.send(activity=[{"year": None, "count": 3, "quote": "Be metų."}, {"count": 2}])

    assert place(office)["activities"] == 5
    assert place(office, year=2020)["activities"] == 2
    assert place(office, undated="taip")["activities"] == 3
    [apart] = office.ask("activities/told", undated="taip")
    assert (apart["quote"], apart["year"]) == ("Be metų.", None)


def test_places_and_no_place_can_be_listed_apart(office: Office) -> None:
    office.send(activity=[{"quote": "Čia."}, {**NOWHERE, "quote": "Visur."}])

    assert [r["quote"] for r in office.ask("activities/told", scope="savivaldybė")] == ["Čia."]
    assert [r["quote"] for r in office.ask("activities/told", scope="visa šalis")] == ["Visur."]


# Gaps ----------------------------------------------------------------------------------------


def cells(office: Office, **filters: Any) -> dict[tuple[str | None, str | None], Row]:
    return {
        (row["form"], row["target_group"]): row for row in office.ask("activities/gaps", **filters)
    }


def test_an_activity_fills_every_cell_that_its_sources_name(office: Office) -> None:
    office.send(
        activity=[
            {"forms": "forced_labour; forced_begging", "target_groups": "pupils", "count": 2},
            # Told twice: what any statement names counts, the activity once.
            {"group_code": "G", "forms": "forced_labour"},
            {"group_code": "G", "target_groups": "pupils"},
            {"count": 4},
            {**NOWHERE, "forms": "forced_labour", "count": 6},
            {**NOWHERE, "forms": "forced_labour", "count": 138, "kind": TOTAL},
        ]
    )

    found = cells(office)
    both = found["forced_labour", "pupils"]
    assert (both["activities"], both["activities_are_at_least"], both["unplaced"]) == (3, True, 0)
    assert found["forced_begging", "pupils"]["activities"] == 2
    assert (
        found["forced_labour", None]["activities"],
        found["forced_labour", None]["unplaced"],
    ) == (
        3,
        6,
    )
    assert found[None, "pupils"]["activities"] == 3
    whole = found[None, None]
    assert (whole["activities"], whole["without_form"], whole["without_target_group"]) == (7, 4, 4)
    assert found["organ_removal", None]["activities"] == 0


def test_cells_are_filled_within_the_places_asked_for(office: Office) -> None:
    office.send(
        activity=[
            {"forms": "forced_labour", "count": 2},
            {"forms": "forced_labour", "count": 5, "municipality": KAUNAS},
            {"forms": "forced_labour", "count": 7, **NOWHERE},
        ]
    )

    assert cells(office)["forced_labour", None]["unplaced"] == 7
    of_one = cells(office, municipality=KAUNAS)["forced_labour", None]
    assert (of_one["activities"], of_one["unplaced"]) == (5, 0)
    of_county = cells(office, county="LT-VL")["forced_labour", None]
    assert (of_county["activities"], of_county["unplaced"]) == (2, 0)


def test_every_municipality_has_a_row_whatever_the_form(office: Office) -> None:
    office.send(activity=[{"forms": "forced_labour", "count": 2}, {"count": 3}])

    rows = office.ask("activities/gaps_by_municipality")
    assert len({row["municipality"] for row in rows if row["form"] is None}) == 60
    mine = {row["form"]: row for row in rows if row["municipality"] == VILNIUS}
    assert (mine[None]["activities"], mine[None]["unnamed"]) == (5, 3)
    assert mine["forced_labour"]["activities"] == 2
    [silent] = [row for row in rows if row["municipality"] == RIETAVAS]
    assert silent["activities"] is None


# What stands beside --------------------------------------------------------------------------


def test_coordination_is_told_with_its_source_and_only_where_known(office: Office) -> None:
    office.send(
        source=[{"code": "S1", "title": "Straipsnis", "publisher": "Laikraštis"}],
        coordination=[
            {"status": "no_measures_2023", "source": "S1", "quote": "Priemonių nevykdė."},
            {"municipality": KAUNAS, "dated_on": "2018-05", "decision": "T-1"},
        ],
    )

    against, group = office.ask("activities/coordination", municipality=[VILNIUS, KAUNAS])
    if against["municipality"] != VILNIUS:
        against, group = group, against
    assert (against["source_publisher"], against["quote"]) == ("Laikraštis", "Priemonių nevykdė.")
    assert (group["dated_on"], group["decision"]) == ("2018-05", "T-1")
    assert office.ask("activities/coordination", municipality=RIETAVAS) == []
    # What is told against a municipality is no answer that there were none.
    assert place(office)["state"] == "no_answer"


def test_who_borders_and_who_is_of_the_county(office: Office) -> None:
    office.send(activity=[{}])

    near = {
        row["other"]: row for row in office.ask("activities/surroundings", municipality=VILNIUS)
    }
    assert near["LT-58"]["is_neighbour"] is near["LT-58"]["is_of_the_county"] is True
    assert VILNIUS not in near
    assert all(row["is_neighbour"] or row["is_of_the_county"] for row in near.values())
    assert {row["county"] for row in near.values()} == {"LT-VL"}


def test_the_sources_of_activities_are_named_those_with_most_statements_first(
    office: Office,
) -> None:
    office.send(
        year=2020,
        source=[{"code": "A", "title": "Pirmas"}, {"code": "B", "title": "Antras"}],
        activity=[
            {"source": "A"},
            {"source": "B"},
            {"source": "B", "municipality": "Kaunas"},
            {"source": "A", **NOWHERE},
            {"source": "A", "count": "n. d."},
        ],
    )

    def named(**filters: Any) -> list[tuple[str, int]]:
        rows = office.ask("activities/sources", **filters)
        return [(row["source_title"], row["statements"]) for row in rows]

    assert named() == [("Antras", 2), ("Pirmas", 2)]
    assert named(scope="savivaldybė") == [("Antras", 2), ("Pirmas", 1)]
    assert named(municipality=KAUNAS) == [("Antras", 1)]
    assert named(municipality=RIETAVAS) == []


@pytest.mark.parametrize("silent", ["n. d.", "netaikoma", "<5"])
@pytest.mark.parametrize("first", [True, False])
def test_who_has_no_number_hides_no_number_of_another_source(
    office: Office, silent: str, first: bool
) -> None:
    told: list[Row] = [{"count": silent, "source": "S1"}, {"count": 3, "source": "S2"}]
    office.send(
        source=[{"code": "S1"}, {"code": "S2"}],
        activity=[{"group_code": "G", **row} for row in (told if first else told[::-1])],
    )

    [place] = [r for r in office.ask("activities/by_municipality") if r["state"] != "no_answer"]
    assert (place["activities"], place["activities_are_at_least"]) == (3, False)
    [one] = office.ask("activities/told")
    assert (one["activities"], one["statements"], one["source"]) == (3, 2, "S2")
    assert {row["source"] for row in office.ask("activities/list")} == {"S1", "S2"}


def test_what_two_sources_say_of_coordination_stands_side_by_side(office: Office) -> None:
    office.send("T-1", source=[{"title": "Pirmojo"}], coordination=[{"source": "S1"}])
    office.send(
        "T-2",
        source=[{"title": "Antrojo"}],
        coordination=[{"source": "S1"}, {"source": "S1", "status": "no_measures_2023"}],
    )

    told = [(r["status"], r["source_title"]) for r in office.ask("activities/coordination")]
    assert told == [
        ("coordination_group_active", "Pirmojo"),
        ("coordination_group_active", "Antrojo"),
        ("no_measures_2023", "Antrojo"),
    ]
