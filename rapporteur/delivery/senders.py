"""Who may say what: rows that only the office may fill in, and rows in another's name.

Vertinimai, Prašymai and the like are the office's; the other sheets are anybody's, each for itself.
The office is who sent the recommendations. What was confirmed once and stands in the delivery as it
was is not asked about again, or what the office let in could never be sent anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa

from rapporteur.delivery.declaration import SHEETS, STATES_OF_OFFICE, Kind, Sheet
from rapporteur.delivery.problems import later
from rapporteur.delivery.values import Unfit, plain

if TYPE_CHECKING:
    from rapporteur.delivery.cells import Flags
    from rapporteur.delivery.checking import Check, Parsed
    from rapporteur.delivery.layout import LaidOut

# (delivery, institution that sent it)
Sending = tuple[str, str]
# From the rows of a table to (file, sheet, row) of those that the delivery does not hold yet.
NewRows = Callable[[str, pa.Table], Collection[tuple[str, str, int]]]

_OF_REQUEST: Final = re.compile(r"(.+)-(\d{4})")
_OFFICE_ALONE: Final = later(
    "Sheet “{sheet}” is filled in by {office} alone, and this file comes from {sender}. Delete the "
    "row, or confirm that it is meant."
)
_NEW_OFFICE: Final = later(
    "Recommendations are sent by {office}, and this file comes from {sender}. Delete the row, or "
    "confirm that it is meant: {sender} may then fill in every sheet, as who sends recommendations."
)
_STATE_OF_OFFICE: Final = later(
    "“{state}” is stated by {office} alone, and this file comes from {sender}. Write whether data "
    "are given, or confirm that it is meant."
)
_ANSWER_OF_ANOTHER: Final = later(
    "This is an answer of {other}, and the file comes from {sender}. Write {sender} as Institucija "
    "and, if it answers for {other}, that one as Už; or confirm that it is meant."
)
_PLACE_OF_ANOTHER: Final = later(
    "This row is about {other}, and the file comes from {sender}. A municipality tells of itself: "
    "write {sender}, or confirm that it is meant."
)
_ACTIVITY_ELSEWHERE: Final = later(
    "This row is about {other}, and the file comes from {sender}. If {sender} held the activity "
    "there, write it as Organizatorius; if not, mend the municipality, or confirm that it is meant."
)


def owner_by_code(delivery: str, institutions: Iterable[str]) -> str | None:
    """The institution whose request opened a delivery of this code, as PD that of PD-2020."""
    found = _OF_REQUEST.fullmatch(delivery)
    return found[1] if found and found[1] in set(institutions) else None


def offices(
    current: Collection[Sending], ever: Collection[Sending], sent_now: Collection[Sending]
) -> frozenset[str]:
    """The institutions that sent recommendations; none where nobody did.

    `current` are the deliveries that hold recommendations, `ever` those that held some at any time,
    `sent_now` those at hand that bring some: the first to do so are of the office. A recommendation
    in the delivery that answers a request makes nobody an office while there is another.
    """
    groups = [
        *([one for one in group if not _answers_request(one)] for group in (current, ever)),
        current,
        ever,
        [one for one in sent_now if not _answers_request(one)],
        sent_now,
    ]
    first = next((group for group in groups if group), [])
    return frozenset(institution for _, institution in first)


def year_of_request(delivery: str, institution: str | None) -> int | None:
    """The year asked about, where a delivery's code is that of a request to the institution."""
    found = _OF_REQUEST.fullmatch(delivery)
    is_own = found is not None and plain(found[1]) == plain(institution or "")
    return int(found[2]) if found and is_own else None


def _answers_request(sending: Sending) -> bool:
    return year_of_request(*sending) is not None


def report(
    state: Check,
    sender: str | None,
    office: frozenset[str],
    tables: dict[str, pa.Table],
    new_rows: NewRows,
) -> None:
    """Report rows that their sender may not fill in, at their cells, as far as they are new."""
    if sender is None or not office or plain(sender) in map(plain, office):
        return
    named = {"sender": sender, "office": ", ".join(sorted(office))}
    for sheet in SHEETS:
        if sheet.one_row or not len(tables.get(sheet.table, ())):
            continue
        found = [
            one
            for laid, parsed in state.values[sheet.table]
            for one in _doubtful(state, laid, parsed, sheet, sender, named)
        ]
        if not any(rows.any() for _, _, rows, _ in found):
            continue
        new = new_rows(sheet.table, tables[sheet.table])
        for laid, column, rows, fault in found:
            own = [row for file, name, row in new if (file, name) == (laid.file, laid.raw.name)]
            is_new = np.isin(laid.row_numbers + 1, own)
            state.at(laid, sheet.column(column), rows & is_new, fault)


Doubt = tuple["LaidOut", str, "Flags", Callable[[int], Unfit]]


def _doubtful(
    state: Check, laid: LaidOut, parsed: Parsed, sheet: Sheet, sender: str, named: dict[str, str]
) -> list[Doubt]:
    """Rows of one sheet that the sender may not fill in: where, which, and what is said of them."""
    found: list[Doubt] = []
    if sheet.is_of_office and "sheet-of-office" not in state.accepted:
        template = _NEW_OFFICE if sheet.table == "recommendation" else _OFFICE_ALONE
        everywhere = np.ones(len(laid), np.bool_)
        fault = Unfit("sheet-of-office", template, sheet=sheet.name, **named)
        found.append((laid, sheet.columns[0].name, everywhere, lambda index: fault))
    if sheet.table == "response" and "sheet-of-office" not in state.accepted:
        states = parsed["state"]
        found.append(
            (
                laid,
                "state",
                states.where(STATES_OF_OFFICE.__contains__),
                lambda index: Unfit(
                    "sheet-of-office", _STATE_OF_OFFICE, state=states[index], **named
                ),
            )
        )
    if sheet.speaker and "answer-of-another" not in state.accepted:
        found += _of_another(laid, parsed, sheet, sender, state.lists.municipalities.values())
    return found


def _of_another(
    laid: LaidOut, parsed: Parsed, sheet: Sheet, sender: str, places: Iterable[Any]
) -> list[Doubt]:
    """Rows in which somebody else than the sender speaks."""
    speakers = parsed[sheet.speaker]
    is_of_place = sheet.column(sheet.speaker).kind is Kind.MUNICIPALITY
    if is_of_place and plain(sender) not in {plain(place.code) for place in places}:
        # Who is no municipality may know of any.
        return []
    template = _ANSWER_OF_ANOTHER
    if is_of_place:
        template = _ACTIVITY_ELSEWHERE if sheet.table == "activity" else _PLACE_OF_ANOTHER
    rows = speakers.where(lambda one: one is not None and plain(_code(one)) != plain(sender))
    if sheet.table == "activity":
        rows &= ~parsed["organiser"].where(lambda one: plain(one or "") == plain(sender))
        rows &= ~parsed["partners"].where(
            lambda codes: plain(sender) in {plain(code) for code in codes or ()}
        )

    def fault(index: int) -> Unfit:
        other = _code(speakers[index])
        return Unfit("answer-of-another", template, other=other, sender=sender)

    return [(laid, sheet.speaker, rows, fault)]


def _code(speaker: Any) -> str:
    """The code of an institution or of a place."""
    return speaker if isinstance(speaker, str) else str(speaker.code)
