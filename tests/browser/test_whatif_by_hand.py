"""The arithmetic that the picker is compared with, tried by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest

from .whatif_by_hand import amount, count, percentage, rate


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("2.6925", "$2.69"),
        ("0.005", "$0.00500"),
        ("0.0000175", "$0.0000175"),
        ("1234.5", "$1,234.50"),
        ("0", "$0.00"),
        ("0.0009996", "$0.00100"),
        ("0.995", "$0.995"),
        ("0.9995", "$1.00"),
        ("2.675", "$2.68"),
        ("-3.5", "−$3.50"),
    ],
)
def test_amount(value: str, shown: str) -> None:
    assert amount(Fraction(value)) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [("0.8", "80%"), ("0.65217", "65.2%"), ("0.0024937", "0.25%"), ("0.01298", "1.3%"), ("0.00995", "1.0%")],
)
def test_percentage(value: str, shown: str) -> None:
    assert percentage(Fraction(value)) == shown


def test_rate_and_count() -> None:
    assert [rate(Fraction(one)) for one in ("0.15", "1.875", "2", "0.003625")] == [
        "$0.15",
        "$1.875",
        "$2.00",
        "$0.003625",
    ]
    assert [count(one) for one in (Fraction(800), Fraction(2000, 3), Fraction(4000, 1))] == ["800", "666.7", "4,000"]
