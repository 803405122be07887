"""Keys: the answer to an item's question, in the unit it is asked in, and what each mistake makes of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from costbook import money
from costbook.assessment.items import AnswerUnit, Tolerance
from costbook.questions import Figure, Question, Unit
from costbook.quizzes.drawing import Drawn
from costbook.quizzes.guarantee import Reason, Rejected
from costbook.quizzes.texts import Asker, Silent, question_of
from costbook.quizzes.wrong_worlds import MISCONCEPTIONS
from costbook.world import World

MEASURES: dict[AnswerUnit, tuple[frozenset[Unit], int]] = {
    AnswerUnit.DOLLARS: (frozenset({Unit.USD, Unit.USD_PER_MTOK}), 1),
    AnswerUnit.CENTS: (frozenset({Unit.USD}), 100),
    AnswerUnit.PER_1000_CALLS: (frozenset({Unit.USD}), 1_000),
    AnswerUnit.MICRO_DOLLARS: (frozenset({Unit.USD}), 1_000_000),
    AnswerUnit.PERCENT: (frozenset({Unit.SHARE}), 100),
    AnswerUnit.TIMES: (frozenset({Unit.MULTIPLE}), 1),
    AnswerUnit.TOKENS: (frozenset({Unit.TOKENS}), 1),
    AnswerUnit.READS: (frozenset({Unit.READS}), 1),
}
"""What each unit measures, and how many of it make one of a figure's own."""

UNIT_WORDS = {
    AnswerUnit.DOLLARS: "dollars",
    AnswerUnit.CENTS: "cents",
    AnswerUnit.PER_1000_CALLS: "dollars per 1,000 calls",
    AnswerUnit.MICRO_DOLLARS: "micro-dollars (millionths of a dollar)",
    AnswerUnit.PERCENT: "percent",
    AnswerUnit.TIMES: "times",
    AnswerUnit.TOKENS: "tokens",
    AnswerUnit.READS: "reads",
}
"""Each unit as a learner reads it."""

MOST_DECIMALS = 4
"""Canvas keeps about four."""
ROUNDING = Decimal("0.05")
"""How much of the tolerance rounding the key may use up."""


@dataclass(frozen=True)
class Worlds:
    """The world, and each wrong world made from it when it is first needed."""

    true: Asker
    wrong: dict[str, Asker] = field(default_factory=dict)

    def seen_by(self, misconception: str) -> Asker:
        """The world as a mistake has it.

        Raises:
            Silent: where the mistake cannot be made in this world.
        """
        if misconception not in self.wrong:
            self.wrong[misconception] = Asker(_mistaken(misconception, self.true.world))
        return self.wrong[misconception]


def _mistaken(misconception: str, world: World) -> World:
    try:
        return MISCONCEPTIONS[misconception](world)
    except (LookupError, ArithmeticError) as error:
        raise Silent(str(error)) from None


@dataclass(frozen=True)
class Key:
    """The question of an item and its answer in the true world."""

    question: Question[Any]
    answer: Any

    @property
    def number(self) -> Decimal | None:
        """The answer's value, where it is a figure."""
        return self.answer.value if isinstance(self.answer, Figure) else None


def key_of(line: str, asker: Asker, drawn: Drawn) -> Key:
    """Put an item's question.

    Raises:
        Silent: where it has no answer.
    """
    question = question_of(line, drawn)
    return Key(question, asker.ask(question))


def unit_fault(answer: object, unit: AnswerUnit) -> str | None:
    """What is wrong with asking for an answer in a unit."""
    measured, _ = MEASURES[unit]
    if not isinstance(answer, Figure):
        return "the key of a numeric item must be a number"
    if answer.unit not in measured:
        fitting = [other.value for other, (kinds, _) in MEASURES.items() if answer.unit in kinds]
        return f"the key is in {answer.unit.value}, which {unit.value!r} does not measure; use {' or '.join(fitting)}"
    return None


def in_unit(figure: Figure, unit: AnswerUnit) -> Decimal:
    """The value of a figure in a unit, exact."""
    return figure.value * MEASURES[unit][1]


def shown(value: Decimal, tolerance: Tolerance, unit: AnswerUnit) -> Decimal:
    """The key as it is stated: as few decimals as the tolerance allows, at most four.

    Raises:
        Rejected: where it needs more.
    """
    allowed = tolerance.around(value) * ROUNDING
    for places in range(MOST_DECIMALS + 1):
        rounded = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
        if rounded == value or (rounded and abs(rounded - value) <= allowed):
            return rounded
    raise Rejected(
        Reason.DECIMALS, f"{money.exact(value).replace('$', '')} {unit.value} needs more than {MOST_DECIMALS} decimals"
    )
