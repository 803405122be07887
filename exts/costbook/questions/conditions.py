"""Conditions: ``QUESTION is | below | above | between VALUE [VALUE]``, or ``QUESTION below | above QUESTION``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from costbook.economy.bills import NotOffered
from costbook.names import suggestion
from costbook.questions.base import KINDS, Figure, Question, Side, Unreadable, Verdict, parse_line, text_of
from costbook.questions.bills import SideOf

if TYPE_CHECKING:
    from costbook.world import World

NUMBER = re.compile(r"\$?((?:[0-9]{1,3}(?:,[0-9]{3}){1,3}|[0-9]{1,12})(?:\.[0-9]{1,12})?)([%×]?)")
FORM = "write a condition as QUESTION is|below|above|between VALUE [VALUE], or QUESTION below|above QUESTION"


class Relation(StrEnum):
    """How an answer is compared; ``between`` has both ends inside, ``below`` and ``above`` are strict."""

    IS = "is"
    BELOW = "below"
    ABOVE = "above"
    BETWEEN = "between"


@dataclass(frozen=True, slots=True)
class Holds:
    """Whether a condition holds, and what it found."""

    ok: bool
    found: str


@dataclass(frozen=True)
class Condition:
    """A question, a relation, and numbers, a word or another question to compare its answer with."""

    question: Question[Any]
    relation: Relation
    bounds: tuple[Decimal, ...] = ()
    word: str = ""
    other: Question[Any] | None = None

    def on_page(self, model: str) -> Condition:
        """This condition with the page's model where a question names none."""
        other = self.other.on_page(model) if self.other else None
        return Condition(self.question.on_page(model), self.relation, self.bounds, self.word, other)

    @property
    def follows(self) -> bool:
        """Whether the condition is about the page's model."""
        return self.question.follows or (self.other is not None and self.other.follows)

    def check(self, world: World) -> Holds:
        """Put the question, and say whether the condition holds."""
        answer = self.question.answer(world)
        found = f"{self.question} is {text_of(answer)}"
        if self.word:
            return Holds(self._word_of(answer) == self.word, found)
        if self.other is not None:
            limit = self.other.answer(world)
            found += f", {self.other} is {text_of(limit)}"
            if not isinstance(answer, Figure) or not isinstance(limit, Figure) or answer.unit != limit.unit:
                return Holds(ok=False, found=f"{found}: not two numbers of one unit")
            return Holds(self._compare(answer.value, (limit.value,)), found)
        if not isinstance(answer, Figure):
            return Holds(ok=False, found=f"{found}: not a number")
        return Holds(self._compare(answer.value, self.bounds), found)

    @staticmethod
    def _word_of(answer: object) -> str:
        if isinstance(answer, Verdict):
            return answer.side.value
        if isinstance(answer, NotOffered):
            return "not-offered"
        return str(answer)

    def _compare(self, value: Decimal, bounds: tuple[Decimal, ...]) -> bool:
        if self.relation is Relation.BELOW:
            return value < bounds[0]
        if self.relation is Relation.ABOVE:
            return value > bounds[0]
        if self.relation is Relation.BETWEEN:
            return bounds[0] <= value <= bounds[1]
        return value == bounds[0]


def _number(text: str) -> Decimal | None:
    found = NUMBER.fullmatch(text)
    if not found:
        return None
    value = Decimal(found[1].replace(",", ""))
    return value / 100 if found[2] == "%" else value


def parse_condition(text: str) -> Condition:
    """Read a condition.

    Raises:
        Unreadable: with the form that would have been right.
    """
    words = text.split()
    relations = {relation.value for relation in Relation}
    at = next((i for i, word in enumerate(words) if i and word in relations), None)
    if at is None:
        raise Unreadable(f"{text!r} compares nothing; {FORM}")
    question, relation, rest = parse_line(" ".join(words[:at])), Relation(words[at]), words[at + 1 :]
    wanted = 2 if relation is Relation.BETWEEN else 1
    if rest and rest[0] in KINDS and relation in (Relation.BELOW, Relation.ABOVE):
        return Condition(question, relation, other=parse_line(" ".join(rest)))
    if len(rest) != wanted:
        raise Unreadable(f"{relation.value!r} needs {wanted} value{'s' if wanted > 1 else ''}; {FORM}")
    numbers = [_number(value) for value in rest]
    bounds = tuple(number for number in numbers if number is not None)
    if len(bounds) == wanted:
        if bounds != tuple(sorted(bounds)):
            raise Unreadable(f"nothing is between {rest[0]} and {rest[1]}; write the lower value first")
        return Condition(question, relation, bounds)
    if relation is Relation.IS:
        if isinstance(question, SideOf) and rest[0] not in {*Side, "not-offered"}:
            raise Unreadable(f"unknown verdict {rest[0]!r}; {suggestion(rest[0], [side.value for side in Side])}")
        return Condition(question, relation, word=rest[0])
    wrong = rest[numbers.index(None)]
    raise Unreadable(f"{wrong!r} is not a number; {FORM}")
