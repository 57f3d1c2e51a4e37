"""The dashboard as Streamlit runs it, on the shipped data or on an office's own."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from rapporteur.settings import ROOT

Open = Callable[..., AppTest]


@pytest.fixture
def open_page(shipped_database: Path, monkeypatch: pytest.MonkeyPatch) -> Open:
    """Open a page with filters in its address; without `database`, on the shipped data."""

    def run(page: str | None, *, database: Path = shipped_database, **query: str) -> AppTest:
        monkeypatch.setenv("RAPPORTEUR_DATABASE", str(database))
        app = AppTest.from_file(ROOT / "app.py", default_timeout=60)
        for name, value in query.items():
            app.query_params[name] = value
        if page not in (None, "overview"):  # which is where a link without a path leads
            app.switch_page(f"pages/{page}.py")
        app.run()
        assert not app.exception, [error.message for error in app.exception]
        return app

    return run


def charts(app: AppTest) -> list[dict[str, Any]]:
    """The figures of a page as the browser gets them."""
    return [json.loads(chart.proto.spec) for chart in app.get("plotly_chart")]


def words(app: AppTest) -> str:
    """Everything that a page says in running text."""
    return "\n".join(
        str(element.value) for shown in (app.markdown, app.caption, app.info) for element in shown
    )
