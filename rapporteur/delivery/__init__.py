"""Workbooks that come in: what may stand in them, how they are read and checked. No Streamlit."""
