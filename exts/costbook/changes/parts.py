"""A variant taken apart into what a learner reads: its key, distractors, feedback and stem."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Context, Decimal
from enum import Enum

from costbook.assessment.rich import Answer, Emphasis, Inline, Link, Listing, Paragraph, Quotation, Rich, to_plain
from costbook.questions.base import Side
from costbook.quizzes.keys import MOST_DECIMALS, UNIT_WORDS
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

SIDES = frozenset(side.value for side in Side)
WIDE = Context(prec=100)  # a mistake can make an amount of more digits than the default context writes


class Role(Enum):
    """What a text of an item is to a learner."""

    KEY = "key"
    DISTRACTOR = "distractor"
    FEEDBACK = "feedback"
    STEM = "stem"


@dataclass(frozen=True, slots=True)
class Part:
    """A text of a variant: the id of its option or mistake, and its number, if it is one."""

    role: Role
    label: str
    text: str
    value: Decimal | None = None
    verdicts: tuple[str, ...] = ()


def parts_of(variant: Variant) -> Iterator[Part]:
    """The parts of a variant, in the order in which a learner meets them."""
    yield _part(Role.STEM, "stem", variant.stem)
    if variant.hint is not None:
        yield _part(Role.STEM, "hint", variant.hint)
    yield from _of_body(variant.body)
    yield _part(Role.FEEDBACK, "solution", variant.solution)


def _of_body(body: Body) -> Iterator[Part]:
    match body:
        case ChoiceBody(options) | MultipleBody(options):
            right = [one for one in options if one.right]
            texts = sorted(to_plain(one.text) for one in right)
            verdicts = tuple(verdict for one in right for verdict in _verdicts(one.text))
            yield Part(Role.KEY, "key", "; ".join(texts), verdicts=verdicts)
            yield from (_part(Role.DISTRACTOR, one.id, one.text) for one in options if not one.right)
            yield from (_part(Role.FEEDBACK, one.id, one.feedback) for one in options)
        case NumericBody():
            unit = UNIT_WORDS[body.unit]
            yield Part(Role.KEY, "key", f"{body.key:,f} {unit}", body.key)
            for one in body.wrong:
                yield Part(Role.DISTRACTOR, one.misconception, f"{_number(one.value)} {unit}", one.value)
                yield _part(Role.FEEDBACK, one.misconception, one.feedback)
            yield _part(Role.FEEDBACK, "right", body.right)
            yield _part(Role.FEEDBACK, "otherwise", body.otherwise)
        case OrderBody():
            texts_by_id = {event.id: to_plain(event.text) for event in body.events}
            yield Part(Role.KEY, "key", "; ".join(texts_by_id[one] for one in body.order))
            yield from (_part(Role.FEEDBACK, f"{one.early} before {one.late}", one.feedback) for one in body.mistakes)
            yield _part(Role.FEEDBACK, "right", body.right)
            yield _part(Role.FEEDBACK, "otherwise", body.otherwise)
        case MatchBody():
            rights = {one.id: to_plain(one.text) for one in body.rights}
            pairs = [f"{to_plain(one.text)}: {rights.pop(one.id)}" for one in body.lefts]
            yield Part(Role.KEY, "key", "; ".join(pairs))
            yield from (Part(Role.DISTRACTOR, one, text) for one, text in sorted(rights.items()))
            yield from (_part(Role.FEEDBACK, one.id, one.feedback) for one in body.lefts)
            yield _part(Role.FEEDBACK, "right", body.right)
        case ShortBody():
            yield Part(Role.KEY, "key", "; ".join(body.accept))
            for wrong in body.wrong:
                label = "; ".join(wrong.accept)
                yield Part(Role.DISTRACTOR, label, label)
                yield _part(Role.FEEDBACK, label, wrong.feedback)
            yield _part(Role.FEEDBACK, "right", body.right)
            yield _part(Role.FEEDBACK, "otherwise", body.otherwise)
        case OpenBody():
            yield _part(Role.KEY, "key", body.model_answer)
            yield from (_part(Role.FEEDBACK, sample.title, sample.text) for sample in body.samples)


def _number(value: Decimal) -> str:
    """A number as a key is stated: with four decimals at most."""
    places = max(-MOST_DECIMALS, int(value.as_tuple().exponent))
    return f"{value.quantize(Decimal(1).scaleb(places), context=WIDE).normalize():,f}"


def _part(role: Role, label: str, rich: Rich) -> Part:
    return Part(role, label, " ".join(to_plain(rich).split()), verdicts=tuple(_verdicts(rich)))


def _verdicts(rich: Rich) -> Iterator[str]:
    """The verdicts that a text was told: an amount of one side is no word for a side."""
    for block in rich:
        match block:
            case Paragraph(parts):
                yield from _inline_verdicts(parts)
            case Listing(items):
                for item in items:
                    yield from _verdicts(item)
            case Quotation(blocks):
                yield from _verdicts(blocks)


def _inline_verdicts(parts: tuple[Inline, ...]) -> Iterator[str]:
    for part in parts:
        if isinstance(part, Answer) and part.text in SIDES:
            yield part.text
        elif isinstance(part, Emphasis | Link):
            yield from _inline_verdicts(part.parts)
