from __future__ import annotations

import pytest

from tests.peers.summary import fastest, geomean, speed, spread, times_for


def test_quartiles_are_those_of_numpy():
    # numpy.percentile([1, 2, 4, 8, 16, 32], [50, 25, 75])
    values = spread([32.0, 1.0, 16.0, 2.0, 8.0, 4.0])
    assert (values.median, values.p25, values.p75) == (6.0, 2.5, 14.0)
    assert values.n == 6


def test_one_value_is_its_own_spread():
    values = spread([3.0])
    assert (values.median, values.p25, values.p75, values.n) == (3.0, 3.0, 3.0, 1)


def test_a_slow_round_does_not_show_in_the_ratios():
    ours, theirs = [1.0, 10.0, 1.0], [2.0, 20.0, 2.0]
    assert speed(ours, theirs) == [2.0, 2.0, 2.0]


def test_ratios_of_different_rounds_are_refused():
    with pytest.raises(ValueError):
        speed([1.0], [1.0, 1.0])


def test_geometric_mean_goes_over_shapes_round_by_round():
    assert geomean([[1.0, 2.0], [4.0, 8.0]]) == pytest.approx([2.0, 4.0])


def test_fastest_goes_by_the_median_not_by_a_lucky_round():
    seconds = {"lucky": [0.1, 3.0, 3.0], "steady": [2.0, 2.0, 2.0]}
    assert fastest(seconds) == "steady"


@pytest.mark.parametrize(
    ("seconds_per_run", "times"), [(1.0, 1), (0.02, 1), (0.015, 2), (50e-6, 400)]
)
def test_a_visit_is_at_least_one_run_and_then_as_long_as_asked(seconds_per_run, times):
    assert times_for(seconds_per_run, 0.02) == times
