"""The commands: `python -m rapporteur COMMAND`. Thin: each calls what the pages call, too."""

import argparse
import csv
import datetime
import io
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import orjson

from rapporteur import settings
from rapporteur.delivery import handing_back, loading
from rapporteur.delivery.loading import Outcome, WrongUse
from rapporteur.delivery.problems import CONFIRMABLE, MAX_LISTED, Problem
from rapporteur.documents import answers
from rapporteur.translations import LANGUAGES, later, translator
from rapporteur.warehouse.generations import WarehouseError
from rapporteur.warehouse.questions import UnknownQuestion, questions
from rapporteur.warehouse.reading import BadParameter, Warehouse, today

DONE, REFUSED, WRONG_USE = 0, 1, 2


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
    asked = command("ask", _ask, "answer one question of queries/")
    exported = command("export", _export, "an answer as an Excel file")
    asked.add_argument("question", metavar="QUESTION")
    exported.add_argument("question", nargs="?", metavar="QUESTION")
    exported.add_argument("out", type=Path, metavar="OUT.xlsx")
    exported.add_argument(
        "--delivery", metavar="CODE", help="a delivery as a workbook that loads again unchanged"
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
    return parser


def main(words: Sequence[str] | None = None) -> int:
    """Carry out one command and return its exit code: 0 done, 1 refused, 2 wrong use."""
    given = _arguments().parse_args(words)
    translate = translator(given.lang).gettext
    try:
        settings.mode()
        given.target = settings.database(given.database)
        return int(given.run(given))
    except (settings.SettingError, WarehouseError) as error:
        message = str(error)
    except WrongUse as error:
        message = translate(error.template).format(**error.values)
    except UnknownQuestion as error:
        message = translate(later("There is no question “{name}”. Known: {known}.")).format(
            name=error, known=", ".join(questions())
        )
    except BadParameter as error:
        message = _about_parameter(error, translate)
    except BrokenPipeError:  # the reader of our output went away
        return DONE
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
    return _run_load(given, given.paths, (), write=False)


def _run_load(
    given: argparse.Namespace, paths: Sequence[Path], confirm: Sequence[str], *, write: bool
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
    )
    accepted = all(outcome.accepted for outcome in outcomes)
    if given.json:
        _print_json(_load_document(outcomes, translator(given.lang).gettext))
    else:
        for outcome in outcomes:
            _tell(outcome, given.lang, write=write)
    return DONE if accepted else REFUSED


def _load_document(outcomes: Sequence[Outcome], translate: Callable[[str], str]) -> object:
    documents = [_outcome_document(outcome, translate) for outcome in outcomes]
    if len(documents) == 1:
        return documents[0]
    return {
        "accepted": all(outcome.accepted for outcome in outcomes),
        "problem_count": sum(len(outcome.problems) for outcome in outcomes),
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
        "problem_count": len(outcome.problems),
        "notices": listed(outcome.notices),
    }


def _tell(outcome: Outcome, language: str, *, write: bool) -> None:
    """One delivery's outcome for a person: what happened, and each problem at its cell."""
    translations = translator(language)
    translate = translations.gettext
    for problem in outcome.problems[:MAX_LISTED]:
        place = ", ".join(filter(None, (problem.file, problem.sheet, problem.cell)))
        print(f"{place}: {problem.message(translate)} [{problem.code}]", file=sys.stderr)
    name = outcome.delivery or "–"
    if outcome.problems:
        count = len(outcome.problems)
        sentence = translations.ngettext(
            "{delivery}: {count} problem, nothing was written.",
            "{delivery}: {count} problems, nothing was written.",
            count,
        )
        print(sentence.format(delivery=name, count=count), file=sys.stderr)
        return
    if not outcome.accepted:
        print(translate(later("{delivery}: nothing was written.")).format(delivery=name))
        return
    if outcome.unchanged:
        sentence = translate(later("{delivery}: unchanged, version {version}."))
    elif write and outcome.version is not None:
        sentence = translate(later("{delivery}: version {version} was written."))
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
        return warehouse.rows(name, parameters, as_of=as_of)
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


def _export(given: argparse.Namespace) -> int:
    as_of = given.as_of or today(settings.now())
    parameters = _parameters(given)
    if (given.question is None) == (given.delivery is None):
        raise WrongUse(later("Name a question or --delivery CODE, and the file to write."))
    if given.delivery is not None:
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
        )
    finally:
        warehouse.close()
    return _write_file(given, content)


def _write_file(given: argparse.Namespace, content: bytes) -> int:
    try:
        given.out.write_bytes(content)
    except OSError as error:
        raise WrongUse(
            later("{file} cannot be written: {reason}."),
            file=str(given.out),
            reason=error.strerror or "",
        ) from error
    if given.json:
        _print_json({"file": str(given.out)})
    else:
        print(given.out)
    return DONE


def _print_answer(columns: list[str], rows: list[tuple[Any, ...]], form: str) -> None:
    if form == "json":
        _print_json([dict(zip(columns, row, strict=True)) for row in rows])
        return
    shown = [[_shown(cell) for cell in row] for row in rows]
    if form == "csv":
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerows([columns, *shown])
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


if __name__ == "__main__":
    sys.exit(main())
