"""Forms of a quiz: one seed, one variant of each slot; by letter, for a student of a roster, or from a code."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import lcm
from string import ascii_uppercase

from costbook.assessment import codes
from costbook.assessment.generator import SEED_BYTES, seed_of
from costbook.export.roster import Student
from costbook.quizzes.resolved import ResolvedQuiz, Variant


class TooManyForms(ValueError):
    """More forms than the variants of a quiz can tell apart; the message says how many there are."""


@dataclass(frozen=True, slots=True)
class Form:
    """What one learner gets. ``label`` tells forms apart on paper (``A``); ``student`` is who it is for, if anybody.

    A form that is drawn again from its code has no label: the code does not tell it.
    """

    seed: int
    label: str = ""
    student: Student | None = None

    def variants(self, quiz: ResolvedQuiz) -> tuple[Variant, ...]:
        """Its questions, in the order of the quiz."""
        return tuple(slot.variant(self.seed) for slot in quiz.slots)


def different(quiz: ResolvedQuiz) -> int:
    """How many forms of a quiz differ; after as many seeds they come again."""
    return min(lcm(*(len(slot.variants) for slot in quiz.slots)), codes.MOST_SEEDS)


def lettered(quiz: ResolvedQuiz, count: int, seed: int = 0) -> tuple[Form, ...]:
    """Forms A, B, C, … of consecutive seeds: no two of them are the same.

    Raises:
        TooManyForms: where two would be.
        ValueError: for less than one, or seeds that no code can hold.
    """
    if count < 1:
        raise ValueError("at least one form is needed")
    there = different(quiz)
    if count > there:
        forms = "1 form" if there == 1 else f"{there:,} different forms"
        raise TooManyForms(f"{quiz.quiz.id} has {forms}, and {count:,} are asked for; ask for at most {there:,}")
    if not 0 <= seed <= codes.MOST_SEEDS - count:
        raise ValueError(f"the seeds of {count:,} forms begin from 0 to {codes.MOST_SEEDS - count:,}")
    return tuple(Form(seed + place, _letters(place)) for place in range(count))


def for_students(quiz: ResolvedQuiz, students: Iterable[Student]) -> tuple[Form, ...]:
    """A form for each student: the same one whoever else is on the roster, and in whatever order.

    With a secret of the quiz nobody else can work out whose form a code is.
    """
    return tuple(Form(seed_for(quiz, student.id), student=student) for student in students)


def seed_for(quiz: ResolvedQuiz, student: str) -> int:
    """The seed of a student's form, below ``codes.MOST_SEEDS``."""
    return seed_of("student", quiz.quiz.id, student, secret=quiz.secret) >> 8 * SEED_BYTES - codes.BITS["seed"]


def of_code(quiz: ResolvedQuiz, text: str) -> Form:
    """The form that a code stands for, as a person may type it.

    Raises:
        BadCode: where it is no code, or one of another quiz, edition, source or secret.
    """
    code = codes.read(text)
    if quiz.secret is not None and not code.private:
        raise codes.BadCode("a public code, and a secret is given, with which other forms are drawn; leave it out")
    codes.fits(code, quiz_id=quiz.quiz.id, edition=quiz.edition, digest_hex=quiz.digest, secret=quiz.secret)
    return Form(code.seed)


def _letters(place: int) -> str:
    """A to Z, then AA, AB and so on, as the columns of a spreadsheet."""
    before, last = divmod(place, len(ascii_uppercase))
    return (_letters(before - 1) if before else "") + ascii_uppercase[last]
