"""Columns of cells: the distinct cells once, and for each row which of them stands there.

Sheets repeat themselves, so what a cell means is decided once for each distinct cell; rows are
whole numbers in arrays. Everything that is checked is checked in this form.
"""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import numpy as np
import numpy.typing as npt

Cell = None | str | float | bool | datetime.date | datetime.datetime
Flags = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.int64]

T = TypeVar("T")
S = TypeVar("S")


@dataclass
class Repeated(Generic[T]):
    """A column of `len(index)` values, of which `values` holds the distinct ones."""

    values: list[T]
    index: npt.NDArray[np.int32]

    def __len__(self) -> int:
        """The number of rows."""
        return len(self.index)

    def __getitem__(self, row: int) -> T:
        """The value of one row."""
        return self.values[int(self.index[row])]

    def values_between(self, first: int, last: int) -> set[T]:
        """The distinct values of the rows from `first` to `last`."""
        return {self.values[number] for number in np.unique(self.index[first : last + 1]).tolist()}

    def rows(self, rows: Numbers | Flags) -> "Repeated[T]":
        """The same column with these rows only."""
        return Repeated(self.values, self.index[rows])

    def used(self) -> "Repeated[T]":
        """The same column without values that stand in no row."""
        is_used = np.bincount(self.index, minlength=len(self.values)) > 0
        if is_used.all():
            return self
        kept = [self.values[number] for number in np.flatnonzero(is_used).tolist()]
        return Repeated(kept, (np.cumsum(is_used) - 1).astype(np.int32)[self.index])

    def map(self, one: Callable[[T], S]) -> "Repeated[S]":
        """Another column: what `one` makes of each distinct value."""
        return Repeated([one(value) for value in self.values], self.index)

    def where(self, one: Callable[[T], bool]) -> Flags:
        """The rows whose value is such."""
        chosen = np.fromiter(map(one, self.values), np.bool_, len(self.values))
        return chosen[self.index] if len(chosen) else np.zeros(len(self), np.bool_)

    def numbers(self, one: Callable[[T], int]) -> Numbers:
        """A number for each row."""
        found = np.fromiter(map(one, self.values), np.int64, len(self.values))
        return found[self.index] if len(found) else np.zeros(len(self), np.int64)

    def to_list(self) -> list[T]:
        """Every row's value."""
        return [self.values[number] for number in self.index.tolist()]

    def replaced(self, rows: Flags, value: T) -> "Repeated[T]":
        """The column with one value in these rows."""
        index = self.index.copy()
        index[rows] = len(self.values)
        return Repeated([*self.values, value], index)


def constant(value: T, length: int) -> Repeated[T]:
    """A column that says the same in every row."""
    return Repeated([value], np.zeros(length, np.int32))


class Gathering:
    """A column of cells that arrives in blocks."""

    def __init__(self) -> None:
        self._known: dict[Any, int] = {None: 0}
        self._values: list[Cell] = [None]
        self._blocks: list[npt.NDArray[np.int32]] = []

    def add(
        self,
        values: Sequence[Any],
        index: npt.NDArray[np.int32],
        cell_of: Callable[[Any], Cell],
    ) -> None:
        """Append a block of rows: its distinct cells and which of them stands where.

        What is not text arrives in a form of its own, which `cell_of` turns into a cell.
        """
        known, kept = self._known, self._values
        places = np.empty(len(values), np.int32)
        for place, value in enumerate(values):
            if type(value) is str or value is None:
                key: Any = value
                cell: Cell = value
            else:
                cell = cell_of(value)
                key = (type(cell), cell)  # True equals 1.0, and is another cell all the same
            number = known.get(key)
            if number is None:
                number = known[key] = len(kept)
                kept.append(cell)
            places[place] = number
        self._blocks.append(places[index])

    def skip(self, rows: int) -> None:
        """Append blank rows."""
        self._blocks.append(np.zeros(rows, np.int32))

    def finish(self) -> Repeated[Cell]:
        """The whole column."""
        blocks = self._blocks or [np.zeros(0, np.int32)]
        return Repeated(self._values, np.concatenate(blocks))
