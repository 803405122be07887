"""How a question is marked by hand: its answer, what each part earns, and what to say to each answer.

The same rules as on the site, in the letters and numbers that stand on a sheet.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from string import ascii_uppercase
from typing import NamedTuple

from costbook import money
from costbook.assessment.items import AnswerUnit
from costbook.assessment.rich import Rich
from costbook.export.prose import spellings
from costbook.quizzes.keys import UNIT_WORDS
from costbook.quizzes.resolved import (
    Body,
    ChoiceBody,
    MatchBody,
    MultipleBody,
    NumericBody,
    OpenBody,
    OrderBody,
    ShortBody,
    Variant,
)

FEW, EXAMPLES = 6, 3
"""Texts that a key lists where they are wanted; of more it gives some examples there, and all of them at its end."""
LETTERS = ascii_uppercase
"""What options and events are called on a sheet, in the order shown."""


def right(body: Body) -> str:
    """The right answer in one line, as it stands on a sheet that is filled in."""
    match body:
        case ChoiceBody(options) | MultipleBody(options):
            ticks = [letter for letter, one in zip(LETTERS, options, strict=False) if one.right]
            return ", ".join(ticks) or "none of them"
        case NumericBody(unit=unit, key=key, low=low, high=high):
            return f"{number(key)} {_short(unit)} ({number(low)} to {number(high)})"
        case OrderBody(events=events, order=order):
            places = ((letter, order.index(one.id) + 1) for letter, one in zip(LETTERS, events, strict=False))
            return ", ".join(f"{letter} {place}" for letter, place in places)
        case MatchBody(lefts, rights):
            letters = {one.id: letter for letter, one in zip(LETTERS, rights, strict=False)}
            return ", ".join(f"{place} {letters[one.id]}" for place, one in enumerate(lefts, start=1))
        case ShortBody(shown=shown):
            return shown
        case OpenBody(rubric=rubric):
            return f"see the rubric sheet, {money.some(rubric.points, 'point')}"


def rules(variant: Variant) -> list[str]:
    """How points are given, in words a marker can act on."""
    match variant.body:
        case ChoiceBody() | OpenBody():
            return []
        case MultipleBody(options):
            part = _part(variant.points, sum(one.right for one in options))
            return [f"Each right cross earns {part}, each wrong one costs as much; never less than nothing."]
        case NumericBody(low=low, high=high):
            return [f"Accept from {number(low)} to {number(high)}, both included, with however many decimals."]
        case OrderBody(events=events, order=order):
            letters = {one.id: letter for letter, one in zip(LETTERS, events, strict=False)}
            part = _part(variant.points, len(order) - 1)
            told = " ".join(letters[one] for one in order)
            return [f"The order is {told}. Each neighbouring pair kept in it earns {part}."]
        case MatchBody(lefts=lefts):
            return [f"Each pair earns {_part(variant.points, len(lefts))}."]
        case ShortBody():
            same = "Capitals, accents, repeated spaces and punctuation at the ends do not matter."
            texts = _readable(spellings(variant.body))
            if len(texts) > FEW:
                first = "; ".join(texts[:EXAMPLES])
                return [f"Accept, for example: {first}. All {len(texts)} texts stand at the end of this key. {same}"]
            return [f"Accept: {'; '.join(texts)}. {same}"]


def _part(points: int, parts: int) -> str:
    """An equal part of some points: ``1.5 points``, ``2/3 of a point``."""
    part = Fraction(points, max(1, parts))
    if 100 % part.denominator:
        return f"{part} of a point" if part < 1 else f"{part} points"
    return money.some(Decimal(part.numerator) / part.denominator, "point")


class Said(NamedTuple):
    """What is said to an answer, and the misconception that it shows, where it shows one that has a name."""

    answer: str
    feedback: Rich
    misconception: str = ""


def said(body: Body) -> list[Said]:
    """What is said to each answer."""
    match body:
        case ChoiceBody(options) | MultipleBody(options):
            return [
                Said(f"{letter}, right" if one.right else letter, one.feedback, one.misconception or "")
                for letter, one in zip(LETTERS, options, strict=False)
            ]
        case NumericBody(wrong=wrong, right=right, otherwise=otherwise):
            known = [Said(f"{number(one.low)} to {number(one.high)}", one.feedback, one.misconception) for one in wrong]
            return [Said("Right", right), *known, Said("Another number", otherwise)]
        case OrderBody(events=events, mistakes=mistakes, right=right, otherwise=otherwise):
            letters = {one.id: letter for letter, one in zip(LETTERS, events, strict=False)}
            early = [Said(f"{letters[one.early]} before {letters[one.late]}", one.feedback) for one in mistakes]
            return [Said("Right", right), *early, Said("Another order", otherwise)]
        case MatchBody(lefts=lefts, right=right):
            wrong_pairs = [Said(f"{place} wrong", one.feedback) for place, one in enumerate(lefts, start=1)]
            return [Said("Right", right), *wrong_pairs]
        case ShortBody(wrong=texts, right=right, otherwise=otherwise):
            mistaken = [Said(_some(one.accept), one.feedback) for one in texts]
            return [Said("Right", right), *mistaken, Said("Anything else", otherwise)]
        case OpenBody():
            return []


def _some(texts: Sequence[str]) -> str:
    """Texts, or some of them and how many more there are."""
    if len(texts) > FEW:
        return f"{'; '.join(texts[:EXAMPLES])}; and {len(texts) - EXAMPLES} more"
    return "; ".join(texts)


def _readable(texts: Sequence[str]) -> tuple[str, ...]:
    """Without those of which folding took the last parenthesis: the same text stands there with it."""
    return tuple(text for text in texts if text.count("(") <= text.count(")"))


def in_full(body: Body) -> list[tuple[str, tuple[str, ...]]]:
    """The texts of which a key gives examples, with what they are."""
    if not isinstance(body, ShortBody):
        return []
    found = [("Accept", _readable(spellings(body))), *((f"As “{one.accept[0]}”", one.accept) for one in body.wrong)]
    return [(what, texts) for what, texts in found if len(texts) > FEW]


def number(value: Decimal) -> str:
    """A number in full, without zeros at its end."""
    shown = f"{value:,f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def _short(unit: AnswerUnit) -> str:
    """A unit without its explanation."""
    return UNIT_WORDS[unit].partition(" (")[0]
