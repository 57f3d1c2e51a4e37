"""Every SQL file keeps its word: one SELECT, and exactly the parameters and columns it says."""

import re
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from rapporteur.delivery import loading
from rapporteur.delivery.catalogue import CATALOGUE
from rapporteur.delivery.declaration import SHEET_OF_TABLE
from rapporteur.delivery.findings import FINDINGS, ORIGIN
from rapporteur.settings import QUERIES, ROOT
from rapporteur.warehouse.questions import questions
from rapporteur.warehouse.reading import Warehouse
from tests.conftest import DAY, Office

VIEWS = sorted(QUERIES.glob("views/*.sql"))
FINDINGS_SQL = sorted(QUERIES.glob("findings/*.sql"))
KEPT = sorted(QUERIES.glob("kept/*.sql"))
QUESTIONS = sorted(
    path for path in QUERIES.rglob("*.sql") if path not in [*VIEWS, *FINDINGS_SQL, *KEPT]
)


def words(text: str) -> set[str]:
    return set(text.split())


# Outsiders rely on these names, whether or not a page asks them.
FIXED: dict[str, tuple[set[str], set[str]]] = {
    "implementation/coverage": (
        {"year", "institution", "theme"},
        words(
            "year recommendations answered answered_in_part unanswered not_applicable implemented "
            "partly_implemented in_progress planned not_implemented superseded not_assessed "
            "awaited not_asked implemented_at_least implemented_at_most"
        ),
    ),
    "implementation/answer_matrix": (
        {"year", "recommendation", "institution"},
        words("recommendation part institution role is_addressee state"),
    ),
    "recommendations/register": (
        {"year", "institution", "theme", "text"},
        words("recommendation year number text nature state assessment"),
    ),
    "activities/by_municipality": (
        {"year", "kind", "form", "target_group"},
        words(
            "municipality name state activities activities_are_at_least participants inhabitants"
        ),
    ),
    "activities/unplaced": ({"year"}, words("scope activities activities_are_at_least")),
    "investigations/series": (
        {"indicator", "sex", "age_group", "citizenship", "form", "territory"},
        words("year value mark unit definition source is_contradicted"),
    ),
    "investigations/evidence": (
        {"indicator", "year"},
        words("year indicator value mark source quote is_preferred conflict"),
    ),
    "protocol/measures": (set(), words("number text addressees continues confidence")),
}


def name_of(path: Path) -> str:
    return path.relative_to(QUERIES).with_suffix("").as_posix()


def documented(sql: str, kind: str) -> list[str]:
    return re.findall(rf"^-- {kind}: (\w+) — \S", sql, re.MULTILINE)


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    """A small office that holds something of everything."""
    office = Office(tmp_path_factory.mktemp("contracts"))
    office.send(
        recommendation=[{}, {"code": "R2"}, {"code": "R3", "theme": "target_groups"}],
        addressee=[{}, {"recommendation": "R2", "institution": "PD"}],
        request=[{}],
        response=[{}],
        result=[{}],
        assessment=[{}],
        recommendation_link=[{}],
        activity=[{}, {"municipality": None, "scope": "visa šalis"}],
        statistic=[{"source": "S1", "conflict": "K1"}],
        conflict=[{}],
        coordination=[{}],
        source=[{}],
    )
    opened = loading.open_renewed(office.target)
    yield opened
    opened.close()


@pytest.mark.parametrize("path", [*VIEWS, *FINDINGS_SQL, *KEPT, *QUESTIONS], ids=name_of)
def test_a_file_holds_one_select_and_says_what_it_is_for(path: Path) -> None:
    sql = path.read_text(encoding="utf-8")
    [statement] = duckdb.extract_statements(sql)
    assert statement.type == duckdb.StatementType.SELECT
    assert re.match(r"-- [A-Z]\S* .*[.,;:\w]$", sql, re.MULTILINE)
    purpose = re.match(r"(?:-- .+\n)+", sql)
    assert purpose is not None
    assert purpose[0].rstrip().endswith(".")
    assert set(documented(sql, "param")) == statement.named_parameters
    for kind in ("param", "column"):
        names = documented(sql, kind)
        assert len(set(names)) == len(names)
        assert len(re.findall(rf"^-- {kind}", sql, re.MULTILINE)) == len(names)


@pytest.mark.parametrize("path", QUESTIONS, ids=name_of)
def test_a_question_runs_unfiltered_and_returns_the_documented_columns(
    path: Path, warehouse: Warehouse
) -> None:
    columns, _ = warehouse.rows(name_of(path), as_of=DAY)
    assert columns == documented(path.read_text(encoding="utf-8"), "column")


@pytest.mark.parametrize("path", VIEWS, ids=name_of)
def test_a_view_has_the_documented_columns(path: Path, warehouse: Warehouse) -> None:
    columns = warehouse._connection.cursor().table(path.stem).columns
    assert columns == documented(path.read_text(encoding="utf-8"), "column")


@pytest.mark.parametrize("path", KEPT, ids=name_of)
def test_what_is_kept_has_the_documented_columns(path: Path, warehouse: Warehouse) -> None:
    columns = warehouse._connection.cursor().table(f"stored.{path.stem}").columns
    assert columns == documented(path.read_text(encoding="utf-8"), "column")


@pytest.mark.parametrize("path", FINDINGS_SQL, ids=name_of)
def test_a_finding_says_where_and_has_the_documented_columns(
    path: Path, warehouse: Warehouse
) -> None:
    [finding] = [one for one in FINDINGS if one.question == path.stem]
    with warehouse._connection.cursor() as cursor:
        cursor.execute("set variable given_delivery = 'T-2'")
        cursor.execute(
            f"create or replace temp view given_{finding.table} as "
            f"select * exclude (delivery, version) from stored.{finding.table}"
        )
        found = cursor.execute(path.read_text(encoding="utf-8"))
        columns = [column[0] for column in found.description]

    assert columns == documented(path.read_text(encoding="utf-8"), "column")
    assert columns[:3] == [*ORIGIN]
    assert set(re.findall(r"{(\w+)}", finding.template)) <= set(columns[3:])
    SHEET_OF_TABLE[finding.table].column(finding.column)
    assert CATALOGUE[finding.code].is_notice != finding.is_problem or finding.code in {
        "row-contradiction"
    }


@pytest.mark.parametrize("path", QUESTIONS, ids=name_of)
def test_a_filter_that_nothing_fits_is_no_error(path: Path, warehouse: Warehouse) -> None:
    sql = path.read_text(encoding="utf-8")
    for parameter in documented(sql, "param"):
        answer = warehouse.ask(name_of(path), {parameter: ["1850", "1851"]}, as_of=DAY)
        assert answer.columns.tolist() == documented(sql, "column"), parameter


def test_counts_reach_data_frames_as_whole_numbers(warehouse: Warehouse) -> None:
    frame = warehouse.ask("activities/by_municipality", as_of=DAY)
    assert str(frame["activities"].dtype) in {"Int64", "int64"}
    assert str(warehouse.ask("implementation/coverage", as_of=DAY)["answered"].dtype) == "int64"


@pytest.mark.parametrize("name", FIXED)
def test_a_fixed_question_keeps_its_parameters_and_columns(name: str) -> None:
    parameters, columns = FIXED[name]
    asked = questions()[name]
    assert parameters <= asked.parameters.keys()
    assert columns <= asked.columns.keys()


def asked_in(text: str) -> set[str]:
    return set(re.findall(r"[\"']([a-z_]+/[a-z_]+)[\"']", text))


def test_every_question_is_asked_somewhere() -> None:
    sources = [ROOT / "app.py", *ROOT.glob("pages/*.py"), *ROOT.glob("rapporteur/**/*.py")]
    asked = asked_in("\n".join(path.read_text(encoding="utf-8") for path in sources))
    rested_on = {question.rests_on for question in questions().values()}
    mine = {name_of(path) for path in QUESTIONS if path.parent.name != "checks"}

    assert sorted(mine - asked - rested_on - FIXED.keys()) == []


def test_what_a_question_rests_on_names_sources_and_takes_its_filters() -> None:
    resting = {name: each.rests_on for name, each in questions().items() if each.rests_on}
    assert resting["activities/by_municipality"] == "activities/sources"
    for name, other in resting.items():
        assert {"source", "source_title", "source_url"} <= questions()[other].columns.keys(), name
        # A filter that the sources do not know would tell of more sources than were counted.
        unknown = questions()[name].parameters.keys() - questions()[other].parameters.keys()
        if "recommendation" in questions()[other].parameters.keys() & questions()[name].columns:
            continue  # asked of the very recommendations that the rows are of
        # Which forms and groups are looked for is no choice of activities.
        assert unknown <= ({"recommendation"} if name.startswith("indicators/") else set()), name


def test_every_question_that_is_asked_is_there() -> None:
    known = {name_of(path) for path in QUESTIONS}
    folders = {name.split("/")[0] for name in known} - {"checks"}
    for path in [ROOT / "app.py", *ROOT.glob("pages/*.py"), *ROOT.glob("rapporteur/**/*.py")]:
        asked = {
            name
            for name in asked_in(path.read_text(encoding="utf-8"))
            if name.split("/")[0] in folders
        }
        assert asked <= known, path.name


def test_no_value_is_pasted_into_sql() -> None:
    for path in [*VIEWS, *FINDINGS_SQL, *QUESTIONS]:
        sql = path.read_text(encoding="utf-8")
        assert not re.search(r"\{\w*\}|%s|\bformat\(", sql), path.name
