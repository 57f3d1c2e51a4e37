"""Frames between a question and a figure: pivots and counts. No Streamlit, no queries."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from rapporteur.documents.palette import ANSWER_LOOKS, ASSESSMENT_LOOKS, text_on
from rapporteur.documents.states import WITH_DATA, told_as_one

# Shape before word: the states are told apart without colour.
SYMBOLS: Mapping[str, str] = {
    "pateikta": "●",
    "pateikta iš dalies": "◐",
    "nepateikta": "○",
    "neminima": "–",
    "laukiama": "…",
    "neprašyta": "·",
    "netaikoma": "×",
}
NO_ADDRESSEE, CO_OPERATING = "◇", "∘"


def symbol(state: str | None, *, is_addressee: bool) -> str:
    """The sign of a cell of the answer matrix: a state, or who is no addressee."""
    if is_addressee:
        return SYMBOLS.get(state or "", "")
    return NO_ADDRESSEE if state in WITH_DATA else CO_OPERATING


def cell_style(shown: object) -> str:
    """The CSS of a cell of the answer matrix: the greys of its state, and a sign to be read."""
    state = next((state for state, sign in SYMBOLS.items() if sign == shown and sign), None)
    centred = "text-align: center"
    if state is None:
        return centred
    colour, _ = ANSWER_LOOKS[state]
    return f"{centred}; background-color: {colour}; color: {text_on(colour)}"


def state_style(shown: object) -> str:
    """The CSS of a cell that holds a code of axis A: its grey, under a sign and words."""
    look = ANSWER_LOOKS.get(str(shown))
    return f"background-color: {look[0]}; color: {text_on(look[0])}" if look else ""


def assessment_style(shown: object) -> str:
    """The CSS of a cell that holds a code of axis B: its colour, under words to be read."""
    look = ASSESSMENT_LOOKS.get(str(shown))
    return f"background-color: {look[0]}; color: {text_on(look[0])}" if look else ""


def answer_matrix(rows: pd.DataFrame, *, name: str) -> pd.DataFrame:
    """Institutions down, recommendations across, a symbol in each cell that means something.

    `rows` is an answer of implementation/answer_matrix; `name` its column of institutions' names.
    The frame has `institution`, a column per code of a recommendation, then of the recommendations
    addressed to the institution how many are `with_data` and how many are `asked`, and `name`.
    Where only parts of a recommendation are addressed to it, their states are told as one.
    """
    codes = list(dict.fromkeys(rows["recommendation"]))
    cells: dict[str, dict[str, Any]] = {}
    for (institution, code), item in rows.groupby(["institution", "recommendation"], sort=False):
        line = cells.setdefault(
            str(institution),
            {"institution": institution, "name": item[name].iloc[0], "with_data": 0, "asked": 0},
        )
        is_addressee = bool(item["is_addressee"].any())
        state = _told_as_one(item)
        line[str(code)] = symbol(state, is_addressee=is_addressee)
        if is_addressee and state not in {"netaikoma", "neprašyta"}:
            line["asked"] += 1
            line["with_data"] += state in WITH_DATA
    # The name stands last: on a phone the signs are seen beside the codes.
    columns = ["institution", *codes, "with_data", "asked", "name"]
    frame = pd.DataFrame(cells.values(), columns=columns)
    frame[codes] = frame[codes].fillna("")
    # Who was asked nothing has no count, not a count of zero.
    counts = frame[["with_data", "asked"]].astype("Int64")
    frame[["with_data", "asked"]] = counts.where(counts["asked"] > 0)
    return frame


def _told_as_one(item: pd.DataFrame) -> str | None:
    """The state of an institution on a recommendation, from its rows of the answer matrix."""
    told = item[["part", "state"]].astype(object).where(item[["part", "state"]].notna(), None)
    return told_as_one(list(told.itertuples(index=False, name=None)))


def years_strip(chain: pd.DataFrame, states: pd.DataFrame, *, short: str) -> pd.DataFrame:
    """Recommendations down, reporting years across, two columns a year: the data and the judgement.

    `chain` is an answer of recommendations/chain from one recommendation, `states` one of
    recommendations/register; `short` the column of short titles. The frame has `recommendation`,
    `number`, for each year `state:<year>` and `assessment:<year>`, codes, null where the
    recommendation does not count in the year, and `name`.
    """
    frame = pd.DataFrame(
        {
            "recommendation": chain["recommendation"],
            "number": chain["shown_number"],
            "name": chain[short],
        }
    ).set_index("recommendation", drop=False)
    for year in sorted(states["year"].unique()):
        told = states[states["year"] == year].set_index("recommendation")
        frame[f"state:{year}"] = told["state"]
        frame[f"assessment:{year}"] = told["assessment"]
    # The name stands last: on a phone the states are seen beside the numbers.
    frame["name"] = frame.pop("name")
    return frame.reset_index(drop=True)


def states_by_recommendation(
    rows: pd.DataFrame, *, states: Sequence[str], short: str
) -> pd.DataFrame:
    """How many addressees of each recommendation are in each state: `name`, then a column a state.

    `rows` is an answer of implementation/answer_matrix; `short` its column of short titles.
    """
    asked = rows[rows["is_addressee"]]
    items = [
        (*key, _told_as_one(item))
        for key, item in asked.groupby(
            ["recommendation", "shown_number", short, "institution"], sort=False
        )
    ]
    told = pd.DataFrame(items, columns=["recommendation", "number", short, "institution", "state"])
    counts = (
        told.groupby(["recommendation", "number", short, "state"], sort=False)
        .size()
        .unstack(fill_value=0)
        .reindex(columns=list(states), fill_value=0)
        .reset_index()
    )
    counts["name"] = counts["number"] + ". " + counts[short]
    return counts[["name", *states]]
