"""How much longer a page takes with a million rows behind it, and what it sends; see README.md.

The same page is asked on the shipped data and on the shipped data with generated activities beside
them, in turns in one process. Nothing is taken from a cache: every rerun asks its questions anew.
"""

import argparse
import datetime
import logging
import os
import statistics
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import duckdb
import pyarrow as pa
import streamlit as st
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block

from rapporteur.delivery import loading
from rapporteur.settings import ROOT
from rapporteur.warehouse.differences import Change
from rapporteur.warehouse.writing import NewVersion, drafting

MOMENT: Final = datetime.datetime(2026, 3, 1, 10, tzinfo=datetime.UTC)
# What a reader changes, one after another.
CHOICES: Final[tuple[Mapping[str, str], ...]] = (
    {},
    {"year": "2020"},
    {"kind": "lecture"},
    {"form": "forced_labour"},
    {"target_group": "pupils"},
    {"county": "LT-VL"},
    {"municipality": "LT-57"},
    {"year": "2019", "kind": "seminar", "overlay": "coordination", "gaps": "municipality"},
)
# Rows as institutions would send them: a fifth in campaigns of five, a tenth without a place, some
# without a number, one in a hundred without a year.
GENERATED: Final = """
with drawn as (
    select
        n,
        (hash(n, 1) % 1_000_003)::bigint as a,
        (hash(n, 2) % 1_000_003)::bigint as b,
        (hash(n, 3) % 1_000_003)::bigint as c,
        (hash(n, 4) % 1_000_003)::bigint as d
    from range($rows) as numbers (n)
),
listed as (
    select
        (select list(code) from activity_kind) as kinds,
        (select list(code) from exploitation_form) as forms,
        (select list(code) from target_group) as target_groups,
        (select list(code order by code) from municipality) as municipalities,
)
select
    if(a % 100 = 0, null, 2010 + b % 16) as year,
    make_date(2010 + b % 16, 1 + c % 12, 1 + d % 28) as date_from,
    'day' as date_from_precision,
    if(a % 10 = 0, 'visa šalis', 'savivaldybė') as scope,
    if(a % 10 = 0, null, municipalities[1 + c % 60]) as municipality,
    ['VRM', 'PD', 'GP', 'SADM', 'SAM'][1 + d % 5] as organiser,
    kinds[1 + b % len(kinds)] as kind,
    if(c % 3 = 0, null, [forms[1 + a % len(forms)], forms[1 + d % len(forms)]]) as forms,
    if(d % 3 = 0, null, [target_groups[1 + b % len(target_groups)]]) as target_groups,
    'mokiniai ir mokytojai, ' || n as target_group_text,
    if(b % 4 = 0, null, 1 + c % 5) as count,
    if(b % 4 = 0, '[+]', null) as count_mark,
    if(c % 2 = 0, null, 5 + d % 200) as participants,
    if(n % 5 = 0, 'G' || n // 25, null) as group_code,
    'Sakinys apie veiklą Nr. ' || n || ', kuri vyko mokykloje ar gimnazijoje.' as quote,
    'eilute-' || n as row_key,
    'sukurta.xlsx' as file,
    'Veiklos' as sheet,
    n + 2 as row,
from drawn, listed
"""


def with_generated(target: Path, rows: int) -> None:
    """Store generated activities beside what is there, as a load would."""
    defined = loading.definitions()
    schema = defined.tables["activity"]
    opened = loading.open_renewed(target)
    generation = opened.generation
    opened.close()
    with duckdb.connect(str(generation), read_only=True) as connection:
        made = connection.execute(GENERATED, {"rows": rows}).to_arrow_table()
    columns = [
        made[field.name].cast(field.type)
        if field.name in made.column_names
        else pa.nulls(rows, field.type)
        for field in schema
    ]
    new = NewVersion("B-1", "VRM", 2026, None, (), {"activity": pa.table(columns, schema=schema)})
    with drafting(target, defined) as draft:
        draft.add(new, {"activity": Change(rows, 0, 0)}, at=MOMENT, actor="benchmark")


def opened_page(database: Path, page: str) -> AppTest:
    """The page as a reader has it before her."""
    os.environ["RAPPORTEUR_DATABASE"] = str(database)
    app = AppTest.from_file(ROOT / "app.py", default_timeout=600)
    app.run()
    return app.switch_page(f"pages/{page}.py").run()


def rerun(app: AppTest, database: Path, chosen: Mapping[str, str]) -> tuple[float, int]:
    """Seconds of a rerun with these filters and the bytes of what it draws."""
    os.environ["RAPPORTEUR_DATABASE"] = str(database)
    app.query_params.clear()
    for name, value in chosen.items():
        app.query_params[name] = value
    st.cache_data.clear()
    begun = time.perf_counter()
    app.run()
    seconds = time.perf_counter() - begun
    assert not app.exception, [error.message for error in app.exception]
    return seconds, sent(app.main)


def sent(block: Any) -> int:
    """The bytes of all elements of a block."""
    return sum(
        sent(child) if isinstance(child, Block) else len(child.proto.SerializeToString())
        for child in block.children.values()
    )


def main() -> None:
    """Make both databases and measure."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--page", default="activities")
    asked.add_argument("--rows", type=int, default=1_000_000)
    asked.add_argument("--repeats", type=int, default=3)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        # As many rows as asked, and a tenth of them: what is sent must be the same for both.
        sizes = {"shipped": 0, "tenth": given.rows // 10, "all": given.rows}
        apps: dict[str, tuple[AppTest, Path]] = {}
        for name, rows in sizes.items():
            target = Path(folder, f"{name}.duckdb")
            outcomes = loading.load(loading.shipped(), target, moment=MOMENT, actor="benchmark")
            assert all(outcome.accepted for outcome in outcomes)
            if rows:
                with_generated(target, rows)
            apps[name] = (opened_page(target, given.page), target)
        print(f"/{given.page}: shipped rows, and {given.rows:,} generated ones beside them")
        ratios, growths = [], []
        for chosen in CHOICES:
            times: dict[str, list[float]] = {name: [] for name in apps}
            size: dict[str, int] = {}
            for _ in range(given.repeats):
                for name, (app, target) in apps.items():
                    seconds, size[name] = rerun(app, target, chosen)
                    times[name].append(seconds)
            small, large = (statistics.median(times[name]) for name in ("shipped", "all"))
            ratios.append(large / small)
            growths.append(size["all"] / size["tenth"])
            words = "&".join(f"{name}={value}" for name, value in chosen.items()) or "no filter"
            kilobytes = " → ".join(f"{size[name] / 1024:.0f}" for name in apps)
            print(
                f"  {words}: {small:.2f} s → {large:.2f} s, {large / small:.2f} ×; {kilobytes} KB"
            )
        print(
            f"  rerun {statistics.median(ratios):.2f} × in the median, {max(ratios):.2f} × at "
            f"most; bytes of ten times the rows {max(growths):.2f} × at most"
        )


if __name__ == "__main__":
    # Streamlit says at every rerun that no server runs.
    logging.disable(logging.WARNING)
    main()
