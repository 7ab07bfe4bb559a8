"""Times of whole processes on one processor, two commands in turn."""

import os
import statistics
import subprocess
import time
from dataclasses import dataclass


@dataclass
class Cost:
    cpu: float  # seconds, user and system
    wall: float  # seconds


def run(command: list[str]) -> Cost:
    start = time.perf_counter()
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    message = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit(f"bench-stat: {command} failed: {message.decode()[-400:]}")
    return Cost(usage.ru_utime + usage.ru_stime, wall)


def peak_mib(command: list[str]) -> float:
    # A process's peak counts its parent's before exec, and Python's is large.
    timed = ["/usr/bin/time", "-f", "%M", *command]
    done = subprocess.run(
        timed, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=True
    )
    return int(done.stderr.split()[-1]) / 1024


@dataclass
class Pair:
    ours: list[Cost]
    theirs: list[Cost]

    def ratios(self) -> list[float]:
        return sorted(
            a.cpu / b.cpu for a, b in zip(self.ours, self.theirs, strict=True)
        )

    def median(self) -> float:
        return statistics.median(self.ratios())

    def spread(self) -> str:
        ratios = self.ratios()
        return f"{ratios[0]:.3f} to {ratios[-1]:.3f}"


def alternate(ours: list[str], theirs: list[str], rounds: int) -> Pair:
    """One warm-up each, then ours and theirs in turn, the first one changing."""
    run(ours), run(theirs)
    pair = Pair([], [])
    for i in range(rounds):
        for mine in (i % 2 == 0, i % 2 != 0):
            (pair.ours if mine else pair.theirs).append(run(ours if mine else theirs))
    return pair
