"""References to the data and to a single figure, as lists of references are written (ISO 690)."""

import datetime
from dataclasses import dataclass
from typing import Final

from rapporteur.translations import later, translator

TITLE: Final = later(
    "Recommendations against trafficking in human beings: implementation, prevention and "
    "investigations"
)


@dataclass(frozen=True)
class Cited:
    """What is cited: a page of ours, made of a version of the data, as somebody saw it."""

    address: str
    version: int
    dated: datetime.date
    """The day on which that version was loaded."""
    seen: datetime.date


def reference(cited: Cited, language: str, figure: str = "") -> str:
    """A reference to all of the data, or to one figure in it, by its title."""
    translate = translator(language).gettext
    title = translate(TITLE)
    if figure:
        title = translate(later("{figure}. In: {title}")).format(figure=figure, title=title)
    return translate(
        later(
            "{title} [online]. Data version {version}, {dated} [viewed {seen}]. Available from: "
            "{address}"
        )
    ).format(
        title=title,
        version=cited.version,
        dated=cited.dated.isoformat(),
        seen=cited.seen.isoformat(),
        address=cited.address,
    )


def biblatex(cited: Cited, language: str) -> str:
    """The data as an entry of BibLaTeX, which programs that keep references read."""
    fields = {
        "title": translator(language).gettext(TITLE),
        "date": cited.dated.isoformat(),
        "version": str(cited.version),
        "url": cited.address,
        "urldate": cited.seen.isoformat(),
        "langid": {"lt": "lithuanian", "en": "english"}[language],
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items()]
    return "\n".join(["@dataset{rapporteur" + f"-v{cited.version},", *lines, "}"])
