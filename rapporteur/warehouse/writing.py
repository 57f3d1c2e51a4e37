"""Writing versions: rows are only ever added; what is current is decided by views."""

import contextlib
import dataclasses
import datetime
import functools
import graphlib
import hashlib
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from rapporteur.settings import QUERIES
from rapporteur.warehouse import generations
from rapporteur.warehouse.questions import question

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
"""
_NAMED = re.compile(r"\b(?:from|join)\s+(\w+)")
_NOT_VALUES = ("delivery", "version", "file", "sheet", "row")


@dataclass(frozen=True)
class Definitions:
    """What a generation is made with: the tables, the reference lists, and the views' SQL."""

    tables: Mapping[str, pa.Schema]
    reference: Mapping[str, pa.Table]

    @functools.cached_property
    def digest(self) -> str:
        """Changes when a table, a reference list or a view does."""
        parts = [f"{name}{schema}" for name, schema in sorted(self.tables.items())]
        parts += [f"{name}{table.to_pydict()}" for name, table in sorted(self.reference.items())]
        parts += [path.read_text(encoding="utf-8") for path in _view_files()]
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


@dataclass(frozen=True)
class Change:
    """Rows of one table that a new version adds, changes and removes."""

    added: int
    changed: int
    removed: int


def _view_files() -> list[Path]:
    return sorted((QUERIES / "views").glob("*.sql"))


class Draft:
    """A generation that is being written. Nothing of it is seen until its block ends well."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, definitions: Definitions) -> None:
        self._connection = connection
        self._definitions = definitions

    def set_up(self) -> None:
        """Make or renew everything that is not rows, where it is not as defined already."""
        self._connection.execute("set timezone = 'Europe/Vilnius'")
        # A draft works on everything that was ever loaded, whatever the clock says.
        self._connection.execute("set variable as_of = date '9999-12-31'")
        self._connection.execute(_FIRST_TABLES)
        built = self._connection.execute("select digest from stored.build").fetchone()
        if built == (self._definitions.digest,):
            return
        self._drop_views()
        for name, schema in self._definitions.tables.items():
            self._make_table(name, schema)
        for name, table in self._definitions.reference.items():
            self._replace_reference(name, table)
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

    def _make_table(self, name: str, schema: pa.Schema) -> None:
        fields = [pa.field("delivery", pa.string()), pa.field("version", pa.int32()), *schema]
        empty = self._connection.from_arrow(pa.schema(fields).empty_table())
        known = {
            column
            for (column,) in self._connection.execute(
                "select column_name from duckdb_columns() "
                "where schema_name = 'stored' and table_name = $name",
                {"name": name},
            ).fetchall()
        }
        if not known:
            empty.create(f"stored.{name}")
            return
        for column, kind in zip(empty.columns, empty.types, strict=True):
            if column not in known:  # a newer declaration knows more than the stored rows
                self._connection.execute(f'alter table stored.{name} add column "{column}" {kind}')

    def _replace_reference(self, name: str, table: pa.Table) -> None:
        self._connection.execute(f'drop table if exists "{name}"')
        self._connection.from_arrow(table).create(name)

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

    def current(self, delivery: str) -> Current | None:
        """A delivery's current version, if it has one."""
        found = self._connection.execute(
            "select version, institution, year, note from delivery where delivery = $delivery",
            {"delivery": delivery},
        ).fetchone()
        return Current(*found) if found else None

    def digests(self, version: int) -> list[str]:
        """The SHA-256 of the files of a version, sorted."""
        rows = self._connection.execute(
            "select sha256 from stored.version_file where version = $version order by sha256",
            {"version": version},
        ).fetchall()
        return [digest for (digest,) in rows]

    def references(
        self, table: str, column: str, without_deliveries: Collection[str]
    ) -> list[tuple[str, str, str, int]]:
        """(code, file, sheet, row) of the references in other deliveries' current rows.

        `column` is the name of a column or an expression of several.
        """
        rows = (
            self._connection.table(f"stored.{table}")
            .filter("version in (select version from current_version)")
            .project(f"delivery, file, sheet, row, {column} as code")
            .fetchall()
        )
        return [
            (one, file, sheet, row)
            for delivery, file, sheet, row, code in rows
            if code is not None and delivery not in without_deliveries
            for one in (code if isinstance(code, list) else [code])
        ]

    def changes(self, new: NewVersion) -> dict[str, Change]:
        """What a new version would add, change and remove, table by table."""
        now = self.current(new.delivery)
        if now is None:
            sizes = {name: table.num_rows for name, table in new.tables.items()}
            return {name: Change(size, 0, 0) for name, size in sizes.items() if size}
        found = {}
        for name, schema in self._definitions.tables.items():
            columns = [field.name for field in schema if field.name not in _NOT_VALUES]
            rows = new.tables.get(name, schema.empty_table()).select(columns)
            stored = self._connection.table(f"stored.{name}")
            self._connection.execute("set variable replaced = $version", {"version": now.version})
            old = stored.filter("version = getvariable('replaced')").select(*columns)
            self._connection.register("new_rows", rows)
            self._connection.register("old_rows", old.to_arrow_table())
            change = self._connection.execute(_CHANGES).fetchone()
            if change and any(change):
                found[name] = Change(*change)
        return found

    def wrong_rows(self, check: str, as_of: datetime.date) -> list[dict[str, Any]]:
        """What queries/checks/<check>.sql finds in the draft, a dictionary a row."""
        self._connection.execute("set variable as_of = $as_of", {"as_of": as_of})
        found = self._connection.execute(question(f"checks/{check}").sql)
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

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
        found = self._connection.execute(
            "select coalesce(max(version), 0) + 1 from stored.version"
        ).fetchone()
        version = int(found[0]) if found else 1
        self._connection.execute(
            "insert into stored.version values "
            "($version, $delivery, 'load', null, $at, $actor, $institution, $year, $note)",
            {
                "version": version,
                "delivery": new.delivery,
                "at": at,
                "actor": actor,
                "institution": new.institution,
                "year": new.year,
                "note": new.note,
            },
        )
        for name, change in changes.items():
            self._connection.execute(
                "insert into stored.version_change "
                "values ($version, $name, $added, $changed, $removed)",
                {"version": version, "name": name, **dataclasses.asdict(change)},
            )
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
        return version


_CHANGES = """
with
appeared as (from new_rows except all from old_rows),
gone as (from old_rows except all from new_rows),
counted as (
    select
        (select count(*) from appeared) as appeared,
        (select count(*) from gone) as gone,
        -- A row whose key stands on both sides has changed; without a key nothing changes.
        (select count(*) from appeared semi join gone using (row_key)) as changed
)
select appeared - changed, changed, gone - changed from counted
"""


@contextlib.contextmanager
def drafting(target: Path, definitions: Definitions, *, publish: bool = True) -> Iterator[Draft]:
    """A draft of the next generation; it becomes current when the block ends without an error.

    Without `publish` the draft is only for looking: it never becomes current.
    """
    place = generations.next_generation if publish else generations.scratch_generation
    with place(target) as path:
        connection = duckdb.connect(str(path))
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
