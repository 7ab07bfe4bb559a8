"""The two Debian packages hold all that their users need."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from tests.adoption.consumer import (
    BUILD,
    EXAMPLE,
    EXPECTED,
    build,
    counts,
    must,
    report,
)


@pytest.fixture(scope="module")
def packages(tmp_path_factory) -> list[Path]:
    """libopstat-dev and opstat."""
    folder = tmp_path_factory.mktemp("packages")
    must("cpack", "--config", BUILD / "CPackConfig.cmake", "-B", folder)
    return sorted(folder.glob("*.deb"))


@pytest.fixture(scope="module")
def usr(packages, tmp_path_factory) -> Path:
    """The packages unpacked, not installed: no rights needed."""
    root = tmp_path_factory.mktemp("un packed")
    for package in packages:
        must("dpkg-deb", "-x", package, root)
    return root / "usr"


def field(package: Path, name: str) -> str:
    return must("dpkg-deb", "-f", package, name).strip()


def test_they_name_what_they_need(packages):
    dev, tool = packages
    assert [field(package, "Package") for package in packages] == [
        "libopstat-dev",
        "opstat",
    ]
    assert "libsqlite3-0" in field(tool, "Depends")
    assert "python3-matplotlib" in field(tool, "Recommends")
    assert field(dev, "Depends") == (
        "libbenchmark-dev (>= 1.7.1), libbenchmark-dev (<< 1.7.2~)"
    )


def test_one_version_in_one_place(packages, usr):
    (version,) = {field(package, "Version") for package in packages}
    first, _, _ = must(usr / "bin/opstat", "--version").partition(" (")
    assert first == f"opstat {version}"
    (pc,) = usr.rglob("opstat.pc")
    assert f"Version: {version}\n" in pc.read_text()


def test_the_tool_has_its_shim_pages_and_completion(usr):
    """And a person's doctor finds the shim beside the program."""
    for file in (
        "share/man/man1/opstat.1",
        "share/man/man1/opstat-stat.1",
        "share/bash-completion/completions/opstat",
        "share/zsh/vendor-completions/_opstat",
        "share/fish/vendor_completions.d/opstat.fish",
        "share/opstat/reports/page.py",
    ):
        assert (usr / file).is_file(), file
    checks = json.loads(must(usr / "bin/opstat", "doctor", "--json", cwd="/"))["checks"]
    (shim,) = (check for check in checks if check["name"] == "allocation shim")
    assert (shim["state"], Path(shim["found"]).name) == ("ok", "libopstat_preload.so")


def test_a_consumer_builds_measures_and_draws(usr, empty):
    built = build(EXAMPLE, empty / "b", f"-DCMAKE_PREFIX_PATH={usr}")
    assert counts(report(built / "fill_bench")) == EXPECTED

    database = f"--db={empty / 'history.db'}"
    rounds = ("--rounds", "2", "--min-time", "0.001", "--record", database)
    opstat = usr / "bin/opstat"
    must(opstat, "run", *rounds, "--", built / "fill_bench", cwd="/")
    page = empty / "r.html"
    draw = ("report", "--plots=required", "--python", sys.executable, "--out", page)
    must(opstat, *draw, database, cwd="/")
    assert "Fill/reserve:no" in page.read_text()
    assert "<figure" in page.read_text()


@pytest.mark.nightly
def test_this_system_could_install_them(packages):
    planned = must("apt-get", "--simulate", "install", *packages)
    assert "Inst opstat " in planned
    assert "Inst libopstat-dev " in planned


@pytest.mark.nightly
@pytest.mark.skipif(os.geteuid() != 0, reason="dpkg installs as root only")
def test_dpkg_installs_and_removes_them_without_a_trace(packages, empty):
    for folder in ("info", "updates"):
        (empty / "var/lib/dpkg" / folder).mkdir(parents=True)
    (empty / "var/lib/dpkg/status").touch()
    # What they depend on is this system's, and not in that root.
    dpkg = ("dpkg", f"--root={empty}", "--force-depends", "--force-script-chrootless")
    must(*dpkg, "--install", *packages)
    must(empty / "usr/bin/opstat", "--version")
    built = build(EXAMPLE, empty / "b", f"-DCMAKE_PREFIX_PATH={empty}/usr")
    assert counts(report(built / "fill_bench")) == EXPECTED
    must(*dpkg, "--purge", "opstat", "libopstat-dev")
    assert not (empty / "usr").exists()
