"""What only a browser can tell: the link is written, the file arrives, a press is answered."""

import io
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visitor, downloaded, serving, until

pytestmark = pytest.mark.browser


def test_a_choice_is_written_into_the_link_under_its_code(visit: Visitor) -> None:
    opened = visit().go("/implementation?lang=en")
    opened.get_by_label("Institution", exact=True).click()
    opened.get_by_role("option", name="Prosecutor General's Office").click()

    opened.wait_for_url("**institution=GP*")
    expect(opened.get_by_text("1 recommendation", exact=True)).to_be_visible()


def test_a_link_opens_what_its_sender_saw_in_the_other_language_too(visit: Visitor) -> None:
    address = "/activities?year=2020&kind=public_performance"
    for lang, kind, label in (
        ("lt", "Rūšis", "viešas performansas"),
        ("en", "Kind", "public performance"),
    ):
        opened = visit().go(f"{address}&lang={lang}")
        expect(opened.get_by_label(kind, exact=True)).to_have_value(label)
        assert "kind=public_performance" in opened.url


def test_the_language_and_the_year_survive_the_way_to_another_page(visit: Visitor) -> None:
    visitor = visit()
    opened = visitor.go("/?lang=en")
    opened.get_by_role("link", name="Where prevention ran").click()
    opened.wait_for_url("**/activities?*")
    visitor.settle()

    expect(opened.get_by_role("heading", name="Prevention in municipalities")).to_be_visible()
    assert "year=2020" in opened.url
    assert "lang=en" in opened.url


def test_the_file_holds_the_rows_of_the_page(visit: Visitor) -> None:
    visitor = visit()
    opened = visitor.go("/implementation?lang=en&year=2020")
    # The last button of the page: clicked when all of them are drawn.
    expect(opened.get_by_role("button", name="Report on 2020 for Word")).to_be_visible()
    opened.wait_for_load_state("networkidle")
    opened.get_by_text("Table and file").last.click()
    visitor.settle()
    download = downloaded(opened, opened.get_by_role("button", name="Download as Excel").last)

    assert download.suggested_filename == "recommendations-register-2020.xlsx"
    book = openpyxl.load_workbook(io.BytesIO(Path(download.path()).read_bytes()))
    assert book.sheetnames == ["Data", "Filters", "Definitions", "Sources"]
    rows = list(book["Data"].iter_rows(values_only=True))
    assert [row[0] for row in rows[1:]] == [f"R2020-{number}" for number in range(1, 8)]
    chosen = dict(book["Filters"].iter_rows(min_row=2, values_only=True))
    assert "/implementation?year=2020&lang=en" in str(chosen["Link to the page"])


def test_a_click_on_a_point_opens_its_sources(visit: Visitor) -> None:
    opened = visit().go("/investigations?lang=en")
    chart = opened.locator(".js-plotly-plot").first
    points = chart.locator(".scatterlayer .trace").filter(has=opened.locator("path.point")).first
    points = points.locator("path.point")
    # 2006–2008, 2011, 2012 and 2016–2024: fourteen points, and none for a year of a gap.
    expect(points).to_have_count(14)
    opened.wait_for_load_state("networkidle")
    until(
        lambda patience: opened.wait_for_url("**year=2020*", timeout=patience),
        lambda: points.nth(9).click(force=True),
    )
    expect(opened.get_by_role("heading", name="Sources of 2020")).to_be_visible()
    expect(opened.get_by_text("11 count").first).to_be_visible()
    expect(opened.get_by_role("link", name="Lietuva mini kovos")).to_be_visible()
    quoted = opened.locator("blockquote", has_text="2020 – 11; kasmet vykdytų IT skaičius")
    expect(quoted.first).to_be_visible()


def test_a_doubtful_point_opens_its_sources_on_a_phone(visit: Visitor) -> None:
    visitor = visit()
    visitor.page.set_viewport_size({"width": 390, "height": 900})
    opened = visitor.go("/investigations?lang=en&indicator=persons_convicted")
    chart = opened.locator(".js-plotly-plot").first
    traces = chart.locator(".scatterlayer .trace").filter(has=opened.locator("path.point"))
    doubtful = traces.nth(1).locator("path.point")
    expect(doubtful).to_have_count(2)  # 2011 and 2012, beside the line
    opened.wait_for_load_state("networkidle")
    until(
        lambda patience: opened.wait_for_url("**year=2011*", timeout=patience),
        lambda: doubtful.first.click(force=True),
    )
    expect(opened.get_by_text("37 persons · not shown · doubtful")).to_be_visible()
    expect(opened.locator("blockquote", has_text="W 2012 roku skazano 26").first).to_be_visible()


def test_readers_see_the_lithuanian_menu(visit: Visitor) -> None:
    opened = visit().go("/")

    opened.get_by_role("button", name="Padėtis šalyje").click()
    expect(opened.get_by_role("menuitem", name="Prevencija savivaldybėse")).to_have_count(1)


def test_the_first_link_that_a_new_server_gets_opens_the_whole_dashboard(
    visit: Visitor, shipped_database: Path
) -> None:
    visitor = visit()
    with serving(shipped_database) as url:
        visitor.url = url
        opened = visitor.go("/implementation?lang=en&institution=GP")

        expect(opened.get_by_role("button", name="What happens in the country")).to_be_visible()
        expect(opened.get_by_label("Institution", exact=True)).to_have_value(
            "Prosecutor General's Office"
        )
