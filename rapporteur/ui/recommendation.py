"""One recommendation whole: its words, who was asked, what each said, and how it is judged."""

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from rapporteur.documents import states
from rapporteur.ui import components, door, head, indicators, judging, lineage, matrix, sources
from rapporteur.ui.language import current_language, date, plural, text

PAGE = "pages/recommendations.py"
Row = Mapping[Hashable, Any]


def in_words(code: str, wanted_year: int | None) -> str:
    """How many addressees gave all data on a recommendation, and how it is judged; in a sentence.

    Empty for a code that nothing has.
    """
    found = door.ask("recommendations/catalogue", recommendation=code).to_dict("records")
    if not found:
        return ""
    number = components.verbatim(found[0]["shown_number"])
    year = _year_shown(found[0], wanted_year)
    if year is None:
        return text("**Recommendation {number}** counts in no reporting year yet").format(
            number=number
        )
    [row] = door.ask("recommendations/register", recommendation=code, year=year).to_dict("records")
    judged = door.labels_of("assessment") | door.labels_of("assessment_missing")
    if not row["asked_addressees"]:
        nobody = text("**Recommendation {number}** applied to nobody in {year}").format(
            number=number, year=year
        )
        if row["assessment"] not in judged:
            return nobody
        return f"{nobody}; " + text("judgement: {judgement}").format(
            judgement=judged[row["assessment"]]
        )
    return plural(
        "In {year} **{part} of {whole} addressee** gave all data on recommendation {number}; "
        "judgement: {judgement}",
        "In {year} **{part} of {whole} addressees** gave all data on recommendation {number}; "
        "judgement: {judgement}",
        row["asked_addressees"],
    ).format(
        year=year,
        part=row["answered_addressees"],
        whole=row["asked_addressees"],
        number=number,
        judgement=judged.get(row["assessment"], "–"),
    )


def _year_shown(about: Row, wanted_year: int | None) -> int | None:
    years = [int(year) for year in about["years"]]
    return wanted_year if wanted_year in years else max(years, default=None)


def details(code: str, wanted_year: int | None) -> None:
    """Draw a recommendation in a reporting year; in the last one it counts in unless `wanted_year`.

    A code that nothing has is told in a sentence.
    """
    found = door.ask("recommendations/catalogue", recommendation=code).to_dict("records")
    if not found:
        st.warning(
            text("There is no recommendation “{code}” in the data loaded.").format(
                code=components.verbatim(code)
            ),
            icon=":material/link_off:",
        )
        return
    [about] = found
    year = _year_shown(about, wanted_year)
    [readable] = door.read("recommendations/catalogue", pd.DataFrame(found)).data.to_dict("records")

    head.about(f"{code}. {readable['short']}")
    st.header(components.verbatim(f"{about['shown_number']}. {readable['short']}"), anchor=False)
    components.as_delivered()
    with st.container(border=True):
        st.markdown(components.verbatim(about["text"]))
    _facts(about, readable)
    sources.source_link(about["document"], about["text"])
    if year is None:
        _outside(about)
        _parts(code, None)
    else:
        if wanted_year is not None and wanted_year != year:
            st.info(
                text("It does not count in {wanted}; shown is {year}.").format(
                    wanted=wanted_year, year=year
                )
            )
        _parts(code, year)
        said, judged = st.columns(2, gap="large")
        with said:
            st.subheader(text("What the institutions say ({year})").format(year=year))
            _answers(code, year)
        with judged:
            st.subheader(text("How the rapporteur judges ({year})").format(year=year))
            judging.judgements(code, year)
        _results(about, year)
    _chain(code)
    _activities(code)
    indicators.of_recommendation(code, year or wanted_year)
    st.subheader(text("What it continues and what continues it"))
    lineage.links_of(code)


def years_of_chain(code: str) -> None:
    """A recommendation and its successors, year by year, each axis in a column of its own."""
    chain = door.ask("recommendations/chain", recommendation=code)
    members = chain["recommendation"].tolist()
    states = door.ask("recommendations/register", recommendation=members)
    short = "short_en" if current_language() == "en" else "short"
    strip = matrix.years_strip(chain, states, short=short)
    draft = chain["document_status"] == "projektas"
    mark = f" ({door.label('document_status', 'projektas')})"
    strip["name"] = strip["name"] + draft.map({True: mark, False: ""})
    shown = strip.drop(columns="recommendation")
    columns: dict[str, Any] = {
        "number": st.column_config.TextColumn(text("Number"), pinned=True, width="small"),
        "name": st.column_config.TextColumn(text("Recommendation"), width="large"),
    }
    styled = shown.style
    for column in shown.columns[1:-1]:
        kind, _, year = column.partition(":")
        if kind == "state":
            heading = text("{year}: data").format(year=year)
            styled = styled.map(matrix.state_style, subset=[column])
            labelled = _state_in_words
        else:
            heading = text("{year}: judgement").format(year=year)
            styled = styled.map(matrix.assessment_style, subset=[column])
            labelled = _assessment_in_words
        styled = styled.format(labelled, subset=[column])
        columns[column] = st.column_config.TextColumn(heading)
    st.dataframe(
        styled,
        hide_index=True,
        column_config=columns,
        height="content",
        placeholder="–",
        alt=text("The recommendation and those that continue it, year by year, on both axes"),
        key=f"strip:{code}",
    )
    components.answer_table(
        "recommendations/register",
        {"recommendation": members},
        alt=text("The recommendation and those that continue it, in each reporting year"),
        hidden=["document", "results"],
        key=f"strip:{code}",
    )
    if drafts := int(draft.sum()):
        st.caption(
            plural(
                "{count} of these is a measure of a draft: it counts in no year.",
                "{count} of these are measures of a draft: they count in no year.",
                drafts,
            ).format(count=drafts)
        )


def _state_in_words(code: object) -> str:
    return f"{matrix.SYMBOLS.get(str(code), '')} {door.label('answer_state', str(code))}"


def _assessment_in_words(code: object) -> str:
    known = door.labels_of("assessment") | door.labels_of("assessment_missing")
    return known.get(str(code), str(code))


def _facts(about: Row, readable: Row) -> None:
    status = components.told(about["document_status"])
    facts = {
        text("Document"): components.told(readable["document_title"]) or about["document"],
        text("Status of the document"): door.label("document_status", status) if status else "",
        text("Made in"): str(about["made_in"]),
        text("Wording"): components.told(about["verb"]),
        text("Nature"): components.told(readable["nature"])
        or door.label("nature_missing", "nenurodyta"),
        text("Theme"): components.told(readable["theme"]),
        text("Due on"): "" if pd.isna(about["due_on"]) else date(about["due_on"]),
    }
    st.markdown(
        "  \n".join(
            f"**{name}:** {components.verbatim(str(value))}"
            for name, value in facts.items()
            if value
        )
    )


def _outside(about: Row) -> None:
    if about["document_status"] == "projektas":
        st.info(text("A measure of a draft document: it enters no count of implementation."))
    else:
        st.info(text("No reporting year in which it counts is open yet."))
    known = door.labels_of("institution")
    addressees = [] if about["addressees"] is None else about["addressees"]
    names = [components.verbatim(known.get(one, one)) for one in addressees]
    if names:
        st.markdown("**" + text("Addressees") + f":** {'; '.join(names)}")


def _parts(code: str, year: int | None) -> None:
    parts = door.ask("recommendations/parts", recommendation=code, year=year)
    if parts.empty:
        return
    st.subheader(text("Parts"))
    if year is not None:
        applicable = parts[parts["asked_addressees"] > 0]
        silent = int(applicable["is_without_data"].fillna(False).astype(bool).sum())
        st.markdown(f"**{components.parts_without_data(silent, len(applicable))}**")
    for part in parts.to_dict("records"):
        told = ""
        if year is not None:
            told = "  \n" + plural(
                "Data on it from {part} of {whole} addressee.",
                "Data on it from {part} of {whole} addressees.",
                part["asked_addressees"],
            ).format(part=part["addressees_with_data"], whole=part["asked_addressees"])
        st.markdown(f"{components.verbatim(part['part'] + ') ' + part['text'])}{told}")
    components.answer_table(
        "recommendations/parts",
        {"recommendation": code, "year": year},
        alt=text("The parts, who gave data on each, and how it is judged"),
        hidden=["year", "recommendation"],
        key=f"parts:{code}",
    )


def _answers(code: str, year: int) -> None:
    rows = door.ask("implementation/answer_matrix", recommendation=code, year=year)
    readable = door.read("implementation/answer_matrix", rows).data
    for raw, row in zip(rows.to_dict("records"), readable.to_dict("records"), strict=True):
        with st.container(border=True):
            _one_answer(raw, row)
    components.answer_table(
        "implementation/answer_matrix",
        {"recommendation": code, "year": year},
        alt=text("Answers of institutions, with their words and sources"),
        hidden=["year", "is_collective", "source", "recommendation", "shown_number", "short"],
        key=f"answers:{code}",
    )


def _one_answer(raw: Row, row: Row) -> None:
    part = components.told(raw["part"])
    if part:
        part = " · " + text("part {part}").format(part=components.verbatim(part))
    named = components.verbatim(row["institution_name"])
    st.markdown(f"**{named}** ({components.verbatim(raw['institution'])}){part}")
    sign = matrix.symbol(
        None if pd.isna(raw["state"]) else raw["state"], is_addressee=bool(raw["is_addressee"])
    )
    if raw["is_addressee"]:
        told = row["state"]
    elif raw["state"] in states.WITH_DATA:
        told = text("data were provided by a body that is no addressee") + f" ({row['state']})"
    else:
        told = text("co-operating institution")
    st.markdown(f"{sign} {told}")
    if raw["is_collective"] and raw["is_addressee"]:
        st.caption(text("A collective addressee: its members are not named, so it counts as one."))
    if not pd.isna(raw["quote"]):
        st.caption(text("Named by the words: “{words}”").format(words=_words(raw["quote"])))
    for column, message in (
        ("answered_by", text("Answered on its behalf: {names}")),
        ("on_behalf_of", text("On behalf of: {names}")),
    ):
        names = _names(raw[column])
        if names:
            st.caption(message.format(names=components.verbatim(names)))
    if not pd.isna(raw["text"]):
        components.quotation(raw["text"])
        if raw["is_retold"] is True:
            st.caption(text("The words are the report's, not the institution's."))
    if not pd.isna(raw["source"]):
        sources.source_link(
            raw["source"],
            None if pd.isna(raw["text"]) else raw["text"],
            delivery=raw["source_delivery"],
        )


def _names(codes: Any) -> str:
    """The names behind one code or a list of codes; empty for none."""
    if isinstance(codes, str):
        codes = [codes]
    if codes is None or isinstance(codes, float) or codes is pd.NA:
        return ""
    known = door.labels_of("institution")
    return "; ".join(known.get(code, code) for code in codes)


def _words(words: str) -> str:
    return components.verbatim(words.strip('„“"”'))


def _results(about: Row, year: int) -> None:
    results = door.ask("implementation/results", recommendation=about["recommendation"], year=year)
    if results.empty:
        return
    st.subheader(text("Results as reported ({year})").format(year=year))
    for row in results.to_dict("records"):
        components.quotation(row["text"])
        sources.source_link(
            about["document"],
            row["text"],
        )


def _chain(code: str) -> None:
    st.subheader(text("Year by year"))
    years_of_chain(code)


def _activities(code: str) -> None:
    activities = door.ask("activities/list", recommendation=code)
    st.subheader(text("Activities that refer to it"))
    if activities.empty:
        st.caption(
            text("No activity told of refers to it; that is not to say that none took place.")
        )
        return
    st.markdown(
        plural(
            "{count} statement about activities refers to it.",
            "{count} statements about activities refer to it.",
            len(activities),
        ).format(count=len(activities))
    )
    components.answer_table(
        "activities/list",
        {"recommendation": code},
        alt=text("Activities that refer to the recommendation, with their sources"),
        hidden=["recommendation", "group_code", "kind"],
        key=f"activities:{code}",
    )
