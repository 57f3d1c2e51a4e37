"""Entry point: page settings, language, navigation. `streamlit run app.py`"""

from contextlib import ExitStack

import streamlit as st

from rapporteur.settings import ASSETS
from rapporteur.ui import components, taking, trouble
from rapporteur.ui.filters import language_switch
from rapporteur.ui.language import text

st.set_page_config(
    page_title="Kovos su prekyba žmonėmis rekomendacijos",
    # A local file: a Material icon would be fetched from outside as the favicon.
    page_icon=str(ASSETS / "icon.svg"),
    layout="wide",
)

# The only style sheets that are put into the page, for what no theme of Streamlit knows: paper, and
# what beyond_theme.css says.
st.html(ASSETS / "print.css")
st.html(ASSETS / "beyond_theme.css")

waiting = ExitStack()
with st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center"):
    taking.place()
    language_switch()
    # Shown only while a page takes long; it has its place where nothing moves for it.
    waiting.enter_context(st.spinner(text("Counting …")))

handing_in = st.Page("pages/data.py", title=text("Handing in data"), url_path="data")
# Linked from the foot of every page, where readers look for it.
statement = st.Page(
    "pages/accessibility.py",
    title=text("Accessibility statement"),
    url_path="accessibility",
    visibility="hidden",
)
page = st.navigation(
    # By what a reader asks. A flat list of nine hides the last ones behind an English “2 more”.
    {
        "": [st.Page("pages/overview.py", title=text("Overview"), default=True)],
        text("Recommendations and answers"): [
            st.Page(
                "pages/implementation.py",
                title=text("Implementation of recommendations"),
                url_path="implementation",
            ),
            st.Page(
                "pages/recommendations.py",
                title=text("Recommendations"),
                url_path="recommendations",
            ),
            st.Page("pages/institutions.py", title=text("Institutions"), url_path="institutions"),
            st.Page(
                "pages/protocol.py",
                title=text("Draft protocol of the Government"),
                url_path="protocol",
            ),
        ],
        text("What happens in the country"): [
            st.Page(
                "pages/activities.py",
                title=text("Prevention in municipalities"),
                url_path="activities",
            ),
            st.Page(
                "pages/investigations.py",
                title=text("Investigations, cases and victims"),
                url_path="investigations",
            ),
        ],
        text("Data and how they are counted"): [
            handing_in,
            st.Page("pages/methodology.py", title=text("Methodology"), url_path="methodology"),
            statement,
        ],
    },
    position="top",
)
with waiting:
    trouble.run(page, needs_data=page not in (handing_in, statement))
components.around()
