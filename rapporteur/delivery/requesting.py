"""Requests for data: a workbook for one institution, and one for each that owes an answer.

The workbook is the template with every item asked of the institution in the year: what it answered
is filled in as it stands, what is missing is marked. Whatever else its delivery holds is in it as
well, as what comes back takes that delivery's place. A municipality is asked for its prevention
activities and its coordination, too, whether or not a recommendation is addressed to it.
"""

import datetime
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from xlsxwriter.worksheet import Worksheet

from rapporteur.delivery import handing_back, loading, reference, template
from rapporteur.delivery.declaration import ANSWER_STATES, SHEET_OF_TABLE, SHEETS, Choice
from rapporteur.delivery.file_limits import file_stem
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
_WIDTHS: Final = (12, 66, 32, 22, 15)
_WHOLE_WIDTH: Final = sum(_WIDTHS)
_DAY: Final = "%Y-%m-%d"
# Names of files may not hold these on every system.
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
    return f"{file_stem(institution)}-{year}.xlsx"


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
    )


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
    return f"{asked}: {item['number']} rekomendacija{part}.\n\n{words}"


# The letter ----------------------------------------------------------------------------------


def _cover(
    book: Template,
    written: Worksheet,
    name: str,
    year: int,
    items: Sequence[Row],
    places: Mapping[tuple[str, str | None], int],
    prevention: _Prevention | None,
) -> None:
    formats = book.formats
    written.set_landscape()
    written.set_tab_color("#B26A00")
    written.hide_gridlines(2)
    for place, width in enumerate(_WIDTHS):
        written.set_column(place, place, width)
    last = len(_WIDTHS) - 1

    def whole(row: int, words: str, look: Any) -> None:
        written.merge_range(row, 0, row, last, words, look)
        written.set_row(row, template.row_height(words, _WHOLE_WIDTH) + 4)

    subject = "rekomendacijų įgyvendinimą" if items else "prekybos žmonėmis prevenciją"
    title = f"Prašymas pateikti duomenis apie {year} m. {subject}"
    written.merge_range(0, 0, 0, last, title, formats.title)
    written.set_row(0, 30)
    whole(1, f"Kam: {name}", formats.topic)
    whole(2, _term_in_words(items), formats.topic)
    whole(4, _why(year, items, prevention), formats.text)
    row = 6
    whole(row, "Kaip atsakyti", formats.topic)
    how = [
        *(_HOW_ANSWERS if items else ()),
        *(_how_prevention() if prevention else _HOW_ACTIVITIES),
        *_HOW_ALL,
    ]
    for number, words in enumerate(how, 1):
        row += 1
        written.write_string(row, 0, f"{number}.", formats.text)
        written.merge_range(row, 1, row, last, words, formats.text)
        written.set_row(row, template.row_height(words, _WHOLE_WIDTH - _WIDTHS[0]) + 3)
    if items:
        row += 2
        headings = ("Nr.", "Rekomendacija", "Žodžiai, kurie įvardija", "Būsena dabar", "Atsakymas")
        for place, heading in enumerate(headings):
            written.write_string(row, place, heading, formats.required)
        written.set_row(row, 24)
        for item in items:
            row += 1
            _item(book, written, row, item, places)
    if prevention:
        row = _known_of_prevention(book, written, row + 2, year, prevention)
    tables = [
        *(["response"] if items else []),
        *(["activity", "coordination"] if prevention else []),
    ]
    if items:
        row = _explained(book, written, row + 2, "Duomenų pateikimo būsenos", _states())
    for table in tables:
        sheet = SHEET_OF_TABLE[table]
        columns = {
            column.header: book.translate(GUIDES[table].columns[column.name].note)
            for column in sheet.columns
        }
        row = _explained(book, written, row + 2, f"Lapo „{sheet.name}“ stulpeliai", columns)


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


def _known_of_prevention(
    book: Template, written: Worksheet, row: int, year: int, prevention: _Prevention
) -> int:
    """What sources tell of the municipality for the year; returns the last row."""
    last = len(_WIDTHS) - 1
    heading = f"Kas apie {year} m. veiklas Jūsų savivaldybėje jau žinoma iš kitų šaltinių"
    written.merge_range(row, 0, row, last, heading, book.formats.topic)
    if not prevention.told:
        written.merge_range(row + 1, 0, row + 1, last, "Nieko nežinoma.", book.formats.text)
        return row + 1
    kinds = {kind["code"]: kind["label_lt"] for kind in reference.rows("activity_kind")}
    for told in prevention.told:
        row += 1
        kind = kinds.get(told["kind"], told["kind"])
        facts = (told["date_from"] or str(year), kind, told["organiser"])
        words = ", ".join(filter(None, facts)) + f". Šaltinis: {told['source_title']}"
        if told["quote"]:
            words += f". „{told['quote'].strip('„“”')}“"
        written.merge_range(row, 0, row, last, words, book.formats.text)
        written.set_row(row, template.row_height(words, _WHOLE_WIDTH) + 4)
    return row


def _term_in_words(items: Sequence[Row]) -> str:
    terms = [item["due_on"] for item in items if item["due_on"] and item["is_open"]]
    if not terms:
        return "Atsakyti iki: ____________________ (terminas duomenyse nenurodytas; įrašykite)"
    letters = list(dict.fromkeys(item["letter"] for item in items if item["letter"]))
    by_letter = f" (prašymo raštas {', '.join(letters)})" if letters else ""
    return f"Atsakyti iki: {max(terms).strftime(_DAY)}{by_letter}"


def _item(
    book: Template,
    written: Worksheet,
    row: int,
    item: Row,
    places: Mapping[tuple[str, str | None], int],
) -> None:
    words = f"{item['number']}. {item['text']}"
    if item["part"]:
        words = f"{item['number']}, dalis {item['part']}. {item['part_text']}"
    state = [item["state"]]
    if item["answered_by"]:
        state.append(f"už Jus atsakė: {', '.join(item['answered_by'])}")
    quote = item["quote"] or ""
    written.write_string(row, 0, item["recommendation"], book.formats.text)
    written.write_string(row, 1, words, book.formats.text)
    written.write_string(row, 2, quote, book.formats.text)
    written.write_string(row, 3, "; ".join(state), book.formats.text)
    cell = f"internal:'{_RESPONSES.name}'!F{places[item['recommendation'], item['part']] + 1}"
    link = "Atsakyti →" if item["is_open"] else "Peržiūrėti →"
    written.write_url(row, 4, cell, book.formats.link, link)
    heights = [
        template.row_height(text, width - 3)
        for text, width in zip(
            (item["recommendation"], words, quote, "; ".join(state)), _WIDTHS, strict=False
        )
    ]
    written.set_row(row, max(heights) + 6)


def _states() -> dict[str, str]:
    labels = {choice.code: choice.label_lt for choice in ANSWER_STATES if _may_be_stated(choice)}
    return {label: _WHAT_STATES_MEAN[code] for code, label in labels.items()}


def _may_be_stated(choice: Choice) -> bool:
    """An institution says what it gives; what nobody asked or mentioned follows from elsewhere."""
    return choice.code in _WHAT_STATES_MEAN


def _explained(
    book: Template, written: Worksheet, row: int, heading: str, meanings: Mapping[str, str]
) -> int:
    """A list of words with what they mean; returns its last row."""
    last = len(_WIDTHS) - 1
    written.merge_range(row, 0, row, last, heading, book.formats.topic)
    for word, meaning in meanings.items():
        row += 1
        words = f"{word} – {meaning}"
        written.merge_range(row, 0, row, last, words, book.formats.text)
        written.set_row(row, template.row_height(words, _WHOLE_WIDTH) + 2)
    return row


# The batch -----------------------------------------------------------------------------------


def _listed(open_items: Mapping[str, Sequence[Row]], collective: set[str], year: int) -> str:
    """Who gets what, as a text in Lithuanian."""
    lines = [f"{year} m. prašymai pateikti duomenis", "", "Siunčiama:"]
    lines += [
        f"- {file_name(code, year)}: {items[0]['institution_name']}; trūksta: {_named(items)}"
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
