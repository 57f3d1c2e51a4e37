"""States of what was answered (axis A): which give data, and how several are told as one."""

from collections.abc import Mapping, Sequence
from typing import Final

# From a column of counts to the state that it counts, silence first.
COUNTED: Final[Mapping[str, str]] = {
    "silent": "nepateikta",
    "not_mentioned": "neminima",
    "awaited": "laukiama",
    "not_asked": "neprašyta",
    "answered_in_part": "pateikta iš dalies",
    "answered": "pateikta",
    "not_applicable": "netaikoma",
}
# States of those who gave data, in full or in part.
WITH_DATA: Final = frozenset({"pateikta", "pateikta iš dalies"})
# States without data in the order in which one is told for all: a running term comes first.
_WITHOUT_DATA: Final = ("laukiama", "nepateikta", "neminima", "neprašyta")


def told_as_one(items: Sequence[tuple[str | None, str | None]]) -> str | None:
    """The state of an institution on a recommendation: of the whole, else of the parts named.

    `items` are pairs of a part, None for the whole, and its state of axis A, where there is one.
    """
    wholes = [state for part, state in items if part is None]
    told = [state for state in wholes or [state for _, state in items] if state is not None]
    applicable = [state for state in told if state != "netaikoma"]
    if not applicable:
        return told[0] if told else None
    if len(set(applicable)) == 1:
        return applicable[0]
    if WITH_DATA & set(applicable):
        return "pateikta iš dalies"
    return next(state for state in _WITHOUT_DATA if state in applicable)
