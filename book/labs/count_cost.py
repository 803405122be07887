"""Lab: count the cost before building."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

import click

from book_prices import price_book
from costbook import money
from costbook.economy.bills import MTOK, Bill, NotOffered, Usage, price_usage
from costbook.economy.rates import Model, NoRate, Prices, Rate, Source
from costbook.economy.tokens import DEFAULT_ENCODING, count_tokens
from costbook.names import Unknown
from stopped import Stopped

TOKENS_PER_WORD = Decimal("1.33")
"""An assumption of S001: English has about three words to four tokens."""

# What S001 prints, the model it prints it for, and its other prompt, of which that is the answer.
PRINTED = "$2.67"
PRINTED_FOR = "gpt-4o"
PROMPT_TEXT = "estimate-prompt"
OTHER_PROMPT = "What's the best smart glasses?"

EXAMPLES = """\b
Examples:
  python book/labs/count_cost.py
  python book/labs/count_cost.py --prompt "Summarise this letter." --words 80 --model claude-sonnet-4-6
  python book/labs/count_cost.py --prices 2.50 10.00 --at 2026-11-22 --calls 5000
"""


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a number of equal calls will cost, in USD, never rounded."""

    usage: Usage
    bill: Bill
    calls: int

    @property
    def total(self) -> Decimal:
        """USD of all calls."""
        return self.bill.total * self.calls


def estimate(prompt: str, words: int, model: Model, day: date, calls: int) -> Estimate:
    """Count the prompt, guess the reply, and price both, in exact decimals.

    A call costs (input tokens x price + output tokens x price) / 1,000,000, at
    the model's prices of that day, as its provider lists them.

    Raises:
        Stopped: where the model has no such price.
    """
    tokens = count_tokens(prompt, model.encoding or DEFAULT_ENCODING)
    usage = Usage(input=tokens, output=int(words * TOKENS_PER_WORD))
    try:
        bill = price_usage(usage, model, day)
    except NoRate as problem:
        raise Stopped(str(problem)) from None
    if isinstance(bill, NotOffered):
        raise Stopped(bill.why)
    return Estimate(usage, bill, calls)


def in_floats(usage: Usage, prices: Prices, calls: int) -> float:
    """The same sum as S001 writes it, in binary floating point."""
    input_cost = (usage.input / 1_000_000) * float(prices.input)
    output_cost = (usage.output / 1_000_000) * float(prices.output)
    return (input_cost + output_cost) * calls


def why_not(model: Model, day: date, words: int, calls: int) -> str | None:
    """Where the amount that S001 prints comes from; None where it does not come out at these prices."""
    other = estimate(OTHER_PROMPT, words, model, day, calls)
    floating = in_floats(other.usage, other.bill.prices, calls)
    if f"${floating:.2f}" != PRINTED:
        return None
    return (
        f"Why not {PRINTED}, as S001 prints? That is the answer for its other prompt, “{OTHER_PROMPT}”,\n"
        f"and not quite: with {other.usage.input} + {other.usage.output} tokens it is {money.exact(other.total)}, "
        f"which rounds to {money.amount(other.total)}.\n"
        f"S001 computes in binary floating point, which holds {Decimal(floating):.18f} instead and prints {PRINTED}."
    )


def given_model(prices: tuple[Decimal, Decimal], day: date) -> Model:
    """A model with prices that the reader read somewhere, on a day."""
    source = Source("given on the command line", "", day)
    rate = Rate(Prices(*prices), start=day, dated=False, edition=0, source=source)
    return Model(id="your-model", provider="you", name="Your model", periods=(rate,))


def described(found: Estimate, model: Model, day: date, words: int) -> str:
    """The estimate with its working, rounded once, at its end."""
    usage, prices = found.usage, found.bill.prices
    source = model.rate_on(day).source
    counted = model.encoding or f"{DEFAULT_ENCODING}, not this model's tokenizer"
    return (
        f"{model.name}: {money.rate(prices.input)} input and {money.rate(prices.output)} output per million tokens\n"
        f"Source: {source.via}, checked {source.checked}; priced at {day}\n"
        f"Prompt: {money.some(usage.input, 'token')}, counted ({counted})\n"
        f"Reply: {money.some(usage.output, 'token')}, guessed ({words} words × {TOKENS_PER_WORD})\n"
        f"One call: ({money.count(usage.input)} × {money.rate(prices.input)} + "
        f"{money.count(usage.output)} × {money.rate(prices.output)}) ÷ {MTOK:,} = {money.exact(found.bill.total)}\n"
        f"{money.count(found.calls)} calls: {money.exact(found.total)}, rounded once, here: {money.amount(found.total)}"
    )


@click.command(epilog=EXAMPLES, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--prompt", help="What will be sent (by default the prompt that S001 prices).")
@click.option("--words", type=click.IntRange(min=0), default=200, show_default=True, help="Words expected in a reply.")
@click.option("--calls", type=click.IntRange(min=1), default=1000, show_default=True, help="How many such calls.")
@click.option("--model", default=PRINTED_FOR, show_default=True, help="A model of the book's price files.")
@click.option("--at", type=click.DateTime(["%Y-%m-%d"]), help="The day to price at (by default the edition's).")
@click.option("--prices", type=str, nargs=2, metavar="INPUT OUTPUT", help="USD per million tokens, read at --at.")
def count_cost(
    *, prompt: str | None, words: int, calls: int, model: str, at: datetime | None, prices: tuple[str, str] | None
) -> None:
    """Count the tokens of a prompt and print what its calls will cost, before any is made."""
    world = price_book()
    if prices is not None and at is None:
        raise Stopped("prices need their date: say with --at YYYY-MM-DD on which day you read them")
    day = at.date() if at is not None else world.edition.as_of
    try:
        priced = given_model(_decimals(prices), day) if prices is not None else world.model(model)
    except Unknown as problem:
        raise Stopped(str(problem)) from None
    found = estimate(prompt if prompt is not None else world.text(PROMPT_TEXT).text, words, priced, day, calls)
    click.echo(described(found, priced, day, words))
    if prompt is None and priced.id == PRINTED_FOR and (why := why_not(priced, day, words, calls)):
        click.echo(f"\n{why}")


def _decimals(prices: tuple[str, str]) -> tuple[Decimal, Decimal]:
    """Two prices as exact decimals.

    Raises:
        Stopped: for anything but digits with one point.
    """
    for price in prices:
        if not price.replace(".", "", 1).isdecimal() or not price.isascii():
            raise Stopped(f"{price!r} is not a price; write USD per million tokens as a plain decimal such as 2.50")
    return Decimal(prices[0]), Decimal(prices[1])


if __name__ == "__main__":
    count_cost()
