"""A judgement recorded by hand: a version of the office's own delivery, like any other.

It becomes a workbook with all judgements of the year that were recorded so, and the workbook goes
through the loader: the same checks, the same history, the same way back.
"""

import datetime
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

from rapporteur.delivery import handing_back, loading
from rapporteur.delivery.declaration import SHEET_OF_TABLE
from rapporteur.delivery.loading import Outcome, Seen, Superseded, WrongUse
from rapporteur.delivery.problems import Problem, later
from rapporteur.delivery.values import MAX_TEXT
from rapporteur.warehouse import history
from rapporteur.warehouse.history import Version
from rapporteur.warehouse.reading import Warehouse, today
from rapporteur.warehouse.scratch import scratch_folder

_TABLE: Final = "assessment"
_KEY: Final = ("recommendation", "part", "institution", "year")
# How often others may come between reading and loading before it is given up.
_ATTEMPTS: Final = 20


@dataclass(frozen=True)
class Judgement:
    """A row of the sheet Vertinimai; codes as WORKBOOK's lists have them."""

    recommendation: str
    year: int
    assessment: str
    reason: str
    stage: str
    part: str | None = None
    institution: str | None = None
    evidence: str | None = None
    approved_on: datetime.date | None = None
    remarks: str | None = None
    assessor: str | None = None
    assessed_on: datetime.date | None = None

    @property
    def key(self) -> tuple[str | int | None, ...]:
        """What it judges: of one key one judgement stands."""
        return (self.recommendation, self.part, self.institution, self.year)


class Changed(Exception):
    """The judgement was changed by somebody else since it was read; `now` is what stands.

    `by` is the last version of the delivery that holds it, or held it.
    """

    def __init__(self, now: Judgement | None, by: Version | None) -> None:
        super().__init__(now, by)
        self.now = now
        self.by = by


def delivery_of(year: int) -> str:
    """The code of the delivery that holds the judgements of a year recorded by hand."""
    return f"VERTINIMAI-{year}"


def recorded(
    warehouse: Warehouse, key: tuple[str | int | None, ...], as_of: datetime.date
) -> tuple[Judgement | None, str | None]:
    """The judgement of a key that was loaded or recorded last, and the delivery that holds it."""
    recommendation, _, _, year = key
    columns, rows = warehouse.rows(
        "implementation/assessments",
        {"recommendation": str(recommendation), "year": int(year or 0)},
        as_of=as_of,
    )
    for row in (dict(zip(columns, values, strict=True)) for values in rows):
        if tuple(row[name] for name in _KEY) == key:  # the newest of a key comes first
            values = {name: row[name] for name in Judgement.__dataclass_fields__}
            return Judgement(**values), row["delivery"]
    return None, None


def record(
    target: Path,
    judgement: Judgement,
    *,
    moment: datetime.datetime,
    actor: str,
    instead_of: Judgement | None = None,
    confirm: Collection[str] = (),
) -> Outcome:
    """Write a judgement, in the place of the one that stood before for the same key.

    `instead_of` is that one, as whoever writes saw it. Raises Changed when it is another by now,
    WrongUse for a recommendation that nothing defines, WarehouseError as the loader does.
    """
    return _write(target, judgement.key, judgement, instead_of, moment, actor, confirm)


def remove(
    target: Path,
    judgement: Judgement,
    *,
    moment: datetime.datetime,
    actor: str,
    confirm: Collection[str] = (),
) -> Outcome:
    """Take a recorded judgement away; refused as `would-remove` until that is confirmed.

    Raises as `record` does.
    """
    return _write(target, judgement.key, None, judgement, moment, actor, confirm)


def _write(
    target: Path,
    key: tuple[str | int | None, ...],
    new: Judgement | None,
    instead_of: Judgement | None,
    moment: datetime.datetime,
    actor: str,
    confirm: Collection[str],
) -> Outcome:
    for text in asdict(new).values() if new else ():
        if isinstance(text, str) and len(text) > MAX_TEXT:
            raise WrongUse(later("A text is longer than a cell can hold."))
    year = int(key[3] or 0)
    code = delivery_of(year)
    as_of = today(moment)
    for _ in range(_ATTEMPTS):
        warehouse = loading.open_renewed(target)
        try:
            now, holder = recorded(warehouse, key, as_of)
            known = warehouse.history()
            if now != instead_of:
                raise Changed(now, history.newest(known, holder or code))
            # A workbook with judgements that somebody loads meanwhile counts as well.
            seen = {one.delivery: one.number for one in known.values()}
            about = _about(warehouse, code, str(key[0]), year, as_of)
            tables = handing_back.delivered(warehouse, code, as_of)
            outranked = _outranked(warehouse, code, year, as_of)
        finally:
            warehouse.close()
        rows = {tuple(row[name] for name in _KEY): row for row in tables.get(_TABLE, [])}
        rows.pop(key, None)
        left_out = [rows.pop(other) for other in outranked if other in rows]
        # The new one comes first: what the loader says of its row is about what was typed now.
        tables[_TABLE] = [*([asdict(new)] if new else []), *rows.values()]
        accepted = {*confirm, *(["would-remove"] if left_out and new else [])}
        try:
            outcome = _load(target, about, tables, seen, moment, actor, accepted)
            own = [problem for problem in outcome.problems if not _is_of_earlier(problem)]
            if new and outcome.problems and not own:
                # Personal data in earlier rows were confirmed when those were recorded.
                accepted.add("personal-data")
                outcome = _load(target, about, tables, seen, moment, actor, accepted)
            elif new:
                outcome = replace(outcome, problems=own)
        except Superseded:
            continue  # somebody recorded another judgement: theirs is kept, ours added
        noticed = [notice for notice in outcome.notices if new and _is_of_what_was_typed(notice)]
        return replace(outcome, notices=noticed)
    raise WrongUse(later("Others are recording at the same time; try again."))


def _load(
    target: Path,
    about: Mapping[str, Any],
    tables: Mapping[str, Sequence[Mapping[str, Any]]],
    seen: Seen,
    moment: datetime.datetime,
    actor: str,
    confirm: Collection[str],
) -> Outcome:
    with scratch_folder() as folder:
        path = Path(folder) / f"vertinimai-{about['year']}.xlsx"
        path.write_bytes(handing_back.rows_as_workbook(about, tables))
        [outcome] = loading.load(
            [path],
            target,
            moment=moment,
            actor=actor,
            confirm=confirm,
            made_from={about["code"]: None, **seen},
        )
    return outcome


def _is_of_what_was_typed(problem: Problem) -> bool:
    """Tell whether a problem or notice is of the row that was typed now: the first of its sheet."""
    is_first = re.fullmatch(r"[A-Z]+2", problem.cell or "") is not None
    return problem.sheet == SHEET_OF_TABLE[_TABLE].name and is_first


def _is_of_earlier(problem: Problem) -> bool:
    """Tell whether it tells of personal data in a row other than the one that was typed now."""
    return problem.code == "personal-data" and not _is_of_what_was_typed(problem)


def _outranked(
    warehouse: Warehouse, code: str, year: int, as_of: datetime.date
) -> list[tuple[str | int | None, ...]]:
    """Keys of the delivery whose judgement another delivery, loaded later, stands before.

    A new version would be the one loaded last and bring them back; earlier versions keep them.
    """
    columns, rows = warehouse.rows("implementation/assessments", {"year": year}, as_of=as_of)
    newest: dict[tuple[str | int | None, ...], str] = {}
    for row in (dict(zip(columns, values, strict=True)) for values in rows):
        newest.setdefault(tuple(row[name] for name in _KEY), row["delivery"])
    return [key for key, delivery in newest.items() if delivery != code]


def _about(
    warehouse: Warehouse, code: str, recommendation: str, year: int, as_of: datetime.date
) -> dict[str, Any]:
    """What the sheet Pateikimas says.

    The sender is the one before; at first, who sent the recommendation.
    """
    columns, found = warehouse.rows("overview/delivery", {"delivery": code}, as_of=as_of)
    if found:
        return dict(zip(columns, found[0], strict=True))
    _, senders = warehouse.rows(
        "recommendations/senders", {"recommendation": recommendation}, as_of=as_of
    )
    if not senders:
        raise WrongUse(
            later("There is no recommendation “{code}” in the data loaded."), code=recommendation
        )
    return {"code": code, "institution": senders[0][2], "year": year, "note": None}
