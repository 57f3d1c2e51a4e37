"""Archives, wrong endings and encodings: each is read rightly, or refused in one clear sentence."""

import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import docx
import pytest

from rapporteur.delivery.problems import Problem
from rapporteur.delivery.reading import RawFile, Unreadable, read_file
from rapporteur.documents.report_reading import NotAReport, read
from rapporteur.settings import ROOT
from tests.delivery.hostile_files import (
    SHEET_2,
    WORKBOOK,
    cell,
    figures,
    ods_parts,
    ods_row,
    overlapping,
    workbook,
    xlsx,
    zipped,
)

GOOD = cell("C2", 24)
MEGABYTE = 2**20


def refusal(path: Path) -> Problem:
    with pytest.raises(Unreadable) as refused:
        read_file(path)
    return refused.value.problem


def figure(file: RawFile) -> object:
    return next(sheet for sheet in file.sheets if sheet.name == "Rodikliai").row(1)[2]


def good(path: Path) -> Path:
    return xlsx(path, {"Rodikliai": figures(GOOD)})


# Archives ---------------------------------------------------------------------------------------


def _changed(path: Path, name: str, local: int, central: int, value: int) -> Path:
    """The archive with another 16-bit number in both headers of one of its entries."""
    raw = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        offset = archive.getinfo(name).header_offset
    struct.pack_into("<H", raw, offset + local, value)
    struct.pack_into("<H", raw, raw.rindex(name.encode()) - 46 + central, value)
    path.write_bytes(raw)
    return path


def _encrypted(path: Path) -> Path:
    return _changed(good(path), SHEET_2, 6, 8, 1)


def _unknown_method(path: Path) -> Path:
    return _changed(good(path), SHEET_2, 8, 10, 97)


def _broken_deflate(path: Path) -> Path:
    raw = bytearray(good(path).read_bytes())
    with zipfile.ZipFile(path) as archive:
        entry = archive.getinfo(SHEET_2)
    start = entry.header_offset + 30 + len(SHEET_2)
    raw[start : start + entry.compress_size] = b"\xff" * entry.compress_size
    path.write_bytes(raw)
    return path


def _wrong_sum(path: Path) -> Path:
    raw = bytearray(good(path).read_bytes())
    with zipfile.ZipFile(path) as archive:
        entry = archive.getinfo(SHEET_2)
    for place in (entry.header_offset + 14, raw.rindex(SHEET_2.encode()) - 46 + 16):
        struct.pack_into("<I", raw, place, entry.CRC ^ 1)
    path.write_bytes(raw)
    return path


def _twice(path: Path) -> Path:
    parts = workbook({"Rodikliai": figures(GOOD)}, code="dukart")
    other = workbook({"Rodikliai": figures(cell("C2", 42))}, code="dukart")
    return zipped(path, [*parts.items(), (SHEET_2, other[SHEET_2])])


def _shared(path: Path) -> Path:
    parts = workbook({"Rodikliai": figures(GOOD)}, code="bendra")
    return overlapping(path, parts, WORKBOOK, [f"xl/media/{one}.bin" for one in range(50)])


def _other_archive(path: Path) -> Path:
    return zipped(path, {"vidus.xlsx": good(path.with_name("vidus.xlsx")).read_bytes()})


def _behind_other_bytes(path: Path) -> Path:
    content = good(path).read_bytes()
    path.write_bytes(b"MZ" + bytes(500) + content)
    return path


def _long_directory(path: Path) -> Path:
    """An entry that claims more bytes, packed and unpacked, than there are, in 64 bits."""
    raw = bytearray(good(path).read_bytes())
    central = raw.rindex(SHEET_2.encode()) - 46
    struct.pack_into("<II", raw, central + 20, 2**31, 2**31 + 1)
    path.write_bytes(raw)
    return path


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (_encrypted, "file-unreadable"),
        (_unknown_method, "file-unreadable"),
        (_broken_deflate, "file-unreadable"),
        (_wrong_sum, "file-unreadable"),
        (_twice, "file-unreadable"),
        (_shared, "file-unreadable"),
        (_other_archive, "file-unreadable"),
        (_behind_other_bytes, "file-unreadable"),
        (_long_directory, "file-too-large"),
    ],
)
def test_a_broken_archive_is_refused(
    tmp_path: Path, make: Callable[[Path], Path], code: str
) -> None:
    assert refusal(make(tmp_path / "failas.xlsx")).code == code


def _measured(code: str, path: Path) -> int:
    """The memory in MB of a process that runs this code, its children left out."""
    words = [sys.executable, "-c", code, str(path)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)
    return int(done.stdout)


_MEMORY = """
import sys
from pathlib import Path
from {module} import {read}, {error}
try:
    {read}(Path(sys.argv[1]))
except {error} as refused:
    assert refused.problem.code == "file-too-large", refused.problem
else:
    raise SystemExit("it was read")
status = Path("/proc/self/status").read_text()
print(int(status.partition("VmHWM:")[2].split()[0]) // 1024)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="memory is told by /proc")
def test_what_unpacks_to_gigabytes_is_unpacked_nowhere(tmp_path: Path) -> None:
    """Neither a table of contents of 600 MB nor a part of a report costs the parent memory."""
    blanks = b" " * MEGABYTE
    parts = ods_parts({"Rodikliai": ods_row(["Metai"])}, "bomba")
    bomb = zipped(tmp_path / "bomba.ods", {**parts, "META-INF/manifest.xml": blanks * 600})
    assert bomb.stat().st_size < MEGABYTE
    docx.Document().save(str(tmp_path / "ataskaita.docx"))
    with zipfile.ZipFile(tmp_path / "ataskaita.docx", "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/media/vaizdas.bin", blanks * 600)

    for module, name, error, path in (
        ("rapporteur.delivery.reading", "read_file", "Unreadable", bomb),
        (
            "rapporteur.documents.report_reading",
            "read",
            "NotAReport",
            tmp_path / "ataskaita.docx",
        ),
    ):
        code = _MEMORY.format(module=module, read=name, error=error)
        assert _measured(code, path) < 400, path.name


def test_a_report_that_is_no_document_is_refused_by_its_child(tmp_path: Path) -> None:
    for name, content in {
        "tekstas": b"Labas",
        "archyvas": good(tmp_path / "a.xlsx").read_bytes(),
        "senas": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    }.items():
        path = tmp_path / f"{name}.docx"
        path.write_bytes(content)
        with pytest.raises(NotAReport) as refused:
            read(path)
        assert (refused.value.problem.file, refused.value.problem.code) == (
            f"{name}.docx",
            "file-unreadable",
        )


# Endings and names ------------------------------------------------------------------------------


def test_the_part_that_lists_the_sheets_is_the_one_that_the_package_names(tmp_path: Path) -> None:
    parts = workbook({"Rodikliai": figures(GOOD)}, code="a")
    made = {}
    for name, content in parts.items():
        for old, new in ((b"workbook.xml", b"workbook22.xml"), (b"styles.xml", b"s.xml")):
            if name.endswith((".rels", "].xml")):
                content = content.replace(old, new)
            name = name.replace(old.decode(), new.decode())
        made[name] = content

    file = read_file(zipped(tmp_path / "a.xlsx", made))

    assert (figure(file), file.notices) == (24, [])


def test_a_wrong_ending_is_told_and_the_file_read_by_what_it_is(tmp_path: Path) -> None:
    file = read_file(good(tmp_path / "a.xlsx").rename(tmp_path / "a.xls"))

    [notice] = file.notices
    assert (figure(file), notice.code, notice.cell) == (24, "file-name-odd", None)
    assert notice.message() == "The ending “.xls” is not what the file is: it was read as .xlsx."


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<html><table><tr><td>Metai</td></tr></table></html>", "save it as .xlsx"),
        (b'\xef\xbb\xbf<?xml version="1.0"?><Workbook/>', "save it as .xlsx"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related", "save it as .xlsx"),
        ("Metai\tRodiklis\tReikšmė".encode(), "the ending .csv"),
        ("Metai\tRodiklis".encode("utf-16"), "the ending .csv"),
        (b"\x09\x08\x10\x00\x00\x06\x05\x00", "not a spreadsheet"),
    ],
)
def test_a_web_page_or_a_text_called_xls_says_what_to_do(
    tmp_path: Path, content: bytes, words: str
) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes(content)

    problem = refusal(path)

    assert problem.code == "file-unreadable"
    assert words in problem.message()


@pytest.mark.parametrize(
    "name",
    [
        "Rodikliai (1)",
        "Rodikliai(2)",
        "Rodikliai[1]",
        "Rodikliai-1",
        "rodikliai – kopija",
        "Rodikliai – kopija (2)",
        "Rodikliai - Copy",
        "Copy of Rodikliai",
        "Rodikliai copy 2",
        "Copy of Rodikliai (1)",
        "SAM 2024 - Rodikliai",
        "Statistics (3)",
    ],
)
def test_a_second_copy_of_a_text_file_is_the_same_sheet(tmp_path: Path, name: str) -> None:
    path = tmp_path / f"{name}.csv"
    path.write_text("Metai;Rodiklis;Reikšmė\n", encoding="utf-8")

    file = read_file(path)

    expected = "statistics" if name.startswith("Stat") else "rodikliai"
    assert file.sheets[0].name.casefold() == expected
    assert [notice.code for notice in file.notices] == ["file-name-odd"]


@pytest.mark.parametrize("name", ["Rodikliai", "Kita (1)", "Rodikliai 2024 galutiniai"])
def test_any_other_name_of_a_text_file_stays(tmp_path: Path, name: str) -> None:
    path = tmp_path / f"{name}.csv"
    path.write_text("Metai;Rodiklis;Reikšmė\n", encoding="utf-8")

    file = read_file(path)

    assert (file.sheets[0].name, file.notices) == (name, [])


# Delimited text ---------------------------------------------------------------------------------

LINES = "Metai;Rodiklis;Citata\n2024;Nukentėjusieji;„Žmonių – šešiolika“\n"


def text_rows(tmp_path: Path, content: bytes) -> list[list[object]]:
    path = tmp_path / "Rodikliai.csv"
    path.write_bytes(content)
    [sheet] = read_file(path).sheets
    return [list(sheet.row(number)) for number in range(sheet.height)]


def test_encodings_that_are_read(tmp_path: Path) -> None:
    expected = [line.split(";") for line in LINES.splitlines()]

    for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1257"):
        assert text_rows(tmp_path, LINES.encode(encoding)) == expected, encoding
    of_iso = LINES.replace("–", "ir").encode("iso8859-13")
    assert text_rows(tmp_path, of_iso)[1][2] == "„Žmonių ir šešiolika“"
    old_mac = LINES.replace("\n", "\r").encode()
    assert text_rows(tmp_path, old_mac) == expected


MIXED: Mapping[str, bytes] = {
    "noughts": LINES.replace("2024", "20\x0024").encode(),
    "utf-16 without its mark": LINES.encode("utf-16-le"),
    "utf-16 of the other order without its mark": LINES.encode("utf-16-be"),
    "utf-32": LINES.encode("utf-32"),
    "utf-16 cut in a letter": LINES.encode("utf-16")[:-1],
    "lines in two encodings": LINES.encode() + ("2025;Žuvę;š\n" * 50).encode("cp1257"),
    "a header in another encoding": "Rodiklis;Reikšmė\n".encode("cp1257") + LINES.encode(),
    "two files joined, each with its mark": LINES.encode("utf-8-sig") * 2,
    "letters lost on the way": LINES.replace("š", "\ufffd").encode(),
    "both kinds of quotation marks": b"\x84Zodis\x93;\xa5Zodis\xb4\n",
}


@pytest.mark.parametrize("name", MIXED)
def test_any_other_encoding_is_refused_as_one(tmp_path: Path, name: str) -> None:
    path = tmp_path / "Rodikliai.csv"
    path.write_bytes(MIXED[name])

    problem = refusal(path)

    assert problem.code == "file-unreadable"
    assert "encoding" in problem.message()
    assert "CSV UTF-8" in problem.message()


@pytest.mark.parametrize(
    ("content", "row"),
    [
        ("Duomenys pagal raštą, 2024 m., Nr. 5\nMetai;Reikšmė\n2024;12\n2025;3,5\n", 2),
        ("Ataskaita; 2024; VRM\nMetai,Reikšmė\n2024,12\n2025,13\n", 2),
        ('Metai\tReikšmė\n2024\t12\n2025\t"1,5;2,5;3,5"\n', 1),
    ],
)
def test_the_delimiter_is_that_of_the_rows_and_not_of_a_title(
    tmp_path: Path, content: str, row: int
) -> None:
    assert text_rows(tmp_path, content.encode())[row][:2] == ["2024", "12"]


def test_a_formula_that_only_quotes_is_what_a_spreadsheet_shows_of_it(tmp_path: Path) -> None:
    content = 'Metai;Rodiklis;Reikšmė\n2024;="007";"=""12"""\n'.encode()

    assert text_rows(tmp_path, content)[1] == ["2024", "007", "12"]


def test_a_quotation_that_never_ends_says_so(tmp_path: Path) -> None:
    path = tmp_path / "Rodikliai.csv"
    path.write_text('Metai;Citata\n2024;"Pradėta\n2025;x\n', encoding="utf-8")

    assert "quotation mark" in refusal(path).message()
