"""Bills: what one request costs under one rate."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from costbook.economy.rates import Model, Part, Prices

MTOK = 1_000_000
ZERO = Decimal(0)


class Usage(NamedTuple):
    """Token counts of one request.

    The prompt is ``input + cached + write + write_1h``: the parts do not overlap. ``output`` are the tokens the reader
    sees; ``reasoning`` tokens are hidden and billed as output.
    """

    input: int = 0
    output: int = 0
    cached: int = 0
    write: int = 0
    write_1h: int = 0
    reasoning: int = 0

    @property
    def prompt(self) -> int:
        """Tokens the model reads; their number decides the context tier."""
        return self.input + self.cached + self.write + self.write_1h

    @property
    def written(self) -> int:
        """Tokens the model writes, all billed as output."""
        return self.output + self.reasoning

    def of(self, part: Part) -> int:
        """Tokens billed as one part."""
        if part is Part.OUTPUT:
            return self.written
        count: int = getattr(self, part.value)
        return count

    def __str__(self) -> str:
        """An inline usage as the grammar writes it: ``1500+250``."""
        return f"{self.prompt}+{self.written}"


class NotOffered(NamedTuple):
    """An answer: the provider does not sell what was asked for (no cached price, context too small)."""

    why: str


class Bill(NamedTuple):
    """USD for one request, per part, and the prices that applied (of the context tier, where one did)."""

    input: Decimal
    output: Decimal
    cached: Decimal
    write: Decimal
    write_1h: Decimal
    prices: Prices

    def of(self, part: Part) -> Decimal:
        """USD of one part."""
        amount: Decimal = getattr(self, part.value)
        return amount

    @property
    def input_side(self) -> Decimal:
        """USD for everything the model reads."""
        return self.input + self.cached + self.write + self.write_1h

    @property
    def total(self) -> Decimal:
        """USD for the whole request."""
        return self.input_side + self.output


def price_usage(usage: Usage, model: Model, day: date, mtok: int = MTOK) -> Bill | NotOffered:
    """The bill of one request: per part ``tokens x price / mtok``, with the prices of the day and of the prompt's size.

    Source of the formula: the providers' price pages, which list USD per million tokens (``mtok``) of each part and
    re-price the whole request above a context threshold.

    Raises:
        NoRate: when no price of the model is known on that day.
    """
    rate = model.rate_on(day)
    input_, output, cached, write, write_1h, reasoning = usage
    prompt = input_ + cached + write + write_1h
    written = output + reasoning
    if model.context is not None and prompt + written > model.context:
        return NotOffered(
            f"{prompt + written:,} tokens do not fit into the context of {model.name}, {model.context:,} tokens"
        )
    prices = rate.prices_for(prompt) if rate.tiers else rate.prices
    input_cost, output_cost = prices.input * input_ / mtok, prices.output * written / mtok
    if not (cached or write or write_1h):
        return Bill(input_cost, output_cost, ZERO, ZERO, ZERO, prices)
    others = []
    for part, count in ((Part.CACHED, cached), (Part.WRITE, write), (Part.WRITE_1H, write_1h)):
        price = prices.of(part)
        if count and price is None:
            return NotOffered(f"{model.name} has no price for {part.words} tokens")
        others.append(price * count / mtok if price is not None else ZERO)
    return Bill(input_cost, output_cost, others[0], others[1], others[2], prices)
