"""Rules, their looks and references: declared once, and true."""

import datetime
import xml.etree.ElementTree as ET

import pytest
from scipy.stats import chi2

from rapporteur.delivery import reference
from rapporteur.documents.citations import Cited, biblatex
from rapporteur.documents.citations import reference as cited_as
from rapporteur.documents.rules import RULES
from rapporteur.settings import DATA
from rapporteur.statistics.poisson import exact_interval
from rapporteur.ui.components import first_sentence
from rapporteur.ui.definitions import PAGES, defined
from rapporteur.ui.swatches import LOOKS, svg, swatch
from rapporteur.warehouse.questions import questions

CITED = Cited(
    "https://stebesena.example.lt/",
    version=4,
    dated=datetime.date(2026, 11, 27),
    seen=datetime.date(2026, 12, 1),
)


def test_questions_follow_rules_that_there_are_and_every_rule_is_followed() -> None:
    followed = {code for question in questions().values() for code in question.follows}

    assert followed == set(RULES)


def test_every_question_that_is_shown_has_a_page() -> None:
    folders = {name.split("/")[0] for name in questions()}

    assert folders - set(PAGES) == {"checks"}
    assert set(defined()) == {name for name in questions() if not name.startswith("checks/")}


@pytest.mark.parametrize("count", [0, 1, 7, 35, 2000])
def test_the_formula_of_the_interval_is_what_is_computed(count: int) -> None:
    low, high = exact_interval(count)

    assert float(low) == pytest.approx(chi2.ppf(0.025, 2 * count) / 2 if count else 0)
    assert float(high) == pytest.approx(chi2.ppf(0.975, 2 * count + 2) / 2)


def test_every_look_is_a_picture_of_its_fill_and_pattern() -> None:
    for list_name, looks in LOOKS.items():
        for code, (fill, pattern) in looks.items():
            picture = ET.fromstring(svg(fill, pattern))
            shapes = [one.tag.rpartition("}")[2] for one in picture]
            assert picture[0].get("fill") == fill
            assert ("pattern" in shapes) == bool(pattern), (list_name, code)
    assert swatch("confidence", "didelis") == ""


def test_a_reference_is_written_as_lists_of_references_are() -> None:
    assert cited_as(CITED, "lt") == (
        "Kovos su prekyba žmonėmis rekomendacijos: įgyvendinimas, prevencija ir tyrimai "
        "[interaktyvus]. Duomenų 4 versija, 2026-11-27 [žiūrėta 2026-12-01]. Prieiga per "
        "internetą: https://stebesena.example.lt/"
    )
    assert cited_as(CITED, "en", "Victims").startswith(
        "Victims. In: Recommendations against trafficking in human beings: implementation, "
        "prevention and investigations [online]. Data version 4, 2026-11-27 [viewed 2026-12-01]."
    )
    entry = biblatex(CITED, "en")
    assert entry.startswith("@dataset{rapporteur-v4,\n  title = {Recommendations")
    assert entry.count("{") == entry.count("}")


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("One thing. And another.", "One thing"),
        ("Only one.", "Only one"),
        ("Šalies 2020 m. skaičiai. Žinoma.", "Šalies 2020 m. skaičiai"),
        ("Pvz. didžiosios raidės nėra, pvz. čia.", "Pvz. didžiosios raidės nėra, pvz. čia"),
    ],
)
def test_the_first_sentence_is_a_title(words: str, first: str) -> None:
    assert first_sentence(words) == first


def test_terms_of_use_are_told_in_one_place_and_completely() -> None:
    rows = reference.rows("licence")

    for row in rows:
        assert all(
            row[f"{name}_{language}"]
            for name in ("what", "origin", "licence")
            for language in ("lt", "en")
        ), row
        if row["file"].startswith(("documents/", "reference/")):
            assert all((DATA / file).exists() for file in row["file"].split(", ")), row
    readme = (DATA / "README.md").read_text(encoding="utf-8")
    assert "reference/licence.csv" in readme
    assert "CC BY 4.0" not in readme
