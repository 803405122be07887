"""Chances at a temperature, worked by hand where powers are easy, and what holds of every distribution."""

from __future__ import annotations

from decimal import Decimal, FloatOperation, getcontext, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.worlds import TEA, chances

from costbook.language.chances import PRODUCT, SOFTMAX, Distribution, greedy, tempered
from costbook.language.toys import beginnings, joined, shown

TEMPERATURES = st.decimals("0.1", 2, places=2)
DISTRIBUTIONS = st.lists(st.integers(1, 1000), min_size=1, max_size=8).map(
    lambda parts: {str(place): Decimal(part) / sum(parts) for place, part in enumerate(parts)}
)


@pytest.mark.parametrize(
    ("temperature", "expected"),
    [
        ("1", {"yes": "0.75", "no": "0.25"}),
        ("0.5", {"yes": "0.9", "no": "0.1"}),  # squares: 0.5625 and 0.0625
        ("0", {"yes": "1", "no": "0"}),
    ],
)
def test_chances_at_a_temperature(temperature: str, expected: dict[str, str]) -> None:
    assert tempered(chances(yes="0.75", no="0.25"), Decimal(temperature)) == chances(**expected)


def test_a_hot_model_is_nearer_to_even() -> None:
    """The roots of 0.9 and 0.1 are as 3 to 1."""
    hot = tempered({"yes": Decimal("0.9"), "no": Decimal("0.1")}, Decimal(2))
    assert abs(hot["yes"] - Decimal("0.75")) < Decimal("1e-45")


def test_chances_at_one_are_those_of_the_author() -> None:
    given = chances(yes="0.30", no="0.70")
    assert tempered(given, Decimal(1)) is given


def test_greedy_choice_takes_the_first_of_equals() -> None:
    assert greedy(chances(a="0.4", b="0.4", c="0.2")) == "a"
    assert greedy(chances(c="0.2", b="0.4", a="0.4")) == "b"
    assert tempered(chances(c="0.2", b="0.4", a="0.4"), Decimal(0)) == chances(c="0", b="1", a="0")


@given(DISTRIBUTIONS, TEMPERATURES)
def test_chances_add_up_and_keep_their_order(given: Distribution, temperature: Decimal) -> None:
    made = tempered(given, temperature)
    with localcontext() as context:
        context.prec = 60
        assert abs(sum(made.values(), start=Decimal(-1))) < Decimal("1e-25")  # the chances drawn here have 28 digits
    assert list(made) == list(given)
    by_chance = sorted(given, key=given.__getitem__)
    assert [made[one] for one in by_chance] == sorted(made.values())


@given(DISTRIBUTIONS, TEMPERATURES, TEMPERATURES)
def test_the_colder_the_more_the_likeliest_has(given: Distribution, one: Decimal, other: Decimal) -> None:
    cold, hot = min(one, other), max(one, other)
    likeliest = greedy(given)
    assert tempered(given, cold)[likeliest] >= tempered(given, hot)[likeliest] - Decimal("1e-25")


def test_the_product_is_exact_whatever_the_context() -> None:
    steps = [Decimal("0.35"), Decimal("0.85"), Decimal("0.95")]
    with localcontext() as context:
        context.prec = 3
        assert PRODUCT.of(steps) == Decimal("0.282625")
    assert PRODUCT.of([]) == 1
    assert PRODUCT.symbols(["0.35", "0.85"]) == "0.35 × 0.85"


def test_the_same_digits_in_every_context() -> None:
    given = chances(yes="0.3", no="0.7")
    usual = tempered(given, Decimal("0.7"))
    with localcontext() as context:
        context.prec = 5
        context.traps[FloatOperation] = True
        assert tempered(given, Decimal("0.7")) == usual
    assert getcontext().prec == 28


@pytest.mark.parametrize(
    ("temperature", "expected"),
    [("1", "0.75"), ("0", "1"), ("0.5", "0.75^(1/0.5) ÷ (0.75^(1/0.5) + 0.25^(1/0.5))")],
)
def test_what_temperature_does_in_symbols(temperature: str, expected: str) -> None:
    assert SOFTMAX.symbols(chances(yes="0.75", no="0.250"), "yes", Decimal(temperature)) == expected


def test_the_greedy_reply_of_a_toy() -> None:
    assert TEA.greedy == ("yes", " please", "end mark")
    assert joined(TEA.greedy) == "yes please"
    assert [*map(shown, TEA.greedy)] == ["yes", "␣please", "end mark"]
    assert [*beginnings(("a", "b"))] == [((), "a"), (("a",), "b")]
