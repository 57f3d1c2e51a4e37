"""From a figure or an answer to the sentence of its source."""

import streamlit as st

from rapporteur.documents import sources
from rapporteur.ui import components, door, head
from rapporteur.ui.language import current_language, number, plural, text

# So much of a quote is enough to find it, and keeps the address short.
_LONGEST_QUOTE = 150


def source_link(code: str, words: str | None = None) -> None:
    """A link to a source where it is told of, and to the words in it where its text is held."""
    query = {"source": code, "lang": current_language()}
    if words and code in sources.held():
        query["quote"] = _beginning(words)
    title = components.told(door.ask("methodology/sources", source=code)["title"].max()) or code
    components.follow(
        components.METHODOLOGY,
        text("Source: {title}").format(title=components.verbatim(_shortened(title))),
        query,
        icon=":material/menu_book:",
    )


def in_words(code: str | None) -> str:
    """How many sources there are and how much rests on them; or how much on one of them.

    Empty for a code that nothing has.
    """
    known = door.ask("methodology/sources", source=code)
    if known.empty:
        return ""
    rows = int(known["cited"].sum())
    rest = plural(
        "{rows} row of the data rests on them", "{rows} rows of the data rest on them", rows
    )
    if code is not None:
        rest = plural(
            "{rows} row of the data rests on it", "{rows} rows of the data rest on it", rows
        )
        title = components.verbatim(components.told(known["title"].max()) or code)
        return f"**{title}**: {rest.format(rows=number(rows, 0))}"
    held = sum(1 for each in sources.held() if each in set(known["source"]))
    return "; ".join(
        (
            plural(
                "they rest on **{count} source or document**",
                "they rest on **{count} sources and documents**",
                len(known),
            ).format(count=number(len(known), 0)),
            rest.format(rows=number(rows, 0)),
            plural(
                "the text of {count} can be read here",
                "the texts of {count} can be read here",
                held,
            ).format(count=held),
        )
    )


def one_source(code: str, quote: str | None) -> None:
    """A source: what is known of it, its text where it is held, the quoted words marked in it."""
    known = door.ask("methodology/sources", source=code)
    if known.empty:
        st.warning(
            text("There is no source “{code}” in the data loaded.").format(
                code=components.verbatim(code)
            )
        )
        return
    [row] = door.read("methodology/sources", known).data.to_dict("records")
    head.about(components.told(row["title"]))
    st.header(components.verbatim(row["title"]), anchor=False)
    facts = [components.told(row[name]) for name in ("publisher", "dated", "source_kind", "source")]
    st.caption(" · ".join(components.verbatim(fact) for fact in facts if fact))
    if url := components.told(row["url"]):
        st.link_button(text("Open where it was published"), url)
    texts = sources.paragraphs(code)
    if not texts:
        st.caption(text("Its text is not held here."))
        return
    marked = sources.places(texts, quote) if quote else []
    if quote and not marked:
        st.info(text("The words asked for were not found in the text to the letter."))
    for place in marked:
        with st.container(border=True):
            st.markdown(
                "**" + text("The words asked for:") + f"** {components.verbatim(texts[place])}"
            )
    with st.expander(text("The whole text, as delivered"), expanded=not marked, key="source:text"):
        for place, paragraph in enumerate(texts):
            shown = components.verbatim(paragraph)
            st.markdown(f"➤ **{shown}**" if place in marked else shown)


def _beginning(words: str) -> str:
    words = " ".join(words.split())
    if len(words) <= _LONGEST_QUOTE:
        return words
    return words[:_LONGEST_QUOTE].rpartition(" ")[0]


def _shortened(title: str, width: int = 70) -> str:
    return title if len(title) <= width else f"{title[:width].rpartition(' ')[0]} …"


def all_of_them() -> None:
    """Links to the sources whose texts are held here, and the table of all sources."""
    st.markdown(text("The texts of these are held here and can be read whole:"))
    for code in sources.held():
        if len(door.ask("methodology/sources", source=code)):
            source_link(code)
    components.answer_table(
        "methodology/sources",
        {},
        alt=text("All sources and documents, and how many rows cite each"),
        expanded=True,
        label=text("All sources"),
    )


def licences() -> None:
    """On what terms the data, the boundaries, the program and what it is made with may be used."""
    st.markdown(
        text(
            "The program is free to use under EUPL-1.2. The data may be used with their source "
            "named; quoted words belong to those who published them, and the boundaries on the map "
            "need their line “© Registrų centras”."
        )
    )
    components.answer_table(
        "methodology/licences",
        {},
        alt=text("What this is made of, from whom each part is, and on what terms"),
        label=text("Each part: origin, date, terms"),
    )
