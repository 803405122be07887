"""What a quiz is resolved from: while none of it changes, nothing is worked out again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from tests.quizzes.making import computed, numeric, quiz_of, quiz_world, works
from tests.worlds import CHAT, chapter, contents, model, prices, rate

from costbook.assessment.items import AnswerUnit, Quiz, Tolerance, Use
from costbook.economy.rates import Rate, Source
from costbook.names import Unknown
from costbook.quizzes.page import QuizOf
from costbook.quizzes.resolve import Unresolvable, resolve
from costbook.world import World

WORK = numeric(parameters=(numeric().parameters[0], works("chat")), key="daily $work on $model", stem="{{ model }}")


def read_of(world: World, quiz: Quiz | None = None) -> Any:
    """What a quiz was resolved from."""
    return resolve(quiz or quiz_of(numeric()), world)[1]


def cheaper(name: str) -> dict[str, Any]:
    """A world in which one model costs less."""
    world = quiz_world()
    return {
        "models": tuple(
            replace(one, periods=(rate(prices("1.00", "10.00")),)) if one.id == name else one
            for one in world.models.values()
        )
    }


def test_what_is_read_is_noted() -> None:
    entries = {(table, key) for table, key, _ in read_of(quiz_world()).entries}
    assert {one for one in entries if one[0] != "houses"} == {
        ("models", "five"), ("models", "six"), ("misconceptions", "swapped-rates"), ("objectives", "predict"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "still"),
    [
        ({}, True),
        (cheaper("long"), True),
        (cheaper("five"), False),
        (cheaper("six"), False),
        ({"scenarios": (replace(CHAT, requests=7),)}, True),
        ({"objectives": {"predict": replace(quiz_world().objectives["predict"], statement="Else.")}}, False),
        ({"misconceptions": {**quiz_world().misconceptions, "tier-ignored": None}}, True),
        (
            {
                "misconceptions": {
                    **quiz_world().misconceptions,
                    "swapped-rates": replace(quiz_world().misconceptions["swapped-rates"], why="Else."),
                }
            },
            False,
        ),
        ({"edition": replace(quiz_world().edition, as_of=date(2026, 12, 1))}, False),
        ({"edition": replace(quiz_world().edition, houses={"everyday": "five", "seed": "six"})}, True),
        ({"edition": replace(quiz_world().edition, houses={"everyday": "five", "five": "six"})}, False),
    ],
)
def test_only_a_change_of_what_was_read_matters(changed: dict[str, Any], still: bool) -> None:
    assert read_of(quiz_world()).still(quiz_world(**changed)) is still


def test_a_scenario_that_was_read_matters() -> None:
    reads = read_of(quiz_world(), quiz_of(WORK))
    assert reads.still(quiz_world())
    assert not reads.still(quiz_world(scenarios=(replace(CHAT, requests=7),)))
    assert not reads.still(quiz_world(scenarios=()))


def test_when_a_price_was_checked_does_not_matter() -> None:
    def rechecked(one: Any) -> Any:
        return (
            replace(one, source=Source("again", "https://example.org", date(2026, 11, 23)))
            if isinstance(one, Rate)
            else one
        )

    world = quiz_world()
    models = tuple(replace(one, periods=tuple(map(rechecked, one.periods))) for one in world.models.values())
    assert models != tuple(world.models.values())
    assert read_of(world).still(quiz_world(models=models))


# --- the page and its receipt ----------------------------------------------------------------------------------------


def shelf(*quizzes: Quiz, **others: Any) -> World:
    """A world with these quizzes."""
    return quiz_world(quizzes={one.id: one for one in quizzes}, contents=contents(chapter("first")), **others)


def test_a_page_carries_what_ships_and_no_more() -> None:
    page = QuizOf("small").answer(shelf(quiz_of(replace(numeric(), variants=2), computed())))
    assert [len(slot.variants) for slot in page.slots] == [2, 1]
    assert (page.points, page.minutes) == (2, Decimal(2))


def test_nothing_of_a_graded_item_leaves() -> None:
    secret = replace(numeric("hidden-item"), stem="CANARY {{ model }} {{ case }}", otherwise="CANARY")
    page = QuizOf("small").answer(shelf(quiz_of(secret, use=Use.GRADED)))
    assert page.slots == ()
    assert page.quiz.slots == ()
    assert [one.id for one in page.objectives] == ["predict"]
    question = QuizOf("small")
    for kept in (page, question.kept(page)):
        assert "CANARY" not in repr(kept)
        assert "hidden-item" not in repr(kept)


def test_a_graded_quiz_is_verified_like_any_other() -> None:
    with pytest.raises(Unresolvable, match="hard"):
        QuizOf("small").answer(shelf(quiz_of(replace(numeric("hard"), variants=9), use=Use.GRADED)))


def test_a_receipt_tells_when_the_page_has_to_be_made_anew() -> None:
    question, quiz = QuizOf("small"), quiz_of(numeric())
    world = shelf(quiz)
    receipt = question.kept(question.answer(world))
    assert question.still(receipt, world)
    assert question.kept(question.answer(shelf(quiz))) == receipt
    dearer = (*(one for one in world.models.values() if one.id != "five"), model("five", rate(prices("9.00", "9.90"))))
    moved = shelf(quiz, models=dearer)
    assert not question.still(receipt, moved)
    assert question.kept(question.answer(moved)) != receipt
    assert not question.still(receipt, shelf())


def test_an_unknown_quiz() -> None:
    with pytest.raises(Unknown, match="did you mean 'small'"):
        QuizOf("smal").answer(shelf(quiz_of(numeric())))


def test_a_whole_table_is_read_where_a_population_is_asked_for() -> None:
    item = numeric(
        parameters=(), stem="How many?", key="band 4..8 of current", unit=AnswerUnit.PERCENT,
        tolerance=Tolerance(absolute=Decimal(1)), mistakes=(),
    )  # fmt: skip
    world = quiz_world()
    reads = read_of(world, quiz_of(item))
    assert reads.still(quiz_world())
    assert not reads.still(quiz_world(models=tuple(world.models.values())[:-1]))


def test_a_page_does_not_print_what_a_marker_looks_for() -> None:
    question, quiz = QuizOf("small"), quiz_of(numeric())
    kept = question.kept(question.answer(shelf(quiz)))
    other = replace(quiz_world().objectives["predict"], evidence="It is nearly right.")
    assert question.kept(question.answer(shelf(quiz, objectives={"predict": other}))) == kept
    other = replace(other, statement="Predict something else.")
    assert question.kept(question.answer(shelf(quiz, objectives={"predict": other}))) != kept
