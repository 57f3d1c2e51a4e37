"""Sheets of cells → tables of exact values, with every problem of every sheet reported together.

Cells are judged once for each distinct one of a column; rows are compared as arrays, or by the
questions under queries/findings/.
"""

import datetime
import functools
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from rapporteur.delivery import personal_data, reference, senders
from rapporteur.delivery.cells import Cell, Flags, Numbers, Repeated
from rapporteur.delivery.declaration import (
    GLOBAL_CODES,
    SHEET_OF_TABLE,
    SHEETS,
    Column,
    Kind,
    Sheet,
)
from rapporteur.delivery.displayed import unlike
from rapporteur.delivery.file_limits import is_too_long
from rapporteur.delivery.findings import FINDINGS, ORDERED_DATES, ORIGIN, Finding
from rapporteur.delivery.guidance import EXAMPLE_WORD
from rapporteur.delivery.layout import LaidOut, declared, is_ours, lay_out, meant_for
from rapporteur.delivery.problems import MAX_LISTED, Problem, cell_address, later
from rapporteur.delivery.reading import RawFile, RawSheet
from rapporteur.delivery.senders import NewRows
from rapporteur.delivery.values import (
    Lists,
    Marked,
    PartialDate,
    Place,
    Unfit,
    as_text,
    is_turned,
    parse,
    plain,
)
from rapporteur.warehouse.differences import KEY_SEPARATOR

_EXAMPLE = EXAMPLE_WORD.strip().casefold()
# Runs of rows that a message lists; the rest is an ellipsis.
_MOST_RUNS = 10
LEFT_OUT_COLUMN = later("Column “{column}” was left out, as was confirmed.")
LIKE_KNOWN_SHEET = later(
    "“{sheet}” is like sheet “{known}” but is not called so: its rows {rows} would be left out. "
    "Call the sheet “{known}”, or confirm that they are not to be loaded."
)
LIKE_KNOWN_LIST = later(
    "The list is like sheet “{known}” but the file is not called so: its rows {rows} would be left "
    "out. Call the file “{known}.csv”, or confirm that they are not to be loaded."
)
UNKNOWN_CODE = later("Code “{code}” is defined nowhere. Check its spelling or add it to its sheet.")

# Table → the codes (or, for parts, recommendation + part) that other rows may refer to.
Known = Mapping[str, frozenset[str]]
# One sheet's columns by their name.
Parsed = dict[str, Repeated[Any]]
# Asks queries/findings/<name>.sql of the rows given, by table: see Draft.search.
Search = Callable[[str, Mapping[str, pa.Table]], list[dict[str, Any]]]


@dataclass
class Checked:
    """One delivery as the checks left it: what it is, its rows, and what was found.

    `tables` holds one Arrow table per table name, with the columns of `schema()`; text may be
    dictionary-encoded. Nothing may be stored while `problems` is not empty; of many problems the
    first are listed and all are counted.
    """

    code: str | None
    institution: str | None
    year: int | None
    note: str | None
    files: list[RawFile]
    tables: dict[str, pa.Table] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    counts: Mapping[str, int] = field(default_factory=dict)  # problems by code, all of them
    notices: list[Problem] = field(default_factory=list)

    @property
    def unlisted(self) -> int:
        """How many problems there are beside those listed."""
        return sum(self.counts.values()) - len(self.problems)


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


def _arrays(column: Column, parsed: Repeated[Any]) -> list[pa.Array]:
    """Parsed values as the columns of `_storage` want them, a row each."""
    values = parsed.values
    types = [kind for _, kind in _storage(column)]
    if column.kind in {Kind.NUMBER, Kind.COUNT}:
        whole: Callable[[float], float | int] = int if column.kind is Kind.COUNT else float
        stored = [
            [None if v is None or v.value is None else whole(v.value) for v in values],
            [None if v is None else v.mark or None for v in values],
        ]
    elif column.kind is Kind.DATE:
        stored = [[v.day if v else None for v in values]]
        stored += [[v.precision if v else None for v in values]] if column.partial else []
    elif column.kind in {Kind.MUNICIPALITY, Kind.TERRITORY}:
        stored = [[v.code if v else None for v in values]]
    elif column.several:
        stored = [[v or [] for v in values]]
    else:
        stored = [values]
    return [_spread(one, kind, parsed) for one, kind in zip(stored, types, strict=True)]


def _spread(values: list[Any], kind: pa.DataType, parsed: Repeated[Any]) -> pa.Array:
    """Distinct values as a column of rows; text stays encoded by its distinct values."""
    if not pa.types.is_string(kind):
        return pa.array(values, kind).take(pa.array(parsed.index))
    is_null = np.fromiter((value is None for value in values), np.bool_, len(values))
    index = pa.array(parsed.index, mask=is_null[parsed.index])
    distinct = pa.array(["" if value is None else value for value in values], pa.string())
    return pa.DictionaryArray.from_arrays(index, distinct)


class Check:
    """The state of checking one delivery: its sheets as laid out and parsed, and what was found.

    One cell has one problem; of many the first are listed and all are counted.
    """

    def __init__(
        self, lists: Lists, accepted: Collection[str] = (), stated: Collection[str] = ()
    ) -> None:
        """`accepted` are codes of problems that somebody has confirmed to be meant.

        `stated` are columns of sheet Pateikimas that may be empty, as they are stated elsewhere.
        """
        self.lists = lists
        self.accepted = accepted
        self.stated = stated
        self.found: list[Problem] = []
        self.counts: Counter[str] = Counter()
        self.notices: list[Problem] = []
        self.values: dict[str, list[tuple[LaidOut, Parsed]]] = {}
        self._faulty: dict[tuple[int, int], Flags] = {}
        self._order: dict[tuple[str, str | None], int] = {}

    def report(self, problem: Problem) -> None:
        """Add a problem of a whole file, or of a header."""
        self.found.append(problem)
        self.counts[problem.code] += 1

    def at(
        self,
        laid: LaidOut,
        column: Column,
        rows: Numbers | Flags,
        fault: Unfit | Callable[[int], Unfit],
    ) -> None:
        """Report a problem at data cells of a column, those apart that have one already.

        Faults that depend on the row are all of one code.
        """
        chosen = np.flatnonzero(rows) if rows.dtype == np.bool_ else rows
        if not len(chosen):
            return
        faulty = self.faulty(laid.raw, laid.positions.get(column.name, 0))
        numbers = laid.row_numbers[chosen]
        is_new = ~faulty[numbers]
        faulty[numbers] = True
        new = chosen[is_new]
        for index in new[:MAX_LISTED].tolist():
            one = fault(index) if callable(fault) else fault
            self.found.append(
                Problem(
                    laid.file,
                    laid.raw.name,
                    laid.address(index, column),
                    one.code,
                    laid.shown(index, column),
                    one.template,
                    one.values,
                )
            )
        if len(new):
            self.counts[self.found[-1].code] += len(new)

    def faulty(self, raw: RawSheet, position: int) -> Flags:
        """Which rows of a sheet have a problem in a column."""
        key = (id(raw), position)
        if key not in self._faulty:
            self._faulty[key] = np.zeros(raw.height, np.bool_)
        return self._faulty[key]

    def notice(
        self, laid: LaidOut, column: Column, rows: Numbers | Flags, code: str, template: str
    ) -> None:
        """Notice something at data cells of a column."""
        chosen = np.flatnonzero(rows) if rows.dtype == np.bool_ else rows
        for index in chosen[:MAX_LISTED].tolist():
            self.notices.append(
                Problem(
                    laid.file,
                    laid.raw.name,
                    laid.address(index, column),
                    code,
                    laid.shown(index, column),
                    template,
                )
            )

    # Reading ---------------------------------------------------------------------------------

    def read(self, file: RawFile) -> None:
        """Lay out and parse every known sheet of a file."""
        known = 0
        is_one_meant = False
        self.notices += file.notices
        for raw in file.sheets:
            self._order.setdefault((file.name, raw.name), len(self._order))
            sheet = declared(raw)
            if sheet is None:
                if not is_ours(raw) and any(_says_something(column) for column in raw.columns):
                    is_one_meant |= self._tell_of_unknown(file, raw)
                continue
            known += 1
            self._tell_of_hidden(file, raw)
            header_problems: list[Problem] = []
            laid = lay_out(file.name, raw, sheet, header_problems, self.notices)
            for problem in header_problems:
                if problem.code not in self.accepted:
                    self.report(problem)
                elif laid is not None:
                    left_out = replace(problem, code="column-unknown", template=LEFT_OUT_COLUMN)
                    self.notices.append(left_out)
            if laid is not None:
                if sheet.table == "response":
                    laid = self._without_blank_items(laid)
                parsed = {column.name: self._parse(laid, column) for column in sheet.columns}
                self.values.setdefault(sheet.table, []).append((laid, parsed))
        if not known and not is_one_meant:
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

    def _tell_of_unknown(self, file: RawFile, raw: RawSheet) -> bool:
        """An unknown sheet is left alone; one that is like a known one only when that is meant.

        Gives whether it was told which known sheet it is like.
        """
        meant = None if "sheet-like-known" in self.accepted else meant_for(raw)
        if meant is None:
            template = later("Sheet “{sheet}” is not known and was left alone.")
            self._tell_of_sheet(file, raw, "sheet-unknown", template)
            return False
        sheet, rows = meant
        is_list = file.name.lower().endswith(".csv")
        self.report(
            Problem(
                file.name,
                raw.name,
                cell_address(rows[0], 0),
                "sheet-like-known",
                raw.name,
                LIKE_KNOWN_LIST if is_list else LIKE_KNOWN_SHEET,
                {"sheet": raw.name, "known": sheet.name, "rows": _as_ranges(rows)},
            )
        )
        return True

    def _tell_of_sheet(
        self, file: RawFile, raw: RawSheet, code: str, template: str, cell: str | None = None
    ) -> None:
        self.notices.append(
            Problem(file.name, raw.name, cell, code, raw.name, template, {"sheet": raw.name})
        )

    def _tell_of_hidden(self, file: RawFile, raw: RawSheet) -> None:
        """Hidden content is read like other content, and said to be there."""
        if raw.is_hidden:
            self._tell_of_sheet(
                file,
                raw,
                "hidden-content",
                later("Sheet “{sheet}” is hidden; it was read like the others."),
            )
        rows = [row for row in raw.hidden_rows if row < raw.height]
        if rows:
            self._tell_of_sheet(
                file,
                raw,
                "hidden-content",
                later("Sheet “{sheet}” has hidden rows; they were read like the others."),
                cell_address(min(rows), 0),
            )
        columns = [column for column in raw.hidden_columns if column < len(raw.columns)]
        if columns:
            self._tell_of_sheet(
                file,
                raw,
                "hidden-content",
                later("Sheet “{sheet}” has hidden columns; they were read like the others."),
                cell_address(0, min(columns)),
            )

    def _without_blank_items(self, laid: LaidOut) -> LaidOut:
        """A requested item that was left blank is no answer and no mistake."""
        state, text = laid.sheet.column("state"), laid.sheet.column("text")
        if state.name not in laid.positions:
            return laid
        blank = np.ones(len(laid), np.bool_)
        for column in (state, text):
            blank &= laid.cells(column).where(lambda cell: as_text(cell) is None)
            position = laid.positions.get(column.name)
            blank &= ~np.isin(laid.row_numbers, _marked_rows(laid.raw, position))
        self.notice(
            laid,
            state,
            blank,
            "item-left-blank",
            later("A requested item was left blank and is not loaded as an answer."),
        )
        return laid.without(blank)

    def _parse(self, laid: LaidOut, column: Column) -> Repeated[Any]:
        """Every cell of one column as a value; None where a problem was reported."""
        self._report_broken(laid, column)
        seen_otherwise = unlike(laid, column)
        self.at(
            laid, column, np.array(sorted(seen_otherwise), np.int64), seen_otherwise.__getitem__
        )
        cells = laid.cells(column).used()
        unfit: dict[int, Unfit] = {}
        values: list[Any]
        if column.kind is Kind.TEXT:
            values = [as_text(cell) for cell in cells.values]
            doubtful: Iterable[int] = [
                number
                for number, text in enumerate(values)
                if text and (column.address or is_too_long(text) or is_turned(text))
            ]
        else:
            values = [None] * len(cells.values)
            doubtful = range(len(values))
        for number in doubtful:
            try:
                values[number] = parse(cells.values[number], column, self.lists)
            except Unfit as fault:
                values[number] = None
                unfit[number] = fault
        parsed = Repeated(values, cells.index)
        if column.kind is Kind.TEXT and "personal-data" not in self.accepted:
            unfit |= _personal(values)
        for code in {fault.code for fault in unfit.values()}:
            is_unfit = np.zeros(len(values), np.bool_)
            is_unfit[[number for number, fault in unfit.items() if fault.code == code]] = True
            self.at(
                laid, column, is_unfit[cells.index], lambda index: unfit[int(cells.index[index])]
            )
        if column is laid.sheet.columns[0]:
            # Otherwise a half-overwritten example would pass for a code.
            self.at(
                laid,
                column,
                cells.where(_is_example),
                Unfit(
                    "value-required", later("This is the example. Overwrite it or delete the row.")
                ),
            )
        is_stated = laid.sheet.table == "delivery" and column.name in self.stated
        if column.required and column.name in laid.positions and not is_stated:
            self.at(
                laid,
                column,
                parsed.where(lambda value: value is None),
                Unfit(
                    "value-required",
                    later("Column “{column}” may not be empty."),
                    column=column.header,
                ),
            )
        if column.kind is Kind.MUNICIPALITY or column.kind is Kind.TERRITORY:
            self.notice(
                laid,
                column,
                parsed.where(lambda value: value is not None and value.is_assumed_city),
                "municipality-assumed-city",
                later("A town name shared by two municipalities was taken as the city."),
            )
        return parsed

    def _report_broken(self, laid: LaidOut, column: Column) -> None:
        """Report error values and formulas that were never calculated."""
        position = laid.positions.get(column.name)
        errors = [row for row, place in laid.raw.errors if place == position]
        formulas = [row for row, place in laid.raw.formulas_without_value if place == position]
        self.at(
            laid,
            column,
            np.isin(laid.row_numbers, errors),
            Unfit(
                "error-value",
                later("The cell shows a spreadsheet error. Mend the formula or write the value."),
            ),
        )
        self.at(
            laid,
            column,
            np.isin(laid.row_numbers, formulas),
            Unfit(
                "formula-without-value",
                later("The formula was saved without its value. Recalculate the file and save."),
            ),
        )

    def sender(self) -> str | None:
        """The code of the sender as the sheet Pateikimas gives it, None where it does not."""
        for _, parsed in self.values.get("delivery", []):
            for code in parsed["institution"].to_list():
                if code:
                    return str(code)
        return None

    def has_rows(self, table: str) -> bool:
        """Tell whether the files bring rows of a table."""
        return any(len(laid) for laid, _ in self.values.get(table, []))

    # Checking across cells -------------------------------------------------------------------

    def own_codes(self) -> dict[str, frozenset[str]]:
        """What this delivery itself defines."""
        found: dict[str, set[str]] = {}
        for table, sheets in self.values.items():
            sheet = SHEET_OF_TABLE[table]
            if table == "recommendation_part":
                for _, parsed in sheets:
                    found.setdefault(table, set()).update(
                        f"{one}{KEY_SEPARATOR}{part}"
                        for one, part in _pairs(parsed["recommendation"], parsed["part"])
                        if one and part
                    )
            elif sheet.key == ("code",) and table != "delivery":
                for _, parsed in sheets:
                    found.setdefault(table, set()).update(filter(None, parsed["code"].values))
        return {table: frozenset(codes) for table, codes in found.items()}

    def resolve_references(self, known: Known) -> None:
        """Turn each reference into the code as it was defined, or report that there is none."""
        matches = {
            table: {
                former: code
                for former, code in reference.present_codes(table).items()
                if code in codes
            }
            | _matching(codes)
            for table, codes in known.items()
        }
        for table, sheets in self.values.items():
            for column in SHEET_OF_TABLE[table].columns:
                if not column.refers:
                    continue
                for laid, parsed in sheets:
                    parsed[column.name] = self._resolve(laid, column, parsed[column.name], matches)
        # A part may be defined under its recommendation's code in another letter case.
        parts = (key.partition(KEY_SEPARATOR) for key in known.get("recommendation_part", ()))
        self._check_parts(frozenset((plain(code), part) for code, _, part in parts))

    def _resolve(
        self,
        laid: LaidOut,
        column: Column,
        parsed: Repeated[Any],
        matches: Mapping[str, Mapping[str, str]],
    ) -> Repeated[Any]:
        unknown: dict[int, str] = {}

        def one(number: int, code: str) -> str | None:
            for table in column.refers:
                matching = matches.get(table, {})
                found = matching.get(code) or matching.get(plain(code))
                if found:
                    return found
            unknown.setdefault(number, code)
            return None

        values: list[Any] = []
        for number, value in enumerate(parsed.values):
            if isinstance(value, list):
                values.append([code for part in value if (code := one(number, part))])
            else:
                values.append(one(number, value) if value else value)
        if unknown:
            is_unknown = np.zeros(len(values), np.bool_)
            is_unknown[list(unknown)] = True
            self.at(
                laid,
                column,
                is_unknown[parsed.index],
                lambda index: Unfit(
                    "code-unknown", UNKNOWN_CODE, code=unknown[int(parsed.index[index])]
                ),
            )
        return Repeated(values, parsed.index)

    def check_global_codes(self, elsewhere: Known) -> None:
        """A code of an institution, document or recommendation is defined by one delivery."""
        for table in GLOBAL_CODES:
            taken = elsewhere.get(table, frozenset())
            for laid, parsed in self.values.get(table, []):
                codes = parsed["code"]
                self.at(
                    laid,
                    laid.sheet.column("code"),
                    codes.where(taken.__contains__),
                    functools.partial(_taken, codes),
                )

    def _check_parts(self, known: frozenset[tuple[str, str]]) -> None:
        for table, sheets in self.values.items():
            sheet = SHEET_OF_TABLE[table]
            if table == "recommendation_part" or "part" not in {c.name for c in sheet.columns}:
                continue
            for laid, parsed in sheets:
                self._check_parts_of(laid, parsed["recommendation"], parsed["part"], known)

    def _check_parts_of(
        self,
        laid: LaidOut,
        recommendations: Repeated[Any],
        parts: Repeated[Any],
        known: frozenset[tuple[str, str]],
    ) -> None:
        together = _together(recommendations, parts)
        self.at(
            laid,
            laid.sheet.column("part"),
            together.where(
                lambda pair: bool(pair[0] and pair[1]) and (plain(pair[0]), pair[1]) not in known
            ),
            lambda index: Unfit(
                "code-unknown",
                later("Recommendation {recommendation} has no part “{part}”."),
                recommendation=recommendations[index],
                part=parts[index],
            ),
        )

    def keys(self, table: str) -> list[pa.Array]:
        """The key of each row, sheet by sheet; a key met twice is reported at its second row."""
        sheet = SHEET_OF_TABLE[table]
        sheets = self.values[table]
        if not sheet.key:
            return [pa.nulls(len(laid), pa.string()) for laid, _ in sheets]
        keys = [_joined([parsed[name] for name in sheet.key]) for _, parsed in sheets]
        numbers = pa.chunked_array(keys, pa.string()).combine_chunks().dictionary_encode()
        place = np.asarray(numbers.indices)
        counted = np.concatenate(
            [
                # What a faulty row repeats is not known.
                ~self._has_problem(laid, sheet.key)
                & parsed[sheet.key[0]].where(lambda value: _plain_value(value) != "")
                for laid, parsed in sheets
            ]
        )
        first = np.full(len(numbers.dictionary), len(place), np.int64)
        np.minimum.at(first, place[counted], np.flatnonzero(counted))
        repeated = counted & (first[place] != np.arange(len(place)))
        start = 0
        for laid, parsed in sheets:
            columns = [parsed[name] for name in sheet.key]
            self.at(
                laid,
                sheet.column(sheet.key[0]),
                repeated[start : start + len(laid)],
                functools.partial(_repeated, columns),
            )
            start += len(laid)
        return keys

    def _has_problem(self, laid: LaidOut, names: Iterable[str]) -> Flags:
        """The data rows in which one of these cells has a problem already."""
        found = np.zeros(len(laid), np.bool_)
        for name in names:
            if name in laid.positions:
                found |= self.faulty(laid.raw, laid.positions[name])[laid.row_numbers]
        return found

    def check_rows(self) -> None:
        """What one row may not say: see row-contradiction in the contract."""
        for laid, parsed in self.values.get("activity", []):
            self._check_places(laid, parsed)
        for table, pairs in ORDERED_DATES.items():
            for laid, parsed in self.values.get(table, []):
                for start, end in pairs:
                    self._check_order(laid, parsed, start, end)
        self._check_preferences()
        is_first = True
        for laid, _ in self.values.get("delivery", []):
            rows = np.arange(len(laid))
            self.at(
                laid,
                laid.sheet.column("code"),
                rows[1:] if is_first else rows,
                Unfit("code-twice", later("A delivery is described by one row, once.")),
            )
            is_first = is_first and not len(laid)

    def _check_places(self, laid: LaidOut, parsed: Parsed) -> None:
        column = laid.sheet.column("municipality")
        scopes = parsed["scope"]
        is_empty = parsed["municipality"].where(lambda place: place is None)
        is_municipality = scopes.where(lambda scope: scope == "savivaldybė")
        self.at(
            laid,
            column,
            is_municipality & is_empty,
            Unfit("value-required", later("Scope “savivaldybė” needs the municipality.")),
        )
        self.at(
            laid,
            column,
            ~is_municipality & ~is_empty & scopes.where(lambda scope: scope is not None),
            lambda index: Unfit(
                "row-contradiction",
                later("A municipality is given, but the scope is “{scope}”. Mend one of them."),
                scope=scopes[index],
            ),
        )

    def _check_order(self, laid: LaidOut, parsed: Parsed, start: str, end: str) -> None:
        """Dates turned round are a problem at the end date."""
        starts, ends = parsed[start], parsed[end]
        both = starts.where(bool) & ends.where(bool)
        first = starts.numbers(lambda date: date.day.toordinal() if date else 0)
        last = ends.numbers(lambda date: _last_day(date).toordinal() if date else 0)
        self.at(
            laid,
            laid.sheet.column(end),
            both & (last < first),
            Unfit("row-contradiction", later("The end lies before the beginning.")),
        )

    def _check_preferences(self) -> None:
        """Two shown figures for one thing contradict each other within one delivery."""
        sheet = SHEET_OF_TABLE["statistic"]
        names = [name for name in sheet.key if name != "source"]
        shown: set[str] = set()
        for laid, parsed in self.values.get("statistic", []):
            preferred = parsed["is_preferred"].where(bool) & ~self._has_problem(laid, names)
            rows = np.flatnonzero(preferred)
            keys = _joined([parsed[name].rows(rows) for name in names]).to_pylist()
            twice = []
            for row, key in zip(rows.tolist(), keys, strict=True):
                if key in shown:
                    twice.append(row)
                shown.add(key)
            self.at(
                laid,
                sheet.column("is_preferred"),
                np.array(twice, np.int64),
                Unfit(
                    "row-contradiction",
                    later("Another source is already shown for this figure. Say „taip“ once."),
                ),
            )

    def fill_years(self, year: int | None) -> None:
        """An activity without a year takes the delivery's; where there is none, it is noticed."""
        for laid, parsed in self.values.get("activity", []):
            column = laid.sheet.column("year")
            parsed["year"] = parsed["year"].map(lambda value: value or year)
            self.notice(
                laid,
                column,
                parsed["year"].where(lambda value: value is None)
                & ~self._has_problem(laid, ["year"]),
                "year-unknown",
                later("No year is stated; the activity is shown apart."),
            )

    def table(self, table: str) -> pa.Table:
        """The rows of one table, of all files, as Arrow."""
        sheet = SHEET_OF_TABLE[table]
        names = [name for column in sheet.columns for name, _ in _storage(column)]
        pieces = []
        for (laid, parsed), keys in zip(self.values[table], self.keys(table), strict=True):
            arrays = [
                array for column in sheet.columns for array in _arrays(column, parsed[column.name])
            ]
            everywhere = np.zeros(len(laid), np.int32)
            arrays += [
                keys,
                _spread([laid.file], pa.string(), Repeated([None], everywhere)),
                _spread([laid.raw.name], pa.string(), Repeated([None], everywhere)),
                pa.array(laid.row_numbers + 1, pa.int32()),
            ]
            pieces.append(pa.table(arrays, names=[*names, "row_key", "file", "sheet", "row"]))
        return pa.concat_tables(pieces)

    def search(self, tables: Mapping[str, pa.Table], search: Search) -> None:
        """Report and notice what only a comparison of rows finds: queries/findings/."""
        given = {
            finding.table: self._sound(finding.table, tables[finding.table])
            for finding in FINDINGS
            if finding.table in tables
        }
        for finding in FINDINGS:
            if finding.table not in given:
                continue
            for row in search(finding.question, {finding.table: given[finding.table]}):
                self._tell(finding, row)

    def _sound(self, table: str, rows: pa.Table) -> pa.Table:
        """The rows of which it is known what they are of: their keys have no problem."""
        sheet = SHEET_OF_TABLE[table]
        faulty = np.concatenate(
            [self._has_problem(laid, sheet.key) for laid, _ in self.values[table]]
        )
        return rows.filter(pa.array(~faulty)) if faulty.any() else rows

    def _tell(self, finding: Finding, row: Mapping[str, Any]) -> None:
        for laid, _ in self.values[finding.table]:
            if (laid.file, laid.raw.name) != (row["file"], row["sheet"]):
                continue
            index = np.flatnonzero(laid.row_numbers == row["row"] - 1)
            column = laid.sheet.column(finding.column)
            if not len(index):
                continue
            values = {
                # Numbers are told as a person would write them.
                name: as_text(value) if isinstance(value, float) else value
                for name, value in row.items()
                if name not in ORIGIN
            }
            if finding.is_problem:
                self.at(laid, column, index, Unfit(finding.code, finding.template, **values))
            else:
                self.notices.append(
                    Problem(
                        laid.file,
                        laid.raw.name,
                        laid.address(int(index[0]), column),
                        finding.code,
                        laid.shown(int(index[0]), column),
                        finding.template,
                        values,
                    )
                )
            return

    def problems(self) -> list[Problem]:
        """The first problems in the order of files, sheets and cells."""
        ordered = sorted(
            self.found,
            key=lambda p: (self._order.get((p.file, p.sheet), -1), _cell_order(p.cell)),
        )
        return ordered[:MAX_LISTED]


def _is_example(cell: Cell) -> bool:
    return isinstance(cell, str) and plain(cell).startswith(_EXAMPLE)


def _personal(values: Sequence[str | None]) -> dict[int, Unfit]:
    """The distinct texts that hold personal data, and what of it."""
    return {
        number: Unfit(
            "personal-data",
            later("“{found}” looks like personal data. Take it out, or confirm that it is not."),
            found=found,
        )
        for number, found in personal_data.found_in_each(values).items()
    }


def _taken(codes: Repeated[Any], index: int) -> Unfit:
    return Unfit(
        "code-twice",
        later("Code “{code}” is already defined by another delivery."),
        code=codes[index],
    )


def _repeated(columns: Sequence[Repeated[Any]], index: int) -> Unfit:
    return Unfit(
        "code-twice",
        later("This row repeats an earlier one: {key}. Keep one of them."),
        key=" · ".join(filter(None, (_plain_value(column[index]) for column in columns))),
    )


def _as_ranges(rows: Sequence[int]) -> str:
    """Rows as a person counts them, runs of them as one: 3–5, 8."""
    runs: list[list[int]] = []
    for row in rows:
        if runs and row == runs[-1][1] + 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    shown = [f"{a + 1}–{b + 1}" if a < b else str(a + 1) for a, b in runs[:_MOST_RUNS]]
    return ", ".join([*shown, "…"] if len(runs) > _MOST_RUNS else shown)


def _says_something(column: Repeated[Any]) -> bool:
    return any(as_text(cell) for cell in column.values)


def _marked_rows(raw: RawSheet, position: int | None) -> list[int]:
    return [row for row, place in (*raw.errors, *raw.formulas_without_value) if place == position]


def _together(one: Repeated[Any], other: Repeated[Any]) -> Repeated[tuple[Any, Any]]:
    """Two columns as one of pairs."""
    size = max(len(other.values), 1)
    numbers, index = np.unique(one.index.astype(np.int64) * size + other.index, return_inverse=True)
    pairs = [(one.values[n // size], other.values[n % size]) for n in numbers.tolist()]
    return Repeated(pairs, index.astype(np.int32))


def _pairs(one: Repeated[Any], other: Repeated[Any]) -> list[tuple[Any, Any]]:
    return _together(one, other).values


def _joined(columns: Sequence[Repeated[Any]]) -> pa.Array:
    """The plain values of several columns as one text a row."""
    texts = [
        pa.array([_plain_value(value) for value in column.values], pa.string()).take(
            pa.array(column.index)
        )
        for column in columns
    ]
    return pc.binary_join_element_wise(*texts, KEY_SEPARATOR)


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
                for cell in laid.cells(sheet.column("code")).to_list():
                    if code := as_text(cell):
                        return code
    return None


def start(
    files: Sequence[RawFile],
    newest_year: int,
    accepted: Collection[str] = (),
    stated: Collection[str] = (),
) -> Check:
    """Read the files of one delivery; what it refers to elsewhere is checked by `finish`.

    Problems with a code of `accepted` were confirmed and are none. The columns of `stated` may be
    empty on sheet Pateikimas: `finish` is told what stands in for them.
    """
    state = Check(reference.lists(newest_year), accepted, stated)
    for file in files:
        state.read(file)
    return state


def finish(
    state: Check,
    files: Sequence[RawFile],
    elsewhere: Known,
    search: Search,
    *,
    code: str | None = None,
    institution: str | None = None,
    office: frozenset[str] = frozenset(),
    new_rows: NewRows | None = None,
) -> Checked:
    """Check everything else. Never raises for what a file holds: it is all in `problems`.

    `elsewhere` holds the codes that other deliveries define; `search` asks queries/findings/;
    `code` and `institution` stand in for what no sheet Pateikimas says. Who is not of the `office`
    speaks for itself alone, in those rows that `new_rows` tells its delivery does not hold yet.
    """
    own = state.own_codes()
    known = {
        table: own.get(table, frozenset()) | elsewhere.get(table, frozenset())
        for table in own.keys() | elsewhere.keys()
    }
    state.resolve_references(known)
    state.check_global_codes(elsewhere)
    about: dict[str, Any] = dict.fromkeys(("code", "institution", "year", "note"))
    for _, parsed in state.values.get("delivery", []):
        for name in about:
            given_values = (value for value in parsed[name].to_list() if value is not None)
            about[name] = next(given_values, about[name])
    about["code"] = about["code"] or code
    if institution and about["institution"] is None:
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
    state.search(tables, search)
    if new_rows:
        senders.report(state, about["institution"], office, tables, new_rows)
    return Checked(
        **about,
        files=list(files),
        tables=tables,
        problems=state.problems(),
        counts=state.counts,
        notices=state.notices,
    )


def _cell_order(cell: str | None) -> tuple[int, int, str]:
    if cell is None:
        return (0, 0, "")
    letters = cell.rstrip("0123456789")
    return (int(cell[len(letters) :]), len(letters), letters)
