"""What only a comparison of rows finds: each finding is a question under queries/findings/.

The questions read the rows of the delivery at hand as `given_<table>` and may look at the current
rows of other deliveries; they return file, sheet and row and what the sentence needs.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from rapporteur.translations import later

ORIGIN: Final = ("file", "sheet", "row")


@dataclass(frozen=True)
class Finding:
    """A question, the table and column that it is about, and what is said of each row found."""

    question: str
    table: str
    column: str
    code: str
    template: str
    is_problem: bool = False


FINDINGS: Final = (
    Finding(
        "total_smaller_than_part",
        "statistic",
        "value",
        "row-contradiction",
        later("The total is smaller than its part in row {part_row}. Mend one of them."),
        is_problem=True,
    ),
    Finding(
        "unit_differs",
        "statistic",
        "unit",
        "row-contradiction",
        later("The same figure stands in another unit, too; its indicator is counted in {unit}."),
        is_problem=True,
    ),
    Finding(
        "parts_do_not_add_up",
        "statistic",
        "value",
        "parts-do-not-add-up",
        later("The parts of this figure add up to {parts}, not to {whole}."),
    ),
    Finding(
        "jump_suspicious",
        "statistic",
        "value",
        "jump-suspicious",
        later("At least 100 times the neighbouring years ({neighbour}). Is a digit too many?"),
    ),
    Finding(
        "fall_suspicious",
        "statistic",
        "value",
        "jump-suspicious",
        later("The years on both sides are at least 100 times as large ({neighbour}). Thousands?"),
    ),
    Finding(
        "preferred_elsewhere",
        "statistic",
        "is_preferred",
        "row-contradiction",
        later("Delivery {other} shows another source for this figure; the one loaded last stands."),
    ),
    Finding(
        "count_near_duplicate",
        "activity",
        "count",
        "count-near-duplicate",
        later("Counts the same as row {earlier_row}. If it is one activity, give both one group."),
    ),
    Finding(
        "evidence_missing",
        "assessment",
        "evidence",
        "evidence-missing",
        later("“Įgyvendinta” without a document that confirms it."),
    ),
)

# Columns of dates of which the second cannot lie before the first.
ORDERED_DATES: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "activity": (("date_from", "date_to"),),
    "request": (
        ("requested_on", "due_on"),
        ("due_on", "extended_to"),
        ("requested_on", "reminded_on"),
        ("requested_on", "replied_on"),
    ),
}
