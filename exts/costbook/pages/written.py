"""The pages of YAML documents as MyST: which question each asks for its content, and the template that writes it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from costbook import money
from costbook.questions import Question
from costbook.questions.documents import LessonOf, ReviewOf
from costbook.quizzes.page import QuizOf

FOLDERS: dict[str, tuple[Callable[[str], Question[Any]], str]] = {
    "assessments/lessons": (LessonOf, "lesson.md.j2"),
    "assessments/reviews": (ReviewOf, "review.md.j2"),
    "assessments/quizzes": (QuizOf, "quiz.md.j2"),
}
"""Folder -> the question whose answer its pages print, and their template."""
QUARTERS = {0: "", 25: "¼", 50: "½", 75: "¾"}


def question_of(docname: str) -> Question[Any]:
    """The question whose answer a document's page prints."""
    path = PurePosixPath(docname)
    return FOLDERS[str(path.parent)][0](path.name)


def written(docname: str, answer: object) -> str:
    """The page of a document as MyST, from the answer to its question."""
    template = FOLDERS[str(PurePosixPath(docname).parent)][1]
    return _templates().get_template(template).render(page=answer)


def minutes(value: Decimal) -> str:
    """A time as it is read: ``1½ minutes``."""
    whole, part = divmod(int(value * 100), 100)
    number = f"{whole or ''}{QUARTERS[part]}" if part in QUARTERS and (whole or part) else f"{value:f}"
    return f"{number} minute{'s' if value > 1 else ''}"


@cache
def _templates() -> Environment:
    loader = FileSystemLoader(Path(__file__).parent / "templates")
    templates = Environment(
        loader=loader, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )
    templates.filters["line"] = lambda text: " ".join(str(text).split())
    templates.filters["minutes"] = minutes
    templates.filters["percentage"] = money.percentage
    return templates
