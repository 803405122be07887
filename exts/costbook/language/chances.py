"""Chances of next tokens: what temperature makes of them, the greedy choice, and the chance of a path.

A ``Distribution`` maps each candidate to its chance, in the order of its author. Chances are ``Decimal`` throughout:
those at temperature 1 stay exact, others have ``DIGITS`` significant digits, which every machine gives alike.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal, localcontext
from math import prod
from typing import TypeAlias

DIGITS = 50
USUAL = Decimal(1)
"""The temperature that leaves a model's own chances as they are."""
END, OTHER = "end mark", "other tokens"
"""The candidate that ends a reply, and all that are not listed, as one; neither is a token of a text."""

Distribution: TypeAlias = Mapping[str, Decimal]


def greedy(chances: Distribution) -> str:
    """The likeliest candidate; of several, the first."""
    return max(chances, key=lambda one: chances[one])


def tempered(chances: Distribution, temperature: Decimal) -> Distribution:
    """The chances at a temperature T: ``p^(1/T) ÷ sum of p^(1/T)``; at 0 the greedy choice alone has a chance.

    A model divides its logits by T before the softmax (Ackley, Hinton and Sejnowski 1985). With chances
    ``p = exp(logit) ÷ sum`` that is the power above. ``OTHER`` counts as one candidate; a model tempers each token.
    """
    if temperature == USUAL:
        return chances
    if not temperature:
        chosen = greedy(chances)
        return {one: Decimal(one == chosen) for one in chances}
    with localcontext(Context(prec=DIGITS)):
        weights = {one: chance ** (1 / temperature) for one, chance in chances.items()}
        total = sum(weights.values())
        return {one: weight / total for one, weight in weights.items()}


def _power(chances: Distribution, one: str, temperature: Decimal) -> str:
    """``0.75^(1/0.5) ÷ (0.75^(1/0.5) + 0.25^(1/0.5))``."""
    if temperature == USUAL or not temperature:
        return f"{tempered(chances, temperature)[one].normalize():f}"
    powers = {name: f"{chance.normalize():f}^(1/{temperature:f})" for name, chance in chances.items()}
    return f"{powers[one]} ÷ ({' + '.join(powers.values())})"


@dataclass(frozen=True, slots=True)
class Tempering:
    """What temperature makes of chances: in numbers, and in symbols for one of the candidates."""

    of: Callable[[Distribution, Decimal], Distribution]
    symbols: Callable[[Distribution, str, Decimal], str]


SOFTMAX = Tempering(tempered, _power)
"""Logits are divided by the temperature before they become chances."""


@dataclass(frozen=True, slots=True)
class Combination:
    """How the chances of the steps of a path become that of the path: in numbers, in symbols and in a word."""

    of: Callable[[Sequence[Decimal]], Decimal]
    symbols: Callable[[Sequence[str]], str]
    words: str


def _multiplied(steps: Sequence[Decimal]) -> Decimal:
    with localcontext(Context(prec=DIGITS)):
        return prod(steps, start=Decimal(1))


PRODUCT = Combination(_multiplied, " × ".join, "multiplied")
"""The chain rule: each step is given all before it, so the chance of the path is the product of theirs."""
