"""Every plot of a report by a name of its own, as a picture."""

from __future__ import annotations

from collections.abc import Callable

from matplotlib.figure import Figure

from reports import panels, svg
from reports.conv import WIDE as CONV_WIDE
from reports.conv import conv
from reports.document import Report
from reports.dumbbell import dumbbell
from reports.forest import WIDE, forest
from reports.history import history
from reports.node import BadDataError
from reports.noise import alarms, spread
from reports.overview import exact_rows
from reports.scratch import grids
from reports.strip import strip
from reports.subjects import Subject, clock_of, subjects, told_apart

Plots = dict[str, Callable[[], Figure]]


def named(report: Report) -> Plots:
    """What draws each plot that `report` has data for."""
    plots = {**_of_comparison(report), **_of_scratch(report), **_of_noise(report)}
    for subject in subjects(report):
        plots |= _of_subject(subject)
    return plots


def picture(report: Report, name: str, kind: str) -> bytes:
    """The plot of that name, as "png" or "svg". Raises BadDataError."""
    with svg.style(on_page=False):
        plots = named(report)
        if name not in plots:
            raise BadDataError(
                f"there is no plot called {name!r}", "opstat report --plot list"
            )
        return svg.picture(plots[name](), kind)


def _of_comparison(report: Report) -> Plots:
    if report.comparison is None:
        return {}
    comparison = told_apart(report.comparison)
    clocks = panels.by_effect([r for r in comparison.rows if r.role == "decides"])
    exact = panels.most_telling(exact_rows(comparison))
    plots: Plots = {}
    if clocks:
        plots["ratio"] = lambda: forest(clocks, panels.plot_names(clocks), WIDE)
    for unit in dict.fromkeys(row.unit for row in exact):
        rows = [row for row in exact if row.unit == unit]
        plots[unit] = lambda rows=rows: dumbbell(rows, panels.plot_names(rows))
    return plots


def _of_scratch(report: Report) -> Plots:
    return {
        f"scratch {grid.unit}": lambda grid=grid: conv(grid, CONV_WIDE)
        for grid in grids(report.run.benchmarks)
    }


def _of_noise(report: Report) -> Plots:
    noise = report.noise
    plots: Plots = {}
    if noise and noise.comparisons.of:
        plots["alarms"] = lambda: alarms(noise)
    if noise and noise.benchmarks:
        plots["noise"] = lambda: spread(panels.widest(noise))
    return plots


def _of_subject(subject: Subject) -> Plots:
    plots: Plots = {}
    if row := subject.clock():
        plots[f"samples {subject.name}"] = lambda: strip(
            row.unit, panels.strip_series(row)
        )
    elif one := subject.benchmark:
        plots[f"samples {subject.name}"] = lambda: strip(
            clock_of(one), [panels.own_series(one)]
        )
    for trend in subject.trends:
        name = f"history {subject.name} {trend.unit}"
        plots[name] = lambda trend=trend: history(trend)
    return plots
