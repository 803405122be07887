"""The table of contents as data: parts, chapters, prerequisites, and paths by role."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter as planned; ``docname`` is None until its file exists. Front matter has the number 0."""

    id: str
    number: int
    part: str
    title: str
    question: str
    requires: tuple[str, ...]
    helped_by: tuple[str, ...]
    docname: str | None = None

    @property
    def name(self) -> str:
        """How a text names it: ``chapter 3, Reading the bill``; what has no number, by its title."""
        return f"chapter {self.number}, {self.title}" if self.number else self.title


@dataclass(frozen=True, slots=True)
class Path:
    """A reading path for a role."""

    id: str
    title: str
    chapters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """Parts (id to title), chapters (id to chapter) and paths, in reading order; front matter stands first.

    ``title`` is that of the book. ``sources`` says in full which works the labels of quoted words stand for, such as
    ``S000``.
    """

    parts: Mapping[str, str]
    chapters: Mapping[str, Chapter]
    paths: tuple[Path, ...]
    title: str = ""
    sources: Mapping[str, str] = field(default_factory=dict)

    def of_part(self, part: str) -> tuple[Chapter, ...]:
        """The chapters of a part, written or only planned."""
        return tuple(chapter for chapter in self.chapters.values() if chapter.part == part)

    def written(self, path: Path) -> tuple[Chapter, ...]:
        """The chapters of a path that exist."""
        return tuple(chapter for chapter in map(self.chapters.__getitem__, path.chapters) if chapter.docname)


def unmet(contents: Contents, path: Path) -> tuple[tuple[str, str], ...]:
    """Pairs (chapter, prerequisite) of a path whose prerequisite does not come before it on that path."""
    seen: set[str] = set()
    missing = []
    for chapter_id in path.chapters:
        chapter = contents.chapters[chapter_id]
        missing += [(chapter_id, needed) for needed in chapter.requires if needed not in seen]
        seen.add(chapter_id)
    return tuple(missing)


def cycle(contents: Contents) -> tuple[str, ...]:
    """Chapters that need each other, as a path that ends where it starts; empty where there is no cycle."""
    chapters = contents.chapters
    try:
        tuple(TopologicalSorter({one.id: one.requires for one in chapters.values()}).static_order())
    except CycleError as error:
        # The sorter goes from a chapter to those that need it.
        return tuple(reversed(error.args[1]))
    return ()
