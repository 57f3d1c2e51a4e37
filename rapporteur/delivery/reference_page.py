"""The reference page of the workbook, made from the declaration: sheets, lists, marks, codes.

`python -m rapporteur.delivery.reference_page FILE` writes it in English; `make docs` does so.
"""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from rapporteur.delivery import reference
from rapporteur.delivery.catalogue import CATALOGUE
from rapporteur.delivery.declaration import SHEET_OF_TABLE, SHEETS, Column, Kind, Sheet
from rapporteur.delivery.guidance import (
    EMPTY_COUNT,
    GUIDES,
    HELPER_SHEETS,
    MARKS,
    MARKS_SHEET,
    form_of,
)
from rapporteur.translations import later, translator

Translate = Callable[[str], str]

_ABOUT: Final = later(
    "What institutions send in and what the loader accepts. Sheet and column names are Lithuanian; "
    "each has an English alias that is accepted as well. `python -m rapporteur template OUT.xlsx` "
    "writes the empty workbook with drop-downs and explanations."
)
_ACCEPTED: Final = (
    later("Files: .xlsx, .xlsm (macros never run), .xls, .ods, .csv; none with a password."),
    later(
        "CSV: UTF-8 or Windows-1257, separated by semicolons, commas or tabs. The file is named "
        "like its sheet."
    ),
    later(
        "A file may hold any of the sheets, in any order; several files may be loaded together as "
        "one delivery. Loading a delivery code again replaces all that it held; earlier versions "
        "stay. With any problem nothing is written at all."
    ),
    later(
        "Sheets of the template that hold no data are left alone, and so is its example row while "
        "nobody changed it: {sheets}."
    ),
    later(
        "The column names stand in one of the first 20 rows, in any order. Letter case, "
        "diacritics, doubled spaces and a trailing * or : make no difference, in codes and list "
        "members neither. Unknown sheets and columns are noticed and left alone."
    ),
    later(
        "Hidden sheets, rows and columns are read like others. A merged cell counts for each of "
        "its rows. Blank rows and rows of totals are not loaded."
    ),
    later(
        "A formula counts by the value that it was saved with; one without a value, and an error "
        "such as #N/A, is a problem."
    ),
    later("Lists: the code or the Lithuanian or English label."),
    later(
        "Municipalities: the ISO code, official or short name, seat, or an inflected form of these "
        "(LT-57, Vilniaus m. sav., Vilnius, Vilniuje). A bare town name shared by a city and a "
        "district means the city, with a notice."
    ),
    later(
        "Dates: dates of the spreadsheet, 2020-09-01, 2020.09.01, 2020 m. rugsėjo 1 d.; a month or "
        "a year alone where the column allows it."
    ),
    later("Years: from 1990 to next year."),
)


def markdown(language: str) -> str:
    """The whole page. Raises KeyError for a language that is none of ours."""
    translate = translator(language).gettext
    parts = ["# " + translate(later("The workbook")), translate(_ABOUT)]
    parts += [f"## {title}\n\n{body}" for title, body in sections(language)]
    return "\n\n".join(parts) + "\n"


def sections(language: str) -> list[tuple[str, str]]:
    """The sections as (title, Markdown): what is accepted, each sheet, marks, lists, codes.

    A sheet's title begins with its name. Raises KeyError as `markdown` does.
    """
    translate = translator(language).gettext
    return [
        (translate(later("What is accepted")), _accepted(translate)),
        *((f"{sheet.name} ({sheet.alias})", _sheet(sheet, translate)) for sheet in SHEETS),
        (translate(later("Values with marks")), _marks(translate)),
        (translate(later("Lists")), _lists(translate)),
        (translate(later("Problems")), _codes(translate, notices=False)),
        (translate(later("Notices")), _codes(translate, notices=True)),
    ]


def _accepted(translate: Translate) -> str:
    helpers = ", ".join(HELPER_SHEETS)
    return "\n".join(f"- {translate(one).format(sheets=helpers)}" for one in _ACCEPTED)


def _sheet(sheet: Sheet, translate: Translate) -> str:
    guide = GUIDES[sheet.table]
    rows = [
        (
            f"{column.header} \\*" if column.required else column.header,
            f"`{column.alias}`",
            translate(form_of(column)).format(marks=MARKS_SHEET),
            _drawn_from(column, translate),
            translate(guide.columns[column.name].note),
        )
        for column in sheet.columns
    ]
    headings = (
        later("Column (* = required)"),
        later("Alias"),
        later("What form"),
        later("List or reference"),
        later("What goes in"),
    )
    who = (
        later("Filled in by the rapporteur's office.")
        if sheet.is_of_office
        else later("Filled in by institutions.")
    )
    if sheet.one_row:
        key = translate(later("One row a delivery."))
    elif sheet.key:
        names = " + ".join(sheet.column(name).header for name in sheet.key)
        key = translate(later("Key: {columns}. It stands once in a delivery.")).format(
            columns=names
        )
    else:
        key = translate(later("No key: rows may be alike."))
    return "\n\n".join(
        (
            f"{translate(guide.purpose)} {translate(who)}",
            _table([translate(heading).replace("*", "\\*") for heading in headings], rows),
            key,
        )
    )


def _drawn_from(column: Column, translate: Translate) -> str:
    """The list of a column, or the sheets in which its codes are defined."""
    match column.kind:
        case Kind.CHOICE:
            return f"`{column.choices}`"
        case Kind.MUNICIPALITY:
            return "`municipality`"
        case Kind.TERRITORY:
            return "`county`, `municipality`"
    if not column.refers:
        return ""
    sheets = ", ".join(SHEET_OF_TABLE[table].name for table in column.refers)
    return translate(later("defined in {sheets}")).format(sheets=sheets)


def _marks(translate: Translate) -> str:
    headings = (
        later("The cell says"),
        later("What it means"),
        later("Value"),
        later("Mark"),
    )
    rows = [
        (mark.written, translate(mark.meaning), mark.value, f"`{mark.mark}`" if mark.mark else "")
        for mark in MARKS
    ]
    return f"{_table([translate(one) for one in headings], rows)}\n\n{translate(EMPTY_COUNT)}"


def _lists(translate: Translate) -> str:
    headings = [translate(one) for one in (later("Code"), later("Lithuanian"), later("English"))]
    return "\n\n".join(
        f"### `{name}`\n\n"
        + _table(
            headings,
            [(f"`{one.code}`", one.label_lt, one.label_en) for one in reference.choices()[name]],
        )
        for name in dict.fromkeys(_lists_in_use())
    )


def _lists_in_use() -> Iterator[str]:
    """The lists that columns draw from, in the order of the sheets; repeats and all."""
    for sheet in SHEETS:
        for column in sheet.columns:
            if column.kind is Kind.CHOICE:
                yield column.choices
            elif column.kind in {Kind.MUNICIPALITY, Kind.TERRITORY}:
                yield from ("municipality", "county")


def _codes(translate: Translate, *, notices: bool) -> str:
    headings = [translate(one) for one in (later("Code"), later("What it means, and what to do"))]
    return _table(
        headings,
        [
            (f"`{code}`", translate(explained.meaning))
            for code, explained in CATALOGUE.items()
            if explained.is_notice == notices
        ],
    )


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', '/') for cell in row)} |" for row in lines)


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(markdown("en"), encoding="utf-8")
