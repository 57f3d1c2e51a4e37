"""One cell → one exact value: the tables of the workbook contract, with near misses."""

import datetime
from typing import Any

import pytest

from rapporteur.delivery import reference
from rapporteur.delivery.cells import Cell
from rapporteur.delivery.declaration import SHEET_OF_TABLE, SHEETS, Column, Kind
from rapporteur.delivery.values import MAX_TEXT, Marked, PartialDate, Place, Unfit, parse, plain

LISTS = reference.lists(newest_year=2022)
VALUE = SHEET_OF_TABLE["statistic"].column("value")
COUNT = SHEET_OF_TABLE["activity"].column("count")
YEAR = SHEET_OF_TABLE["statistic"].column("year")
DAY = SHEET_OF_TABLE["request"].column("due_on")
PARTIAL_DAY = SHEET_OF_TABLE["document"].column("dated_on")
MUNICIPALITY = SHEET_OF_TABLE["activity"].column("municipality")
TERRITORY = SHEET_OF_TABLE["statistic"].column("territory")
YES_NO = SHEET_OF_TABLE["response"].column("is_retold")
STATE = SHEET_OF_TABLE["response"].column("state")
KIND = SHEET_OF_TABLE["activity"].column("kind")
FORMS = SHEET_OF_TABLE["activity"].column("forms")
TEXT = SHEET_OF_TABLE["result"].column("text")
ORDER = SHEET_OF_TABLE["result"].column("position")


def refused(cell: Cell, column: Column) -> str:
    with pytest.raises(Unfit) as caught:
        parse(cell, column, LISTS)
    return caught.value.code


# Marks ---------------------------------------------------------------------------------------

NO_BREAK, THIN, NARROW = "\N{NO-BREAK SPACE}", "\N{THIN SPACE}", "\N{NARROW NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("cell", "value", "mark"),
    [
        (0.0, 0, ""),  # a true zero
        ("0", 0, ""),
        (24.0, 24, ""),
        (None, None, "[n]"),
        ("", None, "[n]"),
        ("   ", None, "[n]"),
        ("…", None, "[n]"),
        ("...", None, "[n]"),
        ("n. d.", None, "[n]"),
        ("N. D.", None, "[n]"),
        ("n.d.", None, "[n]"),
        (f"n.{NO_BREAK}d.", None, "[n]"),
        ("nėra duomenų", None, "[n]"),
        ("NERA DUOMENU", None, "[n]"),
        ("netaikoma", None, "[z]"),
        ("x", None, "[z]"),
        ("X", None, "[z]"),
        ("<5", None, "[k]"),
        ("< 5", None, "[k]"),
        ("mažiau kaip 5", None, "[k]"),
        ("mažiau nei 5", None, "[k]"),
        ("per 250", 250, ">"),
        ("virš 250", 250, ">"),
        ("daugiau kaip 250", 250, ">"),
        ("daugiau nei 250", 250, ">"),
        ("daugiau negu 250", 250, ">"),
        (">250", 250, ">"),
        ("> 250", 250, ">"),
        ("250+", 250, ">"),
        ("Per  250 ", 250, ">"),
        ("per 1 250", 1250, ">"),
        ("ne mažiau kaip 250", 250, "≥"),
        ("bent 250", 250, "≥"),
        ("≥250", 250, "≥"),
        ("apie 250", 250, "~"),
        ("maždaug 250", 250, "~"),
        ("~250", 250, "~"),
        ("1 234", 1234, ""),
        (f"1{NO_BREAK}234", 1234, ""),
        (f"1{THIN}234", 1234, ""),
        (f"1{NARROW}234", 1234, ""),
        ("1234,5", 1234.5, ""),
        ("1 234,50", 1234.5, ""),
        ("240 100", 240100, ""),
        ("1 234 567", 1234567, ""),
        ("24p", 24, "[p]"),
        ("24 p", 24, "[p]"),
        ("24 (p)", 24, "[p]"),
        ("24(p)", 24, "[p]"),
        ("1 234,5 p", 1234.5, "[p]"),
    ],
)
def test_a_number_cell_is_a_value_and_a_mark(cell: Cell, value: float | None, mark: str) -> None:
    assert parse(cell, VALUE, LISTS) == Marked(value, mark)


@pytest.mark.parametrize("cell", ["-", "–", "—", "−", " – ", f"{NO_BREAK}-"])
def test_a_lone_dash_is_ambiguous(cell: str) -> None:
    assert refused(cell, VALUE) == "value-ambiguous"
    assert refused(cell, COUNT) == "value-ambiguous"


@pytest.mark.parametrize(
    "cell",
    [
        "daug",
        "kelios",
        "keli šimtai",
        "20–30",
        "20-30",
        "20 / 30",
        "24 aukos",
        "1.234",  # a thousand or a decimal?
        "1,234.5",
        "1 23",
        "12 34",
        "12 3456",
        "1 2345",
        "?",
        "24?",
        "n",
        "yra",
        "15*",  # a footnote
        "15²",  # a footnote, not 152
        "½",
        "per",
        "per daug",
        "250++",
        "apie",
        "=1+1",
        "0x10",
        "1e3",
        "nan",
        "inf",
        "taip",
        True,
        datetime.date(2020, 3, 1),
    ],
)
def test_what_is_no_number_is_no_guess(cell: Cell) -> None:
    assert refused(cell, VALUE) == "value-not-a-number"


@pytest.mark.parametrize(
    ("cell", "value", "mark"),
    [
        (None, None, "[+]"),  # took place, number not stated
        ("", None, "[+]"),
        ("n. d.", None, "[n]"),
        ("nėra duomenų", None, "[n]"),
        ("netaikoma", None, "[z]"),
        ("<5", None, "[k]"),
        ("0", 0, ""),
        (3.0, 3, ""),
        ("apie 10", 10, "~"),
    ],
)
def test_an_empty_count_of_activities_says_that_they_took_place(
    cell: Cell, value: float | None, mark: str
) -> None:
    assert parse(cell, COUNT, LISTS) == Marked(value, mark)


def test_counts_are_whole_and_not_negative() -> None:
    assert refused(2.5, COUNT) == "value-not-an-integer"
    assert refused("2,5", COUNT) == "value-not-an-integer"
    assert refused(-1.0, COUNT) == "value-negative"
    assert refused("-1", COUNT) == "value-negative"


@pytest.mark.parametrize("cell", ["1,5", 1.5, "apie 3", "n. d.", "<5"])
def test_an_order_is_a_bare_whole_number(cell: Cell) -> None:
    assert parse("3", ORDER, LISTS) == parse(3.0, ORDER, LISTS) == 3
    assert refused(cell, ORDER) == "value-not-an-integer"


# Years and dates -----------------------------------------------------------------------------


@pytest.mark.parametrize("cell", [2020.0, "2020", " 2020 ", "2020 m.", "2020 m", "2020m."])
def test_a_year(cell: Cell) -> None:
    assert parse(cell, YEAR, LISTS) == 2020


@pytest.mark.parametrize(
    ("cell", "fits"), [(1990.0, True), (2022.0, True), (1989.0, False), (2023.0, False)]
)
def test_years_run_from_1990_to_next_year(cell: float, fits: bool) -> None:
    if fits:
        assert parse(cell, YEAR, LISTS) == int(cell)
    else:
        assert refused(cell, YEAR) == "value-not-a-year"


@pytest.mark.parametrize("cell", ["20", "2020–2021", "2020,5", 2020.5, "pernai", "2020-05", True])
def test_what_is_no_year(cell: Cell) -> None:
    assert refused(cell, YEAR) == "value-not-a-year"


@pytest.mark.parametrize(
    "cell",
    [
        datetime.date(2020, 9, 1),
        datetime.datetime(2020, 9, 1, 13, 45),
        "2020-09-01",
        "2020.09.01",
        "2020-9-1",
        "2020 m. rugsėjo 1 d.",
        "2020 m. RUGSEJO 1 d.",
        "2020 m.  rugsėjo  1 d",
        f"2020{NO_BREAK}m. rugsėjo 1{NO_BREAK}d.",
    ],
)
def test_a_date(cell: Cell) -> None:
    assert parse(cell, DAY, LISTS) == PartialDate(datetime.date(2020, 9, 1), "day")
    assert parse(cell, PARTIAL_DAY, LISTS) == PartialDate(datetime.date(2020, 9, 1), "day")


@pytest.mark.parametrize(
    ("month", "name"),
    list(
        enumerate(
            [
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
            ],
            1,
        )
    ),
)
def test_every_month_by_its_name(month: int, name: str) -> None:
    found = parse(f"2020 m. {name} 2 d.", DAY, LISTS)
    assert found == PartialDate(datetime.date(2020, month, 2), "day")


@pytest.mark.parametrize(
    ("cell", "day", "precision"),
    [
        ("2020", datetime.date(2020, 1, 1), "year"),
        (2020.0, datetime.date(2020, 1, 1), "year"),
        ("2020 m.", datetime.date(2020, 1, 1), "year"),
        ("2020-09", datetime.date(2020, 9, 1), "month"),
        ("2020 m. rugsėjo", datetime.date(2020, 9, 1), "month"),
    ],
)
def test_a_month_or_year_alone_only_where_the_column_allows_it(
    cell: Cell, day: datetime.date, precision: str
) -> None:
    assert parse(cell, PARTIAL_DAY, LISTS) == PartialDate(day, precision)
    assert refused(cell, DAY) == "value-not-a-date"


@pytest.mark.parametrize(
    "cell",
    [
        "2020-02-30",
        "2020-13-01",
        "01.09.2020",
        "1/9/2020",
        "rugsėjis",
        "vakar",
        44075.0,
        "0020-01-01",
    ],
)
def test_what_is_no_date(cell: Cell) -> None:
    assert refused(cell, DAY) == "value-not-a-date"
    assert refused(cell, PARTIAL_DAY) == "value-not-a-date"


# Places --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("LT-57", "LT-57"),
        ("lt-57", "LT-57"),
        ("Vilniaus miesto savivaldybė", "LT-57"),
        ("VILNIAUS MIESTO SAVIVALDYBE", "LT-57"),
        ("Vilniaus  miesto\N{NO-BREAK SPACE}savivaldybė", "LT-57"),
        ("Vilniaus m. sav.", "LT-57"),
        ("Vilniaus m.", "LT-57"),
        ("Vilniaus miesto", "LT-57"),
        ("Vilniaus rajono savivaldybė", "LT-58"),
        ("Vilniaus r. sav.", "LT-58"),
        ("Vilniaus r.", "LT-58"),  # the district, whatever stands in a map's short label
        ("vilniaus r.", "LT-58"),
        ("Vilniaus rajono", "LT-58"),
        ("Pasvalio rajono", "LT-34"),
        ("Pasvalys", "LT-34"),
        ("Pakruojo", "LT-30"),
        ("Pakruojis", "LT-30"),
        ("Pakruojyje", "LT-30"),
        ("Birštono sav.", "LT-05"),
        ("Birštone", "LT-05"),
        ("birstonas", "LT-05"),
        ("Palangos miesto savivaldybė", "LT-31"),
        ("Palanga", "LT-31"),
        ("Palangoje", "LT-31"),
        ("Tauragėje", "LT-50"),
        ("Trakuose", "LT-52"),
        ("Anykščiuose", "LT-04"),
        ("Kaišiadoryse", "LT-13"),
        ("Kaišiadorių", "LT-13"),
        ("Švenčionyse", "LT-49"),
        ("Širvintose", "LT-47"),
        ("Kazlų Rūda", "LT-17"),
        ("Kazlų Rūdoje", "LT-17"),
        ("Nida", "LT-28"),  # a seat
        ("Gargždai", "LT-21"),
        ("Gargžduose", "LT-21"),
        ("Naujoji Akmenė", "LT-01"),
        ("Naujojoje Akmenėje", "LT-01"),
        ("Marijampolės savivaldybė", "LT-25"),
    ],
)
def test_a_municipality_by_any_of_its_names(cell: str, code: str) -> None:
    assert parse(cell, MUNICIPALITY, LISTS) == Place(code)


@pytest.mark.parametrize(
    ("town", "genitive", "locative", "city"),
    [
        ("Vilnius", "Vilniaus", "Vilniuje", "LT-57"),
        ("Kaunas", "Kauno", "Kaune", "LT-15"),
        ("Klaipėda", "Klaipėdos", "Klaipėdoje", "LT-20"),
        ("Šiauliai", "Šiaulių", "Šiauliuose", "LT-43"),
        ("Panevėžys", "Panevėžio", "Panevėžyje", "LT-32"),
        ("Alytus", "Alytaus", "Alytuje", "LT-02"),
    ],
)
def test_a_bare_town_name_shared_by_two_means_the_city_with_a_notice(
    town: str, genitive: str, locative: str, city: str
) -> None:
    for cell in (town, town.upper(), plain(town), genitive, locative):
        assert parse(cell, MUNICIPALITY, LISTS) == Place(city, is_assumed_city=True)


@pytest.mark.parametrize(
    "cell", ["Vilniu", "Vilniaus apskritis", "LT-61", "LT", "Dzūkija", "Visa Lietuva", "57", "r."]
)
def test_what_is_no_municipality(cell: str) -> None:
    assert refused(cell, MUNICIPALITY) == "municipality-unknown"


def test_every_municipality_is_known_by_its_code_and_names() -> None:
    rows = reference.rows("municipality")
    assert len(rows) == 60
    for row in rows:
        for name in ("code", "label_lt", "short_lt", "label_en"):
            assert parse(row[name], MUNICIPALITY, LISTS) == Place(row["code"])


def test_a_territory_is_a_county_a_municipality_or_the_country() -> None:
    assert parse("Vilniaus apskritis", TERRITORY, LISTS) == Place("LT-VL")
    assert parse("LT-VL", TERRITORY, LISTS) == Place("LT-VL")
    assert parse("LT-57", TERRITORY, LISTS) == Place("LT-57")
    assert parse("Lietuva", TERRITORY, LISTS) is None
    assert parse("LT", TERRITORY, LISTS) is None
    assert parse(None, TERRITORY, LISTS) is None
    assert refused("Latvija", TERRITORY) == "municipality-unknown"


# Lists, text ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "column", "code"),
    [
        ("pateikta iš dalies", STATE, "pateikta iš dalies"),
        ("PATEIKTA IŠ DALIES", STATE, "pateikta iš dalies"),
        ("pateikta is dalies", STATE, "pateikta iš dalies"),
        (" pateikta  iš\N{NO-BREAK SPACE}dalies ", STATE, "pateikta iš dalies"),
        ("Answered in part", STATE, "pateikta iš dalies"),
        ("lecture", KIND, "lecture"),
        ("paskaita", KIND, "lecture"),
        ("Paskaita", KIND, "lecture"),
        ("Lecture", KIND, "lecture"),
    ],
)
def test_a_member_of_a_list_by_code_or_label(cell: str, column: Column, code: str) -> None:
    assert parse(cell, column, LISTS) == code


@pytest.mark.parametrize("cell", ["pateikta is", "pateikta iš dalies?", "taip", "1", 1.0])
def test_what_is_in_no_list(cell: Cell) -> None:
    assert refused(cell, STATE) == "value-not-in-list"


def test_every_member_of_every_list_is_accepted_by_each_of_its_labels() -> None:
    for sheet in SHEETS:
        for column in sheet.columns:
            if column.kind is not Kind.CHOICE:
                continue
            for choice in LISTS.choices[column.choices]:
                for name in (choice.code, choice.label_lt, choice.label_en, plain(choice.label_lt)):
                    found: Any = parse(name, column, LISTS)
                    assert found == ([choice.code] if column.several else choice.code)


def test_several_members_are_separated_by_semicolons() -> None:
    found = parse("priverstinis darbas; Forced begging ;;forced_labour", FORMS, LISTS)
    assert found == ["forced_labour", "forced_begging"]
    assert refused("priverstinis darbas; nežinoma", FORMS) == "value-not-in-list"
    assert refused("priverstinis darbas, forced_begging", FORMS) == "value-not-in-list"


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("taip", True),
        ("Taip", True),
        (True, True),
        ("yes", True),
        ("ne", False),
        (False, False),
        (None, None),
    ],
)
def test_yes_and_no(cell: Cell, value: bool | None) -> None:
    assert parse(cell, YES_NO, LISTS) is value


def test_what_is_neither_yes_nor_no() -> None:
    assert {refused(cell, YES_NO) for cell in ("gal", 1.0, "x", "-")} == {"value-not-in-list"}


def test_text_is_trimmed_and_composed_and_otherwise_kept_to_the_letter() -> None:
    assert parse("  „S\u030ciaip“  ir   taip\n ", TEXT, LISTS) == "„Šiaip“  ir   taip"
    assert parse(2.0, TEXT, LISTS) == "2"
    assert parse("\N{NO-BREAK SPACE}\n", TEXT, LISTS) is None
    assert parse("x²", TEXT, LISTS) == "x²"
    assert parse("a" * MAX_TEXT, TEXT, LISTS) == "a" * MAX_TEXT
    assert refused("a" * (MAX_TEXT + 1), TEXT) == "value-too-long"


def test_matching_ignores_form_and_not_letters() -> None:
    assert plain(" Ataskaitiniai  METAI\N{NO-BREAK SPACE}*: ") == plain("ataskaitiniai metai")
    assert plain("Vykdymas") != plain("Vykdyma")


# What is seen and what is stored ----------------------------------------------------------------

CODE = SHEET_OF_TABLE["response"].column("recommendation")


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("R2020\N{NON-BREAKING HYPHEN}1", "R2020-1"),
        ("R2020\N{HYPHEN}1", "R2020-1"),
        ("R2020-1\N{ZERO WIDTH SPACE}", "R2020-1"),
        ("\N{ZERO WIDTH NO-BREAK SPACE}R2020-1", "R2020-1"),
        ("R\N{SOFT HYPHEN}2020-1", "R2020-1"),
        (f"R2020{NO_BREAK}1", "R2020 1"),
        ("Į-1", "Į-1"),
    ],
)
def test_a_code_is_what_it_looks_like(cell: str, code: str) -> None:
    assert parse(cell, CODE, LISTS) == code
    assert plain(cell) == plain(code)


@pytest.mark.parametrize("dash", "‐‑‒–—―−")
def test_dashes_match_the_hyphen_that_they_look_like(dash: str) -> None:
    assert plain(f"R2020{dash}1") == "r2020-1"


@pytest.mark.parametrize(
    ("cell", "column"),
    [
        ("R2020-\N{CYRILLIC CAPITAL LETTER ES}1", CODE),
        ("\N{CYRILLIC CAPITAL LETTER VE}RM", CODE),
        ("VR\N{GREEK CAPITAL LETTER MU}", CODE),
        ("p\N{CYRILLIC SMALL LETTER A}teikta", STATE),
        ("\N{CYRILLIC CAPITAL LETTER A}lytaus m. sav.", MUNICIPALITY),
        ("\N{RIGHT-TO-LEFT OVERRIDE}1-0202R", CODE),
        ("Tekstas \N{RIGHT-TO-LEFT OVERRIDE}sataks.", TEXT),
        ("1,234", VALUE),
        ("apie 12,345", VALUE),
    ],
)
def test_what_is_seen_otherwise_than_it_is_stored_is_ambiguous(cell: str, column: Column) -> None:
    assert refused(cell, column) == "value-ambiguous"


@pytest.mark.parametrize("text", ["Иванова рассказала", "\N{LEFT-TO-RIGHT MARK}Tekstas", "m²"])
def test_words_of_a_text_are_kept_in_any_alphabet(text: str) -> None:
    assert parse(text, TEXT, LISTS) == text


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("0,234", 0.234),
        ("1 234,567", 1234.567),
        ("1234,567", 1234.567),
        ("12,34", 12.34),
        ("−5", -5),
        ("1\N{FIGURE SPACE}234", 1234),
        ("1\N{ZERO WIDTH SPACE}2", 12),
    ],
)
def test_a_number_that_can_be_one_thing_only(cell: str, value: float) -> None:
    assert parse(cell, VALUE, LISTS) == Marked(value, "")


@pytest.mark.parametrize(
    ("cell", "column"),
    [("١٢", VALUE), ("１２", VALUE), ("12¹", VALUE), ("1.234", VALUE), ("1'234", VALUE)],
)
def test_figures_of_other_scripts_and_separators_are_no_number(cell: str, column: Column) -> None:
    assert refused(cell, column) == "value-not-a-number"


def test_figures_of_other_scripts_are_no_year_and_no_date() -> None:
    assert refused("٢٠٢٠", YEAR) == "value-not-a-year"
    assert refused("٢٠٢٠-٠٩-٠١", DAY) == "value-not-a-date"
    assert parse("2020\N{ZERO WIDTH SPACE}", YEAR, LISTS) == 2020
