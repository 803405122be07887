"""Questions about the book itself: what an opening box, a path, a lesson's page and a review's page show."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from tests.worlds import ask, chapter, contents, make_world

from costbook.assessment.lessons import Activity, Lesson, Mode
from costbook.assessment.objectives import Level, Objective
from costbook.assessment.reviews import Review, Reviewer, Subject
from costbook.names import Unknown
from costbook.questions import LessonOf, OpeningOf, ReviewOf, Routes, parse_line

if TYPE_CHECKING:
    from costbook.world import World


def objective(objective_id: str, of: str) -> Objective:
    """An objective of a chapter."""
    return Objective(objective_id, of, Level.UNDERSTAND, "explaining", "explain", "Explain it.", "an account")


def lesson(of: str, **minutes: int) -> Lesson:
    """A lesson of a chapter, with the minutes of its modes."""
    activity = Activity("talk", "Talk", ("first-1",), 5, "Do", "Ask", "Expect", "Listen", "Then")
    modes = tuple(Mode(mode, mode.title(), count, ("talk",)) for mode, count in minutes.items())
    return Lesson(f"{of}-plan", of, "A plan", "Anyone", (), ("first-1",), (), (activity,), modes, ())


REVIEW = Review(
    "own-review", "A review", external=False, subject=Subject("The book"), reviewer=Reviewer("A peer", "peer"),
    objective="To see", verdict="Good", strengths=(), gaps=(), accessibility=(), load=(), follow_ups=(),
    recommendation="Keep it", evidence="Read",
)  # fmt: skip


@pytest.fixture
def library() -> World:
    """Three chapters, of which two are written and two have lessons."""
    return make_world(
        contents=contents(
            chapter("first", 1, docname="book/01-first"),
            chapter("second", 2, requires=["first"], docname="book/02-second"),
            chapter("third", 3, requires=["first", "second"]),
            paths={"Short": ["first", "second"], "Long": ["first", "second", "third"], "To come": ["third"]},
        ),
        objectives={one.id: one for one in (objective("first-1", "first"), objective("third-1", "third"),
                                            objective("first-2", "first"))},
        lessons={"first-plan": lesson("first", chapter=15, workshop=25), "third-plan": lesson("third", chapter=99)},
        reviews={"own-review": REVIEW},
    )  # fmt: skip


def test_an_opening_box_has_minutes_prerequisites_and_objectives(library: World) -> None:
    opening = OpeningOf("first").answer(library)
    assert opening.chapter.title == "First"
    assert opening.minutes == 15
    assert opening.requires == ()
    assert [one.id for one in opening.objectives] == ["first-1", "first-2"]
    after = OpeningOf("third").answer(library)
    assert [one.id for one in after.requires] == ["first", "second"]
    assert [one.id for one in after.objectives] == ["third-1"]


def test_a_chapter_without_a_lesson_has_no_minutes(library: World) -> None:
    assert OpeningOf("second").answer(library).minutes is None
    only_workshop = replace(library, lessons={"first-plan": lesson("first", workshop=25)})
    assert OpeningOf("first").answer(only_workshop).minutes is None


def test_a_path_counts_the_minutes_of_chapters_that_exist(library: World) -> None:
    routes = Routes().answer(library)
    assert [(route.title, route.minutes, route.to_come) for route in routes] == [
        ("Short", 15, 0),
        ("Long", 15, 1),  # the third chapter's 99 minutes do not count before it exists
        ("To come", 0, 1),
    ]
    assert [[one.id for one in route.chapters] for route in routes] == [["first", "second"], ["first", "second"], []]


def test_a_lessons_page_has_its_chapter_and_objectives(library: World) -> None:
    page = LessonOf("first-plan").answer(library)
    assert page.lesson.title == "A plan"
    assert page.chapter.id == "first"
    assert [one.id for one in page.objectives] == ["first-1"]


def test_a_review_is_found(library: World) -> None:
    assert ReviewOf("own-review").answer(library) is REVIEW


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (OpeningOf("frist"), "unknown chapter 'frist'; did you mean 'first'?"),
        (LessonOf("first-plna"), "unknown lesson 'first-plna'; did you mean 'first-plan'?"),
        (ReviewOf("own-reviw"), "unknown review 'own-reviw'; did you mean 'own-review'?"),
    ],
)
def test_an_unknown_document_is_answered_with_the_nearest(library: World, asked: OpeningOf, expected: str) -> None:
    with pytest.raises(Unknown) as caught:
        asked.answer(library)
    assert str(caught.value) == expected


def test_the_edition_tells_its_day_and_serial(library: World) -> None:
    assert ask(library, "edition date") == "2026-11-22"
    assert ask(library, "edition serial") == "7"


def test_a_house_role_is_named_by_the_model_it_stands_for_now(library: World) -> None:
    assert ask(library, "name seed") == "MOVED"
    later = replace(library, edition=replace(library.edition, houses={"seed": "six"}))
    assert ask(later, "name seed") == "SIX"


def test_questions_without_a_kind_are_not_in_the_grammar() -> None:
    assert str(Routes()) == "Routes"
    assert str(OpeningOf("first")) == "OpeningOf first"
    with pytest.raises(ValueError, match="unknown kind"):
        parse_line("OpeningOf first")
