"""Who dominates the bill?: five requests to predict, and the plane of all requests with the line of the tie."""

from __future__ import annotations

from decimal import Decimal
from math import log

from costbook import money
from costbook.economy.bills import Bill, Usage, price_usage
from costbook.economy.rates import Model, Prices
from costbook.questions.base import NOT_OFFERED, Side
from costbook.questions.workloads import side_of
from costbook.sims.base import WORKLOAD, Column, Results, Simulation, facts
from costbook.world import World

PRACTICE = "practice"
"""The set of scenarios that a reader predicts, in this order."""
CACHED = "rag"
"""The scenario whose verdict a cache can turn."""
COLUMNS = (
    Column("Request"),
    Column("Input tokens", Side.INPUT),
    Column("Output tokens", Side.OUTPUT),
    Column("Input cost", Side.INPUT),
    Column("Output cost", Side.OUTPUT),
    Column("Costs more"),
    Column("Output tokens at the tie", Side.OUTPUT),
)
WIDTH, HEIGHT = 400, 330
LEFT, RIGHT, TOP, BOTTOM = 56, 14, 12, 44
MOST_INPUT, MOST_OUTPUT = 1_000_000, 100_000
TICKS = ((1, "1"), (10, "10"), (100, "100"), (1_000, "1k"), (10_000, "10k"), (100_000, "100k"), (1_000_000, "1M"))


def tie(usage: Usage, prices: Prices) -> Decimal | None:
    """The number of output tokens that cost as much as the input side; None where output is free.

    ``O = I (1 - c + c m) / r``: with the cached part priced at its own price, the input side divided by the price of
    an output token.
    """
    if not prices.output:
        return None
    return (prices.input * usage.input + (prices.cached or 0) * usage.cached) / prices.output


def who_dominates(world: World, model: Model) -> Simulation:
    """The practice scenarios on a model, and one of them with all of its input cached."""
    cases = world.workloads(PRACTICE)
    turned = world.scenario(CACHED)
    loads = [(one.name, world.usage(one.id, model)) for one in cases]
    request = world.usage(CACHED, model)
    everything = Usage(0, request.written, cached=request.prompt)
    rows = tuple(
        _row(world, model, name, usage)
        for name, usage in (*loads, (f"{turned.name}, all of its input cached", everything))
    )
    return Simulation(
        title="Who dominates the bill?",
        about="Predict which side of five requests costs more, then move a request of your own across the tie.",
        stages=(),
        results=Results("Which side costs more", COLUMNS, rows),
        facts=facts(
            cases=[
                {"id": one.id, "name": one.name, "input": usage.prompt, "output": usage.written}
                for one, (_, usage) in zip(cases, loads, strict=True)
            ],
            cached=turned.id,
        ),
        height=1500,
        scripts=(WORKLOAD,),
        picture=_picture(world, model, loads),
    )


def _row(world: World, model: Model, name: str, usage: Usage) -> tuple[str, ...]:
    """Counts, both amounts, the verdict and the tie of one request."""
    counts = money.count(usage.prompt), money.count(usage.written)
    bill = price_usage(usage, model, world.edition.as_of, world.mtok)
    if not isinstance(bill, Bill):
        return name, *counts, *(NOT_OFFERED,) * 4
    at = tie(usage, bill.prices)
    amounts = money.amount(bill.input_side), money.amount(bill.output)
    return name, *counts, *amounts, side_of(bill).value, "never" if at is None else money.count(at)


# ---------------------------------------------------------------- the picture


def _x(value: float) -> float:
    return round(LEFT + log(value) / log(MOST_INPUT) * (WIDTH - LEFT - RIGHT), 1)


def _y(value: float) -> float:
    return round(HEIGHT - BOTTOM - log(value) / log(MOST_OUTPUT) * (HEIGHT - TOP - BOTTOM), 1)


def _picture(world: World, model: Model, loads: list[tuple[str, Usage]]) -> str:
    """The plane, both scales logarithmic, with a piece of the boundary for each tier of prices; for HTML builders."""
    rate = model.rate_on(world.edition.as_of)
    edges = [(1, rate.prices), *((tier.above, tier.prices) for tier in rate.tiers)]
    ends = [*(edge for edge, _ in edges[1:]), MOST_INPUT]
    pieces = [_piece(prices, low, high) for (low, prices), high in zip(edges, ends, strict=True)]
    grid = [
        *(
            f'<line class="cb-grid" x1="{_x(at)}" x2="{_x(at)}" y1="{TOP}" y2="{HEIGHT - BOTTOM}"/>'
            f'<text x="{_x(at)}" y="{HEIGHT - BOTTOM + 16}" text-anchor="middle">{text}</text>'
            for at, text in TICKS
        ),
        *(
            f'<line class="cb-grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{_y(at)}" y2="{_y(at)}"/>'
            f'<text x="{LEFT - 6}" y="{_y(at) + 4}" text-anchor="end">{text}</text>'
            for at, text in TICKS
            if at <= MOST_OUTPUT
        ),
    ]
    points = [
        f'<circle class="cb-point" cx="{_x(usage.prompt)}" cy="{_y(usage.written)}" r="5"/>'
        f'<text class="cb-point-name" x="{_x(usage.prompt) + 9}" y="{_y(usage.written) - 6}">{number}</text>'
        for number, (_, usage) in enumerate(loads, start=1)
    ]
    return "".join(
        (
            f'<svg class="cb-chart cb-plane" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
            'xmlns="http://www.w3.org/2000/svg">',
            "<title>Which side of a request costs more, by its input and output tokens</title>",
            "<desc>The line is the tie: above it output costs more, below it input does. The numbers are the rows of "
            "the table.</desc>",
            *grid,
            f'<path class="cb-axis" fill="none" d="M{LEFT} {TOP}V{HEIGHT - BOTTOM}H{WIDTH - RIGHT}"/>',
            f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 8}" text-anchor="middle">Input tokens</text>',
            f'<text x="{-(TOP + HEIGHT - BOTTOM) / 2}" y="12" transform="rotate(-90)" text-anchor="middle">'
            "Output tokens</text>",
            *pieces,
            f'<text class="cb-region cb-output" x="{_x(2)}" y="{_y(30_000)}">output costs more</text>',
            f'<text class="cb-region cb-input" x="{_x(800_000)}" y="{_y(2)}" text-anchor="end">input costs more</text>',
            *points,
            "</svg>",
        )
    )


def _piece(prices: Prices, low: int, high: int) -> str:
    """The boundary in one tier, where it lies within the plane."""
    if not prices.input or not prices.output:
        return ""
    slope = float(prices.input / prices.output)
    start, end = max(low, 1 / slope), min(high, MOST_INPUT, MOST_OUTPUT / slope)
    if start >= end:
        return ""
    line = f"{_x(start)},{_y(start * slope)} {_x(end)},{_y(end * slope)}"
    return f'<polyline class="cb-line cb-tie" points="{line}"/>'
