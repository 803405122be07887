"""A build costs as much a page in a large book as in a small one."""

from __future__ import annotations

import resource
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tests.furo_fixes.books import EXTENSIONS

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow

SMALL, LARGE = 100, 300
PARAGRAPH = "Words of a chapter stand here, some *set off*, some `as code`, and they go on for a while. " * 6
SECTION = f"\n## Section {{number}}\n\n{PARAGRAPH}\n\n{PARAGRAPH}\n\n| a | b |\n|---|---|\n" + "| 1 | 2 |\n" * 8


def _write(root: Path, pages: int) -> Path:
    """A book of *pages* chapters in parts of ten."""
    source = root / str(pages)
    source.mkdir()
    parts = range(pages // 10)
    listed = "\n".join(f"part{part}" for part in parts)
    (source / "index.md").write_text(f"# Book\n\n```{{toctree}}\n{listed}\n```\n")
    for part in parts:
        chapters = range(part * 10, part * 10 + 10)
        listed = "\n".join(f"chapter{chapter}" for chapter in chapters)
        (source / f"part{part}.md").write_text(f"# Part {part}\n\n```{{toctree}}\n{listed}\n```\n")
        for chapter in chapters:
            text = "".join(SECTION.format(number=number) for number in range(4))
            (source / f"chapter{chapter}.md").write_text(f"# Chapter {chapter}\n{text}")
    return source


def _seconds(source: Path, out: Path, *extensions: str) -> float:
    """CPU seconds of a cold build."""
    settings = {"extensions": ",".join(["myst_parser", *extensions]), "html_theme": "furo", "html_copy_source": "0"}
    options = [option for key, value in settings.items() for option in ("-D", f"{key}={value}")]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "sphinx", "-q", "-C", *options, "-d", str(out / "doctrees"), str(source), str(out)]
    subprocess.run(command, check=True, env={"PYTHONPATH": str(EXTENSIONS)})
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def test_cost_of_a_page(tmp_path: Path) -> None:
    small, large = (_write(tmp_path, pages) for pages in (SMALL, LARGE))
    of_small = _seconds(small, tmp_path / "small", "furo_fixes") / SMALL
    of_large = _seconds(large, tmp_path / "large", "furo_fixes") / LARGE
    of_furo = _seconds(large, tmp_path / "furo") / LARGE
    print(f"CPU seconds a page: {of_small:.4f} at {SMALL}, {of_large:.4f} at {LARGE}; with Furo alone {of_furo:.4f}")
    assert of_large <= 1.2 * of_small
    assert of_large <= 0.35 * of_furo
