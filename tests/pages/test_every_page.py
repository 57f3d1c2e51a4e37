"""Every page opens on the real data, in both languages, and on an empty house."""

from pathlib import Path

import pytest
from streamlit.elements import spinner
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.scriptrunner import enqueue_message

from rapporteur.settings import ROOT
from tests.conftest import Office
from tests.pages.conftest import Open, words

PAGES = sorted(path.stem for path in ROOT.glob("pages/*.py"))
TITLES = {
    "accessibility": ("Pareiškimas dėl prieinamumo", "Accessibility statement"),
    "activities": ("Prevencija savivaldybėse", "Prevention in municipalities"),
    "data": ("Duomenų teikimas", "Handing in data"),
    "implementation": ("Rekomendacijų įgyvendinimas", "Implementation of recommendations"),
    "institutions": ("Institucijos", "Institutions"),
    "methodology": ("Metodika", "Methodology"),
    "protocol": ("Vyriausybės protokolo projektas", "Draft protocol of the Government"),
    "recommendations": ("Rekomendacijos", "Recommendations"),
    "investigations": ("Tyrimai, bylos ir nukentėjusieji", "Investigations, cases and victims"),
}


@pytest.mark.parametrize("language", ["lt", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_it_opens(page: str, language: str, open_page: Open) -> None:
    app = open_page(page, lang=language)

    assert app.title
    if page in TITLES:
        assert app.title[0].value == TITLES[page][language == "en"]


def test_it_says_what_to_do_when_nothing_was_loaded(open_page: Open, tmp_path: Path) -> None:
    app = open_page(None, database=tmp_path / "none.duckdb")

    assert app.code[0].value == "python -m rapporteur load --shipped"


def test_a_broken_database_is_told_in_a_sentence(open_page: Open, tmp_path: Path) -> None:
    pointer = tmp_path / "broken.duckdb"
    pointer.write_text("broken-00001.duckdb\n", encoding="utf-8")

    app = open_page(None, database=pointer)

    assert [error.value for error in app.error] == ["**Duomenų dabar perskaityti nepavyksta**"]
    assert "broken\\-00001" in words(app)


def test_a_mode_that_does_not_exist_is_refused(
    open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RAPPORTEUR_MODE", "public")

    app = open_page(None)

    assert [error.value for error in app.error] == ["**Klaidinga nuostata**"]
    assert "public" in words(app)


@pytest.mark.parametrize("page", PAGES)
def test_it_survives_a_delivery_that_tells_it_nothing(
    page: str, open_page: Open, office: Office
) -> None:
    office.send(source=[{}])

    app = open_page(page, database=office.target)

    assert app.title


# A page whole, and two that end before their last line.
@pytest.mark.parametrize("recommendation", [None, "R2020-1", "NĖRA"])
def test_what_says_that_it_is_counted_goes_when_it_is(
    recommendation: str | None, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[ForwardMsg] = []

    def send(message: ForwardMsg) -> None:
        enqueue_message(message)
        sent.append(message)

    monkeypatch.setattr(spinner, "DELAY_SECS", 0)
    monkeypatch.setattr(spinner, "enqueue_message", send)

    open_page("recommendations", **({"recommendation": recommendation} if recommendation else {}))

    told = [[one.spinner.text for one in each.delta.new_transient.elements] for each in sent]
    assert told == [["Skaičiuojama…"], []]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("query", [{"year": "1700"}, {"institution": "NĖRA"}, {"lang": "xx"}])
def test_a_stale_link_falls_back(page: str, query: dict[str, str], open_page: Open) -> None:
    assert open_page(page, **query).title
