"""What is written about the program is true of it."""

import ast
import re
from pathlib import Path
from urllib.parse import urlsplit

import openpyxl
import pytest

from docs import screenshots
from rapporteur import settings
from rapporteur.__main__ import main
from rapporteur.delivery import loading, reference_page
from rapporteur.delivery.catalogue import CATALOGUE
from rapporteur.delivery.declaration import SHEETS
from rapporteur.settings import ROOT
from rapporteur.translations import LANGUAGES, translator
from tests.conftest import MOMENT_OF_SHIPPED

DOCS = ROOT / "docs"
WRITTEN = {
    path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
    for path in (ROOT / "README.md", *sorted(DOCS.glob("*.md")))
}
# `load PATH…` in the table of commands, and what stands after `python -m rapporteur` anywhere. What
# a recipe asks is there only when it was followed, which tests/test_recipes.py does.
IN_TABLE = [
    words
    for line in WRITTEN["docs/commands.md"].splitlines()
    if line.startswith("| `")
    for words in re.findall(r"`([^`]+)`", line.split("|")[1])
    if re.match(r"[a-z]+( |$)", words)
]
IN_EXAMPLES = sorted(
    {
        words
        for text in WRITTEN.values()
        for words in re.findall(r"-m rapporteur ([a-z][^`\n]*)", text)
    }
)


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


def test_commands_are_told_of() -> None:
    assert {"load", "check", "ask", "export"} <= {words.split()[0] for words in IN_TABLE}
    assert {words.split()[0] for words in IN_EXAMPLES} >= {"load", "ask"}


@pytest.mark.parametrize("words", [*IN_TABLE, *IN_EXAMPLES])
def test_a_command_that_is_told_of_exists(words: str, capsys: pytest.CaptureFixture[str]) -> None:
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


# Pages, pictures, links, settings -------------------------------------------------------------

IMAGE = re.compile(r"!\[([^\]]*)\]\(([^)]+)\)|<img [^>]*?>")
MOST_OF_ONE, MOST_OF_ALL = 60_000, 900_000


def images(text: str) -> list[tuple[str, str]]:
    """The pictures of a text: what each shows in words, and its file."""
    found = []
    for match in IMAGE.finditer(text):
        tag = match[0]
        if tag.startswith("<img"):
            alt, src = (re.search(rf'{name}="([^"]*)"', tag) for name in ("alt", "src"))
            assert alt, tag
            assert src, tag
            found.append((alt[1], src[1]))
        else:
            found.append((match[1], match[2]))
    return found


def test_every_page_has_its_row_and_its_picture() -> None:
    shown = {urlsplit(shot.address).path for shot in screenshots.SHOTS}
    for path in ROOT.glob("pages/*.py"):
        address = "/" if path.stem == "overview" else f"/{path.stem}"
        assert f"\n| `{address}` | " in WRITTEN["docs/pages.md"]
        assert address in shown, "docs/screenshots.py takes no picture of it"


def test_every_picture_is_there_used_described_and_light() -> None:
    used = [
        (alt, (ROOT / name).parent / src)
        for name, text in WRITTEN.items()
        for alt, src in images(text)
    ]
    files = {path.resolve(): path.stat().st_size for path in screenshots.PICTURES.iterdir()}

    assert {path.resolve() for _, path in used} == files.keys()
    assert [path.name for alt, path in used if len(alt) < 20] == [], "say in words what it shows"
    assert {path.stem for path in files} >= {shot.name for shot in screenshots.SHOTS}
    assert {path.name: size for path, size in files.items() if size > MOST_OF_ONE} == {}
    assert sum(files.values()) < MOST_OF_ALL


def anchor(heading: str) -> str:
    """A heading as the address of its section."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


@pytest.mark.parametrize("name", WRITTEN)
def test_every_link_leads_somewhere(name: str) -> None:
    # What stands in a block is no link, and a picture may be within one.
    text = re.sub(r"^ *```.*?^ *```$", "", WRITTEN[name], flags=re.MULTILINE | re.DOTALL)
    text = IMAGE.sub("", text)
    links = re.findall(r"(?<!\!)\[[^\]]*\]\(([^)\s]+)\)", text) + re.findall(
        r'href="([^"]+)"', text
    )
    for link in links:
        if re.match(r"[a-z]+:", link):
            continue
        path, _, section = link.partition("#")
        target = (ROOT / name).parent / path if path else ROOT / name
        assert target.exists(), link
        if section:
            headings = re.findall(r"^#+ (.+)$", target.read_text(encoding="utf-8"), re.MULTILINE)
            assert section in map(anchor, headings), link


def test_the_page_of_settings_tells_each_and_no_other() -> None:
    read = set(re.findall(r"RAPPORTEUR_[A-Z_]+", Path(settings.__file__).read_text("utf-8")))
    told = set(re.findall(r"^\| `(RAPPORTEUR_[A-Z_]+)`", WRITTEN["docs/settings.md"], re.MULTILINE))

    assert told == {name for name in read if not name.endswith("_")}
    for name, text in WRITTEN.items():
        assert set(re.findall(r"RAPPORTEUR_[A-Z_]+[A-Z]", text)) <= told, name


def test_the_figure_whose_way_is_told_stands_in_its_cell(shipped_database: Path) -> None:
    [cell] = re.findall(r"Cell ([A-Z]+\d+) on sheet \*Rodikliai\*", WRITTEN["docs/architecture.md"])
    book = openpyxl.load_workbook(ROOT / "data" / "statistika.xlsx", read_only=True)
    stated = book["Rodikliai"][cell].value
    warehouse = loading.open_renewed(shipped_database)
    series = warehouse.ask(
        "investigations/series",
        {"indicator": "pretrial_investigations_opened"},
        as_of=MOMENT_OF_SHIPPED.date(),
    )
    warehouse.close()

    assert f"In 2024, {stated} pre-trial investigations" in WRITTEN["docs/architecture.md"]
    assert series.loc[series["year"] == 2024, "value"].tolist() == [stated]


def test_the_messages_of_the_guide_are_those_of_the_program(
    shipped_database: Path, tmp_path: Path
) -> None:
    faulty = screenshots.filled_in(shipped_database, screenshots.FAULTY, tmp_path / "PD-2020.xlsx")
    mended = screenshots.filled_in(shipped_database, screenshots.MENDED, tmp_path / "mended.xlsx")
    refused, accepted = (
        loading.load([path], shipped_database, moment=MOMENT_OF_SHIPPED, actor="", write=False)[0]
        for path in (faulty, mended)
    )
    guide = WRITTEN["docs/duomenu-teikimas.md"]
    told = re.findall(r"^\| (.+?) \|", guide.partition("## Ką reiškia pranešimai")[2], re.MULTILINE)
    said = {problem.message(translator("lt").gettext) for problem in refused.problems}
    # The longest one lists two dozen kinds of activities.
    long = {message for message in said if "paskaitos ir diskusijos" in message}

    assert set(told[1:]) - {"---"} == said - long
    assert f"{refused.problem_count} klaidos" in guide
    # What is left is only to be confirmed, as the picture of it shows.
    assert [problem.code for problem in accepted.problems] == ["personal-data"]
