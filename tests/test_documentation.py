"""What is written about the program is true of it."""

import ast
import re
from pathlib import Path

import pytest

from rapporteur.__main__ import main
from rapporteur.delivery import reference_page
from rapporteur.delivery.catalogue import CATALOGUE
from rapporteur.delivery.declaration import SHEETS
from rapporteur.settings import ROOT
from rapporteur.translations import LANGUAGES

README = (ROOT / "README.md").read_text(encoding="utf-8")
# `load PATH…` in the table of commands, and what stands after `python -m rapporteur` anywhere.
IN_TABLE = [
    words
    for line in README.splitlines()
    if line.startswith("| `")
    for words in re.findall(r"`([^`]+)`", line.split("|")[1])
    if re.match(r"[a-z]+( |$)", words)
]
IN_EXAMPLES = re.findall(r"-m rapporteur ([a-z][^`\n]*)", README)


def test_the_page_about_the_workbook_is_that_of_the_declaration() -> None:
    written = (ROOT / "docs" / "workbook.md").read_text(encoding="utf-8")

    assert written == reference_page.markdown("en"), "run `make docs`"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_tells_every_sheet_column_and_code(language: str) -> None:
    sections = dict(reference_page.sections(language))

    assert len(sections) == len(reference_page.sections(language)), "one title stands twice"
    for sheet in SHEETS:
        told = sections[f"{sheet.name} ({sheet.alias})"]
        for column in sheet.columns:
            required = r" \*" if column.required else ""
            assert f"| {column.header}{required} | `{column.alias}` |" in told
    page = reference_page.markdown(language)
    assert [code for code in CATALOGUE if f"| `{code}` |" not in page] == []


def test_the_readme_tells_of_commands() -> None:
    assert {"load", "check", "ask", "export"} <= {words.split()[0] for words in IN_TABLE}
    assert {words.split()[0] for words in IN_EXAMPLES} >= {"load", "ask"}


@pytest.mark.parametrize("words", [*IN_TABLE, *IN_EXAMPLES])
def test_a_command_of_the_readme_exists(words: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([words.split()[0], "--help"])

    assert ended.value.code == 0
    told = capsys.readouterr().out
    assert [one for one in re.findall(r"--[a-z-]+", words) if one not in told] == []


def codes_in(path: Path) -> set[str]:
    """The codes that a module gives to problems and notices: words-with-hyphens as arguments."""
    return {
        given.value
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        for given in node.args
        if isinstance(given, ast.Constant)
        and isinstance(given.value, str)
        and re.fullmatch(r"[a-z]+(-[a-z]+)+", given.value)
    }


@pytest.mark.parametrize(
    "path", sorted((ROOT / "rapporteur" / "delivery").glob("*.py")), ids=lambda path: path.stem
)
def test_every_code_that_is_used_is_in_the_catalogue(path: Path) -> None:
    assert codes_in(path) - CATALOGUE.keys() == set()


def test_codes_are_found_where_they_are_used() -> None:
    found = codes_in(ROOT / "rapporteur" / "delivery" / "values.py")

    assert {"value-ambiguous", "municipality-unknown"} <= found
