"""The map in a browser: what is drawn, what a click does, what the wire carries, the keyboard."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visitor, until

pytestmark = pytest.mark.browser

# A piece of the outlines that no other message holds.
OF_THE_OUTLINES = b"rapporteurOutlines ="


def place(page: Page, code: str) -> Locator:
    return page.locator(f'.map .paths path[data-code="{code}"]')


# Where on the screen the sign of a municipality stands.
SIGN = """code => {
    const host = [...document.querySelectorAll("*")].find(
        each => each.shadowRoot?.querySelector(".map svg[role=img]")
    );
    const root = (host?.shadowRoot ?? document).querySelector(".map");
    const path = root.querySelector(`.paths path[data-code="${code}"]`);
    const point = root.querySelector("svg[role=img]").createSVGPoint();
    [point.x, point.y] = globalThis.rapporteurOutlines.places[code].at;
    const seen = point.matrixTransform(path.getScreenCTM());
    return [seen.x, seen.y];
}"""


def tap(page: Page, code: str) -> None:
    """Click where the sign of a municipality stands, on whatever lies on top there."""
    page.locator(".map svg[role=img]").scroll_into_view_if_needed()
    at, before = page.evaluate(SIGN, code), None
    while at != before:  # a table that is drawn late above the map moves it
        page.wait_for_timeout(500)
        at, before = page.evaluate(SIGN, code), at
    page.mouse.click(*at)


def test_every_municipality_is_drawn_and_silence_is_hatched_and_told(visit: Visitor) -> None:
    opened = visit().go("/activities?year=2020&lang=en")

    expect(opened.locator(".map .paths path")).to_have_count(60)
    expect(place(opened, "LT-57")).to_have_class("place active")
    expect(place(opened, "LT-39")).to_have_class("place no_answer")
    assert "hatched" in place(opened, "LT-39").evaluate("path => getComputedStyle(path).fill")
    assert "hatched" not in place(opened, "LT-57").evaluate("path => getComputedStyle(path).fill")
    tip = opened.locator(".map .tip")
    # What is drawn late above or beside the map moves it away from under the mouse.
    until(
        lambda patience: tip.filter(has_text="Rietavas Municipality").wait_for(timeout=patience),
        place(opened, "LT-39").hover,
    )
    expect(tip).to_contain_text("no data")


def test_a_click_filters_and_is_in_the_link_and_a_second_one_shows_all(visit: Visitor) -> None:
    visitor = visit()
    opened = visitor.go("/activities?year=2020&lang=en")
    tap(opened, "LT-50")

    opened.wait_for_url("**municipality=LT-50*")
    expect(opened.get_by_role("heading", name="Tauragė District Municipality")).to_be_visible()
    expect(opened.get_by_label("Municipality", exact=True)).to_have_value(
        "Tauragė District Municipality"
    )
    expect(place(opened, "LT-50")).to_have_class("place active chosen")
    visitor.settle()
    tap(opened, "LT-50")

    expect(opened.get_by_role("heading", name="Tauragė District Municipality")).to_have_count(0)
    opened.wait_for_url(lambda url: "municipality" not in url and "year=2020" in url)


@pytest.mark.parametrize(("city", "district"), [("LT-02", "LT-03"), ("LT-15", "LT-16")])
def test_a_finger_on_a_phone_hits_the_city_and_not_the_district_around_it(
    visit: Visitor, city: str, district: str
) -> None:
    visitor = visit(width=390)
    opened = visitor.go("/activities")
    tap(opened, city)

    opened.wait_for_url(f"**municipality={city}*")
    expect(place(opened, district)).not_to_have_class("chosen")


def test_the_rest_of_the_country_is_an_outline_that_tells_nothing_while_a_county_is_chosen(
    visit: Visitor,
) -> None:
    visitor = visit(width=390)
    opened = visitor.go("/activities?year=2020&lang=en&county=LT-KL")

    expect(opened.locator(".map .paths path")).to_have_count(60)
    expect(place(opened, "LT-20")).to_have_class("place active")
    # A city beside its district in another county: no dot, no target, no district takes the click.
    for code in ("LT-15", "LT-16", "LT-57"):
        expect(place(opened, code)).to_have_class("place outside")
        assert place(opened, code).evaluate("path => getComputedStyle(path).fill") == "none"
        tap(opened, code)
    visitor.settle()
    assert "municipality" not in opened.url

    tap(opened, "LT-28")
    opened.wait_for_url("**municipality=LT-28*")
    visitor.settle()
    opened.go_back()
    opened.wait_for_url(lambda url: "municipality" not in url and "county=LT-KL" in url)
    # For a moment the map that goes, with what was chosen, stands beside the one that comes.
    expect(opened.locator(".map .paths path.chosen")).to_have_count(0)
    expect(opened.locator(".map .paths path")).to_have_count(60)
    expect(place(opened, "LT-28")).to_have_class("place no_answer")


def test_what_was_outside_is_told_again_when_the_county_is_taken_away(visit: Visitor) -> None:
    opened = visit().go("/activities?year=2020&lang=en&county=LT-KL")
    expect(place(opened, "LT-57")).to_have_class("place outside")
    opened.get_by_label("County", exact=True).focus()
    opened.keyboard.press("Escape")

    opened.wait_for_url(lambda url: "county" not in url)
    expect(place(opened, "LT-57")).to_have_class("place active")


def test_the_keyboard_reaches_the_same_choice_without_the_map(visit: Visitor) -> None:
    opened = visit().go("/activities?year=2020&lang=en")
    opened.get_by_label("Municipality", exact=True).focus()
    opened.keyboard.type("Rietav")
    opened.keyboard.press("Enter")

    opened.wait_for_url("**municipality=LT-39*")
    expect(opened.get_by_role("heading", name="Rietavas Municipality")).to_be_visible()
    expect(place(opened, "LT-39")).to_have_class("place no_answer chosen")


def test_the_outlines_are_sent_once_and_a_choice_sends_only_looks(visit: Visitor) -> None:
    visitor = visit()
    received: list[bytes] = []

    def listen(payload: bytes | str) -> None:
        received.append(payload if isinstance(payload, bytes) else payload.encode())

    visitor.page.on("websocket", lambda socket: socket.on("framereceived", listen))
    opened = visitor.go("/activities?lang=en")
    expect(opened.locator(".map .paths path")).to_have_count(60)
    assert sum(OF_THE_OUTLINES in frame for frame in received) == 1

    received.clear()
    tap(opened, "LT-57")
    opened.wait_for_url("**municipality=LT-57*")
    visitor.settle()
    tap(opened, "LT-57")
    opened.wait_for_url(lambda url: "municipality" not in url)
    visitor.settle()
    assert received
    assert not [frame for frame in received if OF_THE_OUTLINES in frame]
