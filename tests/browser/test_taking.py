"""What readers take along: a chart as a picture, the page as a link and as a PDF of A4."""

import base64
import contextlib
import io
import json
import re
import struct
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from xml.etree.ElementTree import Element

import openpyxl
import pytest
from defusedxml import ElementTree
from playwright.sync_api import Page, expect
from playwright.sync_api import TimeoutError as TooLong
from pypdf import PdfReader

from tests.browser.conftest import Visitor, downloaded

pytestmark = pytest.mark.browser
SVG = "{http://www.w3.org/2000/svg}"
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
# In points, of which there are 72 to an inch.
A4 = (595, 842)


def picture(page: Page, chart: str, kind: str) -> tuple[str, bytes]:
    """The file that a button beneath a chart gives, with its name."""
    controls = page.locator(f".st-key-picture-{chart}")
    # Plotly draws after the script has run.
    drawn = page.locator(f".st-key-{chart}").locator(".main-svg, .map .paths path").first
    expect(drawn).to_be_attached()
    download = downloaded(
        page, controls.get_by_role("button", name=re.compile(rf"\b{kind.upper()}\b"))
    )
    return download.suggested_filename, Path(download.path()).read_bytes()


def words_of(svg: Element) -> str:
    lines = ["".join(text.itertext()) for text in svg.iter(f"{SVG}text")]
    return " ".join(" ".join(lines).split(" "))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_chart_is_an_svg_that_opens_alone(visit: Visitor, theme: str) -> None:
    visitor = visit(theme=theme)
    page = visitor.go("/activities?shade=rate&kind=conference")
    name, content = picture(page, "ranking", "svg")

    assert name == "activities-by_municipality-conference.svg"
    svg = ElementTree.fromstring(content)
    assert svg.tag == f"{SVG}svg"
    words = words_of(svg)
    assert "Daugiausia veiklų nurodyta: Tauragės rajono savivaldybė" in words
    assert f"100{NO_BREAK_SPACE}000" in words
    assert "Rūšis: konferencija" in words
    assert "Šaltin" in words
    assert re.search(r"Duomenys: \d{4}-\d\d-\d\d, 4 versija", words)
    assert re.search(r"\d,\d \(", words), "a rate has a decimal comma"
    [style] = svg.iter(f"{SVG}style")
    font = re.search(r"base64,([A-Za-z0-9+/=]+)", style.text or "")
    assert font is not None
    assert base64.b64decode(font[1]).startswith(b"wOF2")
    # Nothing in it leads elsewhere.
    assert not re.search(rb"(?:href|src)=|url\(\W*(?:http|/)", content)
    ground = svg.find(f"{SVG}rect")
    assert ground is not None
    assert ground.get("fill") == {"light": "rgb(255, 255, 255)", "dark": "rgb(17, 22, 29)"}[theme]
    assert visitor.elsewhere == []


def test_a_chart_is_a_png_of_twice_its_size(visit: Visitor) -> None:
    page = visit().go("/implementation?lang=en")
    _, drawn = picture(page, "answers", "svg")
    name, content = picture(page, "answers", "png")

    assert name == "implementation-answer_matrix-2020.png"
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    svg = ElementTree.fromstring(drawn)
    size = (int(svg.get("width", 0)), int(svg.get("height", 0)))
    assert struct.unpack(">II", content[16:24]) == tuple(2 * one for one in size)
    expect(page.locator(".st-key-picture-answers").get_by_role("status")).to_have_text(
        "The picture is downloaded."
    )


def test_the_map_is_a_picture_with_its_legend_and_by_keyboard(visit: Visitor) -> None:
    page = visit(width=390).go("/activities?year=2020")
    expect(page.locator(".map .paths path")).to_have_count(60)
    button = page.locator(".st-key-picture-map").get_by_role("button", name=re.compile(r"\bSVG\b"))
    button.focus()
    assert button.evaluate("button => getComputedStyle(button).outlineStyle") == "solid"
    with page.expect_download() as download:
        page.keyboard.press("Enter")

    svg = ElementTree.parse(download.value.path()).getroot()
    assert download.value.suggested_filename == "activities-map-2020.svg"
    codes = {path.get("data-code") for path in svg.iter(f"{SVG}path")}
    assert len(codes - {None}) == 60
    silent = next(path for path in svg.iter(f"{SVG}path") if path.get("data-code") == "LT-39")
    assert "#hatched" in silent.get("style", "")
    words = words_of(svg)
    for told in ("Metai: 2020", "duomenų nėra (55)", "Šaltinis: 2020", "Registrų centras"):
        assert told in words
    assert "var(" not in str(ElementTree.tostring(svg))


# Links -----------------------------------------------------------------------------------------


SEEN = """() => [...document.querySelectorAll(
    ".stMain :is(h1, h2, h3, p, li), .stMain input[type=text]"
)].filter((shown) => shown.offsetParent).map(
    (shown) => shown.innerText || shown.value || shown.placeholder
)"""


def state(page: Page) -> list[str]:
    """What a page shows when all is drawn: its running text, and what stands in its fields."""
    # The controls are drawn last.
    expect(page.locator(".taking .copy")).not_to_be_empty()
    page.wait_for_load_state("networkidle")
    seen: list[str] = []
    while not seen or seen != page.evaluate(SEEN):
        seen = page.evaluate(SEEN)
        page.wait_for_timeout(1_000)
    return seen


def as_json(words: list[str]) -> str:
    return json.dumps(words, ensure_ascii=False, separators=(",", ":"))


def copied(page: Page) -> str:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator(".st-key-taking button.copy").click()
    expect(page.locator(".st-key-taking").get_by_role("status")).to_have_text(
        re.compile(r"Nuoroda nukopijuota|The link is copied")
    )
    return str(page.evaluate("navigator.clipboard.readText()"))


@pytest.mark.parametrize(
    ("address", "lang", "in_link"),
    [
        ("/implementation?strip=R2020-4&with=lineage", "lt", {"year": ["2020"]}),
        ("/recommendations?recommendation=R2020-3", "en", {"recommendation": ["R2020-3"]}),
        (
            "/activities?municipality=LT-57&overlay=coordination&gaps=municipality&shade=rate"
            "&year=2020&year=2023",
            "lt",
            {"year": ["2020", "2023"], "municipality": ["LT-57"]},
        ),
        (
            "/investigations?indicator=victims_identified&band=off&year=2020",
            "en",
            # What is shown though nobody chose it is told, too.
            {"indicator": ["victims_identified"], "band": ["off"], "later": ["2024"]},
        ),
        ("/data?delivery=VRM-STATISTIKA&section=activity", "lt", {"version": ["4"]}),
    ],
)
def test_a_copied_link_opens_the_same_in_another_browser(
    visit: Visitor, address: str, lang: str, in_link: dict[str, list[str]]
) -> None:
    separator = "&" if "?" in address else "?"
    page = visit().go(f"{address}{separator}lang={lang}")
    seen = state(page)
    link = copied(page)

    query = parse_qs(urlsplit(link).query)
    assert query["lang"] == [lang]
    assert {name: query.get(name) for name in in_link} == in_link
    other = visit()
    opened = other.go(link.removeprefix(other.url))
    with contextlib.suppress(TooLong):  # what is different is told below
        opened.wait_for_function(f"seen => JSON.stringify(({SEEN})()) === seen", arg=as_json(seen))
    assert opened.evaluate(SEEN) == seen


def test_a_choice_made_on_the_page_is_in_the_link_by_its_code_in_any_language(
    visit: Visitor,
) -> None:
    links = []
    for lang, label, name in (
        ("lt", "Institucija", "Lietuvos Respublikos teisingumo ministerija"),
        ("en", "Institution", "Ministry of Justice"),
    ):
        visitor = visit()
        page = visitor.go(f"/implementation?lang={lang}")
        page.get_by_label(label, exact=True).click()
        page.get_by_role("option", name=name).click()
        page.wait_for_url("**institution=TM*")
        expect(page.get_by_label(label, exact=True)).to_have_value(name)
        visitor.settle()
        state(page)
        links.append(parse_qs(urlsplit(copied(page)).query))

    assert [link.pop("lang") for link in links] == [["lt"], ["en"]]
    assert links[0] == links[1]
    assert links[0]["institution"] == ["TM"]


def taken(page: Page, key: str) -> tuple[list[tuple[object, ...]], str]:
    """The rows of the file that a button gives, and the link that stands in it."""
    for folded in page.locator(f".st-key-table-{key} details:not([open]) > summary").all():
        folded.click()
    download = downloaded(page, page.locator(f".st-key-excel-{key}").get_by_role("button"))
    book = openpyxl.load_workbook(io.BytesIO(Path(download.path()).read_bytes()))
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    chosen = dict(book.worksheets[-3].iter_rows(min_row=2, values_only=True))
    link = chosen.get("Puslapio nuoroda") or chosen.get("Link to the page")
    return rows, str(link)


@pytest.mark.parametrize(
    ("address", "key", "rows"),
    [
        # The place, two of its neighbours and five of its county: a list that the page makes.
        ("/activities?municipality=LT-57&year=2020&year=2023&lang=en", "surroundings", 8),
        # A recommendation picked among those of the year, and those that continue it.
        ("/implementation?strip=R2020-3&year=2020", "strip-R2020-3", 1),
    ],
)
def test_the_link_in_a_file_opens_the_page_that_gives_the_same_rows(
    visit: Visitor, address: str, key: str, rows: int
) -> None:
    page = visit().go(address)
    found, link = taken(page, key)
    assert len(found) == 1 + rows
    other = visit()
    opened = other.go(link.removeprefix(other.url))

    assert taken(opened, key) == (found, link)


def test_where_the_clipboard_is_refused_the_address_stands_there_to_be_copied(
    visit: Visitor,
) -> None:
    visitor = visit(width=390)
    # As on a page of another computer that is served without encryption.
    visitor.page.add_init_script(
        "Object.defineProperty(navigator, 'clipboard', { value: undefined })"
    )
    page = visitor.go("/institutions?institution=TM")
    page.get_by_role("button", name="Kopijuoti nuorodą").press("Enter")

    field = page.get_by_label("Šio puslapio adresas")
    expect(field).to_be_focused()
    link = field.input_value()
    assert parse_qs(urlsplit(link).query) == {
        "institution": ["TM"],
        "year": ["2020"],
        "lang": ["lt"],
    }
    selected = field.evaluate(
        "field => field.value.slice(field.selectionStart, field.selectionEnd)"
    )
    assert selected == link
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


# Paper -----------------------------------------------------------------------------------------

# What each page says on paper: what was chosen, a heading, words of its figures, a source.
ON_PAPER = [
    ("/", ["dėl 3 iš jų duomenų nepateikta", "3 iš 7", "duomenų nėra – 55", "Šaltiniai: "]),
    (
        "/implementation?institution=TM",
        [
            "Institucija: Lietuvos Respublikos teisingumo ministerija",
            "Ar pateikta duomenų?",
            "nepateikta",
            "Šaltinis: 2020 metais pateiktų institucijoms",
            "4 versija",
            "Informacijos apie žalos kompensavimą",
        ],
    ),
    ("/recommendations?theme=training_of_specialists", ["Tema: ", "7. Bendri policijos"]),
    (
        "/recommendations?recommendation=R2020-3",
        ["3. Tikslinės prevencinės priemonės", "Ką pateikė institucijos", "Šaltiniai: "],
    ),
    ("/institutions", ["Ataskaitiniai metai: 2020", "Kas pateikia duomenis", "Šaltinis: "]),
    (
        "/activities?municipality=LT-57&overlay=coordination&shade=rate",
        [
            "Savivaldybė: Vilniaus miesto savivaldybė",
            "Ženklai žemėlapyje: koordinavimas savivaldybėse",
            "duomenų nėra (",
            "Birštono savivaldybė",
            "24,4 (1)",
            # Numbers of a table as on the screen: with separators.
            "607 667",
            "Registrų centras",
        ],
    ),
    (
        "/investigations?lang=en&indicator=victims_identified",
        ["Indicator: ", "Is the change real?", "Sources: ", "Rows shown here: ", "version 4"],
    ),
    ("/protocol?lang=en", ["Institution: All institutions", "Draft protocol", "2.1. "]),
    ("/data", ["Pateikimas: VRM-", "Kaip pildyti darbaknygę"]),
    ("/methodology", ["Metodika", "Čia rodoma eilučių: "]),
]
CONTROLS = [
    "Kopijuoti nuorodą",
    "Copy link",
    "Spausdinti",
    "Atsisiųsti",
    "Download",
    "Paveikslas:",
    "Picture:",
    "Lietuvių",
    "English",
    "keyboard_arrow",
    "arrow_forward",
    "Įkelti failą",
]


def printed(page: Page) -> PdfReader:
    """The page as the browser prints it, when all on it is drawn."""
    expect(page.locator(".taking .copy")).not_to_be_empty()
    # Tables and buttons are drawn by scripts that the browser fetches when it needs them.
    page.wait_for_load_state("networkidle")
    for control in page.locator(".picture .svg").all():
        expect(control).to_have_accessible_name(re.compile("."))
    for plot in page.locator(".stPlotlyChart:visible").all():
        expect(plot.locator(".main-svg").first).to_be_attached()
    for table in page.locator(".stDataFrame:visible").all():
        expect(table.locator("canvas table td").first).to_be_attached()
    return PdfReader(io.BytesIO(page.pdf(format="A4")))


@pytest.mark.parametrize(("address", "told"), ON_PAPER)
def test_a_page_prints_to_a4_with_what_was_chosen_and_no_controls(
    visit: Visitor, address: str, told: list[str]
) -> None:
    page = visit(theme="dark").go(address)
    for _ in range(3):  # what a busy machine has not drawn yet is not on paper yet
        paper = printed(page)
        words = " ".join(" ".join(sheet.extract_text() for sheet in paper.pages).split())
        if all(one in words for one in told):
            break
        page.wait_for_timeout(2_000)

    for sheet in paper.pages:
        size = (float(sheet.mediabox.width), float(sheet.mediabox.height))
        assert size == pytest.approx(A4, abs=1)
    assert [one for one in told if one not in words] == []
    assert [one for one in CONTROLS if one in words] == []
    assert f"lang={'en' if 'lang=en' in address else 'lt'}" in words
    # The page itself is as it was.
    expect(page.locator("[data-on-paper], .table-on-paper")).to_have_count(0)


def test_the_button_draws_the_charts_anew_for_paper(visit: Visitor) -> None:
    page = visit().go("/implementation")
    expect(page.locator(".st-key-answers .main-svg").first).to_be_attached()
    page.evaluate(
        """() => {
            globalThis.print = () => {
                const charts = [...document.querySelectorAll(".stPlotlyChart .main-svg")];
                globalThis.widths = charts.map((chart) => chart.clientWidth);
                globalThis.dispatchEvent(new Event("afterprint"));
            };
        }"""
    )
    page.get_by_role("button", name="Spausdinti").click()
    page.wait_for_function("globalThis.widths")

    widths = page.evaluate("globalThis.widths")
    assert widths
    assert max(widths) <= 700
    expect(page.locator("html[data-for-paper]")).to_have_count(0)
