"""Gaps: places in a source that nobody has written yet, each with one sentence on what to write there.

A gap is the role ``gap`` in a page or a YAML text. It is looked for in the sources as they stand, so that it may also
stand where no role is read: in the option of a directive, or in front matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from costbook.load.source import Place, Problem

SOURCES = ("index.md", "book/**/*.md", "book/data/**/*.yaml", "assessments/**/*.yaml")
GAP = re.compile(r"\{gap\}`([^`]+)`")


def gaps_in(file: str, text: str) -> Iterator[Problem]:
    """The gaps of a source, in order."""
    for found in GAP.finditer(text):
        before = text[: found.start()]
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        yield Problem(Place(file, line, column), f"not written yet: {' '.join(found[1].split())}")


def find_gaps(root: Path) -> tuple[Problem, ...]:
    """Every gap in the sources of a book, an educator's private quizzes among them, in order of place."""
    files = sorted({path for pattern in SOURCES for path in root.glob(pattern)})
    texts = ((path.relative_to(root).as_posix(), path.read_text(encoding="utf-8-sig")) for path in files)
    return tuple(gap for file, text in texts for gap in gaps_in(file, text))
