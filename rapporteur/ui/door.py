"""The door through which pages reach the data: answered once per generation, day and filter."""

import datetime
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd
import streamlit as st

from rapporteur import settings
from rapporteur.delivery import loading, recording, requesting
from rapporteur.delivery.recording import Judgement
from rapporteur.documents import answers, protocol, report
from rapporteur.documents.answers import Answer, Definition, Labels
from rapporteur.ui.language import current_language
from rapporteur.warehouse import generations, history
from rapporteur.warehouse.generations import WarehouseError
from rapporteur.warehouse.reading import Warehouse, today

Filters = Mapping[str, str | int | Sequence[str | int] | None]


# What a page cannot work without, told in one sentence to whoever looks after the dashboard.


def has_data() -> bool:
    """Whether anything was loaded yet.

    Raises WarehouseError when the database is broken, SettingError for a mode that does not exist.
    """
    settings.mode()
    return generations.current(settings.database()) is not None


def ask(name: str, **filters: str | int | Sequence[str | int] | None) -> pd.DataFrame:
    """Answer queries/<name>.sql with these filters; null means all. Do not change the frame."""
    # What is null is as if it were not there, and is not asked anew for that.
    frozen = tuple(
        (key, tuple(value) if isinstance(value, list) else value)
        for key, value in sorted(filters.items())
        if value is not None
    )
    return _answer(_generation(), day(), name, frozen)


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
    return _labels(_generation(), day())


def label(list_name: str, code: str) -> str:
    """The label of a code in the reader's language."""
    return answers.label(known_labels(), (list_name,), code, current_language())


def excel(name: str, filters: Filters, link: str, language: str, each: str | None = None) -> bytes:
    """The Excel file of an answer, with a sheet for each value of `each`.

    Takes the language: it runs after the page is done.
    """
    return answers.workbook(
        _warehouse(_generation()),
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
    return report.report(_warehouse(_generation()), year, as_of=day(), options=options)


def protocol_document(code: str) -> bytes:
    """The protocol of the Government with the measures of a document, for Word."""
    return protocol.protocol(_warehouse(_generation()), code, as_of=day())


def undeclined(code: str) -> list[str]:
    """Whose names in the dative are missing, without which there is no protocol for Word."""
    return protocol.undeclined(_warehouse(_generation()), code, as_of=day())


def datives() -> dict[str, str]:
    """The names of institutions in the dative, by code, where they are given."""
    named = ask("institutions/named")
    given = named[named["dative"].notna()]
    return dict(zip(given["code"], given["dative"], strict=True))


def recorded_judgement(
    recommendation: str, part: str | None, institution: str | None, year: int
) -> Judgement | None:
    """The judgement of that key that was loaded or recorded last; None without one."""
    key = (recommendation, part, institution, year)
    return recording.recorded(_warehouse(_generation()), key, day())


def request_workbook(institution: str, year: int) -> bytes:
    """What an institution is asked in a year as a workbook to send. Raises WrongUse for nothing."""
    return requesting.workbook(settings.database(), institution, year, as_of=day())


def request_batch(year: int) -> bytes:
    """The request workbooks of everybody who owes an answer, as one zip."""
    return requesting.batch(settings.database(), year, as_of=day())


def municipality_batch(municipalities: Sequence[str], year: int) -> bytes:
    """The request workbooks of these municipalities, as one zip."""
    return requesting.municipality_batch(settings.database(), municipalities, year, as_of=day())


def labels_of(list_name: str) -> dict[str, str]:
    """Every code of a list with its label in the reader's language."""
    place = current_language() == "en"
    return {
        code: labels[place] for (name, code), labels in known_labels().items() if name == list_name
    }


def generation_name() -> str:
    """What is loaded by now, told apart from what was before; empty when nothing is."""
    generation = generations.current(settings.database())
    return generation.name if generation else ""


def original(version: int, name: str) -> bytes:
    """A file of a version as it was delivered. Raises WarehouseError when it is gone."""
    content = _warehouse(_generation()).file(version, name)
    if content is None:
        raise WarehouseError(f"{name}: failo nebėra (the file is gone).")
    return content


def version_of(delivery: str) -> int | None:
    """The current version of a delivery; None without one."""
    version = ask("overview/delivery", delivery=delivery)["version"]
    return int(version.iloc[0]) if len(version) else None


def version_before(version: int) -> int | None:
    """The version that was current of a delivery before this one; None for nothing."""
    known = _warehouse(_generation()).history()
    before = history.before(known, known[version])
    return before.number if before and not before.purged_by else None


def day() -> datetime.date:
    """Today, by the office's calendar: the day for which pages ask."""
    return today(settings.now())


def _generation() -> Path:
    generation = generations.current(settings.database())
    if generation is None:
        raise WarehouseError("Duomenų dar neįkelta (nothing is loaded yet).")
    return generation


@st.cache_resource(max_entries=2, show_spinner=False)
def _warehouse(generation: Path) -> Warehouse:
    # The generation is the cache's key: a new load is opened with the next interaction.
    return loading.open_renewed(settings.database())


@st.cache_data(max_entries=256, show_spinner=False)
def _answer(
    generation: Path,
    day: datetime.date,
    name: str,
    filters: tuple[tuple[str, str | int | Sequence[str | int] | None], ...],
) -> pd.DataFrame:
    return _warehouse(generation).ask(name, dict(filters), as_of=day)


@st.cache_resource(max_entries=2, show_spinner=False)
def _labels(generation: Path, day: datetime.date) -> Labels:
    return answers.labels(_warehouse(generation), day)
