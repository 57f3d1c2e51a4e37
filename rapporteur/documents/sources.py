"""The texts of sources that are held here, and where in them the words of a quote stand."""

import functools
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from rapporteur.settings import DATA

_FOLDER: Final = DATA / "documents"
_SPACE: Final = re.compile(r"\s+")
_QUOTATION_MARKS: Final = '„“”"«»'
# A piece so short stands in too many places to tell one from another.
_SHORTEST: Final = 12


def held() -> dict[str, Path]:
    """The codes of the sources whose texts are held, with their files."""
    return {path.stem: path for path in sorted(_FOLDER.glob("*.txt"))}


@functools.lru_cache(maxsize=64)
def paragraphs(code: str) -> tuple[str, ...]:
    """The text of a source paragraph by paragraph; empty where it is not held."""
    path = held().get(code)
    if path is None:
        return ()
    lines = path.read_text(encoding="utf-8").splitlines()
    return tuple(line.strip() for line in lines if line.strip())


def places(texts: Sequence[str], words: str) -> list[int]:
    """Which paragraphs hold the words of a quote, or are held by them, from 0.

    Letter case and runs of spaces do not count, and an ellipsis stands for words left out.
    """
    quote = _plain(words)
    pieces = [piece for piece in (part.strip() for part in re.split(r"…|\.\.\.", quote)) if piece]
    if not pieces:
        return []
    found = []
    for place, text in enumerate(map(_plain, texts)):
        holds = _in_order(text, pieces)
        is_held = len(text) >= _SHORTEST and text in quote
        if holds or is_held:
            found.append(place)
    return found


def _in_order(text: str, pieces: Sequence[str]) -> bool:
    place = 0
    for piece in pieces:
        place = text.find(piece, place)
        if place < 0:
            return False
        place += len(piece)
    return True


def _plain(text: str) -> str:
    return _SPACE.sub(" ", text).strip().strip(_QUOTATION_MARKS).casefold()
