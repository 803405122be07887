"""Changes of a price: what a request would pay otherwise under one rate than under another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple, Protocol

from costbook.economy.rates import Part, Prices, Tier


class Priced(Protocol):
    """Prices in USD per million tokens, and those above each context tier."""

    @property
    def prices(self) -> Prices:
        """Below every tier."""

    @property
    def tiers(self) -> tuple[Tier, ...]:
        """In order of their thresholds."""

    def prices_for(self, prompt_tokens: int) -> Prices:
        """What a request with this many prompt tokens pays for all of its tokens."""


class Difference(NamedTuple):
    """A value that two lists give differently: USD per million tokens, or tokens of a context window.

    ``what`` is ``input``, ``output above 200000``, ``input from 2026-12-01`` or ``context``; None is not offered.
    """

    what: str
    book: Decimal | None
    theirs: Decimal | None


@dataclass(frozen=True, slots=True)
class Change:
    """One price that differs: USD per million tokens, None where it is not offered.
    ``above`` is the number of prompt tokens above which it is paid; ``on`` the day from which, where that is announced
    for later.
    """

    part: Part
    old: Decimal | None
    new: Decimal | None
    above: int | None = None
    on: date | None = None

    @property
    def what(self) -> str:
        """``input``, ``output above 272000``, ``input from 2026-12-01``."""
        above = "" if self.above is None else f" above {self.above}"
        return f"{self.part.value}{above}" + ("" if self.on is None else f" from {self.on}")

    @property
    def difference(self) -> Difference:
        """The same, as a decision on it names it."""
        return Difference(self.what, self.old, self.new)

    @property
    def share(self) -> Decimal | None:
        """The change as a share of the old price; None where there is no old or no new one."""
        return (self.new - self.old) / self.old if self.old and self.new is not None else None

    @property
    def factor(self) -> Decimal | None:
        """How many times the smaller price the larger is; None where one is missing or zero."""
        if not self.old or not self.new:
            return None
        return max(self.old, self.new) / min(self.old, self.new)


def between(old: Priced, new: Priced) -> Iterator[Change]:
    """Every price that a request would pay otherwise, below and above each threshold of either side.

    So two ways to write the same prices are equal, and a tier that is new shows what a long prompt paid before.
    """
    yield from _parts(old.prices, new.prices, None)
    for above in sorted({tier.above for tier in (*old.tiers, *new.tiers)}):
        yield from _parts(old.prices_for(above + 1), new.prices_for(above + 1), above)


def _parts(old: Prices, new: Prices, above: int | None) -> Iterator[Change]:
    for part in Part:
        if old.of(part) != new.of(part):
            yield Change(part, old.of(part), new.of(part), above)
