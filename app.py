"""Page settings, language, navigation: what is run for every reader. `serve.py` serves it."""

from contextlib import ExitStack, suppress

import streamlit as st

from rapporteur.settings import ASSETS
from rapporteur.ui import components, door, filters, head, taking, trouble, wayfinding
from rapporteur.ui.language import text

st.set_page_config(
    # A local file: a Material icon would be fetched from outside as the favicon.
    page_icon=str(ASSETS / "icon.svg"),
    layout="wide",
)

# The only style sheets that are put into the page, for what no theme of Streamlit knows: paper, and
# what beyond_theme.css says.
st.html(ASSETS / "print.css")
st.html(ASSETS / "beyond_theme.css")

door.begin()
waiting = ExitStack()
with st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center"):
    # On a phone the field and the language share a line, and the buttons have the next one.
    wayfinding.place()
    filters.language_switch()
    taking.place()
    # Shown only while a page takes long; it has its place where nothing moves for it.
    waiting.enter_context(st.spinner(text("Counting …")))

names = {name: text(about.name) for name, about in head.PAGES.items()}
pages = {
    name: st.Page(
        f"pages/{name}.py",
        title=title,
        url_path=None if name == "overview" else name,
        default=name == "overview",
        # Linked from the foot of every page, where readers look for it.
        visibility="hidden" if name == "accessibility" else "visible",
    )
    for name, title in names.items()
}
page = st.navigation(
    # By what a reader asks. A flat list of nine hides the last ones behind an English “2 more”.
    {
        heading: [pages[name] for name in grouped]
        for heading, grouped in {
            "": ["overview"],
            text("Recommendations and answers"): [
                "implementation",
                "recommendations",
                "institutions",
                "protocol",
            ],
            text("What happens in the country"): ["activities", "investigations"],
            text("Data and how they are counted"): [
                "data",
                "methodology",
                "accessibility",
            ],
        }.items()
    },
    position="top",
)
head.begin(next(name for name, each in pages.items() if each is page))
if way := wayfinding.way_chosen():
    wayfinding.go(way, pages, page)
with waiting, trouble.told(), suppress(components.PageEnds):
    wayfinding.field(names)
    if door.has_data() or page in (pages["data"], pages["accessibility"]):
        page.run()
    else:
        components.no_data_notice()
components.around()
