"""What is kept beside the rows is always what would be made of all of them anew."""

from typing import Any

import duckdb
import pytest

from rapporteur.delivery import reference, versions
from rapporteur.settings import QUERIES
from rapporteur.warehouse import generations
from tests.conftest import MOMENT, Office

NAMES = sorted(path.stem for path in QUERIES.glob("kept/*.sql"))


def kept(office: Office, name: str) -> tuple[list[Any], list[Any]]:
    """The rows kept, and those that all stored rows make now."""
    generation = generations.current(office.target)
    assert generation is not None
    with duckdb.connect(str(generation), read_only=True) as connection:
        connection.execute("create temp view loaded_activity as from stored.activity")
        made = (QUERIES / "kept" / f"{name}.sql").read_text(encoding="utf-8")
        return (
            connection.execute(f"from stored.{name} order by all").fetchall(),
            connection.execute(f"from ({made}) order by all").fetchall(),
        )


@pytest.mark.parametrize("name", NAMES)
def test_kept_rows_follow_every_change(office: Office, name: str) -> None:
    group = {"group_code": "G", "forms": "forced_labour; forced_begging"}
    office.send("T-1", activity=[{"count": 2, **group}, {"count": "<5", **group}, {}])
    office.send("T-2", activity=[{"group_code": "T-1:G", "target_groups": "pupils"}])
    office.send("T-1", activity=[{"count": "bent 7"}, {"count": 4, "participants": "apie 30"}])
    office.send("T-3", result=[{}])
    stored, anew = kept(office, name)
    assert len(stored) == 3 + 1 + 2
    assert stored == anew

    versions.restore(office.target, 1, moment=MOMENT, actor="tester")
    versions.purge(office.target, 3, "Prašymas.", moment=MOMENT, actor="tester")
    stored, anew = kept(office, name)
    assert len(stored) == 3 + 1
    assert stored == anew


def test_every_member_of_a_list_has_a_bit() -> None:
    """Forms and target groups are kept as the bits of whole numbers of 64."""
    for name in ("exploitation_form", "target_group"):
        positions = [int(row["position"]) for row in reference.rows(name)]
        assert len(set(positions)) == len(positions)
        assert min(positions) > 0
        assert max(positions) < 63
