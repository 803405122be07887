"""What a cached prompt costs, and after how many reads it has paid."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.worlds import ask, make_world, model, prices, rate

from costbook.economy.bills import Usage
from costbook.economy.scenarios import Scenario
from costbook.questions import NotOffered, Unanswerable, Unit

if TYPE_CHECKING:
    from costbook.world import World


@pytest.mark.parametrize(
    ("text", "value", "shown"),
    [
        # support on five: 5,000 tokens written at 2.50 = 12,500 m$, each later read at 0.20 = 1,000 m$
        ("cached-bill support over 1r", "0.0125", "$0.0125"),
        ("cached-bill support over 2r", "0.0135", "$0.0135"),
        ("cached-bill support over 10000r", "10.0115", "$10.01"),  # 12,500 + 9,999 × 1,000
        ("cached-bill support over 1d", "10.0115", "$10.01"),  # 10,000 requests a day
        ("cached-bill support", "10.0115", "$10.01"),
        ("cached-bill support over 30d", "300.0115", "$300.01"),  # 12,500 + 299,999 × 1,000
        # asked: 500 tokens and the reply come anew each time, 500 × 2 + 100 × 10 = 2,000 m$
        ("cached-bill asked over 1r", "0.0145", "$0.0145"),
        ("cached-bill asked", "0.3115", "$0.312"),  # 12,500 + 99 × 1,000 + 100 × 2,000
        # moved lists no write price, so the first request pays 2.50: 12,500 + 99 × 6,250 + 100 × 2,250
        ("cached-bill asked on moved", "0.85625", "$0.856"),
        # long: 6,250 + 99 × 625 + 100 × (500 × 1.25 + 1,000) = 6,250 + 61,875 + 162,500
        ("cached-bill asked on long", "0.230625", "$0.231"),
    ],
)
def test_a_prompt_is_written_once_and_read_ever_after(world: World, text: str, value: str, shown: str) -> None:
    answer = ask(world, text)
    assert answer.unit is Unit.USD
    assert answer.value == Decimal(value)
    assert answer.text == shown


def test_hidden_tokens_are_paid_in_every_request(world: World) -> None:
    # 12,500 + 9 × 1,000 + 10 × (20 + 30) × 10 m$ = 26,500
    thinking = Scenario("thinking", "Thinking", Usage(5000, 20, reasoning=30), 10, shared=5000)
    two = replace(world, scenarios={"thinking": thinking})
    assert ask(two, "cached-bill thinking").value == Decimal("0.0265")


def test_what_is_shared_has_to_be_in_the_prompt(world: World) -> None:
    short = Scenario("short", "Short", Usage(4999), 10, shared=5000)
    with pytest.raises(Unanswerable, match="shares more tokens than its prompt has"):
        ask(replace(world, scenarios={"short": short}), "cached-bill short")


@pytest.mark.parametrize("usage", [Usage(5000, cached=1), Usage(5000, write=1), Usage(5000, write_1h=1)])
def test_a_usage_that_counts_its_own_cache_is_not_counted_twice(world: World, usage: Usage) -> None:
    double = Scenario("double", "Double", usage, 10, shared=5000)
    with pytest.raises(Unanswerable, match="counts cached tokens itself"):
        ask(replace(world, scenarios={"double": double}), "cached-bill double")


@pytest.mark.parametrize(
    ("listed", "reads"),
    [
        (prices("2.00", "10.00", cached="0.20", write="2.50"), 1),  # 2.50 + 0.20 < 4.00
        (prices("3.00", "15.00", cached="0.30", write="6.00"), 2),  # 6.30 > 6.00; 6.60 < 9.00
        (prices("2.00", "10.00", cached="1.00", write="5.00"), 4),  # a tie at 3, 8.00 = 8.00, has not paid yet
        (prices("2.00", "10.00", cached="1.00"), 1),  # no write price: 2.00 + 1.00 < 4.00
        (prices("2.00", "10.00", cached="1.999999", write="2.00"), 1),  # a saving of a millionth is one
        (prices("2.00", "10.00", cached="1.50", write="1.75"), 0),  # a cheaper write has paid at once
        (prices("2.00", "10.00", cached="1.50", write="1.00"), 0),
        (prices("2.00", "10.00", cached="0.00", write="2.00"), 1),
    ],
)
def test_the_reads_that_pay_for_the_write(world: World, listed: object, reads: int) -> None:
    of = model("cacher", rate(listed))  # type: ignore[arg-type]
    answer = ask(replace(world, models={"cacher": of}), "cache-break-even support on cacher")
    assert answer.unit is Unit.READS
    assert answer.value == reads
    assert f"from n = {reads} on" in answer.working.symbols


PRICE = st.decimals(min_value="0.01", max_value=20, places=2)


@given(PRICE, PRICE, PRICE)
def test_one_read_less_has_not_paid(fresh: Decimal, cached: Decimal, write: Decimal) -> None:
    of = model("cacher", rate(replace(prices("1", "1"), input=fresh, cached=cached, write=write)))
    answer = ask(make_world(models=(of,)), "cache-break-even support on cacher")
    if cached >= fresh:
        assert isinstance(answer, NotOffered)
        assert "never pays" in answer.why
        return
    reads = int(answer.value)
    assert write + reads * cached < (reads + 1) * fresh
    assert reads == 0 or write + (reads - 1) * cached >= reads * fresh


@given(st.integers(1, 50))
def test_it_is_where_the_cached_bill_drops_below_the_plain_one(requests: int) -> None:
    # The same rule put to the bills: n reads are n + 1 requests.
    of = model("cacher", rate(prices("2.00", "10.00", cached="1.00", write="5.00")))
    world = make_world(models=(of,))
    cached = ask(world, f"cached-bill support over {requests}r on cacher").value
    plain = ask(world, "bill support on cacher").value * requests
    reads = int(ask(world, "cache-break-even support on cacher").value)
    assert (cached < plain) == (requests - 1 >= reads)
