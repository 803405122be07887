"""The price book as a script: the prices of the files in whole picodollars, and nothing that could end a script."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from tests.editions import REPOSITORY, first_world

from costbook.economy.rates import Model, Prices, Rate, Source
from costbook.export.price_script import price_script
from costbook.world import World

PREFIX = "(globalThis.costbook ??= {}).book = "
WORLD = first_world()


def book_of(world: World) -> dict[str, Any]:
    text = price_script(world).decode()
    assert text.startswith(PREFIX)
    assert text.endswith(";\n")
    found: dict[str, Any] = json.loads(text[len(PREFIX) : -2])
    return found


def test_a_price_is_a_whole_number_of_picodollars_per_token() -> None:
    """2.50 USD for a million tokens are 0.0000025 USD for one: 2,500,000 picodollars."""
    models = {model["id"]: model for model in book_of(WORLD)["models"]}
    assert models["gpt-4o"]["tiers"] == [
        {"above": 0, "input": 2_500_000, "cached": 1_250_000, "write": None, "write1h": None, "output": 10_000_000}
    ]
    # 0.022 for a million cached tokens.
    assert models["deepseek-v4-pro"]["tiers"][0]["cached"] == 22_000


def test_a_tier_has_its_threshold() -> None:
    models = {model["id"]: model for model in book_of(WORLD)["models"]}
    short, long = models["gpt-6.1-sol"]["tiers"]
    assert (short["above"], short["input"], short["output"]) == (0, 2_000_000, 10_000_000)
    assert (long["above"], long["input"], long["output"], long["write"]) == (272_000, 4_000_000, 15_000_000, 5_000_000)


def test_the_edition_and_its_models_are_named() -> None:
    book = book_of(WORLD)
    assert (book["edition"], book["asOf"], book["month"]) == (1, "2026-11-22", 30)
    assert book["houses"]["everyday"] == "gpt-6.1-sol"
    seed = next(model for model in book["models"] if model["id"] == "gpt-4o")
    assert (seed["name"], seed["provider"], seed["context"]) == ("GPT-4o", "OpenAI", 128_000)
    assert seed["source"]["checked"] == "2026-11-22"


def test_every_model_with_a_price_is_there_and_other_ways_to_be_billed_behind() -> None:
    """Counted in the files themselves: one that its provider moves (an alias) or has retired is none to choose."""
    wanted, files = set(), sorted((REPOSITORY / "book/data/prices").glob("*.yaml"))
    for path in files:
        models = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)["models"]
        for name, model in models.items():
            rows = [row for row in model["rates"] if "unknown" not in row and row["edition"] == "1"]
            starts = [row.get("from", row.get("known_from")) for row in rows]
            ended = rows and rows[-1].get("until", "9999") <= "2026-11-22"
            if rows and min(starts) <= "2026-11-22" and not ended and not model.keys() & {"alias", "retired"}:
                wanted.add(name)
    told = [model["id"] for model in book_of(WORLD)["models"]]
    assert set(told) == wanted
    assert [":" in one for one in told] == sorted(":" in one for one in told)


def with_price(world: World, price: Decimal, name: str = "One") -> World:
    source = Source("by hand", "https://example.org", date(2026, 11, 22))
    rate = Rate(Prices(price, price * 2), date(2026, 1, 1), dated=True, edition=1, source=source)
    return replace(world, models={"one": Model("one", "openai", name, (rate,))})


@given(st.decimals(min_value="0.000001", max_value="9999", places=6))
def test_every_price_of_six_decimals_is_exact(price: Decimal) -> None:
    tier = book_of(with_price(WORLD, price))["models"][0]["tiers"][0]
    assert Fraction(tier["input"], 10**12) == Fraction(price) / 10**6


def test_a_price_that_would_not_be_exact_is_refused() -> None:
    with pytest.raises(ValueError, match=r"0\.0000001 USD per million tokens has more than six decimals"):
        price_script(with_price(WORLD, Decimal("0.0000001")))


def test_a_name_cannot_end_the_script() -> None:
    script = price_script(with_price(WORLD, Decimal(1), "</script><b>"))
    assert b"<" not in script
    assert book_of(with_price(WORLD, Decimal(1), "</script><b>"))["models"][0]["name"] == "</script><b>"
