"""The accessibility statement: what the institution has said of itself, and what it has not."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.pages.conftest import Open, words
from tests.pages.test_recommendations_page import links

SETTINGS = {
    "INSTITUTION": "Vidaus reikalų ministerija",
    "CONTACT": "prieinamumas@example.org",
    "DATE": "2026-11-27",
    "METHOD": "Vertino Lietuvos aklųjų ir silpnaregių sąjunga.",
    "COMPLAINTS": "Valstybės agentūra, skundai@example.org",
}
# The headings of the model statement, in its order.
HEADINGS = {
    "lt": [
        "Atitikties būsena",
        "Neprieinamas turinys",
        "Šio pareiškimo dėl prieinamumo parengimas",
        "Grįžtamoji informacija ir kontaktiniai duomenys",
        "Vykdymo užtikrinimo procedūra",
    ],
    "en": [
        "Compliance status",
        "Non-accessible content",
        "Preparation of this accessibility statement",
        "Feedback and contact information",
        "Enforcement procedure",
    ],
}


def setting(monkeypatch: pytest.MonkeyPatch, values: Mapping[str, str]) -> None:
    for name in SETTINGS:
        monkeypatch.delenv(f"RAPPORTEUR_ACCESSIBILITY_{name}", raising=False)
    for name, value in values.items():
        monkeypatch.setenv(f"RAPPORTEUR_ACCESSIBILITY_{name}", value)


@pytest.mark.parametrize("language", ["lt", "en"])
def test_it_has_the_form_of_the_model_statement(
    language: str, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    setting(monkeypatch, {})
    app = open_page("accessibility", lang=language)

    assert [heading.value for heading in app.header] == HEADINGS[language]
    status = {"lt": "**iš dalies atitinka**", "en": "**partially compliant**"}[language]
    assert status in words(app)


@pytest.mark.parametrize(
    ("language", "missing", "body"),
    [
        (
            "lt",
            [
                "dar nenurodė savo pavadinimo",
                "dar nenurodė, kurią dieną",
                "dar nenurodė kontaktinių duomenų",
            ],
            "Informacinės visuomenės plėtros komitetas",
        ),
        (
            "en",
            [
                "has not given its name",
                "has not said yet on which day",
                "has not given its contact",
            ],
            "Information Society Development Committee",
        ),
    ],
)
def test_what_the_institution_has_not_said_is_told_and_not_invented(
    language: str,
    missing: list[str],
    body: str,
    open_page: Open,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    setting(monkeypatch, {})
    app = open_page("accessibility", lang=language)

    told = [info.value for info in app.info]
    assert len(told) == len(missing)
    assert all(part in one for part, one in zip(missing, told, strict=True))
    assert "@" not in words(app)
    assert body in words(app)


@pytest.mark.parametrize(
    ("language", "day"), [("lt", "2026 m. lapkričio 27 d."), ("en", "27 November 2026")]
)
def test_it_tells_what_the_institution_has_said(
    language: str, day: str, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    setting(monkeypatch, SETTINGS)
    app = open_page("accessibility", lang=language)
    said = words(app).replace("\\", "").replace("\N{NO-BREAK SPACE}", " ")
    said = said.replace(":color[@]", "@")  # drawn as the sign alone, and never as a link

    assert not app.info
    assert day in said
    for name in ("INSTITUTION", "CONTACT", "METHOD", "COMPLAINTS"):
        assert SETTINGS[name] in said
    assert "komitetas" not in said
    assert "Committee" not in said


def test_a_date_that_is_none_is_told_in_a_sentence(
    open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    setting(monkeypatch, {"DATE": "lapkritį"})
    [error] = open_page("accessibility").error

    assert "lapkritį" in error.value


def test_it_is_linked_and_opens_in_an_empty_house(open_page: Open, tmp_path: Path) -> None:
    empty = tmp_path / "none.duckdb"

    assert "Pareiškimas dėl prieinamumo" in links(open_page(None))
    assert "Accessibility statement" in links(open_page(None, database=empty, lang="en"))
    app = open_page("accessibility", database=empty, lang="en")
    assert app.title[0].value == "Accessibility statement"
