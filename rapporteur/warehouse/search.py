"""Search that forgives: letter case, diacritics and Lithuanian endings do not hide a word.

A word is compared by its keys. One is the stem of the word as it is written; but who types without
diacritics types endings that the stemmer does not know, so another is the stem of the word without
them, and both are cut where Lithuanian changes the last consonant of a stem (pilietis, piliečių).
Stems: the Lithuanian stemmer of Snowball, https://snowballstem.org.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import snowballstemmer

# Numbers keep what joins them: 18–30, 2.1, 3.
_WORD: Final = re.compile(r"\d+(?:[-./]\d+)*|[^\W\d_]+")
_DASHES: Final = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
# A stem that loses its last letters here is shared by the forms before and after the change.
_CHANGED: Final = (("dz", "d"), ("c", "t"))
_SHORTEST_STEM: Final = 3
# Endings that the stemmer does not know, and others of the same word that it does: those typed
# without diacritics, and those of amžius and asmuo.
_RESPELLED: Final = (
    ("ems", "ėms"),
    ("emis", "ėmis"),
    ("eje", "ėje"),
    ("ese", "ėse"),
    ("es", "ės"),
    ("iaus", "ius"),
    ("uo", "enų"),
)
# So long a word typed is found as the beginning of a longer one: English has endings, too.
_BEGINNING: Final = 4


def finds(typed: Sequence[str], text: str) -> bool:
    """Whether a text holds all the words of any of those typed.

    What was typed without a word in it, such as punctuation alone, finds nothing.
    """
    known = _keys_of(text)
    for one in typed:
        words = _words(one)
        if words and all(_is_among(word, known) for word in words):
            return True
    return False


@lru_cache(maxsize=5_000)
def _keys_of(text: str) -> frozenset[str]:
    return frozenset(key for word in _words(text) for key in _keys(word))


def _is_among(word: str, known: frozenset[str]) -> bool:
    if not known.isdisjoint(_keys(word)):
        return True
    beginning = _folded(word)
    return (
        len(beginning) >= _BEGINNING
        and beginning.isalpha()
        and any(key.startswith(beginning) for key in known)
    )


def _words(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFC", text).lower().translate(_DASHES))


@lru_cache(maxsize=50_000)
def _keys(word: str) -> frozenset[str]:
    folded = _folded(word)
    if not word.isalpha():
        return frozenset({folded})
    # A stemmer keeps the word that it works on: one of its own for each, so that threads may ask.
    stemmer = snowballstemmer.stemmer("lithuanian")
    spelled = {word, folded}
    for ending, known in _RESPELLED:
        if folded.endswith(ending):
            spelled.add(folded.removesuffix(ending) + known)
    stems = {_folded(stemmer.stemWord(one)) for one in spelled}
    long_enough = {_unchanged(stem) for stem in stems if len(stem) >= _SHORTEST_STEM}
    return frozenset(long_enough | {folded})


def _unchanged(stem: str) -> str:
    """The stem before its last consonant changed: piliec- and piliet- are one."""
    bare = stem.removesuffix("i")
    for changed, original in _CHANGED:
        if bare.endswith(changed):
            return bare.removesuffix(changed) + original
    return stem


def _folded(word: str) -> str:
    """A word without its diacritics, in small letters."""
    return "".join(
        letter
        for letter in unicodedata.normalize("NFKD", word.casefold())
        if not unicodedata.combining(letter)
    )
