"""The versions that were ever made, and whose rows each of them made current."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

import duckdb


@dataclass(frozen=True)
class Version:
    """One line of the history.

    `holds` is the load whose rows it made current, None for a withdrawal or a purge; `purged_by`
    the version that destroyed those rows. Institution, year and note are those of the load, `actor`
    and `made_at` of the version itself.
    """

    number: int
    delivery: str
    action: str
    holds: int | None
    purged_by: int | None
    institution: str
    year: int | None
    note: str | None
    actor: str
    made_at: datetime.datetime


_HISTORY = """
with
purged as (
    select of_version as version, max(version) as purged_by,
    from stored.version
    where action = 'purge'
    group by all
),
made as (
    select
        version as number,
        delivery,
        action,
        case action when 'load' then version when 'restore' then of_version end as holds,
        institution,
        year,
        note,
        actor,
        loaded_at,
    from stored.version
)

select
    made.number,
    made.delivery,
    made.action,
    made.holds,
    purged.purged_by,
    coalesce(held.institution, made.institution),
    coalesce(held.year, made.year),
    coalesce(held.note, made.note),
    made.actor,
    made.loaded_at,
from made
left join purged on purged.version = made.holds
left join stored.version as held on held.version = made.holds
order by made.number
"""


def read(cursor: duckdb.DuckDBPyConnection) -> Mapping[int, Version]:
    """Every version by its number, in the order in which they were made."""
    return {row[0]: Version(*row) for row in cursor.execute(_HISTORY).fetchall()}


def newest(history: Mapping[int, Version], delivery: str) -> Version | None:
    """The last version of a delivery, whatever it did; None without one."""
    return next((one for one in reversed(list(history.values())) if one.delivery == delivery), None)


def before(history: Mapping[int, Version], version: Version) -> Version | None:
    """What was current of a delivery until this version was made; None for nothing.

    A version whose rows were destroyed only later is returned as it is, purged.
    """
    earlier = [
        one
        for one in history.values()
        if one.delivery == version.delivery
        and one.number < version.number
        and one.action != "purge"
    ]
    if not earlier or earlier[-1].holds is None:
        return None
    last = earlier[-1]
    return None if last.purged_by and last.purged_by < version.number else last
