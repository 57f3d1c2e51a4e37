"""What a reader sees when a page cannot be shown: what happened, and what to do about it."""

import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from rapporteur.settings import SettingError
from rapporteur.ui import components
from rapporteur.ui.language import text
from rapporteur.warehouse.generations import PointerLost, WarehouseError
from rapporteur.warehouse.inventory import Inventory
from rapporteur.warehouse.reading import TIME_ZONE

_log = logging.getLogger(__name__)


@contextmanager
def told() -> Iterator[None]:
    """Around a page: a failure is told in the reader's language, its traceback goes to the log.

    What follows around the page is still drawn, so that the reader can go elsewhere.
    """
    try:
        yield
    except SettingError as trouble:
        _tell(text("A setting is wrong"), components.verbatim(str(trouble)))
    except PointerLost as lost:
        _tell_what_is_there(lost)
    except WarehouseError as trouble:
        _tell(text("The data cannot be read now"), components.verbatim(str(trouble)))
    except Exception:  # whatever it is, it is ours, and no reader's business
        reference = secrets.token_hex(3)
        _log.exception("A page failed (reference %s)", reference)
        _tell(
            text("This page cannot be shown"),
            text(
                "The fault is ours and has been recorded as **{reference}**. Nothing that you "
                "handed in is lost."
            ).format(reference=reference),
            text(
                "Load the page again. If it fails again, tell that reference to whoever looks "
                "after this dashboard."
            ),
        )


def _tell_what_is_there(lost: PointerLost) -> None:
    """The generations beside a lost pointer, and the command that brings the newest back."""
    _tell(
        text("The data cannot be read now"),
        components.verbatim(f"{lost.target}: {lost.reason}"),
        *(f"- {components.verbatim(_described(found))}" for found in lost.found),
    )
    if lost.command:
        st.markdown(
            text(
                "Nothing was deleted. Whoever looks after this dashboard brings the data back with "
                "the command below; then reload this page."
            )
        )
        st.code(lost.command, language=None, wrap_lines=True)


def _described(found: Inventory) -> str:
    if found.trouble is not None:
        return f"{found.name}: {found.trouble}"
    made = found.last_made_at
    return text("{file}: version {version} of {date}, {rows} rows; deliveries: {codes}").format(
        file=found.name,
        version=found.version,
        date=f"{made.astimezone(TIME_ZONE):%Y-%m-%d %H:%M}" if made else "–",
        rows=found.rows,
        codes=", ".join(found.deliveries) or "–",
    )


def _tell(what: str, *more: str) -> None:
    with st.container(border=True, key="trouble"):
        st.error(f"**{what}**", icon=":material/error:")
        for sentence in more:
            st.markdown(sentence)
        components.page_link("pages/overview.py", text("To the overview"), place="trouble")
