"""A field in which one of many is found by typing, whatever the diacritics: “siau” finds Šiauliai.

A component of our own, as the lists of Streamlit look for letters as they are typed
(https://github.com/streamlit/streamlit/issues/15110). What opens, is read aloud and is reached by
keys is accessible-autocomplete of GOV.UK; see assets/accessible-autocomplete.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import streamlit as st

from rapporteur.settings import ASSETS
from rapporteur.ui.language import text

Entry = tuple[str, str, str, str]
"""Of the index: what is sent when it is chosen, its name, more words to find it by, its kind."""

_HERE: Final = Path(__file__).parent
_LIBRARY: Final = ASSETS / "accessible-autocomplete" / "accessible-autocomplete.min.js"
_WIDTH_OF_FOUND: Final = 560
_MOST_FOUND: Final = 30
# A field waits for what the component beside it brings.
_FIELD: Final = """
export default function (component) {
  let undo;
  const waiting = new AbortController();
  const draw = () => {
    undo = globalThis.rapporteurFinding(component);
  };
  if (globalThis.rapporteurIndex) {
    draw();
  } else {
    globalThis.addEventListener("rapporteur-index", draw, { once: true, signal: waiting.signal });
  }
  return () => {
    waiting.abort();
    undo?.();
  };
}
"""
_INDEX: Final = """
export default function ({ data }) {
  globalThis.rapporteurIndex = data;
  globalThis.dispatchEvent(new Event("rapporteur-index"));
}
"""
_HTML: Final = '<div class="finding"><label></label><div class="field"></div></div>'


def bring(index: Sequence[Entry]) -> None:
    """Give the browser what all fields share, and what can be found from anywhere.

    The message is the same until other data are loaded or the language changes, so it is sent once
    and later only referred to.
    """
    _components()[0](key="finding", data=[list(entry) for entry in index], height="content")


def one_of(
    name: str,
    label: str,
    options: Mapping[str, str],
    chosen: str | None,
    *,
    all_label: str,
    on_choice: Callable[[str | None], None],
) -> None:
    """Ask for one of `options` (code to name); `on_choice` is called with another code, or None."""
    key = f"find:{name}"

    def changed() -> None:
        told = _told(key)
        code = told[0] if told else None
        if told is not None and (code is None or code in options):
            on_choice(code)

    _components()[1](
        key=key,
        data={
            "id": f"find-{name}",
            "label": label,
            "placeholder": all_label,
            "chosen": chosen,
            "options": [list(option) for option in options.items()],
            "stays": True,
            "words": _words() | {"clear": text("Clear: {label}").format(label=label)},
        },
        on_chosen_change=changed,
        height="content",
    )


def anything(
    label: str,
    placeholder: str,
    *,
    beyond: str,
    nothing_but_beyond: str,
    on_choice: Callable[[str, str], None],
) -> None:
    """Look through the index of `bring`; reached from anywhere by Ctrl+K.

    `beyond` offers to look for `{words}` elsewhere, too, and `nothing_but_beyond` does so where
    the index has none: `on_choice` is then called with "?" and those words.
    """
    key = "find:anything"

    def changed() -> None:
        if told := _told(key):
            on_choice(told[0], told[1] if len(told) > 1 else "")

    _components()[1](
        key=key,
        data={
            "id": "find-anything",
            "label": label,
            "placeholder": placeholder,
            "chosen": None,
            "stays": False,
            # Not a letter alone: whoever speaks to the computer would press it unawares.
            "keys": "Control+K Meta+K",
            "beyond": beyond,
            "nothingButBeyond": nothing_but_beyond,
            "most": _MOST_FOUND,
            "width": _WIDTH_OF_FOUND,
            "words": _words(),
        },
        on_chosen_change=changed,
        height="content",
    )


def _told(key: str) -> list[str] | None:
    """What the browser says was chosen: a code, or none, or “?” and words; None for nothing."""
    told = st.session_state[key].chosen
    is_understood = isinstance(told, list) and all(isinstance(one, str) for one in told)
    return told if is_understood else None


def _words() -> dict[str, str]:
    return {
        "nothing": text("Nothing found"),
        "results": text("Found: {count}."),
        "selected": text("{option}, {place} of {count}"),
        "hint": text(
            "Type a part of the name, with or without diacritics. Go through what is found with "
            "the up and down arrows, choose with Enter; Enter alone chooses the first."
        ),
    }


@st.cache_resource(show_spinner=False)
def _components() -> tuple[Any, Any]:
    scripts = (_LIBRARY, _HERE / "matching.js", _HERE / "finding.js")
    shared = "\n".join(script.read_text(encoding="utf-8") for script in scripts)
    return (
        st.components.v2.component("finding_index", js=shared + _INDEX),
        st.components.v2.component(
            "finding", html=_HTML, css=(_HERE / "finding.css").read_text("utf-8"), js=_FIELD
        ),
    )
