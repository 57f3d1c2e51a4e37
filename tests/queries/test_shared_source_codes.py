"""Two deliveries that use one code for two sources: each row keeps its own, wherever it is told."""

import io
from collections.abc import Iterator
from typing import Any, Final

import docx
import openpyxl
import pytest

from rapporteur.delivery import loading
from rapporteur.documents import answers, report
from rapporteur.warehouse.questions import questions
from rapporteur.warehouse.reading import Warehouse
from tests.conftest import DAY, MOMENT, Office, Row

NAMING: Final = sorted(name for name, one in questions().items() if "source" in one.columns)
TITLES: Final = {"T-1": "Pirmojo", "T-2": "Antrojo"}
OWN: Final = "T-3"


def _rows(source: str | None, year: int, number: int) -> dict[str, list[Row]]:
    """One row of everything that names a source."""
    asked = {"recommendation": f"R{number}", "institution": "VRM", "year": 2020}
    return {
        "response": [{**asked, "source": source, "text": "Atsakyta."}],
        "activity": [{"year": year, "source": source, "group_code": "G"}],
        "statistic": [
            {"year": year, "source": source, "form": "forced_labour"},
            {"year": year, "source": source, "value": 100, "conflict": "K1"},
        ],
        "coordination": [{"source": source}],
    }


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """T-1 and T-2 have a source S1 each, T-3 none: its S1 is that of the delivery loaded last."""
    made = Office(tmp_path_factory.mktemp("shared-codes"))
    numbers = range(1, 4)
    made.send(
        "T-0",
        recommendation=[{"code": f"R{n}", "number": str(n), "made_in": 2020} for n in numbers],
        addressee=[{"recommendation": f"R{n}"} for n in numbers],
        document=[{"title": "Rekomendacijos"}],
    )
    for place, (delivery, title) in enumerate(TITLES.items(), 1):
        made.send(
            delivery,
            source=[{"title": title, "publisher": f"Leidėjas {place}"}],
            conflict=[{"description": f"Nesutampa {place}."}],
            **_rows("S1", 2017 + place, place),
        )
    made.send(OWN, **_rows("S1", 2020, 3))
    return made


@pytest.fixture(scope="module")
def warehouse(office: Office) -> Iterator[Warehouse]:
    opened = loading.open_renewed(office.target)
    yield opened
    opened.close()


def _told(row: Row) -> tuple[str | None, str | None]:
    title = row.get("title", row.get("source_title"))
    return row.get("source_delivery", row.get("delivery")), title


@pytest.mark.parametrize("name", NAMING)
def test_every_question_that_names_a_source_says_whose_it_is(office: Office, name: str) -> None:
    assert {"source_delivery", "delivery"} & questions()[name].columns.keys()
    rows = [row for row in office.ask(name) if row["source"] == "S1"]

    assert {_told(row)[0] for row in rows} == {*TITLES}
    for row in rows:
        delivery, title = _told(row)
        # Of the items of an institution the title is left to the list of sources.
        assert title == TITLES[str(delivery)] or name == "institutions/items"
        if name.startswith(("activities/list", "activities/told", "investigations/")):
            assert delivery == ("T-1" if row["year"] == 2018 else "T-2")


@pytest.mark.parametrize("name", [*NAMING, *(n for n, q in questions().items() if q.rests_on)])
def test_every_file_lists_both_sources_of_one_code(warehouse: Warehouse, name: str) -> None:
    file = answers.export(warehouse, name, {}, as_of=DAY, made_at=MOMENT, language="lt")

    listed = file.sources[["code", "title", "publisher"]].itertuples(index=False, name=None)
    of_the_code = sorted(row for row in listed if str(row[0]).endswith("S1"))
    expected = [("T-1:S1", "Pirmojo", "Leidėjas 1"), ("T-2:S1", "Antrojo", "Leidėjas 2")]
    assert of_the_code in ([], expected)
    assert of_the_code or not any("S1" in str(cell) for cell in file.data.to_numpy().ravel())


def test_a_file_of_one_year_lists_the_source_of_that_year_alone(warehouse: Warehouse) -> None:
    content = answers.workbook(
        warehouse, "activities/list", {"year": 2018}, as_of=DAY, made_at=MOMENT, language="lt"
    )

    sheet = openpyxl.load_workbook(io.BytesIO(content))["Šaltiniai"]
    assert [cell.value for cell in sheet[2]][:3] == ["S1", "Pirmojo", "Leidėjas 1"]
    assert "Antrojo" not in [row[1].value for row in sheet.iter_rows(min_row=2)]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("S1", [("T-2", "Antrojo", 10), ("T-1", "Pirmojo", 5)]),
        ("T-1:S1", [("T-1", "Pirmojo", 5)]),
        ("T-2:S1", [("T-2", "Antrojo", 10)]),
        ("T-3:S1", []),
    ],
)
def test_rows_are_counted_for_the_source_that_they_rest_on(
    office: Office, asked: str, told: list[tuple[Any, ...]]
) -> None:
    rows = office.ask("methodology/sources", source=asked)

    assert [(row["delivery"], row["title"], row["cited"]) for row in rows] == told


def test_a_group_of_contradicting_figures_is_that_of_its_own_delivery(office: Office) -> None:
    described = {
        (row["year"], row["conflict_description"], row["dispute"])
        for row in office.ask("investigations/contradictions")
        if row["conflict"]
    }
    assert described == {
        (2018, "Nesutampa 1.", "T-1:K1"),
        (2019, "Nesutampa 2.", "T-2:K1"),
        (2020, "Nesutampa 2.", "T-2:K1"),
    }
    by_evidence = {
        (row["year"], row["conflict_description"])
        for row in office.ask("investigations/evidence")
        if row["conflict"]
    }
    assert by_evidence == {(year, words) for year, words, _ in described}


def test_a_group_of_activities_is_that_of_its_own_delivery(office: Office) -> None:
    groups = [row["group_code"] for row in office.ask("activities/list")]

    assert sorted(groups) == ["T-1:G", "T-2:G", "T-3:G"]


def test_the_report_lists_both_sources_of_one_code(warehouse: Warehouse) -> None:
    content = report.report(warehouse, 2020, as_of=DAY, options=["sources"])

    said = "\n".join(p.text for p in docx.Document(io.BytesIO(content)).paragraphs)
    assert "Pirmojo, Leidėjas 1" in said
    assert "Antrojo, Leidėjas 2" in said
