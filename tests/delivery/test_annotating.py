"""The answer to the sender: their workbook as it was, with what is wrong marked and listed."""

import csv
import datetime
import io
import re
import time
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from openpyxl.cell.rich_text import CellRichText
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.workbook.protection import WorkbookProtection
from openpyxl.worksheet.datavalidation import DataValidation
from PIL import Image

from rapporteur.delivery import annotating, annotator
from rapporteur.delivery.annotating import ANNOTATION_SHEET, NotAnnotatable, annotate
from rapporteur.delivery.problems import MAX_LISTED, Problem
from rapporteur.settings import DATA
from tests.conftest import Office
from tests.delivery.test_files import raw_workbook, text_cell
from tests.libreoffice import needs_libreoffice, saved_by_libreoffice
from tests.test_commands import Command

RED, YELLOW = "FFFFC7CE", "FFFFF2CC"
Book = Any  # openpyxl has no types


def problem(
    path: Path, sheet: str | None, cell: str | None, message: str = "Mend it.", value: str = "x"
) -> Problem:
    return Problem(path.name, sheet, cell, "value-not-in-list", value, message)


def opened(content: bytes) -> Book:
    return openpyxl.load_workbook(io.BytesIO(content), rich_text=True)


def answer(path: Path, *problems: Problem, notices: Sequence[Problem] = ()) -> Book:
    """The annotated workbook in English; the file that was sent is as it was."""
    before = path.read_bytes()
    content = annotate(path, problems, notices, "en")
    assert path.read_bytes() == before
    book = opened(content)
    assert book.active is book.worksheets[0]
    selected = [sheet.title for sheet in book.worksheets if sheet.sheet_view.tabSelected]
    assert selected == [book.sheetnames[0]]
    return book


def rows_of_list(book: Book) -> list[list[Any]]:
    """What the first sheet says, row by row, without blank cells."""
    rows = ([value for value in row if value is not None] for row in book.worksheets[0].values)
    return [row for row in rows if row]


def lines(book: Book) -> str:
    return "\n".join(" | ".join(map(str, row)) for row in rows_of_list(book))


def losses(book: Book) -> list[tuple[str, str]]:
    """Sheet and words of the list of what the workbook no longer holds."""
    rows = rows_of_list(book)
    start = next((n for n, row in enumerate(rows) if row[0].startswith("What this")), len(rows))
    return [(str(row[0]), str(row[-1])) for row in rows[start + 2 :]]


def links(book: Book) -> list[str]:
    cells = (cell for row in book.worksheets[0].iter_rows() for cell in row)
    found = [cell.hyperlink.location for cell in cells if cell.hyperlink]
    return [one for one in found if not one.startswith(f"'{book.sheetnames[0]}'")]


def marked(book: Book) -> dict[tuple[str, str], str]:
    """(sheet, cell) → fill of every cell in one of our colours."""
    return {
        (sheet.title, cell.coordinate): cell.fill.fgColor.rgb
        for sheet in book.worksheets[1:]
        for row in sheet.iter_rows()
        for cell in row
        if cell.fill.fgColor.rgb in {RED, YELLOW}
    }


def everything(book: Book, but: set[tuple[str, str]]) -> Iterator[Any]:
    """All that can be told of the sender's sheets, but for these cells."""
    for sheet in book.worksheets:
        if sheet.title == ANNOTATION_SHEET:
            continue
        yield sheet.title, sheet.sheet_state, sheet.freeze_panes, sheet.auto_filter.ref
        yield sorted(map(str, sheet.merged_cells.ranges)), dict(sheet.protection)
        for name, column in sorted(sheet.column_dimensions.items()):
            yield name, column.width, column.hidden
        for number, row in sorted(sheet.row_dimensions.items()):
            yield number, row.height, row.hidden
        for rules in sheet.conditional_formatting:
            yield (
                str(rules.sqref),
                [(rule.type, rule.operator, rule.formula) for rule in rules.rules],
            )
        for rule in sheet.data_validations.dataValidation:
            yield str(rule.sqref), rule.type, rule.formula1
        yield sorted((name, one.attr_text) for name, one in sheet.defined_names.items())
        yield sheet.print_title_rows, sheet.print_area, len(sheet._charts), len(sheet._images)
        for row in sheet.iter_rows():
            for cell in row:
                if (sheet.title, cell.coordinate) in but:
                    yield cell.coordinate, str(cell.value), cell.number_format
                    continue
                yield cell.coordinate, str(cell.value), cell.data_type, cell.number_format
                yield cell.font, cell.fill, cell.border, cell.alignment, cell.protection
                yield cell.comment.text if cell.comment else None
                yield cell.hyperlink.target if cell.hyperlink else None
    yield sorted((name, one.attr_text) for name, one in book.defined_names.items())


def same(before: Book, after: Book, but: set[tuple[str, str]]) -> None:
    assert list(map(repr, everything(after, but))) == list(map(repr, everything(before, but)))


# A real delivery ---------------------------------------------------------------------------------


@pytest.fixture
def faulty(office: Office) -> Path:
    """A delivery as it is shipped, with three wrong cells."""
    path = office.folder / "rekomendacijos-2020.xlsx"
    book = openpyxl.load_workbook(DATA / "rekomendacijos-2020.xlsx")
    book["Rekomendacijos"]["D3"] = "dutūkstantieji"
    book["Adresatai"]["D5"] = "žiūrovas"
    book["Rekomendacijos"]["C7"] = None
    book.save(path)
    return path


def test_three_wrong_cells_of_a_real_delivery(office: Office, faulty: Path) -> None:
    [outcome] = office.load(faulty, write=False)
    wrong = {("Rekomendacijos", "D3"), ("Adresatai", "D5"), ("Rekomendacijos", "C7")}
    assert {(one.sheet, one.cell) for one in outcome.problems} == wrong

    book = answer(faulty, *outcome.problems)

    assert book.sheetnames[0] == ANNOTATION_SHEET
    assert marked(book) == dict.fromkeys(wrong, RED)
    for one in outcome.problems:
        assert one.sheet
        assert one.cell
        cell = book[one.sheet][one.cell]
        assert cell.comment.text == f"File check:\n{one.message()} [{one.code}]"
        assert {cell.border.left.style, cell.border.bottom.style} == {"medium"}
        row = [one.file, one.sheet, one.cell, one.value, one.message(), one.code]
        assert [value for value in row if value] in rows_of_list(book)
    assert links(book) == [f"'{one.sheet}'!{one.cell}" for one in outcome.problems]
    assert "3 problems are to be mended." in lines(book)
    same(openpyxl.load_workbook(faulty, rich_text=True), book, wrong)


def test_the_mended_answer_loads(office: Office, faulty: Path) -> None:
    [outcome] = office.load(faulty, write=False)
    book = answer(faulty, *outcome.problems)
    book["Rekomendacijos"]["D3"], book["Adresatai"]["D5"] = 2020, "adresatas"
    book["Rekomendacijos"]["C7"] = "99"
    mended = office.folder / "pataisyta.xlsx"
    book.save(mended)

    [again] = office.load(mended)

    assert (again.accepted, again.problems) == (True, [])
    assert {one.code for one in again.notices} <= {
        *(one.code for one in outcome.notices),
        "sheet-unknown",
    }


@needs_libreoffice
def test_libreoffice_opens_the_answer(office: Office, faulty: Path) -> None:
    [outcome] = office.load(faulty, write=False)
    path = office.folder / "atsakymas.xlsx"
    path.write_bytes(annotate(faulty, outcome.problems, outcome.notices, "lt"))

    saved = openpyxl.load_workbook(saved_by_libreoffice(path, office.folder / "lo"))

    assert saved["Rekomendacijos"]["D3"].comment is not None
    assert saved["Rekomendacijos"]["D3"].fill.fgColor.rgb == RED
    sent = openpyxl.load_workbook(faulty)
    for sheet in sent.worksheets:
        values = [[cell for cell in row if cell is not None] for row in sheet.values]
        after = [[cell for cell in row if cell is not None] for row in saved[sheet.title].values]
        assert [row for row in after if row] == [row for row in values if row]


# What is kept ------------------------------------------------------------------------------------


@pytest.fixture
def dressed(tmp_path: Path) -> Path:
    """A workbook with some of everything that can be kept."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Rodikliai"
    for row in (["Metai", "Rodiklis", "Reikšmė"], [2020, "aukos", 24], [2021, "aukos", 7.25]):
        sheet.append(row)
    sheet["A1"].font = Font(name="Georgia", size=14, bold=True, color="FFFFFFFF")
    sheet["A1"].fill = PatternFill("solid", fgColor="FF1F3864")
    sheet["B2"].border = Border(left=Side(style="dashed"))
    sheet["B2"].alignment = Alignment(wrap_text=True, horizontal="right")
    sheet["C3"].number_format = "0.00%"
    sheet["C2"].protection = Protection(locked=False)
    sheet["D2"], sheet["D2"].number_format = 44075.123456789, "yyyy-mm-dd"
    sheet["E2"] = "=SUM(C2:C3)"
    sheet["F2"] = "=tekstas"
    sheet["F2"].data_type = "s"
    sheet["G2"].hyperlink = "https://example.org/?a=1&b=2"
    sheet["H2"] = True
    sheet["A3"].comment = Comment("Tikslinsime.", "Jonas")
    sheet["A8"] = "sujungta"
    sheet.merge_cells("A8:B9")
    sheet.column_dimensions["B"].width = 41.5
    sheet.column_dimensions["D"].hidden = True
    sheet.row_dimensions[2].height = 33
    sheet.row_dimensions[5].hidden = True
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = "A1:C3"
    sheet.print_title_rows = "1:1"
    sheet.print_area = "A1:C9"
    sheet.protection.sheet = True
    rule = DataValidation(type="list", formula1='"a,b"', sqref="B2:B9")
    sheet.add_data_validation(rule)
    red = PatternFill(bgColor="FFFF0000")
    sheet.conditional_formatting.add("C2:C9", CellIsRule("greaterThan", ["9"], fill=red))
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=3, min_row=1, max_row=3))
    sheet.add_chart(chart, "J2")
    picture = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(picture, "PNG")
    sheet.add_image(openpyxl.drawing.image.Image(picture), "J20")
    hidden = book.create_sheet("Slaptas")
    hidden.sheet_state = "veryHidden"
    hidden["A1"] = datetime.date(2020, 9, 1)
    hidden.defined_names["Vietinis"] = DefinedName("Vietinis", attr_text="Slaptas!$A$1")
    book.defined_names["Metai"] = DefinedName("Metai", attr_text="Rodikliai!$A$2")
    book.active = 1
    path = tmp_path / "aprengta.xlsx"
    book.save(path)
    return path


def test_what_is_kept(dressed: Path) -> None:
    book = answer(
        dressed, problem(dressed, "Rodikliai", "B3"), notices=[problem(dressed, "Slaptas", "A1")]
    )

    assert marked(book) == {("Rodikliai", "B3"): RED, ("Slaptas", "A1"): YELLOW}
    same(
        openpyxl.load_workbook(dressed, rich_text=True),
        book,
        {("Rodikliai", "B3"), ("Slaptas", "A1")},
    )
    assert "Sheet “Slaptas” is hidden" in lines(book)
    assert [words for _, words in losses(book)] == [
        annotating.TEXTS["lost_chart_formatting"],
        annotating.TEXTS["lost_comment_formatting"],
    ]


def test_rich_text_stays_rich(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("L")
        sheet.write_rich_string("A1", "viena ", book.add_format({"bold": True}), "dvi ", " trys")

    value = answer(path, problem(path, "L", "A1"))["L"]["A1"].value

    assert isinstance(value, CellRichText)
    assert (str(value), value[1].font.b) == ("viena dvi  trys", True)


def numbers(path: Path) -> bytes:
    """The cells of the last sheet, as the file has them."""
    with zipfile.ZipFile(path) as archive:
        name = sorted(one for one in archive.namelist() if one.startswith("xl/worksheets/sheet"))
        return archive.read(name[-1])


def test_numbers_are_kept_to_the_last_digit_whatever_their_format(tmp_path: Path) -> None:
    path = raw_workbook(
        tmp_path / "a.xlsx", '<row r="1"><c r="A1"><v>0.30000000000000004</v></c></row>'
    )
    out = tmp_path / "b.xlsx"
    out.write_bytes(annotate(path, [problem(path, "Rodikliai", "B1")], [], "en"))

    assert b"<v>0.30000000000000004</v>" in numbers(out)


@pytest.mark.filterwarnings("ignore:Cell A")
def test_a_day_that_excel_does_not_know_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        form = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet = book.add_worksheet("L")
        for row, number in enumerate((99999999, -5, 60, 0.5)):
            sheet.write_number(row, 0, number, form)
    out = tmp_path / "b.xlsx"
    out.write_bytes(annotate(path, [problem(path, "L", "A1")], [], "en"))

    for digits in (b"99999999", b"-5", b"60", b"0.5"):
        assert b"<v>" + digits + b"</v>" in numbers(out)
    assert opened(out.read_bytes())["L"]["A1"].number_format == "yyyy-mm-dd"


def test_values_beneath_merged_cells_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    book.active.append(["viena", "po ja"])
    book.active.merged_cells.add("A1:B1")
    book.save(path)
    out = tmp_path / "b.xlsx"
    out.write_bytes(annotate(path, [], [], "en"))

    assert "po ja" in numbers(out).decode()


# Marks -------------------------------------------------------------------------------------------


def test_a_merged_cell_is_marked_where_it_begins(dressed: Path) -> None:
    book = answer(dressed, problem(dressed, "Rodikliai", "B9"), problem(dressed, "Rodikliai", "A8"))

    sheet = book["Rodikliai"]
    assert sheet["A8"].fill.fgColor.rgb == RED
    assert sheet["A8"].comment.text == (
        "File check:\nB9: Mend it. [value-not-in-list]\nMend it. [value-not-in-list]"
    )
    assert sheet["B9"].border.bottom.style == sheet["B9"].border.right.style == "medium"
    assert sheet["A9"].border.left.style == sheet["B8"].border.top.style == "medium"
    assert links(book) == ["'Rodikliai'!B9", "'Rodikliai'!A8"]


def test_a_problem_and_a_notice_share_a_cell_and_a_comment(dressed: Path) -> None:
    book = answer(
        dressed,
        problem(dressed, "Rodikliai", "A3", "Wrong."),
        notices=[problem(dressed, "Rodikliai", "A3", "Odd.")],
    )

    cell = book["Rodikliai"]["A3"]
    assert cell.fill.fgColor.rgb == RED
    assert cell.comment.text == (
        "Tikslinsime.\n\nFile check:\nWrong. [value-not-in-list]\nOdd. [value-not-in-list]"
    )
    assert cell.comment.author == "Jonas"
    assert links(book) == ["'Rodikliai'!A3", "'Rodikliai'!A3"]


def test_white_words_do_not_vanish_on_a_pale_cell(dressed: Path) -> None:
    cell = answer(dressed, problem(dressed, "Rodikliai", "A1"))["Rodikliai"]["A1"]

    assert cell.font.color.rgb != "FFFFFFFF"
    assert (cell.font.name, cell.font.size, cell.font.b) == ("Georgia", 14, True)


def test_conditional_formatting_does_not_paint_over_a_mark(dressed: Path) -> None:
    book = answer(dressed, problem(dressed, "Rodikliai", "C2"), problem(dressed, "Slaptas", "A1"))

    first, second = book["Rodikliai"].conditional_formatting
    assert (str(first.sqref), first.rules[0].dxf.fill.bgColor.rgb) == ("C2", RED)
    assert (str(second.sqref), second.rules[0].formula) == ("C2:C9", ["9"])
    assert first.rules[0].priority < second.rules[0].priority
    assert not book["Slaptas"].conditional_formatting


def test_the_box_of_a_long_comment_is_large(dressed: Path) -> None:
    content = annotate(
        dressed, [problem(dressed, "Rodikliai", "B3", "Žodis žodį veja. " * 20)], [], "en"
    )

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        [shapes] = [archive.read(one) for one in archive.namelist() if one.endswith(".vml")]
    assert 150 < max(map(int, re.findall(rb"height:(\d+)px", shapes))) < 250


def test_marks_of_an_earlier_check_are_taken_away(dressed: Path, tmp_path: Path) -> None:
    wrong = [problem(dressed, "Rodikliai", cell) for cell in ("A3", "B3", "C2", "A8")]
    again = tmp_path / "antra.xlsx"
    again.write_bytes(annotate(dressed, wrong, [], "en"))

    book = answer(again, problem(again, "Rodikliai", "C3"))

    assert marked(book) == {("Rodikliai", "C3"): RED}
    assert book.sheetnames == [ANNOTATION_SHEET, "Rodikliai", "Slaptas"]
    assert book["Rodikliai"]["A3"].comment.text == "Tikslinsime."
    assert book["Rodikliai"]["B3"].comment is None
    assert book["Rodikliai"]["B3"].border.left.style is None
    assert {str(one.sqref) for one in book["Rodikliai"].conditional_formatting} == {"C3", "C2:C9"}
    assert "Marks of an earlier check were taken away." in lines(book)
    assert "Marks of an earlier check" not in lines(answer(dressed))


@pytest.mark.parametrize("cell", ["A1048576", "XFD1", "XFD1048576"])
def test_a_cell_far_beyond_all_others(dressed: Path, cell: str) -> None:
    book = answer(dressed, problem(dressed, "Rodikliai", cell))

    assert book["Rodikliai"][cell].comment is not None
    assert links(book) == [f"'Rodikliai'!{cell}"]


# The list ----------------------------------------------------------------------------------------


def test_what_has_no_cell_here_is_listed_without_a_link(dressed: Path) -> None:
    book = answer(
        dressed,
        problem(dressed, None, None, "Whole file."),
        problem(dressed, "Nesamas", "A1", "No such sheet."),
        problem(dressed, "Rodikliai", "A0", "No such cell."),
        problem(dressed, "Rodikliai", "XFE1", "Too far."),
        problem(Path("kitas.xlsx"), "Rodikliai", "A1", "Another file."),
    )

    assert (links(book), marked(book)) == ([], {})
    for words in ("Whole file.", "No such sheet.", "No such cell.", "Too far.", "Another file."):
        assert words in lines(book)


def test_text_is_never_a_formula(dressed: Path) -> None:
    values = ("=HYPERLINK(1)", "+1", "-1", "@a", "#N/A", "a\x00b\x1f\ufffe")
    book = answer(dressed, *(problem(dressed, None, None, f"={value}", value) for value in values))

    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row if cell.value]
    assert {cell.data_type for cell in cells} == {"s"}
    shown = [cell.value for cell in cells]
    assert all(value in shown for value in (*values[:-1], "a\ufffdb\ufffd\ufffd"))
    assert next(cell for cell in cells if cell.value == "@a").quotePrefix


def test_a_thousand_are_listed_and_all_are_counted(dressed: Path) -> None:
    many = [problem(dressed, "Rodikliai", f"A{row}") for row in range(20, 21 + MAX_LISTED)]
    book = answer(dressed, *many)

    assert len(links(book)) == len(marked(book)) == MAX_LISTED
    assert "1,001 problems are to be mended. The first 1,000 are listed" in lines(book)


def test_the_header_stays_in_sight_and_filters(dressed: Path) -> None:
    book = answer(
        dressed,
        problem(dressed, "Rodikliai", "A1"),
        problem(dressed, "Rodikliai", "B1"),
        notices=[problem(dressed, "Rodikliai", "C1")],
    )

    sheet = book.worksheets[0]
    header = next(row[0].row for row in sheet.iter_rows() if row[2].value == "Cell")
    assert sheet.freeze_panes == f"A{header + 1}"
    assert sheet.auto_filter.ref == f"A{header}:F{header + 2}"


def test_a_file_without_problems_says_so(dressed: Path) -> None:
    book = answer(dressed)

    assert "No problems were found in this file." in lines(book)
    assert (marked(book), links(book)) == ({}, [])


def test_quotes_in_the_name_of_a_sheet(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    book.active.title = "Jono 'B' lapas! \"x\""
    book.save(path)

    assert links(answer(path, problem(path, book.active.title, "D17"))) == [
        "'Jono ''B'' lapas! \"x\"'!D17"
    ]


def test_a_sheet_of_the_senders_called_like_ours(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    book.active.title = ANNOTATION_SHEET.upper()
    book.active["A1"] = "sava"
    book.save(path)

    after = answer(path, problem(path, ANNOTATION_SHEET.upper(), "A1"))

    assert after.sheetnames == [f"{ANNOTATION_SHEET} (2)", ANNOTATION_SHEET.upper()]
    assert after.worksheets[1]["A1"].value == "sava"


def test_chart_sheets_and_what_belongs_to_single_sheets(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        first, chart_sheet = book.add_worksheet("Pirmas"), book.add_chartsheet("Diagrama")
        last = book.add_worksheet("Paskutinis")
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=Pirmas!$A$1:$A$5"})
        chart_sheet.set_chart(chart)
        first.repeat_rows(1)
        last.write("A1", "Metai")
        last.autofilter("A1:B3")
        last.print_area("A1:B3")
        book.define_name("Paskutinis!Vietinis", "=Paskutinis!$A$1")

    after = answer(path, problem(path, "Diagrama", "A1"), problem(path, "Paskutinis", "A1"))

    assert after.sheetnames == [ANNOTATION_SHEET, "Pirmas", "Diagrama", "Paskutinis"]
    assert len(after["Diagrama"]._charts) == 1
    assert links(after) == ["'Paskutinis'!A1"]
    assert after["Pirmas"].print_title_rows == "$2:$2"
    assert after["Paskutinis"].print_area == "'Paskutinis'!$A$1:$B$3"
    assert list(after["Paskutinis"].defined_names) == ["Vietinis"]


def test_a_workbook_whose_structure_is_protected(dressed: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(dressed)
    book.security = WorkbookProtection(lockStructure=True)
    path = tmp_path / "b.xlsx"
    book.save(path)

    after = answer(path, problem(path, "Rodikliai", "A1"))

    assert after.security.lockStructure
    assert after.sheetnames == [ANNOTATION_SHEET, "Rodikliai", "Slaptas"]


def test_the_readers_language(dressed: Path) -> None:
    texts = {language: annotate(dressed, [], [], language) for language in ("lt", "en")}

    assert {opened(one).sheetnames[0] for one in texts.values()} == {ANNOTATION_SHEET}


# What is lost ------------------------------------------------------------------------------------


@pytest.fixture
def rich(tmp_path: Path) -> Path:
    """A workbook with much that openpyxl does not keep."""
    path = tmp_path / "turtinga.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Rodikliai")
        book.add_worksheet("Antras").write("A1", 1)
        for row in range(5):
            sheet.write(row, 0, row)
        sheet.write_formula("B1", "=SUM(A1:A5)", None, 10)
        sheet.write_dynamic_array_formula("C1", "=SORT(A1:A5)")
        sheet.insert_textbox("H2", "Pildykite iki vasario 1 d.")
        sheet.insert_button("H20", {"caption": "Siųsti"})
        sheet.conditional_format("A1:A5", {"type": "data_bar", "data_bar_2010": True})
        sheet.add_sparkline("G1", {"range": "Rodikliai!A1:A5"})
        picture = io.BytesIO()
        Image.new("RGB", (8, 8), "red").save(picture, "PNG")
        sheet.insert_image("J1", "a.png", {"image_data": picture})
        sheet.set_header("&C&G", {"image_center": "a.png", "image_data_center": picture})
        sheet.set_background(picture)
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=Rodikliai!$A$1:$A$5"})
        sheet.insert_chart("J10", chart)
    return path


def with_parts(path: Path, name: str, parts: dict[str, str], replaced: dict[str, str]) -> Path:
    """A copy with more parts, and words replaced in any of its parts."""
    made = path.with_name(name)
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(made, "w") as written:
        for one in archive.namelist():
            content = archive.read(one)
            for old, new in replaced.items():
                content = content.replace(old.encode(), new.encode())
            written.writestr(one, content)
        for one, text in parts.items():
            written.writestr(one, text)
    return made


def test_what_is_lost_is_named_sheet_by_sheet(rich: Path) -> None:
    book = answer(rich, problem(rich, "Rodikliai", "A1"))

    said = losses(book)
    texts = annotating.TEXTS
    expected = {
        ("Rodikliai", texts[f"lost_{kind}"])
        for kind in (
            "background",
            "chart_formatting",
            "control",
            "dynamic_array",
            "header_picture",
            "newer_conditional_format",
            "sparkline",
        )
    }
    box = ("Rodikliai", f"{texts['lost_text_box']}: “Pildykite iki vasario 1 d.”")
    assert set(said) == {*expected, box}
    assert "This workbook does not hold all that turtinga.xlsx holds: see row" in lines(book)
    assert "Formulas are kept, but not their calculated values" in lines(book)
    assert book.calculation.fullCalcOnLoad
    assert (len(book["Rodikliai"]._images), len(book["Rodikliai"]._charts)) == (1, 1)


def test_the_line_about_losses_leads_to_them(rich: Path) -> None:
    sheet = answer(rich).worksheets[0]

    line = next(row[0] for row in sheet.iter_rows() if "hold all" in str(row[0].value))
    _, _, address = line.hyperlink.location.rpartition("!")
    assert sheet[address].value == annotating.TEXTS["losses"]
    assert f"row {address[1:]}." in line.value


def test_nothing_that_is_said_to_be_lost_is_there_and_nothing_else_is_missing(
    rich: Path, dressed: Path, tmp_path: Path
) -> None:
    for path in (rich, dressed):
        out = tmp_path / "out.xlsx"
        out.write_bytes(annotate(path, [], [], "en"))
        with zipfile.ZipFile(path) as before, zipfile.ZipFile(out) as after:
            parts = {name: (kind, part) for name, kind, part in annotator._sheet_parts(after)}
            said = losses(opened(out.read_bytes()))
            for name, kind, part in annotator._sheet_parts(before):
                held = annotator._in_sheet(before, kind, part)
                kept = annotator._in_sheet(after, *parts[name])
                for thing, words in held.items():
                    text = annotating.TEXTS[f"lost_{thing}"]
                    is_said = any(
                        (name, told.partition(":")[0]) == (sheet, text.partition(":")[0])
                        for sheet, told in said
                    )
                    assert is_said == (len(kept[thing]) < len(words)), thing


def test_what_the_whole_file_loses(rich: Path) -> None:
    path = with_parts(
        rich,
        "daug.xlsx",
        {
            "_xmlsignatures/sig1.xml": "<a/>",
            "docMetadata/LabelInfo.xml": "<a/>",
            "xl/connections.xml": "<a/>",
            "xl/keista/dalis.bin": "x",
        },
        {},
    )

    said = losses(answer(path))

    assert [told for sheet, told in said if sheet == "the whole file"] == [
        annotating.TEXTS["lost_connection"],
        annotating.TEXTS["lost_label"],
        f"{annotating.TEXTS['lost_other']}: “xl/keista/dalis.bin”",
        annotating.TEXTS["lost_signature"],
    ]


def test_shapes_groups_and_newer_charts(rich: Path) -> None:
    shapes = (
        "<xdr:absoluteAnchor><xdr:grpSp><xdr:sp><xdr:nvSpPr/></xdr:sp><xdr:cxnSp/></xdr:grpSp>"
        "</xdr:absoluteAnchor><xdr:absoluteAnchor><xdr:graphicFrame><a:graphicData "
        'uri="http://schemas.microsoft.com/office/drawing/2014/chartex"/></xdr:graphicFrame>'
        "</xdr:absoluteAnchor></xdr:wsDr>"
    )
    path = with_parts(rich, "figuros.xlsx", {}, {"</xdr:wsDr>": shapes})

    said = [told for _, told in losses(answer(path))]

    assert annotating.TEXTS["lost_shape"] in said
    assert annotating.TEXTS["lost_chart"] in said


def test_what_is_drawn_twice_for_older_programs_counts_once(rich: Path) -> None:
    drawn = (
        '<xdr:absoluteAnchor><mc:AlternateContent xmlns:mc="urn:mc"><mc:Choice><xdr:sp><a:t>Nauja'
        "</a:t></xdr:sp><xdr:sp><a:compatExt/></xdr:sp></mc:Choice><mc:Fallback><xdr:pic/>"
        "<xdr:sp><a:t>Sena</a:t></xdr:sp></mc:Fallback></mc:AlternateContent></xdr:absoluteAnchor>"
    )
    path = with_parts(rich, "b.xlsx", {}, {"</xdr:wsDr>": drawn + "</xdr:wsDr>"})

    [row] = [row for row in rows_of_list(answer(path)) if row[-1].startswith("text boxes")]

    assert row[1:] == ["2", "text boxes: “Pildykite iki vasario 1 d.”, “Nauja”"]


def test_losses_behind_many_cells_are_found(rich: Path) -> None:
    path = with_parts(rich, "b.xlsx", {}, {"<sheetData>": "<sheetData>" + " " * 3 * 2**20})

    assert losses(answer(path)) == losses(answer(rich))


def test_macros_are_not_sent_back(rich: Path) -> None:
    path = with_parts(
        rich,
        "makro.xlsm",
        {"xl/vbaProject.bin": "x"},
        {
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": (
                "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
            )
        },
    )
    content = annotate(path, [problem(path, "Rodikliai", "A1")], [], "en")

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert not [name for name in archive.namelist() if "vba" in name]
        assert b"macroEnabled" not in archive.read("[Content_Types].xml")
    assert "this workbook is makro.xlsm without its macros" in lines(opened(content))
    assert marked(opened(content)) == {("Rodikliai", "A1"): RED}


def test_every_word_of_the_child_comes_with_the_job(dressed: Path) -> None:
    kinds = {kind for _, kind in annotator._PARTS if kind} | {*annotator._TAGS}
    kinds |= {kind for kind, _ in annotator._EXTENSIONS.values() if kind}
    kinds |= {*annotator._RELATIONS.values()}

    assert {f"lost_{kind}" for kind in kinds} <= annotating.TEXTS.keys()


# Copies of values --------------------------------------------------------------------------------

FIGURES: list[list[Any]] = [
    ["Rodikliai 2020", None, None, None],
    [],
    ["Metai", "Rodiklis", "Reikšmė", "Data"],
    [2020, "victims_identified", 24.5, datetime.date(2020, 9, 1)],
    [2021, "=ne formulė", None, datetime.datetime(2021, 1, 2, 3, 4, 5)],
]


@needs_libreoffice
@pytest.mark.parametrize("form", ["xls", "ods"])
def test_copies_of_other_formats(office: Office, form: str) -> None:
    sent = office.grid("lentele.xlsx", {"Rodikliai": FIGURES, "Antras": [[True, "ą"]]})
    book = openpyxl.load_workbook(sent)
    book["Rodikliai"]["B5"].data_type = "s"
    book["Rodikliai"]["C5"] = "=1/0"
    book["Rodikliai"].merge_cells("A1:C1")
    book["Antras"].sheet_state = "hidden"
    book.save(sent)
    path = saved_by_libreoffice(sent, office.folder / "lo", form)

    copy = answer(path, problem(path, "Rodikliai", "C5"))

    sheet = copy["Rodikliai"]
    assert sheet["A1"].value == "Rodikliai 2020"
    assert [cell.value for cell in sheet[4]] == [
        2020,
        "victims_identified",
        24.5,
        datetime.datetime(2020, 9, 1),
    ]
    assert (sheet["B5"].value, sheet["B5"].data_type) == ("=ne formulė", "s")
    assert sheet["C5"].value == "#DIV/0!"
    assert sheet["D5"].value == datetime.datetime(2021, 1, 2, 3, 4, 5)
    assert list(map(str, sheet.merged_cells.ranges)) == ["A1:C1"]
    assert [cell.value for cell in copy["Antras"][1]] == [True, "ą"]
    assert copy["Antras"].sheet_state == "hidden"
    assert marked(copy) == {("Rodikliai", "C5"): RED}
    assert links(copy) == ["'Rodikliai'!C5"]
    assert f"This is a copy of the values of lentele.{form}" in lines(copy)


@pytest.mark.parametrize(
    ("encoding", "delimiter"),
    [("utf-8", ","), ("utf-8-sig", ";"), ("cp1257", ";"), ("utf-8", "\t")],
)
def test_copies_of_text(tmp_path: Path, encoding: str, delimiter: str) -> None:
    path = tmp_path / "Rodikliai.csv"
    rows = [["Metai", "Žodžiai"], [], ["007", "=1+1"], ["a\x0cb", f"du{delimiter}\neilutės"]]
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))

    sheet = answer(path, problem(path, "Rodikliai", "B4"))["Rodikliai"]

    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["Metai", "Žodžiai"],
        [None, None],
        ["007", "=1+1"],
        ["a\ufffdb", f"du{delimiter}\neilutės"],
    ]
    assert sheet["B3"].data_type == "s"
    assert sheet["B4"].fill.fgColor.rgb == RED


def test_a_text_file_whose_name_is_no_name_of_a_sheet(tmp_path: Path) -> None:
    path = tmp_path / f"[{'labai ' * 8}ilgas].csv"
    path.write_text("a;b\n1;2\n", encoding="utf-8")

    book = answer(path, problem(path, path.stem, "A2"))

    assert book.sheetnames[1] == "_labai labai labai labai labai "[:31].strip()
    assert links(book) == [f"'{book.sheetnames[1]}'!A2"]


def test_a_mended_copy_loads(office: Office) -> None:
    path = office.folder / "Rodikliai.csv"
    path.write_text("Metai;Rodiklis;Reikšmė\n2020;victims_identified;daug\n", encoding="utf-8")
    [outcome] = office.load(path, write=False)
    book = answer(path, *outcome.problems)
    assert marked(book) == {("Rodikliai", "C2"): RED}
    book["Rodikliai"]["C2"] = 24
    mended = office.folder / "pataisyta.xlsx"
    book.save(mended)

    [again] = office.load(mended, write=False)

    assert (again.problems, again.rows) == ([], {"statistic": 1})


def test_a_workbook_that_cannot_be_kept_becomes_a_copy(tmp_path: Path) -> None:
    path = raw_workbook(tmp_path / "a.xlsx", f'<row r="1">{text_cell("A1", "Metai")}</row>')
    spoilt = with_parts(
        path,
        "b.xlsx",
        {},
        {"</sheetData>": '</sheetData><pageSetup orientation="sideways"/>'},
    )

    book = answer(spoilt, problem(spoilt, "Rodikliai", "A1"))

    assert "This is a copy of the values of b.xlsx" in lines(book)
    assert (book["Rodikliai"]["A1"].value, marked(book)) == ("Metai", {("Rodikliai", "A1"): RED})


# Hostile files -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("tekstas.xlsx", b"Labas"),
        ("tuscia.xlsx", b""),
        ("ataskaita.pdf", b"%PDF-1.7"),
        ("nukirsta.xlsx", b"PK\x03\x04" + bytes(50)),
        ("senas.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000)),
        (
            "slapta.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        ),
    ],
)
def test_what_is_no_spreadsheet_has_no_answer(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)

    with pytest.raises(NotAnnotatable) as refusal:
        annotate(path, [], [], "en")

    assert str(refusal.value).endswith(".")
    assert refusal.value.template.format(**refusal.value.values) == str(refusal.value)


def test_a_bomb_ends_quickly(tmp_path: Path) -> None:
    path = raw_workbook(tmp_path / "bomba.xlsx", " " * (60 * 2**20))
    start = time.monotonic()

    with pytest.raises(NotAnnotatable, match="Unpacked"):
        annotate(path, [], [], "en")

    assert time.monotonic() - start < 10


def test_a_merged_range_of_all_cells_there_are(tmp_path: Path) -> None:
    path = raw_workbook(tmp_path / "a.xlsx", f'<row r="1">{text_cell("A1", "Metai")}</row>')
    merged = '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    hostile = with_parts(path, "b.xlsx", {}, {"</sheetData>": "</sheetData>" + merged})
    start = time.monotonic()

    book = zipfile.ZipFile(
        io.BytesIO(annotate(hostile, [problem(hostile, "Rodikliai", "C3")], [], "en"))
    )

    assert "A1:XFD1048576" in book.read("xl/worksheets/sheet2.xml").decode()
    assert "C3: Mend it." in book.read("xl/comments/comment1.xml").decode()
    assert time.monotonic() - start < 15


def test_what_is_beyond_the_limits_ends_in_a_sentence(
    dressed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(annotating, "_SECONDS", 0.01)

    with pytest.raises(NotAnnotatable, match=r"aprengta\.xlsx is too large or too unusual"):
        annotate(dressed, [], [], "en")


# The command -------------------------------------------------------------------------------------


@pytest.fixture
def command(office: Office) -> Command:
    return Command(office.target)


def test_check_writes_the_answer(office: Office, command: Command, faulty: Path) -> None:
    out = office.folder / "atsakymas.xlsx"

    told = command("check", faulty, "--annotate", out, exit_code=1)

    assert told.stdout.splitlines() == [str(out)]
    assert len(marked(opened(out.read_bytes()))) == 3


def test_check_writes_the_answer_to_a_clean_file(office: Office, command: Command) -> None:
    path = office.workbook(statistic=[{}])

    found = command.json("check", path, "--annotate", office.folder / "atsakymas.xlsx")

    assert found["accepted"]
    assert not marked(opened((office.folder / "atsakymas.xlsx").read_bytes()))


def test_several_files_go_into_a_folder(office: Office, command: Command, faulty: Path) -> None:
    folder = office.folder / "atsakymai"
    folder.mkdir()
    text = office.folder / "Rodikliai.csv"
    text.write_text("Metai;Rodiklis;Reikšmė\n2020;victims_identified;daug\n", encoding="utf-8")

    command("check", faulty, text, "--annotate", folder, exit_code=1)

    assert sorted(path.name for path in folder.iterdir()) == [
        "Rodikliai-pastabos.xlsx",
        "rekomendacijos-2020-pastabos.xlsx",
    ]
    book = opened((folder / "Rodikliai-pastabos.xlsx").read_bytes())
    assert (len(links(book)), len(marked(book))) == (1, 1)


def test_what_cannot_be_handed_back_is_told(office: Office, command: Command) -> None:
    path = office.folder / "sugedo.xlsx"
    path.write_bytes(b"x")
    out = office.folder / "atsakymas.xlsx"

    told = command("check", path, "--annotate", out, "--lang", "en", "--json", exit_code=1)

    assert (
        "sugedo.xlsx: not annotated. The file is text under the name of a spreadsheet"
        in told.stderr
    )
    assert told.stdout.startswith('{"accepted":false')
    assert not out.exists()


def test_wrong_use(office: Office, command: Command, faulty: Path) -> None:
    before = faulty.read_bytes()
    other = office.workbook(statistic=[{}])
    folder = office.folder / "kiti"
    folder.mkdir()
    twin = folder / faulty.name
    twin.write_bytes(before)
    out = office.folder / "a.xlsx"
    english = ("--lang", "en")

    assert "into a folder" in command.refuses("check", faulty, other, "--annotate", out, *english)
    assert "ends in .xlsx" in command.refuses(
        "check", faulty, "--annotate", office.folder / "a.xls", *english
    )
    assert "ends in .xlsx" in command.refuses(
        "check", faulty, "--annotate", office.folder / "nera" / "a.xlsx", *english
    )
    assert "stays as it is" in command.refuses("check", faulty, "--annotate", faulty, *english)
    assert "one at a time" in command.refuses("check", faulty, twin, "--annotate", folder, *english)
    assert faulty.read_bytes() == before
    assert not out.exists()
