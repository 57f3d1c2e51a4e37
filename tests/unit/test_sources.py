"""Where in a source the words of a quote stand."""

import pytest

from rapporteur.documents import sources

TEXTS = (
    "REKOMENDACIJA",
    "Ministerijoms rekomenduotina užtikrinti prevenciją.",
    "VRM  organizavo seminarą. Dalyvavo per 250 dalyvių.",
    "Duomenų šiuo klausimu nepateikta.",
    "Kita pastraipa apie mokymus.",
    "Duomenų šiuo klausimu nepateikta.",
)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("organizavo seminarą", [2]),
        ("vrm organizavo  SEMINARĄ", [2]),
        ("„VRM organizavo seminarą.“", [2]),
        ("VRM organizavo … per 250 dalyvių", [2]),
        ("per 250 … organizavo", []),
        ("VRM organizavo ... dalyvių", [2]),
        ("Duomenų šiuo klausimu nepateikta.", [3, 5]),
        (
            "Ministerijoms rekomenduotina užtikrinti prevenciją. Kita pastraipa apie mokymus.",
            [1, 4],
        ),
        ("ko nėra", []),
        ("", []),
        ("…", []),
    ],
)
def test_the_paragraphs_that_hold_the_words(words: str, found: list[int]) -> None:
    assert sources.places(TEXTS, words) == found


def test_the_texts_of_both_documents_are_held() -> None:
    assert list(sources.held()) == ["ATASKAITA-2020", "PROTOKOLAS-2021"]
    assert any("REZULTATAI" in paragraph for paragraph in sources.paragraphs("ATASKAITA-2020"))


@pytest.mark.parametrize("code", ["nėra", "../README", "", "ATASKAITA-2020.txt"])
def test_a_text_that_is_not_held_has_no_paragraphs(code: str) -> None:
    assert sources.paragraphs(code) == ()
