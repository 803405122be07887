"""The guarantee: what must hold for every variant that ships, and why a drawn one was left out."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from costbook.assessment.items import Tolerance
from costbook.economy.bills import NotOffered
from costbook.questions import Margin, SideOf
from costbook.quizzes.texts import Asked, Asker

NEAREST_TIE = Decimal("0.10")
"""A verdict nearer to the tie than this share of the larger side is not asked for."""


class Reason(StrEnum):
    """Why a drawn variant is left out."""

    CONDITION = "a condition of the item does not hold"
    SILENT = "a question has no answer"
    TIE = "the verdict lies within 10 % of a tie"
    DECIMALS = "the key has too many decimals in its unit"
    IN_WINDOW = "a misconception's answer lies too near the key"
    ALIKE = "two options are alike"
    TOO_FEW = "too few misconceptions give another answer"
    NO_DIFFERENCE = "a misconception changes nothing"
    TWIN = "another variant has the same stem and key"


REMEDIES = {
    Reason.CONDITION: "loosen `require`, or add values to its parameters",
    Reason.SILENT: "take another model or scenario",
    Reason.TIE: "choose counts farther from the tie",
    Reason.DECIMALS: "ask in a smaller unit, such as micro-dollars, or choose rounder counts",
    Reason.IN_WINDOW: "narrow its tolerance, or drop the misconception",
    Reason.ALIKE: "let the two texts print what tells them apart",
    Reason.TOO_FEW: "list more misconceptions, or ask for a smaller `size`",
    Reason.NO_DIFFERENCE: "let the option ask something that the mistake changes, or take a belief",
    Reason.TWIN: "let the stem print every parameter",
}
"""What to do where a reason leaves too few variants."""


class Rejected(ValueError):
    """A drawn variant that does not keep the guarantee: why, and what collided."""

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(f"{reason.value}: {detail}")
        self.reason, self.detail = reason, detail


class Window(NamedTuple):
    """The numbers that are taken for one answer; both ends are inside."""

    low: Decimal
    high: Decimal

    def meets(self, other: Window) -> bool:
        """Whether a number lies in both."""
        return self.low <= other.high and other.low <= self.high


def window(value: Decimal, tolerance: Tolerance) -> Window:
    """The numbers within a tolerance of a value."""
    around = tolerance.around(value)
    return Window(value - around, value + around)


def check_ties(asked: Asked, asker: Asker) -> None:
    """No verdict that a text or key states may be a near tie.

    Raises:
        Rejected: where one is.
    """
    for question, _ in asked:
        if isinstance(question, SideOf):
            margin = asker.ask(Margin(question.scenario, question.model, question.at))
            if not isinstance(margin, NotOffered) and margin.value < NEAREST_TIE:
                raise Rejected(Reason.TIE, f"{question} is {margin.text} from it")


def check_apart(options: Sequence[tuple[str, str]]) -> None:
    """No two options, given as (id, text), may look alike.

    Raises:
        Rejected: with both ids.
    """
    seen: dict[str, str] = {}
    for option, text in options:
        looks = " ".join(text.casefold().split())
        if looks in seen:
            raise Rejected(Reason.ALIKE, f"{seen[looks]!r} and {option!r} both say {looks[:60]!r}")
        seen[looks] = option
