"""What the colours of the plots mean, and what they are where no page says so.

Plots name colours by meaning. On a page each becomes a CSS variable, so that one
drawing serves the light and the dark theme; a picture alone has the light ones.
"""

from __future__ import annotations

import re

from matplotlib import colors

_LIGHT = {
    "foreground": "#16191d",
    "muted": "#545d68",
    "grid": "#d5dae0",
    "band": "#e6eaf0",
    "ground": "#ffffff",
    "baseline": "#545d68",
    "contender": "#0072b2",
    "third": "#a0522d",
    "worse": "#b34700",
    "better": "#007a59",
    "unsure": "#8a5a00",
    "calm": "#4a5560",
}
# Colours that nothing else has, which stand for the variables until they are
# put in.
_STAND_INS = {name: f"#0102{index:02x}" for index, name in enumerate(_LIGHT, 1)}
_VARIABLES = {stand_in: f"var(--{name})" for name, stand_in in _STAND_INS.items()}
_STAND_IN = re.compile("|".join(_VARIABLES))


def _named(name: str) -> str:
    return f"opstat:{name}"


FOREGROUND, MUTED, GRID, BAND, GROUND = map(
    _named, ("foreground", "muted", "grid", "band", "ground")
)
BASELINE, CONTENDER, THIRD = map(_named, ("baseline", "contender", "third"))
TONES = {tone: _named(tone) for tone in ("worse", "better", "unsure", "calm")}


def use(on_page: bool) -> None:
    """Makes the names mean variables of the page, or the light theme."""
    for name, colour in (_STAND_INS if on_page else _LIGHT).items():
        colors.get_named_colors_mapping()[_named(name)] = colour


def with_variables(css: str) -> str:
    """`css` with the page's variables where colours of `use(True)` stand."""
    return _STAND_IN.sub(lambda match: _VARIABLES[match[0]], css)
