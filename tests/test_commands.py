"""`python -m rapporteur`, run as people and scripts run it."""

import contextlib
import csv
import datetime
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from unittest import mock

import openpyxl
import pytest

from rapporteur.__main__ import main
from rapporteur.settings import ROOT
from tests.conftest import MOMENT_OF_SHIPPED, Office

OUTCOME_KEYS = {
    "accepted",
    "delivery",
    "version",
    "unchanged",
    "rows",
    "changes",
    "problems",
    "problem_count",
    "notices",
}
PROBLEM_KEYS = {"file", "sheet", "cell", "code", "value", "message"}
TOMORROW = (datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=2)).date()  # noqa: TID251


class Command:
    """The command line against one database.

    `as_people_do` starts a process for it, as a shell would; else the same is called in this one,
    which spares the second that Python takes to start.
    """

    def __init__(self, target: Path, *, as_people_do: bool = False) -> None:
        self.target = target
        self.as_people_do = as_people_do

    def __call__(
        self, *words: str | Path, exit_code: int = 0, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        given = {"RAPPORTEUR_DATABASE": str(self.target), **environment}
        run = self._in_a_process if self.as_people_do else self._in_this_one
        done = run([*map(str, words)], given)
        assert done.returncode == exit_code, done.stdout + done.stderr
        assert "Traceback" not in done.stderr
        return done

    def _in_a_process(
        self, words: list[str], environment: dict[str, str]
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "rapporteur", *words],
            cwd=ROOT,
            env={**os.environ, **environment},  # noqa: TID251
            capture_output=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )

    def _in_this_one(
        self, words: list[str], environment: dict[str, str]
    ) -> subprocess.CompletedProcess[str]:
        out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", newline="") for _ in range(2))
        with (
            mock.patch.dict(os.environ, environment),  # noqa: TID251
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
        ):
            try:
                code = main(words)
            except SystemExit as ended:
                code = int(ended.code or 0)
        told = []
        for stream in (out, err):
            stream.seek(0)
            told.append(stream.read().replace("\r\n", "\n"))
        return subprocess.CompletedProcess(words, code, *told)

    def json(self, *words: str | Path, exit_code: int = 0) -> Any:
        """The one document on standard output."""
        return json.loads(self(*words, "--json", exit_code=exit_code).stdout)

    def refuses(self, *words: str | Path, **environment: str) -> str:
        """What wrong use is told: exit 2, one sentence, nothing on standard output."""
        done = self(*words, exit_code=2, **environment)
        assert done.stdout == ""
        [sentence] = done.stderr.splitlines()
        return sentence


@pytest.fixture
def command(office: Office) -> Command:
    return Command(office.target)


@pytest.fixture
def shell(office: Office) -> Command:
    return Command(office.target, as_people_do=True)


@pytest.fixture
def asking(shipped_database: Path) -> Command:
    """Against the shipped data: only for what reads."""
    return Command(shipped_database)


# load, check ---------------------------------------------------------------------------------


def test_load_check_and_load_again(office: Office, shell: Command) -> None:
    command = shell
    path = office.workbook(result=[{}], activity=[{"municipality": "Vilnius"}])

    checked = command.json("check", path)
    assert (checked["accepted"], checked["version"]) == (True, None)
    assert not office.target.exists()

    loaded = command.json("load", path)
    assert loaded.keys() == OUTCOME_KEYS
    assert (loaded["accepted"], loaded["delivery"], loaded["version"]) == (True, "T-1", 1)
    assert (loaded["unchanged"], loaded["problems"], loaded["problem_count"]) == (False, [], 0)
    assert loaded["rows"]["result"] == 1
    assert loaded["changes"]["result"] == {"added": 1, "changed": 0, "removed": 0}
    [notice] = loaded["notices"]
    assert notice.keys() == PROBLEM_KEYS
    assert (notice["cell"], notice["code"]) == ("E2", "municipality-assumed-city")

    again = command.json("load", path)
    assert (again["accepted"], again["version"], again["unchanged"]) == (True, 1, True)
    assert "T-1" in command("load", path).stdout

    [version] = command.json("history")
    assert (version["version"], version["delivery"], version["action"]) == (1, "T-1", "load")
    assert "T-1" in command("history").stdout


def test_problems_are_told_at_their_cells(office: Office, command: Command) -> None:
    path = office.workbook(statistic=[{}, {"year": 2019, "value": "keli"}])

    for name in ("check", "load"):
        told = command.json(name, path, exit_code=1)
        assert (told["accepted"], told["version"], told["problem_count"]) == (False, None, 1)
        [problem] = told["problems"]
        assert problem.keys() == PROBLEM_KEYS
        assert (problem["file"], problem["sheet"], problem["cell"]) == (
            "T-1.xlsx",
            "Rodikliai",
            "I3",
        )
        assert (problem["code"], problem["value"]) == ("value-not-a-number", "keli")
        assert "keli" in problem["message"]

        done = command(name, path, "--lang", "en", exit_code=1)
        assert "T-1.xlsx, Rodikliai, I3: “keli” is not a number." in done.stderr
        assert "[value-not-a-number]" in done.stderr
    assert not office.target.exists()


def test_all_problems_are_counted_and_a_thousand_listed(office: Office, command: Command) -> None:
    path = office.workbook(activity=[{"count": "keli"}] * 1_001)

    told = command.json("check", path, exit_code=1)

    assert (told["problem_count"], len(told["problems"])) == (1_001, 1_000)


def test_several_deliveries_are_told_together(office: Office, command: Command) -> None:
    first, second = office.workbook("T-1", result=[{}]), office.workbook("T-2", activity=[{}])

    told = command.json("load", second, first)

    assert told.keys() == {"accepted", "problem_count", "deliveries"}
    assert (told["accepted"], told["problem_count"]) == (True, 0)
    assert [one["delivery"] for one in told["deliveries"]] == ["T-2", "T-1"]
    assert all(one.keys() == OUTCOME_KEYS for one in told["deliveries"])


def test_confirming_what_needs_leave(office: Office, command: Command) -> None:
    command("load", office.workbook(result=[{}, {"position": 2}]))
    fewer = office.workbook(result=[{}])

    told = command.json("load", fewer, exit_code=1)
    assert [problem["code"] for problem in told["problems"]] == ["would-remove"]
    loaded = command.json("load", fewer, "--confirm", "would-remove")
    assert loaded["changes"]["result"] == {"added": 0, "changed": 0, "removed": 1}
    assert "would-remove" in command.refuses("load", fewer, "--confirm", "anything")


def test_what_was_confirmed_of_another_version_is_not_done(
    office: Office, command: Command
) -> None:
    command("load", office.workbook(result=[{}, {"position": 2}]))
    fewer = office.workbook(result=[{}], name="fewer.xlsx")
    assert "--instead-of T-1=1" in command("load", fewer, "--lang", "en", exit_code=1).stderr
    more = [{"position": number} for number in (1, 2, 3)]
    command("load", office.workbook(result=more), "--instead-of", "T-1=1")
    before = office.files()

    confirmed = ("load", fewer, "--confirm", "would-remove", "--instead-of")
    for words in (
        (*confirmed, "T-1=1"),
        ("restore", "1", "--instead-of", "1"),
        ("withdraw", "T-1", "--instead-of", "1"),
        ("purge", "1", "--reason", "Vardai", "--instead-of", "1"),
    ):
        told = command(*words, "--lang", "en", exit_code=1)
        assert "loaded version 2" in told.stderr
        assert told.stdout == ""
    assert office.files() == before
    assert "T-1" in command.refuses(*confirmed, "T-1")
    assert "7" in command.refuses("restore", "7", "--instead-of", "2")
    assert command.json(*confirmed, "T-1=2")["changes"]["result"]["removed"] == 2
    command("restore", "1", "--instead-of", "3")
    command("withdraw", "T-1", "--instead-of", "4")


def test_a_file_without_pateikimas(office: Office, command: Command) -> None:
    command("load", office.workbook(result=[{}], statistic=[{"year": 2019}]))
    path = office.grid(
        "be.xlsx",
        {"Rodikliai": [["Metai", "Rodiklis", "Reikšmė"], [2020, "victims_identified", 24]]},
    )

    assert command.json("check", path)["delivery"] is None
    sentence = command.refuses("load", path)
    assert "--delivery" in sentence
    assert "--institution" in sentence
    loaded = command.json("load", path, "--delivery", "S-1", "--institution", "VRM")
    assert (loaded["delivery"], loaded["version"]) == ("S-1", 2)


def test_a_file_that_cannot_be_read_is_refused_like_any_other(
    office: Office, command: Command
) -> None:
    broken = office.folder / "sugedo.xlsx"
    broken.write_text("x", encoding="utf-8")

    told = command.json("load", broken, exit_code=1)

    assert told.keys() == OUTCOME_KEYS
    assert (told["accepted"], told["delivery"]) == (False, None)
    assert [problem["code"] for problem in told["problems"]] == ["file-unreadable"]


def test_the_shipped_workbooks_load(command: Command) -> None:
    told = command.json("load", "--shipped")

    assert (told["accepted"], told["problem_count"]) == (True, 0)
    assert [one["version"] for one in told["deliveries"]] == [1, 2, 3, 4]


# ask, export ---------------------------------------------------------------------------------

SERIES = "investigations/series"
VICTIMS = ("--param", "indicator=victims_identified")


def test_an_answer_in_every_format(asking: Command) -> None:
    ask = ("ask", SERIES, *VICTIMS, "--as-of", str(TOMORROW))

    document = asking.json(*ask)
    assert {row["year"]: row["value"] for row in document}[2020] == 24
    assert json.loads(asking(*ask, "--format", "json").stdout) == document
    rows = list(csv.DictReader(io.StringIO(asking(*ask, "--format", "csv").stdout)))
    assert [int(row["year"]) for row in rows] == [row["year"] for row in document]
    table = asking(*ask).stdout.splitlines()
    assert table[0].startswith("indicator")
    assert len(table) == len(document) + 2


def test_a_repeated_parameter_means_any_of_its_values(asking: Command) -> None:
    found = asking.json(
        *(
            "ask",
            "investigations/evidence",
            *VICTIMS,
            "--param",
            "year=2020",
            "--param",
            "year=2021",
        ),
        *("--as-of", str(TOMORROW)),
    )
    assert {row["year"] for row in found} == {2020, 2021}
    assert {row["indicator"] for row in found} == {"victims_identified"}


def test_an_answer_as_of_an_earlier_day(asking: Command) -> None:
    day = MOMENT_OF_SHIPPED.date()
    before = day - datetime.timedelta(days=1)

    assert asking.json("ask", SERIES, *VICTIMS, "--as-of", str(before)) == []
    assert len(asking.json("ask", SERIES, *VICTIMS, "--as-of", str(day))) > 10


def test_dates_and_lists_travel_as_json(asking: Command) -> None:
    rows = asking.json(
        "ask", "recommendations/register", "--param", "text=GALUTINI", "--as-of", str(TOMORROW)
    )
    assert rows == []
    [row] = asking.json(
        "ask", "recommendations/register", "--param", "text=svietimo istaigose",
        "--as-of", str(TOMORROW),
    )  # fmt: skip
    assert (row["recommendation"], row["addressees"]) == ("R2020-2", ["ŠMSM"])


def test_an_answer_as_the_excel_file_of_the_pages(asking: Command, tmp_path: Path) -> None:
    out = tmp_path / "aukos.xlsx"
    ask = (SERIES, *VICTIMS, "--as-of", str(TOMORROW))

    asking("export", SERIES, out, *ask[1:])

    shown = asking.json("ask", *ask)
    book = openpyxl.load_workbook(out)
    # The sheet with the answer: the one that holds as many rows, and the years in their order.
    years = [row["year"] for row in shown]
    columns = {
        tuple(cell for cell in column if cell in set(years))
        for sheet in book
        for column in sheet.iter_cols(values_only=True)
    }
    assert tuple(years) in columns
    values = [row["value"] for row in shown]
    assert any(
        [cell for cell in column if isinstance(cell, int | float)] == values
        for sheet in book
        for column in sheet.iter_cols(values_only=True)
    )
    assert asking.json("export", SERIES, out, *ask[1:]) == {"file": str(out)}


# Wrong use -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "COMMAND"),
        (("dance",), "dance"),
        (("load",), ""),
        (("check",), ""),
        (("load", "--dance"), "--dance"),
        (("ask",), "QUESTION"),
        (("ask", "investigations/nothing"), "investigations/nothing"),
        (("ask", "views/figure"), "views/figure"),
        (("ask", SERIES, "--param", "metai=2020"), "metai"),
        (("ask", SERIES, "--param", "indicator"), "indicator"),
        (("ask", "implementation/coverage", "--param", "year=pernai"), "pernai"),
        (("ask", SERIES, "--as-of", "vakar"), "vakar"),
        (("ask", SERIES, "--format", "pdf"), "pdf"),
        (("export", SERIES), "--delivery"),
        (("export", "investigations/nothing", "out.xlsx"), "investigations/nothing"),
        (("export", SERIES, "no/such/folder/out.xlsx"), "no/such/folder"),
        (("history", "--database", "ducklake:postgres:host=x"), "ducklake:postgres:host=x"),
        (("history", "--database", "ducklake:postgres:x.duckdb"), "ducklake"),
        (("history", "--database", "duomenys.db"), "duomenys.db"),
    ],
    ids=lambda words: " ".join(words) if isinstance(words, tuple) else "",
)
def test_wrong_use_ends_in_one_sentence(asking: Command, words: tuple[str, ...], told: str) -> None:
    assert told in asking.refuses(*words)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("RAPPORTEUR_MODE", "public"),
        ("RAPPORTEUR_DATABASE", "ducklake:postgres:host=x"),
    ],
)
def test_a_setting_that_cannot_be_honoured(asking: Command, name: str, value: str) -> None:
    assert value in asking.refuses("history", **{name: value})


def test_a_limit_that_is_no_number(office: Office, command: Command) -> None:
    path = office.workbook(result=[{}])
    for value in ("daug", "0", "-1"):
        told = command.refuses("check", path, RAPPORTEUR_MAX_UPLOAD_MB=value)
        assert f"RAPPORTEUR_MAX_UPLOAD_MB={value}" in told


def test_asking_before_anything_was_loaded(command: Command) -> None:
    assert "load --shipped" in command.refuses("ask", SERIES)
    assert not command.target.exists()


def test_help_tells_every_command(command: Command) -> None:
    told = command("--help").stdout
    assert {name for name in ("load", "check", "ask", "export", "history") if name in told} == {
        "load",
        "check",
        "ask",
        "export",
        "history",
    }
    assert "--json" in command("load", "--help").stdout
