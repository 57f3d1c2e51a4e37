"""What a reader who does not see, point or read letters of this size meets on every page.

axe-core looks for what a program can find of WCAG 2.2 AA; the statement on `/accessibility` lists
what it cannot find, too.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from itertools import pairwise
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Browser, Page, expect

from rapporteur.settings import ROOT
from tests.browser.conftest import PATIENCE, Visit

pytestmark = pytest.mark.browser

Visitor = Callable[..., Visit]

# Every page, and what pages show only when something is chosen.
ADDRESSES = [
    "/",
    *(f"/{path.stem}" for path in sorted(ROOT.glob("pages/*.py")) if path.stem != "overview"),
    "/activities?year=2020&municipality=LT-57",
    "/institutions?institution=TM",
    "/investigations?year=2020",
    "/methodology?source=ATASKAITA-2020",
    "/recommendations?recommendation=R2020-1",
]
LANGUAGES = ["lt", "en"]
AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
RULES: dict[str, Any] = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
ONLY_CONTRAST = {**RULES, "runOnly": {"type": "rule", "values": ["color-contrast"]}}
SCHEME = "getComputedStyle(document.querySelector('.stApp')).colorScheme"


class Finding(NamedTuple):
    """What axe-core found: the rule, how bad it is, and where."""

    rule: str
    impact: str
    selector: str
    html: str


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
NARROW = ["/activities?year=2020&municipality=LT-57", "/data"]


def open_every_part(page: Page) -> None:
    """Open what is folded, so that it is looked at as well."""
    page.evaluate(
        """() => document.querySelectorAll("details:not([open]) > summary")
            .forEach((folded) => folded.click())"""
    )
    rest(page)


def rest(page: Page) -> None:
    """Wait until what opens, grows or changes its colour has done so."""
    page.evaluate(
        """async () => {
            await new Promise((done) => setTimeout(done, 150));
            const moving = document.getAnimations().map((one) => one.finished);
            const enough = new Promise((done) => setTimeout(done, 1000));
            await Promise.race([Promise.allSettled(moving), enough]);
        }"""
    )


def findings(page: Page, rules: dict[str, Any]) -> list[Finding]:
    if not page.evaluate("Boolean(globalThis.axe)"):
        page.evaluate(AXE)
    found: list[list[Any]] = page.evaluate(
        """async (rules) => {
            const { violations } = await axe.run(document, rules);
            return violations.flatMap(({ id, impact, nodes }) =>
                nodes.map(({ target, html }) => [id, impact, target.flat().join(" "), html])
            );
        }""",
        rules,
    )
    return [Finding(*one) for one in found]


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
    too_wide: int = 0
    """By how many pixels it scrolls sideways when it is 320 pixels wide."""

    def add(self, page: Page, rules: dict[str, Any]) -> None:
        for found in findings(page, rules):
            allowed = [one for one in ALLOWED if is_by_streamlit(page, found, one)]
            self.by_streamlit.update(allowed)
            if not allowed:
                self.ours.append(found)


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
        page.emulate_media(color_scheme="light")
        page.set_viewport_size({"width": 320, "height": 900})
        rest(page)
        look.too_wide = page.evaluate(
            """() => Math.max(
                ...[document.scrollingElement, document.querySelector('[data-testid="stMain"]')]
                    .map((each) => each.scrollWidth - Math.min(each.clientWidth, innerWidth))
            )"""
        )
        if address in NARROW:
            page.set_viewport_size({"width": 390, "height": 844})
            press_in_menu(page, "stExpandSidebarButton")
            look.add(page, RULES)
            press_in_menu(page, "stSidebarCollapseButton")
        page.set_viewport_size({"width": 1440, "height": 900})
    yield pages
    context.close()


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


def test_no_page_scrolls_sideways_at_320_pixels(looked: dict[str, Looked]) -> None:
    assert {address: look.too_wide for address, look in looked.items() if look.too_wide > 0} == {}


def test_axe_is_at_work(visit: Visitor) -> None:
    opened = visit().go("/methodology")
    opened.evaluate(
        """() => {
            const planted = document.createElement("button");
            planted.style.background = "#ffffff";
            document.querySelector("h1").after(planted);
        }"""
    )

    assert "button-name" in {found.rule for found in findings(opened, RULES)}


def test_the_page_tells_its_language_and_what_it_is_switched_to(visit: Visitor) -> None:
    visitor = visit()
    opened = visitor.go("/methodology")
    language = opened.locator("html")
    expect(language).to_have_attribute("lang", "lt")

    opened.get_by_text("English", exact=True).click()
    expect(language).to_have_attribute("lang", "en")
    visitor.settle()
    opened.get_by_role("button", name="Recommendations and answers").click()
    opened.get_by_role("menuitem", name="Institutions", exact=True).click()
    expect(opened.get_by_role("heading", level=1, name="Institutions")).to_be_visible()
    expect(language).to_have_attribute("lang", "en")
    visitor.settle()
    opened.get_by_text("Lietuvių", exact=True).click()
    expect(language).to_have_attribute("lang", "lt")


# What of ours can be pressed, or scrolled, on the page that has most of it.
CONTROLS = [".taking .copy", ".taking .print", ".picture .svg", ".picture .png", ".frame"]
FOCUSED = """() => {
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    const { outlineStyle, outlineWidth } = getComputedStyle(at);
    return {
        matches: CONTROLS.filter((selector) => at.matches(selector)),
        isSeen: outlineStyle !== "none" && parseFloat(outlineWidth) >= 2,
        isInFoot: Boolean(at.closest(".st-key-foot")),
    };
}"""


def test_the_keyboard_reaches_everything_of_ours_and_is_seen_there(visit: Visitor) -> None:
    opened = visit().go("/activities?year=2020&lang=en")
    expect(opened.locator(".taking .copy")).not_to_be_empty()
    expect(opened.locator(".frame td").first).to_be_visible()
    reached: dict[str, bool] = {}
    is_at_the_end = False
    for _ in range(400):
        opened.keyboard.press("Tab")
        at = opened.evaluate(FOCUSED.replace("CONTROLS", str(CONTROLS)))
        for selector in at["matches"]:
            reached[selector] = reached.get(selector, True) and at["isSeen"]
        is_at_the_end = is_at_the_end or at["isInFoot"]
        if is_at_the_end and not at["isInFoot"]:
            break

    assert is_at_the_end, "something on the way does not let the keyboard go"
    assert reached == dict.fromkeys(CONTROLS, True)


# What has the focus: whether any of it can be seen, and by what it is told from its neighbours.
AT = """() => {
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    const header = document.querySelector('[data-testid="stHeader"]');
    const { left, top, right, bottom } = at.getBoundingClientRect();
    const { outlineStyle, outlineWidth, position } = getComputedStyle(at);
    // The link that leads past the menu comes above it.
    const isAbove = header.contains(at) || position === "fixed";
    const covered = isAbove ? 0 : header.getBoundingClientRect().bottom;
    return {
        is: `${at.tagName} ${at.getAttribute("aria-label") ?? at.textContent}`.slice(0, 60),
        isBody: at === document.body,
        isInWindow: right > 0 && left < innerWidth && bottom > covered && top < innerHeight,
        // Within the frame of a field, which tells it, a cursor stands.
        isTold: at.matches("input") || (outlineStyle !== "none" && parseFloat(outlineWidth) >= 2),
    };
}"""


@pytest.mark.parametrize("key", ["Tab", "Shift+Tab"])
def test_what_has_the_focus_is_seen_at_400_percent(visit: Visitor, key: str) -> None:
    visitor = visit(width=320)
    visitor.page.set_viewport_size({"width": 320, "height": 256})
    opened = visitor.go("/")
    expect(opened.locator(".taking .copy")).not_to_be_empty()
    if key == "Shift+Tab":
        opened.locator(".st-key-foot a").last.focus()
    met: list[dict[str, Any]] = []
    for _ in range(120):
        opened.keyboard.press(key)
        at = opened.evaluate(AT)
        if at["isBody"]:
            break
        met.append(at)

    assert len(met) > 20
    assert [at["is"] for at in met if not at["isInWindow"]] == []
    assert [at["is"] for at in met if not at["isTold"]] == []


# WCAG 2.2, 1.4.12: what a reader may set whatever the page says.
SPACED = """() => {
    const spacing = `
        * { line-height: 1.5 !important; letter-spacing: 0.12em !important;
            word-spacing: 0.16em !important; }
        p { margin-bottom: 2em !important; }`;
    const within = (root) => [...root.querySelectorAll("*")].flatMap((each) => [
        each,
        ...(each.shadowRoot ? within(each.shadowRoot) : []),
    ]);
    for (const root of [document.head, ...within(document).map((each) => each.shadowRoot)]) {
        const style = document.createElement("style");
        style.textContent = spacing;
        root?.append(style);
    }
    const isCut = (each) => {
        const { overflowX, overflowY } = getComputedStyle(each);
        return each.clientHeight > 2 && (
            (/hidden|clip/.test(overflowX) && each.scrollWidth > each.clientWidth + 2) ||
            (/hidden|clip/.test(overflowY) && each.scrollHeight > each.clientHeight + 2)
        );
    };
    return within(document)
        // A chart is a picture, and a table a canvas: of neither can the spacing be set. A link of
        // the menu holds its words twice, the bold ones hidden, so that it keeps its width.
        .filter((each) => !each.closest(
            ".stPlotlyChart, [data-testid=stDataFrame], [data-testid=stTopNavLink]"
        ))
        .filter((each) => each.textContent.trim() && isCut(each))
        .map((each) => each.textContent.trim().slice(0, 60));
}"""


def test_no_word_is_cut_off_where_a_reader_spaces_the_text(visit: Visitor) -> None:
    opened = visit().go("/activities?year=2020&municipality=LT-57&lang=lt")
    expect(opened.locator(".taking .copy")).not_to_be_empty()

    for _ in range(3):  # what is just being laid out anew is no finding
        if not (cut := opened.evaluate(SPACED)):
            break
        rest(opened)
    assert cut == []


def test_in_high_contrast_what_is_chosen_is_told_from_what_is_not(visit: Visitor) -> None:
    opened = visit().go("/accessibility?lang=lt")
    opened.emulate_media(forced_colors="active")
    rest(opened)
    grounds = [
        opened.get_by_role("radio", name=name).evaluate("(at) => getComputedStyle(at).background")
        for name in ("Lietuvių", "English")
    ]

    assert grounds[0] != grounds[1]


def test_nothing_of_ours_moves() -> None:
    moving = re.compile(r"transition|animation|@keyframes|scroll-behavior|\.animate\(|smooth")
    ours = [*ROOT.glob("rapporteur/ui/*.css"), *ROOT.glob("rapporteur/ui/*.js")]

    assert len(ours) >= 8
    assert [path.name for path in ours if moving.search(path.read_text(encoding="utf-8"))] == []
