"""The template: complete, explained, and loaded without a word when it is filled in as it says."""

import datetime
import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from rapporteur.delivery import loading, reference, template
from rapporteur.delivery.declaration import SHEETS, Column, Kind, Sheet
from rapporteur.delivery.guidance import (
    EXAMPLE_WORD,
    GUIDES,
    HELPER_SHEETS,
    REQUEST_SHEET,
    example_of,
)
from rapporteur.delivery.loading import Outcome
from rapporteur.translations import LANGUAGES
from tests.conftest import DAY, Office, Row
from tests.libreoffice import needs_libreoffice, saved_by_libreoffice

FIRST_LINE = (
    "Neįrašykite asmens duomenų: vardų, asmens kodų, bylų numerių, aplinkybių, "
    "iš kurių galima atpažinti asmenį"
)
COLUMNS = [(sheet, column) for sheet in SHEETS for column in sheet.columns]
by_sheet = pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.table)
by_column = pytest.mark.parametrize(
    ("sheet", "column"), COLUMNS, ids=[f"{s.table}-{c.name}" for s, c in COLUMNS]
)


def opened(language: str = "lt") -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(template.workbook(language)))


@pytest.fixture(scope="module")
def book() -> Workbook:
    return opened()


def place_of(sheet: Sheet, column: Column) -> int:
    return sheet.columns.index(column) + 1


def validation_of(written: Worksheet, place: int) -> DataValidation:
    """The one rule that holds for a column, from the example row to the last prepared one."""
    letter = get_column_letter(place)
    [found] = [
        rule
        for rule in written.data_validations.dataValidation
        if f"{letter}3:{letter}1002" in str(rule.sqref).split()
    ]
    return found


def offered(book: Workbook, rule: DataValidation) -> list[str]:
    """What a drop-down offers: the cells of the range that feeds it, and the cell below it."""
    name, _, cells = rule.formula1.partition("!")
    feeding = book[name.strip("'")]
    start, _, end = cells.replace("$", "").partition(":")
    below = feeding[end].offset(row=1).value
    assert below is None, "the range stops short of its list"
    return [row[0].value for row in feeding[f"{start}:{end}"]]


def test_the_sheets_are_those_of_the_declaration(book: Workbook) -> None:
    first, second, *declared, last = book.sheetnames

    # The letter stands only in a workbook of requests.
    assert [REQUEST_SHEET, first, second, last] == list(HELPER_SHEETS)
    assert declared == [sheet.name for sheet in SHEETS]
    assert book.active.title == "Kaip pildyti"
    assert {sheet.sheet_state for sheet in book.worksheets} == {"visible"}


@by_sheet
def test_a_sheet_has_its_warning_header_and_example(book: Workbook, sheet: Sheet) -> None:
    warning, header, example = book[sheet.name].iter_rows(min_row=1, max_row=3)

    assert warning[0].value == FIRST_LINE
    assert [cell.value for cell in header] == [
        f"{column.header} *" if column.required else column.header for column in sheet.columns
    ]
    # More than the colour tells them apart.
    assert [cell.font.bold for cell in header] == [column.required for column in sheet.columns]
    assert all(cell.font.italic for cell in example)
    assert book[sheet.name].freeze_panes == "A3"


@by_column
def test_a_drop_down_offers_the_members_of_the_list(
    book: Workbook, sheet: Sheet, column: Column
) -> None:
    rule = validation_of(book[sheet.name], place_of(sheet, column))
    expected = {
        Kind.CHOICE: [c.label_lt for c in reference.choices().get(column.choices, ())],
        Kind.YES_NO: ["taip", "ne"],
        Kind.MUNICIPALITY: [row["label_lt"] for row in reference.rows("municipality")],
        Kind.TERRITORY: [
            row["label_lt"] for name in ("county", "municipality") for row in reference.rows(name)
        ],
    }.get(column.kind)

    if expected is None:
        assert (rule.type or "none") == "none"
    else:
        assert (rule.type, offered(book, rule)) == ("list", expected)
        assert rule.showErrorMessage == (not column.several), "several are not in the list"


def test_municipalities_are_in_lithuanian_order(book: Workbook) -> None:
    [sheet] = [one for one in SHEETS if one.table == "coordination"]
    names = offered(book, validation_of(book[sheet.name], 1))
    alphabet = "abcčdefghijklmnoprsštuvzž"
    equal = str.maketrans("ąęėįyųū", "aeeiiuu")

    assert len(names) == 60
    assert names == sorted(
        names,
        key=lambda name: [alphabet.find(one) for one in name.casefold().translate(equal)],
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_column_is_explained_beside_its_cells(language: str) -> None:
    book = opened(language)
    for sheet, column in COLUMNS:
        rule = validation_of(book[sheet.name], place_of(sheet, column))
        where = f"{sheet.name}, {column.header}"

        assert rule.showInputMessage, where
        assert rule.promptTitle, where
        assert rule.prompt, where
        assert len(rule.promptTitle) <= 32, where
        assert len(rule.prompt) <= 255, f"{where}: {len(rule.prompt)}"


def test_the_guidance_is_that_of_the_declaration() -> None:
    declared = {sheet.table: [column.name for column in sheet.columns] for sheet in SHEETS}

    assert {table: list(guide.columns) for table, guide in GUIDES.items()} == declared


@by_sheet
def test_an_example_row_is_marked_and_complete(sheet: Sheet) -> None:
    examples = [example_of(sheet.table, column.name) for column in sheet.columns]

    assert [bool(text.startswith(EXAMPLE_WORD)) for text in examples] == [
        place == 0 for place in range(len(examples))
    ]
    assert all(examples[sheet.columns.index(c)] for c in sheet.columns if c.required)


def test_the_same_template_is_the_same_file(book: Workbook) -> None:
    assert template.workbook() == template.workbook()
    assert book.properties.created == book.properties.modified == datetime.datetime(2026, 1, 1)


def test_what_a_program_would_misread_is_text(book: Workbook) -> None:
    """As a number or date 2.1 becomes the second of January, and 2020 a day of 1905."""
    formats = {
        (sheet.table, column.name): book[sheet.name]
        .column_dimensions[get_column_letter(place_of(sheet, column))]
        .number_format
        for sheet, column in COLUMNS
    }

    assert formats["recommendation", "number"] == "@"
    assert formats["activity", "date_from"] == "@"
    assert formats["request", "due_on"] == "yyyy-mm-dd"
    assert formats["response", "year"] == "0"
    assert formats["activity", "count"] == "#,##0"


# Filled in ---------------------------------------------------------------------------------------


def typed(column: Column, example: str) -> Any:
    """The example as a spreadsheet keeps it when a person types it."""
    if column.kind is Kind.DATE and not column.partial:
        return datetime.date.fromisoformat(example)
    is_number = column.kind in {Kind.YEAR, Kind.INTEGER, Kind.COUNT, Kind.NUMBER}
    return int(example) if is_number and example.isdigit() else example


def fill_in(book: Workbook, row: int, **changed: Row) -> None:
    """In every sheet the example as if it were meant, with these cells changed."""
    for sheet in SHEETS:
        for place, column in enumerate(sheet.columns, 1):
            example = example_of(sheet.table, column.name).removeprefix(EXAMPLE_WORD)
            value = changed.get(sheet.table, {}).get(column.name, example)
            if value:
                book[sheet.name].cell(row, place, typed(column, value))


def known_before(office: Office) -> None:
    """What the examples refer to and do not define themselves."""
    path = office.grid(
        "anksciau.xlsx",
        {
            "Pateikimas": [["Kodas", "Institucija"], ["VRM-2019", "VRM"]],
            "Institucijos": [
                ["Kodas", "Pavadinimas", "Rūšis"],
                ["VRM", "Vidaus reikalų ministerija", "ministerija"],
                ["INST", "Institucijos", "institucijų grupė"],
            ],
            "Dokumentai": [
                ["Kodas", "Pavadinimas", "Rūšis"],
                ["ATASKAITA-2019", "Ataskaita", "ataskaita"],
            ],
            "Rekomendacijos": [
                ["Kodas", "Dokumentas", "Numeris", "Pateikimo metai", "Tekstas"],
                ["R2019-1", "ATASKAITA-2019", "1", 2019, "Rekomenduotina."],
            ],
        },
    )
    [outcome] = office.load(path)
    assert outcome.accepted, told(outcome)


def told(outcome: Outcome) -> list[tuple[str | None, str | None, str, str | None]]:
    found = [*outcome.problems, *outcome.notices]
    return [(one.sheet, one.cell, one.code, one.value) for one in found]


def stored(office: Office, table: str) -> list[Row]:
    warehouse = loading.open_renewed(office.target)
    try:
        return warehouse.delivered(table, "PD-2020", DAY)
    finally:
        warehouse.close()


def test_an_untouched_template_holds_nothing(office: Office) -> None:
    path = office.folder / "sablonas.xlsx"
    path.write_bytes(template.workbook())

    [outcome] = office.load(path, write=False)

    assert (outcome.accepted, outcome.delivery) == (True, None), told(outcome)
    assert told(outcome) == []
    assert set(outcome.rows.values()) <= {0}


@pytest.mark.parametrize(
    ("row", "form"),
    [
        (3, ""),
        (4, ""),
        pytest.param(3, "ods", marks=needs_libreoffice),
        pytest.param(4, "xlsx", marks=needs_libreoffice),
    ],
    ids=["over the example", "below the example", "over it, as ods", "below it, as xlsx"],
)
def test_a_filled_in_template_loads_without_a_word(office: Office, row: int, form: str) -> None:
    """The examples on the office's sheets are its own; who sends the others has them let in."""
    known_before(office)
    book = opened()
    fill_in(book, row)
    path = office.folder / "pildytas.xlsx"
    book.save(path)
    if form:
        path = saved_by_libreoffice(path, office.folder / "saved", form)

    [outcome] = office.load(path, confirm=["sheet-of-office"])

    assert (outcome.accepted, told(outcome)) == (True, [])
    assert outcome.delivery == "PD-2020"
    assert outcome.rows == {sheet.table: 1 for sheet in SHEETS if not sheet.one_row}
    expected: dict[str, Row] = {
        "recommendation": {"code": "R2020-1", "number": "1", "nature": "nuolatinis"},
        "request": {"due_on": datetime.date(2020, 11, 2), "letter": "1D-205"},
        "response": {"part": "a", "state": "pateikta", "is_retold": False},
        "activity": {
            "year": 2020,
            "date_from": datetime.date(2020, 10, 5),
            "date_to_precision": "month",
            "municipality": "LT-57",
            "kind": "lecture",
            "forms": ["sexual_exploitation", "forced_labour"],
            "count": 3,
            "count_mark": None,
            "participants": 75,
            "participants_mark": "~",
        },
        "statistic": {
            "indicator": "pretrial_investigations_opened",
            "territory": "LT-VL",
            "value": 12.0,
            "is_preferred": True,
            "conflict": "K1",
        },
        "coordination": {"municipality": "LT-57", "dated_on_precision": "year"},
        "source": {"code": "SVETAINE-1", "kind": "municipal_page"},
    }
    for table, values in expected.items():
        [found] = stored(office, table)
        assert {name: found[name] for name in values} == values


def test_exactly_the_three_wrong_cells_are_named(office: Office) -> None:
    known_before(office)
    book = opened()
    fill_in(
        book,
        4,
        statistic={"value": "dvylika"},
        coordination={"municipality": "Vilnaius miesto savivaldybė"},
        response={"state": "atsakyta"},
    )
    path: Path = office.folder / "klaidos.xlsx"
    book.save(path)

    [outcome] = office.load(path, confirm=["sheet-of-office"])

    assert not outcome.accepted
    assert sorted(told(outcome)) == [
        ("Atsakymai", "F4", "value-not-in-list", "atsakyta"),
        ("Koordinavimas", "A4", "municipality-unknown", "Vilnaius miesto savivaldybė"),
        ("Rodikliai", "I4", "value-not-a-number", "dvylika"),
    ]
