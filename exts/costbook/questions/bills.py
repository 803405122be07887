"""Questions about bills: amounts, shares, savings, sides, ties and caches."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_FLOOR, Decimal
from math import prod
from typing import TypeVar

from costbook import money
from costbook.economy.bills import NotOffered, Usage
from costbook.economy.rates import Part
from costbook.questions import readers
from costbook.questions.base import (
    Figure,
    Question,
    Side,
    Unanswerable,
    Unit,
    Verdict,
    Working,
    clause,
    needed,
    subject,
)
from costbook.questions.readers import Slice, Span
from costbook.questions.workloads import Workload, price_workload, requests_per_day, sum_of
from costbook.world import World

R = TypeVar("R")

SLICE_WORDS = {
    Slice.INPUT: "the input side",
    Slice.CACHED: "cached input",
    Slice.WRITE: "cache writes",
    Slice.OUTPUT: "the output side",
    Slice.REASONING: "hidden reasoning tokens",
}


def slice_amount(workload: Workload, part: Slice | None) -> Decimal:
    """USD of one part of the bill, or of the whole."""
    bill = workload.bill
    if part is None:
        return bill.total
    if part is Slice.INPUT:
        return bill.input_side
    if part is Slice.CACHED:
        return bill.cached
    if part is Slice.WRITE:
        return bill.write + bill.write_1h
    if part is Slice.OUTPUT:
        return bill.output
    return bill.output * workload.usage.reasoning / (workload.usage.written or 1)


def slice_symbols(workload: Workload, part: Slice | None) -> str:
    """The formula of numbers for one part of the bill."""
    if part is None:
        return workload.symbols()
    prices, usage = workload.bill.prices, workload.usage
    parts = {
        Slice.INPUT: (Part.INPUT, Part.CACHED, Part.WRITE, Part.WRITE_1H),
        Slice.CACHED: (Part.CACHED,),
        Slice.WRITE: (Part.WRITE, Part.WRITE_1H),
        Slice.OUTPUT: (Part.OUTPUT,),
        Slice.REASONING: (Part.OUTPUT,),
    }[part]
    terms = []
    for one in parts:
        tokens = usage.reasoning if part is Slice.REASONING else usage.of(one)
        price = prices.of(one)
        if tokens and price is not None:
            terms.append(f"{money.count(tokens)} × {money.rate(price)}")
    return f"{sum_of(terms)} ÷ {money.count(workload.mtok)}"


@dataclass(frozen=True)
class _OnWorkload(Question[R | NotOffered]):
    """A question about one workload on one model and day."""

    scenario: str | Usage = subject("SCENARIO", readers.load)
    model: str | None = clause("on", "MODEL", readers.name)
    at: date | None = clause("at", "DATE", readers.day)

    def answer(self, world: World) -> R | NotOffered:
        workload = price_workload(world, self.scenario, self.model, self.at)
        if isinstance(workload, NotOffered):
            return workload
        return self.of(workload)

    @abstractmethod
    def of(self, workload: Workload) -> R:
        """The answer for the priced workload."""

    @staticmethod
    def working(workload: Workload, words: str, symbols: str) -> Working:
        """A working that names the workload, its source and its day."""
        full = f"{workload.subject}: {words}{workload.note}"
        return Working(full, symbols, (workload.rate.source,), workload.day)


@dataclass(frozen=True)
class _Amount(_OnWorkload[Figure]):
    """The bill of one request, or of one part of it, times what a period holds."""

    part: Slice | None = clause("for", "PART", readers.slice_)

    @abstractmethod
    def times(self, workload: Workload) -> tuple[tuple[int, str], ...]:
        """The factors, each with its words."""

    def of(self, workload: Workload) -> Figure:
        times = self.times(workload)
        value = slice_amount(workload, self.part) * prod(number for number, _ in times)
        words = ", ".join([workload.words(), *(said for _, said in times)])
        if self.part:
            words = f"{SLICE_WORDS[self.part]} of {words}"
        factors = [slice_symbols(workload, self.part), *(money.count(number) for number, _ in times)]
        symbols = f"{' × '.join(factors)} {money.result(value, money.amount)}"
        return Figure(value, Unit.USD, self.working(workload, words, symbols))


def _a_day(workload: Workload) -> tuple[int, str]:
    requests = requests_per_day(workload)
    return requests, f"{money.count(requests)} requests a day"


@dataclass(frozen=True)
class Bill(_Amount):
    """The bill of one request, or of one part of it."""

    kind = "bill"

    def times(self, workload: Workload) -> tuple[tuple[int, str], ...]:
        return ()


@dataclass(frozen=True)
class Daily(_Amount):
    """The bill of a day's requests."""

    kind = "daily"

    def times(self, workload: Workload) -> tuple[tuple[int, str], ...]:
        return (_a_day(workload),)


@dataclass(frozen=True)
class Monthly(_Amount):
    """The bill of a month of 30 days."""

    kind = "monthly"

    def times(self, workload: Workload) -> tuple[tuple[int, str], ...]:
        return _a_day(workload), (workload.month, f"a month of {workload.month} days")


@dataclass(frozen=True)
class Share(Question[Figure | NotOffered]):
    """The share of a bill that one part makes up."""

    kind = "share"
    scenario: str | Usage = subject("SCENARIO", readers.load)
    part: Slice = needed("for", "PART", readers.slice_)
    model: str | None = clause("on", "MODEL", readers.name)
    at: date | None = clause("at", "DATE", readers.day)

    def answer(self, world: World) -> Figure | NotOffered:
        workload = price_workload(world, self.scenario, self.model, self.at)
        if isinstance(workload, NotOffered):
            return workload
        total = workload.bill.total
        if not total:
            raise Unanswerable(f"{workload.subject} costs nothing, so no part has a share of it")
        amount = slice_amount(workload, self.part)
        value = amount / total
        symbols = f"{money.exact(amount)} ÷ {money.exact(total)} {money.result(value, money.percentage)}"
        words = f"{SLICE_WORDS[self.part]} of {workload.words()}, as a share of the whole bill"
        return Figure(value, Unit.SHARE, _OnWorkload.working(workload, words, symbols))


@dataclass(frozen=True)
class SideOf(_OnWorkload[Verdict]):
    """Which side of a bill costs more. Formula: output when ``O·p_O > I·p_I``, equal at the tie."""

    kind = "side"

    def of(self, workload: Workload) -> Verdict:
        read, written = workload.bill.input_side, workload.bill.output
        sign = {Side.INPUT: ">", Side.OUTPUT: "<", Side.EQUAL: "="}[workload.side]
        verdict = {
            Side.INPUT: "the input side costs more",
            Side.OUTPUT: "the output side costs more",
            Side.EQUAL: "both sides cost the same",
        }[workload.side]
        symbols = f"input {money.exact(read)} {sign} output {money.exact(written)}"
        return Verdict(workload.side, self.working(workload, f"{workload.words()}; {verdict}", symbols))


@dataclass(frozen=True)
class Margin(_OnWorkload[Figure]):
    """How far a workload is from the tie. Formula: ``|C_I - C_O| / max(C_I, C_O)`` of the two sides' costs."""

    kind = "margin"

    def of(self, workload: Workload) -> Figure:
        read, written = workload.bill.input_side, workload.bill.output
        larger = max(read, written)
        if not larger:
            raise Unanswerable(f"{workload.subject} costs nothing, so it has no margin")
        value = abs(read - written) / larger
        difference = f"|{money.exact(read)} − {money.exact(written)}|"
        symbols = f"{difference} ÷ {money.exact(larger)} {money.result(value, money.percentage)}"
        words = f"the difference of the two sides over the larger, for {workload.words()}"
        return Figure(value, Unit.SHARE, self.working(workload, words, symbols))


@dataclass(frozen=True)
class BreakEven(_OnWorkload[Figure]):
    """The number of output tokens at which both sides cost the same.

    Formula: ``C_I / p_O``, which is ``I / r`` without a cache; from the next whole token on, output costs more.
    """

    kind = "break-even"

    def of(self, workload: Workload) -> Figure:
        price = workload.bill.prices.output
        if not price:
            raise Unanswerable(f"{workload.model.name} charges nothing for output, so the sides never meet")
        read = workload.bill.input_side
        value = read * workload.mtok / price
        more = int(value) + 1
        words = (
            f"the input side costs {money.amount(read)}, as much as {money.count(value)} output tokens at "
            f"{money.rate(price)} per million; from {money.count(more)} output tokens on the output side costs more"
        )
        scaled = f"{money.exact(read)} × {money.count(workload.mtok)}"
        symbols = f"{scaled} ÷ {money.rate(price)} {money.result(value, money.count)}"
        return Figure(value, Unit.TOKENS, self.working(workload, words, symbols))


@dataclass(frozen=True)
class Weight(_OnWorkload[Figure]):
    """How many input tokens cost as much as the output tokens of a workload. Formula: ``O·p_O / p_I``."""

    kind = "weight"

    def of(self, workload: Workload) -> Figure:
        prices, written = workload.bill.prices, workload.usage.written
        if not prices.input:
            raise Unanswerable(f"{workload.model.name} charges nothing for input, so output has no weight in it")
        value = written * prices.output / prices.input
        words = (
            f"{money.count(written)} output tokens at {money.rate(prices.output)} cost as much as "
            f"{money.count(value)} input tokens at {money.rate(prices.input)} per million"
        )
        factors = f"{money.count(written)} × {money.rate(prices.output)} ÷ {money.rate(prices.input)}"
        symbols = f"{factors} {money.result(value, money.count)}"
        return Figure(value, Unit.TOKENS, self.working(workload, words, symbols))


@dataclass(frozen=True)
class _Comparison(Question[Figure | NotOffered]):
    """A question about two workloads on one model and day, per month."""

    scenario: str = subject("SCENARIO", readers.name)
    to: str = needed("to", "SCENARIO", readers.name)
    model: str | None = clause("on", "MODEL", readers.name)
    at: date | None = clause("at", "DATE", readers.day)

    def answer(self, world: World) -> Figure | NotOffered:
        before = price_workload(world, self.scenario, self.model, self.at)
        after = price_workload(world, self.to, self.model, self.at)
        if isinstance(before, NotOffered):
            return before
        if isinstance(after, NotOffered):
            return after
        costs = [w.bill.total * requests_per_day(w) * w.month for w in (before, after)]
        words = (
            f"from {before.title} ({before.words()}, {money.count(requests_per_day(before))} requests a day) to "
            f"{after.title} ({after.words()}, {money.count(requests_per_day(after))} requests a day) on "
            f"{before.model.name}, a month of {before.month} days{before.note or after.note}"
        )
        return self.of(costs[0], costs[1], Working(words, "", (before.rate.source,), before.day))

    @abstractmethod
    def of(self, before: Decimal, after: Decimal, working: Working) -> Figure:
        """The answer for the two monthly bills in USD."""


@dataclass(frozen=True)
class Saving(_Comparison):
    """What a month costs less in the second scenario than in the first."""

    kind = "saving"

    def of(self, before: Decimal, after: Decimal, working: Working) -> Figure:
        value = before - after
        symbols = f"{money.exact(before)} − {money.exact(after)} {money.result(value, money.amount)}"
        return Figure(value, Unit.USD, Working(working.words, symbols, working.sources, working.at))


@dataclass(frozen=True)
class SavingShare(_Comparison):
    """The saving as a share of the first scenario's bill."""

    kind = "saving-share"

    def of(self, before: Decimal, after: Decimal, working: Working) -> Figure:
        if not before:
            raise Unanswerable(f"{self.scenario} costs nothing, so nothing can be saved of it")
        value = (before - after) / before
        difference = f"({money.exact(before)} − {money.exact(after)})"
        symbols = f"{difference} ÷ {money.exact(before)} {money.result(value, money.percentage)}"
        return Figure(value, Unit.SHARE, Working(working.words, symbols, working.sources, working.at))


def _shared(world: World, scenario: str) -> int:
    shared = world.scenario(scenario).shared
    if shared is None:
        raise Unanswerable(f"scenario {scenario!r} has no shared prompt that a cache could hold; give it `shared:`")
    return shared


@dataclass(frozen=True)
class CachedBill(Question[Figure | NotOffered]):
    """The bill of many requests whose shared prompt is written to a cache once and read by every later request.

    Formula: ``S·p_W + (n-1)·S·p_C + n·((I-S)·p_I + O·p_O)``, all over 1,000,000. Where a model has a cached price and
    no write price, the first request pays the input price. The cache is taken to stay warm.
    """

    kind = "cached-bill"
    scenario: str = subject("SCENARIO", readers.name)
    over: Span | None = clause("over", "SPAN", readers.span)
    model: str | None = clause("on", "MODEL", readers.name)
    at: date | None = clause("at", "DATE", readers.day)

    def answer(self, world: World) -> Figure | NotOffered:
        shared = _shared(world, self.scenario)
        usage = world.usage(self.scenario, world.model(self.model or ""))
        first = price_workload(world, self.scenario, self.model, self.at)
        if isinstance(first, NotOffered):
            return first
        prices = first.bill.prices
        if prices.cached is None:
            return NotOffered(f"{first.model.name} has no cached input price")
        write = prices.input if prices.write is None else prices.write
        requests = self._requests(world)
        fresh = usage.input - shared
        if fresh < 0:
            raise Unanswerable(f"scenario {self.scenario!r} shares more tokens than its prompt has")
        if usage.prompt > usage.input:
            raise Unanswerable(f"scenario {self.scenario!r} counts cached tokens itself; give only its `shared:` ones")
        once = write * shared / world.mtok
        reads = prices.cached * shared * (requests - 1) / world.mtok
        rest = (prices.input * fresh + prices.output * usage.written) * requests / world.mtok
        value = once + reads + rest
        every = [
            f"{money.count(tokens)} {called} tokens at {money.rate(price)}"
            for tokens, called, price in ((fresh, "input", prices.input), (usage.written, "output", prices.output))
            if tokens
        ]
        rest_words = f"; {' and '.join(every)} per million in every request" if every else ""
        words = (
            f"{first.subject}, {money.count(requests)} requests: the shared {money.count(shared)} tokens are written "
            f"once at {money.rate(write)} and read {money.count(requests - 1)} times at {money.rate(prices.cached)} "
            f"per million, the cache staying warm{rest_words}{first.note}"
        )
        symbols = (
            f"{money.exact(once)} + {money.exact(reads)} + {money.exact(rest)} {money.result(value, money.amount)}"
        )
        return Figure(value, Unit.USD, Working(words, symbols, (first.rate.source,), first.day))

    def _requests(self, world: World) -> int:
        span = self.over or Span(1, days=True)
        return span.number * world.scenario(self.scenario).requests if span.days else span.number


@dataclass(frozen=True)
class CacheBreakEven(Question[Figure | NotOffered]):
    """Reads after which a cache has paid for its write.

    Formula: the least whole ``n`` with ``p_W + n·p_C < (n+1)·p_I``.
    """

    kind = "cache-break-even"
    scenario: str = subject("SCENARIO", readers.name)
    model: str | None = clause("on", "MODEL", readers.name)
    at: date | None = clause("at", "DATE", readers.day)

    def answer(self, world: World) -> Figure | NotOffered:
        shared = _shared(world, self.scenario)
        workload = price_workload(world, self.scenario, self.model, self.at)
        if isinstance(workload, NotOffered):
            return workload
        prices = workload.bill.prices
        if prices.cached is None:
            return NotOffered(f"{workload.model.name} has no cached input price")
        if prices.cached >= prices.input:
            return NotOffered(
                f"a cache of {workload.model.name} never pays: a cached token costs as much as a fresh one"
            )
        write = prices.input if prices.write is None else prices.write
        exactly = (write - prices.input) / (prices.input - prices.cached)
        reads = max(0, int(exactly.to_integral_value(ROUND_FLOOR)) + 1)
        words = (
            f"{workload.subject}: writing a token costs {money.rate(write)} per million, reading it "
            f"{money.rate(prices.cached)}, not caching it {money.rate(prices.input)} each time; "
            f"the {money.count(shared)} shared tokens pay alike"
        )
        write_side, plain_side = (
            f"{money.rate(write)} + n × {money.rate(prices.cached)}",
            f"(n + 1) × {money.rate(prices.input)}",
        )
        symbols = f"{write_side} < {plain_side} from n = {money.count(reads)} on"
        return Figure(Decimal(reads), Unit.READS, Working(words, symbols, (workload.rate.source,), workload.day))
