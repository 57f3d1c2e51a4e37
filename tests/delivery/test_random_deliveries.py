"""Any valid delivery, however it is written down, loads to the same rows.

Hypothesis makes up a delivery (all sheets, with the rows that must be stored) and, apart from it,
how a person writes it: names in either language, columns in any order, dates, numbers, places and
members of lists in every form that the contract tolerates.
"""

import datetime
import functools
import tempfile
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from rapporteur.delivery import loading, reference
from rapporteur.delivery.declaration import SHEETS, Column, Kind, Sheet
from rapporteur.delivery.values import is_turned
from tests.conftest import DAY, MOMENT
from tests.libreoffice import needs_libreoffice, saved_by_libreoffice

Cell = None | str | int | float | bool | datetime.date | datetime.datetime
Stored = dict[str, Any]
Draw = Callable[[st.SearchStrategy[Any]], Any]

NO_BREAK = "\N{NO-BREAK SPACE}"
NOTICED = {
    "municipality-assumed-city",
    "year-unknown",
    "jump-suspicious",
    "parts-do-not-add-up",
    "count-near-duplicate",
    "evidence-missing",
    "total-row-skipped",
}

SETTINGS = settings(
    derandomize=True,
    deadline=None,
    print_blob=True,
    database=None,
    phases=[Phase.generate],  # to make a failing case small takes minutes: add Phase.shrink for it
    suppress_health_check=list(HealthCheck),
)


# How a person writes names and words -------------------------------------------------------------


def bare(text: str) -> str:
    """Without diacritics."""
    apart = unicodedata.normalize("NFD", text)
    return "".join(sign for sign in apart if unicodedata.category(sign) != "Mn")


def decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def doubled(text: str) -> str:
    return text.replace(" ", f" {NO_BREAK}")


def surrounded(text: str) -> str:
    return f" {text}{NO_BREAK} "


FORMS: Sequence[Callable[[str], str]] = (
    str,
    str.upper,
    str.lower,
    str.title,
    bare,
    decomposed,
    doubled,
    surrounded,
)


@st.composite
def written(draw: Draw, text: str) -> str:
    """The text in another letter case, without diacritics, with other spaces."""
    for form in draw(st.lists(st.sampled_from(FORMS), max_size=2)):
        text = form(text)
    return text


# What may stand in a cell, and what is stored of it ----------------------------------------------

WORDS = (
    "Iš viso surengta",
    "Kalėjimų departamentas",
    "=1+1",
    "-5 proc.",
    "@vieta",
    "+ ir -",
    "„ąžuolų“ žygis – 2020",
    "e\u0307je\u0328s",
    "🧿",
    "'apostrofas",
    "<b>&amp;</b>",
    "a;b,c",
    "eilutė\nkita",
    "du  tarpai",
    f"nedalomas{NO_BREAK}tarpas",
    "TRUE",
    "#N/A?",
    "x",
)
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join)


def is_written(text: str) -> bool:
    """Whether something is left of a text when it is trimmed."""
    return bool(text.strip())


# A text whose letters are turned round looks otherwise than it is read, and is refused.
LETTERS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co", "Nd", "No", "Nl")),
    min_size=1,
    max_size=12,
).filter(lambda text: is_written(text) and not is_turned(text))
# Addresses of pages.
LINKS = st.sampled_from(
    ["https://vrm.lrv.lt/a?b=1&c=ą", "http://xn--e1afmkfd.lt:8080/", "HTTPS://VRM.LT"]
)


@st.composite
def text_cells(draw: Draw, column: Column) -> tuple[Cell, Stored]:
    if column.name in {"number", "part", "letter", "position"} and draw(st.booleans()):
        number = draw(st.integers(1, 99))
        return draw(st.sampled_from([number, float(number), f" {number}"])), {
            column.name: str(number)
        }
    text = draw(LINKS if column.name == "url" else TEXTS | LETTERS)
    return text, {column.name: unicodedata.normalize("NFC", text).strip()}


def with_thousands(number: float, gap: str) -> str:
    shown = f"{number:,.10g}" if number != int(number) else f"{int(number):,}"
    return shown.replace(",", gap).replace(".", ",")


@st.composite
def number_cells(draw: Draw, column: Column) -> tuple[Cell, Stored]:
    """Every row of the table of marks."""
    whole = st.integers(0, 2_000_000)
    parts = whole.map(lambda number: number / 4)
    value = draw(whole if column.kind is Kind.COUNT else whole | parts)
    shown = with_thousands(value, draw(st.sampled_from(["", " ", NO_BREAK, "\u202f"])))
    forms: list[tuple[Cell, float | None, str | None]] = [
        (value, value, None),
        (float(value), value, None),
        (shown, value, None),
        (f" {shown} ", value, None),
        (0, 0, None),
        ("0", 0, None),
        (None, None, column.empty_mark),
        ("…", None, "[n]"),
        ("n. d.", None, "[n]"),
        ("N. D.", None, "[n]"),
        ("nėra duomenų", None, "[n]"),
        ("Nera duomenu", None, "[n]"),
        ("netaikoma", None, "[z]"),
        ("x", None, "[z]"),
        ("<5", None, "[k]"),
        ("mažiau kaip 5", None, "[k]"),
        ("Maziau nei 5", None, "[k]"),
        *(
            (f"{words}{shown}", value, ">")
            for words in ("per ", "virš ", "Daugiau kaip ", "daugiau nei ", "daugiau negu ", ">")
        ),
        (f"{shown}+", value, ">"),
        *((f"{words}{shown}", value, "≥") for words in ("ne mažiau kaip ", "bent ", "≥", "≥ ")),
        *((f"{words}{shown}", value, "~") for words in ("apie ", "maždaug ", "~", "Apie  ")),
        *((f"{shown}{words}", value, "[p]") for words in (" p", "p", " (p)", "(p)")),
    ]
    cell, stored, mark = draw(st.sampled_from(forms))
    return cell, {column.name: stored, f"{column.name}_mark": mark}


MONTHS = [
    "sausio",
    "vasario",
    "kovo",
    "balandžio",
    "gegužės",
    "birželio",
    "liepos",
    "rugpjūčio",
    "rugsėjo",
    "spalio",
    "lapkričio",
    "gruodžio",
]


@st.composite
def days(
    draw: Draw, column: Column, first: datetime.date = datetime.date(1999, 1, 1)
) -> tuple[Cell, Stored]:
    day = draw(st.dates(first, datetime.date(2022, 12, 31)))
    precision = draw(st.sampled_from(["day", "month", "year"])) if column.partial else "day"
    month = MONTHS[day.month - 1]
    forms: list[Cell]
    if precision == "day":
        forms = [
            day,
            datetime.datetime(day.year, day.month, day.day, 13, 30),
            f"{day:%Y-%m-%d}",
            f"{day:%Y.%m.%d}",
            f"{day.year}-{day.month}-{day.day}",
            f" {day.year} m. {month} {day.day} d.",
            f"{day.year} m.{NO_BREAK}{month.upper()} {day.day} d.",
        ]
    elif precision == "month":
        day = day.replace(day=1)
        forms = [f"{day:%Y-%m}", f"{day:%Y.%m}", f"{day.year} m. {month}"]
    else:
        day = day.replace(month=1, day=1)
        forms = [day.year, str(day.year), f"{day.year} m."]
    stored: Stored = {column.name: day}
    if column.partial:
        stored[f"{column.name}_precision"] = precision
    return draw(st.sampled_from(forms)), stored


def of_year(name: str, year: int | None) -> st.SearchStrategy[tuple[Cell, Stored]]:
    if year is None:
        return st.just((None, {name: None}))
    forms: list[Cell] = [year, float(year), str(year), f"{year} m.", f" {year}"]
    return st.sampled_from(forms).map(lambda form: (form, {name: year}))


@st.composite
def members(draw: Draw, column: Column) -> tuple[Cell, Stored]:
    """One member of a list, or several, each by code or label."""
    choices = reference.choices()[column.choices]
    count = draw(st.integers(1, 3)) if column.several else 1
    chosen = [draw(st.sampled_from(choices)) for _ in range(count)]
    shown = [
        draw(written(draw(st.sampled_from([one.code, one.label_lt, one.label_en]))))
        for one in chosen
    ]
    if not column.several:
        return shown[0], {column.name: chosen[0].code}
    gap = draw(st.sampled_from([";", "; ", " ; "]))
    return gap.join(shown), {column.name: list(dict.fromkeys(one.code for one in chosen))}


# As people say where; what a town's name means is for the contract to say.
SAID = {
    "Vilnius": "Vilniaus miesto savivaldybė",
    "VILNIUS": "Vilniaus miesto savivaldybė",
    "Vilniuje": "Vilniaus miesto savivaldybė",
    "Vilniaus r.": "Vilniaus rajono savivaldybė",
    "Vilniaus m. sav.": "Vilniaus miesto savivaldybė",
    "Kaune": "Kauno miesto savivaldybė",
    "Klaipėdoje": "Klaipėdos miesto savivaldybė",
    "Gargžduose": "Klaipėdos rajono savivaldybė",
    "Nidoje": "Neringos savivaldybė",
    "Šiauliuose": "Šiaulių miesto savivaldybė",
    "Panevėžyje": "Panevėžio miesto savivaldybė",
    "Pakruojo": "Pakruojo rajono savivaldybė",
    "Pasvalio rajono": "Pasvalio rajono savivaldybė",
    "Joniškyje": "Joniškio rajono savivaldybė",
    "Trakuose": "Trakų rajono savivaldybė",
    "Kazlų Rūdoje": "Kazlų Rūdos savivaldybė",
    "Naujojoje Akmenėje": "Akmenės rajono savivaldybė",
    "Druskininkuose": "Druskininkų savivaldybė",
}


@functools.cache
def places() -> Mapping[str, str]:
    """Names of municipalities and the code that each means."""
    rows = reference.rows("municipality")
    codes = {row["label_lt"]: row["code"] for row in rows}
    found = {words: codes[name] for words, name in SAID.items()}
    for row in rows:
        name = row["label_lt"]
        for words in (row["code"], name, row["short_lt"], row["label_en"]):
            found[words] = row["code"]
        found[name.removesuffix(" savivaldybė")] = row["code"]
    return found


def place_names() -> st.SearchStrategy[tuple[str, str]]:
    """A municipality as written, and its code."""
    return st.sampled_from(sorted(places())).flatmap(
        lambda name: written(name).map(lambda shown: (shown, places()[name]))
    )


@st.composite
def territories(draw: Draw, column: Column) -> tuple[Cell, Stored]:
    kind = draw(st.sampled_from(["country", "county", "municipality"]))
    if kind == "country":
        return draw(st.sampled_from([None, "LT", "Lietuva", "LIETUVA"])), {column.name: None}
    if kind == "county":
        row = draw(st.sampled_from(reference.rows("county")))
        name = draw(st.sampled_from([row["code"], row["label_lt"], row["label_en"]]))
        return draw(written(name)), {column.name: row["code"]}
    shown, code = draw(place_names())
    return shown, {column.name: code}


# A delivery --------------------------------------------------------------------------------------


class Delivery:
    """Of each table its rows: what is written into each column, and what is to be stored."""

    def __init__(self, code: str, year: int | None) -> None:
        self.code = code
        self.year = year
        self.rows: dict[str, list[tuple[dict[str, Cell], Stored]]] = {}

    def __repr__(self) -> str:
        return f"<{self.code}>"  # a failing case is told by its sheets

    def stored(self, table: str) -> list[Stored]:
        """The rows of a table as they are to be found."""
        return [stored for _, stored in self.rows.get(table, [])]

    def codes(self, *tables: str) -> list[str]:
        """The codes that the delivery defines."""
        return [one["code"] for table in tables for one in self.stored(table)]


@st.composite
def code_list(draw: Draw, prefix: str, least: int) -> list[str]:
    tails = draw(
        st.lists(
            st.sampled_from(["1", "Ž-2", "3.1", "ąč", "B b", "2020/4", "Ėjimas", "(d)"]),
            min_size=least,
            max_size=least + 2,
            unique=True,
        )
    )
    return [f"{prefix}{tail}" for tail in tails]


class _Writing:
    """Draws the rows of one delivery."""

    def __init__(self, draw: Draw, delivery: Delivery) -> None:
        self._draw = draw
        self._delivery = delivery

    def refer(self, codes: Sequence[str]) -> tuple[str, str]:
        """A code as written, and as it was defined."""
        code = self._draw(st.sampled_from(codes))
        return self._draw(written(code)), code

    def add(self, sheet: Sheet, **given: tuple[Cell, Any] | Any) -> None:
        """A row: columns given as (written, stored), others as their kind allows or empty."""
        cells: dict[str, Cell] = {}
        stored: Stored = {}
        for column in sheet.columns:
            if column.name in given:
                cell, value = given[column.name]
                cells[column.name] = cell
                stored |= value if isinstance(value, dict) else {column.name: value}
            elif column.required or self._draw(st.integers(0, 3)):
                cell, value = self._draw(self._any(column))
                cells[column.name] = cell
                stored |= value
            else:
                cells[column.name] = None
                stored |= _nothing(column)
        self._delivery.rows.setdefault(sheet.table, []).append((cells, stored))

    def _any(self, column: Column) -> st.SearchStrategy[tuple[Cell, Stored]]:
        match column.kind:
            case Kind.TEXT:
                return text_cells(column)
            case Kind.NUMBER | Kind.COUNT:
                return number_cells(column)
            case Kind.YEAR:
                return st.integers(1990, 2022).flatmap(functools.partial(of_year, column.name))
            case Kind.DATE:
                return days(column)
            case Kind.CHOICE:
                return members(column)
            case Kind.TERRITORY:
                return territories(column)
            case Kind.MUNICIPALITY:
                return place_names().map(lambda found: (found[0], {column.name: found[1]}))
            case Kind.YES_NO:
                answers = {"taip": True, "ne": False, "Yes": True, "NO": False, "TAIP ": True}
                return st.sampled_from(sorted(answers)).map(
                    lambda word: (word, {column.name: answers[word]})
                )
            case Kind.CODE:
                return self._reference(column)
            case Kind.INTEGER:
                raise AssertionError(column)

    def _reference(self, column: Column) -> st.SearchStrategy[tuple[Cell, Stored]]:
        codes = self._delivery.codes(*column.refers)
        if "institution" in column.refers:
            codes = [*codes, "LT-57", "LT-13"]
        one = st.sampled_from(codes).flatmap(
            lambda code: written(code).map(lambda shown: (shown, code))
        )
        if not column.several:
            return one.map(lambda found: (found[0], {column.name: found[1]}))
        return st.lists(one, min_size=1, max_size=3, unique_by=lambda found: found[1]).map(
            lambda found: (
                "; ".join(shown for shown, _ in found),
                {column.name: [code for _, code in found]},
            )
        )


def _nothing(column: Column) -> Stored:
    """What is stored of an empty cell."""
    if column.kind in {Kind.NUMBER, Kind.COUNT}:
        return {column.name: None, f"{column.name}_mark": column.empty_mark}
    if column.kind is Kind.DATE and column.partial:
        return {column.name: None, f"{column.name}_precision": None}
    return {column.name: [] if column.several else None}


TABLES = {sheet.table: sheet for sheet in SHEETS}


@st.composite
def deliveries(draw: Draw, rows: int = 3) -> Delivery:
    """A delivery of all sheets that the checks have nothing against."""
    year = draw(st.none() | st.integers(1990, 2022))
    delivery = Delivery(draw(st.sampled_from(["PD-2020", "Šiauliai 1", "x"])), year)
    writing = _Writing(draw, delivery)
    add = writing.add

    def some(least: int = 0) -> Iterable[int]:
        return range(draw(st.integers(least, max(rows, least))))

    for table, prefix in (("institution", "I-"), ("document", "D-"), ("source", "S-")):
        for place, code in enumerate(draw(code_list(prefix, 1))):
            more = {}
            if table == "institution":
                known = delivery.codes("institution")
                more["parent"] = writing.refer(known) if place else (None, None)
            add(TABLES[table], code=(code, code), **more)
    for code in draw(code_list("K-", 1)):
        add(TABLES["conflict"], code=(code, code))
    for code in draw(code_list("R-", 2)):
        add(TABLES["recommendation"], code=(code, code))
    institutions = delivery.codes("institution")
    recommendations = delivery.codes("recommendation")
    add(
        TABLES["delivery"],
        code=(delivery.code, delivery.code),
        institution=writing.refer(institutions),
        year=draw(of_year("year", year)),
    )
    del delivery.rows["delivery"][0][1]["note"]

    parts: dict[str, list[str]] = {}
    for code in recommendations:
        for part in draw(st.lists(st.sampled_from(["a", "b", "1"]), max_size=2, unique=True)):
            parts.setdefault(code, []).append(part)
            shown = draw(written(code))
            add(TABLES["recommendation_part"], recommendation=(shown, code), part=(part, part))

    def about() -> tuple[dict[str, tuple[Cell, Any]], tuple[str, str | None]]:
        shown, code = writing.refer(recommendations)
        part = draw(st.sampled_from([None, *parts.get(code, [])]))
        return {"recommendation": (shown, code), "part": (part, part)}, (code, part)

    seen: set[tuple[Any, ...]] = set()

    def is_new(*key: Any) -> bool:
        is_first = key not in seen
        seen.add(key)
        return is_first

    for _ in some():
        group, member = writing.refer(institutions), writing.refer(institutions)
        held = draw(st.none() | st.integers(1990, 2022))
        if is_new("group", group[1], member[1], held):
            add(
                TABLES["institution_group"],
                group_code=group,
                institution=member,
                year=draw(of_year("year", held)),
            )
    for table in ("addressee", "request", "response", "result"):
        for number in some(1):
            on, key = about()
            institution = writing.refer(institutions)
            asked = draw(st.integers(2015, 2022))
            given: dict[str, Any] = {**on}
            if table != "result":
                given["institution"] = institution
            else:
                order = 10 * number + draw(st.integers(1, 9))
                given["position"] = (
                    draw(st.sampled_from([order, float(order), f"{order}"])),
                    order,
                )
            if table != "addressee":
                given["year"] = draw(of_year("year", asked))
            if table == "request":
                given |= _terms(draw, TABLES["request"])
            if is_new(table, *key, institution[1], asked if table != "addressee" else None):
                add(TABLES[table], **given)
    for _ in some():
        on, key = about()
        judged = draw(st.integers(2015, 2022))
        # What else may be said depends on who has answered: test_checks.py.
        kind = draw(st.sampled_from(["pakeista nauja rekomendacija", "nebeaktuali"]))
        institution = writing.refer(institutions)
        if is_new("assessment", *key, institution[1], judged):
            add(
                TABLES["assessment"],
                **on,
                institution=institution,
                year=draw(of_year("year", judged)),
                assessment=(draw(written(kind)), kind),
            )
    for _ in some():
        later, earlier = writing.refer(recommendations), writing.refer(recommendations)
        if is_new("link", later[1], earlier[1]):
            add(TABLES["recommendation_link"], later=later, earlier=earlier)
    for _ in some(1):
        _add_activity(draw, writing, year)
    for _ in some(1):
        told, indicator = draw(st.integers(1990, 2022)), draw(members(_column("indicator")))
        if is_new("statistic", told, indicator[1]["indicator"]):  # no total beside its part
            add(
                TABLES["statistic"],
                year=draw(of_year("year", told)),
                indicator=(indicator[0], indicator[1]),
            )
    for _ in some():
        add(TABLES["coordination"])
    return delivery


def _column(name: str) -> Column:
    return TABLES["statistic"].column(name)


def _terms(draw: Draw, sheet: Sheet) -> dict[str, tuple[Cell, Any]]:
    """Dates of a request, none before those that come first."""
    found: dict[str, tuple[Cell, Any]] = {}
    asked = draw(days(sheet.column("requested_on")))
    due = draw(days(sheet.column("due_on"), asked[1]["requested_on"]))
    extended = draw(days(sheet.column("extended_to"), due[1]["due_on"]))
    found |= {"requested_on": asked, "due_on": due, "extended_to": extended}
    for name in ("reminded_on", "replied_on"):
        found[name] = draw(days(sheet.column(name), asked[1]["requested_on"]))
    return found


def _add_activity(draw: Draw, writing: _Writing, year: int | None) -> None:
    sheet = TABLES["activity"]
    given: dict[str, Any] = {}
    scope = draw(members(sheet.column("scope")))
    given["scope"] = scope
    if scope[1]["scope"] == "savivaldybė":
        given["municipality"] = draw(place_names())
    else:
        given["municipality"] = (None, None)
    own = draw(st.none() | st.integers(1990, 2022))
    shown, _ = draw(of_year("year", own))
    given["year"] = (shown, own or year)
    start = draw(days(sheet.column("date_from")))
    given["date_from"] = start
    # A month or a year begins before its days, so the end is of a later year.
    if start[1]["date_from"].year < 2022 and draw(st.booleans()):
        later = datetime.date(start[1]["date_from"].year + 1, 1, 1)
        given["date_to"] = draw(days(sheet.column("date_to"), later))
    else:
        given["date_to"] = (None, _nothing(sheet.column("date_to")))
    writing.add(sheet, **given)


# Writing it down ---------------------------------------------------------------------------------

Grid = list[list[Cell]]


class Grids(dict[str, Grid]):
    """Sheets of cells by their names."""

    def __repr__(self) -> str:
        return f"<{len(self)} sheets>"

    def __str__(self) -> str:
        return "\n".join(
            f"{name!r}:\n" + "\n".join(f"    {line!r}" for line in grid)
            for name, grid in self.items()
        )


@st.composite
def grids(draw: Draw, delivery: Delivery) -> Grids:
    """The delivery as sheets of cells: title rows, columns in any order, blank rows, totals."""
    found = Grids()
    for table in draw(st.permutations(list(delivery.rows))):
        sheet, rows = TABLES[table], delivery.rows[table]
        used = [
            column
            for column in sheet.columns
            if column.required
            or any(cells[column.name] is not None for cells, _ in rows)
            or draw(st.booleans())
        ]
        columns: list[Column | None] = list(draw(st.permutations(used)))
        for _ in range(draw(st.integers(0, 2))):
            columns.insert(draw(st.integers(0, len(columns))), None)
        titles: Grid = [
            draw(st.sampled_from([[], ["2020 metų duomenys"], [None, "Parengė skyrius"], ["* "]]))
            for _ in range(draw(st.integers(0, 4)))
        ]
        grid: Grid = [*titles, [draw(headers(column)) if column else None for column in columns]]
        for cells, _ in rows:
            grid += [[]] * (draw(st.integers(0, 9)) == 0)
            grid.append([cells[column.name] if column else None for column in columns])
        if draw(st.integers(0, 4)) == 0:
            grid += [[], ["Iš viso:"]]
        name = draw(written(draw(st.sampled_from([sheet.name, sheet.alias]))))
        found[name] = grid
    return found


@st.composite
def headers(draw: Draw, column: Column) -> str:
    name: str = draw(written(draw(st.sampled_from([column.header, column.alias]))))
    ending: str = draw(st.sampled_from(["", "", "*", " *", ":", "*:", f"{NO_BREAK}*"]))
    return name + ending


def with_openpyxl(path: Path, grids: Grids) -> None:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, grid in grids.items():
        sheet = book.create_sheet(name)
        for number, line in enumerate(grid, 1):
            for place, value in enumerate(line, 1):
                cell = sheet.cell(number, place, value)
                if isinstance(value, str):
                    cell.data_type = "s"  # text that begins with = is no formula
    book.save(path)


def with_xlsxwriter(path: Path, grids: Grids) -> None:
    with xlsxwriter.Workbook(path) as book:
        as_date = book.add_format({"num_format": "yyyy-mm-dd"})
        for name, grid in grids.items():
            sheet = book.add_worksheet(name)
            for number, line in enumerate(grid):
                for place, value in enumerate(line):
                    if isinstance(value, str):
                        sheet.write_string(number, place, value)
                    elif isinstance(value, datetime.date):
                        sheet.write_datetime(number, place, value, as_date)
                    elif value is not None:
                        sheet.write_number(number, place, value)
                    else:
                        sheet.write_blank(number, place, None, as_date)


def assert_loads(path: Path, delivery: Delivery, folder: Path) -> None:
    """The rows that are stored are those that were meant, in the sender's order."""
    target = folder / "database" / "office.duckdb"
    [outcome] = loading.load([path], target, moment=MOMENT, actor="tester")

    told = [(one.sheet, one.cell, one.code, one.value) for one in outcome.problems]
    assert (outcome.accepted, told) == (True, [])
    assert {notice.code for notice in outcome.notices} <= NOTICED
    warehouse = loading.open_renewed(target)
    try:
        for table in TABLES.keys() - {"delivery"}:
            meant = delivery.stored(table)
            found = warehouse.delivered(table, delivery.code, DAY)
            assert [{name: row[name] for name in meant[0]} for row in found] == meant, table
        _, rows = warehouse.rows("overview/delivery", {"delivery": delivery.code}, as_of=DAY)
        assert len(rows) == 1
    finally:
        warehouse.close()


def check(
    delivery: Delivery,
    grids: Grids,
    write: Callable[[Path, Grids], None],
    form: str | None = None,
) -> None:
    note(str(grids))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "siunta.xlsx"
        write(path, grids)
        if form:
            path = saved_by_libreoffice(path, folder / "saved", form)
        assert_loads(path, delivery, folder)


WRITTEN = deliveries().flatmap(lambda one: st.tuples(st.just(one), grids(one)))
LARGE = deliveries(rows=6).flatmap(lambda one: st.tuples(st.just(one), grids(one)))


@settings(SETTINGS, max_examples=8)
@given(WRITTEN)
def test_written_by_openpyxl(case: tuple[Delivery, Grids]) -> None:
    check(*case, with_openpyxl)


@settings(SETTINGS, max_examples=8)
@given(WRITTEN)
def test_written_by_xlsxwriter(case: tuple[Delivery, Grids]) -> None:
    check(*case, with_xlsxwriter)


# A run takes seconds, so few are made, of many rows.
BY_LIBREOFFICE = settings(SETTINGS, max_examples=2)


@needs_libreoffice
@settings(BY_LIBREOFFICE)
@given(LARGE)
def test_saved_by_libreoffice_as_xlsx(case: tuple[Delivery, Grids]) -> None:
    check(*case, with_xlsxwriter, "xlsx")


@needs_libreoffice
@settings(BY_LIBREOFFICE)
@given(LARGE)
def test_saved_by_libreoffice_as_ods(case: tuple[Delivery, Grids]) -> None:
    check(*case, with_openpyxl, "ods")
