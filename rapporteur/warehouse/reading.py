"""The door through which all answers leave: read-only, hardened, a cursor per query."""

import datetime
import zoneinfo
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from rapporteur.warehouse import differences, former_codes, generations, history, search
from rapporteur.warehouse.differences import TableDifference
from rapporteur.warehouse.former_codes import Coded, UnknownCode
from rapporteur.warehouse.generations import WarehouseError
from rapporteur.warehouse.history import Version
from rapporteur.warehouse.inventory import HARDENED
from rapporteur.warehouse.questions import question

TIME_ZONE = zoneinfo.ZoneInfo("Europe/Vilnius")

# A question that has this parameter is given the recommendations found instead of the words.
SEARCHED = "text"

Parameters = Mapping[str, Sequence[str | int] | str | int | None]


class BadParameter(Exception):
    """A parameter that the question does not have, or a value that it cannot take."""

    def __init__(self, question_name: str, parameter: str, value: object = None) -> None:
        super().__init__(question_name, parameter, value)
        self.question_name = question_name
        self.parameter = parameter
        self.value = value


class Warehouse:
    """One generation of the database, open for reading by many threads at once."""

    def __init__(self, generation: Path) -> None:
        """Open the file read-only. Raises WarehouseError when that is not possible."""
        self.generation = generation
        try:
            self._connection = duckdb.connect(str(generation), read_only=True, config=HARDENED)
        except duckdb.Error as error:
            raise WarehouseError(f"{generation} neatsidaro (does not open): {error}") from error
        self._former = self._former_codes()

    def _former_codes(self) -> Mapping[tuple[str, str], str]:
        """(parameter, former code) → the code of today."""
        with self._connection.cursor() as cursor:
            try:
                found = cursor.execute("select former, code, asked_as from former_code").fetchall()
            except duckdb.CatalogException:  # an older version of the program made the generation
                return {}
        return {(name, former): code for former, code, names in found for name in names}

    def close(self) -> None:
        """Close the file; cursors in use go on to their end."""
        self._connection.close()

    @property
    def build(self) -> str | None:
        """The digest of the definitions that this generation was built with."""
        with self._connection.cursor() as cursor:
            try:
                found = cursor.execute("select digest from stored.build").fetchone()
            except duckdb.CatalogException:
                return None
        return found[0] if found else None

    def ask(
        self, name: str, parameters: Parameters | None = None, *, as_of: datetime.date
    ) -> pd.DataFrame:
        """Answer queries/<name>.sql as the data stood at the end of the day `as_of`.

        A parameter left out, or null, means no filter; a list means any of its members. Raises
        UnknownQuestion, or BadParameter for a name or a value that does not fit.
        """
        return self._execute(name, parameters, as_of).df()

    def rows(
        self, name: str, parameters: Parameters | None = None, *, as_of: datetime.date
    ) -> tuple[list[str], list[tuple[Any, ...]]]:
        """As `ask`, but as column names and rows of plain Python values."""
        relation = self._execute(name, parameters, as_of)
        return [column[0] for column in relation.description], relation.fetchall()

    def delivered(self, table: str, delivery: str, as_of: datetime.date) -> list[dict[str, Any]]:
        """The current rows of one delivery in a table, in the sender's order."""
        cursor = self._connection.cursor()
        cursor.execute("set variable as_of = $as_of", {"as_of": as_of})
        cursor.execute("set variable wanted = $delivery", {"delivery": delivery})
        rows = (
            cursor.table(f"stored.{table}")
            .filter("delivery = getvariable('wanted')")
            .filter("version in (select version from current_version)")
            .order("file, sheet, row")
        )
        return [dict(zip(rows.columns, row, strict=True)) for row in rows.fetchall()]

    def history(self) -> Mapping[int, Version]:
        """Every version by its number, in the order in which they were made."""
        with self._connection.cursor() as cursor:
            return history.read(cursor)

    def differences(
        self, old: int | None, new: int | None, most: int = differences.MAX_ROWS
    ) -> dict[str, TableDifference]:
        """What differs between the rows of two loads, table by table; None stands for no rows.

        At most `most` rows of a table are listed; all are counted.
        """
        found = {}
        with self._connection.cursor() as cursor:
            tables = cursor.execute(
                "select table_name, list(column_name order by column_index) from duckdb_columns() "
                "where schema_name = 'stored' "
                "group by table_name having bool_or(column_name = 'row_key') order by table_name"
            ).fetchall()
            for name, columns in tables:
                held = differences.value_columns(columns)
                change = differences.count(cursor, name, held, old, new)
                if change.added or change.changed or change.removed:
                    found[name] = differences.listed(cursor, name, held, old, new, change, most)
        return found

    def file(self, version: int, name: str) -> bytes | None:
        """A file of a version as it was delivered, a restored version's too; None without one.

        The file of a purged version is gone.
        """
        with self._connection.cursor() as cursor:
            found = cursor.execute(
                """
                select content,
                from stored.version_file
                where
                    name = $name
                    and version = (
                        select case action when 'restore' then of_version else version end,
                        from stored.version
                        where version = $version
                    )
                order by sha256
                limit 1
                """,
                {"version": version, "name": name},
            ).fetchone()
        return found[0] if found else None

    def unknown_codes(
        self,
        coded: Sequence[Coded],
        known: Mapping[str, Collection[str]],
        as_of: datetime.date,
    ) -> list[UnknownCode]:
        """Codes in the rows current on a day that no list knows, institutions as defined there."""
        with self._connection.cursor() as cursor:
            cursor.execute("set variable as_of = $as_of", {"as_of": as_of})
            defined = {code for (code,) in cursor.table("institution").project("code").fetchall()}
            return former_codes.unknown(cursor, coded, {**known, "institution": defined})

    def _of_today(self, parameter: str, values: list[str] | None) -> list[str] | None:
        """Codes asked for, former ones as those of today."""
        if values is None or not self._former:
            return values
        return [self._former.get((parameter, value), value) for value in values]

    def _execute(
        self, name: str, parameters: Parameters | None, as_of: datetime.date
    ) -> duckdb.DuckDBPyConnection:
        asked = question(name)
        given = dict(parameters or {})
        for parameter in given:
            if parameter not in asked.parameters:
                raise BadParameter(name, parameter)
        bound = {
            parameter: self._of_today(parameter, _as_list(given.get(parameter)))
            for parameter in asked.parameters
        }
        cursor = self._connection.cursor()
        cursor.execute("set variable as_of = $as_of", {"as_of": as_of})
        typed = bound.get(SEARCHED)
        if typed is not None:
            bound[SEARCHED] = _found(cursor, typed)
        try:
            return cursor.execute(asked.sql, bound) if bound else cursor.execute(asked.sql)
        except duckdb.ConversionException as error:
            wrong = _named(bound, str(error))
            raise BadParameter(name, wrong, bound[wrong]) from error


def _found(cursor: duckdb.DuckDBPyConnection, typed: Sequence[str]) -> list[str]:
    """The recommendations whose words hold those typed.

    Stemming is no work for SQL, and a Python function registered with DuckDB 1.5 brings the
    process down once the connection that registered it is closed before another one.
    """
    texts = cursor.execute("select recommendation, words from searched_text").fetchall()
    return [code for code, words in texts if search.finds(typed, words)]


def _named(bound: Mapping[str, list[str] | None], message: str) -> str:
    """The parameter whose value a message quotes; where none is quoted, the first given."""
    given = {name: values for name, values in bound.items() if values}
    quoting = (
        name for name, values in given.items() if any(f"'{value}'" in message for value in values)
    )
    return next(quoting, next(iter(given)))


def _as_list(value: Sequence[str | int] | str | int | None) -> list[str] | None:
    """Every parameter is bound as a list of text, or null: the SQL says what it is cast to."""
    if value is None:
        return None
    members = [value] if isinstance(value, str | int) else list(value)
    return [str(member) for member in members] or None


def today(moment: datetime.datetime) -> datetime.date:
    """The day of a moment as the office's calendar has it."""
    return moment.astimezone(TIME_ZONE).date()


def open_current(target: Path) -> Warehouse:
    """The current generation of a database. Raises WarehouseError when nothing was loaded yet."""
    for _ in range(5):  # a generation may be forgotten between the pointer and the opening
        generation = generations.current(target)
        if generation is None:
            raise WarehouseError(
                f"{target}: duomenų dar neįkelta – pirma įvykdykite „load --shipped“ "
                f"(nothing is loaded yet; run `load --shipped` first)."
            )
        try:
            return Warehouse(generation)
        except WarehouseError:
            if generations.current(target) == generation:
                raise generations.unusable(target, generation) from None
    raise WarehouseError(f"{target}: bandykite dar kartą (is replaced again and again; try again).")
