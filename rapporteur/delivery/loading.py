"""Files → versions: everything is checked first, then all deliveries are written or none."""

import contextlib
import datetime
import functools
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from rapporteur.delivery import checking, reference, senders, stored_codes
from rapporteur.delivery.checking import Check, Checked, delivery_code, schema
from rapporteur.delivery.declaration import GLOBAL_CODES, SHEETS
from rapporteur.delivery.problems import CONFIRMABLE, LEFT_OUT, Problem, cell_address, later
from rapporteur.delivery.reading import RawFile, Unreadable, name_of, read_file
from rapporteur.delivery.values import as_text
from rapporteur.settings import DATA
from rapporteur.warehouse import history
from rapporteur.warehouse.differences import KEY_SEPARATOR, TableDifference
from rapporteur.warehouse.history import Version
from rapporteur.warehouse.reading import TIME_ZONE, Warehouse, open_current, today
from rapporteur.warehouse.scratch import remove_abandoned
from rapporteur.warehouse.writing import Change, Current, Definitions, Draft, NewVersion, drafting

# Rows that may not vanish without somebody saying so.
MISSED: Final = ("response", "assessment", "result")
_DEFINING: Final = (*GLOBAL_CODES, "recommendation_part", "source", "conflict")


class WrongUse(Exception):
    """The command was put in a way that cannot be carried out; the message says what is missing."""

    def __init__(self, template: str, **values: str) -> None:
        super().__init__(template.format(**values))
        self.template = template
        self.values = values


@dataclass(frozen=True)
class Outcome:
    """What became of one delivery. `version` is None where nothing was written.

    `differences` lists the rows behind `changes`, where they were asked for; of very many problems
    the first are in `problems` and the others counted in `unlisted`. `made_from` is the last
    version of the delivery when it was compared, None where there was none.
    """

    accepted: bool
    delivery: str | None
    version: int | None
    unchanged: bool
    rows: Mapping[str, int]
    changes: Mapping[str, Change]
    problems: Sequence[Problem]
    notices: Sequence[Problem]
    differences: Mapping[str, TableDifference] = field(default_factory=dict)
    unlisted: int = 0
    made_from: int | None = None

    @property
    def problem_count(self) -> int:
        """All problems, listed or not."""
        return len(self.problems) + self.unlisted


# Told of each step before it begins: a sentence of the catalogue and what stands in its braces.
Tell = Callable[[str, Mapping[str, object]], None]


def _silently(template: str, values: Mapping[str, object]) -> None:
    """Nobody waits to be told."""


# Deliveries with the last version of each that was seen, None where there was no version.
Seen = Mapping[str, int | None]

_DONE_MEANWHILE: Final[Mapping[str, str]] = {
    "load": later(
        "Delivery {delivery} is no longer what you saw: {actor} loaded version {version} at "
        "{time}. Nothing was changed; look at what stands now."
    ),
    "restore": later(
        "Delivery {delivery} is no longer what you saw: {actor} restored it as version {version} "
        "at {time}. Nothing was changed; look at what stands now."
    ),
    "withdraw": later(
        "Delivery {delivery} is no longer what you saw: {actor} withdrew it by version {version} "
        "at {time}. Nothing was changed; look at what stands now."
    ),
    "purge": later(
        "Delivery {delivery} is no longer what you saw: {actor} purged a version of it by version "
        "{version} at {time}. Nothing was changed; look at what stands now."
    ),
}
_GONE: Final = later("Delivery {delivery} is no longer what you saw. Nothing was changed.")


class Superseded(Exception):
    """A delivery is no longer at the version that was seen; `now` is its last version.

    `template` and `values` say by whom and when that was made.
    """

    def __init__(self, delivery: str, now: Version | None) -> None:
        super().__init__(delivery, now)
        self.delivery = delivery
        self.now = now
        self.template = _DONE_MEANWHILE[now.action] if now else _GONE
        self.values = {"delivery": delivery}
        if now:
            moment = now.made_at.astimezone(TIME_ZONE)
            self.values |= {
                "version": str(now.number),
                "actor": now.actor or "–",
                "time": f"{moment:%Y-%m-%d %H:%M}",
            }


class Abandoned(Exception):
    """The draft is not to be published."""


def definitions() -> Definitions:
    """The tables, lists and views that every generation is made with."""
    tables = {sheet.table: schema(sheet) for sheet in SHEETS if not sheet.one_row}
    return Definitions(tables, reference.tables(), stored_codes.coded())


def shipped() -> list[Path]:
    """The workbooks that come with the project."""
    return sorted(DATA.glob("*.xlsx"))


def open_renewed(target: Path) -> Warehouse:
    """The current generation, rebuilt first where this version of the program defines it anew.

    Raises WarehouseError when nothing was loaded yet.
    """
    remove_abandoned()
    warehouse = open_current(target)
    if warehouse.build == definitions().digest:
        return warehouse
    warehouse.close()
    with drafting(target, definitions()):
        pass  # a draft renews tables, lists and views; the rows stay as they are
    return open_current(target)


@contextlib.contextmanager
def opened(source: Path | Warehouse) -> Iterator[Warehouse]:
    """The generation given; or the current one of a database, by `open_renewed`, closed after."""
    if isinstance(source, Warehouse):
        yield source
        return
    warehouse = open_renewed(source)
    try:
        yield warehouse
    finally:
        warehouse.close()


def refuse_superseded(draft: Draft, seen: Seen | None) -> None:
    """Raises Superseded where a delivery has a later version by now than the one that was seen."""
    if not seen:
        return
    known = draft.history()
    for code, version in seen.items():
        now = history.newest(known, code)
        if (now.number if now else None) != version:
            raise Superseded(code, now)


def _in_deliveries(
    files: Sequence[RawFile], newest_year: int, override: str | None
) -> dict[str | None, list[RawFile]]:
    """Files by the delivery that they belong to."""
    lists = reference.lists(newest_year)
    codes = [delivery_code(file, lists) for file in files]
    stated = {code for code in codes if code}
    # Files that name no delivery go with the only one there is.
    fallback = override or (next(iter(stated)) if len(stated) == 1 else None)
    found: dict[str | None, list[RawFile]] = {}
    for file, code in zip(files, codes, strict=True):  # files of two senders may share a name
        found.setdefault(code or fallback, []).append(file)
    return found


def load(
    paths: Sequence[Path],
    target: Path,
    *,
    moment: datetime.datetime,
    actor: str,
    confirm: Collection[str] = (),
    delivery: str | None = None,
    institution: str | None = None,
    write: bool = True,
    with_differences: bool = False,
    made_from: Seen | None = None,
    tell: Tell = _silently,
) -> list[Outcome]:
    """Check the files and, with `write`, store one new version of each delivery: all or none.

    `delivery` and `institution` stand in where a file has no Pateikimas sheet; `confirm` lists the
    codes of problems that are accepted; `with_differences` lists the rows that would change; `tell`
    hears of each step. `made_from` tells the versions of deliveries that whoever loads has seen.
    Raises WrongUse when a delivery has no code or institution, Superseded when one of `made_from`
    is the last no more, WarehouseError when the database cannot be read or written.
    """
    newest_year = today(moment).year + 1
    delivery = as_text(delivery)
    files: list[RawFile] = []
    broken: list[Outcome] = []
    for path in paths:
        tell(later("Reading {file} …"), {"file": name_of(path)})
        try:
            files.append(read_file(path))
        except Unreadable as error:
            broken.append(Outcome(False, None, None, False, {}, {}, [error.problem], []))
    grouped = _in_deliveries(files, newest_year, delivery)
    outcomes: list[Outcome] = []
    try:
        with drafting(target, definitions(), publish=write) as draft:
            refuse_superseded(draft, made_from)
            outcomes = _into_draft(
                draft,
                grouped,
                newest_year,
                confirm,
                (delivery, institution),
                moment,
                actor,
                with_differences,
                tell,
            )
            failed = broken or any(outcome.problems for outcome in outcomes)
            nothing_new = all(outcome.unchanged for outcome in outcomes)
            if failed or nothing_new or not write:
                raise Abandoned
            for outcome, sent in zip(outcomes, grouped.values(), strict=True):
                if outcome.delivery is None:
                    raise WrongUse(
                        later(
                            "{file} has no filled-in sheet Pateikimas: give --delivery and "
                            "--institution."
                        ),
                        file=sent[0].name,
                    )
    except Abandoned:
        refused = bool(broken) or any(outcome.problems for outcome in outcomes)
        outcomes = [
            replace(
                outcome,
                accepted=not refused,
                version=None if refused or not outcome.unchanged else outcome.version,
            )
            for outcome in outcomes
        ]
    return broken + outcomes


def _into_draft(
    draft: Draft,
    grouped: Mapping[str | None, list[RawFile]],
    newest_year: int,
    confirm: Collection[str],
    given: tuple[str | None, str | None],
    moment: datetime.datetime,
    actor: str,
    with_differences: bool,
    tell: Tell,
) -> list[Outcome]:
    """Check every delivery against the draft and, while nothing is wrong, add it."""
    states = {}
    for code, files in grouped.items():
        tell(later("Checking delivery {delivery} …"), {"delivery": code or files[0].name})
        stated = ("code", "institution") if all(given) and code == given[0] else ()
        states[code] = checking.start(files, newest_year, confirm, stated)
    own = {code: state.own_codes() for code, state in states.items()}
    replaced = [code for code in grouped if code]
    outside = {table: draft.codes(table, replaced) for table in _DEFINING}
    outside["institution"] |= _municipalities()
    had_versions = any(draft.current(code) for code in replaced)
    office = senders.offices(
        draft.holding("recommendation"),
        draft.holding("recommendation", ever=True),
        [
            (code or "", sender)
            for code, state in states.items()
            for sender in [state.sender() or given[1]]
            if sender and state.has_rows("recommendation")
        ],
    )
    known = draft.history()
    on_silence = judged_on_silence(draft, today(moment))
    outcomes = []
    for code, files in grouped.items():
        elsewhere = {
            table: outside[table].union(
                *(codes.get(table, ()) for other, codes in own.items() if other != code)
            )
            for table in _DEFINING
        }
        checked = checking.finish(
            states[code],
            files,
            elsewhere,
            functools.partial(draft.search, code),
            code=given[0] if code == given[0] else None,
            institution=given[1] if given[0] in (None, code) else None,
            office=office,
            new_rows=functools.partial(draft.new_rows, code or given[0] or ""),
        )
        checked.notices += _unanswered(draft, checked, office, today(moment))
        tell(later("Comparing with what is loaded …"), {})
        outcome = _store(draft, checked, confirm, moment, actor, with_differences, office)
        last = history.newest(known, outcome.delivery) if outcome.delivery else None
        outcomes.append(replace(outcome, made_from=last.number if last else None))
    if not any(outcome.problems for outcome in outcomes):
        found = [
            # Only a version that takes another's place can take a code away.
            *(left_dangling(draft, replaced) if had_versions else ()),
            *left_on_silence(draft, today(moment), on_silence, states.values()),
        ]
        if found:
            outcomes[0] = replace(
                outcomes[0], accepted=False, version=None, unchanged=False, problems=found
            )
    return outcomes


def _store(
    draft: Draft,
    checked: Checked,
    confirm: Collection[str],
    moment: datetime.datetime,
    actor: str,
    with_differences: bool,
    office: Collection[str],
) -> Outcome:
    rows = {table: data.num_rows for table, data in checked.tables.items()}
    is_faulty = not set(checked.counts) <= set(CONFIRMABLE)
    if is_faulty or checked.code is None or checked.institution is None:
        # Without a code there is nothing to compare with; `load` says what is missing.
        return Outcome(
            not checked.problems,
            None,
            None,
            False,
            rows,
            {},
            checked.problems,
            checked.notices,
            unlisted=checked.unlisted,
        )
    new = NewVersion(
        checked.code,
        checked.institution,
        checked.year,
        checked.note,
        tuple((file.name, file.sha256, file.content) for file in checked.files),
        checked.tables,
    )
    now = draft.current(new.delivery)
    changes = draft.changes(new)
    digests = sorted(file.sha256 for file in checked.files)
    same_words = now == Current(now.version if now else 0, new.institution, new.year, new.note)
    left_out = [problem for problem in checked.problems if problem.code in LEFT_OUT]
    same_rows = not changes and same_words and not left_out
    if now and (draft.digests(now.version) == digests or same_rows):
        return Outcome(True, new.delivery, now.version, True, rows, {}, [], checked.notices)
    problems = checked.problems + [
        problem
        for problem in _to_confirm(checked, changes, _owner(draft, checked, office))
        if problem.code not in confirm
    ]
    differences = draft.differences(new, changes) if with_differences else {}
    version = None if problems else draft.add(new, changes, at=moment, actor=actor)
    return Outcome(
        not problems,
        new.delivery,
        version,
        False,
        rows,
        changes,
        problems,
        checked.notices,
        differences,
        checked.unlisted,
    )


def _unanswered(
    draft: Draft, checked: Checked, office: Collection[str], as_of: datetime.date
) -> list[Problem]:
    """The notice that who was asked sends something, and no answer."""
    sent = {name: table.num_rows for name, table in checked.tables.items()}
    year = checked.year or senders.year_of_request(checked.code or "", checked.institution)
    is_asked = checked.institution not in office or senders.year_of_request(
        checked.code or "", checked.institution
    )
    if not (year and is_asked and any(sent.values())) or sent.get("response"):
        return []
    asked = {"institution": [checked.institution], "year": [year]}
    items = draft.asked("institutions/items", asked, as_of)
    count = sum(1 for item in items if item["is_open"])
    values = {"institution": checked.institution, "year": year, "count": count}
    template = later(
        "{institution} was asked for {year}, and the file holds no answer: it will be shown as "
        "silent on {count} items. If there are answers, write them on sheet Atsakymai."
    )
    file = checked.files[0].name
    return [Problem(file, None, None, "answers-none", str(count), template, values)] * bool(count)


def _owner(draft: Draft, checked: Checked, office: Collection[str]) -> str | None:
    """Whose delivery it is: of who sent it last, or whose request opened it; None for nobody's.

    The office may open the delivery of a request on behalf of whom it was sent to.
    """
    assert checked.code
    sent = draft.last_sender(checked.code)
    if sent or checked.institution in office:
        return sent
    return senders.owner_by_code(checked.code, draft.codes("institution") | _municipalities())


def _to_confirm(
    checked: Checked, changes: Mapping[str, Change], institution: str | None
) -> list[Problem]:
    """What a new version may do only when somebody says that it is meant."""
    file = checked.files[0].name
    found = []
    if institution and institution != checked.institution:
        found.append(
            Problem(
                file,
                None,
                None,
                "delivery-of-another",
                checked.code,
                later(
                    "Delivery {delivery} belongs to {owner}, this file comes from {sender}. "
                    "Load it with --confirm delivery-of-another if that is meant."
                ),
                {
                    "delivery": checked.code,
                    "owner": institution,
                    "sender": checked.institution,
                },
            )
        )
    removed = {name: changes[name].removed for name in MISSED if name in changes}
    if any(removed.values()):
        shown = ", ".join(f"{name}: {count}" for name, count in removed.items() if count)
        found.append(
            Problem(
                file,
                None,
                None,
                "would-remove",
                shown,
                later(
                    "This version would take away rows that the current one holds ({rows}). "
                    "Load it with --confirm would-remove if that is meant."
                ),
                {"rows": shown},
            )
        )
    return found


def _municipalities() -> frozenset[str]:
    """Every municipality is an institution, defined by the list under data/reference/."""
    return frozenset(row["code"] for row in reference.rows("municipality"))


def left_dangling(
    draft: Draft, replaced: Collection[str] = (), restored: str | None = None
) -> list[Problem]:
    """References to codes that the draft no longer defines, in all deliveries but the replaced.

    The rows of the delivery `restored` are told of themselves and not as another's.
    """
    known = {table: draft.codes(table) for table in _DEFINING}
    known["institution"] |= _municipalities()
    found = []
    for sheet in SHEETS:
        if sheet.one_row:
            continue
        columns = [
            (column.name, frozenset().union(*(known[table] for table in column.refers)))
            for column in sheet.columns
            if column.refers
        ]
        if "part" in {c.name for c in sheet.columns} and sheet.table != "recommendation_part":
            whole = f"recommendation || '{KEY_SEPARATOR}' || part"
            columns.append((whole, known["recommendation_part"]))
        for column, codes in columns:
            for delivery, code, *place in draft.dangling(sheet.table, column, codes, replaced):
                own = later("This row refers to “{code}”, which no current delivery defines.")
                another = later("Another delivery's row refers to “{code}”, which would be gone.")
                template = own if delivery == restored else another
                found.append(at_row(place, "code-unknown", template, code))
    return found


def at_row(place: Sequence[Any], code: str, template: str, value: str) -> Problem:
    """A problem of a stored row (file, sheet, row) with a code that it names.

    Where columns stood in a workbook that was loaded earlier is not known any more.
    """
    file, sheet, row = place
    shown = value.replace(KEY_SEPARATOR, " ")
    return Problem(file, sheet, cell_address(row - 1, 0), code, shown, template, {"code": shown})


_ON_SILENCE: Final[Mapping[tuple[bool, bool], str]] = {
    # Keys: it judges a part; it judges one institution's doing.
    (False, False): later(
        "{recommendation} is judged for {year}, but nobody answered that year. Name the document "
        "that the judgement rests on, or leave it out."
    ),
    (True, False): later(
        "Part {part} of {recommendation} is judged for {year}, but nobody answered that year of "
        "those it is addressed to. Name the document that the judgement rests on, or leave it out."
    ),
    (False, True): later(
        "What {institution} did for {recommendation} is judged for {year}, but it has not answered "
        "that year. Name the document that the judgement rests on, or leave it out."
    ),
    (True, True): later(
        "What {institution} did for part {part} of {recommendation} is judged for {year}, but it "
        "has not answered that year. Name the document that the judgement rests on, or leave it "
        "out."
    ),
}
_JUDGED: Final = ("delivery", "recommendation", "part", "institution", "year", "assessment")
JudgedOnSilence = frozenset[tuple[Any, ...]]


def judged_on_silence(draft: Draft, as_of: datetime.date) -> JudgedOnSilence:
    """Judgements that nothing known stands behind by now, as a change finds them.

    A rule that became stricter since they were loaded is no reason to refuse what others load.
    """
    if not draft.has_rows("assessment"):
        return frozenset()
    return frozenset(
        tuple(row[name] for name in _JUDGED)
        for row in draft.wrong_rows("judgement_without_information", as_of)
    )


def left_on_silence(
    draft: Draft,
    as_of: datetime.date,
    before: JudgedOnSilence,
    states: Iterable[Check] = (),
) -> list[Problem]:
    """Judgements that a change leaves without anything known behind them, at the assessment's cell.

    `before` are those that it found so.
    """
    if not draft.has_rows("assessment"):
        return []
    columns = {
        (laid.file, laid.raw.name): laid.positions["assessment"]
        for state in states
        for laid, _ in state.values.get("assessment", [])
    }
    return [
        Problem(
            row["file"],
            row["sheet"],
            # Where columns stand in a workbook that was loaded earlier is not known any more.
            cell_address(row["row"] - 1, columns.get((row["file"], row["sheet"]), 0)),
            "row-contradiction",
            row["assessment"],
            _ON_SILENCE[row["part"] is not None, row["institution"] is not None],
            {name: row[name] for name in ("recommendation", "part", "institution", "year")},
        )
        for row in draft.wrong_rows("judgement_without_information", as_of)
        if tuple(row[name] for name in _JUDGED) not in before
    ]
