"""Exact intervals and comparisons, against published worked examples and SciPy's own."""

import runpy

import numpy as np
import pytest
from scipy.stats import binomtest, chi2, poisson

from rapporteur.delivery import reference
from rapporteur.settings import DATA
from rapporteur.statistics.poisson import (
    Comparison,
    GapInPeriodError,
    Period,
    compare,
    exact_interval,
    period,
)


def year(year: int, count: int) -> Period:
    return Period(year, year, count)


# Intervals -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("count", "low", "high"),
    [
        # E. Pearson, H. Hartley, Biometrika Tables for Statisticians, volume 1, table 40.
        (0, 0, 3.69),
        (1, 0.0253, 5.57),
        (5, 1.62, 11.67),
        (10, 4.80, 18.39),
        (20, 12.22, 30.89),
        (50, 37.11, 65.92),
    ],
)
def test_the_published_intervals(count: int, low: float, high: float) -> None:
    found = exact_interval(count)

    assert [float(end) for end in found] == pytest.approx([low, high], abs=6e-3)


def test_the_example_of_r() -> None:
    """`poisson.test(137, 24.19893)` in the manual of R, package stats."""
    low, high = exact_interval(137)

    assert float(low) / 24.19893 == pytest.approx(4.753125, abs=1e-6)
    assert float(high) / 24.19893 == pytest.approx(6.692709, abs=1e-6)


def test_each_end_leaves_a_fortieth() -> None:
    """The definition: with the mean at an end, a count as far out has a chance of 2.5 %."""
    counts = np.arange(1, 60)
    low, high = exact_interval(counts)

    assert poisson.sf(counts - 1, low) == pytest.approx(0.025)
    assert poisson.cdf(counts, high) == pytest.approx(0.025)
    assert low == pytest.approx(chi2.ppf(0.025, 2 * counts) / 2)


def test_a_count_below_none_is_no_count() -> None:
    with pytest.raises(ValueError, match="below 0"):
        exact_interval(-1)


def test_the_list_that_questions_join_is_what_scipy_gives() -> None:
    made = runpy.run_path(str(DATA / "intervals.py"))["made"]()

    path = DATA / "reference" / "count_interval.csv"
    assert path.read_text(encoding="utf-8") == made
    [seven] = [row for row in reference.rows("count_interval") if row["count"] == "7"]
    assert (seven["low"], seven["high"]) == ("2.8144", "14.4227")


# Comparisons ---------------------------------------------------------------------------------


def test_the_example_of_two_rates_of_r() -> None:
    """`poisson.test(c(11, 6+8+7), c(800, 1083+1050+878))` in the manual of R, package stats.

    Persons at risk stand for the years of a period. R's p-value is of another two-sided test, so it
    is compared with SciPy's alone.
    """
    found = compare(Period(1, 3011, 6 + 8 + 7), Period(3012, 3811, 11))

    assert found.ratio == pytest.approx(1.971488, abs=1e-6)
    assert (found.low, found.high) == pytest.approx((0.8584264, 4.2772659), abs=1e-6)
    assert binomtest(11, 32, 800 / 3811).pvalue == pytest.approx(0.07967, abs=1e-5)


def test_the_example_of_fay() -> None:
    """`rateratio.test(c(2, 9), c(17877, 16660))`: the same test and p-value as ours.

    M. Fay, "Testing the Ratio of Two Poisson Rates", vignette of the R package rateratio.test,
    section 1.
    """
    found = compare(Period(1, 16660, 9), Period(16661, 34537, 2))

    assert found.ratio == pytest.approx(0.2070941557, abs=1e-10)
    assert (found.low, found.high) == pytest.approx((0.02177406, 1.00054910), abs=1e-8)
    assert found.p_value == pytest.approx(0.05011, abs=1e-5)
    assert not found.is_beyond_chance


def test_the_fall_of_investigations_from_2017_to_2021() -> None:
    found = compare(year(2017, 35), year(2021, 7))

    assert found.ratio == pytest.approx(0.2)
    assert (1 - found.low, 1 - (found.high or 0)) == pytest.approx((0.925, 0.543), abs=1e-3)
    assert found.is_beyond_chance
    assert found.p_value < 0.0001


def test_the_rise_since_2020_may_be_chance() -> None:
    found = compare(year(2020, 11), year(2024, 17))

    assert found.ratio == pytest.approx(17 / 11)
    assert (found.low, found.high) == pytest.approx((0.6828, 3.6502), abs=1e-4)
    assert not found.is_beyond_chance
    assert found.p_value == pytest.approx(0.345, abs=1e-3)


def test_the_p_value_never_contradicts_the_interval() -> None:
    for earlier in range(0, 40):
        for later in range(0 if earlier else 1, 40):
            found = compare(year(2000, earlier), Period(2001, 2003, later))
            assert found.is_beyond_chance == (found.p_value < 0.05), (earlier, later)


def test_an_equal_rate_is_no_change_whatever_the_lengths() -> None:
    found = compare(Period(2000, 2003, 40), year(2004, 10))

    assert found.ratio == 1
    assert found.low < 1 < (found.high or 0)
    assert found.p_value == 1


@pytest.mark.parametrize(("later", "beyond"), [(1, False), (12, True)])
def test_after_none_there_is_no_ratio_and_still_an_answer(later: int, beyond: bool) -> None:
    found = compare(year(2000, 0), year(2001, later))

    assert (found.ratio, found.high) == (None, None)
    assert found.is_beyond_chance is beyond


def test_down_to_none_has_a_ratio_of_none() -> None:
    found: Comparison = compare(year(2000, 12), year(2001, 0))

    assert (found.ratio, found.low) == (0, 0)
    assert found.is_beyond_chance


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        (year(2000, 0), year(2001, 0)),
        (year(2001, 3), year(2000, 3)),
        (Period(2000, 2002, 3), Period(2002, 2003, 3)),
    ],
)
def test_what_cannot_be_compared_is_refused(earlier: Period, later: Period) -> None:
    with pytest.raises(ValueError, match=r"nothing to compare|overlap"):
        compare(earlier, later)


# Periods -------------------------------------------------------------------------------------


def test_a_period_is_a_sum_and_an_average() -> None:
    found = period({2017: 35, 2018: 14, 2019: 16}, 2017, 2019)

    assert (found.count, found.years) == (65, 3)
    assert found.per_year == pytest.approx(65 / 3)


def test_over_a_gap_there_is_no_average() -> None:
    with pytest.raises(GapInPeriodError) as refused:
        period({2011: 21, 2012: 11, 2016: 29}, 2011, 2016)

    assert refused.value.missing == [2013, 2014, 2015]
