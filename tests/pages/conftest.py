"""The dashboard as Streamlit runs it, on the shipped data or on an office's own."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.runtime.scriptrunner import script_runner
from streamlit.testing.v1 import AppTest

from rapporteur.settings import ROOT
from rapporteur.ui import trouble

Open = Callable[..., AppTest]
LOG = trouble.__name__
APP = ROOT / "app.py"


@pytest.fixture(autouse=True)
def whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """Run app.py around every page, as served.

    AppTest finds the folder pages/ anew at each run, and would run a page by itself as apps did
    before there was `st.navigation`.
    """
    code = compile(APP.read_text(encoding="utf-8"), APP, "exec")
    monkeypatch.setattr(script_runner, "_mpa_v1", lambda _: exec(code, {"__name__": "__main__"}))


@pytest.fixture
def failures(caplog: pytest.LogCaptureFixture) -> Callable[[], list[str]]:
    """What the log tells of pages that failed; readers see none of it."""
    return lambda: [record.getMessage() for record in caplog.records if record.name == LOG]


@pytest.fixture
def open_page(
    shipped_database: Path,
    monkeypatch: pytest.MonkeyPatch,
    failures: Callable[[], list[str]],
) -> Iterator[Open]:
    """Open a page with filters in its address; without `database`, on the shipped data.

    No page may fail, then or later in the test; a test that means one to fail empties `caplog`.
    """

    def run(page: str | None, *, database: Path = shipped_database, **query: str) -> AppTest:
        monkeypatch.setenv("RAPPORTEUR_DATABASE", str(database))
        app = AppTest.from_file(APP, default_timeout=60)
        for name, value in query.items():
            app.query_params[name] = value
        if page not in (None, "overview"):  # which is where a link without a path leads
            app.switch_page(f"pages/{page}.py")
        app.run()
        assert not app.exception, [error.message for error in app.exception]
        assert not failures(), failures()
        return app

    yield run
    assert not failures(), failures()


def charts(app: AppTest) -> list[dict[str, Any]]:
    """The figures of a page as the browser gets them."""
    return [json.loads(chart.proto.spec) for chart in app.get("plotly_chart")]


def told_instead(app: AppTest) -> list[str]:
    """The text alternatives of the figures of a page."""
    return [str(chart.proto.alt) for chart in app.get("plotly_chart")]


def words(app: AppTest) -> str:
    """Everything that a page says in running text."""
    return "\n".join(
        str(element.value) for shown in (app.markdown, app.caption, app.info) for element in shown
    )


def components(app: AppTest, name: str) -> list[dict[str, Any]]:
    """What the browser is given to draw by each component of ours of that name."""
    return [
        json.loads(element.proto.json)
        for element in app.get("bidi_component")
        if element.proto.component_name == name
    ]


def component(app: AppTest, name: str) -> Any:
    """What it is given by the only one."""
    [only] = components(app, name)
    return only


def field(app: AppTest, name: str) -> dict[str, Any]:
    """The field in which a filter of that name is looked for."""
    [found] = [each for each in components(app, "finding") if each["id"] == f"find-{name}"]
    return found
