"""The door through which pages reach the data: answered once per generation, day and filter.

A run of a page reads one generation on one day, from its first question to the last file that its
buttons make, whatever is loaded meanwhile.
"""

import datetime
import functools
from collections.abc import Callable, Mapping, Sequence
from contextvars import ContextVar
from pathlib import Path
from typing import Final, ParamSpec

import pandas as pd
import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from rapporteur import settings
from rapporteur.delivery import (
    handing_back,
    loading,
    recording,
    requesting,
    stored_codes,
    versions,
)
from rapporteur.delivery.recording import Judgement
from rapporteur.delivery.versions import Comparison
from rapporteur.documents import answers, protocol, report
from rapporteur.documents.answers import Answer, Definition, Labels
from rapporteur.ui.language import current_language
from rapporteur.warehouse import generations, history
from rapporteur.warehouse.former_codes import UnknownCode
from rapporteur.warehouse.generations import WarehouseError
from rapporteur.warehouse.history import Version
from rapporteur.warehouse.reading import Warehouse, today

Filters = Mapping[str, str | int | Sequence[str | int] | None]

_P = ParamSpec("_P")
_KEPT: Final = "door:pinned"


class _Pinned:
    """The day of a run of a page, and the generation that is current at its first question."""

    def __init__(self) -> None:
        self.target = settings.database()
        self.day = today(settings.now())

    @functools.cached_property
    def warehouse(self) -> Warehouse | None:
        """The generation, opened; None where nothing was loaded yet.

        Held open, it can be read to the end though its file is removed by later loads.
        """
        generation = generations.current(self.target)
        return None if generation is None else _opened(generation, self.target)

    def is_partly_destroyed(self) -> bool:
        """Tell whether a later purge destroyed a version that this generation still holds."""
        generation = generations.current(self.target)
        if self.warehouse is None or generation in (None, self.warehouse.generation):
            return False
        newest = max(self.warehouse.history(), default=0)
        with loading.opened(self.target) as warehouse:
            later = [one for one in warehouse.history().values() if one.number > newest]
        return any(one.action == "purge" for one in later)


# Set while a button makes its file: the run that drew the button is over by then.
_DRAWN_WITH: ContextVar[_Pinned | None] = ContextVar("drawn_with", default=None)


def begin() -> None:
    """Begin a run of a page: it reads what is current from its first question on."""
    st.session_state.pop(_KEPT, None)


def _pinned() -> _Pinned:
    """The generation and day that this run reads; outside of any run, those current now."""
    if drawn_with := _DRAWN_WITH.get():
        return drawn_with
    if get_script_run_ctx(suppress_warning=True) is None:
        return _Pinned()
    if _KEPT not in st.session_state:
        st.session_state[_KEPT] = _Pinned()
    pinned: _Pinned = st.session_state[_KEPT]
    return pinned


def as_drawn(make: Callable[_P, bytes], *args: _P.args, **kwargs: _P.kwargs) -> Callable[[], bytes]:
    """A function that makes a button's file when it is pressed, from the data that its page shows.

    The file cannot be made, with a WarehouseError, once some of those data were destroyed by a
    purge.
    """
    pinned = _pinned()
    _ = pinned.warehouse  # pinned by now, though the page asked nothing else

    def made() -> bytes:
        if pinned.is_partly_destroyed():
            raise WarehouseError(
                "Dalis šio puslapio duomenų vėliau sunaikinta; atverkite puslapį iš naujo "
                "(some data of this page were destroyed since; open the page again)."
            )
        token = _DRAWN_WITH.set(pinned)
        try:
            return make(*args, **kwargs)
        finally:
            _DRAWN_WITH.reset(token)

    return made


def has_data() -> bool:
    """Whether anything was loaded yet.

    Raises WarehouseError when the database is broken, SettingError for a mode that does not exist.
    """
    settings.mode()
    return _pinned().warehouse is not None


def ask(name: str, **filters: str | int | Sequence[str | int] | None) -> pd.DataFrame:
    """Answer queries/<name>.sql with these filters; null means all. Do not change the frame."""
    # What is null is as if it were not there, and is not asked anew for that.
    frozen = tuple(
        (key, tuple(value) if isinstance(value, list) else value)
        for key, value in sorted(filters.items())
        if value is not None
    )
    warehouse = _warehouse()
    return _answer(warehouse, warehouse.generation, day(), name, frozen)


def read(name: str, data: pd.DataFrame) -> Answer:
    """An answer of `ask`, or rows of one, as the reader sees it: labels for codes, headings."""
    return answers.readable(name, data, known_labels(), current_language())


def definition(name: str) -> Definition:
    """What a question counts and what each of its columns means, in the reader's language."""
    return answers.definition(name, current_language())


def heading(name: str, column: str) -> str:
    """What a column of a question is called in the reader's language."""
    return answers.heading(name, column, current_language())


def known_labels() -> Labels:
    """The labels of all codes."""
    warehouse = _warehouse()
    return _labels(warehouse, warehouse.generation, day())


def label(list_name: str, code: str) -> str:
    """The label of a code in the reader's language."""
    return answers.label(known_labels(), (list_name,), code, current_language())


def excel(name: str, filters: Filters, link: str, language: str, each: str | None = None) -> bytes:
    """The Excel file of an answer, with a sheet for each value of `each`.

    Takes the language: it runs after the page is done.
    """
    return answers.workbook(
        _warehouse(),
        name,
        filters,
        as_of=day(),
        made_at=settings.now(),
        language=language,
        link=link,
        each=each,
    )


def report_document(year: int, options: Sequence[str]) -> bytes:
    """The report on the recommendations made in a year, for Word. Raises WrongUse for none."""
    return report.report(_warehouse(), year, as_of=day(), options=options)


def protocol_document(code: str) -> bytes:
    """The protocol of the Government with the measures of a document, for Word."""
    return protocol.protocol(_warehouse(), code, as_of=day())


def undeclined(code: str) -> list[str]:
    """Whose names in the dative are missing, without which there is no protocol for Word."""
    return protocol.undeclined(_warehouse(), code, as_of=day())


def datives() -> dict[str, str]:
    """The names of institutions in the dative, by code, where they are given."""
    named = ask("institutions/named")
    given = named[named["dative"].notna()]
    return dict(zip(given["code"], given["dative"], strict=True))


def recorded_judgement(
    recommendation: str, part: str | None, institution: str | None, year: int
) -> tuple[Judgement | None, str | None]:
    """The judgement of that key that was loaded or recorded last and its delivery, if any."""
    key = (recommendation, part, institution, year)
    return recording.recorded(_warehouse(), key, day())


def request_workbook(institution: str, year: int) -> bytes:
    """What an institution is asked in a year as a workbook to send. Raises WrongUse for nothing."""
    return requesting.workbook(_warehouse(), institution, year, as_of=day())


def request_batch(year: int) -> bytes:
    """The request workbooks of everybody who owes an answer, as one zip."""
    return requesting.batch(_warehouse(), year, as_of=day())


def municipality_batch(municipalities: Sequence[str], year: int) -> bytes:
    """The request workbooks of these municipalities, as one zip."""
    return requesting.municipality_batch(_warehouse(), municipalities, year, as_of=day())


def labels_of(list_name: str) -> dict[str, str]:
    """Every code of a list with its label in the reader's language."""
    place = current_language() == "en"
    return {
        code: labels[place] for (name, code), labels in known_labels().items() if name == list_name
    }


def generation_name() -> str:
    """The name of the generation that this run reads; empty when nothing is loaded."""
    warehouse = _pinned().warehouse
    return warehouse.generation.name if warehouse else ""


def original(version: int, name: str) -> bytes:
    """A file of a version as it was delivered. Raises WarehouseError when it is gone."""
    content = _warehouse().file(version, name)
    if content is None:
        raise WarehouseError(f"{name}: failo nebėra (the file is gone).")
    return content


def handed_back(delivery: str) -> bytes:
    """A delivery as a workbook that loads again unchanged. Raises WrongUse for none."""
    return handing_back.workbook(_warehouse(), delivery, day())


def comparison(first: int, second: int | None = None, *, most: int) -> Comparison:
    """The differences between versions, as `versions.diff` tells them."""
    return versions.diff(_warehouse(), first, second, most=most)


def last_version(delivery: str) -> int | None:
    """The number of the last version of a delivery, whatever it did; None without one."""
    last = last_change(delivery)
    return last.number if last else None


def last_change(delivery: str) -> Version | None:
    """The last version of a delivery; None without one."""
    return history.newest(_warehouse().history(), delivery)


def version_before(version: int) -> int | None:
    """The version that was current of a delivery before this one; None for nothing."""
    known = _warehouse().history()
    before = history.before(known, known[version])
    return before.number if before and not before.purged_by else None


def unknown_codes() -> list[UnknownCode]:
    """The codes in current rows that no list knows."""
    pinned = _pinned()
    if pinned.warehouse is None:
        return []
    return _unknown(pinned.warehouse, pinned.warehouse.generation, pinned.day)


def day() -> datetime.date:
    """The day for which this run asks: by the office's calendar, the day on which it began."""
    return _pinned().day


def _warehouse() -> Warehouse:
    warehouse = _pinned().warehouse
    if warehouse is None:
        raise WarehouseError("Duomenų dar neįkelta (nothing is loaded yet).")
    return warehouse


@st.cache_resource(max_entries=2, show_spinner=False)
def _opened(generation: Path, target: Path) -> Warehouse:
    # The generation is the cache's key: a new load is opened by the next run. Where the pointer has
    # moved on just now, or the generation is rebuilt, another one is opened, and that is pinned.
    return loading.open_renewed(target)


@st.cache_data(max_entries=256, show_spinner=False)
def _answer(
    _asked: Warehouse,
    generation: Path,
    day: datetime.date,
    name: str,
    filters: tuple[tuple[str, str | int | Sequence[str | int] | None], ...],
) -> pd.DataFrame:
    # An argument that begins with _ is no part of the cache's key; the generation stands for it.
    return _asked.ask(name, dict(filters), as_of=day)


@st.cache_resource(max_entries=2, show_spinner=False)
def _labels(_asked: Warehouse, generation: Path, day: datetime.date) -> Labels:
    return answers.labels(_asked, day)


@st.cache_resource(max_entries=2, show_spinner=False)
def _unknown(_asked: Warehouse, generation: Path, day: datetime.date) -> list[UnknownCode]:
    return stored_codes.unknown(_asked, day)
