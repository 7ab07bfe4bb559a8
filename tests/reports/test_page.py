from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.reports.hostile import NAMES

SVG_TEXT = {"text", "tspan"}


def compared_only(document: dict[str, Any], keep: int) -> dict[str, Any]:
    rows = document["comparison"]["rows"]
    document["comparison"]["rows"] = rows[:keep]
    return document


def renamed(document: dict[str, Any], name: str) -> dict[str, Any]:
    """`document` with `name` wherever a stranger's text can stand."""
    comparison = document["comparison"]
    for row in comparison["rows"]:
        row["benchmark"] = f"{name}/{row['benchmark']}"
        row["rule"], row["warnings"] = name, [name]
        row["verdict"] = "undecided"
        row["tau"]["origin"] = name
    comparison["baseline"]["label"] = comparison["contenders"][0]["label"] = name
    comparison["warnings"] = [name]
    document["run"]["facts"] |= {"host.cpu": name, name: name}
    document["run"]["label"] = document["tool"] = name
    return document


def test_is_well_formed(conv_page, tree_of):
    assert tree_of(conv_page).tag == "html"


def test_refers_to_nothing_outside(conv_page, tree_of):
    for element in tree_of(conv_page).iter():
        assert element.tag not in {"script", "link", "iframe", "img", "object"}
        for key, value in element.attrib.items():
            if key in {"href", "src"}:
                assert value.startswith("#")
    assert not re.search(r"@import|url\((?!#)", conv_page)
    namespaces = {"http://www.w3.org/1999/xhtml", "http://www.w3.org/2000/svg"}
    assert set(re.findall(r"https?://[^\"\s<]+", conv_page)) == namespaces


def test_forbids_everything_but_its_own_styles(conv_page):
    assert "default-src 'none'; style-src 'unsafe-inline'" in conv_page


def test_ids_are_unique_and_references_resolve(conv_page, tree_of):
    elements = list(tree_of(conv_page).iter())
    ids = Counter(e.get("id") for e in elements if e.get("id"))
    assert [id_ for id_, count in ids.items() if count > 1] == []
    assert set(re.findall(r'(?:href="|url\()#([^")]+)', conv_page)) <= set(ids)


def test_every_figure_has_a_name_a_sentence_and_its_numbers(conv_page, tree_of):
    tree = tree_of(conv_page)
    texts = {e.get("id"): "".join(e.itertext()) for e in tree.iter() if e.get("id")}
    panels = [s for s in tree.iter("section") if s.get("class", "").startswith("panel")]
    assert len(panels) == 1 + 2 + 6
    for panel in panels:
        figure = panel.find("figure")
        assert figure.get("role") == "img"
        assert all(texts[id_].strip() for id_ in figure.get("aria-labelledby").split())
        assert panel.find("p[@class='says']").text.strip()
        assert len(list(panel.find("details").iter("tr"))) > 1


def test_every_row_of_the_comparison_is_in_a_table(conv, conv_page, tree_of):
    cells = Counter("".join(th.itertext()) for th in tree_of(conv_page).iter("th"))
    for row in conv["comparison"]["rows"]:
        assert cells[row["benchmark"]] == 4


def test_says_how_it_was_measured(conv_page):
    for said in (
        "6 of 6 benchmarks faster",
        "12 processes a side, interleaved, seed 1",
        "passed: 1 of 12 split-half tests fired, limit 4",
        "AMD EPYC 9V74",
        "GNU 12.2.0, avx2",
        "60f97521c04d",
        "no regression",
        "one-shot, alpha 1%, over 6 tests, must see 10%",
        "faster (one-sided 95%)",
    ):
        assert said in conv_page


def test_prints_exact_numbers_in_full(conv_page):
    assert "6,815,744 → 1,048,576 B" in conv_page
    assert "3 → 1 allocs" in conv_page


def test_drawings_have_theme_colours_only(conv_page, tree_of):
    for drawing in tree_of(conv_page).iter("svg"):
        for element in drawing.iter():
            assert not re.search("#[0-9a-f]{3,8}", element.get("style", ""))
            if element.tag in SVG_TEXT:
                assert "fill: var(--" in element.get("style", "")


def test_same_data_same_bytes(conv, conv_page, page_of):
    assert page_of(conv) == conv_page


def test_the_users_matplotlib_settings_change_nothing(conv, conv_page, page_of):
    import matplotlib

    with matplotlib.rc_context({"font.size": 30, "axes.facecolor": "red"}):
        assert page_of(conv) == conv_page


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_hostile_names_are_text_only(name, document, page_of, tree_of):
    page = page_of(renamed(document, name))
    page.encode()
    tree = tree_of(page)
    elements = {e.tag for e in tree.iter()}
    assert not elements & {"script", "img"}
    assert not any(key.startswith("on") for e in tree.iter() for key in e.attrib)
    assert not re.search(
        "[\x00-\x08\x0b-\x1f\u200f\u2028\u202a-\u202e\u2066-\u2069]", page
    )
    assert "{#" not in page.partition("</style>")[2]


@pytest.mark.parametrize("kind", ["dollars", "template", "svg"])
def test_printable_hostile_names_are_shown_as_they_are(
    kind, document, page_of, tree_of
):
    tree = tree_of(page_of(renamed(document, NAMES[kind])))
    captions = {"".join(c.itertext()) for c in tree.iter("caption")}
    assert any(caption.startswith(f"{NAMES[kind]}/Conv2D") for caption in captions)


def test_dollars_in_a_plot_are_dollars(document, page_of, tree_of):
    for row in document["comparison"]["rows"]:
        row["benchmark"] = row["key"]["dtype"] + "/$\\sum_{1}$"
    tree = tree_of(page_of(document))
    assert any(t.text and "$\\sum_{1}$" in t.text for t in tree.iter("text"))


def nulled(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: nulled(item) for key, item in value.items()}
    if isinstance(value, list):
        return [nulled(item) for item in value]
    return value if isinstance(value, str | bool) else None


def test_every_number_may_be_null(document, page_of, tree_of):
    comparison = document["comparison"]
    for row in comparison["rows"]:
        row.update(nulled(row))
    comparison.update(seed=None, self_check=None, outcome=None)
    page = page_of(document)
    tree_of(page)
    assert "unmeasured" in page
    assert "None" not in page and "nan" not in page.lower().split("</style>")[1]


def test_a_side_that_is_missing_reads_absent(document, page_of):
    row = next(r for r in document["comparison"]["rows"] if r["unit"] == "B/op")
    row.update(contender=None, ratio=None, delta_percent=None, verdict="missing")
    assert "6,815,744 B → absent" in page_of(document)


def test_exact_is_said_of_nothing_that_varies(document, page_of):
    assert "over 6 benchmarks, exact" in page_of(document)
    for row in document["comparison"]["rows"]:
        if row["role"] == "exact":
            row["contender"].update(low=None, high=None)
            row["samples"]["contender"][3] += 1
    page = page_of(document)
    assert "over 6 benchmarks, exact" not in page
    assert "varies: [unbounded, unbounded]" in page


def test_unbounded_intervals_are_named(document, page_of):
    for row in document["comparison"]["rows"]:
        for part in ("baseline", "contender", "hodges_lehmann"):
            if row[part]:
                row[part].update(low=None, high=None)
        row["bound"] = None
    page = page_of(document)
    assert "unbounded: some rows have too few samples" in page
    assert "[unbounded, unbounded]" in page


def test_mixed_verdicts_are_counted_worst_first(document, page_of):
    rows = document["comparison"]["rows"]
    for row, verdict in zip(rows, ("regression", "undecided"), strict=False):
        row["verdict"] = verdict
    assert "1 slower, 4 faster, 1 undecided, of 6 benchmarks" in page_of(document)


def test_a_failed_self_check_is_said(document, page_of):
    document["comparison"]["self_check"]["fired"] = 5
    assert "FAILED: 5 of 12" in page_of(document)


def test_a_comparison_without_rows_is_a_page(document, page_of, tree_of):
    page = page_of(compared_only(document, 0))
    assert list(tree_of(page).iter("figure")) == []
    assert "No benchmark has a time that decides" in page


def test_without_a_comparison_the_samples_are_shown(document, page_of, tree_of):
    measurements = [
        {"unit": "B/op", "values": [64, 64, 64]},
        {"unit": "cpu-sec/op", "values": [1.5e-6, None, 1.6e-6]},
    ]
    benchmarks = [{"name": "BM_push", "measurements": measurements}]
    document |= {"comparison": None, "run": {"benchmarks": benchmarks}}
    page = page_of(document)
    assert len(list(tree_of(page).iter("figure"))) == 1
    assert "cpu-sec/op of each sample, n\u00a0=\u00a02; not compared." in page
    assert "<bdi>unmeasured</bdi>" in page


def test_beyond_fifty_benchmarks_a_table_row_and_no_plot(document, page_of, tree_of):
    row = document["comparison"]["rows"][0] | {"verdict": "unchanged"}
    rows = [row | {"benchmark": f"BM_{i}"} for i in range(53)]
    rows[52] = rows[52] | {"verdict": "regression"}
    document["comparison"]["rows"] = rows
    page = page_of(document)
    tree = tree_of(page)
    assert "Plots stop at 50: 3 more are in the tables only." in page
    assert len(list(tree.iter("figure"))) == 1 + 50
    headings = ["".join(h.itertext()) for h in tree.iter("h3")]
    assert any(heading.startswith("BM_52") for heading in headings)
    names = ["".join(th.itertext()) for th in tree.iter("th")]
    assert set(names) >= {f"BM_{i}" for i in range(53)}


def test_several_contenders_are_told_apart(document, page_of):
    comparison = document["comparison"]
    comparison["contenders"].append({"label": "mapped", "commit": ""})
    rows = comparison["rows"]
    comparison["rows"] = rows + [row | {"contender_index": 1} for row in rows]
    page = page_of(document)
    assert "mapped: cpu-sec/op" in page
    assert page.count("f32 (mapped)</text>") == 3 * 2 + 3 * 2
    assert "dtype:f32 (mapped)</bdi> <span" in page


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [0, 1, 2], ids=["light", "dark", "print"])
def test_contrast_is_enough(theme):
    import reports

    css = (Path(reports.__file__).parent / "templates/report.css").read_text()
    block = re.findall(r":root \{(.*?)\}", css, re.DOTALL)[theme]
    colours = dict(re.findall(r"--([a-z]+): (#[0-9a-f]{6})", block))
    text = ("foreground", "muted", "worse", "better", "unsure", "calm")
    for name in text:
        assert contrast(colours[name], colours["ground"]) >= 4.5
        assert contrast(colours[name], colours["page"]) >= 4.5
    for name in ("baseline", "contender", *text):
        assert contrast(colours[name], colours["band"]) >= 3
        assert contrast(colours[name], colours["ground"]) >= 3
