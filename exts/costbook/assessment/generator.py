"""The numbers that variants are drawn with: the same everywhere and for good, which ``random`` does not promise.

SplitMix64 (Steele, Lea & Flood 2014, "Fast splittable pseudorandom number generators"), after Vigna's public-domain
``splitmix64.c``. It is for drawing, not for secrecy: what is secret is the seed.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

WORD = 1 << 64
GAMMA = 0x9E3779B97F4A7C15
FIRST, SECOND = 0xBF58476D1CE4E5B9, 0x94D049BB133111EB
SEED_BYTES = 8
BETWEEN = "\0"
"""What joins the parts of a seed: no id has it, so no two lists of ids join to the same text."""


class SplitMix64:
    """A generator of 64-bit numbers, the same for the same seed on any machine."""

    def __init__(self, seed: int) -> None:
        self._state = seed % WORD

    def next(self) -> int:
        """The next number, from 0 below 2**64."""
        self._state = (self._state + GAMMA) % WORD
        mixed = self._state
        mixed = ((mixed ^ (mixed >> 30)) * FIRST) % WORD
        mixed = ((mixed ^ (mixed >> 27)) * SECOND) % WORD
        return mixed ^ (mixed >> 31)

    def below(self, n: int) -> int:
        """A number from 0 below ``n``, each as likely as any other.

        Numbers from the last multiple of ``n`` below 2**64 on are drawn again: they would favour the low ones.

        Raises:
            ValueError: where there is no such number, or 64 bits do not reach.
        """
        if not 1 <= n <= WORD:
            raise ValueError(f"a number below {n} cannot be drawn; 1 to 2**64 can")
        end = WORD - WORD % n
        drawn = self.next()
        while drawn >= end:
            drawn = self.next()
        return drawn % n

    def shuffled(self, items: Sequence[T]) -> tuple[T, ...]:
        """The items in a drawn order, each order as likely as any other (Fisher-Yates, from the end)."""
        order = list(items)
        for last in range(len(order) - 1, 0, -1):
            other = self.below(last + 1)
            order[last], order[other] = order[other], order[last]
        return tuple(order)


def seed_of(*parts: str, secret: bytes | None = None) -> int:
    """A seed that stands for some ids: 64 bits of their SHA-256; keyed (HMAC-SHA256) where there is a secret.

    Raises:
        ValueError: for an empty secret, which would keep nothing secret.
    """
    message = BETWEEN.join(parts).encode()
    if secret is None:
        digest = hashlib.sha256(message).digest()
    elif secret:
        digest = hmac.digest(secret, message, "sha256")
    else:
        raise ValueError("the secret is empty")
    return int.from_bytes(digest[:SEED_BYTES], "big")
