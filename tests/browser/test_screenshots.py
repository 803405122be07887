"""Pictures of pages: in every view, in parts that can be read."""

from __future__ import annotations

import struct
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from .support import Planter

pytestmark = pytest.mark.browser
SCRIPT = Path(__file__).with_name("screenshots.py")


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """The script in a process of its own, as authors start it."""
    return subprocess.run([sys.executable, SCRIPT, *arguments], capture_output=True, text=True, check=False)


def test_pictures_of_a_page_in_a_folder(plant: Planter, tmp_path: Path) -> None:
    plant.write("deep/page.html", '<!DOCTYPE html><body style="margin: 0"><p style="margin: 0; height: 2500px">')
    ran = run("--site", plant().root, "--out", tmp_path / "out", "deep/page.html")
    assert ran.returncode == 0, ran.stderr
    # A PNG starts with a signature of 8 bytes, 8 bytes of a chunk's head, then width and height.
    sizes = {path.name: struct.unpack(">II", path.read_bytes()[16:24]) for path in (tmp_path / "out").iterdir()}
    assert sizes == {
        f"deep-page.{theme}-{width}.{part}.png": (width, height)
        for theme in ("light", "dark")
        for width in (320, 1280)
        for part, height in ((1, 2000), (2, 500))
    }


def test_unknown_page_is_named(plant: Planter, tmp_path: Path) -> None:
    ran = run("--site", plant().root, "--out", tmp_path / "out", "gone.html")
    assert ran.returncode == 2
    assert "gone.html: not among index.html" in ran.stderr
