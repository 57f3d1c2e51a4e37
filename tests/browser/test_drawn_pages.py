"""Every page as it is drawn, in both languages: what keeps people out, what goes astray.

axe-core looks for what a program can find of WCAG 2.2 AA; the statement on `/accessibility` lists
what it cannot find, too.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Browser, Page, expect

from rapporteur.settings import ROOT
from tests.browser.axe import ONLY_CONTRAST, RULES, Finding, findings
from tests.browser.conftest import PATIENCE, Visit, Visitor, rest

pytestmark = pytest.mark.browser

# Every page, and what pages show only when something is chosen.
ADDRESSES = [
    "/",
    *(f"/{path.stem}" for path in sorted(ROOT.glob("pages/*.py")) if path.stem != "overview"),
    "/activities?year=2020&municipality=LT-57&overlay=coordination",
    "/institutions?institution=TM",
    "/investigations?year=2020",
    "/methodology?source=ATASKAITA-2020",
    "/recommendations?recommendation=R2020-1",
    "/recommendations?recommendation=R2020-3",
]
LANGUAGES = ["lt", "en"]
SCHEME = "getComputedStyle(document.querySelector('.stApp')).colorScheme"


class Allowed(NamedTuple):
    """What Streamlit itself causes: the rule, a selector of all elements that it concerns, why."""

    rule: str
    selector: str
    reason: str


# One that is found no longer is to be deleted here, and in the statement on /accessibility.
MENU = '[data-testid="stSidebarNavItems"]'
ALLOWED = [
    Allowed(
        "presentation-role-conflict",
        '[data-testid="stFileUploaderDropzone"]',
        "Streamlit names the place to drop files on and gives it the role of none; the button in "
        "it has a name and a role (minor; no issue upstream).",
    ),
    Allowed(
        "list",
        MENU,
        "The menu of a narrow window is a list of groups, which hold its entries and are no "
        "entries (no issue upstream): it is read without their number.",
    ),
    Allowed("listitem", f"{MENU} li", "The entries of the same menu."),
    Allowed(
        "scrollable-region-focusable",
        '[data-testid="stTable"] > div',
        "What does not fit into a narrow window scrolls sideways, which Chromium and Firefox let "
        "the keyboard do by themselves, and Safari does not (no issue upstream).",
    ),
]
# Where a narrow window is looked at whole, with its menu open: tables, a grid, a map, a form.
NARROW = ["/activities?year=2020&municipality=LT-57&overlay=coordination", "/data"]


def open_every_part(page: Page) -> None:
    """Open what is folded, so that it is looked at as well."""
    page.evaluate(
        """() => document.querySelectorAll("details:not([open]) > summary")
            .forEach((folded) => folded.click())"""
    )
    rest(page)


def is_by_streamlit(page: Page, found: Finding, allowed: Allowed) -> bool:
    if found.rule != allowed.rule:
        return False
    return bool(
        page.evaluate(
            "([found, allowed]) => document.querySelector(found)?.matches(allowed) ?? false",
            [found.selector, allowed.selector],
        )
    )


def press_in_menu(page: Page, button: str) -> None:
    """Open or close the menu of a narrow window."""
    page.locator(f'button[data-testid="{button}"], [data-testid="{button}"] button').click()
    rest(page)


@dataclass
class Looked:
    """What was met on one page."""

    ours: list[Finding] = field(default_factory=list)
    by_streamlit: set[Allowed] = field(default_factory=set)
    levels: list[int] = field(default_factory=list)
    """Of its headings, in their order."""
    too_wide: dict[int, int] = field(default_factory=dict)
    """By how many pixels it scrolls sideways when it is so many pixels wide."""
    failures: int = 0
    """Of Streamlit, shown in its place."""
    elsewhere: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def add(self, page: Page, rules: dict[str, Any]) -> None:
        for found in findings(page, rules):
            allowed = [one for one in ALLOWED if is_by_streamlit(page, found, one)]
            self.by_streamlit.update(allowed)
            if not allowed:
                self.ours.append(found)


def too_wide(page: Page, width: int) -> int:
    page.set_viewport_size({"width": width, "height": 900})
    rest(page)
    beyond: int = page.evaluate(
        """() => Math.max(
            ...[document.scrollingElement, document.querySelector('[data-testid="stMain"]')]
                .map((each) => each.scrollWidth - Math.min(each.clientWidth, innerWidth))
        )"""
    )
    return beyond


# Each page is drawn once in a language, and looked at in every way while it stands.
@pytest.fixture(scope="module", params=LANGUAGES)
def looked(
    request: pytest.FixtureRequest, server: str, browser: Browser
) -> Iterator[dict[str, Looked]]:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, color_scheme="light")
    context.set_default_timeout(PATIENCE)
    visitor = Visit(context.new_page(), server)
    page = visitor.page
    pages: dict[str, Looked] = {}
    for address in ADDRESSES:
        look = pages[address] = Looked()
        visitor.go(f"{address}{'&' if '?' in address else '?'}lang={request.param}")
        # The controls at the top are drawn last.
        expect(page.locator(".taking .copy")).not_to_be_empty()
        open_every_part(page)
        look.add(page, RULES)
        look.levels = page.evaluate(
            """() => [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")]
                .map((heading) => Number(heading.tagName[1]))"""
        )
        page.emulate_media(color_scheme="dark")
        page.wait_for_function(f"{SCHEME} === 'dark'")
        rest(page)
        look.add(page, ONLY_CONTRAST)
        look.too_wide[390] = too_wide(page, 390)
        if address in NARROW:
            page.emulate_media(color_scheme="light")
            press_in_menu(page, "stExpandSidebarButton")
            look.add(page, RULES)
            press_in_menu(page, "stSidebarCollapseButton")
        page.emulate_media(color_scheme="light")
        look.too_wide[320] = too_wide(page, 320)
        look.failures = page.locator('[data-testid="stException"]').count()
        page.wait_for_load_state("networkidle")
        look.elsewhere, visitor.elsewhere = visitor.elsewhere, []
        look.complaints, visitor.complaints = visitor.complaints, []
        page.set_viewport_size({"width": 1440, "height": 900})
    yield pages
    context.close()


def test_no_page_asks_another_host(looked: dict[str, Looked]) -> None:
    assert {address: look.elsewhere for address, look in looked.items() if look.elsewhere} == {}


def test_no_page_fails_or_complains(looked: dict[str, Looked]) -> None:
    assert {address: look.failures for address, look in looked.items() if look.failures} == {}
    assert {address: look.complaints for address, look in looked.items() if look.complaints} == {}


def test_axe_finds_nothing_that_is_ours(looked: dict[str, Looked]) -> None:
    assert {address: look.ours for address, look in looked.items() if look.ours} == {}


def test_what_streamlit_is_allowed_is_still_needed(looked: dict[str, Looked]) -> None:
    met = set().union(*(look.by_streamlit for look in looked.values()))

    assert set(ALLOWED) - met == set(), "mended by Streamlit: delete these here"


def test_every_page_has_one_title_and_skips_no_level_of_heading(looked: dict[str, Looked]) -> None:
    for address, look in looked.items():
        assert look.levels[:1] == [1], address
        assert look.levels.count(1) == 1, address
        assert all(after <= before + 1 for before, after in pairwise(look.levels)), address


@pytest.mark.parametrize("width", [320, 390])
def test_no_page_scrolls_sideways_on_a_phone(looked: dict[str, Looked], width: int) -> None:
    beyond = {address: look.too_wide[width] for address, look in looked.items()}

    assert {address: pixels for address, pixels in beyond.items() if pixels > 0} == {}


def test_what_looks_on_is_at_work(visit: Visitor) -> None:
    visitor = visit()
    opened = visitor.go("/methodology")
    opened.evaluate(
        """async () => {
            const planted = document.createElement("button");
            planted.style.background = "#ffffff";
            document.querySelector("h1").after(planted);
            console.error("planted");
            await fetch("http://127.0.0.2:9/planted").catch(() => undefined);
        }"""
    )

    assert "button-name" in {found.rule for found in findings(opened, RULES)}
    assert visitor.elsewhere == ["http://127.0.0.2:9/planted"]
    assert "planted" in visitor.complaints
