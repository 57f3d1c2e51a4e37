"""What changed between two wordings, word by word: difflib's matching, made readable."""

import difflib
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

Kind = Literal["same", "removed", "added"]

# A number with what joins its parts is one word, as 18–30 is; marks stand alone.
_TOKEN: Final = re.compile(r"\d+(?:[-–./,]\d+)*|[^\W\d_]+(?:-[^\W\d_]+)*|[^\w\s]|_")
# Words in common that are no sign of a common thought, unless they stand in a run.
_LINK_WORD: Final = 3
# So many words away from common ones a number still stands in the same place.
_NEAR: Final = 3
_NO_SPACE_BEFORE: Final = frozenset(".,;:!?)]}%“”")
_NO_SPACE_AFTER: Final = frozenset("([{„")


@dataclass(frozen=True)
class Segment:
    """Words in a row that both texts have, or the earlier or the later one alone."""

    kind: Kind
    words: tuple[str, ...]

    @property
    def text(self) -> str:
        """The words as running text."""
        return joined(self.words)


def words_of(text: str) -> list[str]:
    """The words and marks of a text, in order."""
    return _TOKEN.findall(text)


def joined(words: Sequence[str]) -> str:
    """Words and marks as running text; marks keep to the words that they belong to."""
    text = ""
    for word in words:
        glued = not text or word in _NO_SPACE_BEFORE or text[-1] in _NO_SPACE_AFTER
        text += word if glued else f" {word}"
    return text


def difference(earlier: str, later: str) -> list[Segment]:
    """What both texts say, what the later left out and what it put in, in the later's order.

    Letter case does not count. The words of `same` are the later's. A few short words in common
    between long changes are told as changed: they join no thoughts.
    """
    old, new = words_of(earlier), words_of(later)
    segments: list[Segment] = []
    removed: list[str] = []
    added: list[str] = []
    for old_words, new_words, is_same in _matched(old, new):
        if is_same:
            _flush(segments, removed, added)
            segments.append(Segment("same", tuple(new_words)))
        else:
            removed += old_words
            added += new_words
    _flush(segments, removed, added)
    return segments


def changed_numbers(earlier: str, later: str) -> list[tuple[str, str]]:
    """Numbers of the earlier text and those that stand in their place in the later one.

    In one place stand numbers a few words away from the same words that both texts have, as many
    in each.
    """
    segments = difference(earlier, later)
    pairs: list[tuple[str, str]] = []
    for place, (one, other) in enumerate(itertools.pairwise(segments)):
        if (one.kind, other.kind) != ("removed", "added"):
            continue
        follows, precedes = place > 0, place + 2 < len(segments)
        old = _numbers_near(one.words, at_start=follows, at_end=precedes)
        new = _numbers_near(other.words, at_start=follows, at_end=precedes)
        if len(old) == len(new):
            pairs += [(before, now) for before, now in zip(old, new, strict=True) if before != now]
    return pairs


def similarity(earlier: str, later: str) -> float:
    """How much of two texts is the same, from 0 to 1."""
    old, new = words_of(earlier), words_of(later)
    same = sum(len(new_words) for _, new_words, is_same in _matched(old, new) if is_same)
    return 2 * same / (len(old) + len(new)) if old or new else 1.0


def _numbers_near(words: Sequence[str], *, at_start: bool, at_end: bool) -> list[str]:
    """The numbers among the words next to what both texts have, before them or after them."""
    near = set(range(_NEAR)) if at_start else set()
    if at_end:
        near |= set(range(len(words) - _NEAR, len(words)))
    return [word for place, word in enumerate(words) if place in near and word[0].isdigit()]


def _flush(segments: list[Segment], removed: list[str], added: list[str]) -> None:
    if removed:
        segments.append(Segment("removed", tuple(removed)))
    if added:
        segments.append(Segment("added", tuple(added)))
    removed.clear()
    added.clear()


def _matched(
    old: Sequence[str], new: Sequence[str]
) -> Iterator[tuple[Sequence[str], Sequence[str], bool]]:
    """Stretches of both texts in order, and whether they are the same."""
    matcher = difflib.SequenceMatcher(
        a=[word.casefold() for word in old], b=[word.casefold() for word in new], autojunk=False
    )
    operations = matcher.get_opcodes()
    for place, (kind, a, b, c, d) in enumerate(operations):
        # Between two changes a match must carry a thought.
        is_inside = 0 < place < len(operations) - 1
        is_same = kind == "equal" and not (is_inside and not _carries_a_thought(new[c:d]))
        yield old[a:b], new[c:d], is_same


def _carries_a_thought(words: Sequence[str]) -> bool:
    long_words = [word for word in words if len(word) > _LINK_WORD or word[0].isdigit()]
    is_run = len(words) > 1 and len(long_words) > 0
    return is_run or any(len(word) > 2 * _LINK_WORD for word in words)
