"""A fictional second year: the office's workbook, faulty and mended, and sloppy answers.

Ten recommendations, five parts, 22 addressees, a group, 26 requests with terms past, extended and
to come, for a day at the end of November 2026. Files are made as people make them: our own template
and request workbooks are filled in, and some senders bring a list of their own. Nothing of it is
data.
"""

import datetime
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from rapporteur.delivery.declaration import SHEET_OF_TABLE

D = datetime.date
Row = Mapping[str, Any]

MOMENT: Final = datetime.datetime(2026, 11, 28, 10, tzinfo=datetime.UTC)
DAY: Final = MOMENT.date()
LETTER: Final = D(2026, 10, 1)

# Code, number, text, verb, short, short in English, nature, theme and term of each.
RECOMMENDATIONS: Final[Sequence[tuple[Any, ...]]] = [
    (
        "R2026-1",
        "1",
        "Sveikatos apsaugos ministerijai kartu su nevyriausybinėmis organizacijomis "
        "rekomenduotina: a) patvirtinti tvarką; b) kasmet surengti mokymus.",
        "rekomenduotina",
        "Aukų atpažinimas",
        "Identifying victims",
        "vienkartinis",
        "pagalba nukentėjusiesiems",
        D(2026, 12, 31),
    ),
    (
        "R2026-2",
        "2",
        "Švietimo, mokslo ir sporto ministerijai ir Nacionalinei švietimo agentūrai "
        "siūlytina į programą įtraukti prevencijos temą.",
        "siūlytina",
        "Prevencijos tema",
        "Prevention in schools",
        "nuolatinis",
        "švietimas ir prevencija",
        None,
    ),
    (
        "R2026-3",
        "3",
        "Policijos departamentui, Generalinei prokuratūrai ir teismų administracijai "
        "rekomenduotina nuolat organizuoti bendrus mokymus.",
        "rekomenduotina",
        "Bendri mokymai",
        "Joint training",
        "nuolatinis",
        "kvalifikacijos kėlimas",
        None,
    ),
    (
        "R2026-4",
        "4",
        "Koordinavimo komisijos narėms rekomenduotina paskirti atsakingą asmenį.",
        "rekomenduotina",
        "Atsakingi asmenys",
        "Responsible persons",
        "vienkartinis",
        "tyrimai ir duomenys",
        D(2026, 9, 1),
    ),
    (
        "R2026-5",
        "5",
        "Valstybinei darbo inspekcijai ir Užimtumo tarnybai rekomenduotina: a) vykdyti "
        "patikrinimus; b) skelbti informaciją; c) rengti mokymus.",
        "rekomenduotina",
        "Priverstinio darbo prevencija",
        "Forced labour",
        "nuolatinis",
        "tikslinės grupės",
        None,
    ),
    (
        "R2026-6",
        "6",
        "Savivaldybių asociacijai ir Vilniaus, Kauno miestų bei Neringos savivaldybėms "
        "siūlytina paskirti koordinatorius.",
        "siūlytina",
        "Savivaldybių koordinatoriai",
        "Municipal coordinators",
        "vienkartinis",
        "savivaldybių koordinavimas",
        D(2026, 11, 30),
    ),
    (
        "R2026-7",
        "7",
        "Migracijos departamentui rekomenduotina vertinti prieglobsčio prašytojų galimą "
        "išnaudojimą.",
        "rekomenduotina",
        "Prieglobsčio prašytojai",
        "Asylum seekers",
        "nuolatinis",
        "pagalba nukentėjusiesiems",
        None,
    ),
    (
        "R2026-8",
        "8",
        "Lietuvos Caritui ir Kovos su prekyba žmonėmis ir išnaudojimu centrui siūlytina "
        "teikti pagalbą vyrams.",
        "siūlytina",
        "Pagalba vyrams",
        "Assistance to men",
        "nuolatinis",
        "pagalba nukentėjusiesiems",
        None,
    ),
    (
        "R2026-9",
        "9",
        "Teisingumo ministerijai siūlytina supaprastinti žalos kompensavimo tvarką.",
        "siūlytina",
        "Žalos kompensavimas",
        "Compensation",
        "vienkartinis",
        "pagalba nukentėjusiesiems",
        D(2026, 6, 30),
    ),
    (
        "R2026-10",
        "10",
        "Vidaus reikalų ministerijai ir Generalinei prokuratūrai rekomenduotina kasmet "
        "skelbti bylų duomenis.",
        "rekomenduotina",
        "Bylų duomenys",
        "Case data",
        "nuolatinis",
        "duomenų teikimas",
        None,
    ),
]
PARTS: Final = [
    (
        "R2026-1",
        "a",
        "patvirtinti aukų atpažinimo sveikatos priežiūros įstaigose tvarką;",
    ),
    (
        "R2026-1",
        "b",
        "kasmet surengti ne mažiau kaip 10 mokymų sveikatos priežiūros specialistams.",
    ),
    ("R2026-5", "a", "vykdyti bendrus patikrinimus statybų sektoriuje;"),
    ("R2026-5", "b", "skelbti informaciją užsienio kalbomis;"),
    ("R2026-5", "c", "rengti darbdavių mokymus."),
]
ADDRESSEES: Final = [
    ("R2026-1", None, "SAM", "adresatas"),
    ("R2026-1", "b", "NVO", "bendradarbiaujanti institucija"),
    ("R2026-2", None, "ŠMSM", "adresatas"),
    ("R2026-2", None, "NŠA", "adresatas"),
    ("R2026-3", None, "PD", "adresatas"),
    ("R2026-3", None, "GP", "adresatas"),
    ("R2026-3", None, "NTA", "adresatas"),
    ("R2026-4", None, "KOORD", "adresatas"),
    ("R2026-5", "a", "VDI", "adresatas"),
    ("R2026-5", "a", "UŽT", "adresatas"),
    ("R2026-5", "b", "UŽT", "adresatas"),
    ("R2026-5", "c", "VDI", "adresatas"),
    ("R2026-6", None, "LSA", "adresatas"),
    ("R2026-6", None, "LT-57", "adresatas"),
    ("R2026-6", None, "LT-15", "adresatas"),
    ("R2026-6", None, "LT-28", "adresatas"),
    ("R2026-7", None, "MD", "adresatas"),
    ("R2026-8", None, "CARITAS", "adresatas"),
    ("R2026-8", None, "KOPŽI", "adresatas"),
    ("R2026-9", None, "TM", "adresatas"),
    ("R2026-10", None, "VRM", "adresatas"),
    ("R2026-10", None, "GP", "adresatas"),
]
MEMBERS: Final = ["VRM", "SADM", "SAM", "ŠMSM", "TM"]
# institution -> (due, extended, reminded)
TERMS: Final[Mapping[str, tuple[D, D | None, D | None]]] = {
    "SAM": (D(2026, 11, 2), None, D(2026, 11, 10)),
    "ŠMSM": (D(2026, 11, 2), D(2026, 12, 4), None),
    "NŠA": (D(2026, 12, 15), None, None),
    "PD": (D(2026, 11, 2), None, None),
    "GP": (D(2026, 11, 2), None, None),
    "NTA": (D(2026, 11, 2), None, D(2026, 11, 10)),
    "VDI": (D(2026, 11, 2), None, None),
    "UŽT": (D(2026, 11, 2), None, None),
    "LSA": (D(2026, 12, 15), None, None),
    "LT-57": (D(2026, 11, 2), None, None),
    "LT-15": (D(2026, 11, 2), None, None),
    "LT-28": (D(2026, 12, 1), None, None),
    "MD": (D(2026, 11, 2), None, None),
    "CARITAS": (D(2026, 12, 1), None, None),
    "KOPŽI": (D(2026, 11, 2), None, None),
    "TM": (D(2026, 11, 2), None, D(2026, 11, 12)),
    "VRM": (D(2026, 11, 2), None, None),
    "SADM": (D(2026, 11, 2), None, None),
}


# Filling in ----------------------------------------------------------------------------------


def _sheet(book: Workbook, table: str) -> tuple[Worksheet, dict[str, int], int]:
    """The sheet of a table, the place of each column, and the first row for data.

    A sheet that the workbook lacks is added, as a sender can add one.
    """
    declared = SHEET_OF_TABLE[table]
    if declared.name not in book.sheetnames:
        book.create_sheet(declared.name).append([column.header for column in declared.columns])
    sheet = book[declared.name]
    names = {column.header: column.name for column in declared.columns}
    for row in range(1, 21):
        cells = {names.get(str(cell.value).rstrip("* ")): cell.column for cell in sheet[row]}
        if declared.columns[0].name in cells:
            return sheet, {name: place for name, place in cells.items() if name}, row + 1
    raise KeyError(table)


def put(book: Workbook, table: str, rows: Sequence[Row]) -> None:
    """Write rows over those that stand first in the sheet of a table."""
    sheet, places, first = _sheet(book, table)
    for number, row in enumerate(rows, first):
        for place in range(1, sheet.max_column + 1):
            sheet.cell(number, place).value = None
        for name, value in row.items():
            sheet.cell(number, places[name]).value = value


def _answer(book: Workbook, code: str, part: str | None, **cells: Any) -> None:
    """Fill in the row that asks for an item."""
    sheet, places, first = _sheet(book, "response")
    for number in range(first, sheet.max_row + 1):
        item = (
            sheet.cell(number, places["recommendation"]).value,
            sheet.cell(number, places["part"]).value or None,
        )
        if item == (code, part):
            for name, value in cells.items():
                sheet.cell(number, places[name]).value = value
            return
    raise KeyError((code, part))


def _answer_all(book: Workbook, **cells: Any) -> None:
    sheet, places, first = _sheet(book, "response")
    for number in range(first, sheet.max_row + 1):
        if sheet.cell(number, places["recommendation"]).value:
            for name, value in cells.items():
                sheet.cell(number, places[name]).value = value


# The office's workbook -----------------------------------------------------------------------


def _requests() -> Iterator[dict[str, Any]]:
    """A request for each item of each addressee; whoever is asked of a whole, of every part."""
    for code, part, institution, role in ADDRESSEES:
        if role != "adresatas" or institution == "KOORD":
            continue
        of_it: list[str | None] = [one for of, one, _ in PARTS if of == code]
        for one in of_it if part is None and of_it else [part]:
            yield _request(code, one, institution)
    for institution in MEMBERS:
        yield _request("R2026-4", None, institution)


def _request(code: str, part: str | None, institution: str) -> dict[str, Any]:
    due_on, extended_to, reminded_on = TERMS[institution]
    return {
        "recommendation": code,
        "part": part,
        "institution": institution,
        "year": 2026,
        "requested_on": LETTER,
        "letter": "1D-4410",
        "due_on": due_on,
        "extended_to": extended_to,
        "reminded_on": reminded_on,
    }


def _year() -> dict[str, list[dict[str, Any]]]:
    """The rows of the office's workbook, by table."""
    names = ["code", "number", "text", "verb", "short", "short_en", "nature", "theme", "due_on"]
    links = [
        ("R2026-2", "R2020-2", "Abi – dėl informacijos švietimo įstaigose", "taip"),
        ("R2026-9", "R2020-5", "Abi – dėl žalos kompensavimo", "taip"),
        ("R2026-3", "R2020-7", "Abi – dėl bendrų mokymų", "ne"),
    ]
    return {
        "delivery": [{"code": "VRM-REKOMENDACIJOS-2026", "institution": "VRM", "year": 2026}],
        "institution": [
            {
                "code": "KOORD",
                "name": "Kovos su prekyba žmonėmis koordinavimo komisijos narės",
                "dative": "koordinavimo komisijos narėms",
                "kind": "institucijų grupė",
            }
        ],
        "institution_group": [
            {"group_code": "KOORD", "institution": one, "year": 2026} for one in MEMBERS
        ],
        "document": [
            {
                "code": "REK-2026",
                "title": "2026 metų rekomendacijos",
                "kind": "rekomendacijos",
                "status": "priimtas",
                "dated_on": "2026 m. kovo 5 d.",
                "publisher": "Nacionalinis pranešėjas",
            }
        ],
        "recommendation": [
            {**dict(zip(names, row, strict=True)), "document": "REK-2026", "made_in": 2026}
            for row in RECOMMENDATIONS
        ],
        "recommendation_part": [
            {"recommendation": code, "part": part, "text": text} for code, part, text in PARTS
        ],
        "addressee": [
            {"recommendation": code, "part": part, "institution": institution, "role": role}
            for code, part, institution, role in ADDRESSEES
        ],
        "request": list(_requests()),
        "recommendation_link": [
            {
                "later": later,
                "earlier": earlier,
                "kind": "tęsia",
                "confidence": "didelis",
                "reason": reason,
                "is_confirmed": confirmed,
            }
            for later, earlier, reason, confirmed in links
        ],
    }


# Row of the sheet's data, from 0, column and what a hurried hand writes there.
FAULTS: Final[Mapping[str, Sequence[tuple[int, str, Any]]]] = {
    "recommendation": [
        (0, "short_en", None),
        (0, "due_on", "iki 2026 m. pabaigos"),
        (1, "theme", "Švietimas"),
        (2, "nature", "Nuolat"),
        (3, "made_in", "2026 m."),
        (4, "number", 5),
        (5, "due_on", "2026-11-31"),
        (6, "text", None),
        (8, "due_on", "II ketv."),
        (9, "code", "R2026-9"),
    ],
    "addressee": [
        (0, "institution", "SAM; NVO"),
        (2, "institution", "Švietimo, mokslo ir sporto ministerija"),
        (4, "institution", "Policijos departamentas"),
        (7, "role", "vykdytojas"),
        (9, "institution", "UZT"),
        (13, "institution", "Vilniaus m. sav."),
    ],
    "request": [
        (0, "due_on", "per 30 d."),
        (1, "requested_on", "2026.10.01"),
        (2, "due_on", None),
        (3, "due_on", "2026 m. lapkričio 2 d."),
        (4, "due_on", D(2026, 9, 1)),
    ],
}


def year_workbook(template: bytes, out: Path, *, faulty: bool = False) -> Path:
    """The recommendations of 2026 and the requests, in the template."""
    rows = _year()
    for table, faults in FAULTS.items() if faulty else ():
        for place, column, value in faults:
            rows[table][place][column] = value

    def fill(book: Workbook) -> None:
        for table, content in rows.items():
            put(book, table, content)

    return _written(template, out, fill)


def judgements(template: bytes, out: Path, *, source_of_c: str | None) -> Path:
    """Part a of R2026-5 judged not implemented, parts b and c implemented.

    Of part c nobody spoke: its judgement rests on a source, or on nothing.
    """
    judged = [
        ("a", "neįgyvendinta", "Patikrinimai nevykdyti.", None),
        ("b", "įgyvendinta", "Paskelbta.", "https://uzt.lt"),
        ("c", "įgyvendinta", "Surengta.", source_of_c),
    ]
    rows = [
        {
            "recommendation": "R2026-5",
            "part": part,
            "year": 2026,
            "assessment": assessment,
            "reason": reason,
            "evidence": evidence,
            "stage": "patvirtinta",
            "approved_on": DAY,
        }
        for part, assessment, reason, evidence in judged
    ]

    def fill(book: Workbook) -> None:
        put(book, "delivery", [{"code": "VERT-1", "institution": "VRM", "year": 2026}])
        put(book, "assessment", rows)

    return _written(template, out, fill)


def _written(content: bytes, out: Path, fill: Callable[[Workbook], Any]) -> Path:
    book = openpyxl.load_workbook(io.BytesIO(content))
    fill(book)
    book.save(out)
    return out


# Answers, as hurried officials send them and as they mend them -------------------------------


def sam(request: bytes, out: Path, *, stage: str) -> Path:
    """A ministry's answers and activities: "sloppy", with "flagged" cells mended, or "mended"."""
    is_sloppy, is_mended = stage == "sloppy", stage == "mended"

    def fill(book: Workbook) -> None:
        _answer(
            book,
            "R2020-4",
            None,
            state="pateikta",
            text="Parengtos metodinės rekomendacijos, surengta apie 20 mokymų.",
            received_on="2026 m. lapkričio 12 d.",
            entered_by="Visuomenės sveikatos skyrius",
        )
        _answer(
            book,
            "R2026-1",
            "a",
            state="pateikta iš dalies" if is_mended else "įvykdyta",
            text="Tvarkos projektas parengtas, šiuo metu derinamas.",
            received_on="2026.11.12",
        )
        _answer(
            book,
            "R2026-1",
            "b",
            state="pateikta" if is_mended else "nepateikta",
            text="Surengti 3 (trys) mokymai, dalyvavo 75 specialistai.",
            received_on=D(2026, 11, 12),
        )
        sheet, places, first = _sheet(book, "response")
        beyond = max(places.values()) + 1
        sheet.cell(first - 1, beyond).value = "Vidinės pastabos"
        sheet.cell(first + 1, beyond).value = "paklausti teisininkų"
        marked = sheet.cell(first + 1, places["text"])
        marked.fill = PatternFill("solid", fgColor="FF0000")
        marked.comment = Comment("Ar tikrai?", "SAM")
        marked.font = Font(bold=True, color="00FF00")
        if not is_mended:
            sheet.title = "Atsakymai (SAM)"
        put(book, "activity", _sam_activities(is_sloppy=is_sloppy))

    return _written(request, out, fill)


def _sam_activities(*, is_sloppy: bool) -> list[Row]:
    def sent(sloppy: Any, mended: Any) -> Any:
        return sloppy if is_sloppy else mended

    own = {"organiser": "SAM", "scope": "savivaldybė"}
    return [
        {
            **own,
            "year": 2026,
            "date_from": "2026 m. kovo 5 d.",
            "municipality": "Vilnius",
            "place": "Santaros klinikos",
            "kind": "mokymai",
            "target_groups": "sveikatos priežiūros specialistai",
            "count": sent("3 (trys)", 3),
            "participants": "apie 20",
            "recommendation": "R2026-1",
        },
        {
            **own,
            "year": "2026 m.",
            "date_from": sent("kovas", "2026-03"),
            "municipality": "Kaune",
            "kind": sent("Mokymai medikams", "mokymai"),
            "count": sent("-", "n. d."),
            "participants": "nėra duomenų",
        },
        {
            "organiser": "SAM",
            "year": 2026,
            "scope": sent(None, "visa šalis"),
            "kind": "informacijos skelbimas",
            "forms": sent("visos", None),
            "count": sent("keli", None),
            "participants": "~ 1 200",
        },
        {
            **own,
            "year": 2026,
            "municipality": sent("Klaipėdos", "Klaipėdos m. sav."),
            "kind": "seminaras",
            "count": sent("1-2", 2),
            "participants": sent("20-25", "apie 25"),
            "note": sent("tel. pasiteirauti +370 612 34567", None),
        },
        {"place": "Iš viso", "count": 10},
    ]


def smsm(request: bytes, out: Path) -> Path:
    """A ministry that merges two rows, so that one answer stands for two items."""

    def fill(book: Workbook) -> None:
        sheet, places, first = _sheet(book, "response")
        for name, value in (
            ("state", "pateikta"),
            ("text", "Tema įtraukta į programą nuo 2026 m. rugsėjo 1 d."),
        ):
            sheet.cell(first, places[name]).value = value
            sheet.merge_cells(
                start_row=first,
                end_row=first + 1,
                start_column=places[name],
                end_column=places[name],
            )

    return _written(request, out, fill)


def police(request: bytes, out: Path, *, mended: bool) -> Path:
    """Answers and statistics of the police."""

    def sent(sloppy: Any, right: Any) -> Any:
        return right if mended else sloppy

    victims = "nukentėjusieji nuo prekybos žmonėmis"
    figures: list[Row] = [
        {
            "year": "2026 m.",
            "indicator": "Pradėti ikiteisminiai tyrimai",
            "registered_by": "PD",
            "value": sent("14 (keturiolika)", 14),
            "unit": "vnt.",
        },
        {
            "year": 2025,
            "indicator": "pradėti ikiteisminiai tyrimai",
            "registered_by": "PD",
            "value": "19 p",
            "unit": "vnt.",
        },
        {
            "year": 2026,
            "indicator": sent("nukentėjusieji", victims),
            "sex": "Moterys",
            "value": "apie 20",
            "unit": "asm.",
        },
        {
            "year": 2026,
            "indicator": victims,
            "sex": "vyrai",
            "value": sent("–", "n. d."),
            "unit": "asm.",
        },
        {
            "year": 2026,
            "indicator": victims,
            "age_group": sent("nepilnamečiai", "vaikai (iki 18 metų)"),
            "value": "<5",
            "unit": sent("asmenys", "asm."),
        },
        {"year": 2026, "indicator": "nuteisti asmenys", "value": "7,0"},
        {
            "year": 2026,
            "indicator": "valstybės lėšos pagalbai nukentėjusiesiems",
            "value": sent("150 tūkst. Eur", "150 000"),
            "unit": "Eur",
        },
    ]

    def fill(book: Workbook) -> None:
        _answer_all(book, state=sent("PATEIKTA!", "Pateikta"), text="Surengti 4 bendri mokymai.")
        put(book, "statistic", figures)

    return _written(request, out, fill)


def prosecutor(folder: Path) -> Path:
    """The Prosecutor General's answers: a list in Windows' old letters."""
    lines = [
        "Rekomendacija;Institucija;Ataskaitiniai metai;Duomenų pateikimo būsena;Tekstas;Gauta",
        "R2026-3;GP;2026;pateikta;Surengti 2 mokymai, dalyvavo 40 prokurorų.;2026 m. spalio 30 d.",
        'R2026-10;GP;2026;pateikta iš dalies;"Duomenys skelbiami; bylų skaičius dar tikslinamas.";'
        "2026-10-30",
    ]
    out = folder / "Atsakymai.csv"
    out.write_bytes("\r\n".join(lines).encode("cp1257"))
    return out


def employment_service(out: Path, *, stage: str) -> Path:
    """A list of their own under a letterhead: "sloppy", with its headers "renamed", or "mended"."""
    is_sloppy, is_mended = stage == "sloppy", stage == "mended"
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Lapas1" if is_sloppy else "Atsakymai"
    sheet["A1"] = "Užimtumo tarnybos atsakymas"
    sheet["A2"] = "2026-11-03"
    sheet.append([])
    right = ["Ataskaitiniai metai", "Duomenų pateikimo būsena", "Tekstas"]
    headers = ["Metai", "Būsena", "Atsakymas"] if is_sloppy else right
    sheet.append(["Rekomendacija", "Dalis", "Institucija", *headers])
    who = "Užimtumo tarnyba" if is_sloppy else "UŽT"
    a, b = ("a", "b") if is_mended else ("a)", "B")
    sheet.append(
        ["R2026-5", a, "UŽT", 2026, "netaikoma", "Patikrinimų Užimtumo tarnyba neatlieka."]
    )
    sheet.append(["R2026-5", b, who, 2026, "pateikta", "Informacija paskelbta trimis kalbomis."])
    book.save(out)
    return out


def vilnius(request: bytes, out: Path, *, mended: bool) -> Path:
    """A municipality: its answer, its co-ordination and a lecture."""

    def sent(sloppy: Any, right: Any) -> Any:
        return right if mended else sloppy

    named = "Koordinatorius paskirtas (Jonas Jonaitis, j.jonaitis@vilnius.lt)."

    def fill(book: Workbook) -> None:
        _answer(
            book,
            "R2026-6",
            None,
            state=sent("taip", "pateikta"),
            text=sent(named, "Koordinatorius paskirtas."),
        )
        put(
            book,
            "coordination",
            [
                {
                    "municipality": "Vilnius",
                    "status": sent("yra koordinatorius", "veikia koordinavimo grupė"),
                    "decision": "T1-1234",
                    "dated_on": sent("2026 m. vasaris", "2026-02"),
                }
            ],
        )
        put(
            book,
            "activity",
            [
                {
                    "year": 2026,
                    "scope": "savivaldybė",
                    "municipality": "Vilniaus miesto savivaldybė",
                    "kind": "paskaita",
                    "count": 12,
                    "participants": "per 250",
                    "target_groups": sent("mokiniai, studentai", "mokiniai; studentai"),
                }
            ],
        )

    return _written(request, out, fill)


def justice(request: bytes, out: Path, *, mended: bool) -> Path:
    """A ministry that judges itself; mended, it answers and no more."""

    def fill(book: Workbook) -> None:
        _answer_all(book, state="pateikta", text="Tvarka supaprastinta.")
        if not mended:
            judgement = {
                "recommendation": "R2026-9",
                "year": 2026,
                "assessment": "įgyvendinta",
                "reason": "Viską padarėme.",
                "evidence": "https://tm.lrv.lt/",
                "stage": "patvirtinta",
                "approved_on": D(2026, 11, 20),
                "assessor": "Teisingumo ministerija",
                "assessed_on": D(2026, 11, 20),
            }
            put(book, "assessment", [judgement])

    return _written(request, out, fill)


def migration(request: bytes, out: Path, *, mended: bool) -> Path:
    """An agency that answers in the name of a ministry and moves its own term."""

    def fill(book: Workbook) -> None:
        _answer_all(book, state="pateikta", text="Padaryta.")
        if mended:
            return
        sheet, places, first = _sheet(book, "response")
        row = next(
            number
            for number in range(first, sheet.max_row + 2)
            if not sheet.cell(number, places["recommendation"]).value
        )
        other = {
            "recommendation": "R2026-4",
            "institution": "SADM",
            "year": 2026,
            "state": "pateikta",
            "text": "SADM taip pat padarė.",
        }
        for name, value in other.items():
            sheet.cell(row, places[name]).value = value
        moved = {**_request("R2026-7", None, "MD"), "letter": "X", "due_on": D(2027, 12, 31)}
        put(book, "request", [moved])

    return _written(request, out, fill)
