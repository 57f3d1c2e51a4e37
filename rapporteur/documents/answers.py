"""One answer as people read it: headings and labels in their language, on screen and in Excel.

Pages show `readable(...)` and offer `workbook(...)` of the same answer, so that what is seen is
what is exported: same rows, same order, same values and marks.
"""

import datetime
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from rapporteur.delivery.loading import WrongUse
from rapporteur.documents import apart
from rapporteur.documents.columns import (
    FILTER_HEADINGS,
    FILTER_LISTS,
    HEADINGS,
    HEADINGS_IN,
    LISTS,
    MARKS,
    MEANINGS,
    MEANINGS_IN,
    form_of,
)
from rapporteur.documents.native_charts import chart_of
from rapporteur.documents.workbook import Export, ExportColumn, write_workbook
from rapporteur.translations import later, translator
from rapporteur.warehouse.questions import question
from rapporteur.warehouse.reading import TIME_ZONE, Parameters, Warehouse

# Columns of a source: as questions call them, and as a file's sheet of sources does.
_SOURCE_COLUMNS = {
    "source": "code",
    "source_title": "title",
    "source_publisher": "publisher",
    "source_dated": "date",
    "source_url": "link",
    "source_delivery": "delivery",
}
# Columns that tell one source from another: two deliveries may use one code.
_IDENTITY = ["delivery", "code"]
# Columns that hold codes of documents, and where their titles stand.
_DOCUMENT_COLUMNS = {
    "document": "document_title",
    "earlier_document": "earlier_document_title",
    "later_document": "later_document_title",
}
_MOST_IN_TITLE = 5
# Question and filter: the column that names every code by which the filter finds a row.
_NAMING = {("recommendations/register", "institution"): "addressees"}
Labels = Mapping[tuple[str, str], tuple[str, str]]


@dataclass(frozen=True)
class Answer:
    """An answer to be read: the frame with values as shown, and what each column is called."""

    name: str
    data: pd.DataFrame
    headings: Mapping[str, str]


@dataclass(frozen=True)
class Definition:
    """What a question counts, told to readers: its header in their language."""

    purpose: str
    columns: tuple[tuple[str, str], ...]
    """Heading and meaning of each column."""
    parameters: tuple[tuple[str, str], ...]
    """Name and meaning of each filter, as an address and a command call it."""


def definition(name: str, language: str) -> Definition:
    """The definition of a question, as its own header gives it. Raises UnknownQuestion."""
    translate = translator(language).gettext
    return Definition(
        translate(question(name).purpose),
        tuple(
            (heading(name, base, language), translate(question(name).columns[column]))
            for column, base in _in_language(question(name).columns, language)
        ),
        tuple(
            (parameter, translate(meant)) for parameter, meant in question(name).parameters.items()
        ),
    )


def meaning(code: str, language: str, column: str | None = None) -> str | None:
    """What a state, a mark or a code of a column means; None where it needs no explanation."""
    found = MEANINGS_IN.get((column or "", code)) or MEANINGS.get(code) or MARKS.get(code)
    return translator(language).gettext(found) if found else None


def labels(warehouse: Warehouse, as_of: datetime.date) -> Labels:
    """(list, code) → Lithuanian and English label, of every list."""
    _, rows = warehouse.rows("overview/labels", as_of=as_of)
    return {(name, code): (label_lt, label_en) for name, code, label_lt, label_en in rows}


def label(known: Labels, lists: Iterable[str], code: str, language: str) -> str:
    """The label of a code, or the code itself where no list has it."""
    for name in lists:
        found = known.get((name, code))
        if found:
            return found[language == "en"]
    return code


def heading(name: str, column: str, language: str) -> str:
    """What a column of a question is called. Raises KeyError for one without a heading."""
    message = HEADINGS_IN.get((name, column)) or HEADINGS[column]
    return translator(language).gettext(message)


def readable(name: str, data: pd.DataFrame, known: Labels, language: str) -> Answer:
    """The answer to a question with labels for codes, one language, and lists as text.

    Of a column and its `_en` twin the one of the language stays, under the column's name. Counts
    and years stay integers, dates dates; yes and no become words.
    """
    columns = {}
    for column, base in _in_language(data.columns, language):
        values = data[column]
        lists = LISTS.get(base, ())
        if lists or any(map(_is_list, values)):
            values = values.map(lambda value, lists=lists: _text(value, known, lists, language))
        elif pd.api.types.infer_dtype(values) == "boolean":
            # Where some are missing, too: those stay missing.
            words = {truth: _yes_or_no(truth, language) for truth in (True, False)}
            values = values.astype(object).map(words)
        columns[base] = values
    frame = pd.DataFrame(columns, index=data.index)
    return Answer(name, frame, {column: heading(name, column, language) for column in columns})


def _in_language(columns: Iterable[str], language: str) -> list[tuple[str, str]]:
    """Of a column and its `_en` or `_lt` twin the one of the language, each with its bare name."""
    known = list(columns)
    chosen = []
    for column in known:
        base = column.removesuffix("_en").removesuffix("_lt")
        twins = {f"{base}_en", f"{base}_lt", base} & set(known)
        if language == "en":
            wanted = f"{base}_en"
        else:
            wanted = f"{base}_lt" if f"{base}_lt" in twins else base
        if len(twins) == 1 or column == wanted:
            chosen.append((column, base))
    return chosen


def _yes_or_no(value: bool, language: str) -> str:
    return translator(language).gettext(later("yes") if value else later("no"))


def _is_list(value: object) -> bool:
    return isinstance(value, Iterable) and not isinstance(value, str | bytes)


def _text(value: object, known: Labels, lists: Sequence[str], language: str) -> str | None:
    if isinstance(value, str):
        return label(known, lists, value, language)
    if value is None or value is pd.NA or (isinstance(value, float) and value != value):
        return None
    if pd.api.types.is_bool(value):
        return _yes_or_no(bool(value), language)
    if isinstance(value, Iterable):
        return (
            "; ".join(filter(None, (_text(member, known, lists, language) for member in value)))
            or None
        )
    return str(value)


def export(
    warehouse: Warehouse,
    name: str,
    parameters: Parameters | None,
    *,
    as_of: datetime.date,
    made_at: datetime.datetime,
    language: str,
    link: str | None = None,
    each: str | None = None,
) -> Export:
    """Everything that the Excel file of an answer holds. Raises as `Warehouse.ask` does.

    `each` is a parameter whose values get a sheet each, beside the sheet of the whole answer: the
    answer as it is with that value alone. Raises WrongUse for a parameter that is no list of codes.
    """
    translate = translator(language).gettext
    known = labels(warehouse, as_of)
    raw = warehouse.ask(name, parameters, as_of=as_of)
    answer = readable(name, raw, known, language)
    described = question(name).columns
    columns = tuple(
        ExportColumn(
            column,
            answer.headings[column],
            translate(described.get(column) or described.get(f"{column}_{language}", column)),
            form_of(column),
        )
        for column in answer.headings
    )
    of_each: dict[str, pd.DataFrame] = {}
    if each is not None:
        of_each = _of_each(warehouse, name, parameters, each, known, as_of, raw)
    whole = pd.concat([raw, *of_each.values()], ignore_index=True) if of_each else raw
    return Export(
        name=name,
        title=translate(question(name).purpose),
        data=answer.data,
        columns=columns,
        filters=(
            *_filters(name, parameters, known, as_of, made_at, language, link),
            *_left_out(warehouse, name, parameters, known, as_of, language),
        ),
        definitions=(
            *_meanings(whole, known, language),
            *((code, _alone(str(each), code, known, language)) for code in of_each),
        ),
        sources=_sources(warehouse, name, whole, parameters, as_of),
        language=language,
        made_at=made_at,
        data_version=warehouse.generation.stem,
        chart=chart_of(
            name,
            raw,
            answer.data,
            answer.headings,
            translate(question(name).purpose),
            chosen=_chosen_in_short(name, parameters, known, language),
            language=language,
        ),
        parts={code: readable(name, data, known, language).data for code, data in of_each.items()},
    )


def _of_each(
    warehouse: Warehouse,
    name: str,
    parameters: Parameters | None,
    each: str,
    known: Labels,
    as_of: datetime.date,
    raw: pd.DataFrame,
) -> dict[str, pd.DataFrame]:
    """The answer for each value of a parameter alone; those without rows are left out.

    `raw` is the answer for all of them.
    """
    lists = FILTER_LISTS.get(each, ())
    if each not in question(name).parameters or not lists:
        raise WrongUse(
            later("“{name}” is no list of codes by which {question} can be asked."),
            name=each,
            question=name,
        )
    chosen = (parameters or {}).get(each)
    codes = [code for list_name, code in known if list_name in lists]
    if chosen is not None:
        wanted = [chosen] if isinstance(chosen, str | int) else list(chosen)
        codes = [code for code in codes if code in map(str, wanted)]
    if column := _NAMING.get((name, each)):
        # Of those whom the whole answer does not name, none has a row: they need not be asked for.
        named = set(raw[column].dropna().explode())
        codes = [code for code in codes if code in named]
    found = {}
    # Decomposed, a letter with a mark stands behind all that begin with the bare letter.
    for code in sorted(codes, key=lambda code: unicodedata.normalize("NFD", code)):
        data = warehouse.ask(name, {**(parameters or {}), each: [code]}, as_of=as_of)
        if len(data):
            found[code] = data
    return found


def _alone(each: str, code: str, known: Labels, language: str) -> str:
    """What a sheet of one value holds."""
    sentence = translator(language).gettext(
        later("a sheet of its own: the answer for {name} alone")
    )
    return sentence.format(name=label(known, FILTER_LISTS[each], code, language))


def workbook(
    warehouse: Warehouse,
    name: str,
    parameters: Parameters | None,
    *,
    as_of: datetime.date,
    made_at: datetime.datetime,
    language: str,
    link: str | None = None,
    each: str | None = None,
) -> bytes:
    """The answer to a question as an Excel file. Raises as `export` does."""
    return write_workbook(
        export(
            warehouse,
            name,
            parameters,
            as_of=as_of,
            made_at=made_at,
            language=language,
            link=link,
            each=each,
        )
    )


def _filters(
    name: str,
    parameters: Parameters | None,
    known: Labels,
    as_of: datetime.date,
    made_at: datetime.datetime,
    language: str,
    link: str | None,
) -> tuple[tuple[str, str], ...]:
    translate = translator(language).gettext
    rows = [(translate(later("Question")), name)]
    for called, words in _chosen(name, parameters, known, language):
        rows.append((called, "; ".join(words) or translate(later("all"))))
    rows.append((translate(later("Data as of")), as_of.isoformat()))
    rows.append(
        (
            translate(later("File made at")),
            made_at.astimezone(TIME_ZONE).strftime("%Y-%m-%d %H:%M"),
        )
    )
    if link:
        rows.append((translate(later("Link to the page")), link))
    return tuple(rows)


def _left_out(
    warehouse: Warehouse,
    name: str,
    parameters: Parameters | None,
    known: Labels,
    as_of: datetime.date,
    language: str,
) -> list[tuple[str, str]]:
    """Figures that the rows do not hold, as they are told broken down further only."""
    asked = question(name).leaves_out
    if asked is None:
        return []
    found = apart.sentences(warehouse.ask(asked, parameters, as_of=as_of), known, language)
    called = translator(language).gettext(apart.NOT_IN_ROWS)
    return [(called, sentence) for sentence in found]


def _chosen(
    name: str, parameters: Parameters | None, known: Labels, language: str
) -> list[tuple[str, list[str]]]:
    """What each filter of a question is called, and what is chosen of it, in words."""
    chosen = []
    for parameter in question(name).parameters:
        value = (parameters or {}).get(parameter)
        members = [value] if isinstance(value, str | int) else list(value or ())
        lists = FILTER_LISTS.get(parameter, ())
        # A filter says names where a column has codes.
        called = FILTER_HEADINGS.get(parameter)
        chosen.append(
            (
                translator(language).gettext(called)
                if called
                else heading(name, parameter, language),
                [label(known, lists, str(member), language) for member in members],
            )
        )
    return chosen


def _chosen_in_short(name: str, parameters: Parameters | None, known: Labels, language: str) -> str:
    """What is chosen, for the title of a chart; a long list is left to the sheet of filters."""
    return "; ".join(
        f"{called}: {', '.join(words)}"
        for called, words in _chosen(name, parameters, known, language)
        if 0 < len(words) <= _MOST_IN_TITLE
    )


def _meanings(data: pd.DataFrame, known: Labels, language: str) -> tuple[tuple[str, str], ...]:
    """The states and marks that stand in an answer, each with what it means."""
    translate = translator(language).gettext
    found: dict[str, str] = {}
    for column in data.columns:
        if column.endswith("mark"):
            for mark in data[column].dropna().unique():
                if mark in MARKS:
                    found[str(mark)] = translate(MARKS[mark])
        elif column in LISTS:
            for code in data[column].dropna().explode().unique():
                meant = MEANINGS_IN.get((column, code)) or MEANINGS.get(code)
                if meant:
                    found[label(known, LISTS[column], code, language)] = translate(meant)
    return tuple(found.items())


def _sources(
    warehouse: Warehouse,
    name: str,
    data: pd.DataFrame,
    parameters: Parameters | None,
    as_of: datetime.date,
) -> pd.DataFrame:
    """Each source once: those of the rows, of what they count, then the deliveries behind all."""
    found = [_cited(data)]
    if rests_on := question(name).rests_on:
        shared = {
            parameter: value
            for parameter, value in (parameters or {}).items()
            if parameter in question(rests_on).parameters
        }
        if "recommendation" in question(rests_on).parameters and "recommendation" in data:
            # Whatever else was filtered by, these are the ones that the rows are of.
            shared["recommendation"] = data["recommendation"].unique().tolist()
        found.append(_cited(warehouse.ask(rests_on, shared, as_of=as_of)))
    cited = pd.concat(found, ignore_index=True)
    if len(cited):
        cited = _completed(cited, warehouse, as_of)
    columns, rows = warehouse.rows("overview/deliveries", as_of=as_of)
    delivered = pd.DataFrame(rows, columns=columns)
    every = pd.concat([cited, delivered], ignore_index=True).drop_duplicates(_IDENTITY)
    # Where several have one code, the delivery stands before it, as in an address.
    of_several = every["code"].duplicated(keep=False) & every["delivery"].notna()
    every.loc[of_several, "code"] = (
        every.loc[of_several, "delivery"] + ":" + every.loc[of_several, "code"]
    )
    columns = [column for column in _SOURCE_COLUMNS.values() if column != "delivery"]
    return every.reindex(columns=columns).astype(object)


def _completed(cited: pd.DataFrame, warehouse: Warehouse, as_of: datetime.date) -> pd.DataFrame:
    """Each source and document once, with what its own list says where the rows do not."""
    codes = cited["code"].unique().tolist()
    told = warehouse.ask("methodology/sources", {"source": codes}, as_of=as_of)
    told = told.rename(columns={"source": "code", "dated": "date", "url": "link"}).astype(object)
    # A column of documents names no delivery: their codes are defined by one alone.
    documents = told[told["is_document"].astype(bool)].set_index("code")["delivery"]
    cited = cited.assign(delivery=cited["delivery"].fillna(cited["code"].map(documents)))
    cited = cited.drop_duplicates(_IDENTITY).set_index(_IDENTITY)
    known = told.set_index(_IDENTITY)[["title", "publisher", "date", "link"]]
    return cited.fillna(known).reset_index()


def _cited(data: pd.DataFrame) -> pd.DataFrame:
    """The sources and documents that rows name, each with what the rows say of it."""
    if "source_delivery" not in data.columns:  # the list of sources itself
        data = data.rename(columns={"delivery": "source_delivery"})
    pieces = [data.reindex(columns=list(_SOURCE_COLUMNS)).rename(columns=_SOURCE_COLUMNS)]
    for code, title in _DOCUMENT_COLUMNS.items():
        if code in data.columns:
            pieces.append(
                data.reindex(columns=[code, title]).rename(columns={code: "code", title: "title"})
            )
    every = pd.concat([piece.astype(object) for piece in pieces], ignore_index=True)
    return every.dropna(subset="code").drop_duplicates(_IDENTITY)
