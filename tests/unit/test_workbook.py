"""The Excel writer, read back by two readers that know nothing of each other."""

import datetime
import io
from typing import Any

import openpyxl
import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from rapporteur.delivery.file_limits import MAX_CELL
from rapporteur.documents.workbook import Export, ExportColumn, write_workbook

MADE_AT = datetime.datetime(2026, 1, 2, 10, 30, tzinfo=datetime.UTC)
SOURCES = ["code", "title", "publisher", "date", "link"]


def export(data: pd.DataFrame, *, language: str = "lt", **changes: Any) -> Export:
    columns = tuple(
        ExportColumn(name, f"Antraštė {name}", f"Reiškia {name}") for name in map(str, data)
    )
    parts: dict[str, Any] = {
        "name": "folder/question",
        "title": "What is asked.",
        "data": data,
        "columns": columns,
        "filters": (("Metai", "2020"),),
        "definitions": (("[n]", "duomenų nepateikta"),),
        "sources": pd.DataFrame(
            [["S1", "Šaltinis", None, "2020", "https://x.lt"]], columns=SOURCES
        ),
        "language": language,
        "made_at": MADE_AT,
        "data_version": "rapporteur-00001",
    }
    return Export(**parts | changes)


def with_openpyxl(content: bytes) -> dict[str, list[list[Any]]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}


def with_calamine(content: bytes) -> dict[str, list[list[Any]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


DATA = pd.DataFrame(
    {
        "name": ["Šiauliai", "Ąžuolas", None],
        "count": pd.array([3, None, 0], dtype="Int64"),
        "share": [0.5, float("nan"), 2.0],
        "day": pd.to_datetime(["2020-09-01", "", "2021-01-31"]),
    }
)


def test_both_readers_find_the_rows_as_they_were() -> None:
    content = write_workbook(export(DATA))

    first, *rows = with_openpyxl(content)["Duomenys"]
    assert first == ["Antraštė name", "Antraštė count", "Antraštė share", "Antraštė day"]
    assert rows == [
        ["Šiauliai", 3, 0.5, datetime.datetime(2020, 9, 1)],
        ["Ąžuolas", None, None, None],
        [None, 0, 2, datetime.datetime(2021, 1, 31)],
    ]
    first, *rows = with_calamine(content)["Duomenys"]
    assert rows == [
        ["Šiauliai", 3.0, 0.5, datetime.date(2020, 9, 1)],
        ["Ąžuolas", "", "", ""],
        ["", 0.0, 2.0, datetime.date(2021, 1, 31)],
    ]


@pytest.mark.parametrize("text", ["=1+1", "{=A1}", "@SUM(A1)", "+370", "https://lt.lt", "0012"])
def test_text_stays_text(text: str) -> None:
    content = write_workbook(export(pd.DataFrame({"name": [text]})))

    cell = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]["A2"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_what_excel_refuses_is_left_out_and_what_is_too_long_says_so() -> None:
    data = pd.DataFrame({"name": ["a\x00b\ud800c", "x" * (MAX_CELL + 1)]}, dtype=object)

    rows = with_openpyxl(write_workbook(export(data)))["Duomenys"]

    assert rows[1] == ["abc"]
    assert len(rows[2][0]) == MAX_CELL
    assert rows[2][0].endswith("…")


def test_an_empty_answer_is_a_header() -> None:
    rows = with_openpyxl(write_workbook(export(DATA.head(0))))["Duomenys"]

    assert len(rows) == 1


def test_the_other_sheets_say_what_was_chosen_what_it_means_and_who_says_so() -> None:
    sheets = with_openpyxl(write_workbook(export(DATA)))

    assert list(sheets) == ["Duomenys", "Filtrai", "Apibrėžtys", "Šaltiniai"]
    assert ["Metai", "2020"] in sheets["Filtrai"]
    assert "rapporteur-00001" in [row[1] for row in sheets["Filtrai"]]
    assert ["Antraštė share", "Reiškia share"] in sheets["Apibrėžtys"]
    assert ["[n]", "duomenų nepateikta"] in sheets["Apibrėžtys"]
    assert sheets["Šaltiniai"][1] == ["S1", "Šaltinis", None, "2020", "https://x.lt"]


def test_the_sheets_are_named_in_the_readers_language() -> None:
    content = write_workbook(export(DATA, language="en"))

    assert list(with_openpyxl(content)) == ["Data", "Filters", "Definitions", "Sources"]


def test_the_header_is_frozen_and_the_rows_can_be_filtered() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(write_workbook(export(DATA)))).worksheets[0]

    assert sheet.freeze_panes == "A2"
    [table] = sheet.tables.values()
    assert (table.name, table.ref, table.autoFilter.ref) == ("Duomenys", "A1:D4", "A1:D4")
    assert all(9 <= sheet.column_dimensions[letter].width <= 61 for letter in "ABCD")


@pytest.mark.parametrize(
    "moments",
    [
        ["2020-09-01", "", "2021-01-31"],
        ["2020-09-01 10:30", "", "2020-09-02"],
        ["1900-01-15", "", "2020-09-01"],  # before Excel's leap day that never was
    ],
)
def test_days_and_moments_are_read_back_as_they_were(moments: list[str]) -> None:
    column = pd.Series(pd.to_datetime(moments, format="mixed"))
    content = write_workbook(export(pd.DataFrame({"day": column})))

    cells = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]["A"][1:]
    assert [cell.value for cell in cells] == [
        None if pd.isna(moment) else moment.to_pydatetime() for moment in column
    ]
    for cell, moment in zip(cells, column, strict=True):
        if not pd.isna(moment):
            is_day = moment == moment.normalize()
            assert cell.number_format == ("yyyy-mm-dd" if is_day else "yyyy-mm-dd hh:mm")
