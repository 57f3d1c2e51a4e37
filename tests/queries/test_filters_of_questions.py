"""Every parameter of every question narrows, on an office that has something for it to leave out.

Questions and parameters are those of the headers under queries/: a new one is tried by itself, and
one whose values nobody knows here is told. What a parameter means where rows hold what it is called
after is tried exactly; where a question counts, no count may grow.
"""

import datetime
import functools
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from rapporteur import settings
from rapporteur.__main__ import main
from rapporteur.delivery import loading
from rapporteur.documents.columns import LISTS
from rapporteur.ui import door
from rapporteur.warehouse.questions import questions
from rapporteur.warehouse.reading import Warehouse
from tests import rich_office
from tests.unit.test_exports import has_formula, plain, with_calamine, with_openpyxl

Row = dict[str, Any]
ASKED = sorted(name for name in questions() if not name.startswith("checks/"))
FILTERED = [name for name in ASKED if questions()[name].parameters]

# Two values of each parameter that the rich office has something for, and something against.
VALUES: Mapping[str, Sequence[str]] = {
    "age_group": ["children"],
    "assessment": ["neįgyvendinta", "dar neįvertinta"],
    "citizenship": ["foreign_nationals"],
    "county": ["LT-VL", "LT-KU"],
    "delivery": ["VRM-2026", "PD-2026"],
    "document": ["REK-2025", "PROT-2026"],
    "form": ["forced_labour", "sexual_exploitation"],
    "group": ["VRM-VEIKLOS:G1"],
    "indicator": ["persons_convicted", "victims_identified"],
    "institution": ["SAM", "VRM"],
    "kind": ["lecture", "campaign"],
    "most": ["2"],
    "municipality": ["LT-57", "LT-15"],
    "nature": ["nuolatinis", "nenurodyta"],
    "organiser": ["PD", "SAM"],
    "outside": ["taip"],
    "recommendation": ["R2020-1", "R2020-3", "R2026-1", "P2021-3.2"],
    "registered_by": ["PD"],
    "scope": ["visa šalis", "apskritis"],
    "sex": ["women", "men"],
    "skip": ["3"],
    "source": ["S1", "REK-2026"],
    "state": ["netaikoma", "laukiama"],
    "status": ["coordination_group_active", "no_measures_2023"],
    "target_group": ["pupils", "specialists"],
    "territory": ["LT-57", "LT"],
    "text": ["mokymas"],
    "theme": ["education_and_prevention", "victim_assistance"],
    "undated": ["taip"],
    "year": ["2025", "2022", "2026"],
}

# Questions whose rows count something: what a row is of, and what may not grow when less is asked.
COUNTED: Mapping[str, tuple[str, str]] = {
    "activities/by_municipality": ("municipality", "activities participants"),
    "activities/by_year": ("year", "activities municipalities unplaced totals statements sources"),
    "activities/by_year_and_kind": ("year kind", "activities"),
    "activities/gaps": ("form target_group", "activities unplaced without_form"),
    "activities/gaps_by_municipality": ("municipality form", "activities unnamed"),
    "activities/sources": ("source source_title", "statements"),
    "activities/told": ("year kind", "activities unplaced statements found"),
    "activities/unplaced": ("scope is_total", "activities statements"),
    "implementation/coverage": ("year", "recommendations"),
    "implementation/response_rate": (
        "year institution_kind",
        "institutions asked answered answered_in_part silent not_mentioned awaited",
    ),
    "implementation/sources": ("source", ""),
    "institutions/summary": (
        "year institution",
        "items not_applicable not_asked answered answered_in_part silent not_mentioned awaited",
    ),
    "recommendations/register": ("recommendation year", "asked_addressees answered_addressees"),
}

# Which column of a row holds what a parameter is called after, where its name is another.
HELD_IN: Mapping[tuple[str, str], str] = {
    ("activities/list", "form"): "forms",
    ("activities/list", "target_group"): "target_groups",
    ("activities/list", "group"): "group_code",
    ("recommendations/chain", "recommendation"): "start",
    ("institutions/named", "institution"): "code",
}
# What is given besides the rows that hold the value, and why.
BESIDES: Mapping[tuple[str, str], str] = {
    ("investigations/contradictions", "indicator"): "a group is given whole",
    ("investigations/contradictions", "year"): "a group is given whole",
    ("recommendations/parts", "year"): "parts of what counts in no year are there in every year",
    ("recommendations/catalogue", "nature"): "a code stands for what the text does not say",
    ("recommendations/catalogue", "text"): "words are looked for in all of them, in any form",
    ("activities/list", "organiser"): "a row holds its name",
    ("investigations/evidence", "territory"): "LT is the country, of which rows say nothing",
}
# A breakdown that is left out means the total: to ask for one gives other rows, not fewer.
BREAKDOWNS = ("sex", "age_group", "citizenship", "form", "registered_by", "territory")
SERIES = "investigations/series"
BROKEN_DOWN = (SERIES, "investigations/told_apart")


@pytest.fixture(scope="module")
def warehouse(rich_database: Path) -> Iterator[Warehouse]:
    opened = loading.open_renewed(rich_database)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def ask(warehouse: Warehouse) -> Callable[..., list[Row]]:
    """Rows of an answer. What was asked once is remembered: several tests look at the same."""

    @functools.cache
    def answered(question: str, given: tuple[tuple[str, tuple[str, ...]], ...]) -> list[Row]:
        columns, rows = warehouse.rows(question, dict(given), as_of=rich_office.DAY)
        return [dict(zip(columns, row, strict=True)) for row in rows]

    def answer(question: str, **parameters: Sequence[str] | str) -> list[Row]:
        listed = {
            name: (value,) if isinstance(value, str) else tuple(value)
            for name, value in parameters.items()
        }
        return answered(question, tuple(sorted(listed.items())))

    return answer


Ask = Callable[..., list[Row]]


def as_text(row: Mapping[str, Any]) -> str:
    return json.dumps(row, default=str, sort_keys=True, ensure_ascii=False)


def bag(rows: Sequence[Row]) -> Counter[str]:
    return Counter(map(as_text, rows))


def holds(row: Row, column: str, values: Sequence[str]) -> bool:
    held = row[column]
    members = held if isinstance(held, list) else [held]
    return any(str(member) in values for member in members if member is not None)


def parameters_of(name: str) -> Iterator[tuple[str, Sequence[str]]]:
    for parameter in questions()[name].parameters:
        assert parameter in VALUES, f"{name}: which values has {parameter}? Add some to VALUES."
        yield parameter, VALUES[parameter]


def counts_of(name: str, rows: Sequence[Row]) -> dict[tuple[str, ...], list[int]]:
    """By what a row is of: its counts, added up where several are of the same."""
    key, measures = (columns.split() for columns in COUNTED[name])
    found: dict[tuple[str, ...], list[int]] = {}
    for row in rows:
        counts = found.setdefault(tuple(str(row[each]) for each in key), [0] * len(measures))
        for place, measure in enumerate(measures):
            counts[place] += row[measure] or 0
    return found


@pytest.mark.parametrize("name", FILTERED)
def test_a_parameter_narrows_and_is_never_ignored(ask: Ask, name: str) -> None:
    whole = ask(name)
    assert whole, "the rich office has nothing for this question"
    for parameter, values in parameters_of(name):
        one = ask(name, **{parameter: values[0]})
        assert bag(one) != bag(whole), f"{parameter} is ignored"
        if name in BROKEN_DOWN and parameter in BREAKDOWNS:
            continue
        if name not in COUNTED:
            several = ask(name, **{parameter: values})
            assert not bag(one) - bag(several), parameter
            assert not bag(several) - bag(whole), parameter
            continue
        most = counts_of(name, whole)
        for key, counts in counts_of(name, one).items():
            assert key in most, (parameter, key)
            for count, bound in zip(counts, most[key], strict=True):
                assert count <= bound, (parameter, key)


@pytest.mark.parametrize("name", [name for name in FILTERED if name not in COUNTED])
def test_rows_that_hold_the_value_are_given_and_no_others(ask: Ask, name: str) -> None:
    """As far as a row says what it is of; of several values, those of any."""
    whole = ask(name)
    for parameter, values in parameters_of(name):
        column = HELD_IN.get((name, parameter), parameter)
        if (
            column not in questions()[name].columns
            or (name, parameter) in BESIDES
            or (name in BROKEN_DOWN and parameter in BREAKDOWNS)
        ):
            continue
        for chosen in ([values[0]], values):
            expected = [row for row in whole if holds(row, column, chosen)]
            assert ask(name, **{parameter: chosen}) == expected, (parameter, chosen)


@pytest.mark.parametrize("dimension", BREAKDOWNS)
def test_a_breakdown_of_a_series_is_what_the_evidence_shows(ask: Ask, dimension: str) -> None:
    def key(row: Row) -> tuple[Any, ...]:
        return (row["indicator"], row["year"], row["value"], row["mark"])

    for value in VALUES[dimension]:
        code = None if value == "LT" else value
        expected = [
            key(row)
            for row in ask("investigations/evidence")
            if row["is_preferred"]
            and row[dimension] == code
            and all(row[other] is None for other in BREAKDOWNS if other != dimension)
        ]
        rows = ask(SERIES, **{dimension: value})
        assert expected, value
        assert Counter(map(key, rows)) == Counter(expected), value


FILTERS_OF_ACTIVITIES = sorted(
    set(questions()["activities/list"].parameters)
    & set(questions()["activities/by_municipality"].parameters)
)


@pytest.mark.parametrize("parameter", FILTERS_OF_ACTIVITIES)
def test_all_that_counts_activities_counts_the_same_ones(ask: Ask, parameter: str) -> None:
    """Eight questions filter the same rows, each for itself: by their sums they agree."""
    for value in (VALUES[parameter], VALUES[parameter][0]):
        given = {parameter: value}
        placed = sum(row["activities"] or 0 for row in ask("activities/by_municipality", **given))
        told = ask("activities/told", **given)
        assert sum(row["activities"] or 0 for row in told) == placed, value
        of_any_form = [row for row in ask("activities/gaps_by_municipality", **given)]
        assert sum(row["activities"] or 0 for row in of_any_form if not row["form"]) == placed
        [every] = [
            row
            for row in ask("activities/gaps", **given)
            if row["form"] is None and row["target_group"] is None
        ]
        assert every["activities"] == placed, value
        counting = [
            row
            for row in ask("activities/list", **given)
            if row["count_mark"] not in ("[n]", "[z]")  # which count nothing
        ]
        sources = ask("activities/sources", **given)
        assert sum(row["statements"] for row in sources) == len(counting), value
        if parameter not in ("year", "undated"):
            years = ask("activities/by_year", **given)
            assert sum(row["activities"] for row in years) == placed, value
            assert sum(row["statements"] for row in years) == len(counting), value
            kinds = ask("activities/by_year_and_kind", **given)
            assert sum(row["activities"] for row in kinds) == placed, value
        if parameter not in ("county", "municipality"):
            unplaced = ask("activities/unplaced", **given)
            assert sum(row["activities"] for row in unplaced) == sum(
                row["unplaced"] or 0 for row in told
            ), value


# Page, file and command ----------------------------------------------------------------------

# Where there is no such file: labels are of the program itself.
GIVEN_AS_FILES = [name for name in ASKED if name != "overview/labels"]


CHOSEN: Mapping[str, str] = {
    "delivery": "PD-2026",
    "indicator": "victims_identified",
    "institution": "SAM",
    "kind": "lecture",
    "recommendation": "R2026-3",
    "source": "S1",
    "theme": "victim_assistance",
    "year": "2026",
}
CHOSEN_OF: Mapping[str, Mapping[str, str]] = {
    "activities/by_municipality": {"county": "LT-KU", "form": "forced_labour", "year": "2026"},
    "activities/coordination": {"status": "no_measures_2023"},
    "activities/list": {"recommendation": "R2020-1", "organiser": "PD"},
    "activities/told": {"most": "2", "skip": "1"},
    "activities/unplaced": {"year": "2026", "organiser": "VRM"},
    "implementation/answer_matrix": {"institution": "SAM", "theme": "victim_assistance"},
    "implementation/sources": {"institution": "SAM", "year": "2026"},
    "implementation/results": {"recommendation": "R2026-1"},
    "indicators/followed": {"recommendation": "R2020-3"},
    "indicators/forms": {"recommendation": "R2020-3", "year": "2026"},
    "indicators/target_groups": {"recommendation": "R2020-3", "year": "2026"},
    "investigations/contradictions": {"indicator": "pretrial_investigations_opened"},
    "investigations/series": {"indicator": "victims_identified", "sex": "women"},
    "investigations/told_apart": {"indicator": "cases_sent_to_court"},
    "protocol/measures": {"institution": "VRM", "document": "PROT-2026"},
    "recommendations/catalogue": {"institution": "SAM", "nature": "nuolatinis"},
    "recommendations/chain": {"recommendation": "R2025-2"},
    "recommendations/lineage": {"recommendation": "R2025-2"},
    "recommendations/parts": {"recommendation": "R2026-1"},
    "recommendations/register": {"institution": "SAM", "year": "2026", "state": "pateikta"},
}


def chosen(name: str) -> dict[str, str]:
    """Filters that leave something of an answer."""
    known = questions()[name].parameters
    if name in CHOSEN_OF:
        return dict(CHOSEN_OF[name])
    return {parameter: value for parameter, value in CHOSEN.items() if parameter in known}


@pytest.fixture
def _at_the_door(rich_database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rich office on its day, for pages and commands."""
    monkeypatch.setenv("RAPPORTEUR_DATABASE", str(rich_database))
    monkeypatch.setattr(settings, "now", lambda: rich_office.MOMENT)


@pytest.fixture(scope="module")
def labels(ask: Ask) -> dict[tuple[str, str, str], str]:
    """(language, list, code) → label."""
    return {
        (language, row["list"], row["code"]): row[f"label_{language}"]
        for row in ask("overview/labels")
        for language in ("lt", "en")
    }


def columns_in(name: str, language: str) -> list[str]:
    """Of a column and its twin in another language, the one that is read in this language."""
    every = list(questions()[name].columns)
    other = "_lt" if language == "en" else "_en"
    return [
        column
        for column in every
        if not column.endswith(other) and not (language == "en" and f"{column}_en" in every)
    ]


def as_cell(
    value: Any, column: str, labels: Mapping[tuple[str, str, str], str], language: str
) -> Any:
    """What a cell of a file shows for a value that the command gives."""
    base = column.removesuffix("_lt").removesuffix("_en")
    if isinstance(value, bool):
        return {"lt": ("ne", "taip"), "en": ("no", "yes")}[language][value]
    if isinstance(value, list):
        members = [
            str(each)
            if isinstance(each, int) and not isinstance(each, bool)
            else as_cell(each, column, labels, language)
            for each in value
            if each is not None
        ]
        return "; ".join(members) or None
    for known in LISTS.get(base, ()):
        if (language, known, value) in labels:
            return labels[language, known, value]
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d(T[\d:.]+)?", value):
        return plain(datetime.datetime.fromisoformat(value))
    return plain(value)


def as_shown(cell: Any) -> Any:
    """A cell of a file; a day that is written out is a day."""
    if isinstance(cell, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", cell):
        return plain(datetime.datetime.fromisoformat(cell))
    return cell


@pytest.mark.usefixtures("_at_the_door")
@pytest.mark.parametrize(
    ("name", "language"),
    # Each in one language: what a file does with codes and twins it does in every question.
    [(name, ("lt", "en")[place % 2]) for place, name in enumerate(GIVEN_AS_FILES)],
)
def test_page_file_and_command_give_the_same_rows(
    name: str,
    language: str,
    labels: dict[tuple[str, str, str], str],
    capsys: pytest.CaptureFixture[str],
) -> None:
    filters = chosen(name)
    given = [word for each in filters.items() for word in ("--param", "=".join(each))]
    assert main(["ask", name, *given, "--format", "json"]) == 0
    told: list[Row] = json.loads(capsys.readouterr().out)
    page = door.ask(name, **filters)
    content = door.excel(name, filters, "http://localhost/page", language)
    file = with_openpyxl(content)

    assert told, "nothing is compared"
    assert page.columns.tolist() == list(questions()[name].columns) == list(told[0])
    shown = columns_in(name, language)
    assert len(file[0]) == len(shown)
    assert [[as_shown(cell) for cell in row] for row in file[1:]] == [
        [as_cell(row[column], column, labels, language) for column in shown] for row in told
    ]
    assert with_calamine(content) == file  # another reader finds the same
    assert not has_formula(content)
    assert len(page) == len(told)
    for column in page.columns.tolist():
        if not any(isinstance(row[column], list) for row in told):
            assert [as_shown(plain(value)) for value in page[column].astype(object)] == [
                as_shown(plain(row[column]))
                if not is_moment(row[column])
                else moment_of(row[column])
                for row in told
            ], column


def is_moment(value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+", value) is not None


def moment_of(value: str) -> Any:
    return plain(datetime.datetime.fromisoformat(value))
