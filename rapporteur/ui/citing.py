"""How to cite the data and a single figure: ready-made, to be copied."""

from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urljoin

import streamlit as st

from rapporteur.documents.citations import Cited, biblatex, reference
from rapporteur.translations import LANGUAGES
from rapporteur.ui import door
from rapporteur.ui.language import current_language, text


def the_data() -> None:
    """References to all of the data, and what to add for a single figure."""
    st.markdown(
        text(
            "Name the version of the data with the day of its load, and for a single figure the "
            "source that it rests on as well: its sentence is one click away."
        )
    )
    cited = _cited("")
    _references(cited, {})
    with st.expander(text("For programs that keep references (BibLaTeX)"), key="cite:biblatex"):
        st.code(biblatex(cited, current_language()), language=None, wrap_lines=True)
    st.caption(
        text(
            "A single figure: where it is told how it is counted, its own reference stands ready. "
            "The button above that copies a link gives the address of what is seen on a page, "
            "filters and all; a file of Excel holds it, too."
        )
    )


def a_figure(titles: Mapping[str, str], url_path: str) -> None:
    """References to what a question answers; `titles` by language, shown at a page of ours."""
    _references(_cited(url_path), titles)
    st.caption(
        text(
            "With filters, put in its place the address that the button above the page copies, and "
            "name the source of the figure beside it."
        )
    )


def _references(cited: Cited, titles: Mapping[str, str]) -> None:
    for language, name in (("lt", text("In Lithuanian")), ("en", text("In English"))):
        st.markdown(f"**{name}**")
        address = cited.address + ("" if language == LANGUAGES[0] else f"?lang={language}")
        st.code(
            reference(replace(cited, address=address), language, titles.get(language, "")),
            language=None,
            wrap_lines=True,
        )


def _cited(url_path: str) -> Cited:
    """A page of ours beside the one that is open, as it is now."""
    last = door.ask("overview/versions").iloc[-1]
    address = urljoin(st.context.url or "", url_path or ".")
    return Cited(address, int(last["version"]), last["loaded_at"].date(), door.day())
