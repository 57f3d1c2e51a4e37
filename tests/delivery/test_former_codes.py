"""Codes renamed in the lists: stored rows stay, under the code of today; others are told."""

import csv
import io
import json
import logging
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import duckdb
import pytest

from rapporteur import __main__ as commands
from rapporteur.delivery import loading, reference, stored_codes
from rapporteur.settings import REFERENCE
from rapporteur.ui import unlisted
from rapporteur.warehouse import generations
from rapporteur.warehouse.questions import questions
from tests.conftest import DAY, Office, Row

# One code of each list, and what it is renamed to.
RENAMED: Final[Mapping[str, tuple[str, str]]] = {
    "indicator": ("victims_identified", "victims_found"),
    "indicator_definition": ("identified", "found"),
    "activity_kind": ("lecture", "talk"),
    "exploitation_form": ("forced_labour", "labour"),
    "target_group": ("pupils", "learners"),
    "theme": ("research_and_data", "research"),
    "sex": ("women", "female"),
    "age_group": ("children", "minors"),
    "citizenship": ("foreign_nationals", "foreigners"),
    "institution_kind": ("police", "police_body"),
    "coordination_status": ("coordination_group_active", "group_active"),
    "source_kind": ("ngo", "non_governmental"),
    "municipality": ("LT-57", "LT-97"),
    "county": ("LT-VL", "LT-VV"),
}
# Codes of these lists that the program itself knows by name.
NAMED: Final[Mapping[str, tuple[str, str]]] = {
    "exploitation_form": ("unspecified", "not_told"),
    "theme": ("data_provision", "data"),
    "indicator": ("pretrial_investigations_opened", "investigations_opened"),
    "activity_kind": ("prevention_and_information_total", "total_of_prevention"),
    "coordination_status": ("no_measures_2023", "nothing_done_2023"),
}
TODAY: Final = dict([*RENAMED.values(), *NAMED.values()])
CACHED: Final = ("rows", "choices", "present_codes", "_municipalities", "tables")

Rename = Callable[..., None]


def forget() -> None:
    """Lists are read once in a process; here they change."""
    for name in CACHED:
        getattr(reference, name).cache_clear()


@pytest.fixture
def rename(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Rename]:
    """Rename codes in a copy of the reference lists, with or without the former one beside."""
    folder = tmp_path / "reference"
    shutil.copytree(REFERENCE, folder)

    def change(*lists: str, former: bool = True, named: bool = False) -> None:
        for name, (old, new) in [
            *((name, RENAMED[name]) for name in lists),
            *(NAMED.items() if named else ()),
        ]:
            path = folder / f"{name}.csv"
            rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))
            for row in rows:
                if row["code"] == old:
                    row["code"] = new
                    row["former"] = f"older_{old}; {old}" if former else ""
            with path.open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, rows[0].keys())
                writer.writeheader()
                writer.writerows(rows)
        monkeypatch.setattr(reference, "REFERENCE", folder)
        forget()

    yield change
    monkeypatch.undo()
    forget()


def everything() -> dict[str, Any]:
    """Rows that hold each of the renamed codes."""
    figure = {"form": "forced_labour", "sex": "women"}
    return {
        "recommendation": [
            {"theme": "research_and_data"},
            {"code": "R2", "number": "2"},
            {"code": "R3", "number": "3", "theme": "data_provision", "document": "P"},
        ],
        "document": [{}, {"code": "P", "kind": "protokolas"}],
        "recommendation_link": [{"later": "R3"}],
        "addressee": [{}, {"recommendation": "R2", "institution": "LT-57"}],
        "response": [{"recommendation": "R2", "institution": "LT-57", "text": "Atsakyta."}],
        "activity": [
            {
                "forms": "forced_labour; sexual_exploitation",
                "target_groups": "pupils",
                "organiser": "LT-57",
                "partners": "LT-57; PD",
            },
            {"forms": "unspecified"},
            {"forms": "unspecified", "municipality": None, "scope": "visa šalis"},
        ],
        "statistic": [
            {"year": 2020, "definition": "identified"},
            {"year": 2019, **figure},
            {"year": 2019, "age_group": "children"},
            {"year": 2019, "citizenship": "foreign_nationals"},
            {"year": 2018, "territory": "LT-57"},
            {"year": 2018, "indicator": "pretrial_investigations_opened"},
            {"year": 2018, "territory": "LT-VL", "registered_by": "LT-57"},
        ],
        "coordination": [{}, {"status": "no_measures_2023"}],
        "source": [{"kind": "ngo"}],
    }


def answers_of(office: Office) -> dict[str, list[Row]]:
    """Every answer of every question."""
    return {
        name: office.ask(name)
        for name in questions()
        if name != "overview/labels" and not name.startswith("checks/")
    }


def in_codes_of_today(value: Any) -> Any:
    """An answer with every renamed code as it is now; a label may be the word of a former code."""
    if isinstance(value, dict):
        return {
            name: cell if name.startswith("label") else in_codes_of_today(cell)
            for name, cell in value.items()
        }
    if isinstance(value, list):
        return [in_codes_of_today(one) for one in value]
    return TODAY.get(value, value) if isinstance(value, str) else value


def in_one_order(rows: list[Row]) -> list[str]:
    return sorted(json.dumps(row, default=str, sort_keys=True) for row in rows)


def test_every_answer_is_the_same_under_the_codes_of_today(office: Office, rename: Rename) -> None:
    office.send(**everything())
    before = answers_of(office)

    rename(*RENAMED, named=True)
    office.close()

    after = answers_of(office)
    for name, rows in before.items():
        assert in_one_order(after[name]) == in_one_order(in_codes_of_today(rows)), name
    with loading.opened(office.target) as warehouse:
        assert stored_codes.unknown(warehouse, DAY) == []


def test_former_codes_are_accepted_in_workbooks_and_change_nothing(
    office: Office, rename: Rename
) -> None:
    office.send(**everything())
    rename(*RENAMED)

    again = office.try_to_send(name="dar-kartą.xlsx", **everything())

    assert again.accepted, [(p.sheet, p.cell, p.message()) for p in again.problems]
    assert again.unchanged
    assert office.send("T-2", activity=[{"municipality": "older_LT-57"}]).accepted
    assert {row["municipality"] for row in office.ask("activities/list")} == {"LT-97", None}


ASKED: Final = [
    ("investigations/evidence", "indicator", "indicator"),
    ("investigations/evidence", "sex", "sex"),
    ("investigations/evidence", "form", "exploitation_form"),
    ("investigations/evidence", "territory", "county"),
    ("investigations/evidence", "territory", "municipality"),
    ("investigations/evidence", "registered_by", "municipality"),
    ("activities/list", "kind", "activity_kind"),
    ("activities/list", "form", "exploitation_form"),
    ("activities/list", "target_group", "target_group"),
    ("activities/list", "municipality", "municipality"),
    ("activities/list", "organiser", "municipality"),
    ("activities/coordination", "status", "coordination_status"),
    ("recommendations/register", "theme", "theme"),
    ("recommendations/register", "institution", "municipality"),
]


def test_former_codes_are_asked_for_as_those_of_today(office: Office, rename: Rename) -> None:
    office.send(**everything())
    rename(*RENAMED)

    for question, parameter, name in ASKED:
        old, new = RENAMED[name]
        of_today: Any = {parameter: [new]}
        found = office.ask(question, **of_today)
        assert found, (question, parameter)
        for former in (old, f"older_{old}"):
            asked: Any = {parameter: [former]}
            assert office.ask(question, **asked) == found
            assert reference.asked(parameter, former) == new


def test_a_code_that_no_list_knows_is_told_and_its_rows_stay(
    office: Office,
    rename: Rename,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    office.send(**everything())
    rename(*RENAMED, former=False)
    office.close()

    with loading.opened(office.target) as warehouse:
        found = stored_codes.unknown(warehouse, DAY)
    assert {one.code for one in found} == {old for old, _ in RENAMED.values()}
    # The figures are found under the code that they bear.
    old, new = RENAMED["indicator"]
    assert old in {row["indicator"] for row in office.ask("investigations/series")}
    assert old in {row["code"] for row in office.ask("investigations/indicators")}

    office.close()
    asked = ["ask", "investigations/series", "--lang", "en", "--database", str(office.target)]
    assert commands.main([*asked, "--param", f"indicator={new}", "--as-of", str(DAY)]) == 0
    told = capsys.readouterr().err
    assert "Rows that are stored have codes that no list knows." in told
    assert f"Statistics, indicator: {old} in 6 rows (T-1)" in told

    monkeypatch.setenv("RAPPORTEUR_DATABASE", str(office.target))
    with caplog.at_level(logging.WARNING):
        unlisted.tell_at_start()
    assert f"Rodikliai, Rodiklis: {old}" in caplog.text


def test_a_code_in_use_is_never_a_former_one(rename: Rename, tmp_path: Path) -> None:
    rename("sex")
    path = tmp_path / "reference" / "sex.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace("men,vyrai,male,2,", "men,vyrai,male,2,female"),
        encoding="utf-8",
    )
    forget()

    assert reference.present("sex", "female") == "female"
    assert reference.present("sex", "women") == "female"


def _spoil(target: Path) -> None:
    """Change a byte of a file that was loaded, and leave a row of a version that nobody made."""
    current = generations.current(target)
    assert current is not None
    with duckdb.connect(str(current)) as connection:
        connection.execute("update stored.version_file set content = content || '!'::blob")
        connection.execute(
            "insert into stored.conflict by name select 9 as version, 'T-9' as delivery"
        )


def test_the_store_is_checked_by_command(
    office: Office, rename: Rename, capsys: pytest.CaptureFixture[str]
) -> None:
    office.send(**everything())
    office.close()
    check = ["check-store", "--database", str(office.target), "--lang", "en"]

    assert commands.main(check) == 0
    assert "All is as it was stored" in capsys.readouterr().out

    rename("indicator", former=False)
    assert commands.main([*check, "--json"]) == 1
    document = json.loads(capsys.readouterr().out)
    assert (document["accepted"], document["problems"]) == (False, [])
    assert [one["code"] for one in document["unknown_codes"]] == [RENAMED["indicator"][0]]

    _spoil(office.target)
    assert commands.main([*check, "--json"]) == 1
    found = json.loads(capsys.readouterr().out)["problems"]
    current = generations.current(office.target)
    assert current is not None
    assert {(one["generation"], one["version"], one["code"]) for one in found} == {
        (current.name, 1, "file-differs"),
        (current.name, 9, "rows-of-no-version"),
    }
    broken = office.target.with_name("office-00099.duckdb")
    broken.write_bytes(current.read_bytes()[:20_000])
    assert commands.main(check) == 1
    assert "office-00099.duckdb cannot be read" in capsys.readouterr().err

    nothing = ["check-store", "--database", str(office.folder / "none.duckdb")]
    assert commands.main(nothing) == 2
