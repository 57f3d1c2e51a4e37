"""Requests for data: a workbook for one institution, and one for each that owes an answer.

The workbook is the template with every item asked of the institution in the year: what it answered
is filled in as it stands, what is missing is marked. Whatever else its delivery holds is in it as
well, as what comes back takes that delivery's place. A municipality is asked for its prevention
activities and its coordination, too, whether or not a recommendation is addressed to it.
"""

import datetime
import io
import math
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from xlsxwriter.worksheet import Worksheet

from rapporteur.delivery import handing_back, loading, reference, template
from rapporteur.delivery.declaration import (
    ANSWER_STATES,
    SHEET_OF_TABLE,
    SHEETS,
    STATES_OF_OFFICE,
    Sheet,
)
from rapporteur.delivery.guidance import GUIDES, REQUEST_SHEET
from rapporteur.delivery.loading import WrongUse
from rapporteur.delivery.problems import later
from rapporteur.delivery.template import Filled, Template
from rapporteur.warehouse.reading import Warehouse

Row = Mapping[str, Any]

_ITEMS: Final = "institutions/items"
_RESPONSES: Final = SHEET_OF_TABLE["response"]
_KEY: Final = ("recommendation", "part", "institution", "year")
# What an institution fills in; the other columns of an item are filled in already.
_TO_ANSWER: Final = ("state", "text")
# Columns that the letter explains: the others of an item are filled in, or the office's.
_TOLD: Final[Mapping[str, tuple[str, ...]]] = {
    "response": ("on_behalf_of", *_TO_ANSWER, "source"),
}
# An A4 page between its margins, in points and in inches.
_PAGE_HEIGHT: Final = 760
_PAGE_WIDTH: Final = 7.4
_WIDTH_OF_LETTER: Final = 7 / 96  # in inches, of a column's width
# How much smaller than would fit a page a letter may be printed, to save one.
_SQUEEZED: Final = 1.15
_WIDTHS: Final = (10, 46, 24, 15, 13, 12)
_ITEM_HEADINGS: Final = (
    "Nr.",
    "Rekomendacija",
    "Žodžiai, kurie įvardija",
    "Būsena dabar",
    "Atsakyti iki",
    "Atsakymas",
)
_WHOLE_WIDTH: Final = sum(_WIDTHS)
_DAY: Final = "%Y-%m-%d"
# Names of files may not hold these on every system, nor be longer than 255 bytes.
_NOT_IN_NAMES: Final = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_LONGEST_CODE: Final = 100
_LIST: Final = "SĄRAŠAS.txt"
_TIME_IN_ZIP: Final = (2026, 1, 1, 0, 0, 0)

_WHAT_STATES_MEAN: Final[Mapping[str, str]] = {
    "pateikta": "atsakoma į viską, ko prašyta",
    "pateikta iš dalies": "atsakoma tik į dalį; stulpelyje „Tekstas“ nurodykite, į kurią",
    "nepateikta": "duomenų šiuo klausimu nėra arba jie neteikiami",
    "netaikoma": "klausimas Jūsų institucijai netaikomas; stulpelyje „Tekstas“ nurodykite, kodėl",
}
_TOTAL_KIND: Final = "prevention_and_information_total"
_HOW_PREVENTION: Final = (
    "Lape „Veiklos“ kiekvieną prevencijos veiklą rašykite atskiroje eilutėje: kada, kokia, kieno "
    "organizuota, kam skirta ir apie kurią išnaudojimo formą. Teritorinė aprėptis – „savivaldybė“, "
    "stulpelyje „Savivaldybė“ nurodykite savąją.",
    "Jei tais metais veiklų nebuvo, įrašykite vieną eilutę: rūšis „{total}“, veiklų skaičius 0. "
    "Tuščias skaičiaus langelis reiškia, kad veikla vyko, bet jos skaičius nežinomas.",
    "Lape „Koordinavimas“ nurodykite, ar patvirtinta koordinavimo tvarka, sudaryta komisija ar "
    "veikia grupė, ir kuriuo sprendimu.",
)
_HOW_ANSWERS: Final = (
    "Lape „Atsakymai“ spalva ir pastaba prie langelio pažymėtos eilutės, kurių dar trūksta. "
    "Kiekvienoje pasirinkite duomenų pateikimo būseną ir stulpelyje „Tekstas“ parašykite atsakymą.",
    "Kas jau atsakyta, įrašyta taip, kaip turime. Patikrinkite; jei reikia, pataisykite.",
    "Įgyvendinimo nevertinkite: tai daro nacionalinis pranešėjas. Rašykite, kas padaryta, kada ir "
    "kur.",
    "Eilutė, kurioje būsena ir tekstas palikti tušti, atsakymu nelaikoma.",
)
_HOW_ACTIVITIES: Final = ("Jei vykdėte prevencijos veiklas, surašykite jas lape „Veiklos“.",)
_HOW_MARKS: Final = (
    "Skaičius rašykite skaitmenimis. 0 – nebuvo; „n. d.“ – duomenų neturite; „netaikoma“ – "
    "klausimas netaikomas; „apie 250“, „daugiau kaip 250“, „ne mažiau kaip 250“, „mažiau kaip 5“ – "
    "kai tiksliai nežinote ar negalite nurodyti; „250 p“ – duomenys dar gali keistis. Brūkšnio "
    "vietoj skaičiaus nerašykite.",
)
_HOW_ALL: Final = (
    "Neįrašykite asmens duomenų: vardų, asmens kodų, gimimo datų, telefono numerių, el. pašto "
    "adresų, bylų numerių.",
    "Lape „Pateikimas“ įrašyto kodo nekeiskite, lapų ir stulpelių nepervadinkite. Išsaugokite "
    ".xlsx arba .ods formatu ir grąžinkite visą failą.",
)


@dataclass(frozen=True)
class _Prevention:
    """What a municipality is asked about prevention."""

    asking: Sequence[Row]
    """Whose words ask for it in the whole territory: `recommendation` and `words`."""
    told: Sequence[Row]
    """What sources tell of it for the year, rows of activities/list."""


def workbook(
    source: Path | Warehouse, institution: str, year: int, *, as_of: datetime.date
) -> bytes:
    """What an institution is asked in a year, as a workbook to send to it.

    Raises WrongUse for an institution that is not known, or of which nothing is asked that year; a
    municipality is always asked about prevention.
    """
    with loading.opened(source) as warehouse:
        return _workbook(warehouse, institution, year, as_of)


def batch(source: Path | Warehouse, year: int, *, as_of: datetime.date) -> bytes:
    """A zip with a workbook for each institution that owes an answer, and a list of who gets what.

    A collective addressee without members has nobody to send to and is only named in the list.
    Raises WrongUse where nobody owes anything.
    """
    with loading.opened(source) as warehouse:
        columns, rows = warehouse.rows(_ITEMS, {"year": year}, as_of=as_of)
        items = [dict(zip(columns, row, strict=True)) for row in rows]
        open_items: dict[str, list[Row]] = {}
        for item in items:
            if item["is_open"]:
                open_items.setdefault(item["institution"], []).append(item)
        if not open_items:
            raise WrongUse(later("In {year} nobody owes an answer."), year=str(year))
        collective = _collective(warehouse, as_of)
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
            for code in open_items:
                if code not in collective:
                    _put(archive, file_name(code, year), _workbook(warehouse, code, year, as_of))
            listed = _listed(open_items, collective, year)
            # With a byte-order mark Windows' own editor shows the letters right.
            _put(archive, _LIST, listed.encode("utf-8-sig"))
        return content.getvalue()


def municipality_batch(
    source: Path | Warehouse, municipalities: Iterable[str], year: int, *, as_of: datetime.date
) -> bytes:
    """A zip with a workbook for each of these municipalities, and a list of who gets what.

    `municipalities` are ISO codes. Raises WrongUse for one that is not known, and for none.
    """
    codes = list(municipalities)
    if not codes:
        raise WrongUse(later("In {year} nobody owes an answer."), year=str(year))
    with loading.opened(source) as warehouse:
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
            for code in codes:
                _put(archive, file_name(code, year), _workbook(warehouse, code, year, as_of))
            names = {row["code"]: row["label_lt"] for row in reference.rows("municipality")}
            lines = [f"{year} m. prašymai savivaldybėms pateikti duomenis apie prevenciją", ""]
            lines += [f"- {file_name(code, year)}: {names[code]}" for code in codes]
            _put(archive, _LIST, "\r\n".join([*lines, ""]).encode("utf-8-sig"))
        return content.getvalue()


def file_name(institution: str, year: int) -> str:
    """A name for the workbook that every system takes."""
    return f"{_NOT_IN_NAMES.sub('-', institution)[:_LONGEST_CODE]}-{year}.xlsx"


def delivery_of(institution: str, year: int) -> str:
    """The code of the delivery that a request opens, such as PD-2020."""
    return f"{institution}-{year}"


# One workbook --------------------------------------------------------------------------------


def _workbook(warehouse: Warehouse, institution: str, year: int, as_of: datetime.date) -> bytes:
    columns, rows = warehouse.rows(_ITEMS, {"year": year, "institution": institution}, as_of=as_of)
    items = [dict(zip(columns, row, strict=True)) for row in rows]
    name = _addressed(warehouse, institution, as_of)
    prevention = _prevention(warehouse, institution, year, as_of)
    if not items and prevention is None:
        raise WrongUse(
            later("Nothing is asked of {institution} in {year}."),
            institution=institution,
            year=str(year),
        )
    code = delivery_of(institution, year)
    about, held = _held(warehouse, code, institution, year, as_of)
    responses = _responses(warehouse, items, held.get("response", []), as_of)
    filled = {
        sheet.table: [Filled(_cells(sheet.table, row)) for row in held.get(sheet.table, [])]
        for sheet in SHEETS
    }
    filled["delivery"] = [Filled(_cells("delivery", about))]
    filled["response"] = [
        Filled(_cells("response", row), _ask(item) if item and item["is_open"] else None, asked)
        for row, item, asked in responses
    ]
    places = {
        (item["recommendation"], item["part"]): place
        for place, (_, item, _) in enumerate(responses, template.FIRST_ROW)
        if item
    }

    def cover(book: Template, written: Worksheet) -> None:
        _cover(book, written, name, year, items, places, prevention)

    return template.written(
        f"Prašymas pateikti duomenis: {institution}, {year}",
        {table: rows for table, rows in filled.items() if rows},
        cover=(REQUEST_SHEET, cover),
        sheets=_carried(held, is_municipality=prevention is not None),
        is_request=True,
    )


def _carried(held: Mapping[str, Sequence[Row]], *, is_municipality: bool) -> list[Sheet]:
    """The sheets that an addressee fills in, and those of which its delivery holds rows.

    What comes back takes the delivery's place: rows that the office let in are carried along, too.
    """
    return [
        sheet
        for sheet in SHEETS
        if held.get(sheet.table)
        or (not sheet.is_of_office and (sheet.table != "coordination" or is_municipality))
    ]


def _prevention(
    warehouse: Warehouse, institution: str, year: int, as_of: datetime.date
) -> _Prevention | None:
    """What is asked about prevention, and what is told of it by now; None of no municipality."""
    if institution not in {row["code"] for row in reference.rows("municipality")}:
        return None

    def answer(question: str, **parameters: str | int) -> list[Row]:
        columns, rows = warehouse.rows(question, parameters, as_of=as_of)
        return [dict(zip(columns, row, strict=True)) for row in rows]

    followed = answer("indicators/followed")
    return _Prevention(
        asking=[row for row in followed if row["indicator"] == "territory"],
        told=answer("activities/list", municipality=institution, year=year),
    )


def _addressed(warehouse: Warehouse, institution: str, as_of: datetime.date) -> str:
    """To whom the letter is: the name in the dative where it is given."""
    columns, rows = warehouse.rows("institutions/named", {"institution": institution}, as_of=as_of)
    if not rows:
        raise WrongUse(later("There is no institution “{code}”."), code=institution)
    row = dict(zip(columns, rows[0], strict=True))
    return str(row["dative"] or row["name"])


def _collective(warehouse: Warehouse, as_of: datetime.date) -> set[str]:
    columns, rows = warehouse.rows("institutions/named", as_of=as_of)
    named = (dict(zip(columns, row, strict=True)) for row in rows)
    return {row["code"] for row in named if row["is_collective"]}


def _held(
    warehouse: Warehouse, code: str, institution: str, year: int, as_of: datetime.date
) -> tuple[Row, dict[str, list[dict[str, Any]]]]:
    """What the delivery of that code holds by now, and what its sheet Pateikimas says."""
    columns, rows = warehouse.rows("overview/delivery", {"delivery": code}, as_of=as_of)
    if not rows:
        return {"code": code, "institution": institution, "year": year, "note": None}, {}
    return (
        dict(zip(columns, rows[0], strict=True)),
        handing_back.delivered(warehouse, code, as_of),
    )


def _responses(
    warehouse: Warehouse, items: Sequence[Row], held: Sequence[Row], as_of: datetime.date
) -> list[tuple[Row, Row | None, tuple[str, ...]]]:
    """The rows of Atsakymai: row, its item if it is one, and the columns to be answered.

    What the delivery itself holds stays to the letter. An answer of another delivery is copied, so
    that it can be confirmed or put right; that another delivery says there are no data is not.
    """
    own = {tuple(row[name] for name in _KEY): row for row in held}
    rows: list[tuple[Row, Row | None, tuple[str, ...]]] = []
    for item in items:
        key = tuple(item[name] for name in _KEY)
        row = own.pop(key, None)
        if row is None and item["delivery"] and item["state"] != "nepateikta":
            row = next(
                (
                    one
                    for one in warehouse.delivered("response", item["delivery"], as_of)
                    if tuple(one[name] for name in _KEY) == key
                ),
                None,
            )
        if row is None:
            blank = dict.fromkeys(column.name for column in _RESPONSES.columns)
            row = {**blank, **{name: item[name] for name in _KEY}}
        rows.append((row, item, _TO_ANSWER if item["is_open"] else ()))
    rows += [(row, None, ()) for row in own.values()]
    return rows


def _cells(table: str, row: Row) -> dict[str, str | float | None]:
    return {
        column.name: handing_back.cell_of(column, row) for column in SHEET_OF_TABLE[table].columns
    }


def _ask(item: Row) -> str:
    """What is said beside the cells to be answered: it stands where the answer is typed."""
    asked = "Prašome papildyti" if item["state"] == "pateikta iš dalies" else "Prašome atsakyti"
    words = item["part_text"] or item["text"]
    part = f", dalis {item['part']}" if item["part"] else ""
    return f"{asked}: {item['shown_number']} rekomendacija{part}.\n\n{words}"


# The letter ----------------------------------------------------------------------------------


class _Letter:
    """The sheet of the letter, and how high what stands in it is by now."""

    def __init__(self, book: Template, written: Worksheet) -> None:
        self.formats = book.formats
        self.translate = book.translate
        self.written = written
        self.last = len(_WIDTHS) - 1
        self.height = 0.0
        written.set_portrait()
        written.set_tab_color("#B26A00")
        written.hide_gridlines(2)
        for place, width in enumerate(_WIDTHS):
            written.set_column(place, place, width)

    def set_row(self, row: int, height: float) -> None:
        """Set how high a row is; one that is not set is as high as one line."""
        self.written.set_row(row, height)
        self.height += height

    def whole(self, row: int, words: str, look: Any, more: int = 4) -> None:
        """Words over the whole width."""
        self.written.merge_range(row, 0, row, self.last, words, look)
        self.set_row(row, template.row_height(words, _WHOLE_WIDTH) + more)

    def fit(self) -> None:
        """As few pages as it takes, a little smaller where that saves one."""
        width = sum(_WIDTHS) * _WIDTH_OF_LETTER
        on_a_page = _PAGE_HEIGHT * max(width / _PAGE_WIDTH, 1) * _SQUEEZED
        self.written.fit_to_pages(1, math.ceil(self.height / on_a_page))


def _cover(
    book: Template,
    written: Worksheet,
    name: str,
    year: int,
    items: Sequence[Row],
    places: Mapping[tuple[str, str | None], int],
    prevention: _Prevention | None,
) -> None:
    letter = _Letter(book, written)
    formats = book.formats
    subject = "rekomendacijų įgyvendinimą" if items else "prekybos žmonėmis prevenciją"
    title = f"Prašymas pateikti duomenis apie {year} m. {subject}"
    written.merge_range(0, 0, 0, letter.last, title, formats.title)
    letter.set_row(0, 30)
    letter.whole(1, f"Kam: {name}", formats.topic)
    letter.whole(2, _term_in_words(items), formats.topic)
    letter.whole(4, _why(year, items, prevention), formats.text)
    row = 6
    letter.whole(row, "Kaip atsakyti", formats.topic)
    how = [
        *(_HOW_ANSWERS if items else ()),
        *(_how_prevention() if prevention else _HOW_ACTIVITIES),
        *_HOW_MARKS,
        *_HOW_ALL,
    ]
    for number, words in enumerate(how, 1):
        row += 1
        written.write_string(row, 0, f"{number}.", formats.text)
        written.merge_range(row, 1, row, letter.last, words, formats.text)
        letter.set_row(row, template.row_height(words, _WHOLE_WIDTH - _WIDTHS[0]) + 3)
    if items:
        row += 2
        for place, heading in enumerate(_ITEM_HEADINGS):
            written.write_string(row, place, heading, formats.required)
        letter.set_row(row, 34)
        for item in items:
            row += 1
            _item(letter, row, item, places)
    if prevention:
        row = _known_of_prevention(letter, row + 2, year, prevention)
    if items:
        row = _explained(letter, row + 2, "Duomenų pateikimo būsenos", _states())
    asked = [
        *(["response"] if items else ()),
        *(["activity", "coordination"] if prevention else ()),
    ]
    _columns_explained(letter, row, asked)
    letter.fit()


def _columns_explained(letter: _Letter, row: int, tables: Iterable[str]) -> int:
    """Explain the columns that the addressee fills in; returns the last row."""
    for table in tables:
        sheet = SHEET_OF_TABLE[table]
        columns = {
            column.header: letter.translate(GUIDES[table].columns[column.name].note)
            for column in sheet.columns
            if column.name in _TOLD.get(table, [one.name for one in sheet.columns])
        }
        row = _explained(letter, row + 2, f"Lapo „{sheet.name}“ stulpeliai", columns)
    return row


def _why(year: int, items: Sequence[Row], prevention: _Prevention | None) -> str:
    """Who asks, for what, and by which words."""
    sentences = [
        "Nacionalinis pranešėjas kovos su prekyba žmonėmis klausimais kasmet skelbia, kas padaryta "
        "įgyvendinant institucijoms pateiktas rekomendacijas."
    ]
    if prevention:
        quoted = "; ".join(
            f"{row['recommendation']}: „{row['words']}“" for row in prevention.asking
        )
        by_words = f" ({quoted})" if quoted else ""
        sentences.append(
            "Rekomenduota, kad prevencija vyktų visoje šalies teritorijoje"
            f"{by_words}, todėl svarbu žinoti, kas vyko kiekvienoje savivaldybėje – ir tada, kai "
            "veiklų nebuvo."
        )
    sentences.append(f"Prašome pateikti duomenis už {year} metus.")
    if items:
        missing = sum(1 for item in items if item["is_open"])
        sentences.append(
            f"Jūsų institucijai skirta rekomendacijų ir jų dalių: {len(items)}; "
            f"dar trūksta atsakymų: {missing}."
        )
    return " ".join([*sentences, "Dėkojame už bendradarbiavimą."])


def _how_prevention() -> list[str]:
    code = reference.present("activity_kind", _TOTAL_KIND)
    kinds = reference.rows("activity_kind")
    total = next((row["label_lt"] for row in kinds if row["code"] == code), code)
    return [words.format(total=total) for words in _HOW_PREVENTION]


def _known_of_prevention(letter: _Letter, row: int, year: int, prevention: _Prevention) -> int:
    """What sources tell of the municipality for the year; returns the last row."""
    heading = f"Kas apie {year} m. veiklas Jūsų savivaldybėje jau žinoma iš kitų šaltinių"
    letter.whole(row, heading, letter.formats.topic)
    if not prevention.told:
        letter.whole(row + 1, "Nieko nežinoma.", letter.formats.text)
        return row + 1
    kinds = {kind["code"]: kind["label_lt"] for kind in reference.rows("activity_kind")}
    for told in prevention.told:
        row += 1
        kind = kinds.get(told["kind"], told["kind"])
        facts = (told["date_from"] or str(year), kind, told["organiser"])
        words = ", ".join(filter(None, facts)) + f". Šaltinis: {told['source_title']}"
        if told["quote"]:
            words += f". „{told['quote'].strip('„“”')}“"
        letter.whole(row, words, letter.formats.text)
    return row


def _term_in_words(items: Sequence[Row]) -> str:
    """Until when to answer: the first term, and that there are later ones where there are."""
    terms = sorted({item["due_on"] for item in items if item["due_on"] and item["is_open"]})
    if not terms:
        return "Atsakyti iki: ____________________ (terminas duomenyse nenurodytas; įrašykite)"
    first = terms[0].strftime(_DAY)
    # The letter that set it, and no other.
    letters = dict.fromkeys(
        item["letter"]
        for item in items
        if item["letter"] and item["is_open"] and item["due_on"] == terms[0]
    )
    by_letter = f" (prašymo raštas {', '.join(letters)})" if letters else ""
    is_without = any(item["is_open"] and not item["due_on"] for item in items)
    if len(terms) == 1 and not is_without:
        return f"Atsakyti iki: {first}{by_letter}"
    return (
        f"Atsakyti iki: {first}{by_letter} – tai pirmasis terminas; terminai skiriasi, kiekvienas "
        "nurodytas prie savo klausimo."
    )


def _term_of(item: Row) -> str:
    """The term of one item, and from when it was extended."""
    if not item["due_on"]:
        return "–"
    extended = item["extended_from"]
    was = f" (pratęsta, buvo {extended.strftime(_DAY)})" if extended else ""
    return f"{item['due_on'].strftime(_DAY)}{was}"


def _item(
    letter: _Letter, row: int, item: Row, places: Mapping[tuple[str, str | None], int]
) -> None:
    written, formats = letter.written, letter.formats
    words = f"{item['shown_number']}. {item['text']}"
    if item["part"]:
        words = f"{item['shown_number']}, dalis {item['part']}. {item['part_text']}"
    state = [item["state"]]
    if item["answered_by"]:
        state.append(f"už Jus atsakė: {', '.join(item['answered_by'])}")
    told = (item["recommendation"], words, item["quote"] or "", "; ".join(state), _term_of(item))
    for place, cell in enumerate(told):
        written.write_string(row, place, cell, formats.text)
    link_to = f"internal:'{_RESPONSES.name}'!F{places[item['recommendation'], item['part']] + 1}"
    link = "Atsakyti →" if item["is_open"] else "Peržiūrėti →"
    written.write_url(row, len(told), link_to, formats.link, link)
    heights = [
        template.row_height(text, width - 3) for text, width in zip(told, _WIDTHS, strict=False)
    ]
    letter.set_row(row, max(heights) + 6)


def _states() -> dict[str, str]:
    stated = (choice for choice in ANSWER_STATES if choice.code not in STATES_OF_OFFICE)
    return {choice.label_lt: _WHAT_STATES_MEAN[choice.code] for choice in stated}


def _explained(letter: _Letter, row: int, heading: str, meanings: Mapping[str, str]) -> int:
    """A list of words with what they mean; returns its last row."""
    letter.whole(row, heading, letter.formats.topic)
    for word, meaning in meanings.items():
        row += 1
        letter.whole(row, f"{word} – {meaning}", letter.formats.text, 2)
    return row


# The batch -----------------------------------------------------------------------------------


def _listed(open_items: Mapping[str, Sequence[Row]], collective: set[str], year: int) -> str:
    """Who gets what, as a text in Lithuanian."""
    lines = [f"{year} m. prašymai pateikti duomenis", "", "Siunčiama:"]
    lines += [
        f"- {file_name(code, year)}: {items[0]['institution_name']}; trūksta: {_named(items)}"
        f"{_terms_of(items)}"
        for code, items in open_items.items()
        if code not in collective
    ]
    without = {code: items for code, items in open_items.items() if code in collective}
    if without:
        lines += ["", "Nėra kam siųsti – bendrai įvardyti adresatai, kurių nariai nenurodyti:"]
        lines += [
            f"- {items[0]['institution_name']} ({code}); trūksta: {_named(items)}"
            for code, items in without.items()
        ]
    return "\r\n".join([*lines, ""])


def _terms_of(items: Sequence[Row]) -> str:
    terms = sorted({item["due_on"] for item in items if item["due_on"]})
    listed = ", ".join(term.strftime(_DAY) for term in terms)
    return f"; atsakyti iki: {listed}" if listed else ""


def _named(items: Sequence[Row]) -> str:
    return ", ".join(
        f"{item['recommendation']} {item['part']}" if item["part"] else item["recommendation"]
        for item in items
    )


def _put(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    # The same content gives the same bytes, whenever it is made.
    archive.writestr(
        zipfile.ZipInfo(name, _TIME_IN_ZIP), content, compress_type=zipfile.ZIP_DEFLATED
    )
