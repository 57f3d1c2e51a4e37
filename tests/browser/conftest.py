"""A real server and a real browser, for the things that AppTest cannot see."""

import contextlib
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Download,
    Locator,
    Page,
    Request,
    expect,
    sync_playwright,
)
from playwright.sync_api import TimeoutError as TooLong

from rapporteur import settings
from rapporteur.settings import ROOT

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# One second of a busy machine with two cores is long; a page that never comes is longer.
PATIENCE = 60_000
expect.set_options(timeout=PATIENCE)
# Between two runs, and before the last buttons are drawn, a page looks done for a moment.
CALM = """() => {
    const app = document.querySelector('[data-testid="stApp"]');
    const isCalm = app?.dataset.testScriptState === "notRunning" && app.querySelector("h1");
    const now = performance.now();
    window.calmSince = isCalm ? (window.calmSince ?? now) : undefined;
    return isCalm && now - window.calmSince > 300;
}"""


@dataclass
class Visit:
    """One open page: what it asked other hosts for and what its console complained about."""

    page: Page
    url: str
    elsewhere: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("request", self._asked)
        self.page.on("console", self._told)

    def _asked(self, request: Request) -> None:
        asked = urlsplit(request.url)
        if asked.scheme.startswith(("http", "ws")) and asked.netloc != urlsplit(self.url).netloc:
            self.elsewhere.append(request.url)

    def _told(self, message: ConsoleMessage) -> None:
        # A page opened by its own path asks there first for what lies at the root.
        if message.type == "error" and "404" not in message.text:
            self.complaints.append(message.text)

    def go(self, address: str) -> Page:
        """Open an address of the dashboard and wait until its script has run."""
        self.page.goto(f"{self.url}{address}", wait_until="domcontentloaded")
        self.settle()
        return self.page

    def settle(self) -> None:
        """Wait until the page's script is not running, and does not begin to run again."""
        self.page.wait_for_function(CALM, polling=50, timeout=PATIENCE)


Visitor = Callable[..., Visit]
"""What the fixture `visit` gives: a new visitor, with the `width` and the `theme` of her screen."""


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


def until(done: Callable[[float], object], press: Callable[[], object]) -> None:
    """Press, and press again where a busy machine lost it: React may draw anew in between.

    `done` waits for what the press brings, at most so many milliseconds.
    """
    for is_last in (False, False, True):
        press()
        try:
            done(PATIENCE / 3)
        except TooLong:
            if is_last:
                raise
        else:
            return


def downloaded(page: Page, button: Locator) -> Download:
    """The file that a button gives; pressed again as `until` does."""
    for is_last in (False, False, True):
        try:
            with page.expect_download(timeout=PATIENCE / 3) as download:
                button.click()
        except TooLong:
            if is_last:
                raise
        else:
            break
    return download.value


@contextlib.contextmanager
def serving(database: Path, *options: str) -> Iterator[str]:
    """A server of its own on a free port, with these options; gives its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", "serve.py", f"--server.port={port}", *options],
        cwd=ROOT,
        env={**settings.child_environment(), "RAPPORTEUR_DATABASE": str(database)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        _wait_until_healthy(f"{url}/_stcore/health")
        yield url
    finally:
        process.terminate()
        process.wait()


@pytest.fixture(scope="session")
def server(shipped_database: Path) -> Iterator[str]:
    with serving(shipped_database) as url:
        yield url


def _wait_until_healthy(url: str, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(url).close()
            return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    raise TimeoutError(url)


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    """The system's own Chromium, without a window."""
    names = ("chromium", "chromium-browser", "google-chrome")
    executable = next(filter(None, map(shutil.which, names)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def visit(server: str, browser: Browser) -> Iterator[Callable[..., Visit]]:
    """Make a new visitor; `width` and `theme` are those of her screen."""
    contexts = []

    def make(*, width: int = 1440, theme: str = "light") -> Visit:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if theme == "dark" else "light",
            locale="lt-LT",
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        return Visit(context.new_page(), server)

    yield make
    for context in contexts:
        context.close()
