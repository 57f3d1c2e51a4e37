"""Every count that two places give is the same in both, and is that of the list beneath it."""

import io
import random
import re
import zipfile
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapporteur.delivery import requesting
from rapporteur.documents import states
from rapporteur.ui import coverage, judging, owed, story
from tests import rich_office
from tests.conftest import DAY, INSTITUTIONS, Office, Row
from tests.pages.conftest import Open, words

CODES = ("VRM", "SAM", "PD", "GP", "MIN")
MEMBERS = ("VRM", "SAM", "PD")
STATES = ("pateikta", "pateikta iš dalies", "nepateikta", "netaikoma")


def counted(sentence: str) -> list[int]:
    """The numbers of a sentence but for its years and shares."""
    plain = re.sub(r"\([^)]*\)|\b20\d\d\b", "", sentence)
    return [int(found) for found in re.findall(r"\d+", plain)]


# Sentences, whatever is told ------------------------------------------------------------------

# How one recommendation stands: judged or not, and whether it could still be implemented.
STANDINGS = st.sampled_from(
    ["done", "partly, open", "partly", "not", "unjudged, open", "unjudged", "outside"]
)


def coverage_of(standings: list[tuple[str, bool]]) -> dict[str, int]:
    """A row of implementation/coverage; each standing with whether nobody answered."""
    counts = Counter(standing for standing, _ in standings)
    is_open = {"partly, open", "unjudged, open"}
    least = counts["done"]
    return {
        "to_judge": len(standings) - counts["outside"],
        "assessed": sum(counts[one] for one in ("done", "partly, open", "partly", "not")),
        "not_assessed": counts["unjudged, open"] + counts["unjudged"],
        "implemented_at_least": least,
        "implemented_at_most": least + sum(counts[one] for one in is_open),
        "open_not_assessed": counts["unjudged, open"],
        "open_in_parts": counts["partly, open"],
        "open_unanswered": sum(
            standing in is_open and is_silent for standing, is_silent in standings
        ),
    }


@settings(deadline=None)
@given(st.lists(st.tuples(STANDINGS, st.booleans()), min_size=1, max_size=14))
def test_the_reasons_add_up_to_what_is_open(standings: list[tuple[str, bool]]) -> None:
    row = coverage_of(standings)
    if not row["to_judge"]:
        return
    sentence = coverage.implemented_in_words(row)

    least, most = row["implemented_at_least"], row["implemented_at_most"]
    if least == most:
        assert counted(sentence) == [least, row["to_judge"]]
        return
    head, _, rest = sentence.partition(", nes ")
    reasons, _, silent = rest.partition(". ")
    assert counted(head) == [least, most, row["to_judge"]]
    told = [counted(reason) for reason in reasons.split(", ")]
    assert least + sum(numbers[0] for numbers in told) == most
    # A part of those that are not assessed is told as a part of them.
    assert all(numbers[1:] in ([], [row["not_assessed"]]) for numbers in told)
    assert row["assessed"] + row["not_assessed"] == row["to_judge"]
    assert counted(silent) == (
        [row["open_unanswered"], most - least] if row["open_unanswered"] else []
    )


COLUMNS = [*states.COUNTED]


@settings(deadline=None)
@given(
    st.lists(
        st.fixed_dictionaries({column: st.integers(0, 2) for column in COLUMNS}).filter(
            lambda row: any(row.values())
        ),
        min_size=1,
        max_size=12,
    )
)
def test_every_addressee_is_told_of_once(rows: list[dict[str, int]]) -> None:
    summary = pd.DataFrame(rows)
    summary["asked"] = (
        summary[COLUMNS].sum(axis=1) - summary["not_asked"] - summary["not_applicable"]
    )
    summary["with_data_at_least"] = summary["answered"] + summary["answered_in_part"]

    everybody, *groups = counted(owed.all_in_words(summary, 2026))

    assert everybody == len(rows) == sum(groups)


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(list(states.COUNTED.values())), st.booleans()),
        min_size=2,
        max_size=12,
    )
)
def test_every_item_is_told_of_once(told: list[tuple[str, bool]]) -> None:
    items = pd.DataFrame(told, columns=["state", "is_addressed"]).assign(part="a")
    addressed = [state for state, is_addressed in told if is_addressed]
    by_letter = len(told) - len(addressed)
    numbers = counted(owed.one_in_words(items, "SAM", 2026))

    if by_letter:
        assert numbers.pop() == by_letter
    if len(addressed) > 1:
        whole, *of_states = numbers
        assert whole == len(addressed)
        # “on each of them” needs no number.
        one_state = len(set(addressed)) == 1 and addressed[0] != "netaikoma"
        assert sum(of_states) == (0 if one_state else whole)


@settings(deadline=None)
@given(st.lists(st.sampled_from(["judged", "unjudged", "outside"]), min_size=1, max_size=9))
def test_judged_parts_and_those_left_aside_are_all_parts(kinds: list[str]) -> None:
    parts = pd.DataFrame(
        {
            "assessment": ["įgyvendinta" if kind == "judged" else None for kind in kinds],
            "is_inapplicable": [kind == "outside" for kind in kinds],
        }
    )
    judged, counting, *outside = counted(judging.parts_judged(parts))

    assert judged == kinds.count("judged")
    assert counting + sum(outside) == len(kinds)


# Questions, over generated deliveries ---------------------------------------------------------


def delivery(draw: random.Random) -> dict[str, Any]:
    """Two years of recommendations with and without parts, a group, letters to anybody, answers."""
    tables: dict[str, Any] = {
        "institution": [*INSTITUTIONS, {"code": "TEAM", "kind": "group"}],
        "institution_group": [{"group_code": "TEAM", "institution": one} for one in MEMBERS],
        **{name: [] for name in ("recommendation", "recommendation_part", "addressee")},
        **{name: [] for name in ("request", "response", "assessment")},
    }

    def put(table: str, key: tuple[Any, ...], row: Row) -> None:
        if key not in taken:
            taken.add(key)
            tables[table].append(row)

    taken: set[tuple[Any, ...]] = set()
    for place in range(24):
        code = f"R{place}"
        nature = draw.choice(["nuolatinis", "vienkartinis"])
        row: Row
        part: str | None
        tables["recommendation"].append({"code": code, "number": str(place), "nature": nature})
        parts = draw.choice(["", "", "ab", "abc"])
        tables["recommendation_part"] += [{"recommendation": code, "part": one} for one in parts]
        of: list[str | None] = [None, None, *parts]
        for one in draw.sample([*CODES, "TEAM"], draw.randint(1, 3)):
            part = draw.choice(of)
            row = {"recommendation": code, "part": part, "institution": one}
            put("addressee", ("named", code, part, one), row)
        for year in (2020, 2021):
            for one in draw.sample([*CODES, "TEAM"], 3):
                part = draw.choice(of)
                due = draw.choice([DAY, DAY.replace(month=2), DAY.replace(month=12)])
                row = {"recommendation": code, "part": part, "institution": one, "year": year}
                put("request", ("asked", code, part, one, year), {**row, "due_on": due})
            for one in draw.sample([*CODES, "NTB"], 3):
                part = draw.choice(of)
                row = {"recommendation": code, "part": part, "institution": one, "year": year}
                whom = "SAM" if one == "NTB" else None
                said = {**row, "state": draw.choice(STATES), "on_behalf_of": whom}
                put("response", ("said", code, part, one, year), said)
    return tables


@pytest.fixture(scope="module", params=range(2))
def office(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Office:
    made = Office(tmp_path_factory.mktemp("agree"))
    made.send(**delivery(random.Random(request.param)))
    return made


def test_items_are_counted_the_same_everywhere(office: Office) -> None:
    for year in (2020, 2021):
        items = office.ask("institutions/items", year=year)
        summary = {row["institution"]: row for row in office.ask("institutions/summary", year=year)}
        addressed = [row for row in items if row["is_addressed"]]
        by_state = Counter((row["institution"], row["state"]) for row in addressed)

        assert summary.keys() == {row["institution"] for row in addressed}
        for code, row in summary.items():
            assert row["items"] == sum(count for (who, _), count in by_state.items() if who == code)
            assert {column: row[column] for column in COLUMNS} == {
                column: by_state[code, state] for column, state in states.COUNTED.items()
            }
        rates = office.ask("implementation/response_rate", year=year)
        [total] = [row for row in rates if row["institution_kind"] is None]
        for column in ("asked", "answered", "answered_in_part", "silent", "with_data_at_most"):
            assert total[column] == sum(row[column] for row in summary.values())
        assert total["institutions"] == sum(row["asked"] > 0 for row in summary.values())


def test_addressees_are_those_of_the_matrix_and_the_register(office: Office) -> None:
    for year in (2020, 2021):
        matrix = office.ask("implementation/answer_matrix", year=year)
        named: dict[str, set[str]] = {}
        for row in matrix:
            if row["role"] == "adresatas":
                named.setdefault(row["recommendation"], set()).add(row["institution"])
        register = office.ask("recommendations/register", year=year)
        summary = office.ask("institutions/summary", year=year)

        assert {row["recommendation"]: set(row["addressees"]) for row in register} == named
        for row in register:
            assert len(row["addressees"]) == len(named[row["recommendation"]])
            assert row["answered_addressees"] <= row["asked_addressees"] <= len(row["addressees"])
        assert {row["institution"] for row in summary} == set().union(*named.values())


def test_states_and_judgements_are_counted_as_they_are_listed(office: Office) -> None:
    column_of = {state: column for column, state in states.COUNTED.items()}
    for filters in ({}, {"institution": "SAM"}, {"institution": ["VRM", "PD"]}):
        for year in (2020, 2021):
            register = office.ask("recommendations/register", year=year, **filters)
            [counts] = office.ask("implementation/coverage", year=year, **filters)
            listed = Counter(column_of[row["state"]] for row in register)

            assert counts["recommendations"] == len(register)
            for column in (
                "answered",
                "answered_in_part",
                "not_applicable",
                "awaited",
                "not_asked",
            ):
                assert counts[column] == listed[column], column
            assert counts["to_judge"] == sum(row["assessment"] is not None for row in register)


def test_who_owes_is_who_gets_a_workbook(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAPPORTEUR_DATABASE", str(office.target))
    items = pd.DataFrame(office.ask("institutions/items", year=2020))
    owing = owed.owing_of(items)
    for row in owing.to_dict("records"):
        of_one = items[(items["institution"] == row["institution"]) & items["is_open"]]
        terms = of_one["due_on"].dropna()
        assert len(terms) == 0 or row["due_on"] == min(terms), row["institution"]

    office.close()
    content = requesting.batch(office.target, 2020, as_of=DAY)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        files = {name for name in archive.namelist() if name.endswith(".xlsx")}
    assert files == {
        requesting.file_name(row["institution"], 2020)
        for row in owing.to_dict("records")
        if not row["is_collective"]
    }


def test_requests_are_told_by_the_year_of_the_page_that_lists_them(office: Office) -> None:
    every = pd.DataFrame(office.ask("institutions/requests"))
    for year in (2020, 2021):
        of_year = pd.DataFrame(office.ask("institutions/requests", year=year))
        overdue = int((of_year["standing"] == "overdue").sum())
        told = story.due_in_words(every[every["year"] == year])

        assert any(counted(sentence)[0] == overdue for sentence in told)


# Pages ----------------------------------------------------------------------------------------


def bold(said: str) -> int:
    """The first number that a page tells in bold."""
    found = re.search(r"\*\*(\d+)", said)
    assert found
    return int(found[1])


def test_pages_of_the_rich_office_agree(open_page: Open, rich_database: Path) -> None:
    front = words(open_page("overview", database=rich_database, lang="en", year="2026"))
    everybody = words(open_page("institutions", database=rich_database, lang="en", year="2026"))

    [addressed] = re.findall(r"addressed to (\d+) institutions or groups", front)
    assert int(addressed) == bold(everybody) == len(rich_office.SUMMARY)


def test_the_number_of_items_is_that_of_the_cards_beneath(
    open_page: Open, rich_database: Path
) -> None:
    told: Mapping[str, int] = {code: row[0] for code, row in rich_office.SUMMARY.items()}
    for code in ("SAM", "PD"):
        app = open_page(
            "institutions", database=rich_database, lang="en", year="2026", institution=code
        )
        cards = [
            one.value for one in app.markdown if re.fullmatch(r"[●◐○–…·×] .*", one.value.strip())
        ]

        assert bold(words(app)) == told[code] == len(cards)
