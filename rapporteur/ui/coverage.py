"""How far the recommendations of a year are answered and implemented: sentences and figures."""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any, Final

import pandas as pd
import streamlit as st

from rapporteur.documents import palette, standing, states
from rapporteur.documents.standing import Standing
from rapporteur.ui import charts, components, door, matrix, picture, recommendation
from rapporteur.ui.door import Filters
from rapporteur.ui.filters import choose, choose_several
from rapporteur.ui.language import current_language, date, plural, share, shares, text

# The columns of counts that make up what was asked, and the state that each counts.
_COUNTED: Final = {
    column: state
    for column, state in states.COUNTED.items()
    if column not in ("not_asked", "not_applicable")
}
# Silence of some addressees is not told as that of all; by the state of the recommendation.
SOME_SILENT: Final = "some silent"
SOME_SILENT_SOME_AWAITED: Final = "some silent, some awaited"
_SILENCE_OF_SOME: Final = {"nepateikta": SOME_SILENT, "laukiama": SOME_SILENT_SOME_AWAITED}
# More bars than a listener keeps in mind are told together.
_BARS_TOLD: Final = 8


def in_words(register: pd.DataFrame, year: int, *, institution: str | None = None) -> str:
    """What counts in a year, on how much of it data were provided, and how much is judged.

    `register` holds rows of recommendations/register; with an `institution`, in its states alone.
    Silence comes first, and is told as what it is.
    """
    if register.empty and institution is not None:
        return text(
            "With these filters no recommendation is addressed to the institution itself; "
            "below is where it co-operated or gave data"
        )
    if register.empty:
        return text("With these filters no recommendation counts in {year}").format(year=year)
    if (register["made_in"] == year).all():
        head = plural(
            "**{count} recommendation** was made in {year}",
            "**{count} recommendations** were made in {year}",
            len(register),
        )
    else:
        head = plural(
            "**{count} recommendation** was to be implemented in {year}",
            "**{count} recommendations** were to be implemented in {year}",
            len(register),
        )
    # Recommendations that apply to nobody and are not judged have no word on their judgement.
    to_judge = register[register["assessment"].notna()]
    judged = int(to_judge["assessment"].isin(door.labels_of("assessment")).sum())
    told = states_in_words(kinds_of_silence(register).value_counts().to_dict(), len(register))
    return f"{head.format(count=len(register), year=year)}; {told}; " + text(
        "judged: {part} of {whole}"
    ).format(part=judged, whole=len(to_judge))


def kinds_of_silence(register: pd.DataFrame) -> "pd.Series[str]":
    """The state of each recommendation, with the silence of some addressees told from that of all.

    `register` holds rows of recommendations/register.
    """
    is_of_some = (register["silent_addressees"] > 0) & ~register["is_silent"].astype(bool)
    kinds = register["state"].astype(str)
    for state, kind in _SILENCE_OF_SOME.items():
        kinds = kinds.mask(is_of_some & (kinds == state), kind)
    return kinds


def states_in_words(
    counts: Mapping[Hashable, Any], whole: int, *, outside: str | None = None
) -> str:
    """On how many of `whole` there are data, as clauses, silence first.

    `counts` holds how many are in each state of axis A, or of each kind of `kinds_of_silence`;
    `outside` says what does not apply, where it is told of one institution and not of all.
    """
    clauses = {
        "nepateikta": text("{on} no data were provided"),
        SOME_SILENT_SOME_AWAITED: text("{on} some addressees gave no data and others are awaited"),
        SOME_SILENT: text(
            "{on} some addressees gave no data, and the others were not asked or not mentioned"
        ),
        "neminima": text("{on} the report says nothing"),
        "laukiama": text("{on} data are awaited"),
        "neprašyta": text("{on} nobody was asked"),
        "pateikta iš dalies": text("{on} data were provided in part"),
        "pateikta": text("{on} data were provided in full"),
    }
    told: list[str] = []
    for state, clause in clauses.items():
        if not (count := int(counts.get(state, 0))):
            continue
        if whole == 1:
            which = text("on it")
        elif count == whole:
            which = text("on each of them")
        else:
            which = text("on {count}") if told else text("on {count} of them")
        told.append(clause.format(on=which.format(count=count)))
    if inapplicable := int(counts.get("netaikoma", 0)):
        words = outside or text("not applicable to anybody: {count}")
        told.append(words.format(count=inapplicable))
    return ", ".join(told)


def judged_in_words(filters: Filters) -> None:
    """The bounds of what is implemented as judged, and why they are apart."""
    [row] = door.ask("implementation/coverage", **filters).to_dict("records")
    if row["to_judge"] == 0:
        st.caption(text("With these filters there is nothing to judge."))
        return
    sentences = [
        text("Assessed: {part} of {whole}.").format(part=row["assessed"], whole=row["to_judge"]),
        implemented_in_words(row),
    ]
    if outside := row["recommendations"] - row["to_judge"]:
        sentences.append(
            plural(
                "{count} more applies to nobody and is outside these counts.",
                "{count} more apply to nobody and are outside these counts.",
                outside,
            ).format(count=outside)
        )
    st.markdown(" ".join(sentences))


def implemented_in_words(row: Mapping[Any, Any]) -> str:
    """Between how many and how many are implemented, and which make the difference.

    `row` is one of implementation/coverage. The numbers add up: at least, and each that is open for
    one of the reasons, is at most.
    """
    least, most, counted = (
        row[name] for name in ("implemented_at_least", "implemented_at_most", "to_judge")
    )
    if least == most:
        return text("Implemented, as judged: {least} of {count} ({share}).").format(
            least=least, count=counted, share=share(least / counted)
        )
    sentence = text(
        "Implemented, as judged: between {least} and {most} of {count} ({shares}), "
        "because {reasons}."
    ).format(
        least=least,
        most=most,
        count=counted,
        shares=shares(least / counted, most / counted),
        reasons=", ".join(_why_open(row)),
    )
    if not (silent := row["open_unanswered"]):
        return sentence
    return (
        sentence
        + " "
        + plural(
            "Nobody gave data on {silent} of these {open}.",
            "Nobody gave data on {silent} of these {open}.",
            silent,
        ).format(silent=silent, open=most - least)
    )


def _why_open(row: Mapping[Any, Any]) -> list[str]:
    """How many could still turn out to be implemented, by the reason why that is not known."""
    reasons = []
    if count := row["open_not_assessed"]:
        reasons.append(
            plural("{open} is not assessed", "{open} are not assessed", count).format(open=count)
            if count == row["not_assessed"]
            else plural(
                "{open} of the {count} not assessed could still be",
                "{open} of the {count} not assessed could still be",
                count,
            ).format(open=count, count=row["not_assessed"])
        )
    if count := row["open_in_parts"]:
        reasons.append(
            plural(
                "{open} is assessed without some of its parts",
                "{open} are assessed without some of their parts",
                count,
            ).format(open=count)
        )
    return reasons


def states_chart(
    counts: pd.DataFrame, *, name: str, filters: Filters, title: str, unit: str, key: str
) -> None:
    """Bars of counts by state of axis A: `name`, then a column a state; empty states left out.

    The counts are those of the question `name` with these filters.
    """
    present = [state for state in palette.ANSWER_LOOKS if state in counts and counts[state].sum()]
    if present:
        components.figure(
            charts.stacked_states(
                counts,
                category="name",
                states=[charts.answer_state(s, door.label("answer_state", s)) for s in present],
            ),
            title=title,
            unit=unit,
            source=_sources(filters),
            name=name,
            filters=filters,
            alt=_bars_in_words(counts, present),
            key=key,
        )


def one_by_one(answers: pd.DataFrame) -> None:
    """Recommendations whose addressees differ: who answered, is silent, awaited or not asked.

    `answers` is an answer of implementation/answer_matrix.
    """
    name = "institution_name_en" if current_language() == "en" else "institution_name"
    short = "short_en" if current_language() == "en" else "short"
    plain = answers.astype(object).where(answers.notna(), None)
    differing: dict[str, tuple[Mapping[Hashable, Any], list[str]]] = {}
    for code, item in plain.groupby("recommendation", sort=False):
        rows: Any = item.to_dict("records")
        told = standing.standings(rows, name=name)
        if told and standing.shared_state(told) is None:
            differing[str(code)] = (rows[0], _standings_in_words(told))
    if not differing:
        return
    with st.expander(
        text("Where addressees differ: who answered, who is silent, who is awaited"),
        key="one-by-one",
    ):
        for code, (row, lines) in differing.items():
            components.recommendation_link(
                code, f"{row['shown_number']}. {row[short]}", year=row["year"], place="one-by-one"
            )
            st.markdown("\n".join(f"- {components.verbatim(line)}" for line in lines))


def _standings_in_words(told: Sequence[Standing]) -> list[str]:
    order = list(palette.ANSWER_LOOKS)
    return [
        standing.in_words(
            one,
            lambda state: door.label("answer_state", state),
            part=text("part {part}"),
            until=text("until {day}"),
            day=date,
        )
        for one in sorted(told, key=lambda one: order.index(one.state))
    ]


def _bars_in_words(counts: pd.DataFrame, present: Sequence[str]) -> str:
    """The bars in words, one by one while a listener can follow them, or all of them together."""
    labels = {state: door.label("answer_state", state) for state in present}
    if len(counts) > _BARS_TOLD:
        return "; ".join(f"{labels[state]} – {int(counts[state].sum())}" for state in present)
    return "; ".join(
        f"{row['name']}: "
        + ", ".join(f"{labels[state]} – {int(row[state])}" for state in present if row[state])
        for row in counts.to_dict("records")
        if any(row[state] for state in present)
    )


def _sources(filters: Filters) -> str:
    """Whence the states are: the documents that ask, and the sources of the answers."""
    asked = door.ask("recommendations/register", **filters)["document_title"]
    return picture.sources(
        [*asked, *door.ask("implementation/answer_matrix", **filters)["source_title"]]
    )


def answer_matrix(answers: pd.DataFrame, year: int) -> None:
    """Institutions by recommendations; a click on a cell opens the recommendation."""
    name = "institution_name_en" if current_language() == "en" else "institution_name"
    table = matrix.answer_matrix(answers, name=name)
    if table.empty:
        return
    codes: list[Any] = list(table.columns[1:-3])
    numbers = dict(zip(answers["recommendation"], answers["shown_number"], strict=True))
    signs: Any = table.style.map(matrix.cell_style, subset=codes)
    chosen: Any = st.dataframe(
        signs,
        hide_index=True,
        alt=text("Which institution answered which recommendation"),
        height="content",
        placeholder="",
        column_config={
            "institution": st.column_config.TextColumn(text("Code"), pinned=True, width="small"),
            **{code: st.column_config.TextColumn(numbers[code], width=44) for code in codes},
            "with_data": st.column_config.NumberColumn(text("With data"), width="small"),
            "asked": st.column_config.NumberColumn(text("Asked"), width="small"),
            "name": st.column_config.TextColumn(text("Institution"), width="large"),
        },
        on_select="rerun",
        selection_mode="single-cell",
        key="matrix",
    )
    st.caption(
        " · ".join(
            f"{sign} {door.label('answer_state', state)}" for state, sign in matrix.SYMBOLS.items()
        )
        + f" · {matrix.NO_ADDRESSEE} "
        + text("data were provided by a body that is no addressee")
        + f" · {matrix.CO_OPERATING} "
        + text("co-operating institution")
    )
    st.caption(
        text(
            "A click on a sign opens the recommendation; a click on a heading sorts. Of the "
            "recommendations asked of an institution, “with data” counts those answered in full "
            "or in part."
        )
    )
    for _, column in chosen.selection.cells:
        if column in codes:
            query = st.query_params.to_dict() | {"recommendation": column, "year": str(year)}
            st.switch_page("pages/recommendations.py", query_params=query)


def response_rate(filters: Filters) -> None:
    """How many of the items asked got data: by institution, by kind, and over the years."""
    rates = door.ask("implementation/response_rate", **filters)
    if rates.empty:
        st.caption(text("Nobody was asked anything with these filters."))
        return
    [total] = rates[rates["institution_kind"].isna()].to_dict("records")
    st.markdown(rate_in_words(total))
    summary = door.ask("institutions/summary", **filters)
    states_chart(
        _counts(summary, "institution"),
        name="institutions/summary",
        filters=filters,
        title=_who_gave_all(summary),
        unit=text("recommendations and parts asked of each"),
        key="rate:institutions",
    )
    components.answer_table(
        "institutions/summary",
        filters,
        alt=text("What each institution was asked and answered"),
        hidden=["year", "is_collective"],
    )
    kinds = rates[rates["institution_kind"].notna()]
    if len(kinds) > 1:
        states_chart(
            _counts(kinds, "institution_kind"),
            name="implementation/response_rate",
            filters=filters,
            title=text("Institutions of which kind give data?"),
            unit=text("recommendations and parts asked of each kind"),
            key="rate:kinds",
        )
    components.answer_table(
        "implementation/response_rate",
        filters,
        alt=text("Share of the items asked that got data, by kind of institution"),
    )
    past_filters = {**filters, "year": None}
    history = door.ask("implementation/response_rate", **past_filters)
    totals = history[history["institution_kind"].isna()]
    if len(totals) > 1:
        by_year = totals.rename(columns=_COUNTED).assign(name=totals["year"].astype(str))
        states_chart(
            by_year,
            name="implementation/response_rate",
            filters=past_filters,
            title=text("Are more data given than in the years before?"),
            unit=text("recommendations and parts asked in each year"),
            key="rate:years",
        )
        components.answer_table(
            "implementation/response_rate",
            past_filters,
            alt=text("Share of the items asked that got data, year by year"),
            key="response_rate:years",
        )


def _who_gave_all(summary: pd.DataFrame) -> str:
    """How many of those who were asked answered all of it in full."""
    asked = summary[summary["asked"] > 0]
    gave = int((asked["answered"] == asked["asked"]).sum())
    return plural(
        "{gave} of {count} asked gave all that it was asked for",
        "{gave} of {count} asked gave all that they were asked for",
        len(asked),
    ).format(gave=gave, count=len(asked))


def rate_in_words(total: dict[Any, Any]) -> str:
    """How many of the items asked got data; `total` is a row of implementation/response_rate."""
    least, most = total["with_data_at_least"], total["with_data_at_most"]
    asked = total["asked"]
    counts = plural(
        "Of **{count} item asked** at least {least} got data, in full or in part",
        "Of **{count} items asked** at least {least} got data, in full or in part",
        asked,
    ).format(count=asked, least=least)
    if least == most:
        return f"{counts} ({share(least / asked)})."
    return counts + text(
        "; at most {most}, if all that is awaited or not mentioned came ({shares})."
    ).format(most=most, shares=shares(least / asked, most / asked))


def _counts(rows: pd.DataFrame, column: str) -> pd.DataFrame:
    """Counts by state under the codes of axis A, each row named in the reader's language."""
    lists = {"institution_kind": "institution_kind", "institution": "institution"}
    names = door.labels_of(lists[column])
    counts = rows.rename(columns=_COUNTED)
    short = counts[column] if column == "institution" else counts[column].map(names)
    return counts.assign(name=short.fillna(counts[column]))


def assessments_chart(filters: Filters) -> None:
    """The recommendations of the year by the judgement, or why there is none, a bar for each."""
    register = door.ask("recommendations/register", **filters)
    judged = register["assessment"].value_counts()
    looks = [code for code in palette.ASSESSMENT_LOOKS if code in judged.index]
    if not looks:
        return
    labels = door.labels_of("assessment") | door.labels_of("assessment_missing")
    # A bar for each, beside its own name: no legend needs to be read.
    chart = charts.stacked_states(
        pd.DataFrame([{"name": labels[code], code: judged[code]} for code in looks]),
        category="name",
        states=[charts.assessment_state(code, labels[code]) for code in looks],
        has_legend=False,
    )
    approved = int(judged[judged.index.isin(door.labels_of("assessment"))].sum())
    to_judge = int(judged.sum())
    components.figure(
        chart,
        title=text("Of {count} recommendations {judged} are judged by the rapporteur").format(
            count=to_judge, judged=approved
        ),
        unit=text("recommendations by implementation assessment"),
        source=_sources(filters),
        name="recommendations/register",
        filters=filters,
        alt="; ".join(f"{labels[code]} – {judged[code]}" for code in looks),
        key="assessments",
    )


def strip(filters: Filters) -> None:
    """Each recommendation of the year with a link, and the year-by-year strip of one of them."""
    register = door.ask("recommendations/register", **filters)
    if register.empty:
        return
    readable = door.read("recommendations/register", register).data
    titles = {
        row["recommendation"]: f"{row['shown_number']}. {told['short']}"
        for row, told in zip(register.to_dict("records"), readable.to_dict("records"), strict=True)
    }
    for row in register.to_dict("records"):
        components.recommendation_link(
            row["recommendation"], titles[row["recommendation"]], year=row["year"]
        )
    first = next(iter(titles))
    chosen = choose(
        "strip",
        text("Year by year, with its successors"),
        titles,
        all_label=titles[first],
        default=first,
        is_of_the_page=True,
    )
    recommendation.years_of_chain(chosen or first)


def report_for_word(year: int) -> None:
    """The office's report on the recommendations made in the year, to take away."""
    made = door.ask("recommendations/register", year=year)
    if not (made["made_in"] == year).any():
        st.caption(text("No recommendation was made in {year}.").format(year=year))
        return
    st.caption(
        text(
            "In the office's own form and in Lithuanian, word for word. Whatever the filters "
            "above, it holds all recommendations made in the year."
        )
    )
    labels = {
        "judgements": text("the rapporteur's judgement, in a column of its own"),
        "coverage": text("counts of what was answered and implemented"),
        "charts": text("charts of the answers and of the judgements"),
        "lineage": text("what continues each recommendation"),
        "sources": text("sources"),
    }
    options = choose_several("with", text("Added to the form"), labels, all_label=text("nothing"))
    components.word_button(
        text("Report on {year} for Word").format(year=year),
        door.as_drawn(door.report_document, year, options),
        file=f"ataskaita-{year}.docx",
        key="report",
    )
