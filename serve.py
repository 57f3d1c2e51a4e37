"""The dashboard as it is served: `streamlit run serve.py` runs app.py behind `front.py`."""

import streamlit as st
from starlette.middleware import Middleware

from rapporteur.ui.front import Front

app = st.App("app.py", middleware=[Middleware(Front)])
