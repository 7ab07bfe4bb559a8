from __future__ import annotations

import pytest

from tests.reports import chromium
from tests.reports.conftest import ROOT
from tests.reports.hostile import NAMES
from tests.reports.test_hostile import renamed
from tests.reports.test_page import FIGURES

pytestmark = pytest.mark.browser

WIDTHS = [400, 900, 1600]
THEMES = {
    "light": ((), "rgb(244, 245, 247)"),
    "dark": (chromium.DARK, "rgb(14, 17, 20)"),
}


def assert_readable(seen):
    assert seen["content"] <= seen["width"], "scrolls sideways"
    assert seen["outside"] == [], "text outside its drawing"
    assert seen["overlapping"] == [], "text over text"
    assert seen["beyond"] == [], "text beyond the window"


@pytest.fixture(scope="session")
def pages(conv, conv_page, page_of, algorithms):
    noise, conv_alone = page_of(conv, kind="noise"), page_of(conv, kind="conv")
    return [conv_page, noise, conv_alone, page_of(algorithms, kind="conv")]


@pytest.mark.parametrize("theme", THEMES)
def test_all_text_is_seen_at_every_width(theme, pages, tmp_path):
    flags, ground = THEMES[theme]
    found = chromium.measure(pages, WIDTHS, tmp_path, *flags)
    assert [seen["width"] for seen in found] == sorted(4 * WIDTHS)
    for seen in found:
        assert_readable(seen)
        assert seen["ground"] == ground
    assert max(seen["drawn"] for seen in found) == FIGURES


def test_the_keyboard_goes_as_the_text_and_first_past_the_heading(pages, tmp_path):
    for seen in chromium.measure(pages, [900], tmp_path):
        assert seen["first"] == "Skip to the results"
        assert seen["reordered"] == 0


def test_hostile_names_keep_the_layout(document, page_of, tmp_path):
    pages = [page_of(renamed(document, name)) for name in NAMES.values()]
    for seen in chromium.measure(pages, WIDTHS, tmp_path):
        assert_readable(seen)


def test_nothing_is_said_or_fetched(conv_page, document, page_of, tmp_path):
    for page in (conv_page, page_of(renamed(document, NAMES["markup"]))):
        assert chromium.watch(page, tmp_path) == ([], [])


@pytest.mark.parametrize("kind", ["alert", "confirm", "prompt"])
def test_a_dialog_is_noticed(kind, tmp_path):
    for raising in (f"<img src=x onerror={kind}(1)>", f"<script>{kind}(1)</script>"):
        page = f"<html><head></head><body>{raising}</body></html>"
        assert chromium.dialogs(page, tmp_path) == [kind]


def test_no_name_raises_a_dialog(document, page_of, tmp_path):
    page = page_of(renamed(document, NAMES["markup"] + NAMES["scripts"]))
    assert chromium.dialogs(page, tmp_path) == []


def test_the_watch_sees_what_is_said_and_fetched(tmp_path):
    page = "<html><script>console.error('x')</script><img src='http://localhost:1/i'>"
    console, urls = chromium.watch(f"{page}</html>", tmp_path)
    assert console
    assert urls == ["http://localhost:1/i"]


def test_pictures_are_kept_to_be_looked_at(conv_page, tmp_path):
    folder = ROOT / "build" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    for theme, (flags, _) in THEMES.items():
        target = folder / f"{theme}.png"
        chromium.screenshot(conv_page, WIDTHS, target, tmp_path, *flags)
    printed = chromium.pdf(conv_page, folder / "print.pdf", tmp_path)
    assert printed.startswith(b"%PDF")
