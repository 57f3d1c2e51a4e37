"""Writes the exact 95 % intervals of small counts, which questions join to the figures.

    python data/intervals.py

Writes data/reference/count_interval.csv. A list, so that a page, a file and a command tell the same
interval and nobody who only loads or asks waits for SciPy.
"""

import csv
import io
from pathlib import Path
from typing import Final

import numpy as np

from rapporteur.statistics.poisson import exact_interval

TARGET: Final = Path(__file__).resolve().parent / "reference" / "count_interval.csv"
# Beyond it the interval is narrower than 5 % to either side.
LARGEST: Final = 2_000


def made() -> str:
    """What the file holds."""
    counts = np.arange(LARGEST + 1)
    low, high = exact_interval(counts)
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(("count", "low", "high"))
    writer.writerows(
        (count, f"{least:.4f}", f"{most:.4f}")
        for count, least, most in zip(counts, low, high, strict=True)
    )
    return table.getvalue()


if __name__ == "__main__":
    TARGET.write_text(made(), encoding="utf-8")
