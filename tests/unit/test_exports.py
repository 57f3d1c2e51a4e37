"""Every question's Excel file, read back by two readers and by a spreadsheet program."""

import datetime
import io
import math
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from rapporteur.delivery import loading
from rapporteur.delivery.loading import WrongUse
from rapporteur.documents import answers, workbook
from rapporteur.documents.answers import Labels
from rapporteur.documents.columns import LISTS
from rapporteur.translations import translator
from rapporteur.warehouse.questions import questions
from rapporteur.warehouse.reading import Warehouse
from tests.conftest import MOMENT_OF_SHIPPED
from tests.libreoffice import needs_libreoffice, saved_by_libreoffice

DAY = MOMENT_OF_SHIPPED.date()
LINK = "http://127.0.0.1:8501/page?year=2020&lang=lt"
ASKED = sorted(name for name in questions() if not name.startswith(("checks/", "overview/labels")))


@pytest.fixture(scope="module")
def warehouse(shipped_database: Path) -> Iterator[Warehouse]:
    opened = loading.open_renewed(shipped_database)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def known(warehouse: Warehouse) -> Labels:
    return answers.labels(warehouse, DAY)


def file_of(warehouse: Warehouse, name: str, language: str = "lt", **given: Any) -> bytes:
    return answers.workbook(
        warehouse,
        name,
        given.pop("parameters", None),
        as_of=DAY,
        made_at=MOMENT_OF_SHIPPED,
        language=language,
        link=LINK,
        **given,
    )


def plain(value: Any) -> Any:
    """A value whatever reader it comes from: nothing, a number, a day, or words."""
    if value is None or value is pd.NaT or value is pd.NA or value == "":
        return None
    if isinstance(value, float) and math.isnan(value):
        return None
    if isinstance(value, datetime.datetime):
        return value.replace(tzinfo=None, microsecond=0)
    if isinstance(value, datetime.date):
        return datetime.datetime.combine(value, datetime.time())
    if isinstance(value, str):
        return value
    return round(float(value), 9)


def with_openpyxl(content: bytes, sheet: int = 0) -> list[list[Any]]:
    read = openpyxl.load_workbook(io.BytesIO(content)).worksheets[sheet]
    return [[plain(value) for value in row] for row in read.iter_rows(values_only=True)]


def with_calamine(content: bytes) -> list[list[Any]]:
    read = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
    return [[plain(value) for value in row] for row in read.to_python()]


def has_formula(content: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return any(
            re.search(rb"<f[ >/]", archive.read(name))
            for name in archive.namelist()
            if name.startswith("xl/worksheets/")
        )


@pytest.mark.parametrize("language", ["lt", "en"])
@pytest.mark.parametrize("name", ASKED)
def test_headings_tell_columns_apart(
    warehouse: Warehouse, known: Labels, name: str, language: str
) -> None:
    """Excel knows no table with two columns of one name, in whatever letter case."""
    data = warehouse.ask(name, None, as_of=DAY).head(0)
    headings = list(answers.readable(name, data, known, language).headings.values())
    assert len({heading.casefold() for heading in headings}) == len(headings)


@needs_libreoffice
@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("activities/list", "lt"),
        ("investigations/series", "en"),
        ("recommendations/register", "lt"),
    ],
)
def test_a_spreadsheet_program_opens_it_and_keeps_every_cell(
    warehouse: Warehouse, tmp_path: Path, name: str, language: str
) -> None:
    content = file_of(warehouse, name, language)
    path = tmp_path / "answer.xlsx"
    path.write_bytes(content)

    saved = saved_by_libreoffice(path, tmp_path / "saved").read_bytes()

    assert with_openpyxl(saved) == with_openpyxl(content)
    assert openpyxl.load_workbook(io.BytesIO(saved)).sheetnames == (
        openpyxl.load_workbook(io.BytesIO(content)).sheetnames
    )


def test_a_file_tells_what_was_chosen_and_opens_it_again(warehouse: Warehouse) -> None:
    content = file_of(
        warehouse, "activities/by_municipality", parameters={"year": [2020], "kind": "lecture"}
    )

    told = dict(with_openpyxl(content, sheet=-3)[1:])
    assert told["Metai"] == "2020"
    assert told["Rūšis"] == "paskaita"
    assert told["Tikslinė grupė"] == "neribojama"
    assert told["Duomenų būklės data"] == "2025-12-01"
    assert told["Failas parengtas"] == "2025-12-01 12:00"
    assert told["Duomenų versija"].startswith("rapporteur-")
    assert told["Puslapio nuoroda"] == LINK
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[-3]
    assert LINK in {cell.hyperlink.target for cell in sheet["B"] if cell.hyperlink}


def test_counts_name_the_sources_of_what_they_count(warehouse: Warehouse) -> None:
    content = file_of(warehouse, "activities/by_municipality", parameters={"year": [2020]})

    sources = with_openpyxl(content, sheet=-1)
    assert sources[0] == ["Kodas", "Pavadinimas", "Leidėjas", "Data", "Nuoroda"]
    by_code = {row[0]: row[1:] for row in sources[1:]}
    assert by_code["VDI-GRUPES-2022"][1:3] == ["lpsk.lt", "2022-06-15"]
    assert by_code["VDI-GRUPES-2022"][3].startswith("https://")
    cited = warehouse.ask("activities/list", {"year": [2020]}, as_of=DAY)["source"].dropna()
    assert set(cited) <= set(by_code)
    everything = warehouse.ask("activities/list", None, as_of=DAY)["source"].dropna()
    assert not set(everything) <= set(by_code), "only those of the year chosen"


def test_a_document_is_a_source_and_its_date_goes_no_further_than_known(
    warehouse: Warehouse,
) -> None:
    sources = with_openpyxl(file_of(warehouse, "recommendations/lineage"), sheet=-1)

    by_code = {row[0]: row[1:] for row in sources[1:]}
    assert by_code["PROTOKOLAS-2021"][1:3] == ["Lietuvos Respublikos Vyriausybė", "2021"]
    assert by_code["ATASKAITA-2020"][0].startswith("2020 metais pateiktų institucijoms")


def test_states_and_marks_that_stand_in_the_rows_are_explained(warehouse: Warehouse) -> None:
    register = file_of(warehouse, "recommendations/register")
    told = dict(with_openpyxl(register, sheet=-2)[1:])
    assert told["Tekstas"]
    assert "nepateikta" in told
    assert "dar neįvertinta" in told
    assert "įgyvendinta" not in told, "nobody was judged yet"

    marks = dict(with_openpyxl(file_of(warehouse, "activities/list"), sheet=-2)[1:])
    stand = warehouse.ask("activities/list", None, as_of=DAY)
    expected = {*stand["count_mark"].dropna(), *stand["participants_mark"].dropna()}
    assert expected
    assert expected <= marks.keys()


def test_a_mark_stands_in_the_column_behind_its_number() -> None:
    pairs = []
    for question in questions().values():
        columns = list(question.columns)
        for place, column in enumerate(columns):
            if column == "mark" or column.endswith("_mark"):
                pairs.append((question.name, columns[place - 1], column))
    assert ("activities/list", "count", "count_mark") in pairs
    for name, before, mark in pairs:
        assert before == (mark.removesuffix("_mark") if mark != "mark" else "value"), (name, mark)


# What pages never give as a file: how rows are checked and what is looked for in them.
INNER = {"checks", "findings", "kept", "views"}


@pytest.mark.parametrize(("language", "inner"), [("lt", r"\bkod(as|ai)\b"), ("en", r"\bcode")])
def test_a_definition_speaks_of_what_stands_in_the_column(language: str, inner: str) -> None:
    """A column of labels is not said to hold codes, nor an empty cell to be null."""
    told = [
        (question.name, column, translator(language).gettext(meaning))
        for question in questions().values()
        if question.name.split("/")[0] not in INNER
        for column, meaning in question.columns.items()
    ]
    assert [one for one in told if re.search(r"\bnull\b|\baxis [AB]\b|\b[AB] ašies", one[2])] == []
    labelled = [one for one in told if one[1] in LISTS]
    assert len(labelled) > 50
    assert [one for one in labelled if re.search(inner, one[2])] == []


def test_the_title_of_a_chart_says_what_was_chosen(warehouse: Warehouse) -> None:
    chosen = {"year": [2020], "municipality": ["LT-57"]}
    for language, title in (
        (
            "lt",
            "Prevencijos veiklos pagal savivaldybes, veiklų skaičius "
            "(Metai: 2020; Savivaldybė: Vilniaus miesto savivaldybė)",
        ),
        (
            "en",
            "Prevention activities by municipality, number of activities "
            "(Year: 2020; Municipality: Vilnius City Municipality)",
        ),
    ):
        content = file_of(
            warehouse, "activities/by_municipality", parameters=chosen, language=language
        )
        [chart] = charts_of(content)
        assert "".join(run.t for run in chart.title.tx.rich.p[0].r) == title
        filters = dict(with_openpyxl(content, sheet=-3)[1:])
        assert filters["Savivaldybė" if language == "lt" else "Municipality"] in title


def test_a_register_has_a_sheet_for_each_institution(warehouse: Warehouse) -> None:
    content = file_of(
        warehouse, "recommendations/register", parameters={"year": [2020]}, each="institution"
    )

    book = openpyxl.load_workbook(io.BytesIO(content))
    names = ["GP", "INST", "LSA", "MIN", "NTA", "NVO", "PD", "SAM", "ŠMSM", "TM"]
    assert book.sheetnames == ["Duomenys", *names, "Filtrai", "Apibrėžtys", "Šaltiniai"]
    assert len(list(book["Duomenys"].rows)) == 1 + 7
    for name in names:
        asked = warehouse.ask(
            "recommendations/register", {"year": [2020], "institution": [name]}, as_of=DAY
        )
        found = [row[0] for row in book[name].iter_rows(min_row=2, values_only=True)]
        assert found == asked["recommendation"].tolist()
    tables = [table.name for sheet in book for table in sheet.tables.values()]
    assert len(set(tables)) == len(tables) == 1 + len(names)
    told = dict(row for row in book["Apibrėžtys"].iter_rows(min_row=2, values_only=True))
    assert "Lietuvos Respublikos teisingumo ministerija" in told["TM"]


def test_an_unknown_division_is_refused(warehouse: Warehouse) -> None:
    for each in ("text", "colour"):
        with pytest.raises(WrongUse):
            file_of(warehouse, "recommendations/register", each=each)


# Charts ---------------------------------------------------------------------------------------


def charts_of(content: bytes) -> list[Any]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return [chart for sheet in book for chart in sheet._charts]


def references(chart: Any) -> list[tuple[str, str]]:
    """Where each series takes its categories and its values from."""
    found = []
    for series in chart.series:
        if series.val is not None:
            found.append((series.cat.strRef or series.cat.numRef, series.val.numRef))
        else:
            found.append((series.xVal.numRef, series.yVal.numRef))
    return [(category.f, value.f) for category, value in found]


def test_the_chart_of_a_series_breaks_at_gaps_and_is_made_of_the_cells(
    warehouse: Warehouse,
) -> None:
    content = file_of(
        warehouse,
        "investigations/series",
        parameters={"indicator": "pretrial_investigations_opened"},
    )

    [chart] = charts_of(content)
    header, *rows = with_openpyxl(content)
    year, value = header.index("Metai"), header.index("Reikšmė")
    years = [int(row[year]) for row in rows]
    letter = openpyxl.utils.get_column_letter(value + 1)
    drawn = [values for _, values in references(chart) if f"${letter}$" in values]
    places = [tuple(map(int, re.findall(r"\$(\d+)", each))) for each in drawn]
    for first, last in places:  # rows of the sheet
        run = years[first - 2 : last - 1]
        assert run == list(range(run[0], run[-1] + 1))
    assert sum(last - first + 1 for first, last in places) == len(rows)
    assert 1 < len(places) < len(rows)


def test_what_is_counted_on_a_day_has_no_chart_of_years(warehouse: Warehouse) -> None:
    indicators = warehouse.ask("investigations/indicators", None, as_of=DAY)
    stocks = indicators.loc[indicators["measure"] == "stock", "code"].tolist()
    assert stocks
    for code in stocks:
        content = file_of(warehouse, "investigations/series", parameters={"indicator": code})
        assert len(with_openpyxl(content)) > 1
        assert not charts_of(content)


def test_silence_is_no_bar_in_the_chart(warehouse: Warehouse) -> None:
    content = file_of(warehouse, "activities/by_municipality", parameters={"year": [2020]})

    [chart] = charts_of(content)
    [(_, values)] = references(chart)
    told = [row for row in with_openpyxl(content)[1:] if row[4] is not None]
    assert values == f"'Duomenys'!$E$2:$E${1 + len(told)}" or values == (
        f"Duomenys!$E$2:$E${1 + len(told)}"
    )


def test_without_rows_there_is_no_chart_and_no_table(warehouse: Warehouse) -> None:
    content = file_of(warehouse, "activities/by_municipality", parameters={"municipality": "X"})

    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["Duomenys", "Filtrai", "Apibrėžtys", "Šaltiniai"]
    assert book.worksheets[0].max_row == 1
    assert not book.worksheets[0].tables


# Sizes ----------------------------------------------------------------------------------------


def test_whatever_the_size_the_rows_are_the_same(
    warehouse: Warehouse, known: Labels, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A table in memory, a stream of rows, and the plain writer."""
    files = [file_of(warehouse, "activities/list")]
    monkeypatch.setattr(workbook, "TABLE_CELLS", 10)
    files.append(file_of(warehouse, "activities/list"))
    monkeypatch.setattr(workbook, "FORMATTED_CELLS", 20)
    files.append(file_of(warehouse, "activities/list"))

    table, stream, fast = (openpyxl.load_workbook(io.BytesIO(content)) for content in files)
    assert table.worksheets[0].tables
    assert not stream.worksheets[0].tables
    assert stream.worksheets[0].auto_filter.ref
    assert fast.worksheets[0].auto_filter.ref
    assert fast.worksheets[0].freeze_panes == stream.worksheets[0].freeze_panes == "A2"
    first = with_openpyxl(files[0])
    assert with_openpyxl(files[1]) == with_openpyxl(files[2]) == first
    assert with_calamine(files[2]) == first
    assert not has_formula(files[2])
    told = [row[1] for row in with_openpyxl(files[2], sheet=-3)]
    assert workbook.plain_notice("lt") in told
    for content in files[1:]:
        for sheet in (-1, -2):
            assert with_openpyxl(content, sheet) == with_openpyxl(files[0], sheet)


@pytest.mark.parametrize("text", ["=1+1", "{=A1}", "https://lt.lt", "0012", "a\x00b"])
def test_the_plain_writer_keeps_text_text(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "FORMATTED_CELLS", 0)
    data = pd.DataFrame({"name": [text, "x"]})
    content = workbook.write_workbook(
        workbook.Export(
            name="folder/question",
            title="What is asked.",
            data=data,
            columns=(workbook.ExportColumn("name", "Name", "what it is"),),
            filters=(),
            definitions=(),
            sources=pd.DataFrame(columns=["code", "title", "publisher", "date", "link"]),
            language="en",
            made_at=MOMENT_OF_SHIPPED,
            data_version="0",
        )
    )

    cell = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]["A2"]
    assert (cell.value, cell.data_type) == (text.replace("\x00", ""), "s")


def test_more_rows_than_a_sheet_holds_are_refused(
    warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "MAX_ROWS", 59)
    with pytest.raises(workbook.TooManyRows, match="60"):
        file_of(warehouse, "activities/by_municipality")
