"""A delivery handed back as a workbook loads again and changes nothing."""

import datetime
from pathlib import Path

import pytest

from rapporteur.delivery import handing_back, loading
from rapporteur.delivery.loading import WrongUse
from rapporteur.warehouse.generations import current
from tests.conftest import DAY, MOMENT_OF_SHIPPED, Office


@pytest.mark.parametrize("path", loading.shipped(), ids=lambda path: path.stem)
def test_a_shipped_delivery_loads_again_unchanged(
    path: Path, shipped_database: Path, tmp_path: Path
) -> None:
    [code] = {
        outcome.delivery
        for outcome in loading.load(
            [path], shipped_database, moment=MOMENT_OF_SHIPPED, actor="tester", write=False
        )
    }
    assert code
    copy = tmp_path / "copy.xlsx"
    copy.write_bytes(handing_back.workbook(shipped_database, code, DAY.replace(year=2026)))
    before = current(shipped_database)

    [again] = loading.load([copy], shipped_database, moment=MOMENT_OF_SHIPPED, actor="tester")

    assert again.accepted, [problem.message() for problem in again.problems]
    assert again.unchanged
    assert current(shipped_database) == before


def test_every_mark_and_date_survives(office: Office) -> None:
    counts = [0, 5, ">250", "≥3", "~7", "<5", "n. d.", "netaikoma", None, "4 p"]
    office.send(
        activity=[{"count": count, "participants": count} for count in counts]
        + [
            {"date_from": "2019-11", "date_to": "2020"},
            {"date_from": datetime.date(2020, 9, 1), "forms": "forced_labour; sexual_exploitation"},
        ],
        statistic=[{"value": 1234.5}, {"value": "apie 0,25", "year": 2019, "is_doubtful": "taip"}],
    )
    copy = office.folder / "copy.xlsx"
    copy.write_bytes(handing_back.workbook(office.target, "T-1", DAY))

    [again] = office.load(copy)

    assert (again.accepted, again.unchanged) == (True, True), again


def test_an_unknown_delivery_is_wrong_use(office: Office) -> None:
    office.send(source=[{}])

    with pytest.raises(WrongUse, match="NĖRA"):
        handing_back.workbook(office.target, "NĖRA", DAY)
