"""The kit's money is the book's: on random bills in a real browser, every amount and every displayed text."""

from __future__ import annotations

import random
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from costbook import money
from costbook.economy.bills import NotOffered, Usage, price_usage
from costbook.economy.rates import NoRate
from costbook.load import load_world

from .sims import open_sim

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from costbook.economy.rates import Model
    from costbook.world import World

    from .gates.site import Site

pytestmark = pytest.mark.browser
ROOT = Path(__file__).resolve().parents[2]
CASES = 10_000
DOLLAR = 10**12
PARTS = ("input", "cached", "write", "write_1h", "output")


@pytest.fixture(scope="module")
def book() -> World:
    return load_world(ROOT)


def priced(book: World) -> list[Model]:
    """Every model with a price on the edition's day, batch and other variants included; an alias moves, and is none."""
    found = []
    for model in book.models.values():
        if model.alias:
            continue
        try:
            model.rate_on(book.edition.as_of)
        except NoRate:
            continue
        found.append(model)
    return found


def some_tokens(chance: random.Random) -> int:
    """None, one, or anything up to a million, as often small as large."""
    return chance.choice((0, 1, chance.randrange(1, 1 << chance.randrange(1, 21))))


def usage_of(chance: random.Random, model: Model, book: World) -> Usage:
    """Tokens of each part; every fifth prompt ends at a tier's edge, at it or one beyond."""
    parts = [some_tokens(chance) if chance.random() < share else 0 for share in (0.9, 0.4, 0.3, 0.2)]
    tiers = model.rate_on(book.edition.as_of).tiers
    if tiers and chance.random() < 0.2:
        parts = [chance.choice(tiers).above + chance.choice((0, 1)), 0, 0, 0]
    fresh, cached, write, write_1h = parts
    return Usage(fresh, some_tokens(chance), cached, write, write_1h)


def pico(amount: Decimal) -> str:
    """USD in whole picodollars."""
    found = amount * DOLLAR
    assert found == found.to_integral_value()
    return str(int(found))


def expected(usage: Usage, model: Model, book: World, days: int) -> dict[str, Any]:
    """What Python says of a request, and prints of it."""
    bill = price_usage(usage, model, book.edition.as_of)
    if isinstance(bill, NotOffered):
        return {"why": bill.why}
    ratio = bill.prices.output / bill.prices.input
    shares = [bill.input_side / bill.total, bill.output / bill.total] if bill.total else []
    return {
        "parts": [pico(getattr(bill, part)) for part in PARTS],
        "read": pico(bill.input_side),
        "total": pico(bill.total),
        "shown": [
            *(money.amount(getattr(bill, part)) for part in PARTS),
            money.amount(bill.total * days),
            money.amount(bill.input_side - bill.output),
            money.rate(bill.prices.input),
            money.rate(bill.prices.output),
            money.multiple(ratio),
            money.count(usage.prompt),
            money.count(usage.prompt / ratio),
            *map(money.percentage, shares),
        ],
    }


IN_THE_BROWSER = """(cases) => {
  const { money } = costbook.kit;
  const text = (value) => String(value);
  return cases.map(({ model, usage, days }) => {
    const bill = money.bill(costbook.models.byId(model), usage);
    if (bill.why) return { why: bill.why };
    const { input, cached, write, write1h, output, read, total, prices } = bill;
    const parts = [input, cached, write, write1h, output];
    const prompt = usage.input + usage.cached + usage.write + usage.write1h;
    const shares = total ? [money.percentage(read, total), money.percentage(output, total)] : [];
    return {
      parts: parts.map(text), read: text(read), total: text(total),
      shown: [
        ...parts.map(money.amount), money.amount(total * BigInt(days)), money.amount(read - output),
        money.rate(prices.input), money.rate(prices.output), money.multiple(prices.output, prices.input),
        money.count(prompt), money.count(BigInt(prompt) * BigInt(prices.input), prices.output), ...shares,
      ],
    };
  });
}"""


def test_ten_thousand_bills(browser: Browser, site: Site, book: World) -> None:
    chance = random.Random(20261122)
    models = priced(book)
    assert {model.id.partition(":")[2] for model in models} >= {"", "batch"}
    assert any(model.rate_on(book.edition.as_of).tiers for model in models)
    cases, wanted = [], []
    for number in range(CASES):
        model = models[number % len(models)]
        usage, days = usage_of(chance, model, book), chance.choice((1, 30, 1_000, 30_000_000))
        counts = {"input": usage.input, "cached": usage.cached, "write": usage.write, "write1h": usage.write_1h}
        cases.append({"model": model.id, "usage": {**counts, "output": usage.output}, "days": days})
        wanted.append(expected(usage, model, book, days))
    with open_sim(browser, site, "token-lifecycle") as sim:
        known = sim.page.evaluate("costbook.models.all.map(({ id }) => id)")
        assert sorted(known) == sorted(model.id for model in models)
        found = sim.page.evaluate(IN_THE_BROWSER, cases)
    assert len(found) == CASES
    different = [pair for pair in zip(cases, wanted, found, strict=True) if pair[1] != pair[2]]
    assert different[:3] == []
    # The cases reach what they are for.
    assert sum("why" in one for one in wanted) > CASES / 20
    assert sum("parts" in one for one in wanted) > CASES / 3
    assert len({one["why"].split()[-2] for one in wanted if "why" in one}) >= 2
    for place in range(1, 5):
        assert any("parts" in one and one["parts"][place] != "0" for one in wanted), PARTS[place]


@pytest.mark.parametrize(
    ("call", "shown"),
    [
        ("amount(2692500000000n)", "$2.69"),
        ("amount(2695000000000n)", "$2.70"),  # half up, not half even
        ("amount(5000000000n)", "$0.00500"),
        ("amount(17500000)", "$0.0000175"),
        ("amount(999600000n)", "$0.00100"),  # four digits become three
        ("amount(1234500000000000n)", "$1,234.50"),
        ("amount(0)", "$0.00"),
        ("amount(-5000000000n)", "\u2212$0.00500"),
        ("amount(1)", "$0.00000000000100"),
        ("rate(150000)", "$0.15"),
        ("rate(1875000)", "$1.875"),
        ("rate(3625)", "$0.003625"),
        ("rate(25000000)", "$25.00"),
        ("percentage(8, 15)", "53.3%"),
        ("percentage(4, 5)", "80%"),
        ("percentage(1, 400)", "0.25%"),
        ("multiple(25, 3)", "8.33×"),
        ("multiple(5)", "5×"),
        ("multiple(100)", "100×"),
        ("count(1500)", "1,500"),
        ("count(2000, 3)", "666.7"),
    ],
)
def test_display(browser: Browser, site: Site, call: str, shown: str) -> None:
    """Worked by hand, most of them in the house's own words."""
    with open_sim(browser, site, "token-lifecycle") as sim:
        assert sim.page.evaluate(f"costbook.kit.money.{call}") == shown
