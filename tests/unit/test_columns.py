"""Every column of every question has a heading, and every list of codes exists."""

import pytest

from rapporteur.delivery import reference
from rapporteur.documents.answers import heading
from rapporteur.documents.columns import FILTER_LISTS
from rapporteur.translations import LANGUAGES
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
