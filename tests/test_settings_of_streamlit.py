"""The options of Streamlit that the house depends on, some of them hidden."""

import tomllib
from typing import Any

import pytest

from rapporteur.settings import ROOT


@pytest.fixture
def options() -> dict[str, Any]:
    return tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("section", "option", "value"),
    [
        ("server", "address", "127.0.0.1"),
        ("runner", "postScriptGC", False),
        ("client", "toolbarMode", "viewer"),
        ("client", "showErrorDetails", "none"),
        ("client", "disableDataExport", True),
        ("browser", "gatherUsageStats", False),
    ],
)
def test_an_option_is_set(
    options: dict[str, Any], section: str, option: str, value: object
) -> None:
    assert options[section][option] == value


def test_streamlit_knows_every_option(options: dict[str, Any]) -> None:
    from streamlit import config

    known = config.get_config_options()
    unknown = [
        f"{section}.{option}"
        for section, values in options.items()
        for option, value in values.items()
        if not isinstance(value, dict) and f"{section}.{option}" not in known
    ]

    assert unknown == []
