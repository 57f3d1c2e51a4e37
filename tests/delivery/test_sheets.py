"""Sheets as people lay them out: where header and data stand, what is odd and what is wrong."""

import datetime
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from rapporteur.delivery import checking
from rapporteur.delivery.declaration import SHEETS
from rapporteur.delivery.problems import Problem
from rapporteur.delivery.reading import read_file
from tests.conftest import Office, Row
from tests.delivery.hostile_files import zipped

PATEIKIMAS = [["Kodas", "Institucija"], ["T-1", "VRM"]]
INSTITUCIJOS = [["Kodas", "Pavadinimas", "Rūšis"], ["VRM", "Ministerija", "ministry"]]
HEADER = ["Metai", "Rodiklis", "Reikšmė"]
FIGURE = [2020, "victims_identified", 24]

Place = tuple[str | None, str | None, str]


def places(found: Sequence[Problem]) -> list[Place]:
    return [(one.sheet, one.cell, one.code) for one in found]


def load(office: Office, **sheets: Any) -> tuple[list[Row], list[Place], list[Place]]:
    """The figures as loaded, the problems and the notices of a workbook of these cells."""
    path = office.grid("a.xlsx", {"Pateikimas": PATEIKIMAS, "Institucijos": INSTITUCIJOS, **sheets})
    return load_file(office, path)


def load_file(office: Office, path: Path) -> tuple[list[Row], list[Place], list[Place]]:
    [outcome] = office.load(path)
    rows = office.ask("investigations/evidence") if outcome.accepted else []
    return rows, places(outcome.problems), places(outcome.notices)


def test_a_plain_sheet(office: Office) -> None:
    [row], problems, notices = load(office, Rodikliai=[HEADER, FIGURE])

    assert (row["year"], row["indicator"], row["value"]) == (2020, "victims_identified", 24)
    assert (problems, notices) == ([], [])


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("Rodikliai", [["Reikšmė", "Metai", "Rodiklis"], [24, 2020, "victims_identified"]]),
        ("Rodikliai", [["Metai *", "RODIKLIS*:", " reiksme "], FIGURE]),
        ("Statistics", [["year", "indicator", "value"], FIGURE]),
        ("statistics", [["Year", "Rodiklis", "VALUE"], FIGURE]),
        ("RODIKLIAI ", [["Metai", "Rodiklis", "Reiks\u030cme\u0307"], FIGURE]),
        ("Rodikliai", [["2020 metų rodikliai"], [], ["Parengė: skyrius"], HEADER, FIGURE]),
        ("Rodikliai", [*[["Antraštė"]] * 19, HEADER, FIGURE]),
        ("Rodikliai", [[None, None, *HEADER], [None, None, *FIGURE]]),
        ("Rodikliai", [HEADER, [], [None], FIGURE, [], ["  "]]),
        ("Rodikliai", [HEADER, ["2020", "Victims identified", "24"]]),
    ],
)
def test_form_does_not_matter(office: Office, name: str, rows: list[list[Any]]) -> None:
    [row], problems, _ = load(office, **{name: rows})

    assert (row["year"], row["indicator"], row["value"]) == (2020, "victims_identified", 24)
    assert problems == []


def test_every_sheet_has_names_and_headers_of_its_own() -> None:
    names = [name for sheet in SHEETS for name in (sheet.name, sheet.alias)]
    assert len(set(names)) == len(names) == 2 * len(SHEETS)
    for sheet in SHEETS:
        headers = [name for column in sheet.columns for name in (column.header, column.alias)]
        assert len(set(headers)) == len(headers), sheet.name


def test_a_header_below_the_first_twenty_rows_is_not_found(office: Office) -> None:
    _, problems, _ = load(office, Rodikliai=[*[["Antraštė"]] * 20, HEADER, FIGURE])

    assert problems == [("Rodikliai", "A1", "header-not-found")]


def test_required_columns_that_are_missing_are_named_at_the_header(office: Office) -> None:
    path = office.grid(
        "a.xlsx",
        {
            "Pateikimas": PATEIKIMAS,
            "Institucijos": INSTITUCIJOS,
            "Rodikliai": [["Suvestinė"], [], ["Reikšmė", "Rodiklis"], [24, "victims_identified"]],
            "Adresatai": [["Citata", "Vaidmuo"], ["žodžiai", "adresatas"]],
        },
    )
    [outcome] = office.load(path)

    assert places(outcome.problems) == [
        ("Rodikliai", "A3", "column-missing"),
        ("Adresatai", "A1", "column-missing"),
    ]
    assert "Metai" in outcome.problems[0].message()
    assert "Rekomendacija, Institucija" in outcome.problems[1].message()


def test_a_header_twice_is_a_problem_at_the_second(office: Office) -> None:
    _, problems, _ = load(office, Rodikliai=[[*HEADER, "value"], [*FIGURE, 25]])

    assert problems == [("Rodikliai", "D1", "column-twice")]


def test_unknown_sheets_and_columns_are_noticed_and_left_alone(office: Office) -> None:
    rows, problems, notices = load(
        office,
        Rodikliai=[[*HEADER, "Mano pastaba"], [*FIGURE, "žiūrėti"]],
        Juodraštis=[["bet kas"]],
        Tuščias=[],
    )

    assert (len(rows), problems) == (1, [])
    assert notices == [
        ("Rodikliai", "D1", "column-unknown"),
        ("Juodraštis", None, "sheet-unknown"),
    ]


@pytest.mark.parametrize("words", ["Iš viso", "IŠ VISO:", "Is viso 2020 m.", "Viso:", "Total"])
def test_totals_below_the_data_are_no_data(office: Office, words: str) -> None:
    rows, problems, notices = load(office, Rodikliai=[HEADER, FIGURE, [words, None, 24]])

    assert (len(rows), problems) == (1, [])
    assert notices == [("Rodikliai", "A3", "total-row-skipped")]


def test_a_full_row_whose_text_begins_like_a_total_is_data(office: Office) -> None:
    office.send(response=[{}])
    path = office.grid(
        "b.xlsx",
        {
            "Pateikimas": [PATEIKIMAS[0], ["T-2", "VRM"]],
            "Rezultatai": [
                ["Tekstas", "Rekomendacija", "Ataskaitiniai metai", "Eilė"],
                ["Iš viso surengta 15 seminarų.", "R1", 2020, 1],
                ["Iš viso", None, None, None],
            ],
        },
    )

    [outcome] = office.load(path)

    assert outcome.rows == {"result": 1}
    assert places(outcome.notices) == [("Rezultatai", "A3", "total-row-skipped")]


def test_merged_data_cells_are_filled_down(office: Office) -> None:
    book = openpyxl.load_workbook(
        office.grid(
            "a.xlsx",
            {
                "Pateikimas": PATEIKIMAS,
                "Institucijos": INSTITUCIJOS,
                "Rodikliai": [
                    ["Metai ir rodiklis", None, None],
                    HEADER,
                    [2020, "victims_identified", 24],
                    [None, "persons_convicted", 8],
                    [2021, "victims_identified", 26],
                ],
            },
        )
    )
    book["Rodikliai"].merge_cells("A1:C1")  # of the title: nothing to notice
    book["Rodikliai"].merge_cells("A3:A4")
    book.save(office.folder / "a.xlsx")

    rows, problems, notices = load_file(office, office.folder / "a.xlsx")

    assert [(row["year"], row["value"]) for row in rows] == [(2020, 8), (2020, 24), (2021, 26)]
    assert problems == []
    assert notices == [("Rodikliai", "A3", "merged-filled")]


@pytest.mark.parametrize(
    ("area", "value", "code"),
    [
        ("C3:C5", 6, "value-ambiguous"),
        ("C3:C5", "apie 6", "value-ambiguous"),
        ("C3:C5", "n. d.", None),
        ("C3:C5", None, None),
        ("B3:C3", "victims_identified", "value-ambiguous"),
        ("C3:D3", 6, "value-ambiguous"),
        ("D3:E4", "Buvo.", None),
    ],
)
def test_merged_words_are_filled_down_and_merged_numbers_are_not(
    office: Office, area: str, value: object, code: str | None
) -> None:
    rows: list[list[Any]] = [["Antraštė"], [*HEADER, "Citata", "Pastaba"]]
    rows += [[2020 + row, "victims_identified", None, None, None] for row in range(3)]
    path = office.grid("a.xlsx", {"Rodikliai": rows})
    book = openpyxl.load_workbook(path)
    book["Rodikliai"][area[:2]] = value
    book["Rodikliai"].merge_cells(area)
    book.save(path)

    found = checking.start([read_file(path)], 2030).found

    assert [(one.cell, one.code) for one in found] == ([(area[:2], code)] if code else [])


def test_values_that_a_merged_cell_covers_are_not_read_unseen(office: Office) -> None:
    rows: list[list[Any]] = [HEADER, [2021, "x", 5], [2022, "x", 5]]
    path = office.grid("a.xlsx", {"Rodikliai": rows})
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    merged = b'</sheetData><mergeCells count="1"><mergeCell ref="A2:A3"/></mergeCells>'
    parts[sheet] = parts[sheet].replace(b"</sheetData>", merged)
    zipped(path, parts)

    found = checking.start([read_file(path)], 2030).found

    assert ("A2", "value-ambiguous") in [(one.cell, one.code) for one in found]


def test_two_rows_of_headings_without_merges_are_one_header(office: Office) -> None:
    rows: list[list[Any]] = [
        ["Duomenys", None, "Skaičiai", None],
        ["Metai", "Rodiklis", None, None],
        [None, None, "Reikšmė", "Vienetas"],
        [2020, "victims_identified", 24, "asm."],
    ]

    file = read_file(office.grid("a.xlsx", {"Rodikliai": rows}))
    state = checking.start([file], 2030)

    assert state.found == []
    [(laid, parsed)] = state.values["statistic"]
    assert len(laid) == 1
    assert parsed["value"][0].value == 24


def test_a_row_of_data_is_no_second_row_of_headings(office: Office) -> None:
    rows: list[list[Any]] = [HEADER, [2020, "x", 24], [2021, "Reikšmė", 25]]

    state = checking.start([read_file(office.grid("a.xlsx", {"Rodikliai": rows}))], 2030)

    [(laid, _)] = state.values["statistic"]
    assert len(laid) == 2


def test_hidden_sheets_are_read_and_noticed(office: Office) -> None:
    path = office.workbook(statistic=[{}])
    book = openpyxl.load_workbook(path)
    book["Rodikliai"].sheet_state = "hidden"
    book.save(path)

    rows, problems, notices = load_file(office, path)

    assert (len(rows), problems) == (1, [])
    assert notices == [("Rodikliai", None, "hidden-content")]


def test_errors_and_formulas_without_value_are_problems_at_their_cells(office: Office) -> None:
    path = office.folder / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for name, rows in (("Pateikimas", PATEIKIMAS), ("Institucijos", INSTITUCIJOS)):
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
        sheet = book.add_worksheet("Rodikliai")
        sheet.write_row(0, 0, [*HEADER, "Pastaba", "Nežinomas"])
        for number in range(1, 5):
            sheet.write_row(number, 0, [2015 + number, "victims_identified"])
        sheet.write_formula("C2", "=20+4", value=24)
        sheet.write_formula("C3", "=1/0", value="#DIV/0!")
        sheet.write_formula("C4", "=NA()", value="#N/A")
        sheet.write_formula("D5", "=X!A1", value="#REF!")
        sheet.write_formula("E5", "=X!A1", value="#REF!")  # of a column that is left alone
    [outcome] = office.load(path)

    assert [(p.cell, p.code, p.value) for p in outcome.problems] == [
        ("C3", "error-value", "#DIV/0!"),
        ("C4", "error-value", "#N/A"),
        ("D5", "error-value", "#REF!"),
    ]

    never_calculated = office.grid(
        "b.xlsx",
        {
            "Pateikimas": PATEIKIMAS,
            "Institucijos": INSTITUCIJOS,
            "Rodikliai": [HEADER, [2020, "victims_identified", "=20+4"]],
        },
    )
    _, problems, _ = load_file(office, never_calculated)
    assert problems == [("Rodikliai", "C2", "formula-without-value")]


def test_a_row_that_holds_nothing_but_an_error_is_not_blank(office: Office) -> None:
    path = office.folder / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Rodikliai")
        sheet.write_row(0, 0, HEADER)
        sheet.write_formula("A2", "=NA()", value="#N/A")

    _, problems, _ = load_file(office, path)

    assert ("Rodikliai", "A2", "error-value") in problems


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1257"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_delimited_text_of_any_kind(office: Office, encoding: str, delimiter: str) -> None:
    office.send(response=[{}])
    path = office.folder / "Rezultatai.csv"
    lines = ["Rekomendacija|Ataskaitiniai metai|Eilė|Tekstas", "R1|2020|1|Šiaulių ąžuolai"]
    path.write_bytes("\n".join(lines).replace("|", delimiter).encode(encoding))

    [outcome] = office.load(path, delivery="T-2", institution="VRM")

    assert (outcome.accepted, outcome.rows) == (True, {"result": 1})
    [row] = office.ask("implementation/results")
    assert row["text"] == "Šiaulių ąžuolai"


def test_marks_and_dates_reach_the_database_typed(office: Office) -> None:
    office.send(
        statistic=[
            {"year": 2014, "value": "n. d."},
            {"year": 2015, "value": "<5"},
            {"year": 2016, "value": "per 250"},
            {"year": 2017, "value": "1 234,5"},
            {"year": 2018, "value": 0},
            {"year": 2019, "value": None},
            {"year": 2020, "value": "24 (p)"},
        ],
        activity=[{"date_from": "2020 m. rugsėjo", "date_to": datetime.date(2020, 9, 30)}],
    )

    figures = office.ask("investigations/evidence")
    [activity] = office.ask("activities/list")

    assert [(row["value"], row["mark"]) for row in figures] == [
        (None, "[n]"),
        (None, "[k]"),
        (250, ">"),
        (1234.5, None),
        (0, None),
        (None, "[n]"),
        (24, "[p]"),
    ]
    # A month that is known is not its first day.
    assert (activity["date_from"], activity["date_to"]) == ("2020-09", "2020-09-30")


def test_the_town_taken_as_the_city_is_noticed_at_its_cell(office: Office) -> None:
    outcome = office.send(
        activity=[
            {"municipality": "Vilnius"},
            {"municipality": "Vilniaus r."},
            {"municipality": "LT-57", "count": 2},
        ]
    )

    assert places(outcome.notices) == [("Veiklos", "E2", "municipality-assumed-city")]
    assert {row["municipality"] for row in office.ask("activities/list")} == {"LT-57", "LT-58"}


def test_headings_merged_over_two_rows_are_one_header(office: Office) -> None:
    path = office.workbook(statistic=[{}, {"year": 2019}])
    book = openpyxl.load_workbook(path)
    sheet = book["Rodikliai"]
    sheet.insert_rows(2)
    for column in "ABCDEFGHJKLMNOPQR":
        sheet.merge_cells(f"{column}1:{column}2")
    sheet["I1"], sheet["I2"] = "Duomenys", "Reikšmė"
    book.save(path)

    [outcome] = office.load(path)

    assert (outcome.accepted, outcome.rows["statistic"]) == (True, 2)
    [year] = [one for one in outcome.notices if one.cell == "A1"]
    assert (year.code, year.value) == ("merged-filled", "Metai")
