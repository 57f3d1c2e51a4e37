"""The questions: files under queries/, each one SELECT with a header that says what it gives."""

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from rapporteur.settings import QUERIES

# Folders whose files are not asked by name.
_NOT_ASKED = {"views", "findings", "kept"}


class UnknownQuestion(Exception):
    """There is no question of that name."""


@dataclass(frozen=True)
class Question:
    """A question's text and header: purpose, parameters and columns with what each means.

    `rests_on` is the question that names the sources of what this one counts; None where its own
    rows name theirs. `follows` are the codes of the rules of the methodology that it counts by.
    `leaves_out` is the question that names figures which this one has no row for.
    """

    name: str
    sql: str
    purpose: str
    parameters: Mapping[str, str]
    columns: Mapping[str, str]
    rests_on: str | None = None
    follows: tuple[str, ...] = ()
    leaves_out: str | None = None


def _described(sql: str, kind: str) -> dict[str, str]:
    return dict(re.findall(rf"^-- {kind}: (\w+) — (.+)$", sql, re.MULTILINE))


def _purpose(sql: str) -> str:
    """The sentences of the header up to its first empty comment."""
    head = re.match(r"(?:-- .+\n)+", sql)
    return " ".join(line.removeprefix("-- ") for line in head[0].splitlines()) if head else ""


def read(path: Path) -> Question:
    """The question that a .sql file holds."""
    sql = path.read_text(encoding="utf-8")
    rests_on = re.search(r"^-- rests on: (\S+)$", sql, re.MULTILINE)
    follows = re.search(r"^-- follows: (.+)$", sql, re.MULTILINE)
    leaves_out = re.search(r"^-- leaves out: (\S+)$", sql, re.MULTILINE)
    return Question(
        path.relative_to(QUERIES).with_suffix("").as_posix(),
        sql,
        _purpose(sql),
        _described(sql, "param"),
        _described(sql, "column"),
        rests_on[1] if rests_on else None,
        tuple(follows[1].split(", ")) if follows else (),
        leaves_out[1] if leaves_out else None,
    )


def messages(
    file: BinaryIO, keywords: object, comment_tags: object, options: object
) -> Iterator[tuple[int, str | None, str, list[str]]]:
    """What of a question's header is shown to readers: an extraction method for `make messages`."""
    sql = file.read().decode("utf-8")
    yield 1, None, _purpose(sql), []
    for kind in ("param", "column"):
        for meaning in _described(sql, kind).values():
            yield 1, None, meaning, []


@functools.cache
def questions() -> Mapping[str, Question]:
    """Every question by its name, such as `implementation/coverage`."""
    paths = sorted(QUERIES.rglob("*.sql"))
    found = (read(path) for path in paths if path.parent.name not in _NOT_ASKED)
    return {question.name: question for question in found}


def question(name: str) -> Question:
    """The question of that name. Raises UnknownQuestion."""
    try:
        return questions()[name]
    except KeyError:
        raise UnknownQuestion(name) from None
