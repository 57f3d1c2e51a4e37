"""How cells look: what a format, a font or a raised sign makes of the value that is stored.

The parser gathers here, sheet by sheet, the cells that look otherwise than they would be read;
whether that matters in its column is decided by displayed.py.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from xml.etree.ElementTree import Element

from rapporteur.delivery import number_formats
from rapporteur.delivery.containers import local_name

# Why a cell is not what it seems: as displayed.py words it.
SHOWN, STRUCK, RAISED, UNSEEN = "shown", "struck", "raised", "unseen"

_RAISED_SIGNS: Final = str.maketrans("0123456789+-=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾")
_LOWERED_SIGNS: Final = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_WHITE: Final = {"FFFFFFFF", "00FFFFFF", "FFFFFF"}
# Stands for dates in another country's format: how they show a number is not known here.
_UNKNOWN_FORMAT: Final = "d-mmm"
Area = tuple[tuple[int, int], tuple[int, int]]
_NO_FORMAT: Final = {number_formats.GENERAL, "Standard", "@", ""}
# The Windows palette of an .xls and of older .xlsx: these numbers are white.
WHITE_INDEXES: Final = {1, 9}
_BACKGROUND: Final = 65


@dataclass(frozen=True)
class Look:
    """The look that a style gives its cells; `code` is None where numbers are seen as they are."""

    code: str | None = None
    is_struck: bool = False
    is_unseen: bool = False
    raised: str = ""  # "superscript" or "subscript", where every sign is

    def of_number(self, value: float, *, is_1904: bool) -> tuple[str, str] | None:
        """Why a number looks otherwise than it is stored, and what is shown; None when not."""
        if about := self._of_any():
            return about
        if self.code is None:
            return None
        if number_formats.is_date(self.code) and number_formats.shows_whole_date(self.code):
            return None
        shown = number_formats.shown(value, self.code, is_1904=is_1904)
        if not shown:
            return UNSEEN, ""
        return None if shown == plain_number(value) else (SHOWN, shown)

    def of_text(self) -> tuple[str, str] | None:
        """The same of a text, which is not known here: an ellipsis stands for it."""
        if about := self._of_any():
            return about
        if self.raised:
            return RAISED, ""
        if self.code and number_formats.hides_or_changes_text(self.code):
            shown = number_formats.shown_text("…", self.code).strip()
            return (SHOWN, shown) if shown else (UNSEEN, "")
        return None

    def _of_any(self) -> tuple[str, str] | None:
        if self.is_struck:
            return STRUCK, ""
        return (UNSEEN, "") if self.is_unseen else None


_PLAIN: Final = Look()


def plain_number(value: float) -> str:
    """A number as it is seen without a format, to the last digit that is stored."""
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return repr(value).replace(".", ",")


def raised(text: str, how: str) -> str:
    """A text as it looks raised or lowered, as far as there are such signs."""
    return text.translate(_LOWERED_SIGNS if how == "subscript" else _RAISED_SIGNS)


def look_of(code: str, **about: Any) -> Look | None:
    """The look of a style; None when its cells are seen as they are stored."""
    whole_date = number_formats.is_date(code) and number_formats.shows_whole_date(code)
    look = Look(None if code in _NO_FORMAT or whole_date else code, **about)
    return None if look == _PLAIN else look


@dataclass
class Looks:
    """The cells of one sheet that are not what they seem, by column, reason and what is shown.

    `rules` are conditional formats: areas, comparison, limits, and the look where it holds.
    """

    found: dict[tuple[int, str, str], list[int]] = field(default_factory=dict)
    rules: list[tuple[list[Area], str, list[float], Look]] = field(default_factory=list)

    def add(self, row: int, column: int, about: tuple[str, str] | None) -> None:
        """Note a cell, counted from 0, if there is anything to note."""
        if about:
            self.found.setdefault((column, *about), []).append(row)

    def as_json(self) -> dict[str, Any]:
        """Column, reason, what is shown, and the rows; and the rules."""
        return {
            "cells": [[*key, rows] for key, rows in self.found.items()],
            "rules": [[*rule, vars(look)] for *rule, look in self.rules],
        }


# Rich text --------------------------------------------------------------------------------------


def of_runs(item: Element) -> tuple[str, str] | None:
    """How the runs of a text (an <si> or <is>) look: one struck out, or figures raised."""
    pieces: list[str] = []
    has_raised = False
    for run in item:
        if local_name(run) != "r":
            continue
        text = "".join(one.text or "" for one in run if local_name(one) == "t")
        properties = {
            local_name(one): one.get("val", "1")
            for about in run
            if local_name(about) == "rPr"
            for one in about
        }
        if properties.get("strike", "0") not in {"0", "false"} and text.strip():
            return STRUCK, ""
        how = properties.get("vertAlign", "baseline")
        if how != "baseline":
            has_raised |= bool(re.search(r"\d", text))
            text = raised(text, how)
        pieces.append(text)
    return (RAISED, "".join(pieces)) if has_raised else None


# Styles of an .xlsx -----------------------------------------------------------------------------


def _is_on(element: Element | None) -> bool:
    return element is not None and element.get("val", "1") not in {"0", "false"}


def _child(element: Element | None, name: str) -> Element | None:
    children: Iterator[Element] = iter(element if element is not None else ())
    return next((one for one in children if local_name(one) == name), None)


def _children(element: Element | None) -> list[Element]:
    return list(element) if element is not None else []


def _colour(element: Element | None) -> str | None:
    """A colour as something that can be compared; None when the program chooses."""
    if element is None:
        return None
    if "rgb" in element.attrib:
        return "white" if element.get("rgb", "").upper() in _WHITE else element.get("rgb")
    if "theme" in element.attrib and float(element.get("tint", "0") or 0) == 0:
        return "white" if element.get("theme") == "0" else f"theme {element.get('theme')}"
    if element.get("indexed", "").isdigit():
        is_white = int(element.get("indexed", "")) in WHITE_INDEXES
        return "white" if is_white else f"indexed {element.get('indexed')}"
    return None


def _filled(fill: Element | None) -> str:
    """The colour behind the text; a pattern that is not solid counts as one that shows it."""
    pattern = _child(fill, "patternFill")
    if fill is not None and _child(fill, "gradientFill") is not None:
        return "pattern"
    kind = pattern.get("patternType", "none") if pattern is not None else "none"
    if kind == "none":
        return "white"
    if kind != "solid":
        return "pattern"
    return _colour(_child(pattern, "fgColor")) or "unknown"


def _is_unseen(font: Element | None, fill: Element | None) -> bool:
    colour = _colour(_child(font, "color"))
    return colour is not None and colour == _filled(fill)


@dataclass(frozen=True)
class Styles:
    """The styles of a workbook whose cells may not be what they seem, by their number."""

    cells: Mapping[int, Look]
    conditional: tuple[Look | None, ...] = ()


def styles_of_xlsx(root: Element) -> Styles:
    """The styles that a part styles.xml declares."""
    parts = {local_name(one): one for one in root}
    codes = dict(number_formats.BUILT_IN)
    for one in _children(parts.get("numFmts")):
        if one.get("numFmtId", "").isdigit():
            codes[int(one.get("numFmtId", ""))] = one.get("formatCode", number_formats.GENERAL)
    fonts, fills = _children(parts.get("fonts")), _children(parts.get("fills"))
    cells = {}
    for number, xf in enumerate(_children(parts.get("cellXfs"))):
        font = _at(fonts, xf.get("fontId"))
        vertical = _child(font, "vertAlign")
        look = look_of(
            codes.get(int(xf.get("numFmtId") or 0), _UNKNOWN_FORMAT),
            is_struck=_is_on(_child(font, "strike")),
            is_unseen=_is_unseen(font, _at(fills, xf.get("fillId"))),
            raised=(vertical.get("val", "") if vertical is not None else "").replace(
                "baseline", ""
            ),
        )
        if look:
            cells[number] = look
    conditional = tuple(map(_conditional_look, _children(parts.get("dxfs"))))
    return Styles(cells, conditional)


def _conditional_look(style: Element) -> Look | None:
    code, font, fill = (_child(style, name) for name in ("numFmt", "font", "fill"))
    colour = _colour(_child(font, "color"))
    # Where such a style says nothing of the fill it is that of the cell, most often none.
    behind = (
        _colour(_child(_child(fill, "patternFill"), "bgColor")) if fill is not None else "white"
    )
    return look_of(
        code.get("formatCode", "") if code is not None else "",
        is_struck=_is_on(_child(font, "strike")),
        is_unseen=colour is not None and colour == behind,
    )


def _at(elements: list[Element], place: str | None) -> Element | None:
    number = int(place or 0)
    return elements[number] if number < len(elements) else None
