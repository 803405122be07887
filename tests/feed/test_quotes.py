"""What differs between two quotes, and what is a price."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.feed.books import quote, step, tiered
from tests.worlds import day, prices

from costbook.economy.changes import Change, between
from costbook.economy.rates import Part, Prices
from costbook.feed.quotes import BadPrice, Step, changes, good_price
from costbook.load.fields import price as book_price

if TYPE_CHECKING:
    from costbook.feed.quotes import Quote


def said(old: Quote, new: Quote) -> list[str]:
    """Every change in words."""
    return [f"{one.what}: {one.old} -> {one.new}" for one in changes(old, new)]


def test_equal_quotes_have_no_changes() -> None:
    assert said(quote(step("2", "10", "0.20")), quote(step("2.00", "10.0", "0.2", "2026-01-01"))) == []


def test_each_part_that_differs() -> None:
    assert said(quote(step("2", "10", "0.2")), quote(step("3", "10"))) == ["input: 2 -> 3", "cached: 0.2 -> None"]


def test_a_new_tier_shows_what_a_long_prompt_paid_before() -> None:
    base = prices("5", "30")
    new = quote(tiered(base, {272000: prices("10", "45")}))
    assert said(quote(Step(base)), new) == ["input above 272000: 5 -> 10", "output above 272000: 30 -> 45"]


def test_a_threshold_that_moves_by_one_token() -> None:
    base, high = prices("2", "6"), prices("4", "12")
    old, new = quote(tiered(base, {200000: high})), quote(tiered(base, {199999: high}))
    # Only a prompt of exactly 200,000 tokens pays otherwise.
    assert said(old, new) == ["input above 199999: 2 -> 4", "output above 199999: 6 -> 12"]


def test_a_tier_with_the_price_below_it_is_no_tier() -> None:
    base = prices("2", "6")
    assert said(quote(Step(base)), quote(tiered(base, {200000: base}))) == []


def test_what_is_announced_otherwise() -> None:
    now, later = step("2", "10"), step("4", "20", start="2026-12-01")
    assert said(quote(now, later), quote(now, later)) == []
    assert said(quote(now), quote(now, later)) == [
        "input from 2026-12-01: 2 -> 4",
        "output from 2026-12-01: 10 -> 20",
    ]
    assert said(quote(now, later), quote(now)) == [
        "input from 2026-12-01: 4 -> 2",
        "output from 2026-12-01: 20 -> 10",
    ]
    moved = step("4", "20", start="2026-12-15")
    assert said(quote(now, later), quote(now, moved)) == [
        "input from 2026-12-01: 4 -> 2",
        "output from 2026-12-01: 20 -> 10",
    ]


def test_what_only_goes_on_differing_is_said_once() -> None:
    old = quote(step("2", "10"), step("4", "10", start="2026-12-01"))
    new = quote(step("2", "12"), step("4", "12", start="2026-12-01"))
    assert said(old, new) == ["output: 10 -> 12"]


def test_share_and_factor() -> None:
    up, down = Change(Part.INPUT, Decimal(2), Decimal(3)), Change(Part.INPUT, Decimal(3), Decimal(2))
    assert (up.share, up.factor) == (Decimal("0.5"), Decimal("1.5"))
    assert down.share is not None
    assert down.share.quantize(Decimal("0.001")) == Decimal("-0.333")
    assert down.factor == Decimal("1.5")
    gone = Change(Part.CACHED, Decimal(3), None)
    assert (gone.share, gone.factor) == (None, None)
    free = Change(Part.INPUT, Decimal(0), Decimal(3))
    assert (free.share, free.factor) == (None, None)


def test_a_change_as_a_decision_names_it() -> None:
    one = Change(Part.OUTPUT, Decimal(6), Decimal(12), 199999, day("2026-12-01"))
    assert one.difference == ("output above 199999 from 2026-12-01", Decimal(6), Decimal(12))


MONEY = st.decimals("0.000001", "999999", places=6)
LISTED = st.builds(Prices, MONEY, MONEY, st.none() | MONEY)
STEPS = st.builds(
    lambda base, tiers: tiered(base, dict(sorted(tiers.items()))),
    LISTED,
    st.dictionaries(st.integers(0, 9), LISTED, max_size=3),
)


@given(STEPS, STEPS)
def test_no_change_means_that_every_request_pays_the_same(old: Step, new: Step) -> None:
    same = all(old.prices_for(tokens) == new.prices_for(tokens) for tokens in range(12))
    assert same == (not list(between(old, new)))


@given(MONEY)
def test_a_good_price_is_one_that_the_book_can_hold(value: Decimal) -> None:
    assert book_price(f"{good_price('five', Part.INPUT, value):f}") == value


@pytest.mark.parametrize("value", ["0", "-2", "NaN", "sNaN", "-Infinity", "1e400", "1000000", "0.1234567"])
def test_what_is_no_price(value: str) -> None:
    with pytest.raises(BadPrice, match="the output price of five, "):
        good_price("five", Part.OUTPUT, Decimal(value))
