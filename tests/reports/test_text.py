from __future__ import annotations

import pytest

from reports.text import (
    change,
    common_prefix,
    exact,
    percent,
    scale_for,
    shorten,
    telling,
    visible,
)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0%"),
        (-84.615, "−84.6%"),
        (0.1234, "+0.12%"),
        (-0.001, "−0.00%"),
        (123456.0, "+123,456%"),
        (None, "unbounded"),
    ],
)
def test_percent_keeps_the_digits_that_matter(value, text):
    assert percent(value) == text


def test_a_ratio_reads_as_a_change():
    assert change(0.96) == "−4.0%"


@pytest.mark.parametrize(
    ("unit", "value", "text"),
    [
        ("sec/op", 1.5e-6, "1.500 µs"),
        ("cpu-sec/op", 0.0, "0 s"),
        ("sec/op", 3e-11, "0.03000 ns"),
        ("sec/op", None, "unmeasured"),
        ("B/s", 2.5e9, "2.500 GB/s"),
        ("faults/op", 12.0, "12.00 faults"),
    ],
)
def test_values_are_scaled_only_when_printed(unit, value, text):
    assert scale_for(unit, [value]).show(value) == text


def test_exact_values_are_never_rounded():
    assert exact(6815744.0, "B/op") == "6,815,744 B"
    assert exact(0.125, "allocs/op") == "0.125 allocs"
    assert exact(None, "B/op") == "unmeasured"


def test_hidden_characters_become_visible():
    assert visible("a\x00\u202eb\ud800") == r"a\u{0}\u{202e}b\u{d800}"
    assert visible("Größe/שלום/漢字 $x$") == "Größe/שלום/漢字 $x$"


def test_shortening_keeps_both_ends():
    assert shorten("abcdefghij", 7) == "abc…hij"
    assert shorten("abc", 7) == "abc"
    assert shorten("漢字漢字漢字", 7) == "漢…字"


def test_the_common_prefix_ends_at_a_slash():
    assert common_prefix(["a/b:1/c", "a/b:12/c"]) == "a/"
    assert common_prefix(["a/b", "a"]) == ""
    assert common_prefix(["a/b", "a/b"]) == ""


def test_telling_names_lack_what_all_begin_and_end_with():
    assert telling(["f/a/x:1/p", "f/b/x:1/p"]) == ["a", "b"]
    assert telling(["f/a/p", "f/b/c/p"]) == ["a", "b/c"]
    assert telling(["f/a", "f"]) == ["f/a", "f"]
    assert telling(["f/a/p"]) == ["f/a/p"]
    assert telling([]) == []
