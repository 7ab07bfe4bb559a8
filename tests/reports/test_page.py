from __future__ import annotations

import re
from collections import Counter
from typing import Any

SVG_TEXT = {"text", "tspan"}
# Ratios, B/op and allocs/op; four units of scratch; samples and history of six,
# of which one also changed in bytes.
FIGURES = 3 + 4 + 6 + 7


def compared_only(document: dict[str, Any], keep: int) -> dict[str, Any]:
    rows = document["comparison"]["rows"]
    document["comparison"]["rows"] = rows[:keep]
    return document


def test_is_well_formed(conv_page, tree_of):
    assert tree_of(conv_page).tag == "html"


def test_refers_to_nothing_outside(conv_page, tree_of):
    for element in tree_of(conv_page).iter():
        assert element.tag not in {"script", "link", "iframe", "img", "object"}
        for key, value in element.attrib.items():
            if key in {"href", "src"} and element.tag != "a":
                assert value.startswith("#")
    assert not re.search(r"@import|url\((?!#)", conv_page)
    namespaces = {"http://www.w3.org/1999/xhtml", "http://www.w3.org/2000/svg"}
    loaded = re.sub(r'<a href="https[^"]*"', "", conv_page)
    assert set(re.findall(r"https?://[^\"\s<]+", loaded)) == namespaces


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
    figures = [(p, f) for p in tree.iter() for f in p if f.tag == "figure"]
    assert len(figures) == FIGURES
    for parent, figure in figures:
        assert figure.get("role") == "img"
        assert all(texts[id_].strip() for id_ in figure.get("aria-labelledby").split())
        assert parent.find("p[@class='says']").text.strip()
        assert len(list(parent.find("details").iter("tr"))) > 1


def test_every_row_of_the_comparison_is_in_a_table(conv, conv_page, tree_of):
    cells = Counter("".join(th.itertext()) for th in tree_of(conv_page).iter("th"))
    for row in conv["comparison"]["rows"]:
        assert cells[row["benchmark"]] == 4


def test_says_how_it_was_measured(conv_page):
    for said in (
        "6 of 6 benchmarks faster",
        "effects within ±1% are noise; 1 of 20 A/A comparisons raised a false alarm",
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
    assert "over 2 benchmarks, exact" in page_of(document)
    for row in document["comparison"]["rows"]:
        if row["role"] == "exact":
            row["contender"].update(low=None, high=None)
            row["samples"]["contender"][3] += 1
    page = page_of(document)
    assert "over 2 benchmarks, exact" not in page
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
    assert "1 slower, 1 undecided, of 2 benchmarks" in page_of(document)


def test_a_failed_self_check_is_said(document, page_of):
    document["comparison"]["self_check"]["fired"] = 5
    assert "FAILED: 5 of 12" in page_of(document)


def test_a_comparison_without_rows_is_a_page(document, page_of, tree_of):
    page = page_of(compared_only(document, 0))
    assert list(tree_of(page).iter("figure")) == []
    assert "No benchmark has a time that decides" in page


def test_several_contenders_are_told_apart(document, page_of):
    comparison = document["comparison"]
    comparison["contenders"].append({"label": "mapped", "commit": ""})
    rows = comparison["rows"]
    comparison["rows"] = rows + [row | {"contender_index": 1} for row in rows]
    page = page_of(document)
    assert "mapped: cpu-sec/op" in page
    assert page.count("f32 (mapped)</text>") == 2 * 2 + 2 * 2
    assert "dtype:f32 (mapped)</bdi> <span" in page
