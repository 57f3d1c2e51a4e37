"""Choices that live in the URL under codes, so that a link opens what its sender saw.

Streamlit's own `bind="query-params"` writes an option's label, which changes with the language.
Here the URL holds the code, and the session remembers it because the URL loses it on the way to
another page. Who is right when they differ:

- the reader changed a widget: the widget; the URL is written after it;
- the URL is not what we left there (an incoming link, the back button): the URL;
- the reader has just come from another page and the URL says nothing: the session.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import streamlit as st
from streamlit.elements.lib.layout_utils import WidthWithoutContent

from rapporteur.delivery import reference
from rapporteur.translations import LANGUAGES
from rapporteur.ui import finding, language
from rapporteur.ui.language import text

_NAMES_OF_LANGUAGES = {"lt": "Lietuvių", "en": "English"}


@dataclass
class _Kept:
    """What the session knows of one filter."""

    codes: tuple[str, ...]
    """The reader's choice; empty means all."""
    left_in_url: tuple[str, ...]
    """What the URL held when we last touched it."""
    options: tuple[tuple[str, str], ...] = ()
    """Codes and labels last offered: other labels make it another widget for Streamlit."""
    is_of_the_page: bool = False
    """Means something on this page only, and is forgotten with it."""
    unknown: tuple[str, ...] = ()
    """What the address asked for and this page does not have, until something is chosen."""


@dataclass(frozen=True)
class Said:
    """A choice as it stands in this run: for paper, for pictures, for a link that says it all."""

    label: str
    words: str
    codes: tuple[str, ...]
    """What is shown, whether the reader chose it or not; empty for all."""
    is_narrowed: bool
    """Another than what the page shows by itself."""


@dataclass
class _Session:
    page: str
    kept: dict[str, _Kept]
    said: dict[str, Said] = field(default_factory=dict)
    """In the order in which the page asks."""


def choose(
    name: str,
    label: str,
    options: Mapping[str, str],
    *,
    all_label: str,
    default: str | None = None,
    is_of_the_page: bool = False,
    width: WidthWithoutContent = "stretch",
) -> str | None:
    """Ask for one of `options` (code to label), or none of them for all; returns the code.

    `name` is the URL parameter and the widget's key. A code that is not among the options, or
    several codes where one can be shown, count as all. `default` is what none of them stands for
    where that is one of them: a copied link names it, as another may be the default later.
    """
    codes = _begin(name, options, several=False)
    _set_widget(name, options, codes[0] if codes else None)
    chosen = st.selectbox(
        label,
        options=list(options),
        format_func=lambda code: options.get(code, code),
        index=None,
        placeholder=all_label,
        # Short lists are read, not searched: what is typed would be answered in English.
        filter_mode=None,
        key=name,
        on_change=_changed,
        args=(name,),
        width=width,
    )
    code = chosen if chosen in options else None
    _session().kept[name].is_of_the_page = is_of_the_page
    _say_one(name, label, options, code, all_label=all_label, default=default)
    return code


def find(
    name: str,
    label: str,
    options: Mapping[str, str],
    *,
    all_label: str,
    default: str | None = None,
) -> str | None:
    """As `choose`, of so many options that one is looked for by typing a part of its name.

    Whatever the diacritics: finding.py tells how.
    """
    codes = _begin(name, options, several=False)
    code = codes[0] if codes else None
    finding.one_of(
        name,
        label,
        options,
        code,
        all_label=all_label,
        on_choice=lambda found: take(name, [found] if found else []),
    )
    _say_one(name, label, options, code, all_label=all_label, default=default)
    return code


def choose_several(
    name: str, label: str, options: Mapping[str, str], *, all_label: str | None = None
) -> list[str]:
    """Ask for any of `options` (code to label); returns the codes, an empty list for all.

    In the URL the parameter is repeated, one code each.
    """
    known = _begin(name, options, several=True)
    _set_widget(name, options, list(known))
    chosen = st.multiselect(
        label,
        options=list(options),
        format_func=lambda code: options.get(code, code),
        placeholder=all_label,
        # Its button is in English, and all of them are what none of them stands for.
        select_all=False,
        key=name,
        on_change=_changed,
        args=(name,),
    )
    codes = tuple(code for code in chosen if code in options)
    words = ", ".join(options[code] for code in codes) or (all_label or "")
    _say(name, label, words, codes, is_narrowed=bool(codes))
    return list(codes)


def take(name: str, codes: Sequence[str]) -> None:
    """Choose `codes` for the reader, as if the widget of that name had been changed.

    For callbacks of something else that is clicked, such as a place on a map.
    """
    session: _Session = st.session_state["filters"]
    kept = session.kept.setdefault(name, _Kept((), ()))
    kept.codes = kept.left_in_url = tuple(codes)
    kept.unknown = ()
    # All of them: after two quick choices the browser still sends the URL of before the first.
    for each, other in session.kept.items():
        _write_url(each, other.left_in_url)


def clear(names: Iterable[str]) -> None:
    """Take back what is chosen of these filters, for a callback."""
    for name in names:
        take(name, ())


def write_words(name: str, label: str, *, placeholder: str) -> str | None:
    """Ask for words to search for; returns them as typed, None when there are none."""
    typed = _begin(name, None, several=False)
    _set_widget(name, {}, typed[0] if typed else "")
    words = st.text_input(
        label, key=name, placeholder=placeholder, on_change=_changed, args=(name,), max_chars=200
    )
    if words.strip():
        _say(name, label, f"„{words.strip()}“", (words,), is_narrowed=True)
    return words.strip() or None


def page_wanted(name: str) -> int:
    """The page of a long list that the URL asks for, from 1; `turn_pages` draws the widget."""
    [asked, *_] = _begin(name, None, several=False) or ("",)
    _session().kept[name].is_of_the_page = True
    return int(asked) if asked.isdecimal() and 0 < int(asked) < 1_000_000 else 1


def turn_pages(name: str, pages: int, page: int) -> None:
    """Ask which of `pages` to show; `page` is the one that is shown."""
    if st.session_state.get(name, page) != page:
        st.session_state[name] = page
    st.pagination(pages, default=page, key=name, on_change=_changed, args=(name,))
    said = text("{page} of {pages}").format(page=page, pages=pages)
    _say(name, text("Page"), said, (str(page),) if page > 1 else (), is_narrowed=False)


def language_switch() -> str:
    """Ask for the language; returns its code. Call it first in app.py, before any text.

    Lithuanian is the default and is written into the URL only by whoever made the link.
    """
    _session().said.clear()
    offered = {code: _NAMES_OF_LANGUAGES[code] for code in LANGUAGES}
    codes = _begin("lang", offered, several=False)
    code = codes[0] if codes else language.DEFAULT
    st.session_state[language.REMEMBERED] = code
    _set_widget("lang", offered, code)
    st.segmented_control(
        "Kalba / Language",
        options=list(offered),
        format_func=offered.__getitem__,
        required=True,
        key="lang",
        label_visibility="collapsed",
        on_change=_changed,
        args=("lang",),
    )
    return code


def forget() -> None:
    """Let go of every choice but the language, for a way that leads to all there is."""
    session: _Session = st.session_state["filters"]
    session.kept = {name: kept for name, kept in session.kept.items() if name == "lang"}


def carried() -> dict[str, list[str]]:
    """What is chosen by now, for links: an address that has it all is not completed on arrival."""
    return {
        name: list(kept.codes)
        for name, kept in _session().kept.items()
        if kept.codes and not kept.is_of_the_page
    }


def said() -> Mapping[str, Said]:
    """Every choice that the page has asked for so far in this run, by its name in the URL."""
    return _session().said


def unknown() -> Mapping[str, str]:
    """What the address asks of this page's filters and they do not have, by their labels."""
    session = _session()
    return {
        known.label: ", ".join(session.kept[name].unknown)
        for name, known in session.said.items()
        if name in session.kept and session.kept[name].unknown
    }


def in_words(names: Iterable[str]) -> str:
    """What is chosen of these filters, in words; those that let all through are left out."""
    known = said()
    return " · ".join(
        f"{known[name].label}: {known[name].words}"
        for name in names
        if name in known and known[name].codes
    )


def _say_one(
    name: str,
    label: str,
    options: Mapping[str, str],
    code: str | None,
    *,
    all_label: str,
    default: str | None,
) -> None:
    words, shown = options[code] if code else all_label, code or default
    _say(name, label, words, (shown,) if shown else (), is_narrowed=code not in (None, default))


def _say(name: str, label: str, words: str, codes: tuple[str, ...], *, is_narrowed: bool) -> None:
    _session().said[name] = Said(label, words, codes, is_narrowed)


def _session() -> _Session:
    """What this session remembers; on another page than before, put into the URL what it lost."""
    page = st.context.url or ""
    session: _Session = st.session_state.setdefault("filters", _Session(page, {}))
    if session.page != page:
        session.page = page
        session.kept = {
            name: kept for name, kept in session.kept.items() if not kept.is_of_the_page
        }
        for kept in session.kept.values():
            kept.left_in_url = kept.codes
            kept.unknown = ()
        # All at once: each change of the URL is a step for the back button.
        lost = {
            name: kept.codes
            for name, kept in session.kept.items()
            if kept.codes and name not in st.query_params
        }
        if lost:
            st.query_params.update(lost)
    return session


def _begin(name: str, options: Mapping[str, str] | None, *, several: bool) -> tuple[str, ...]:
    """Settle what is chosen before the widget is drawn, and leave exactly that in the URL.

    Without options anything may be chosen.
    """
    session = _session()
    in_url = tuple(st.query_params.get_all(name))
    kept = session.kept.get(name)
    if kept is None or in_url != kept.left_in_url:
        # An address may be older than a code.
        asked = tuple(dict.fromkeys(reference.asked(name, code) for code in in_url))
        kept = session.kept[name] = _Kept(
            codes=tuple(code for code in asked if options is None or code in options),
            unknown=tuple(code for code in asked if options is not None and code not in options),
            left_in_url=in_url,
            options=kept.options if kept else (),
            is_of_the_page=kept.is_of_the_page if kept else False,
        )
    # A choice that this page cannot show is kept for the pages that can.
    shown = tuple(code for code in kept.codes if options is None or code in options)
    if not several and len(shown) != 1:
        shown = ()
    kept.left_in_url = shown
    _write_url(name, shown)
    return shown


def _set_widget(name: str, options: Mapping[str, str], value: str | list[str] | None) -> None:
    """Give the widget its value, unless it has it: a needless one could undo a quick click."""
    kept = _session().kept[name]
    offered = tuple(options.items())
    if kept.options != offered or st.session_state.get(name) != value:
        kept.options = offered
        st.session_state[name] = value


def _changed(name: str) -> None:
    """The reader chose: remember it and write the URL."""
    value: str | int | Sequence[str] | None = st.session_state[name]
    if isinstance(value, int):  # the first page is what no page stands for
        codes: tuple[str, ...] = (str(value),) if value > 1 else ()
    else:
        codes = (value,) if isinstance(value, str) else tuple(value or ())
    if name == "lang":
        st.session_state[language.REMEMBERED] = codes[0] if codes else language.DEFAULT
        codes = () if codes == (language.DEFAULT,) else codes
    take(name, codes)


def _write_url(name: str, codes: tuple[str, ...]) -> None:
    if tuple(st.query_params.get_all(name)) == codes:
        return
    if codes:
        st.query_params[name] = codes
    else:
        del st.query_params[name]
