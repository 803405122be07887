"""A quiz with everything drawn, asked and written out: what pages, papers and banks are made from."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from costbook.assessment.codes import Code, digest_number, quiz_number, write
from costbook.assessment.items import AnswerUnit, Quiz
from costbook.assessment.objectives import Level, Objective
from costbook.assessment.rich import Rich
from costbook.assessment.rubrics import Rubric


@dataclass(frozen=True, slots=True)
class Chosen:
    """An option as it is shown, with the feedback to whoever chooses it."""

    id: str
    text: Rich
    right: bool
    feedback: Rich
    misconception: str | None = None


@dataclass(frozen=True, slots=True)
class ChoiceBody:
    """Options in the order shown, exactly one of them right."""

    options: tuple[Chosen, ...]


@dataclass(frozen=True, slots=True)
class MultipleBody:
    """Options in the order shown, some of them right."""

    options: tuple[Chosen, ...]


@dataclass(frozen=True, slots=True)
class WrongNumber:
    """Numbers that show a mistake: ``low`` to ``high``, both inside, around ``value``."""

    misconception: str
    value: Decimal
    low: Decimal
    high: Decimal
    feedback: Rich


@dataclass(frozen=True, slots=True)
class NumericBody:
    """A number in ``unit``; right from ``low`` to ``high``, both inside. ``key`` has at most four decimals."""

    unit: AnswerUnit
    key: Decimal
    low: Decimal
    high: Decimal
    wrong: tuple[WrongNumber, ...]
    right: Rich
    otherwise: Rich


@dataclass(frozen=True, slots=True)
class Placed:
    """Something to put in order or beside something, with its id."""

    id: str
    text: Rich


@dataclass(frozen=True, slots=True)
class Early:
    """Feedback where ``early`` was put before ``late``, which has to come first."""

    early: str
    late: str
    feedback: Rich


@dataclass(frozen=True, slots=True)
class OrderBody:
    """Events in the order shown, ``order`` their ids in the right one. The first mistake made gives the feedback."""

    events: tuple[Placed, ...]
    order: tuple[str, ...]
    mistakes: tuple[Early, ...]
    right: Rich
    otherwise: Rich


@dataclass(frozen=True, slots=True)
class Left:
    """The left side of a pair, and the feedback where something else than its partner was put beside it."""

    id: str
    text: Rich
    feedback: Rich


@dataclass(frozen=True, slots=True)
class MatchBody:
    """Left sides, and right sides in the order shown; partners share an id, extra right sides have one of their own."""

    lefts: tuple[Left, ...]
    rights: tuple[Placed, ...]
    right: Rich


@dataclass(frozen=True, slots=True)
class WrongWords:
    """Folded texts (``costbook.assessment.text.folded``) that show a mistake."""

    accept: tuple[str, ...]
    feedback: Rich


@dataclass(frozen=True, slots=True)
class ShortBody:
    """Folded texts that are right, ``shown`` being the first as its author wrote it."""

    shown: str
    accept: tuple[str, ...]
    wrong: tuple[WrongWords, ...]
    right: Rich
    otherwise: Rich


@dataclass(frozen=True, slots=True)
class Sample:
    """An anchor answer: title, text, points, each score as (criterion title, points, words that earn them), and why."""

    title: str
    text: Rich
    points: int
    scores: tuple[tuple[str, int, str | None], ...]
    why: str


@dataclass(frozen=True, slots=True)
class OpenBody:
    """A text of so many words, judged with a rubric."""

    least_words: int
    most_words: int
    model_answer: Rich
    rubric: Rubric
    samples: tuple[Sample, ...]


Body: TypeAlias = ChoiceBody | MultipleBody | NumericBody | OrderBody | MatchBody | ShortBody | OpenBody


@dataclass(frozen=True)
class Variant:
    """An item with its parameters drawn. ``solution`` is the answer with its working; ``values`` are what was drawn.

    ``kind`` is the author's word. ``verdict`` is the side that the key states, where it states one. ``code`` gives this
    variant of the slot again.
    """

    item: str
    kind: str
    objective: str
    level: Level
    process: str
    points: int
    minutes: Decimal
    stem: Rich
    hint: Rich | None
    body: Body
    solution: Rich
    values: tuple[tuple[str, str], ...]
    verdict: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Excluded:
    """Drawn variants that are not used for one reason, and an example: what was drawn, and what collided."""

    item: str
    reason: str
    count: int
    example: str


@dataclass(frozen=True)
class ResolvedSlot:
    """The verified variants of a slot in order of seed, siblings taking turns; ``shipped`` of them are on the page."""

    variants: tuple[Variant, ...]
    shipped: int
    excluded: tuple[Excluded, ...]

    def variant(self, seed: int) -> Variant:
        """The variant that a seed draws."""
        return self.variants[seed % len(self.variants)]


@dataclass(frozen=True)
class ResolvedQuiz:
    """A quiz, resolved: the same for page, paper and bank. ``digest`` is what its codes stand for."""

    quiz: Quiz
    objectives: tuple[Objective, ...]
    edition: int
    as_of: date
    digest: str
    secret: bytes | None = field(repr=False)
    slots: tuple[ResolvedSlot, ...]

    def code(self, seed: int) -> str:
        """The code of the form that a seed draws: one variant of each slot."""
        return code_of(self.quiz, self.edition, self.digest, self.secret, seed)


def code_of(quiz: Quiz, edition: int, digest: str, secret: bytes | None, seed: int) -> str:
    """The code of a seed; with a secret it is private, and stands for nothing without it."""
    return write(Code(quiz_number(quiz.id), edition, secret is not None, digest_number(digest, secret), seed))
