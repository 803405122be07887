"""Lighthouse's marks for pages of the built site: performance, accessibility, good practice and search engines.

It runs Lighthouse from ``build/lighthouse`` (``make lighthouse`` installs it there) in Chromium on a simulated phone,
against a server of its own.
"""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # Python looks beside a script, not around it

from tests.browser.gates.browser import executable  # noqa: E402

PAGES = (
    "book/01-the-life-of-a-token.html",
    "assessments/quizzes/the-life-of-a-token-practice.html",
    "sims/token-lifecycle.html",
)
MARKS = {"performance": "Speed", "accessibility": "Access", "best-practices": "Practice", "seo": "Search"}
MEASURES = {
    "first-contentful-paint": "First paint",
    "largest-contentful-paint": "Largest paint",
    "total-blocking-time": "Blocked",
    "cumulative-layout-shift": "Shift",
}
PROGRAM = ROOT / "build/lighthouse/node_modules/.bin/lighthouse"
FLAGS = "--headless=new --no-sandbox"
console = Console(highlight=False, soft_wrap=True)


@click.command(epilog="\b\nExample:\n  make lighthouse")
@click.option(
    "--site",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=ROOT / "build/html",
    help="The built site (build/html by default).",
)
@click.argument("pages", nargs=-1)
def main(site: Path, pages: tuple[str, ...]) -> None:
    """Mark PAGES, or a chapter, a quiz and a simulation; below each mark that is not 100, what is missing."""
    if not PROGRAM.exists():
        raise click.ClickException("Lighthouse is not installed; run: make lighthouse")
    table = Table(*("Page", *MARKS.values(), *MEASURES.values()))
    missing: list[str] = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Compressed, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    for page in pages or PAGES:
        with console.status(f"Marking {page}"):
            found = _run(f"http://127.0.0.1:{server.server_port}/{page}")
        marks = [f"{100 * found['categories'][name]['score']:.0f}" for name in MARKS]
        table.add_row(page, *marks, *(found["audits"][name]["displayValue"] for name in MEASURES))
        missing += (f"{page}: {said}" for said in _missing(found))
    server.shutdown()
    console.print(table)
    for line in missing:
        console.print(f"  {line}")


class _Compressed(SimpleHTTPRequestHandler):
    """A server of files as hosts of static sites are: it compresses what it sends, and keeps connections."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        content = path.read_bytes() if path.is_file() else b""
        packed = gzip.compress(content)
        self.send_response(200 if content else 404)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(packed)))
        self.end_headers()
        self.wfile.write(packed)

    def log_message(self, *_: object) -> None:
        return


def _run(url: str) -> dict[str, Any]:
    command = [str(PROGRAM), url, "--output=json", "--quiet", f"--chrome-flags={FLAGS}"]
    ran = subprocess.run(
        command, env={**os.environ, "CHROME_PATH": executable() or ""}, capture_output=True, text=True, check=False
    )
    if ran.returncode:
        raise click.ClickException(f"Lighthouse failed on {url}: {ran.stderr.strip().splitlines()[-1]}")
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


def _missing(found: dict[str, Any]) -> list[str]:
    """The audits that cost points."""
    weights = {ref["id"]: ref["weight"] for one in found["categories"].values() for ref in one["auditRefs"]}
    return [
        f"{audit['title']} ({audit['score']:.2f})"
        for name, audit in found["audits"].items()
        if audit.get("score") is not None and audit["score"] < 1 and weights.get(name)
    ]


if __name__ == "__main__":
    main()
