"""Files that cannot be read: each ends in one clear problem, and nothing is written."""

import zipfile
from pathlib import Path

import pytest

from rapporteur.delivery.loading import WrongUse
from rapporteur.delivery.problems import Problem
from tests.conftest import Office

HEADER = ["Metai", "Rodiklis", "Reikšmė"]
FIGURE = [2020, "victims_identified", 24]
WORKBOOK_XML = """<?xml version="1.0"?><workbook
 xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"
 xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">
 <sheets><sheet name="Rodikliai" sheetId="1" r:id="rId1"/></sheets></workbook>"""
TYPES_XML = """<?xml version="1.0"?><Types
 xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
 <Default Extension="rels"
  ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
 <Override PartName="/xl/workbook.xml" ContentType=
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>
 <Override PartName="/xl/worksheets/sheet1.xml" ContentType=
  "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>"""
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def raw_workbook(path: Path, sheet: str, prolog: str = "") -> Path:
    """An .xlsx of one sheet, written part by part, as no spreadsheet program would."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES_XML)
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" '
            f'Type="{RELATION}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        archive.writestr("xl/workbook.xml", WORKBOOK_XML)
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" '
            f'Type="{RELATION}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        )
        archive.writestr(
            "xl/worksheets/sheet1.xml",
            f'<?xml version="1.0"?>{prolog}<worksheet xmlns="{MAIN}"><sheetData>{sheet}'
            f"</sheetData></worksheet>",
        )
    return path


def text_cell(address: str, text: str) -> str:
    return f'<c r="{address}" t="inlineStr"><is><t>{text}</t></is></c>'


def refused(office: Office, *paths: Path) -> Problem:
    """The one problem that a broken file ends in; the database is as it was."""
    before = office.files()
    [outcome] = office.load(*paths)
    assert (outcome.accepted, outcome.version, outcome.delivery) == (False, None, None)
    assert office.files() == before
    [problem] = outcome.problems
    assert (problem.sheet, problem.cell) == (None, None)
    assert problem.message().endswith(".")
    return problem


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("tekstas.xlsx", b"Labas, kaip sekasi?"),
        ("tuscia.xlsx", b""),
        ("nuotrauka.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(100)),
        ("ataskaita.pdf", b"%PDF-1.7"),
        ("ataskaita.docx", b"PK\x03\x04"),
        ("be-galunes", b"PK\x03\x04"),
        ("nukirsta.xlsx", b"PK\x03\x04" + bytes(50)),
        ("senas.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000)),
        ("lentele.ods", b"PK\x05\x06" + bytes(18)),
    ],
)
def test_what_is_no_spreadsheet(office: Office, name: str, content: bytes) -> None:
    path = office.folder / name
    path.write_bytes(content)

    problem = refused(office, path)

    assert (problem.file, problem.code) == (name, "file-unreadable")


def test_a_file_that_is_not_there(office: Office) -> None:
    assert refused(office, office.folder / "dingo.xlsx").code == "file-unreadable"


def test_a_workbook_cut_off_on_its_way(office: Office) -> None:
    path = office.workbook(statistic=[{}])
    path.write_bytes(path.read_bytes()[:-200])

    assert refused(office, path).code == "file-unreadable"


def test_a_workbook_with_a_damaged_sheet(office: Office) -> None:
    path = raw_workbook(office.folder / "sugadinta.xlsx", "<row r='1'><c r='A1'><v>1</row>")

    assert refused(office, path).code == "file-unreadable"


def test_an_archive_that_is_no_workbook(office: Office) -> None:
    path = office.folder / "archyvas.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("skaityk.txt", "Labas")

    assert refused(office, path).code == "file-unreadable"


def test_a_workbook_locked_with_a_password(office: Office) -> None:
    path = office.folder / "slapta.xlsx"
    path.write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(600)
        + "EncryptedPackage".encode("utf-16-le")
        + bytes(600)
    )

    assert refused(office, path).code == "file-encrypted"


def test_a_file_larger_than_is_allowed(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAPPORTEUR_MAX_UPLOAD_MB", "1")
    path = office.folder / "didelis.csv"
    path.write_bytes(b"a;b\n" + b"x" * 2**20)

    problem = refused(office, path)

    assert (problem.code, problem.value) == ("file-too-large", str(2**20 + 4))
    assert "1 MB" in problem.message()


def test_a_file_just_as_large_as_is_allowed(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RAPPORTEUR_MAX_UPLOAD_MB", "1")
    path = office.folder / "Rodikliai.csv"
    row = "Metai;Rodiklis;Reikšmė;Pastaba\n2020;victims_identified;24;\n".encode()
    path.write_bytes(row + b"\n" * (2**20 - len(row)))

    [outcome] = office.load(path, write=False)

    assert (outcome.accepted, outcome.rows) == (True, {"statistic": 1})


def test_a_small_file_that_unpacks_to_a_large_one(office: Office) -> None:
    path = raw_workbook(office.folder / "bomba.xlsx", " " * (60 * 2**20))

    assert path.stat().st_size < 100_000
    assert refused(office, path).code == "file-too-large"


def test_two_cells_that_span_the_largest_sheet_there_is(office: Office) -> None:
    row = f'<row r="1">{text_cell("A1", "Metai")}</row>'
    far = f'<row r="1048576">{text_cell("XFD1048576", "x")}</row>'
    path = raw_workbook(office.folder / "toli.xlsx", row + far)

    assert path.stat().st_size < 5_000
    assert refused(office, path).code == "file-unreadable"


def test_a_workbook_that_names_a_file_of_this_machine(office: Office) -> None:
    secret = office.folder / "paslaptis.txt"
    secret.write_text("slaptažodis", encoding="utf-8")
    path = raw_workbook(
        office.folder / "smalsi.xlsx",
        '<row r="1"><c r="A1" t="inlineStr"><is><t>&f;</t></is></c></row>',
        prolog=f'<!DOCTYPE worksheet [<!ENTITY f SYSTEM "{secret.as_uri()}">]>',
    )

    problem = refused(office, path)

    assert problem.code == "file-unreadable"
    assert "slaptažodis" not in problem.message()


def test_a_workbook_without_a_known_sheet(office: Office) -> None:
    path = office.grid("kita.xlsx", {"Lapas1": [["a", "b"], [1, 2]]})

    problem = refused(office, path)

    assert problem.code == "sheet-none-known"
    assert "Rodikliai" in problem.message()


def test_a_broken_file_among_others_stops_them_all(office: Office) -> None:
    broken = office.folder / "sugedo.xlsx"
    broken.write_bytes(b"x")

    outcomes = office.load(office.workbook(statistic=[{}]), broken)

    assert [outcome.accepted for outcome in outcomes] == [False, False]
    assert [outcome.version for outcome in outcomes] == [None, None]
    assert office.files() == {}


def test_a_workbook_without_pateikimas_needs_its_code_and_sender(office: Office) -> None:
    office.send("PIRMAS", response=[{}])
    path = office.grid("be-lapo.xlsx", {"Rodikliai": [HEADER, FIGURE]})
    before = office.files()

    [checked] = office.load(path, write=False)
    assert (checked.accepted, checked.delivery, checked.version) == (True, None, None)

    for given in ({}, {"delivery": "S-1"}, {"institution": "VRM"}):
        with pytest.raises(WrongUse, match=r"be-lapo\.xlsx .*--delivery .*--institution"):
            office.load(path, delivery=given.get("delivery"), institution=given.get("institution"))
    assert office.files() == before

    [loaded] = office.load(path, delivery="S-1", institution="vrm")
    assert (loaded.accepted, loaded.delivery, loaded.version) == (True, "S-1", 2)
    [_, version] = office.ask("overview/versions")
    assert (version["delivery"], version["institution"]) == ("S-1", "VRM")


def test_a_sender_that_nobody_defined(office: Office) -> None:
    path = office.grid("be-lapo.xlsx", {"Rodikliai": [HEADER, FIGURE]})

    [outcome] = office.load(path, delivery="S-1", institution="NĖRA")

    [problem] = outcome.problems
    assert (problem.sheet, problem.cell, problem.code, problem.value) == (
        None,
        None,
        "code-unknown",
        "NĖRA",
    )
    assert office.files() == {}
