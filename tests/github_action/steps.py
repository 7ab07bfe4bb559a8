"""The shell steps of the composite action, run here as a runner would."""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]
ACTION = ROOT / "ci/github/action.yml"
BIN = Path(os.environ.get("OPSTAT_BUILD", ROOT / "build/release")).resolve() / "bin"


@dataclass
class Outcome:
    """What the steps left behind."""

    code: int
    log: str
    summary: str
    outputs: str


def load() -> dict:
    """The action as GitHub reads it."""
    return yaml.safe_load(ACTION.read_text())


def _expand(text: str, values: dict[str, str]) -> str:
    """Each ${{ a || b }}: the first value that is not empty."""

    def first(match: re.Match) -> str:
        words = [word.strip() for word in match[1].split("||")]
        found = (w[1:-1] if w.startswith("'") else values.get(w, "") for w in words)
        return next((value for value in found if value), "")

    return re.sub(r"\$\{\{(.*?)\}\}", first, text)


def run(project: Path, scratch: Path, **inputs: str) -> Outcome:
    """Runs every `run:` step in `project` until one fails."""
    action = load()
    values = {
        f"inputs.{name}": inputs.get(name.replace("-", "_"), spec["default"])
        for name, spec in action["inputs"].items()
    }
    values["github.action_path"] = str(ACTION.parent)
    files = {
        name: scratch / name
        for name in ("GITHUB_STEP_SUMMARY", "GITHUB_OUTPUT", "GITHUB_PATH")
    }
    environment = os.environ | {name: str(path) for name, path in files.items()}
    environment |= {
        "GITHUB_ACTIONS": "true",
        "PATH": f"{BIN}:{os.environ['PATH']}",
        "RUNNER_TEMP": str(scratch),
        "XDG_CACHE_HOME": str(scratch / "cache"),
    }
    code, log = 0, ""
    for step in action["runs"]["steps"]:
        if "run" not in step or code != 0:
            continue
        own = {k: _expand(v, values) for k, v in step.get("env", {}).items()}
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            cwd=project,
            env=environment | own,
            capture_output=True,
            text=True,
        )
        code, log = done.returncode, log + done.stdout + done.stderr
    text = {name: p.read_text() if p.exists() else "" for name, p in files.items()}
    return Outcome(code, log, text["GITHUB_STEP_SUMMARY"], text["GITHUB_OUTPUT"])
