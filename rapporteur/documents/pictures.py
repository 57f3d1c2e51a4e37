"""Charts as pictures for documents, where no browser draws them. Words are given by the caller."""

import io
from collections.abc import Mapping, Sequence
from typing import Final

from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from rapporteur.delivery.file_limits import without_controls
from rapporteur.documents.palette import EDGE, text_on

_DOTS: Final = 200  # an inch: sharp on paper
_LONGEST: Final = 60  # characters of a name beside a bar
# Plotly's names of patterns in matplotlib's own.
_HATCHES: Final[Mapping[str, str]] = {
    "": "",
    "/": "//",
    "\\": "\\\\",
    "x": "xx",
    "-": "--",
    "|": "||",
    ".": "..",
}


def _drawn(words: str) -> str:
    """Words of the data as matplotlib draws them: never a formula, and no longer than a picture."""
    shown = " ".join(without_controls(words).split())
    if len(shown) > _LONGEST:
        shown = f"{shown[: _LONGEST - 1]}…"
    # Its font has no signs beyond the first plane, such as emoji.
    return "".join(one if ord(one) < 0x10000 else "□" for one in shown).replace("$", r"\$")


def stacked_bars(
    names: Sequence[str],
    counts: Mapping[str, Sequence[int]],
    looks: Mapping[str, tuple[str, str]],
    labels: Mapping[str, str],
    *,
    unit: str,
    width: float,
) -> bytes:
    """A PNG of one horizontal bar a name, split into states, the number written in each part.

    `counts` has for each state a count for each name; a state that counts nothing is left out.
    `looks` are the fills and patterns of states, `labels` their names, `unit` what is counted,
    `width` the picture's in inches.
    """
    shown = [state for state in counts if any(counts[state])]
    figure = Figure(figsize=(width, 1.1 + 0.42 * len(names)), layout="constrained")
    axes = figure.add_subplot()
    begins = [0] * len(names)
    for state in shown:
        fill, pattern = looks[state]
        bars = axes.barh(
            range(len(names)),
            counts[state],
            left=begins,
            height=0.62,
            color=fill,
            hatch=_HATCHES[pattern],
            edgecolor=EDGE,
            linewidth=0.8,
            label=_drawn(labels[state]),
        )
        axes.bar_label(
            bars,
            labels=[str(count) if count else "" for count in counts[state]],
            label_type="center",
            color=text_on(fill),
            fontsize=9,
            # On a pattern a number needs a ground of its own.
            bbox={"facecolor": fill, "edgecolor": "none", "pad": 1.5} if pattern else None,
        )
        begins = [begin + count for begin, count in zip(begins, counts[state], strict=True)]
    axes.set_yticks(range(len(names)), list(map(_drawn, names)), fontsize=9)
    axes.invert_yaxis()  # the first at the top
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.tick_params(axis="x", labelsize=8)
    axes.tick_params(axis="y", length=0)
    axes.set_xlabel(_drawn(unit), fontsize=9)
    axes.spines[["top", "right", "left"]].set_visible(False)
    figure.legend(loc="outside upper left", ncols=2, fontsize=8.5, frameon=False)
    content = io.BytesIO()
    # Without the moment and the program's name the same counts give the same bytes.
    figure.savefig(content, format="png", dpi=_DOTS, metadata={"Software": None})
    return content.getvalue()
