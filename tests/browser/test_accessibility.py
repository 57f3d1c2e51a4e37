"""What a reader who does not see, point or read this size of letters meets on every page."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser

Visitor = Callable[..., Visit]


def test_the_page_tells_its_language_and_what_it_is_switched_to(visit: Visitor) -> None:
    visitor = visit()
    opened = visitor.go("/methodology")
    language = opened.locator("html")
    expect(language).to_have_attribute("lang", "lt")

    opened.get_by_text("English", exact=True).click()
    expect(language).to_have_attribute("lang", "en")
    visitor.settle()
    opened.get_by_role("link", name="Institutions", exact=True).first.click()
    expect(opened.get_by_role("heading", level=1, name="Institutions")).to_be_visible()
    expect(language).to_have_attribute("lang", "en")
    visitor.settle()
    opened.get_by_text("Lietuvių", exact=True).click()
    expect(language).to_have_attribute("lang", "lt")
