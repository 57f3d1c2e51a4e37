"""The recipes of docs/recipes.md, followed to the letter on a copy of the project."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.pofile import read_po, write_po

from rapporteur.settings import ROOT, child_environment

PAGE = (ROOT / "docs" / "recipes.md").read_text(encoding="utf-8")
RECIPES = re.findall(r"^## (.+)$", PAGE, re.MULTILINE)
# What a recipe touches or its commands read.
COPIED = (
    *("app.py", "pages", "queries", "rapporteur", "assets", "data", "tests", "docs", ".streamlit"),
    *("Makefile", "README.md", "babel.cfg", "pyproject.toml", "requirements.txt"),
)
FORMS = {
    "new": r"New file `(.+)`:",
    "after": r"In `(.+)`, after",
    "end": r"At the end of `(.+)`:",
    "fill": r"In `(.+)`, fill in",
    "run": r"Run:()",
}


@dataclass(frozen=True)
class Step:
    """What one block of a recipe says: what to do, with which file, and the block's own text."""

    do: str
    file: str
    text: str
    after: str = ""


def steps(recipe: str) -> Iterator[Step]:
    """The steps of a recipe in order. Raises ValueError for a block that no words introduce."""
    body = PAGE.partition(f"\n## {recipe}\n")[2].partition("\n## ")[0]
    # A recipe is a list: what belongs to an item is indented by three.
    body = re.sub(r"^ {3}", "", body, flags=re.MULTILINE)
    blocks = re.findall(r"^([^\n`]*(?:`[^`\n]+`[^\n`]*)*)\n\n```\w+\n(.*?)^```$", body, re.M | re.S)
    if len(blocks) != body.count("\n```\n"):
        raise ValueError(f"{recipe}: a block stands without a sentence before it")
    waiting: tuple[str, str] | None = None
    for words, text in blocks:
        if words == "add" and waiting:
            yield Step("after", waiting[0], text, waiting[1])
            waiting = None
            continue
        do, match = next(
            ((do, match) for do, form in FORMS.items() if (match := re.fullmatch(form, words))),
            (None, None),
        )
        if match is None or waiting:
            raise ValueError(f"{recipe}: nobody knows what “{words}” asks for")
        if do == "after":
            waiting = match[1], text
        else:
            yield Step(str(do), match[1], text)


class Copy:
    """A copy of the project with a database of its own."""

    def __init__(self, folder: Path, database: Path) -> None:
        self.folder = folder / "project"
        self.folder.mkdir()
        for name in COPIED:
            source = ROOT / name
            if source.is_dir():
                shutil.copytree(source, self.folder / name)
            else:
                shutil.copy2(source, self.folder / name)
        # `make` finds everything installed: what runs this test.
        environment = self.folder / ".venv"
        environment.mkdir()
        for name in ("bin", "lib", "lib64", "pyvenv.cfg"):
            if (installed := Path(sys.prefix) / name).exists():
                (environment / name).symlink_to(installed)
        (environment / ".ready").touch()
        shutil.copytree(database.parent, folder / "database")
        self.database = folder / "database" / database.name

    def follow(self, step: Step) -> None:
        """Do what a step says, as a person would."""
        path = self.folder / step.file
        match step.do:
            case "new":
                assert not path.exists(), f"{step.file} is there already"
                path.write_text(step.text, encoding="utf-8")
            case "end":
                path.write_text(path.read_text(encoding="utf-8") + step.text, encoding="utf-8")
            case "after":
                text = path.read_text(encoding="utf-8")
                before, found, behind = f"\n{text}".partition(f"\n{step.after}")
                assert found, f"{step.file} has no such lines: {step.after}"
                assert f"\n{step.after}" not in f"\n{behind}", f"{step.file}: twice {step.after}"
                path.write_text((before + found)[1:] + step.text + behind, encoding="utf-8")
            case "fill":
                self._fill_in(path, step.text)
            case "run":
                for line in step.text.splitlines():
                    self.run(line)

    def _fill_in(self, path: Path, given: str) -> None:
        language = path.parts[-3]
        catalogue = read_po(BytesIO(path.read_bytes()), locale=language)
        for message in read_po(BytesIO(given.encode()), locale=language):
            if message.id:
                known = catalogue.get(message.id)
                assert known, f"`make messages` did not find “{message.id}”"
                known.string = message.string
        written = BytesIO()
        write_po(written, catalogue, width=0)
        path.write_bytes(written.getvalue())

    def run(self, line: str) -> str:
        """What a command of the recipe prints; it must end well, and tests must not be missing."""
        done = subprocess.run(
            ["sh", "-c", line],
            cwd=self.folder,
            env={
                **child_environment(),
                "PYTHONPATH": str(self.folder),
                "RAPPORTEUR_DATABASE": str(self.database),
            },
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
        return done.stdout


@pytest.mark.skipif(
    os.name != "posix" or not shutil.which("make"), reason="the recipes' commands are for a shell"
)
@pytest.mark.parametrize("recipe", RECIPES)
def test_the_recipe_works(recipe: str, tmp_path: Path, shipped_database: Path) -> None:
    copy = Copy(tmp_path, shipped_database)

    for step in steps(recipe):
        copy.follow(step)

    # What a recipe makes is as clean as the rest.
    made = [step.file for step in steps(recipe) if step.file.endswith(".py")]
    copy.run(f".venv/bin/ruff format --check {' '.join(made)}")
    copy.run(f".venv/bin/ruff check {' '.join(made)}")


@pytest.mark.parametrize("recipe", RECIPES)
def test_a_recipe_makes_and_proves_something(recipe: str) -> None:
    done = [step.do for step in steps(recipe)]

    assert {"new", "after", "fill"} & set(done)
    assert done[-1] == "run"
