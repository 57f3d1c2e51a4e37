"""Figures that stand in no series, told in a sentence a year: nothing vanishes without a word."""

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from rapporteur.translations import format_number, later, translator

NOT_IN_ROWS: Final = later("Figures that are not in these rows")
Labels = Mapping[tuple[str, str], tuple[str, str]]


def sentences(rows: pd.DataFrame, known: Labels, language: str) -> list[str]:
    """One sentence for each indicator and year of an answer to investigations/told_apart.

    With several indicators each sentence begins with the name of its own.
    """
    of_several = rows["indicator"].nunique() > 1
    told = []
    for _, of_year in rows.groupby(["indicator", "year"], sort=False):
        indicator, year = str(of_year["indicator"].iloc[0]), int(of_year["year"].iloc[0])
        count = int(of_year["figures"].sum())
        words = (
            translator(language)
            .ngettext(
                "{year}: no figure for all together, only {count} figure told by {breakdowns}",
                "{year}: no figure for all together, only {count} figures told by {breakdowns}",
                count,
            )
            .format(
                year=year,
                count=format_number(count, language),
                breakdowns="; ".join(
                    _breakdown(row, known, language) for row in of_year.to_dict("records")
                ),
            )
        )
        name = _label("indicator", indicator, known, language)
        told.append(f"{name}, {words}" if of_several else words)
    return told


def _breakdown(row: Mapping[Any, Any], known: Labels, language: str) -> str:
    """By what a figure is told, and itself where it is the only one: “registered by (PD – 14)”."""
    by = " × ".join(_label("dimension", name, known, language) for name in row["dimensions"])
    said = []
    if isinstance(row["registered_by"], str):
        said.append(_label("institution", row["registered_by"], known, language))
    if not pd.isna(row["value"]):
        mark = row["mark"] if isinstance(row["mark"], str) else ""
        said.append(f"{mark} {format_number(row['value'], language)}".strip())
    return by + (f" ({' – '.join(said)})" if said else "")


def _label(list_name: str, code: str, known: Labels, language: str) -> str:
    """The label of a code, or the code where no list knows it."""
    return known.get((list_name, code), (code, code))[language == "en"]
