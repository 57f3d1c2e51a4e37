"""The draft protocol of the Government: its measures, and what they continue or leave aside."""

import streamlit as st

from rapporteur.ui import components, door, lineage
from rapporteur.ui.language import current_language, plural, text

place = components.title(text("Draft protocol of the Government"))
measures_known = door.ask("protocol/measures")
if measures_known.empty:
    place.info(text("No protocol of the Government was loaded."))
    components.end_page()

with st.container(horizontal=True):
    if measures_known["document"].nunique() > 1:
        document = components.code_filter(
            "document", "protocol/documents", text("Document"), text("All documents")
        )
    else:
        document = None
    institution = components.institution_filter()
    theme = components.theme_filter("protocol/themes")

filters = {"document": document, "institution": institution, "theme": theme}
measures = door.ask("protocol/measures", **filters)
readable = door.read("protocol/measures", measures).data
if (measures["document_status"] == "projektas").any():
    st.warning(
        text("A draft, not an adopted document: its measures enter no count of implementation."),
        icon=":material/edit_document:",
    )
links = door.ask("recommendations/lineage", recommendation=measures["recommendation"].tolist())
links = links[links["later"].isin(measures["recommendation"])]
components.opening(
    place,
    plural(
        "The protocol has **{count} measure**",
        "The protocol has **{count} measures**",
        len(measures),
    ).format(count=len(measures))
    + (
        ", "
        + plural(
            "{count} link to earlier recommendations",
            "{count} links to earlier recommendations",
            len(links),
        ).format(count=len(links))
        + "; "
        + plural(
            "confidence of the link: {levels}", "confidence of the links: {levels}", len(links)
        ).format(
            levels=", ".join(
                f"{label} – {count}"
                for level, label in door.labels_of("confidence").items()
                if (count := int((links["confidence"] == level).sum()))
            )
        )
        if len(links)
        else ""
    ),
    narrowed_by=["document", "institution", "theme"],
)
if len(links) and not links["is_confirmed"].all():
    st.caption(
        text(
            "The links and their confidence are a reading of the makers of this dashboard, "
            "not confirmed by the rapporteur."
        )
    )

components.as_delivered()
short = "short_en" if current_language() == "en" else "short"
names = door.labels_of("institution")
if measures.empty:
    components.nothing_found()
datives = door.datives() if current_language() == "lt" else {}
for title, point in readable.groupby("document_title", sort=False):
    st.header(components.verbatim(str(title)), anchor=False)
    last_point = None
    for row in point.to_dict("records"):
        raw = measures.loc[measures["recommendation"] == row["recommendation"]].iloc[0]
        # A Lithuanian verb governs the dative; where one is not given, a colon and the nominative.
        codes = list(raw["addressees"])
        declined = all(code in datives for code in codes)
        who = "; ".join((datives if declined else names).get(code, code) for code in codes)
        join = "" if declined else ":"
        if (number_of_point := row["number"].partition(".")[0]) != last_point:
            last_point = number_of_point
            said = f"{number_of_point}. {components.told(row['verb'])}{join} {who}"
            st.subheader(components.verbatim(said), anchor=False)
        with st.container(border=True, key=f"card:{row['recommendation']}"):
            components.recommendation_link(
                row["recommendation"], f"{row['shown_number']}. {row['short']}"
            )
            st.markdown(
                f"**{components.verbatim(components.told(row['verb']))}{join}** "
                f"{components.verbatim(who)}"
            )
            st.markdown(components.verbatim(row["text"]))
            if len(raw["co_operating"]):
                st.markdown(
                    text("Together with: {names}").format(
                        names=components.verbatim(
                            "; ".join(names.get(code, code) for code in raw["co_operating"])
                        )
                    )
                )
            st.caption(
                " · ".join(
                    components.verbatim(components.told(row[column]))
                    for column in ("document_status", "theme")
                    if components.told(row[column])
                )
            )
            with st.expander(
                plural(
                    "What it continues: {count} recommendation",
                    "What it continues: {count} recommendations",
                    len(raw["continues"]),
                ).format(count=len(raw["continues"])),
                key=f"continues:{row['recommendation']}",
                type="compact",
            ):
                lineage.continued_by(row["recommendation"])
components.answer_table(
    "protocol/measures",
    filters,
    alt=text("Measures of the protocol, their addressees and what they continue"),
    hidden=["document"],
)

st.header(text("Recommendations that nothing continues"))
st.caption(
    text(
        "No measure of a protocol continues or replaces them. The general duty to supply data "
        "does not count as a continuation; where it touches them, it is named."
    )
)
left = door.ask("protocol/not_continued", theme=theme)
if left.empty:
    st.markdown(text("Every recommendation is continued by some measure."))
for row in left.to_dict("records"):
    with st.container(border=True):
        components.recommendation_link(
            row["recommendation"], f"{row['shown_number']}. {row[short]}"
        )
        st.markdown(components.verbatim(row["text"]))
        if len(row["general"]):
            numbers = measures_known.set_index("recommendation")["shown_number"]
            st.caption(
                text("Only the general duty to supply data touches it: {measures}").format(
                    measures=", ".join(numbers.get(code, code) for code in row["general"])
                )
            )
components.answer_table(
    "protocol/not_continued",
    {"theme": theme},
    alt=text("Recommendations that no measure of a protocol continues"),
    hidden=["document"],
)

st.header(text("The protocol for Word"))
st.caption(
    text(
        "In the Government's own form and in Lithuanian: all measures of the document, word for "
        "word, whatever the filters above; whom they ask is named in the dative."
    )
)
for row in door.ask("protocol/documents").to_dict("records"):
    missing = door.undeclined(row["code"])
    if missing:
        names = door.labels_of("institution")
        st.warning(
            text(
                "{document} cannot be made yet: nobody gave the dative of {institutions}. Fill in "
                "the column Naudininkas of the sheet Institucijos and load it."
            ).format(
                document=row["code"],
                institutions=", ".join(
                    components.verbatim(names.get(code, code)) for code in missing
                ),
            )
        )
        continue
    components.word_button(
        text("{document} for Word").format(document=row["code"]),
        door.as_drawn(door.protocol_document, row["code"]),
        file=f"{row['code']}.docx",
        key=f"protocol:{row['code']}",
    )
