#!/usr/bin/env python3
"""Do the services' own rules take what `opstat export` writes? See README.md."""

import json
import re
import sys
from pathlib import Path

import jsonschema
from otava.csv_options import CsvOptions
from otava.importer import CsvImporter
from otava.test_config import CsvMetric, CsvTestConfig

HERE = Path(__file__).parent
# src/extractRangeInfo.ts: a range is understood as this, or shown as it is.
RANGE = re.compile(r"(\+-|±)\s*\d.+")


def check_bmf() -> None:
    schema = json.loads((HERE / "bmf.schema.json").read_text())
    for name in ("bmf.json", "bencher.example.json"):
        jsonschema.validate(json.loads((HERE / name).read_text()), schema)


def check_gh_action() -> None:
    for name in ("gh-action.json", "gh-action.example.json"):
        for entry in json.loads((HERE / name).read_text()):
            assert isinstance(entry["name"], str) and isinstance(entry["unit"], str)
            assert isinstance(entry["value"], (int, float))
            assert entry.keys() <= {"name", "unit", "value", "range", "extra"}


def check_otava(path: Path) -> None:
    header = path.read_text().splitlines()[0].split(",")
    metrics = [CsvMetric(name, -1, 1.0, name) for name in header[2:]]
    config = CsvTestConfig(
        name="t",
        file=str(path),
        csv_options=CsvOptions(),
        time_column="time",
        metrics=metrics,
        attributes=["commit"],
    )
    series = CsvImporter().fetch_data(config)
    assert len(series.data) == len(metrics) and len(series.time) > 0
    print(f"{path.name}: {len(series.time)} lines, {len(series.data)} metrics")


check_bmf()
check_gh_action()
check_otava(HERE / "otava.csv")
for more in sys.argv[1:]:
    check_otava(Path(more))
print("all taken")
