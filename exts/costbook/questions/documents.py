"""Questions about the book itself: its edition, chapters, paths, lessons and reviews."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from costbook.assessment.lessons import Lesson
from costbook.assessment.objectives import Objective
from costbook.assessment.reviews import Review
from costbook.contents import Chapter
from costbook.names import look_up
from costbook.questions import readers
from costbook.questions.base import Question, subject
from costbook.world import World


class EditionFact(StrEnum):
    """What a page may say of the edition."""

    DATE = "date"
    SERIAL = "serial"


@dataclass(frozen=True)
class EditionOf(Question[str]):
    """The edition's day or serial, as printed."""

    kind = "edition"
    fact: EditionFact = subject("date or serial", readers.one_of(EditionFact, "fact of the edition"))

    def answer(self, world: World) -> str:
        edition = world.edition
        return edition.as_of.isoformat() if self.fact is EditionFact.DATE else str(edition.serial)


@dataclass(frozen=True)
class NameOf(Question[str]):
    """The name of a model, as printed; of a house role, the model in that role in this edition."""

    kind = "name"
    model: str = subject("MODEL", readers.name)

    def answer(self, world: World) -> str:
        return world.model(self.model).name


@dataclass(frozen=True, slots=True)
class Opening:
    """The opening box of a chapter; ``minutes`` are those of its lesson in the chapter, None without a lesson."""

    chapter: Chapter
    minutes: int | None
    requires: tuple[Chapter, ...]
    helped_by: tuple[Chapter, ...]
    objectives: tuple[Objective, ...]


def _minutes(world: World, chapter: Chapter) -> int | None:
    lesson = next((lesson for lesson in world.lessons.values() if lesson.chapter == chapter.id), None)
    mode = lesson.mode("chapter") if lesson else None
    return mode.minutes if mode else None


@dataclass(frozen=True)
class OpeningOf(Question[Opening]):
    """What a chapter's opening box shows."""

    chapter: str = subject("CHAPTER", readers.name)

    def answer(self, world: World) -> Opening:
        chapters = world.contents.chapters
        chapter = look_up(chapters, self.chapter, "chapter")
        return Opening(
            chapter,
            _minutes(world, chapter),
            tuple(chapters[one] for one in chapter.requires),
            tuple(chapters[one] for one in chapter.helped_by),
            tuple(o for o in world.objectives.values() if o.chapter == chapter.id),
        )


@dataclass(frozen=True, slots=True)
class Route:
    """A path as the landing page shows it: chapters that exist, their minutes together, how many are to come."""

    title: str
    chapters: tuple[Chapter, ...]
    minutes: int
    to_come: int


@dataclass(frozen=True)
class Routes(Question[tuple[Route, ...]]):
    """The reading paths by role."""

    def answer(self, world: World) -> tuple[Route, ...]:
        contents = world.contents
        routes = []
        for path in contents.paths:
            written = contents.written(path)
            minutes = sum(_minutes(world, chapter) or 0 for chapter in written)
            routes.append(Route(path.title, written, minutes, len(path.chapters) - len(written)))
        return tuple(routes)


@dataclass(frozen=True, slots=True)
class LessonPage:
    """Everything a lesson's page prints."""

    lesson: Lesson
    chapter: Chapter
    objectives: tuple[Objective, ...]


@dataclass(frozen=True)
class LessonOf(Question[LessonPage]):
    """The lesson plan with an id."""

    lesson: str = subject("LESSON", readers.name)

    def answer(self, world: World) -> LessonPage:
        lesson = look_up(world.lessons, self.lesson, "lesson")
        return LessonPage(
            lesson,
            look_up(world.contents.chapters, lesson.chapter, "chapter"),
            tuple(world.objectives[one] for one in lesson.objectives),
        )


@dataclass(frozen=True)
class ReviewOf(Question[Review]):
    """The review with an id."""

    review: str = subject("REVIEW", readers.name)

    def answer(self, world: World) -> Review:
        return look_up(world.reviews, self.review, "review")
