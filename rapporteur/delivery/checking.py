"""Sheets of cells → tables of exact values, with every problem of every sheet reported together."""

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from rapporteur.delivery import reference
from rapporteur.delivery.declaration import (
    GLOBAL_CODES,
    SHEET_OF_TABLE,
    SHEETS,
    Column,
    Kind,
    Sheet,
)
from rapporteur.delivery.layout import LaidOut, declared, lay_out
from rapporteur.delivery.problems import Problem, cell_address, later
from rapporteur.delivery.reading import Cell, RawFile
from rapporteur.delivery.values import (
    Lists,
    Marked,
    PartialDate,
    Place,
    Unfit,
    as_text,
    parse,
    plain,
)

KEY_SEPARATOR = "\x1f"
UNKNOWN_CODE = later("Code “{code}” is defined nowhere. Check its spelling or add it to its sheet.")

# Table → the codes (or, for parts, recommendation + part) that other rows may refer to.
Known = Mapping[str, frozenset[str]]


@dataclass
class Checked:
    """One delivery as the checks left it: what it is, its rows, and what was found.

    `tables` holds one Arrow table per table name, with the columns of `schema()`. Nothing may be
    stored while `problems` is not empty.
    """

    code: str | None
    institution: str | None
    year: int | None
    note: str | None
    files: list[RawFile]
    tables: dict[str, pa.Table] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    notices: list[Problem] = field(default_factory=list)


def _storage(column: Column) -> list[tuple[str, pa.DataType]]:
    """The columns of the table that one declared column fills."""
    if column.several:
        return [(column.name, pa.list_(pa.string()))]
    match column.kind:
        case Kind.INTEGER | Kind.YEAR:
            return [(column.name, pa.int32())]
        case Kind.NUMBER:
            return [(column.name, pa.float64()), (f"{column.name}_mark", pa.string())]
        case Kind.COUNT:
            return [(column.name, pa.int64()), (f"{column.name}_mark", pa.string())]
        case Kind.YES_NO:
            return [(column.name, pa.bool_())]
        case Kind.DATE if column.partial:
            return [(column.name, pa.date32()), (f"{column.name}_precision", pa.string())]
        case Kind.DATE:
            return [(column.name, pa.date32())]
    return [(column.name, pa.string())]


def schema(sheet: Sheet) -> pa.Schema:
    """The columns of a sheet's table: values, key, and the file, sheet and row of origin."""
    values = [pair for column in sheet.columns for pair in _storage(column)]
    return pa.schema(
        [
            *values,
            ("row_key", pa.string()),
            ("file", pa.string()),
            ("sheet", pa.string()),
            ("row", pa.int32()),
        ]
    )


def _stored(column: Column, values: list[Any]) -> list[list[Any]]:
    """Parsed values as the columns of `_storage` want them."""
    if column.kind in {Kind.NUMBER, Kind.COUNT}:
        whole: Callable[[float], float | int] = int if column.kind is Kind.COUNT else float
        return [
            [None if v is None or v.value is None else whole(v.value) for v in values],
            [None if v is None else v.mark or None for v in values],
        ]
    if column.kind is Kind.DATE:
        days = [v.day if v else None for v in values]
        return [days, [v.precision if v else None for v in values]] if column.partial else [days]
    if column.kind in {Kind.MUNICIPALITY, Kind.TERRITORY}:
        return [[v.code if v else None for v in values]]
    if column.several:
        return [[v or [] for v in values]]
    return [values]


class Check:
    """The state of checking one delivery; `found` keeps one problem per cell."""

    def __init__(self, lists: Lists) -> None:
        self.lists = lists
        self.found: dict[tuple[str, str | None, str | None], Problem] = {}
        self.notices: list[Problem] = []
        self.values: dict[str, list[tuple[LaidOut, dict[str, list[Any]]]]] = {}

    def report(self, problem: Problem) -> None:
        """Add a problem unless its cell has one already."""
        self.found.setdefault((problem.file, problem.sheet, problem.cell), problem)

    def at(
        self,
        laid: LaidOut,
        index: int,
        column: Column,
        code: str,
        template: str,
        /,
        **values: Any,
    ) -> None:
        """Report a problem at one data cell."""
        position = laid.positions.get(column.name)
        row = laid.raw.rows[laid.row_numbers[index]]
        shown = as_text(row[position]) if position is not None and position < len(row) else None
        self.report(
            Problem(
                laid.file, laid.raw.name, laid.address(index, column), code, shown, template, values
            )
        )

    # Reading ---------------------------------------------------------------------------------

    def read(self, file: RawFile) -> None:
        """Lay out and parse every known sheet of a file."""
        known = 0
        for raw in file.sheets:
            sheet = declared(raw)
            if sheet is None:
                if any(as_text(cell) for row in raw.rows for cell in row):
                    self.notices.append(
                        Problem(
                            file.name,
                            raw.name,
                            None,
                            "sheet-unknown",
                            raw.name,
                            later("Sheet “{sheet}” is not known and was left alone."),
                            {"sheet": raw.name},
                        )
                    )
                continue
            known += 1
            if raw.is_hidden:
                self.notices.append(
                    Problem(
                        file.name,
                        raw.name,
                        None,
                        "hidden-content",
                        raw.name,
                        later("Sheet “{sheet}” is hidden; it was read like the others."),
                        {"sheet": raw.name},
                    )
                )
            header_problems: list[Problem] = []
            laid = lay_out(file.name, raw, sheet, header_problems, self.notices)
            for problem in header_problems:
                self.report(problem)
            if laid is not None:
                parsed = {column.name: self._parse(laid, column) for column in sheet.columns}
                self.values.setdefault(sheet.table, []).append((laid, parsed))
        if not known:
            self.report(
                Problem(
                    file.name,
                    None,
                    None,
                    "sheet-none-known",
                    None,
                    later(
                        "No known sheet in the file. Name the sheets as the template does: {known}."
                    ),
                    {"known": ", ".join(sheet.name for sheet in SHEETS)},
                )
            )

    def _parse(self, laid: LaidOut, column: Column) -> list[Any]:
        """Every cell of one column as a value; None where a problem was reported."""
        cache: dict[tuple[type, Cell], Any] = {}
        position = laid.positions.get(column.name)
        values: list[Any] = []
        for index, cell in enumerate(laid.cells(column)):
            if position is not None and self._is_broken(laid, index, position, column):
                values.append(None)
                continue
            try:
                known = (type(cell), cell)
                if known not in cache:
                    cache[known] = parse(cell, column, self.lists)
                value = cache[known]
            except Unfit as unfit:
                self.at(laid, index, column, unfit.code, unfit.template, **unfit.values)
                value = None
            else:
                if value is None and column.required and position is not None:
                    self.at(
                        laid,
                        index,
                        column,
                        "value-required",
                        later("Column “{column}” may not be empty."),
                        column=column.header,
                    )
                if isinstance(value, Place) and value.is_assumed_city:
                    self._notice(
                        laid,
                        index,
                        column,
                        "municipality-assumed-city",
                        later("A town name shared by two municipalities was taken as the city."),
                    )
            values.append(value)
        return values

    def _is_broken(self, laid: LaidOut, index: int, position: int, column: Column) -> bool:
        """Report an error value or a formula that was never calculated."""
        where = (laid.row_numbers[index], position)
        if where in laid.raw.errors:
            self.report(
                Problem(
                    laid.file,
                    laid.raw.name,
                    cell_address(*where),
                    "error-value",
                    laid.raw.errors[where],
                    later(
                        "The cell shows a spreadsheet error. Mend the formula or write the value."
                    ),
                )
            )
            return True
        if where in laid.raw.formulas_without_value:
            self.report(
                Problem(
                    laid.file,
                    laid.raw.name,
                    cell_address(*where),
                    "formula-without-value",
                    None,
                    later(
                        "The formula was saved without its value. Recalculate the file and save."
                    ),
                )
            )
            return True
        return False

    def _notice(self, laid: LaidOut, index: int, column: Column, code: str, template: str) -> None:
        shown = as_text(laid.cells(column)[index])
        self.notices.append(
            Problem(laid.file, laid.raw.name, laid.address(index, column), code, shown, template)
        )

    # Checking across cells -------------------------------------------------------------------

    def own_codes(self) -> dict[str, frozenset[str]]:
        """What this delivery itself defines."""
        found: dict[str, set[str]] = {}
        for table, sheets in self.values.items():
            sheet = SHEET_OF_TABLE[table]
            if table == "recommendation_part":
                for _, parsed in sheets:
                    pairs = zip(parsed["recommendation"], parsed["part"], strict=True)
                    found.setdefault(table, set()).update(
                        f"{one}{KEY_SEPARATOR}{part}" for one, part in pairs if one and part
                    )
            elif sheet.key == ("code",) and table != "delivery":
                for _, parsed in sheets:
                    found.setdefault(table, set()).update(filter(None, parsed["code"]))
        return {table: frozenset(codes) for table, codes in found.items()}

    def resolve_references(self, known: Known) -> None:
        """Turn each reference into the code as it was defined, or report that there is none."""
        matches = {table: _matching(codes) for table, codes in known.items()}
        for table, sheets in self.values.items():
            for column in SHEET_OF_TABLE[table].columns:
                if not column.refers:
                    continue
                for laid, parsed in sheets:
                    parsed[column.name] = [
                        self._resolve(laid, index, column, value, matches)
                        for index, value in enumerate(parsed[column.name])
                    ]
        self._check_parts(known.get("recommendation_part", frozenset()))

    def _resolve(
        self,
        laid: LaidOut,
        index: int,
        column: Column,
        value: Any,
        matches: Mapping[str, Mapping[str, str]],
    ) -> Any:
        def one(code: str) -> str | None:
            for table in column.refers:
                matching = matches.get(table, {})
                found = matching.get(code) or matching.get(plain(code))
                if found:
                    return found
            self.at(
                laid,
                index,
                column,
                "code-unknown",
                UNKNOWN_CODE,
                code=code,
            )
            return None

        if isinstance(value, list):
            return [code for part in value if (code := one(part))]
        return one(value) if value else value

    def check_global_codes(self, elsewhere: Known) -> None:
        """A code of an institution, document or recommendation is defined by one delivery."""
        for table in GLOBAL_CODES:
            taken = elsewhere.get(table, frozenset())
            for laid, parsed in self.values.get(table, []):
                for index, code in enumerate(parsed["code"]):
                    if code in taken:
                        self.at(
                            laid,
                            index,
                            laid.sheet.column("code"),
                            "code-twice",
                            later("Code “{code}” is already defined by another delivery."),
                            code=code,
                        )

    def _check_parts(self, known: frozenset[str]) -> None:
        for table, sheets in self.values.items():
            sheet = SHEET_OF_TABLE[table]
            if table == "recommendation_part" or "part" not in {c.name for c in sheet.columns}:
                continue
            column = sheet.column("part")
            for laid, parsed in sheets:
                pairs = zip(parsed["recommendation"], parsed["part"], strict=True)
                for index, (recommendation, part) in enumerate(pairs):
                    key = f"{recommendation}{KEY_SEPARATOR}{part}"
                    if recommendation and part and key not in known:
                        self.at(
                            laid,
                            index,
                            column,
                            "code-unknown",
                            later("Recommendation {recommendation} has no part “{part}”."),
                            recommendation=recommendation,
                            part=part,
                        )

    def keys(self, table: str) -> list[list[str | None]]:
        """The key of each row, sheet by sheet; a key met twice is reported at its second row."""
        sheet = SHEET_OF_TABLE[table]
        seen: set[str] = set()
        found: list[list[str | None]] = []
        for laid, parsed in self.values[table]:
            if not sheet.key:
                found.append([None] * len(laid.row_numbers))
                continue
            keys: list[str | None] = []
            for index in range(len(laid.row_numbers)):
                parts = [_plain_value(parsed[name][index]) for name in sheet.key]
                key = KEY_SEPARATOR.join(parts)
                if self._has_problem(laid, index, sheet.key):
                    keys.append(key)  # what it repeats is not known
                    continue
                if key in seen and parts[0]:
                    self.at(
                        laid,
                        index,
                        sheet.column(sheet.key[0]),
                        "code-twice",
                        later("This row repeats an earlier one: {key}. Keep one of them."),
                        key=" · ".join(filter(None, parts)),
                    )
                seen.add(key)
                keys.append(key)
            found.append(keys)
        return found

    def _has_problem(self, laid: LaidOut, index: int, names: Iterable[str]) -> bool:
        """Whether one of these cells of a row has a problem already."""
        return any(
            (laid.file, laid.raw.name, laid.address(index, laid.sheet.column(name))) in self.found
            for name in names
            if name in laid.positions
        )

    def check_rows(self) -> None:
        """What one row may not say: see row-contradiction in the contract."""
        for laid, parsed in self.values.get("activity", []):
            self._check_activities(laid, parsed)
        self._check_preferences()
        rows = [
            (laid, index)
            for laid, _ in self.values.get("delivery", [])
            for index in range(len(laid.row_numbers))
        ]
        for laid, index in rows[1:]:
            self.at(
                laid,
                index,
                laid.sheet.column("code"),
                "code-twice",
                later("A delivery is described by one row, once."),
            )

    def _check_activities(self, laid: LaidOut, parsed: dict[str, list[Any]]) -> None:
        sheet = laid.sheet
        for index, scope in enumerate(parsed["scope"]):
            municipality = parsed["municipality"][index]
            if scope == "savivaldybė" and municipality is None:
                self.at(
                    laid,
                    index,
                    sheet.column("municipality"),
                    "value-required",
                    later("Scope “savivaldybė” needs the municipality."),
                )
            if scope not in {None, "savivaldybė"} and municipality is not None:
                self.at(
                    laid,
                    index,
                    sheet.column("municipality"),
                    "row-contradiction",
                    later("A municipality is given, but the scope is “{scope}”. Mend one of them."),
                    scope=scope,
                )
            start, end = parsed["date_from"][index], parsed["date_to"][index]
            if start and end and _last_day(end) < start.day:
                self.at(
                    laid,
                    index,
                    sheet.column("date_to"),
                    "row-contradiction",
                    later("The end lies before the beginning."),
                )

    def _check_preferences(self) -> None:
        """Two shown figures for one thing contradict each other within one delivery."""
        sheet = SHEET_OF_TABLE["statistic"]
        names = [name for name in sheet.key if name != "source"]
        shown: set[tuple[str, ...]] = set()
        for laid, parsed in self.values.get("statistic", []):
            for index, is_preferred in enumerate(parsed["is_preferred"]):
                if not is_preferred or self._has_problem(laid, index, names):
                    continue
                key = tuple(_plain_value(parsed[name][index]) for name in names)
                if key in shown:
                    self.at(
                        laid,
                        index,
                        sheet.column("is_preferred"),
                        "row-contradiction",
                        later("Another source is already shown for this figure. Say „taip“ once."),
                    )
                shown.add(key)

    def fill_years(self, year: int | None) -> None:
        """An activity without a year takes the delivery's; where there is none, it is noticed."""
        for laid, parsed in self.values.get("activity", []):
            parsed["year"] = [value or year for value in parsed["year"]]
            column = laid.sheet.column("year")
            for index, value in enumerate(parsed["year"]):
                if (
                    value is None
                    and (laid.file, laid.raw.name, laid.address(index, column)) not in self.found
                ):
                    self._notice(
                        laid,
                        index,
                        column,
                        "year-unknown",
                        later("No year is stated; the activity is shown apart."),
                    )

    def drop_blank_items(self) -> None:
        """A requested item that was left blank is no answer and no mistake."""
        for laid, parsed in self.values.get("response", []):
            blank = [
                index
                for index, (state, text) in enumerate(
                    zip(parsed["state"], parsed["text"], strict=True)
                )
                if state is None
                and text is None
                and as_text(laid.cells(laid.sheet.column("state"))[index]) is None
            ]
            column = laid.sheet.column("state")
            for index in blank:
                self.found.pop((laid.file, laid.raw.name, laid.address(index, column)), None)
                self._notice(
                    laid,
                    index,
                    column,
                    "item-left-blank",
                    later("A requested item was left blank and is not loaded as an answer."),
                )
            for index in reversed(blank):
                del laid.row_numbers[index]
                for values in parsed.values():
                    del values[index]

    def table(self, table: str) -> pa.Table:
        """The rows of one table, of all files, as Arrow."""
        sheet = SHEET_OF_TABLE[table]
        keys = self.keys(table)
        pieces = []
        for (laid, parsed), row_keys in zip(self.values[table], keys, strict=True):
            columns = [
                stored
                for column in sheet.columns
                for stored in _stored(column, parsed[column.name])
            ]
            size = len(laid.row_numbers)
            columns += [
                row_keys,
                [laid.file] * size,
                [laid.raw.name] * size,
                [number + 1 for number in laid.row_numbers],
            ]
            fields = schema(sheet)
            pieces.append(
                pa.table(
                    [pa.array(c, f.type) for c, f in zip(columns, fields, strict=True)],
                    schema=fields,
                )
            )
        return pa.concat_tables(pieces)


def _matching(codes: Iterable[str]) -> dict[str, str]:
    """Each code by itself and, where only one means it, by its plain form."""
    found: dict[str, str] = {}
    for code in sorted(codes):
        found.setdefault(plain(code), code)
    return found | {code: code for code in codes}


def _last_day(date: PartialDate) -> datetime.date:
    """The last day that a date may mean: of a month or a year, its end."""
    if date.precision == "year":
        return date.day.replace(month=12, day=31)
    if date.precision == "month":
        following = (date.day.replace(day=28) + datetime.timedelta(days=4)).replace(day=1)
        return following - datetime.timedelta(days=1)
    return date.day


def _plain_value(value: Any) -> str:
    if isinstance(value, Place):
        return value.code
    if isinstance(value, Marked):
        return str(value.value)
    return "" if value is None else str(value)


def delivery_code(file: RawFile, lists: Lists) -> str | None:
    """The code on a file's Pateikimas sheet, None where there is no such sheet or code."""
    for raw in file.sheets:
        sheet = declared(raw)
        if sheet is not None and sheet.table == "delivery":
            laid = lay_out(file.name, raw, sheet, [], [])
            if laid is not None:
                for cell in laid.cells(sheet.column("code")):
                    if code := as_text(cell):
                        return code
    return None


def start(files: Sequence[RawFile], newest_year: int) -> Check:
    """Read the files of one delivery; what it refers to elsewhere is checked by `finish`."""
    state = Check(reference.lists(newest_year))
    for file in files:
        state.read(file)
    state.drop_blank_items()
    return state


def finish(
    state: Check,
    files: Sequence[RawFile],
    elsewhere: Known,
    *,
    code: str | None = None,
    institution: str | None = None,
) -> Checked:
    """Check everything else. Never raises for what a file holds: it is all in `problems`.

    `elsewhere` holds the codes that other deliveries define; `code` and `institution` stand in for
    a missing Pateikimas sheet.
    """
    own = state.own_codes()
    known = {
        table: own.get(table, frozenset()) | elsewhere.get(table, frozenset())
        for table in own.keys() | elsewhere.keys()
    }
    state.resolve_references(known)
    state.check_global_codes(elsewhere)
    about: dict[str, Any] = {"code": code, "institution": institution, "year": None, "note": None}
    given = state.values.get("delivery", [])
    for _, parsed in given:
        for name in about:
            about[name] = next((value for value in parsed[name] if value is not None), about[name])
    if institution and not given:
        about["institution"] = _matching(known.get("institution", ())).get(plain(institution))
        if about["institution"] is None:
            state.report(
                Problem(
                    files[0].name,
                    None,
                    None,
                    "code-unknown",
                    institution,
                    UNKNOWN_CODE,
                    {"code": institution},
                )
            )
    state.fill_years(about["year"])
    state.check_rows()
    tables = {table: state.table(table) for table in state.values if table != "delivery"}
    order = {
        (file.name, raw.name): number
        for number, (file, raw) in enumerate((f, r) for f in files for r in f.sheets)
    }
    problems = sorted(
        state.found.values(),
        key=lambda p: (order.get((p.file, p.sheet or ""), -1), _cell_order(p.cell)),
    )
    return Checked(
        **about, files=list(files), tables=tables, problems=problems, notices=state.notices
    )


def _cell_order(cell: str | None) -> tuple[int, int, str]:
    if cell is None:
        return (0, 0, "")
    letters = cell.rstrip("0123456789")
    return (int(cell[len(letters) :]), len(letters), letters)
