"""Fixtures for every test. Each test states the rows it needs and no others."""

import atexit
import datetime
import functools
import ipaddress
import shutil
import socket
import tempfile
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import streamlit as st

from rapporteur.delivery import loading
from rapporteur.delivery.declaration import SHEET_OF_TABLE, SHEETS
from rapporteur.delivery.loading import Outcome
from rapporteur.warehouse import generations, writing
from rapporteur.warehouse.reading import Warehouse
from tests import rich_office

Row = dict[str, Any]

# Files that take longest: begun first, so that no worker is busy long after the others are done.
LONG = (
    "test_drawn_pages",
    "test_taking",
    "test_recipes",
    "test_processes",
    "test_dashboard",
    "test_history",
    "test_hostile",
    "test_random_deliveries",
    "test_investigations_page",
    "test_every_page",
    "test_recommendations_page",
    "test_second_year",
    "test_data_page",
    "test_recording",
    "test_requesting",
    "test_map",
    "test_accessibility",
    "test_annotating",
    "test_finding",
    "test_following",
    "test_handing_in",
    "test_one_generation",
    "test_two_sessions",
    "test_what_leaves",
    "test_filters_of_questions",
    "test_fuzzed_files",
    "test_lost_files",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long files first, the others in their order."""
    rank = {name: place for place, name in enumerate(LONG)}
    items.sort(key=lambda item: rank.get(item.path.stem, len(LONG)))


MOMENT = datetime.datetime(2021, 3, 1, 10, tzinfo=datetime.UTC)
DAY = MOMENT.date()

# One unremarkable row per sheet: a test names only the columns it is about.
DEFAULTS: Mapping[str, Row] = {
    "delivery": {"code": "T-1", "institution": "VRM"},
    "institution": {"code": "VRM", "name": "Ministerija", "kind": "ministry"},
    "institution_group": {"group_code": "MIN", "institution": "VRM"},
    "document": {"code": "DOK", "title": "Dokumentas", "kind": "ataskaita"},
    "recommendation": {
        "code": "R1",
        "document": "DOK",
        "number": "1",
        "made_in": 2020,
        "text": "Rekomenduotina.",
    },
    "recommendation_part": {"recommendation": "R1", "part": "a", "text": "Dalis."},
    "addressee": {"recommendation": "R1", "institution": "VRM", "role": "adresatas"},
    "request": {
        "recommendation": "R1",
        "institution": "VRM",
        "year": 2020,
        "due_on": datetime.date(2021, 2, 1),
    },
    "response": {"recommendation": "R1", "institution": "VRM", "year": 2020, "state": "pateikta"},
    "result": {"recommendation": "R1", "year": 2020, "position": 1, "text": "Rezultatas."},
    "assessment": {
        "recommendation": "R1",
        "year": 2020,
        "assessment": "įgyvendinta",
        "reason": "Pagrindimas.",
        "stage": "patvirtinta",
    },
    "recommendation_link": {"later": "R2", "earlier": "R1", "kind": "tęsia"},
    "activity": {
        "year": 2020,
        "scope": "savivaldybė",
        "municipality": "LT-57",
        "kind": "lecture",
        "quote": "Vyko paskaita.",
    },
    "statistic": {
        "year": 2020,
        "indicator": "victims_identified",
        "value": 24,
        "quote": "Nustatytos 24 aukos.",
    },
    "conflict": {"code": "K1", "description": "Šaltiniai nesutampa."},
    "coordination": {"municipality": "LT-57", "status": "coordination_group_active"},
    "source": {"code": "S1", "title": "Šaltinis"},
}

# Defined along with the first rows that an office sends, unless the test states its own.
INSTITUTIONS: Sequence[Row] = [
    {"code": "VRM"},
    {"code": "SAM"},
    {"code": "NTB", "kind": "agency", "parent": "SAM"},
    {"code": "PD", "kind": "police"},
    {"code": "GP", "kind": "prosecution"},
    {"code": "MIN", "kind": "group"},
    {"code": "SAV", "kind": "municipality_group"},
]


@functools.cache
def _empty_generation() -> Path:
    """A database without a row, as the production code makes it."""
    target = Path(tempfile.mkdtemp(prefix="rapporteur-tests-")) / "empty.duckdb"
    atexit.register(shutil.rmtree, target.parent)
    with writing.drafting(target, loading.definitions()):
        pass
    generation = generations.current(target)
    assert generation is not None
    return generation


class Office:
    """Workbooks as institutions send them, loaded and asked by the code that the pages use.

    `send` writes rows over the defaults into a workbook and loads it. What the rows refer to (the
    institutions above, a document, the recommendations named) is defined by the first delivery
    that needs it; a code that holds a question mark is never defined.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.target = folder / "database" / "office.duckdb"
        self._defined_by: dict[tuple[str, str], str] = {}
        self._opened: Warehouse | None = None

    # Writing ---------------------------------------------------------------------------------

    def grid(self, name: str, sheets: Mapping[str, Iterable[Iterable[Any]]]) -> Path:
        """A workbook with these cells and nothing else."""
        book = openpyxl.Workbook()
        book.remove(book.worksheets[0])
        for title, rows in sheets.items():
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(list(row))
        path = self.folder / name
        book.save(path)
        return path

    def workbook(
        self,
        code: str | None = "T-1",
        *,
        sender: str = "VRM",
        year: int | None = None,
        name: str | None = None,
        **tables: Iterable[Row],
    ) -> Path:
        """A workbook of one delivery: the rows stated, over the defaults, and what they need."""
        stated = {
            table: [{**DEFAULTS[table], **row} for row in rows] for table, rows in tables.items()
        }
        self._define_what_is_missing(code or "", stated)
        if code:
            stated["delivery"] = [{"code": code, "institution": sender, "year": year}]
        sheets: dict[str, list[list[Any]]] = {}
        for sheet in SHEETS:
            if sheet.table in stated:
                headers = [column.header for column in sheet.columns]
                cells = [
                    [row.get(column.name) for column in sheet.columns]
                    for row in stated[sheet.table]
                ]
                unknown = {name for row in stated[sheet.table] for name in row} - {
                    column.name for column in sheet.columns
                }
                assert not unknown, f"{sheet.table} has no column {unknown}"
                sheets[sheet.name] = [headers, *cells]
        return self.grid(name or f"{code or 'be-kodo'}.xlsx", sheets)

    def _define_what_is_missing(self, code: str, stated: dict[str, list[Row]]) -> None:
        def define(table: str, rows: Iterable[Row]) -> None:
            for row in rows:
                full = {**DEFAULTS[table], **row}
                own = {one["code"] for one in stated.get(table, [])}
                owner = self._defined_by.get((table, full["code"]), code)
                if full["code"] not in own and owner == code:
                    stated.setdefault(table, []).append(full)

        define("institution", INSTITUTIONS)
        named = dict.fromkeys(
            row[column.name]
            for table, rows in stated.items()
            for column in SHEET_OF_TABLE[table].columns
            if column.refers == ("recommendation",)
            for row in rows
            if row.get(column.name) and "?" not in row[column.name]
        )
        define("recommendation", [{"code": one} for one in named])
        if "recommendation" in stated:
            define("document", [{}])
        for table in ("institution", "document", "recommendation"):
            for row in stated.get(table, []):
                self._defined_by.setdefault((table, row["code"]), code)

    # Loading and asking ----------------------------------------------------------------------

    def load(
        self,
        *paths: Path,
        moment: datetime.datetime = MOMENT,
        confirm: Collection[str] = (),
        delivery: str | None = None,
        institution: str | None = None,
        write: bool = True,
    ) -> list[Outcome]:
        """What the production loader makes of the files."""
        return loading.load(
            paths,
            self.target,
            moment=moment,
            actor="tester",
            confirm=confirm,
            delivery=delivery,
            institution=institution,
            write=write,
        )

    def try_to_send(
        self,
        code: str | None = "T-1",
        *,
        moment: datetime.datetime = MOMENT,
        confirm: Collection[str] = (),
        **content: Any,
    ) -> Outcome:
        """Write one delivery, load it, and say what became of it."""
        [outcome] = self.load(self.workbook(code, **content), moment=moment, confirm=confirm)
        return outcome

    def send(self, code: str | None = "T-1", **content: Any) -> Outcome:
        """As `try_to_send`, and it must be accepted.

        The first one finds the tables and views made already, which takes most of a first load;
        `load` and `try_to_send` find nothing, as in a new house.
        """
        if not self.target.exists():
            self.target.parent.mkdir(parents=True, exist_ok=True)
            first = self.target.with_name(f"{self.target.stem}-00000.duckdb")
            shutil.copyfile(_empty_generation(), first)
            self.target.write_text(f"{first.name}\n", encoding="utf-8")
        outcome = self.try_to_send(code, **content)
        assert outcome.accepted, [(p.sheet, p.cell, p.code, p.message()) for p in outcome.problems]
        return outcome

    def ask(self, question: str, *, as_of: datetime.date = DAY, **parameters: Any) -> list[Row]:
        """The rows of an answer, each as a dictionary of plain values."""
        columns, rows = self._warehouse().rows(question, parameters, as_of=as_of)
        return [dict(zip(columns, row, strict=True)) for row in rows]

    def _warehouse(self) -> Warehouse:
        """The current generation, opened once, as the pages do."""
        current = generations.current(self.target)
        if self._opened is None or self._opened.generation != current:
            self.close()
            self._opened = loading.open_renewed(self.target)
        return self._opened

    def close(self) -> None:
        """Let go of the database, as DuckDB opens a file in one way only at a time."""
        if self._opened:
            self._opened.close()
        self._opened = None

    def files(self) -> dict[str, bytes]:
        """What lies in the folder of the database, but for the lock."""
        folder = self.target.parent
        if not folder.exists():
            return {}
        return {
            path.name: path.read_bytes()
            for path in sorted(folder.iterdir())
            if path.suffix != ".lock"
        }


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


@pytest.fixture
def new_office(tmp_path: Path) -> Callable[[str], Office]:
    """Further offices, each in a folder of its own."""

    def make(name: str) -> Office:
        folder = tmp_path / name
        folder.mkdir()
        return Office(folder)

    return make


@pytest.fixture(scope="session")
def shipped_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workbooks that come with the project, loaded once for a worker; nobody writes to it."""
    target = tmp_path_factory.mktemp("shipped") / "rapporteur.duckdb"
    outcomes = loading.load(loading.shipped(), target, moment=MOMENT_OF_SHIPPED, actor="tester")
    assert all(outcome.accepted for outcome in outcomes), [o.problems for o in outcomes]
    return target


@pytest.fixture(scope="session")
def rich_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The rich office of tests/rich_office.py, loaded once for a worker; nobody writes to it."""
    office = Office(tmp_path_factory.mktemp("rich"))
    rich_office.load(office)
    return office.target


# The shipped workbooks hold figures of 2025, and years to come are no years.
MOMENT_OF_SHIPPED = datetime.datetime(2025, 12, 1, 10, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def _whole_errors() -> None:
    """Errors keep the message that readers don't see.

    Answers stay cached from test to test, under the generation that they are of, as they do from
    reader to reader.
    """
    st.set_option("client.showErrorDetails", "full")


class NetworkReached(AssertionError):
    """A test tried to leave this machine."""


def _is_loopback(address: object) -> bool:
    if not isinstance(address, tuple):
        return True  # a path: a socket of this machine
    host = str(address[0])
    if host in {"localhost", ""}:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing that a test runs in this process speaks to another machine."""
    for name in ("connect", "connect_ex"):
        original = getattr(socket.socket, name)

        def guarded(
            self: socket.socket, address: Any, original: Callable[..., Any] = original
        ) -> Any:
            if not _is_loopback(address):
                raise NetworkReached(f"a test reached for {address}")
            return original(self, address)

        monkeypatch.setattr(socket.socket, name, guarded)
