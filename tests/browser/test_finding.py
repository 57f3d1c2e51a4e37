"""Finding by typing: what is meant by letters, fields of filters, the search from anywhere."""

import re
import urllib.request
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from rapporteur.settings import ROOT
from tests.browser.axe import RULES, findings
from tests.browser.conftest import Visitor

pytestmark = pytest.mark.browser

NAMES = [
    "Akmenės rajono savivaldybė",
    "Šiaulių miesto savivaldybė",
    "Šiaulių rajono savivaldybė",
    "Vilniaus miesto savivaldybė",
    "Žemės ūkio ministerija (ŽŪM)",
    "Łódź – Køge",
]
# A piece of the library that no other message holds.
OF_THE_LIBRARY = b"accessibleAutocomplete"
FOCUSED = """() => {
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    return at?.id ?? "";
}"""


@pytest.fixture(scope="module")
def matching(browser: Browser) -> Iterator[Page]:
    """A blank page that knows what is meant by what is typed."""
    page = browser.new_page()
    page.add_script_tag(path=ROOT / "rapporteur" / "ui" / "matching.js")
    yield page
    page.close()


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("siau", [1, 2]),
        ("ŠIAU", [1, 2]),
        ("šiau raj", [2]),
        ("raj siau", [2]),
        ("siauliai", []),
        ("zemes ukio", [4]),
        ("zum", [4]),
        ("lodz", [5]),
        ("koge", [5]),
        ("mi", [1, 3, 4]),
        ("niau", [3]),
        ("", [0, 1, 2, 3, 4, 5]),
        ("  ", [0, 1, 2, 3, 4, 5]),
        ("–", []),
        ("vilnius", []),
    ],
)
def test_what_is_meant(matching: Page, typed: str, found: list[int]) -> None:
    got = matching.evaluate(
        "([typed, names]) => matching(typed, names, (name) => name)", [typed, NAMES]
    )

    assert got == [NAMES[place] for place in found]


def test_what_begins_a_word_goes_before_what_stands_within_one(matching: Page) -> None:
    got = matching.evaluate("() => matching('ra', ['Utena, taura', 'Kretinga, Raseiniai'], String)")

    assert got == ["Kretinga, Raseiniai", "Utena, taura"]


def test_a_municipality_is_found_without_diacritics_and_by_keys_alone(visit: Visitor) -> None:
    visitor = visit()
    opened = visitor.go("/activities?year=2020")
    field = opened.get_by_label("Savivaldybė", exact=True)
    field.focus()
    opened.keyboard.type("siau")
    options = opened.get_by_role("option")
    expect(options).to_have_text(["Šiaulių miesto savivaldybė", "Šiaulių rajono savivaldybė"])
    assert findings(opened, RULES) == []
    opened.keyboard.press("ArrowDown")
    opened.keyboard.press("ArrowDown")
    opened.keyboard.press("Enter")

    opened.wait_for_url("**municipality=LT-44*")
    visitor.settle()
    expect(field).to_have_value("Šiaulių rajono savivaldybė")
    assert opened.evaluate(FOCUSED) == "find-municipality"
    # Enter alone takes the first; what was chosen is typed over.
    opened.keyboard.type("rietav")
    opened.keyboard.press("Enter")
    opened.wait_for_url("**municipality=LT-39*")
    visitor.settle()

    # Whoever leaves without choosing has chosen nothing new.
    opened.keyboard.type("xyz")
    expect(opened.get_by_role("option")).to_have_text("Nieko nerasta")
    opened.keyboard.press("Tab")
    expect(field).to_have_value("Rietavo savivaldybė")
    field.focus()
    opened.keyboard.press("Escape")
    opened.wait_for_url(lambda url: "municipality" not in url and "year=2020" in url)
    expect(field).to_have_value("")
    assert visitor.elsewhere == []
    assert visitor.complaints == []


def test_the_mouse_opens_the_whole_list_and_the_cross_shows_all(visit: Visitor) -> None:
    visitor = visit(width=390)
    opened = visitor.go("/activities?municipality=LT-43&year=2020&lang=en")
    field = opened.get_by_label("Municipality", exact=True)
    expect(field).to_have_value("Šiauliai City Municipality")
    field.click()
    expect(opened.get_by_role("option")).to_have_count(60)
    opened.get_by_role("option", name="Šilutė").click()
    opened.wait_for_url("**municipality=LT-46*")
    visitor.settle()
    opened.get_by_role("button", name="Clear: Municipality").click()
    opened.wait_for_url(lambda url: "municipality" not in url)
    expect(field).to_have_value("")


def test_from_any_page_to_a_thing_and_on_by_keys_and_sent_once(visit: Visitor) -> None:
    visitor = visit()
    received: list[bytes] = []

    def listen(payload: bytes | str) -> None:
        received.append(payload if isinstance(payload, bytes) else payload.encode())

    visitor.page.on("websocket", lambda socket: socket.on("framereceived", listen))
    opened = visitor.go("/methodology?lang=en")
    assert sum(OF_THE_LIBRARY in frame for frame in received) == 1
    received.clear()
    expect(opened.locator("#find-anything")).to_be_visible()
    opened.keyboard.press("Control+k")
    assert opened.evaluate(FOCUSED) == "find-anything"
    opened.keyboard.type("siauliai")
    expect(opened.get_by_role("option").first).to_contain_text("Šiauliai City Municipality")
    expect(opened.get_by_role("option").first).to_contain_text("Municipality")
    opened.keyboard.press("Enter")
    opened.wait_for_url("**/activities?*municipality=LT-43*")
    visitor.settle()
    assert "lang=en" in opened.url
    expect(opened).to_have_title(re.compile("^Prevention in municipalities: Šiauliai City"))

    opened.keyboard.press("Control+k")
    opened.keyboard.type("R2020 guidelines")
    opened.keyboard.press("Enter")
    opened.wait_for_url("**/recommendations?*recommendation=R2020-4*")
    visitor.settle()
    expect(opened).to_have_title(re.compile("^Recommendations: R2020-4"))
    # The same page, another one of them; and words that nothing is called by.
    opened.keyboard.press("Control+k")
    opened.keyboard.type("R2020-5")
    opened.keyboard.press("Enter")
    opened.wait_for_url("**recommendation=R2020-5*")
    visitor.settle()
    opened.keyboard.press("Control+k")
    opened.keyboard.type("vaiku namai")
    expect(opened.get_by_role("option")).to_have_text(re.compile("^Nothing is called that"))
    opened.keyboard.press("Enter")
    opened.wait_for_url("**/recommendations?*text=vaiku*")
    visitor.settle()
    assert "recommendation=" not in opened.url
    assert received
    assert not [frame for frame in received if OF_THE_LIBRARY in frame]
    assert visitor.elsewhere == []
    assert visitor.complaints == []


def test_no_letter_alone_does_anything_while_somebody_types(visit: Visitor) -> None:
    opened = visit().go("/methodology?lang=en")
    opened.get_by_role("combobox", name="Find a recommendation").focus()
    opened.keyboard.type("crc")

    expect(opened.get_by_role("combobox", name="Find a recommendation")).to_have_value("crc")
    expect(opened.get_by_role("dialog")).to_have_count(0)


def test_a_page_is_told_of_before_any_script_runs(server: str) -> None:
    with urllib.request.urlopen(f"{server}/institutions?lang=en") as answer:
        page = answer.read().decode("utf-8")

    assert '<html lang="en">' in page
    assert "<title>Institutions – Recommendations against trafficking in human beings<" in page
