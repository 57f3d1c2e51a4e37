"""Where files are handed in: what is wrong, what would change, and the one button to load."""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import pandas as pd
import streamlit as st

from rapporteur import settings
from rapporteur.delivery import annotating, loading, template, versions
from rapporteur.delivery.declaration import SHEET_OF_TABLE
from rapporteur.delivery.file_limits import file_stem
from rapporteur.delivery.loading import Outcome, Seen, Superseded, Tell, WrongUse
from rapporteur.delivery.problems import CONFIRMABLE, MAX_LISTED, Problem
from rapporteur.delivery.reading import SUFFIXES
from rapporteur.delivery.values import plain
from rapporteur.translations import translator
from rapporteur.ui import components, door
from rapporteur.ui.language import current_language, plural, text
from rapporteur.warehouse.differences import RowDifference, TableDifference
from rapporteur.warehouse.scratch import scratch_folder

# Rows that may not vanish without somebody saying so, one by one; of very many, the rest at once.
_MOST_TICKS = 100
_PRESSED = "desk:pressed"
_MOST_SHOWN = 200
# Notices that nobody may overlook.
_UNFOLDED = ("answers-none",)
_LONGEST_NAME = 80
# Texts wrap in a small table; a large one can be scrolled and searched instead.
_MOST_WRAPPED = 40
_MOST_LETTERS = 400
_CONTEXT = 60
_DELIVERY_SHEET = SHEET_OF_TABLE["delivery"]


@dataclass(frozen=True)
class Sent:
    """A file as the browser sent it, under a name that is safe to write."""

    name: str
    content: bytes

    @property
    def sha256(self) -> str:
        """The digest by which the same bytes are known again."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True)
class _Checked:
    """What the check of these files found, and what it was compared with."""

    files: tuple[tuple[str, str], ...]
    about: tuple[str | None, str | None]
    generation: str
    outcomes: Sequence[Outcome]

    @property
    def seen(self) -> Seen:
        """The versions with which the files were compared."""
        return {one.delivery: one.made_from for one in self.outcomes if one.delivery}


@dataclass(frozen=True)
class _ToConfirm:
    """One thing that is loaded only when somebody says that it is meant."""

    code: str
    key: str
    words: str


def safe_name(name: str) -> str:
    """The last part of a file's name, without what no file system takes."""
    last = re.split(r"[/\\\\]", name)[-1]
    kept = "".join(letter for letter in last if letter.isprintable())[-_LONGEST_NAME:]
    return kept if kept.strip(". ") else "failas"


def template_button() -> None:
    """The empty workbook that senders fill in."""
    st.download_button(
        text("Download the empty template"),
        data=partial(template.workbook, current_language()),
        file_name="pateikimo-sablonas.xlsx",
        mime=components.EXCEL_TYPE,
        on_click="ignore",
        icon=":material/download:",
        key="template",
    )


def hand_in() -> None:
    """Take files, say what is wrong with them or what they would change, and load them."""
    pressed: _Checked | None = st.session_state.pop(_PRESSED, None)
    _tell_what_was_done()
    uploaded = st.file_uploader(
        text("Workbooks to load: one or several"),
        type=[suffix.lstrip(".") for suffix in SUFFIXES],
        accept_multiple_files=True,
        # Another key is an empty uploader: after a load there is nothing to hand in.
        key=f"upload:{st.session_state.get('desk:turn', 0)}",
        help=text(
            "Excel (.xlsx, .xlsm, .xls), LibreOffice (.ods) or text (.csv). Nothing is stored "
            "until you press the button that loads it."
        ),
    )
    if not uploaded:
        return
    sent = [Sent(safe_name(file.name), file.getvalue()) for file in uploaded]
    files = tuple((file.name, file.sha256) for file in sent)
    if st.session_state.get("desk:asked") == files:
        _ask_for_delivery()
    checked = _checked(sent, files)
    if checked is None:
        return
    outcomes = checked.outcomes
    if _only_lack_a_sender(outcomes):
        _ask_from_the_next_run_on(files)
    if any(_faults(outcome) for outcome in outcomes):
        _show_problems(sent, outcomes)
        return
    if all(outcome.unchanged for outcome in outcomes):
        st.info(text("These files say what is loaded already. There is nothing to do."))
        _show_notices(outcomes)
        return
    if any(outcome.delivery is None for outcome in outcomes):
        _ask_from_the_next_run_on(files)
        return
    _show_changes(outcomes)
    _show_notices(outcomes)
    _load_when_confirmed(sent, checked, pressed)


# Checking ----------------------------------------------------------------------------------------


def _checked(sent: Sequence[Sent], files: tuple[tuple[str, str], ...]) -> _Checked | None:
    """The check of these files; done anew when they, or what is loaded, have changed."""
    about = _about()
    generation = door.generation_name()
    known: _Checked | None = st.session_state.get("desk:checked")
    if known and (known.files, known.about, known.generation) == (files, about, generation):
        return known
    with st.status(text("Checking the files …"), expanded=True) as status:
        outcomes = _run(sent, about, status_line(status), write=False)
        if outcomes is None:
            status.update(label=text("The files were not checked."), state="error")
            return None
        count = sum(_fault_count(outcome) for outcome in outcomes)
        status.update(
            label=plural("{count} problem", "{count} problems", count).format(count=count)
            if count
            else text("Checked: no problems."),
            state="error" if count else "complete",
            expanded=False,
        )
    checked = _Checked(files, about, generation, outcomes)
    if known and (known.files, known.about) == (files, about):
        _tell_what_came_between(known, checked)
    st.session_state["desk:checked"] = checked
    return checked


def _tell_what_came_between(known: _Checked, checked: _Checked) -> None:
    """Say who changed a delivery since its differences were shown."""
    for delivery, version in checked.seen.items():
        if known.seen.get(delivery, version) != version:
            between = Superseded(delivery, door.last_change(delivery))
            st.warning(components.verbatim(_translated(between.template, between.values)))


def status_line(status: st.delta_generator.DeltaGenerator) -> Tell:
    """Writes each step of the loader under a status."""

    def tell(template: str, values: Mapping[str, object]) -> None:
        words = translator(current_language()).gettext(template)
        status.write(components.verbatim(words.format(**values)))

    return tell


def _run(
    sent: Sequence[Sent],
    about: tuple[str | None, str | None],
    tell: Tell,
    *,
    write: bool,
    confirm: Sequence[str] = (),
    seen: Seen | None = None,
) -> list[Outcome] | None:
    """Let the loader check or load the files; None when it refuses them, which is said."""
    with _on_disk(sent) as paths:
        try:
            return loading.load(
                paths,
                settings.database(),
                moment=settings.now(),
                actor=settings.actor(),
                confirm=confirm,
                delivery=about[0],
                institution=about[1],
                write=write,
                made_from=seen,
                with_differences=not write,
                tell=tell,
            )
        except (WrongUse, Superseded) as error:
            st.error(components.verbatim(_translated(error.template, error.values)))
            return None


@contextmanager
def _on_disk(sent: Sequence[Sent]) -> Iterator[list[Path]]:
    """The files where the reader finds them, each in a folder of its own: names may repeat."""
    with scratch_folder() as folder:
        paths = []
        for number, file in enumerate(sent):
            place = Path(folder) / str(number)
            place.mkdir()
            path = place / file.name
            path.write_bytes(file.content)
            paths.append(path)
        yield paths


def _about() -> tuple[str | None, str | None]:
    """Delivery and institution as given on the page, where the files do not name them."""
    delivery = (st.session_state.get("desk:delivery") or "").strip()
    institution = st.session_state.get("desk:institution")
    return (delivery, institution) if delivery and institution else (None, None)


def _only_lack_a_sender(outcomes: Sequence[Outcome]) -> bool:
    """Tell whether nothing is wrong but that sheet Pateikimas leaves code or sender empty."""
    faults = [fault for outcome in outcomes for fault in _faults(outcome)]
    names = {plain(name) for name in (_DELIVERY_SHEET.name, _DELIVERY_SHEET.alias)}
    return bool(faults) and all(
        fault.code == "value-required" and plain(fault.sheet or "") in names for fault in faults
    )


def _ask_from_the_next_run_on(files: tuple[tuple[str, str], ...]) -> None:
    """Draw the question for code and sender above the check, while these files lie here."""
    if st.session_state.get("desk:asked") != files:
        st.session_state["desk:asked"] = files
        st.rerun()


def _ask_for_delivery() -> None:
    """Ask for what sheet Pateikimas would say where it is missing or not filled in."""
    st.warning(
        text(
            "Some files have no sheet “Pateikimas”, or it is not filled in: say here which "
            "delivery they are and who sends them."
        )
    )
    labels = door.labels_of("institution") if door.has_data() else {}
    first, second = st.columns(2)
    first.text_input(
        text("Code of the delivery"),
        key="desk:delivery",
        placeholder="PD-2020",
    )
    second.selectbox(
        text("Institution that sends it"),
        options=sorted(labels, key=labels.__getitem__),
        format_func=lambda code: f"{labels[code]} ({code})" if code in labels else code,
        index=None,
        accept_new_options=True,  # the files may define their sender themselves
        placeholder=text("Choose an institution"),
        key="desk:institution",
    )


# Problems ----------------------------------------------------------------------------------------


def _faults(outcome: Outcome) -> list[Problem]:
    """What has to be mended; what only has to be confirmed is no fault."""
    return [problem for problem in outcome.problems if problem.code not in CONFIRMABLE]


def _fault_count(outcome: Outcome) -> int:
    """How many problems are told below; none where all of them only have to be confirmed."""
    return outcome.problem_count if _faults(outcome) else 0


def _show_problems(sent: Sequence[Sent], outcomes: Sequence[Outcome]) -> None:
    """The problems sheet by sheet, and the senders' own files with their cells marked."""
    problems = [problem for outcome in outcomes for problem in outcome.problems]
    count = sum(outcome.problem_count for outcome in outcomes)
    st.error(
        plural(
            "{count} problem: nothing was loaded. Mend it and hand the file in again.",
            "{count} problems: nothing was loaded. Mend them and hand the file in again.",
            count,
        ).format(count=count)
    )
    notices = [notice for outcome in outcomes for notice in outcome.notices]
    for number, file in enumerate(sent):
        st.download_button(
            text("{file} with the cells marked").format(file=components.verbatim(file.name)),
            data=partial(_annotated, file, problems, notices, current_language()),
            file_name=f"{file_stem(Path(file.name).stem)}-pastabos.xlsx",
            mime=components.EXCEL_TYPE,
            on_click="ignore",
            icon=":material/download:",
            key=f"annotated:{number}",
            type="primary",
        )
    listed: dict[tuple[str, str], list[Problem]] = {}
    for problem in problems:
        listed.setdefault((problem.file, problem.sheet or text("The whole file")), []).append(
            problem
        )
    for (name, sheet), found in listed.items():
        place = sheet if len(sent) == 1 else f"{name} · {sheet}"
        st.subheader(components.verbatim(place))
        _problem_table(found, alt=text("Problems on sheet {sheet}").format(sheet=sheet))
    if count > len(problems):
        st.caption(
            text("The first {listed} of {count} problems are listed.").format(
                listed=len(problems), count=count
            )
        )
    _show_notices(outcomes)


def _annotated(
    file: Sent, problems: Sequence[Problem], notices: Sequence[Problem], language: str
) -> bytes:
    """The sender's file with its problems marked. Takes the language: it runs after the page.

    What cannot be marked, because it is no spreadsheet, comes back as it is.
    """
    with _on_disk([file]) as [path]:
        own = [problem for problem in problems if problem.file == file.name]
        heard = [notice for notice in notices if notice.file == file.name]
        try:
            return annotating.annotate(path, own, heard, language)
        except annotating.NotAnnotatable:
            return file.content


def _problem_table(found: Sequence[Problem], *, alt: str) -> None:
    translate = translator(current_language()).gettext
    rows = [
        {
            text("Cell"): problem.cell or "–",
            text("Found"): _shortened(problem.value or "–"),
            text("What is wrong and what to write"): components.verbatim(
                problem.message(translate)
            ),
            text("Code"): components.verbatim(problem.code),
        }
        for problem in found[:_MOST_SHOWN]
    ]
    st.table(pd.DataFrame(rows), hide_index=True, alt=alt)
    if len(found) > _MOST_SHOWN:
        st.caption(
            text("… and {count} more in the file with the cells marked.").format(
                count=len(found) - _MOST_SHOWN
            )
        )


def _shortened(words: str, most: int = 120) -> str:
    return components.verbatim(words if len(words) <= most else f"{words[:most]}…")


def _show_notices(outcomes: Sequence[Outcome]) -> None:
    """What was noticed and blocks nothing."""
    notices = [notice for outcome in outcomes for notice in outcome.notices][:MAX_LISTED]
    if not notices:
        return
    translate = translator(current_language()).gettext
    for notice in notices:
        if notice.code in _UNFOLDED:
            st.warning(components.verbatim(notice.message(translate)))
    label = plural("{count} notice", "{count} notices", len(notices)).format(count=len(notices))
    with st.expander(label, key="desk:notices"):
        st.caption(text("Notices block nothing; they say what was understood and how."))
        rows = [
            {
                text("Sheet"): components.verbatim(notice.sheet or "–"),
                text("Cell"): notice.cell or "–",
                text("Found"): _shortened(notice.value or "–"),
                text("Notice"): components.verbatim(notice.message(translate)),
            }
            for notice in notices[:_MOST_SHOWN]
        ]
        st.table(pd.DataFrame(rows), hide_index=True, alt=text("Notices"))


# What would change -------------------------------------------------------------------------------


def _show_changes(outcomes: Sequence[Outcome]) -> None:
    st.header(text("What would change"))
    for outcome in outcomes:
        st.subheader(components.verbatim(outcome.delivery or ""))
        if outcome.unchanged:
            st.caption(text("Nothing: this delivery is loaded already."))
            continue
        show_differences(outcome.differences, key=f"desk:{outcome.delivery}")


def show_differences(tables: Mapping[str, TableDifference], *, key: str) -> None:
    """Rows added, changed and removed by table, with old and new values."""
    if not tables:
        st.caption(text("No rows differ."))
        return
    counts = [
        {
            text("Sheet"): sheet_name(name),
            text("Added"): table.change.added,
            text("Changed"): table.change.changed,
            text("Removed"): table.change.removed,
        }
        for name, table in tables.items()
    ]
    st.table(pd.DataFrame(counts), hide_index=True, alt=text("Rows that differ, by sheet"))
    for name, table in tables.items():
        with st.expander(
            text("{sheet}: the rows").format(sheet=sheet_name(name)), key=f"{key}:{name}"
        ):
            rows = [line for row in table.rows[:_MOST_SHOWN] for line in _lines(row)]
            alt = text("Rows of {sheet} that differ, with old and new values").format(
                sheet=sheet_name(name)
            )
            if len(rows) <= _MOST_WRAPPED:
                escaped = [{k: components.verbatim(v) for k, v in row.items()} for row in rows]
                st.table(pd.DataFrame(escaped), hide_index=True, alt=alt)
            else:
                st.dataframe(pd.DataFrame(rows), hide_index=True, alt=alt)
            differing = table.change.added + table.change.changed + table.change.removed
            if differing > _MOST_SHOWN:
                st.caption(
                    text("The first {listed} of {count} rows are listed.").format(
                        listed=_MOST_SHOWN, count=differing
                    )
                )


def _lines(row: RowDifference) -> Iterator[dict[str, str]]:
    """One line for each value that changed; one for a row that came or went."""
    kinds = {"added": text("added"), "changed": text("changed"), "removed": text("removed")}
    origin = row.after or row.before
    common = {
        text("Row"): str(origin.row) if origin else "",
        text("Change"): kinds[row.change],
        text("Key"): versions.readable_key(row) or "",
    }
    if row.change == "changed":
        for value in row.values:
            old, new = _where_they_part(_value(value.old), _value(value.new))
            yield common | {
                text("Column"): column_name(row.table, value.column),
                text("Before"): old,
                text("After"): new,
            }
        return
    said = "; ".join(
        f"{column_name(row.table, value.column)}: {_value(value.old or value.new)}"
        for value in row.values
    )
    yield common | {
        text("Column"): "",
        text("Before"): _piece(said, 0) if row.change == "removed" else "",
        text("After"): _piece(said, 0) if row.change == "added" else "",
    }


def _where_they_part(old: str, new: str) -> tuple[str, str]:
    """Two texts from shortly before where they begin to differ, not longer than can be read."""
    same = next((n for n, pair in enumerate(zip(old, new, strict=False)) if len(set(pair)) > 1), 0)
    start = old.rfind(" ", 0, max(same - _CONTEXT, 0)) + 1 if same > 2 * _CONTEXT else 0
    return _piece(old, start), _piece(new, start)


def _piece(words: str, start: int) -> str:
    end = start + _MOST_LETTERS
    return ("… " if start else "") + words[start:end] + (" …" if len(words) > end else "")


def _value(value: object) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return text("yes") if value else text("no")
    if isinstance(value, list):
        return "; ".join(map(str, value))
    return str(value)


def sheet_name(table: str) -> str:
    """A table as its sheet is called in the reader's language."""
    sheet = SHEET_OF_TABLE[table]
    return sheet.name if current_language() == "lt" else sheet.alias


def column_name(table: str, column: str) -> str:
    """A column as its sheet calls it; of the mark of a number, the number's."""
    for known in SHEET_OF_TABLE[table].columns:
        if column == known.name:
            return known.header
        if column == f"{known.name}_mark":
            return text("{column}, mark").format(column=known.header)
        if column == f"{known.name}_precision":
            return text("{column}, precision").format(column=known.header)
    return column


# Confirming and loading --------------------------------------------------------------------------


def _to_confirm(outcome: Outcome) -> Iterator[_ToConfirm]:
    """One tick a problem; of very many of one code, the rest at once."""
    by_code: dict[str, list[Problem]] = {}
    for problem in outcome.problems:
        by_code.setdefault(problem.code, []).append(problem)
    for code, problems in by_code.items():
        if code == "would-remove":
            yield from _removals(outcome)
            continue
        yield from (_tick(problem) for problem in problems[:_MOST_TICKS])
        # Those that are not listed have codes of the listed ones.
        is_last = code == list(by_code)[-1]
        rest = len(problems[_MOST_TICKS:]) + (outcome.unlisted if is_last else 0)
        if rest:
            words = text("{count} more: {code}")
            yield _ToConfirm(
                code, f"{code}:{outcome.delivery}:rest", words.format(count=rest, code=code)
            )


def _tick(problem: Problem) -> _ToConfirm:
    place = ", ".join(filter(None, (problem.sheet, problem.cell)))
    words = problem.message(translator(current_language()).gettext)
    return _ToConfirm(
        problem.code,
        f"{problem.code}:{problem.file}:{place}",
        f"{place}: {words}" if place else words,
    )


def _removals(outcome: Outcome) -> Iterator[_ToConfirm]:
    for name, table in outcome.differences.items():
        if name not in loading.MISSED or not table.change.removed:
            continue
        listed = [row for row in table.rows if row.change == "removed"][:_MOST_TICKS]
        for row in listed:
            key = versions.readable_key(row) or ""
            yield _ToConfirm(
                "would-remove",
                f"would-remove:{outcome.delivery}:{name}:{key}",
                text("{sheet}: {key} would be removed").format(sheet=sheet_name(name), key=key),
            )
        rest = table.change.removed - len(listed)
        if rest:
            yield _ToConfirm(
                "would-remove",
                f"would-remove:{outcome.delivery}:{name}:rest",
                plural(
                    "{sheet}: {count} more row would be removed",
                    "{sheet}: {count} more rows would be removed",
                    rest,
                ).format(sheet=sheet_name(name), count=rest),
            )


def _load_when_confirmed(sent: Sequence[Sent], checked: _Checked, pressed: _Checked | None) -> None:
    """Load once the button is pressed beside these differences, with each tick that they need."""
    items = [item for outcome in checked.outcomes for item in _to_confirm(outcome)]
    ticked = []
    if items:
        st.header(text("To confirm"))
        st.caption(text("Tick each of these if it is meant; otherwise mend the file."))
        # Ticks hold for these files and the versions compared: others are ticked anew.
        of_these = hashlib.sha256(repr((checked.files, checked.seen)).encode()).hexdigest()
        with st.container(height=420 if len(items) > 10 else "content", border=len(items) > 10):
            ticked = [
                st.checkbox(components.verbatim(item.words), key=f"confirm:{of_these}:{item.key}")
                for item in items
            ]
    st.button(
        text("Load"),
        type="primary",
        icon=":material/check:",
        disabled=not all(ticked),
        key="desk:load",
        on_click=st.session_state.__setitem__,
        args=(_PRESSED, checked),
    )
    # A press holds for the differences beside which the button stood.
    seen = (checked.files, checked.seen)
    if pressed is None or (pressed.files, pressed.seen) != seen or not all(ticked):
        return
    with st.status(text("Loading …"), expanded=True) as status:
        outcomes = _run(
            sent,
            checked.about,
            status_line(status),
            write=True,
            confirm=sorted({item.code for item in items}),
            seen=checked.seen,
        )
    if outcomes is None:
        st.session_state.pop("desk:checked", None)
        return
    if not all(outcome.accepted for outcome in outcomes):
        # Something came between the check and the load; what is found now is shown anew.
        _show_problems(sent, outcomes)
        st.session_state.pop("desk:checked", None)
        return
    st.session_state["desk:done"] = [replace(outcome, differences={}) for outcome in outcomes]
    st.session_state["desk:turn"] = st.session_state.get("desk:turn", 0) + 1
    for name in ("desk:checked", "desk:delivery", "desk:institution", "desk:asked"):
        st.session_state.pop(name, None)
    st.rerun()


def _tell_what_was_done() -> None:
    """What the last load of this session wrote, and the way back."""
    done: Sequence[Outcome] = st.session_state.get("desk:done", ())
    for outcome in done:
        if outcome.unchanged or outcome.version is None or outcome.delivery is None:
            continue
        st.success(
            text("{delivery}: version {version} is loaded.").format(
                delivery=components.verbatim(outcome.delivery), version=outcome.version
            )
        )
        label = text("Undo the loading of {delivery}").format(
            delivery=components.verbatim(outcome.delivery)
        )
        if undo(outcome.delivery, outcome.version, label, key=f"undo:{outcome.version}"):
            st.session_state.pop("desk:done", None)
            st.rerun()


def undo(delivery: str, version: int, label: str, *, key: str) -> bool:
    """The button that makes what was current before a version current again. Whether it did.

    Before the first version, nothing was. Once somebody changed the delivery after that version,
    there is no way back by this button, as it would take their change along: it is drawn no more,
    and who pressed it while it still stood there is told.
    """
    asked = f"{key}:asked"
    if door.last_version(delivery) == version:
        st.button(
            label,
            icon=":material/undo:",
            key=key,
            on_click=st.session_state.__setitem__,
            args=(asked, True),
        )
    if not st.session_state.pop(asked, False):
        return False
    before = door.version_before(version)
    if before is None:
        run = partial(versions.withdraw, settings.database(), delivery)
    else:
        run = partial(versions.restore, settings.database(), before)
    return change_versions(run, {delivery: version})


def change_versions(change: Callable[..., Outcome], seen: Seen) -> bool:
    """Carry out a change of versions, while deliveries are at the versions that were seen.

    Says why when it is refused. Whether it was done.
    """
    try:
        outcome = change(moment=settings.now(), actor=settings.actor(), made_from=seen)
    except (WrongUse, Superseded) as error:
        st.error(components.verbatim(_translated(error.template, error.values)))
        return False
    if outcome.accepted:
        st.session_state.pop("desk:checked", None)
        return True
    st.error(text("Refused: other rows depend on what would go. Nothing was changed."))
    _problem_table(outcome.problems, alt=text("Rows that stand in the way"))
    return False


def _translated(template: str, values: Mapping[str, str]) -> str:
    return translator(current_language()).gettext(template).format(**values)
