"""Writing versions: rows are only ever added; what is current is decided by views."""

import collections
import contextlib
import dataclasses
import datetime
import functools
import graphlib
import hashlib
import os
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from rapporteur.settings import QUERIES
from rapporteur.warehouse import differences, former_codes, generations, history
from rapporteur.warehouse.differences import Change as Change
from rapporteur.warehouse.differences import TableDifference
from rapporteur.warehouse.former_codes import Coded
from rapporteur.warehouse.history import Version
from rapporteur.warehouse.inventory import inventory
from rapporteur.warehouse.questions import question, read

_FIRST_TABLES = """
create schema if not exists stored;
create table if not exists stored.version (
    version integer primary key, delivery varchar not null, action varchar not null,
    of_version integer, loaded_at timestamptz not null, actor varchar not null,
    institution varchar not null, year integer, note varchar
);
create table if not exists stored.version_file (
    version integer not null, name varchar not null, sha256 varchar not null, content blob
);
create table if not exists stored.version_change (
    version integer not null, table_name varchar not null,
    added bigint not null, changed bigint not null, removed bigint not null
);
create table if not exists stored.build (digest varchar not null);
-- What later versions of the program know besides.
alter table stored.version add column if not exists reason varchar;
"""
_NAMED = re.compile(r"\b(?:from|join)\s+(\w+)")
# What is kept beside the rows is made from those of one version, or of all where none is named.
_LOADED = re.compile(r"\b(?:from|join)\s+loaded_(\w+)")
_OF_VERSION = "getvariable('kept_version') is null or version = getvariable('kept_version')"
# A draft works on everything that was ever loaded, whatever the clock says.
_ALL_DAYS = "set variable as_of = date '9999-12-31'"
_ROWS_AT_ONCE = 10_000
_MOST_FOUND = 1_000
_ALL_ROWS = 2**31


@dataclass(frozen=True)
class Definitions:
    """What a generation is made with: the tables, the reference lists, and the views' SQL."""

    tables: Mapping[str, pa.Schema]
    reference: Mapping[str, pa.Table]
    coded: tuple[Coded, ...] = ()
    """The columns that hold codes of lists."""

    @functools.cached_property
    def digest(self) -> str:
        """Changes when a table, a reference list or a view does."""
        parts = [_FIRST_TABLES, str(self.coded)]
        parts += [f"{name}{schema}" for name, schema in sorted(self.tables.items())]
        parts += [f"{name}{table.to_pydict()}" for name, table in sorted(self.reference.items())]
        parts += [path.read_text(encoding="utf-8") for path in (*_view_files(), *_kept_files())]
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()


@dataclass(frozen=True)
class NewVersion:
    """One delivery to be stored: what it is, its files (name, SHA-256, bytes), its tables."""

    delivery: str
    institution: str
    year: int | None
    note: str | None
    files: tuple[tuple[str, str, bytes], ...]
    tables: Mapping[str, pa.Table]


@dataclass(frozen=True)
class Current:
    """The current version of a delivery and what its sheet Pateikimas says."""

    version: int
    institution: str
    year: int | None
    note: str | None


def _view_files() -> list[Path]:
    return sorted((QUERIES / "views").glob("*.sql"))


def _kept_files() -> list[Path]:
    return sorted((QUERIES / "kept").glob("*.sql"))


class Draft:
    """A generation that is being written. Nothing of it is seen until its block ends well."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, definitions: Definitions) -> None:
        self._connection = connection
        self._definitions = definitions

    def set_up(self) -> None:
        """Make or renew everything that is not rows, where it is not as defined already."""
        self._connection.execute("set timezone = 'Europe/Vilnius'")
        self._connection.execute(_ALL_DAYS)
        self._connection.execute(_FIRST_TABLES)
        built = self._connection.execute("select digest from stored.build").fetchone()
        if built == (self._definitions.digest,):
            return
        self._drop_views()
        known = self._stored_columns()
        for name, schema in self._definitions.tables.items():
            self._make_table(name, schema, known.get(name, set()))
        for name, table in self._definitions.reference.items():
            self._replace_reference(name, table)
        former_codes.rename(self._connection, self._definitions.coded)
        for path in _kept_files():
            self._connection.execute(f"drop table if exists stored.{path.stem}")
            self._keep(path, None)
        self._make_views()
        self._connection.execute("delete from stored.build")
        self._connection.execute(
            "insert into stored.build values ($digest)", {"digest": self._definitions.digest}
        )

    def _view_names(self) -> list[str]:
        return [
            name
            for (name,) in self._connection.execute(
                "select view_name from duckdb_views() where not internal and schema_name = 'main'"
            ).fetchall()
        ]

    def _drop_views(self) -> None:
        for name in self._view_names():
            self._connection.execute(f'drop view "{name}"')  # our own catalogue's names

    def _stored_columns(self) -> dict[str, set[str]]:
        """The columns of each table that is there."""
        found: dict[str, set[str]] = {}
        for table, column in self._connection.execute(
            "select table_name, column_name from duckdb_columns() where schema_name = 'stored'"
        ).fetchall():
            found.setdefault(table, set()).add(column)
        return found

    def _make_table(self, name: str, schema: pa.Schema, known: Collection[str]) -> None:
        fields = [pa.field("delivery", pa.string()), pa.field("version", pa.int32()), *schema]
        empty = self._connection.from_arrow(pa.schema(fields).empty_table())
        if not known:
            empty.create(f"stored.{name}")
            return
        for column, kind in zip(empty.columns, empty.types, strict=True):
            if column not in known:  # a newer declaration knows more than the stored rows
                self._connection.execute(f'alter table stored.{name} add column "{column}" {kind}')

    def _replace_reference(self, name: str, table: pa.Table) -> None:
        self._connection.execute(f'drop table if exists "{name}"')
        self._connection.from_arrow(table).create(name)

    def _keep(self, path: Path, version: int | None) -> None:
        """Add what queries/kept/<table>.sql makes of a version's rows; None makes it of all."""
        sql = path.read_text(encoding="utf-8")
        self._connection.execute(
            "set variable kept_version = $version::integer", {"version": version}
        )
        for name in set(_LOADED.findall(sql)):
            self._connection.execute(
                f"create or replace temp view loaded_{name} as "
                f"from stored.{name} where {_OF_VERSION}"
            )
        make = (
            "create table stored.{0} as {1}"
            if version is None
            else "insert into stored.{0} by name {1}"
        )
        self._connection.execute(make.format(path.stem, sql))

    def _make_views(self) -> None:
        """The current rows of every table, then queries/views/ in the order of their needs."""
        sources = {path.stem: path.read_text(encoding="utf-8") for path in _view_files()}
        for name in self._definitions.tables:
            if name not in sources:
                sources[name] = ""
        needs = {
            name: (set(_NAMED.findall(sql)) & sources.keys() if sql else {"current_version"})
            - {name}
            for name, sql in sources.items()
        }
        for name in graphlib.TopologicalSorter(needs).static_order():
            if sources[name]:
                self._connection.execute(f'create view "{name}" as {sources[name]}')
            else:
                self._connection.table(f"stored.{name}").filter(
                    "version in (select version from current_version)"
                ).create_view(name)

    # Asking the draft ------------------------------------------------------------------------

    def codes(self, table: str, without_deliveries: Collection[str] = ()) -> frozenset[str]:
        """The codes of a table's current rows in all deliveries but these."""
        key = "row_key" if table == "recommendation_part" else "code"
        relation = self._connection.table(f"stored.{table}").filter(
            "version in (select version from current_version)"
        )
        rows = relation.project(f"{key}, delivery").fetchall()
        return frozenset(code for code, delivery in rows if delivery not in without_deliveries)

    def has_rows(self, table: str) -> bool:
        """Whether any version ever had rows in a table."""
        return self._connection.table(f"stored.{table}").limit(1).fetchone() is not None

    def current(self, delivery: str) -> Current | None:
        """A delivery's current version, if it has one."""
        found = self._connection.execute(
            "select version, institution, year, note from delivery where delivery = $delivery",
            {"delivery": delivery},
        ).fetchone()
        return Current(*found) if found else None

    def holding(self, table: str, *, ever: bool = False) -> list[tuple[str, str]]:
        """(delivery, institution that sent it) of the deliveries with rows in a table.

        Of the current versions, or of all that were `ever` loaded and not purged.
        """
        return [
            tuple(row)
            for row in self._connection.execute(
                f"""
                select distinct version.delivery, version.institution,
                from stored.version as version
                semi join stored.{table} as held on held.version = version.version
                where $ever or version.version in (select version from current_version)
                order by all
                """,
                {"ever": ever},
            ).fetchall()
        ]

    def last_sender(self, delivery: str) -> str | None:
        """Who sent the last load of a delivery, withdrawn or not; None where there was none."""
        sent = [one.institution for one in self.history().values() if one.delivery == delivery]
        return sent[-1] if sent else None

    def new_rows(
        self, delivery: str, table: str, rows: pa.Table
    ) -> frozenset[tuple[str, str, int]]:
        """(file, sheet, row) of those rows that the delivery does not hold as they are."""
        now = self.current(delivery)
        columns = differences.value_columns(self._definitions.tables[table].names)
        found = differences.listed(
            self._connection,
            table,
            columns,
            now.version if now else None,
            rows,
            Change(0, 0, 0),
            _ALL_ROWS,
        )
        return frozenset(
            (one.after.file, one.after.sheet, one.after.row) for one in found.rows if one.after
        )

    def digests(self, version: int) -> list[str]:
        """The SHA-256 of the files of a version, sorted."""
        rows = self._connection.execute(
            "select sha256 from stored.version_file where version = $version order by sha256",
            {"version": version},
        ).fetchall()
        return [digest for (digest,) in rows]

    def dangling(
        self,
        table: str,
        column: str,
        known: Collection[str],
        without_deliveries: Collection[str] = (),
    ) -> list[tuple[str, str, str, str, int]]:
        """(delivery, code, file, sheet, row) of current references to codes that are not known.

        `column` is the name of a column or an expression of several.
        """
        if not self.has_rows(table):
            return []
        codes = pa.table({"code": pa.array(sorted(known), pa.string())})
        apart = pa.table({"delivery": pa.array(sorted(without_deliveries), pa.string())})
        self._connection.register("known_codes", codes)
        self._connection.register("left_apart", apart)
        rows = self._connection.table(f"stored.{table}").filter(
            "version in (select version from current_version) "
            "and delivery not in (select delivery from left_apart)"
        )
        named = rows.project(f"delivery, {column} as code, file, sheet, row")
        if str(named.types[1]).endswith("[]"):
            named = named.project("delivery, unnest(code) as code, file, sheet, row")
        unknown = named.filter(
            "code is not null and code not in (select code from known_codes)"
        ).order("file, sheet, row")
        return [tuple(row) for row in unknown.fetchall()]

    def defined_twice(self, table: str, delivery: str) -> list[tuple[str, str, str, int]]:
        """(code, file, sheet, row) of a delivery's current rows whose code another defines too."""
        rows = self._connection.execute(
            f"""
            select code, file, sheet, row,
            from stored.{table}
            where
                delivery = $delivery
                and version in (select version from current_version)
                and code in (
                    select code,
                    from stored.{table}
                    where
                        delivery <> $delivery
                        and version in (select version from current_version)
                )
            order by file, sheet, row
            """,
            {"delivery": delivery},
        ).fetchall()
        return [tuple(row) for row in rows]

    def history(self) -> Mapping[int, Version]:
        """Every version by its number."""
        return history.read(self._connection)

    def changes(self, new: NewVersion) -> dict[str, Change]:
        """What a new version would add, change and remove, table by table."""
        now = self.current(new.delivery)
        if now is None:
            sizes = {name: table.num_rows for name, table in new.tables.items()}
            return {name: Change(size, 0, 0) for name, size in sizes.items() if size}
        return self._counted(now.version, new)

    def changes_between(self, old: int | None, new: int | None) -> dict[str, Change]:
        """What differs between the stored rows of two loads, table by table; None has no rows."""
        return self._counted(old, new)

    def _counted(self, old: int | None, new: int | NewVersion | None) -> dict[str, Change]:
        found = {}
        for name, schema in self._definitions.tables.items():
            columns = differences.value_columns(schema.names)
            rows = new.tables.get(name) if isinstance(new, NewVersion) else new
            change = differences.count(self._connection, name, columns, old, rows)
            if change.added or change.changed or change.removed:
                found[name] = change
        return found

    def differences(
        self, new: NewVersion, changes: Mapping[str, Change], most: int = differences.MAX_ROWS
    ) -> dict[str, TableDifference]:
        """At most `most` of the rows of each table that `changes` counted."""
        now = self.current(new.delivery)
        found = {}
        for name, change in changes.items():
            columns = differences.value_columns(self._definitions.tables[name].names)
            old = now.version if now else None
            rows = new.tables.get(name)
            found[name] = differences.listed(
                self._connection, name, columns, old, rows, change, most
            )
        return found

    def sizes(self, version: int) -> dict[str, int]:
        """How many rows a load has in each table that it fills."""
        found = {
            name: self._connection.execute(
                f"select count(*) from stored.{name} where version = $version",
                {"version": version},
            ).fetchone()
            for name in self._definitions.tables
        }
        return {name: row[0] for name, row in found.items() if row and row[0]}

    def also_held(self, version: int) -> list[tuple[int, list[str], int]]:
        """(version, files, rows) of other loads: files of the same bytes, number of like rows."""
        files: dict[int, list[str]] = {}
        for other, name in self._connection.execute(
            """
            select other.version, other.name,
            from stored.version_file as other
            where
                other.version <> $version
                and other.content is not null
                and other.sha256 in (
                    select sha256 from stored.version_file where version = $version
                )
            order by all
            """,
            {"version": version},
        ).fetchall():
            files.setdefault(other, []).append(name)
        like: collections.Counter[int] = collections.Counter()
        for name in self._definitions.tables:
            columns = differences.value_columns(self._connection.table(f"stored.{name}").columns)
            like.update(dict(self._like_rows(name, columns, version)))
        return [(one, files.get(one, []), like[one]) for one in sorted(files.keys() | like.keys())]

    def _like_rows(self, name: str, columns: list[str], version: int) -> list[tuple[int, int]]:
        values = ", ".join(f'"{column}"' for column in columns)
        return self._connection.execute(
            f"""
            select version, count(*),
            from stored.{name}
            where
                version <> $version
                and hash({values}) in (
                    select hash({values}) from stored.{name} where version = $version
                )
            group by version
            """,
            {"version": version},
        ).fetchall()

    def wrong_rows(self, check: str, as_of: datetime.date) -> list[dict[str, Any]]:
        """What queries/checks/<check>.sql finds in the draft, a dictionary a row."""
        return self.asked(f"checks/{check}", {}, as_of)

    def asked(
        self, name: str, parameters: Mapping[str, Any], as_of: datetime.date
    ) -> list[dict[str, Any]]:
        """The answer that a named question has in the draft on a day, a dictionary a row."""
        one = question(name)
        bound = {parameter: parameters.get(parameter) for parameter in one.parameters}
        self._connection.execute("set variable as_of = $as_of", {"as_of": as_of})
        try:
            found = self._connection.execute(one.sql, bound)
            names = [column[0] for column in found.description]
            return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
        finally:
            self._connection.execute(_ALL_DAYS)

    def search(
        self, delivery: str | None, finding: str, tables: Mapping[str, pa.Table]
    ) -> list[dict[str, Any]]:
        """What queries/findings/<finding>.sql finds in rows that are not stored yet.

        The rows are `given_<table>` in the question, those stored have their tables' names; what
        the delivery itself holds by now is told apart by the variable `given_delivery`.
        """
        cursor = self._connection
        # Without a type, null would be an integer, which no code of a delivery compares with.
        cursor.execute("set variable given_delivery = $delivery::varchar", {"delivery": delivery})
        for name, table in tables.items():
            cursor.register(f"given_{name}", table)
        found = cursor.execute(read(QUERIES / "findings" / f"{finding}.sql").sql)
        names = [column[0] for column in found.description]
        rows = found.fetchmany(_MOST_FOUND)
        found.fetchall()
        for name in tables:
            cursor.unregister(f"given_{name}")
        return [dict(zip(names, row, strict=True)) for row in rows]

    # Writing ---------------------------------------------------------------------------------

    def add(
        self,
        new: NewVersion,
        changes: Mapping[str, Change],
        *,
        at: datetime.datetime,
        actor: str,
    ) -> int:
        """Store one version with what it changes, and return its number."""
        about = Version(
            0, new.delivery, "load", None, None, new.institution, new.year, new.note, actor, at
        )
        version = self.record(about, changes, at=at, actor=actor)
        for name, digest, content in new.files:
            self._connection.execute(
                "insert into stored.version_file values ($version, $name, $digest, $content)",
                {"version": version, "name": name, "digest": digest, "content": content},
            )
        for name, table in new.tables.items():
            size = table.num_rows
            rows = table.add_column(0, "delivery", pa.array([new.delivery] * size, pa.string()))
            rows = rows.add_column(1, "version", pa.array([version] * size, pa.int32()))
            columns = self._connection.table(f"stored.{name}").columns
            missing = [column for column in columns if column not in rows.column_names]
            for column in missing:  # a column that an older declaration had
                rows = rows.append_column(column, pa.nulls(size))
            self._connection.from_arrow(rows.select(columns)).insert_into(f"stored.{name}")
        for path in _kept_files():
            if new.tables.keys() & set(_LOADED.findall(path.read_text(encoding="utf-8"))):
                self._keep(path, version)
        return version

    def record(
        self,
        about: Version,
        changes: Mapping[str, Change],
        *,
        at: datetime.datetime,
        actor: str,
        of_version: int | None = None,
        reason: str | None = None,
    ) -> int:
        """Add a line to the history with what it changes, and return its number.

        Of `about` counts what is done to which delivery, its institution, year and note.
        """
        found = self._connection.execute(
            "select coalesce(max(version), 0) + 1 from stored.version"
        ).fetchone()
        version = int(found[0]) if found else 1
        self._connection.execute(
            "insert into stored.version by name select $version as version, "
            "$delivery as delivery, $action as action, $of_version as of_version, "
            "$at::timestamptz as loaded_at, $actor as actor, $institution as institution, "
            "$year as year, $note as note, $reason as reason",
            {
                "version": version,
                "delivery": about.delivery,
                "action": about.action,
                "of_version": of_version,
                "at": at,
                "actor": actor,
                "institution": about.institution,
                "year": about.year,
                "note": about.note,
                "reason": reason,
            },
        )
        for name, change in changes.items():
            self._connection.execute(
                "insert into stored.version_change "
                "values ($version, $name, $added, $changed, $removed)",
                {"version": version, "name": name, **dataclasses.asdict(change)},
            )
        return version

    def destroy(self, version: int) -> None:
        """Delete the rows, the files' bytes and names and the note of a load.

        The SHA-256 of its files and its line in the history stay. The bytes are gone for good only
        in a draft that is made `afresh`.
        """
        for name in (*self._definitions.tables, *(path.stem for path in _kept_files())):
            self._connection.execute(
                f"delete from stored.{name} where version = $version", {"version": version}
            )
        self._connection.execute(
            "update stored.version_file set name = '', content = null where version = $version",
            {"version": version},
        )
        self._connection.execute(
            "update stored.version set note = null where version = $version", {"version": version}
        )


# What DuckDB raises when the file cannot be written or is no database of ours.
_FAILED = (
    duckdb.IOException,
    duckdb.TransactionException,
    duckdb.FatalException,
    duckdb.InternalException,
    duckdb.OutOfMemoryException,
)


@contextlib.contextmanager
def drafting(
    target: Path, definitions: Definitions, *, publish: bool = True, afresh: bool = False
) -> Iterator[Draft]:
    """A draft of the next generation; it becomes current when the block ends without an error.

    Without `publish` the draft is only for looking: it never becomes current. `afresh`, nothing
    that was deleted is left in the new file; the former generation still holds it until it is
    forgotten. Raises WarehouseError as `next_generation` does.
    """
    place = generations.next_generation if publish else generations.scratch_generation
    with place(target) as path, _told_plainly(target):
        connection = _connected(path, target)
        if not publish and os.name == "posix":
            # It is read and written all the same, and nothing is left when the process is killed.
            path.unlink()
        try:
            draft = Draft(connection, definitions)
            # One transaction: nobody reads the draft, so nothing is gained by steps in between.
            connection.begin()
            draft.set_up()
            yield draft
            connection.commit()
            connection.execute("checkpoint")
        finally:
            connection.close()
        if afresh:
            _write_afresh(path, definitions)


def _connected(path: Path, target: Path) -> duckdb.DuckDBPyConnection:
    """The draft, opened. What cannot be read of a copy cannot be read of the generation either."""
    try:
        return duckdb.connect(str(path))
    except duckdb.Error as error:
        copied = generations.current(target)
        if copied is not None and inventory(copied).trouble is not None:
            raise generations.unusable(target, copied) from error
        raise


@contextlib.contextmanager
def _told_plainly(target: Path) -> Iterator[None]:
    try:
        yield
    except _FAILED as error:
        raise generations.cannot_be_written(target, str(error).splitlines()[0]) from error


def _write_afresh(path: Path, definitions: Definitions) -> None:
    """Copy every row into a new file: a file that rows were deleted from still holds their bytes"""
    fresh = path.with_name(f"{path.name}.fresh")
    with duckdb.connect(str(path), read_only=True) as old, duckdb.connect(str(fresh)) as new:
        new.execute("create schema stored")
        for name, made in old.execute(
            "select table_name, sql from duckdb_tables() "
            "where schema_name = 'stored' and table_name <> 'build'"
        ).fetchall():
            if name in {path.stem for path in _kept_files()}:
                continue  # made anew of the rows
            new.execute(made)
            rows = old.table(f"stored.{name}").to_arrow_reader(_ROWS_AT_ONCE)
            new.from_arrow(rows).insert_into(f"stored.{name}")
        Draft(new, definitions).set_up()
        new.execute("checkpoint")
    fresh.replace(path)
