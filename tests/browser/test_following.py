"""From the matrix to a recommendation, to the sentence of its source, and back."""

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visitor, downloaded

pytestmark = pytest.mark.browser

# Of the matrix on a wide page: the column of codes, the others, and a row, in pixels.
CODES_WIDTH, WIDTH, HEIGHT = 78, 78, 35


def test_from_the_matrix_to_the_source_and_back_by_the_link(visit: Visitor) -> None:
    visitor = visit()
    opened = visitor.go("/implementation?lang=en&year=2020")
    matrix = opened.locator(".st-key-matrix canvas").first
    matrix.scroll_into_view_if_needed()
    # The row of the Ministry of Health and the column of the fourth recommendation.
    grid = opened.locator(".st-key-matrix table")
    expect(grid.locator("tbody td", has_text="SAM").first).to_be_attached()
    codes = grid.locator("tbody tr td:first-child").all_text_contents()
    headings = grid.locator("thead th").all_text_contents()
    row, column = codes.index("SAM"), headings.index("4")
    box = matrix.bounding_box()
    assert box is not None
    opened.mouse.click(
        box["x"] + CODES_WIDTH + WIDTH * (column - 1) + WIDTH / 2,
        box["y"] + HEIGHT * (row + 1) + HEIGHT / 2,
    )

    opened.wait_for_url("**/recommendations?*recommendation=R2020-4*")
    visitor.settle()
    heading = opened.get_by_role("heading", name="4. Guidelines and training")
    expect(heading).to_be_visible()
    assert "year=2020" in opened.url
    recommendation = opened.url

    answered = opened.locator('[data-testid="stVerticalBlock"]').filter(
        has_text="National Transplant Bureau under the Ministry of Health (NTB)"
    )
    answered.last.get_by_role("link", name="Source: ").first.click()
    opened.wait_for_url("**/methodology?*source=ATASKAITA-2020*")
    visitor.settle()
    expect(opened.get_by_text("The words asked for:")).to_be_visible()
    expect(
        opened.get_by_text("biuras prie SAM vykdė parengiamuosius darbus dėl 2022 m.").first
    ).to_be_visible()

    opened.go_back()
    expect(heading).to_be_visible()
    assert "recommendation=R2020-4" in opened.url
    # The link alone opens the same for somebody else.
    expect(
        visit()
        .go(recommendation.removeprefix(visitor.url))
        .get_by_role("heading", name="4. Guidelines and training")
    ).to_be_visible()


def test_the_way_back_to_the_register_keeps_the_filters(visit: Visitor) -> None:
    visitor = visit()
    opened = visitor.go("/recommendations?lang=en&theme=training_of_specialists")
    opened.get_by_role("button", name="7. Joint training").click()
    opened.wait_for_url("**recommendation=R2020-7*")
    visitor.settle()
    opened.get_by_role("button", name="All recommendations").click()

    expect(opened.get_by_role("button", name="4. Guidelines")).to_be_visible()
    expect(opened.get_by_role("button", name="5. ")).to_have_count(0)
    assert "theme=training_of_specialists" in opened.url


def test_what_is_typed_into_the_search_is_written_into_the_link(visit: Visitor) -> None:
    opened = visit().go("/recommendations?lang=en")
    search = opened.get_by_label("Search", exact=True)
    search.fill("savivaldybei")
    search.press("Enter")

    opened.wait_for_url("**text=savivaldybei*")
    expect(opened.get_by_role("button", name="6. Municipal")).to_be_visible()
    expect(opened.get_by_role("button", name="5. ")).to_have_count(0)


def test_the_requests_arrive_one_and_all(visit: Visitor) -> None:
    opened = visit().go("/institutions?lang=en&institution=TM")
    one = downloaded(opened, opened.get_by_role("button", name="Request workbook for 2020"))
    assert one.suggested_filename == "TM-2020.xlsx"
    book = openpyxl.load_workbook(io.BytesIO(Path(one.path()).read_bytes()))
    assert book.sheetnames[0] == "Prašymas"

    opened = visit().go("/institutions?lang=en&year=2020")
    batch = downloaded(
        opened, opened.get_by_role("button", name="All request workbooks for 2020 (zip)")
    )
    with zipfile.ZipFile(batch.path()) as archive:
        assert "TM-2020.xlsx" in archive.namelist()
