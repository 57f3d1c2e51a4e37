"""A cell that looks otherwise than it would be read: the table of all such looks, decided each."""

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from rapporteur.delivery import checking, number_formats
from rapporteur.delivery.cells import Cell
from rapporteur.delivery.declaration import SHEETS, Kind
from rapporteur.delivery.displayed import is_read_so
from rapporteur.delivery.problems import Problem
from rapporteur.delivery.reading import read_file
from rapporteur.delivery.template import _number_format
from tests.libreoffice import needs_libreoffice, saved_by_libreoffice

# The display of a number under a format, and whether a number cell that shows it is read.
FORMATS: tuple[tuple[str, float, str, bool], ...] = (
    ("General", 12, "12", True),
    ("General", 0.1 + 0.2, "0,3", True),
    ("0", 12, "12", True),
    ("0", 12.6, "13", False),
    ("0", 12.4999, "12", False),
    ("0.00", 12, "12,00", True),
    ("0.0", 33.333333, "33,3", False),
    ("0.0", 0.1 + 0.2, "0,3", True),
    ("0.##", 12.5, "12,5", True),
    ("#,##0", 1234567, "1\u00a0234\u00a0567", True),
    ("#,##0.00", 1234.5, "1\u00a0234,50", True),
    ("0%", 0.45, "45%", False),
    ("0.0%", 0.456, "45,6%", False),
    ("0%", 0, "0%", False),
    ('0\\ "%"', 45, "45 %", False),
    ("0,", 12000, "12", False),
    ("0,,", 12e6, "12", False),
    ("0.0,", 12500, "12,5", False),
    ('#,##0,"tūkst."', 1234567, "1\u00a0235tūkst.", False),
    ('0" tūkst."', 12, "12 tūkst.", False),
    ('0" vnt."', 12, "12 vnt.", True),
    ('#,##0" Eur"', 1200, "1\u00a0200 Eur", True),
    ("#,##0\\ [$€-427]", 1200, "1\u00a0200 €", True),
    ('"$"0', 12, "$12", False),
    ('0" Lt"', 12, "12 Lt", False),
    ('"apie "0', 12, "apie 12", False),
    ('"<"0', 5, "<5", False),
    ('0"p"', 12, "12p", False),
    ('0"+"', 250, "250+", False),
    ('0"¹"', 12, "12¹", False),
    ('"1"0', 2, "12", False),
    ('"n. d."', 12, "n. d.", False),
    ("00", 5, "05", True),
    ("000-00000", 37012345, "370-12345", False),
    ("# ?/?", 0.5, "1/2", False),
    ("# ?/?", 12, "12", True),
    ("0.00E+00", 1234, "1,23E+03", False),
    ("0;(0)", -5, "(5)", False),
    ("0;(0)", 5, "5", True),
    ("0;[Red]0", -5, "5", False),
    ("0;-0", -5, "-5", True),
    ("#,##0_);(#,##0)", -5, "(5)", False),
    ('_-* #,##0_-;-* #,##0_-;_-* "-"_-;_-@_-', 0, "-", False),
    ('_-* #,##0_-;-* #,##0_-;_-* "-"_-;_-@_-', 5, "5", True),
    (";;;", 5, "", False),
    ("#", 0, "", False),
    ("0;-0;;@", 0, "", False),
    ('[<10]"mažai";0', 5, "mažai", False),
    ('[<10]"mažai";0', 50, "50", True),
    ("[>999]0.0,;0", 1500, "1,5", False),
    ("@", 12, "12", True),
)
_SHOWN_AS_DATES = ("yyyy", "mm.dd", "yyyy-mm", "d", "mmm-yy", "dd mmmm")


@pytest.mark.parametrize(("code", "value", "shown", "is_read"), FORMATS)
def test_a_number_is_read_only_where_its_format_shows_the_same(
    code: str, value: float, shown: str, is_read: bool
) -> None:
    assert number_formats.shown(value, code) == shown
    assert is_read_so(shown, value) is is_read


@pytest.mark.parametrize(
    ("shown", "value", "is_read"),
    [
        ("1,234.5", 1234.5, True),
        ("1.234,5", 1234.5, True),
        ("12.5", 12.5, True),
        ("1,234", 1234, True),
        ("0,333333333", 1 / 3, True),
        ("0,33", 1 / 3, False),
        ("1234,567891", 1234.5678912, True),
        ("1234,567891", 1234.567895, False),
        ("1 234 567 890", 1234567890.6, False),
        ("12 345 678,9", 12345678.904, False),
        ("12", 12.0000001, False),
        ("", 12, False),
        ("n. d.", 12, False),
    ],
)
def test_separators_are_those_of_any_language(shown: str, value: float, is_read: bool) -> None:
    assert is_read_so(shown, value) is is_read


def test_the_template_shows_numbers_as_they_are_read() -> None:
    """Its filled-in cells, and those that a person types into it, load again."""
    for value in (12, 0.5, 33.3333333333, 1234567.125, 0.1 + 0.2):
        for kind in (Kind.NUMBER, Kind.COUNT) if value == 12 else (Kind.NUMBER,):
            column = next(c for sheet in SHEETS for c in sheet.columns if c.kind is kind)
            assert is_read_so(number_formats.shown(value, _number_format(column)), value), value


# Cells in files ---------------------------------------------------------------------------------

DAY = datetime.date(2020, 9, 1)
HEADER = ("Metai", "Rodiklis", "Reikšmė", "Citata")


class Sheet:
    """A sheet Rodikliai of cells under test, each in a row of its own and in one column."""

    def __init__(self, path: Path, **options: Any) -> None:
        self.book = xlsxwriter.Workbook(path, options)
        self.sheet = self.book.add_worksheet("Rodikliai")
        self.sheet.write_row(0, 0, HEADER)
        self.expected: dict[str, str] = {}
        self.row = 0
        self.hidden_text = ""
        self.path = path

    def put(self, column: str, value: object, says: str = "", **looks: object) -> None:
        """Write a cell that looks so; `says` is a part of the message, empty where it is read."""
        place = "ABCD".index(column)
        self.row += 1
        style = self.book.add_format(looks) if looks else None
        if isinstance(value, datetime.date):
            self.sheet.write_datetime(self.row, place, value, style)
        else:
            self.sheet.write(self.row, place, value, style)
        self.expect(says, column)

    def rich(self, column: str, *pieces: tuple[str, Mapping[str, object]], says: str = "") -> None:
        """Write a text of differently looking runs."""
        self.row += 1
        runs: list[object] = []
        for words, looks in pieces:
            runs += [self.book.add_format(dict(looks)), words] if looks else [words]
        assert self.sheet.write_rich_string(self.row, "ABCD".index(column), *runs) == 0
        self.expect(says, column)

    def expect(self, says: str, column: str) -> None:
        if says:
            self.expected[f"{column}{self.row + 1}"] = says

    def close(self) -> Path:
        self.book.close()
        return self.path


def ambiguous(path: Path) -> dict[str, Problem]:
    """The problems of this kind by their cells."""
    found = checking.start([read_file(path)], 2030).found
    return {str(one.cell): one for one in found if one.code == "value-ambiguous"}


@pytest.fixture(scope="module")
def looks(tmp_path_factory: pytest.TempPathFactory) -> Sheet:
    """Every look of the table, in one workbook."""
    made = Sheet(tmp_path_factory.mktemp("looks") / "looks.xlsx")
    for code, figure, shown, is_read in FORMATS:
        says = "" if is_read else "shows nothing" if not shown else f"shows “{shown}”"
        made.put("C", figure, says, num_format=code)
    # A format shows a number among words as no number column would.
    made.put("D", 2.1, "shows “2,10”", num_format="0.00")
    made.put("D", 7, "shows “007”", num_format="000")
    made.put("D", 2.1)
    made.put("D", 1234, num_format="#,##0")
    for code in _SHOWN_AS_DATES:
        made.put("D", DAY, "“2020-09-01” would be read", num_format=code)
    for code in ("yyyy-mm-dd", "yy.mm.dd", "d mmmm yyyy", "dd/mm/yyyy", "yyyy-mm-dd hh:mm"):
        made.put("D", DAY, num_format=code)
    # Struck out, raised, unseen.
    for column, value in (("C", 12), ("D", "Buvo.")):
        made.put(column, value, "struck out", font_strikeout=True)
        made.put(column, value, "shows nothing", font_color="#FFFFFF")
        made.put(column, value, "shows nothing", font_color="#FF0000", bg_color="#FF0000")
        made.put(column, value, font_color="#FFFFFF", bg_color="#1F3864")
        made.put(column, value, font_color="#FF0000")
    made.put("D", "Buvo.", "shows nothing", num_format=";;;")
    made.hidden_text = f"D{made.row + 1}"
    made.put("D", "Buvo.", "apie Buvo.", num_format='0;-0;0;"apie "@')
    made.put("D", "Pastaba 1", "Pastaba ¹", font_script=1)
    made.rich("C", ("12", {"bold": True}), ("1", {"font_script": 1}), says="“12¹”, “121”")
    made.rich("C", ("12", {"bold": True}), ("2", {"font_script": 2}), says="“12₂”, “122”")
    made.rich("C", ("12", {"font_strikeout": True}), ("13", {"bold": True}), says="struck out")
    made.rich("C", ("1", {"bold": True}), ("2", {"italic": True}))
    made.rich("D", ("Buvo 12", {"bold": True}), ("3", {"font_script": 1}), says="“Buvo 12³”")
    made.rich("D", ("Buvo", {"bold": True}), ("a)", {"font_script": 1}))
    made.rich("D", ("Buvo", {"bold": True}), (" 12", {"font_strikeout": True}), says="struck out")
    made.rich("D", ("Buvo", {"bold": True}), (" daug", {"underline": 1}))
    made.close()
    return made


def assert_as_expected(path: Path, expected: Mapping[str, str]) -> None:
    found = {cell: one.message() for cell, one in ambiguous(path).items()}
    assert {cell: found[cell] for cell in found.keys() - expected.keys()} == {}, "read otherwise"
    assert {cell: expected[cell] for cell in expected.keys() - found.keys()} == {}, "not found"
    wrong = {cell: found[cell] for cell in expected if expected[cell] not in found[cell]}
    assert wrong == {}


def test_every_look_of_the_table_is_decided(looks: Sheet) -> None:
    assert len(looks.expected) > 50
    assert_as_expected(looks.path, looks.expected)


@needs_libreoffice
@pytest.mark.parametrize("kind", ["ods", "xls"])
def test_the_looks_are_the_same_in_other_kinds_of_files(
    looks: Sheet, tmp_path: Path, kind: str
) -> None:
    path = saved_by_libreoffice(looks.path, tmp_path, kind)

    found = ambiguous(path)

    # An .ods keeps the format of a text apart from what it shows: see docs/decisions.md.
    of_texts = {
        cell
        for cell, says in looks.expected.items()
        if kind == "ods" and (says == "apie Buvo." or cell == looks.hidden_text)
    }
    assert found.keys() == looks.expected.keys() - of_texts


def test_a_sheet_that_hides_zeros_does_not_show_them(tmp_path: Path) -> None:
    made = Sheet(tmp_path / "a.xlsx")
    made.sheet.hide_zero()
    made.put("C", 0, "shows nothing")
    made.put("C", 5)

    assert_as_expected(made.close(), made.expected)


def test_a_conditional_format_counts_where_it_holds(tmp_path: Path) -> None:
    made = Sheet(tmp_path / "a.xlsx")
    made.put("C", 0, "shows nothing")
    made.put("C", 3, "shows “mažai”")
    made.put("C", 50)
    made.put("C", 500, "struck out")
    for criteria, value, style in (
        ("==", 0, {"font_color": "#FFFFFF"}),
        ("<", 10, {"num_format": '"mažai"'}),
        (">", 100, {"font_strikeout": True}),
        (">", 40, {"font_color": "#FFFFFF", "bg_color": "#C00000"}),
    ):
        made.sheet.conditional_format(
            "C2:C9",
            {
                "type": "cell",
                "criteria": criteria,
                "value": value,
                "format": made.book.add_format(style),
            },
        )

    assert_as_expected(made.close(), made.expected)


def test_a_formula_that_was_never_calculated_shows_no_nought(tmp_path: Path) -> None:
    """Programs write 0 beside a formula and leave it to the one that opens the file."""
    made = Sheet(tmp_path / "a.xlsx")
    made.sheet.write_formula("C2", "=SUM(F1:F9)")
    made.sheet.write_formula("C3", "=SUM(F1:F9)", None, 24)

    found = checking.start([read_file(made.close())], 2030).found

    assert [(one.cell, one.code) for one in found if one.cell and one.cell[0] == "C"] == [
        ("C2", "formula-without-value")
    ]


def test_the_message_says_what_is_seen_what_is_read_and_what_to_write(tmp_path: Path) -> None:
    made = Sheet(tmp_path / "a.xlsx")
    made.put("C", 0.45, "x", num_format="0%")

    problem = ambiguous(made.close())["C2"]

    assert problem.value == "0.45"
    assert problem.message() == (
        "The cell shows “45%”, “0,45” would be read. Write “45” in a cell without a format, or "
        "change the format."
    )


def test_looks_that_say_nothing_else_than_the_value(tmp_path: Path) -> None:
    made = Sheet(tmp_path / "a.xlsx")
    made.sheet.set_column("C:C", 1)  # so narrow that a program shows ####
    made.put("C", 123456)
    made.sheet.write_comment("C2", "be vienos")
    made.sheet.write_url("D2", "https://example.org/kita", string="https://example.org/")

    [sheet] = read_file(made.close()).sheets
    row: list[Cell] = sheet.row(1)

    assert row == [None, None, 123456.0, "https://example.org/"]
    assert_as_expected(made.path, {})
