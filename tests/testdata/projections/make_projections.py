#!/usr/bin/env python3
"""Makes old.txt, new.txt and what benchstat makes of them, expected.txt.

python3 make_projections.py     (benchstat on the PATH; the version of
                                 ../known/README.md)

expected.txt holds for each command line a line `$ flags` and benchstat's CSV.
"""

import pathlib
import random
import subprocess

HERE = pathlib.Path(__file__).parent

# Flags, one a word; `|` separates them since projections hold spaces.
CASES = [
    "-table||old.txt|new.txt",
    "-table||-col|/format|new.txt",
    "-table||-col|/format@(json gob)|-row|.name|-ignore|.fullname|new.txt",
    "-table||-row|.name|new.txt",
    "-table||-row|/size@num|-col|/format|-filter|.name:Encode|new.txt",
    "-table||-row|/size@alpha,/format|-filter|.name:Decode|old.txt|new.txt",
    "-table||-row|/format,/size@num|-filter|.name:Decode|old.txt|new.txt",
    "-table|/size@num|old.txt|new.txt",
    "-table|/format,/size|-ignore|/gomaxprocs|old.txt|new.txt",
    "-table|note|-col|/format|old.txt|new.txt",
    "-table|.config@alpha|-col|/format|-row|.name,/size|old.txt|new.txt",
    "-table||-col|note|old.txt|new.txt",
    "-table||-col|.file,/format|-row|.name /size@num|old.txt|new.txt",
    "-table||-filter|/format:json|old.txt|new.txt",
    "-table||-filter|/size:(1k OR /^2/) -.name:Decode|old.txt|new.txt",
    "-table||-filter|.unit:ns/op AND .fullname:/gob.*8$/|old.txt|new.txt",
    '-table||-filter|-(/format:json .unit:MB/s) OR "/size":"16"|old.txt|new.txt',
    "-table||-filter|/gomaxprocs:8 *|-ignore|/gomaxprocs|A=old.txt|B=new.txt",
    "-table||A=old.txt|A=new.txt",
    "-table||-filter|note:before|old.txt|new.txt",
]


def sample(rng, name, slower):
    """A line of one benchmark with its time and throughput."""
    base = {"json": 1700, "gob": 3000}[name.split("format=")[1].split("/")[0]]
    time = round(base * slower * rng.lognormvariate(0, 0.01), 1)
    return f"Benchmark{name}-8 \t 1000 \t {time} ns/op \t {round(4e6 / time)} MB/s"


def write(path, note, seed, slower):
    """A file of eleven benchmarks, six samples each."""
    rng = random.Random(seed)
    lines = ["goos: linux", f"note: {note}", ""]
    names = [
        f"{name}/format={coding}/size={size}"
        for name in ("Encode", "Decode")
        for coding in ("gob", "json")
        for size in ("2k", "1k", "16")
    ]
    del names[seed]  # in the other file only
    for _ in range(6):
        lines += [sample(rng, name, slower) for name in names]
    (HERE / path).write_text("\n".join(lines) + "\n")


write("old.txt", "before", 1, 1.0)
write("new.txt", "after", 2, 1.05)
blocks = []
for case in CASES:
    command = ["benchstat", "-format", "csv", *case.split("|")]
    done = subprocess.run(command, cwd=HERE, capture_output=True, text=True, check=True)
    blocks.append(f"$ {case}\n{done.stdout}")
(HERE / "expected.txt").write_text("".join(blocks))
