"""Token lifecycle: one request from its prompt to its reply, token by token, with a meter for both sides."""

from __future__ import annotations

from fractions import Fraction
from math import floor

from costbook import money
from costbook.economy.bills import Bill, Usage, price_usage
from costbook.economy.rates import Model, Prices
from costbook.language.marks import marked
from costbook.questions.base import NOT_OFFERED, Side
from costbook.sims.base import Column, Results, Simulation, Stage, facts, tokens_of
from costbook.world import World

PROMPT, REPLY, LONG_REPLY = "haiku-prompt", "haiku", "haiku-explained"
"""The texts, by id."""
LONG_INPUT = 1_000
"""Tokens of the long prompt: the short one behind the rest of a conversation."""
COLUMNS = (
    Column("Prompt and reply"),
    Column("Input tokens", Side.INPUT),
    Column("Output tokens", Side.OUTPUT),
    Column("Passes"),
    Column("Input cost", Side.INPUT),
    Column("Output cost", Side.OUTPUT),
    Column("Output costs more from token", Side.OUTPUT),
)


def dominant_from(tokens: int, prices: Prices) -> int | None:
    """The output token with which the output begins to cost more than the input; None where output is free.

    The output side is the larger one when ``O > I / r``.
    """
    if not prices.output:
        return None
    return floor(Fraction(tokens) * Fraction(prices.input) / Fraction(prices.output)) + 1


def token_lifecycle(world: World, model: Model) -> Simulation:
    """The haiku of chapter 1, and a longer reply to the same prompt."""
    prompt, reply, longer = (tokens_of(world, text) for text in (PROMPT, REPLY, LONG_REPLY))
    inputs = {"short": len(prompt), "long": LONG_INPUT}
    outputs = {"haiku": reply, "long": longer}
    rows = tuple(
        (f"{name.capitalize()} prompt, {'haiku' if key == 'haiku' else 'long reply'}", *_row(world, model, i, len(o)))
        for name, i in inputs.items()
        for key, o in outputs.items()
    )
    return Simulation(
        title="Token lifecycle",
        about="Generate a reply token by token, and watch what each side of the bill adds up to.",
        stages=(
            Stage("1 Text", text=f"“{world.text(PROMPT).text}”", leads="tokenise"),
            Stage("2 Input tokens", chips=tuple(map(marked, prompt)), side=Side.INPUT, leads="read: one pass for all"),
            Stage("3 Model", text="The same pass is repeated for each output token.", leads="generate: one pass each"),
            Stage("4 Output tokens", chips=tuple(map(marked, reply)), side=Side.OUTPUT, leads="detokenise"),
            Stage("5 Text", text=f"“{' / '.join(world.text(REPLY).text.split(chr(10)))}”"),
        ),
        results=Results("What each prompt and reply comes to", COLUMNS, rows),
        facts=facts(
            inputs=[{"id": name, "count": count} for name, count in inputs.items()],
            outputs=[{"id": name, "tokens": tokens} for name, tokens in outputs.items()],
            prompt=prompt,
        ),
        height=1000,
    )


def _row(world: World, model: Model, tokens: int, written: int) -> tuple[str, ...]:
    """Counts, passes and costs of one request; the first pass reads the prompt and yields a token, each other one."""
    counts = money.count(tokens), money.count(written), money.count(written)
    bill = price_usage(Usage(tokens, written), model, world.edition.as_of, world.mtok)
    if not isinstance(bill, Bill):
        return *counts, NOT_OFFERED, NOT_OFFERED, NOT_OFFERED
    first = dominant_from(tokens, bill.prices)
    return *counts, money.amount(bill.input), money.amount(bill.output), money.count(first) if first else "never"
