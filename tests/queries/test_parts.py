"""Parts without data: of what part nobody gave data, as far as that is known."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.conftest import Office, Row

PART = "pateikta iš dalies"
ABC: list[Row] = [{"part": "a"}, {"part": "b"}, {"part": "c"}]
TWO: list[Row] = [{}, {"institution": "PD"}]


@dataclass(frozen=True)
class Case:
    """What came of a recommendation of three parts; parts that apply and those without data."""

    name: str
    told: tuple[int, int]
    response: list[Row] = field(default_factory=list)
    addressee: list[Row] = field(default_factory=lambda: [{}])


CASES = [
    Case("nobody answered", (3, 3)),
    Case("one part answered", (3, 2), [{"part": "a"}]),
    Case("one part answered in part", (3, 2), [{"part": "a", "state": PART}]),
    Case("a part is silent by its own word", (3, 3), [{"part": "a", "state": "nepateikta"}]),
    Case("all parts answered", (3, 0), ABC),
    Case("the whole answered in full", (3, 0), [{}]),
    Case("the whole answered in part: it is not said which", (3, 0), [{"state": PART}]),
    Case(
        "the whole in part, and of one part it is said that there is nothing",
        (3, 1),
        [{"state": PART}, {"part": "b", "state": "nepateikta"}],
    ),
    Case("the whole silent", (3, 3), [{"state": "nepateikta"}]),
    Case(
        "a part that does not apply", (2, 1), [{"part": "a", "state": "netaikoma"}, {"part": "b"}]
    ),
    Case("nothing applies", (0, 0), [{"state": "netaikoma"}]),
    Case("one addressee is enough", (3, 2), [{"institution": "PD", "part": "c"}], TWO),
    Case(
        "it applies to one of two",
        (3, 3),
        [{"part": "a", "state": "netaikoma"}],
        TWO,
    ),
    Case("who is no addressee changes nothing", (3, 3), [{"institution": "GP", "part": "a"}]),
    Case(
        "answered on behalf, one part",
        (3, 2),
        [{"institution": "NTB", "on_behalf_of": "SAM", "part": "a"}],
        [{"institution": "SAM"}],
    ),
    Case(
        "answered on behalf, the whole in part",
        (3, 0),
        [{"institution": "NTB", "on_behalf_of": "SAM", "state": PART}],
        [{"institution": "SAM"}],
    ),
    Case(
        "each part has its addressee",
        (3, 2),
        [{"part": "a"}],
        [
            {"part": "a"},
            {"part": "b", "institution": "PD"},
            {"part": "c", "institution": "GP"},
        ],
    ),
    Case("named for the whole and for a part: once", (3, 2), [{"part": "a"}], [{}, {"part": "a"}]),
    Case("only the parts that name an addressee count", (1, 1), [], [{"part": "a"}]),
]
CODES = {f"R{number}": case for number, case in enumerate(CASES, 1)}


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Row]:
    office = Office(tmp_path_factory.mktemp("parts"))
    tables: dict[str, Any] = {"recommendation_part": []}
    for code, case in CODES.items():
        tables["recommendation_part"] += [{"recommendation": code, **one} for one in ABC]
        for table in ("addressee", "response"):
            rows: list[Row] = getattr(case, table)
            tables.setdefault(table, []).extend({"recommendation": code, **row} for row in rows)
    office.send(**tables, request=[{"recommendation": "R1", "institution": "VRM"}])
    return {row["recommendation"]: row for row in office.ask("recommendations/register", year=2020)}


@pytest.mark.parametrize("code", CODES, ids=lambda code: CODES[code].name)
def test_the_parts_without_data(code: str, register: dict[str, Row]) -> None:
    row = register[code]

    assert (row["parts"], row["parts_without_data"]) == CODES[code].told


def test_a_recommendation_without_parts_has_none(office: Office) -> None:
    office.send(addressee=[{}], response=[{}])

    [row] = office.ask("recommendations/register", year=2020)
    assert (row["parts"], row["parts_without_data"]) == (None, None)


def test_the_parts_of_one_addressee_alone(office: Office) -> None:
    office.send(
        recommendation_part=ABC,
        addressee=TWO,
        response=[
            {"part": "a"},
            {"institution": "PD", "part": "b"},
            {"institution": "PD", **ABC[2]},
        ],
    )

    def told(**filters: Any) -> tuple[int, int]:
        [row] = office.ask("recommendations/register", year=2020, **filters)
        return row["parts"], row["parts_without_data"]

    assert (told(), told(institution="VRM"), told(institution="PD")) == ((3, 0), (3, 2), (3, 1))


def test_each_part_with_who_gave_data_and_its_judgement(office: Office) -> None:
    office.send(
        recommendation_part=[{"part": "a"}, {"part": "b"}],
        addressee=TWO,
        response=[{"part": "a"}],
        assessment=[{"part": "a"}],
    )

    told = [
        (
            row["part"],
            row["addressees_with_data"],
            row["asked_addressees"],
            row["is_without_data"],
            row["assessment"],
        )
        for row in office.ask("recommendations/parts", year=2020, recommendation="R1")
    ]
    assert told == [("a", 1, 2, False, "įgyvendinta"), ("b", 0, 2, True, None)]
