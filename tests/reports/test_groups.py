"""What a page holds beside a comparison: history, scratch, noise, the others."""

from __future__ import annotations

import json
import re
from typing import Any
from xml.etree import ElementTree

import pytest

from reports.load import parse
from reports.scratch import grids

Tree = ElementTree.Element


def texts(tree: Tree, tag: str) -> list[str]:
    return ["".join(element.itertext()) for element in tree.iter(tag)]


def figures(tree: Tree) -> int:
    return len(list(tree.iter("figure")))


def alone(benchmarks: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    """A report of a run that is compared with nothing."""
    run = {"label": "alone", "benchmarks": benchmarks}
    return {"schema": "opstat.report/1", "run": run, **more}


def measured(name: str, median: float = 1.5e-6) -> dict[str, Any]:
    clock = {"unit": "cpu-sec/op", "n": 2, "median": median, "low": None, "high": None}
    count = {"unit": "B/op", "n": 2, "median": 64, "low": 64, "high": 64}
    clock["values"], count["values"] = [median, None, median], [64, 64, 64]
    return {
        "name": name,
        "decided_by": "cpu-sec/op",
        "measurements": [count, clock],
    }


def trend(name: str, count: int, **changed: Any) -> dict[str, Any]:
    points = [
        {"commit": f"{i:040x}", "time": f"t{i}", "n": 12, "median": 1e-6 * (1 + i % 3)}
        for i in range(count)
    ]
    series = {"benchmark": name, "unit": "cpu-sec/op", "points": points, **changed}
    return {"schema": "opstat.history/1", "series": [series]}


def curve(path: str) -> dict[str, Any]:
    return {"path": path, "runs": 500, "low": 1e-6, "high": 3e-6}


def change(index: int, **more: Any) -> dict[str, Any]:
    shape = {"index": index, "before": 1e-6, "after": 2e-6, "delta_percent": 100.0}
    return {**shape, "commit": f"{index:040x}", "firm": True, "accepted": None, **more}


def test_without_a_comparison_the_samples_are_shown(page_of, tree_of):
    page = page_of(alone([measured("BM_push")]))
    assert figures(tree_of(page)) == 1
    assert "median 1.500 µs [unbounded, unbounded] 95%, n\u00a0=\u00a02; not" in page
    assert "<td>unmeasured</td>" in page
    assert "1 benchmark measured, compared with nothing" in page


def test_a_large_suite_without_news_is_rows_only(page_of, tree_of):
    names = [f"BM_{i}" for i in range(13)]
    tree = tree_of(page_of(alone([measured(name) for name in names])))
    assert figures(tree) == 0
    rows = [t for t in texts(tree, "tr") if t.startswith("BM_")]
    assert len(rows) == 13
    assert "1.500 µs" in rows[0] and "64 B" in rows[0]


def test_chosen_benchmarks_are_drawn_in_full_and_fifty_at_most(page_of, tree_of):
    document = alone([measured(f"BM_{i}") for i in range(60)])
    one = page_of(document, benchmark=re.compile("BM_7$"))
    assert figures(tree_of(one)) == 1
    assert "1 benchmark of 60 in full" in one
    assert figures(tree_of(page_of(document, benchmark=re.compile("BM_")))) == 50


def test_what_changed_comes_before_what_did_not(document, page_of, tree_of):
    row = document["comparison"]["rows"][0] | {"verdict": "unchanged"}
    rows = [row | {"benchmark": f"BM_{i}"} for i in range(53)]
    rows[52] = rows[52] | {"verdict": "regression"}
    document["comparison"]["rows"] = rows
    tree = tree_of(page_of(document))
    assert any(heading.startswith("BM_52") for heading in texts(tree, "h3"))
    assert figures(tree) == 1 + 1
    assert set(texts(tree, "th")) >= {f"BM_{i}" for i in range(53)}


def test_a_change_point_links_its_commit(conv_page, tree_of):
    links = {a.get("href"): "".join(a.itertext()) for a in tree_of(conv_page).iter("a")}
    url = "https://github.com/example/conv/commit/"
    commits = [link for link in links if link and link.startswith(url)]
    assert commits
    assert all(link.removeprefix(url)[:12] == links[link] for link in commits)
    assert "+6.0%, 1.646 ms → 1.744 ms, accepted: larger tiles, agreed" in conv_page
    assert "Open the commit of change 2 (+4.0%)" in conv_page


@pytest.mark.parametrize(
    "url", ["", "javascript:alert(1)//", "http://x/", 'https://x/"onclick=']
)
def test_other_addresses_link_nothing(url, page_of, tree_of):
    history = trend("BM_0", 20, change_points=[change(18)])
    tree = tree_of(page_of(alone([measured("BM_0")], history=history, commit_url=url)))
    assert {a.get("href") for a in tree.iter("a")} == {"#main"}


def test_a_commit_that_is_no_hash_links_nothing(page_of, tree_of):
    history = trend("BM_0", 20, change_points=[change(18, commit='"><b>')])
    url = "https://github.com/o/r/commit/"
    tree = tree_of(page_of(alone([measured("BM_0")], history=history, commit_url=url)))
    links = {a.get("href") for a in tree.iter("a")} - {"#main"}
    assert links == {f"{url}{i:040x}" for i in range(20)}


def test_a_recent_change_is_news_and_an_old_one_is_not(page_of, tree_of):
    many = [measured(f"BM_{i}") for i in range(20)]
    for index, drawn in ((35, 2), (5, 0)):
        history = trend("BM_3", 40, change_points=[change(index)])
        page = page_of(alone(many, history=history))
        assert figures(tree_of(page)) == drawn
        assert f"40 runs; {'1 benchmark' if drawn else 'none'} changed lately" in page


def test_an_accepted_change_is_no_news(page_of, tree_of):
    many = [measured(f"BM_{i}") for i in range(20)]
    accepted = change(35, accepted={"reason": "meant"})
    history = trend("BM_3", 40, change_points=[accepted])
    assert figures(tree_of(page_of(alone(many, history=history)))) == 0


def test_a_row_has_its_history_as_a_line_with_a_name(page_of, tree_of):
    many = [measured(f"BM_{i}") for i in range(20)]
    history = trend(
        "BM_3", 500, change_points=[change(5)], curve=curve("M6 50l9 -9L234 6")
    )
    (spark,) = list(tree_of(page_of(alone(many, history=history))).iter("svg"))
    label = "cpu-sec/op over 500 runs: 1.000 to 3.000 µs, 1 change point"
    assert spark.get("aria-label") == label
    line, tick = spark.findall("path")
    assert line.get("d") == "M6 50l9 -9L234 6"
    assert tick.get("d") == "M8 0v56"
    dot = spark.find("circle")
    assert (dot.get("cx"), dot.get("cy")) == ("234", "6")


def test_what_is_no_curve_draws_nothing(page_of, tree_of):
    many = [measured(f"BM_{i}") for i in range(20)]
    for path in ("", '"><b>', "M6 50"):
        history = trend("BM_3", 50, curve=curve(path))
        tree = tree_of(page_of(alone(many, history=history)))
        assert not list(tree.iter("svg")) and not list(tree.iter("b"))


def test_counts_change_in_full_and_for_the_better(page_of):
    changes = [change(25, before=131072, after=131056, delta_percent=-0.0122)]
    history = trend("BM_0", 40, change_points=changes, unit="B/op")
    for point in history["series"][0]["points"]:
        point["median"] = point["low"] = point["high"] = 131056
    page = page_of(alone([measured("BM_0")], history=history))
    assert "−0.01%, 131,072 B → 131,056 B" in page
    assert "The latest is 131,056 B exact, n\u00a0=\u00a012 a run" in page
    assert "The latest, change 1 (−0.01%), is for the better. Nothing to do." in page


def test_history_of_another_machine_gives_way_to_the_runs_own(page_of):
    own = trend("BM_0", 5, host="here")["series"]
    other = trend("BM_0", 50, host="there")["series"]
    document = alone([measured("BM_0")])
    document["run"]["facts"] = {"host.name": "here"}
    document["history"] = {"schema": "opstat.history/1", "series": other + own}
    page = page_of(document)
    assert "over 5 runs on here" in page
    assert "50 runs" not in page


def test_the_first_screen_repeats_the_runs_warnings(page_of, document):
    document["run"]["warnings"] = ["noisy machine: load 9 on 2 CPUs"]
    said = "Warning: noisy machine: load 9 on 2 CPUs<"
    assert page_of(document).count(said) == 1
    document["comparison"]["warnings"] = document["run"]["warnings"]
    assert page_of(document).count(said) == 1, "once, though both say so"
    del document["comparison"]
    assert page_of(document).count(said) == 1


def test_a_compared_key_finds_the_contenders_history(conv_page):
    assert "Conv2D/algo:im2col/shape:GEMM/dtype:f32/scratch:pooled, cpu-sec/op" in (
        conv_page
    )


def test_scratch_is_shown_side_by_side(conv, page_of, tree_of):
    tree = tree_of(page_of(conv, kind="conv"))
    assert "Scratch: allocating, pooled, mapped" in texts(tree, "h2")
    captions = texts(tree, "caption")
    units = ("cpu-sec/op", "B/op", "allocs/op", "faults/op")
    assert all(f"{unit}, medians" in captions for unit in units)
    rows = [text for text in texts(tree, "tr") if text.startswith("GEMM f32")]
    assert "6.500 MiB exact n=12" in rows[1] and "−84.6%" in rows[1]


def test_algorithms_stand_side_by_side_a_panel_a_shape_and_type(
    algorithms, page_of, tree_of
):
    tree = tree_of(page_of(algorithms, kind="conv"))
    rows = [text for text in texts(tree, "tr") if text.startswith("Depthwise f64")]
    names = ["Depthwise f64 im2col", "Depthwise f64 direct", "Depthwise f64 depthwise"]
    assert all(any(row.startswith(name) for row in rows) for name in names)
    first = next(tree.iter("svg"))
    labels = [t.text for t in first.iter("text")]
    panels = [label for label in labels if label.endswith("f64, ms")]
    assert panels == [
        f"{s} f64, ms" for s in ("GEMM", "Deep", "Pointwise", "Depthwise")
    ]
    assert labels.count("im2col") == labels.count("direct") == 10
    assert labels.count("pointwise") == labels.count("depthwise") == 2


def test_panels_of_one_shape_stand_in_one_row(algorithms, conv):
    found = grids(parse(json.dumps(algorithms).encode()).run.benchmarks)
    assert list(found[0].panels())[:3] == ["GEMM f32", "GEMM f64", "Deep f32"]
    assert found[0].of_a_shape() == 2
    seed = grids(parse(json.dumps(conv).encode()).run.benchmarks)
    assert list(seed[0].panels()) == ["GEMM", "Deep", "Strided"]
    assert seed[0].of_a_shape() == 1


def test_one_kind_of_scratch_is_nothing_to_compare(page_of, tree_of):
    page = page_of(alone([measured("BM/scratch:pooled")]))
    assert not [h for h in texts(tree_of(page), "h2") if h.startswith("Scratch")]


def test_noise_says_how_often_and_how_much(conv, page_of, tree_of):
    page = page_of(conv, kind="noise")
    assert figures(tree_of(page)) == 2
    said = "1 of 20 comparisons of a program with itself raised a false alarm: 5% "
    assert said + "[0.127%, 24.9%] 95%; promised is 1%." in page
    assert "It runs from 1.33% to 7.98%." in page


def test_noise_without_comparisons_says_what_to_type(conv, page_of):
    noise = {**conv["noise"], "comparisons": None, "rows": None}
    page = page_of({**conv, "noise": noise, "comparison": None}, kind="noise")
    assert "No comparison of a program with itself is recorded on bench-01" in page
