#!/usr/bin/env python3
"""Makes known.txt of expected.json and the samples beside it.

python3 make_known.py > known.txt
"""

import json
import pathlib
import re

here = pathlib.Path(__file__).parent


def samples(case, side, benchmark, unit):
    """The benchmark's values of one unit in a Go benchmark text."""
    values = []
    for line in (here / f"{case}.{side}.txt").read_text().splitlines():
        words = line.split()
        if words and re.sub(r"-\d+$", "", words[0]) == "Benchmark" + benchmark:
            pairs = dict(zip(words[3::2], words[2::2], strict=False))
            values.append(pairs[unit])
    return " ".join(values)


print(
    "# case benchmark unit | baseline | contender | center low high"
    " confidence of each | p | warnings separated by ; | delta"
)
for row in json.loads((here / "expected.json").read_text()):
    place = row["Case"], row["Bench"], row["Unit"]
    case, benchmark, unit = place
    summaries = [
        [row[field + side] for field in ("Center", "Lo", "Hi", "Conf")] for side in "12"
    ]
    fields = [" ".join(place)]
    fields += [samples(case, side, benchmark, unit) for side in "AB"]
    fields += [" ".join(map(str, summary)) for summary in summaries]
    fields += [str(row["P"]), "; ".join(dict.fromkeys(row["Warn"] or []))]
    fields += [row["Delta"]]
    print(" | ".join(fields))
