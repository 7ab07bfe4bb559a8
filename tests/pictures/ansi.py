"""What a program writes to a terminal, as HTML."""

from __future__ import annotations

import html
import re

_CODE = re.compile(r"\x1b\[([0-9;]*)m")
# Of a common dark theme; the numbers are those of SGR.
_STYLES = {
    "1": "font-weight: 700",
    "2": "opacity: .65",
    "31": "color: #ff7b72",
    "32": "color: #3fb950",
    "33": "color: #d29922",
    "34": "color: #58a6ff",
    "35": "color: #bc8cff",
    "36": "color: #39c5cf",
}
_PAGE = """<meta charset="utf-8"><style>
body {{ margin: 0; padding: 16px; background: #0d1117; color: #e6edf3; }}
pre {{ margin: 0; font: 13px/1.35 "DejaVu Sans Mono", monospace; }}
</style><pre>{}</pre>"""


def page(text: str) -> str:
    """`text` with SGR sequences as a page of its own."""
    parts = _CODE.split(text)
    body, active = html.escape(parts[0]), []
    for codes, following in zip(parts[1::2], parts[2::2], strict=True):
        for code in codes.split(";"):
            active = [] if code in ("", "0") else [*active, code]
        style = "; ".join(_STYLES[code] for code in active if code in _STYLES)
        body += f'<span style="{style}">{html.escape(following)}</span>'
    return _PAGE.format(body)
