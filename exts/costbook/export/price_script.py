"""The price book as a classic script, for sims and the model picker: a page opened from a folder can fetch nothing."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from costbook.economy.rates import Model, Part
from costbook.pages.embedding import for_script
from costbook.world import World

NAME = "costbook-prices.js"
PICO = 1_000_000
"""USD per million tokens, times this, are picodollars per token: an integer where a price has at most six decimals."""
POPULATIONS = ("current", "variants")
KEYS = {
    Part.INPUT: "input",
    Part.CACHED: "cached",
    Part.WRITE: "write",
    Part.WRITE_1H: "write1h",
    Part.OUTPUT: "output",
}


def price_script(world: World) -> bytes:
    """The script that sets ``costbook.book``: edition, house models, and the models with a price on the edition's day.

    The population ``current`` comes first, then other ways to be billed for one (``gpt-4o:batch``); none is an alias.
    Prices are integers of picodollars per token, null where a part is not offered. Of ``tiers`` the last holds whose
    ``above`` is below the number of prompt tokens. ``encoding`` is null where a model's tokenizer is not known.
    """
    edition = world.edition
    priced = [model for name in POPULATIONS for model in world.population(name, edition.as_of)]
    book = {
        "edition": edition.serial,
        "asOf": edition.as_of.isoformat(),
        "month": world.month,
        "houses": dict(edition.houses),
        "models": [_model(world, model) for model in priced if not model.alias],
    }
    return f"(globalThis.costbook ??= {{}}).book = {for_script(book)};\n".encode()


def _model(world: World, model: Model) -> dict[str, Any]:
    rate = model.rate_on(world.edition.as_of)
    levels = [(0, rate.prices), *((tier.above, tier.prices) for tier in rate.tiers)]
    return {
        "id": model.id,
        "name": model.name,
        "provider": world.providers[model.provider].name,
        "context": model.context,
        "encoding": model.encoding,
        "source": {"via": rate.source.via, "url": rate.source.url, "checked": rate.source.checked.isoformat()},
        "tiers": [
            {"above": above, **{key: _pico(prices.of(part)) for part, key in KEYS.items()}} for above, prices in levels
        ],
    }


def _pico(price: Decimal | None) -> int | None:
    """Picodollars per token.

    Raises:
        ValueError: for a price with more than six decimals, which a script could not carry exactly.
    """
    if price is None:
        return None
    pico = price * PICO
    if pico != pico.to_integral_value():
        raise ValueError(f"a price of {price:f} USD per million tokens has more than six decimals")
    return int(pico)
