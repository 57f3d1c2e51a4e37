"""What is done with versions after they were loaded: compare, restore, withdraw, purge."""

import contextlib
import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from rapporteur.delivery import loading
from rapporteur.delivery.declaration import GLOBAL_CODES
from rapporteur.delivery.loading import Abandoned, JudgedOnSilence, Outcome, Seen, WrongUse
from rapporteur.delivery.problems import Problem, later
from rapporteur.warehouse import differences, generations, history
from rapporteur.warehouse.differences import RowDifference, TableDifference, ValueDifference
from rapporteur.warehouse.history import Version
from rapporteur.warehouse.reading import Warehouse, today
from rapporteur.warehouse.writing import Draft, drafting


@dataclass(frozen=True)
class Comparison:
    """What differs between two versions of a delivery.

    `old` is None where there was nothing before; `about` holds what the sheet Pateikimas says
    otherwise (institution, year, note).
    """

    delivery: str
    old: int | None
    new: int
    about: Sequence[ValueDifference]
    tables: Mapping[str, TableDifference]


def diff(
    source: Path | Warehouse,
    first: int,
    second: int | None = None,
    *,
    most: int = differences.MAX_ROWS,
) -> Comparison:
    """What the second version changed in the first, or one alone in what was current before it.

    All rows are counted, at most `most` of a table are listed. Raises WrongUse for a version that
    does not exist or was purged and for versions of two deliveries, WarehouseError as reading does.
    """
    with loading.opened(source) as warehouse:
        known = warehouse.history()
        new = _found(known, first if second is None else second)
        old = history.before(known, new) if second is None else _found(known, first)
        for version in filter(None, (old, new)):
            _refuse_purged(version)
        if old and old.delivery != new.delivery:
            raise WrongUse(
                later("Version {first} is of delivery {one}, version {second} of {other}."),
                first=str(old.number),
                one=old.delivery,
                second=str(new.number),
                other=new.delivery,
            )
        held = old.holds if old else None
        tables = {} if held == new.holds else warehouse.differences(held, new.holds, most)
    about = [
        ValueDifference(name, before, after)
        for name in ("institution", "year", "note")
        for before in [getattr(old, name) if old and old.holds else None]
        for after in [getattr(new, name) if new.holds else None]
        if before != after
    ]
    return Comparison(new.delivery, old.number if old else None, new.number, about, tables)


def as_json(found: Comparison) -> dict[str, object]:
    """The document that `diff --json` gives."""
    return {
        "versions": [found.old, found.new],
        "delivery": found.delivery,
        "about": found.about,
        "tables": {name: table_as_json(table) for name, table in found.tables.items()},
    }


def table_as_json(table: TableDifference) -> dict[str, object]:
    """The counts of a table and the rows that are listed."""
    return {
        "added": table.change.added,
        "changed": table.change.changed,
        "removed": table.change.removed,
        "rows": [
            {
                "change": row.change,
                "key": readable_key(row),
                "before": row.before,
                "after": row.after,
                "values": row.values,
            }
            for row in table.rows
        ],
    }


def readable_key(row: RowDifference) -> str | None:
    """What tells a row from others; None in a table whose rows may be alike."""
    return " · ".join(row.key) or None


# Changing what is current ------------------------------------------------------------------------


def restore(
    target: Path,
    number: int,
    *,
    moment: datetime.datetime,
    actor: str,
    made_from: Seen | None = None,
) -> Outcome:
    """Make a delivery as it was at a version current again, as a new version.

    Nothing is written where the rows concerned are listed as problems: references to nothing,
    judgements on silence, codes that another delivery defines by now. Raises WrongUse for a version
    that does not exist, was purged or holds no rows, Superseded and WarehouseError as a load does.
    """
    done: list[Outcome] = []
    with _changing(target) as draft:
        loading.refuse_superseded(draft, made_from)
        on_silence = loading.judged_on_silence(draft, today(moment))
        version = _found(draft.history(), number)
        held = _held(version)
        _refuse_purged(version)
        delivery = version.delivery
        now = draft.current(delivery)
        changes = draft.changes_between(now.version if now else None, held)
        about = (version.institution, version.year, version.note)
        rows = draft.sizes(held)
        if now and not changes and (now.institution, now.year, now.note) == about:
            done.append(Outcome(True, delivery, _since(draft, delivery), True, rows, {}, [], []))
            raise Abandoned
        restored = replace(version, action="restore", note=None)
        made = draft.record(restored, changes, at=moment, actor=actor, of_version=held)
        problems = [
            *_defined_twice(draft, delivery),
            *loading.left_dangling(draft, restored=delivery),
            *loading.left_on_silence(draft, today(moment), on_silence),
        ]
        done.append(_outcome(delivery, made, rows, changes, problems))
        if problems:
            raise Abandoned
    return done[0]


def withdraw(
    target: Path,
    delivery: str,
    *,
    moment: datetime.datetime,
    actor: str,
    made_from: Seen | None = None,
) -> Outcome:
    """Make a version after which a delivery has no current rows; its versions stay.

    Refused with the rows concerned as `restore` is. Raises WrongUse for a delivery that never was,
    Superseded and WarehouseError as a load does.
    """
    done: list[Outcome] = []
    with _changing(target) as draft:
        loading.refuse_superseded(draft, made_from)
        on_silence = loading.judged_on_silence(draft, today(moment))
        versions = [one for one in draft.history().values() if one.delivery == delivery]
        if not versions:
            raise WrongUse(later("There is no delivery “{code}”."), code=delivery)
        now = draft.current(delivery)
        if now is None:
            last = _since(draft, delivery)
            done.append(Outcome(True, delivery, last, True, {}, {}, [], []))
            raise Abandoned
        changes = draft.changes_between(now.version, None)
        withdrawn = replace(versions[-1], action="withdraw", note=None)
        made = draft.record(withdrawn, changes, at=moment, actor=actor)
        problems = _left_by_withdrawal(draft, moment, on_silence)
        done.append(_outcome(delivery, made, {}, changes, problems))
        if problems:
            raise Abandoned
    return done[0]


def purge(
    target: Path,
    number: int,
    reason: str,
    *,
    moment: datetime.datetime,
    actor: str,
    made_from: Seen | None = None,
) -> Outcome:
    """Destroy the files and rows of a version for good; `rows` counts what is gone.

    Its number, delivery, date, actor and the SHA-256 of its files stay, and the reason. A restored
    version stands for the load that it restored. Where its rows are current the delivery is
    withdrawn, and that is refused as `withdraw` is. Notices name the versions that still hold the
    same files or rows. Raises WrongUse for a version that does not exist or holds no rows and for
    a blank reason, Superseded and WarehouseError as a load does.
    """
    if not reason.strip():
        raise WrongUse(later("Say why the version is purged."))
    done: list[Outcome] = []
    with _changing(target, afresh=True) as draft:
        loading.refuse_superseded(draft, made_from)
        on_silence = loading.judged_on_silence(draft, today(moment))
        version = _found(draft.history(), number)
        held, delivery = _held(version), version.delivery
        notices = [_also_held(*other) for other in draft.also_held(held)]
        if version.purged_by:
            done.append(Outcome(True, delivery, version.purged_by, True, {}, {}, [], notices))
            raise Abandoned
        now = draft.current(delivery)
        is_current = now is not None and now.version == held
        changes = draft.changes_between(held, None) if is_current else {}
        rows = draft.sizes(held)
        purged = replace(version, action="purge", note=None)
        made = draft.record(
            purged, changes, at=moment, actor=actor, of_version=held, reason=reason.strip()
        )
        problems = _left_by_withdrawal(draft, moment, on_silence) if is_current else []
        done.append(replace(_outcome(delivery, made, rows, changes, problems), notices=notices))
        if problems:
            raise Abandoned
        draft.destroy(held)
    [outcome] = done
    if not outcome.accepted:
        return outcome
    # What the former generations hold goes, too, also after a purge that was interrupted here.
    left = [_still_there(path) for path in generations.forget_former(target)]
    return replace(outcome, notices=[*outcome.notices, *left])


@contextlib.contextmanager
def _changing(target: Path, *, afresh: bool = False) -> Iterator[Draft]:
    """A draft of a database that there is; Abandoned leaves everything as it was."""
    loading.open_renewed(target).close()
    with (
        contextlib.suppress(Abandoned),
        drafting(target, loading.definitions(), afresh=afresh) as draft,
    ):
        yield draft


def _found(known: Mapping[int, Version], number: int) -> Version:
    if number not in known:
        raise WrongUse(later("There is no version {version}."), version=str(number))
    return known[number]


def _held(version: Version) -> int:
    """The load whose rows a version made current."""
    if version.holds is None:
        raise WrongUse(
            later("Version {version} holds no rows: it withdrew or purged delivery {delivery}."),
            version=str(version.number),
            delivery=version.delivery,
        )
    return version.holds


def _refuse_purged(version: Version) -> None:
    if version.purged_by:
        raise WrongUse(
            later("The rows of version {version} are gone: it was purged by version {purge}."),
            version=str(version.number),
            purge=str(version.purged_by),
        )


def _since(draft: Draft, delivery: str) -> int:
    """The version that made a delivery what it is now: without a purge, its last."""
    done = [one for one in draft.history().values() if one.delivery == delivery]
    last = [one for one in done if one.action != "purge"][-1]
    return last.purged_by or last.number


def _outcome(
    delivery: str,
    version: int,
    rows: Mapping[str, int],
    changes: Mapping[str, differences.Change],
    problems: Sequence[Problem],
) -> Outcome:
    made = None if problems else version
    return Outcome(not problems, delivery, made, False, rows, changes, problems, [])


def _left_by_withdrawal(
    draft: Draft, moment: datetime.datetime, on_silence: JudgedOnSilence
) -> list[Problem]:
    return [
        *loading.left_dangling(draft),
        *loading.left_on_silence(draft, today(moment), on_silence),
    ]


def _defined_twice(draft: Draft, delivery: str) -> list[Problem]:
    template = later("Code “{code}” is by now defined by another delivery.")
    return [
        loading.at_row(place, "code-twice", template, code)
        for table in GLOBAL_CODES
        for code, *place in draft.defined_twice(table, delivery)
    ]


def _also_held(version: int, files: Sequence[str], rows: int) -> Problem:
    if files:
        template = later(
            "Version {version} holds the same file ({files}) and {rows} of the same rows. They "
            "stay; purge that version, too, if they must go."
        )
    else:
        template = later(
            "Version {version} holds {rows} of the same rows. They stay; purge that version, too, "
            "if they must go."
        )
    values: dict[str, Any] = {"version": version, "files": "; ".join(files), "rows": rows}
    file = next(iter(files), "")
    return Problem(file, None, None, "held-elsewhere", str(version), template, values)


def _still_there(path: Path) -> Problem:
    template = later(
        "{file} is still open somewhere and could not be removed. Close the dashboard and purge "
        "the version again."
    )
    return Problem(path.name, None, None, "held-elsewhere", None, template, {"file": path.name})
