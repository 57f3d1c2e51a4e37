"""How long a load takes, as a ratio to merely reading the same file; see README.md beside it.

Every measurement is a process of its own, so that memory and imports are its own too.
"""

import argparse
import datetime
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

import xlsxwriter

from rapporteur.delivery import reference
from rapporteur.delivery.declaration import SHEET_OF_TABLE
from rapporteur.settings import ROOT

WORDS = (
    "paskaita",
    "mokiniams",
    "apie",
    "prekybos žmonėmis",
    "grėsmes",
    "vyko",
    "gimnazijoje",
    "dalyvavo",
    "mokytojai",
    "socialiniai darbuotojai",
    "policijos pareigūnai",
    "savivaldybės",
)
INSTITUTIONS = ("VRM", "PD", "GP", "SADM", "SAM")

# What is timed, each run as `python -c CODE FILE FOLDER`.
BARE_READ = """
import sys, python_calamine
book = python_calamine.load_workbook(sys.argv[1])
for name in book.sheet_names:
    book.get_sheet_by_name(name).to_python()
"""
SAME_IMPORTS = "import rapporteur.__main__\n" + BARE_READ
PANDAS = """
import sys, pandas
pandas.read_excel(sys.argv[1], sheet_name=None, engine="openpyxl")
"""
LOAD = """
import sys
from rapporteur.__main__ import main
sys.exit(main(["load", sys.argv[1], "--database", sys.argv[2] + "/x.duckdb", "--json"]))
"""


def write_workbook(path: Path, rows: int) -> None:
    """A delivery of `rows` activities with every column filled, alike to what is sent."""
    chance = random.Random(1)

    def words(count: int) -> str:
        return " ".join(chance.choice(WORDS) for _ in range(count))

    def labels(name: str) -> list[str]:
        return [choice.label_lt for choice in reference.choices()[name]]

    kinds, forms, groups = (
        labels(name) for name in ("activity_kind", "exploitation_form", "target_group")
    )
    municipalities = labels("municipality")
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(path, options) as book:
        day_format = book.add_format({"num_format": "yyyy-mm-dd"})

        def sheet(table: str, *lines: Mapping[str, object]) -> None:
            declared = SHEET_OF_TABLE[table]
            written = book.add_worksheet(declared.name)
            columns = [column for column in declared.columns if column.name in lines[0]]
            written.write_row(0, 0, [column.header for column in columns])
            for number, line in enumerate(lines, 1):
                written.write_row(number, 0, [line[column.name] for column in columns])

        sheet("delivery", {"code": "B-1", "institution": "VRM", "year": 2020})
        sheet(
            "institution",
            *(
                {"code": code, "name": f"Institucija {code}", "kind": "ministry"}
                for code in INSTITUTIONS
            ),
        )
        sheet("document", {"code": "DOK", "title": "Dokumentas", "kind": "ataskaita"})
        sheet(
            "recommendation",
            {"code": "R1", "document": "DOK", "number": "1", "made_in": 2020, "text": "Tekstas."},
        )
        declared = SHEET_OF_TABLE["activity"]
        written = book.add_worksheet(declared.name)
        written.write_row(0, 0, [column.header for column in declared.columns])
        for number in range(1, rows + 1):
            day = datetime.date(2020, 1, 1) + datetime.timedelta(days=chance.randrange(366))
            cells: list[object] = [
                2020, day, day, "savivaldybė", chance.choice(municipalities), words(2),
                chance.choice(INSTITUTIONS), words(2), "; ".join(chance.sample(INSTITUTIONS, 2)),
                words(2), chance.choice(kinds), "; ".join(chance.sample(forms, 2)),
                "; ".join(chance.sample(groups, 2)), words(3), chance.randrange(1, 9),
                chance.randrange(1, 500), "R1", f"G{number}", "DOK",
                f"{words(8)} {number}", words(3),
            ]  # fmt: skip
            for place, cell in enumerate(cells):
                if isinstance(cell, datetime.date):
                    written.write_datetime(number, place, cell, day_format)
                else:
                    written.write(number, place, cell)


def measured(code: str, file: Path) -> tuple[float, float]:
    """Seconds of a process that runs `code`, and the memory of the largest process in GiB."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "RAPPORTEUR_MAX_UPLOAD_MB": "500",
    }
    watched = (
        "import resource, subprocess, sys\n"
        "done = subprocess.run([sys.executable, '-c', *sys.argv[1:]], stdout=subprocess.DEVNULL)\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)\n"
        "sys.exit(done.returncode)"
    )
    with tempfile.TemporaryDirectory() as folder:
        begun = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-c", watched, code, str(file), folder],
            env=environment,
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
        )
        seconds = time.perf_counter() - begun
    if done.returncode:
        raise SystemExit(done.stderr)
    return seconds, int(done.stdout) / 2**20


def compare(file: Path, against: dict[str, str], repeats: int) -> None:
    """Print the median time of a load and its ratio to each of the others, run in turns."""
    codes = {"load": LOAD, **against}
    times: dict[str, list[float]] = {name: [] for name in codes}
    memory: dict[str, float] = {}
    for _ in range(repeats):
        for name, code in codes.items():
            seconds, largest = measured(code, file)
            times[name].append(seconds)
            memory[name] = max(memory.get(name, 0), largest)
    load = statistics.median(times["load"])
    print(f"{file.name}: {file.stat().st_size / 2**20:.1f} MB, {repeats} run(s) each")
    print(f"  load: {load:.2f} s, largest process {memory['load']:.2f} GiB")
    for name in against:
        other = statistics.median(times[name])
        print(f"  {name}: {other:.2f} s, {memory[name]:.2f} GiB; load is {load / other:.2f} of it")


def main() -> None:
    """Write the workbooks and measure."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rows", type=int, default=1_000_000)
    asked.add_argument("--repeats", type=int, default=1, help="of the large file")
    asked.add_argument("--without-pandas", action="store_true")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        small, large = Path(folder, "1000.xlsx"), Path(folder, f"{given.rows}.xlsx")
        write_workbook(small, 1_000)
        compare(small, {"the same imports and a bare read": SAME_IMPORTS}, 9)
        write_workbook(large, given.rows)
        against = {"a bare python-calamine read": BARE_READ}
        if not given.without_pandas:
            against["pandas.read_excel with openpyxl"] = PANDAS
        compare(large, against, given.repeats)


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    main()
