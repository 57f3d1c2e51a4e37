"""Whose silence is told, and how: a table of truth over the states of two and three addressees."""

import datetime
import itertools
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapporteur.documents import standing
from rapporteur.documents.palette import ANSWER_LOOKS

STATES = sorted(ANSWER_LOOKS)
TERM = datetime.date(2026, 12, 15)


def row(institution: str, state: str | None, **columns: Any) -> dict[str, Any]:
    return {
        "institution": institution,
        "name": institution,
        "part": None,
        "is_addressee": True,
        "state": state,
        "due_on": None,
        **columns,
    }


def told(*states: str) -> list[standing.Standing]:
    rows = [row(str(place), state) for place, state in enumerate(states)]
    return standing.standings(rows, name="name")


@pytest.mark.parametrize("states", [*itertools.product(STATES, repeat=2)])
def test_silence_is_told_only_where_all_to_whom_it_applies_are_silent(
    states: tuple[str, str],
) -> None:
    silent = {
        ("nepateikta", "nepateikta"),
        ("nepateikta", "netaikoma"),
        ("netaikoma", "nepateikta"),
    }

    assert standing.is_silent(told(*states)) == (states in silent)


@settings(deadline=None)
@given(st.lists(st.sampled_from(STATES), min_size=1, max_size=6))
def test_one_state_is_told_of_all_only_where_all_applicable_share_it(states: list[str]) -> None:
    applicable = {state for state in states if state != "netaikoma"} or {"netaikoma"}

    shared = standing.shared_state(told(*states))
    assert shared == (applicable.pop() if len(applicable) == 1 else None)


def test_different_terms_are_told_one_by_one() -> None:
    rows = [row("A", "laukiama", due_on=TERM), row("B", "laukiama", due_on=None)]

    assert standing.shared_state(standing.standings(rows, name="name")) is None


@pytest.mark.parametrize(
    ("rows", "wanted"),
    [
        # The whole goes before its parts; named for parts alone, each part is told.
        ([row("A", "pateikta iš dalies"), row("A", "pateikta", part="a")], [("A", None)]),
        (
            [row("A", "pateikta", part="a"), row("A", "nepateikta", part="b")],
            [("A", "a"), ("A", "b")],
        ),
        # Who is no addressee is told elsewhere.
        ([row("A", "nepateikta"), row("B", "pateikta", is_addressee=False)], [("A", None)]),
        ([row("A", None, is_addressee=False)], []),
    ],
)
def test_each_addressee_is_told_once_or_by_its_parts(
    rows: Sequence[dict[str, Any]], wanted: list[tuple[str, str | None]]
) -> None:
    found = standing.standings(rows, name="name")

    assert [(one.institution, one.part) for one in found] == wanted


def test_a_body_that_gave_data_without_being_asked_is_named_apart() -> None:
    rows = [row("A", "nepateikta"), row("B", "pateikta", is_addressee=False)]

    assert standing.given_by_others(rows, name="name") == ["B"]


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (row("A", "laukiama", due_on=TERM), "A – laukiama iki 2026-12-15"),
        (row("A", "nepateikta", due_on=TERM), "A – nepateikta"),
        (row("A", "pateikta", part="b"), "A, b dalis – pateikta"),
    ],
)
def test_a_term_is_told_of_who_is_awaited(one: dict[str, Any], words: str) -> None:
    [found] = standing.standings([one], name="name")

    said = standing.in_words(
        found, str, part="{part} dalis", until="iki {day}", day=datetime.date.isoformat
    )
    assert said == words
