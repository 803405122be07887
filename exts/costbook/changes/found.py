"""What is said of a change: an ``Impact``, and the entries that it consists of."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from pathlib import PurePosixPath

from costbook.load import Place

NONE = "none"
"""What stands for a text that a world does not have."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """An edition as a reader names it."""

    serial: int
    as_of: date

    def __str__(self) -> str:
        return f"edition {self.serial}, priced at {self.as_of}"


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that moves, and where its author wrote it."""

    place: Place

    @property
    def page(self) -> str:
        """The page it is on, as the build names it."""
        return PurePosixPath(self.place.file).with_suffix("").as_posix()


@dataclass(frozen=True, slots=True)
class BrokenClaim(Entry):
    """A sentence whose condition no longer holds, and what was found; it stops the build."""

    condition: str
    found: str


@dataclass(frozen=True, slots=True)
class Moved(Entry):
    """A text that a page prints otherwise.

    ``asked`` names it, in the grammar where there is one; ``by`` is ``text`` or the directive that shows it. ``change``
    is the new number less the old one, as a share of the old one, where both are numbers and the old one is not 0.
    """

    asked: str
    by: str
    old: str
    new: str
    change: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Selected(Entry):
    """A selection with other members: rows of a table come or go."""

    asked: str
    added: tuple[str, ...]
    removed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unanswered(Entry):
    """A question, or a directive, that has no answer any more: what it said, and why there is none now."""

    asked: str
    old: str
    why: str


@dataclass(frozen=True, slots=True)
class Unchanged(Entry):
    """A text that says the same, on a page that is read again because of it."""

    asked: str


@dataclass(frozen=True, slots=True)
class ItemText(Entry):
    """A text of a quiz item that moves: of which quiz and item, for which values drawn.

    ``label`` is the id of the option or mistake. ``flips``: a verdict in it has turned. The items of a graded quiz
    stand on no page.
    """

    quiz: str
    item: str
    drawn: str
    label: str
    old: str
    new: str
    change: Decimal | None
    flips: bool
    graded: bool


@dataclass(frozen=True, slots=True)
class Variants(Entry):
    """An item with other verified variants than before; with fewer than it needs it stops the build.

    ``why`` is the reason for which one is left out that was not, and for how many more than before it is the reason.
    """

    quiz: str
    item: str
    before: int
    now: int
    needed: int
    why: str
    graded: bool


@dataclass(frozen=True, slots=True)
class Stale(Entry):
    """A quiz with other codes: its printed forms and exported banks are of the old data."""

    quiz: str
    graded: bool


@dataclass(frozen=True)
class Impact:
    """Everything that moves from one world to another.

    Entries stand in order of page, line and question. ``keys``, ``distractors``, ``feedback`` and ``stems`` are those
    of verified variants that both worlds have. ``lost`` are items that are left with too few variants, ``variants``
    those with other ones and enough of them. ``arrivals`` had no answer before. ``words`` are names and other texts.
    ``workings`` are figures that stay while the working or source below them moves, ``dates`` texts that rest on the
    edition's day, or print it, and say the same otherwise.
    """

    old: Stamp
    new: Stamp
    claims: tuple[BrokenClaim, ...] = ()
    flips: tuple[Moved, ...] = ()
    keys: tuple[ItemText, ...] = ()
    distractors: tuple[ItemText, ...] = ()
    feedback: tuple[ItemText, ...] = ()
    stems: tuple[ItemText, ...] = ()
    figures: tuple[Moved, ...] = ()
    lost: tuple[Variants, ...] = ()
    unanswered: tuple[Unanswered, ...] = ()
    selections: tuple[Selected, ...] = ()
    arrivals: tuple[Moved, ...] = ()
    variants: tuple[Variants, ...] = ()
    words: tuple[Moved, ...] = ()
    workings: tuple[Unchanged, ...] = ()
    dates: tuple[Unchanged, ...] = ()
    stale: tuple[Stale, ...] = ()

    @property
    def entries(self) -> dict[str, tuple[Entry, ...]]:
        """Every list of entries by its name, in the order in which they are reported."""
        return {one.name: getattr(self, one.name) for one in fields(self)[2:]}

    @property
    def empty(self) -> bool:
        """Whether nothing moves."""
        return not any(self.entries.values())

    @property
    def pages(self) -> frozenset[str]:
        """The pages that a build reads again, by name."""
        return frozenset(
            entry.page
            for name, entries in self.entries.items()
            if name != "claims"  # a condition prints nothing
            for entry in entries
            if not getattr(entry, "graded", False)
        )

    @property
    def stops(self) -> bool:
        """Whether the book cannot be built in the new world."""
        return bool(self.claims or self.lost or self.unanswered)
