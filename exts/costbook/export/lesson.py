"""A lesson plan as one HTML file to print: what its page on the site says, and where its numbers come from.

The file opens from a folder, fetches nothing and runs no script; it is well-formed XML as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from costbook.assessment.lessons import Lesson
from costbook.assessment.rich import Rich
from costbook.economy.rates import Source
from costbook.export import prose, rendering
from costbook.names import look_up
from costbook.questions import Question, Unanswerable
from costbook.questions.base import Figure, Verdict
from costbook.quizzes.texts import Asked, Asker, Silent, render
from costbook.world import World


def lesson_html(lesson: Lesson, world: World) -> bytes:
    """The plan of a lesson in the prices of a world.

    Raises:
        Silent: where a question in one of its texts has no answer.
        Unknown: for a chapter or objective that the world does not have.
    """
    return rendering.render(
        "lesson.html.j2",
        lesson=lesson,
        chapter=look_up(world.contents.chapters, lesson.chapter, "chapter"),
        objectives=[look_up(world.objectives, one, "objective") for one in lesson.objectives],
        edition=world.edition,
        speaker=_Speaker(_Teacher(world)),
    )


class _Teacher(Asker):
    """Asks what a lesson asks: there, as on its page, “not offered” is an answer like any other."""

    def ask(self, question: Question[Any]) -> Any:
        try:
            return question.answer(self.world)
        except (LookupError, Unanswerable, ArithmeticError) as error:
            raise Silent(str(error)) from None


@dataclass(frozen=True)
class _Speaker:
    """Says the texts of a lesson, and knows afterwards which numbers were in them."""

    asker: _Teacher
    asked: Asked = field(default_factory=list)

    def flow(self, text: str) -> Markup:
        """A text as blocks."""
        return Markup(prose.flow(self._said(text)))

    def phrase(self, text: str) -> Markup:
        """A text for a heading or a cell."""
        return Markup(prose.inline(self._said(text)))

    def plain(self, text: str) -> str:
        """A text for the title of the file."""
        return " ".join(prose.plain(self._said(text)).split())

    def numbers(self) -> tuple[Figure | Verdict, ...]:
        """Every number and verdict that was said, once, in the order of its first appearance."""
        return tuple(dict.fromkeys(answer for _, answer in self.asked if isinstance(answer, Figure | Verdict)))

    def sources(self) -> tuple[Source, ...]:
        """Where the prices behind the numbers were read, each once."""
        return tuple(dict.fromkeys(self._sources()))

    def _said(self, text: str) -> Rich:
        return render(text, self.asker, {}, {}, self.asked)

    def _sources(self) -> Iterator[Source]:
        for number in self.numbers():
            yield from number.working.sources
