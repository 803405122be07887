"""The one rounding and display rule: half up, once, at display.

A **rate** is shown exactly as its provider lists it, with at least two decimals. A **computed amount** is rounded to
two decimals, or to three significant digits where those reach further. A percentage has one decimal, or two significant
digits where those reach further; a multiple has at most two decimals; whole values of both are shown without decimals.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Context, Decimal

CENT_PLACES = 2
_WIDE = Context(prec=100)  # a huge amount has more digits than the default context lets quantize write


def _rounded(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP, context=_WIDE)


def _to_digits(value: Decimal, least_places: int, digits: int) -> Decimal:
    """Round half up to ``least_places`` decimals, or to ``digits`` significant digits where those reach further."""
    if not value:
        return _rounded(value, least_places)
    places = max(least_places, digits - 1 - value.adjusted())
    rounded = _rounded(value, places)
    if rounded.adjusted() > value.adjusted():  # 0.0009996 became 0.001000: one digit fewer is three
        places = max(least_places, digits - 1 - rounded.adjusted())
        rounded = _rounded(value, places)
    return rounded


def _sign(value: Decimal) -> tuple[str, Decimal]:
    return "\u2212" if value < 0 else "", value.copy_abs()


def exact(value: Decimal) -> str:
    """An operand of a working: every digit, at least two decimals, so that a reader can check the line."""
    sign, size = _sign(value)
    digits = size.normalize()
    places = max(CENT_PLACES, -int(digits.as_tuple().exponent))
    return f"{sign}${digits:,.{places}f}"


def rate(value: Decimal) -> str:
    """A listed price, exact, at least two decimals: ``$0.15``, ``$1.875``, ``$0.003625``."""
    return exact(value)


def amount(value: Decimal) -> str:
    """A computed amount in USD: ``$2.69``, ``$0.00500``, ``$1,234.50``."""
    sign, size = _sign(value)
    return f"{sign}${_to_digits(size, CENT_PLACES, 3):,f}"


def percentage(share: Decimal) -> str:
    """A share of one as a percentage: ``53.3%``, ``80%``, ``0.25%``."""
    sign, size = _sign(share * 100)
    if size == size.to_integral_value():
        return f"{sign}{size:,.0f}%"
    return f"{sign}{_to_digits(size, 1, 2):,f}%"


def chance(value: Decimal) -> str:
    """An operand of a working that is a chance: exact, or six significant digits: ``0.35``, ``0.480704``."""
    return f"{_to_digits(value, 0, 6).normalize(_WIDE):f}"


def plain_multiple(value: Decimal) -> str:
    """A multiple without its sign, at most two decimals: ``5``, ``8.33``, ``3.4``."""
    rounded = _rounded(value, 2).normalize()
    return f"{rounded:,f}"


def multiple(value: Decimal) -> str:
    """A multiple: ``5×``, ``8.33×``."""
    return f"{plain_multiple(value)}×"


def count(value: Decimal | int) -> str:
    """A number of tokens, requests or reads: ``1,500``; a fraction of a token to one decimal, ``666.7``."""
    exact = Decimal(value)
    if exact == exact.to_integral_value():
        return f"{exact:,.0f}"
    return f"{_rounded(exact, 1):,f}"


def some(number: Decimal | int, noun: str, several: str = "") -> str:
    """``1 figure``, ``3 figures``; ``several`` is what more than one are called, where an s is not enough."""
    return f"{number} {noun}" if number == 1 else f"{number} {several or f'{noun}s'}"


def result(value: Decimal, show: Callable[[Decimal], str]) -> str:
    """The end of a working: ``= $2.50`` where the display is exact, ``≈ $2.69`` where it was rounded."""
    text = show(value)
    number = Decimal(text.strip("$%×\u2212").lstrip("$").replace(",", ""))
    shown = number / 100 if text.endswith("%") else number
    return f"{'=' if shown == value.copy_abs() else '≈'} {text}"
