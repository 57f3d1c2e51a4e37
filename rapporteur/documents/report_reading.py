"""A report of two columns, REKOMENDACIJA and REZULTATAI, read from Word as its paragraphs stand.

Reading is one thing and understanding another: whom the sentences name is found by `naming`, what
becomes of it is decided in `report_drafting`. What a reader of the page sees is read: insertions
are, deletions are not, and whatever stood otherwise than in the office's form is told in a notice.
"""

import dataclasses
import difflib
import io
import json
import re
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import OpcError
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from lxml import etree

from rapporteur import settings
from rapporteur.delivery.containers import Refused, checked_archive
from rapporteur.delivery.limited import limit_this_process
from rapporteur.delivery.problems import Problem
from rapporteur.delivery.reading import name_of
from rapporteur.delivery.values import MAX_TEXT, plain, tidy
from rapporteur.translations import later

# A report is text: one that unpacks to more is no report, or is made to harm.
_MAX_UNPACKED: Final = 200 * 2**20
_MAX_TEXT_UNPACKED: Final = 50 * 2**20
_MAX_MEMBERS: Final = 10_000
_MAX_BASED_ON: Final = 20  # styles, each based on the next
_MAX_SPAN: Final = 63  # columns that a table of Word can have
_OLD_FORMAT: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# What opening a damaged file may end in.
_DAMAGED: Final = (
    OpcError,
    etree.LxmlError,
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    NotImplementedError,
    RuntimeError,
    OSError,
)

_RECOMMENDATION, _RESULTS = "rekomendacija", "rezultatai"
_ALIKE: Final = 0.8  # of two words, one of them misspelt
_LONGEST_HEADING: Final = 6  # words
_HEADER_WITHIN: Final = 3  # rows
_NUMBER_HEADINGS: Final = {"nr", "nr.", "eil. nr.", "eil nr", "eil.nr.", "numeris"}
_NUMBER: Final = re.compile(r"(\d{1,3}(?:\.\d{1,3})*)(?:[.)]\s+|\s*[.)]?$)")
_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_YEAR_OF_TITLE: Final = re.compile(
    r"(?<!\d)((?:19|20)\d\d)\s*(?:m\.|m(?=\s)|metais|metų|metams)", re.IGNORECASE
)
_ENDS: Final = tuple(".;:!?)“”\"'")

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ALTERNATIVE: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATHS: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_DELETED: Final = {f"{_W}del", f"{_W}moveFrom", f"{_W}delText", f"{_W}delInstrText"}
_INSERTED: Final = {f"{_W}ins", f"{_W}moveTo"}
_WITHOUT_TEXT: Final = {
    f"{_W}{name}" for name in ("pPr", "rPr", "tcPr", "trPr", "tblPr", "sdtPr", "instrText", "rt")
}
_SPOKEN: Final = {
    f"{_W}tab": " ",
    f"{_W}ptab": " ",
    f"{_W}cr": "\n",
    f"{_W}noBreakHyphen": "\N{NON-BREAKING HYPHEN}",
}
_NOTES: Final = {
    f"{_W}footnoteReference": ("footnote", RELATIONSHIP_TYPE.FOOTNOTES),
    f"{_W}endnoteReference": ("endnote", RELATIONSHIP_TYPE.ENDNOTES),
}


@dataclass(frozen=True)
class Paragraph:
    """The words of a paragraph; `is_listed` where Word itself numbers or bullets it."""

    text: str
    is_listed: bool = False


@dataclass(frozen=True)
class Entry:
    """A recommendation and what is reported of it, word for word.

    `number` is None where none is written, `row` is the row of the table from 1; `notices` tell
    what of it was read otherwise than as the form has it.
    """

    paragraphs: tuple[Paragraph, ...]
    results: tuple[str, ...]
    row: int
    number: str | None = None
    notices: tuple[Problem, ...] = ()

    @property
    def text(self) -> str:
        """The recommendation, its paragraphs as lines."""
        return "\n".join(paragraph.text for paragraph in self.paragraphs)


@dataclass(frozen=True)
class Report:
    """A report as it stands; `notices` are those of no single entry.

    `year` is the one that the title says, `guessed_year` one that only the file's name or its
    sentences suggest.
    """

    title: str
    year: int | None
    guessed_year: int | None
    entries: tuple[Entry, ...]
    notices: tuple[Problem, ...]


class NotAReport(Exception):
    """A file that cannot be read as a report; the problem says why and what to do."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message())
        self.problem = problem


def read(path: Path) -> Report:
    """The report in a .docx file, read by a child process with limits.

    Raises NotAReport with what to do, OSError when there is no such file.
    """
    if path.stat().st_size > settings.max_file_bytes():
        raise _refusal(path, "file-too-large", _TOO_LARGE)
    words = [sys.executable, "-m", "rapporteur.documents.report_reading", str(path.resolve())]
    try:
        child = subprocess.run(
            words,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=settings.parser_seconds() * 1.5,
            env=settings.child_environment(),
            check=False,
        )
        said = json.loads(child.stdout)
    except (subprocess.TimeoutExpired, ValueError):  # it took too long, or ended before it spoke
        raise _refusal(path, "file-unreadable", _DAMAGED_FILE) from None
    if "refused" in said:
        raise NotAReport(Problem(**said["refused"]))
    return Report(
        said["title"],
        said["year"],
        said["guessed_year"],
        tuple(_entry(**one) for one in said["entries"]),
        _problems(said["notices"]),
    )


def read_here(path: Path) -> Report:
    """The report in a .docx file, read by this process: for the child alone.

    Raises NotAReport with what to do.
    """
    return _Reader(path).report()


def _problems(said: Sequence[Mapping[str, Any]]) -> tuple[Problem, ...]:
    return tuple(Problem(**one) for one in said)


def _entry(
    paragraphs: Sequence[Mapping[str, Any]],
    results: Sequence[str],
    notices: Sequence[Mapping[str, Any]],
    **others: Any,
) -> Entry:
    return Entry(
        paragraphs=tuple(Paragraph(**one) for one in paragraphs),
        results=tuple(results),
        notices=_problems(notices),
        **others,
    )


def main(words: Sequence[str]) -> int:
    """Read the report named on the command line and write it to standard output as JSON."""
    limit_this_process(settings.parser_megabytes(), settings.parser_seconds())
    try:
        said = dataclasses.asdict(read_here(Path(words[0])))
    except NotAReport as refused:
        said = {"refused": dataclasses.asdict(refused.problem)}
    sys.stdout.write(json.dumps(said))
    return 0


# Opening --------------------------------------------------------------------------------------

_DAMAGED_FILE: Final = later("The file is no Word document. Open it in Word and save it as .docx.")
_TOO_LARGE: Final = later(
    "The file unpacks to more than a report can hold. Remove what is no text."
)


def _refusal(path: Path, code: str, template: str, **values: str) -> NotAReport:
    return NotAReport(Problem(name_of(path), None, None, code, None, template, values))


def _opened(path: Path) -> Document:
    raw = path.read_bytes()
    if raw.startswith(_OLD_FORMAT):
        if "EncryptedPackage".encode("utf-16-le") in raw:
            sentence = later("The file is locked with a password. Save it without one.")
            raise _refusal(path, "file-encrypted", sentence)
        sentence = later("The file is in Word's old format. Open it in Word and save it as .docx.")
        raise _refusal(path, "file-unreadable", sentence)
    try:
        with checked_archive(path, _MAX_UNPACKED) as archive:
            entries = archive.infolist()
    except Refused as refused:
        is_large = refused.reason == "large"
        code, sentence = (
            ("file-too-large", _TOO_LARGE) if is_large else ("file-unreadable", _DAMAGED_FILE)
        )
        raise _refusal(path, code, sentence) from refused
    texts = sum(one.file_size for one in entries if one.filename.endswith((".xml", ".rels")))
    unpacked = sum(one.file_size for one in entries)
    if len(entries) > _MAX_MEMBERS or texts > _MAX_TEXT_UNPACKED or unpacked > _MAX_UNPACKED:
        raise _refusal(path, "file-too-large", _TOO_LARGE)
    try:
        document: Document = docx.Document(io.BytesIO(raw))
        is_plain = not document.element.getroottree().docinfo.doctype
        if document.element.body is None or not is_plain:
            raise _refusal(path, "file-unreadable", _DAMAGED_FILE)
        _write_out_styles(document)
    except _DAMAGED as error:
        raise _refusal(path, "file-unreadable", _DAMAGED_FILE) from error
    return document


# Words ----------------------------------------------------------------------------------------


@dataclass
class _Seen:
    """What was met on the way through a piece of the document."""

    is_tracked: bool = False
    struck: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    has_table: bool = False
    has_box: bool = False
    notes: list[tuple[str, str]] = field(default_factory=list)


def _child(element: Any, *names: str) -> Any:
    """The first grandchild along these names, or None."""
    for name in names:
        element = None if element is None else element.find(qn(f"w:{name}"))
    return element


def _value(element: Any, default: str = "") -> str:
    return default if element is None else str(element.get(qn("w:val"), default))


def _is_on(element: Any) -> bool:
    return element is not None and _value(element, "true") not in {"0", "false", "off"}


def _blocks(container: Any, seen: _Seen) -> Iterator[Any]:
    """The paragraphs in it in their order, those of tables and content controls inside too."""
    for element in container:
        if element.tag in _DELETED:
            seen.is_tracked = True
        elif element.tag == qn("w:p"):
            yield element
        elif element.tag not in _WITHOUT_TEXT:
            seen.has_table |= element.tag == qn("w:tbl")
            seen.is_tracked |= element.tag in _INSERTED
            if not _is_prompt(element):
                yield from _blocks(element, seen)


def _is_prompt(element: Any) -> bool:
    """Whether it is a content control that shows only what to type there."""
    return bool(element.tag == qn("w:sdt") and _is_on(_child(element, "sdtPr", "showingPlcHdr")))


def _inline(element: Any, seen: _Seen, boxes: list[Any]) -> Iterator[str]:
    """The pieces of text in a paragraph; text boxes that hang on it are gathered."""
    for node in element:
        tag = node.tag
        if tag in {qn("w:t"), _MATHS}:
            yield node.text or ""
        elif tag in _DELETED:
            seen.is_tracked = True
        elif tag in _SPOKEN:
            yield _SPOKEN[tag]
        elif tag == qn("w:br"):
            yield "" if node.get(qn("w:type")) in {"page", "column"} else "\n"
        elif tag == qn("w:sym"):
            yield _symbol(node.get(qn("w:char"), ""))
        elif tag in _NOTES:
            seen.notes.append((tag, str(node.get(qn("w:id"), ""))))
        elif tag == qn("w:txbxContent"):
            seen.has_box = True
            boxes.append(node)
        elif tag == f"{_ALTERNATIVE}Fallback" and _has_choice(node):
            continue  # the same once more, for programs that do not know the first
        elif isinstance(tag, str) and tag not in _WITHOUT_TEXT and not _is_prompt(node):
            seen.is_tracked |= tag in _INSERTED
            left_out = _left_out_words(node, seen) if tag == qn("w:r") else None
            if left_out is None:
                yield from _inline(node, seen, boxes)
            else:
                left_out.append("".join(_inline(node, _Seen(), [])))


def _left_out_words(run: Any, seen: _Seen) -> list[str] | None:
    """Where the words of a run belong that are struck out or not shown; None for all others."""
    if any(_is_on(_child(run, "rPr", name)) for name in ("strike", "dstrike")):
        return seen.struck
    return seen.hidden if _is_on(_child(run, "rPr", "vanish")) else None


def _write_out_styles(document: Document) -> None:
    """Give runs themselves what styles say of them: struck out, or not shown."""
    styles = {one.get(qn("w:styleId")): one for one in document.styles.element}
    for name in ("strike", "dstrike", "vanish"):
        codes = {code for code in styles if _is_on(_of_style(styles, code, name))}
        if not codes:
            continue
        for run in document.element.body.iter(qn("w:r")):
            paragraph = next(run.iterancestors(qn("w:p")), None)
            named = {
                _value(_child(run, "rPr", "rStyle")),
                _value(_child(paragraph, "pPr", "pStyle")),
            }
            if named & codes and _child(run, "rPr", name) is None:
                run.get_or_add_rPr().append(OxmlElement(f"w:{name}"))


def _of_style(styles: Mapping[str, Any], code: str, name: str) -> Any:
    """A property of words in a style, or in one that it is based on; None where none says it."""
    for _ in range(_MAX_BASED_ON):
        style = styles.get(code)
        found = _child(style, "rPr", name)
        if style is None or found is not None:
            return found
        code = _value(_child(style, "basedOn"))
    return None


def _has_choice(fallback: Any) -> bool:
    return fallback.getparent().find(f"{_ALTERNATIVE}Choice") is not None


def _symbol(code: str) -> str:
    """A character of a font of symbols; one that only that font knows is marked as unknown."""
    number = int(code, 16) if re.fullmatch("[0-9A-Fa-f]{1,4}", code) else 0xFFFD
    return "\N{REPLACEMENT CHARACTER}" if 0xD800 <= number <= 0xF8FF or not number else chr(number)


def _paragraphs(container: Any, seen: _Seen) -> list[Paragraph]:
    """The paragraphs of a cell that say something, to the letter; a line break inside stays one."""
    found = []
    begun = ""
    for element in _blocks(container, seen):
        boxes: list[Any] = []
        begun += "".join(_inline(element, seen, boxes))
        if _child(element, "pPr", "rPr", "del") is not None:
            seen.is_tracked = True  # the end of this paragraph is deleted: the next goes on
        else:
            found.append(Paragraph(tidy(begun), _is_listed(element)))
            begun = ""
        for box in boxes:
            found += _paragraphs(box, seen)
    found.append(Paragraph(tidy(begun)))
    return [paragraph for paragraph in found if paragraph.text]


def _is_listed(paragraph: Any) -> bool:
    number = _child(paragraph, "pPr", "numPr", "numId")
    if number is not None:
        return _value(number) != "0"
    style = _value(_child(paragraph, "pPr", "pStyle"))
    return bool(re.match(r"List(Bullet|Number)", style))


# Tables ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Cell:
    """A cell, the columns of the grid that it covers, and whether it goes on with the one above."""

    element: Any
    start: int
    end: int
    goes_on: bool


@dataclass(frozen=True)
class _Form:
    """Where the columns are: the cells of the row of headings, and which of them is what."""

    headings: tuple[_Cell, ...]
    recommendation: int
    results: int
    number: int | None
    row: int


def _wrapped(parent: Any, name: str, seen: _Seen) -> Iterator[Any]:
    """The children of that name, those inside content controls too."""
    for element in parent:
        if element.tag == qn(f"w:{name}"):
            yield element
        elif element.tag in {qn("w:sdt"), qn("w:sdtContent"), qn("w:customXml")} | _INSERTED:
            yield from _wrapped(element, name, seen)


def _rows(table: Any, seen: _Seen) -> list[list[_Cell]]:
    found = []
    for row in _wrapped(table, "tr", seen):
        if _child(row, "trPr", "del") is not None:
            seen.is_tracked = True
            continue
        place = _count(_child(row, "trPr", "gridBefore"), 0)
        cells: list[_Cell] = []
        for element in _wrapped(row, "tc", seen):
            span = _count(_child(element, "tcPr", "gridSpan"), 1)
            sideways = _child(element, "tcPr", "hMerge")
            if cells and sideways is not None and _value(sideways, "continue") == "continue":
                before = cells.pop()
                cells.append(_Cell(before.element, before.start, place + span, before.goes_on))
            else:
                merged = _child(element, "tcPr", "vMerge")
                goes_on = merged is not None and _value(merged, "continue") == "continue"
                cells.append(_Cell(element, place, place + span, goes_on))
            place += span
        found.append(cells)
    return found


def _count(element: Any, default: int) -> int:
    value = _value(element, str(default))
    return min(int(value), _MAX_SPAN) if re.fullmatch(r"[0-9]{1,4}", value) else default


def _words(cell: _Cell) -> str:
    return " ".join(paragraph.text for paragraph in _paragraphs(cell.element, _Seen()))


def _names(heading: str, word: str) -> bool:
    """Whether a heading says a word, perhaps in another form or misspelt."""
    stem = word[:-2]
    return any(
        stem in one or difflib.SequenceMatcher(None, one, word).ratio() >= _ALIKE
        for one in re.findall(r"\w+", plain(heading))
    )


def _form(rows: Sequence[Sequence[_Cell]]) -> _Form | None:
    """Where the headings stand in a table, if it is one of recommendations and results."""
    for number, cells in enumerate(rows[:_HEADER_WITHIN]):
        headings = [_words(cell) for cell in cells]
        short = [len(heading.split()) <= _LONGEST_HEADING for heading in headings]
        results = [
            place
            for place, heading in enumerate(headings)
            if short[place] and _names(heading, _RESULTS)
        ] or [
            place
            for place, heading in enumerate(headings)
            if short[place] and plain(heading).startswith("igyvendinim")
        ]
        recommendations = [
            place
            for place, heading in enumerate(headings)
            if short[place] and _names(heading, _RECOMMENDATION) and place not in results[:1]
        ]
        if results and recommendations:
            numbers = [
                place
                for place, heading in enumerate(headings)
                if plain(heading) in _NUMBER_HEADINGS
            ]
            return _Form(
                tuple(cells), recommendations[0], results[0], next(iter(numbers), None), number
            )
    return None


def _in_column(form: _Form, place: int, cells: Sequence[_Cell]) -> list[_Cell]:
    """The cells of a row that stand under a heading."""
    if len(cells) == len(form.headings):
        return [cells[place]]
    heading = form.headings[place]
    return [cell for cell in cells if heading.start <= cell.start < heading.end]


# A table, its rows, and where its headings are if it is one of recommendations.
_LaidOut = tuple[Any, list[list[_Cell]], _Form | None]


# The whole ------------------------------------------------------------------------------------


class _Reader:
    """Reads one report."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.document = _opened(path)
        self.entries: list[Entry] = []
        self.notices: list[Problem] = []
        self.row = 0

    def report(self) -> Report:
        seen = _Seen()
        tables = list(self._tables(self.document.element.body))
        laid_out = [(table, rows, _form(rows)) for table in tables for rows in [_rows(table, seen)]]
        if not any(form for _, _, form in laid_out):
            raise self._no_table(laid_out)
        first = next(table for table, _, form in laid_out if form)
        title = self._before(first)
        for _, rows, form in laid_out:
            if form:
                self._table(rows, form)
            else:
                self._notice(
                    "column-unknown",
                    later("A table with other headings was left out. Its first row: {found}."),
                    found=_shown(rows),
                )
        if seen.is_tracked:
            self._notice("report-read", _TRACKED)
        self._after(laid_out)
        if not self.entries:
            raise _refusal(
                self.path,
                "header-not-found",
                later("The table holds no recommendation below its headings."),
            )
        for entry in self.entries:
            if any(len(text) > MAX_TEXT for text in (entry.text, *entry.results)):
                raise _refusal(
                    self.path,
                    "value-too-long",
                    later("Row {row} of the table holds a text too long for one cell. Shorten it."),
                    row=str(entry.row),
                )
        year, guessed = self._years(title)
        return Report(title, year, guessed, tuple(self.entries), tuple(self.notices))

    def _problem(self, code: str, template: str, **values: str) -> Problem:
        return Problem(name_of(self.path), None, None, code, None, template, values)

    def _notice(self, code: str, template: str, **values: str) -> None:
        self.notices.append(self._problem(code, template, **values))

    def _tables(self, parent: Any) -> Iterator[Any]:
        for element in parent:
            if element.tag == qn("w:tbl"):
                yield element
            elif element.tag not in _DELETED and element.tag != qn("w:p"):
                yield from self._tables(element)

    def _no_table(self, laid_out: Sequence[_LaidOut]) -> NotAReport:
        if not laid_out:
            sentence = later(
                "The file has no table. A report is a table of two columns with the headings "
                "REKOMENDACIJA and REZULTATAI."
            )
            return _refusal(self.path, "header-not-found", sentence)
        return _refusal(
            self.path,
            "header-not-found",
            later(
                "No table has the headings REKOMENDACIJA and REZULTATAI. Found: {found}. If this "
                "is the report, write these headings into the first row of its table."
            ),
            found="; ".join(_shown(rows) for _, rows, _ in laid_out[:3]),
        )

    # What stands around the table

    def _before(self, table: Any) -> str:
        """The words above the table."""
        texts: list[str] = []
        ancestors = {*table.iterancestors()}
        seen = _Seen()

        def gather(parent: Any) -> bool:
            for element in parent:
                if element is table:
                    return True
                if element in ancestors:
                    return gather(element)
                if element.tag == qn("w:p"):
                    texts.extend(paragraph.text for paragraph in _paragraphs([element], seen))
                elif element.tag not in _DELETED and element.tag != qn("w:tbl"):
                    gather(element)
            return False

        gather(self.document.element.body)
        return " ".join(" ".join(texts).split())

    def _after(self, laid_out: Sequence[_LaidOut]) -> None:
        """Tell what stands below the last table and is no part of any row."""
        last = [table for table, _, form in laid_out if form][-1]
        top = last
        while top.getparent() is not self.document.element.body:
            top = top.getparent()
        below = [
            paragraph.text
            for element in top.itersiblings()
            if element.tag in {qn("w:p"), qn("w:sdt")}
            for paragraph in _paragraphs([element], _Seen())
        ]
        if below:
            self._notice(
                "report-read",
                later("The text below the table was left out: “{words}”."),
                words=_cut(" ".join(below)),
            )

    def _years(self, title: str) -> tuple[int | None, int | None]:
        """The year that the title says, and one that is only suggested elsewhere."""
        for words in (title, self._named()):
            found = _YEAR_OF_TITLE.search(words) or _YEAR.search(words)
            if found:
                return int(found[found.lastindex or 0]), None
        suggested = _YEAR.search(self.path.stem)
        if suggested:
            return None, int(suggested[0])
        told = [
            int(year)
            for entry in self.entries
            for words in entry.results
            for year in _YEAR_OF_TITLE.findall(words)
        ]
        return None, max(told, key=told.count) if told else None

    def _named(self) -> str:
        """The title that the properties of the file tell."""
        try:
            return self.document.core_properties.title or ""
        except _DAMAGED:
            return ""

    # The rows

    def _table(self, rows: Sequence[Sequence[_Cell]], form: _Form) -> None:
        headings = [plain(_words(cell)) for cell in form.headings]
        named = (headings[form.recommendation], headings[form.results])
        if named != (_RECOMMENDATION, _RESULTS):
            self._notice(
                "report-read",
                later("The headings “{first}” and “{second}” were read as the report's own."),
                first=_words(form.headings[form.recommendation]),
                second=_words(form.headings[form.results]),
            )
        known = {form.recommendation, form.results, form.number}
        others = [_words(cell) for place, cell in enumerate(form.headings) if place not in known]
        if others:
            self._notice(
                "column-unknown",
                later("Further columns were left out: {columns}."),
                columns=", ".join(other or "–" for other in others),
            )
        for number, cells in enumerate(rows):
            self.row += 1
            if number == form.row or [plain(_words(cell)) for cell in cells] == headings:
                continue
            if number < form.row:
                self._left_out(cells)
            elif cells:
                self._row(cells, form)

    def _left_out(self, cells: Sequence[_Cell]) -> None:
        words = " ".join(filter(None, map(_words, cells)))
        if words:
            self._notice(
                "report-read",
                later("Row {row} of the table is no recommendation and was left out: “{words}”."),
                row=str(self.row),
                words=_cut(words),
            )

    def _row(self, cells: Sequence[_Cell], form: _Form) -> None:
        """Add what one row says."""
        ours = _in_column(form, form.recommendation, cells)
        theirs = _in_column(form, form.results, cells)
        if not theirs:
            # One cell across both columns is a heading of a section.
            self._left_out(cells)
            return
        seen = _Seen()
        said = [one for cell in ours for one in _paragraphs(cell.element, seen)]
        is_taken_back = not said and any(words.strip() for words in (*seen.struck, *seen.hidden))
        results = tuple(one.text for cell in theirs for one in _paragraphs(cell.element, seen))
        notices = self._notices(seen, len(ours) > 1 or len(theirs) > 1)
        goes_on = bool(ours) and all(cell.goes_on for cell in ours)
        results_go_on = all(cell.goes_on for cell in theirs)
        if is_taken_back and not goes_on:
            self.notices += notices
            self._left_out(cells)
        elif goes_on or not said:
            self._go_on(results, notices, goes_on)
        elif self._is_rest_of_sentence(said, results):
            last = self.entries[-1]
            split = self._problem(
                "report-read",
                later("Row {row} goes on with the recommendation above it and was added to it."),
                row=str(self.row),
            )
            joined = Paragraph(f"{last.paragraphs[-1].text} {said[0].text}")
            self._replace(
                last,
                paragraphs=(*last.paragraphs[:-1], joined, *said[1:]),
                notices=(*last.notices, split, *notices),
            )
        else:
            if results_go_on and self.entries:
                results = self.entries[-1].results
                notices.append(
                    self._problem(
                        "merged-filled",
                        later(
                            "Row {row}: one cell of results stands beside several recommendations; "
                            "each has all of it now. Keep with each what is about it."
                        ),
                        row=str(self.row),
                    )
                )
            self._begin(said, results, notices, self._number(cells, form))

    def _is_rest_of_sentence(self, said: Sequence[Paragraph], results: Sequence[str]) -> bool:
        """Whether the row is the second half of one that a page break or a person split."""
        return bool(
            self.entries
            and not results
            and said[0].text[:1].islower()
            and not self.entries[-1].text.endswith(_ENDS)
        )

    def _go_on(self, results: tuple[str, ...], notices: list[Problem], is_merged: bool) -> None:
        """Results of a row whose recommendation stands in a row above."""
        if not results:
            return
        if not self.entries:
            self._notice(
                "report-read",
                later("Row {row}: results without a recommendation were left out: “{words}”."),
                row=str(self.row),
                words=_cut(" ".join(results)),
            )
            return
        last = self.entries[-1]
        template = (
            later("Row {row}: the merged cell of the recommendation above goes on; results added.")
            if is_merged
            else later("Row {row} has no recommendation: its results were added to the one above.")
        )
        told = self._problem(
            "merged-filled" if is_merged else "report-read", template, row=str(self.row)
        )
        self._replace(
            last,
            results=(*last.results, *results),
            notices=(*last.notices, told, *notices),
        )

    def _replace(self, last: Entry, **changed: Any) -> None:
        self.entries[-1] = dataclasses.replace(last, **changed)

    def _begin(
        self,
        said: Sequence[Paragraph],
        results: tuple[str, ...],
        notices: list[Problem],
        number: str | None,
    ) -> None:
        """A recommendation of its own."""
        written = _NUMBER.match(said[0].text)
        if written and number is None:
            number = written[1]
            rest = said[0].text[written.end() :]
            said = [*([Paragraph(rest)] if rest else []), *said[1:]]
        if not said:
            self._notice(
                "report-read",
                later("Row {row} of the table is no recommendation and was left out: “{words}”."),
                row=str(self.row),
                words=_cut(" ".join([number or "", *results])),
            )
            return
        if not results:
            notices.append(
                self._problem(
                    "report-read",
                    later("Row {row}: the cell of results is empty; nothing is said of answers."),
                    row=str(self.row),
                )
            )
        self.entries.append(Entry(tuple(said), results, self.row, number, tuple(notices)))

    def _number(self, cells: Sequence[_Cell], form: _Form) -> str | None:
        if form.number is None:
            return None
        words = " ".join(map(_words, _in_column(form, form.number, cells)))
        found = _NUMBER.match(words)
        return found[1] if found else None

    def _notices(self, seen: _Seen, is_split: bool) -> list[Problem]:
        """What a row held beside plain paragraphs."""
        row = str(self.row)
        found = []
        if is_split:
            template = later("Row {row}: a cell split in several was read as one.")
            found.append(self._problem("report-read", template, row=row))
        if seen.is_tracked:
            template = later(
                "Row {row} holds tracked changes: it was read as if all of them were accepted."
            )
            found.append(self._problem("report-read", template, row=row))
        if seen.has_table:
            template = later("Row {row}: a table inside a cell was read as its paragraphs.")
            found.append(self._problem("report-read", template, row=row))
        if seen.has_box:
            template = later("Row {row}: a text box was read as paragraphs of its cell.")
            found.append(self._problem("report-read", template, row=row))
        if any(words.strip() for words in seen.struck):
            template = later("Row {row}: struck-out words were left out: “{words}”.")
            words = _cut(" ".join(seen.struck))
            found.append(self._problem("report-read", template, row=row, words=words))
        if any(words.strip() for words in seen.hidden):
            template = later("Row {row}: hidden text was left out: “{words}”.")
            words = _cut(" ".join(seen.hidden))
            found.append(self._problem("hidden-content", template, row=row, words=words))
        for tag, number in seen.notes:
            template = later("Row {row}: a footnote was left out: “{words}”.")
            words = _cut(self._note(tag, number)) or "–"
            found.append(self._problem("report-read", template, row=row, words=words))
        return found

    def _note(self, tag: str, number: str) -> str:
        """The words of a footnote or an endnote."""
        name, kind = _NOTES[tag]
        try:
            notes = parse_xml(self.document.part.part_related_by(kind).blob)
        except _DAMAGED:
            return ""
        for note in notes.iterchildren(qn(f"w:{name}")):
            if note.get(qn("w:id")) == number:
                return " ".join(one.text for one in _paragraphs(note, _Seen()))
        return ""


_TRACKED: Final = later("Rows that tracked changes delete were left out, as if accepted.")


def _shown(rows: Sequence[Sequence[_Cell]]) -> str:
    """The first row of a table, for a sentence."""
    cells = [_cut(_words(cell), 40) or "–" for cell in (rows[0] if rows else [])]
    return " | ".join(cells) or "–"


def _cut(words: str, most: int = 300) -> str:
    words = " ".join(words.split())
    return words if len(words) <= most else f"{words[: most - 1]}…"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
