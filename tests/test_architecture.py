"""Who may import what: the picture of docs/architecture.md, which these tests keep true."""

import ast
import graphlib
import itertools
import re
import socket
import sys
from pathlib import Path

import pytest

from rapporteur.settings import ROOT
from tests.conftest import NetworkReached

# Imports run along the arrows of this picture, from each name to those that it may import.
PICTURE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")


def drawn(markdown: str, arrow: str) -> set[tuple[str, str]]:
    """The arrows of the first Mermaid picture: from whom, to whom. A group stands for all in it."""
    [mermaid] = re.findall(r"```mermaid\n(.*?)```", markdown, re.DOTALL)
    groups: dict[str, list[str]] = {}
    open_group = None
    found = set()
    for line in map(str.strip, mermaid.splitlines()):
        if group := re.match(r"subgraph (\w+)", line):
            open_group = group[1]
            groups[open_group] = []
        elif line == "end":
            open_group = None
        elif open_group and (node := re.match(r"(\w+)\[", line)):
            groups[open_group].append(node[1])
        elif f" {arrow} " in line:
            ends = [end.split(" & ") for end in line.split(f" {arrow} ")]
            found |= {
                (member, to)
                for source, to in itertools.product(*ends)
                for member in groups.get(source, [source])
            }
    # What Mermaid would take for a word of its own is drawn under another name.
    return {(NAMES.get(source, source), NAMES.get(to, to)) for source, to in found}


NAMES = {"main": "__main__"}
IMPORTS = drawn(PICTURE, "-->")
READS = drawn(PICTURE, "-.->")
# What each may take from others, beside the standard library.
THIRD_PARTIES = {
    "serve": {"streamlit", "starlette"},
    "app": {"streamlit"},
    "pages": {"streamlit", "pandas"},
    "__main__": {"orjson"},
    "ui": {"streamlit", "starlette", "pandas", "plotly"},
    "documents": {"pandas", "xlsxwriter", "rustpy_xlsxwriter", "docx", "lxml", "matplotlib"},
    "delivery": {
        "pyarrow",
        "orjson",
        "openpyxl",
        "xlsxwriter",
        "defusedxml",
        "python_calamine",
        "xlrd",
        "numpy",
    },
    "statistics": {"numpy", "pandas", "scipy"},
    "warehouse": {"duckdb", "pandas", "pyarrow", "filelock", "snowballstemmer"},
    "translations": {"babel"},
    "settings": set(),
    "__init__": set(),
}
MODULES = [
    ROOT / "serve.py",
    ROOT / "app.py",
    *sorted(ROOT.glob("pages/*.py")),
    *sorted(ROOT.glob("rapporteur/**/*.py")),
]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def home(path: Path) -> str:
    """The row of the tables that a module belongs to."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return parts[1] if parts[0] == "rapporteur" else parts[0]


def imported(source: str) -> tuple[set[str], set[str]]:
    """The packages of ours and those of others that a module imports, wherever in it."""
    ours, others = set(), set()
    for node in ast.walk(ast.parse(source)):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "import from the root: `from rapporteur.ui import charts`"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        for name in names:
            first, *rest = name.split(".")
            if first == "rapporteur":
                ours.add(rest[0] if rest else "__init__")
            elif first in {"pages", "app", "tests", "data"}:
                ours.add(first)
            elif first not in sys.stdlib_module_names:
                others.add(first)
    return ours, others


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_imports_only_its_neighbours(path: Path) -> None:
    ours, others = imported(path.read_text(encoding="utf-8"))
    row = home(path)

    assert {(row, other) for other in ours - {row}} - IMPORTS == set(), "no such arrow"
    assert others - THIRD_PARTIES[row] == set()


def test_every_arrow_of_the_picture_is_an_import() -> None:
    real = {
        (home(path), other)
        for path in MODULES
        for other in imported(path.read_text(encoding="utf-8"))[0]
    }

    assert IMPORTS - real == set()
    assert {name for arrow in IMPORTS for name in arrow} == {home(path) for path in MODULES} - {
        "__init__"
    }


# The names by which settings.py tells where folders lie.
FOLDERS = {"QUERIES": "queries", "DATA": "data", "REFERENCE": "data", "ASSETS": "assets"}


def test_dotted_arrows_lead_to_the_files_that_are_read() -> None:
    real = set()
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = getattr(node, "id", getattr(node, "attr", None))
            if name in FOLDERS and home(path) != "settings":
                real.add((home(path), FOLDERS[name]))

    assert real == READS


def test_imports_run_one_way() -> None:
    graphlib.TopologicalSorter(
        {source: {to for start, to in IMPORTS if start == source} for source, _ in IMPORTS}
    ).prepare()  # raises CycleError where they run in a circle


def test_the_reader_of_the_picture_sees_every_arrow() -> None:
    picture = """```mermaid
    flowchart TB
        subgraph all["each of these"]
            a["<b>a</b>"]
            main["b"]
        end
        c[("files")]
        a --> main & d
        all --> e
        a & d -.-> c
    ```"""

    assert drawn(picture, "-->") == {
        ("a", "__main__"),
        ("a", "d"),
        ("a", "e"),
        ("__main__", "e"),
    }
    assert drawn(picture, "-.->") == {("a", "c"), ("d", "c")}


def test_only_what_is_shown_knows_streamlit() -> None:
    assert {row for row, names in THIRD_PARTIES.items() if "streamlit" in names} == {
        "serve",
        "app",
        "pages",
        "ui",
    }


# What only settings.py may touch: the environment and the clock.
READS_ENVIRONMENT = {"environ", "environb", "getenv", "getenvb", "putenv", "unsetenv"}
READS_CLOCK = {
    ("date", "today"),
    ("datetime", "now"),
    ("datetime", "today"),
    ("datetime", "utcnow"),
    ("Timestamp", "now"),
    ("Timestamp", "today"),
    ("time", "time"),
    ("time", "time_ns"),
    ("time", "localtime"),
    ("time", "gmtime"),
}


def touched(source: str) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute):
            owner = node.value
            of = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
            if (of, node.attr) in READS_CLOCK or (of == "os" and node.attr in READS_ENVIRONMENT):
                found.add(f"{of}.{node.attr}")
        elif isinstance(node, ast.ImportFrom) and node.module in {"os", "time"}:
            names = {alias.name for alias in node.names}
            found |= names & {
                *READS_ENVIRONMENT,
                *(name for of, name in READS_CLOCK if of == "time"),
            }
    return found


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_only_settings_reads_the_environment_and_the_clock(path: Path) -> None:
    found = touched(path.read_text(encoding="utf-8"))

    assert found == set() or home(path) == "settings"


def test_no_query_but_the_current_version_knows_a_clock() -> None:
    for path in ROOT.glob("queries/**/*.sql"):
        sql = path.read_text(encoding="utf-8")
        lines = [line for line in sql.splitlines() if "current_date" in line or "now()" in line]
        # A day that nobody set is today's: for who opens the file by hand.
        assert all("coalesce(getvariable('as_of')::date, current_date)" in one for one in lines)


@pytest.mark.parametrize(
    ("source", "ours", "others"),
    [
        ("import streamlit as st", set(), {"streamlit"}),
        ("from rapporteur.ui import door", {"ui"}, set()),
        ("from rapporteur import settings, delivery", {"settings", "delivery"}, set()),
        ("import rapporteur.ui.door", {"ui"}, set()),
        ("def f():\n    from plotly import graph_objects", set(), {"plotly"}),
        ("import os, csv", set(), set()),
    ],
)
def test_the_reader_of_imports_sees_them_all(source: str, ours: set[str], others: set[str]) -> None:
    assert imported(source) == (ours, others)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import os\nos.environ['A']", {"os.environ"}),
        ("from os import environ", {"environ"}),
        ("import datetime\ndatetime.date.today()", {"date.today"}),
        ("from datetime import datetime\ndatetime.now()", {"datetime.now"}),
        ("import time\ntime.time()", {"time.time"}),
        ("from rapporteur import settings\nsettings.now()", set()),
    ],
)
def test_the_reader_of_clocks_sees_them_all(source: str, found: set[str]) -> None:
    assert touched(source) == found


def test_no_page_stops_without_what_stands_around_every_page() -> None:
    stops = [path for path in MODULES if "st.stop()" in path.read_text(encoding="utf-8")]

    assert [name_of(path) for path in stops] == []


# What the tests themselves keep to -----------------------------------------------------------


def test_tests_reach_no_network() -> None:
    for address in (("192.0.2.1", 80), ("example.org", 443)):
        with socket.socket() as outward:
            with pytest.raises(NetworkReached):
                outward.connect(address)
            with pytest.raises(NetworkReached):
                outward.connect_ex(address)


def test_tests_reach_this_machine() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname(), timeout=5) as reached,
    ):
        assert reached.getpeername() == server.getsockname()


def test_nothing_names_a_folder_of_somebodys_machine() -> None:
    known = {".py", ".sql", ".md", ".toml", ".in", ".yaml", ".yml", ".json"}
    folders = ("app.py", "pages", "rapporteur", "queries", "tests", "docs", "data", ".streamlit")
    forbidden = ("/" + "work/", "../" + "shared", "/" + "home/", "/" + "Users/")
    for folder in folders:
        start = ROOT / folder
        for path in [start] if start.is_file() else start.rglob("*"):
            if path.suffix in known and path.is_file():
                text = path.read_text(encoding="utf-8")
                assert not [words for words in forbidden if words in text], name_of(path)
