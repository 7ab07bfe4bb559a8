"""What a run says of the kinds of scratch: the values of one key of the names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reports.document import Benchmark, Center, Measurement
from reports.verdicts import CLOCKS

KEY = "scratch"
SHAPE, ALGORITHM = "shape", "algo"
_COUNTS = ("B/op", "allocs/op", "faults/op")


@dataclass(frozen=True)
class Cell:
    """One benchmark but for its scratch: a median for each kind that was run.
    `panel` and `name` are the values of keys that tell it from others.
    """

    shape: str
    panel: str
    name: str
    centers: dict[str, Center]


@dataclass(frozen=True)
class Grid:
    """One unit of all: the cells of each panel, and the kinds in their order."""

    unit: str
    kinds: tuple[str, ...]
    cells: tuple[Cell, ...]

    def panels(self) -> dict[str, list[Cell]]:
        """The cells by panel, those of one shape together, else in order."""
        shapes = list(dict.fromkeys(cell.shape for cell in self.cells))
        found: dict[str, list[Cell]] = {}
        for cell in sorted(self.cells, key=lambda cell: shapes.index(cell.shape)):
            found.setdefault(cell.panel, []).append(cell)
        return found

    def of_a_shape(self) -> int:
        """How many panels the shape with the most of them has."""
        shapes = {cell.panel: cell.shape for cell in self.cells}.values()
        return max(Counter(shapes).values(), default=1)


def grids(benchmarks: Iterable[Benchmark]) -> list[Grid]:
    """A grid for the clock that decides and each count that was measured; none
    without two kinds of scratch.
    """
    found = [(keys, one) for one in benchmarks if KEY in (keys := keys_of(one.name))]
    kinds = tuple(dict.fromkeys(keys[KEY] for keys, _ in found))
    if len(kinds) < 2:
        return []
    clocks = dict.fromkeys(one.decided_by for _, one in found if one.decided_by)
    units = [*(clocks or CLOCKS[:1]), *_COUNTS]
    made = (Grid(unit, kinds, tuple(_cells(found, unit))) for unit in units)
    return [grid for grid in made if grid.cells]


def keys_of(name: str) -> dict[str, str]:
    """The `key:value` and `key=value` parts of a name."""
    parts = (part.replace("=", ":", 1).split(":", 1) for part in name.split("/"))
    return {part[0]: part[1] for part in parts if len(part) == 2}


def _cells(
    found: Sequence[tuple[dict[str, str], Benchmark]], unit: str
) -> Iterable[Cell]:
    """A panel for each shape, the cells named by what else tells the names apart.
    Of several algorithms these are the cells, and the rest has panels of its own.
    """
    rest = [{k: v for k, v in keys.items() if k != KEY} for keys, _ in found]
    telling = [k for k in _keys(rest) if len({keys.get(k) for keys in rest}) > 1]
    named = [ALGORITHM] if ALGORITHM in telling else telling
    named = [k for k in named if k != SHAPE]
    panels = [SHAPE, *(k for k in telling if k not in (SHAPE, *named))]
    cells: dict[tuple[str, str, str], dict[str, Center]] = {}
    for (keys, benchmark), others in zip(found, rest, strict=True):
        measured = _measurement(benchmark, unit)
        if measured is None or measured.center.center is None:
            continue
        place = (
            others.get(SHAPE, ""),
            *(
                " ".join(filter(None, map(others.get, part)))
                for part in (panels, named)
            ),
        )
        cells.setdefault(place, {})[keys[KEY]] = measured.center
    return (Cell(*place, centers) for place, centers in cells.items())


def _keys(all_keys: Iterable[dict[str, str]]) -> list[str]:
    return list(dict.fromkeys(key for keys in all_keys for key in keys))


def _measurement(benchmark: Benchmark, unit: str) -> Measurement | None:
    return next((m for m in benchmark.measurements if m.unit == unit), None)
