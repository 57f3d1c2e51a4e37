"""The difference of two wordings: what each says is all there, and numbers stand out."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapporteur.documents import wording
from rapporteur.documents.wording import Segment, changed_numbers, difference, joined, words_of

PART_A = (
    "rekomenduotina prevencines priemones pritaikyti ypač 18–30 amžiaus asmenų grupei ir šioms "
    "prekybos žmonėmis formoms: seksualiniam išnaudojimui;"
)
MEASURE = (
    "organizuojant švietimą ir prevencijos prekybos žmonėmis srityje priemones ypatingą dėmesį "
    "skirti 21–30 metų amžiaus asmenų grupei ir socialiai pažeidžiamiems asmenims;"
)


def told(segments: list[Segment]) -> list[tuple[str, str]]:
    return [(segment.kind, segment.text) for segment in segments]


@pytest.mark.parametrize(
    ("earlier", "later", "expected"),
    [
        ("Vykdyti mokymus.", "Vykdyti mokymus.", [("same", "Vykdyti mokymus.")]),
        ("Vykdyti mokymus.", "VYKDYTI mokymus.", [("same", "VYKDYTI mokymus.")]),
        ("", "Vykdyti.", [("added", "Vykdyti.")]),
        ("Vykdyti.", "", [("removed", "Vykdyti.")]),
        ("", "", []),
        (
            "nuolat organizuoti mokymus policijai",
            "nuolat organizuoti mokymus teisėjams",
            [
                ("same", "nuolat organizuoti mokymus"),
                ("removed", "policijai"),
                ("added", "teisėjams"),
            ],
        ),
        (
            "mokymus (visų formų) organizuoti",
            "mokymus organizuoti",
            [("same", "mokymus"), ("removed", "(visų formų)"), ("same", "organizuoti")],
        ),
        # One short word in common joins no thoughts.
        (
            "stiprinti bendradarbiavimą ir kelti kvalifikaciją",
            "rinkti duomenis ir skelbti",
            [
                ("removed", "stiprinti bendradarbiavimą ir kelti kvalifikaciją"),
                ("added", "rinkti duomenis ir skelbti"),
            ],
        ),
    ],
)
def test_what_stayed_what_went_and_what_came(
    earlier: str, later: str, expected: list[tuple[str, str]]
) -> None:
    assert told(difference(earlier, later)) == expected


@pytest.mark.parametrize(
    ("earlier", "later", "pairs"),
    [
        (PART_A, MEASURE, [("18–30", "21–30")]),
        ("iki 2020 metų mokyti 5 asmenis", "iki 2022 metų mokyti 5 asmenis", [("2020", "2022")]),
        ("iki 2020 metų", "iki 2020 metų", []),
        ("mokyti visus", "mokyti 30 visus", []),
        ("nuo 1 iki 2 metų", "nuo 3 metų", []),
        # Nothing in common stands beside them.
        (PART_A, "teikti duomenis šio protokolo 2 punkte nurodytoms priemonėms;", []),
    ],
)
def test_numbers_that_changed_places(
    earlier: str, later: str, pairs: list[tuple[str, str]]
) -> None:
    assert changed_numbers(earlier, later) == pairs


TEXTS = st.lists(
    st.sampled_from(
        [
            "mokymus",
            "ir",
            "18–30",
            "21–30",
            "organizuoti",
            "(",
            ")",
            ",",
            ".",
            "aukų",
            "2.1",
            "„",
            "“",
        ]
    ),
    max_size=25,
).map(" ".join)


@settings(deadline=None)
@given(earlier=TEXTS, later=TEXTS)
def test_no_word_is_lost_and_none_is_made_up(earlier: str, later: str) -> None:
    segments = difference(earlier, later)

    old = [word for one in segments if one.kind != "added" for word in one.words]
    new = [word for one in segments if one.kind != "removed" for word in one.words]
    assert old == words_of(earlier)
    assert new == words_of(later)
    assert all(segment.words for segment in segments)


@settings(deadline=None)
@given(text=TEXTS)
def test_words_joined_are_the_same_words(text: str) -> None:
    assert words_of(joined(words_of(text))) == words_of(text)
    assert wording.similarity(text, text) == 1.0
    assert changed_numbers(text, text) == []


@settings(deadline=None)
@given(text=st.text(max_size=200), other=st.text(max_size=200))
def test_any_text_can_be_compared(text: str, other: str) -> None:
    assert 0 <= wording.similarity(text, other) <= 1
    difference(text, other)
