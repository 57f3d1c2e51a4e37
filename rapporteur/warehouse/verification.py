"""The check that what was stored still is: every generation, every version's files by digest."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb

from rapporteur.warehouse import generations
from rapporteur.warehouse.inventory import HARDENED, inventory

# Codes of the troubles of a version; the sentence about it is the reader's.
FILE_DIFFERS: Final = "file-differs"
FILE_GONE: Final = "file-gone"
FILES_NONE: Final = "files-none"
VERSION_GONE: Final = "version-gone"
ROWS_OF_NO_VERSION: Final = "rows-of-no-version"
GENERATION_BROKEN: Final = "generation-broken"

# A purged version keeps the digest of its files and neither name nor bytes.
_FILES = """
select
    version_file.version,
    version_file.name,
    case
        when version_file.content is null then 'file-gone'
        when sha256(version_file.content) <> version_file.sha256 then 'file-differs'
    end as trouble,
from stored.version_file as version_file
where
    trouble is not null
    and version_file.version not in (
        select of_version from stored.version where action = 'purge'
    )
order by all
"""
_VERSIONS = """
select version, '' as name, 'files-none' as trouble,
from stored.version
where action = 'load' and version not in (select version from stored.version_file)
union all
select version, '', 'version-gone',
from stored.version
where of_version is not null and of_version not in (select version from stored.version)
union all
select distinct version, name, 'version-gone',
from stored.version_file
where version not in (select version from stored.version)
order by all
"""
_COUNTS = """
select
    (select count(*) from stored.version),
    (select count(*) from stored.version_file where content is not null)
"""


@dataclass(frozen=True)
class Trouble:
    """One thing that is not as it was stored; version and file are None where none is meant."""

    generation: str
    version: int | None
    file: str | None
    code: str
    reason: str = ""


@dataclass(frozen=True)
class Verified:
    """Counts of what was looked at, and the troubles; `current` is what the pointer names."""

    current: str | None
    generations: int
    versions: int
    files: int
    troubles: tuple[Trouble, ...]


def verify(target: Path) -> Verified | None:
    """Look at every generation beside a database; None where there is none at all.

    A generation is read whole, the files of its versions are compared with the digests that were
    stored with them, and every row must be of a version. Raises WarehouseError as
    `generations.current` does for a pointer that is lost.
    """
    current = generations.current(target)
    there = generations.beside(target)
    if current is None and not there:
        return None
    if current is not None and current not in there:
        raise generations.unusable(target, current)
    troubles: list[Trouble] = []
    looked_at = versions = files = 0
    for path in there:
        looked_into = _looked_into(path)
        if looked_into is None:
            continue
        found, counts = looked_into
        troubles += found
        looked_at += 1
        versions, files = versions + counts[0], files + counts[1]
    name = current.name if current else None
    return Verified(name, looked_at, versions, files, tuple(troubles))


def _looked_into(path: Path) -> tuple[list[Trouble], tuple[int, int]] | None:
    """The troubles of one generation, and how many versions and files it has.

    None for a file that is gone: a load that ended meanwhile has removed a former generation.
    """
    reason = inventory(path, read_all=True).trouble
    if reason is None:
        try:
            with duckdb.connect(str(path), read_only=True, config=HARDENED) as connection:
                versions, files = connection.execute(_COUNTS).fetchone() or (0, 0)
                return [*_of_versions(connection, path.name)], (versions, files)
        except duckdb.IOException as error:
            reason = str(error).splitlines()[0]
    if not path.exists():
        return None
    return [Trouble(path.name, None, None, GENERATION_BROKEN, reason)], (0, 0)


def _of_versions(connection: duckdb.DuckDBPyConnection, generation: str) -> Iterator[Trouble]:
    for query in (_FILES, _VERSIONS):
        for version, name, code in connection.execute(query).fetchall():
            yield Trouble(generation, version, name or None, code)
    tables = connection.execute(
        "select table_name from duckdb_columns() "
        "where schema_name = 'stored' and column_name = 'row_key' order by all"
    ).fetchall()
    for (table,) in tables:
        lost = connection.execute(
            f'select distinct version from stored."{table}" '
            "where version not in (select version from stored.version) order by all"
        ).fetchall()
        for (version,) in lost:
            yield Trouble(generation, version, None, ROWS_OF_NO_VERSION, table)
