"""What pages share: charts, components, filters and the reader's language."""

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.scriptrunner import get_script_run_ctx

# Until st.navigation was called once, Streamlit takes the folder pages/ for its older kind of
# app: the first link that a new server gets would open a page without app.py around it.
_is_bare_page = bool(PagesManager.uses_pages_directory) and get_script_run_ctx() is not None
PagesManager.uses_pages_directory = False
if _is_bare_page:
    st.rerun()
