"""How the quiz pages of the site mark answers: written anew from ``static/quiz.js``, to hold the exports against it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from costbook.assessment.rich import Rich
from costbook.quizzes.resolved import ChoiceBody, MatchBody, MultipleBody, NumericBody, OrderBody, ShortBody

PUNCTUATION = " .,;:!?\"'“”‘’()"


def ticked(body: ChoiceBody | MultipleBody, chosen: Iterable[str]) -> Fraction:
    """Right ticks less wrong ticks over the number of right options, never below nothing."""
    right = {option.id for option in body.options if option.right}
    ticks = set(chosen)
    return Fraction(max(0, 2 * len(ticks & right) - len(ticks)), len(right))


def typed(body: NumericBody, number: Decimal) -> tuple[Fraction, Rich]:
    """The part of the points for a number, and what is said to it."""
    if body.low <= number <= body.high:
        return Fraction(1), body.right
    for wrong in body.wrong:
        if wrong.low <= number <= wrong.high:
            return Fraction(0), wrong.feedback
    return Fraction(0), body.otherwise


def ordered(body: OrderBody, events: Sequence[str]) -> Fraction:
    """An equal part for each event directly after the one that it has to follow."""
    place = {event: index for index, event in enumerate(events)}
    kept = sum(place[second] == place[first] + 1 for first, second in pairwise(body.order))
    return Fraction(kept, len(body.order) - 1)


def matched(body: MatchBody, chosen: Mapping[str, str]) -> Fraction:
    """An equal part for each pair, as left id -> right id."""
    return Fraction(sum(chosen[left.id] == left.id for left in body.lefts), len(body.lefts))


def wrote(body: ShortBody, text: str) -> tuple[Fraction, Rich]:
    """The part of the points for a text, and what is said to it."""
    folded = fold(text)
    if folded in body.accept:
        return Fraction(1), body.right
    for wrong in body.wrong:
        if folded in wrong.accept:
            return Fraction(0), wrong.feedback
    return Fraction(0), body.otherwise


def fold(text: str) -> str:
    """A text without case, accents, punctuation at its ends and repeated spaces."""
    bare = "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.category(one).startswith("M"))
    return " ".join(bare.lower().replace("ß", "ss").split()).strip(PUNCTUATION)
