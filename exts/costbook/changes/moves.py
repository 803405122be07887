"""What editions and days move in the pages of the book, counted: since the edition before, and on each day ahead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from costbook.changes.comparing import impact
from costbook.changes.found import Impact
from costbook.pages import Page
from costbook.questions.editions import Ahead
from costbook.world import World

SHOWN_BY = frozenset({"edition-changes", "changes-ahead"})
"""The directives that print what moves."""


@dataclass(frozen=True, slots=True)
class Tally:
    """An impact, counted: figures, verdicts that flip and quiz keys, and the pages on which any of them stands.

    A key counts once for each variant of its item. Texts in which nothing but the date moves are not counted.
    ``stops``: the book cannot be built like this, because a claim breaks or something has no answer any more.
    """

    figures: int
    verdicts: int
    keys: int
    pages: tuple[str, ...]
    stops: bool


@dataclass(frozen=True, slots=True)
class BookMoves:
    """What the edition moved in the book, None for the first of all; and what each day ahead will move."""

    since: Tally | None
    ahead: tuple[tuple[date, Tally], ...]


def tally(impact: Impact) -> Tally:
    """An impact, counted."""
    counted = (*impact.figures, *impact.flips, *impact.keys)
    hidden = {entry for entry in impact.keys if entry.graded}  # a graded quiz's page shows no item
    pages = {entry.page for entry in counted if entry not in hidden}
    return Tally(len(impact.figures), len(impact.flips), len(impact.keys), tuple(sorted(pages)), impact.stops)


def book_moves(world: World, pages: Sequence[Page]) -> BookMoves:
    """What moves in the pages of a book from its last edition to this one, and from day to day ahead.

    Pages that print this are left out: they would count themselves.
    """
    pages = [page for page in pages if not any(getattr(piece, "name", "") in SHOWN_BY for piece in page.glance)]
    since = None
    if world.past:
        since = tally(impact(world.in_edition(world.past[0]), world, pages))
    days = [world, *(world.on(one.day) for one in Ahead().answer(world).days)]
    ahead = tuple((new.edition.as_of, tally(impact(old, new, pages))) for old, new in pairwise(days))
    return BookMoves(since, ahead)
