"""The control beneath a chart that gives it as a picture, with what a picture needs to stand alone.

A component of our own: the pictures are made in the browser, of what is drawn there, when asked
for. Plotly's own button knows neither title nor source, and nothing on the server can draw. On
paper the same picture stands in the place of the chart, which would be cut off at its width.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import streamlit as st

from rapporteur.delivery import file_limits
from rapporteur.ui import door
from rapporteur.ui.language import current_language, text

_HERE: Final = Path(__file__).parent
_HTML: Final = """
<div class="picture">
  <div class="controls">
    <span class="lead"></span>
    <button type="button" class="svg">SVG</button>
    <button type="button" class="png">PNG</button>
    <span class="status" role="status"></span>
  </div>
  <figure class="on-paper" hidden></figure>
</div>
"""
_MOST_SOURCES: Final = 2


def beneath(chart: str, *, title: str, subtitle: str, source: str, file_name: str) -> None:
    """Two buttons that give the chart drawn under the key `chart` as SVG and as PNG.

    `subtitle` says what was chosen, `source` whence the figures are; `file_name` has no ending.
    """
    _component()(
        key=f"picture:{chart}",
        data={
            "chart": chart,
            "title": title,
            "subtitle": subtitle,
            "source": source,
            "dated": dated(),
            "file": file_name,
            "language": current_language(),
            "words": {
                "lead": text("Picture:"),
                "svg": text("Download the chart as SVG: {title}").format(title=title),
                "png": text("Download the chart as PNG: {title}").format(title=title),
                "done": text("The picture is downloaded."),
                "failed": text("The picture could not be made."),
            },
        },
        height="content",
        width="content",
    )


def sources(titles: Iterable[Any], *, most: int = _MOST_SOURCES) -> str:
    """The line that names the sources of a picture: the first ones, and how many more there are.

    Nothings among the titles are left out.
    """
    known = [str(title) for title in dict.fromkeys(titles) if isinstance(title, str) and title]
    if not known:
        known = door.ask("overview/deliveries")["code"].tolist()
    named = "; ".join(known[:most])
    if len(known) > most:
        named += " " + text("and {count} more").format(count=len(known) - most)
    return (text("Source") if len(known) == 1 else text("Sources")) + f": {named}"


def file_stem(name: str, filters: Mapping[str, object]) -> str:
    """A file name that says what is inside: the question and every single value chosen."""
    chosen = []
    for filter_name, value in filters.items():
        only = value[0] if isinstance(value, list | tuple) and len(value) == 1 else value
        if isinstance(only, str | int) and not isinstance(only, bool):
            # Of a yes only what was asked tells anything.
            chosen.append(filter_name if only == "taip" else str(only))
    return file_limits.file_stem("-".join([name, *chosen]))


def dated() -> str:
    """The day and the version of the data: those of the last load."""
    last = door.ask("overview/versions").iloc[-1]
    return text("Data: {day}, version {version}").format(
        day=last["loaded_at"].date().isoformat(), version=last["version"]
    )


@st.cache_resource(show_spinner=False)
def _component() -> Any:
    return st.components.v2.component("picture", html=_HTML, css=_file("css"), js=_file("js"))


@lru_cache
def _file(ending: str) -> str:
    return (_HERE / f"picture.{ending}").read_text(encoding="utf-8")
