"""Items about chances: keys in percent, distractors from wrong worlds, and what was drawn in the words."""

from __future__ import annotations

from decimal import Decimal

from tests.quizzes.making import computed, mistakes, numeric, quiz_of, quiz_world, resolved
from tests.worlds import TEA

from costbook.assessment.items import AnswerUnit, Draw, Parameter, Tolerance
from costbook.assessment.rich import to_plain
from costbook.quizzes.resolve import resolve
from costbook.quizzes.resolved import ChoiceBody, NumericBody
from costbook.world import World

PATHS = Parameter("path", Draw.VALUES, ("yes-please", "polite"))
HEAT = Parameter("heat", Draw.VALUES, ("0.5", "2"))
STEM = "How likely is {path}`tea/$path` at temperature {{ heat }}?"


def world() -> World:
    return quiz_world(toys={TEA.id: TEA})


def test_a_chance_is_asked_for_in_percent() -> None:
    """At 0.5: 0.9 × two thirds, and × 0.9. The mistakes: 0.75 × 0.5 = 37.5 %, two thirds, 0.9."""
    item = numeric(
        stem=STEM,
        parameters=(PATHS, HEAT),
        key="chance tea/$path with $heat",
        unit=AnswerUnit.PERCENT,
        tolerance=Tolerance(absolute=Decimal("0.2")),
        mistakes=mistakes("temperature-ignored", "last-step-only", "first-step-only"),
        variants=4,
    )
    first = resolved(item, world=world()).slots[0].variants[0]
    body = first.body
    assert isinstance(body, NumericBody)
    assert to_plain(first.stem) == "How likely is yes · ␣please at temperature 0.5?"
    assert body.key == 60
    assert [(one.misconception, round(one.value, 1)) for one in body.wrong] == [
        ("temperature-ignored", Decimal("37.5")),
        ("last-step-only", Decimal("66.7")),
        ("first-step-only", Decimal("90.0")),
    ]
    assert "Worked out that way: 0.75 × 0.5 = 37.5%." in to_plain(body.wrong[0].feedback)


def test_a_quiz_of_chances_has_no_prices() -> None:
    of_chances = computed(
        stem="How likely is {path}`tea/$path`?",
        parameters=(PATHS,),
        key="chance tea/$path",
        mistakes=mistakes("chances-added", "last-step-only", "first-step-only", "chances-averaged"),
        variants=2,
    )
    assert not resolve(quiz_of(of_chances), world())[1].priced
    assert resolve(quiz_of(of_chances, numeric()), world())[1].priced


def test_options_are_made_from_mistakes() -> None:
    item = computed(
        stem="How likely is {path}`tea/$path`?",
        parameters=(PATHS,),
        key="chance tea/$path",
        mistakes=mistakes("chances-added", "last-step-only", "first-step-only", "chances-averaged"),
        variants=2,
    )
    # Polite: 0.75 × 0.5 × 0.75; its first and its last step are as likely, so one of them gives way to the mean.
    texts = {}
    for one in resolved(item, world=world()).slots[0].variants:
        assert isinstance(one.body, ChoiceBody)
        texts[dict(one.values)["path"]] = {to_plain(option.text) for option in one.body.options}
    assert texts == {"yes-please": {"37.5%", "125%", "50%", "75%"}, "polite": {"28.1%", "200%", "75%", "66.7%"}}
