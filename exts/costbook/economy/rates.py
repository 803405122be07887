"""Rates: what a provider charges for one model id during one period."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property


class Part(StrEnum):
    """What a token is billed as. Prices are USD per million tokens (MTok) of one part."""

    INPUT = "input"
    CACHED = "cached"
    WRITE = "write"
    WRITE_1H = "write_1h"
    OUTPUT = "output"

    @property
    def words(self) -> str:
        """The part as running text names it."""
        return PART_WORDS[self]


PART_WORDS = {
    Part.INPUT: "input",
    Part.CACHED: "cached input",
    Part.WRITE: "cache write",
    Part.WRITE_1H: "one-hour cache write",
    Part.OUTPUT: "output",
}


class NoRate(LookupError):
    """There is no price to answer with on the day asked; the message says why and what to ask instead."""


@dataclass(frozen=True, slots=True)
class Prices:
    """USD per million tokens, per part; ``None`` means that the provider does not offer the part."""

    input: Decimal
    output: Decimal
    cached: Decimal | None = None
    write: Decimal | None = None
    write_1h: Decimal | None = None

    def of(self, part: Part) -> Decimal | None:
        """The price of one part, USD per million tokens, or None where it is not offered."""
        price: Decimal | None = getattr(self, part.value)
        return price

    @property
    def ratio(self) -> Decimal:
        """How many input tokens one output token costs: output price over input price."""
        return self.output / self.input


@dataclass(frozen=True, slots=True)
class Tier:
    """A long-context price. It is a cliff: a request of more than ``above`` prompt tokens pays it for every token."""

    above: int
    prices: Prices


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rate was read (``via``, ``url``) and the day it was last seen there."""

    via: str
    url: str
    checked: date


@dataclass(frozen=True)
class Rate:
    """The prices of one model id from ``start`` on.

    ``dated`` is True where a dated source gives the start of this price, and False where ``start`` is only the day of
    the first evidence. ``until`` is the day the price ends (half-open) where the source states it. A rate is
    invisible in editions before ``edition``.
    """

    prices: Prices
    start: date
    dated: bool
    edition: int
    source: Source
    until: date | None = None
    tiers: tuple[Tier, ...] = ()
    note: str | None = None

    def prices_for(self, prompt_tokens: int) -> Prices:
        """The prices that a request with this many prompt tokens pays for all of its tokens."""
        found = self.prices
        for tier in self.tiers:
            if prompt_tokens > tier.above:
                found = tier.prices
        return found


@dataclass(frozen=True, slots=True)
class Gap:
    """A period for which no evidence of the price exists."""

    start: date
    until: date
    why: str
    edition: int


@dataclass(frozen=True)
class Model:
    """One model id as a provider bills it, with its prices over time.

    ``periods`` are in order of start; each ends where the next begins. ``context`` is the largest number of tokens of
    one request, prompt and reply together. ``encoding`` names its tokenizer where that is known. ``billing`` says in
    words what an id with a colon is (``gpt-4o:batch``). ``alias`` marks an id whose meaning its provider moves.
    ``rows`` are the periods of all editions, in the order in which they were added.
    """

    id: str
    provider: str
    name: str
    periods: tuple[Rate | Gap, ...]
    context: int | None = None
    encoding: str | None = None
    alias: bool = False
    retired: date | None = None
    billing: str | None = None
    rows: tuple[Rate | Gap, ...] = field(default=(), compare=False, repr=False)

    def in_edition(self, serial: int) -> Model | None:
        """The model as another edition sees it; None where it has no row that early."""
        seen = visible(self.rows or self.periods, serial)
        return replace(self, periods=seen) if seen else None

    @property
    def is_base(self) -> bool:
        """Whether this is a model of its own, not another way to be billed for one (``gpt-4o:batch``)."""
        return ":" not in self.id

    @cached_property
    def _starts(self) -> tuple[date, ...]:
        return tuple(period.start for period in self.periods)

    def rate_on(self, day: date) -> Rate:
        """The rate in force on a day.

        Raises:
            NoRate: before the first evidence, inside a gap, after a stated end, or after retirement.
        """
        if self.retired is not None and day >= self.retired:
            raise NoRate(f"{self.id} was retired on {self.retired}; ask at a day before that")
        index = bisect_right(self._starts, day) - 1
        if index < 0:
            raise NoRate(self._too_early(day))
        period = self.periods[index]
        if isinstance(period, Gap):
            raise NoRate(
                f"the price of {self.id} on {day} is not known: {period.why} "
                f"(no evidence from {period.start} until {period.until})"
            )
        if period.until is not None and day >= period.until:
            raise NoRate(f"no price of {self.id} is known after {period.until}, when its last known price ended")
        return period

    def _too_early(self, day: date) -> str:
        first = next((period for period in self.periods if isinstance(period, Rate)), self.periods[0])
        if isinstance(first, Rate) and first.dated:
            return f"{self.id} had no price on {day}; its first price starts on {first.start}"
        return f"the first evidence of a price of {self.id} is of {first.start}; what it cost on {day} is not known"


def visible(periods: tuple[Rate | Gap, ...], edition: int) -> tuple[Rate | Gap, ...]:
    """The periods that an edition sees, in order of start.

    Rows are appended and never rewritten. A row added for a later edition is invisible; of two rows with the same start
    the one of the later edition holds, which is how a correction is written.
    """
    by_start: dict[date, Rate | Gap] = {}
    for period in sorted(periods, key=lambda p: (p.start, p.edition)):
        if period.edition <= edition:
            by_start[period.start] = period
    return tuple(by_start.values())
