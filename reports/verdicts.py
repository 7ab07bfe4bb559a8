"""What a verdict is called, its mark and its colour.

The mark and the word always go together with the colour: no reader needs to
see colours to read a verdict.
"""

from __future__ import annotations

from dataclasses import dataclass

from reports.document import ChangePoint, Row

CLOCKS = ("cpu-sec/op", "sec/op")
EXACT = ("B/op", "allocs/op", "frees/op")


@dataclass(frozen=True)
class Look:
    """How one verdict is shown."""

    mark: str
    word: str
    tone: str
    marker: str
    rank: int


_LOOKS = {
    "regression": Look("▲", "worse", "worse", "^", 0),
    "missing": Look("−", "missing", "worse", "X", 1),
    "improvement": Look("▼", "better", "better", "v", 2),
    "undecided": Look("?", "undecided", "unsure", "D", 3),
    "not-comparable": Look("×", "not comparable", "unsure", "X", 4),
    "unchanged": Look("=", "unchanged", "calm", "o", 5),
    "no-change-seen": Look("~", "no change seen", "calm", "o", 6),
    "same-code": Look("≡", "same code", "calm", "s", 7),
    "new": Look("+", "new", "calm", "P", 8),
    "": Look("·", "shown, not judged", "calm", "o", 9),
}
_CHANGES = {
    ("clock", "regression"): "slower",
    ("clock", "improvement"): "faster",
    ("lower", "regression"): "more",
    ("lower", "improvement"): "less",
}


def look(verdict: str) -> Look:
    """How `verdict` is shown; one that is not known here, by its own name."""
    return _LOOKS.get(verdict) or Look("?", verdict, "unsure", "D", 3)


def word(row: Row) -> str:
    """The verdict of `row` in a word that suits its unit."""
    kind = "clock" if row.unit in CLOCKS else row.better
    return _CHANGES.get((kind, row.verdict)) or look(row.verdict).word


def marked(row: Row) -> str:
    """The mark and the word of the verdict of `row`."""
    return f"{look(row.verdict).mark} {word(row)}"


def is_better(change: ChangePoint, better: str) -> bool:
    """Whether the level went where it is wanted: `better` is higher or lower."""
    rises = (change.after or 0) > (change.before or 0)
    return rises == (better == "higher")
