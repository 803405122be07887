"""What the pages for teachers ask: which items assess what, what a review deducts, where a criterion comes from."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from tests.worlds import chapter, contents, make_world

from costbook.assessment.items import Choice, Item, Open, Option, Quiz, Slot, Use
from costbook.assessment.objectives import Level, Objective
from costbook.assessment.quality import Standard
from costbook.assessment.reviews import Dimension, Finding, Review, Reviewer, Subject
from costbook.assessment.rubrics import Criterion, Rubric
from costbook.questions.teaching import (
    ObjectivesMap,
    QualityRubric,
    Rubrics,
    Scores,
    WithoutCriterion,
)

if TYPE_CHECKING:
    from costbook.world import World


def objective(objective_id: str, of: str, process: str = "explaining") -> Objective:
    return Objective(objective_id, of, Level.UNDERSTAND, process, "explain", f"Explain {objective_id}.", "an account")


def choice(item_id: str, of: str, points: int = 1, **others: Any) -> Choice:
    """An item with two written options."""
    options = (Option("a", "So", "Right.", right=True), Option("b", "Not so", "Wrong."))
    given = {"level": Level.UNDERSTAND, "process": "explaining", "minutes": Decimal(1), **others}
    return Choice(id=item_id, objective=of, points=points, stem=f"Why {item_id}?", options=options, **given)


def essay(item_id: str, of: str, rubric: str) -> Open:
    """An open item that a rubric judges."""
    return Open(
        id=item_id, objective=of, level=Level.UNDERSTAND, process="explaining", points=3, minutes=Decimal(5),
        stem="Explain.", rubric=rubric, least_words=20, most_words=60, model_answer="Because.", anchors=(),
    )  # fmt: skip


def quiz(quiz_id: str, use: Use, *slots: tuple[Item, ...]) -> Quiz:
    return Quiz(quiz_id, quiz_id.title(), "first", use, 8, Decimal("0.75"), "So.", tuple(map(Slot, slots)), "0" * 64)


def finding(finding_id: str, dimension: Dimension, impact: int = 0, because: str | None = None) -> Finding:
    title = finding_id.replace("-", " ").capitalize()
    return Finding(finding_id, dimension, title, "So it is.", because is None, because, impact)


REVIEW = Review(
    "seen", "A review", external=True, subject=Subject("A sim"), reviewer=Reviewer("A peer", "peer", "2026-11-22"),
    objective="To see", verdict="Good",
    strengths=(finding("works-1", Dimension.TIME), finding("works-2", Dimension.LOAD, because="It is a legend.")),
    gaps=(
        finding("gap-1", Dimension.VARIATION, 3),
        finding("gap-2", Dimension.AMOUNTS, 2),
        finding("gap-3", Dimension.VARIATION, 1, because="It is the sim's."),
    ),
    accessibility=(), load=(), follow_ups=(), recommendation="Keep it", evidence="Read", stated=90,
)  # fmt: skip

RUBRIC = Rubric(
    "account", "An account", "seen",
    (
        Criterion("cause", "The cause", ("works-1", "gap-1"), ((2, "given"), (1, "hinted at"), (0, "missing"))),
        Criterion("amount", "The amount", ("gap-2",), ((1, "given"), (0, "missing"))),
    ),
)  # fmt: skip


@pytest.fixture
def world() -> World:
    """Two chapters with objectives, one without; a check, a practice quiz with siblings, and a graded quiz."""
    asked = (objective("first-why", "first"), objective("first-how", "first"), objective("second-why", "second"))
    quizzes = (
        quiz(
            "check",
            Use.CHECK,
            (choice("one", "first-why", 2),),
            (choice("two", "first-how", also=("first-why",)),),
        ),
        quiz(
            "practice",
            Use.PRACTICE,
            (choice("three", "first-why", 2), choice("four", "first-why", 2)),
            (choice("five", "first-why", 3, level=Level.APPLY, process="executing"),),
            (essay("six", "second-why", "account"),),
        ),
        quiz("final", Use.GRADED, (choice("secret-1", "first-why", 4),), (essay("secret-2", "second-why", "account"),)),
    )
    return make_world(
        contents=contents(chapter("first", 1, docname="book/01-first"), chapter("second", 2), chapter("third", 3)),
        objectives={one.id: one for one in asked},
        quizzes={one.id: one for one in reversed(quizzes)},
        reviews={"seen": REVIEW},
        rubrics={"account": RUBRIC},
        quality=(Standard(Dimension.TIME, "How long?", ((4, "Short"), (0, "Long"))),),
    )


def test_the_map_names_chapters_quizzes_and_items(world: World) -> None:
    first, second = ObjectivesMap().answer(world)
    assert [one.id for one in first.quizzes] == ["check", "practice", "final"]
    assert [one.id for one in first.objectives] == ["first-why", "first-how"]
    check, practice, final = first.objectives[0].assessed
    assert (check.questions, check.points, check.also) == (1, 2, ("two",))
    # Siblings are one question: 2 points for either, 3 for the other question.
    assert (practice.questions, practice.points) == (2, 5)
    assert [[item.id for item in siblings] for siblings in practice.items] == [["three", "four"], ["five"]]
    assert (practice.items[1][0].level, practice.items[1][0].process) == (Level.APPLY, "executing")
    assert (final.questions, final.points, final.items, final.also) == (1, 4, (), ())
    # The check asks nothing about the second chapter, and no quiz about the third, which has no objectives.
    assert second.chapter.id == "second"
    assert [one.id for one in second.quizzes] == ["practice", "final"]


def test_no_item_of_a_graded_quiz_is_in_an_answer(world: World) -> None:
    for question in (ObjectivesMap(), Rubrics()):
        assert "secret" not in repr(question.answer(world))
    assert [one.id for one in Rubrics().answer(world)[0].used_by] == ["practice"]


def with_check(world: World, item: Choice) -> World:
    """The world with another first item in the check."""
    check = world.quizzes["check"]
    return replace(world, quizzes={**world.quizzes, "check": replace(check, slots=(Slot((item,)), *check.slots[1:]))})


def test_the_map_moves_with_what_it_shows_and_no_more(world: World) -> None:
    before = ObjectivesMap().answer(world)
    item = choice("one", "first-why", 2)
    for other in (replace(item, stem="Another?"), replace(item, minutes=Decimal(2)), replace(item, options=())):
        assert ObjectivesMap().answer(with_check(world, other)) == before
    for other in (replace(item, id="uno"), replace(item, points=1), replace(item, also=("first-how",))):
        assert ObjectivesMap().answer(with_check(world, other)) != before
    evidence = replace(world.objectives["first-why"], evidence="another account")
    assert ObjectivesMap().answer(replace(world, objectives={**world.objectives, "first-why": evidence})) == before


def test_deductions_add_up_by_dimension(world: World) -> None:
    """100 less 3 + 1 for variation and 2 for amounts is 94; the reviewer printed 90."""
    (review,) = Scores().answer(world)
    assert (review.score, review.stated) == (94, 90)
    assert [(dimension, [gap.points for gap in gaps]) for dimension, gaps in review.deductions] == [
        (Dimension.VARIATION, [3, 1]),
        (Dimension.AMOUNTS, [2]),
    ]


def test_scores_move_with_a_deduction_and_not_with_a_text(world: World) -> None:
    before = Scores().answer(world)
    first, *others = REVIEW.gaps
    reworded = replace(REVIEW, gaps=(replace(first, text="Said otherwise."), *others))
    assert Scores().answer(replace(world, reviews={"seen": reworded})) == before
    dearer = replace(REVIEW, gaps=(replace(first, impact=4), *others))
    assert Scores().answer(replace(world, reviews={"seen": dearer}))[0].score == 93


def test_each_criterion_names_its_findings(world: World) -> None:
    (sheet,) = Rubrics().answer(world)
    assert sheet.review == "A review"
    assert list(map(list, sheet.sources)) == [["Works 1", "Gap 1"], ["Gap 2"]]
    assert sheet.rubric.points == 3


def test_a_finding_without_criterion_says_why(world: World) -> None:
    found = [(one.review, one.finding, one.because) for one in WithoutCriterion().answer(world)]
    assert found == [("seen", "Works 2", "It is a legend."), ("seen", "Gap 3", "It is the sim's.")]


def test_the_quality_rubric_is_the_worlds(world: World) -> None:
    assert [one.dimension for one in QualityRubric().answer(world)] == [Dimension.TIME]
    assert QualityRubric().answer(replace(world, quality=())) == ()
