"""The whole way of somebody who has never seen the code: template, mistakes, load, undo."""

import io
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from rapporteur.delivery.declaration import SHEET_OF_TABLE
from tests.browser.conftest import Visit, Visitor, serving
from tests.browser.conftest import downloaded as given_by

pytestmark = pytest.mark.browser

# Three mistakes: a misspelt town, a kind that is none, a word for a number.
MISTAKES = {"municipality": "Vilniu", "kind": "sporto šventė", "count": "daug"}
RIGHT = {"municipality": "Vilnius", "kind": "paskaita", "count": 3}


@pytest.fixture
def own_server(visit: Visitor, shipped_database: Path, tmp_path: Path) -> Any:
    """A visitor of a server whose database may be changed."""
    folder = tmp_path / "database"
    shutil.copytree(shipped_database.parent, folder)
    with serving(folder / shipped_database.name) as url:
        visitor = visit()
        visitor.url = url
        yield visitor


def downloaded(page: Page, button: str) -> bytes:
    return Path(given_by(page, page.get_by_role("button", name=button)).path()).read_bytes()


def filled(template: bytes, activity: dict[str, Any]) -> bytes:
    """The template as a person fills it: a delivery and one activity below the examples."""
    book = openpyxl.load_workbook(io.BytesIO(template))
    rows = {
        "delivery": {"code": "NVO-2020", "institution": "VRM", "year": 2020},
        "activity": {"scope": "savivaldybė", "quote": "Vyko paskaita mokyklose.", **activity},
    }
    for table, row in rows.items():
        sheet = SHEET_OF_TABLE[table]
        for place, column in enumerate(sheet.columns, 1):
            if column.name in row:
                book[sheet.name].cell(4, place, row[column.name])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def hand_in(page: Page, name: str, content: bytes) -> None:
    page.locator('input[type="file"]').set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    )


def test_mistakes_are_marked_mended_loaded_and_undone(own_server: Visit) -> None:
    page = own_server.go("/data?lang=en")
    template = downloaded(page, "Download the empty template")

    hand_in(page, "mano.xlsx", filled(template, MISTAKES))
    expect(page.get_by_text("3 problems: nothing was loaded.")).to_be_visible()
    for cell in ("E4", "K4", "O4"):
        expect(page.get_by_role("cell", name=cell, exact=True)).to_be_visible()
    marked = openpyxl.load_workbook(
        io.BytesIO(downloaded(page, "mano.xlsx with the cells marked"))
    )["Veiklos"]
    commented = [c.coordinate for row in marked.iter_rows() for c in row if c.comment]
    assert commented == ["E4", "K4", "O4"]
    assert marked["E4"].value == "Vilniu"

    page.get_by_role("button", name="Remove mano.xlsx").click()
    hand_in(page, "mano.xlsx", filled(template, RIGHT))
    expect(page.get_by_role("heading", name="What would change")).to_be_visible()
    expect(page.get_by_text("Activities: the rows")).to_be_visible()
    page.get_by_role("button", name="Load", exact=True).click()
    expect(page.get_by_text("NVO-2020: version 5 is loaded.")).to_be_visible()
    page.get_by_role("button", name="What happens in the country").click()
    page.get_by_role("menuitem", name="Prevention in municipalities").click()
    expect(page.get_by_role("heading", name="Prevention in municipalities")).to_be_visible()
    own_server.settle()
    # The activities one by one; the last such file holds those without a year.
    button = page.locator(".st-key-excel-told-activities-told").get_by_role("button")
    download = given_by(page, button)
    [data, *_] = openpyxl.load_workbook(io.BytesIO(Path(download.path()).read_bytes())).worksheets
    told = [cell for row in data.iter_rows(values_only=True) for cell in row]
    assert "Vyko paskaita mokyklose." in told


def test_a_load_can_be_undone_at_once(own_server: Visit) -> None:
    page = own_server.go("/data?lang=en")
    hand_in(page, "mano.xlsx", filled(downloaded(page, "Download the empty template"), RIGHT))
    page.get_by_role("button", name="Load", exact=True).click()
    page.get_by_role("button", name="Undo the loading of NVO-2020").click()

    expect(page.get_by_text("NVO-2020: version 5 is loaded.")).to_have_count(0)
    page.get_by_role("combobox", name="Delivery").click()
    expect(page.get_by_role("option", name="NVO-2020 (withdrawn)")).to_be_visible()
