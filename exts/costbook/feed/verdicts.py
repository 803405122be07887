"""The book against the feed: what changed, what the feed answers for another id, what it does not know."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from costbook.economy.changes import Change, between
from costbook.feed.book import Book, quote_of
from costbook.feed.opinions import Opinions
from costbook.feed.quotes import Answer, Feed, Quote, Reason, Silence, changes

Id = tuple[str, str]
"""A provider's id and a model's."""


class Kind(StrEnum):
    """What comes of comparing two answers about one id."""

    CHANGED = "changed"
    ADDED = "added"
    BAD = "bad value"
    REFUSED = "refused"
    GONE = "not in the feed"
    DECIDED = "decided"
    RETIRED = "retired"
    EQUAL = "equal"


class Window(NamedTuple):
    """A context window that differs, in tokens."""

    model: str
    book: int
    feed: int


@dataclass(frozen=True)
class Verdict:
    """What comes of one id: the prices that differ, or why there is nothing to compare.

    ``by_hand`` is True where the book's price was not read in the feed.
    """

    provider: str
    model: str
    kind: Kind
    changes: tuple[Change, ...] = ()
    why: str = ""
    by_hand: bool = False

    @property
    def stale(self) -> bool:
        """Whether an author has to act. What was entered by hand need not be in the feed."""
        if self.kind in {Kind.REFUSED, Kind.GONE}:
            return not self.by_hand
        return self.kind in {Kind.CHANGED, Kind.ADDED, Kind.BAD}


def compare(provider: str, model: str, old: Answer, new: Answer) -> Verdict:
    """What comes of two answers about one id."""
    silent = [one for one in (old, new) if isinstance(one, Silence)]
    for reason, kind in (
        (Reason.RETIRED, Kind.RETIRED),
        (Reason.BAD, Kind.BAD),
        (Reason.OTHER, Kind.REFUSED),
    ):
        if found := [one for one in silent if one.reason is reason]:
            return Verdict(provider, model, kind, why=found[-1].why)
    if isinstance(new, Silence):
        return Verdict(provider, model, Kind.GONE, why=new.why)
    if isinstance(old, Silence):
        return Verdict(provider, model, Kind.ADDED, why=old.why)
    differing = changes(old, new)
    return Verdict(provider, model, Kind.CHANGED if differing else Kind.EQUAL, differing)


def compare_feeds(ids: Iterable[Id], old: Feed, new: Feed, day: date) -> tuple[Verdict, ...]:
    """What comes of some ids between two releases of a feed."""
    return tuple(compare(*one, old.quote(*one, day), new.quote(*one, day)) for one in ids)


def check(book: Book, feed: Feed, opinions: Opinions, ids: Iterable[Id] | None = None) -> tuple[Verdict, ...]:
    """What comes of the ids of the book on the day of its edition."""
    day, own = book.edition.as_of, feed.name.split()[0]
    found = []
    for provider, model in book.ids if ids is None else ids:
        said = quote_of(book.models[model], day)
        verdict = compare(provider, model, said, feed.quote(provider, model, day))
        by_hand = isinstance(said, Quote) and said.via.split()[0] != own
        open_ = tuple(one for one in verdict.changes if not opinions.decided(own, model, one.difference))
        kind = Kind.DECIDED if verdict.kind is Kind.CHANGED and not open_ else verdict.kind
        found.append(replace(verdict, kind=kind, changes=open_ or verdict.changes, by_hand=by_hand))
    return tuple(found)


def come_due(book: Book, day: date) -> tuple[Verdict, ...]:
    """The ids whose price of the book on a later day is not the one on the day of its edition."""
    found = []
    for provider, model in book.ids:
        said, later = (quote_of(book.models[model], on) for on in (book.edition.as_of, day))
        if isinstance(said, Quote) and isinstance(later, Quote):
            differing = tuple(between(said.now, later.now))
            if differing:
                found.append(Verdict(provider, model, Kind.CHANGED, differing))
        elif isinstance(later, Silence) and isinstance(said, Quote):
            found.append(Verdict(provider, model, Kind.RETIRED, why=later.why))
    return tuple(found)


def windows(book: Book, feed: Feed) -> tuple[Window, ...]:
    """The context windows that differ. They have no dates, so no update writes them."""
    found = []
    for provider, model in book.ids:
        said = feed.quote(provider, model, book.edition.as_of)
        own = book.models[model].context
        if isinstance(said, Quote) and own and said.context and own != said.context:
            found.append(Window(model, own, said.context))
    return tuple(found)


def by_kind(verdicts: Iterable[Verdict]) -> Mapping[Kind, tuple[Verdict, ...]]:
    """Verdicts by their kind, in the order of the kinds; every kind is there."""
    listed = tuple(verdicts)
    return {kind: tuple(one for one in listed if one.kind is kind) for kind in Kind}
