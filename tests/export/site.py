"""How the site grades: the reference that every target is compared with, written from what its script says.

A response is what a learner gives: ids of options, a number, ids in order, ids of right sides by those of left sides,
or a text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import islice, pairwise, permutations
from typing import TypeAlias

from costbook.quizzes.resolved import (
    Body,
    ChoiceBody,
    MatchBody,
    MultipleBody,
    NumericBody,
    OrderBody,
    ShortBody,
)

Response: TypeAlias = frozenset[str] | Decimal | tuple[str, ...] | dict[str, str] | str


def fold(text: str) -> str:
    bare = "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.category(one).startswith("M"))
    bare = re.sub(r"\s+", " ", bare.lower().replace("ß", "ss"))
    return re.sub("^[ .,;:!?\"'“”‘’()]+|[ .,;:!?\"'“”‘’()]+$", "", bare)


def grade(body: Body, response: Response) -> Fraction:
    """The share of the points that a response earns."""
    match body, response:
        case (ChoiceBody(options) | MultipleBody(options), frozenset()):
            right = {one.id for one in options if one.right}
            return max(Fraction(0), Fraction(2 * len(right & response) - len(response), len(right)))
        case NumericBody(), Decimal():
            return Fraction(body.low <= response <= body.high)
        case OrderBody(order=order), tuple():
            place = {one: number for number, one in enumerate(response)}
            return Fraction(sum(place[b] == place[a] + 1 for a, b in pairwise(order)), len(order) - 1)
        case MatchBody(lefts=lefts), dict():
            return Fraction(sum(response[one.id] == one.id for one in lefts), len(lefts))
        case ShortBody(accept=accept), str():
            return Fraction(fold(response) in accept)
    raise TypeError(body)


def responses(body: Body) -> Iterator[Response]:
    """What is tried: the key first; each option; all edges and just outside; each mistake; other orders and matches."""
    match body:
        case ChoiceBody(options):
            yield from (frozenset({one.id}) for one in sorted(options, key=lambda one: not one.right))
        case MultipleBody(options):
            yield frozenset(one.id for one in options if one.right)
            for ticks in range(1, 2 ** len(options)):
                yield frozenset(one.id for bit, one in enumerate(options) if ticks >> bit & 1)
        case NumericBody(key=key, low=low, high=high, wrong=wrong):
            least = max(abs(high), Decimal(1)) * Decimal("1e-9")
            yield from (key, low, high, low - least, high + least, low - 1, high + 1)
            for one in wrong:
                yield from (one.value, one.low, one.high)
        case OrderBody(order=order):
            yield order
            yield from islice(permutations(order), 1, 720, 17)
            yield tuple(reversed(order))
            yield (*order[1:], order[0])
        case MatchBody(lefts=lefts, rights=rights):
            pairs = {one.id: one.id for one in lefts}
            yield pairs
            for left in lefts:
                for right in rights:
                    yield {**pairs, left.id: right.id}
            yield {left.id: rights[0].id for left in lefts}
        case ShortBody(accept=accept, shown=shown, wrong=wrong):
            yield shown
            yield from accept
            yield from (text.upper() for text in accept)
            yield from (text for one in wrong for text in one.accept)
            yield "something else"
