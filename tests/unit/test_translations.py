"""Every message of the code is in both catalogues, complete and certain."""

import ast
import datetime
import string
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from rapporteur.settings import ROOT
from rapporteur.translations import (
    LANGUAGES,
    catalogue_path,
    compiled,
    format_day,
    translator,
)

KEYWORDS = {"text": None, "later": None, "gettext": None, "plural": (1, 2), "ngettext": (1, 2)}


def extracted() -> dict[str | tuple[str, ...], str]:
    """Message → a file that has it, as `make messages` finds them."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]
    found = extract_from_dir(
        ROOT,
        methods,
        options,
        KEYWORDS,
        directory_filter=lambda name: not Path(name).name.startswith((".", "var", "tests")),
    )
    return {message: name for name, _, message, _, _ in found}


def catalogue(language: str) -> Catalog:
    return read_po(BytesIO(catalogue_path(language).read_bytes()), locale=language)


def forms(message: Message) -> tuple[str, ...]:
    strings = message.string if isinstance(message.string, tuple) else (message.string,)
    return tuple(str(form or "") for form in strings)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_message_is_missing_and_none_is_left_over(language: str) -> None:
    in_code = extracted()
    known = {message.id for message in catalogue(language) if message.id}

    assert {m: f for m, f in in_code.items() if m not in known} == {}, "run `make messages`"
    assert known - in_code.keys() == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_message_is_empty_or_fuzzy(language: str) -> None:
    messages = [message for message in catalogue(language) if message.id]

    assert [m.id for m in messages if m.fuzzy] == []
    assert [m.id for m in messages if not all(forms(m))] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_fills_the_same_gaps(language: str) -> None:
    def gaps(sentence: str) -> set[str | None]:
        return {name for _, name, _, _ in string.Formatter().parse(sentence)} - {None}

    for message in catalogue(language):
        if message.id:
            ids = tuple(message.id) if isinstance(message.id, tuple) else (str(message.id),)
            wanted = set().union(*map(gaps, ids))
            for form in forms(message):
                assert gaps(form) <= wanted, form
                assert gaps(form) == wanted or isinstance(message.id, tuple), form


def test_lithuanian_has_three_forms() -> None:
    gettext = translator("lt").ngettext
    one, other = (
        "{delivery}: {count} problem, nothing was written.",
        "{delivery}: {count} problems, nothing was written.",
    )

    assert len({gettext(one, other, count) for count in (1, 2, 10)}) == 3
    assert gettext(one, other, 21) == gettext(one, other, 1)
    assert gettext(one, other, 11) == gettext(one, other, 10)


def test_an_empty_translation_falls_back_to_english() -> None:
    catalogue = Catalog(locale="lt")
    catalogue.add("Filled", "Užpildyta")
    catalogue.add("Empty", "")

    assert compiled(catalogue).gettext("Filled") == "Užpildyta"
    assert compiled(catalogue).gettext("Empty") == "Empty"


def test_no_message_hides_where_it_is_not_collected() -> None:
    """Messages inside an f-string are not seen by the collector, and would stay English."""
    hidden = []
    for path in [ROOT / "app.py", *ROOT.glob("pages/*.py"), *ROOT.glob("rapporteur/**/*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr):
                hidden += [
                    f"{path.name}:{call.lineno}"
                    for call in ast.walk(node)
                    if isinstance(call, ast.Call)
                    and getattr(call.func, "id", getattr(call.func, "attr", "")) in KEYWORDS
                ]

    assert hidden == []


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("{year} m.: {count} iš {whole}", "{year}~m.: {count} iš {whole}"),
        ("2003 m. balandžio 18 d. nutarimas Nr. 480", "2003~m. balandžio 18~d. nutarimas Nr.~480"),
        ("{low}–{high} proc. intervalas", "{low}–{high}~proc. intervalas"),
        (
            "veiklos 100 000 gyventojų, 7 rekomendacijos",
            "veiklos 100~000 gyventojų, 7 rekomendacijos",
        ),
        ("1940, p. 313–323; p {p}.", "1940, p.~313–323; p {p}."),
        ("iš 60 savivaldybių mieste", "iš 60 savivaldybių mieste"),
    ],
)
def test_a_number_keeps_to_its_unit(written: str, read: str) -> None:
    catalogue = Catalog(locale="lt")
    catalogue.add("One", written)
    catalogue.add(("Some", "Many"), (written, written, written))

    translations = compiled(catalogue)

    assert translations.gettext("One") == read.replace("~", "\N{NO-BREAK SPACE}")
    assert translations.ngettext("Some", "Many", 2) == translations.gettext("One")


def test_a_day_keeps_to_its_month() -> None:
    day = datetime.date(2020, 9, 1)

    assert format_day(day, "lt") == "2020\N{NO-BREAK SPACE}m. rugsėjo 1\N{NO-BREAK SPACE}d."
    assert format_day(day, "en") == "1 September 2020"
