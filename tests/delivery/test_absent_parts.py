"""Sheets, columns and cells that may be absent are absent: a file is accepted or has problems."""

import csv
import functools
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from rapporteur.delivery import checking, loading
from rapporteur.delivery.checking import Checked
from rapporteur.delivery.declaration import SHEETS, Sheet
from rapporteur.delivery.loading import WrongUse
from rapporteur.delivery.reading import read_file
from rapporteur.warehouse.writing import Draft, drafting
from tests.conftest import DEFAULTS, Office

NEWEST_YEAR = 2022
FILLED = [sheet for sheet in SHEETS if not sheet.one_row]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """A small office that holds a row of every sheet whose rows findings compare."""
    office = Office(tmp_path_factory.mktemp("office"))
    office.send(
        "BIURAS-1",
        addressee=[{}],
        recommendation_link=[{}],
        response=[{}],
        statistic=[{"source": "S1"}, {"year": 2019}],
        activity=[{}],
        assessment=[{}],
        source=[{}],
    )
    return office


@pytest.fixture(scope="module")
def draft(office: Office) -> Iterator[Draft]:
    with drafting(office.target, loading.definitions(), publish=False) as draft:
        yield draft


def checked(path: Path, draft: Draft) -> Checked:
    """The checks of a file alone, of which nobody says which delivery it is."""
    file = read_file(path)
    state = checking.start([file], NEWEST_YEAR)
    known = {table: draft.codes(table) for table in ("institution", "document", "recommendation")}
    return checking.finish(state, [file], known, functools.partial(draft.search, None))


def content(sheet: Sheet, *, with_empty: bool, without: str | None = None) -> list[list[Any]]:
    """Headers and one row of a sheet, in which nothing stands but what must."""
    row = DEFAULTS[sheet.table]
    columns = [
        column
        for column in sheet.columns
        if column.required or (with_empty and column.name != without)
    ]
    cells = [row.get(column.name) if column.required else None for column in columns]
    return [[column.header for column in columns], cells]


@pytest.mark.parametrize("sheet", FILLED, ids=lambda sheet: sheet.table)
def test_a_sheet_stands_alone_with_nothing_but_what_is_required(
    sheet: Sheet, office: Office, draft: Draft
) -> None:
    """As a workbook and as text, with optional columns left out and left empty."""
    left_empty = content(sheet, with_empty=True)
    left_out = content(sheet, with_empty=False)
    text = office.folder / f"{sheet.name}.csv"
    with text.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows(left_out)
    for path in (office.grid(f"{sheet.table}.xlsx", {sheet.name: left_empty}), text):
        found = checked(path, draft)
        assert found.code is None
        assert found.institution is None
        assert found.tables[sheet.table].num_rows == 1
        # Codes that the office defines already, and an activity in no municipality, are told of.
        assert {problem.code for problem in found.problems} <= {"code-twice", "value-required"}


@pytest.mark.parametrize(
    "place", range(max(sum(not c.required for c in s.columns) for s in FILLED))
)
def test_each_optional_column_is_left_out(place: int, office: Office, draft: Draft) -> None:
    """One workbook lacks the optional column at this place of every sheet."""
    sheets: dict[str, list[list[Any]]] = {}
    for sheet in FILLED:
        optional = [column.name for column in sheet.columns if not column.required]
        missing = optional[place] if place < len(optional) else None
        sheets[sheet.name] = content(sheet, with_empty=True, without=missing)
    path = office.grid(f"be-{place}.xlsx", sheets)
    found = checked(path, draft)
    assert found.tables.keys() == {sheet.table for sheet in FILLED}
    codes = {problem.code for problem in found.problems}
    assert codes <= {"code-twice", "code-unknown", "value-required"}


STATISTICS: dict[str, list[list[Any]]] = {
    "Rodikliai": [["Metai", "Rodiklis", "Reikšmė"], [2020, "victims_identified", 24]]
}
HEADERS: list[Any] = ["Kodas", "Institucija", "Ataskaitiniai metai", "Pastaba"]


@pytest.mark.parametrize(
    "sheets",
    [
        STATISTICS,
        STATISTICS | {"Pateikimas": [HEADERS]},
        STATISTICS | {"Pateikimas": [HEADERS, [None, "PD", 2020, None]]},
        STATISTICS | {"Pateikimas": [HEADERS, [None, None, 2020, "Pastaba"]]},
        STATISTICS | {"Pateikimas": [HEADERS[:2], ["PD-2020", None]]},
    ],
    ids=["no sheet", "no row", "no code", "neither", "no sender"],
)
def test_code_and_sender_are_given_beside_the_file(
    sheets: Mapping[str, list[list[Any]]], office: Office
) -> None:
    path = office.grid("statistika.xlsx", sheets)
    [outcome] = office.load(path, write=False)
    if any(row[:2] != HEADERS[:2] for row in sheets.get("Pateikimas", [])):
        assert {problem.code for problem in outcome.problems} == {"value-required"}
        assert {problem.sheet for problem in outcome.problems} == {"Pateikimas"}
    else:
        assert outcome.accepted
        assert outcome.delivery is None
        with pytest.raises(WrongUse, match="--delivery"):
            office.load(path)
    [outcome] = office.load(path, delivery=" PD-2020 ", institution="pd", write=False)
    assert outcome.accepted, outcome.problems
    assert outcome.delivery == "PD-2020"


def test_code_and_sender_given_are_those_of_the_file_that_has_none(office: Office) -> None:
    named = office.grid(
        "savo.xlsx", STATISTICS | {"Pateikimas": [HEADERS[:2], ["NVO-1", "Nežinoma"]]}
    )
    nameless = office.grid("be-kodo.xlsx", STATISTICS)
    own, other = office.load(named, nameless, delivery="PD-2020", institution="PD", write=False)
    assert [problem.code for problem in own.problems] == ["code-unknown"]
    assert not other.problems
