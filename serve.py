"""The dashboard as it is served: `streamlit run serve.py` runs app.py behind what stands here.

`allowed_hosts.py` turns away who comes by another name, `front.py` tells of a page before it is
drawn.
"""

import streamlit as st
from starlette.middleware import Middleware

from rapporteur.ui.allowed_hosts import AllowedHosts
from rapporteur.ui.front import Front
from rapporteur.ui.unlisted import tell_at_start

tell_at_start()
app = st.App("app.py", middleware=[Middleware(AllowedHosts), Middleware(Front)])
