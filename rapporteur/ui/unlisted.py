"""Stored codes that no list knows: told where the server starts, and to the office on its pages."""

import logging

import streamlit as st

from rapporteur import settings
from rapporteur.delivery import stored_codes
from rapporteur.ui import components, door
from rapporteur.ui.language import DEFAULT, current_language
from rapporteur.warehouse import generations
from rapporteur.warehouse.generations import WarehouseError
from rapporteur.warehouse.reading import open_current, today

_log = logging.getLogger(__name__)


def tell_at_start() -> None:
    """Log the codes in the current rows that no list knows; a broken store is told by the pages."""
    try:
        target = settings.database()
        if generations.current(target) is None:
            return
        warehouse = open_current(target)
    except (settings.SettingError, WarehouseError):
        return
    try:
        found = stored_codes.unknown(warehouse, today(settings.now()))
    finally:
        warehouse.close()
    if found:
        _log.warning(stored_codes.sentences(found, DEFAULT))


def notice() -> None:
    """Warn of codes in the current rows that no list knows; nothing where there are none."""
    found = door.unknown_codes()
    if not found:
        return
    head, *rest = stored_codes.sentences(found, current_language()).splitlines()
    st.warning(
        "\n".join(
            [components.verbatim(head), "", *(f"- {components.verbatim(one)}" for one in rest)]
        )
    )
