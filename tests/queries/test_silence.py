"""Whose silence a recommendation is told by: every pair of states of two addressees."""

import itertools
import re

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapporteur.documents.palette import ANSWER_LOOKS
from rapporteur.ui import coverage
from tests.conftest import Office, Row

STATES = sorted(ANSWER_LOOKS)
PAIRS = [(one, other) for one, other in itertools.product(STATES, repeat=2)]
# What is told of a recommendation of whose addressees none gave data, by what is known of them.
WITHOUT_DATA = ("laukiama", "nepateikta", "neminima", "neprašyta")


def told(pair: tuple[str, str]) -> tuple[str, int, bool]:
    """The state of the whole, how many are silent, and whether all are, by the published rule."""
    applicable = {state for state in pair if state != "netaikoma"}
    silent = pair.count("nepateikta")
    is_silent = applicable == {"nepateikta"}
    if not applicable:
        return "netaikoma", silent, False
    if applicable == {"pateikta"}:
        return "pateikta", silent, False
    if applicable & {"pateikta", "pateikta iš dalies"}:
        return "pateikta iš dalies", silent, False
    return next(state for state in WITHOUT_DATA if state in applicable), silent, is_silent


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> list[Row]:
    """A recommendation for each pair of states, as the page asks for it."""
    office = Office(tmp_path_factory.mktemp("silence"))
    codes = [f"R{place}" for place in range(len(PAIRS))]
    office.send(
        recommendation=[
            {"code": code, "number": str(place)} for place, code in enumerate(codes, 1)
        ],
        addressee=[
            {"recommendation": code, "institution": who} for code in codes for who in ("SAM", "PD")
        ],
        response=[
            {"recommendation": code, "institution": who, "state": state}
            for code, pair in zip(codes, PAIRS, strict=True)
            for who, state in zip(("SAM", "PD"), pair, strict=True)
        ],
    )
    return office.ask("recommendations/register", year=2020)


@pytest.mark.parametrize("place", range(len(PAIRS)), ids=lambda place: "-".join(PAIRS[place]))
def test_silence_of_one_is_not_the_silence_of_all(register: list[Row], place: int) -> None:
    row = register[place]

    assert (row["state"], row["silent_addressees"], row["is_silent"]) == told(PAIRS[place])


def test_the_sentence_counts_every_recommendation_once(register: list[Row]) -> None:
    kinds = coverage.kinds_of_silence(pd.DataFrame(register)).value_counts().to_dict()

    assert sum(kinds.values()) == len(PAIRS)
    # Both silent, or one silent to whom alone it applies.
    assert kinds["nepateikta"] == 3
    # Silent beside not mentioned or not asked, and silent beside awaited: both orders.
    assert kinds[coverage.SOME_SILENT] == 4
    assert kinds[coverage.SOME_SILENT_SOME_AWAITED] == 2
    said = coverage.states_in_words(kinds, len(PAIRS))
    assert "dėl 2 dalis adresatų duomenų nepateikė, kitų dar laukiama" in said


@settings(deadline=None)
@given(st.lists(st.sampled_from(PAIRS), min_size=2, max_size=12))
def test_the_numbers_of_the_sentence_add_up_to_its_list(pairs: list[tuple[str, str]]) -> None:
    rows = [
        dict(zip(("state", "silent_addressees", "is_silent"), told(one), strict=True))
        for one in pairs
    ]
    kinds = coverage.kinds_of_silence(pd.DataFrame(rows)).value_counts().to_dict()

    said = coverage.states_in_words(kinds, len(pairs))

    numbers = [int(found) for found in re.findall(r"\d+", said)]
    # One kind is told of each of them, without a number.
    assert sum(numbers) == len(pairs) or (len(kinds) == 1 and len(numbers) <= 1)
