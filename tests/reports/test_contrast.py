from __future__ import annotations

import re

import pytest

from reports import colours
from tests.reports.conftest import ROOT

CSS = (ROOT / "reports" / "templates" / "report.css").read_text()
THEMES = {"light": 0, "dark": 1, "print": 2}
TEXT = ("foreground", "muted", "worse", "better", "unsure", "calm", "contender")
MARKS = ("baseline", "third", *TEXT)


def palette(theme: str) -> dict[str, str]:
    block = re.findall(r":root \{(.*?)\}", CSS, re.DOTALL)[THEMES[theme]]
    return dict(re.findall(r"--([a-z]+): (#[0-9a-f]{6})", block))


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", THEMES)
def test_text_and_marks_stand_out(theme):
    found = palette(theme)
    for name in TEXT:
        assert contrast(found[name], found["ground"]) >= 4.5, name
        assert contrast(found[name], found["page"]) >= 4.5, name
    for name in MARKS:
        assert contrast(found[name], found["band"]) >= 3, name
        assert contrast(found[name], found["ground"]) >= 3, name


def test_a_picture_alone_has_the_light_colours():
    found = palette("light")
    assert {name: found[name] for name in colours._LIGHT} == colours._LIGHT


def test_nothing_moves():
    assert not re.search("animation|transition|scroll-behavior", CSS)
