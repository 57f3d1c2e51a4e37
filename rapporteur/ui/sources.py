"""From a figure or an answer to the sentence of its source."""

from collections.abc import Hashable, Mapping
from typing import Any

import streamlit as st

from rapporteur.delivery.links import is_link
from rapporteur.documents import sources
from rapporteur.ui import components, door, head
from rapporteur.ui.language import current_language, number, plural, text

Row = Mapping[Hashable, Any]
# So much of a quote is enough to find it, and keeps the address short.
_LONGEST_QUOTE = 150


def source_link(code: str, words: str | None = None, *, delivery: Any = None) -> None:
    """A link to a source where it is told of, and to the words in it where its text is held.

    Two deliveries may use one code: `delivery` says whose source is meant; none, a document.
    """
    known = door.ask("methodology/sources", source=code)
    meant = known[
        known["is_document"] if not components.told(delivery) else known["delivery"] == delivery
    ]
    title = components.told(meant["title"].max()) or code
    # Where one source alone has the code, the code says enough.
    query = {
        "source": f"{meant['delivery'].iloc[0]}:{code}" if len(known) > 1 and len(meant) else code,
        "lang": current_language(),
    }
    if words and meant["is_document"].any() and code in sources.held():
        query["quote"] = _beginning(words)
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
        return "; ".join(_rests_on(row) for row in known.to_dict("records"))
    documents = set(known.loc[known["is_document"], "source"])
    held = sum(1 for each in sources.held() if each in documents)
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


def _rests_on(row: Row) -> str:
    """How many rows rest on one source."""
    rest = plural(
        "{rows} row of the data rests on it", "{rows} rows of the data rest on it", row["cited"]
    )
    title = components.verbatim(components.told(row["title"]) or row["source"])
    return f"**{title}**: {rest.format(rows=number(row['cited'], 0))}"


def sources_of(code: str, quote: str | None) -> None:
    """Every source of a code: what is known of it, its text where it is held, the words in it.

    Two deliveries may use one code for two sources; with its delivery before it (DELIVERY:CODE)
    the code means one.
    """
    known = door.ask("methodology/sources", source=code)
    if known.empty:
        st.warning(
            text("There is no source “{code}” in the data loaded.").format(
                code=components.verbatim(code)
            )
        )
        return
    if len(known) > 1:
        st.caption(
            text(
                "Several deliveries use the code “{code}”, each for a source of its own; all are "
                "shown."
            ).format(code=components.verbatim(code))
        )
    readable = door.read("methodology/sources", known).data.to_dict("records")
    head.about("; ".join(components.told(row["title"]) for row in readable))
    for number_of, (raw, row) in enumerate(zip(known.to_dict("records"), readable, strict=True)):
        _one_source(raw, row, quote, f"source:{number_of}")


def _one_source(raw: Row, row: Row, quote: str | None, key: str) -> None:
    st.header(components.verbatim(row["title"]), anchor=False)
    told = [components.told(row[name]) for name in ("publisher", "dated", "source_kind", "source")]
    facts = [*told, text("delivery {delivery}").format(delivery=raw["delivery"])]
    st.caption(" · ".join(components.verbatim(fact) for fact in facts if fact))
    if is_link(url := components.told(row["url"])):
        st.link_button(text("Open where it was published"), url, key=f"{key}:link")
    texts = sources.paragraphs(str(raw["source"])) if raw["is_document"] else ()
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
    with st.expander(text("The whole text, as delivered"), expanded=not marked, key=f"{key}:text"):
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
        if door.ask("methodology/sources", source=code)["is_document"].any():
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
