"""Personal data in text that nobody should have sent: numbers and addresses that name a person.

What is searched for has a form of its own: personal codes (11 digits, the birth date inside), dates
of birth, phone numbers of Lithuania, e-mail addresses, numbers of cases. Names have none.
"""

import functools
import re
from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from rapporteur.delivery import reference

_YEAR = r"(?:19|20)[0-9]{2}"
_DAY = rf"(?:{_YEAR}[-./ ][0-9]{{1,2}}[-./ ][0-9]{{1,2}}|{_YEAR} ?m\. ?[^ ]+ [0-9]{{1,2}} ?d\.)"
_GAP = r"[ \x{00a0}()/~–-]{0,3}"
# Written so that both engines read them: the fast one has no look-around, so what may not stand
# before and after is part of the match, and what is found is the group.
_NO_DIGIT = r"(?:^|[^0-9])"
_NO_PART = r"(?:^|[^0-9A-Za-z-])"
_PATTERNS: Final = (
    # Century and sex, then year, month and day of birth, then four digits more.
    rf"{_NO_DIGIT}([1-6][0-9]{{2}}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[ -]?[0-9]{{4}})"
    r"(?:[^0-9]|$)",
    rf"(?:^|[^\pL])((?:[Gg]im(?:ęs|usi|usio|usios|imo|ė|\.)|GIM\.|[Gg]\.|[Bb]orn)"
    rf"[^0-9\n]{{0,20}}{_DAY})",
    # +370 and eight digits, or the same after a domestic 8 or 0.
    rf"{_NO_DIGIT}((?:\+|00)370(?:{_GAP}[0-9]){{8}})(?:[^0-9]|$)",
    rf"(?:^|[^0-9,./–-])(\(?[80](?:{_GAP}[0-9]){{8}})(?:[^0-9]|$)",
    r"([\pL0-9._+-]+@[\pL0-9-]+(?:\.[\pL0-9-]+)+)",
    # Pre-trial investigations (01-1-12345-20), proceedings (1-01-1-00123-2020-1), and cases of
    # courts (1-123-456/2020, 2K-7-1/2020, e2A-12/2021).
    rf"{_NO_PART}([0-9]{{2}}-[0-9]-[0-9]{{4,6}}-[0-9]{{2}})(?:[^0-9-]|$)",
    rf"{_NO_PART}([0-9]-[0-9]{{2}}-[0-9]-[0-9]{{5}}-{_YEAR}-[0-9])(?:[^0-9-]|$)",
    rf"{_NO_PART}(e?[0-9]?[A-ZĄČĘĖĮŠŲŪŽ]{{0,3}}[0-9]?-[0-9]{{1,6}}(?:-[0-9]{{1,4}})?/{_YEAR})"
    r"(?:[^0-9]|$)",
)
_ANY: Final = "|".join(f"(?:{pattern})" for pattern in _PATTERNS)
_EACH: Final = re.compile(
    _ANY.replace(r"\x{00a0}", "\u00a0").replace(r"^\pL", r"\W\d_").replace(r"\pL", r"\w")
)
# An amount with its thousands apart looks like a number to call, and is none.
_AMOUNT: Final = re.compile(r"\d{3}([ \u00a0])\d{3}\1\d{3}")


# Making the fast engine ready takes longer than looking at so few.
_FEW = 500


def _digits(text: str) -> str:
    return re.sub(r"[^\w@.]", "", text)


@functools.cache
def _allowed() -> frozenset[str]:
    """Published contacts that are nobody's own: data/reference/allowed_contact.csv."""
    return frozenset(_digits(row["value"]) for row in reference.rows("allowed_contact"))


def found_in(text: str) -> str | None:
    """The first piece of personal data in a text, as it stands there, or None."""
    for match in _EACH.finditer(text):
        found: str = next(filter(None, match.groups())).strip()
        if _digits(found) not in _allowed() and not _AMOUNT.fullmatch(found):
            return found
    return None


def found_in_each(texts: Sequence[str | None]) -> dict[int, str]:
    """Those of many texts that hold personal data, by their place, each with what was found."""
    if len(texts) < _FEW:
        suspects: Iterable[int] = range(len(texts))
    else:
        matches = pc.match_substring_regex(pa.array(texts, pa.string()), _ANY)
        suspects = np.flatnonzero(np.asarray(matches.fill_null(False))).tolist()
    return {
        place: piece for place in suspects if (text := texts[place]) and (piece := found_in(text))
    }
