"""Words of the data in a real page: read to the letter, and nothing fetched or drawn for them."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Visit, serving
from tests.conftest import Office
from tests.pages.test_markup import CANARY, SOURCE, hostile_office

# Elements that Markdown would have made of the canary.
MADE_OF_IT = (
    'img[src*="127.0.0.9"], a[href*="127.0.0.9/x.png"], a[href$="127.0.0.9/"], .katex, '
    'a[href*="xx.lt"], .stMarkdownColoredText, [aria-label="home icon"], '
    'code:text-is("c"), del:text-is("s"), b:text-is("t")'
)
PAGES = (
    "/implementation?year=2020&institution=VRM",
    "/recommendations?recommendation=R1",
    "/institutions?institution=PD&year=2020",
    "/activities?year=2020",
    "/investigations?indicator=victims_identified",
    "/protocol",
    f"/methodology?source={SOURCE}",
)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    office = hostile_office(Office(tmp_path_factory.mktemp("hostile")))
    with serving(office.target) as url:
        yield url


def test_words_of_the_data_are_read_to_the_letter(hostile: str, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    visit = Visit(context.new_page(), hostile)
    for address in PAGES:
        page = visit.go(address)
        made = page.locator(MADE_OF_IT)
        assert made.count() == 0, (address, made.first.evaluate("each => each.outerHTML"))
        shown = page.evaluate("document.querySelector('[data-testid=stApp]').innerText")
        assert CANARY in " ".join(shown.split()), address
        assert "😄" not in shown
    assert not visit.elsewhere
    context.close()
