"""Questions of the pages for teachers: what is assessed where, what a review deducts, where a criterion comes from.

An answer holds what its page prints and no more: the page is read again when one of these things changes, and not when
the stem of an item does. Of a graded quiz it holds how much is asked, and no item.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from costbook.assessment.items import Item, Open, Quiz, Use
from costbook.assessment.objectives import Level, Objective
from costbook.assessment.quality import Standard
from costbook.assessment.reviews import Dimension, Review, Reviewer
from costbook.assessment.rubrics import Rubric
from costbook.contents import Chapter
from costbook.questions.base import Question
from costbook.world import World

# --- which items assess what -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class QuizName:
    """A quiz as a link names it."""

    id: str
    title: str
    use: Use


@dataclass(frozen=True, slots=True)
class ItemName:
    """An item as the map names it."""

    id: str
    level: Level
    process: str


@dataclass(frozen=True, slots=True)
class Assessed:
    """What one quiz asks about one objective: questions, their points together, and the items of each question.

    Siblings share a question. ``also`` are items about another objective that touch this one. A graded quiz names none.
    """

    quiz: str
    questions: int
    points: int
    items: tuple[tuple[ItemName, ...], ...]
    also: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MappedObjective:
    """A row of the map: an objective, and what each quiz asks about it, in the order of the quizzes."""

    id: str
    verb: str
    statement: str
    level: Level
    process: str
    assessed: tuple[Assessed, ...]


@dataclass(frozen=True, slots=True)
class ChapterMap:
    """A chapter's objectives, and the quizzes that ask about any of them: checks, practice, graded ones."""

    chapter: Chapter
    quizzes: tuple[QuizName, ...]
    objectives: tuple[MappedObjective, ...]


@dataclass(frozen=True)
class ObjectivesMap(Question[tuple[ChapterMap, ...]]):
    """Chapter x objective x level x items, for every chapter that has objectives."""

    def answer(self, world: World) -> tuple[ChapterMap, ...]:
        return tuple(filter(None, (_chapter_map(world, chapter) for chapter in world.contents.chapters.values())))


def _chapter_map(world: World, chapter: Chapter) -> ChapterMap | None:
    objectives = [one for one in world.objectives.values() if one.chapter == chapter.id]
    if not objectives:
        return None
    ids = {one.id for one in objectives}
    asking = [quiz for quiz in world.quizzes.values() if any(ids & {one.objective, *one.also} for one in quiz.items)]
    quizzes = sorted(asking, key=lambda quiz: list(Use).index(quiz.use))
    return ChapterMap(
        chapter,
        tuple(map(_name, quizzes)),
        tuple(
            MappedObjective(one.id, one.verb, one.statement, one.level, one.process, _all_assessed(quizzes, one))
            for one in objectives
        ),
    )


def _name(quiz: Quiz) -> QuizName:
    return QuizName(quiz.id, quiz.title, quiz.use)


def _all_assessed(quizzes: list[Quiz], objective: Objective) -> tuple[Assessed, ...]:
    return tuple(_assessed(quiz, objective) for quiz in quizzes)


def _assessed(quiz: Quiz, objective: Objective) -> Assessed:
    slots = [slot for slot in quiz.slots if slot.first.objective == objective.id]
    named = quiz.use is not Use.GRADED
    return Assessed(
        quiz.id,
        len(slots),
        sum(slot.first.points for slot in slots),
        tuple(tuple(map(_item, slot.items)) for slot in slots) if named else (),
        tuple(one.id for one in quiz.items if objective.id in one.also) if named else (),
    )


def _item(item: Item) -> ItemName:
    return ItemName(item.id, item.level, item.process)


# --- what reviews deduct ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class QualityRubric(Question[tuple[Standard, ...]]):
    """The dimensions of the quality rubric with their levels."""

    def answer(self, world: World) -> tuple[Standard, ...]:
        return world.quality


@dataclass(frozen=True, slots=True)
class Deduction:
    """The title of a gap, and the points that it costs."""

    gap: str
    points: int


@dataclass(frozen=True, slots=True)
class ScoredReview:
    """A review with its score; ``deductions`` are the gaps of each dimension that costs points."""

    id: str
    title: str
    subject: str
    reviewer: Reviewer
    score: int
    stated: int | None
    deductions: tuple[tuple[Dimension, tuple[Deduction, ...]], ...]


@dataclass(frozen=True)
class Scores(Question[tuple[ScoredReview, ...]]):
    """Every review with its score and what it deducts."""

    def answer(self, world: World) -> tuple[ScoredReview, ...]:
        return tuple(map(_scored, world.reviews.values()))


def _scored(review: Review) -> ScoredReview:
    return ScoredReview(
        review.id,
        review.title,
        review.subject.name,
        review.reviewer,
        review.score,
        review.stated,
        tuple(
            (dimension, tuple(Deduction(gap.title, gap.impact) for gap in gaps))
            for dimension, gaps in review.deductions
        ),
    )


# --- where criteria come from ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RubricSheet:
    """A rubric; ``sources`` are the titles of the findings of its review that each criterion comes from.

    ``used_by`` are the quizzes with an open item that it judges; a graded one is not named.
    """

    rubric: Rubric
    review: str
    sources: tuple[tuple[str, ...], ...]
    used_by: tuple[QuizName, ...]


@dataclass(frozen=True)
class Rubrics(Question[tuple[RubricSheet, ...]]):
    """Every rubric with the findings that its criteria come from."""

    def answer(self, world: World) -> tuple[RubricSheet, ...]:
        return tuple(_sheet(world, rubric) for rubric in world.rubrics.values())


def _sheet(world: World, rubric: Rubric) -> RubricSheet:
    review = world.reviews[rubric.review]
    titles = {one.id: one.title for one in review.findings}
    return RubricSheet(
        rubric,
        review.title,
        tuple(tuple(titles[one] for one in criterion.findings) for criterion in rubric.criteria),
        tuple(_name(quiz) for quiz in world.quizzes.values() if quiz.use is not Use.GRADED and _judges(rubric, quiz)),
    )


def _judges(rubric: Rubric, quiz: Quiz) -> bool:
    return any(isinstance(item, Open) and item.rubric == rubric.id for item in quiz.items)


@dataclass(frozen=True, slots=True)
class Unassessed:
    """The title of a finding that no criterion comes from, and why."""

    review: str
    review_title: str
    finding: str
    because: str


@dataclass(frozen=True)
class WithoutCriterion(Question[tuple[Unassessed, ...]]):
    """The findings of every review that a learner's answer cannot show."""

    def answer(self, world: World) -> tuple[Unassessed, ...]:
        return tuple(one for review in world.reviews.values() for one in _unassessed(review))


def _unassessed(review: Review) -> Iterator[Unassessed]:
    for finding in review.findings:
        if not finding.assessable:
            yield Unassessed(review.id, review.title, finding.title, finding.because or "")
