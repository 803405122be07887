"""The one display rule, by the examples of the design and worked by hand."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from costbook import money

if TYPE_CHECKING:
    from collections.abc import Callable

MINUS = "\u2212"

UNHURRIED = settings(deadline=None)  # a busy machine is no fault of the rule
# A listed price has at most six decimals; an amount may be anything.
PRICES = st.decimals(min_value=0, max_value=999999, places=6)
AMOUNTS = st.decimals(min_value=Decimal("-1e15"), max_value=Decimal("1e15"), allow_nan=False)
SMALL_AMOUNTS = st.builds(
    lambda digits, exponent: Decimal(digits).scaleb(exponent), st.integers(1, 99999999), st.integers(-20, 0)
)


def read_back(text: str) -> Decimal:
    """The number a reader sees."""
    size = Decimal(text.strip(MINUS + "$%×").replace(",", ""))
    return -size if text.startswith(MINUS) else size


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("0.15", "$0.15"),
        ("1.875", "$1.875"),
        ("0.003625", "$0.003625"),
        ("2.5", "$2.50"),
        ("2.500000", "$2.50"),
        ("10", "$10.00"),
        ("1E+1", "$10.00"),
        ("0", "$0.00"),
        ("0.000001", "$0.000001"),
        ("1234.5", "$1,234.50"),
        ("999999.999999", "$999,999.999999"),
    ],
)
def test_a_rate_is_shown_as_listed(value: str, shown: str) -> None:
    assert money.rate(Decimal(value)) == shown


@UNHURRIED
@given(PRICES)
def test_a_rate_loses_nothing(price: Decimal) -> None:
    text = money.rate(price)
    assert read_back(text) == price
    assert len(text.partition(".")[2]) >= 2


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        # the examples of the design
        ("2.6925", "$2.69"),
        ("0.005", "$0.00500"),
        ("0.0000175", "$0.0000175"),
        ("1234.5", "$1,234.50"),
        # two decimals are enough from one dollar on, three digits reach further below
        ("1", "$1.00"),
        ("1.005", "$1.01"),
        ("0.125", "$0.125"),
        ("0.1", "$0.100"),
        ("0.012345", "$0.0123"),
        # ties go up
        ("2.675", "$2.68"),
        ("2.665", "$2.67"),
        ("2.674999999999999999999999999", "$2.67"),
        ("0.0012345", "$0.00123"),
        ("0.0012350", "$0.00124"),
        # a carry: 0.0009996 has three digits as 0.00100, not four as 0.001000
        ("0.0009996", "$0.00100"),
        ("0.09995", "$0.100"),
        ("0.99999", "$1.00"),
        ("9.999", "$10.00"),
        ("999.995", "$1,000.00"),
        ("0", "$0.00"),
        ("0E-12", "$0.00"),
        ("-0.00", "$0.00"),
        ("1E+6", "$1,000,000.00"),
        ("12345678901234567890123456789012.345", "$12,345,678,901,234,567,890,123,456,789,012.35"),
        ("0.00000000000000000000000000000123456", "$0.00000000000000000000000000000123"),
        ("-2.6925", f"{MINUS}$2.69"),
        ("-2.675", f"{MINUS}$2.68"),
        ("-0.005", f"{MINUS}$0.00500"),
    ],
)
def test_a_computed_amount(value: str, shown: str) -> None:
    assert money.amount(Decimal(value)) == shown


@UNHURRIED
@given(st.one_of(AMOUNTS, SMALL_AMOUNTS))
def test_an_amount_is_off_by_half_of_its_last_digit_at_most(value: Decimal) -> None:
    text = money.amount(value)
    last_digit = Decimal(1).scaleb(-len(text.partition(".")[2]))
    assert abs(read_back(text) - value) <= last_digit / 2


@UNHURRIED
@given(st.one_of(AMOUNTS, SMALL_AMOUNTS))
def test_showing_an_amount_twice_changes_nothing(value: Decimal) -> None:
    text = money.amount(value)
    assert money.amount(read_back(text)) == text


@UNHURRIED
@given(SMALL_AMOUNTS)
def test_an_amount_below_a_dollar_has_three_digits(value: Decimal) -> None:
    text = money.amount(value)
    shown = read_back(text)
    decimals = len(text.partition(".")[2])
    assert decimals >= 2
    # Two decimals, or as many as make three digits: 0.100 has three, 1.00 too.
    assert decimals == max(2, 2 - shown.adjusted())


@pytest.mark.parametrize(
    ("share", "shown"),
    [
        ("0.8", "80%"),
        ("0.53333333", "53.3%"),
        ("0.0025", "0.25%"),
        ("0", "0%"),
        ("1", "100%"),
        ("1.5", "150%"),
        ("12.345", "1,234.5%"),
        ("0.5025", "50.3%"),  # 50.25, half up
        ("0.005", "0.50%"),  # two digits where they reach further than one decimal
        ("0.00996", "1.0%"),  # 0.996 carries to 1.0
        ("0.000094", "0.0094%"),
        ("0.99949", "99.9%"),
        ("0.99996", "100.0%"),  # rounded, and not the whole value 100%
        ("-0.2", f"{MINUS}20%"),
        ("-0.0025", f"{MINUS}0.25%"),
    ],
)
def test_a_percentage(share: str, shown: str) -> None:
    assert money.percentage(Decimal(share)) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("5", "5×"),
        ("3.4", "3.4×"),
        ("8.33333333", "8.33×"),
        ("3.142857", "3.14×"),
        ("1.335", "1.34×"),
        ("100", "100×"),
        ("1234.5", "1,234.5×"),
        ("0.3333", "0.33×"),
    ],
)
def test_a_multiple(value: str, shown: str) -> None:
    assert money.multiple(Decimal(value)) == shown
    assert money.plain_multiple(Decimal(value)) == shown.removesuffix("×")


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Decimal(1500), "1,500"),
        (Decimal("1500.00"), "1,500"),
        (1000000, "1,000,000"),
        (Decimal(0), "0"),
        (Decimal("666.66666"), "666.7"),
        (Decimal("1333.25"), "1,333.3"),
        (Decimal("1E+3"), "1,000"),
    ],
)
def test_a_count(value: Decimal | int, shown: str) -> None:
    assert money.count(value) == shown


@pytest.mark.parametrize(
    ("value", "show", "shown"),
    [
        ("2.50", money.amount, "= $2.50"),
        ("2.6925", money.amount, "≈ $2.69"),
        ("0.005", money.amount, "= $0.00500"),
        ("1234.5", money.amount, "= $1,234.50"),
        ("1234.567", money.amount, "≈ $1,234.57"),
        ("0", money.amount, "= $0.00"),
        ("-1.50", money.amount, f"= {MINUS}$1.50"),
        ("-1.505", money.amount, f"≈ {MINUS}$1.51"),
        ("0.003625", money.rate, "= $0.003625"),
        ("0.8", money.percentage, "= 80%"),
        ("0.533333", money.percentage, "≈ 53.3%"),
        ("0.999999", money.percentage, "≈ 100.0%"),
        ("5", money.multiple, "= 5×"),
        ("8.3333", money.multiple, "≈ 8.33×"),
        ("1500", money.count, "= 1,500"),
        ("666.6667", money.count, "≈ 666.7"),
    ],
)
def test_a_working_says_whether_it_rounded(value: str, show: Callable[[Decimal], str], shown: str) -> None:
    assert money.result(Decimal(value), show) == shown


@pytest.mark.parametrize(
    ("number", "several", "text"),
    [
        (0, "", "0 keys"),
        (1, "", "1 key"),
        (2, "", "2 keys"),
        (1, "ranks of keys", "1 key"),
        (2, "ranks of keys", "2 ranks of keys"),
    ],
)
def test_some(number: int, several: str, text: str) -> None:
    assert money.some(number, "key", several) == text
