"""A renamed sheet or column is not read; nothing of it is lost before somebody says so."""

import io
from collections.abc import Mapping
from typing import Any

import openpyxl
import pytest

from rapporteur.delivery import template
from rapporteur.delivery.declaration import SHEETS
from rapporteur.delivery.loading import Outcome
from tests.conftest import Office

FIGURE = [2020, "victims_identified", 33]
NAMED = ["Metai", "Rodiklis", "Reikšmė"]
ANSWERED = ["Rekomendacija", "Institucija", "Ataskaitiniai metai", "Duomenų pateikimo būsena"]
ANSWER = ["R1", "VRM", 2020, "pateikta"]


@pytest.fixture(scope="module")
def asking(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """An office that asks itself something; nothing more is written to it."""
    office = Office(tmp_path_factory.mktemp("asking"))
    office.send(addressee=[{}])
    return office


def checked(office: Office, sheets: Mapping[str, Any], *confirm: str) -> Outcome:
    """A workbook of a second delivery, as it would be taken."""
    pateikimas = [["Kodas", "Institucija"], ["T-2", "VRM"]]
    path = office.grid("b.xlsx", {"Pateikimas": pateikimas, **sheets})
    [outcome] = office.load(path, confirm=confirm, write=False)
    return outcome


def told(outcome: Outcome) -> list[tuple[str | None, str | None, str]]:
    return [(one.sheet, one.cell, one.code) for one in outcome.problems]


def test_a_renamed_column_of_values_is_confirmed(asking: Office) -> None:
    heading = ["Metai", "Rodiklis", "Reikšmė (vnt.)", "Vienetas"]
    sheets = {"Rodikliai": [heading, [*FIGURE, "asm."]]}

    outcome = checked(asking, sheets)
    confirmed = checked(asking, sheets, "column-like-known")

    assert told(outcome) == [("Rodikliai", "C1", "column-like-known")]
    [problem] = outcome.problems
    assert (problem.value, problem.values["known"]) == ("Reikšmė (vnt.)", "Reikšmė")
    assert problem.values["values"] == 1
    assert confirmed.accepted
    assert [(one.cell, one.code) for one in confirmed.notices] == [("C1", "column-unknown")]


def test_a_renamed_column_of_words_is_confirmed(asking: Office) -> None:
    answers = [[*ANSWERED, "Atsakymo tekstas"], [*ANSWER, "Padaryta."]]

    outcome = checked(asking, {"Atsakymai": answers})

    assert told(outcome) == [("Atsakymai", "E1", "column-like-known")]


def test_every_optional_column_is_asked_about(office: Office) -> None:
    """Required ones that are renamed are missing, which is a problem of its own."""
    sheets, expected = {}, set()
    for sheet in SHEETS:
        renamed = {one.name for one in sheet.columns if not one.required and one.name != "note"}
        headers = [
            f"{one.header} (SAM)" if one.name in renamed else one.header for one in sheet.columns
        ]
        sheets[sheet.name] = [headers, ["reikšmė"] * len(headers)]
        expected |= {(sheet.name, sheet.column(name).header) for name in renamed}

    [outcome] = office.load(office.grid("a.xlsx", sheets), write=False)

    found = [one for one in outcome.problems if one.code == "column-like-known"]
    assert {(one.sheet, one.values["known"]) for one in found} == expected


@pytest.mark.parametrize(
    ("heading", "cell", "code"),
    [
        ("Kiekis", 33, "column-like-known"),
        ("Kiekis", "apie 33", "column-like-known"),
        ("Pastabos apie viską", "žodžiai", "column-unknown"),
        ("Mano pastaba", "Reikšmė – pagal ankstesnius metus, žr. 2019 m. ataskaitą", None),
        ("Reikšmė (vnt.)", None, "column-unknown"),
    ],
)
def test_without_its_substance_a_sheet_asks_about_what_may_hold_it(
    asking: Office, heading: str, cell: Any, code: str | None
) -> None:
    outcome = checked(asking, {"Rodikliai": [[*NAMED[:2], heading], [*FIGURE[:2], cell]]})

    found = [*outcome.problems, *outcome.notices]
    assert [one.code for one in found] == [code or "column-unknown"]


def test_an_empty_column_is_missing_as_well(asking: Office) -> None:
    heading = [*NAMED, "Reikšmė (vnt.)"]
    outcome = checked(asking, {"Rodikliai": [heading, [*FIGURE[:2], None, 33]]})

    assert told(outcome) == [("Rodikliai", "D1", "column-like-known")]


def test_beside_the_column_itself_another_is_only_noticed(asking: Office) -> None:
    heading = [*NAMED, "Reikšmė (pernai)"]
    outcome = checked(asking, {"Rodikliai": [heading, [*FIGURE, 31]]})

    assert (outcome.accepted, [one.code for one in outcome.notices]) == (True, ["column-unknown"])


@pytest.mark.parametrize(
    ("name", "rows", "lost"),
    [
        ("Atsakymai (SAM)", [ANSWERED, ANSWER, ANSWER], "2–3"),
        ("Atsakymai 2026", [["Ministerijos atsakymai"], [], ANSWERED, ANSWER, [], ANSWER], "4, 6"),
        ("1. Atsakymai", [["Padaryta viskas."]], "1"),
        ("Lapas1", [["Rekomendacija", "Institucija", "Metai", "Būsena"], ANSWER], "2"),
    ],
)
def test_a_renamed_sheet_is_confirmed(
    asking: Office, name: str, rows: list[list[Any]], lost: str
) -> None:
    sheets = {"Rodikliai": [NAMED, FIGURE], name: rows}

    outcome = checked(asking, sheets)
    left_out = checked(asking, sheets, "sheet-like-known")

    assert [(one.sheet, one.code) for one in outcome.problems] == [(name, "sheet-like-known")]
    [problem] = outcome.problems
    assert (problem.values["known"], problem.values["rows"]) == ("Atsakymai", lost)
    assert left_out.accepted
    assert [(one.sheet, one.code) for one in left_out.notices] == [(name, "sheet-unknown")]


def test_a_list_named_otherwise_than_its_sheet_says_what_to_call_the_file(asking: Office) -> None:
    path = asking.folder / "SAM-atsakymai.csv"
    lines = [";".join(str(cell or "") for cell in row) for row in (ANSWERED, ANSWER)]
    path.write_bytes("\r\n".join(lines).encode("cp1257"))

    [outcome] = asking.load(path, delivery="T-3", institution="SAM", write=False)

    [problem] = outcome.problems
    assert problem.code == "sheet-like-known"
    assert "“Atsakymai.csv”" in problem.message(str)


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("Atsakymai (2)", [ANSWERED]),
        ("Atsakymai (2)", []),
        ("Suvestinė", [["Pavadinimas", "Data", "Nuoroda"], ["Ataskaita", "2020", "https://a.lt"]]),
        ("Kontaktai", [["Vardas", "Institucija"], ["Skyrius", "SAM"]]),
        ("Prašymas (kopija)", [["Kam: ministerijai"]]),
    ],
)
def test_empty_and_unrelated_sheets_are_let_be(
    asking: Office, name: str, rows: list[list[Any]]
) -> None:
    outcome = checked(asking, {"Rodikliai": [NAMED, FIGURE], name: rows})

    assert outcome.accepted, told(outcome)
    assert {one.code for one in outcome.notices} <= {"sheet-unknown"}


def test_a_copy_of_an_untouched_sheet_of_the_template_is_let_be(asking: Office) -> None:
    book = openpyxl.load_workbook(io.BytesIO(template.workbook()))
    book.copy_worksheet(book["Atsakymai"]).title = "Atsakymai (2)"
    path = asking.folder / "kopija.xlsx"
    book.save(path)

    [outcome] = asking.load(path, write=False)

    assert outcome.accepted, told(outcome)


def test_a_file_that_changes_nothing_says_what_it_leaves_out(office: Office) -> None:
    pateikimas = [["Kodas", "Institucija"], ["T-2", "VRM"]]
    office.send(addressee=[{}])
    sheets: dict[str, Any] = {"Pateikimas": pateikimas, "Rodikliai": [NAMED, FIGURE]}
    [first] = office.load(office.grid("b.xlsx", sheets))
    assert first.accepted

    refused = checked(office, {**sheets, "Atsakymai (SAM)": [ANSWERED, ANSWER]})
    confirmed = checked(
        office, {**sheets, "Atsakymai (SAM)": [ANSWERED, ANSWER]}, "sheet-like-known"
    )

    assert told(refused) == [("Atsakymai (SAM)", "A2", "sheet-like-known")]
    assert confirmed.unchanged


@pytest.mark.parametrize(
    ("headings", "cell"),
    [
        (["Rodiklis", "2023 m.", "2024 m."], "B1"),
        (["Rodiklis", "Vienetas", "2023 metai", "2024 metai"], "C1"),
        (["Rodiklis", "Vienetas", "2023 I pusm.", "2023 m. II pusmetis"], "C1"),
        (["Rodiklis", 2023, 2024], "B1"),
    ],
)
def test_a_column_a_year_is_refused_with_what_to_do(
    asking: Office, headings: list[Any], cell: str
) -> None:
    known = ["victims_identified", "asm."][: len(headings) - 2]
    outcome = checked(asking, {"Rodikliai": [headings, [*known, 3, 4]]})

    assert told(outcome) == [("Rodikliai", cell, "column-missing")]
    assert "Write one year a row" in outcome.problems[0].message()
