"""Where the answers to one recommendation stand: who answered, who is silent, who is awaited.

Silence is said of a recommendation only where every addressee to whom it applies is silent and its
term has passed; else the addressees are told one by one, each in its own state of axis A.
"""

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from rapporteur.documents.states import WITH_DATA

_SILENT: Final = "nepateikta"
_AWAITED: Final = "laukiama"
_OUTSIDE: Final = "netaikoma"


@dataclass(frozen=True)
class Standing:
    """The state of one addressee, of the whole or of the part that is addressed to it."""

    institution: str
    name: str
    part: str | None
    state: str
    due_on: datetime.date | None


def standings(rows: Sequence[Mapping[str, Any]], *, name: str) -> list[Standing]:
    """The addressees of a recommendation in a year, each by the whole, or else part by part.

    `rows` are those of implementation/answer_matrix on that recommendation and year; `name` is
    their column of institutions' names.
    """
    asked = [row for row in rows if row["is_addressee"] and row["state"]]
    wholes = {row["institution"] for row in asked if not row["part"]}
    return [
        Standing(row["institution"], row[name], row["part"] or None, row["state"], row["due_on"])
        for row in asked
        if not row["part"] or row["institution"] not in wholes
    ]


def given_by_others(rows: Sequence[Mapping[str, Any]], *, name: str) -> list[str]:
    """Names of the bodies that gave data without being addressees."""
    gave = [row[name] for row in rows if not row["is_addressee"] and row["state"] in WITH_DATA]
    return list(dict.fromkeys(gave))


def is_silent(told: Sequence[Standing]) -> bool:
    """Tell whether every addressee to whom the recommendation applies is silent past its term."""
    applicable = [one for one in told if one.state != _OUTSIDE]
    return bool(applicable) and all(one.state == _SILENT for one in applicable)


def shared_state(told: Sequence[Standing]) -> str | None:
    """The one state of all to whom it applies, with one term where it is awaited; else None."""
    applicable = [one for one in told if one.state != _OUTSIDE] or list(told)
    shared = {(one.state, one.due_on if one.state == _AWAITED else None) for one in applicable}
    return applicable[0].state if len(shared) == 1 else None


def in_words(
    one: Standing,
    label: Callable[[str], str],
    *,
    part: str,
    until: str,
    day: Callable[[datetime.date], str],
) -> str:
    """One addressee and its state: „Lietuvos Caritas – laukiama iki 2026 m. gruodžio 1 d.“

    `label` gives the words of a state; `part` and `until` are the reader's words with places for
    `{part}` and for `{day}`, which `day` writes out.
    """
    who = f"{one.name}, {part.format(part=one.part)}" if one.part else one.name
    term = one.due_on if one.state == _AWAITED else None
    return f"{who} – {label(one.state)}" + (f" {until.format(day=day(term))}" if term else "")
