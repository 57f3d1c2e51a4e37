"""Faults that can be planted are still there to be planted; `make faults` plants them."""

import pytest

from rapporteur.settings import ROOT
from tests.faults.__main__ import Fault, faults


@pytest.mark.parametrize("fault", faults(), ids=lambda fault: fault.name)
def test_a_fault_has_one_place_and_a_test_that_exists(fault: Fault) -> None:
    assert fault.occurrences() == 1
    assert fault.old != fault.new
    assert fault.tests
    for test in fault.tests:
        file, _, name = test.partition("::")
        assert f"def {name.partition('[')[0]}(" in (ROOT / file).read_text(encoding="utf-8")


def test_every_fault_has_a_name_of_its_own() -> None:
    names = [fault.name for fault in faults()]
    assert len(set(names)) == len(names) > 0
