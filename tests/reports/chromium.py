"""A page as headless Chromium shows it: measured, watched, and as a picture."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",  # containers give it little, or none
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)
DARK = ("--force-dark-mode", "--blink-settings=preferredColorScheme=0")
_POLICY = r'<meta http-equiv="Content-Security-Policy"[^>]*>'
# A dialog would stop a browser that nobody watches: it is written down instead.
_WRITE_DIALOGS = """<script>
for (const kind of ['alert', 'confirm', 'prompt']) window[kind] = () => {
  const raised = document.createElement('pre');
  raised.className = 'dialog';
  raised.textContent = kind;
  document.documentElement.append(raised);
};
</script>"""
# What pages load, as the log marks it; Chromium has errands of its own beside.
_LOADED = r'"traffic_annotation":101845102,"url":"([^"]+)"'
_MEASURE = (Path(__file__).parent / "measure.js").read_text()


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Chromium with a profile of its own in `folder`."""
    found = shutil.which("chromium")
    assert found, "chromium is not installed; apt-get install chromium"
    command = [found, *FLAGS, f"--user-data-dir={folder}/profile", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=300)


def _frames(pages: Sequence[str], widths: Sequence[int], height: int) -> str:
    """Every page in a frame of every width: Chromium makes no window as narrow as
    a telephone.
    """
    frames = (
        f'<iframe srcdoc="{html.escape(page)}" height="{height}" frameborder="0" '
        f'width="{width}"></iframe>'
        for page in pages
        for width in widths
    )
    return f"<meta charset='utf-8'>{''.join(frames)}"


def measure(
    pages: Sequence[str], widths: Sequence[int], folder: Path, *flags: str
) -> list[dict[str, Any]]:
    """What measure.js sees of each page at each width. The copies measured let
    scripts run.
    """
    script = f"<script>{_MEASURE}</script></body>"
    scripted = [re.sub(_POLICY, "", p).replace("</body>", script) for p in pages]
    frames = folder / "frames.html"
    frames.write_text(_frames(scripted, widths, 900))
    done = run(folder, *flags, "--dump-dom", frames.as_uri())
    texts = re.findall("<pre>(.*?)</pre>", done.stdout)
    found = [json.loads(html.unescape(text)) for text in texts]
    assert len(found) == len(pages) * len(widths), f"no page: {done.stderr}"
    return sorted(found, key=lambda one: one["width"])


def watch(page: str, folder: Path) -> tuple[list[str], list[str]]:
    """What the page, as it is, writes to the console and asks the network for."""
    file, log = folder / "page.html", folder / "net.json"
    file.write_text(page)
    done = run(
        folder,
        "--enable-logging=stderr",
        f"--log-net-log={log}",
        "--dump-dom",
        file.as_uri(),
    )
    assert "</html>" in done.stdout, done.stderr
    console = [line for line in done.stderr.splitlines() if "CONSOLE" in line]
    urls = set(re.findall(_LOADED, log.read_text()))
    inside = ("file:", "data:", "about:", "chrome:", "devtools:", "blob:")
    return console, [url for url in urls if not url.startswith(inside)]


def dialogs(page: str, folder: Path) -> list[str]:
    """The kinds of dialogs that the page raises where nothing forbids scripts."""
    file = folder / "dialogs.html"
    unguarded = re.sub(_POLICY, "", page)
    file.write_text(unguarded.replace("<head>", f"<head>{_WRITE_DIALOGS}", 1))
    done = run(folder, "--dump-dom", file.as_uri())
    assert "</html>" in done.stdout, done.stderr
    return re.findall('<pre class="dialog">(.*?)</pre>', done.stdout)


def screenshot(
    page: str, widths: Sequence[int], target: Path, folder: Path, *flags: str
) -> None:
    """The page at each width, side by side."""
    height = 7000
    frames = folder / "picture.html"
    frames.write_text(_frames([page], widths, height))
    size = f"--window-size={sum(widths) + 40},{height}"
    run(folder, *flags, size, f"--screenshot={target}", frames.as_uri())
    assert target.stat().st_size > 0


def pdf(page: str, target: Path, folder: Path) -> bytes:
    """The page as it is printed."""
    file = folder / "print.html"
    file.write_text(page)
    run(folder, f"--print-to-pdf={target}", "--no-pdf-header-footer", file.as_uri())
    return target.read_bytes()
