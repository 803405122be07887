"""What the page of a quiz prints, and when it has to be printed anew."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from costbook.assessment.items import Quiz, Use
from costbook.assessment.objectives import Objective
from costbook.contents import Chapter, Contents
from costbook.names import look_up
from costbook.questions import Question, readers
from costbook.questions.base import subject
from costbook.quizzes.reads import Reads, digest_of
from costbook.quizzes.resolve import resolve
from costbook.quizzes.resolved import ResolvedQuiz, ResolvedSlot, Variant
from costbook.world import World


@dataclass(frozen=True, slots=True)
class ShownSlot:
    """The variants of a slot that the page carries, in order of seed; the first is shown before any script runs."""

    variants: tuple[Variant, ...]


@dataclass(frozen=True)
class QuizPage:
    """Everything that the page of a quiz prints: of an objective neither its evidence nor where it comes from.

    ``chapters`` are what the quiz is about: its chapter, or all chapters of its part.
    A graded quiz has no slots, and no item in its ``quiz`` either.
    """

    quiz: Quiz
    objectives: tuple[Objective, ...]
    chapters: tuple[Chapter, ...]
    edition: int
    as_of: date
    points: int
    minutes: Decimal
    digest: str
    slots: tuple[ShownSlot, ...]
    reads: Reads = field(repr=False, compare=False)

    @property
    def resolved(self) -> ResolvedQuiz:
        """The quiz with the variants that the page carries, for banks and papers; its codes are those of the quiz."""
        slots = tuple(ResolvedSlot(slot.variants, len(slot.variants), ()) for slot in self.slots)
        return ResolvedQuiz(self.quiz, self.objectives, self.edition, self.as_of, self.digest, None, slots)


def chapters_of(quiz: Quiz, contents: Contents) -> tuple[Chapter, ...]:
    """The chapters that a quiz is about, in reading order."""
    if quiz.part is not None:
        return contents.of_part(quiz.part)
    return () if quiz.chapter is None else (look_up(contents.chapters, quiz.chapter, "chapter"),)


def head_of(quiz: Quiz, world: World) -> QuizPage:
    """What stands above the items of a quiz: all of its page for which no item has to be drawn."""
    return QuizPage(
        replace(quiz, slots=()) if quiz.use is Use.GRADED else quiz,
        tuple(replace(world.objectives[one], evidence="", seed=None) for one in quiz.objectives),
        chapters_of(quiz, world.contents),
        world.edition.serial,
        world.edition.as_of,
        sum(slot.first.points for slot in quiz.slots),
        sum((slot.first.minutes for slot in quiz.slots), Decimal(0)),
        digest="",
        slots=(),
        reads=Reads((), ""),
    )


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the domain keeps of a page: what it was resolved from, and a digest of what it prints."""

    reads: Reads = field(compare=False)
    printed: str


@dataclass(frozen=True)
class QuizOf(Question[QuizPage]):
    """The page of the quiz with an id; a graded quiz is verified like any other, and none of its items leaves here."""

    quiz: str = subject("QUIZ", readers.name)

    def answer(self, world: World) -> QuizPage:
        """The page.

        Raises:
            Unresolvable: where an item has too few variants that keep the guarantee.
        """
        quiz = look_up(world.quizzes, self.quiz, "quiz")
        resolved, reads = resolve(quiz, world)
        head = head_of(quiz, world)
        if quiz.use is Use.GRADED:
            return replace(head, reads=reads)
        slots = tuple(ShownSlot(slot.variants[: slot.shipped]) for slot in resolved.slots)
        return replace(head, digest=resolved.digest, slots=slots, reads=reads)

    def kept(self, answer: QuizPage) -> Receipt:
        return Receipt(answer.reads, digest_of(repr(answer)))

    def still(self, kept: object, world: World) -> bool:
        return isinstance(kept, Receipt) and self.quiz in world.quizzes and kept.reads.still(world)
