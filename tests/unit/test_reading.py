"""Files as cells: what a spreadsheet shows, found where it stands."""

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from rapporteur.delivery.cells import Cell
from rapporteur.delivery.problems import cell_address
from rapporteur.delivery.reading import RawSheet, Unreadable, read_file


def only_sheet(path: Path) -> RawSheet:
    [sheet] = read_file(path).sheets
    return sheet


def rows(sheet: RawSheet) -> list[list[Cell]]:
    return [sheet.row(number) for number in range(sheet.height)]


def written(path: Path, rows: Sequence[Sequence[Any]]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(list(row))
    book.save(path)
    return path


@pytest.mark.parametrize(
    ("row", "column", "address"),
    [
        (0, 0, "A1"),
        (16, 3, "D17"),
        (0, 25, "Z1"),
        (0, 26, "AA1"),
        (9, 701, "ZZ10"),
        (1, 702, "AAA2"),
    ],
)
def test_a_cell_is_named_as_a_spreadsheet_names_it(row: int, column: int, address: str) -> None:
    assert cell_address(row, column) == address


def test_cells_keep_their_type(tmp_path: Path) -> None:
    moment = datetime.datetime(2020, 9, 1, 13, 45)
    path = written(
        tmp_path / "a.xlsx", [["tekstas", 1, 2.5, True, datetime.date(2020, 9, 1), moment]]
    )

    assert rows(only_sheet(path)) == [
        ["tekstas", 1.0, 2.5, True, datetime.date(2020, 9, 1), moment]
    ]


def test_a_date_is_the_same_day_in_both_date_systems(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.worksheets[0].append([datetime.date(2020, 9, 1)])
    book.save(tmp_path / "mac.xlsx")

    assert rows(only_sheet(tmp_path / "mac.xlsx")) == [[datetime.date(2020, 9, 1)]]


def test_cells_are_counted_from_a1_whatever_stands_empty(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0]["C4"] = "x"
    book.save(tmp_path / "a.xlsx")

    assert rows(only_sheet(tmp_path / "a.xlsx")) == [[None] * 3] * 3 + [[None, None, "x"]]


def test_errors_and_formulas_without_value_are_found_at_their_cells(tmp_path: Path) -> None:
    path = tmp_path / "f.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("F")
        sheet.write_formula("A1", "=1+1", value=2)
        sheet.write_formula("B2", "=1/0", value="#DIV/0!")
        sheet.write_formula("C3", '=""', value="")
        sheet.write_formula("D4", "=NA()", value="#N/A")
    with_values = only_sheet(path)
    without_values = only_sheet(written(tmp_path / "g.xlsx", [[None, "=1+1"]]))

    assert with_values.row(0)[0] == 2
    assert with_values.errors == {(1, 1): "#DIV/0!", (3, 3): "#N/A"}
    assert with_values.formulas_without_value <= {(2, 2)}
    assert without_values.formulas_without_value == {(0, 1)}
    assert without_values.errors == {}


def test_hidden_sheets_and_merged_cells_are_known(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    shown, hidden = book.worksheets[0], book.create_sheet("Paslėptas")
    shown["A1"] = "x"
    shown.merge_cells("A1:B3")
    hidden.sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")

    first, second = read_file(tmp_path / "a.xlsx").sheets

    assert (first.is_hidden, first.merged) == (False, [((0, 0), (2, 1))])
    assert (second.name, second.is_hidden) == ("Paslėptas", True)


TEXT = "Savivaldybė,Ąžuolas\nŠiauliai,žąsys\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1257"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_delimited_text(tmp_path: Path, encoding: str, delimiter: str) -> None:
    path = tmp_path / "Veiklos.csv"
    path.write_bytes(TEXT.replace(",", delimiter).encode(encoding))

    sheet = only_sheet(path)

    assert sheet.name == "Veiklos"
    assert rows(sheet) == [["Savivaldybė", "Ąžuolas"], ["Šiauliai", "žąsys"]]


def test_delimited_text_keeps_what_stands_in_quotes(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('a;b\r\n"eilutė\nir; kita";\r\n', encoding="utf-8", newline="")

    assert rows(only_sheet(path)) == [["a", "b"], ["eilutė\nir; kita", None]]


def test_the_digest_is_that_of_the_bytes(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"abc")

    assert read_file(path).sha256 == (
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    )


def test_a_sheet_wider_than_any_template_is_refused(tmp_path: Path) -> None:
    written(tmp_path / "just.xlsx", [[None] * 255 + ["x"]])
    written(tmp_path / "wide.xlsx", [[None] * 256 + ["x"]])

    assert only_sheet(tmp_path / "just.xlsx").row(0)[255] == "x"
    with pytest.raises(Unreadable) as caught:
        read_file(tmp_path / "wide.xlsx")
    assert caught.value.problem.code == "file-unreadable"
    assert "257" in caught.value.problem.message()


def test_macros_travel_along_and_never_run(tmp_path: Path) -> None:
    written(tmp_path / "a.xlsx", [["x"]]).rename(tmp_path / "a.xlsm")

    assert rows(only_sheet(tmp_path / "a.xlsm")) == [["x"]]
