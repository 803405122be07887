"""Small quizzes made by hand on the small world of ``tests/worlds.py``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from tests.worlds import make_world

from costbook.assessment.items import (
    AnswerUnit,
    Choice,
    ComputedChoice,
    Draw,
    Item,
    Mistake,
    Numeric,
    Option,
    Parameter,
    Quiz,
    Slot,
    Tolerance,
    Use,
)
from costbook.assessment.misconceptions import Misconception, Nature
from costbook.assessment.objectives import Level, Objective
from costbook.quizzes.resolve import resolve
from costbook.quizzes.resolved import ResolvedQuiz, ResolvedSlot, Variant
from costbook.quizzes.wrong_worlds import MISCONCEPTIONS
from costbook.world import World

OBJECTIVE = Objective("predict", "first", Level.UNDERSTAND, "inferring", "predict", "Predict it.", "It is right.")
COMMON: dict[str, Any] = {
    "objective": "predict",
    "level": Level.UNDERSTAND,
    "process": "inferring",
    "points": 1,
    "minutes": Decimal(1),
}


def quiz_world(**others: Any) -> World:
    """The small world with the words of every misconception."""
    words = {
        name: Misconception(name, Nature.WORLD, name, f"Did {name}.", f"Why {name}.", f"Look {name}.")
        for name in MISCONCEPTIONS
    }
    words["hunch"] = Misconception("hunch", Nature.BELIEF, "a hunch", "You guessed.", "It is a guess.", "Look.")
    return make_world(**{"misconceptions": words, "objectives": {"predict": OBJECTIVE}, **others})


def models(*names: str) -> Parameter:
    """A parameter ``model``."""
    return Parameter("model", Draw.MODELS, names)


def usages(*texts: str) -> Parameter:
    """A parameter ``case``."""
    return Parameter("case", Draw.USAGES, texts)


def works(*names: str) -> Parameter:
    """A parameter ``work``."""
    return Parameter("work", Draw.SCENARIOS, names)


def numbers(name: str, *values: int) -> Parameter:
    """A parameter of numbers."""
    return Parameter(name, Draw.VALUES, tuple(map(str, values)))


def mistakes(*names: str) -> tuple[Mistake, ...]:
    """Misconceptions in order of preference."""
    return tuple(map(Mistake, names))


def numeric(item_id: str = "amount", **given: Any) -> Numeric:
    """What a request costs, in dollars per 1,000 calls, within 1 %."""
    return Numeric(
        **{
            **COMMON,
            "id": item_id,
            "stem": "What do {{ case.input | count }} in and {{ case.output | count }} out cost on {{ model }}?",
            "parameters": (models("five", "six"), usages("1000+100", "2000+300")),
            "key": "bill $case on $model",
            "unit": AnswerUnit.PER_1000_CALLS,
            "tolerance": Tolerance(relative=Decimal("0.01")),
            "mistakes": mistakes("swapped-rates"),
            "otherwise": "No.",
            **given,
        }
    )


def computed(item_id: str = "which", **given: Any) -> ComputedChoice:
    """The same, with four options."""
    return ComputedChoice(
        **{
            **COMMON,
            "id": item_id,
            "stem": "What do {{ case.input | count }} in and {{ case.output | count }} out cost on {{ model }}?",
            "parameters": (models("five", "six"), usages("1000+100", "2000+300")),
            "key": "bill $case on $model",
            "mistakes": mistakes("swapped-rates", "output-at-input-rate", "per-thousand"),
            **given,
        }
    )


def choice(item_id: str = "side", **given: Any) -> Choice:
    """Which side, with its reason."""
    return Choice(
        **{
            **COMMON,
            "id": item_id,
            "stem": "{{ case.input | count }} in, {{ case.output | count }} out, {{ model }}: which side?",
            "parameters": (models("five", "six"), usages("1000+100", "2000+500")),
            "options": (
                Option("weighed", "The {side}`$case on $model` side by weight.", "Right.", True),
                Option("counted", "The {side}`$case on $model` side by count.", "Counts.", False, "counts-only"),
                Option("guessed", "Both.", "A guess.", False, "hunch"),
            ),
            **given,
        }
    )


def quiz_of(*slots: Item | Iterable[Item], **given: Any) -> Quiz:
    """A quiz; several items in one place are siblings."""
    made = tuple(Slot((one,) if isinstance(one, Item) else tuple(one)) for one in slots)
    return Quiz(
        **{
            "id": "small",
            "title": "A small quiz",
            "chapter": "first",
            "use": Use.PRACTICE,
            "minutes": 30,
            "pass_share": Decimal("0.75"),
            "pass_why": "One slip.",
            "slots": made,
            "source": "0" * 64,
            **given,
        }
    )


def resolved(*slots: Item | Iterable[Item], world: World | None = None, secret: bytes | None = None) -> ResolvedQuiz:
    """A quiz of these items, resolved."""
    return resolve(quiz_of(*slots), world or quiz_world(), secret)[0]


def slot_of(item: Item, world: World | None = None) -> ResolvedSlot:
    """The slot of one item that is content with a single variant."""
    return resolved(replace(item, variants=1), world=world).slots[0]


def drawn(slot: ResolvedSlot, **values: str) -> Variant:
    """The variant that these values were drawn for."""
    return next(one for one in slot.variants if values.items() <= dict(one.values).items())
