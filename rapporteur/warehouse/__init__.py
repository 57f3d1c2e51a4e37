"""Where versions live: the embedded file, how it is written and asked. No Streamlit."""
