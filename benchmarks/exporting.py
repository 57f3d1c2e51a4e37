"""How long an Excel file takes, as a ratio to merely writing the same cells; see README.md.

Every measurement is a process of its own, so that memory and imports are its own too. What is
timed is the writing alone: the cells are there before it begins.
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd

from rapporteur.settings import ROOT

WORDS = (
    "paskaita",
    "mokiniams",
    "apie",
    "prekybos",
    "žmonėmis",
    "grėsmes",
    "vyko",
    "gimnazijoje",
    "dalyvavo",
    "mokytojai",
    "socialiniai",
    "darbuotojai",
    "policijos",
    "pareigūnai",
    "savivaldybės",
)

# What all begin with: the frame, and the same cells as plain Python values.
CELLS = """
import datetime, io, pickle, resource, sys, time
import pandas as pd
frame = pd.read_pickle(sys.argv[1])
cells = [
    [None if missing else value for value, missing in zip(frame[name].tolist(), frame[name].isna())]
    for name in frame
]
names = list(frame)
begun = time.perf_counter()
"""
TOLD = """
print(time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""
BARE = """
import xlsxwriter
begun = time.perf_counter()
with xlsxwriter.Workbook(sys.argv[2], {"constant_memory": True}) as book:
    sheet = book.add_worksheet()
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write_row(0, 0, names)
    for row, values in enumerate(zip(*cells), 1):
        for place, value in enumerate(values):
            if isinstance(value, datetime.date):
                sheet.write_datetime(row, place, value, day)
            elif value is not None:
                sheet.write(row, place, value)
"""
PANDAS = """
import openpyxl
begun = time.perf_counter()
frame.to_excel(sys.argv[2], index=False, engine="openpyxl")
"""
OURS = """
from rapporteur.documents import workbook
export = workbook.Export(
    name="folder/question", title="?", data=frame,
    columns=tuple(workbook.ExportColumn(name, name, name) for name in names),
    filters=(), definitions=(),
    sources=pd.DataFrame(columns=["code", "title", "publisher", "date", "link"]),
    language="lt", made_at=datetime.datetime.now(datetime.UTC), data_version="0",
)
del cells
begun = time.perf_counter()
with open(sys.argv[2], "wb") as file:
    file.write(workbook.{writer})
"""
FORMATTED = OURS.replace("{writer}", "write_workbook(export)")
# Whatever the size, to know where each begins to pay.
TABLE = OURS.replace("{writer}", "_formatted(export, as_table=True)")
STREAM = OURS.replace("{writer}", "_formatted(export, as_table=False)")
PLAIN = OURS.replace("{writer}", "_plain(export)")


def generated(rows: int) -> pd.DataFrame:
    """Rows such as an answer has: years, days, codes, long texts, numbers, marks and blanks."""
    drawn = np.random.default_rng(20261123)

    def texts(least: int, most: int, count: int) -> list[str]:
        lengths = drawn.integers(least, most, count)
        return [" ".join(drawn.choice(WORDS, length)) for length in lengths]

    quotes = np.array(texts(12, 40, 5000), dtype=object)
    places = np.array(texts(2, 5, 500), dtype=object)
    days = np.array("2010-01-01", dtype="datetime64[D]") + drawn.integers(0, 5000, rows)
    numbers = pd.array(drawn.integers(0, 300, rows), dtype="Int64")
    numbers[drawn.random(rows) < 0.4] = pd.NA
    marks = ["≥" if is_marked else None for is_marked in drawn.random(rows) < 0.1]
    return pd.DataFrame(
        {
            "year": drawn.integers(2010, 2026, rows),
            "day": days.astype("datetime64[us]"),
            "municipality": drawn.choice(places, rows),
            "kind": drawn.choice(places, rows),
            "organiser": drawn.choice(places, rows),
            "participants": numbers,
            "mark": marks,
            "per_100k": drawn.random(rows) * 40,
            "quote": drawn.choice(quotes, rows),
            "source": drawn.choice(places, rows),
        }
    )


def measured(code: str, frame: Path, out: Path) -> tuple[float, float]:
    """Seconds of writing, and the most memory of the process in MiB."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", CELLS + code + TOLD, str(frame), str(out)],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
    )
    seconds, memory = done.stdout.split()
    return float(seconds), float(memory)


def compare(rows: int, ways: dict[str, str], repeats: int, folder: Path) -> None:
    """Print each way's time and memory, and its time as a ratio to the first of them."""
    frame = folder / f"{rows}.pickle"
    generated(rows).to_pickle(frame)
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in ways}
    for _ in range(repeats):  # in turns, so that a busy moment meets all of them
        for name, code in ways.items():
            found[name].append(measured(code, frame, folder / "out.xlsx"))
    base = statistics.median(seconds for seconds, _ in found[next(iter(ways))])
    print(f"{rows:,} rows")
    for name, runs in found.items():
        seconds = statistics.median(each for each, _ in runs)
        memory = max(each for _, each in runs)
        print(f"  {name:<28} {seconds:8.2f} s  {seconds / base:6.2f} ×  {memory:6.0f} MiB")


def main() -> None:
    """Compare the ways of writing the same rows, from 1,000 to as many as asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--most", type=int, default=500_000, help="rows of the largest file")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ours = {"bare XlsxWriter": BARE, "export": FORMATTED}
        compare(1_000, ours, 3 * given.repeats, folder)
        each = {"as a table": TABLE, "row by row": STREAM, "plain": PLAIN}
        compare(20_000, ours | each, given.repeats, folder)
        compare(100_000, ours | {"pandas with openpyxl": PANDAS} | each, given.repeats, folder)
        if given.most > 100_000:
            compare(given.most, {"bare XlsxWriter": BARE, "export": FORMATTED}, 1, folder)


if __name__ == "__main__":
    main()
