"""The grid of gaps: what is asked for is outlined, and told to who cannot see it."""

import pytest

from rapporteur.documents.palette import BLUES
from rapporteur.ui.grid import Cell, drawn


def test_what_is_asked_for_is_outlined_told_of_or_not() -> None:
    shown = drawn(
        [
            [Cell("≥ 3", 3, is_asked=True, lines=["a"]), Cell(is_asked=True)],
            [Cell("+1", 1), Cell()],
        ],
        label="Formos",
        corner="Grupė × forma",
        rows=["mokiniai", "tėvai"],
        columns=["darbui", "elgetauti"],
        asked="prašoma",
    )

    cells = [cell for row in shown["rows"] for cell in row["cells"]]
    assert [cell["asked"] for cell in cells] == [True, True, False, False]
    assert [cell["words"] for cell in cells] == ["≥ 3", "", "+1", ""]
    assert [bool(cell["fill"]) for cell in cells] == [True, False, True, False]
    assert cells[0]["lines"] == ["mokiniai × darbui", "a"]
    assert shown["asked"] == "prašoma"


@pytest.mark.parametrize(
    ("value", "shade"), [(0, ""), (1, BLUES[0]), (4, BLUES[1]), (9, BLUES[2]), (5000, BLUES[3])]
)
def test_one_is_seen_to_be_more_than_none(value: float, shade: str) -> None:
    shown = drawn(
        [[Cell(value=value)]], label="", corner="", rows=["a"], columns=["b"], asked="prašoma"
    )

    assert shown["rows"][0]["cells"][0]["fill"] == shade


def test_a_line_that_does_not_fit_its_columns_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="zip"):
        drawn([[Cell()]], label="", corner="", rows=["a"], columns=["b", "c"], asked="")
