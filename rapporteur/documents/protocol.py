"""The draft of the Government's protocol, as the office writes it, from the measures loaded.

A Word document: the heading of a protocol, “1. Atsižvelgti …”, then a point for each institution
or group that something is proposed or recommended to, its name in the dative, with the measures
under it word for word. Always Lithuanian.
"""

import datetime
import io
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm

from rapporteur.delivery.loading import WrongUse
from rapporteur.documents import word
from rapporteur.translations import format_day, later
from rapporteur.warehouse.reading import Warehouse

Row = Mapping[str, Any]

_HEADING: Final = ("LIETUVOS RESPUBLIKOS VYRIAUSYBĖS", "PASITARIMO", "PROTOKOLAS")
_FIRST: Final = (
    "1. Atsižvelgti į Lietuvos Respublikos nacionalinio pranešėjo kovos su prekyba žmonėmis "
    "klausimais pateiktą informaciją apie kovos su prekyba žmonėmis situaciją."
)
_DRAFT: Final = "projektas"
_NO_VERB: Final = "[formuluotė nenurodyta]"
# A protocol of the Government leaves the country's name out of those of its institutions.
_COUNTRY: Final = "Lietuvos Respublikos "
_NUMBERED: Final = re.compile(r"\d+(\.\d+)*\. ")
# The only kind of institution whose names all decline alike.
_MUNICIPALITY: Final = re.compile(r"savivaldybė$")


def protocol(warehouse: Warehouse, code: str, *, as_of: datetime.date) -> bytes:
    """The protocol with the measures of a document, as they stand on the day `as_of`.

    Raises WrongUse for a document that is no protocol with measures, and for an institution
    whose name in the dative nobody gave.
    """

    known = {row["code"]: row for row in _answer(warehouse, as_of, "protocol/documents")}
    if code not in known:
        raise WrongUse(
            later("There is no protocol “{code}” with measures. Known: {known}."),
            code=code,
            known=", ".join(known) or "–",
        )
    about = known[code]
    measures = _measures(warehouse, as_of, code)
    datives = _datives(warehouse, as_of)
    document = word.empty(about["name"], as_of)
    _head(document, about)
    _say(document, _FIRST)
    for point, under in _points(measures):
        _put_point(document, point, under, datives)
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def undeclined(warehouse: Warehouse, code: str, *, as_of: datetime.date) -> list[str]:
    """The institutions whose names in the dative nobody gave; with any, there is no protocol."""
    datives = _datives(warehouse, as_of)
    asked = [one for row in _measures(warehouse, as_of, code) for one in row["addressees"]]
    return [one for one in dict.fromkeys(asked) if datives.get(one) is None]


def _answer(
    warehouse: Warehouse, as_of: datetime.date, question: str, **parameters: Any
) -> list[Row]:
    columns, rows = warehouse.rows(question, parameters, as_of=as_of)
    return [dict(zip(columns, row, strict=True)) for row in rows]


def _measures(warehouse: Warehouse, as_of: datetime.date, code: str) -> list[Row]:
    """The measures of a protocol, in the order of their numbers."""
    return _answer(warehouse, as_of, "protocol/measures", document=[code])


def _datives(warehouse: Warehouse, as_of: datetime.date) -> dict[str, str | None]:
    return {row["code"]: dative(row) for row in _answer(warehouse, as_of, "institutions/named")}


def dative(institution: Row) -> str | None:
    """The name in the dative as a protocol writes it; None where it is not known."""
    given = institution["dative"]
    if given is None and _MUNICIPALITY.search(institution["name"]):
        given = _MUNICIPALITY.sub("savivaldybei", institution["name"])
    if given is None:
        return None
    short = str(given).removeprefix(_COUNTRY)
    # Only what stood behind the country's name is made to begin with a capital.
    return short if short == given else short[:1].upper() + short[1:]


def _points(measures: Sequence[Row]) -> list[tuple[str, list[Row]]]:
    """The measures by the point that they stand under, in order."""
    points: dict[str, list[Row]] = {}
    for measure in measures:
        points.setdefault(measure["number"].partition(".")[0], []).append(measure)
    return list(points.items())


def _head(document: Document, about: Row) -> None:
    is_draft = about["document_status"] == _DRAFT
    if is_draft:
        _say(document, "Projektas").alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for line in _HEADING:
        paragraph = word.add_heading(document, line, 1)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    day = about["dated_on"]
    if day is not None and not is_draft:
        dated = f"{format_day(day, 'lt')} Nr."
    else:
        # The day and the number are written by hand when it is adopted.
        dated = f"{about['made_in']} m.                  d.  Nr."
    for line in (dated, "Vilnius"):
        _say(document, line).alignment = WD_ALIGN_PARAGRAPH.CENTER
    word.add_heading(document, about["name"], 2).alignment = WD_ALIGN_PARAGRAPH.CENTER


def _put_point(
    document: Document, point: str, measures: Sequence[Row], datives: Mapping[str, str | None]
) -> None:
    """A point: who is asked, then each measure; a measure of its own stands in one line."""
    named = [_to_whom(measure, datives) for measure in measures]
    verbs = list(dict.fromkeys(measure["verb"] or _NO_VERB for measure in measures))
    [first, *others] = measures
    if not others and first["number"] == point:
        _say(document, f"{point}. {verbs[0]} {named[0]} {first['text']}")
        return
    if len(set(named)) == 1 and len(verbs) == 1:
        _say(document, f"{point}. {verbs[0]} {named[0]}:")
        for measure in measures:
            _say(document, f"{measure['number']}. {measure['text']}")
        return
    # Who is asked differs from measure to measure: each says it.
    _say(document, f"{point}. {', '.join(verbs)}:")
    for measure, name in zip(measures, named, strict=True):
        _say(document, f"{measure['number']}. {name} – {measure['text']}")


def _to_whom(measure: Row, datives: Mapping[str, str | None]) -> str:
    names = []
    for code in measure["addressees"]:
        name = datives.get(code)
        if name is None:
            raise WrongUse(
                later(
                    "Nobody gave the dative of the institution “{code}”: fill in the column "
                    "Naudininkas of the sheet Institucijos and load it."
                ),
                code=code,
            )
        names.append(name)
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} ir {names[-1]}"


def _say(document: Document, words: str) -> Any:
    paragraph = word.add_paragraph(document, words)
    if _NUMBERED.match(words):
        paragraph.paragraph_format.first_line_indent = Cm(1.27)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    return paragraph
