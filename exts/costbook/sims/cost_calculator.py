"""Cost calculator and verbosity dial: what an instruction about length saves, by the size of the prompt."""

from __future__ import annotations

from costbook import money
from costbook.economy.bills import Bill, Usage, price_usage
from costbook.economy.rates import Model
from costbook.questions.base import NOT_OFFERED, Side
from costbook.sims.base import WORKLOAD, Column, Results, Simulation, Stage, facts
from costbook.world import World

DETAILED, BRIEF = "verbose-1k", "concise-1k"
"""The scenarios whose numbers stand there first: a detailed and a brief reply to one prompt."""
SIZES = (0, 100, 1_000, 2_000, 5_000, 10_000)
"""Prompts, in tokens, for which the saving is shown."""
COLUMNS = (
    Column("Prompt tokens"),
    Column("A, a day"),
    Column("B, a day"),
    Column("Saved a day"),
    Column("Saved a month"),
    Column("Share saved"),
)


def cost_calculator(world: World, model: Model) -> Simulation:
    """The developer's calculator with the prompt that it left out, on a model."""
    long, short = (world.usage(one, model) for one in (DETAILED, BRIEF))
    calls = world.scenario(DETAILED).requests
    rows = tuple(_row(world, model, size, (long.written, short.written), calls) for size in SIZES)
    return Simulation(
        title="Cost calculator and verbosity dial",
        about="Predict what a shorter reply saves, then see it per request, a day and a month.",
        stages=(
            Stage("A “be detailed”", text=f"{money.count(long.written)} output tokens", side=Side.OUTPUT),
            Stage("B “be brief”", text=f"{money.count(short.written)} output tokens", side=Side.OUTPUT),
            Stage("Both", text=f"{money.count(calls)} calls a day, a month of {world.month} days"),
        ),
        results=Results("What B saves by size of the prompt", COLUMNS, rows),
        facts=facts(calls=calls, input=long.prompt, long=long.written, short=short.written, sizes=SIZES),
        height=1500,
        scripts=(WORKLOAD,),
    )


def _row(world: World, model: Model, size: int, replies: tuple[int, int], calls: int) -> tuple[str, ...]:
    """One prompt with both replies: what they cost a day, and what the second saves."""
    first, second = (price_usage(Usage(size, written), model, world.edition.as_of, world.mtok) for written in replies)
    name = money.count(size)
    if not isinstance(first, Bill) or not isinstance(second, Bill):
        return name, *(NOT_OFFERED,) * 5
    a, b = first.total * calls, second.total * calls
    share = money.percentage((a - b) / a) if a else "nothing to save"
    return name, money.amount(a), money.amount(b), money.amount(a - b), money.amount((a - b) * world.month), share
