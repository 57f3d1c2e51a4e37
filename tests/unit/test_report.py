"""The report for Word: the office's own form, word for word, and nothing made up."""

import io
import re
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn

from rapporteur.delivery import loading
from rapporteur.delivery.loading import WrongUse
from rapporteur.documents import report
from rapporteur.settings import DATA
from tests.conftest import DAY, MOMENT_OF_SHIPPED, Office, Row
from tests.libreoffice import needs_writer, saved_by_libreoffice
from tests.test_commands import Command


def written(target: Path, year: int = 2020, **given: Any) -> Document:
    warehouse = loading.open_renewed(target)
    try:
        day = given.pop("as_of", DAY)
        return docx.Document(io.BytesIO(report.report(warehouse, year, as_of=day, **given)))
    finally:
        warehouse.close()


def plain(words: str) -> str:
    """Runs of spaces are one; the text of the original also holds a mark of the Word program."""
    return re.sub(r"\s+", " ", words.replace("[bookmark: _GoBack]", "")).strip()


def cells(document: Document) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in document.tables[0].rows]


def test_the_report_of_2020_is_the_office_s_own_paragraph_by_paragraph(
    shipped_database: Path,
) -> None:
    document = written(shipped_database, as_of=MOMENT_OF_SHIPPED.date())

    ours = [plain(paragraph.text) for paragraph in document.paragraphs]
    for row in document.tables[0].rows:
        ours += [plain(paragraph.text) for cell in row.cells for paragraph in cell.paragraphs]
    original = (DATA / "documents" / "ATASKAITA-2020.txt").read_text(encoding="utf-8")
    theirs = [plain(line) for line in original.splitlines() if plain(line)]
    assert len(theirs) == 20
    assert ours == theirs


def test_the_title_follows_the_year_and_the_misprint_stays_in_2020(office: Office) -> None:
    office.send(
        recommendation=[{"code": "R1"}, {"code": "R2", "number": "2", "made_in": 2021}],
        addressee=[{}, {"recommendation": "R2"}],
        result=[{}, {"recommendation": "R2", "year": 2021}],
    )

    of_2020, of_2021 = (written(office.target, year).paragraphs[0] for year in (2020, 2021))
    assert of_2020.text.startswith("2020 METAIS PATEIKTŲ INSTITUCIJOMS REKOMANDACIJŲ DĖL")
    assert of_2021.text.startswith("2021 METAIS PATEIKTŲ INSTITUCIJOMS REKOMENDACIJŲ DĖL")


@pytest.mark.parametrize(
    ("tables", "results"),
    [
        ({"result": [{"text": "A."}, {"position": 2, "text": "B."}]}, "A.\nB."),
        ({"response": [{"state": "nepateikta"}]}, "Duomenų šiuo klausimu nepateikta."),
        # What nobody wrote is marked, never made up.
        ({"response": [{"text": "Atsakyta."}]}, "[duomenų pateikta, rezultatai dar neaprašyti]"),
        (
            {"request": [{"due_on": "2030-01-01"}]},
            "[atsakymo laukiama iki 2030 m. sausio 1 d.]",
        ),
        ({"addressee": [{}]}, "[duomenų neprašyta]"),
        ({"response": [{"state": "netaikoma"}]}, "[netaikoma]"),
        # What a body that was not asked gave is no answer of the one that was.
        (
            {"response": [{"state": "nepateikta"}, {"institution": "PD"}]},
            "Duomenų šiuo klausimu nepateikta.\n[duomenis pateikė ne adresatas: PD]",
        ),
    ],
)
def test_a_place_without_the_report_s_words_says_what_is_known(
    office: Office, tables: dict[str, Any], results: str
) -> None:
    # Another recommendation opens the year where nothing is known of the first.
    opening: Row = {"recommendation": "R2", "institution": "SAM"}
    tables = {"addressee": [{}], **tables}
    tables["response"] = [*tables.get("response", []), opening]
    office.send(
        institution=[{"code": "VRM"}, {"code": "SAM"}, {"code": "PD", "name": "PD"}],
        recommendation=[{}, {"code": "R2", "number": "2", "made_in": 2019}],
        **tables,
    )

    [row] = cells(written(office.target))[1:]
    assert [plain(cell) if "\n" not in cell else cell for cell in row] == [
        "Rekomenduotina.",
        results,
    ]


def test_one_addressee_s_silence_is_not_told_as_that_of_all(office: Office) -> None:
    """Each is told in its own state: who gave data, who is silent, awaited, or not asked."""
    names = {"VRM": "Pirma", "SAM": "Antra", "PD": "Trečia", "GP": "Ketvirta"}
    office.send(
        institution=[{"code": code, "name": name} for code, name in names.items()],
        addressee=[{"institution": code} for code in names],
        request=[
            {"institution": "SAM"},
            {"institution": "PD", "due_on": "2021-02-01", "extended_to": "2021-04-01"},
        ],
    )
    silent, awaited = "Antra – nepateikta", "Trečia – laukiama iki 2021 m. balandžio 1 d."

    def results() -> list[str]:
        [[_, said]] = cells(written(office.target))[1:]
        return [plain(line).strip("[]") for line in said.splitlines()]

    assert results() == [silent, awaited, "Ketvirta – neprašyta", "Pirma – neprašyta"]

    office.send("T-2", response=[{"institution": "GP", "state": "pateikta iš dalies"}])
    assert results() == [
        "rezultatai dar neaprašyti",
        "Ketvirta – pateikta iš dalies",
        silent,
        awaited,
        "Pirma – neprašyta",
    ]


def test_counts_and_charts_are_of_the_rows_of_the_table(office: Office) -> None:
    """What lasts from earlier years counts in the year, and not under a table of another."""
    office.send(
        recommendation=[
            {"code": "R0", "number": "9", "made_in": 2019, "nature": "nuolatinis"},
            {"code": "R1"},
            {"code": "R2", "number": "2"},
        ],
        addressee=[{"recommendation": code} for code in ("R0", "R1", "R2")],
        request=[{"due_on": "2030-01-01"}],
        response=[{"recommendation": "R0"}],
    )

    document = written(office.target, options=["coverage", "charts", "judgements", "sources"])

    said = [plain(paragraph.text) for paragraph in document.paragraphs]
    assert len(cells(document)) - 1 == 2
    assert (
        "Iš viso: 2 rekomendacijos. Visi adresatai atsakė: 0; atsakyta iš dalies: 0; niekas "
        "neatsakė: 2 (iš jų atsakymo dar laukiama: 1, neprašyta: 1); netaikoma: 0."
    ) in said
    answers, judgements = (plain(picture.get("descr")) for picture in pictures(document))
    assert answers.endswith("laukiama: 1; neprašyta: 1.")
    assert judgements.endswith("nevertinta – duomenų nepateikta: 2.")


def test_what_is_judged_stands_in_a_column_of_its_own(office: Office) -> None:
    office.send(addressee=[{}], response=[{}], result=[{}], assessment=[{"assessor": "VRM"}])

    header, row = cells(written(office.target, options=["judgements"]))
    assert header == ["REKOMENDACIJA", "REZULTATAI", "NACIONALINIO PRANEŠĖJO VERTINIMAS"]
    assert row[1] == "Rezultatas."
    assert row[2] == "įgyvendinta\nPagrindimas."


def test_what_continues_a_recommendation_is_a_reading_until_confirmed(
    shipped_database: Path,
) -> None:
    document = written(shipped_database, as_of=MOMENT_OF_SHIPPED.date(), options=["lineage"])

    header, *rows = cells(document)
    assert header[2] == "KAS TĘSIA"
    links = [link for row in rows for link in row[2].splitlines() if link != "–"]
    # All fifteen, but for the general duty to supply data, which continues nothing in particular.
    assert len(links) == 15
    assert all(link.endswith("(pranešėjo nepatvirtinta)") for link in links)


def test_coverage_tells_counts_and_bounds(shipped_database: Path) -> None:
    document = written(shipped_database, as_of=MOMENT_OF_SHIPPED.date(), options=["coverage"])

    said = [paragraph.text for paragraph in document.paragraphs]
    assert "Iš viso: 7 rekomendacijos. Visi adresatai atsakė: 1; atsakyta iš dalies: 3" in said[2]
    assert said[3] == "Įgyvendinta: ne mažiau kaip 0 ir ne daugiau kaip 7; nevertinta: 7."


def pictures(document: Document) -> list[Any]:
    return list(document.element.body.iter(qn("wp:docPr")))


def test_charts_are_pictures_that_say_what_they_show(shipped_database: Path) -> None:
    document = written(shipped_database, as_of=MOMENT_OF_SHIPPED.date(), options=["charts"])

    answers, judgements = (picture.get("descr") for picture in pictures(document))
    assert answers == (
        "2020 m. rekomendacijų adresatai pagal duomenų pateikimo būseną. pateikta: 2; pateikta iš "
        "dalies: 3; nepateikta: 5; neminima: 2."
    )
    assert judgements == (
        "2020 m. rekomendacijos pagal nacionalinio pranešėjo vertinimą. dar neįvertinta: 4; "
        "nevertinta – duomenų nepateikta: 3."
    )
    images = [part.blob for part in document.part.package.iter_parts() if "image" in part.partname]
    assert len(images) == 2
    assert all(image.startswith(b"\x89PNG") for image in images)
    assert not pictures(written(shipped_database, as_of=MOMENT_OF_SHIPPED.date()))


def test_the_same_counts_are_the_same_picture(shipped_database: Path) -> None:
    first, second = (
        [
            part.blob
            for part in written(
                shipped_database, as_of=MOMENT_OF_SHIPPED.date(), options=["charts"]
            ).part.package.iter_parts()
            if "image" in part.partname
        ]
        for _ in range(2)
    )
    assert first == second


def test_sources_and_the_day_of_the_data_follow_what_is_added(office: Office) -> None:
    office.send(
        addressee=[{}],
        response=[{"source": "S1"}],
        result=[{}],
        source=[{"code": "S1", "title": "Raštas", "publisher": "VRM", "url": "https://vrm.lt/1"}],
    )

    said = [paragraph.text for paragraph in written(office.target, options=["sources"]).paragraphs]
    assert said[1:] == [
        "Šaltiniai",
        "Dokumentas.",
        "Raštas, VRM, https://vrm.lt/1.",
        "Duomenų būklė: 2021\N{NO-BREAK SPACE}m. kovo 1\N{NO-BREAK SPACE}d., versija office-00001.",
    ]
    assert len(written(office.target).paragraphs) == 1


def test_it_can_be_read_aloud(shipped_database: Path) -> None:
    document = written(shipped_database, as_of=MOMENT_OF_SHIPPED.date())

    assert document.paragraphs[0].style == document.styles["Heading 1"]
    assert [*document.tables[0].rows[0]._tr.iter(qn("w:tblHeader"))]
    languages = {one.get(qn("w:val")) for one in document.styles.element.iter(qn("w:lang"))}
    assert languages == {"lt-LT"}
    assert document.core_properties.language == "lt-LT"
    assert document.core_properties.title == document.paragraphs[0].text


def test_a_year_without_recommendations_is_told(office: Office) -> None:
    office.send(addressee=[{}], result=[{}])

    with pytest.raises(WrongUse):
        written(office.target, 2019)


def test_the_command_writes_it(office: Office) -> None:
    office.send(addressee=[{}], result=[{}])
    command, out = Command(office.target), office.folder / "ataskaita.docx"

    command("report", "2020", out, "--with", "judgements", "--with", "coverage")
    assert len(cells(docx.Document(str(out)))[0]) == 3
    assert "2019" in command.refuses("report", "2019", out)


@needs_writer
def test_a_word_processor_opens_it(shipped_database: Path, tmp_path: Path) -> None:
    path = tmp_path / "ataskaita.docx"
    written(
        shipped_database, as_of=MOMENT_OF_SHIPPED.date(), options=["charts", "judgements"]
    ).save(str(path))

    saved = docx.Document(str(saved_by_libreoffice(path, tmp_path / "saved", "docx")))

    ours = docx.Document(str(path))
    assert cells(saved) == cells(ours)
    assert [p.text for p in saved.paragraphs if p.text] == [
        p.text for p in ours.paragraphs if p.text
    ]
    assert [one.get("descr") for one in pictures(saved)] == [
        one.get("descr") for one in pictures(ours)
    ]
