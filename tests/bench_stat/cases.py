"""What is compared, and how fast it should be."""

from dataclasses import dataclass

from tests.bench_stat.measure import Pair

VERDICTS = ["--assume-independent"]


@dataclass
class Row:
    what: str
    value: str
    spread: str
    n: int
    goal: str
    holds: bool
    memory: str = ""

    def text(self) -> str:
        mark = "holds" if self.holds else "MISSED"
        figures = f"{self.value} [{self.spread}] n={self.n}"
        return f"{self.what}: {figures}, goal {self.goal}: {mark} {self.memory}"


@dataclass
class Case:
    what: str
    benchmarks: int
    samples: int
    options: list[str]
    most: float  # of benchstat's CPU time
    most_memory: float = 0  # of benchstat's peak; 0: only shown
    quick: bool = True

    def row(self, pair: Pair, ours_mib: float, theirs_mib: float) -> Row:
        holds = pair.median() <= self.most
        goal = f"<= {self.most:.3g}"
        if self.most_memory:
            holds = holds and ours_mib <= self.most_memory * theirs_mib
            goal += f", memory <= {self.most_memory:g}"
        memory = f"{ours_mib:.1f} / {theirs_mib:.1f} MiB"
        return Row(
            self.what,
            f"{pair.median():.3f}",
            pair.spread(),
            len(pair.ours),
            goal,
            holds,
            memory,
        )


CASES = [
    Case(
        "10 benchmarks x 12 samples x 3 units, start-up included", 10, 12, VERDICTS, 1.0
    ),
    Case("1,000 benchmarks x 12 x 3, verdicts included", 1_000, 12, VERDICTS, 1 / 8),
    Case(
        "10,000 benchmarks x 12 x 3, verdicts included",
        10_000,
        12,
        VERDICTS,
        1 / 10,
        0.5,
        quick=False,
    ),
    Case(
        "10 benchmarks x 10,000 samples x 3, no verdicts on times", 10, 10_000, [], 0.5
    ),
    Case(
        "10 benchmarks x 10,000 samples x 3, verdicts included",
        10,
        10_000,
        VERDICTS,
        2.0,
    ),
]
