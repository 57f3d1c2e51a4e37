"""Frames between a question and a figure: pivots and counts. No Streamlit, no queries."""

from collections.abc import Mapping, Sequence

import pandas as pd

from rapporteur.ui.charts import ANSWER_LOOKS, text_on

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
    return NO_ADDRESSEE if state in {"pateikta", "pateikta iš dalies"} else CO_OPERATING


def cell_style(shown: object) -> str:
    """The CSS of a cell of the answer matrix: the greys of its state, and a sign to be read."""
    state = next((state for state, sign in SYMBOLS.items() if sign == shown and sign), None)
    centred = "text-align: center"
    if state is None:
        return centred
    colour, _ = ANSWER_LOOKS[state]
    return f"{centred}; background-color: {colour}; color: {text_on(colour)}"


def answer_matrix(rows: pd.DataFrame, *, name: str) -> pd.DataFrame:
    """Institutions down, recommendations across, a symbol in each cell that means something.

    `rows` is an answer of implementation/answer_matrix; `name` its column of institutions' names.
    The frame has `institution`, a column per recommendation number, and `name`.
    """
    wholes = rows[rows["part"].isna()]
    numbers = list(dict.fromkeys(wholes["number"]))
    cells: dict[str, dict[str, str]] = {}
    for row in wholes.to_dict("records"):
        line = cells.setdefault(
            row["institution"], {"institution": row["institution"], "name": row[name]}
        )
        state = None if pd.isna(row["state"]) else row["state"]
        line[row["number"]] = symbol(state, is_addressee=bool(row["is_addressee"]))
    # The name stands last: on a phone the signs are seen beside the codes.
    frame = pd.DataFrame(cells.values(), columns=["institution", *numbers, "name"])
    frame[numbers] = frame[numbers].fillna("")
    return frame


def states_by_recommendation(
    rows: pd.DataFrame, *, states: Sequence[str], short: str
) -> pd.DataFrame:
    """How many addressees of each recommendation are in each state: `name`, then a column a state.

    `rows` is an answer of implementation/answer_matrix; `short` its column of short titles.
    """
    asked = rows[rows["is_addressee"] & rows["part"].isna()]
    counts = (
        asked.groupby(["recommendation", "number", short, "state"], sort=False)
        .size()
        .unstack(fill_value=0)
        .reindex(columns=list(states), fill_value=0)
        .reset_index()
    )
    counts["name"] = counts["number"] + ". " + counts[short].map(_shortened)
    return counts[["name", *states]]


def _shortened(title: str, width: int = 40) -> str:
    if len(title) <= width:
        return title
    return title[:width].rpartition(" ")[0].rstrip(",;") + " …"
