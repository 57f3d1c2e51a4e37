"""Hostile, broken and merely unusual files: one clear problem each, or the right figures.

Whatever is sent, nothing is raised, the database stays as it is, and memory and time are bounded.
`test_files.py` has the plain cases; here stand those that somebody has to think of.
"""

import contextlib
import io
import os
import re
import shutil
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import orjson
import pytest

from rapporteur.delivery import handing_back, loading
from rapporteur.delivery.loading import Outcome
from rapporteur.delivery.problems import Problem
from rapporteur.settings import ROOT
from rapporteur.translations import translator
from tests.conftest import DAY, MOMENT, Office
from tests.delivery.hostile_files import (
    DECLARATION,
    FIGURE,
    HEADER,
    MAIN,
    RELATION,
    RELATIONS,
    SHEET_2,
    STRINGS,
    STYLES,
    WORKBOOK,
    WORKBOOK_RELS,
    Parts,
    biff,
    biff_error,
    biff_formula,
    biff_row,
    cell,
    figures,
    letters,
    lying,
    manifest,
    ods,
    ods_cell,
    ods_parts,
    ods_row,
    ole2,
    overlapping,
    record,
    row,
    strings,
    styles,
    workbook,
    worksheet,
    xls,
    xlsx,
    zipped,
)

MEGABYTE = 2**20
GOOD = cell("C2", 24)
ERROR_AT = '<c r="C{}" t="e"><v>#N/A</v></c>'
ERROR = ERROR_AT.format(2)
NEVER_CALCULATED = '<c r="C4"><f>SUM(A4)</f></c>'
TEXT_HEADER = ("Rekomendacija", "Ataskaitiniai metai", "Eilė", "Tekstas")
NOT_A_VALUE = {"value-not-a-number", "value-not-an-integer", "value-negative"}

Place = tuple[str | None, str | None, str]


# What is asked of every outcome ------------------------------------------------------------------


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with one delivery: the institutions, the document DOK, the recommendation R1."""
    office = Office(tmp_path_factory.mktemp("office"))
    office.send("PAGRINDAS", recommendation=[{}])
    return office.target


def contents(target: Path) -> dict[str, bytes]:
    return {
        path.name: path.read_bytes()
        for path in sorted(target.parent.iterdir())
        if path.suffix != ".lock"
    }


def assert_clear(problem: Problem) -> None:
    """One sentence or two in either language, and nothing of the machinery."""
    said = [problem.message(translator(language).gettext) for language in ("lt", "en")]
    for message in said:
        assert re.search(r"\.$", message), message
        assert not re.search(r"Traceback|Error\b|Exception|rapporteur/|\.py\b|{", message), message
    assert re.fullmatch(r"[a-z]+(-[a-z]+)+", problem.code)


def send(target: Path, *paths: Path, write: bool = False, **given: Any) -> list[Outcome]:
    """What becomes of the files, in `changes` and `differences` too; a refusal changes nothing."""
    before = contents(target)
    outcomes = loading.load(
        paths,
        target,
        moment=MOMENT,
        actor="tester",
        write=write,
        with_differences=True,
        **given,
    )
    if not (write and all(outcome.accepted for outcome in outcomes)):
        assert contents(target) == before
    for outcome in outcomes:
        assert outcome.accepted <= (not outcome.problems)
        for problem in outcome.problems:
            assert_clear(problem)
    return outcomes


def refused(target: Path, *paths: Path, codes: Sequence[str] = ("file-unreadable",)) -> None:
    """Each of the files ends in one problem of the whole file."""
    outcomes = send(target, *paths, write=True)

    assert [outcome.accepted for outcome in outcomes] == [False] * len(outcomes)
    found = {one.file: (one.sheet, one.cell, one.code) for o in outcomes for one in o.problems}
    assert sum(len(outcome.problems) for outcome in outcomes) == len(paths)
    assert found.keys() == {path.name for path in paths}
    assert {name: place for name, place in found.items() if place[2] not in codes} == {}
    assert {place[:2] for place in found.values()} == {(None, None)}


def rows_of(outcome: Outcome, table: str = "statistic") -> list[dict[str, Any]]:
    """The rows that an outcome would add."""
    assert not outcome.problems, [(p.cell, p.code, p.message()) for p in outcome.problems]
    return [
        {value.column: value.new for value in one.values} for one in outcome.differences[table].rows
    ]


def values(target: Path, *paths: Path, **given: Any) -> list[float | None]:
    """The values of the figures in files that are in order."""
    return [
        one.get("value") for outcome in send(target, *paths, **given) for one in rows_of(outcome)
    ]


def places(outcome: Outcome) -> list[Place]:
    return [(one.sheet, one.cell, one.code) for one in outcome.problems]


def text_of(path: Path, xml: str, **about: Any) -> Path:
    """A workbook with one result, whose text (D2) is this XML of a cell."""
    sheet = worksheet(row(1, TEXT_HEADER) + row(2, ["R1", 2020, 1], xml))
    return xlsx(path, {"Rezultatai": sheet}, **about)


@contextlib.contextmanager
def promptly(seconds: float) -> Iterator[None]:
    start = time.perf_counter()
    yield
    assert time.perf_counter() - start < seconds


@dataclass(frozen=True)
class Done:
    """A command that has ended: its exit code, what it said, and its or its child's memory."""

    code: int
    out: bytes
    said: str
    megabytes: float


# Linux counts the memory of a process from what the one held that started it, and late in a run of
# tests that is more than any command may take: a small one stands between.
MEASURING = """
import os, subprocess, sys
process = subprocess.Popen(sys.argv[2:])
_, status, used = os.wait4(process.pid, 0)
report = f"{os.waitstatus_to_exitcode(status)} {used.ru_maxrss}"
os.write(int(sys.argv[1]), report.encode())
"""


def command(*words: str | bytes | Path, seconds: int = 60, megabytes: int = 6_000) -> Done:
    """Run `python -m rapporteur` with a limit of memory and time."""
    limited = ["/bin/sh", "-c", f'ulimit -v {megabytes * 1024}; exec "$0" "$@"']
    ours, theirs = os.pipe()
    measured = [sys.executable, "-c", MEASURING, str(theirs), *limited]
    process = subprocess.Popen(
        [*measured, sys.executable, "-m", "rapporteur", *map(os.fsencode, words)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        pass_fds=[theirs],
        start_new_session=True,
    )
    os.close(theirs)
    clock = threading.Timer(seconds, os.killpg, (process.pid, signal.SIGKILL))
    clock.start()
    assert process.stdout
    assert process.stderr
    try:
        out, said = process.stdout.read(), process.stderr.read().decode()
        code = process.wait()
        with os.fdopen(ours) as report:
            told = report.read()
    finally:
        clock.cancel()
        process.stdout.close()
        process.stderr.close()
    if not told:  # killed, with what measures it
        return Done(code, out, said, float("inf"))
    code, kilobytes = map(int, told.split())
    # The largest of the process and of the children that it has waited for.
    return Done(code, out, said, kilobytes / 1024)


# Files under a false name ------------------------------------------------------------------------


def archive(*names: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as file:
        for name in names:
            file.writestr(name, "<x/>")
    return content.getvalue()


NO_SPREADSHEETS: Mapping[str, bytes] = {
    "word": archive("[Content_Types].xml", "_rels/.rels", "word/document.xml"),
    "slides": archive("[Content_Types].xml", "_rels/.rels", "ppt/presentation.xml"),
    "writer": archive("mimetype", "META-INF/manifest.xml", "content.xml"),
    "zip": archive("dokumentas.txt"),
    "html": b"<html><body><table><tr><td>Metai</td></tr></table></body></html>",
    "old-word": ole2({"WordDocument": b"\xec\xa5" + bytes(600)}),
    "sylk": b'ID;PWXL;N;E\nC;Y1;X1;K"Metai"\nE\n',
    "xml-2003": b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:'
    b'spreadsheet"><Worksheet/></Workbook>',
}


@pytest.mark.parametrize("suffix", [".xlsx", ".xlsm", ".xls", ".ods"])
def test_no_spreadsheet_under_the_name_of_one(target: Path, tmp_path: Path, suffix: str) -> None:
    paths = [tmp_path / f"{name}{suffix}" for name in NO_SPREADSHEETS]
    for path in paths:
        path.write_bytes(NO_SPREADSHEETS[path.stem])

    refused(target, *paths)


def test_no_text_under_the_name_of_one(target: Path, tmp_path: Path) -> None:
    for name, content in {
        **{name: NO_SPREADSHEETS[name] for name in ("html", "xml-2003")},
        "noughts": bytes(10_000),
        "noise": bytes(range(256)) * 100,
    }.items():
        path = tmp_path / name / "Rodikliai.csv"
        path.parent.mkdir()
        path.write_bytes(content)

        [outcome] = send(target, path, write=True, delivery="T-1", institution="VRM")

        [problem] = outcome.problems
        assert problem.code == "file-unreadable", name


def test_a_spreadsheet_under_the_name_of_another_kind(target: Path, tmp_path: Path) -> None:
    """It is read for what it is, and the ending is told of."""
    paths = []
    for suffix in (".xlsx", ".xlsm", ".xls", ".ods", ".csv"):
        made = [
            xlsx(tmp_path / f"a-{suffix[1:]}.of", {"Rodikliai": figures(GOOD)}),
            xls(
                tmp_path / f"b-{suffix[1:]}.of",
                {"Rodikliai": biff_row(0, HEADER) + biff_row(1, FIGURE)},
            ),
            ods(
                tmp_path / f"c-{suffix[1:]}.of",
                {"Rodikliai": ods_row(HEADER) + ods_row(FIGURE)},
            ),
        ]
        paths += [path.rename(path.with_suffix(suffix)) for path in made]

    outcomes = send(target, *paths)

    right = {"a-xlsx", "a-xlsm", "b-xls", "c-ods"}
    assert {outcome.delivery for outcome in outcomes} == {path.stem for path in paths} >= right
    for outcome in outcomes:
        assert [one["value"] for one in rows_of(outcome)] == [24]
        told = ["file-name-odd"] if outcome.delivery not in right else []
        assert [notice.code for notice in outcome.notices] == told


def test_an_error_is_not_lost_under_the_name_of_another_kind(target: Path, tmp_path: Path) -> None:
    paths = [
        xlsx(tmp_path / "a.xlsx", {"Rodikliai": figures(ERROR)}).rename(tmp_path / "a.ods"),
        xlsx(tmp_path / "b.xlsx", {"Rodikliai": figures(ERROR)}).rename(tmp_path / "b.xls"),
        xlsx(tmp_path / "c.xlsx", {"Rodikliai": figures(ERROR)}).rename(tmp_path / "c.XLSX"),
    ]

    for outcome in send(target, *paths):
        [problem] = outcome.problems
        assert (problem.cell, problem.code) == ("C2", "error-value"), problem.file


# Cut off, locked, blown up -----------------------------------------------------------------------


def test_files_cut_off_on_their_way(target: Path, tmp_path: Path) -> None:
    sheet = figures(GOOD) + f"<!--{'ąčę' * 3000}-->"
    whole = [
        xlsx(tmp_path / "a.xlsx", {"Rodikliai": sheet}),
        ods(tmp_path / "b.ods", {"Rodikliai": ods_row(HEADER) + ods_row(FIGURE)}),
        xls(tmp_path / "c.xls", {"Rodikliai": biff_row(0, HEADER) + biff_row(1, FIGURE)}),
    ]
    cut = []
    for path in whole:
        raw = path.read_bytes()
        for percent in (1, 20, 50, 90):
            shorter = tmp_path / f"{path.stem}{percent}{path.suffix}"
            shorter.write_bytes(raw[: len(raw) * percent // 100])
            cut.append(shorter)

    refused(target, *cut)


AGILE = (
    struct.pack("<HHI", 4, 4, 0x40)
    + b'<?xml version="1.0"?><encryption xmlns="http://schemas.microsoft.com/office/2006/encryption">'
    b'<keyData saltSize="16" cipherAlgorithm="AES" cipherChaining="ChainingModeCBC"/></encryption>'
)
ENCRYPTED_ENTRY = (
    '<manifest:encryption-data manifest:checksum-type="SHA256/1K" manifest:checksum="eA==">'
    '<manifest:algorithm manifest:algorithm-name="http://www.w3.org/2001/04/xmlenc#aes256-cbc" '
    'manifest:initialisation-vector="eA=="/><manifest:key-derivation '
    'manifest:key-derivation-name="PBKDF2" manifest:salt="eA=="/></manifest:encryption-data>'
)


def noise(size: int) -> bytes:
    return bytes((number * 7919 + number**2) % 251 for number in range(size))


def test_files_locked_with_a_password(target: Path, tmp_path: Path) -> None:
    package = ole2({"EncryptionInfo": AGILE, "EncryptedPackage": noise(9000)})
    for name in ("a.xlsx", "a.xlsm", "a.xls"):
        (tmp_path / name).write_bytes(package)
    parts = ods_parts({"Rodikliai": ods_row(HEADER)}, "b")
    locked = {"content.xml": noise(5000), "META-INF/manifest.xml": manifest(ENCRYPTED_ENTRY)}
    zipped(tmp_path / "b.ods", {**parts, **as_bytes(locked)})
    # Newer versions of LibreOffice lock the package as a whole.
    whole = manifest(ENCRYPTED_ENTRY).replace('"content.xml"', '"encrypted-package"')
    zipped(
        tmp_path / "c.ods",
        as_bytes(
            {
                "mimetype": parts["mimetype"],
                "encrypted-package": noise(5000),
                "META-INF/manifest.xml": whole,
            }
        ),
    )
    # RC4, as Excel 97 to 2003 does it; what follows is unreadable.
    file_pass = record(0x002F, struct.pack("<HHH", 1, 1, 1) + noise(48))
    (tmp_path / "d.xls").write_bytes(
        ole2({"Workbook": biff({"Rodikliai": noise(300)}, first=file_pass)})
    )

    refused(target, *sorted(tmp_path.iterdir()), codes=["file-encrypted"])


def as_bytes(parts: Mapping[str, Any]) -> Parts:
    return {name: one.encode() if isinstance(one, str) else one for name, one in parts.items()}


def test_archives_that_unpack_to_far_more(target: Path, tmp_path: Path) -> None:
    many = strings("<t>" + "A" * 80 * MEGABYTE + "</t>")
    shared = '<c r="C2" t="s"><v>0</v></c>'
    paths = [xlsx(tmp_path / "a.xlsx", {"Rodikliai": figures(shared)}, **{STRINGS: many})]
    content = ods_parts({"Rodikliai": ods_row(HEADER)}, "b")
    content["content.xml"] += b" " * 80 * MEGABYTE
    paths.append(zipped(tmp_path / "b.ods", content))
    inner = paths[0].read_bytes()

    refused(target, *paths, codes=["file-too-large"])

    nested = workbook({"Rodikliai": figures(GOOD)}, code="c")
    refused(target, zipped(tmp_path / "c.xlsx", {**nested, SHEET_2: inner}))


def test_an_archive_that_lies_about_its_size(tmp_path: Path, target: Path) -> None:
    """200 MB of blanks behind the data, declared as 4 kB."""
    parts = workbook({"Rodikliai": figures(GOOD)}, code="melas")
    blanks = b" " * 200 * MEGABYTE
    parts[SHEET_2] = parts[SHEET_2].replace(b"</sheetData>", blanks + b"</sheetData>")
    path = lying(zipped(tmp_path / "melas.xlsx", parts), SHEET_2, 4096)

    with promptly(40):
        done = command("check", path, "--database", target, "--json")

    assert path.stat().st_size < MEGABYTE
    assert (done.code, done.said) == (1, "")
    [problem] = orjson.loads(done.out)["problems"]
    assert problem["code"] in {"file-unreadable", "file-too-large"}
    assert done.megabytes < 1_000


def test_an_archive_of_very_many_entries(tmp_path: Path, target: Path) -> None:
    parts = [*workbook({"Rodikliai": figures(GOOD)}, code="daug").items()]
    path = zipped(tmp_path / "daug.xlsx", parts + [(f"xl/media/{n}", b"") for n in range(70_000)])

    with promptly(30):
        [outcome] = send(target, path)

    assert [one.code for one in outcome.problems] in ([], ["file-unreadable"], ["file-too-large"])


def test_an_archive_whose_entries_share_their_bytes(tmp_path: Path, target: Path) -> None:
    parts = workbook({"Rodikliai": figures(GOOD)}, code="persidengia")
    parts["xl/media/0"] = b"A" * 10 * MEGABYTE
    names = [f"xl/media/{number}" for number in range(1, 300)]
    path = overlapping(tmp_path / "persidengia.xlsx", parts, "xl/media/0", names)

    with promptly(20):
        refused(target, path, codes=["file-unreadable", "file-too-large"])


def test_a_file_of_ten_gigabytes(tmp_path: Path, target: Path) -> None:
    for suffix in (".xlsx", ".xls", ".ods", ".csv"):
        with (tmp_path / f"a{suffix}").open("wb") as file:
            file.write(b"PK\x03\x04")
            file.truncate(10 * 2**30)

    with promptly(10):
        refused(target, *sorted(tmp_path.iterdir()), codes=["file-too-large"])


# Tricks of XML -----------------------------------------------------------------------------------


def laughs(root: str) -> str:
    entities = '<!ENTITY l0 "ha">' + "".join(
        f'<!ENTITY l{level} "{f"&l{level - 1};" * 10}">' for level in range(1, 10)
    )
    return f"<!DOCTYPE {root} [{entities}]>"


PARTS_THAT_ARE_READ = (
    (SHEET_2, "worksheet", "</worksheet>"),
    (STRINGS, "sst", "</t>"),
    (WORKBOOK, "workbook", "</workbook>"),
    (WORKBOOK_RELS, "Relationships", "</Relationships>"),
    (STYLES, "styleSheet", "</styleSheet>"),
    ("[Content_Types].xml", "Types", "</Types>"),
)


def with_entity(parts: Parts, name: str, prolog: str, entity: str, before: str) -> Parts:
    """The parts with a document type, and an entity used before this closing tag."""
    text = parts[name].decode().replace(DECLARATION, DECLARATION + prolog)
    assert prolog in text
    head, closing, tail = text.rpartition(before)
    return {**parts, name: f"{head}&{entity};{closing}{tail}".encode()}


def test_entities_that_grow_or_name_a_file(target: Path, tmp_path: Path) -> None:
    """Refused, or left alone where nobody reads them; never followed."""
    secret = tmp_path / "paslaptis.txt"
    secret.write_text("slaptazodis", encoding="utf-8")
    paths = []
    for number, (name, root, before) in enumerate(PARTS_THAT_ARE_READ):
        for kind, prolog, entity in (
            ("juokas", laughs(root), "l9"),
            ("rinkmena", f'<!DOCTYPE {root} [<!ENTITY f SYSTEM "{secret.as_uri()}">]>', "f"),
            ("tinklas", f'<!DOCTYPE {root} SYSTEM "http://192.0.2.1/x.dtd">', "amp"),
        ):
            parts = workbook(
                {"Rodikliai": figures('<c r="C2" t="s"><v>0</v></c>')},
                code=f"{kind}{number}",
                **{STRINGS: strings("<t>24</t>"), STYLES: styles()},
            )
            changed = with_entity(parts, name, prolog, entity, before)
            paths.append(zipped(tmp_path / f"{kind}{number}.xlsx", changed))
    for kind, prolog, entity in (
        ("juokas", laughs("office:document-content"), "l9"),
        ("rinkmena", f'<!DOCTYPE o [<!ENTITY f SYSTEM "{secret.as_uri()}">]>', "f"),
    ):
        table = ods_row(HEADER) + ods_row(FIGURE)
        raw = ods_parts({"Rodikliai": table}, f"ods-{kind}", prolog)
        raw["content.xml"] = raw["content.xml"].replace(b">24<", f">24&{entity};<".encode())
        paths.append(zipped(tmp_path / f"ods-{kind}.ods", raw))

    with promptly(40):
        outcomes = send(target, *paths)

    assert "slaptazodis" not in repr(outcomes)
    assert "hahaha" not in repr(outcomes)
    assert {one.code for o in outcomes for one in o.problems} <= {
        "file-unreadable",
        "value-not-a-number",
        "sheet-none-known",
    }
    accepted = [o for o in outcomes if not o.problems]
    assert all(one["value"] == 24 for o in accepted for one in rows_of(o))
    # Of a sheet, its texts and an .ods nothing can be believed any more.
    faulty = {problem.file for outcome in outcomes for problem in outcome.problems}
    for kind in ("juokas", "rinkmena"):
        assert faulty >= {f"{kind}0.xlsx", f"{kind}1.xlsx", f"ods-{kind}.ods"}


# Much formatting and little data -----------------------------------------------------------------


@pytest.mark.parametrize("has_cells", [False, True])
def test_a_million_empty_formatted_rows(target: Path, tmp_path: Path, has_cells: bool) -> None:
    inside = '<c r="A{0}" s="1"/><c r="B{0}" s="1"/>' if has_cells else ""
    count = 300_000 if has_cells else 1_048_576
    empty = "".join(
        f'<row r="{number}" s="1" customFormat="1">{inside.format(number)}</row>'
        for number in range(3, count + 1)
    )
    sheet = worksheet(row(1, HEADER) + row(2, FIGURE) + empty)
    path = xlsx(tmp_path / "a.xlsx", {"Rodikliai": sheet}, **{STYLES: styles("0.0")})

    with promptly(20):
        assert values(target, path) == [24]


def test_formatting_to_the_last_column(target: Path, tmp_path: Path) -> None:
    def blank(number: int) -> str:
        return "".join(f'<c r="{letters(c)}{number}" s="1"/>' for c in range(3, 16_384))

    rows = f"{row(1, HEADER, blank(1))}{row(2, FIGURE, blank(2))}"
    before = '<cols><col min="4" max="16384" width="9" style="1" hidden="1"/></cols>'
    path = xlsx(
        tmp_path / "a.xlsx", {"Rodikliai": worksheet(rows, before)}, **{STYLES: styles("0.0")}
    )

    with promptly(10):
        assert values(target, path) == [24]


def test_a_header_of_as_many_columns_as_there_are(target: Path, tmp_path: Path) -> None:
    header = [*HEADER, *(f"Stulpelis {number}" for number in range(3, 16_384))]
    path = xlsx(tmp_path / "a.xlsx", {"Rodikliai": worksheet(row(1, header) + row(2, FIGURE))})

    with promptly(10):
        refused(target, path)


def test_an_ods_that_repeats_blanks_to_the_end(target: Path, tmp_path: Path) -> None:
    wide = '<table:table-cell table:number-columns-repeated="16381"/>'
    rest = (
        '<table:table-row table:number-rows-repeated="1048574">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    path = ods(
        tmp_path / "a.ods", {"Rodikliai": ods_row(HEADER, wide) + ods_row(FIGURE, wide) + rest}
    )

    with promptly(10):
        assert values(target, path) == [24]


@pytest.mark.parametrize("columns", [16_384, 2_000_000_000])
def test_an_ods_that_repeats_data_without_end(
    target: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    monkeypatch.setenv("RAPPORTEUR_PARSER_SECONDS", "4")
    monkeypatch.setenv("RAPPORTEUR_PARSER_MEMORY_MB", "1024")
    wide = ods_cell("x", f' table:number-columns-repeated="{columns}"')
    deep = ' table:number-rows-repeated="2000000000"'
    path = ods(tmp_path / "a.ods", {"Rodikliai": ods_row(HEADER) + ods_row(FIGURE, wide, deep)})

    with promptly(25):
        done = command("check", path, "--database", target, "--json")

    assert (done.code, done.said) == (1, "")
    assert [one["code"] for one in orjson.loads(done.out)["problems"]] == ["file-unreadable"]
    assert done.megabytes < 2_000


def test_an_ods_that_repeats_one_figure(target: Path, tmp_path: Path) -> None:
    """A row of 200 bytes is 100,000 rows; what is compared with what is bounded, too."""
    often = ' table:number-rows-repeated="100000"'
    path = ods(tmp_path / "a.ods", {"Rodikliai": ods_row(HEADER) + ods_row(FIGURE, "", often)})

    with promptly(30):
        [outcome] = send(target, path)

    assert {one.code for one in outcome.problems} == {"code-twice"}
    assert outcome.problem_count == 99_999


# What a workbook would like to do ----------------------------------------------------------------


def test_nothing_outside_is_asked(target: Path, tmp_path: Path) -> None:
    """Formulas that point outside count by their stored value; nobody evaluates them."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/"
        formulas = [
            "[1]Lapas!A1",
            f"'{address}[kita.xlsx]Lapas'!A1",
            f'WEBSERVICE("{address}")',
            "cmd|'/c calc'!A0",
            'DDE("cmd","/c calc","A0")',
            f'HYPERLINK("{address}",24)',
        ]
        link = (
            f'{DECLARATION}<externalLink xmlns="{MAIN}" xmlns:r="{RELATION}">'
            f'<externalBook r:id="rId1"/></externalLink>'
        )
        relation = (
            f'{DECLARATION}<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" '
            f'Type="{RELATION}/externalLinkPath" Target="{address}" TargetMode="External"/>'
            f"</Relationships>"
        )
        paths = []
        for name, shown in (("su", "<v>24</v>"), ("be", "")):
            rows = [
                row(n, [2010 + n, FIGURE[1]], f'<c r="C{n}"><f>{formula}</f>{shown}</c>')
                for n, formula in enumerate(formulas, 2)
            ]
            sheet = worksheet(row(1, HEADER) + "".join(rows))
            outside = {
                "xl/externalLinks/externalLink1.xml": link,
                "xl/externalLinks/_rels/externalLink1.xml.rels": relation,
            }
            paths.append(xlsx(tmp_path / f"{name}.xlsx", {"Rodikliai": sheet}, **outside))
        of_ods = (
            "<table:table-cell table:formula='of:=WEBSERVICE(\""
            f'{address}")\' office:value-type="float" office:value="24">'
            "<text:p>24</text:p></table:table-cell>"
        )
        paths.append(
            ods(
                tmp_path / "ods.ods",
                {"Rodikliai": ods_row(HEADER) + ods_row(FIGURE[:2], of_ods)},
            )
        )

        with_values, without, in_ods = send(target, *paths)

        assert [one["value"] for one in rows_of(with_values)] == [24] * 6
        assert places(without) == [
            ("Rodikliai", f"C{n}", "formula-without-value") for n in range(2, 8)
        ]
        assert [one["value"] for one in rows_of(in_ods)] == [24]
        with pytest.raises(TimeoutError):
            server.accept()


def test_a_workbook_with_macros_is_data(target: Path, tmp_path: Path) -> None:
    parts = workbook({"Rodikliai": figures(GOOD)}, code="a")
    parts["xl/vbaProject.bin"] = ole2({"VBA": noise(5000)})
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        b"officedocument.spreadsheetml.sheet.main", b"ms-excel.sheet.macroEnabled.main"
    )

    assert values(target, zipped(tmp_path / "a.xlsm", parts)) == [24]


@pytest.mark.parametrize(
    "name",
    [
        "../../x",
        "=cmd|'/c calc'!A0",
        "",
        "x" * 300,
        "a\tb\nc",
        "<b>&amp;",
        "a/b\\c:d*[e]?",
        "\u202e",
    ],
)
def test_names_of_sheets_are_only_names(target: Path, tmp_path: Path, name: str) -> None:
    path = xlsx(tmp_path / "a.xlsx", {name: worksheet(row(1, ["x"])), "Rodikliai": figures(GOOD)})

    [outcome] = send(target, path)

    assert [one["value"] for one in rows_of(outcome)] == [24]
    [notice] = outcome.notices
    assert (notice.cell, notice.code) == (None, "sheet-unknown")


@pytest.mark.parametrize("second", ["RODIKLIAI", "Statistics", "Rodikliai "])
def test_two_sheets_of_one_kind_are_both_read(target: Path, tmp_path: Path, second: str) -> None:
    more = worksheet(row(1, HEADER) + row(2, [2019, "victims_identified", 23]))
    path = xlsx(tmp_path / "a.xlsx", {"Rodikliai": figures(GOOD), second: more})
    wrong = worksheet(row(1, HEADER) + row(2, FIGURE[:2], ERROR))
    faulty = xlsx(tmp_path / "b.xlsx", {"Rodikliai": figures(GOOD), second: wrong})

    good, broken = send(target, path, faulty)

    assert sorted(one["value"] for one in rows_of(good)) == [23, 24]
    assert (second, "C2", "error-value") in places(broken)


def test_two_sheets_of_one_name_hide_nothing(target: Path, tmp_path: Path) -> None:
    """No program writes such a file; both sheets are read and searched, or the file refused."""
    header = row(1, ["Savivaldybė", "Būklė", "Citata"])
    good = [row(2, [code, "veikia koordinavimo grupė"]) for code in ("LT-57", "LT-58")]
    faulty = [good[0], good[1].replace("</row>", f"{ERROR}</row>")]
    for lines in (good, faulty):
        sheets = {"Koordinavimas": lines[0], "Koordinavimaj": lines[1]}
        parts = workbook({name: worksheet(header + line) for name, line in sheets.items()}, "a")
        parts[WORKBOOK] = parts[WORKBOOK].replace(b"Koordinavimaj", b"Koordinavimas")

        [outcome] = send(target, zipped(tmp_path / "a.xlsx", parts))

        if not outcome.problems:
            assert lines is good
            found = [one["municipality"] for one in rows_of(outcome, "coordination")]
            assert found == ["LT-57", "LT-58"]


# Text ------------------------------------------------------------------------------------------


def test_text_that_looks_like_a_formula_stays_text(office: Office) -> None:
    texts = [
        "=1+1",
        '=HYPERLINK("http://192.0.2.1")',
        "+370 616 91119",
        "-2 proc.",
        "@SUM(A1)",
        "{=1+1}",
        "http://192.0.2.1/?q=1",
        "'=1",
    ]
    office.send("PAGRINDAS", recommendation=[{}])
    lines = [row(n, ["R1", 2020, n, text]) for n, text in enumerate(texts, 2)]
    sheet = worksheet(row(1, TEXT_HEADER) + "".join(lines))
    [loaded] = office.load(xlsx(office.folder / "a.xlsx", {"Rezultatai": sheet}))
    assert loaded.accepted, loaded.problems
    out = office.folder / "isvestis.xlsx"

    exported = command("export", "implementation/results", out, "--database", office.target)
    back = io.BytesIO(handing_back.workbook(office.target, "a", DAY))

    assert (exported.code, exported.said) == (0, "")
    for book in (openpyxl.load_workbook(out), openpyxl.load_workbook(back)):
        cells = [one for sheet in book for line in sheet.iter_rows() for one in line]
        found = [one for one in cells if one.value in texts]
        assert sorted(one.value for one in found) == sorted(texts)
        assert {one.data_type for one in found} == {"s"}
        assert {one.data_type for one in cells} <= {"s", "n", "d", "b"}
        assert [one.hyperlink for one in found] == [None] * len(texts)


ODD_TEXTS = {
    "escaped-escape": ("_x005F_x0041_", "_x0041_"),
    "line": ("a_x000A_b", "a\nb"),
    "zero-width": ("Kalė\u200bjimas\ufeffas", "Kalė\u200bjimas\ufeffas"),
    "astral": ("🧿 ąžuolas 𝔸", "🧿 ąžuolas 𝔸"),
    "private": ("\ue000 \ufffd", "\ue000 \ufffd"),
    "no-escape": ("_x12_ _xZZZZ_ x0041", "_x12_ _xZZZZ_ x0041"),
}


@pytest.mark.parametrize("is_shared", [False, True])
def test_odd_text_is_kept_to_the_letter(target: Path, tmp_path: Path, is_shared: bool) -> None:
    rows, items = [], []
    for number, (written, _) in enumerate(ODD_TEXTS.values(), 2):
        items.append(f"<t xml:space='preserve'>{written}</t>")
        shared = f'<c r="D{number}" t="s"><v>{number - 2}</v></c>'
        inline = f'<c r="D{number}" t="inlineStr"><is>{items[-1]}</is></c>'
        rows.append(row(number, ["R1", 2020, number - 1], shared if is_shared else inline))
    sheet = worksheet(row(1, TEXT_HEADER) + "".join(rows))
    path = xlsx(tmp_path / "a.xlsx", {"Rezultatai": sheet}, **{STRINGS: strings(*items)})

    [outcome] = send(target, path)

    found = {one["position"]: one["text"] for one in rows_of(outcome, "result")}
    assert found == {n: kept for n, (_, kept) in enumerate(ODD_TEXTS.values(), 1)}


ESCAPES = ("_x0000_", "_x000D_", "_x000B_", "_x001F_", "_xD800_", "_xDC00__xD800_", "_xFFFF_")
# U+FFFE and U+FFFF are no letters, and no XML may hold them.
SIGNS = "\x00\x01\x0b\x0c\x1b\x1c\x7f\x85\u2028\u202e\u200b\ufffd\ufffe\uffff"


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_signs_that_no_file_may_hold(office: Office, kind: str) -> None:
    """Refused at the door, or kept in such a way that the delivery goes out and comes back."""
    office.send("PAGRINDAS", recommendation=[{}])
    before = office.files()
    if kind == "xlsx":
        rows = [row(n, ["R1", 2020, n, f"Kalė{sign}jimas"]) for n, sign in enumerate(ESCAPES, 2)]
        sheet = worksheet(row(1, TEXT_HEADER) + "".join(rows))
        [outcome] = office.load(xlsx(office.folder / "a.xlsx", {"Rezultatai": sheet}))
    else:
        lines = [f"R1;2020;{n};Kalė{sign}jimas" for n, sign in enumerate(SIGNS)]
        path = office.folder / "Rezultatai.csv"
        path.write_text("\n".join([";".join(TEXT_HEADER), *lines]), encoding="utf-8")
        [outcome] = office.load(path, delivery="a", institution="VRM")

    if outcome.problems:
        assert {one.code for one in outcome.problems} == {"file-unreadable"}
        assert office.files() == before
        return
    assert outcome.rows == {"result": len(ESCAPES if kind == "xlsx" else SIGNS)}
    back = office.folder / "b.xlsx"
    back.write_bytes(handing_back.workbook(office.target, "a", DAY))
    openpyxl.load_workbook(back)
    [again] = send(office.target, back)
    changed = [one.values for table in again.differences.values() for one in table.rows]
    assert (again.accepted, changed) == (True, [])


def test_invisible_signs_in_codes_and_headers_do_not_matter(target: Path, tmp_path: Path) -> None:
    header = ["\u200eMetai\u200f", "Rodi\u00adklis", "\ufeffReikšmė", "Registravusi institucija"]
    line = [2020, "\u202avictims_identified\u202c", 24, "V\u200bRM"]
    sheet = worksheet(row(1, header) + row(2, line))

    [outcome] = send(target, xlsx(tmp_path / "a.xlsx", {"Rodikliai\u200b": sheet}))

    [found] = rows_of(outcome)
    assert (found["value"], found["registered_by"]) == (24, "VRM")


def test_a_text_longer_than_a_cell_can_hold(target: Path, tmp_path: Path) -> None:
    long = "ąž " * 13_334
    path = text_of(tmp_path / "a.xlsx", cell("D2", long))
    lines = f'{";".join(TEXT_HEADER)}\nR1;2020;1;"{"x" * 10 * MEGABYTE}"\n'
    csv = tmp_path / "Rezultatai.csv"
    csv.write_text(lines, encoding="utf-8")

    with promptly(20):
        [of_sheet] = send(target, path)
        [of_text] = send(target, csv, delivery="b", institution="VRM")

    assert places(of_sheet) == places(of_text) == [("Rezultatai", "D2", "value-too-long")]


# Numbers and dates -------------------------------------------------------------------------------


EDGES = {
    "1e3": 1000,
    "1E+308": 1e308,
    "-0": 0,
    "-0.0": 0,
    "4.9E-324": 5e-324,
    "9007199254740993": 9007199254740992,
    "12345678901234567": 12345678901234568,
    "0.1": 0.1,
    " 24 ": 24,
}


def test_numbers_at_the_edge(target: Path, tmp_path: Path) -> None:
    rows = [
        row(n, [2000 + n, FIGURE[1]], f'<c r="C{n}"><v>{written}</v></c>')
        for n, written in enumerate(EDGES, 2)
    ]
    sheet = worksheet(row(1, HEADER) + "".join(rows))

    assert values(target, xlsx(tmp_path / "a.xlsx", {"Rodikliai": sheet})) == [*EDGES.values()]


NO_NUMBERS = (
    '<c r="C{0}"><v>1e999</v></c>',
    '<c r="C{0}"><v>-1e999</v></c>',
    '<c r="C{0}"><v>NaN</v></c>',
    '<c r="C{0}"><v>INF</v></c>',
    *(
        f'<c r="C{{0}}" t="inlineStr"><is><t>{text}</t></is></c>'
        for text in (
            "NaN",
            "Infinity",
            "-inf",
            "1e999",
            "1e5",
            "9" * 400,
            f"apie {'9' * 400}",
            "0x10",
            "1_000",
            "1.234.567",
            "12 34",
            "²",
            "½",
        )
    ),
)


def test_what_is_no_number(target: Path, tmp_path: Path) -> None:
    rows = [row(n, [2000 + n, FIGURE[1]], xml.format(n)) for n, xml in enumerate(NO_NUMBERS, 2)]
    sheet = worksheet(row(1, HEADER) + "".join(rows))

    [outcome] = send(target, xlsx(tmp_path / "a.xlsx", {"Rodikliai": sheet}))

    assert places(outcome) == [
        ("Rodikliai", f"C{n}", "value-not-a-number") for n in range(2, len(NO_NUMBERS) + 2)
    ]


@pytest.mark.parametrize("is_text", [False, True])
@pytest.mark.parametrize("value", [1e308, -1e19, 2.0**63, 2.0**32])
def test_counts_and_places_beyond_what_is_stored(
    target: Path, tmp_path: Path, value: float, is_text: bool
) -> None:
    """Whole numbers that no column of the database holds are problems at their cells."""
    written = str(int(value)) if is_text else value
    counted = worksheet(
        row(1, ["Teritorinė aprėptis", "Rūšis", "Veiklų skaičius", "Dalyvių skaičius"])
        + row(2, ["visa šalis", "paskaita", written, written])
    )
    placed = worksheet(row(1, TEXT_HEADER) + row(2, ["R1", 2020, written, "Tekstas."]))
    path = xlsx(tmp_path / "a.xlsx", {"Veiklos": counted, "Rezultatai": placed})

    [outcome] = send(target, path)

    found = places(outcome)
    assert {one[2] for one in found} <= NOT_A_VALUE
    expected = {("Rezultatai", "C2")}
    if abs(value) >= 2.0**63:
        expected |= {("Veiklos", "C2"), ("Veiklos", "D2")}
    assert {one[:2] for one in found} == expected


DATE_HEADER = ("Kodas", "Pavadinimas", "Rūšis", "Data")
DATE_STYLES = styles("yyyy\\-mm\\-dd", "[$-427]yyyy \\m. mmmm d \\d.;@", "0.00")


def documents(path: Path, cells: Sequence[str], **about: Any) -> Path:
    """A workbook of documents whose dates are these XMLs of cells, at D{0}."""
    rows = [
        row(n, [f"D-{path.stem}{n}", "Raštas", "ataskaita"], xml.format(n))
        for n, xml in enumerate(cells, 2)
    ]
    sheet = worksheet(row(1, DATE_HEADER) + "".join(rows))
    return xlsx(path, {"Dokumentai": sheet}, **{STYLES: DATE_STYLES}, **about)


def test_dates_of_both_systems_and_iso(target: Path, tmp_path: Path) -> None:
    as_number = '<c r="D{{0}}" s="{}"><v>{}</v></c>'
    as_iso = '<c r="D{{0}}" s="1" t="d"><v>{}</v></c>'
    of_1900 = [
        as_number.format(1, 44075),
        as_number.format(2, 44075),
        as_number.format(1, 44075.75),
    ]
    of_1904 = [as_number.format(1, 42613), as_number.format(2, 42613.25)]
    iso = [
        as_iso.format(one) for one in ("2020-09-01", "2020-09-01T00:00:00", "2020-09-01T12:30:00.5")
    ]
    paths = [
        documents(tmp_path / "a.xlsx", of_1900),
        documents(tmp_path / "b.xlsx", of_1900, properties='<workbookPr date1904="0"/>'),
        documents(tmp_path / "c.xlsx", of_1904, properties='<workbookPr date1904="1"/>'),
        documents(tmp_path / "d.xlsx", of_1904, properties='<workbookPr date1904="true"/>'),
        documents(tmp_path / "e.xlsx", iso),
    ]

    for outcome in send(target, *paths):
        days = {
            (str(one["dated_on"]), one["dated_on_precision"])
            for one in rows_of(outcome, "document")
        }
        assert days == {("2020-09-01", "day")}, outcome.delivery


NO_DATES = (
    '<c r="D{0}"><v>44075</v></c>',  # a number, whatever it would mean as a date
    '<c r="D{0}" s="1"><v>-1</v></c>',
    '<c r="D{0}" s="1"><v>2958466</v></c>',  # the day after 9999-12-31
    '<c r="D{0}" s="1"><v>1e300</v></c>',
    '<c r="D{0}" s="1" t="d"><v>2020-02-30</v></c>',
    '<c r="D{0}" s="1" t="d"><v>rytoj</v></c>',
    '<c r="D{0}" t="b"><v>1</v></c>',
    *(
        f'<c r="D{{0}}" t="inlineStr"><is><t>{text}</t></is></c>'
        for text in (
            "1850-01-01",
            "9999-12-31",
            "10000-01-01",
            "2020-13-01",
            "2021-02-29",
            "01/02/2020",
        )
    ),
    # As a date of the program, what is refused as a text.
    '<c r="D{0}" s="1"><v>2958465</v></c>',
    '<c r="D{0}" s="1" t="d"><v>1899-12-31</v></c>',
)


def test_what_is_no_date(target: Path, tmp_path: Path) -> None:
    [outcome] = send(target, documents(tmp_path / "a.xlsx", NO_DATES))

    assert places(outcome) == [
        ("Dokumentai", f"D{n}", "value-not-a-date") for n in range(2, len(NO_DATES) + 2)
    ]


def test_a_date_that_hides_its_hour_is_no_date(target: Path, tmp_path: Path) -> None:
    """It looks like the bare day that would be read, and holds noon of it."""
    [outcome] = send(
        target, documents(tmp_path / "a.xlsx", ['<c r="D{0}" s="3"><v>44075.5</v></c>'])
    )

    assert places(outcome) == [("Dokumentai", "D2", "value-ambiguous")]


def test_truth_values(target: Path, tmp_path: Path) -> None:
    """In a column of yes and no they say so; in a text they are words."""
    header = [*HEADER, "Abejotina", "Pastaba"]
    true, false = '<c r="{}" t="b"><v>1</v></c>', '<c r="{}" t="b"><v>0</v></c>'
    sheet = worksheet(
        row(1, header)
        + row(2, FIGURE, true.format("D2") + true.format("E2"))
        + row(3, [2019, *FIGURE[1:]], false.format("D3"))
        + row(4, [2018, *FIGURE[1:2]], true.format("C4"))
    )
    of_ods = ods_row(HEADER, ods_cell("Abejotina")) + ods_row(
        FIGURE,
        '<table:table-cell office:value-type="boolean" office:boolean-value="true">'
        "<text:p>TRUE</text:p></table:table-cell>",
    )

    first, second = send(
        target,
        xlsx(tmp_path / "a.xlsx", {"Rodikliai": sheet}),
        ods(tmp_path / "b.ods", {"Rodikliai": of_ods}),
    )

    assert places(first) == [("Rodikliai", "C4", "value-not-a-number")]
    assert [one["is_doubtful"] for one in rows_of(second)] == [True]


# Unusual workbooks -------------------------------------------------------------------------------


def edited(name: str, edit: Callable[[str], str]) -> Callable[[Parts], Parts]:
    """The parts with one of them changed as a text."""

    def change(parts: Parts) -> Parts:
        changed = edit(parts[name].decode())
        assert changed != parts[name].decode()
        return {**parts, name: changed.encode()}

    return change


def prefixed(xml: str) -> str:
    """Every element by a prefix, which is the same XML."""
    named = re.sub(r"<(/?)(?=[a-zA-Z])", r"<\1x:", xml)
    return named.replace("xmlns=", "xmlns:x=")


def swapped(xml: str) -> str:
    """The second row before the first."""
    return re.sub(r'(<row r="1">.*?</row>)(<row r="2">.*?</row>)', r"\2\1", xml)


def target_of_sheet(path: str) -> Callable[[Parts], Parts]:
    """The sheet named like this in the table of parts; it lies where it lay."""
    return edited(WORKBOOK_RELS, lambda xml: xml.replace("worksheets/sheet2.xml", path))


def strict(parts: Parts) -> Parts:
    """As „Strict Open XML“ writes it (ISO/IEC 29500)."""
    host = "http://purl.oclc.org/ooxml"
    return {
        name: content.replace(MAIN.encode(), f"{host}/spreadsheetml/main".encode()).replace(
            RELATION.encode(), f"{host}/officeDocument/relationships".encode()
        )
        for name, content in parts.items()
    }


def moved(parts: Parts) -> Parts:
    """The sheet under a name of another kind, in another folder."""
    changed = target_of_sheet("../lapai/Lapas 2.xml")(parts)
    changed["lapai/Lapas 2.xml"] = changed.pop(SHEET_2)
    return edited("[Content_Types].xml", lambda xml: xml.replace(SHEET_2, "lapai/Lapas 2.xml"))(
        changed
    )


VARIANTS: Mapping[str, Callable[[Parts], Parts]] = {
    "plain": lambda parts: parts,
    "prefixed-sheet": edited(SHEET_2, prefixed),
    "prefixed-workbook": edited(WORKBOOK, prefixed),
    "prefixed-relations": edited(WORKBOOK_RELS, prefixed),
    "strict": strict,
    "byte-order-mark": lambda parts: {**parts, SHEET_2: b"\xef\xbb\xbf" + parts[SHEET_2]},
    "cells-without-place": edited(SHEET_2, lambda xml: re.sub(r'<c r="\w+"', "<c", xml)),
    "rows-without-place": edited(SHEET_2, lambda xml: re.sub(r'<row r="\d+"', "<row", xml)),
    "no-places": edited(SHEET_2, lambda xml: re.sub(r'<(row|c) r="\w+"', r"<\1", xml)),
    "rows-out-of-order": edited(SHEET_2, swapped),
    "cells-out-of-order": edited(
        SHEET_2, lambda xml: re.sub(r'(<row r="2">)(.*)(<c r="C2".*)(</row>)', r"\1\3\2\4", xml)
    ),
    "processing-instruction": edited(
        SHEET_2, lambda xml: xml.replace("<row", "<?x <c r='A1'?><row")
    ),
    "single-quotes": edited(SHEET_2, lambda xml: re.sub(r'="([^"]*)"', r"='\1'", xml)),
    "wide-tags": edited(
        SHEET_2,
        lambda xml: re.sub(
            r'([a-z]+)="([^"]*)"(?=[^<]*<(?!\?))', r'\n\1\t=\r\n "\2"\n', xml
        ).replace("</c>", "</c\n>"),
    ),
    "absolute-target": target_of_sheet("/xl/worksheets/sheet2.xml"),
    "false-dimension": edited(
        SHEET_2, lambda xml: xml.replace("<sheetData>", '<dimension ref="A1"/><sheetData>')
    ),
    "largest-dimension": edited(
        SHEET_2,
        lambda xml: xml.replace("<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>'),
    ),
    "style-without-styles": edited(
        SHEET_2, lambda xml: xml.replace('<c r="C2"', '<c r="C2" s="77"')
    ),
    "alternate-content": edited(
        WORKBOOK,
        lambda xml: xml.replace(
            "<sheets>",
            '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/'
            'markup-compatibility/2006"><mc:Choice Requires="x15"/></mc:AlternateContent><sheets>',
        ),
    ),
}
# Legal too, but hardly ever written: these may be refused as a whole.
RARE_VARIANTS: Mapping[str, Callable[[Parts], Parts]] = {
    "bracket-in-attribute": edited(
        SHEET_2,
        lambda xml: xml.replace("<row ", "<row xmlns:y='urn:y' y:a='>' ").replace(
            "<c ", "<c xmlns:y='urn:y' y:a='/>' "
        ),
    ),
    "unparsed-text": edited(
        SHEET_2, lambda xml: re.sub("<(v|t|f)([^>]*)>([^<]*)<", r"<\1\2><![CDATA[\3]]><", xml)
    ),
    "moved-sheet": moved,
    "target-round-about": target_of_sheet("worksheets/../worksheets/./sheet2.xml"),
    "target-in-place": target_of_sheet("./worksheets/sheet2.xml"),
    "target-through-parent": target_of_sheet("../xl/worksheets/sheet2.xml"),
    "extensions": edited(
        SHEET_2,
        lambda xml: xml.replace(
            "</c>", '<extLst><ext uri="x"><y:v xmlns:y="urn:y">99</y:v></ext></extLst></c>'
        ),
    ),
    "comments": edited(
        SHEET_2,
        lambda xml: xml.replace("<v>", "<!-- <c r='A9'> --><v>").replace("<c ", "<!----><c "),
    ),
    "lower-case-places": edited(
        SHEET_2, lambda xml: re.sub(r'<c r="(\w+)"', lambda m: m[0].replace("C2", "c2"), xml)
    ),
    "utf-16": lambda parts: {
        **parts,
        SHEET_2: parts[SHEET_2].decode().replace("UTF-8", "UTF-16").encode("utf-16"),
    },
    "windows-1257": lambda parts: {
        **parts,
        SHEET_2: parts[SHEET_2].decode().replace("UTF-8", "windows-1257").encode("cp1257"),
    },
    "upper-case-target": target_of_sheet("Worksheets/Sheet2.XML"),
    "escaped-target": target_of_sheet("worksheets/sheet%32.xml"),
    "doubled-slash": target_of_sheet("worksheets//sheet2.xml"),
    "backslash": target_of_sheet("worksheets\\sheet2.xml"),
    "entities": edited(
        SHEET_2,
        lambda xml: xml.replace(
            DECLARATION, f'{DECLARATION}<!DOCTYPE worksheet [<!ENTITY a "2">]>'
        ),
    ),
    "places-by-number": edited(SHEET_2, lambda xml: xml.replace('r="C2"', 'r="&#67;2"')),
    "renamed-workbook": lambda parts: {
        name.replace("workbook.xml", "knyga.xml"): content.replace(b"workbook.xml", b"knyga.xml")
        for name, content in parts.items()
    },
}


@pytest.fixture(scope="module")
def read_variants(
    target: Path, tmp_path_factory: pytest.TempPathFactory
) -> Mapping[str, Sequence[Outcome]]:
    """Of each variant two workbooks, loaded all at once: one in order, one with two faults."""
    folder = tmp_path_factory.mktemp("variants")
    faults = [row(2, FIGURE), row(3, [2019, FIGURE[1]], ERROR_AT.format(3))]
    faults.append(row(4, [2018, FIGURE[1]], NEVER_CALCULATED))
    paths = []
    for name, change in {**VARIANTS, **RARE_VARIANTS}.items():
        for kind, xml in (
            ("gera", figures(GOOD)),
            ("kliudo", worksheet(row(1, HEADER) + "".join(faults))),
        ):
            parts = workbook({"Rodikliai": xml}, code=f"{kind}-{name}")
            paths.append(zipped(folder / f"{kind}-{name}.xlsx", change(parts)))
    found: dict[str, list[Outcome]] = {}
    for outcome in send(target, *paths):
        name = outcome.problems[0].file if outcome.problems else f"{outcome.delivery}.xlsx"
        found.setdefault(name.partition("-")[2].removesuffix(".xlsx"), []).append(outcome)
    return found


def is_refused(outcome: Outcome) -> bool:
    return {one.code for one in outcome.problems} in ({"file-unreadable"}, {"header-not-found"})


@pytest.mark.parametrize("variant", [*VARIANTS, *RARE_VARIANTS])
def test_unusual_xml_says_the_same(
    read_variants: Mapping[str, Sequence[Outcome]], variant: str
) -> None:
    """A value is read; an error and a formula without value are found where they stand."""
    outcomes = read_variants[variant]
    if variant in RARE_VARIANTS and all(map(is_refused, outcomes)):
        assert len(outcomes) == 2
        return
    told = sorted(places(outcome) for outcome in outcomes)
    assert told == [
        [],
        [("Rodikliai", "C3", "error-value"), ("Rodikliai", "C4", "formula-without-value")],
    ]
    [good] = [outcome for outcome in outcomes if not outcome.problems]
    assert [one["value"] for one in rows_of(good)] == [24]


def test_unusual_archives(target: Path, tmp_path: Path) -> None:
    """Stored, streamed, commented: what other programs than Excel make of a workbook."""

    class Stream(io.RawIOBase):
        """Where nobody can go back, so that sizes follow the data."""

        def __init__(self) -> None:
            self.content = b""

        def writable(self) -> bool:
            return True

        def write(self, piece: Any, /) -> int:
            self.content += bytes(piece)
            return len(piece)

    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w", zipfile.ZIP_STORED) as archive:
        for name, content in workbook({"Rodikliai": figures(GOOD)}, code="a").items():
            archive.writestr(name, content)
        archive.comment = b"pastaba"
    streamed = Stream()
    with zipfile.ZipFile(streamed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in workbook({"Rodikliai": figures(GOOD)}, code="b").items():
            archive.writestr(name, content)
    (tmp_path / "a.xlsx").write_bytes(stored.getvalue())
    (tmp_path / "b.xlsx").write_bytes(streamed.content)

    assert values(target, tmp_path / "a.xlsx", tmp_path / "b.xlsx") == [24, 24]


def test_rich_and_shared_text(target: Path, tmp_path: Path) -> None:
    rich = (
        "<r><rPr><b/></rPr><t>Kalė</t></r><r><t xml:space='preserve'>jimas </t></r><r><t>X</t></r>"
    )
    ruby = "<t>Kalėjimas X</t><rPh sb='0' eb='1'><t>SKAITYK</t></rPh><phoneticPr fontId='0'/>"
    paths = [
        text_of(tmp_path / "a.xlsx", f'<c r="D2" t="inlineStr"><is>{rich}</is></c>'),
        text_of(tmp_path / "b.xlsx", '<c r="D2" t="s"><v>0</v></c>', **{STRINGS: strings(rich)}),
        text_of(tmp_path / "c.xlsx", '<c r="D2" t="s"><v>0</v></c>', **{STRINGS: strings(ruby)}),
        text_of(tmp_path / "d.xlsx", '<c r="D2" t="str"><f>A1</f><v>Kalėjimas X</v></c>'),
    ]

    found = [one["text"] for outcome in send(target, *paths) for one in rows_of(outcome, "result")]

    assert found == ["Kalėjimas X"] * 4


def test_parts_that_are_missing_or_point_nowhere(target: Path, tmp_path: Path) -> None:
    """A figure that cannot be found is no blank."""
    shared = '<c r="C2" t="s"><v>{}</v></c>'
    good = workbook({"Rodikliai": figures(GOOD)}, code="a")
    texts = {STRINGS: strings("<t>24</t>")}
    broken: dict[str, Parts] = {
        "beyond": workbook({"Rodikliai": figures(shared.format(7))}, "beyond", **texts),
        "negative": workbook({"Rodikliai": figures(shared.format(-1))}, "negative", **texts),
        "word": workbook({"Rodikliai": figures(shared.format("x"))}, "word", **texts),
        "no-texts": workbook({"Rodikliai": figures(shared.format(0))}, "no-texts"),
        "no-sheet": {name: part for name, part in good.items() if name != SHEET_2},
        "no-relations": {name: part for name, part in good.items() if name != WORKBOOK_RELS},
        "empty-sheet": {**good, SHEET_2: b""},
        "empty-workbook": {**good, WORKBOOK: b""},
        "no-sheets": {**good, WORKBOOK: f'<workbook xmlns="{MAIN}"/>'.encode()},
        "outside": target_of_sheet("../../../../../../../../etc/passwd")(good),
        "uri": target_of_sheet("file:///etc/passwd")(good),
        "other-identity": edited(WORKBOOK, lambda xml: xml.replace("rId2", "rId9"))(good),
    }
    paths = [zipped(tmp_path / f"{name}.xlsx", parts) for name, parts in broken.items()]

    refused(target, *paths, codes=["file-unreadable", "sheet-none-known"])


def test_an_entry_that_stands_twice_hides_nothing(target: Path, tmp_path: Path) -> None:
    paths = []
    for name, first, second in (("a", GOOD, ERROR), ("b", ERROR, GOOD)):
        parts = workbook({"Rodikliai": figures(first)}, code=name)
        twice = [*parts.items(), (SHEET_2, figures(second).encode())]
        paths.append(zipped(tmp_path / f"{name}.xlsx", twice))

    for outcome in send(target, *paths):
        if outcome.problems:
            [problem] = outcome.problems
            assert problem.code in {"file-unreadable", "error-value"}
        else:
            assert [one.get("value") for one in rows_of(outcome)] == [24]


PLACES = ("A0", "AAAA2", "C99999999999", "2C", "", "C", "2", "C2:D3", "$C$2", "R2C3", "C-1")


def test_places_that_do_not_exist(target: Path, tmp_path: Path) -> None:
    paths = []
    for number, place in enumerate(PLACES):
        for kind, xml in (("gera", GOOD), ("kliudo", ERROR)):
            sheet = figures(xml.replace("C2", place))
            paths.append(xlsx(tmp_path / f"{kind}{number}.xlsx", {"Rodikliai": sheet}))

    outcomes = send(target, *paths)

    for outcome in outcomes:
        if not outcome.problems:
            assert [one.get("value") for one in rows_of(outcome)] == [24]
    faulty = {one.file for outcome in outcomes for one in outcome.problems}
    assert {f"kliudo{number}.xlsx" for number in range(len(PLACES))} <= faulty


def test_rows_that_do_not_exist(target: Path, tmp_path: Path) -> None:
    paths = []
    for number, place in enumerate(["0", "-1", "1048577", "4294967297", "99999999999", "x"]):
        odd = f'<row r="{place}"><c r="A{place}"><v>2021</v></c></row>'
        sheet = worksheet(row(1, HEADER) + row(2, FIGURE) + odd)
        paths.append(xlsx(tmp_path / f"r{number}.xlsx", {"Rodikliai": sheet}))

    with promptly(30):
        outcomes = send(target, *paths)

    for outcome in outcomes:
        assert {one.code for one in outcome.problems} <= {
            "file-unreadable",
            "value-required",
            "column-missing",
        }


# Errors in every kind of file --------------------------------------------------------------------


def test_every_error_is_told_at_its_cell(target: Path, tmp_path: Path) -> None:
    shown = ["#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"]
    codes = [0x00, 0x07, 0x0F, 0x17, 0x1D, 0x24, 0x2A]
    indicator = "victims_identified"
    of_xlsx, of_xls, of_ods = row(1, HEADER), biff_row(0, HEADER), ods_row(HEADER)
    for n, (text, code) in enumerate(zip(shown, codes, strict=True), 2):
        year = 2010 + n
        formula = "<f>X1</f>" if n % 2 else ""
        of_xlsx += row(n, [year, indicator], f'<c r="C{n}" t="e">{formula}<v>{text}</v></c>')
        of_xls += biff_row(n - 1, [year, indicator])
        result = struct.pack("<BBBBHH", 2, 0, code, 0, 0, 0xFFFF)
        of_xls += biff_formula(n - 1, 2, result) if n % 2 else biff_error(n - 1, 2, code)
        of_ods += ods_row(
            [year, indicator],
            '<table:table-cell table:formula="of:=[.X1]" office:value-type="string" '
            f'office:string-value="" calcext:value-type="error"><text:p>{text}</text:p>'
            "</table:table-cell>",
        )
    # As Excel writes it into an .ods, and a formula that nobody has calculated.
    of_ods += ods_row(
        [2019, indicator],
        '<table:table-cell table:formula="of:=[.X1]" office:value-type="string">'
        "<text:p>#N/A</text:p></table:table-cell>",
    ) + ods_row([2020, indicator], '<table:table-cell table:formula="of:=[.X1]"/>')

    outcomes = send(
        target,
        xlsx(tmp_path / "a.xlsx", {"Rodikliai": worksheet(of_xlsx)}),
        xls(tmp_path / "b.xls", {"Rodikliai": of_xls}),
        ods(tmp_path / "c.ods", {"Rodikliai": of_ods}),
    )

    told = [[(p.cell, p.code, p.value) for p in outcome.problems] for outcome in outcomes]
    errors = [(f"C{n}", "error-value", text) for n, text in enumerate(shown, 2)]
    assert told[0] == errors
    assert told[1] == errors
    assert told[2] == [
        *errors,
        ("C9", "error-value", "#N/A"),
        ("C10", "formula-without-value", None),
    ]


# Delimited text ----------------------------------------------------------------------------------


def of_text(target: Path, folder: Path, content: bytes, name: str = "Rezultatai.csv") -> Outcome:
    path = folder / name
    path.write_bytes(content)
    [outcome] = send(target, path, delivery="CSV-1", institution="VRM")
    return outcome


LINES = f"{';'.join(TEXT_HEADER)}\nR1;2020;1;Šiaulių ąžuolai\nR1;2020;2;Antras\n"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_text_of_any_line_ends(target: Path, tmp_path: Path, encoding: str, end: str) -> None:
    outcome = of_text(target, tmp_path, LINES.replace("\n", end).encode(encoding))

    assert [one["text"] for one in rows_of(outcome, "result")] == ["Šiaulių ąžuolai", "Antras"]


def test_quoted_text(target: Path, tmp_path: Path) -> None:
    content = LINES.replace("Antras", '"Antras; ""trečias""\n\nir ketvirtas"')

    outcome = of_text(target, tmp_path, content.encode())

    assert [one["text"] for one in rows_of(outcome, "result")] == [
        "Šiaulių ąžuolai",
        'Antras; "trečias"\n\nir ketvirtas',
    ]


def test_a_quotation_mark_that_is_never_closed_swallows_no_rows(
    target: Path, tmp_path: Path
) -> None:
    content = LINES.replace("Šiaulių", '"Šiaulių')

    outcome = of_text(target, tmp_path, content.encode())

    assert outcome.problems, rows_of(outcome, "result")


@pytest.mark.parametrize(
    "content",
    [
        LINES.encode("utf-8-sig")[:-20] + b"\xc4",  # cut off within a letter
        LINES.encode("utf-8-sig").replace("ą".encode(), b"\xed\xa0\x80"),  # half a pair
        LINES.encode("utf-16-le").replace(b"\x05\x01", b"\x00\xd8"),
        LINES.encode("utf-16")[:-1],
        LINES.encode("utf-16").replace("ų".encode("utf-16-le"), b"\x00\xd8"),
        LINES.encode("utf-32"),
    ],
    ids=["cut-off", "half-pair-8", "no-mark-16", "odd-length-16", "half-pair-16", "32"],
)
def test_broken_letters_are_not_guessed(target: Path, tmp_path: Path, content: bytes) -> None:
    outcome = of_text(target, tmp_path, content)

    [problem] = outcome.problems
    assert problem.code in {"file-unreadable", "header-not-found", "column-missing"}


def test_one_broken_letter_spoils_no_others(target: Path, tmp_path: Path) -> None:
    """UTF-8 with a broken letter is no Windows-1257, as which its letters would be gibberish."""
    head = b"recommendation;year;order;text\n"
    content = head + "R1;2020;1;Šiaulių ąžuolai ėjo į žygį".encode() + b"\xc4\n"

    outcome = of_text(target, tmp_path, content)

    assert outcome.problems or "Šiaulių ąžuolai" in rows_of(outcome, "result")[0]["text"]


def test_text_that_is_no_table(target: Path, tmp_path: Path) -> None:
    for content in (b"", b"\xef\xbb\xbf\n\n", b";;;\n;;;", b'"', b"\x00" * 100):
        outcome = of_text(target, tmp_path, content)
        [problem] = outcome.problems
        assert problem.code in {"header-not-found", "file-unreadable"}, content

    wide = (";".join(TEXT_HEADER) + ";" * 20_000 + "\n").encode()
    assert [one.code for one in of_text(target, tmp_path, wide).problems] == ["file-unreadable"]


# Paths -------------------------------------------------------------------------------------------


def test_links_folders_and_what_is_no_file(target: Path, tmp_path: Path) -> None:
    real = xlsx(tmp_path / "tikra.xlsx", {"Rodikliai": figures(GOOD)})
    (tmp_path / "nuoroda.xlsx").symlink_to(real)
    assert values(target, tmp_path / "nuoroda.xlsx") == [24]

    (tmp_path / "kabo.xlsx").symlink_to(tmp_path / "nera.xlsx")
    (tmp_path / "ratas.xlsx").symlink_to(tmp_path / "ratas.xlsx")
    (tmp_path / "aplankas.xlsx").mkdir()
    (tmp_path / "failas").write_bytes(b"")
    names = ("kabo.xlsx", "ratas.xlsx", "aplankas.xlsx", "failas/po-juo.xlsx", f"{'x' * 300}.xlsx")
    refused(target, *(tmp_path / name for name in names))


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
@pytest.mark.parametrize("kind", ["pipe", "zero"])
def test_a_source_without_end(target: Path, tmp_path: Path, kind: str, suffix: str) -> None:
    """A pipe that nobody writes to, and a device that never stops."""
    path = tmp_path / f"a{suffix}"
    if kind == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to("/dev/zero")

    done = command("check", path, "--database", target, "--json", seconds=8, megabytes=2_000)

    assert (done.code, done.said) == (1, "")
    assert [one["code"] for one in orjson.loads(done.out)["problems"]] == ["file-unreadable"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_that_may_not_be_read(target: Path, tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", {"Rodikliai": figures(GOOD)})
    path.chmod(0)

    refused(target, path)


def test_a_name_that_is_no_text(target: Path, tmp_path: Path) -> None:
    """File systems keep bytes; those that are no UTF-8 do not stop the answer."""
    path = Path(os.fsdecode(os.fsencode(tmp_path / "a") + b"\xff\xfe.xlsx"))
    shutil.copy(xlsx(tmp_path / "a.xlsx", {"Rodikliai": figures(ERROR)}), path)

    for words in (["--json"], []):
        done = command("check", path, "--database", target, *words)

        assert done.code == 1, done.said
        assert "Traceback" not in done.said
        assert "error-value" in done.said + done.out.decode()


def test_two_files_of_one_name(target: Path, tmp_path: Path) -> None:
    paths = []
    for folder, year in (("a", 2019), ("b", 2020)):
        (tmp_path / folder).mkdir()
        sheet = figures(GOOD).replace("2020", str(year))
        paths.append(zipped(tmp_path / folder / "x.xlsx", workbook({"Rodikliai": sheet}, "A-1")))

    # One delivery in two files, and each says so: that is once too often.
    [outcome] = send(target, *paths)
    assert {one.code for one in outcome.problems} == {"code-twice"}

    faulty = []
    for folder, line in (("a", 2), ("b", 3)):
        rows = row(1, HEADER) + row(2, FIGURE) + row(3, [2019, *FIGURE[1:]])
        sheet = worksheet(rows.replace(f'<c r="C{line}"><v>24', f'<c r="C{line}" t="e"><v>#N/A'))
        parts = workbook({"Rodikliai": sheet}, folder)
        faulty.append(zipped(tmp_path / folder / "x.xlsx", parts))
    outcomes = send(target, *faulty)
    assert [places(outcome) for outcome in outcomes] == [
        [("Rodikliai", "C2", "error-value")],
        [("Rodikliai", "C3", "error-value")],
    ]
