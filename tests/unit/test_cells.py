"""Columns as distinct cells and rows: what is the same, what only looks it, and what is left."""

import datetime
from typing import Any

import numpy as np
import pytest

from rapporteur.delivery.cells import Gathering, Repeated, constant
from rapporteur.ui.desk import safe_name


def column(*values: Any) -> Repeated[Any]:
    known = list(dict.fromkeys(values))
    return Repeated(known, np.array([known.index(value) for value in values], np.int32))


def gathered(*blocks: list[Any]) -> Repeated[Any]:
    gathering = Gathering()
    for block in blocks:
        gathering.add(block, np.arange(len(block), dtype=np.int32), lambda value: value)
    return gathering.finish()


def test_blocks_follow_each_other_and_share_their_cells() -> None:
    whole = gathered(["a", "b", None], ["b", "c"])

    assert whole.to_list() == ["a", "b", None, "b", "c"]
    assert len(whole.values) == 4


def test_truth_is_no_number_and_a_day_no_moment() -> None:
    day = datetime.date(2020, 9, 1)
    cells = [True, 1.0, day, datetime.datetime(2020, 9, 1), False, 0.0]

    whole = gathered(cells, cells)

    assert [type(cell) for cell in whole.to_list()] == [type(cell) for cell in cells * 2]


def test_rows_that_were_skipped_are_blank() -> None:
    gathering = Gathering()
    gathering.skip(2)
    gathering.add(["a"], np.array([0], np.int32), str)

    assert gathering.finish().to_list() == [None, None, "a"]


def test_only_values_that_stand_somewhere_are_used() -> None:
    part = column("a", "b", "c", "b").rows(np.array([1, 3])).used()

    assert (part.values, part.to_list()) == (["b"], ["b", "b"])


def test_what_a_value_is_is_decided_once_for_each() -> None:
    seen: list[str] = []

    def is_b(value: str) -> bool:
        seen.append(value)
        return value == "b"

    assert column("a", "b", "a", "b").where(is_b).tolist() == [False, True, False, True]
    assert seen == ["a", "b"]
    assert column("a", "b").numbers(len).tolist() == [1, 1]
    assert column("a", "bb", "a").map(len).to_list() == [1, 2, 1]


def test_a_value_is_put_into_some_rows() -> None:
    before = column("a", "b", "a")

    after = before.replaced(np.array([True, False, False]), "z")

    assert (after.to_list(), before.to_list()) == (["z", "b", "a"], ["a", "b", "a"])
    assert constant("x", 2).to_list() == ["x", "x"]


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("Veiklos 2020.xlsx", "Veiklos 2020.xlsx"),
        ("../../etc/passwd.xlsx", "passwd.xlsx"),
        ("C:\\Darbas\\a.xlsx", "a.xlsx"),
        ("..", "failas"),
        ("", "failas"),
        ("a\x00b\n.csv", "ab.csv"),
        ("x" * 300 + ".xlsx", "x" * 75 + ".xlsx"),
    ],
)
def test_a_name_from_a_browser_is_safe_to_write(name: str, safe: str) -> None:
    assert safe_name(name) == safe
