"""What an item rests on in a world: while it is the same in another, nothing has to be drawn to compare the two."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from costbook.assessment.items import ComputedChoice, Item, Numeric, Open
from costbook.assessment.misconceptions import Misconception
from costbook.assessment.text import roles
from costbook.economy.rates import Model, NoRate
from costbook.questions import KINDS, Question, Unreadable, parse_condition, parse_line
from costbook.questions.documents import EditionOf
from costbook.questions.ratios import Band, QuartileOf
from costbook.questions.readers import day
from costbook.quizzes.drawing import Drawn
from costbook.quizzes.reads import substance
from costbook.quizzes.texts import HOUSE_MODEL, substituted
from costbook.quizzes.wrong_worlds import OTHER_MODEL
from costbook.world import World

WORD = re.compile(r"[\w.:+-]+")
WHOLE_KINDS = frozenset({"band", "models", "quartile", "rates", "scenarios"})
"""Kinds whose answer rests on more of the world than the entries that they name."""
OTHER_RATIO = "another-models-ratio"


@dataclass(frozen=True)
class Named:
    """What an item names in a world; it can ask about nothing else, on the edition's day or on one that it names.

    ``words`` are those of its questions and the values of its parameters: ids, roles, and what is neither.
    """

    item: Item
    world: World
    words: tuple[str, ...]
    asked: tuple[Question[Any] | None, ...]
    misconceptions: tuple[Misconception, ...]

    @cached_property
    def models(self) -> tuple[tuple[str, Model | None], ...]:
        """Each word, and the model that it names."""
        houses, models = self.world.edition.houses, self.world.models
        return tuple((word, models.get(houses.get(word, word))) for word in self.words)

    @cached_property
    def others(self) -> tuple[str, ...]:
        """The substance of the scenarios, texts and toys that are named."""
        scenarios = [self.world.scenarios[word] for word in self.words if word in self.world.scenarios]
        texts = [self.world.texts[word] for word in self.words if word in self.world.texts]
        texts += [self.world.text(text) for scenario in scenarios for text in scenario.texts]
        toys = [self.world.toys[word] for word in self.words if word in self.world.toys]
        return tuple(map(substance, (*scenarios, *texts, *toys)))

    @cached_property
    def everything(self) -> tuple[object, ...] | None:
        """The whole price book, where a question rests on more of it than the entries that it names."""
        whole = [one for one in self.asked if one is None or one.kind in WHOLE_KINDS]
        if not whole:
            return None
        world = self.world
        # What was surveyed in price lists stays as it was counted, whatever becomes of the price book.
        surveyed = all(isinstance(one, Band | QuartileOf) and world.surveyed(one.population) for one in whole)
        if surveyed and not any(word in world.populations for word in self.words):
            return (world.survey,)
        return world.edition, *map(dict, (world.models, world.scenarios, world.sets, world.providers))

    @cached_property
    def entries(self) -> tuple[object, ...]:
        """The entries, whole: while they are the same in two worlds of one edition, so are the item's codes."""
        models = tuple((word, substance(model)) for word, model in self.models if model is not None)
        return models, self.others, self.everything

    @cached_property
    def grounds(self) -> tuple[object, ...]:
        """What the variants rest on: while it is the same in two worlds, none of them moves, but for a printed date.

        They may rest on less than this.
        """
        days = (self.world.edition.as_of, *_days(self.words))
        rubric = self.world.rubrics.get(self.item.rubric) if isinstance(self.item, Open) else None
        rates = tuple(_of_model(model, days) for _, model in self.models)
        return rates, self.others, self.everything, self.misconceptions, rubric, self.world.mtok, self.world.month


def named_by(item: Item, world: World) -> Named:
    """What an item names in a world."""
    texts = tuple(strings(item))
    misconceptions = tuple(world.misconceptions[text] for text in texts if text in world.misconceptions)
    lines = list(_lines(item, (*texts, *strings(misconceptions))))
    drawn = {parameter.name: parameter.values[0] for parameter in item.parameters}
    asked = tuple(question for line in lines for question in _questions(line, drawn))
    words = dict.fromkeys(word for line in lines for word in WORD.findall(line.text))
    words |= dict.fromkeys(value for parameter in item.parameters for value in parameter.values)
    if any(one is None or one.follows for one in asked):
        words[HOUSE_MODEL] = None
    if any(one.id == OTHER_RATIO for one in misconceptions):
        words[OTHER_MODEL] = None
    return Named(item, world, tuple(words), asked, misconceptions)


class _Line(NamedTuple):
    """A question or condition as its author wrote it; ``printed``: in a text, where it decides nothing."""

    text: str
    printed: bool
    condition: bool = False


def _lines(item: Item, texts: Iterable[str]) -> Iterator[_Line]:
    for text in texts:
        yield from (_Line(f"{one.name} {one.content}", True) for one in roles(text) if one.name in KINDS)
    if isinstance(item, ComputedChoice | Numeric):
        yield _Line(item.key, False)
    yield from (_Line(line, False, condition=True) for line in item.require)


def _questions(line: _Line, drawn: Drawn) -> Iterator[Question[Any] | None]:
    """The questions of a line with the first values drawn; None for what may ask for anything."""
    text = substituted(line.text, drawn)
    try:
        if line.condition:
            condition = parse_condition(text)
            found = [condition.question, condition.other]
        else:
            found = [parse_line(text)]
    except Unreadable:
        yield None
        return
    for one in found:
        if one is not None:
            # The edition is mostly printed; where it decides about a variant, it counts as everything.
            yield None if isinstance(one, EditionOf) and not line.printed else one


def _of_model(model: Model | None, days: tuple[date, ...]) -> tuple[object, ...] | None:
    """What a question can learn of a model: its rate on each day asked for, not where that was read."""
    if model is None:
        return None
    return (model.id, model.name, model.context, model.encoding, *(_rate_on(model, one) for one in days))


def _rate_on(model: Model, one: date) -> tuple[object, ...] | None:
    try:
        rate = model.rate_on(one)
    except NoRate:
        return None
    return rate.prices, rate.tiers, rate.start, rate.dated


def _days(words: Iterable[str]) -> Iterator[date]:
    for word in words:
        with suppress(Unreadable):
            yield day(word)


def strings(value: object) -> Iterator[str]:
    """Every text in a value, whatever it is made of."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from strings(one)
    elif is_dataclass(value):
        for one in fields(value):
            yield from strings(getattr(value, one.name))
