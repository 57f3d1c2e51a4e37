"""The rapporteur's judgements of a recommendation: as recorded, and a form to record one."""

import datetime
from collections.abc import Callable, Hashable, Mapping
from dataclasses import asdict, dataclass, replace
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
from rapporteur.ui.language import current_language, date, plural, text
from rapporteur.warehouse.reading import TIME_ZONE

Row = Mapping[Hashable, Any]

_COUNTED: Final = "patvirtinta"
_LONGEST: Final = 10_000
_DONE: Final = "judging:done"
_REFUSED: Final = "judging:refused"
# The judgement that stood when each form was drawn, by the key of the form.
_DRAWN: Final = "judging:drawn"
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
            hidden=["year", "recommendation", "shown_number", "short"],
            key=f"assessments:{code}",
        )
    with st.expander(
        text("Record a judgement"), key=f"judging:{code}:{year}", icon=":material/edit:"
    ):
        _form(code, year, parts)


def _standing(assessment: str, rows: pd.DataFrame, parts: pd.DataFrame) -> None:
    """What counts for the recommendation as such, and whether it comes from its parts."""
    if not assessment:
        st.markdown(text("It applies to nobody in this year, so there is nothing to judge."))
        return
    _badge(assessment)
    counted = rows[rows["is_counted"].astype(bool) & rows["institution"].isna()]
    if len(parts) and len(counted) and not counted["part"].isna().any():
        st.caption(parts_judged(parts))


def parts_judged(parts: pd.DataFrame) -> str:
    """How many parts are judged, of those that count: rows of recommendations/parts."""
    outside = int(parts["is_inapplicable"].astype(bool).sum())
    told = text("From its parts by the published rule; {judged} of {parts} parts are judged.")
    told = told.format(judged=int(parts["assessment"].notna().sum()), parts=len(parts) - outside)
    if outside:
        told += " " + plural(
            "{count} more applies to nobody asked about it and is left aside.",
            "{count} more apply to nobody asked about them and are left aside.",
            outside,
        ).format(count=outside)
    return told


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


@dataclass(frozen=True)
class _Drawn:
    """The judgement that stood when a form was drawn, and filled its fields.

    `told` is what was found to stand meanwhile, once that was said beside the form.
    """

    before: Judgement | None
    delivery: str | None
    told: Changed | None = None

    @property
    def seen(self) -> Judgement | None:
        """The judgement that the reader of the form has seen last."""
        return self.told.now if self.told else self.before


def _form(code: str, year: int, parts: pd.DataFrame) -> None:
    """Ask what is judged, then how; what was recorded before for the same is filled in."""
    part, institution = _what_is_judged(code, year, parts)
    turns = f"judge:{code}:{year}:{part}:{institution}"
    turn = st.session_state.get(f"{turns}:turn")
    key = f"{turns}:{turn}" if turn else turns
    drawn = _drawn(key, code, part, institution, year)
    if drawn.delivery not in (None, recording.delivery_of(year)):
        st.caption(
            text(
                "The judgement filled in stands in delivery {code}; what is recorded here goes "
                "before it."
            ).format(code=components.verbatim(drawn.delivery))
        )
    refused: tuple[str, Outcome] | None = st.session_state.get(_REFUSED)
    outcome = refused[1] if refused and refused[0] == key else None
    if drawn.told:
        _what_stands_now(drawn.told, turns)
    with st.form(key):
        judgement = _fields(code, year, part, institution, drawn.before, key)
        is_meant = _instead_of_theirs(drawn, key)
        confirmed = _confirmation(outcome, key)
        sent = st.form_submit_button(text("Record"), type="primary", icon=":material/check:")
    if outcome:
        _show_problems(outcome)
    if sent:
        instead_of = drawn.seen if is_meant else drawn.before
        _carry_out(
            key, partial(recording.record, judgement=judgement, instead_of=instead_of), confirmed
        )
    holder = drawn.told.by.delivery if drawn.told and drawn.told.by else drawn.delivery
    if drawn.seen and holder == recording.delivery_of(year):
        _take_away(drawn.seen, _of_the_same(key, drawn), key)


def _drawn(key: str, code: str, part: str | None, institution: str | None, year: int) -> _Drawn:
    """The judgement that stood when this form was first drawn; a form that was left begins anew."""
    kept: dict[str, _Drawn] = st.session_state.setdefault(_DRAWN, {})
    if key not in kept or f"{key}:reason" not in st.session_state:
        kept[key] = _Drawn(*door.recorded_judgement(code, part, institution, year))
    return kept[key]


def _of_the_same(key: str, drawn: _Drawn) -> str:
    """The key of a tick that is about what stands: of something else it is a new one."""
    return f"{key}:{drawn.told.by.number}" if drawn.told and drawn.told.by else key


def _what_stands_now(told: Changed, turns: str) -> None:
    """Say who changed the judgement meanwhile and what it says, and offer to begin with that."""
    st.error(
        text(
            "Somebody recorded another judgement of the same meanwhile. What you typed is still "
            "here and was not recorded."
        )
    )
    if told.by:
        moment = told.by.made_at.astimezone(TIME_ZONE)
        st.markdown(
            text("Version {version} of delivery {delivery}, {actor}, {time}:").format(
                version=told.by.number,
                delivery=components.verbatim(told.by.delivery),
                actor=components.verbatim(told.by.actor or "–"),
                time=f"{moment:%Y-%m-%d %H:%M}",
            )
        )
    if told.now is None:
        st.markdown(text("The judgement was taken away."))
    else:
        stages = door.labels_of("stage")
        _badge(told.now.assessment)
        st.caption(components.verbatim(stages.get(told.now.stage, told.now.stage)))
        components.quotation(told.now.reason)

    def begin_anew() -> None:
        st.session_state[f"{turns}:turn"] = st.session_state.get(f"{turns}:turn", 0) + 1

    st.button(
        text("Leave what I typed and begin with what stands now"),
        icon=":material/restart_alt:",
        key=f"{turns}:anew",
        on_click=begin_anew,
    )


def _instead_of_theirs(drawn: _Drawn, key: str) -> bool:
    if drawn.told is None:
        return False
    return st.checkbox(
        text("I have read what stands now; mine is to stand in its place."),
        key=f"{_of_the_same(key, drawn)}:instead",
    )


def _take_away(seen: Judgement, tick: str, key: str) -> None:
    """Leave what was recorded out of the next version; earlier versions keep it."""
    meant = st.checkbox(text("Take this judgement away"), key=f"{tick}:away")
    if meant and st.button(text("Take away"), icon=":material/delete:", key=f"{tick}:remove"):
        _carry_out(key, partial(recording.remove, judgement=seen), ["would-remove"])


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
    code: str,
    year: int,
    part: str | None,
    institution: str | None,
    before: Judgement | None,
    key: str,
) -> Judgement:
    filled = asdict(before) if before else {}
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
        help=text("Needed for “įgyvendinta”, and wherever nobody asked about it answered."),
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
    approved_on = st.date_input(
        text("Approved on"),
        value=before.approved_on if before else None,
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
    except Changed as changed:
        st.session_state[_DRAWN][key] = replace(st.session_state[_DRAWN][key], told=changed)
        st.session_state.pop(_REFUSED, None)
        st.rerun()
    except WrongUse as error:
        st.error(components.verbatim(_translated(error)))
        return
    if outcome.problems:
        st.session_state[_REFUSED] = (key, outcome)
    else:
        st.session_state.pop(_REFUSED, None)
        st.session_state.pop(_DRAWN, None)
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
    if desk.undo(
        outcome.delivery, outcome.version, text("Undo"), key=f"judging:undo:{outcome.version}"
    ):
        st.session_state.pop(_DONE, None)
        st.session_state.pop(_DRAWN, None)
        st.rerun()
