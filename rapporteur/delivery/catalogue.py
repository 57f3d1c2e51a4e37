"""Every code of a problem or notice: what it means, and what to do about it."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from rapporteur.translations import later


class Explained(NamedTuple):
    """What a code means, in general; the sentence of a problem at a cell says more."""

    is_notice: bool
    meaning: str


def _problem(meaning: str) -> Explained:
    return Explained(False, meaning)


def _notice(meaning: str) -> Explained:
    return Explained(True, meaning)


CATALOGUE: Final[Mapping[str, Explained]] = {
    "file-unreadable": _problem(
        later("The file is damaged or no spreadsheet. Save it again as .xlsx or .ods.")
    ),
    "file-too-large": _problem(
        later("The file is larger than is allowed. Remove empty formatted rows, or split it.")
    ),
    "file-encrypted": _problem(later("The file is locked with a password. Save it without one.")),
    "sheet-none-known": _problem(
        later("No sheet has a known name. Name the sheets as the template does.")
    ),
    "header-not-found": _problem(
        later("The sheet has no row of column names among its first 20. Copy it from the template.")
    ),
    "column-missing": _problem(
        later("A required column is missing. Add it to the row of column names.")
    ),
    "sheet-like-known": _problem(
        later(
            "A sheet has the headings of a known one, or nearly its name, and would be left out. "
            "Rename it as the template does, or have it confirmed that it is not to be loaded."
        )
    ),
    "column-like-known": _problem(
        later(
            "A column that holds data is not known, and one like it is missing or empty. Rename it "
            "as the template does, or have it confirmed that it is not to be loaded."
        )
    ),
    "column-twice": _problem(later("One column name stands twice. Keep one of the columns.")),
    "value-required": _problem(later("A required cell is empty. Fill it in.")),
    "value-not-a-number": _problem(
        later("The cell holds neither a number nor a mark. Write one of them, without words.")
    ),
    "value-not-an-integer": _problem(later("A whole number is needed. Write it without decimals.")),
    "value-negative": _problem(
        later("The number is below 0. Write how many there were, 0 or more.")
    ),
    "value-not-a-year": _problem(
        later("The cell holds no year from 1990 to next year. Write four figures.")
    ),
    "value-not-a-date": _problem(
        later("The cell holds no date that exists. Write it as 2020-09-01.")
    ),
    "value-not-in-list": _problem(
        later("The value is not in the list of this column. Choose one that is.")
    ),
    "value-not-a-link": _problem(
        later(
            "The cell holds no address of a page. Write it whole, beginning with https:// or http://."
        )
    ),
    "value-too-long": _problem(later("The text is too long for one cell. Shorten it.")),
    "value-ambiguous": _problem(
        later(
            "The cell can be read in two ways: it looks otherwise than it is stored, is a lone "
            "dash, one number for several rows, or has letters of another alphabet. Write what is "
            "meant."
        )
    ),
    "formula-without-value": _problem(
        later("A formula was saved without its value. Recalculate the file and save it again.")
    ),
    "error-value": _problem(
        later("The cell shows a spreadsheet error. Mend the formula or write the value.")
    ),
    "code-unknown": _problem(
        later("The code is defined nowhere. Check its spelling, or add it to its sheet.")
    ),
    "code-twice": _problem(
        later("A row repeats the key of an earlier row, or a code is taken. Keep one of them.")
    ),
    "row-contradiction": _problem(
        later("Cells of one row cannot all be true. Mend the one that is wrong.")
    ),
    "municipality-unknown": _problem(
        later("This is none of the 60 municipalities. Write the official name or the code.")
    ),
    "would-remove": _problem(
        later(
            "The file lacks answers, assessments or results that its delivery holds. "
            "Send all rows, or have the removal confirmed."
        )
    ),
    "delivery-of-another": _problem(
        later(
            "The delivery code belongs to another institution. "
            "Check the code, or have the change confirmed."
        )
    ),
    "sheet-of-office": _problem(
        later(
            "A row of a sheet that only the rapporteur's office fills in, or a state that only it "
            "gives, comes from another sender. Delete the row, or have it confirmed."
        )
    ),
    "answer-of-another": _problem(
        later(
            "A row speaks for another institution or municipality than the sender. Who answers for "
            "another writes that one as Už; otherwise have it confirmed."
        )
    ),
    "personal-data": _problem(
        later(
            "A text holds what looks like a personal code, birth date, phone number, e-mail or "
            "case number. Remove it, or have it confirmed that it is none."
        )
    ),
    "file-name-odd": _notice(
        later("The name of the file says something else than the file is. Nothing need be done.")
    ),
    "item-left-blank": _notice(
        later("A requested item has neither state nor text; it is no answer and is left out.")
    ),
    "answers-none": _notice(
        later(
            "The sender was asked, and the file holds no answer: it is shown as silent. Write the "
            "answers on sheet Atsakymai if there are any."
        )
    ),
    "evidence-missing": _notice(
        later("The assessment is „įgyvendinta“, but nothing is cited to prove it. Add it.")
    ),
    "merged-filled": _notice(
        later("The value of a merged cell was taken for each of its rows. Check that it is meant.")
    ),
    "sheet-unknown": _notice(
        later("A sheet has no known name and was left alone. Rename it if it holds data.")
    ),
    "column-unknown": _notice(
        later("A column has no known name and was left alone. Rename it if it holds data.")
    ),
    "hidden-content": _notice(
        later("A hidden sheet, row or column was read like the others. Check that it is meant.")
    ),
    "total-row-skipped": _notice(
        later("A row of totals was not loaded, as totals are calculated. Nothing need be done.")
    ),
    "municipality-assumed-city": _notice(
        later(
            "A town name shared by a city and a district was taken as the city. "
            "Write the official name if the district is meant."
        )
    ),
    "year-unknown": _notice(
        later("The year of an activity is not known; it is shown apart. Add the year if you can.")
    ),
    "jump-suspicious": _notice(
        later("The value is at least 100 times its neighbours in the series. Check the figures.")
    ),
    "parts-do-not-add-up": _notice(
        later("The parts of a breakdown do not add up to its total. Check them.")
    ),
    "count-near-duplicate": _notice(
        later(
            "Two rows look like one activity told twice. "
            "Delete one, or give both the same code in column Grupė."
        )
    ),
    "held-elsewhere": _notice(
        later(
            "What a purge was to destroy is also held by another version, or still open somewhere. "
            "Purge that version, too, or close the dashboard and purge again."
        )
    ),
}
