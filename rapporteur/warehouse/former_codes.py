"""Codes of lists in stored rows: former ones become those of today, unknown ones are found."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import duckdb

from rapporteur.warehouse.differences import KEY_SEPARATOR


@dataclass(frozen=True)
class Coded:
    """A column of a stored table that holds codes of lists."""

    table: str
    column: str
    lists: tuple[str, ...]
    is_several: bool
    """It holds a list of codes."""
    place_in_key: int | None
    """Which member of the row's key the code is, from 0; None for none."""


@dataclass(frozen=True)
class UnknownCode:
    """A code in current rows that no list knows."""

    table: str
    column: str
    code: str
    rows: int
    deliveries: tuple[str, ...]


def rename(connection: duckdb.DuckDBPyConnection, coded: Sequence[Coded]) -> None:
    """Turn the former codes of all stored rows, of every version, into those of today.

    What was delivered stays to the byte in the files of the versions. The table `former_code` says
    which code became which.
    """
    if not coded:
        return
    found = connection.execute("select distinct list from former_code").fetchall()
    renamed = {name for (name,) in found}
    for one in coded:
        if renamed & {*one.lists}:
            _rename(connection, one)
    if "institution" in renamed:
        connection.execute(
            "update stored.version set institution = former_code.code from former_code "
            "where former_code.list = 'institution' and version.institution = former_code.former"
        )


def _rename(connection: duckdb.DuckDBPyConnection, one: Coded) -> None:
    """Table and column are names of our own declaration; codes are bound."""
    names = {"lists": list(one.lists)}
    if one.is_several:
        connection.execute(
            f"""
            update stored."{one.table}"
            set "{one.column}" = list_transform(
                "{one.column}", lambda code: coalesce(names.present[code], code)
            )
            from (
                select map(list(former), list(code)) as present, list(former) as former,
                from former_code
                where list_contains($lists, list)
            ) as names
            where list_has_any("{one.column}", names.former)
            """,
            names,
        )
        return
    if one.place_in_key is not None:
        place = one.place_in_key + 1
        parts = f"string_split(row_key, '{KEY_SEPARATOR}')"
        connection.execute(
            f"""
            update stored."{one.table}" as changed
            set row_key = array_to_string(
                list_concat(
                    {parts}[:{place - 1}], [former_code.code], {parts}[{place + 1}:]
                ),
                '{KEY_SEPARATOR}'
            )
            from former_code
            where
                list_contains($lists, former_code.list)
                and {parts}[{place}] = former_code.former
            """,
            names,
        )
    connection.execute(
        f"""
        update stored."{one.table}" as changed
        set "{one.column}" = former_code.code
        from former_code
        where
            list_contains($lists, former_code.list)
            and changed."{one.column}" = former_code.former
        """,
        names,
    )


def unknown(
    connection: duckdb.DuckDBPyConnection,
    coded: Sequence[Coded],
    known: Mapping[str, Collection[str]],
) -> list[UnknownCode]:
    """Codes in current rows that none of the lists of their column knows.

    Current is what the variable `as_of` makes it.
    """
    there = set(
        connection.execute(
            "select table_name, column_name from duckdb_columns() where schema_name = 'stored'"
        ).fetchall()
    )
    found = []
    for one in coded:
        if (one.table, one.column) not in there:  # a generation of an older declaration
            continue
        codes = set().union(*(known[name] for name in one.lists))
        named = f'unnest("{one.column}")' if one.is_several else f'"{one.column}"'
        told = connection.execute(
            f"""
            select code, count(*), list(distinct delivery order by delivery),
            from (
                select {named} as code, delivery,
                from stored."{one.table}"
                where version in (select version from current_version)
            )
            where code is not null
            group by code
            order by code
            """
        ).fetchall()
        found += [
            UnknownCode(one.table, one.column, code, rows, tuple(deliveries))
            for code, rows, deliveries in told
            if code not in codes
        ]
    return found
