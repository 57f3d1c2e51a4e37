"""Texts and numbers in the reader's language: gettext catalogues read once, Babel's formats.

Messages are written in English in the code; the file rapporteur.po of each language, under
assets/translations, says what they are there. `make messages` collects them from the code: every
literal given to `text`, `plural`, `later`, `gettext` or `ngettext`. Nothing here is process-wide,
because readers of different languages share one process.
"""

import datetime
import gettext
import io
import re
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from babel.dates import format_date
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent

from rapporteur.settings import ASSETS

LANGUAGES = ("lt", "en")

_LOCALES = {"lt": "lt_LT", "en": "en_GB"}

# No line may end between a number, or a gap for one, and what belongs to it. Catalogues are written
# with plain spaces, which can be seen and searched for.
_BOUND = re.compile(
    r"(?<=[\d}]) (?=(?:m|d|p|proc)\.|(?:MB|Eur)\b|\d{3}\b(?!,\d))"
    r"|(?<=\bNr\.) (?=[\d{])|(?<=\bp\.) (?=\d)"
)


def catalogue_path(language: str) -> Path:
    """The .po file of a language."""
    return ASSETS / "translations" / language / "LC_MESSAGES" / "rapporteur.po"


@lru_cache(maxsize=len(LANGUAGES))
def translator(language: str) -> gettext.NullTranslations:
    """The translations of one of LANGUAGES: `.gettext(message)`, `.ngettext(singular, plural, n)`.

    A message that the catalogue leaves empty stays English. Raises KeyError for another language.
    """
    with catalogue_path(_known(language)).open("rb") as file:
        return compiled(read_po(file, locale=language))


def compiled(catalogue: Catalog) -> gettext.NullTranslations:
    """A catalogue as translations in memory, without the messages that it leaves empty.

    A number keeps to its unit: „2020 m.“, „95 proc.“ and „100 000“ are held by no-break spaces.
    """
    for message in list(catalogue):
        if not message.id:
            continue
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        forms = tuple(_bound(str(form or "")) for form in strings)
        message.string = forms if isinstance(message.id, tuple) else forms[0]
        if not all(forms):
            catalogue.delete(message.id, message.context)
    binary = io.BytesIO()
    write_mo(binary, catalogue)
    binary.seek(0)
    return gettext.GNUTranslations(binary)


def _bound(words: str) -> str:
    return _BOUND.sub("\N{NO-BREAK SPACE}", words)


def later(message: str) -> str:
    """Mark a message for translation where the language is not known yet; returns it unchanged."""
    return message


@lru_cache(maxsize=4096)
def format_number(value: float | Decimal, language: str, digits: int | None = None) -> str:
    """A number as it is written in the language; `digits` fixes the number of decimals."""
    pattern = None if digits is None else "#,##0" + ("." + "0" * digits if digits else "")
    return str(format_decimal(value, format=pattern, locale=_LOCALES[language]))


def format_share(value: float | Decimal, language: str, digits: int = 0) -> str:
    """A share between 0 and 1 as a percentage, `digits` decimals: „40 proc.“, “40%”."""
    places = "." + "0" * digits if digits else ""
    written = str(format_percent(value, format=f"#,##0{places}%", locale=_LOCALES[language]))
    # Running text in Lithuanian has the abbreviation, as the intervals beside it do.
    return written.replace("%", "\N{NO-BREAK SPACE}proc.") if language == "lt" else written


def format_day(value: datetime.date, language: str) -> str:
    """A day written out: „2020 m. rugsėjo 1 d.“, “1 September 2020”."""
    return _bound(str(format_date(value, format="long", locale=_LOCALES[language])))


def _known(language: str) -> str:
    if language not in LANGUAGES:
        raise KeyError(language)
    return language
