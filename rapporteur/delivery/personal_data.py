"""Personal data in text that nobody should have sent: numbers and addresses that name a person.

What is searched for has a form of its own: personal codes (11 digits, the birth date inside), dates
of birth, phone numbers of Lithuania, e-mail addresses, numbers of cases. Names have none.
"""

import functools
import re
from collections.abc import Iterator
from typing import Final

from rapporteur.delivery import reference

_YEAR = r"(?:19|20)\d{2}"
_DAY = rf"(?:{_YEAR}[-./ ]\d{{1,2}}[-./ ]\d{{1,2}}|{_YEAR} ?m\. ?\w+ \d{{1,2}} ?d\.)"
_GAP = r"[ \u00a0\-–()/~]{0,3}"

# A run of figures with what may stand between them; what it is, is looked at closely after.
_RUN: Final = re.compile(r"[+(\d][\d \u00a0()~/–-]{5,}\d")
_IN_RUN: Final = (
    # Century and sex, then year, month and day of birth, then four digits more.
    re.compile(r"(?<!\d)[1-6]\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[ \u00a0-]?\d{4}(?!\d)"),
    # +370 and eight digits, or the same after a domestic 8 or 0; 800 000 000 is an amount.
    re.compile(rf"(?<!\d)(?:\+|00)370(?:{_GAP}\d){{8}}(?!\d)"),
    re.compile(
        rf"(?<![\d,.])(?!\d{{3}}([ \u00a0])\d{{3}}\1\d{{3}}(?!\d))"
        rf"\(?[80](?:{_GAP}\d){{8}}(?!\d)"
    ),
    # Pre-trial investigations (01-1-12345-20) and proceedings (1-01-1-00123-2020-1).
    re.compile(r"(?<![\d-])\d{2}-\d-\d{4,6}-\d{2}(?![\d-])"),
    re.compile(rf"(?<![\d-])\d-\d{{2}}-\d-\d{{5}}-{_YEAR}-\d(?![\d-])"),
)
# What else is looked for where a text has the words or signs that go with it.
_ELSEWHERE: Final = (
    (("@",), re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    (
        ("gim", "Gim", "GIM", "born", "Born", "g.", "G."),
        re.compile(rf"(?i:\b(?:gim(?:ęs|usi|usio|usios|imo|ė|\.)|g\.|born)[^\d\n]{{0,20}}{_DAY})"),
    ),
    # Cases of courts: 1-123-456/2020, 2K-7-1/2020, e2A-12/2021.
    (
        ("/",),
        re.compile(
            r"(?<![\w-])e?\d?[A-ZĄČĘĖĮŠŲŪŽ]{0,3}\d?-\d{1,6}(?:-\d{1,4})?"
            rf"/{_YEAR}(?!\w)"
        ),
    ),
)


def _digits(text: str) -> str:
    return re.sub(r"[^\w@.]", "", text)


@functools.cache
def _allowed() -> frozenset[str]:
    """Published contacts that are nobody's own: data/reference/allowed_contact.csv."""
    return frozenset(_digits(row["value"]) for row in reference.rows("allowed_contact"))


def found_in(text: str) -> str | None:
    """The first piece of personal data in a text, as it stands there, or None."""
    return next(
        (found.strip() for found in _candidates(text) if _digits(found) not in _allowed()), None
    )


def _candidates(text: str) -> Iterator[str]:
    for run in _RUN.findall(text):
        for pattern in _IN_RUN:
            if match := pattern.search(run):
                yield match[0]
    for signs, pattern in _ELSEWHERE:
        if any(sign in text for sign in signs):
            yield from (match[0] for match in pattern.finditer(text))
