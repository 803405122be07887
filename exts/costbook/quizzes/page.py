"""What the page of a quiz prints."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from costbook.assessment.items import Quiz
from costbook.assessment.objectives import Objective
from costbook.quizzes.resolved import Variant


@dataclass(frozen=True, slots=True)
class ShownSlot:
    """The variants of a slot that the page carries, in order of seed; the first is shown before any script runs."""

    variants: tuple[Variant, ...]


@dataclass(frozen=True)
class QuizPage:
    """Everything that the page of a quiz prints; a graded quiz has no slots."""

    quiz: Quiz
    objectives: tuple[Objective, ...]
    edition: int
    as_of: date
    digest: str
    slots: tuple[ShownSlot, ...]
