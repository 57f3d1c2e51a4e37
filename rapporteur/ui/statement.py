"""The parts of the accessibility statement, after the annex of Decision (EU) 2018/1523.

What a browser test finds, and what it cannot find, is listed here by hand: who mends one of these,
or finds another, changes the list. What only the institution knows is a setting, and where it has
not been said the page tells so.
"""

import streamlit as st

from rapporteur.settings import Accessibility
from rapporteur.ui import components
from rapporteur.ui.language import date, text

_ISSUES = "https://github.com/streamlit/streamlit/issues"


def commitment(said: Accessibility) -> None:
    """Who is committed to what, and what this statement applies to."""
    if said.institution:
        st.markdown(
            text(
                "{institution} is committed to making this dashboard accessible, in accordance "
                "with the Law on the Right to Obtain Information and the Re-use of Data, "
                "Resolution No. 480 of the Government of 18 April 2003 and Directive (EU) "
                "2016/2102."
            ).format(institution=components.verbatim(said.institution))
        )
    else:
        st.info(
            text(
                "The institution that publishes this dashboard has not given its name for this "
                "statement yet."
            )
        )
    st.markdown(
        text(
            "This accessibility statement applies to all pages of the dashboard of "
            "recommendations against trafficking in human beings."
        )
    )


def status() -> None:
    """How far the requirements are met."""
    st.markdown(
        text(
            "This dashboard is **partially compliant** with the European standard EN 301 549 and "
            "the Web Content Accessibility Guidelines (WCAG) 2.2, level AA, due to the "
            "non-compliances listed below."
        )
    )


def not_accessible() -> None:
    """Every known non-compliance with its reason and the way around it; no burden is claimed."""
    st.subheader(text("Non-compliance with the requirements"))
    st.markdown("\n".join(f"- {one}" for one in _failures()))
    st.subheader(text("Disproportionate burden"))
    st.markdown(text("Not claimed for any content."))
    st.subheader(text("Content not within the scope of the requirements"))
    st.markdown(text("Not claimed for any content."))


def _failures() -> list[str]:
    by_streamlit = text(
        "The reason is Streamlit, the software that draws the pages ([its issue {number}]({link}))."
    )

    def issue(number: int) -> str:
        return by_streamlit.format(number=number, link=f"{_ISSUES}/{number}")

    return [
        text(
            "The menus in the headings of tables, by which columns are sorted or hidden, cannot "
            "be reached by keyboard (criterion 2.1.1). The Excel file beside each table holds the "
            "same rows and can be sorted."
        )
        + " "
        + issue(13332),
        text(
            "What appears when a point of a chart, a municipality of the map or a cell of the "
            "grid is pointed at does not appear by keyboard (criterion 2.1.1). Charts and the map "
            "have a text alternative, and the same figures stand in the table beneath; a "
            "municipality is chosen by keyboard in the list above the map."
        ),
        text(
            "When the side menu of a narrow window, such as of a phone or at a zoom of 400 %, "
            "opens, the keyboard stays behind it: Shift+Tab leads into it (criterion 2.4.3). Its "
            "groups are no part of its list, so the number of its entries is not told (criterion "
            "1.3.1). The reason is Streamlit; the field “Find” above every page leads to all of "
            "them."
        ),
        text(
            "On such a window the tables of rows that a load changes are scrolled sideways, which "
            "the keyboard can do in Chrome, Edge and Firefox and cannot in Safari (criterion "
            "2.1.1). The reason is Streamlit; the files that were loaded hold the same rows."
        ),
        text(
            "Some words of the controls, such as those of handing in files and of clearing a "
            "choice, are English on Lithuanian pages, too (criterion 3.1.2)."
        )
        + " "
        + issue(1353),
        text(
            "Sentences of sources are quoted in the language of the source, and on English pages "
            "the texts of recommendations and answers are Lithuanian; a reading program is not "
            "told of the change of language (criterion 3.1.2). The data do not say in which "
            "language a sentence is."
        ),
    ]


def preparation(said: Accessibility) -> None:
    """When the statement was prepared and how the dashboard was assessed."""
    if said.prepared_on:
        st.markdown(
            text("This statement was prepared or last reviewed on {day}.").format(
                day=date(said.prepared_on)
            )
        )
    else:
        st.info(
            text(
                "The institution has not said yet on which day it prepared or last reviewed this "
                "statement."
            )
        )
    st.markdown(
        text(
            "The method is a self-assessment of each version of the dashboard: automated tests "
            "with axe-core of every page in both languages, on light and dark ground, tests of "
            "the keyboard, of the width of 320 pixels, of a zoom of 400 %, of widened text spacing "
            "and of high contrast."
        )
    )
    if said.method:
        st.markdown(components.verbatim(said.method))


def feedback(said: Accessibility) -> None:
    """How to tell of what is not accessible."""
    st.markdown(
        text(
            "You can tell of content that is not accessible to you, and ask for it in another "
            "form. Please name the page and what you could not do there; “Copy link” at the top "
            "of each page gives its address."
        )
    )
    if said.contact:
        st.markdown(text("Contact: {contact}").format(contact=components.verbatim(said.contact)))
    else:
        st.info(text("The institution has not given its contact for this purpose yet."))


def enforcement(said: Accessibility) -> None:
    """Whom to turn to when the institution's answer does not satisfy."""
    st.markdown(
        text(
            "If you receive no answer, or the answer does not satisfy you, you can turn to the "
            "body that oversees the accessibility of websites in Lithuania."
        )
    )
    st.markdown(
        components.verbatim(said.complaints)
        if said.complaints
        else text(
            "This is the body that the Government has authorised by Resolution No. 480 of 18 "
            "April 2003; in the wording of that resolution of 2018, the Information Society "
            "Development Committee."
        )
    )
