from __future__ import annotations

import json
from copy import deepcopy

import pytest

from tests.peers.candidates import CALL, ONCE, ONEDNN, ONEDNN_ONCE, ONNXRUNTIME, PEAK
from tests.peers.document import SCHEMA, BadDataError, join, load
from tests.peers.goals import outcomes
from tests.peers.render import markdown, text
from tests.peers.shapes import BENCH, BY_NAME, LAYERS
from tests.peers.tables import all_of


def section(shape="GEMM", dtype="f32", **seconds):
    names = {
        "call": CALL,
        "once": ONCE,
        "onednn": ONEDNN,
        "onednn_once": ONEDNN_ONCE,
        "ort": ONNXRUNTIME,
        "peak": PEAK,
    }
    candidates = {
        names[name]: {"implementation": f"kernel of {name}", "seconds": values}
        for name, values in seconds.items()
    }
    return {"shape": shape, "dtype": dtype, "candidates": candidates}


def file(*sections, isa="best", date="2001-02-03"):
    return {
        "schema": SCHEMA,
        "date": date,
        "about": {
            "machine": "an abacus",
            "commit": "c0ffee",
            "visit": 0.02,
            "versions": ["oneDNN 9.9"],
        },
        "runs": [
            {
                "isa": isa,
                "onnxruntime_call_seconds": [1e-6, 2e-6, 3e-6],
                "sections": list(sections),
            }
        ],
    }


GEMM = section(call=[1e-3, 2e-3], onednn=[1.2e-3, 2.4e-3], peak=[0.9e-3, 1.8e-3])


def test_a_group_s_tables_show_paired_ratio_share_and_time_with_spread():
    goals, speeds, times = all_of(join([file(GEMM)]))
    assert speeds.headings == ("shape", "oneDNN")
    assert speeds.rows[0] == ("GEMM", "1.20x [1.20, 1.20]")
    row = times.rows[1]
    assert row[:4] == ("GEMM", "oneDNN", "each call", "1800 µs [1500, 2100]")
    assert row[5:] == (
        "75.0% [75.0, 75.0]",
        "1.20x [1.20, 1.20]",
        "kernel of onednn",
    )
    assert "n = 2 rounds" in speeds.caption


def test_rate_is_nominal_operations_over_median_time():
    _, _, times = all_of(join([file(GEMM)]))
    assert times.rows[2][1:5] == (PEAK, "", "1350 µs [1125, 1575]", "111.8")


def test_files_of_one_series_add_their_rounds():
    document = join([file(GEMM), file(GEMM, date="2001-02-04")])
    assert document.series[0].n == 4
    assert document.dates == ["2001-02-03", "2001-02-04"]
    assert "n = 4 rounds" in text(document)
    assert "2 such processes" in text(document)


def test_files_of_other_versions_are_refused():
    other = deepcopy(file(GEMM))
    other["about"]["versions"] = ["oneDNN 10"]
    with pytest.raises(BadDataError, match="different machines or versions"):
        join([file(GEMM), other])


def test_rounds_of_other_candidates_are_refused():
    fewer = section(call=[1.0], peak=[1.0])
    with pytest.raises(BadDataError, match="GEMM: not the same candidates"):
        join([file(GEMM), file(fewer)])


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"schema": "opstat.peers/2"}'])
def test_a_file_that_is_not_ours_is_refused(tmp_path, content):
    path = tmp_path / "x.json"
    path.write_text(content)
    with pytest.raises(BadDataError, match="x.json"):
        load([path])


def test_a_file_comes_back_as_it_was_written(tmp_path):
    path = tmp_path / "x.json"
    path.write_text(json.dumps(file(GEMM)))
    assert load([path]) == join([file(GEMM)])


@pytest.mark.parametrize(
    ("theirs", "verdict"),
    [
        ([1.2e-3, 1.3e-3, 1.2e-3], "met"),
        ([1.0e-3, 1.0e-3, 1.05e-3], "missed"),
        ([1.0e-3, 1.1e-3, 1.2e-3], "undecided"),
    ],
)
def test_a_goal_is_decided_when_the_quartiles_lie_on_one_side(theirs, verdict):
    gemm = section(call=[1e-3] * 3, onednn=theirs, peak=[1e-3] * 3)
    (outcome,) = outcomes(join([file(gemm)]))
    assert outcome.what == "GEMM f32: opstat over oneDNN"
    assert outcome.verdict == verdict


def test_layers_are_judged_against_the_faster_rival_of_each():
    fast, slow = [1e-3] * 2, [4e-3] * 2
    first = section("odd", once=fast, onednn_once=fast, ort=slow, peak=fast)
    second = section("birdnet stem", once=slow, onednn_once=slow, ort=fast, peak=fast)
    mean, least = outcomes(join([file(first, second)]))
    assert mean.measured.median == pytest.approx(0.5)
    assert least.what.startswith("birdnet stem f32, the least")
    assert least.measured.median == 0.25


def test_what_was_limited_is_told_apart():
    limited = file(GEMM, isa="avx2")
    document = join([file(GEMM), limited])
    captions = [table.caption for table in all_of(document)]
    assert sum("limited to kernel of peak" in caption for caption in captions) == 2


def test_markdown_tells_date_machine_versions_and_method():
    page = markdown(join([file(GEMM)]))
    assert "2001-02-03; an abacus; commit c0ffee; oneDNN 9.9." in page
    assert "one visit of 20 ms" in page
    assert "2.00 µs [1.50, 2.50] (n = 3)" in " ".join(page.split())
    assert "| GEMM | 1.20x [1.20, 1.20] |" in page


def test_every_line_of_a_markdown_table_has_as_many_cells():
    page = markdown(join([file(GEMM)]))
    tables = [block for block in page.split("\n\n") if block.startswith("|")]
    assert len(tables) == 4
    for table in tables:
        assert len({line.count("|") for line in table.splitlines()}) == 1


def test_operations_of_the_shapes_are_those_published():
    assert BY_NAME["GEMM"].flop == 150_994_944
    assert BY_NAME["resnext grouped"].flop == 28_901_376
    assert [shape.output for shape in BENCH] == [
        (1, 64, 64, 64),
        (1, 128, 32, 32),
        (1, 32, 32, 32),
    ]
    assert len(LAYERS) == 13


def test_best_of_several_takes_several():
    one = section(call=[1.0], once=[1.0], onednn_once=[1.0], peak=[1.0])
    two = section(once=[1.0], onednn_once=[1.0], ort=[2.0], peak=[1.0])
    alone, both = (all_of(join([file(each)]))[-2].headings for each in (one, two))
    assert "best of oneDNN, onnxruntime" not in alone
    assert "best of oneDNN, onnxruntime" in both
