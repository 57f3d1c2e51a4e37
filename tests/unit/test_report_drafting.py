"""A published report as a draft: word for word, how well names are recognised, what loads."""

import io
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from openpyxl.workbook.workbook import Workbook

from rapporteur.delivery import loading, template
from rapporteur.delivery.declaration import SHEET_OF_TABLE
from rapporteur.documents import report_drafting
from rapporteur.documents.report_drafting import Draft
from rapporteur.settings import DATA
from tests.conftest import MOMENT_OF_SHIPPED, Office
from tests.test_commands import PROBLEM_KEYS, Command

DAY = MOMENT_OF_SHIPPED.date()
TITLE = "2019 METAIS PATEIKTŲ INSTITUCIJOMS REKOMENDACIJŲ ĮGYVENDINIMO ATASKAITA"
SILENCE = "Duomenų šiuo klausimu nepateikta."

Row = dict[str, Any]
Named = set[tuple[str, str, str]]


def written(path: Path, rows: Iterable[tuple[str, str]], title: str = TITLE) -> Path:
    """A report of two columns; lines of a cell are its paragraphs."""
    document = docx.Document()
    document.add_paragraph(title)
    table = document.add_table(0, 2)
    for row in (("REKOMENDACIJA", "REZULTATAI"), *rows):
        for cell, words in zip(table.add_row().cells, row, strict=True):
            first, *rest = words.split("\n")
            cell.paragraphs[0].add_run(first)
            for further in rest:
                cell.add_paragraph(further)
    document.save(str(path))
    return path


def drafted(path: Path, target: Path, **given: Any) -> Draft:
    return report_drafting.draft(path, report_drafting.known(target, DAY), **given)


def opened(draft: Draft) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(draft.content))


def rows_of(book: Workbook, table: str) -> list[Row]:
    sheet = SHEET_OF_TABLE[table]
    cells = [
        row[: len(sheet.columns)]
        for row in book[sheet.name].iter_rows(min_row=template.FIRST_ROW + 1, values_only=True)
    ]
    names = [column.name for column in sheet.columns]
    found = [dict(zip(names, row, strict=True)) for row in cells if any(row)]
    return [row for row in found if not str(row[names[0]]).startswith("Pavyzdys: ")]


def shipped(file: str, table: str) -> list[Row]:
    """The rows of a workbook under data/."""
    sheet = SHEET_OF_TABLE[table]
    head, *rows = openpyxl.load_workbook(DATA / file)[sheet.name].iter_rows(values_only=True)
    names = {column.header: column.name for column in sheet.columns}
    return [dict(zip((names[str(one)] for one in head), row, strict=True)) for row in rows]


def named(rows: Iterable[Row]) -> Named:
    return {(row["recommendation"], row["institution"], row["role"]) for row in rows}


def reasons(draft: Draft, sheet: str) -> dict[str, str]:
    return {doubt.value: doubt.reason for doubt in draft.doubts if doubt.sheet == sheet}


@pytest.fixture(scope="module")
def published(shipped_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of 2020 as this program writes it."""
    path = tmp_path_factory.mktemp("published") / "ataskaita.docx"
    Command(shipped_database)("report", "2020", path)
    return path


@pytest.fixture(scope="module")
def of_2020(shipped_database: Path, published: Path) -> Draft:
    return drafted(published, shipped_database)


# The round trip -------------------------------------------------------------------------------


def test_recommendations_parts_and_results_are_those_of_the_report_word_for_word(
    of_2020: Draft,
) -> None:
    book = opened(of_2020)

    def of(rows: list[Row], *columns: str) -> list[tuple[Any, ...]]:
        return [tuple(row[name] for name in columns) for row in rows]

    for table, columns in (
        ("recommendation", ("code", "document", "number", "made_in", "text", "verb", "nature")),
        ("recommendation_part", ("recommendation", "part", "text")),
        ("result", ("recommendation", "part", "year", "position", "text")),
    ):
        ours = of(rows_of(book, table), *columns)
        theirs = of(shipped("rekomendacijos-2020.xlsx", table), *columns)
        assert [tuple(map(str, row)) for row in ours] == [tuple(map(str, row)) for row in theirs]
    assert of_2020.rows["recommendation"] == 7


def test_addressees_of_2020_are_recognised(of_2020: Draft) -> None:
    ours = named(rows_of(opened(of_2020), "addressee"))
    theirs = named(shipped("rekomendacijos-2020.xlsx", "addressee"))

    assert len(theirs) == 19
    # Nothing that was read is wrong: precision 16 of 16.
    assert ours - theirs == set()
    # Recall 16 of 19. The three are only mentioned in passing in the results, or are addressees
    # already; every addressee is found.
    assert theirs - ours == {
        ("R2020-1", "NAPPŽ", "bendradarbiaujanti institucija"),
        ("R2020-2", "VRM", "bendradarbiaujanti institucija"),
        ("R2020-7", "GP", "bendradarbiaujanti institucija"),
    }


def test_what_the_cases_leave_no_doubt_about_is_certain_and_the_rest_is_not(
    of_2020: Draft,
) -> None:
    doubted = set(reasons(of_2020, "Adresatai"))

    assert doubted == {
        "R2020-1: LPBPT",
        "R2020-1: NVO",
        "R2020-4: SAM",
        "R2020-4: NVO",
        "R2020-6: SAV",
    }


def test_who_answered_what_is_proposed_as_it_was_read_by_hand(of_2020: Draft) -> None:
    def of(rows: list[Row]) -> dict[tuple[str, str], tuple[str, str]]:
        return {
            (row["recommendation"], row["institution"]): (row["state"], row["text"])
            for row in rows
            if row["text"]
        }

    ours = of(rows_of(opened(of_2020), "response"))
    theirs = of(shipped("rekomendacijos-2020.xlsx", "response"))
    assert ours.keys() == theirs.keys()
    assert {key: text for key, (_, text) in ours.items()} == {
        key: text for key, (_, text) in theirs.items()
    }
    # That an answer covers a part only is a judgement of the analyst.
    assert {key for key in ours if ours[key] != theirs[key]} == {("R2020-4", "NTB")}
    silent = {key for key, (state, _) in ours.items() if state == "nepateikta"}
    assert silent == {
        ("R2020-3", "MIN"),
        ("R2020-3", "INST"),
        ("R2020-3", "NVO"),
        ("R2020-5", "TM"),
        ("R2020-6", "LSA"),
    }
    doubted = set(reasons(of_2020, "Atsakymai"))
    assert doubted.isdisjoint(f"{code}: {institution}" for code, institution in silent)
    spoken = ours.keys() - silent
    assert {f"{code}: {institution}" for code, institution in spoken} <= doubted


def test_addressees_nobody_speaks_of_get_no_row_but_a_line(of_2020: Draft) -> None:
    lines = {
        doubt.value: doubt.reason
        for doubt in of_2020.doubts
        if doubt.sheet == "Atsakymai" and doubt.cell is None
    }

    assert set(lines) == {
        "R2020-1: MIN",
        "R2020-1: INST",
        "R2020-4: SAM",
        "R2020-7: PD",
        "R2020-7: NTA",
    }
    assert all("neminima" in reason for reason in lines.values())


# Another text ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def measures(shipped_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Draft:
    """The Government's measures of 2021 in the form of a report, each below its heading."""
    text = (DATA / "documents" / "PROTOKOLAS-2021.txt").read_text(encoding="utf-8")
    rows, head = [], ""
    for line in map(str.strip, text.splitlines()):
        if re.match(r"\d\. .*:$", line):
            head = line.split(" ", 1)[1].rstrip(":")
        elif measure := re.match(r"(\d\.\d\.) (.*)", line):
            rows.append((f"{measure[1]} {head} {measure[2]}", SILENCE))
    assert len(rows) == 7
    path = tmp_path_factory.mktemp("measures") / "priemones.docx"
    return drafted(written(path, rows, "2021 m. priemonių ataskaita"), shipped_database)


def test_addressees_of_the_protocol_are_recognised(measures: Draft) -> None:
    def of(rows: Iterable[Row]) -> Named:
        return {(code.split("-")[-1], *rest) for code, *rest in map(list, named(rows))}  # type: ignore[misc]

    ours = of(rows_of(opened(measures), "addressee"))
    theirs = of(shipped("protokolas-2021.xlsx", "addressee"))

    # Precision and recall 10 of 10.
    assert len(theirs) == 10
    assert ours == theirs


def test_numbers_that_are_written_are_kept_and_the_silent_told(measures: Draft) -> None:
    book = opened(measures)

    assert [(row["number"], row["code"]) for row in rows_of(book, "recommendation")][:2] == [
        ("2.1", "R2021-2.1"),
        ("2.2", "R2021-2.2"),
    ]
    states = {row["state"] for row in rows_of(book, "response")}
    addressees = {key for key in named(rows_of(book, "addressee")) if key[2] == "adresatas"}
    assert states == {"nepateikta"}
    assert measures.rows["response"] == len(addressees) == 7


# Written in the manner of such recommendations, with whom they address and who co-operates.
THIRD_TEXT = (
    (
        "Lietuvos Respublikos socialinės apsaugos ir darbo ministerijai (SADM) rekomenduotina "
        "užtikrinti nevyriausybinių organizacijų, teikiančių pagalbą aukoms, finansavimą.",
        "SADM",
        "",
    ),
    (
        "Valstybinei darbo inspekcijai, bendradarbiaujant su Policijos departamentu ir Migracijos "
        "departamentu, siūlytina vykdyti bendrus patikrinimus.",
        "VDI",
        "PD MD",
    ),
    (
        "Siūlytina Užsienio reikalų ministerijai ir Vidaus reikalų ministerijai tartis su kilmės "
        "šalimis.",
        "VRM",
        "",
    ),
    (
        "Savivaldybėms rekomenduotina paskirti atsakingus asmenis ir apie juos informuoti Vidaus "
        "reikalų ministeriją.",
        "SAV",
        "",
    ),
    (
        "Generalinei prokuratūrai ir Policijos departamentui rekomenduotina užtikrinti, kad "
        "pareigūnai informuotų aukas apie NVO teikiamą pagalbą.",
        "GP PD",
        "",
    ),
    (
        "Nacionalinei švietimo agentūrai kartu su Švietimo, mokslo ir sporto ministerija parengti "
        "metodiką mokytojams.",
        "NŠA",
        "ŠMSM",
    ),
    (
        "Užimtumo tarnybai siūlytina skelbti informaciją ieškantiems darbo; Valstybinei darbo "
        "inspekcijai – tikrinti darbdavius.",
        "UŽT VDI",
        "",
    ),
    (
        "Rekomenduotina, kad Sveikatos apsaugos ministerija parengtų tvarką ir ją suderintų su "
        "Teisingumo ministerija.",
        "SAM",
        "TM",
    ),
    (
        "Vilniaus, Kauno ir Klaipėdos miestų savivaldybėms siūlytina steigti grupes.",
        "LT-57 LT-15 LT-20",
        "",
    ),
    (
        "Vilniaus miesto ir Kauno rajono savivaldybėms siūlytina stiprinti prevenciją.",
        "LT-57 LT-16",
        "",
    ),
    ("Tikslinga tęsti mokymus teismų ir prokuratūros darbuotojams.", "", ""),
    (
        "Ministerijoms ir Lietuvos policijos mokyklai siūlytina atnaujinti programas.",
        "MIN LPM",
        "",
    ),
    (
        "Lietuvos Caritui, Kovos su prekyba žmonėmis ir išnaudojimu centrui (KOPŽI) ir kitoms NVO "
        "siūlytina teikti pagalbą.",
        "CARITAS KOPŽI NVO",
        "",
    ),
    (
        "Seimo kontrolierių įstaigai siūlytina stebėti, kaip ministerijos įgyvendina "
        "rekomendacijas.",
        "LRSK",
        "",
    ),
)


def test_names_of_a_third_text_are_recognised(shipped_database: Path, tmp_path: Path) -> None:
    path = written(tmp_path / "a.docx", [(text, SILENCE) for text, _, _ in THIRD_TEXT])
    draft = drafted(path, shipped_database)

    ours = named(rows_of(opened(draft), "addressee"))
    theirs = {
        (f"R2019-{number}", code, role)
        for number, (_, addressees, partners) in enumerate(THIRD_TEXT, 1)
        for role, codes in (
            ("adresatas", addressees),
            ("bendradarbiaujanti institucija", partners),
        )
        for code in codes.split()
    }
    # Precision and recall 25 of 25.
    assert len(theirs) == 25
    assert ours == theirs
    assert "R2019-3: Užsienio reikalų ministerijai" in reasons(draft, "Adresatai")


# Readings -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("recommendation", "addressees", "partners"),
    [
        ("Siūlytina Teisingumo ministerijai parengti tvarką.", "TM", ""),
        ("Teisingumo ministerijai kartu su Vidaus reikalų ministerija siūlytina.", "TM", "VRM"),
        ("VRM ir SADM siūlytina parengti tvarką.", "VRM SADM", ""),
        (
            "Siūlytina VRM, GP ir NTA, bendradarbiaujant su NVO, rengti mokymus.",
            "VRM GP NTA",
            "NVO",
        ),
        ("SADM, bendradarbiaujant su NVO ir LSA, siūlytina.", "SADM", "NVO LSA"),
        ("Vyriausybei siūlytina pavesti Teisingumo ministerijai parengti tvarką.", "LRV", "TM"),
        ("Policijos departamentas prie VRM turėtų vertinti riziką.", "PD", ""),
        ("Atsižvelgiant į ministerijų ir GP siūlymus, TM rekomenduotina veikti.", "TM", ""),
        ("VRM – parengti tvarką kartu su kitomis ministerijomis.", "VRM", "MIN"),
        ("Ministerijoms, NVO ir LSA rekomenduotina taikyti.", "MIN NVO LSA", ""),
        ("Savivaldybės turėtų paskirti koordinatorius.", "SAV", ""),
        (
            "Siekiant padėti savivaldybėms, Migracijos departamentui prie VRM siūlytina.",
            "MD",
            "SAV",
        ),
        ("Siūlytina užtikrinti pagalbą aukoms.", "", ""),
        ("Vidaus reikalų ministerijos duomenimis, siūlytina stiprinti prevenciją.", "", ""),
        ("Siūlytina: Teisingumo ministerijai rengti; informuoti Vyriausybę.", "TM", ""),
        ("Vilniaus m. savivaldybei ir Kauno rajono savivaldybei siūlytina.", "LT-57 LT-16", ""),
        (
            "Vidaus reikalų ir Teisingumo ministerijoms pavesti parengti planą.",
            "VRM TM",
            "",
        ),
        ("Rekomenduoti ministerijoms teikti duomenis Generalinei prokuratūrai.", "MIN", "GP"),
    ],
)
def test_roles_follow_from_case_and_place(
    shipped_database: Path,
    tmp_path: Path,
    recommendation: str,
    addressees: str,
    partners: str,
) -> None:
    path = written(tmp_path / "a.docx", [(recommendation, SILENCE)])
    draft = drafted(path, shipped_database)

    told = {(row["institution"], row["role"]) for row in rows_of(opened(draft), "addressee")}
    assert told == {(code, "adresatas") for code in addressees.split()} | {
        (code, "bendradarbiaujanti institucija") for code in partners.split()
    }
    if not addressees:
        assert "Adresato" in reasons(draft, "Rekomendacijos")[recommendation]
        assert "response" not in draft.rows


def test_parts_are_told_by_their_marks_or_by_a_list_and_never_made_up(
    shipped_database: Path, tmp_path: Path
) -> None:
    path = written(
        tmp_path / "a.docx",
        [
            ("Ministerijoms siūlytina: 1) viena; 2) kita.", SILENCE),
            ("Ministerijoms siūlytina:\n– VRM parengti tvarką;\n– taikyti ją.", SILENCE),
            ("Ministerijoms siūlytina (žr. b) punktą) taikyti a) tvarką.", SILENCE),
        ],
    )
    draft = drafted(path, shipped_database)

    parts = [
        (row["recommendation"], row["part"], row["text"])
        for row in rows_of(opened(draft), "recommendation_part")
    ]
    assert parts == [
        ("R2019-1", "1", "viena;"),
        ("R2019-1", "2", "kita."),
        ("R2019-2", "a", "VRM parengti tvarką;"),
        ("R2019-2", "b", "taikyti ją."),
    ]
    assert "R2019-2: a" in reasons(draft, "Dalys")
    assert "R2019-1: 1" not in reasons(draft, "Dalys")
    of_parts = [
        (row["part"], row["institution"])
        for row in rows_of(opened(draft), "addressee")
        if row["part"]
    ]
    assert of_parts == [("a", "VRM")]


def test_an_unknown_body_is_told_and_not_entered(shipped_database: Path, tmp_path: Path) -> None:
    path = written(
        tmp_path / "a.docx", [("Krašto apsaugos ministerijai ir VRM siūlytina.", SILENCE)]
    )
    draft = drafted(path, shipped_database)

    assert "R2019-1: Krašto apsaugos ministerijai" in reasons(draft, "Adresatai")
    assert [row["institution"] for row in rows_of(opened(draft), "addressee")] == ["VRM"]
    assert "Institucijos" in opened(draft).sheetnames


def test_who_says_what_is_told_sentence_by_sentence(shipped_database: Path, tmp_path: Path) -> None:
    results = [
        "2019 m. Policijos departamentas surengė mokymus. Juose dalyvavo GP. VRM parengė tvarką.",
        "Surengtos paskaitos.",
        "TM duomenų šiuo klausimu nepateikė.",
    ]
    path = written(tmp_path / "a.docx", [("Ministerijoms ir TM siūlytina.", "\n".join(results))])
    draft = drafted(path, shipped_database)

    told = {
        row["institution"]: (row["state"], row["text"])
        for row in rows_of(opened(draft), "response")
    }
    assert told == {
        "PD": ("pateikta", "2019 m. Policijos departamentas surengė mokymus. Juose dalyvavo GP."),
        "VRM": ("pateikta", "VRM parengė tvarką."),
        "TM": ("nepateikta", "TM duomenų šiuo klausimu nepateikė."),
    }
    assert [row["text"] for row in rows_of(opened(draft), "result")] == results
    assert list(reasons(draft, "Rezultatai")) == ["R2019-1: Surengtos paskaitos."]


def test_places_that_our_own_report_leaves_open_say_nothing(
    shipped_database: Path, tmp_path: Path
) -> None:
    path = written(
        tmp_path / "a.docx", [("VRM siūlytina.", "[atsakymo laukiama]"), ("TM siūlytina.", "")]
    )
    draft = drafted(path, shipped_database)

    assert "result" not in draft.rows
    assert "response" not in draft.rows
    assert list(reasons(draft, "Atsakymai")) == ["R2019-1", "R2019-2"]


def test_what_the_text_says_of_time_is_proposed(shipped_database: Path, tmp_path: Path) -> None:
    path = written(
        tmp_path / "a.docx",
        [
            ("VRM siūlytina nuolat mokyti iki 2021 m. gruodžio 31 d.", SILENCE),
            ("VRM siūlytina mokyti iki 2021 m. vasario 30 d.", SILENCE),
        ],
    )
    [first, second] = rows_of(opened(drafted(path, shipped_database)), "recommendation")

    assert (first["nature"], str(first["due_on"])[:10]) == ("nuolatinis", "2021-12-31")
    assert (second["nature"], second["due_on"]) == (None, None)


def test_words_repeated_without_end_are_read_in_the_time_of_a_report(
    shipped_database: Path, tmp_path: Path
) -> None:
    rows = [
        (words * (6_000 // len(words)), words * (6_000 // len(words)))
        for words in ("Policijos departamentui prie ", "Vidaus reikalų, ", "a) ", "Taip. ", "VRM ")
    ]
    draft = drafted(written(tmp_path / "a.docx", rows), shipped_database)

    assert draft.rows["result"] == len(rows)


# Codes ----------------------------------------------------------------------------------------


def test_a_report_that_is_loaded_already_keeps_its_codes_and_says_so(of_2020: Draft) -> None:
    codes = [row["code"] for row in rows_of(opened(of_2020), "recommendation")]

    assert codes == [f"R2020-{number}" for number in range(1, 8)]
    assert "VRM-REKOMENDACIJOS-2020" in reasons(of_2020, "Rekomendacijos")[", ".join(codes)]
    assert [notice.code for notice in of_2020.notices] == ["report-read"]


def test_a_code_of_another_recommendation_is_not_taken(
    shipped_database: Path, tmp_path: Path
) -> None:
    rows = [("VRM siūlytina kita.", SILENCE), ("8. VRM viena.", SILENCE), ("8. VRM dvi.", SILENCE)]
    path = written(tmp_path / "a.docx", rows, "2020 m. ataskaita")
    draft = drafted(path, shipped_database)

    codes = [row["code"] for row in rows_of(opened(draft), "recommendation")]
    assert codes == ["R2020-1-2", "R2020-8", "R2020-8-2"]
    assert [row["code"] for row in rows_of(opened(draft), "document")] == ["ATASKAITA-2020-2"]


# What becomes of it ---------------------------------------------------------------------------

ROWS = (
    (
        "Vidaus reikalų ministerijai kartu su NVO siūlytina: a) nuolat mokyti; b) vertinti.",
        "VRM surengė mokymus.\nTaip pat surengtos paskaitos.",
    ),
    ("Lietuvos savivaldybių asociacijai siūlytina rekomenduoti savivaldybėms veikti.", SILENCE),
)


def loads(target: Path, draft: Draft, folder: Path) -> loading.Outcome:
    path = folder / "juodrastis.xlsx"
    path.write_bytes(draft.content)
    [outcome] = loading.load([path], target, moment=MOMENT_OF_SHIPPED, actor="tester")
    return outcome


def test_a_report_of_another_year_loads_beside_the_shipped_one(tmp_path: Path) -> None:
    target = tmp_path / "nauja.duckdb"
    loading.load(loading.shipped(), target, moment=MOMENT_OF_SHIPPED, actor="tester")
    draft = drafted(written(tmp_path / "a.docx", ROWS), target)

    outcome = loads(target, draft, tmp_path)
    assert [problem.message() for problem in outcome.problems] == []
    assert outcome.accepted
    assert outcome.delivery == "ATASKAITA-2019"
    assert outcome.rows == {
        "document": 1,
        "recommendation": 2,
        "recommendation_part": 2,
        "addressee": 4,
        "response": 2,
        "result": 3,
    }
    assert {notice.code for notice in outcome.notices} == {"sheet-unknown"}
    command = Command(target)
    coverage = {
        row["year"]: row["recommendations"]
        for row in command.json("ask", "implementation/coverage", "--format", "json")
    }
    assert coverage[2019] == 2
    states = {
        (row["recommendation"], row["institution"]): row["state"]
        for row in command.json(
            "ask", "implementation/answer_matrix", "--param", "year=2019", "--format", "json"
        )
        if row["is_addressee"]
    }
    assert states["R2019-2", "LSA"] == "nepateikta"
    assert states["R2019-1", "VRM"] == "pateikta"
    # What was written is written again, and reads as it did.
    command("report", "2019", tmp_path / "vel.docx")
    again = drafted(tmp_path / "vel.docx", target)
    assert [(row["text"]) for row in rows_of(opened(again), "result")] == [
        row["text"] for row in rows_of(opened(draft), "result")
    ]


def test_of_a_report_loaded_already_answers_and_results_load_alone(
    tmp_path: Path, published: Path
) -> None:
    target = tmp_path / "nauja.duckdb"
    loading.load(loading.shipped(), target, moment=MOMENT_OF_SHIPPED, actor="tester")
    draft = drafted(published, target)
    refused = loads(target, draft, tmp_path)
    assert {problem.code for problem in refused.problems} == {"code-twice"}

    # What the sheet Patvirtinti says to do.
    book = opened(draft)
    for sheet in ("Dokumentai", "Rekomendacijos", "Dalys", "Adresatai"):
        book[sheet].delete_rows(template.FIRST_ROW + 1, 100)
    path = tmp_path / "patvirtinta.xlsx"
    book.save(path)
    [outcome] = loading.load([path], target, moment=MOMENT_OF_SHIPPED, actor="tester")
    assert [problem.message() for problem in outcome.problems] == []
    assert {table: rows for table, rows in outcome.rows.items() if rows} == {
        "response": 13,
        "result": 10,
    }


def test_into_an_empty_database_institutions_come_first(office: Office, published: Path) -> None:
    nothing = drafted(published, office.target)
    assert "knows no institutions" in " ".join(one.message() for one in nothing.notices)
    assert "addressee" not in nothing.rows
    assert nothing.rows["recommendation"] == 7
    [sender] = [doubt for doubt in nothing.doubts if doubt.cell == "B3"]
    assert sender.sheet == "Pateikimas"

    office.send("INSTITUCIJOS", institution=shipped("rekomendacijos-2020.xlsx", "institution"))
    draft = drafted(published, office.target)
    assert draft.rows["addressee"] == 16
    outcome = loads(office.target, draft, office.folder)
    assert [problem.message() for problem in outcome.problems] == []
    assert outcome.rows["result"] == 10


# What the analyst sees ------------------------------------------------------------------------


def test_every_doubt_is_coloured_explained_and_listed(of_2020: Draft) -> None:
    book = opened(of_2020)
    listed = [
        (str(row[1]), str(row[2]), str(row[4]))
        for row in book["Patvirtinti"].iter_rows(values_only=True)
        if row[0] and str(row[0]).isdigit()
    ]

    assert book.sheetnames[0] == "Patvirtinti"
    assert len(listed) == len(of_2020.doubts)
    for doubt in of_2020.doubts:
        assert (doubt.sheet, doubt.cell or "–", doubt.reason) in listed
        if doubt.cell is None:
            continue
        cell = book[doubt.sheet][doubt.cell]
        assert cell.fill.fgColor.rgb == "FFFFF1D6", (doubt.sheet, doubt.cell)
        is_told_once = ", " in doubt.value or "–" in doubt.value
        assert is_told_once or cell.comment.text.endswith(doubt.reason)


def test_links_lead_to_the_cells(of_2020: Draft) -> None:
    book = opened(of_2020)
    links = {
        (link.location.split("!")[0].strip("'"), link.location.split("!")[1])
        for row in book["Patvirtinti"].iter_rows()
        for cell in row
        if (link := cell.hyperlink)
    }

    assert links == {(doubt.sheet, doubt.cell) for doubt in of_2020.doubts if doubt.cell}


def test_the_same_report_gives_the_same_bytes(
    of_2020: Draft, published: Path, shipped_database: Path
) -> None:
    assert drafted(published, shipped_database).content == of_2020.content


# The command ----------------------------------------------------------------------------------


def test_the_command_writes_the_draft_and_tells_of_it(
    shipped_database: Path, published: Path, tmp_path: Path
) -> None:
    command, out = Command(shipped_database), tmp_path / "juodrastis.xlsx"

    told = command("import-report", published, out).stdout
    assert told.startswith(f"{out}\n")
    assert "recommendation: 7" in told
    assert "Patvirtinti" in told
    assert "Patvirtinti" in openpyxl.load_workbook(out).sheetnames
    document = command.json("import-report", published, out)
    assert document["accepted"] is True
    assert document["file"] == str(out)
    assert (document["year"], document["delivery"]) == (2020, "ATASKAITA-2020")
    assert document["rows"]["result"] == 10
    assert document["problems"] == []
    assert {key for one in document["to_confirm"] for key in one} == {
        "sheet",
        "cell",
        "value",
        "reason",
    }
    assert {key for one in document["notices"] for key in one} == PROBLEM_KEYS


def test_the_command_refuses_what_is_no_report_and_writes_nothing(
    shipped_database: Path, tmp_path: Path
) -> None:
    command, out = Command(shipped_database), tmp_path / "juodrastis.xlsx"
    path = tmp_path / "blogas.docx"
    path.write_text("ne", encoding="utf-8")

    told = command("import-report", path, out, exit_code=1)
    assert told.stdout == ""
    assert told.stderr == (
        "blogas.docx: Tai ne „Word“ dokumentas. Atverkite jį programa „Word“ ir išsaugokite "
        "kaip .docx. [file-unreadable]\n"
    )
    document = command.json("import-report", path, out, exit_code=1)
    assert (document["accepted"], document["file"], document["problem_count"]) == (False, None, 1)
    assert document["problems"][0].keys() == PROBLEM_KEYS
    assert not out.exists()


def test_the_year_is_asked_where_nothing_says_it(shipped_database: Path, tmp_path: Path) -> None:
    command, out = Command(shipped_database), tmp_path / "juodrastis.xlsx"
    path = written(tmp_path / "a.docx", ROWS, "Įgyvendinimo ataskaita")

    assert "--year" in command("import-report", path, out, exit_code=1).stderr
    assert command.json("import-report", path, out, "--year", "2018")["year"] == 2018
    suggested = path.rename(tmp_path / "ataskaita-2017.docx")
    document = command.json("import-report", suggested, out)
    assert document["year"] == 2017
    [why] = [one["reason"] for one in document["to_confirm"] if one["sheet"] == "Pateikimas"]
    assert "--year" in why
    against = written(tmp_path / "b.docx", ROWS)
    notices = command.json("import-report", against, out, "--year", "2018")["notices"]
    assert "2019" in notices[0]["message"]


def test_wrong_use_is_told_in_a_sentence(
    shipped_database: Path, published: Path, tmp_path: Path
) -> None:
    command, out = Command(shipped_database), tmp_path / "juodrastis.xlsx"

    assert ".xlsx" in command.refuses("import-report", published, tmp_path / "a.docx")
    assert "nera.docx" in command.refuses("import-report", tmp_path / "nera.docx", out)
    assert "juodrastis" in command.refuses("import-report", published, out / "a" / out.name)
    assert "1899" in command.refuses("import-report", published, out, "--year", "1899")
    assert command.refuses("import-report", tmp_path, out)
