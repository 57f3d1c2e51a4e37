"""A page that fails: what its reader sees, and what only the log knows."""

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from rapporteur.settings import ROOT
from rapporteur.ui import story
from tests.conftest import Office
from tests.pages.conftest import Open


def broken(year: int | None) -> None:
    raise ZeroDivisionError(f"secret of {year}")


def test_a_failure_is_told_in_words_and_its_traceback_is_not(
    shipped_database: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("RAPPORTEUR_DATABASE", str(shipped_database))
    monkeypatch.setattr(story, "where_prevention_reached", broken)

    app = AppTest.from_file(ROOT / "app.py", default_timeout=60).run()

    [told] = app.error
    assert told.value == "**Šio puslapio parodyti nepavyko**"
    shown = " ".join(str(one.value) for one in (*app.error, *app.markdown, *app.caption))
    assert "secret" not in shown
    [record] = [record for record in caplog.records if record.levelname == "ERROR"]
    [reference] = re.findall(r"reference (\w{6})", record.getMessage())
    assert reference in shown
    assert record.exc_info is not None
    assert "secret of 2020" in str(record.exc_info[1])
    # The rest of the page is there: a reader can go elsewhere.
    assert "methodology" in [link.proto.page for link in app.get("page_link")]


def test_generations_without_a_pointer_are_told_with_the_command_that_brings_them_back(
    office: Office, open_page: Open
) -> None:
    office.send("D-1", result=[{}])
    office.send("D-2", sender="PD", statistic=[{}])
    office.target.unlink()

    for page in ("overview", "data", "accessibility"):
        app = open_page(page, database=office.target)

        assert [code.value for code in app.code] == [
            f"python -m rapporteur use-generation office-00002.duckdb --database {office.target}"
        ]
        assert "D\\-1, D\\-2" in " ".join(one.value for one in app.markdown)
    assert not office.target.exists()


@pytest.mark.parametrize(("page", "name"), [("recommendations", "theme"), ("activities", "form")])
def test_filters_are_taken_back_at_once(open_page: Open, page: str, name: str) -> None:
    code = {"theme": "target_groups", "form": "forced_labour"}[name]
    app = open_page(page, year="2020", **{name: code})

    app.button(key="clear").click().run()

    # On the page of recommendations 2020 is shown by itself, and is no filter.
    assert ("year" in app.query_params) == (page == "recommendations")
    assert name not in app.query_params
    assert not [button for button in app.button if button.key == "clear"]


@pytest.mark.parametrize(
    ("page", "query"),
    [
        ("recommendations", {"text": "xyzxyz", "institution": "SAM"}),
        ("protocol", {"institution": "PD", "theme": "target_groups"}),
        ("implementation", {"institution": "LSA", "theme": "target_groups"}),
        ("activities", {"form": "forced_labour", "target_group": "students"}),
    ],
)
def test_choices_that_leave_nothing_are_taken_back_one_by_one(
    open_page: Open, page: str, query: dict[str, str]
) -> None:
    app = open_page(page, **query)
    first, *others = query

    app.button(key=f"without:{first}").click().run()

    assert first not in app.query_params
    assert all(name in app.query_params for name in others)


def test_what_the_address_asks_for_and_nothing_has_is_told(open_page: Open) -> None:
    app = open_page("activities", municipality="nonsense")

    assert "nonsense" in app.warning[0].value
    app.run()
    assert "nonsense" in app.warning[0].value

    known = open_page("activities", municipality="LT-57")
    assert not [one for one in known.warning if "LT-57" in one.value]


def test_without_filters_there_is_nothing_to_take_back(open_page: Open) -> None:
    app = open_page("recommendations", year="2020")  # which is shown by itself

    assert not [button for button in app.button if button.key == "clear"]
