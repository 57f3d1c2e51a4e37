"""Request workbooks: what is asked is in them, nothing is lost, and what comes back loads."""

import datetime
import io
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from pypdf import PdfReader

from rapporteur.delivery import loading, requesting
from rapporteur.delivery.declaration import SHEETS
from rapporteur.delivery.guidance import REQUEST_SHEET
from rapporteur.delivery.loading import Outcome, WrongUse
from tests.conftest import DAY, INSTITUTIONS, MOMENT, Office, Row
from tests.libreoffice import needs_libreoffice, saved_by_libreoffice

MATRIX = "implementation/answer_matrix"
PART = "pateikta iš dalies"
LATER = datetime.date(2026, 3, 1)
STATE, TEXT = 6, 7  # columns of Atsakymai, from 1


def asked(office: Office, institution: str, year: int = 2020) -> Workbook:
    content = requesting.workbook(office.target, institution, year, as_of=DAY)
    return openpyxl.load_workbook(io.BytesIO(content))


def answers(book: Workbook) -> list[tuple[Any, ...]]:
    """Recommendation, part, institution, state and text of each row of Atsakymai."""
    rows = book["Atsakymai"].iter_rows(min_row=3, values_only=True)
    return [(row[0], row[1], row[2], row[5], row[6]) for row in rows if row[0]]


def send_back(office: Office, book: Workbook, name: str = "atgal.xlsx") -> Outcome:
    path = office.folder / name
    book.save(path)
    [outcome] = loading.load([path], office.target, moment=MOMENT, actor="a")
    return outcome


def states(office: Office) -> set[tuple[Any, ...]]:
    columns = ("recommendation", "part", "institution", "state", "text", "is_addressee")
    return {tuple(row[name] for name in columns) for row in office.ask(MATRIX)}


def letter(book: Workbook) -> str:
    rows = book[REQUEST_SHEET].iter_rows(values_only=True)
    return "\n".join(str(cell) for row in rows for cell in row if cell)


# What is asked -------------------------------------------------------------------------------

PARTS: list[Row] = [{"part": "a"}, {"part": "b"}]
CASES: list[tuple[str, dict[str, list[Row]], list[tuple[Any, ...]]]] = [
    ("nothing came", {}, [("R1", None, "VRM", None, None)]),
    (
        "the whole answered",
        {"response": [{"text": "Atsakyta."}]},
        [("R1", None, "VRM", "pateikta", "Atsakyta.")],
    ),
    (
        "the whole answered in part",
        {"response": [{"state": PART, "text": "Iš dalies."}]},
        [("R1", None, "VRM", PART, "Iš dalies.")],
    ),
    (
        "another delivery says that there are no data: asked anew",
        {"response": [{"state": "nepateikta", "text": "Duomenų nepateikta."}]},
        [("R1", None, "VRM", None, None)],
    ),
    (
        "a whole with parts: each part",
        {"recommendation_part": PARTS},
        [("R1", "a", "VRM", None, None), ("R1", "b", "VRM", None, None)],
    ),
    (
        "one part answered",
        {"recommendation_part": PARTS, "response": [{"part": "b", "text": "Taip."}]},
        [("R1", "a", "VRM", None, None), ("R1", "b", "VRM", "pateikta", "Taip.")],
    ),
    (
        "the whole answered, though it has parts",
        {"recommendation_part": PARTS, "response": [{}]},
        [("R1", None, "VRM", "pateikta", None)],
    ),
    (
        "parts named one by one",
        {"recommendation_part": PARTS, "addressee": [{"part": "b"}]},
        [("R1", "b", "VRM", None, None)],
    ),
    (
        "through a group",
        {"addressee": [{"institution": "TEAM"}]},
        [("R1", None, "VRM", None, None)],
    ),
    (
        "by letter alone",
        {"addressee": [{"institution": "PD"}], "request": [{}]},
        [("R1", None, "VRM", None, None)],
    ),
]


@pytest.mark.parametrize(
    ("tables", "expected"), [case[1:] for case in CASES], ids=[c[0] for c in CASES]
)
def test_every_item_asked_is_in_it(
    office: Office, tables: dict[str, list[Row]], expected: list[tuple[Any, ...]]
) -> None:
    rows: dict[str, Any] = {
        "institution": [*INSTITUTIONS, {"code": "TEAM", "kind": "group"}],
        "institution_group": [{"group_code": "TEAM", "institution": "VRM"}],
        "addressee": [{}],
        "result": [{}],
        **tables,
    }
    office.send(**rows)

    book = asked(office, "VRM")

    assert answers(book) == expected
    before = states(office)
    outcome = send_back(office, book)
    assert {problem.code for problem in outcome.problems} == set()
    assert {notice.code for notice in outcome.notices} <= {"item-left-blank"}
    assert states(office) == before


def test_what_is_filled_in_becomes_the_answer(office: Office) -> None:
    office.send(recommendation_part=PARTS, addressee=[{}], result=[{}])
    book = asked(office, "VRM")
    for row, state in ((3, "pateikta"), (4, "netaikoma")):
        book["Atsakymai"].cell(row, STATE).value = state
        book["Atsakymai"].cell(row, TEXT).value = "Padaryta."

    outcome = send_back(office, book)

    assert (outcome.delivery, outcome.accepted) == ("VRM-2020", True)
    [told] = office.ask("recommendations/register")
    assert (told["state"], told["parts_without_data"]) == ("pateikta", 0)
    again = asked(office, "VRM")
    assert [row[3] for row in answers(again)] == ["pateikta", "netaikoma"]
    assert send_back(office, again).unchanged


def test_an_answer_in_part_stays_and_can_be_completed(office: Office) -> None:
    office.send(addressee=[{}], response=[{"state": PART, "text": "Pusė."}])
    book = asked(office, "VRM")
    sheet = book["Atsakymai"]
    assert "papildyti" in sheet.cell(3, STATE).comment.text

    sheet.cell(3, STATE).value = "pateikta"
    send_back(office, book)

    assert office.ask("recommendations/register")[0]["state"] == "pateikta"


def test_what_is_open_is_marked_by_more_than_colour(office: Office) -> None:
    office.send(
        recommendation=[{"text": "Rekomenduotina mokyti."}, {"code": "R2", "number": "2"}],
        addressee=[{}, {"recommendation": "R2"}],
        response=[{"recommendation": "R2"}],
    )

    sheet = asked(office, "VRM")["Atsakymai"]
    first, second = sheet.cell(3, STATE), sheet.cell(4, STATE)
    assert "Rekomenduotina mokyti." in first.comment.text
    assert first.fill.fgColor.rgb != second.fill.fgColor.rgb
    assert second.comment is None


def test_nothing_else_of_its_delivery_is_lost(office: Office) -> None:
    office.send(addressee=[{}, {"recommendation": "R2", "institution": "PD"}])
    office.send(
        "VRM-2020",
        year=2020,
        response=[{"text": "Mūsų."}, {"recommendation": "R2", "text": "Ne adresatas."}],
        activity=[{"count": "apie 5", "quote": "Vyko."}, {"municipality": "LT-15"}],
        source=[{"code": "S1"}],
    )

    book = asked(office, "VRM")

    assert [row[0] for row in answers(book)] == ["R1", "R2"]
    outcome = send_back(office, book)
    assert (outcome.problems, outcome.unchanged) == ([], True)


def test_that_the_delivery_itself_says_no_data_stays(office: Office) -> None:
    """Left out, the row would be taken away; it is offered for another answer as it stands."""
    office.send(addressee=[{}])
    office.send("VRM-2020", year=2020, response=[{"state": "nepateikta", "text": "Nėra."}])

    book = asked(office, "VRM")

    assert answers(book) == [("R1", None, "VRM", "nepateikta", "Nėra.")]
    assert book["Atsakymai"].cell(3, STATE).comment is not None
    assert send_back(office, book).unchanged


# The letter ----------------------------------------------------------------------------------


def test_the_letter_says_what_until_when_and_to_whom(office: Office) -> None:
    office.send(
        institution=[*INSTITUTIONS[1:], {"code": "VRM", "dative": "Ministerijai"}],
        recommendation=[{"text": "Rekomenduotina mokyti."}],
        addressee=[{"quote": "Ministerijai rekomenduotina"}],
        request=[
            {
                "requested_on": datetime.date(2021, 1, 5),
                "letter": "1D-7",
                "due_on": DAY,
                "extended_to": datetime.date(2021, 4, 30),
            }
        ],
    )

    words = letter(asked(office, "VRM"))

    for expected in (
        "Kam: Ministerijai",
        "Atsakyti iki: 2021-04-30 (prašymo raštas 1D-7)",
        "1. Rekomenduotina mokyti.",
        "Ministerijai rekomenduotina",
        "laukiama",
        "Neįrašykite asmens duomenų",
        "pateikta iš dalies – atsakoma tik į dalį",
        "Tekstas – ",
    ):
        assert expected in words


EARLIER_TERM, TERM, LATER_TERM = (
    datetime.date(2021, 4, 2),
    datetime.date(2021, 5, 4),
    datetime.date(2021, 6, 1),
)


def terms(book: Workbook) -> dict[str, str]:
    """What the letter's table says of each item's term, by the recommendation (and part)."""
    rows = list(book[REQUEST_SHEET].iter_rows(values_only=True))
    [start] = [number for number, row in enumerate(rows) if row[4] == "Atsakyti iki"]
    found = {}
    for row in rows[start + 1 :]:
        if row[4] is None:
            break
        part = str(row[1]).partition("dalis ")[2][:1]
        found[f"{row[0]}{part}"] = str(row[4])
    return found


def test_each_item_has_its_term_and_the_letter_names_the_first(office: Office) -> None:
    """A later term elsewhere, in whichever order the items stand, makes no item's term later."""
    office.send(
        recommendation=[{"code": f"R{n}", "number": str(n)} for n in range(1, 5)],
        addressee=[{"recommendation": f"R{n}"} for n in range(1, 5)],
        request=[
            {"recommendation": "R1", "due_on": TERM, "letter": "1D-2"},
            {"recommendation": "R2", "due_on": EARLIER_TERM, "letter": "1D-1"},
            {
                "recommendation": "R3",
                "due_on": EARLIER_TERM,
                "extended_to": LATER_TERM,
                "letter": "1D-3",
            },
            # Answered: its term is past and no longer of interest.
            {"recommendation": "R4", "due_on": datetime.date(2021, 1, 15), "letter": "1D-4"},
        ],
        response=[{"recommendation": "R4"}],
    )

    book = asked(office, "VRM")

    assert terms(book) == {
        "R1": "2021-05-04",
        "R2": "2021-04-02",
        "R3": "2021-06-01 (pratęsta, buvo 2021-04-02)",
        "R4": "2021-01-15",
    }
    [said] = [line for line in letter(book).split("\n") if line.startswith("Atsakyti iki: ")]
    assert said.startswith("Atsakyti iki: 2021-04-02 (prašymo raštas 1D-1) – tai pirmasis terminas")


def test_one_term_is_said_without_more(office: Office) -> None:
    office.send(
        addressee=[{}, {"recommendation": "R2"}],
        request=[
            {"due_on": TERM, "letter": "1D-1"},
            {"recommendation": "R2", "due_on": TERM, "letter": "1D-2"},
        ],
    )

    said = letter(asked(office, "VRM"))

    assert "Atsakyti iki: 2021-05-04 (prašymo raštas 1D-1, 1D-2)\n" in said


def test_a_part_asked_about_itself_has_its_own_term(office: Office) -> None:
    """The request about a part holds for it before that about the whole, earlier or later."""
    three = [{"part": part} for part in "abc"]
    office.send(
        recommendation_part=three,
        addressee=[{}],
        request=[
            {"due_on": TERM},
            {"part": "a", "due_on": EARLIER_TERM},
            {"part": "b", "due_on": LATER_TERM},
        ],
    )

    assert terms(asked(office, "VRM")) == {
        "R1a": "2021-04-02",
        "R1b": "2021-06-01",
        "R1c": "2021-05-04",
    }
    # On the day between, the first part is overdue and the others are awaited.
    day = datetime.date(2021, 4, 20)
    items = office.ask("institutions/items", institution="VRM", as_of=day)
    assert [item["state"] for item in items] == ["nepateikta", "laukiama", "laukiama"]
    [owed] = office.ask("institutions/summary", institution="VRM", as_of=day)
    assert owed["due_on"] == EARLIER_TERM
    # The whole is awaited as long as any of its parts is.
    [whole] = office.ask(MATRIX, institution="VRM", as_of=day)
    assert (whole["state"], whole["due_on"]) == ("laukiama", LATER_TERM)


def test_the_matrix_tells_the_term_that_makes_the_state(office: Office) -> None:
    """One part is asked about before the whole; its own term has passed, that of the whole not."""
    office.send(
        recommendation_part=[{"part": part} for part in "ab"],
        addressee=[{"part": "a"}, {"part": "b"}],
        request=[{"due_on": LATER_TERM}, {"part": "a", "due_on": EARLIER_TERM}],
    )

    rows = office.ask(MATRIX, institution="VRM", as_of=TERM)

    assert [(row["part"], row["state"], row["due_on"]) for row in rows] == [
        ("a", "nepateikta", EARLIER_TERM),
        ("b", "laukiama", LATER_TERM),
    ]


def test_a_letter_of_its_own_holds_before_that_to_the_group(office: Office) -> None:
    office.send(
        institution=[*INSTITUTIONS, {"code": "TEAM", "kind": "group"}],
        institution_group=[{"group_code": "TEAM", "institution": one} for one in ("VRM", "PD")],
        addressee=[{"institution": "TEAM"}],
        recommendation_part=[{"part": "a"}],
        # Even where that to the group is about the very part.
        request=[{"institution": "TEAM", "part": "a", "due_on": TERM}, {"due_on": EARLIER_TERM}],
    )

    assert terms(asked(office, "VRM")) == {"R1a": "2021-04-02"}
    assert terms(asked(office, "PD")) == {"R1a": "2021-05-04"}


def test_a_letter_to_the_group_reaches_a_member_that_is_named_itself_or_twice(
    office: Office,
) -> None:
    office.send(
        institution=[*INSTITUTIONS, *({"code": one, "kind": "group"} for one in ("TEAM", "ALL"))],
        institution_group=[
            {"group_code": group, "institution": one}
            for group, one in (("TEAM", "VRM"), ("TEAM", "PD"), ("ALL", "PD"))
        ],
        addressee=[{"institution": one} for one in ("TEAM", "ALL", "VRM")],
        request=[{"institution": "TEAM", "due_on": TERM}],
    )

    day = TERM + datetime.timedelta(days=1)
    rows = office.ask(MATRIX, as_of=day)
    assert {row["institution"]: (row["state"], row["due_on"]) for row in rows} == {
        "VRM": ("nepateikta", TERM),
        "PD": ("nepateikta", TERM),
    }
    assert [one["institution"] for one in office.ask("institutions/requests", as_of=day)] == [
        "VRM",
        "PD",
    ]


def test_the_list_of_the_batch_says_until_when(office: Office) -> None:
    office.send(
        addressee=[{}, {"recommendation": "R2"}, {"recommendation": "R2", "institution": "PD"}],
        request=[
            {"due_on": TERM},
            {"recommendation": "R2", "due_on": EARLIER_TERM},
            {"recommendation": "R2", "institution": "PD", "due_on": TERM},
        ],
    )

    content = requesting.batch(office.target, 2020, as_of=DAY)

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        listed = archive.read("SĄRAŠAS.txt").decode("utf-8-sig").splitlines()
    assert (
        "- VRM-2020.xlsx: Ministerija; trūksta: R1, R2; atsakyti iki: 2021-04-02, 2021-05-04"
        in (listed)
    )
    assert "- PD-2020.xlsx: Ministerija; trūksta: R2; atsakyti iki: 2021-05-04" in listed


# What it carries -----------------------------------------------------------------------------

OF_INSTITUTIONS = ["Pateikimas", "Atsakymai", "Veiklos", "Rodikliai", "Šaltiniai"]


def test_a_request_carries_what_its_addressee_fills_in(office: Office) -> None:
    office.send(addressee=[{}, {"institution": "LT-57"}], result=[{}])

    of_ministry, of_town = (asked(office, code) for code in ("VRM", "LT-57"))

    assert of_ministry.sheetnames == [REQUEST_SHEET, *OF_INSTITUTIONS, "Sąrašai"]
    with_places = [*OF_INSTITUTIONS[:-1], "Koordinavimas", "Šaltiniai"]
    assert of_town.sheetnames == [REQUEST_SHEET, *with_places, "Sąrašai"]
    assert of_ministry["Sąrašai"].sheet_state == "hidden"
    told = [rule.prompt for rule in of_ministry["Rodikliai"].data_validations.dataValidation]
    assert not any("Ženklai" in words for words in told)
    # Whether it was asked does not follow from its own words.
    [rule] = [
        rule
        for rule in of_ministry["Atsakymai"].data_validations.dataValidation
        if "F3:F1002" in str(rule.sqref)
    ]
    _, _, cells = rule.formula1.partition("!")
    offered = [row[0].value for row in of_ministry["Sąrašai"][cells.replace("$", "")]]
    assert offered == ["pateikta", PART, "nepateikta", "netaikoma"]


def test_rows_that_the_office_let_in_are_carried_and_come_back(office: Office) -> None:
    """What comes back takes the delivery's place, so the rows would be gone otherwise."""
    office.send(addressee=[{"institution": "PD"}])
    office.send(
        "PD-2020",
        sender="PD",
        year=2020,
        response=[{"institution": "PD"}],
        assessment=[{"assessment": "įgyvendinama"}],
        coordination=[{}],
        confirm=["sheet-of-office"],
    )

    book = asked(office, "PD")

    assert "Vertinimai" in book.sheetnames
    assert "Koordinavimas" in book.sheetnames
    assert send_back(office, book).unchanged
    book["Atsakymai"].cell(3, TEXT).value = "Padaryta."
    assert send_back(office, book).accepted
    assert [row["assessment"] for row in office.ask("implementation/assessments")] == [
        "įgyvendinama"
    ]


@needs_libreoffice
def test_a_request_of_four_items_is_a_few_pages(office: Office) -> None:
    """The letter on one, and one for each sheet to fill in: 6; with office sheets it was 26."""
    words = " ".join(
        ["Lietuvos Respublikos ministerijai rekomenduotina kasmet rengti mokymus."] * 4
    )
    codes = [f"R{n}" for n in range(1, 5)]
    office.send(
        recommendation=[{"code": code, "number": code[1:], "text": words} for code in codes],
        addressee=[{"recommendation": code, "quote": words[:48]} for code in codes],
        request=[{"recommendation": code} for code in codes],
    )
    path = office.folder / "prašymas.xlsx"
    path.write_bytes(requesting.workbook(office.target, "VRM", 2020, as_of=DAY))

    pages = PdfReader(saved_by_libreoffice(path, office.folder / "saved", "pdf")).pages

    begin = [page.extract_text().split(" ")[0] for page in pages]
    assert begin == [REQUEST_SHEET, *OF_INSTITUTIONS]
    assert "Duomenų pateikimo būsenos" in pages[0].extract_text()


def test_without_a_term_there_is_a_place_to_write_one(office: Office) -> None:
    office.send(addressee=[{}], result=[{}])

    assert "terminas duomenyse nenurodytas" in letter(asked(office, "VRM"))


def test_the_letter_leads_to_the_row_of_each_answer(office: Office) -> None:
    office.send(addressee=[{}, {"recommendation": "R2"}], result=[{}])
    book = asked(office, "VRM")

    links = [
        cell.hyperlink.location
        for row in book[REQUEST_SHEET].iter_rows()
        for cell in row
        if cell.hyperlink
    ]
    assert links == ["'Atsakymai'!F3", "'Atsakymai'!F4"]


# Known answers -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def shipped_office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    office = Office(tmp_path_factory.mktemp("shipped_requests"))
    # The years of the data run to 2025.
    moment = datetime.datetime(2026, 3, 1, 10, tzinfo=datetime.UTC)
    outcomes = loading.load(loading.shipped(), office.target, moment=moment, actor="a")
    assert all(outcome.accepted for outcome in outcomes)
    return office


@pytest.mark.parametrize(
    ("institution", "expected", "said"),
    [
        ("TM", [("R2020-5", None)], "nepateikta"),
        ("LSA", [("R2020-6", None)], "nepateikta"),
        ("PD", [("R2020-7", None)], "neminima"),
        ("NTA", [("R2020-7", None)], "neminima"),
        ("SAM", [("R2020-4", None)], "pateikta iš dalies; už Jus atsakė: NTB"),
        ("ŠMSM", [("R2020-2", "pateikta")], "dar trūksta atsakymų: 0"),
        ("GP", [("R2020-7", "pateikta")], "dar trūksta atsakymų: 0"),
    ],
)
def test_the_requests_of_2020(
    shipped_office: Office,
    institution: str,
    expected: list[tuple[str, str | None]],
    said: str,
    tmp_path: Path,
) -> None:
    content = requesting.workbook(shipped_office.target, institution, 2020, as_of=LATER)
    book = openpyxl.load_workbook(io.BytesIO(content))

    assert [(row[0], row[3]) for row in answers(book)] == expected
    assert said in letter(book)
    path = tmp_path / f"{institution}.xlsx"
    path.write_bytes(content)
    [outcome] = loading.load([path], shipped_office.target, moment=MOMENT, actor="a", write=False)
    assert outcome.problems == []
    assert {notice.code for notice in outcome.notices} <= {"item-left-blank"}


@pytest.mark.parametrize(
    ("institution", "year"), [("NTB", 2020), ("TM", 2019), ("NĖRA", 2020), ("NTB", 1850)]
)
def test_nothing_to_ask_is_told(shipped_office: Office, institution: str, year: int) -> None:
    with pytest.raises(WrongUse):
        requesting.workbook(shipped_office.target, institution, year, as_of=LATER)


def test_the_batch_has_one_for_each_that_owes_and_a_list(shipped_office: Office) -> None:
    content = requesting.batch(shipped_office.target, 2020, as_of=LATER)

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        listed = archive.read("SĄRAŠAS.txt").decode("utf-8-sig")
        for name in names[:-1]:
            assert (
                openpyxl.load_workbook(io.BytesIO(archive.read(name))).sheetnames[0]
                == REQUEST_SHEET
            )
    assert names == [
        "SAM-2020.xlsx",
        "TM-2020.xlsx",
        "LSA-2020.xlsx",
        "NTA-2020.xlsx",
        "PD-2020.xlsx",
        "SĄRAŠAS.txt",
    ]
    to_nobody = listed[listed.index("Nėra kam siųsti") :]
    assert all(f"({code})" in to_nobody for code in ("MIN", "INST", "NVO"))
    assert content == requesting.batch(shipped_office.target, 2020, as_of=LATER)
    with pytest.raises(WrongUse):
        requesting.batch(shipped_office.target, 2019, as_of=LATER)


# Municipalities ------------------------------------------------------------------------------

RIETAVAS = "LT-39"


def add_row(book: Workbook, sheet: str, **cells: Any) -> None:
    """Write a row under the headers of a sheet, as somebody who fills it in."""
    [declared] = [one for one in SHEETS if one.name == sheet]
    names = [column.name for column in declared.columns]
    for name, value in cells.items():
        book[sheet].cell(4, names.index(name) + 1, value)


def test_a_municipality_is_asked_about_prevention_though_nobody_addresses_it(
    shipped_office: Office, tmp_path: Path
) -> None:
    content = requesting.workbook(shipped_office.target, RIETAVAS, 2020, as_of=LATER)

    book = openpyxl.load_workbook(io.BytesIO(content))
    said = letter(book)
    assert "prekybos žmonėmis prevenciją" in said
    assert "Rietavo savivaldyb" in said
    # By whose words, and how to say that there was nothing.
    assert "R2020-1: „" in said
    assert "veiklų skaičius 0" in said
    assert "Nieko nežinoma." in said
    assert {"Veiklos", "Koordinavimas"} <= set(book.sheetnames)
    path = tmp_path / "rietavas.xlsx"
    path.write_bytes(content)
    [outcome] = loading.load([path], shipped_office.target, moment=MOMENT, actor="a", write=False)
    assert outcome.problems == []


def test_what_others_told_of_a_municipality_is_in_its_workbook(shipped_office: Office) -> None:
    content = requesting.workbook(shipped_office.target, "LT-57", 2020, as_of=LATER)

    said = letter(openpyxl.load_workbook(io.BytesIO(content)))
    assert "jau žinoma iš kitų šaltinių" in said
    assert "Nieko nežinoma." not in said
    assert "Šaltinis: " in said


@pytest.mark.parametrize(
    ("count", "kind", "state", "activities"),
    [
        (0, "prevention_and_information_total", "zero", 0),
        (3, "lecture", "active", 3),
        (None, "lecture", "active", 1),
    ],
)
def test_what_a_municipality_sends_back_is_its_state(
    office: Office, count: int | None, kind: str, state: str, activities: int
) -> None:
    office.send(document=[{}])
    content = requesting.workbook(office.target, RIETAVAS, 2020, as_of=DAY)
    book = openpyxl.load_workbook(io.BytesIO(content))
    add_row(
        book,
        "Veiklos",
        year=2020,
        scope="savivaldybė",
        municipality=RIETAVAS,
        kind=kind,
        count=count,
        quote="Savivaldybės atsakymas.",
    )

    outcome = send_back(office, book)

    assert outcome.problems == []
    rows = office.ask("activities/by_municipality", year=2020)
    states = {row["municipality"]: (row["state"], row["activities"]) for row in rows}
    assert states.pop(RIETAVAS) == (state, activities)
    assert set(states.values()) == {("no_answer", None)}


def test_the_batch_of_municipalities_has_one_for_each_and_a_list(shipped_office: Office) -> None:
    content = requesting.municipality_batch(
        shipped_office.target, ["LT-39", "LT-58"], 2020, as_of=LATER
    )

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.namelist() == ["LT-39-2020.xlsx", "LT-58-2020.xlsx", "SĄRAŠAS.txt"]
        listed = archive.read("SĄRAŠAS.txt").decode("utf-8-sig")
    assert "LT-58-2020.xlsx: Vilniaus rajono savivaldybė" in listed
    for codes in ([], ["LT-99"]):
        with pytest.raises(WrongUse):
            requesting.municipality_batch(shipped_office.target, codes, 2020, as_of=LATER)


@pytest.mark.parametrize(
    ("code", "name"),
    [("PD", "PD-2020.xlsx"), ("ŠMSM", "ŠMSM-2020.xlsx"), ('A/B\\C:"D"', "A-B-C--D--2020.xlsx")],
)
def test_names_of_files_are_taken_by_every_system(code: str, name: str) -> None:
    assert requesting.file_name(code, 2020) == name


@needs_libreoffice
@pytest.mark.parametrize("suffix", ["xlsx", "ods"])
def test_what_libreoffice_saved_comes_back(office: Office, suffix: str) -> None:
    office.send(recommendation_part=PARTS, addressee=[{}], result=[{}])
    book = asked(office, "VRM")
    book["Atsakymai"].cell(3, STATE).value = "pateikta"
    book["Atsakymai"].cell(3, TEXT).value = "Padaryta."
    path = office.folder / "prašymas.xlsx"
    book.save(path)

    saved = saved_by_libreoffice(path, office.folder / "saved", suffix)
    [outcome] = loading.load([saved], office.target, moment=MOMENT, actor="a")

    assert outcome.problems == []
    assert {notice.code for notice in outcome.notices} == {"item-left-blank"}
    assert office.ask("recommendations/register")[0]["state"] == PART
