"""Somebody else's project, made in an empty folder: how the tests build it."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
BUILD = Path(os.environ.get("OPSTAT_BUILD", ROOT / "build/release"))
EXAMPLE = ROOT / "examples/linked"

# benchmark: allocs/op, B/op. Of examples/linked/fill_bench.cc, by arithmetic.
EXPECTED = {"Fill/reserve:no": (8.0, 1020.0), "Fill/reserve:yes": (1.0, 400.0)}


def run(*command: str | Path, **options) -> subprocess.CompletedProcess[str]:
    """What the command did; it may fail."""
    return subprocess.run(command, capture_output=True, text=True, **options)


def must(*command: str | Path, **options) -> str:
    """The standard output of a command that has to succeed."""
    done = run(*command, **options)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def write_project(folder: Path, cmake: str) -> Path:
    """The example's benchmark, untouched, under another CMakeLists.txt."""
    folder.mkdir(parents=True)
    (folder / "fill_bench.cc").symlink_to(EXAMPLE / "fill_bench.cc")
    text = f"cmake_minimum_required(VERSION 3.25)\nproject(p LANGUAGES CXX)\n{cmake}"
    (folder / "CMakeLists.txt").write_text(text)
    return folder


def configure(source: Path, build: Path, *options: str):
    """Configures `source` in the empty folder `build`; may fail."""
    return run("cmake", "-G", "Ninja", "-S", source, "-B", build, *options)


def build(source: Path, folder: Path, *options: str) -> Path:
    """Builds `source` in the empty folder `folder` and returns it."""
    done = configure(source, folder, *options)
    assert done.returncode == 0, done.stdout + done.stderr
    must("cmake", "--build", folder)
    return folder


def report(*program: str | Path) -> dict:
    """The Google Benchmark JSON that the program prints."""
    options = ("--benchmark_format=json", "--benchmark_min_time=0.001")
    return json.loads(must(*program, *options))


def counts(document: dict) -> dict[str, tuple[float, float] | None]:
    """allocs/op and B/op of each benchmark; None where they are unmeasured."""
    return {
        row["name"]: (row["allocs/op"], row["B/op"]) if "allocs/op" in row else None
        for row in document["benchmarks"]
    }


def pkg_config(prefix: Path, *options: str) -> list[str]:
    """What pkg-config says of the opstat that is installed in `prefix`."""
    (pc,) = prefix.rglob("opstat.pc")
    environment = {"PATH": "/usr/bin:/bin", "PKG_CONFIG_PATH": str(pc.parent)}
    return shlex.split(must("pkg-config", *options, "opstat", env=environment))


def compile_by_hand(prefix: Path, program: Path, *options: str, facts: bool = True):
    """Compiles the example without CMake, as pkg-config says; may fail."""
    sources = pkg_config(prefix, "--variable=build_source") if facts else []
    bench = (*options, EXAMPLE / "fill_bench.cc", *sources)
    flags = pkg_config(prefix, "--cflags", "--libs")
    return run("g++", *bench, *flags, "-lbenchmark_main", "-o", program)
