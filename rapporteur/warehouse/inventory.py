"""The content of a database file of ours, found without making it the current one."""

import datetime
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb

# Nothing that a query says may reach a file, the network or these settings. DuckDB opens a file
# twice in one process only with the same settings.
HARDENED: Final[dict[str, str | bool | int | float | list[str]]] = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "temp_directory": "",
    "memory_limit": "2GB",
    "threads": "2",
    "lock_configuration": "true",
}

_ABOUT = """
select
    coalesce(max(version), 0),
    epoch_ms(max(loaded_at)),
    coalesce((
        select list(delivery order by delivery)
        from (
            select delivery
            from stored.version
            where action <> 'purge'
            group by delivery
            having arg_max(action, version) <> 'withdraw'
        )
    ), [])
from stored.version
"""
_ROW_TABLES = """
select table_name
from duckdb_columns()
where schema_name = 'stored' and column_name = 'row_key'
order by table_name
"""


def _every_table(connection: duckdb.DuckDBPyConnection) -> list[str]:
    found = connection.execute(
        'select format(\'"{}"."{}"\', schema_name, table_name) from duckdb_tables() '
        "where not internal and not temporary"
    ).fetchall()
    return [name for (name,) in found]


@dataclass(frozen=True)
class Inventory:
    """The content of one file: its last version and when that was made, deliveries, stored rows.

    `trouble` says why the file is no database that can be used; nothing else is known then.
    """

    name: str
    version: int = 0
    last_made_at: datetime.datetime | None = None
    deliveries: tuple[str, ...] = ()
    rows: int = 0
    trouble: str | None = None


def inventory(path: Path, *, read_all: bool = False) -> Inventory:
    """Look into a file. With `read_all` every stored value is read, as a copy cut short opens.

    Never raises for what the file is: that stands in `trouble`.
    """
    try:
        with duckdb.connect(str(path), read_only=True, config=HARDENED) as connection:
            found = connection.execute(_ABOUT).fetchone()
            connection.execute("select digest from stored.build limit 1").fetchall()
            names = [name for (name,) in connection.execute(_ROW_TABLES).fetchall()]
            rows = sum(len(connection.table(f"stored.{name}")) for name in names)
            for name in _every_table(connection) if read_all else ():
                connection.table(name).project("hash(*columns(*)) as hash").max("hash").fetchall()
    except duckdb.CatalogException:
        return Inventory(path.name, trouble="ne šios programos duomenų bazė (of another program)")
    except duckdb.Error as error:
        return Inventory(path.name, trouble=str(error).splitlines()[0])
    version, made, deliveries = found or (0, None, [])
    moment = None if made is None else datetime.datetime.fromtimestamp(made / 1000, datetime.UTC)
    return Inventory(path.name, int(version), moment, tuple(deliveries), rows)
