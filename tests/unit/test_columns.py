"""Every column of every question has a heading, and every list of codes exists."""

import re
from collections.abc import Mapping
from typing import Final

import pytest

from rapporteur.delivery import reference
from rapporteur.documents.answers import definition, heading
from rapporteur.documents.columns import FILTER_LISTS
from rapporteur.translations import LANGUAGES, translator
from rapporteur.warehouse.questions import questions

ASKED = [name for name in questions() if not name.startswith("checks/")]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ASKED)
def test_every_column_and_filter_has_a_heading(name: str, language: str) -> None:
    asked = questions()[name]

    for column in [*asked.columns, *asked.parameters]:
        assert heading(name, column.removesuffix("_lt").removesuffix("_en"), language)


def test_every_list_of_labels_exists() -> None:
    known = {
        *reference.choices(),
        *reference.tables()["choice"].column("list").to_pylist(),
        "institution",
    }

    assert {name for names in FILTER_LISTS.values() for name in names} <= known


# Sentences that fit columns of several names, and these names. A sentence that is written for one
# thing is translated for that thing: in a column of another it may say something wrong.
SHARED: Final[Mapping[str, set[str]]] = {
    "English name": {"municipality_name_en", "name_en"},
    "Lithuanian name": {"municipality_name", "name"},
    "code of its document": {"document", "earlier_document", "later_document"},
    "code of its kind": {"kind", "source_kind"},
    "code of the delivery": {"code", "delivery"},
    "code of the institution": {"code", "institution"},
    "code; null for the total": {"age_group", "citizenship", "form", "sex"},
    "its English name": {"institution_name_en", "other_name_en"},
    "its date, as written": {"dated", "source_dated"},
    "its link": {"source_url", "url"},
    "its number, with the year before it where another document has the same one": {
        "earlier_number",
        "later_number",
        "shown_number",
    },
    "its short title": {"earlier_short", "later_short"},
    "its short title in English": {"earlier_short_en", "later_short_en"},
    "its text, word for word": {"earlier_text", "later_text", "text"},
    "its title": {"document_title", "source_title", "title"},
    "projektas or priimtas; null where it is not said": {
        "document_status",
        "later_document_status",
    },
    "the answer": {"answer", "text"},
    "the number holds one that is stated as “about”": {
        "activities_are_about",
        "unplaced_are_about",
    },
    "the true number may be larger": {
        "activities_are_at_least",
        "participants_are_at_least",
        "unplaced_are_at_least",
    },
    "title of its document": {"document_title", "earlier_document_title", "later_document_title"},
    "who published it": {"publisher", "source_publisher"},
    "who sent it": {"institution", "publisher"},
    "with at least one activity": {"active", "municipalities"},
    "year in which it was made": {"earlier_made_in", "made_in"},
}


def test_a_sentence_is_shared_only_by_columns_that_it_fits() -> None:
    told: dict[str, set[str]] = {}
    for name in ASKED:
        for column, meaning in questions()[name].columns.items():
            told.setdefault(meaning, set()).add(column)

    assert {meaning: names for meaning, names in told.items() if len(names) > 1} == SHARED


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ASKED)
def test_what_columns_of_one_question_are_told_to_be_differs(name: str, language: str) -> None:
    gettext = translator(language).gettext
    shared = {gettext(meaning) for meaning in SHARED}
    columns = definition(name, language).columns

    headings = [heading for heading, _ in columns]
    assert len(set(headings)) == len(headings)
    meanings = [meaning for _, meaning in columns if meaning not in shared]
    assert len(set(meanings)) == len(meanings)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ASKED)
def test_a_definition_is_told_in_words_of_its_language_and_no_codes(
    name: str, language: str
) -> None:
    """What readers are told speaks of what stands in the cells of their file: labels, nothing."""
    told = definition(name, language)

    for heading_of, meaning in told.columns:
        assert not re.search(r"\b[a-z]+_[a-z_]+\b|\bnull\b|^the same", meaning), heading_of
        if language == "en":
            quoted = re.sub("“[^”]*”", "", meaning)
            assert not re.search("[ąčęėįšųūž]", quoted), heading_of


@pytest.mark.parametrize("language", LANGUAGES)
def test_letters_are_told_as_letters_and_numbers_as_numbers(language: str) -> None:
    told = dict(definition("institutions/requests", language).columns)
    letter, reply, number = (
        told[heading("institutions/requests", column, language)]
        for column in ("letter", "reply_letter", "number")
    )

    expected = {"lt": ("prašymo rašto", "atsakymo rašto"), "en": ("of request", "of reply")}
    assert expected[language][0] in letter
    assert expected[language][1] in reply
    assert "rašt" not in number
    assert "letter" not in number
