"""Files as senders make them, each with the outcome that is right for it."""

import datetime
from pathlib import Path

import pytest

from rapporteur.delivery import loading
from rapporteur.delivery.loading import Outcome
from rapporteur.documents.report_reading import read
from tests.conftest import Office
from tests.delivery.test_hostile import rows_of

FILES = Path(__file__).parent / "senders"


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the institutions and the recommendation that the files name."""
    office = Office(tmp_path_factory.mktemp("office"))
    office.send("PAGRINDAS", recommendation=[{"code": "R2020-1"}])
    return office.target


def sent(target: Path, name: str) -> Outcome:
    delivery, institution = ("C-1", "VRM") if name.endswith(".csv") else (None, None)
    [outcome] = loading.load(
        [FILES / name],
        target,
        moment=datetime.datetime(2026, 3, 2, tzinfo=datetime.UTC),
        actor="tester",
        write=False,
        with_differences=True,
        delivery=delivery,
        institution=institution,
    )
    return outcome


@pytest.mark.parametrize(
    ("name", "cells", "code", "words"),
    [
        (
            "p01_percent_format.xlsx",
            ["C2"],
            "value-ambiguous",
            "The cell shows “45%”, “0,45” would be read. Write “45”",
        ),
        ("p03_raised_footnote.xlsx", ["C2"], "value-ambiguous", "shows “12¹”, “121” would be read"),
        ("p05_merged_numbers.xlsx", ["E2", "F2"], "value-ambiguous", "merged over several rows"),
        ("p31_years_as_columns.xlsx", ["C1"], "column-missing", "Write one year a row"),
        ("p17_html_called.xls", [None], "file-unreadable", "save it as .xlsx"),
        ("p18_xml2003_called.xls", [None], "file-unreadable", "save it as .xlsx"),
    ],
)
def test_a_file_that_is_refused_at_its_cells(
    target: Path, name: str, cells: list[str | None], code: str, words: str
) -> None:
    problems = sent(target, name).problems

    assert [(one.cell, one.code) for one in problems] == [(cell, code) for cell in cells]
    for problem in problems:
        assert words in problem.message()


@pytest.mark.parametrize(
    ("name", "notices"),
    [
        ("p11_other_workbook_name.xlsx", []),
        ("p14_xlsx_called.xls", ["file-name-odd"]),
        ("p15_xls_called.xlsx", ["file-name-odd"]),
        ("p32_two_header_rows.xlsx", ["merged-filled"]),
        ("c02_title_with_commas/Rodikliai.csv", []),
        ("c03_second_download/Rodikliai (1).csv", ["file-name-odd"]),
        ("c05_iso8859_13/Rodikliai.csv", []),
    ],
)
def test_a_file_that_is_read(target: Path, name: str, notices: list[str]) -> None:
    outcome = sent(target, name)

    [row] = rows_of(outcome)
    assert row["value"] == 12
    assert row.get("quote") == ("„Buvo 12“" if name.startswith("c0") else None)
    told = [one.code for one in outcome.notices if one.code != "column-unknown"]
    assert told == notices


def test_a_code_with_another_hyphen_is_the_code_that_it_looks_like(target: Path) -> None:
    [row] = rows_of(sent(target, "p21_code.xlsx"), "response")

    assert row["recommendation"] == "R2020-1"


def test_struck_out_words_of_a_report_are_left_out_and_told() -> None:
    report = read(FILES / "w04_link_and_struck.docx")

    [first, second] = report.entries
    assert first.results == ("Mokymai surengti. Plačiau svetainėje.",)
    assert [one.message() for one in (*report.notices, *first.notices, *second.notices)] == [
        "Row 2: struck-out words were left out: “nebegalioja”."
    ]
