"""The report on the implementation of a year's recommendations, as the office publishes it.

A Word document: a title and a table of two columns, REKOMENDACIJA and REZULTATAI, word for word.
What the rapporteur judges, and what continues a recommendation, stand in columns of their own, so
that they are never mistaken for what institutions said. Always Lithuanian.
"""

import datetime
import io
import textwrap
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, Final

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH

from rapporteur.delivery.loading import WrongUse
from rapporteur.documents import standing, word
from rapporteur.documents.palette import ANSWER_LOOKS, ASSESSMENT_LOOKS
from rapporteur.documents.standing import Standing
from rapporteur.documents.states import WITH_DATA, told_as_one
from rapporteur.translations import format_day, format_number, later, translator
from rapporteur.warehouse.reading import Warehouse

Row = Mapping[str, Any]

OPTIONS: Final = ("judgements", "coverage", "charts", "lineage", "sources")
"""What can be added to the office's own form: two of them are columns, the others come after."""

Labels = Mapping[tuple[str, str], str]
"""Lithuanian labels of codes, by the list and the code."""

NO_DATA: Final = "Duomenų šiuo klausimu nepateikta."
_NOT_WRITTEN: Final = "rezultatai dar neaprašyti"
_OF_OTHERS: Final = "duomenis pateikė ne adresatas"
_UNTIL: Final = "iki {day}"
# Words on a recommendation whose addressees are all in one state.
_TOLD_AS_ONE: Final[Mapping[str, str]] = {
    "pateikta": "duomenų pateikta, rezultatai dar neaprašyti",
    "laukiama": "atsakymo laukiama",
    "neminima": "neminima",
    "neprašyta": "duomenų neprašyta",
    "netaikoma": "netaikoma",
}
_TITLE: Final = (
    "{year} METAIS PATEIKTŲ INSTITUCIJOMS REKOMENDACIJŲ DĖL TOLESNĖS LIETUVOS RESPUBLIKOS PAŽANGOS "
    "KOVAI SU PREKYBA ŽMONĖMIS ĮGYVENDINIMO ATASKAITA"
)
# Options that tell more than the office's own words: the data behind them are dated.
_OF_THE_DATA: Final = frozenset({"coverage", "charts", "sources"})
# The report of 2020 was published with a misprint; its form is kept as it is.
_AS_PUBLISHED: Final = {2020: ("REKOMENDACIJŲ", "REKOMANDACIJŲ")}
_WIDTHS: Final[Mapping[int, tuple[float, ...]]] = {
    2: (7.0, 10.0),
    3: (7.7, 11.0, 7.0),
    4: (6.7, 9.0, 5.0, 5.0),
}


def report(
    warehouse: Warehouse, year: int, *, as_of: datetime.date, options: Collection[str] = ()
) -> bytes:
    """The report on the recommendations made in `year`, as they stand on the day `as_of`.

    `options` are some of OPTIONS. Raises WrongUse when no recommendation was made in that year.
    """

    def answer(question: str, **parameters: Any) -> list[Row]:
        columns, rows = warehouse.rows(question, parameters, as_of=as_of)
        return [dict(zip(columns, row, strict=True)) for row in rows]

    made = [row for row in answer("recommendations/register", year=year) if row["made_in"] == year]
    if not made:
        raise WrongUse(later("No recommendation made in {year} is known."), year=str(year))
    codes = [row["recommendation"] for row in made]
    answers = answer("implementation/answer_matrix", year=year, recommendation=codes)
    labels = {
        (name, code): label_lt
        for name, code, label_lt, _ in warehouse.rows("overview/labels", as_of=as_of)[1]
    }
    title = _TITLE.format(year=year).replace(*_AS_PUBLISHED.get(year, ("", "")))
    document = word.empty(title, as_of)
    word.add_heading(document, title, 1).alignment = WD_ALIGN_PARAGRAPH.CENTER
    links = answer("recommendations/lineage", recommendation=codes) if "lineage" in options else []
    _put_table(document, made, answers, links, labels, options)
    if "coverage" in options:
        # Counted are the rows of the table above: recommendations of other years count elsewhere.
        [counts] = answer("implementation/coverage", year=year, recommendation=codes)
        word.add_heading(document, "Duomenų aprėptis", 2)
        for words in _coverage(counts):
            word.add_paragraph(document, words)
    if "charts" in options:
        _put_charts(document, year, made, answers, labels)
    if "sources" in options:
        word.add_heading(document, "Šaltiniai", 2)
        for source in answer("implementation/sources", year=year, recommendation=codes):
            word.add_paragraph(document, _source(source), "List Bullet")
    if set(options) & _OF_THE_DATA:
        # The office's own form says nothing of the data that it is made from; what is added does.
        day = format_day(as_of, "lt")
        word.add_paragraph(document, f"Duomenų būklė: {day}, versija {warehouse.generation.stem}.")
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


# What is written ------------------------------------------------------------------------------


def _put_table(
    document: Document,
    made: Sequence[Row],
    answers: Sequence[Row],
    links: Sequence[Row],
    labels: Labels,
    options: Collection[str],
) -> None:
    """The table of the report: a row for each recommendation made, a column for each option."""
    headings = ["REKOMENDACIJA", "REZULTATAI"]
    if "judgements" in options:
        headings.append("NACIONALINIO PRANEŠĖJO VERTINIMAS")
    if "lineage" in options:
        headings.append("KAS TĘSIA")
    if len(headings) > 2:
        word.turn(document)
    table = word.add_table(document, headings)
    for row in made:
        of_it = [one for one in answers if one["recommendation"] == row["recommendation"]]
        cells = iter(table.add_row().cells)  # type: ignore[no-untyped-call]
        word.write(next(cells), [row["text"]])
        word.write(next(cells), list(row["results"] or _without_results(of_it, labels)))
        if "judgements" in options:
            word.write(next(cells), _judgement(row))
        if "lineage" in options:
            word.write(next(cells), _continued(row, links))
    word.set_widths(table, _WIDTHS[len(headings)])


def _without_results(rows: Sequence[Row], labels: Labels) -> list[str]:
    """Tell no more than is known of the answers where the report has no words of its own.

    `rows` are those of implementation/answer_matrix on the recommendation. Nobody's sentence is
    made up: brackets mark the place for whoever completes the report.
    """
    told = standing.standings(rows, name="institution_name")
    others = standing.given_by_others(rows, name="institution_name")
    beside = [f"[{_OF_OTHERS}: {'; '.join(others)}]"] if others else []
    if standing.is_silent(told):
        return [NO_DATA, *beside]
    if not told:
        return [f"[{_TOLD_AS_ONE['neprašyta']}]", *beside]
    shared = standing.shared_state(told)
    if shared is not None and shared in _TOLD_AS_ONE:
        term = next(one.due_on for one in told if one.state == shared)
        until = (
            f" {_UNTIL.format(day=format_day(term, 'lt'))}" if term and shared == "laukiama" else ""
        )
        return [f"[{_TOLD_AS_ONE[shared]}{until}]", *beside]
    has_data = any(one.state in WITH_DATA for one in told)
    return [*([f"[{_NOT_WRITTEN}]"] if has_data else []), *_one_by_one(told, labels), *beside]


def _one_by_one(told: Sequence[Standing], labels: Labels) -> list[str]:
    """The addressees in the order of their states, a paragraph for each."""
    order = list(ANSWER_LOOKS)
    return [
        "["
        + standing.in_words(
            one,
            lambda state: labels["answer_state", state],
            part="{part} dalis",
            until=_UNTIL,
            day=lambda day: format_day(day, "lt"),
        )
        + "]"
        for one in sorted(told, key=lambda one: order.index(one.state))
    ]


def _judgement(row: Row) -> list[str]:
    words = [str(row["assessment"])]
    if row["assessment_reason"]:
        words.append(str(row["assessment_reason"]))
    return words


def _continued(row: Row, links: Sequence[Row]) -> list[str]:
    """What continues it, and that the link is a reading until it is confirmed."""
    words = []
    for link in links:
        if link["earlier"] == row["recommendation"]:
            reading = "" if link["is_confirmed"] else " (pranešėjo nepatvirtinta)"
            words.append(f"{link['later_number']}. {link['later_text']}{reading}")
    return words or ["–"]


def _put_charts(
    document: Document,
    year: int,
    made: Sequence[Row],
    answers: Sequence[Row],
    labels: Labels,
) -> None:
    """Two pictures: the answers to each recommendation, and how far they are judged to be."""
    # Here, not above: what draws takes longer to be read than all of the commands together.
    from rapporteur.documents import pictures

    word.add_heading(document, "Diagramos", 2)
    asked = [row for row in answers if row["is_addressee"]]
    states = _states_of_addressees(asked)
    counts = {
        state: [
            sum(found == state for (code, _), found in states.items() if code == one)
            for one in (row["recommendation"] for row in made)
        ]
        for state in ANSWER_LOOKS
    }
    word.add_picture(
        document,
        pictures.stacked_bars(
            [_name(row) for row in made],
            counts,
            ANSWER_LOOKS,
            {state: labels["answer_state", state] for state in counts},
            unit="adresatų skaičius",
            width=word.PICTURE_WIDTH,
        ),
        f"{year} m. rekomendacijų adresatai pagal duomenų pateikimo būseną",
        _told(counts, lambda state: labels["answer_state", state]),
    )
    judged = {
        state: [sum(row["assessment"] == state for row in made)] for state in ASSESSMENT_LOOKS
    }
    words = {
        state: labels.get(("assessment", state)) or labels["assessment_missing", state]
        for state in judged
    }
    word.add_picture(
        document,
        pictures.stacked_bars(
            [f"{year} m."],
            judged,
            ASSESSMENT_LOOKS,
            words,
            unit="rekomendacijų skaičius",
            width=word.PICTURE_WIDTH,
        ),
        f"{year} m. rekomendacijos pagal nacionalinio pranešėjo vertinimą",
        _told(judged, words.__getitem__),
    )


def _name(row: Row) -> str:
    """A recommendation beside its bar: number and short title, in two lines at most."""
    words = f"{row['shown_number']}. {row['short'] or row['text']}"
    return "\n".join(textwrap.wrap(words, 34, max_lines=2, placeholder=" …"))


def _states_of_addressees(asked: Sequence[Row]) -> dict[tuple[str, str], str | None]:
    """The one state of each addressee of a recommendation, as the page draws it."""
    found: dict[tuple[str, str], list[tuple[str | None, str | None]]] = {}
    for row in asked:
        key = (row["recommendation"], row["institution"])
        found.setdefault(key, []).append((row["part"], row["state"]))
    return {key: told_as_one(items) for key, items in found.items()}


def _told(counts: Mapping[str, Sequence[int]], label: Callable[[str], str]) -> str:
    """What a chart of counts says, for those who do not see it."""
    told = [f"{label(state)}: {sum(each)}" for state, each in counts.items() if any(each)]
    return "; ".join(told) + "."


def _source(source: Row) -> str:
    known = (source["source_title"], source["source_publisher"], source["source_dated"])
    return ", ".join(filter(None, (*known, source["source_url"]))) + "."


def _coverage(counts: Row) -> list[str]:
    """Counts before shares, bounds where somebody is silent."""
    plural = translator("lt").ngettext

    def of(count: int) -> str:
        return plural("{count} recommendation", "{count} recommendations", count).format(
            count=format_number(count, "lt")
        )

    apart = {"atsakymo dar laukiama": counts["awaited"], "neprašyta": counts["not_asked"]}
    of_these = ", ".join(f"{words}: {count}" for words, count in apart.items() if count)
    return [
        f"Iš viso: {of(counts['recommendations'])}. Visi adresatai atsakė: {counts['answered']}; "
        f"atsakyta iš dalies: {counts['answered_in_part']}; niekas neatsakė: "
        f"{counts['unanswered']}{f' (iš jų {of_these})' if of_these else ''}; netaikoma: "
        f"{counts['not_applicable']}.",
        f"Įgyvendinta: ne mažiau kaip {counts['implemented_at_least']} ir ne daugiau kaip "
        f"{counts['implemented_at_most']}; nevertinta: {counts['not_assessed']}.",
    ]
