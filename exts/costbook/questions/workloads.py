"""What a workload comes to: the common ground of all questions about bills."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from costbook import money
from costbook.economy.bills import Bill, NotOffered, Usage, price_usage
from costbook.economy.rates import Model, Part, Rate
from costbook.economy.tokens import DEFAULT_ENCODING
from costbook.questions import readers
from costbook.questions.base import Question, Side, Unanswerable, clause, subject
from costbook.world import World


@dataclass(frozen=True, slots=True)
class WorkedLine:
    """One line of a worked bill: a part, its tokens, its price in USD per MTok, its cost in USD."""

    part: Part
    detail: str
    tokens: int
    price: Decimal
    cost: Decimal

    def words(self) -> str:
        """``800 input tokens at $2.00``."""
        detail = f" ({self.detail})" if self.detail else ""
        noun = "token" if self.tokens == 1 else "tokens"
        return f"{money.count(self.tokens)} {self.part.words} {noun}{detail} at {money.rate(self.price)}"


def side_of(bill: Bill) -> Side:
    """The side that costs more; equal only where both amounts are the same to the last digit."""
    if bill.input_side == bill.output:
        return Side.EQUAL
    return Side.INPUT if bill.input_side > bill.output else Side.OUTPUT


@dataclass(frozen=True, slots=True)
class Workload:
    """A usage priced on one model and day, with everything its working has to name."""

    title: str
    usage: Usage
    requests: int | None
    model: Model
    day: date
    rate: Rate
    bill: Bill
    mtok: int
    month: int
    note: str

    @property
    def side(self) -> Side:
        """Which side of the bill costs more."""
        return side_of(self.bill)

    def lines(self) -> list[WorkedLine]:
        """The billed parts that have tokens."""
        found = []
        for part in Part:
            tokens, price = self.usage.of(part), self.bill.prices.of(part)
            if tokens and price is not None:
                found.append(WorkedLine(part, self._detail(part), tokens, price, self.bill.of(part)))
        return found

    def _detail(self, part: Part) -> str:
        hidden = self.usage.reasoning if part is Part.OUTPUT else 0
        return f"{money.count(self.usage.output)} visible, {money.count(hidden)} hidden reasoning" if hidden else ""

    def words(self) -> str:
        """Each part in words: ``800 input tokens at $2.00 and 300 output tokens at $10.00 per million``."""
        parts = [line.words() for line in self.lines()]
        if not parts:
            return "no tokens"
        tier = "" if self.bill.prices == self.rate.prices else " (long-context price for the whole request)"
        return f"{' and '.join(parts)} per million{tier}"

    def symbols(self) -> str:
        """The bill as a formula of numbers, without its result."""
        terms = [f"{money.count(line.tokens)} × {money.rate(line.price)}" for line in self.lines()]
        return f"{sum_of(terms)} ÷ {money.count(self.mtok)}"

    @property
    def subject(self) -> str:
        """``Chat reply on GPT-4o``."""
        return f"{self.title} on {self.model.name}"


def sum_of(terms: list[str]) -> str:
    """``a``, or ``(a + b)``."""
    return f"({' + '.join(terms)})" if len(terms) > 1 else "".join(terms) or "0"


def counted_otherwise(model: Model) -> str:
    """What a working adds where a text was not counted with the model's own tokenizer, which the book does not know."""
    return "" if model.encoding else f"; counted with {DEFAULT_ENCODING}, not this model's tokenizer"


def price_workload(world: World, load: str | Usage, model_name: str | None, at: date | None) -> Workload | NotOffered:
    """Price a scenario or an inline usage."""
    model, day = world.model(model_name or ""), world.day(at)
    usage = world.usage(load, model)
    bill = price_usage(usage, model, day, world.mtok)
    if isinstance(bill, NotOffered):
        return bill
    title = f"{load.input:,} input and {load.output:,} output tokens" if isinstance(load, Usage) else ""
    requests, note = None, ""
    if not isinstance(load, Usage):
        scenario = world.scenario(load)
        title, requests = scenario.name, scenario.requests
        if scenario.texts:
            note = counted_otherwise(model)
    return Workload(title, usage, requests, model, day, model.rate_on(day), bill, world.mtok, world.month, note)


def requests_per_day(workload: Workload) -> int:
    """The requests of a day; an inline usage has none."""
    if workload.requests is None:
        raise Unanswerable("an inline usage has no requests per day; name a scenario")
    return workload.requests


@dataclass(frozen=True, slots=True)
class WorkloadRow:
    """A workload as a table names it."""

    name: str
    usage: Usage
    requests: int


@dataclass(frozen=True)
class WorkloadOf(Question[WorkloadRow]):
    """Name and token counts of a scenario on a model."""

    scenario: str = subject("SCENARIO", readers.name)
    model: str | None = clause("on", "MODEL", readers.name)

    def answer(self, world: World) -> WorkloadRow:
        scenario = world.scenario(self.scenario)
        return WorkloadRow(scenario.name, world.usage(self.scenario, world.model(self.model or "")), scenario.requests)


@dataclass(frozen=True, slots=True)
class WorkedBill:
    """A bill, line by line."""

    title: str
    model: str
    day: date
    lines: tuple[WorkedLine, ...]
    total: Decimal
    symbols: str


@dataclass(frozen=True)
class WorkedBillOf(Question[WorkedBill | NotOffered]):
    """The calculation of one request's bill, line by line."""

    scenario: str | Usage = subject("SCENARIO", readers.load)
    model: str | None = clause("on", "MODEL", readers.name)
    at: date | None = clause("at", "DATE", readers.day)

    def answer(self, world: World) -> WorkedBill | NotOffered:
        workload = price_workload(world, self.scenario, self.model, self.at)
        if isinstance(workload, NotOffered):
            return workload
        total = workload.bill.total
        return WorkedBill(
            workload.title,
            workload.model.name,
            workload.day,
            tuple(workload.lines()),
            total,
            f"{workload.symbols()} {money.result(total, money.amount)}",
        )
