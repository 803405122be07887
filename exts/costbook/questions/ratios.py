"""Questions about the price ratios of many models: a share in a band, a quartile, and the survey of all sellers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import lcm
from typing import NamedTuple

from costbook import money
from costbook.economy.rates import Source
from costbook.economy.ratios import Cut, Population, Quartile, Spread, Survey
from costbook.names import look_up
from costbook.questions import readers
from costbook.questions.base import Figure, Question, Unanswerable, Unit, Working, clause, needed, subject
from costbook.questions.prices import ratio_of
from costbook.questions.readers import Range
from costbook.questions.selections import Selection
from costbook.world import World


class _Ratios(NamedTuple):
    """The ratios of a population, what else is said of it, and where they were read.

    ``day`` is the day of their prices; None where ``said`` names it.
    """

    spread: Spread
    said: str
    sources: tuple[Source, ...]
    day: date | None


def _ratios(world: World, name: str, at: date | None) -> _Ratios:
    """The ratios of a population of the price book on a day, or of the survey."""
    population = world.surveyed(name)
    if population is not None:
        return _surveyed(_survey(world), population, at)
    day = world.day(at)
    models = world.population(name, day)
    if not models:
        raise Unanswerable(f"no model of {name!r} has a price on {day}")
    rates = [(model, model.rate_on(day)) for model in models]
    spread = Spread.together(Spread.of({ratio_of(model, rate): 1}) for model, rate in rates)
    return _Ratios(spread, "", tuple(dict.fromkeys(rate.source for _, rate in rates)), day)


def _surveyed(survey: Survey, population: Population, at: date | None) -> _Ratios:
    """A survey holds from its day on; without a day asked for, it is about its own."""
    if at is not None and at < survey.as_of:
        raise Unanswerable(f"{population.id!r} was surveyed on {survey.as_of}, and is asked for on {at}")
    about = f" ({population.about})" if population.about else ""
    said = f", surveyed on {survey.as_of}{about}"
    return _Ratios(survey.spread(population), said, (survey.source,), None)


def _survey(world: World) -> Survey:
    if world.survey is None:
        raise Unanswerable("this book has no survey of ratios; `scripts/prices.py survey` makes one")
    return world.survey


def _decimal(exact: Fraction) -> Decimal:
    return Decimal(exact.numerator) / exact.denominator


@dataclass(frozen=True)
class Band(Question[Figure]):
    """The share of a population whose price ratio lies in a range, both ends inside."""

    kind = "band"
    range: Range = subject("LOW..HIGH", readers.bounds)
    population: str = needed("of", "POPULATION", readers.name)
    at: date | None = clause("at", "DATE", readers.day)

    def answer(self, world: World) -> Figure:
        spread, said, sources, day = _ratios(world, self.population, self.at)
        low, high = self.range.low, self.range.high
        inside = spread.within(Fraction(low), Fraction(high))
        share = Decimal(inside) / spread.n
        words = (
            f"{money.count(inside)} of the n = {money.count(spread.n)} models of the population {self.population!r} "
            f"have an output price of {low if low == high else f'{low} to {high}'} times their input price{said}"
        )
        symbols = f"{money.count(inside)} ÷ {money.count(spread.n)} {money.result(share, money.percentage)}"
        return Figure(share, Unit.SHARE, Working(words, symbols, sources, day))


@dataclass(frozen=True)
class QuartileOf(Question[Figure]):
    """A quartile of the price ratios of a population, interpolated between neighbours; the ends are included."""

    kind = "quartile"
    quartile: Quartile = subject("first, median or third", readers.one_of(Quartile, "quartile"))
    population: str = needed("of", "POPULATION", readers.name)
    at: date | None = clause("at", "DATE", readers.day)

    def answer(self, world: World) -> Figure:
        spread, said, sources, day = _ratios(world, self.population, self.at)
        cut = spread.cut(self.quartile)
        place, following = money.count(cut.place), money.count(cut.place + 1)
        at = f"between places {place} and {following}" if cut.weight else f"at place {place}"
        words = (
            f"the {self.quartile.words} of the price ratios of the n = {money.count(spread.n)} models of the "
            f"population {self.population!r}{said}: in rising order, {at}"
        )
        value = _decimal(cut.value)
        symbols = f"{_formula(cut)} {money.result(value, money.multiple)}"
        return Figure(value, Unit.MULTIPLE, Working(words, symbols, sources, day))


def _formula(cut: Cut) -> str:
    """``(8 + 0.25 × (9 − 8)) ÷ 3``: with one division, so that a calculator rounds once."""
    below = lcm(cut.low.denominator, cut.high.denominator)
    low, high = (_plain(ratio * below) for ratio in (cut.low, cut.high))
    above = f"{low} + {_plain(cut.weight)} × ({high} − {low})" if cut.weight else low
    if below == 1:
        return above
    return f"({above}) ÷ {_plain(Fraction(below))}" if cut.weight else f"{above} ÷ {_plain(Fraction(below))}"


def _plain(exact: Fraction) -> str:
    return f"{_decimal(exact):,f}"


class SurveyFact(StrEnum):
    """What a page may say of the survey."""

    DATE = "date"
    SOURCE = "source"
    METHOD = "method"
    MODELS = "models"
    SELLERS = "sellers"


@dataclass(frozen=True)
class SurveyOf(Question[str]):
    """What the survey says of itself, as printed; ``models`` and ``sellers`` are numbers of them."""

    kind = "survey"
    fact: SurveyFact = subject(
        "date, source, method, models or sellers", readers.one_of(SurveyFact, "fact of the survey")
    )

    def answer(self, world: World) -> str:
        survey = _survey(world)
        return {
            SurveyFact.DATE: survey.as_of.isoformat(),
            SurveyFact.SOURCE: survey.source.via,
            SurveyFact.METHOD: survey.method,
            SurveyFact.MODELS: money.count(sum(listing.spread.n for listing in survey.listings.values())),
            SurveyFact.SELLERS: money.count(len(survey.sellers)),
        }[self.fact]


class Sort(StrEnum):
    """The two sorts of population that a survey has."""

    POPULATIONS = "populations"
    SELLERS = "sellers"


@dataclass(frozen=True)
class Surveyed(Question[Selection]):
    """Which populations the survey has: the named ones, or the list of each seller."""

    kind = "surveyed"
    sort: Sort = subject("populations or sellers", readers.one_of(Sort, "sort of population"))

    def answer(self, world: World) -> Selection:
        survey = _survey(world)
        return Selection(tuple(survey.populations if self.sort is Sort.POPULATIONS else survey.sellers))


class Counted(NamedTuple):
    """How many models of a population have a ratio in a band."""

    range: Range
    inside: int
    share: Decimal


@dataclass(frozen=True, slots=True)
class SpreadRow:
    """A population of the survey as a table shows it."""

    id: str
    name: str
    about: str
    n: int
    quartiles: tuple[Decimal, Decimal, Decimal]
    bands: tuple[Counted, ...]


@dataclass(frozen=True)
class SpreadRowOf(Question[SpreadRow]):
    """The row of a table of ratios, with the models in some bands counted."""

    population: str = subject("POPULATION", readers.name)
    bands: tuple[Range, ...] = ()

    def answer(self, world: World) -> SpreadRow:
        survey = _survey(world)
        population = look_up(survey.named, self.population, "population of the survey")
        spread = survey.spread(population)
        first, median, third = (_decimal(spread.cut(quartile).value) for quartile in Quartile)
        return SpreadRow(
            population.id,
            population.name,
            population.about,
            spread.n,
            (first, median, third),
            tuple(self._counted(spread, band) for band in self.bands),
        )

    def _counted(self, spread: Spread, band: Range) -> Counted:
        inside = spread.within(Fraction(band.low), Fraction(band.high))
        return Counted(band, inside, Decimal(inside) / spread.n)
