"""What leaves the house, page by page, on the rich office: sentences, tables, and the files of the
buttons as each page draws them, in both languages.

AppTest runs no deferred download. `Files` keeps what each button of a run would call when it is
pressed, so that a test reads the bytes that a reader gets from this very page with these filters.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from streamlit.runtime.media_file_manager import MediaFileManager
from streamlit.testing.v1 import AppTest

from rapporteur import settings
from rapporteur.warehouse.questions import questions
from tests import rich_office
from tests.pages.conftest import Open, charts, words
from tests.pages.test_openings import opening
from tests.unit.test_exports import plain, with_openpyxl

Query = Mapping[str, str]


@dataclass
class Files:
    """The downloads that a page registered: by the id that its button sends when it is pressed."""

    made_by: dict[str, Callable[[], bytes]] = field(default_factory=dict)
    made: dict[str, bytes] = field(default_factory=dict)

    def of_button(self, button: Any) -> bytes:
        """What a button gives; made once, as it takes long."""
        file_id = button.proto.deferred_file_id
        if file_id not in self.made:
            self.made[file_id] = self.made_by[file_id]()
        return self.made[file_id]

    def named(self, app: AppTest, key: str) -> bytes:
        """What the button of that key gives."""
        [button] = [each for each in app.get("download_button") if key_of(each) == key]
        return self.of_button(button)


def key_of(button: Any) -> str:
    """The key that the page gave to a button: its id is a digest, and the key."""
    return re.sub(r"^\$\$ID-[0-9a-f]+-", "", str(button.proto.id))


@pytest.fixture
def files(monkeypatch: pytest.MonkeyPatch) -> Files:
    kept = Files()
    register = MediaFileManager.add_deferred

    def add_deferred(
        self: MediaFileManager, data_callable: Callable[[], bytes], *given: Any, **named: Any
    ) -> str:
        file_id = register(self, data_callable, *given, **named)
        kept.made_by[file_id] = data_callable
        return file_id

    monkeypatch.setattr(MediaFileManager, "add_deferred", add_deferred)
    return kept


@pytest.fixture
def open_rich(
    open_page: Open, rich_database: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., AppTest]:
    """Open a page of the rich office, on its day."""
    monkeypatch.setattr(settings, "now", lambda: rich_office.MOMENT)
    return lambda page, **query: open_page(page, database=rich_database, **query)


# Page and filters, what its first sentence says. Every number is one of tests/rich_office.py.
SEEN: list[tuple[str, dict[str, str], str]] = [
    (
        "overview",
        {"lang": "en"},
        "**14 recommendations** were to be implemented in 2026; on 1 of them no data were "
        "provided, on 1 the report says nothing, on 2 data are awaited, on 1 nobody was asked, on "
        "2 data were provided in part, on 6 data were provided in full, not applicable to "
        "anybody: 1; judged: 9 of 13.",
    ),
    (
        "implementation",
        {"institution": "SAM"},
        "2026 m. vykdytinos **5 rekomendacijos**; dėl 1 iš jų duomenys pateikti iš dalies, dėl 4 "
        "pateikti visi duomenys; įvertinta 5 iš 5 (Institucija: Sveikatos apsaugos ministerija).",
    ),
    (
        "implementation",
        {"year": "2025", "lang": "en"},
        "**4 recommendations** were to be implemented in 2025; on 2 of them data were provided in "
        "part, on 1 data were provided in full, not applicable to anybody: 1; judged: 2 of 3.",
    ),
    (
        # R2026-1 and -6.
        "recommendations",
        {"theme": "victim_assistance", "state": "pateikta"},
        "2026 m. pateiktos **2 rekomendacijos**; dėl kiekvienos iš jų pateikti visi duomenys; "
        "įvertinta 2 iš 2 (Tema: pagalba nukentėjusiesiems · Duomenų pateikimo būsena: pateikta).",
    ),
    (
        "recommendations",
        {"recommendation": "R2026-2", "lang": "en"},
        "In 2026 **1 of 2 addressees** gave all data on recommendation 2026/2; judgement: not yet "
        "assessed.",
    ),
    (
        "institutions",
        {"institution": "PD"},
        "Policijos departamentas: 2026 m. institucijai skirtos **4 rekomendacijos ar jų dalys**; "
        "dėl 2 iš jų duomenų dar laukiama, dėl 2 pateikti visi duomenys.",
    ),
    (
        # Vilnius and Kaunas: 911,781 inhabitants of 2,890,664.
        "activities",
        {"form": "forced_labour", "year": "2026", "lang": "en"},
        "In 2026 activities were reported in **2 municipalities of 60** (home to 32% of "
        "inhabitants, 2025); of **58** nothing is known: silence is not zero (Form of "
        "exploitation: forced labour).",
    ),
    (
        "activities",
        {"municipality": "LT-57", "year": "2021"},
        "**Vilniaus miesto savivaldybė**, 2021 m.: veiklų nurodyta 4.",
    ),
    (
        "investigations",
        {"indicator": "victims_identified", "sex": "women", "disputed": "indicator"},
        "2022 m. nurodyti **9** nukentėjusieji (moterys) (95 proc. intervalas 4,1–17,1); žinomi "
        "visų 2022 m. duomenys.",
    ),
    (
        "protocol",
        {"theme": "victim_assistance", "lang": "en"},
        "The protocol has **1 measure**, 1 link to earlier recommendations; confidence of the "
        "link: low – 1 (Theme: assistance to victims).",
    ),
]
# Files that hold more than is chosen, and why.
WIDER = {
    ("excel:response_rate:years", "year"): "the years beside each other",
    ("excel:undated:activities/told", "year"): "of no year",
    ("excel:undated:activities/list", "year"): "of no year",
    ("excel:strip", "year"): "the years beside each other",
    ("excel:strip", "institution"): "a recommendation with its successors, as everybody stands",
    ("excel:investigations/evidence", "sex"): "every figure of the indicator, whoever it is of",
    ("excel:chain-table", "sex"): "the whole of each indicator",
    ("excel:investigations/contradictions", "year"): "a contradiction may span years",
}
ALL = {"lt": "neribojama", "en": "all"}


@pytest.mark.parametrize(
    ("page", "query", "sentence"), SEEN, ids=["-".join([page, *query]) for page, query, _ in SEEN]
)
def test_sentence_tables_and_files_are_of_what_is_chosen(
    open_rich: Callable[..., AppTest],
    files: Files,
    page: str,
    query: dict[str, str],
    sentence: str,
) -> None:
    app = open_rich(page, **query)
    language = query.get("lang", "lt")

    assert opening(app) == sentence
    compared = 0
    for button in app.get("download_button"):
        if key_of(button).startswith("excel:"):
            told = filters_of(files.of_button(button), language)
            question = told["question"]
            for parameter in questions()[question].parameters.keys() & query.keys():
                key = re.sub(r"^excel:strip:.*", "excel:strip", key_of(button))
                if (key, parameter) not in WIDER:
                    assert told[parameter] != ALL[language], (key, parameter)
                    compared += 1
    assert compared or page == "overview"
    for frame, content in tables(app, files):
        same_rows(frame, content)


def test_what_applies_to_nobody_is_in_no_denominator(open_rich: Callable[..., AppTest]) -> None:
    said = words(open_rich("implementation", year="2025", lang="en"))

    # Of four, R2025-10 applies to nobody; R2025-1 and -2 are judged, -2 as implemented.
    assert "Assessed: 2 of 3." in said
    assert "between 1 and 2 of 3" in said
    assert "1 more applies to nobody and is outside these counts." in said


def filters_of(content: bytes, language: str) -> dict[str, str]:
    """What the file says that it was asked for, by parameter: they stand in the header's order."""
    sheet = openpyxl.load_workbook(io.BytesIO(content), read_only=True)[
        {"lt": "Filtrai", "en": "Filters"}[language]
    ]
    rows = [tuple(map(str, row)) for row in sheet.iter_rows(max_col=2, values_only=True)]
    while rows[0][1] not in questions():
        del rows[0]
    names = ["question", *questions()[rows[0][1]].parameters]
    return {name: value for name, (_, value) in zip(names, rows, strict=False)}


def tables(app: AppTest, files: Files) -> Iterator[tuple[Any, bytes]]:
    """Each folded table of a page with the file of the button beneath it."""
    for folded in app.expander:
        for frame, button in zip(folded.dataframe, folded.get("download_button"), strict=False):
            yield frame.value, files.of_button(button)


def same_rows(frame: Any, content: bytes) -> None:
    """Every column that the page shows is one of the file, in the same order of rows."""
    heading, *rows = with_openpyxl(content)
    assert len(rows) == len(frame)
    columns = [[row[place] for row in rows] for place in range(len(heading))]
    for name in frame:
        shown = [plain(value) for value in frame[name].astype(object)]
        assert shown in columns, name


# Single files ---------------------------------------------------------------------------------


def sheets_of(content: bytes) -> dict[str, list[list[Any]]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {
        sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book
    }


def test_one_addressee_takes_its_own_recommendations_along(
    open_rich: Callable[..., AppTest], files: Files
) -> None:
    app = open_rich("implementation", institution="SAM", lang="en")
    heading, *rows = with_openpyxl(files.named(app, "excel:recommendations/register"))

    code = heading.index("Recommendation")
    assert [row[code] for row in rows] == list(rich_office.OF_SAM)
    assessment = heading.index("Implementation assessment")
    # Its own judgement, not the general one.
    assert (
        dict(zip([row[code] for row in rows], [row[assessment] for row in rows], strict=True))[
            "R2026-3"
        ]
        == "not implemented"
    )


def test_a_letter_names_the_first_of_its_terms(
    open_rich: Callable[..., AppTest], files: Files
) -> None:
    app = open_rich("institutions", institution="PD", lang="en")
    letter = next(iter(sheets_of(files.named(app, "request")).values()))

    [term] = [row[0] for row in letter if str(row[0]).startswith("Atsakyti iki")]
    days = re.findall(r"\d{4}-\d\d-\d\d", term)
    assert days[0] == min(rich_office.TERMS_OF_PD.values()).isoformat()
    assert "1D-4410" in term
    asked = "\n".join(str(cell) for row in letter for cell in row if cell)
    # Each of the two parts, which are still open.
    assert "R2026-5, dalis a" in asked
    assert "R2026-5, dalis b" in asked


def test_everybody_who_owes_an_answer_gets_a_letter(
    open_rich: Callable[..., AppTest], files: Files
) -> None:
    app = open_rich("institutions", lang="en")

    with zipfile.ZipFile(io.BytesIO(files.named(app, "batch"))) as archive:
        names = set(archive.namelist())
        told = archive.read("SĄRAŠAS.txt").decode("utf-8-sig")
    # NVO is collective, and of LT-15 and LT-57 nothing is missing.
    assert names - {"SĄRAŠAS.txt"} == {
        f"{code}-2026.xlsx" for code in ("GP", "PD", "SADM", "SAM", "VRM")
    }
    assert "(NVO); trūksta: R2026-4" in told


@pytest.fixture
def report(open_rich: Callable[..., AppTest], files: Files) -> Any:
    app = open_rich("implementation", year="2026")
    [choice] = [each for each in app.multiselect if each.key == "with"]
    app = choice.set_value(["judgements", "coverage"]).run()
    return docx.Document(io.BytesIO(files.named(app, "report")))


def test_the_report_holds_what_was_made_in_the_year_and_counts_that(report: Any) -> None:
    table = [[cell.text for cell in row.cells] for row in report.tables[0].rows]

    assert [row[0] for row in table[1:3]] == [
        "Rekomenduotina: aukų atpažinimas.",
        "Rekomenduotina: bendri mokymai.",
    ]
    assert len(table) == 1 + 12  # of 2026, and not the two that go on from years before
    assert table[1][1] == "Tvarka patvirtinta.\nSurengta mokymų."
    assert table[9][1] == "Duomenų šiuo klausimu nepateikta."  # R2026-9
    assert table[5][1].startswith("[atsakymo laukiama")
    judged = {
        row[0].removeprefix("Rekomenduotina: ").rstrip("."): row[2].split("\n")[0]
        for row in table[1:]
    }
    assert judged["atsakingi asmenys"] == "iš dalies įgyvendinta"
    assert judged["bendri mokymai"] == "dar neįvertinta"  # what is a draft is no judgement
    assert judged["bylų nagrinėjimas"] == "neįgyvendinta"


# Charts ---------------------------------------------------------------------------------------


def drawn_in(content: bytes) -> str:
    """The charts of an Excel file, as they are written."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "\n".join(
            archive.read(name).decode("utf-8")
            for name in sorted(archive.namelist())
            if name.startswith("xl/charts/chart")
        )


# Plotly's hatches on the page, and what comes nearest in Excel.
# As in the published pictures.
LOOKS = {
    "answered": "",
    "answered in part": "/",
    "not answered": "x",
    "not mentioned": "\\",
    "awaited": "-",
}
HATCHES = {"": None, "/": "wdUpDiag", "x": "diagBrick", "\\": "wdDnDiag", "-": "ltHorz"}


def test_a_state_looks_alike_on_the_page_and_in_its_excel_chart(
    open_rich: Callable[..., AppTest], files: Files
) -> None:
    app = open_rich("implementation", lang="en")
    [bars] = [
        figure
        for figure in charts(app)
        if figure["data"] and figure["data"][0].get("y") and "SAM" in figure["data"][0]["y"]
    ]

    hatches = {
        bar["name"]: bar["marker"].get("pattern", {}).get("shape", "") for bar in bars["data"]
    }
    chart = drawn_in(files.named(app, "excel:institutions/summary"))
    series = re.findall(r"<c:ser>.*?</c:ser>", chart, re.DOTALL)
    looks = [re.search(r'pattFill prst="(\w+)"', each) for each in series]
    # The page leaves out the state that no addressee is in; the file has a column for each.
    assert sum(counts[4] for counts in rich_office.SUMMARY.values()) == 0
    assert hatches == {name: hatch for name, hatch in LOOKS.items() if name != "answered in part"}
    assert [look and look[1] for look in looks] == [HATCHES[hatch] for hatch in LOOKS.values()]


def test_a_line_is_never_drawn_over_a_year_without_a_figure(
    open_rich: Callable[..., AppTest], files: Files
) -> None:
    app = open_rich("investigations", lang="en")
    [line] = [
        trace
        for trace in charts(app)[0]["data"]
        if trace.get("name") == "pre-trial investigations opened"
    ]

    known = dict(zip(line["x"], line["y"], strict=True))
    assert {year: value for year, value in known.items() if value is not None} == {
        year: value for year, (value, _) in rich_office.OPENED.items()
    }
    assert [year for year, value in known.items() if value is None] == [2021, 2024]
    assert line["connectgaps"] is False
    # In Excel: a series of its own for each run of years, rows 2–3, 4–5 and 6–7.
    chart = drawn_in(files.named(app, "excel:investigations/series"))
    runs = re.findall(r"<c:yVal>.*?<c:f>.*?!\$\w+\$(\d+):\$\w+\$(\d+)</c:f>", chart, re.DOTALL)
    assert runs[:3] == [("2", "3"), ("4", "5"), ("6", "7")]
    assert 'dispBlanksAs val="gap"' in chart or "dispBlanksAs" not in chart
