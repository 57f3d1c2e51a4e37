"""The commands: `python -m rapporteur COMMAND`. Thin: each calls what the pages call, too."""

import argparse
import contextlib
import csv
import datetime
import errno
import io
import os
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import orjson

from rapporteur import settings
from rapporteur.delivery import (
    annotating,
    handing_back,
    loading,
    requesting,
    store_check,
    stored_codes,
    template,
    versions,
)
from rapporteur.delivery.loading import Outcome, Superseded, WrongUse
from rapporteur.delivery.problems import CONFIRMABLE, MAX_LISTED, Problem
from rapporteur.documents import answers, output, protocol, report, report_drafting
from rapporteur.documents.report_reading import NotAReport
from rapporteur.documents.workbook import TooManyRows
from rapporteur.translations import LANGUAGES, later, translator
from rapporteur.warehouse import generations
from rapporteur.warehouse.differences import RowDifference
from rapporteur.warehouse.generations import GenerationRefused, WarehouseError
from rapporteur.warehouse.questions import UnknownQuestion, questions
from rapporteur.warehouse.reading import BadParameter, Warehouse, today

DONE, REFUSED, WRONG_USE = 0, 1, 2
INTERRUPTED = 130  # as shells have it


class _Parser(argparse.ArgumentParser):
    """Wrong use ends in one sentence and exit code 2."""

    def error(self, message: str) -> Any:
        print(f"{self.prog}: {message}", file=sys.stderr)
        raise SystemExit(WRONG_USE)


def _arguments() -> argparse.ArgumentParser:
    common = _Parser(add_help=False)
    common.add_argument(
        "--database", metavar="TARGET", help="default: RAPPORTEUR_DATABASE or var/rapporteur.duckdb"
    )
    common.add_argument("--json", action="store_true", help="one JSON document on standard output")
    common.add_argument("--lang", choices=LANGUAGES, default="lt", help="language of messages")
    parser = _Parser(prog="python -m rapporteur", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, run: Callable[[argparse.Namespace], int], words: str) -> _Parser:
        made = commands.add_parser(name, parents=[common], help=words)
        made.set_defaults(run=run)
        return made

    for name, run, words in (
        ("load", _load, "check workbooks and write one new version of each delivery"),
        ("check", _check, "the same checks; writes nothing"),
    ):
        made = command(name, run, words)
        made.add_argument("paths", nargs="*", type=Path, metavar="PATH")
        made.add_argument("--delivery", metavar="CODE", help="for files without sheet Pateikimas")
        made.add_argument("--institution", metavar="CODE", help="its sender")
        if name == "check":
            made.add_argument(
                "--annotate",
                type=Path,
                metavar="OUT.xlsx",
                help="the workbook sent with its faulty cells marked; a folder for several",
            )
        if name == "load":
            made.add_argument("--shipped", action="store_true", help="everything under data/")
            made.add_argument(
                "--confirm",
                nargs="+",
                action="extend",
                default=[],
                choices=CONFIRMABLE,
                metavar="CODE",
                help=f"accept: {', '.join(CONFIRMABLE)}",
            )
            made.add_argument(
                "--instead-of",
                action="append",
                default=[],
                metavar="DELIVERY=VERSION",
                help="only while that is the delivery's last version; repeated for several",
            )
    asked = command("ask", _ask, "answer one question of queries/")
    exported = command("export", _export, "an answer as an Excel file")
    asked.add_argument("question", metavar="QUESTION")
    exported.add_argument("question", nargs="?", metavar="QUESTION")
    exported.add_argument("out", type=Path, metavar="OUT.xlsx")
    exported.add_argument(
        "--delivery", metavar="CODE", help="a delivery as a workbook that loads again unchanged"
    )
    exported.add_argument(
        "--each",
        metavar="NAME",
        help="a sheet for each value of this parameter, such as institution, too",
    )
    for made in (asked, exported):
        made.add_argument(
            "--param",
            action="append",
            default=[],
            metavar="NAME=VALUE",
            help="a filter; repeated, any of its values",
        )
        made.add_argument(
            "--as-of", type=datetime.date.fromisoformat, metavar="DATE", help="as it stood that day"
        )
    asked.add_argument("--format", choices=("table", "csv", "json"), default="table")
    command("history", _history, "deliveries and their versions")
    made = command("template", _template, "the empty workbook that institutions fill in")
    made.add_argument("out", type=Path, metavar="OUT.xlsx")
    made.add_argument(
        "--institution", metavar="CODE", help="filled in with what it is asked, ready to send"
    )
    made.add_argument("--year", type=int, metavar="YEAR", help="the reporting year of the request")
    made = command("report", _report, "the report on the recommendations made in a year, for Word")
    made.add_argument("year", type=int, metavar="YEAR")
    made.add_argument("out", type=Path, metavar="OUT.docx")
    made.add_argument(
        "--with",
        action="append",
        default=[],
        choices=report.OPTIONS,
        dest="options",
        help="add judgements, coverage in numbers, charts, what continues each, or sources",
    )
    made = command(
        "import-report", _import_report, "a report for Word as a draft workbook to be confirmed"
    )
    made.add_argument("path", type=Path, metavar="REPORT.docx")
    made.add_argument("out", type=Path, metavar="OUT.xlsx")
    made.add_argument(
        "--year", type=int, metavar="YEAR", help="of the recommendations, where no title says it"
    )
    made = command("protocol", _protocol, "the draft protocol of the Government, for Word")
    made.add_argument("document", metavar="DOCUMENT")
    made.add_argument("out", type=Path, metavar="OUT.docx")
    for name, run, words in (
        ("diff", _diff, "rows that a version added, changed and removed, or those between two"),
        ("restore", _restore, "make a delivery as it was at a version current again"),
        ("purge", _purge, "destroy a version's files and rows for good"),
    ):
        made = command(name, run, words)
        made.add_argument("version", type=int, metavar="VERSION")
        if name == "diff":
            made.add_argument("second", type=int, nargs="?", metavar="VERSION")
        else:
            _add_instead_of(made)
        if name == "purge":
            made.add_argument("--reason", required=True, metavar="TEXT", help="kept in the history")
    made = command(
        "use-generation",
        _use_generation,
        "make a generation that is there the current one when the pointer is lost",
    )
    made.add_argument("name", metavar="NAME", help="such as rapporteur-00007.duckdb")
    command(
        "check-store",
        _check_store,
        "verify every generation and version by digest, and find codes that no list knows",
    )
    made = command("withdraw", _withdraw, "leave a delivery without current rows; versions stay")
    made.add_argument("delivery", metavar="DELIVERY")
    _add_instead_of(made)
    return parser


def _add_instead_of(command: _Parser) -> None:
    command.add_argument(
        "--instead-of",
        type=int,
        metavar="VERSION",
        help="only while that is the delivery's last version",
    )


def main(words: Sequence[str] | None = None) -> int:
    """Carry out one command and return its exit code: 0 done, 1 refused, 2 wrong use."""
    given = _arguments().parse_args(words)
    translate = translator(given.lang).gettext
    try:
        settings.mode()
        given.target = settings.database(given.database)
        exit_code = int(given.run(given))
        sys.stdout.flush()
        return exit_code
    except (settings.SettingError, WarehouseError) as error:
        message = str(error)
    except WrongUse as error:
        message = translate(error.template).format(**error.values)
    except Superseded as error:
        print(translate(error.template).format(**error.values), file=sys.stderr)
        return REFUSED
    except UnknownQuestion as error:
        message = translate(later("There is no question “{name}”. Known: {known}.")).format(
            name=error, known=", ".join(questions())
        )
    except BadParameter as error:
        message = _about_parameter(error, translate)
    except BrokenPipeError:  # the reader of our output went away
        _write_nowhere()
        return DONE
    except KeyboardInterrupt:
        return INTERRUPTED
    except OSError as error:  # a full disk under our output, and the like
        _write_nowhere()
        message = translate(later("The output cannot be written: {reason}.")).format(
            reason=error.strerror or error
        )
    print(message, file=sys.stderr)
    return WRONG_USE


def _about_parameter(error: BadParameter, translate: Callable[[str], str]) -> str:
    if error.value is not None:
        template = later("Parameter {parameter} cannot be {value}.")
    else:
        template = later("Question {question} has no parameter “{parameter}”. It has: {known}.")
    return translate(template).format(
        question=error.question_name,
        parameter=error.parameter,
        value=error.value,
        known=", ".join(questions()[error.question_name].parameters) or "–",
    )


def _print_json(document: object) -> None:
    sys.stdout.buffer.write(orjson.dumps(document, default=str) + b"\n")
    sys.stdout.buffer.flush()


# load, check -------------------------------------------------------------------------------------


def _load(given: argparse.Namespace) -> int:
    paths = [*given.paths, *(loading.shipped() if given.shipped else ())]
    return _run_load(given, paths, given.confirm, write=True)


def _check(given: argparse.Namespace) -> int:
    annotated = _annotated_files(given.paths, given.annotate) if given.annotate else {}
    return _run_load(given, given.paths, (), write=False, annotated=annotated)


def _run_load(
    given: argparse.Namespace,
    paths: Sequence[Path],
    confirm: Sequence[str],
    *,
    write: bool,
    annotated: Mapping[Path, Path] | None = None,
) -> int:
    if not paths:
        raise WrongUse(later("Name at least one file to read."))
    outcomes = loading.load(
        paths,
        given.target,
        moment=settings.now(),
        actor=settings.actor(),
        confirm=confirm,
        delivery=given.delivery,
        institution=given.institution,
        write=write,
        made_from=_deliveries_seen(given.instead_of) if write else None,
    )
    accepted = all(outcome.accepted for outcome in outcomes)
    written, failures = _write_annotated(outcomes, annotated or {}, given.lang)
    if given.json:
        _print_json(_load_document(outcomes, translator(given.lang).gettext))
    else:
        for outcome in outcomes:
            _tell(outcome, given.lang, write=write)
        for file in written:
            print(file)
    for failure in failures:
        print(failure, file=sys.stderr)
    return DONE if accepted and not failures else REFUSED


def _annotated_files(paths: Sequence[Path], out: Path) -> dict[Path, Path]:
    """Which file each path is annotated into: OUT, or one of its own in the folder OUT."""
    names = [path.name for path in paths]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:  # problems tell files apart by their names
        raise WrongUse(
            later("Two files are called {file}: annotate them one at a time."), file=twice
        )
    if not out.is_dir():
        if len(paths) > 1:
            raise WrongUse(
                later(
                    "Several files are annotated into a folder: "
                    "name an existing one with --annotate."
                )
            )
        if out.suffix.lower() != ".xlsx" or not out.parent.is_dir():
            raise WrongUse(
                later(
                    "Write the annotated workbook to a file that ends in .xlsx or into an "
                    "existing folder, not “{out}”."
                ),
                out=str(out),
            )
        found = dict.fromkeys(paths, out)
    else:
        stems = [path.stem for path in paths]
        found = {
            # Of lentele.xlsx and lentele.ods each keeps a file of its own.
            path: out / f"{path.stem if stems.count(path.stem) == 1 else path.name}-pastabos.xlsx"
            for path in paths
        }
    sent = [path for path in paths if path.exists()]
    for file in found.values():
        if file.exists() and any(map(file.samefile, sent)):
            raise WrongUse(
                later("{file} was sent itself and stays as it is: name another file to write."),
                file=str(file),
            )
    return found


def _write_annotated(
    outcomes: Sequence[Outcome], annotated: Mapping[Path, Path], language: str
) -> tuple[list[Path], list[str]]:
    """The annotated files that were written, and a sentence for each that could not be made."""
    translate = translator(language).gettext
    names = {path.name for path in annotated}
    written, failures = [], []
    for path, file in annotated.items():

        def about(found: Sequence[Problem], name: str = path.name) -> list[Problem]:
            # What is wrong with files loaded earlier concerns every sender.
            return [one for one in found if one.file == name or one.file not in names]

        try:
            content = annotating.annotate(
                path,
                [one for outcome in outcomes for one in about(outcome.problems)],
                [one for outcome in outcomes for one in about(outcome.notices)],
                language,
            )
        except annotating.NotAnnotatable as error:
            failures.append(
                translate(later("{file}: not annotated. {reason}")).format(
                    file=path.name, reason=translate(error.template).format(**error.values)
                )
            )
            continue
        _write_content(file, content)
        written.append(file)
    return written, failures


def _load_document(outcomes: Sequence[Outcome], translate: Callable[[str], str]) -> object:
    documents = [_outcome_document(outcome, translate) for outcome in outcomes]
    if len(documents) == 1:
        return documents[0]
    return {
        "accepted": all(outcome.accepted for outcome in outcomes),
        "problem_count": sum(outcome.problem_count for outcome in outcomes),
        "deliveries": documents,
    }


def _outcome_document(outcome: Outcome, translate: Callable[[str], str]) -> dict[str, object]:
    def listed(found: Sequence[Problem]) -> list[dict[str, str | None]]:
        return [problem.as_json(translate) for problem in found[:MAX_LISTED]]

    return {
        "accepted": outcome.accepted,
        "delivery": outcome.delivery,
        "version": outcome.version,
        "unchanged": outcome.unchanged,
        "rows": outcome.rows,
        "changes": outcome.changes,
        "problems": listed(outcome.problems),
        "problem_count": outcome.problem_count,
        "notices": listed(outcome.notices),
    }


def _tell(
    outcome: Outcome,
    language: str,
    *,
    write: bool,
    done: str = later("{delivery}: version {version} was written."),
) -> None:
    """One delivery's outcome for a person: what happened, and each problem at its cell."""
    translations = translator(language)
    translate = translations.gettext
    for problem in outcome.problems[:MAX_LISTED]:
        place = ", ".join(filter(None, (problem.file, problem.sheet, problem.cell)))
        print(f"{place}: {problem.message(translate)} [{problem.code}]", file=sys.stderr)
    name = outcome.delivery or "–"
    if outcome.problems:
        count = outcome.problem_count
        sentence = translations.ngettext(
            "{delivery}: {count} problem, nothing was written.",
            "{delivery}: {count} problems, nothing was written.",
            count,
        )
        print(sentence.format(delivery=name, count=count), file=sys.stderr)
        if outcome.made_from and {one.code for one in outcome.problems} <= set(CONFIRMABLE):
            told = translate(
                later(
                    "With --instead-of {delivery}={version} it is loaded only while that version "
                    "is the last one."
                )
            )
            print(told.format(delivery=name, version=outcome.made_from), file=sys.stderr)
        return
    if not outcome.accepted:
        print(translate(later("{delivery}: nothing was written.")).format(delivery=name))
        return
    if outcome.unchanged:
        sentence = translate(later("{delivery}: unchanged, version {version}."))
    elif write and outcome.version is not None:
        sentence = translate(done)
    else:
        sentence = translate(later("{delivery}: no problems."))
    print(sentence.format(delivery=name, version=outcome.version))
    for table, rows in outcome.rows.items():
        print(f"  {table}: {rows}")
    for notice in outcome.notices[:MAX_LISTED]:
        place = ", ".join(filter(None, (notice.file, notice.sheet, notice.cell)))
        print(f"  {place}: {notice.message(translate)} [{notice.code}]")


# ask, export, history ----------------------------------------------------------------------------


def _parameters(given: argparse.Namespace) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for pair in given.param:
        name, equals, value = pair.partition("=")
        if not equals:
            raise WrongUse(later("Write a parameter as NAME=VALUE, not “{pair}”."), pair=pair)
        found.setdefault(name, []).append(value)
    return found


def _answer(
    given: argparse.Namespace, name: str, parameters: dict[str, list[str]], as_of: datetime.date
) -> tuple[list[str], list[tuple[Any, ...]]]:
    warehouse: Warehouse = loading.open_renewed(given.target)
    try:
        columns, rows = warehouse.rows(name, parameters, as_of=as_of)
        # No rows is no “no data” while there are some that no list knows.
        if not rows and (found := stored_codes.unknown(warehouse, as_of)):
            print(stored_codes.sentences(found, given.lang), file=sys.stderr)
        return columns, rows
    finally:
        warehouse.close()


def _ask(given: argparse.Namespace) -> int:
    as_of = given.as_of or today(settings.now())
    columns, rows = _answer(given, given.question, _parameters(given), as_of)
    _print_answer(columns, rows, "json" if given.json else given.format)
    return DONE


def _history(given: argparse.Namespace) -> int:
    columns, rows = _answer(given, "overview/versions", {}, today(settings.now()))
    _print_answer(columns, rows, "json" if given.json else "table")
    return DONE


# diff, restore, withdraw, purge -------------------------------------------------------------------


def _diff(given: argparse.Namespace) -> int:
    found = versions.diff(given.target, given.version, given.second)
    if given.json:
        _print_json(versions.as_json(found))
        return DONE
    translate = translator(given.lang).gettext
    print(f"{found.delivery}: {found.old or '–'} → {found.new}")
    for value in found.about:
        print(f"  {value.column}: {_shown(value.old)} → {_shown(value.new)}")
    for name, table in found.tables.items():
        counts = f"+{table.change.added} ~{table.change.changed} -{table.change.removed}"
        print(f"{name}: {counts}")
        for row in table.rows:
            _tell_row(row)
        rest = sum(vars(table.change).values()) - len(table.rows)
        if rest:
            print(translate(later("  … and {count} more")).format(count=rest))
    return DONE


def _tell_row(row: RowDifference) -> None:
    sign = {"added": "+", "changed": "~", "removed": "-"}[row.change]
    origin = row.after or row.before
    place = f"{origin.file}, {origin.sheet}, {origin.row}" if origin else ""
    print(f"  {sign} {versions.readable_key(row) or place}")
    for value in row.values:
        print(f"      {value.column}: {_shown(value.old)} → {_shown(value.new)}")


def _deliveries_seen(pairs: Sequence[str]) -> dict[str, int | None]:
    """The versions that whoever loads has seen, from DELIVERY=VERSION."""
    found: dict[str, int | None] = {}
    for pair in pairs:
        delivery, _, version = pair.rpartition("=")
        if not delivery or not version.isdecimal():
            raise WrongUse(later("Write DELIVERY=VERSION, not “{pair}”."), pair=pair)
        found[delivery] = int(version)
    return found


def _version_seen(given: argparse.Namespace) -> dict[str, int | None] | None:
    """The version of its delivery that whoever changes one has seen."""
    if given.instead_of is None:
        return None
    with loading.opened(given.target) as warehouse:
        known = warehouse.history()
    if given.version not in known:
        raise WrongUse(later("There is no version {version}."), version=str(given.version))
    return {known[given.version].delivery: given.instead_of}


def _restore(given: argparse.Namespace) -> int:
    outcome = versions.restore(
        given.target,
        given.version,
        moment=settings.now(),
        actor=settings.actor(),
        made_from=_version_seen(given),
    )
    return _told(given, outcome, later("{delivery}: restored as version {version}."))


def _withdraw(given: argparse.Namespace) -> int:
    outcome = versions.withdraw(
        given.target,
        given.delivery,
        moment=settings.now(),
        actor=settings.actor(),
        made_from=None if given.instead_of is None else {given.delivery: given.instead_of},
    )
    return _told(given, outcome, later("{delivery}: withdrawn by version {version}."))


def _use_generation(given: argparse.Namespace) -> int:
    try:
        held = generations.use_generation(given.target, given.name)
    except GenerationRefused as error:
        if given.json:
            _print_json({"accepted": False, "generation": given.name, "message": str(error)})
        else:
            print(error, file=sys.stderr)
        return REFUSED
    if given.json:
        about = {"accepted": True, "generation": held.name, "version": held.version}
        _print_json({**about, "deliveries": held.deliveries, "rows": held.rows})
    else:
        print(generations.described(held))
    return DONE


def _check_store(given: argparse.Namespace) -> int:
    checked = store_check.check(given.target, today(settings.now()))
    if checked is None:
        raise WrongUse(later("Nothing is stored under {target}."), target=str(given.target))
    if given.json:
        _print_json(checked.as_json(given.lang))
        return DONE if checked.is_sound else REFUSED
    for trouble in checked.verified.troubles:
        print(store_check.told(trouble, given.lang), file=sys.stderr)
    if checked.unknown_codes:
        print(stored_codes.sentences(checked.unknown_codes, given.lang), file=sys.stderr)
    if checked.is_sound:
        sentence = translator(given.lang).gettext(
            later("All is as it was stored: generations – {generations}, files – {files}.")
        )
        print(
            sentence.format(generations=checked.verified.generations, files=checked.verified.files)
        )
    return DONE if checked.is_sound else REFUSED


def _purge(given: argparse.Namespace) -> int:
    outcome = versions.purge(
        given.target,
        given.version,
        given.reason,
        moment=settings.now(),
        actor=settings.actor(),
        made_from=_version_seen(given),
    )
    return _told(
        given,
        outcome,
        later("{delivery}: purged; the history says so as version {version}."),
    )


def _told(given: argparse.Namespace, outcome: Outcome, done: str) -> int:
    if given.json:
        _print_json(_load_document([outcome], translator(given.lang).gettext))
    else:
        _tell(outcome, given.lang, write=True, done=done)
    return DONE if outcome.accepted else REFUSED


def _export(given: argparse.Namespace) -> int:
    as_of = given.as_of or today(settings.now())
    parameters = _parameters(given)
    if (given.question is None) == (given.delivery is None):
        raise WrongUse(later("Name a question or --delivery CODE, and the file to write."))
    if given.delivery is not None:
        if given.each is not None:
            raise WrongUse(later("--each divides the answer to a question, not a delivery."))
        return _write_file(given, handing_back.workbook(given.target, given.delivery, as_of))
    warehouse = loading.open_renewed(given.target)
    try:
        content = answers.workbook(
            warehouse,
            given.question,
            parameters,
            as_of=as_of,
            made_at=settings.now(),
            language=given.lang,
            each=given.each,
        )
    except TooManyRows as error:
        raise WrongUse(
            later("The answer has more rows than a sheet of Excel can hold: {rows}. Filter it."),
            rows=str(error),
        ) from error
    finally:
        warehouse.close()
    return _write_file(given, content)


def _template(given: argparse.Namespace) -> int:
    if (given.institution is None) != (given.year is None):
        raise WrongUse(later("A request needs both --institution and --year."))
    if given.institution is None:
        return _write_file(given, template.workbook(given.lang))
    return _write_file(
        given,
        requesting.workbook(
            given.target, given.institution, given.year, as_of=today(settings.now())
        ),
    )


def _report(given: argparse.Namespace) -> int:
    day = today(settings.now())
    warehouse = loading.open_renewed(given.target)
    try:
        content = report.report(warehouse, given.year, as_of=day, options=given.options)
    finally:
        warehouse.close()
    return _write_file(given, content)


def _import_report(given: argparse.Namespace) -> int:
    translations = translator(given.lang)
    day = today(settings.now())
    if given.out.suffix.lower() != ".xlsx":
        raise WrongUse(
            later("Write the draft to a file that ends in .xlsx, not “{out}”."), out=str(given.out)
        )
    if given.year is not None and not 1990 <= given.year <= day.year + 1:
        raise WrongUse(
            later("“{value}” is not a year from 1990 to {newest}."),
            value=str(given.year),
            newest=str(day.year + 1),
        )
    try:
        if given.path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        draft = report_drafting.draft(
            given.path, report_drafting.known(given.target, day), year=given.year
        )
    except OSError as error:
        raise WrongUse(
            later("{file} cannot be read: {reason}."),
            file=str(given.path),
            reason=error.strerror or "",
        ) from error
    except NotAReport as error:
        problem = error.problem
        if given.json:
            _print_json(_import_document(None, None, [problem], translations.gettext))
        else:
            message = problem.message(translations.gettext)
            print(f"{problem.file}: {message} [{problem.code}]", file=sys.stderr)
        return REFUSED
    _write_content(given.out, draft.content)
    if given.json:
        _print_json(_import_document(given.out, draft, [], translations.gettext))
        return DONE
    print(given.out)
    for table, rows in draft.rows.items():
        print(f"  {table}: {rows}")
    for notice in draft.notices[:MAX_LISTED]:
        print(f"  {notice.message(translations.gettext)} [{notice.code}]")
    count = len(draft.doubts)
    sentence = translations.ngettext(
        "{count} reading to confirm: sheet {sheet}.",
        "{count} readings to confirm: sheet {sheet}.",
        count,
    )
    print(sentence.format(count=count, sheet=report_drafting.CONFIRM_SHEET))
    return DONE


def _import_document(
    out: Path | None,
    draft: report_drafting.Draft | None,
    problems: Sequence[Problem],
    translate: Callable[[str], str],
) -> dict[str, object]:
    """What became of a report, in the shape of `load` as far as it goes."""
    notices = draft.notices if draft else ()
    return {
        "accepted": not problems,
        "file": None if out is None else str(out),
        "delivery": draft.delivery if draft else None,
        "year": draft.year if draft else None,
        "rows": draft.rows if draft else {},
        "to_confirm": [doubt.as_json() for doubt in draft.doubts] if draft else [],
        "problems": [problem.as_json(translate) for problem in problems],
        "problem_count": len(problems),
        "notices": [notice.as_json(translate) for notice in notices[:MAX_LISTED]],
    }


def _protocol(given: argparse.Namespace) -> int:
    day = today(settings.now())
    warehouse = loading.open_renewed(given.target)
    try:
        content = protocol.protocol(warehouse, given.document, as_of=day)
    finally:
        warehouse.close()
    return _write_file(given, content)


def _write_file(given: argparse.Namespace, content: bytes) -> int:
    if output.is_part_of(given.target, given.out):
        raise WrongUse(
            later("{file} belongs to the database: name another file to write."),
            file=str(given.out),
        )
    _write_content(given.out, content)
    if given.json:
        _print_json({"file": str(given.out)})
    else:
        print(given.out)
    return DONE


def _write_content(out: Path, content: bytes) -> None:
    try:
        output.write_whole(out, content)
    except OSError as error:
        raise WrongUse(
            later("{file} cannot be written: {reason}."),
            file=str(out),
            reason=error.strerror or "",
        ) from error


def _print_answer(columns: list[str], rows: list[tuple[Any, ...]], form: str) -> None:
    if form == "json":
        _print_json([dict(zip(columns, row, strict=True)) for row in rows])
        return
    shown = [[_shown(cell) for cell in row] for row in rows]
    if form == "csv":
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerows(
            [columns, *([output.csv_cell(_shown(cell), cell) for cell in row] for row in rows)]
        )
        sys.stdout.write(text.getvalue())
        return
    widths = [
        min(60, max(len(cells[place]) for cells in [columns, *shown]))
        for place in range(len(columns))
    ]
    for cells in [columns, ["-" * width for width in widths], *shown]:
        print(
            "  ".join(
                (cell if len(cell) <= width else f"{cell[: width - 1]}…").ljust(width)
                for cell, width in zip(cells, widths, strict=True)
            ).rstrip()
        )


def _shown(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, list):
        return "; ".join(map(str, cell))
    return " ".join(str(cell).split())


def _write_nowhere() -> None:
    """Let what is still to be written at the end go nowhere, as its reader went away."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _end_like_an_interruption(*_: object) -> None:
    """Being told to end leaves every block, so that each tidies up after itself."""
    raise KeyboardInterrupt


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, _end_like_an_interruption)
    sys.exit(main())
