"""The pictures of README.md and docs/: `make screenshots` makes all of docs/pictures/ anew.

The workbooks that come with the project are loaded into a database of its own, a server is started
on it, and every page is opened with a browser. The pictures of workbooks show real files too: the
request that the program makes, filled in with mistakes that people make, and what comes back.
"""

import io
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import openpyxl
from PIL import Image, ImageChops
from playwright.sync_api import Browser, Page

from rapporteur.delivery import annotating, loading, requesting
from rapporteur.delivery.declaration import SHEET_OF_TABLE
from rapporteur.delivery.guidance import REQUEST_SHEET
from rapporteur.settings import ROOT
from tests.browser.conftest import PATIENCE, Visit, chromium, serving
from tests.conftest import MOMENT_OF_SHIPPED
from tests.libreoffice import saved_by_libreoffice

PICTURES: Final = ROOT / "docs" / "pictures"
# Whose request is filled in on the pictures: the Police Department is asked one thing of that year.
INSTITUTION, YEAR = "PD", 2020
_FIRST_ROW: Final = 3
SCREEN: Final = (1200, 800)
# The first of these by which a picture is light enough; text stays sharp in all of them.
_QUALITIES: Final = (70, 60, 50, 40)
_LIGHT: Final = 55_000
_DOTS: Final = 88

# Cells as people fill them in: sheet → rows → column → what is typed.
_Rows = dict[str, list[dict[str, str | int]]]
ANSWER: Final = (
    "Surengti mokymai visų apskričių policijos pareigūnams, parengta atpažinimo atmintinė."
)
FAULTY: Final[_Rows] = {
    "response": [{"state": "pateikta pilnai", "text": ANSWER}],
    "activity": [
        {
            "year": 2020,
            "date_from": "2020-13-05",
            "scope": "savivaldybė",
            "municipality": "Vilnaus m.",
            "kind": "paskaita",
            "count": "keletas",
            "quote": "Vilniaus mokyklose vyko paskaitos.",
        },
        {
            "year": 2020,
            "scope": "savivaldybė",
            "kind": "paskaitos ir diskusijos",
            "count": 2,
            "quote": "Dėl paskaitų teirautis Jonės, tel. +370 600 00000.",
        },
    ],
    "statistic": [
        {
            "year": 2020,
            "indicator": "pradėti ikiteisminiai tyrimai",
            "value": "35 tyrimai",
            "unit": "vnt.",
            "quote": "Pradėti 35 ikiteisminiai tyrimai.",
        }
    ],
}
MENDED: Final[_Rows] = {
    "response": [{"state": "pateikta", "text": ANSWER}],
    "activity": [
        {
            **FAULTY["activity"][0],
            "date_from": "2020-10-05",
            "municipality": "Vilniaus m.",
            "count": "apie 5",
        },
        {
            **FAULTY["activity"][1],
            "municipality": "Kauno m.",
            "kind": "paskaita",
            "quote": "Per paskaitas skelbtas viešos pagalbos linijos numeris +370 600 00000.",
        },
    ],
}


def filled_in(target: Path, rows: _Rows, path: Path) -> Path:
    """The request to the institution with these rows typed into it, as it would come back.

    On sheet Rodikliai the example is overwritten in part only, as happens.
    """
    request = requesting.workbook(target, INSTITUTION, YEAR, as_of=MOMENT_OF_SHIPPED.date())
    book = openpyxl.load_workbook(io.BytesIO(request))
    for table, typed in rows.items():
        declared = SHEET_OF_TABLE[table]
        sheet = book[declared.name]
        place_of = {column.name: place for place, column in enumerate(declared.columns, 1)}
        if table == "activity":
            for place in place_of.values():
                sheet.cell(_FIRST_ROW, place).value = None
        for number, cells in enumerate(typed, _FIRST_ROW):
            for name, value in cells.items():
                sheet.cell(number, place_of[name], value)
    book.save(path)
    return path


@dataclass(frozen=True)
class Shot:
    """A picture of a page: its address, and the screen that it is looked at on."""

    name: str
    address: str
    language: str = "lt"
    theme: str = "light"
    width: int = SCREEN[0]
    height: int = SCREEN[1]


SHOTS: Final = (
    Shot("overview", "/"),
    Shot("implementation", "/implementation?year=2020", height=920),
    Shot("recommendations", "/recommendations?year=2020"),
    Shot("institutions", "/institutions?year=2020"),
    Shot("activities", "/activities", height=1120),
    Shot("investigations", "/investigations", height=960),
    Shot("protocol", "/protocol"),
    Shot("data", "/data"),
    Shot("methodology", "/methodology"),
    Shot("accessibility", "/accessibility"),
    Shot("overview-english", "/", language="en"),
    Shot("investigations-dark", "/investigations", theme="dark", height=960),
    Shot("activities-phone", "/activities", width=390, height=1180),
)


def main() -> int:
    """Make every picture; say what was made and how large it is."""
    for program in ("pdftoppm", "soffice"):
        if not shutil.which(program):
            print(
                f"{program} is missing: install it (Debian, Ubuntu: apt-get install poppler-utils "
                "libreoffice-calc)",
                file=sys.stderr,
            )
            return 1
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="rapporteur-pictures-") as folder:
        place = Path(folder)
        target = place / "rapporteur.duckdb"
        for outcome in loading.load(
            loading.shipped(), target, moment=MOMENT_OF_SHIPPED, actor="pavyzdys"
        ):
            assert outcome.accepted, outcome.problems
        faulty = filled_in(target, FAULTY, place / f"{INSTITUTION}-{YEAR}.xlsx")
        workbooks(target, faulty, place)
        (place / "mended").mkdir()
        mended = filled_in(target, MENDED, place / "mended" / faulty.name)
        with serving(target) as url, chromium() as browser:
            for shot in SHOTS:
                page_picture(shot, url, browser)
            desk_picture("data-problems", faulty, "su pažymėtais langeliais", url, browser)
            desk_picture("data-changes", mended, "Įkelti", url, browser)
    made = sorted(PICTURES.glob("*.webp"))
    for path in made:
        print(f"{path.relative_to(ROOT)}  {path.stat().st_size / 1000:.0f} kB")
    print(f"{len(made)} pictures, {sum(path.stat().st_size for path in made) / 1000:.0f} kB")
    return 0


# Pages ---------------------------------------------------------------------------------------


def _opened(shot: Shot, url: str, browser: Browser) -> Visit:
    context = browser.new_context(
        viewport={"width": shot.width, "height": shot.height},
        color_scheme="dark" if shot.theme == "dark" else "light",
        locale="lt-LT",
        # What moves would be caught half way.
        reduced_motion="reduce",
    )
    context.set_default_timeout(PATIENCE)
    visit = Visit(context.new_page(), url)
    mark = "&" if "?" in shot.address else "?"
    visit.go(f"{shot.address}{mark}lang={shot.language}")
    return visit


def page_picture(shot: Shot, url: str, browser: Browser) -> None:
    """The first screen of a page, as its reader sees it."""
    visit = _opened(shot, url, browser)
    _drawn(visit.page)
    _kept(shot.name, visit.page.screenshot())
    visit.page.context.close()


def desk_picture(name: str, workbook: Path, button: str, url: str, browser: Browser) -> None:
    """What /data says to a workbook, once it offers `button`; nothing is loaded."""
    # Tall enough for the whole page: what is scrolled lies under the menu in part.
    visit = _opened(Shot(name, "/data", height=2600), url, browser)
    page = visit.page
    page.locator('input[type="file"]').set_input_files(workbook)
    page.get_by_role("button", name=button).wait_for()
    visit.settle()
    _drawn(page)
    # From the uploader down to the deliveries: the rest is on the picture of the page.
    above = page.get_by_test_id("stFileUploader").bounding_box()
    below = page.get_by_role("heading", level=2, name="Pateikimai ir jų versijos").bounding_box()
    assert above
    assert below
    around = 16
    height = below["y"] - above["y"] + around / 2
    _kept(
        name,
        page.screenshot(
            clip={"x": 0, "y": above["y"] - around, "width": SCREEN[0], "height": height}
        ),
    )
    page.context.close()


def _drawn(page: Page) -> None:
    """Charts and fonts come after the script that a visit waits for; what is stale goes then."""
    page.wait_for_selector('[data-stale="true"]', state="detached")
    page.evaluate("() => document.fonts.ready")
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(800)


# Workbooks -----------------------------------------------------------------------------------


def workbooks(target: Path, faulty: Path, folder: Path) -> None:
    """The request as it is sent, a sheet of it as it is filled in, and what comes back marked."""
    blank = filled_in(target, {}, folder / "request.xlsx")
    _sheet_picture("workbook-letter", blank, REQUEST_SHEET, folder)
    _sheet_picture("workbook-answers", blank, "Atsakymai", folder, area="A1:H3")
    [outcome] = loading.load([faulty], target, moment=MOMENT_OF_SHIPPED, actor="", write=False)
    marked = folder / "marked.xlsx"
    marked.write_bytes(annotating.annotate(faulty, outcome.problems, outcome.notices, "lt"))
    _sheet_picture("workbook-marked", marked, "Veiklos", folder, area="A1:F4")


def _sheet_picture(
    name: str, workbook: Path, sheet: str, folder: Path, *, area: str | None = None
) -> None:
    """A sheet as LibreOffice prints it; of an `area`, with the letters and numbers of its cells."""
    book = openpyxl.load_workbook(workbook)
    for other in book.worksheets:
        other.sheet_state = "visible" if other.title == sheet else "hidden"
    book.active = book[sheet]
    if area:
        book[sheet].print_area = area
        book[sheet].print_title_rows = None
        book[sheet].print_options.headings = True
        book[sheet].print_options.gridLines = True
        book[sheet].oddFooter.left.text = book[sheet].oddFooter.right.text = None
        for row in range(_FIRST_ROW, book[sheet].max_row + 1):
            book[sheet].row_dimensions[row].height = 20
    only = folder / f"{name}.xlsx"
    book.save(only)
    printed = saved_by_libreoffice(only, folder / "printed", "pdf")
    subprocess.run(
        [
            "pdftoppm",
            *("-png", "-singlefile", "-r", str(_DOTS)),
            *(str(printed), str(folder / name)),
        ],
        check=True,
    )
    _kept(name, (folder / f"{name}.png").read_bytes(), cut=True)


def _kept(name: str, png: bytes, *, cut: bool = False) -> None:
    """Write a picture, without the white paper around it where it is `cut`."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    if cut:
        paper = Image.new("RGB", picture.size, picture.getpixel((0, 0)))
        box = ImageChops.difference(picture, paper).getbbox()
        if box:
            picture = picture.crop(_widened(box, picture.size, 12))
    for quality in _QUALITIES:
        written = io.BytesIO()
        picture.save(written, "WEBP", quality=quality, method=6)
        if written.tell() <= _LIGHT:
            break
    (PICTURES / f"{name}.webp").write_bytes(written.getvalue())


def _widened(box: Iterable[int], size: tuple[int, int], by: int) -> tuple[int, int, int, int]:
    left, top, right, bottom = box
    return max(left - by, 0), max(top - by, 0), min(right + by, size[0]), min(bottom + by, size[1])


if __name__ == "__main__":
    sys.exit(main())
