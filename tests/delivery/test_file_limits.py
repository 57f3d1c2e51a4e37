"""Texts as long as allowed and full of odd signs: every file that leaves is whole."""

import datetime
import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pandas as pd
import pytest
import xlsxwriter

from rapporteur.delivery import file_limits, handing_back, requesting
from rapporteur.delivery.declaration import SHEET_OF_TABLE, Kind
from rapporteur.documents import answers, protocol, report
from rapporteur.documents.workbook import Export, ExportColumn, write_workbook
from rapporteur.warehouse.questions import questions
from tests.conftest import DAY, DEFAULTS, MOMENT, Office

ODD = "\x01=1+1 <b>&amp;\x0b\x1f_x0041_ 😀 "


def odd(length: int) -> str:
    """A text that takes so many places of a cell: signs that XML forbids, emoji, markup."""
    text = ODD * (length // len(ODD) + 1)
    while len(text.encode("utf-16-le")) > 2 * length:
        text = text[: -max(1, (len(text.encode("utf-16-le")) // 2 - length) // 2)]
    return text.strip().strip("\x01\x0b\x1f") or "a"


def filled(table: str, length: int, **values: Any) -> dict[str, Any]:
    """A row whose every free text is odd and as long as that."""
    texts = {
        column.name: odd(length)
        for column in SHEET_OF_TABLE[table].columns
        if column.kind is Kind.TEXT and column.name not in {"part", "number", "url", "evidence"}
    }
    return {**DEFAULTS[table], **texts, **values}


class OfficeOfOddSigns(Office):
    """Its workbooks hold signs that openpyxl refuses to write, and Excel does not."""

    def grid(self, name: str, sheets: Mapping[str, Iterable[Iterable[Any]]]) -> Path:
        path = self.folder / name
        options = {"strings_to_formulas": False, "strings_to_urls": False}
        with xlsxwriter.Workbook(path, {**options, "default_date_format": "yyyy-mm-dd"}) as book:
            for title, rows in sheets.items():
                sheet = book.add_worksheet(title)
                for number, row in enumerate(rows):
                    sheet.write_row(number, 0, row)
        return path


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    office = OfficeOfOddSigns(tmp_path_factory.mktemp("office"))
    length = file_limits.MAX_CELL
    office.send(
        "T-1",
        institution=[{"code": "VRM", **filled("institution", length)}, {"code": "PD"}],
        document=[
            filled("document", length),
            filled("document", length, code="PROT", kind="protokolas", status="projektas"),
        ],
        recommendation=[
            filled("recommendation", length),
            filled("recommendation", length, code="P1", document="PROT"),
        ],
        addressee=[filled("addressee", length), filled("addressee", length, recommendation="P1")],
        request=[filled("request", length)],
        response=[filled("response", length)],
        result=[filled("result", length)],
        assessment=[filled("assessment", length)],
        activity=[filled("activity", length, source="S1")],
        statistic=[filled("statistic", length, source="S1", conflict="K1")],
        conflict=[filled("conflict", length)],
        source=[filled("source", length)],
        coordination=[filled("coordination", length)],
    )
    return office


def told_whole(content: bytes) -> None:
    """A workbook opens, and no cell or part holds more than its format does."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert len({name.casefold() for name in book.sheetnames}) == len(book.sheetnames)
    assert all(len(name) <= file_limits.MAX_SHEET_NAME for name in book.sheetnames)
    assert len(book.properties.title or "") <= file_limits.MAX_PROPERTY
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str):
                    assert cell.data_type == "s"
                    told = re.sub("_x([0-9A-F]{4})_", lambda m: chr(int(m[1], 16)), cell.value)
                    assert len(told.encode("utf-16-le")) <= 2 * file_limits.MAX_CELL
                    assert cell.hyperlink is None or len(cell.hyperlink.ref) < 20
    parts = zipfile.ZipFile(io.BytesIO(content))
    for name in parts.namelist():
        assert not re.search(b"[\x00-\x08\x0b\x0c\x0e-\x1f]", parts.read(name)[:10_000_000])


def test_every_question_leaves_as_a_whole_workbook(office: Office) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for name in questions():
            if name.startswith(("checks/", "findings/")):
                continue
            content = answers.workbook(
                office._warehouse(), name, {}, as_of=DAY, made_at=MOMENT, language="lt"
            )
            told_whole(content)


def test_the_request_leaves_whole_and_a_delivery_comes_back_unchanged(office: Office) -> None:
    office.close()
    told_whole(requesting.workbook(office.target, "VRM", 2020, as_of=DAY))
    path = office.folder / "back.xlsx"
    path.write_bytes(handing_back.workbook(office.target, "T-1", DAY))
    told_whole(path.read_bytes())
    [outcome] = office.load(path, write=False)
    assert (outcome.problems, outcome.unchanged, outcome.changes) == ([], True, {})


def test_documents_for_word_are_made_with_long_titles(office: Office) -> None:
    warehouse = office._warehouse()
    for content in (
        protocol.protocol(warehouse, "PROT", as_of=DAY),
        report.report(warehouse, 2020, as_of=DAY, options=report.OPTIONS),
    ):
        made = docx.Document(io.BytesIO(content))
        assert 0 < len(made.core_properties.title) <= file_limits.MAX_PROPERTY
        words = "".join(one.text for one in made.paragraphs) + "".join(
            cell.text for table in made.tables for row in table.rows for cell in row.cells
        )
        assert "=1+1 <b>&amp;" in words
        assert "\x01" not in words


def test_sheets_of_parts_have_names_of_their_own() -> None:
    frame = pd.DataFrame({"name": ["a"]})
    long = "Labai ilgas institucijos kodas su priedu "
    content = write_workbook(
        Export(
            name="q",
            title="t" * 400,
            data=frame,
            columns=(ExportColumn("name", "Name", ""),),
            filters=(),
            definitions=(),
            sources=pd.DataFrame(columns=["code", "title", "publisher", "date", "link"]),
            language="en",
            made_at=datetime.datetime(2021, 1, 1, tzinfo=datetime.UTC),
            data_version="1",
            parts={f"{long}1": frame, f"{long}2": frame, "filters": frame, "History": frame},
        )
    )
    told_whole(content)


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("../../etc/passwd", "etc-passwd"),
        ("PD/2020", "PD-2020"),
        ("con", "con-"),
        ("", "failas"),
        ("ą" * 300, "ą" * 100),
        ("a\x00b\nc", "a-b-c"),
    ],
)
def test_a_code_gives_a_name_that_every_system_takes(name: str, stem: str) -> None:
    assert file_limits.file_stem(name) == stem
