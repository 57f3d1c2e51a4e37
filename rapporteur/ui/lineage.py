"""What a recommendation continues and what continues it, with the difference of their words."""

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from rapporteur.documents import wording
from rapporteur.documents.wording import Segment
from rapporteur.ui import components, door
from rapporteur.ui.language import current_language, text

Row = Mapping[Hashable, Any]


def links_of(code: str) -> None:
    """Every link of a recommendation: first to the earlier ones, then to the later ones."""
    links = door.ask("recommendations/lineage", recommendation=code)
    if links.empty:
        st.caption(text("No link to another recommendation is known."))
        return
    for end, heading in (
        ("earlier", text("Earlier recommendations")),
        ("later", text("Later recommendations and measures")),
    ):
        here = "later" if end == "earlier" else "earlier"
        for place, row in enumerate(links[links[here] == code].to_dict("records")):
            if place == 0:
                st.markdown(f"**{heading}**")
            _link(row, end)
    components.answer_table(
        "recommendations/lineage",
        {"recommendation": code},
        alt=text("Links of the recommendation, with their reasons"),
        hidden=["later_text", "earlier_text", "later_document", "earlier_document"],
        key=f"lineage:{code}",
    )


def continued_by(code: str) -> None:
    """What a measure continues: the same links, for a page that tells of the measure itself."""
    links = door.ask("recommendations/lineage", recommendation=code)
    earlier = links[links["later"] == code]
    if earlier.empty:
        st.caption(text("It continues no earlier recommendation that is known."))
    for row in earlier.to_dict("records"):
        _link(row, "earlier")


def label_of_link(row: Row) -> str:
    """Kind of a link, how certain it is, and whose reading it is."""
    told = [door.label("link_kind", row["link"])]
    if confidence := components.told(row["confidence"]):
        told.append(text("confidence: {level}").format(level=door.label("confidence", confidence)))
    told.append(
        text("confirmed by the rapporteur")
        if row["is_confirmed"]
        else text("linked by the makers of this dashboard, not confirmed by the rapporteur")
    )
    return " · ".join(told)


def _link(row: Row, end: str) -> None:
    """One link, told from the other end: `end` is where it leads, earlier or later."""
    short = f"{end}_short_en" if current_language() == "en" else f"{end}_short"
    with st.container(border=True):
        components.recommendation_link(
            row[end], f"{row[f'{end}_number']}. {row[short]}", place=f"{end}:{row['link']}"
        )
        st.markdown(label_of_link(row))
        if reason := components.told(row["reason"]):
            st.caption(components.verbatim(reason))
        old, part = _nearest_part(row["earlier"], row["earlier_text"], row["later_text"])
        for before, after in wording.changed_numbers(old, row["later_text"]):
            st.markdown(f"**{components.verbatim(before)} → {components.verbatim(after)}**")
        with st.expander(
            text("What changed in the words"), key=f"words:{row['earlier']}:{row['later']}:{end}"
        ):
            if part:
                st.caption(
                    text(
                        "Compared with part {part} of number {number}, whose words are nearest."
                    ).format(
                        part=components.verbatim(part),
                        number=components.verbatim(row["earlier_number"]),
                    )
                )
            _difference(old, row["later_text"])


def _difference(old: str, new: str) -> None:
    """The words of two texts: what stayed, what was left out, what was put in."""
    shown = [_marked(segment) for segment in wording.difference(old, new)]
    st.markdown(" ".join(shown))
    st.caption(text("~~crossed out~~ – left out · **bold** – put in · plain – in both"))


def _marked(segment: Segment) -> str:
    words = components.verbatim(segment.text)
    match segment.kind:
        case "removed":
            return f"~~{words}~~"
        case "added":
            return f"**{words}**"
    return words


def _nearest_part(code: str, whole: str, later: str) -> tuple[str, str | None]:
    """The words to compare with and the part that they are; the whole where it has no parts."""
    parts: pd.DataFrame = door.ask("recommendations/parts", recommendation=code)
    texts = dict(zip(parts["part"], parts["text"], strict=True))
    if not texts:
        return whole, None
    part = max(texts, key=lambda one: wording.similarity(texts[one], later))
    return texts[part], part
