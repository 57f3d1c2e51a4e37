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
        ("server", "allowedHosts", ["localhost", "127.0.0.1", "::1"]),
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


@pytest.mark.parametrize("family", ["IBM Plex Sans", "SourceSerif4"])
def test_fonts_are_ours_with_their_licences(options: dict[str, Any], family: str) -> None:
    faces = [face for face in options["theme"]["fontFaces"] if face["family"] == family]

    assert options["server"]["enableStaticServing"] is True
    assert family in options["theme"]["font"] + options["theme"]["headingFont"]
    assert "normal" in [face["style"] for face in faces]
    for face in faces:
        file = ROOT / face["url"].removeprefix("app/")
        assert file.read_bytes()[:4] == b"wOF2", file
        licence = file.with_name(f"{file.stem.rpartition('-')[0]}-LICENSE.txt")
        assert "SIL Open Font License, Version 1.1" in licence.read_text(encoding="utf-8")


def test_nothing_else_is_served_to_everybody(options: dict[str, Any]) -> None:
    """Whatever stands in static/ can be read without the dashboard."""
    declared = {face["url"].removeprefix("app/") for face in options["theme"]["fontFaces"]}
    served = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "static").rglob("*")
        if path.is_file() and not path.name.endswith("-LICENSE.txt")
    }

    assert served == declared
