"""What tokens cost, asked of the book's own price files: no price is typed in a lab."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from costbook import money
from costbook.economy.bills import NotOffered, Usage, price_usage
from costbook.economy.rates import NoRate
from costbook.load import DataErrors, load_world
from costbook.names import Unknown
from costbook.world import World
from stopped import Stopped

ROOT = Path(__file__).resolve().parents[2]


@cache
def price_book(root: Path = ROOT) -> World:
    """The book's prices, texts and scenarios.

    Raises:
        Stopped: when a data file has a slip.
    """
    try:
        return load_world(root, texts_asked=False)
    except DataErrors as errors:
        raise Stopped(f"the price book cannot be read:\n{errors}") from None


def bill_words(world: World, name: str, usage: Usage) -> str:
    """The bill of a request in USD, with its date; or why the book has none."""
    try:
        model = world.model(name)
        bill = price_usage(usage, model, world.edition.as_of)
    except (Unknown, NoRate) as problem:
        return f"not known: {problem}"
    if isinstance(bill, NotOffered):
        return f"not known: {bill.why}"
    return f"{money.amount(bill.total)} on {model.name}, at its prices of {world.edition.as_of}"
