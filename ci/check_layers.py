#!/usr/bin/env python3
"""Fails when a source file includes what its room may not.

The rooms and their arrows are those of ARCHITECTURE.md. A wrong arrow mostly
fails to link as well; this also catches header-only ones, and heavy or
room-bound third-party headers in the wrong place.
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# What each room may include besides itself and the standard library.
MAY_INCLUDE = {
    "engine": set(),
    "harness": {"engine"},
    "opstat/benchfmt": set(),
    "opstat/stats": set(),
    "opstat/store": {"opstat/benchfmt"},
    "opstat/compare": {"opstat/benchfmt", "opstat/stats"},
    "opstat/measure": {"opstat/benchfmt"},
    "opstat/checkout": {"opstat/benchfmt", "opstat/measure"},
    "opstat/cli": {
        "opstat/benchfmt",
        "opstat/stats",
        "opstat/store",
        "opstat/compare",
        "opstat/measure",
        "opstat/checkout",
    },
}

# Third-party headers, and the only places that may know them.
OWNED = {
    "sqlite3.h": ("opstat/store/",),
    "benchmark/": ("harness/",),
    "hwy/": ("engine/kernels/",),
    "boost/": ("opstat/cli/",),
    "elfutils/": ("opstat/measure/",),
    "simdjson.h": ("opstat/benchfmt/",),
    "rapidjson/": (
        "opstat/benchfmt/",
        "opstat/store/",
        "opstat/checkout/",
        "opstat/cli/",
    ),
    "toml++/": ("opstat/cli/",),
    "gelf.h": ("opstat/checkout/",),
    "libelf.h": ("opstat/checkout/",),
    "fmt/": (
        "opstat/benchfmt/",
        "opstat/store/",
        "opstat/compare/",
        "opstat/measure/",
        "opstat/checkout/",
        "opstat/cli/",
    ),
}

# Headers that include these make every includer slow to compile.
HEAVY = (
    "rapidjson/",
    "simdjson.h",
    "boost/",
    "sqlite3.h",
    "hwy/",
    "toml++/",
    "regex",
    "iostream",
)
HEAVY_BY_DESIGN = {
    "opstat/benchfmt/json_document.h",
    "opstat/benchfmt/json_output.h",
    "opstat/cli/json.h",
    "opstat/cli/toml_text.h",
}
FORWARD = ("rapidjson/fwd.h",)

INCLUDE = re.compile(r'^\s*#\s*include\s+[<"]([^>"]+)[>"]')


def room_of(path: str) -> str | None:
    """The room a path or include lies in, or None."""
    return next((room for room in MAY_INCLUDE if path.startswith(room + "/")), None)


def complaint(path: str, room: str, header: str) -> str | None:
    """Why this include is wrong, or None when it is right."""
    target = room_of(header)
    if target and target != room and target not in MAY_INCLUDE[room]:
        return f"{room} may not include {target}"
    for prefix, homes in OWNED.items():
        if header.startswith(prefix) and not path.startswith(homes):
            return f"{prefix} belongs to {', '.join(homes)}"
    # What ends in -inl.h is a part of one .cc file.
    in_header = path.endswith(".h") and not path.endswith("-inl.h")
    in_header = in_header and path not in HEAVY_BY_DESIGN
    if in_header and header.startswith(HEAVY) and header not in FORWARD:
        return "heavy headers belong in .cc files"
    return None


def check(path: Path) -> list[str]:
    """Complaints about one file."""
    name = path.relative_to(ROOT).as_posix()
    room = room_of(name)
    found = []
    for number, line in enumerate(path.read_text().splitlines(), 1):
        match = INCLUDE.match(line)
        reason = match and room and complaint(name, room, match[1])
        if reason:
            found.append(f"{name}:{number}: includes {match[1]}: {reason}")
    return found


def main() -> int:
    """Check every source; 1 when anything is wrong."""
    sources = [
        path
        for room in MAY_INCLUDE
        for path in sorted((ROOT / room).rglob("*"))
        if path.suffix in {".h", ".cc"}
    ]
    complaints = [line for path in sources for line in check(path)]
    print(
        "\n".join(complaints) or f"check_layers: {len(sources)} files, no wrong arrow"
    )
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
