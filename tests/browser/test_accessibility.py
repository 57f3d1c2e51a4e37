"""What a reader who does not see, point or read letters of this size meets.

What a program can find on every page is looked for in test_drawn_pages.py.
"""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from rapporteur.settings import ROOT
from tests.browser.conftest import Visitor, rest

pytestmark = pytest.mark.browser


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
