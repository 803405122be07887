"""One entry of a file that is being read: what it may name, and problems noted at their places."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from costbook.assessment.misconceptions import Misconception, Nature
from costbook.assessment.objectives import Objective
from costbook.assessment.rubrics import Rubric
from costbook.contents import Contents
from costbook.load.fields import check_ids, check_known
from costbook.load.source import Document, Keys, Problem
from costbook.names import suggestion


@dataclass(frozen=True)
class Known:
    """What a quiz may name; None where it could not be read. ``items`` maps the ids read so far to their files."""

    contents: Contents | None
    objectives: Mapping[str, Objective] | None
    misconceptions: Mapping[str, Misconception] | None
    rubrics: Mapping[str, Rubric] | None
    items: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Entry:
    """An item at a path of a document."""

    document: Document
    path: Keys
    known: Known

    @property
    def data(self) -> dict[str, Any]:
        """The item as it stands in the file."""
        found = self.document.data
        for key in self.path:
            found = found[key]
        return dict(found)

    def problem(self, path: Keys, what: str) -> None:
        """Note a problem of a value of this item."""
        self.document.problem((*self.path, *path), what)

    def key_problem(self, path: Keys, what: str) -> None:
        """Note a problem of a key of this item."""
        self.document.problems.append(Problem(self.document.key_place((*self.path, *path)), what))

    def named(self, path: Keys, name: str, known: Collection[str] | None, kind: str) -> None:
        """Note a name that is not among the known ones."""
        check_known(self.document, (*self.path, *path), name, known, kind)

    def ids(self, path: Keys, entries: Iterable[Any]) -> None:
        """Note ids of a list that stand twice."""
        check_ids(self.document, (*self.path, *path), (one.id for one in entries))

    def once(self, path: Keys, values: Iterable[object]) -> None:
        """Note values of a list that stand twice."""
        seen: set[object] = set()
        for index, value in enumerate(values):
            if value in seen:
                self.problem((*path, index), f"{str(value)!r} stands twice")
            seen.add(value)

    def misconception(self, path: Keys, name: str | None, *, of_world: bool = False) -> None:
        """A misconception must be known; where numbers are computed from it, it must be a wrong world."""
        if name is None:
            return
        known = self.known.misconceptions
        if of_world and known and name in known and known[name].nature is not Nature.WORLD:
            worlds = [one.id for one in known.values() if one.nature is Nature.WORLD]
            self.problem(
                path, f"{name!r} is a belief, which computes no answer; {suggestion(name, worlds)} (`kind: world`)"
            )
        self.named(path, name, known, "misconception")

    def differ(self, texts: Iterable[tuple[Keys, str]], what: str) -> None:
        """Texts that a learner has to tell apart must differ."""
        seen: set[str] = set()
        for path, text in texts:
            looks = " ".join(text.casefold().split())
            if looks in seen:
                self.problem(path, f"another {what} says the same; a learner could not tell them apart")
            seen.add(looks)
