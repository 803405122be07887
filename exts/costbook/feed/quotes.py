"""What a price list says about one id of the book on one day, whoever's list it is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import StrEnum
from typing import Protocol, TypeAlias

from costbook.economy.changes import Change, between
from costbook.economy.rates import Part, Prices, Tier

NOON = time(12, tzinfo=UTC)
"""Every day is asked about at noon UTC: a price list that knows the hour never decides by the hour of the question."""

MOST, MOST_DECIMALS = Decimal(999_999), 6


def noon(day: date) -> datetime:
    """The moment that stands for a day."""
    return datetime.combine(day, NOON)


class FeedError(Exception):
    """A price list cannot be read at all; the message says why and what to do."""


class Reason(StrEnum):
    """Why a list has no price for an id."""

    OTHER = "refused"  # it answers with the price of another id
    ABSENT = "not in the feed"
    BAD = "bad"  # it has a value that is no price
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class Silence:
    """A list has no price for an id: why, in words."""

    reason: Reason
    why: str


@dataclass(frozen=True, slots=True)
class Step:
    """Prices in USD per million tokens from a day on.

    ``start`` is None where the list says nothing about when they began. ``dated`` is True where ``start`` is the day
    this price began, and False where it is only a day on which somebody saw it.
    """

    prices: Prices
    tiers: tuple[Tier, ...] = ()
    start: date | None = None
    dated: bool = False

    def prices_for(self, prompt_tokens: int) -> Prices:
        """The prices that a request with this many prompt tokens pays for all of its tokens."""
        return next((tier.prices for tier in reversed(self.tiers) if prompt_tokens > tier.above), self.prices)


@dataclass(frozen=True, slots=True)
class Quote:
    """What a list says about one id on one day: the price in force, those before it and those announced."""

    now: Step
    past: tuple[Step, ...] = ()
    scheduled: tuple[Step, ...] = ()
    context: int | None = None
    url: str | None = None
    name: str | None = None
    via: str = ""
    """Where the prices were read, as a row's ``source.via`` says it."""
    hours: str = ""
    """The hours (UTC) in which the prices of a band hold, in words."""

    def at(self, day: date) -> Step:
        """The prices in force on a later day."""
        return next((step for step in reversed(self.scheduled) if step.start and step.start <= day), self.now)


Answer: TypeAlias = Quote | Silence


class Feed(Protocol):
    """A price list that answers for the ids of the book."""

    @property
    def name(self) -> str:
        """Name and version, as in ``genai-prices 0.2.3``."""

    def quote(self, provider: str, model: str, day: date) -> Answer:
        """What the list says about an id of the book on a day."""

    def seller(self, provider: str) -> tuple[str, str | None]:
        """A provider's name, and the address of its prices where the list has it.

        Raises:
            FeedError: the list does not describe the provider.
        """


def changes(old: Quote, new: Quote) -> tuple[Change, ...]:
    """Every price that differs between two quotes of the same day, also in what they announce."""
    before = tuple(between(old.now, new.now))
    found = [*before]
    for start in sorted({step.start for step in (*old.scheduled, *new.scheduled) if step.start}):
        there = tuple(between(old.at(start), new.at(start)))
        known = {(one.part, one.above, one.old, one.new) for one in before}
        # What only goes on differing is no change of this day.
        found += [replace(one, on=start) for one in there if (one.part, one.above, one.old, one.new) not in known]
        before = there
    return tuple(found)


class BadPrice(ValueError):
    """A value that is no price; the message names model, part and value."""


def good_price(model: str, part: Part, value: object) -> Decimal:
    """A value as a price that the book could hold, in USD per million tokens.

    Raises:
        BadPrice: it is missing, no number, not above 0, too large, or too long.
    """
    if value is None:
        raise BadPrice(f"no {part.words} price of {model} is given")
    why = _not_a_price(value) if isinstance(value, Decimal) else "is not a decimal number"
    if isinstance(value, Decimal) and not why:
        return value
    raise BadPrice(f"the {part.words} price of {model}, {str(value)[:40]}, {why}")


def _not_a_price(value: Decimal) -> str:
    if not value.is_finite():
        return "is not a number"
    if value < 0:
        return "is negative"
    if not value:
        return "is what lists write where they know no price"
    if value > MOST:
        return "is too large: a price is in USD per million tokens"
    if -int(value.normalize().as_tuple().exponent) > MOST_DECIMALS:
        return f"has more than {MOST_DECIMALS} decimals"
    return ""
