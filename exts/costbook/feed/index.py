"""Other releases of the feed: found and installed with pip into a folder of their own, and read by another process.

Two releases of a package cannot be imported side by side, and the one that is installed stays as it is.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from costbook.feed.quotes import FeedError
from costbook.feed.recorded import RecordedFeed, parse_recorded
from costbook.feed.verdicts import Id

PACKAGE = "genai-prices"
PATIENCE = 120
"""Seconds after which pip is no longer waited for."""

READER = """
import json, sys
from datetime import date
from costbook.feed.genai import installed_feed
from costbook.feed.recorded import record
asked = json.load(sys.stdin)
sys.stdout.write(record(installed_feed(), map(tuple, asked["ids"]), date.fromisoformat(asked["day"])))
"""


class Offline(Exception):
    """The package index gives no answer; the message has pip's last words."""


def newest() -> str:
    """The newest release of the feed that the package index has.

    Raises:
        Offline: it cannot be reached.
    """
    said = _pip("index", "versions", PACKAGE, "--retries", "0", "--timeout", "10")
    found = re.search(rf"^{PACKAGE} \(([^)]+)\)", said, re.MULTILINE)
    if found is None:
        raise Offline(f"the package index names no release of {PACKAGE}")
    return found[1]


def newer(version: str, than: str) -> bool:
    """Whether a release is newer than another; both are numbers with dots."""
    return _numbers(version) > _numbers(than)


def read_release(version: str, ids: Sequence[Id], day: date) -> RecordedFeed:
    """What another release says about some ids on a day.

    Raises:
        Offline: the release cannot be fetched.
        FeedError: it cannot be read.
    """
    with tempfile.TemporaryDirectory() as folder:
        _pip(
            "install",
            "--quiet",
            "--no-compile",
            "--no-deps",
            "--target",
            folder,
            f"{PACKAGE}=={version}",
            "--retries",
            "0",
        )
        return _read(Path(folder), ids, day)


def _read(folder: Path, ids: Sequence[Id], day: date) -> RecordedFeed:
    package = str(Path(__file__).resolve().parents[2])
    run = subprocess.run(
        [sys.executable, "-c", READER],
        input=json.dumps({"day": day.isoformat(), "ids": list(ids)}),
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(folder), package])},
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode:
        raise FeedError(f"another release of {PACKAGE} cannot be read: {_last(run.stderr)}")
    return parse_recorded(run.stdout)


def _pip(*arguments: str) -> str:
    command = [sys.executable, "-m", "pip", *arguments, "--no-input", "--disable-pip-version-check"]
    try:
        run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        raise Offline(f"pip gave no answer in {PATIENCE} seconds") from None
    if run.returncode:
        raise Offline(_last(run.stderr))
    return run.stdout


def _last(text: str) -> str:
    """The last line that says something."""
    return next((line.strip() for line in reversed(text.splitlines()) if line.strip()), "no reason was given")


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"[0-9]+", version)))
