"""The draft protocol for Word: in the Government's form, word for word, in the right case."""

import io
import re
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from rapporteur.delivery import loading
from rapporteur.documents import protocol
from rapporteur.settings import DATA
from tests.conftest import DAY, MOMENT_OF_SHIPPED, Office
from tests.test_commands import Command


def written(target: Path, code: str, **given: Any) -> Any:
    warehouse = loading.open_renewed(target)
    try:
        day = given.pop("as_of", DAY)
        return docx.Document(io.BytesIO(protocol.protocol(warehouse, code, as_of=day)))
    finally:
        warehouse.close()


def plain(words: str) -> str:
    return re.sub(r"\s+", " ", words.replace("[bookmark: _GoBack]", "")).strip()


def paragraphs(document: Any) -> list[str]:
    return [plain(paragraph.text) for paragraph in document.paragraphs if plain(paragraph.text)]


DATIVES = [
    {"code": "VRM", "name": "Vidaus reikalų ministerija", "dative": "Vidaus reikalų ministerijai"},
    {"code": "GP", "name": "Generalinė prokuratūra", "dative": "Generalinei prokuratūrai"},
    {"code": "SAM", "name": "Sveikatos apsaugos ministerija", "dative": "SAM"},
]


def points(office: Office, *measures: tuple[str, str | None, str, list[str]]) -> list[str]:
    """The points of a protocol of these measures: number, verb, text and whom it asks."""
    office.send(
        institution=DATIVES,
        document=[{"code": "P", "kind": "protokolas", "status": "projektas"}],
        recommendation=[
            {"code": f"P-{number}", "document": "P", "number": number, "verb": verb, "text": text}
            for number, verb, text, _ in measures
        ],
        addressee=[
            {"recommendation": f"P-{number}", "institution": one}
            for number, _, _, asked in measures
            for one in asked
        ],
    )
    said = paragraphs(written(office.target, "P"))
    return [words for words in said if re.match(r"\d+(\.\d+)*\. ", words)][1:]


def test_measures_of_one_addressee_stand_under_it(office: Office) -> None:
    assert points(
        office,
        ("2.1", "Pasiūlyti", "daryti;", ["VRM", "GP"]),
        ("2.10", "Pasiūlyti", "vėliau.", ["VRM", "GP"]),
        ("2.2", "Pasiūlyti", "rašyti;", ["VRM", "GP"]),
    ) == [
        "2. Pasiūlyti Generalinei prokuratūrai ir Vidaus reikalų ministerijai:",
        "2.1. daryti;",
        "2.2. rašyti;",
        "2.10. vėliau.",
    ]


def test_a_point_of_one_measure_is_one_sentence(office: Office) -> None:
    assert points(
        office,
        ("2", "Pavesti", "parengti tvarką.", ["VRM"]),
        ("3", None, "pritarti.", ["VRM", "GP", "SAM"]),
    ) == [
        "2. Pavesti Vidaus reikalų ministerijai parengti tvarką.",
        "3. [formuluotė nenurodyta] Generalinei prokuratūrai, SAM ir Vidaus reikalų ministerijai "
        "pritarti.",
    ]


def test_where_addressees_differ_each_measure_names_its_own(office: Office) -> None:
    assert points(
        office,
        ("2.1", "Pasiūlyti", "daryti;", ["VRM"]),
        ("2.2", "Pasiūlyti", "rašyti.", ["GP"]),
    ) == [
        "2. Pasiūlyti:",
        "2.1. Vidaus reikalų ministerijai – daryti;",
        "2.2. Generalinei prokuratūrai – rašyti.",
    ]


def test_the_draft_of_2021_is_the_office_s_own_paragraph_by_paragraph(
    shipped_database: Path,
) -> None:
    ours = paragraphs(written(shipped_database, "PROTOKOLAS-2021", as_of=MOMENT_OF_SHIPPED.date()))

    original = (DATA / "documents" / "PROTOKOLAS-2021.txt").read_text(encoding="utf-8")
    theirs = [plain(line) for line in original.splitlines() if plain(line)]
    [title] = [line for line in theirs if line.startswith("Dėl ")]
    place = theirs.index(title)
    # The text of the original breaks off before the last word of its title.
    assert ours[place] == f"{title} žmonėmis"
    assert len(theirs) == 17
    assert ours[:place] + ours[place + 1 :] == theirs[:place] + theirs[place + 1 :]


def test_an_adopted_protocol_is_no_draft_and_has_its_day(office: Office) -> None:
    office.send(
        institution=DATIVES,
        document=[
            {
                "code": "P",
                "kind": "protokolas",
                "status": "priimtas",
                "dated_on": "2022-03-01",
            }
        ],
        recommendation=[{"code": "P-1", "document": "P", "number": "2", "made_in": 2022}],
        addressee=[{"recommendation": "P-1"}],
    )

    said = paragraphs(written(office.target, "P"))
    assert "Projektas" not in said
    assert "2022 m. kovo 1 d. Nr." in said


def test_it_can_be_read_aloud(shipped_database: Path) -> None:
    document = written(shipped_database, "PROTOKOLAS-2021", as_of=MOMENT_OF_SHIPPED.date())

    assert [p.text for p in document.paragraphs if p.style.name == "Heading 1"] == [
        "LIETUVOS RESPUBLIKOS VYRIAUSYBĖS",
        "PASITARIMO",
        "PROTOKOLAS",
    ]
    languages = {one.get(qn("w:val")) for one in document.styles.element.iter(qn("w:lang"))}
    assert languages == {"lt-LT"}


@pytest.mark.parametrize(
    ("name", "dative", "expected"),
    [
        ("Lietuvos Respublikos vidaus reikalų ministerija", None, None),
        (
            "Lietuvos Respublikos vidaus reikalų ministerija",
            "Lietuvos Respublikos vidaus reikalų ministerijai",
            "Vidaus reikalų ministerijai",
        ),
        ("atsakingos įstaigos", "atsakingoms įstaigoms", "atsakingoms įstaigoms"),
        ("Alytaus miesto savivaldybė", None, "Alytaus miesto savivaldybei"),
    ],
)
def test_a_name_in_the_dative(name: str, dative: str | None, expected: str | None) -> None:
    assert protocol.dative({"name": name, "dative": dative}) == expected


def test_an_unknown_document_and_a_missing_dative_are_told(office: Office) -> None:
    office.send(
        document=[{"code": "P", "kind": "protokolas"}],
        institution=[{"code": "X", "name": "Kažkas"}],
        recommendation=[{"code": "P-1", "document": "P", "number": "2.1"}],
        addressee=[{"recommendation": "P-1", "institution": "X"}],
    )
    command = Command(office.target)

    assert "„Q“" in command.refuses("protocol", "Q", office.folder / "p.docx")
    assert "„X“" in command.refuses("protocol", "P", office.folder / "p.docx")
    assert not (office.folder / "p.docx").exists()


def test_the_command_writes_it(shipped_database: Path, tmp_path: Path) -> None:
    out = tmp_path / "protokolas.docx"
    Command(shipped_database)("protocol", "PROTOKOLAS-2021", out)

    assert "PROTOKOLAS" in paragraphs(docx.Document(str(out)))
