from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.reports.hostile import NAMES
from tests.reports.test_page import renamed

pytestmark = pytest.mark.browser

WIDTHS = [400, 900, 1600]
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",  # containers give it little, or none
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# Opens all tables, then writes down what a person would see go wrong.
MEASURE = """
<script>
document.querySelectorAll('details').forEach(d => d.open = true);
const outside = [];
let drawn = 0;
for (const svg of document.querySelectorAll('svg')) {
  const box = svg.getBoundingClientRect();
  if (!box.width) continue;
  drawn++;
  for (const text of svg.querySelectorAll('text')) {
    const t = text.getBoundingClientRect();
    if (t.left < box.left - 1 || t.right > box.right + 1 ||
        t.top < box.top - 1 || t.bottom > box.bottom + 1)
      outside.push(text.textContent);
  }
}
const found = parent.document.createElement('pre');
found.textContent = JSON.stringify({
  width: innerWidth, content: document.documentElement.scrollWidth,
  drawn, outside, ground: getComputedStyle(document.body).backgroundColor});
parent.document.body.append(found);
</script>
"""


def measure(page: str, folder: Path, *flags: str) -> dict[int, dict[str, Any]]:
    """What the page looks like at each of WIDTHS.

    The copies measured let scripts run. Each is in a frame of its own, for
    Chromium makes no window as narrow as a telephone.
    """
    page = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*/>', "", page)
    source = html.escape(page.replace("</body>", f"{MEASURE}</body>"))
    frame = f'<iframe srcdoc="{source}" height="900" frameborder="0" width='
    frames = folder / "frames.html"
    frames.write_text(
        "<meta charset='utf-8'>" + "".join(f"{frame}{w}></iframe>" for w in WIDTHS)
    )
    command = [chromium(), *FLAGS, *flags, f"--user-data-dir={folder}/profile"]
    command += ["--dump-dom", frames.as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    texts = re.findall("<pre>(.*?)</pre>", done.stdout)
    found = [json.loads(html.unescape(text)) for text in texts]
    assert len(found) == len(WIDTHS), f"chromium printed no page: {done.stderr}"
    return {one["width"]: one for one in found}


def chromium() -> str:
    found = shutil.which("chromium")
    assert found, "chromium is not installed; apt-get install chromium"
    return found


def test_nothing_is_wider_than_the_window(conv_page, tmp_path):
    found = measure(conv_page, tmp_path)
    assert sorted(found) == WIDTHS
    for width, seen in found.items():
        assert seen["content"] <= width
        assert seen["drawn"] == 1 + 2 + 6
        assert seen["outside"] == []


@pytest.mark.parametrize("kind", NAMES)
def test_hostile_names_keep_the_layout(kind, document, page_of, tmp_path):
    page = page_of(renamed(document, NAMES[kind]))
    for width, seen in measure(page, tmp_path).items():
        assert seen["content"] <= width
        assert seen["outside"] == []


def test_dark_ground_where_dark_is_preferred(conv_page, tmp_path):
    dark = ("--force-dark-mode", "--blink-settings=preferredColorScheme=0")
    assert measure(conv_page, tmp_path)[400]["ground"] == "rgb(244, 245, 247)"
    assert measure(conv_page, tmp_path, *dark)[400]["ground"] == "rgb(14, 17, 20)"
