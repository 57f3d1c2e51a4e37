"""Small yearly counts: how sure one can be of a number of rare events, and of its change.

A count of independent rare events is taken as Poisson distributed. Persons are not independent (one
investigation may have many victims), so for them the true uncertainty is larger than told here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaincinv
from scipy.stats import binomtest

CONFIDENCE: Final = 0.95


class GapInPeriodError(ValueError):
    """A period without the figure of one of its years: it has no sum and no average."""

    def __init__(self, missing: list[int]) -> None:
        super().__init__(", ".join(map(str, missing)))
        self.missing = missing


def exact_interval(
    count: NDArray[np.int64] | int, confidence: float = CONFIDENCE
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The exact central confidence interval of the mean of a Poisson count: (low, high).

    `count` is a whole number of 0 or more, or an array of them; the ends have its shape and unit.
    Of 0 the low end is 0. Source: F. Garwood, "Fiducial limits for the Poisson distribution",
    Biometrika 28 (1936), 437-442; the ends are quantiles of the gamma distribution with the shapes
    `count` and `count + 1`, which SciPy inverts. Raises ValueError for a count below 0.
    """
    counts = np.asarray(count, dtype=np.float64)
    if (counts < 0).any():
        raise ValueError("a count cannot be below 0")
    tail = (1 - confidence) / 2
    # The gamma distribution has no shape 0; what it would give is replaced.
    low = np.where(counts > 0, gammaincinv(np.maximum(counts, 1), tail), 0.0)
    return low, gammaincinv(counts + 1, 1 - tail)


@dataclass(frozen=True)
class Period:
    """One year or several in a row, with the sum of their counts."""

    first: int
    last: int
    count: int

    @property
    def years(self) -> int:
        """How many years it has."""
        return self.last - self.first + 1

    @property
    def per_year(self) -> float:
        """Counts a year, on average."""
        return self.count / self.years


def period(counts: Mapping[int, int], first: int, last: int) -> Period:
    """The sum of the years from `first` to `last`.

    Raises GapInPeriodError when the figure of a year is missing: over a gap there is no sum.
    """
    years = range(first, last + 1)
    if missing := [year for year in years if year not in counts]:
        raise GapInPeriodError(missing)
    return Period(first, last, sum(counts[year] for year in years))


@dataclass(frozen=True)
class Comparison:
    """A later period beside an earlier one: the ratio of their yearly rates and its interval."""

    earlier: Period
    later: Period
    ratio: float | None
    """Later by earlier; None where the earlier one has no event."""
    low: float
    high: float | None
    """The exact interval of the ratio; no upper end where the earlier one has no event."""
    p_value: float
    """Two-sided: twice the smaller tail, which agrees with the interval."""

    @property
    def is_beyond_chance(self) -> bool:
        """Whether the interval leaves out a ratio of 1, an unchanged rate."""
        return self.low > 1 or (self.high is not None and self.high < 1)


def compare(earlier: Period, later: Period, confidence: float = CONFIDENCE) -> Comparison:
    """Compare two Poisson rates by the exact conditional test.

    Given the sum of both counts, the later one is binomial; its share follows from the ratio of the
    rates and the lengths of the periods. Source: J. Przyborowski, H. Wilenski, "Homogeneity of
    results in testing samples from Poisson series", Biometrika 31 (1940), 313-323. The interval of
    the share is that of C. Clopper, E. Pearson, Biometrika 26 (1934), 404-413. The p-value is twice
    the smaller tail, so that it never contradicts the interval: M. Fay, "Two-sided exact tests and
    matching confidence intervals for discrete data", The R Journal 2 (2010), 53-58. Raises
    ValueError when neither period has an event, or when they overlap.
    """
    if earlier.last >= later.first:
        raise ValueError("the periods overlap or stand in the wrong order")
    if earlier.count + later.count == 0:
        raise ValueError("without an event in either period there is nothing to compare")
    both = earlier.count + later.count
    unchanged = later.years / (earlier.years + later.years)
    tails = [
        binomtest(later.count, both, unchanged, alternative=side).pvalue
        for side in ("less", "greater")
    ]
    share = binomtest(later.count, both, unchanged).proportion_ci(confidence, method="exact")
    lengths = earlier.years / later.years
    return Comparison(
        earlier,
        later,
        later.per_year / earlier.per_year if earlier.count else None,
        float(share.low / (1 - share.low) * lengths),
        float(share.high / (1 - share.high) * lengths) if share.high < 1 else None,
        min(1.0, 2 * float(min(tails))),
    )
