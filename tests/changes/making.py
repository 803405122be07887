"""Two small worlds and the pages that ask them; every page is a text, and nothing is read from a disk."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from tests.quizzes.making import OBJECTIVE, quiz_of, quiz_world
from tests.worlds import chapter, contents

from costbook.assessment.items import Item, Quiz
from costbook.changes import Impact, impact
from costbook.economy.rates import Rate
from costbook.pages import Page, page_of
from costbook.quizzes.page import QuizOf
from costbook.world import World

PAGE = "book/a.md"
QUIZ = "assessments/quizzes/small.yaml"


def world(**others: Any) -> World:
    """The small world with a chapter, an objective and the words of every misconception."""
    return quiz_world(contents=contents(chapter("first")), objectives={"predict": OBJECTIVE}, **others)


def priced(old: World, model: str, **prices: str | None) -> World:
    """A world in which the last rate of a model has other prices."""
    listed: dict[str, Any] = {part: None if price is None else Decimal(price) for part, price in prices.items()}
    found = old.models[model]
    last = found.periods[-1]
    assert isinstance(last, Rate)
    rate = replace(last, prices=replace(last.prices, **listed))
    return with_model(old, model, periods=(*found.periods[:-1], rate))


def with_model(old: World, model: str, **fields: Any) -> World:
    """A world in which a model is otherwise."""
    return replace(old, models={**old.models, model: replace(old.models[model], **fields)})


def dated(old: World, day: str, serial: int | None = None) -> World:
    """A world priced at another day."""
    edition = replace(old.edition, as_of=date.fromisoformat(day), serial=serial or old.edition.serial)
    return replace(old, edition=edition)


def with_quiz(old: World, *slots: Item | Iterable[Item], **given: Any) -> World:
    """A world with a quiz of these items, each content with one variant unless it says otherwise."""
    quiz = quiz_of(*slots, **given)
    return replace(old, quizzes={quiz.id: quiz})


def quiz_page(quiz: Quiz) -> Page:
    """The page of a quiz: item number n stands in line 10 n, at column 5."""
    above = "\n" * 9
    source = "".join(f"{above}  - id: {item.id}\n" for item in quiz.items)
    return Page("assessments/quizzes/small", QUIZ, "# A small quiz\n", source, QuizOf(quiz.id))


def moved(old: World, new: World, text: str) -> Impact:
    """What moves on one page."""
    return impact(old, new, [page_of(PAGE, text)])


def quiz_moved(old: World, new: World) -> Impact:
    """What moves on the page of the small quiz."""
    return impact(old, new, [quiz_page(new.quizzes["small"])])
