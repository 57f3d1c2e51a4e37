"""Every figure that was loaded is in a series, or is named among those that are not, with a reason.

The rows are drawn by chance: each year of each indicator is a case of its own, of two deliveries.
"""

import collections
import random
from typing import Any, Final

import pytest

from rapporteur.delivery import reference
from tests.conftest import Office, Row

SERIES: Final = "investigations/series"
EVIDENCE: Final = "investigations/evidence"
BREAKDOWNS: Final[dict[str, list[str]]] = {
    "sex": ["women", "men"],
    "age_group": ["children"],
    "citizenship": ["foreign_nationals"],
    "form": ["forced_labour", "all_THB_forms"],
    "registered_by": ["PD", "GP"],
    "territory": ["LT-57", "LT-VL"],
}
# What a cell may say that holds no number.
SILENT: Final = ("n. d.", "netaikoma", "<5", None)
WHOLE_COUNTRY: Final = [None, "LT", "Lietuva", "Visa šalis"]
Thing = tuple[Any, ...]


def _cell(drawn: random.Random, breakdowns: int) -> object:
    """A cell of a number: a part is always smaller than what it is a part of."""
    size = 100 // 10**breakdowns
    return drawn.choice((3 * size, 4 * size, f"bent {3 * size}", *SILENT))


def _drawn_rows(drawn: random.Random) -> dict[str, list[Row]]:
    """Rows of two deliveries, no two of one delivery and source alike."""
    rows: dict[str, list[Row]] = {"T-1": [], "T-2": []}
    taken = set()
    indicators = [row["code"] for row in reference.rows("indicator") if row["unit"] != "proc."]
    for indicator in indicators[:12]:
        for year in range(1991, 2021):
            for _ in range(drawn.choice((1, 2, 3, 4))):
                filled = drawn.choice(
                    (
                        [],
                        [],
                        [drawn.choice([*BREAKDOWNS])],
                        ["sex", "form"],
                        ["registered_by", "sex"],
                    )
                )
                told = {name: drawn.choice(BREAKDOWNS[name]) for name in filled}
                delivery, source = drawn.choice(("T-1", "T-2")), drawn.choice((None, "S1", "S2"))
                key = (delivery, indicator, year, source, *sorted(told.items()))
                if key in taken:
                    continue
                taken.add(key)
                row = {
                    "indicator": indicator,
                    "year": year,
                    "value": _cell(drawn, len(filled)),
                    "source": source,
                    "is_preferred": drawn.choice((None, None, None, "ne")),
                    "is_doubtful": drawn.choice((None, None, None, "taip")),
                    "quote": f"{delivery}-{len(rows[delivery])}",
                    **told,
                }
                row.setdefault("territory", drawn.choice(WHOLE_COUNTRY))
                rows[delivery].append(row)
    return rows


@pytest.fixture(scope="module")
def sent() -> dict[str, list[Row]]:
    return _drawn_rows(random.Random(20))


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, sent: dict[str, list[Row]]) -> Office:
    made = Office(tmp_path_factory.mktemp("every-figure"))
    sources = [{"code": "S1"}, {"code": "S2"}]
    for delivery, rows in sent.items():
        made.send(delivery, source=sources, statistic=rows)
    return made


@pytest.fixture(scope="module")
def evidence(office: Office) -> list[Row]:
    return office.ask(EVIDENCE)


def _thing(row: Row) -> Thing:
    return (row["indicator"], row["year"], *(row[name] for name in BREAKDOWNS))


def _told_by(row: Row) -> tuple[str, ...]:
    return tuple(name for name in BREAKDOWNS if row[name] is not None)


def _may_be_shown(row: Row) -> bool:
    return not row["is_doubtful"] and row["standing"] != "ne"


@pytest.fixture(scope="module")
def things(sent: dict[str, list[Row]], evidence: list[Row]) -> dict[Thing, list[Row]]:
    """The rows of each thing told, with what the sender said of showing them."""
    said = {row["quote"]: row["is_preferred"] for rows in sent.values() for row in rows}
    found: dict[Thing, list[Row]] = collections.defaultdict(list)
    for row in evidence:
        found[_thing(row)].append({**row, "standing": said[row["quote"]]})
    return found


def test_every_row_is_in_the_list_of_evidence_once(
    sent: dict[str, list[Row]], evidence: list[Row]
) -> None:
    quotes = [row["quote"] for rows in sent.values() for row in rows]

    assert len(quotes) > 600
    assert sorted(row["quote"] for row in evidence) == sorted(quotes)
    assert {row["territory"] for row in evidence} == {None, "LT-57", "LT-VL"}


def test_a_number_is_shown_unless_another_one_is_told_of_the_same_thing(
    things: dict[Thing, list[Row]],
) -> None:
    kinds: collections.Counter[str] = collections.Counter()
    for rows in things.values():
        shown = [row for row in rows if row["is_preferred"]]
        assert len(shown) <= 1
        standing = [row for row in rows if _may_be_shown(row)]
        numbers = {(row["value"], row["mark"]) for row in standing if row["value"] is not None}
        if len(numbers) == 1:
            kinds["a number"] += 1
            assert [(row["value"], row["mark"]) for row in shown] == [*numbers]
        elif numbers:
            kinds["contradicting"] += 1
            assert shown == []
        elif standing:
            kinds["no number"] += 1
            assert [row["value"] for row in shown] == [None]
        else:
            kinds["put aside"] += 1
            assert shown == []
        told = {row["value"] for row in rows} - {None}
        assert {row["is_contradicted"] for row in rows} == {len(told) > 1}
    assert min(kinds[kind] for kind in ("a number", "contradicting", "no number")) > 5


def test_every_figure_that_is_shown_is_a_point_of_a_series(
    office: Office, evidence: list[Row]
) -> None:
    shown = [row for row in evidence if row["is_preferred"]]
    points = []
    for names in {_told_by(row) for row in shown}:
        asked: dict[str, Any] = {name: BREAKDOWNS[name] for name in names}
        points += office.ask(SERIES, **asked)

    assert sorted(row["quote"] for row in points) == sorted(row["quote"] for row in shown)


def test_every_breakdown_of_a_figure_that_is_shown_can_be_chosen(
    office: Office, evidence: list[Row]
) -> None:
    years: collections.Counter[tuple[str, str, str]] = collections.Counter()
    for row in evidence:
        if row["is_preferred"] and len(_told_by(row)) == 1:
            [name] = _told_by(row)
            years[row["indicator"], name, row[name]] += 1

    offered = {
        (row["indicator"], row["dimension"], row["code"]): row["years"]
        for row in office.ask("investigations/breakdowns")
    }
    assert offered == dict(years)


@pytest.mark.parametrize("asked", [{}, {"sex": ["women"]}, {"registered_by": ["PD", "GP"]}])
def test_a_year_without_a_total_names_the_figures_of_its_parts(
    office: Office, evidence: list[Row], asked: dict[str, Any]
) -> None:
    parts: collections.Counter[tuple[Any, ...]] = collections.Counter()
    whole = set()
    for row in evidence:
        if any(row[name] not in codes for name, codes in asked.items()):
            continue
        further = tuple(name for name in _told_by(row) if name not in asked)
        parts[row["indicator"], row["year"], further] += 1
        if not further and row["value"] is not None:
            whole.add((row["indicator"], row["year"]))
    expected = {
        key: count for key, count in parts.items() if key[2] and (key[0], key[1]) not in whole
    }

    told = {
        (row["indicator"], row["year"], tuple(row["dimensions"])): row["figures"]
        for row in office.ask("investigations/told_apart", **asked)
    }
    assert told == expected
    assert len(told) > 10
