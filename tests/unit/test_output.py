"""Files are written whole or not at all; text of a CSV is never a formula."""

import csv
import io
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from rapporteur.__main__ import main
from rapporteur.documents import output
from rapporteur.settings import ROOT
from tests.conftest import Office

LIVE = ["=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1", "＝1"]


def test_what_was_there_stays_until_all_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "out.xlsx"
    place.write_bytes(b"before")
    place.chmod(0o640)
    link = tmp_path / "link.xlsx"
    link.symlink_to(place)

    output.write_whole(link, b"after")
    assert (place.read_bytes(), link.is_symlink()) == (b"after", True)
    assert place.stat().st_mode & 0o777 == 0o640

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        output.write_whole(place, b"half")
    assert place.read_bytes() == b"after"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link.xlsx", "out.xlsx"]


def test_a_command_whose_disk_is_full_says_so_and_leaves_nothing(office: Office) -> None:
    office.send(result=[{}])
    office.close()
    out = office.folder / "out.xlsx"
    there = ["--database", str(office.target)]
    for words in (["template"], ["export", "--delivery", "T-1"], ["report", "2020"]):
        done = subprocess.run(
            [sys.executable, "-m", "rapporteur", *words, str(out), *there],
            cwd=ROOT,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, 2_000)),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 2, done.stderr
        assert len(done.stderr.splitlines()) == 1
        assert str(out) in done.stderr
        assert not [
            path
            for path in office.folder.iterdir()
            if path.suffix in {".tmp", ".xlsx"} and path.name != "T-1.xlsx"
        ]


def test_standard_output_that_is_full_or_closed_is_no_traceback(office: Office) -> None:
    office.send(result=[{}])
    office.close()
    ask = f"{sys.executable} -m rapporteur ask overview/versions --database {office.target}"
    for line, code in ((f"{ask} > /dev/full", 2), (f"set -o pipefail; {ask} | true", None)):
        done = subprocess.run(
            ["bash", "-c", line], cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert "Traceback" not in done.stderr
        assert code is None or done.returncode == code


def test_places_that_are_no_file_to_write_are_refused(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    office.send(result=[{}])
    office.close()
    there = ["--database", str(office.target)]
    before = office.files()
    generation = office.target.with_name("office-00001.duckdb")
    for out in (office.folder, office.folder / "no" / "x.xlsx", office.target, generation):
        assert main(["template", str(out), *there]) == 2
        assert str(out) in capsys.readouterr().err
    assert office.files() == before
    assert main(["template", "/dev/null", *there]) == 0


def test_text_of_a_csv_is_never_a_formula(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    office.send(result=[{}])
    path = office.folder / "Šaltiniai.csv"
    lines = [f'S{number};"{words}"' for number, words in enumerate(LIVE)]
    path.write_text("\n".join(["Kodas;Pavadinimas", *lines]), encoding="utf-8")
    [outcome] = office.load(path, delivery="S-1", institution="VRM")
    assert outcome.accepted, outcome.problems
    office.close()
    there = ["--database", str(office.target)]
    assert main(["ask", "methodology/sources", "--format", "csv", *there]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    titles = {row["title"] for row in rows if row["source"].startswith("S")}
    assert titles == {"'=1+1", "'+1", "'-1+2", "'@SUM(A1)", "'=1", "'＝1"}
    assert main(["ask", "methodology/sources", "--json", "--format", "json", *there]) == 0
    assert '"=1+1"' in capsys.readouterr().out
    assert output.csv_cell("-5", -5) == "-5"
    assert output.csv_cell("-5", "-5") == "'-5"
