"""The accessibility statement, in the form of Commission Implementing Decision (EU) 2018/1523."""

import streamlit as st

from rapporteur import settings
from rapporteur.ui import components, statement
from rapporteur.ui.language import text

st.title(text("Accessibility statement"))
try:
    said = settings.accessibility()
except settings.SettingError as error:
    st.error(components.verbatim(str(error)))
    components.end_page()
statement.commitment(said)
st.header(text("Compliance status"))
statement.status()
st.header(text("Non-accessible content"))
statement.not_accessible()
st.header(text("Preparation of this accessibility statement"))
statement.preparation(said)
st.header(text("Feedback and contact information"))
statement.feedback(said)
st.header(text("Enforcement procedure"))
statement.enforcement(said)
