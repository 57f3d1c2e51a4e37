"""Shows a number as a spreadsheet shows it by the code of its format.

Formats are those of ECMA-376 part 1, 18.8.30 and 18.8.31. Separators are those of Lithuanian: a
decimal comma, no-break spaces between thousands.
"""

import datetime
import functools
import math
import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from fractions import Fraction
from typing import Final

GENERAL: Final = "General"
_NO_BREAK_SPACE: Final = "\N{NO-BREAK SPACE}"
# Codes of formats that are known by a number alone; 27 to 36 and 50 to 58 are dates of the East.
BUILT_IN: Final = {
    0: GENERAL, 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00",
    5: '#,##0\\ "€";-#,##0\\ "€"', 6: '#,##0\\ "€";-#,##0\\ "€"',
    7: '#,##0.00\\ "€";-#,##0.00\\ "€"', 8: '#,##0.00\\ "€";-#,##0.00\\ "€"',
    9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    14: "yyyy-mm-dd", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy",
    18: "h:mm", 19: "h:mm:ss", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy-mm-dd h:mm",
    37: "#,##0;(#,##0)", 38: "#,##0;(#,##0)", 39: "#,##0.00;(#,##0.00)", 40: "#,##0.00;(#,##0.00)",
    41: '#,##0;-#,##0;"-"', 42: '#,##0\\ "€";-#,##0\\ "€";"-"\\ "€"',
    43: '#,##0.00;-#,##0.00;"-"??', 44: '#,##0.00\\ "€";-#,##0.00\\ "€";"-"??\\ "€"',
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
}  # fmt: skip
_TOKEN: Final = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_(?P<space>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>General|Standard)|(?P<half>AM/PM|A/P)|(?P<science>[Ee][+-])|(?P<digit>[0#?])"
    r"|(?P<point>\.)|(?P<comma>,)|(?P<percent>%)|(?P<text>@)|(?P<date>[ymdhsYMDHSbBeEgG]+)"
    r"|(?P<other>.)",
    re.DOTALL,
)
_CONDITION: Final = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)")
_ELAPSED: Final = re.compile(r"h+|m+|s+", re.IGNORECASE)

_Token = tuple[str, str]


@functools.lru_cache(maxsize=1024)
def _sections(code: str) -> tuple[tuple[_Token, ...], ...]:
    """The sections of a format as tokens: what kind each is, and its words."""
    sections: list[list[_Token]] = [[]]
    for match in _TOKEN.finditer(code):
        kind = str(match.lastgroup)
        if match[0] == ";" and kind == "other":
            sections.append([])
        else:
            sections[-1].append((kind, match[kind]))
    return tuple(map(tuple, sections))


def _condition(section: tuple[_Token, ...]) -> tuple[str, float] | None:
    for kind, words in section:
        if kind == "bracket" and (match := _CONDITION.fullmatch(words)):
            return match[1], float(match[2])
    return None


def _holds(value: float, sign: str, limit: float) -> bool:
    return {
        "<": value < limit,
        "<=": value <= limit,
        ">": value > limit,
        ">=": value >= limit,
        "=": value == limit,
        "<>": value != limit,
    }[sign]


def _is_date(section: tuple[_Token, ...]) -> bool:
    return any(
        kind == "date" or (kind == "bracket" and _ELAPSED.fullmatch(words))
        for kind, words in section
    )


def shows_whole_date(code: str) -> bool:
    """Tell whether a format shows year, month and day, so that a date is seen as it is stored."""
    letters = {
        letter
        for kind, words in _sections(code)[0]
        for letter in (words.lower() if kind == "date" else "")
    }
    return {"y", "m", "d"} <= letters


def is_date(code: str) -> bool:
    """Tell whether a format shows numbers as dates or times."""
    return _is_date(_sections(code)[0])


def hides_or_changes_text(code: str) -> bool:
    """Tell whether a format shows a text otherwise than it is, as ;;; shows nothing of it."""
    sections = _sections(code)
    if len(sections) < 4 and not any(kind == "text" for kind, _ in sections[-1]):
        return False
    return shown_text("x", code).strip() != "x"


def shown_text(text: str, code: str) -> str:
    """A text as a format with a section for texts shows it."""
    sections = _sections(code)
    section = sections[3] if len(sections) > 3 else sections[-1]
    return "".join(text if kind == "text" else _literal(kind, words) for kind, words in section)


def shown(value: float, code: str, *, is_1904: bool = False) -> str:
    """A number as a format shows it; for dates, what of the day the format shows."""
    value = float(value)
    section, is_signed = _section_for(value, code)
    if section is None:
        return "####"
    if _is_date(section):
        return _shown_date(value, section, is_1904=is_1904)
    sign = "-" if value < 0 and is_signed else ""
    kinds = [kind for kind, _ in section]
    if not {"digit", "general", "text"} & set(kinds):
        return (sign + "".join(_literal(*token) for token in section)).strip()
    if "digit" not in kinds:
        number = general(abs(value))
        parts = (
            number if kind in {"general", "text"} else _literal(kind, words)
            for kind, words in section
        )
        return (sign + "".join(parts)).strip()
    said = _shown_number(abs(value), section)
    is_nought = not re.search(r"[1-9]", said)
    return ("" if is_nought else sign) + said


def _section_for(value: float, code: str) -> tuple[tuple[_Token, ...] | None, bool]:
    """The section that shows a number, and whether the sign of the number is shown beside it."""
    sections = _sections(code)[:3]
    conditions = [_condition(section) for section in sections]
    if any(conditions):
        for section, condition in zip(sections, conditions, strict=True):
            if condition is None or _holds(value, *condition):
                return section, condition is None or condition not in {("<", 0.0), ("<=", 0.0)}
        return None, True
    if value < 0 and len(sections) > 1:
        return sections[1], False
    if value == 0 and len(sections) > 2:
        return sections[2], True
    return sections[0], True


def general(value: float) -> str:
    """A number as cells without a format show it: 11 characters at most."""
    if value.is_integer() and abs(value) < 1e11:
        return str(int(value))
    if 1e-9 <= abs(value) < 1e11:
        whole = len(str(int(abs(value))))
        digits = f"{value:.{max(10 - whole, 0)}f}".rstrip("0").rstrip(".")
        return digits.replace(".", ",")
    return f"{value:.5E}".replace(".", ",")


def _literal(kind: str, words: str) -> str:
    if kind in {"quoted", "escaped", "other"}:
        return words
    if kind == "bracket" and words.startswith("$"):  # [$€-427]: a currency and its language
        return words[1:].partition("-")[0]
    return {"space": " ", "percent": "%", "comma": "", "point": ","}.get(kind, "")


def _scaled(value: float, section: tuple[_Token, ...]) -> Decimal:
    """The number as it is written: in hundredths for each %, in thousands for each last comma."""
    number = Decimal(f"{value:.15g}")
    number *= Decimal(100) ** sum(kind == "percent" for kind, _ in section)
    return number / Decimal(1000) ** _last_commas(section)


def _last_commas(section: tuple[_Token, ...]) -> int:
    """Commas behind the last digit, or right before the decimal point; others part thousands."""
    kinds = [kind for kind, _ in section]
    last = max(place for place, kind in enumerate(kinds) if kind == "digit")
    count = kinds[last:].count("comma")
    point = kinds.index("point") if "point" in kinds[:last] else 0
    while point and kinds[point - 1] == "comma":
        point -= 1
        count += 1
    return count


def _shown_number(value: float, section: tuple[_Token, ...]) -> str:
    kinds = [kind for kind, _ in section]
    if "science" in kinds:
        return _shown_science(value, section)
    if ("other", "/") in section and "point" not in kinds:
        return _shown_fraction(value, section)
    number = _scaled(value, section)
    first = kinds.index("point") if "point" in kinds else len(kinds)
    whole, rest = section[:first], section[first:]
    decimals = [words for kind, words in rest if kind == "digit"]
    try:
        rounded = number.quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP)
    except InvalidOperation:  # more digits than can be told apart
        rounded = number
    digits, _, fraction = f"{rounded:f}".partition(".")
    return (_shown_whole(digits, whole) + _shown_rest(fraction, rest)).strip()


def _shown_whole(digits: str, whole: tuple[_Token, ...]) -> str:
    """The digits before the decimal point in their places, filled from the right."""
    places = [place for place, (kind, _) in enumerate(whole) if kind == "digit"]
    has_groups = any(
        kind == "comma" and places and places[0] < place < places[-1]
        for place, (kind, _) in enumerate(whole)
    )
    remaining = digits.lstrip("0")
    made: list[str] = []
    written = 0
    for place in range(len(whole) - 1, -1, -1):
        kind, words = whole[place]
        if kind != "digit":
            made.append(_literal(kind, words)[::-1])
            continue
        take = remaining if place == places[0] else remaining[-1:]
        remaining = "" if place == places[0] else remaining[:-1]
        for digit in reversed(take or {"0": "0", "?": " "}.get(words, "")):
            if has_groups and written and written % 3 == 0:
                made.append(_NO_BREAK_SPACE)
            made.append(digit)
            written += 1
    return "".join(made)[::-1]


def _shown_rest(fraction: str, rest: tuple[_Token, ...]) -> str:
    """The decimal comma and what follows it; digits that may be left out are, when they are 0."""
    wanted = [words for kind, words in rest if kind == "digit"]
    kept = len(fraction)
    while kept and wanted[kept - 1] != "0" and fraction[kept - 1] == "0":
        kept -= 1
    made = []
    place = 0
    for kind, words in rest:
        if kind == "digit":
            made.append(fraction[place] if place < kept else "")
            place += 1
        elif kind == "point":
            made.append("," if kept else "")
        else:
            made.append(_literal(kind, words))
    return "".join(made)


def _shown_science(value: float, section: tuple[_Token, ...]) -> str:
    mark = next(place for place, (kind, _) in enumerate(section) if kind == "science")
    before = [kind for kind, _ in section[:mark]]
    point = before.index("point") if "point" in before else len(before)
    decimals = before[point:].count("digit")
    words = f"{value:.{decimals}E}".replace(".", ",")
    after = (token for token in section[mark + 1 :] if token[0] != "digit")
    return words + "".join(_literal(*token) for token in after)


def _shown_fraction(value: float, section: tuple[_Token, ...]) -> str:
    slash = section.index(("other", "/"))
    below = "".join(words for kind, words in section[slash:] if kind in {"digit", "other"})[1:]
    before = "".join(words if kind == "digit" else " " for kind, words in section[:slash])
    has_whole = len(before.split()) > 1
    exact = Fraction(f"{value:.15g}")
    fixed = re.fullmatch(r"\s*([1-9]\d*)\s*", below)
    if fixed:
        denominator = int(fixed[1])
        found = Fraction(round(exact * denominator), denominator)
    else:
        found = exact.limit_denominator(10 ** min(below.count("?") + below.count("#"), 7) - 1 or 9)
    whole, rest = divmod(found, 1) if has_whole else (0, found)
    part = f"{rest.numerator}/{rest.denominator}" if rest else ""
    return f"{whole or ''} {part}".strip() or "0"


def _shown_date(value: float, section: tuple[_Token, ...], *, is_1904: bool) -> str:
    """A day as a format shows it: years, months and days in figures, other words as such."""
    if value < 0 or value > 2_958_466:
        return "####"
    first = datetime.datetime(1904, 1, 1) if is_1904 else datetime.datetime(1899, 12, 30)
    moment = first + datetime.timedelta(days=value)
    hours = math.floor(value * 24 + 1e-6)
    made = []
    for kind, words in section:
        letters = words.lower()
        if kind == "bracket" and _ELAPSED.fullmatch(words):
            made.append(str(hours))
        elif kind != "date":
            made.append(_literal(kind, words) if kind != "point" else ".")
        elif letters[0] in "ye":
            made.append(f"{moment.year:04}" if len(letters) > 2 else f"{moment.year % 100:02}")
        else:
            figures = {"m": moment.month, "d": moment.day, "h": moment.hour, "s": moment.second}
            made.append(f"{figures.get(letters[0], 0):02}")
    return "".join(made).strip()
