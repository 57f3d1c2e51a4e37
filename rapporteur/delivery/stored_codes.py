"""Which stored columns hold codes of lists, and which stored codes no list knows."""

import datetime
import functools
from collections.abc import Collection, Iterator, Mapping, Sequence

from rapporteur.delivery import reference
from rapporteur.delivery.declaration import SHEET_OF_TABLE, SHEETS, Column, Kind
from rapporteur.translations import later, translator
from rapporteur.warehouse.former_codes import Coded, UnknownCode
from rapporteur.warehouse.reading import Warehouse

INSTITUTION = "institution"


def _lists(table: str, column: Column) -> tuple[str, ...]:
    """The lists in which the codes of a column stand; none for a column of something else."""
    match column.kind:
        case Kind.CHOICE:
            return (column.choices,)
        case Kind.MUNICIPALITY:
            return ("municipality",)
        case Kind.TERRITORY:
            return ("county", "municipality")
        case Kind.CODE if INSTITUTION in column.refers or (table, column.name) == (
            INSTITUTION,
            "code",
        ):
            return (INSTITUTION,)
    return ()


def _coded() -> Iterator[Coded]:
    for sheet in SHEETS:
        if sheet.one_row:
            continue
        for column in sheet.columns:
            if lists := _lists(sheet.table, column):
                place = sheet.key.index(column.name) if column.name in sheet.key else None
                yield Coded(sheet.table, column.name, lists, column.several, place)


@functools.cache
def coded() -> tuple[Coded, ...]:
    """Every column of a stored table that holds codes of lists, municipalities or institutions."""
    return tuple(_coded())


def _known() -> Mapping[str, Collection[str]]:
    """The codes of every list, those of former times with them: they are read as those of today."""
    return {
        name: {code for choice in choices for code in (choice.code, *choice.former)}
        for name, choices in reference.choices().items()
    }


def unknown(warehouse: Warehouse, as_of: datetime.date) -> list[UnknownCode]:
    """The codes in the rows current on a day that no list knows: they are in no count by it."""
    return warehouse.unknown_codes(coded(), _known(), as_of)


def sentence(one: UnknownCode, language: str) -> str:
    """One unknown code: where it stands and in how many rows."""
    sheet = SHEET_OF_TABLE[one.table]
    column = sheet.column(one.column)
    name, header = (sheet.alias, column.alias) if language == "en" else (sheet.name, column.header)
    return (
        translator(language)
        .ngettext(
            "{sheet}, {column}: {code} in {count} row ({deliveries})",
            "{sheet}, {column}: {code} in {count} rows ({deliveries})",
            one.rows,
        )
        .format(
            sheet=name,
            column=header,
            code=one.code,
            count=one.rows,
            deliveries=", ".join(one.deliveries),
        )
    )


def sentences(found: Sequence[UnknownCode], language: str) -> str:
    """Everything that no list knows, and what helps, as a text to read."""
    translate = translator(language).gettext
    head = translate(
        later(
            "Rows that are stored have codes that no list knows. They are shown under the bare "
            "code, and are missing where rows are counted by the list. Where a code was renamed, "
            "write the old one into the column former of its list under data/reference."
        )
    )
    return "\n".join([head, *(sentence(one, language) for one in found)])
