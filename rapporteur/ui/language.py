"""Which language the reader has chosen, and texts in it."""

import datetime
from collections.abc import Iterable
from decimal import Decimal

import streamlit as st

from rapporteur import translations
from rapporteur.translations import LANGUAGES

DEFAULT = LANGUAGES[0]

# Where `filters.language_switch` keeps the choice, as the URL loses it on the way to another page.
REMEMBERED = "language"


def current_language() -> str:
    """The language of this run: the URL's `lang`, else the one chosen before, else Lithuanian."""
    for code in (st.query_params.get("lang"), st.session_state.get(REMEMBERED)):
        if code in LANGUAGES:
            return str(code)
    return DEFAULT


def text(message: str) -> str:
    """An English message of the code in the reader's language."""
    return translations.translator(current_language()).gettext(message)


def plural(singular: str, plural_form: str, n: int) -> str:
    """The form of a message that goes with `n`; Lithuanian has three."""
    return translations.translator(current_language()).ngettext(singular, plural_form, n)


def form_of(forms: str, n: int) -> str:
    """Of forms apart by “|”, as data give them, the one that goes with `n` in this language."""
    apart = forms.split("|")
    chosen = translations.translator(current_language()).plural(n)  # type: ignore[attr-defined]
    return apart[min(int(chosen), len(apart) - 1)]


def number(value: float | Decimal, digits: int | None = None) -> str:
    """A number with the reader's separators."""
    return translations.format_number(value, current_language(), digits)


def years_told(years: Iterable[int]) -> str:
    """Years as people list them, three and more in a row by their ends: “2009, 2010, 2013–2015”."""
    runs: list[list[int]] = []
    for year in sorted(set(years)):
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(
        f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs
    )


def period(years: Iterable[int]) -> str:
    """The years from the first to the last, as the line beneath a title says them."""
    known = sorted({int(year) for year in years})
    if len(known) < 2:
        return text("{year}").format(year=known[0]) if known else ""
    return text("{first}–{last}").format(first=known[0], last=known[-1])


def share(value: float | Decimal, digits: int = 0) -> str:
    """A share between 0 and 1 as a percentage."""
    return translations.format_share(value, current_language(), digits)


def shares(low: float | Decimal, high: float | Decimal) -> str:
    """Two shares between 0 and 1 as the ends of a range of percentages."""
    return text("{low}–{high}%").format(low=number(100 * low, 0), high=number(100 * high, 0))


def date(value: datetime.date) -> str:
    """A day written out in the reader's language."""
    return translations.format_day(value, current_language())
