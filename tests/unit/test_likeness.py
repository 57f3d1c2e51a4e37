"""Renamed sheets and columns are found again; names of other things are let be."""

import pytest

from rapporteur.delivery.declaration import SHEET_OF_TABLE, SHEETS
from rapporteur.delivery.guidance import HELPER_SHEETS
from rapporteur.delivery.likeness import column_like, sheet_named_like, sheet_with_headings


@pytest.mark.parametrize(
    ("table", "heading", "expected"),
    [
        ("statistic", "Reikšmė (vnt.)", "value"),
        ("statistic", "Reiksme, asm.", "value"),
        ("statistic", "Value (pcs)", "value"),
        ("statistic", "Vnt.", "unit"),
        ("statistic", "Šalt.", "source"),
        ("response", "Atsakymo tekstas", "text"),
        ("response", "Tesktas", "text"),
        ("response", "Už ką", "on_behalf_of"),
        ("response", "Šaltinio kodas", "source"),
        ("response", "Gauta (data)", "received_on"),
        ("response", "Perpasakota?", "is_retold"),
        ("request", "Pratęsta", "extended_to"),
        ("request", "Rašto numeris", "letter"),
        ("request", "Priminimas", "reminded_on"),
        ("activity", "Dalyvių sk.", "participants"),
        ("activity", "Dalyviai", "participants"),
        ("activity", "Forma", "forms"),
        ("activity", "Savivaldybės pavadinimas", "municipality"),
        ("delivery", "Metai", "year"),
        ("coordination", "Sprendimas", "decision"),
        # Other things.
        ("statistic", "Mano pastaba", None),
        ("statistic", "Pokytis", None),
        ("response", "Vidinės pastabos", None),
        ("response", "Skyrius", None),
        ("response", "El. paštas", None),
        ("request", "Eil. Nr.", None),
        ("request", "Nr.", None),
        ("activity", "Grupės dydis", None),
        ("activity", "Telefonas", None),
        ("source", "Svetainė", None),
    ],
)
def test_a_renamed_column_is_like_the_one_it_was(
    table: str, heading: str, expected: str | None
) -> None:
    found = column_like(heading, SHEET_OF_TABLE[table].columns)

    assert (found.name if found else None) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Atsakymai (SAM)", "response"),
        ("Atsakymai 2026", "response"),
        ("1. Atsakymai", "response"),
        ("01_atsakymai", "response"),
        ("Atsakymai (2)", "response"),
        ("AtsakymaiSAM", "response"),
        ("Atsakymia", "response"),
        ("ATSAKYMAS", "response"),
        ("SAM atsakymai", "response"),
        ("Responses (2)", "response"),
        ("2026 m. rodikliai", "statistic"),
        ("Vertinimai (projektas)", "assessment"),
        *((name, None) for name in HELPER_SHEETS if name != "Prašymas"),
        *((name, None) for name in ("Lapas1", "Sheet1", "Suvestinė", "Kontaktai", "Juodraštis")),
        *((name, None) for name in ("Metinis planas", "Biudžetas", "Diagrama1", "Turinys", "2026")),
        *((name, None) for name in ("Dalyviai", "Savivaldybės", "Mūsų rekomendacijos", "–")),
    ],
)
def test_a_renamed_sheet_is_like_the_one_it_was(name: str, expected: str | None) -> None:
    found = sheet_named_like(name)

    assert (found.table if found else None) == expected


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (["Rekomendacija", "Dalis", "Institucija", "Metai", "Būsena", "Atsakymas"], "response"),
        (["Rekomendacija", "Institucija", "Tekstas", "Duomenų pateikimo būsena"], "response"),
        (["Metai", "Rodiklis", "Reikšmė"], "statistic"),
        (["Savivaldybė", "Būklė"], "coordination"),
        (["Savivaldybė", "Data", "Vieta", "Veikla", "Dalyvių skaičius"], "activity"),
        (["Pavadinimas", "Data", "Nuoroda"], None),
        (["Kodas", "Pavadinimas", "Rūšis"], None),
        (["Vardas", "Pavardė", "Institucija"], None),
        (["Institucija", "Data", "Pastaba", "Metai"], None),
        (["Eil. Nr.", "Priemonė", "Vykdytojas", "Terminas"], None),
        (["Savivaldybė", "Gyventojai"], None),
    ],
)
def test_headings_tell_the_sheet(headings: list[str], expected: str | None) -> None:
    found = sheet_with_headings([["Antraštė"], [], headings])

    assert (found.table if found else None) == expected


def test_each_sheet_is_told_by_its_own_headings() -> None:
    for sheet in SHEETS:
        assert sheet_with_headings([[column.header for column in sheet.columns]]) is sheet
        assert sheet_with_headings([[column.alias for column in sheet.columns]]) is sheet
