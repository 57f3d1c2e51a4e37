"""Reading a report from Word: what a person sees, told where it stands otherwise than usual."""

import io
import random
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.table import Table

from rapporteur.delivery.values import MAX_TEXT
from rapporteur.documents.report_reading import Entry, NotAReport, Report, read, read_here
from tests.libreoffice import needs_libreoffice, saved_by_libreoffice

TITLE = "2019 METAIS PATEIKTŲ INSTITUCIJOMS REKOMENDACIJŲ ĮGYVENDINIMO ATASKAITA"
HEADINGS = ("REKOMENDACIJA", "REZULTATAI")
WORD = nsdecls("w")


class Written:
    """A report being written; `read` saves and reads it."""

    def __init__(self, folder: Path, *rows: Iterable[str], title: str = TITLE) -> None:
        self.path = folder / "ataskaita.docx"
        self.document: Document = docx.Document()
        if title:
            self.document.add_heading(title, 1)
        self.table = self.add_table(*rows)

    def add_table(self, *rows: Iterable[str]) -> Table:
        cells = [[*row] for row in rows]
        table: Table = self.document.add_table(len(cells), len(cells[0]))
        for row, words in zip(table.rows, cells, strict=True):
            for cell, one in zip(row.cells, words, strict=True):
                first, *rest = one.split("\n")
                cell.paragraphs[0].add_run(first)
                for further in rest:
                    cell.add_paragraph(further)
        return table

    def put(self, row: int, column: int, xml: str) -> None:
        """Put raw XML of Word at the end of a cell, before its last paragraph's end."""
        paragraph = self.table.cell(row, column).paragraphs[-1]._p
        for element in parse_xml(f"<w:body {WORD}>{xml}</w:body>"):
            if element.tag.endswith("}r") or element.tag.endswith(("ins", "del", "hyperlink")):
                paragraph.append(element)
            else:
                paragraph.addnext(element)

    def save(self) -> Path:
        self.document.save(str(self.path))
        return self.path

    def read(self) -> Report:
        return read_here(self.save())


Write = Callable[..., Written]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def made(*rows: Iterable[str], title: str = TITLE) -> Written:
        return Written(tmp_path, *rows, title=title)

    return made


def said(report: Report) -> list[tuple[str | None, str, tuple[str, ...]]]:
    return [(entry.number, entry.text, entry.results) for entry in report.entries]


def told(report: Report) -> list[str]:
    return [one.message() for one in (*report.notices, *noticed(report.entries))]


def noticed(entries: Iterable[Entry]) -> list[Any]:
    return [notice for entry in entries for notice in entry.notices]


def refusal(path: Path) -> tuple[str, str]:
    with pytest.raises(NotAReport) as refused:
        read(path)
    problem = refused.value.problem
    assert problem.file == path.name
    return problem.code, problem.message()


# The form itself ------------------------------------------------------------------------------


def test_a_report_in_its_form_is_read_to_the_letter(write: Write) -> None:
    report = write(
        HEADINGS,
        ("Pirmoji,  su dviem tarpais ir 18–30\u00a0m.", "Padaryta.\nDar padaryta."),
        ("2.1. Antroji.", "Duomenų šiuo klausimu nepateikta."),
    ).read()

    assert said(report) == [
        (None, "Pirmoji,  su dviem tarpais ir 18–30\u00a0m.", ("Padaryta.", "Dar padaryta.")),
        ("2.1", "Antroji.", ("Duomenų šiuo klausimu nepateikta.",)),
    ]
    assert (report.title, report.year, told(report)) == (TITLE, 2019, [])


def test_paragraphs_of_a_recommendation_are_its_lines(write: Write) -> None:
    report = write(HEADINGS, ("3) Siūlytina:\na) viena;\nb) kita.", "Padaryta.")).read()

    assert said(report) == [("3", "Siūlytina:\na) viena;\nb) kita.", ("Padaryta.",))]


@pytest.mark.parametrize(
    ("title", "name", "results", "years"),
    [
        ("2018 m. rekomendacijos", "a.docx", "–", (2018, None)),
        ("Ataskaita už 2017–2018 metus (2018 m.)", "a.docx", "–", (2018, None)),
        ("Ataskaita, 2016", "a.docx", "–", (2016, None)),
        ("Įgyvendinimo ataskaita", "ataskaita-2015.docx", "2014 m. padaryta.", (None, 2015)),
        ("Įgyvendinimo ataskaita", "a.docx", "2014 m. ir 2014 m., ne 2013 m.", (None, 2014)),
        ("", "a.docx", "Padaryta 120201 kartų.", (None, None)),
    ],
)
def test_the_year_is_that_of_the_title_or_only_suggested(
    write: Write, title: str, name: str, results: str, years: tuple[int | None, int | None]
) -> None:
    written = write(HEADINGS, ("Siūlytina.", results), title=title)
    report = read_here(written.save().rename(written.path.with_name(name)))

    assert (report.year, report.guessed_year) == years


# Headings -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "headings",
    [
        ("Rekomendacijos", "Rezultatas"),
        ("REKOMANDACIJA", "REZULTATAI"),  # as misprinted as the title of 2020
        ("Rekomendacijos tekstas", "Įgyvendinimo rezultatai"),
        ("Rekomendacija", "Įgyvendinimas"),
    ],
)
def test_headings_near_the_form_are_read_with_a_notice(
    write: Write, headings: tuple[str, str]
) -> None:
    report = write(headings, ("Siūlytina.", "Padaryta.")).read()

    assert said(report) == [(None, "Siūlytina.", ("Padaryta.",))]
    first, second = headings
    assert told(report) == [f"The headings “{first}” and “{second}” were read as the report's own."]


def test_letter_case_and_colons_in_headings_need_no_notice(write: Write) -> None:
    assert told(write(("Rekomendacija:", "Rezultatai "), ("Siūlytina.", "Taip.")).read()) == []


def test_other_headings_are_refused_with_what_was_found(write: Write) -> None:
    code, message = refusal(write(("Priemonė", "Vykdytojas"), ("Siūlytina.", "VRM")).save())

    assert code == "header-not-found"
    assert "Found: Priemonė | Vykdytojas." in message


def test_no_table_and_no_row_are_refused(write: Write, tmp_path: Path) -> None:
    without = docx.Document()
    without.add_paragraph("REKOMENDACIJA REZULTATAI")
    without.save(str(tmp_path / "be-lenteles.docx"))

    code, message = refusal(tmp_path / "be-lenteles.docx")
    assert code == "header-not-found"
    assert "no table" in message
    code, message = refusal(write(HEADINGS).save())
    assert code == "header-not-found"
    assert "no recommendation" in message


def test_columns_are_found_by_their_headings(write: Write) -> None:
    report = write(
        ("Eil. Nr.", "Pastabos", "REZULTATAI", "REKOMENDACIJA"),
        ("4.", "svarbu", "Padaryta.", "Siūlytina."),
    ).read()

    assert said(report) == [("4", "Siūlytina.", ("Padaryta.",))]
    assert told(report) == ["Further columns were left out: Pastabos."]


def test_headings_stand_below_a_title_inside_the_table(write: Write) -> None:
    written = write((TITLE, ""), HEADINGS, ("Siūlytina.", "Padaryta."), title="")
    written.table.cell(0, 0).merge(written.table.cell(0, 1))

    assert said(written.read()) == [(None, "Siūlytina.", ("Padaryta.",))]


# Several tables, repeated headings ------------------------------------------------------------


def test_tables_and_repeated_headings_are_read_as_one_report(write: Write) -> None:
    written = write(HEADINGS, ("Viena.", "1."), HEADINGS, ("Kita.", "2."))
    written.document.add_paragraph("")
    written.add_table(HEADINGS, ("Trečia.", "3."))

    assert [text for _, text, _ in said(written.read())] == ["Viena.", "Kita.", "Trečia."]
    assert told(written.read()) == []


def test_what_stands_elsewhere_is_told(write: Write) -> None:
    written = write(HEADINGS, ("Viena.", "1."))
    written.add_table(("Santrumpa", "Reikšmė"), ("VRM", "ministerija"))
    written.document.add_paragraph("Parengė skyrius.")

    assert told(written.read()) == [
        "A table with other headings was left out. Its first row: Santrumpa | Reikšmė.",
        "The text below the table was left out: “Parengė skyrius.”.",
    ]


# Merged and split -----------------------------------------------------------------------------


def test_a_recommendation_merged_downwards_gathers_its_results(write: Write) -> None:
    written = write(HEADINGS, ("Viena.", "Pirma."), ("", "Antra."), ("Kita.", "Trečia."))
    written.table.cell(1, 0).merge(written.table.cell(2, 0))

    report = written.read()
    assert said(report) == [
        (None, "Viena.", ("Pirma.", "Antra.")),
        (None, "Kita.", ("Trečia.",)),
    ]
    assert [one.code for one in noticed(report.entries)] == ["merged-filled"]


def test_results_merged_downwards_stand_with_each_and_are_told(write: Write) -> None:
    written = write(HEADINGS, ("Viena.", "Abiem."), ("Kita.", ""))
    written.table.cell(1, 1).merge(written.table.cell(2, 1))

    report = written.read()
    assert [results for _, _, results in said(report)] == [("Abiem.",), ("Abiem.",)]
    assert report.entries[0].notices == ()
    assert "one cell of results stands beside several" in told(report)[0]


def test_a_row_merged_across_is_a_heading_of_a_section(write: Write) -> None:
    written = write(HEADINGS, ("I. PREVENCIJA", ""), ("Viena.", "Pirma."))
    written.table.cell(1, 0).merge(written.table.cell(1, 1))

    assert said(written.read()) == [(None, "Viena.", ("Pirma.",))]
    assert told(written.read()) == [
        "Row 2 of the table is no recommendation and was left out: “I. PREVENCIJA”."
    ]


def test_split_rows_are_put_together(write: Write) -> None:
    report = write(
        HEADINGS,
        ("Siūlytina užtikrinti", "Padaryta."),
        ("", "Padaryta ir tai."),
        ("prevenciją visoje šalyje.", ""),
        ("Kita.", "Trečia."),
    ).read()

    assert said(report) == [
        (None, "Siūlytina užtikrinti prevenciją visoje šalyje.", ("Padaryta.", "Padaryta ir tai.")),
        (None, "Kita.", ("Trečia.",)),
    ]
    assert told(report) == [
        "Row 3 has no recommendation: its results were added to the one above.",
        "Row 4 goes on with the recommendation above it and was added to it.",
    ]


def test_results_above_every_recommendation_are_left_out_with_a_notice(write: Write) -> None:
    report = write(HEADINGS, ("", "Niekieno."), ("Viena.", "Pirma.")).read()

    assert said(report) == [(None, "Viena.", ("Pirma.",))]
    assert "results without a recommendation were left out: “Niekieno.”" in told(report)[0]


def test_a_cell_split_in_two_is_read_as_one(write: Write) -> None:
    written = write(("REKOMENDACIJA", "", "REZULTATAI"), ("Viena.", "Dar.", "Pirma."))
    written.table.cell(0, 0).merge(written.table.cell(0, 1))

    report = written.read()
    assert said(report) == [(None, "Viena.\nDar.", ("Pirma.",))]
    assert told(report) == ["Row 2: a cell split in several was read as one."]


def test_an_empty_cell_of_results_is_told(write: Write) -> None:
    report = write(HEADINGS, ("Viena.", ""), ("Kita.", "Antra.")).read()

    assert said(report)[0] == (None, "Viena.", ())
    assert told(report) == ["Row 2: the cell of results is empty; nothing is said of answers."]


# What a cell may hold -------------------------------------------------------------------------

CONTROL = "<w:sdt><w:sdtPr>{0}</w:sdtPr><w:sdtContent>{1}</w:sdtContent></w:sdt>"
RUN = "<w:r><w:t xml:space='preserve'>{0}</w:t></w:r>"
PARAGRAPH = f"<w:p>{RUN}</w:p>"
BOX = (
    "<w:r><mc:AlternateContent "
    "xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'>"
    "<mc:Choice Requires='wps'>"
    "<w:drawing><w:txbxContent>{0}</w:txbxContent></w:drawing></mc:Choice>"
    "<mc:Fallback><w:pict><w:txbxContent>{0}</w:txbxContent></w:pict></mc:Fallback>"
    "</mc:AlternateContent></w:r>"
)
TABLE = "<w:tbl><w:tr><w:tc>{0}</w:tc><w:tc>{1}</w:tc></w:tr></w:tbl><w:p/>"


@pytest.mark.parametrize(
    ("xml", "results", "notice"),
    [
        # Words inside links, fields and content controls are words of the paragraph.
        (f"<w:hyperlink>{RUN.format(' su nuoroda')}</w:hyperlink>", ["Pirma. su nuoroda"], None),
        (
            "<w:r><w:fldChar w:fldCharType='begin'/><w:instrText>HYPERLINK x</w:instrText></w:r>"
            + RUN.format(" laukas"),
            ["Pirma. laukas"],
            None,
        ),
        (CONTROL.format("", PARAGRAPH.format("Valdiklyje.")), ["Pirma.", "Valdiklyje."], None),
        (
            CONTROL.format("<w:showingPlcHdr/>", PARAGRAPH.format("Įveskite tekstą.")),
            ["Pirma."],
            None,
        ),
        ("<w:r><w:br/><w:t>Eilutė</w:t></w:r>", ["Pirma.\nEilutė"], None),
        (
            "<w:r><w:tab/><w:t>2</w:t><w:noBreakHyphen/><w:t>3</w:t></w:r>",
            ["Pirma. 2\u20113"],
            None,
        ),
        ("<w:r><w:softHyphen/><w:br w:type='page'/><w:t>x</w:t></w:r>", ["Pirma.x"], None),
        ("<w:r><w:sym w:font='Symbol' w:char='00B0'/></w:r>", ["Pirma.°"], None),
        # What else is read with a notice.
        (
            f"<w:ins w:id='1' w:author='x'>{RUN.format(' Nauja.')}</w:ins>"
            "<w:del w:id='2' w:author='x'><w:r><w:delText>Sena.</w:delText></w:r></w:del>",
            ["Pirma. Nauja."],
            "tracked changes",
        ),
        (BOX.format(PARAGRAPH.format("Lauke.")), ["Pirma.", "Lauke."], "a text box"),
        (
            TABLE.format(PARAGRAPH.format("Kairė."), PARAGRAPH.format("Dešinė.")),
            ["Pirma.", "Kairė.", "Dešinė."],
            "a table inside a cell",
        ),
        (
            "<w:r><w:rPr><w:vanish/></w:rPr><w:t xml:space='preserve'> Slapta.</w:t></w:r>",
            ["Pirma."],
            "hidden text was left out: “Slapta.”",
        ),
        (
            "<w:r><w:rPr><w:strike/></w:rPr><w:t xml:space='preserve'> Buvo.</w:t></w:r>",
            ["Pirma."],
            "struck-out words were left out: “Buvo.”",
        ),
        (
            "<w:r><w:rPr><w:dstrike/></w:rPr><w:t>Buvo.</w:t></w:r>",
            ["Pirma."],
            "struck-out words were left out",
        ),
        ("<w:r><w:rPr><w:strike w:val='0'/></w:rPr><w:t>x</w:t></w:r>", ["Pirma.x"], None),
    ],
)
def test_no_words_in_a_cell_are_lost(
    write: Write, xml: str, results: list[str], notice: str | None
) -> None:
    written = write(HEADINGS, ("Viena.", "Pirma."), ("Kita.", "Antra."))
    written.put(1, 1, xml)

    report = written.read()
    assert list(report.entries[0].results) == results
    assert said(report)[1] == (None, "Kita.", ("Antra.",))
    assert [one for one in told(report) if notice is None or notice not in one] == []
    assert (notice is not None) == bool(told(report))


def test_words_struck_out_by_a_style_are_left_out(write: Write) -> None:
    written = write(HEADINGS, ("Viena.", "Pirma."))
    style = written.document.styles.add_style("Panaikinta", WD_STYLE_TYPE.CHARACTER)
    style.font.strike = True
    further = written.document.styles.add_style("Dar", WD_STYLE_TYPE.CHARACTER)
    further.base_style = style
    paragraph = written.table.cell(1, 1).paragraphs[0]
    paragraph.add_run(" Nebegalioja.", "Panaikinta")
    paragraph.add_run(" Irgi ne.", "Dar")
    paragraph.add_run(" Galioja.", "Dar").font.strike = False

    report = written.read()

    assert said(report) == [(None, "Viena.", ("Pirma. Galioja.",))]
    assert told(report) == ["Row 2: struck-out words were left out: “Nebegalioja. Irgi ne.”."]


def test_a_recommendation_that_is_struck_out_takes_no_results_along(write: Write) -> None:
    written = write(HEADINGS, ("Viena.", "Pirma."), ("Senoji.", "Sena."), ("Kita.", "Antra."))
    written.table.cell(2, 0).paragraphs[0].runs[0].font.strike = True

    report = written.read()

    assert said(report) == [(None, "Viena.", ("Pirma.",)), (None, "Kita.", ("Antra.",))]
    assert told(report) == [
        "Row 3: struck-out words were left out: “Senoji.”.",
        "Row 3 of the table is no recommendation and was left out: “Sena.”.",
    ]


def test_deleted_paragraph_ends_and_rows_are_read_as_accepted(write: Write) -> None:
    written = write(HEADINGS, ("Viena.", "Pirma \nantra."), ("Senoji.", "Sena."))
    mark = parse_xml(f"<w:pPr {WORD}><w:rPr><w:del w:id='1' w:author='x'/></w:rPr></w:pPr>")
    written.table.cell(1, 1).paragraphs[0]._p.insert(0, mark)
    gone = parse_xml(f"<w:trPr {WORD}><w:del w:id='2' w:author='x'/></w:trPr>")
    written.table.rows[2]._tr.insert(0, gone)

    report = written.read()
    assert said(report) == [(None, "Viena.", ("Pirma antra.",))]
    assert len(told(report)) == 2
    assert all("as if" in one for one in told(report))


def test_rows_and_tables_inside_content_controls_are_rows_and_tables(write: Write) -> None:
    written = write(HEADINGS, ("Viena.", "Pirma."), ("Kita.", "Antra."))
    for element in (written.table.rows[2]._tr, written.table._tbl):
        control = parse_xml(f"<w:sdt {WORD}><w:sdtPr/><w:sdtContent/></w:sdt>")
        element.addprevious(control)
        control[1].append(element)

    assert [text for _, text, _ in said(written.read())] == ["Viena.", "Kita."]


def test_footnotes_are_told_with_their_words(write: Write) -> None:
    written = write(HEADINGS, ("Viena.", "Pirma."))
    written.put(1, 1, "<w:r><w:footnoteReference w:id='2'/></w:r>")
    note = f"<w:footnote w:id='2'>{PARAGRAPH.format('Šaltinis: GP.')}</w:footnote>"
    notes = f"<w:footnotes {WORD}>{note}</w:footnotes>"
    part = Part(
        PackURI("/word/footnotes.xml"),
        CONTENT_TYPE.WML_FOOTNOTES,
        notes.encode(),
        written.document.part.package,
    )
    written.document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)

    report = written.read()
    assert report.entries[0].results == ("Pirma.",)
    assert told(report) == ["Row 2: a footnote was left out: “Šaltinis: GP.”."]


# Files that are none --------------------------------------------------------------------------


def zipped(members: dict[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return content.getvalue()


OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file-unreadable"),
        (b"REKOMENDACIJA;REZULTATAI\n", "file-unreadable"),
        (b"{\\rtf1 REKOMENDACIJA}", "file-unreadable"),
        (b"PK\x03\x04 nutrauktas", "file-unreadable"),
        (zipped({"a.txt": b"a"}), "file-unreadable"),
        (zipped({"[Content_Types].xml": b"<a", "word/document.xml": b"<b"}), "file-unreadable"),
        (OLD, "file-unreadable"),
        (OLD + "EncryptedPackage".encode("utf-16-le"), "file-encrypted"),
        (zipped({"word/document.xml": b" " * (51 * 2**20)}), "file-too-large"),
        (zipped({f"a{n}": b"" for n in range(10_001)}), "file-too-large"),
    ],
    ids=[
        "empty",
        "csv",
        "rtf",
        "cut off",
        "archive",
        "no xml",
        "old format",
        "encrypted",
        "bomb",
        "members",
    ],
)
def test_what_is_no_word_document_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "failas.docx"
    path.write_bytes(content)

    assert refusal(path)[0] == code


def test_entities_are_not_expanded(write: Write, tmp_path: Path) -> None:
    with zipfile.ZipFile(write(HEADINGS, ("Viena.", "Pirma.")).save()) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    declared = b"<!DOCTYPE d [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>"
    document = members["word/document.xml"].replace(b"Pirma.", b"&e;")
    first, rest = document.split(b"?>", 1)
    members["word/document.xml"] = first + b"?>" + declared + rest
    path = tmp_path / "subjektas.docx"
    path.write_bytes(zipped(members))

    assert refusal(path)[0] == "file-unreadable"


def test_a_text_too_long_for_a_cell_is_refused(write: Write) -> None:
    code, message = refusal(write(HEADINGS, ("Viena.", "a" * (MAX_TEXT + 1))).save())

    assert code == "value-too-long"
    assert "Row 2" in message


def test_a_missing_file_is_no_fault_of_a_report(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="nera"):
        read(tmp_path / "nera.docx")


def test_damaged_files_are_refused_or_read_and_nothing_else(write: Write, tmp_path: Path) -> None:
    with zipfile.ZipFile(write(HEADINGS, ("Viena.", "Pirma."), ("2. Kita.", "")).save()) as archive:
        whole = {name: archive.read(name) for name in archive.namelist()}
    chance = random.Random(20)
    outcomes = set()
    for number in range(80):
        members = dict(whole)
        name = chance.choice(
            [
                "word/document.xml",
                "[Content_Types].xml",
                "_rels/.rels",
                "word/_rels/document.xml.rels",
            ]
        )
        content = bytearray(members[name])
        for _ in range(chance.randint(1, 3)):
            content[chance.randrange(len(content))] = chance.randrange(32, 127)
        members[name] = bytes(content)
        if number % 10 == 0:
            del members[name]
        path = tmp_path / "sugadintas.docx"
        path.write_bytes(zipped(members))
        try:
            read_here(path)
            outcomes.add("read")
        except NotAReport as error:
            outcomes.add(error.problem.code)
    assert outcomes >= {"read", "file-unreadable"}


@needs_libreoffice
def test_a_report_saved_by_libreoffice_reads_alike(write: Write, tmp_path: Path) -> None:
    written = write(
        HEADINGS, ("1. Viena:\na) pirma;\nb) antra.", "Pirma."), ("", "Antra."), ("2. Kita.", "Ne.")
    )
    written.table.cell(1, 0).merge(written.table.cell(2, 0))
    path = written.save()
    try:
        saved = saved_by_libreoffice(path, tmp_path / "saved", "docx:MS Word 2007 XML")
    except AssertionError:
        pytest.skip("LibreOffice Writer is missing: install it (libreoffice-writer)")

    ours, theirs = read(path), read(saved)
    assert said(theirs) == said(ours)
    assert (theirs.title, theirs.year) == (ours.title, ours.year)
