"""Questions about rates: a price, a ratio, a price over time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from costbook import money
from costbook.economy.bills import NotOffered
from costbook.economy.rates import Gap, Model, Part, Rate, Source
from costbook.questions import readers
from costbook.questions.base import Figure, Question, Unanswerable, Unit, Working, clause, subject
from costbook.world import World


@dataclass(frozen=True)
class Price(Question[Figure | NotOffered]):
    """What a provider lists for one part: USD per million tokens."""

    kind = "price"
    part: Part = subject("PART", readers.part)
    model: str | None = clause("on", "MODEL", readers.name)
    at: date | None = clause("at", "DATE", readers.day)

    def answer(self, world: World) -> Figure | NotOffered:
        model, day = world.model(self.model or ""), world.day(self.at)
        rate = model.rate_on(day)
        price = rate.prices.of(self.part)
        if price is None:
            return NotOffered(f"{model.name} has no {self.part.words} price")
        words = f"{model.name}: {self.part.words} costs {money.rate(price)} per million tokens"
        if not rate.dated:
            words += f", known from {rate.start}"
        return Figure(
            price,
            Unit.USD_PER_MTOK,
            Working(words, f"{money.rate(price)} / 1,000,000 tokens", (rate.source,), day),
        )


@dataclass(frozen=True)
class Ratio(Question[Figure]):
    """How many input tokens one output token costs. Formula: ``p_O / p_I`` of one model on one day."""

    kind = "ratio"
    model: str = subject("MODEL", readers.name)
    at: date | None = clause("at", "DATE", readers.day)

    def answer(self, world: World) -> Figure:
        model, day = world.model(self.model), world.day(self.at)
        rate = model.rate_on(day)
        exact = ratio_of(model, rate)
        ratio = Decimal(exact.numerator) / exact.denominator
        inp, out = money.rate(rate.prices.input), money.rate(rate.prices.output)
        result = money.result(ratio, money.multiple)
        return Figure(
            ratio,
            Unit.MULTIPLE,
            Working(
                f"{model.name}: output price {out} over input price {inp} per million tokens",
                f"{out} ÷ {inp} {result}",
                (rate.source,),
                day,
            ),
        )


def ratio_of(model: Model, rate: Rate) -> Fraction:
    """Output price over input price, exactly; an input that is free has no ratio."""
    if not rate.prices.input:
        raise Unanswerable(f"{model.name} charges nothing for input, so it has no price ratio")
    return Fraction(rate.prices.output) / Fraction(rate.prices.input)


@dataclass(frozen=True, slots=True)
class Point:
    """One price of a series, from a day on, until a day (None: to its end); without a price it is a gap."""

    start: date
    until: date | None
    price: Decimal | None
    dated: bool
    why: str | None
    source: Source | None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """The price of one part of one model over time, up to the edition's day and with what is scheduled after it."""

    model: str
    name: str
    part: Part
    at: date
    points: tuple[Point, ...]

    def __str__(self) -> str:
        """``$15.00 from 2024-05-13, not known from 2024-08-06, $10.00 from 2024-10-16``."""
        return ", ".join(
            f"{'not known' if point.price is None else money.rate(point.price)} from {point.start}"
            for point in self.points
        )


@dataclass(frozen=True)
class Rates(Question[Series]):
    """The prices of one part over time, as a chart draws them."""

    kind = "rates"
    part: Part = subject("PART", readers.part)
    model: str | None = clause("on", "MODEL", readers.name)

    def answer(self, world: World) -> Series:
        model = world.model(self.model or "")
        periods = model.periods
        ends: list[date | None] = [period.start for period in periods[1:]]
        points = tuple(self._point(period, end) for period, end in zip(periods, [*ends, model.retired], strict=True))
        return Series(model.id, model.name, self.part, world.edition.as_of, points)

    def _point(self, period: Rate | Gap, end: date | None) -> Point:
        stated = (period.until, end)  # a row of a later edition may begin before the end that this one states
        until = min((day for day in stated if day is not None), default=None)
        if isinstance(period, Gap):
            return Point(period.start, until, None, dated=False, why=period.why, source=None)
        price = period.prices.of(self.part)
        return Point(
            period.start,
            until,
            price,
            dated=period.dated,
            why=None if price is not None else "not offered",
            source=period.source,
            note=period.note,
        )


@dataclass(frozen=True, slots=True)
class PriceRow:
    """A model as a price table shows it; ``rate`` is None where it has no price on the day, and ``why`` says so."""

    id: str
    name: str
    provider: str
    context: int | None
    billing: str | None
    retired: date | None
    rate: Rate | None
    why: str | None
    at: date


@dataclass(frozen=True)
class PriceRowOf(Question[PriceRow]):
    """The row of a price table; for a retired model, the last rate it had."""

    model: str = subject("MODEL", readers.name)

    def answer(self, world: World) -> PriceRow:
        model, day = world.model(self.model), world.edition.as_of
        rate, why = None, None
        try:
            rate = model.rate_on(day)
        except LookupError as error:
            why = str(error)
            if model.retired:
                rate = next((p for p in reversed(model.periods) if isinstance(p, Rate)), None)
        return PriceRow(
            model.id,
            model.name,
            world.providers[model.provider].name,
            model.context,
            model.billing,
            model.retired,
            rate,
            why,
            day,
        )
