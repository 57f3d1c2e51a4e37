"""How cells of an .ods and of an .xls look: what they show beside the value that they store."""

import re
from dataclasses import dataclass
from typing import Any, Final
from xml.etree.ElementTree import Element

from rapporteur.delivery import looks
from rapporteur.delivery.containers import local_name
from rapporteur.delivery.looks import RAISED, SHOWN, STRUCK, UNSEEN, Look, look_of, raised

# .ods -------------------------------------------------------------------------------------------

_OFFICE: Final = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_FO: Final = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_WHITE: Final = {"#ffffff", "#fff"}
_NUMBERS: Final = {"float", "percentage", "currency"}


@dataclass(frozen=True)
class OdsStyle:
    """The look of words that a style of an .ods declares."""

    is_struck: bool = False
    is_unseen: bool = False
    raised: str = ""


def add_ods_style(styles: dict[str, OdsStyle], element: Element) -> None:
    """Keep a style that makes its cells or words look otherwise than they read."""
    text = element.find(f"{_STYLE}text-properties")
    if text is None:
        return
    cell = element.find(f"{_STYLE}table-cell-properties")
    behind = cell.get(f"{_FO}background-color", "transparent") if cell is not None else ""
    colour = text.get(f"{_FO}color", "").lower()
    is_white = colour in _WHITE and behind.lower() in {"", "transparent", *_WHITE}
    line = text.get(f"{_STYLE}text-line-through-style", "none")
    line_type = text.get(f"{_STYLE}text-line-through-type", "none")
    position = text.get(f"{_STYLE}text-position", "0%").split()[0]
    how = ""
    if position == "super" or re.fullmatch(r"[1-9]\d*%", position):
        how = "superscript"
    elif position == "sub" or position.startswith("-"):
        how = "subscript"
    style = OdsStyle(
        {line, line_type} != {"none"}, is_white or (bool(behind) and colour == behind.lower()), how
    )
    if style != OdsStyle():
        styles[element.get(f"{_STYLE}name", "")] = style


def look_of_ods(cell: Element, styles: dict[str, OdsStyle]) -> tuple[str, str] | None:
    """Why a cell is not what it seems, and what it shows; None when it is."""
    paragraphs = cell.findall(f"{_TEXT}p")
    kind = cell.get(f"{_OFFICE}value-type")
    if kind is None or not paragraphs:  # a program that writes no words shows the value
        return None
    style = styles.get(cell.get(f"{_TABLE}style-name", "")) if styles else None
    shown = "\n".join(map(_words, paragraphs))
    if style and (style.is_struck or style.is_unseen):
        return (STRUCK if style.is_struck else UNSEEN), ""
    if styles and (about := _of_spans(paragraphs, styles)):
        return about
    if kind in _NUMBERS:
        if not shown.strip():
            return UNSEEN, ""
        stored = float(cell.get(f"{_OFFICE}value", "nan"))
        return None if shown in _ways_to_write(stored) else (SHOWN, shown)
    if kind == "date":
        return (
            None
            if _names_the_day(shown, cell.get(f"{_OFFICE}date-value", ""))
            else (
                SHOWN,
                shown,
            )
        )
    if style and style.raised and re.search(r"\d", shown):
        return RAISED, raised(shown, style.raised)
    return None


def _words(element: Element) -> str:
    """The words of a paragraph; notes on the cell are not among them."""
    words = element.text or ""
    for child in element:
        if local_name(child) == "s":
            words += " " * int(child.get(f"{_TEXT}c", "1"))
        elif local_name(child) in {"tab", "line-break"}:
            words += " "
        elif local_name(child) not in {"annotation", "ruby-text"}:
            words += _words(child)
        words += child.tail or ""
    return words


def _of_spans(paragraphs: list[Element], styles: dict[str, OdsStyle]) -> tuple[str, str] | None:
    shown, has_raised = "", False
    for paragraph in paragraphs:
        shown += paragraph.text or ""
        for child in paragraph:
            words = _words(child)
            style = styles.get(child.get(f"{_TEXT}style-name", ""))
            if style and style.is_struck and words.strip():
                return STRUCK, ""
            if style and style.raised:
                has_raised |= bool(re.search(r"\d", words))
                words = raised(words, style.raised)
            shown += words + (child.tail or "")
    return (RAISED, shown) if has_raised else None


def _ways_to_write(value: float) -> set[str]:
    plain = looks.plain_number(value)
    return {plain, plain.replace(",", ".")}


def _names_the_day(shown: str, stored: str) -> bool:
    """Tell whether a shown date has the year, the month (or a word for it) and the day."""
    year, _, rest = stored.partition("-")
    month, _, day = rest[:5].partition("-")
    found = [int(one) for one in re.findall(r"\d+", shown)]
    if not (year.isdigit() and month.isdigit() and day.isdigit()):
        return True
    for wanted in ({int(year), int(year) % 100}, {int(day)}):
        place = next((place for place, one in enumerate(found) if one in wanted), None)
        if place is None:
            return False
        del found[place]
    return int(month) in found or bool(re.search(r"[^\W\d_]{3,}", shown))


# .xls -------------------------------------------------------------------------------------------


def styles_of_xls(book: Any) -> dict[int, Look]:
    """The styles whose cells may not be what they seem, by their number; `book` is of xlrd."""
    found = {}
    for number, style in enumerate(book.xf_list):
        font = book.font_list[style.font_index]
        code = book.format_map[style.format_key].format_str
        look = look_of(
            code,
            is_struck=bool(font.struck_out),
            is_unseen=_is_like_background(font.colour_index, style.background),
            raised={1: "superscript", 2: "subscript"}.get(font.escapement, ""),
        )
        if look:
            found[number] = look
    return found


def _is_like_background(colour: int, background: Any) -> bool:
    """Tell whether a colour of the palette is the one behind it; no fill is white."""
    behind = background.pattern_colour_index if background.fill_pattern == 1 else None
    if background.fill_pattern == 0:
        behind = min(looks.WHITE_INDEXES)
    both = {colour, behind}
    return len(both) == 1 or both == looks.WHITE_INDEXES


def look_of_xls(
    book: Any, sheet: Any, styles: dict[int, Look], row: int, column: int
) -> tuple[str, str] | None:
    """Why a cell with a number or a text is not what it seems; None when it is."""
    value = sheet.cell_value(row, column)
    if not isinstance(value, str):
        if value == 0 and not sheet.show_zero_values:
            return UNSEEN, ""
        style = styles.get(sheet.cell_xf_index(row, column))
        return style.of_number(value, is_1904=bool(book.datemode)) if style else None
    if runs := sheet.rich_text_runlist_map.get((row, column)):
        style = book.xf_list[sheet.cell_xf_index(row, column)]
        if about := _of_xls_runs(book, value, [(0, style.font_index), *runs]):
            return about
    look = styles.get(sheet.cell_xf_index(row, column))
    return look.of_text() if look else None


def _of_xls_runs(book: Any, text: str, runs: list[tuple[int, int]]) -> tuple[str, str] | None:
    shown, has_raised = "", False
    for (start, number), (end, _) in zip(runs, [*runs[1:], (len(text), 0)], strict=True):
        font, words = book.font_list[number], text[start:end]
        if font.struck_out and words.strip():
            return STRUCK, ""
        if font.escapement:
            has_raised |= bool(re.search(r"\d", words))
            words = raised(words, "superscript" if font.escapement == 1 else "subscript")
        shown += words
    return (RAISED, shown) if has_raised else None
