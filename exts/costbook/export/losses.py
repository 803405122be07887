"""What a target keeps of a bank and what it loses, said before anything is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from costbook.assessment.rich import Emphasis, Inline, Link, Listing, Maths, Paragraph, Quotation, Rich
from costbook.export.bank import Bank, Banked
from costbook.quizzes.resolved import (
    ChoiceBody,
    MatchBody,
    MultipleBody,
    NumericBody,
    OpenBody,
    OrderBody,
    ShortBody,
)


class Feature(StrEnum):
    """Something a bank may have, in words that an educator reads."""

    HINT = "hints"
    OPEN_HINT = "hints of open questions"
    OPTION_FEEDBACK = "feedback per option"
    NUMBER_FEEDBACK = "feedback per wrong number"
    TEXT_FEEDBACK = "feedback per wrong text"
    SOLUTION = "worked solution"
    TOLERANCE = "tolerance of numbers"
    UNIT = "unit of numbers"
    PARTIAL_CREDIT = "partial credit of multiple choice"
    ORDER = "putting in order"
    MATCH = "matching"
    SHORT_TEXT = "short texts"
    OPEN = "open answers"
    RUBRIC = "rubric"
    SAMPLES = "scored samples"
    MATHS = "formulas"
    TAGS = "objective, level, edition, code and misconceptions"
    POOLS = "drawing one variant at random"
    STABLE_IDS = "updating when imported again"


class Keep(StrEnum):
    """How much of a feature a target keeps."""

    KEPT = "kept"
    PARTLY = "partly"
    LOST = "lost"


class Fate(NamedTuple):
    """What becomes of a feature in a target: how much is kept, and in words how, or what to do instead."""

    keep: Keep
    how: str


Fates = Mapping[Feature, Fate]
"""What a target does with every feature."""


@dataclass(frozen=True, slots=True)
class Loss:
    """A line of the report: a feature that a bank has, in how many of its questions, and what becomes of it."""

    feature: Feature
    questions: int
    fate: Fate


def losses(bank: Bank, fates: Fates) -> tuple[Loss, ...]:
    """The report of a bank and a target: every feature that the bank has, in the order of ``Feature``."""
    counts = dict.fromkeys(Feature, 0)
    for question in bank.questions:
        for feature in set(features(question)):
            counts[feature] += 1
    counts[Feature.TAGS] = counts[Feature.STABLE_IDS] = len(bank.questions)
    counts[Feature.POOLS] = sum(len(pool.questions) for pool in bank.pools if len(pool.questions) > 1)
    return tuple(Loss(feature, count, fates[feature]) for feature, count in counts.items() if count)


def features(question: Banked) -> Iterator[Feature]:
    """What one question has that a target may lose."""
    variant = question.variant
    yield Feature.SOLUTION
    if variant.hint is not None:
        yield Feature.OPEN_HINT if isinstance(variant.body, OpenBody) else Feature.HINT
    if has_maths(variant.stem) or has_maths(variant.solution) or (variant.hint and has_maths(variant.hint)):
        yield Feature.MATHS
    match variant.body:
        case ChoiceBody():
            yield Feature.OPTION_FEEDBACK
        case MultipleBody():
            yield from (Feature.OPTION_FEEDBACK, Feature.PARTIAL_CREDIT)
        case NumericBody(wrong=wrong):
            yield from (Feature.TOLERANCE, Feature.UNIT)
            if wrong:
                yield Feature.NUMBER_FEEDBACK
        case OrderBody():
            yield Feature.ORDER
        case MatchBody():
            yield Feature.MATCH
        case ShortBody(wrong=texts):
            yield Feature.SHORT_TEXT
            if texts:
                yield Feature.TEXT_FEEDBACK
        case OpenBody(samples=samples):
            yield from (Feature.OPEN, Feature.RUBRIC)
            if samples:
                yield Feature.SAMPLES


def has_maths(rich: Rich) -> bool:
    """Whether a text has a formula."""
    for block in rich:
        match block:
            case Paragraph(parts):
                if any(map(_maths, parts)):
                    return True
            case Listing(items):
                if any(map(has_maths, items)):
                    return True
            case Quotation(blocks):
                if has_maths(blocks):
                    return True
    return False


def _maths(part: Inline) -> bool:
    match part:
        case Maths():
            return True
        case Emphasis(parts) | Link(parts):
            return any(map(_maths, parts))
    return False
