"""The rapporteur's judgements of a recommendation: as recorded, and a form to record one."""

import datetime
from collections.abc import Callable, Hashable, Mapping
from functools import partial
from typing import Any, Final

import pandas as pd
import streamlit as st

from rapporteur import settings
from rapporteur.delivery import recording
from rapporteur.delivery.declaration import SHEET_OF_TABLE
from rapporteur.delivery.links import is_link
from rapporteur.delivery.loading import Outcome, WrongUse
from rapporteur.delivery.problems import CONFIRMABLE
from rapporteur.delivery.recording import Changed, Judgement
from rapporteur.translations import translator
from rapporteur.ui import components, desk, door
from rapporteur.ui.language import current_language, date, text

Row = Mapping[Hashable, Any]

_COUNTED: Final = "patvirtinta"
_LONGEST: Final = 10_000
_DONE: Final = "judging:done"
_REFUSED: Final = "judging:refused"
# Colour stands beside the words, never instead of them.
_COLOURS: Final[Mapping[str, Any]] = {
    "įgyvendinta": "green",
    "iš dalies įgyvendinta": "green",
    "įgyvendinama": "blue",
    "planuojama įgyvendinti": "blue",
    "neįgyvendinta": "red",
    "pakeista nauja rekomendacija": "violet",
    "nebeaktuali": "gray",
}


def judgements(code: str, year: int) -> None:
    """The judgement that counts, every one recorded, and the form to record another."""
    _tell_what_was_done()
    [standing] = door.ask("recommendations/register", recommendation=code, year=year).to_dict(
        "records"
    )
    rows = door.ask("implementation/assessments", recommendation=code, year=year)
    parts = door.ask("recommendations/parts", recommendation=code, year=year)
    _standing(components.told(standing["assessment"]), rows, parts)
    readable = door.read("implementation/assessments", rows).data
    for raw, row in zip(rows.to_dict("records"), readable.to_dict("records"), strict=True):
        with st.container(border=True):
            _one(raw, row)
    if len(rows):
        components.answer_table(
            "implementation/assessments",
            {"recommendation": code, "year": year},
            alt=text("Judgements of the recommendation, drafts too"),
            hidden=["year", "recommendation", "number", "short"],
            key=f"assessments:{code}",
        )
    with st.expander(
        text("Record a judgement"), key=f"judging:{code}:{year}", icon=":material/edit:"
    ):
        _form(code, year, parts, rows)


def _standing(assessment: str, rows: pd.DataFrame, parts: pd.DataFrame) -> None:
    """What counts for the recommendation as such, and whether it comes from its parts."""
    if not assessment:
        st.markdown(text("It applies to nobody in this year, so there is nothing to judge."))
        return
    _badge(assessment)
    counted = rows[rows["is_counted"].astype(bool) & rows["institution"].isna()]
    if len(parts) and len(counted) and not counted["part"].isna().any():
        judged = counted["part"].nunique()
        st.caption(
            text(
                "From its parts by the published rule; {judged} of {parts} parts are judged."
            ).format(judged=judged, parts=len(parts))
        )


def _badge(assessment: str) -> None:
    known = door.labels_of("assessment") | door.labels_of("assessment_missing")
    st.badge(known.get(assessment, assessment), color=_COLOURS.get(assessment, "gray"))


def _one(raw: Row, row: Row) -> None:
    scope = [
        text("part {part}").format(part=components.verbatim(raw["part"]))
        if components.told(raw["part"])
        else text("the whole")
    ]
    if components.told(raw["institution"]):
        scope.append(components.verbatim(row["institution_name"]))
    st.markdown(f"**{' · '.join(scope)}**")
    _badge(raw["assessment"])
    if raw["stage"] != _COUNTED:
        st.caption(text("{stage}: a draft, not counted").format(stage=row["stage"]))
    elif not raw["is_counted"]:
        st.caption(text("Another delivery loaded later goes before it; not counted."))
    components.quotation(raw["reason"])
    if evidence := components.told(raw["evidence"]):
        shown = components.told(raw["evidence_title"]) or evidence
        if is_link(url := components.told(raw["evidence_url"])):
            st.link_button(components.verbatim(shown), url, icon=":material/description:")
        else:
            st.caption(text("Confirming document") + f": {components.verbatim(shown)}")
    facts: list[str] = []
    if not pd.isna(raw["approved_on"]):
        facts.append(text("approved {day}").format(day=date(raw["approved_on"])))
    if assessor := components.told(raw["assessor"]):
        facts.append(components.verbatim(assessor))
    facts.append(text("delivery {code}").format(code=components.verbatim(raw["delivery"])))
    st.caption(" · ".join(facts))
    if remarks := components.told(raw["remarks"]):
        st.markdown("*" + text("Remarks of the institution, not part of the judgement:") + "*")
        components.quotation(remarks)


# The form ------------------------------------------------------------------------------------


def _form(code: str, year: int, parts: pd.DataFrame, rows: pd.DataFrame) -> None:
    """Ask what is judged, then how; what was recorded before for the same is filled in."""
    part, institution = _what_is_judged(code, year, parts)
    before = door.recorded_judgement(code, part, institution, year)
    same = rows[
        (rows["part"].fillna("") == (part or ""))
        & (rows["institution"].fillna("") == (institution or ""))
    ].to_dict("records")
    filled = same[0] if same else {}
    if filled and filled["delivery"] != recording.delivery_of(year):
        st.caption(
            text(
                "The judgement filled in stands in delivery {code}; what is recorded here goes "
                "before it."
            ).format(code=components.verbatim(filled["delivery"]))
        )
    key = f"judge:{code}:{year}:{part}:{institution}"
    refused: tuple[str, Outcome] | None = st.session_state.get(_REFUSED)
    outcome = refused[1] if refused and refused[0] == key else None
    with st.form(key):
        judgement = _fields(code, year, part, institution, filled, key)
        confirmed = _confirmation(outcome, key)
        sent = st.form_submit_button(text("Record"), type="primary", icon=":material/check:")
    if outcome:
        _show_problems(outcome)
    if sent:
        _carry_out(
            key, partial(recording.record, judgement=judgement, instead_of=before), confirmed
        )
    if before and filled and filled["delivery"] == recording.delivery_of(year):
        _take_away(before, key)


def _take_away(before: Judgement, key: str) -> None:
    """Leave what was recorded out of the next version; earlier versions keep it."""
    meant = st.checkbox(text("Take this judgement away"), key=f"{key}:away")
    if meant and st.button(text("Take away"), icon=":material/delete:", key=f"{key}:remove"):
        _carry_out(key, partial(recording.remove, judgement=before), ["would-remove"])


def _what_is_judged(code: str, year: int, parts: pd.DataFrame) -> tuple[str | None, str | None]:
    chosen_part = None
    if len(parts):
        texts = dict(zip(parts["part"], parts["text"], strict=True))
        chosen_part = st.selectbox(
            text("Part"),
            options=list(texts),
            index=None,
            placeholder=text("the whole"),
            format_func=lambda part: f"{part}) {texts.get(part, '')}",
            key=f"judge:part:{code}:{year}",
        )
    answers = door.ask("implementation/answer_matrix", recommendation=code, year=year)
    addressees = answers[answers["is_addressee"].astype(bool)]["institution"].unique().tolist()
    names = door.labels_of("institution")
    institution = st.selectbox(
        text("Whose doing"),
        options=addressees,
        index=None,
        placeholder=text("the recommendation as such"),
        format_func=lambda one: names.get(one, one),
        key=f"judge:institution:{code}:{year}",
    )
    return chosen_part, institution


def _fields(
    code: str, year: int, part: str | None, institution: str | None, filled: Row, key: str
) -> Judgement:
    assessments, stages = door.labels_of("assessment"), door.labels_of("stage")
    assessment = st.selectbox(
        text("Implementation assessment"),
        options=list(assessments),
        index=_place(assessments, filled.get("assessment")),
        placeholder=text("choose"),
        format_func=lambda one: assessments.get(one, one),
        key=f"{key}:assessment",
    )
    reason = st.text_area(
        text("Reason"),
        value=components.told(filled.get("reason")),
        max_chars=_LONGEST,
        key=f"{key}:reason",
    )
    evidence = st.text_input(
        text("Confirming document: its code or address"),
        value=components.told(filled.get("evidence")),
        key=f"{key}:evidence",
    )
    stage = st.selectbox(
        text("Stage; only what is approved counts"),
        options=list(stages),
        index=_place(stages, filled.get("stage")) or 0,
        format_func=lambda one: stages.get(one, one),
        key=f"{key}:stage",
    )
    if filled.get("stage") == _COUNTED:
        st.caption(
            text("An approved judgement that is recorded again as a draft counts no longer.")
        )
    approved = filled.get("approved_on")
    approved_on = st.date_input(
        text("Approved on"),
        value=None if approved is None or pd.isna(approved) else approved,
        format="YYYY-MM-DD",
        key=f"{key}:approved",
    )
    remarks = st.text_area(
        text("Remarks of the institution"),
        value=components.told(filled.get("remarks")),
        max_chars=_LONGEST,
        key=f"{key}:remarks",
    )
    assessor = st.text_input(
        text("Assessor"), value=components.told(filled.get("assessor")), key=f"{key}:assessor"
    )
    return Judgement(
        recommendation=code,
        year=year,
        assessment=assessment or "",
        reason=reason.strip(),
        stage=stage or "",
        part=part,
        institution=institution,
        evidence=evidence.strip() or None,
        approved_on=approved_on if isinstance(approved_on, datetime.date) else None,
        remarks=remarks.strip() or None,
        assessor=assessor.strip() or None,
        assessed_on=door.day(),
    )


def _place(options: Mapping[str, str], code: object) -> int | None:
    return list(options).index(str(code)) if code in options else None


def _confirmation(outcome: Outcome | None, key: str) -> list[str]:
    """The codes that the analyst confirms, where all that is wrong may be confirmed."""
    codes = sorted({problem.code for problem in outcome.problems}) if outcome else []
    if not codes or not set(codes) <= set(CONFIRMABLE):
        return []
    ticked = st.checkbox(
        text("I have read what is said below, and it is meant so."), key=f"{key}:confirm"
    )
    return codes if ticked else []


def _carry_out(key: str, change: Callable[..., Outcome], confirmed: list[str]) -> None:
    """Record or take away, and draw the page anew with what came of it."""
    try:
        outcome = change(
            settings.database(),
            moment=settings.now(),
            actor=settings.actor(),
            confirm=confirmed,
        )
    except Changed:
        st.error(
            text(
                "Somebody recorded another judgement of the same meanwhile. What you typed is "
                "still here; look at theirs above, then record again."
            )
        )
        return
    except WrongUse as error:
        st.error(components.verbatim(_translated(error)))
        return
    if outcome.problems:
        st.session_state[_REFUSED] = (key, outcome)
    else:
        st.session_state.pop(_REFUSED, None)
        st.session_state[_DONE] = outcome
    st.rerun()


def _translated(error: WrongUse) -> str:
    return translator(current_language()).gettext(error.template).format(**error.values)


def _show_problems(outcome: Outcome) -> None:
    """Each problem with the field that it is about, in words."""
    translate = translator(current_language()).gettext
    names = [column.name for column in SHEET_OF_TABLE["assessment"].columns]
    for problem in outcome.problems:
        column = _column(problem.cell, names)
        field = door.heading("implementation/assessments", column) if column else ""
        message = components.verbatim(problem.message(translate))
        st.error(f"**{components.verbatim(field)}:** {message}" if field else message)


def _column(cell: str | None, names: list[str]) -> str:
    """The column of a cell such as E2 of the workbook that was made of the form."""
    letters = (cell or "").rstrip("0123456789")
    place = ord(letters) - ord("A") if len(letters) == 1 else -1
    return names[place] if 0 <= place < len(names) else ""


def _tell_what_was_done() -> None:
    """What was recorded last in this session, what is to be noticed of it, and the way back."""
    outcome: Outcome | None = st.session_state.get(_DONE)
    if outcome is None or outcome.delivery is None or outcome.version is None:
        return
    if outcome.unchanged:
        st.info(text("The same judgement stood already; nothing was changed."))
        return
    st.success(
        text("Recorded: version {version} of delivery {delivery}.").format(
            version=outcome.version, delivery=components.verbatim(outcome.delivery)
        )
    )
    translate = translator(current_language()).gettext
    for notice in outcome.notices:
        st.info(components.verbatim(notice.message(translate)))
    # Once somebody recorded more, going back would take theirs along.
    if door.version_of(outcome.delivery) == outcome.version and st.button(
        text("Undo"), icon=":material/undo:", key=f"judging:undo:{outcome.version}"
    ):
        st.session_state.pop(_DONE, None)
        desk.undo(outcome.delivery, outcome.version)
