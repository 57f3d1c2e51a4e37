"""How the office's Word documents look: paper, styles, language, tables that can be read aloud."""

import datetime
import io
from collections.abc import Sequence
from typing import Final

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Inches, Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from rapporteur.delivery.file_limits import property_text, without_controls

_FONT: Final = "Times New Roman"
_LANGUAGE: Final = "lt-LT"
_A4: Final = (Cm(21), Cm(29.7))
_MARGIN: Final = Cm(2)
PICTURE_WIDTH: Final = 6.6  # inches: as wide as the text of an upright page
_AUTHOR: Final = "Nacionalinis pranešėjas kovos su prekyba žmonėmis klausimais"


def empty(title: str, as_of: datetime.date) -> Document:
    """A document of A4 pages in the office's letters, Lithuanian, as of a day."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = _A4
    section.left_margin = section.right_margin = _MARGIN
    section.top_margin = section.bottom_margin = _MARGIN
    for name, size, bold in (
        ("Normal", 12, False),
        ("Heading 1", 13, True),
        ("Heading 2", 12, True),
    ):
        style = document.styles[name]
        style.font.name, style.font.size, style.font.bold = _FONT, Pt(size), bold
        style.font.color.rgb = RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(script), _FONT)
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme"):
            fonts.attrib.pop(qn(theme), None)
    document.styles["Heading 1"].paragraph_format.space_after = Pt(10)
    for language in document.styles.element.iter(qn("w:lang")):
        for script in ("w:val", "w:eastAsia"):
            language.set(qn(script), _LANGUAGE)
    properties = document.core_properties
    properties.title = property_text(title)
    properties.author = _AUTHOR
    properties.language = _LANGUAGE
    properties.comments = ""
    # The day that it tells of, not the moment it was written.
    properties.created = properties.modified = datetime.datetime.combine(as_of, datetime.time())
    return document


def turn(document: Document) -> None:
    """More than two columns are read on a page that lies on its side."""
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = _A4[1], _A4[0]


def add_table(document: Document, headings: Sequence[str]) -> Table:
    """A table of a header alone, which screen readers know and which stands on every page."""
    table: Table = document.add_table(rows=1, cols=len(headings))
    table.style = "Table Grid"
    table.autofit = False
    for cell, heading in zip(table.rows[0].cells, headings, strict=True):
        write(cell, [heading])
        cell.paragraphs[0].runs[0].bold = True
        cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)
    return table


def write(cell: _Cell, paragraphs: Sequence[str]) -> None:
    """Put paragraphs into an empty cell."""
    cell.paragraphs[0].add_run(without_controls(paragraphs[0]))
    for words in paragraphs[1:]:
        cell.add_paragraph(without_controls(words))


def set_widths(table: Table, widths: Sequence[float]) -> None:
    """Give the columns their widths, in centimetres; Word asks for them cell by cell."""
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)  # which other programs ask for
        for cell in column.cells:
            cell.width = Cm(width)


def add_heading(document: Document, words: str, level: int) -> Paragraph:
    """A heading of the document."""
    heading: Paragraph = document.add_heading(without_controls(words), level=level)
    return heading


def add_paragraph(document: Document, words: str, style: str | None = None) -> Paragraph:
    """A paragraph of the document."""
    paragraph: Paragraph = document.add_paragraph(without_controls(words), style=style)
    return paragraph


def add_picture(document: Document, picture: bytes, title: str, told: str) -> None:
    """A picture (PNG) as wide as the text, its title above it; `told` is read in its place."""
    heading = document.add_paragraph()
    heading.add_run(without_controls(title)).bold = True
    heading.paragraph_format.keep_with_next = True
    document.add_picture(io.BytesIO(picture), width=Inches(PICTURE_WIDTH))
    [*_, about] = document.element.body.iter(qn("wp:docPr"))
    about.set("title", without_controls(title))
    about.set("descr", without_controls(f"{title}. {told}"))
