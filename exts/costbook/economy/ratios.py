"""Ratios of output price to input price in many price lists: how often each occurs, and where the quarters lie."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from costbook.economy.rates import Source


class Quartile(StrEnum):
    """A value that cuts a quarter, the half or three quarters of the ratios off, in rising order."""

    FIRST = "first"
    MEDIAN = "median"
    THIRD = "third"

    @property
    def words(self) -> str:
        """The quartile as running text names it."""
        return "median" if self is Quartile.MEDIAN else f"{self.value} quartile"

    @property
    def part(self) -> Fraction:
        """The part of the way from the smallest ratio to the largest."""
        return {Quartile.FIRST: Fraction(1, 4), Quartile.MEDIAN: Fraction(1, 2), Quartile.THIRD: Fraction(3, 4)}[self]


class Cut(NamedTuple):
    """Where a quartile lies: ``weight`` of the way from the ratio at a place to the one at the next.

    Places count from 1 in rising order. Where a place is hit exactly, the weight is 0 and both ratios are the same.
    """

    place: int
    low: Fraction
    high: Fraction
    weight: Fraction

    @property
    def value(self) -> Fraction:
        """The quartile."""
        return self.low + self.weight * (self.high - self.low)


@dataclass(frozen=True)
class Spread:
    """How many models have each ratio, exactly and in rising order; there is at least one."""

    counts: tuple[tuple[Fraction, int], ...]

    @classmethod
    def of(cls, counts: Mapping[Fraction, int]) -> Spread:
        """The spread of counted ratios, in whatever order they come."""
        return cls(tuple(sorted(counts.items())))

    @classmethod
    def together(cls, spreads: Iterable[Spread]) -> Spread:
        """Several spreads as one."""
        counts: Counter[Fraction] = Counter()
        for spread in spreads:
            counts.update(dict(spread.counts))
        return cls.of(counts)

    @cached_property
    def _ends(self) -> tuple[int, ...]:
        """The place of the last model that has each ratio."""
        return tuple(accumulate(count for _, count in self.counts))

    @property
    def n(self) -> int:
        """How many models there are."""
        return self._ends[-1]

    def within(self, low: Fraction, high: Fraction) -> int:
        """How many models have a ratio from ``low`` to ``high``, both inside."""
        return sum(count for ratio, count in self.counts if low <= ratio <= high)

    def cut(self, quartile: Quartile) -> Cut:
        """A quartile by linear interpolation between neighbours, the smallest and the largest ratio included.

        Formula: the quartile stands at place ``1 + q (n - 1)``. Spreadsheets call it ``QUARTILE.INC``, R type 7.
        """
        way = quartile.part * (self.n - 1)
        place, weight = int(way) + 1, way % 1
        return Cut(place, self._at(place), self._at(place + 1 if weight else place), weight)

    def _at(self, place: int) -> Fraction:
        return self.counts[bisect_left(self._ends, place)][0]


@dataclass(frozen=True)
class Listing:
    """The ratios in the price list of one seller; an id with a colon is a part of it that is held apart."""

    id: str
    name: str
    spread: Spread

    @property
    def seller(self) -> str:
        """Whose list it is."""
        return self.id.partition(":")[0]


@dataclass(frozen=True)
class Population:
    """Some price lists that are counted together; ``about`` says in words what they are, where the name does not."""

    id: str
    name: str
    about: str
    listings: tuple[str, ...]


@dataclass(frozen=True)
class Survey:
    """The ratios of many sellers on one day: where they were read, how they were counted, and who is in it."""

    as_of: date
    source: Source
    method: str
    listings: Mapping[str, Listing]
    populations: Mapping[str, Population]

    @cached_property
    def sellers(self) -> Mapping[str, Population]:
        """The whole list of each seller as a population: ``openai-list``."""
        found: dict[str, list[Listing]] = {}
        for listing in self.listings.values():
            found.setdefault(listing.seller, []).append(listing)
        return {
            f"{seller}-list": Population(f"{seller}-list", parts[0].name, "", tuple(one.id for one in parts))
            for seller, parts in found.items()
        }

    @cached_property
    def named(self) -> Mapping[str, Population]:
        """Every population by its id, those of one seller last."""
        return {**self.populations, **self.sellers}

    @cached_property
    def _together(self) -> dict[tuple[str, ...], Spread]:
        """What was put together before: a page asks a dozen things of one population."""
        return {}

    def spread(self, population: Population) -> Spread:
        """The ratios of a population."""
        lists = population.listings
        if lists not in self._together:
            self._together[lists] = Spread.together(self.listings[one].spread for one in lists)
        return self._together[lists]
