"""The commands in the documents that no test runs, and why."""

from __future__ import annotations

import fnmatch

from tests.docs.commands import Command

# Pattern of the command (as a shell matches names): the reason. A target of make is
# looked up in the Makefile in place of being run: CI and the nightly run run them.
NOT_RUN = {
    "*sudo *": "root",
    "make *": "target",
    "*| benchstat*": "network: benchstat comes from the Go module proxy",
    "*| man -l -": "terminal",
    "*~/.config/*": "writes into the home folder",
    "opstat compare --resume*": "needs an interrupted session",
    "opstat bisect *": "needs a history with a culprit: tests/cli/bisect_test.cc",
    "*1a2b3c*": "an id that stands for the reader's own",
}

# Commands whose point is that they fail, and with which code.
FAILS: dict[str, int] = {
    "opstat gate --policy policy.toml": 2,
    # Times of two sessions cannot be judged.
    "opstat gate --from old.json new.json --export-markdown pr.md": 3,
    "opstat gate --self-test": 1,  # two samples cannot prove a slowdown
}


def why_not(command: Command) -> str | None:
    """The reason for which the command is not run."""
    for pattern, reason in NOT_RUN.items():
        if fnmatch.fnmatchcase(command.text.split("  #")[0].rstrip(), pattern):
            return reason
    return None


def exit_code(command: Command) -> int:
    """What the command is documented to end with."""
    for pattern, code in FAILS.items():
        if fnmatch.fnmatchcase(command.text.split("  #")[0].rstrip(), pattern):
            return code
    return 0
