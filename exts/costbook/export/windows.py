"""Windows of numbers as a middle and a tolerance, for targets that have no lower and upper end."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, localcontext
from typing import NamedTuple

from costbook.quizzes.resolved import NumericBody

EXACT = 100
"""Digits that sums and halves are worked out with, far more than any amount has."""


class Around(NamedTuple):
    """The numbers within ``tolerance`` of ``middle``, both ends inside."""

    middle: Decimal
    tolerance: Decimal


def around(low: Decimal, high: Decimal) -> Around:
    """A window from its ends."""
    with localcontext(prec=EXACT):
        return Around((low + high) / 2, (high - low) / 2)


def right(body: NumericBody) -> Iterator[Around]:
    """The windows that together are the one of the key; the first is around the key itself, which a target shows.

    There is a second one only where the key is not in the middle.
    """
    with localcontext(prec=EXACT):
        near = min(body.key - body.low, body.high - body.key)
    whole = around(body.low, body.high)
    yield Around(body.key, near)
    if near < whole.tolerance:
        yield whole
