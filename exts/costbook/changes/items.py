"""What moves in the items of a quiz: keys, distractors, feedback, and variants that come or go."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from decimal import Context, Decimal
from enum import Enum
from functools import cached_property
from typing import Any, NamedTuple, TypeAlias

from costbook.assessment.items import ComputedChoice, Item, Numeric, Open
from costbook.assessment.misconceptions import Misconception
from costbook.assessment.rich import Answer, Emphasis, Inline, Link, Listing, Paragraph, Quotation, Rich, to_plain
from costbook.assessment.text import roles
from costbook.changes.found import NONE
from costbook.economy.rates import Model, NoRate
from costbook.questions import KINDS, Question, Unreadable, parse_condition, parse_line
from costbook.questions.base import Side
from costbook.questions.documents import EditionOf
from costbook.questions.readers import day
from costbook.quizzes.drawing import Drawn
from costbook.quizzes.keys import MOST_DECIMALS, UNIT_WORDS, Worlds
from costbook.quizzes.reads import substance
from costbook.quizzes.resolve import Pool, verify
from costbook.quizzes.resolved import (
    Body,
    ChoiceBody,
    MatchBody,
    MultipleBody,
    NumericBody,
    OpenBody,
    OrderBody,
    ShortBody,
    Variant,
)
from costbook.quizzes.texts import HOUSE_MODEL, Asker, substituted
from costbook.quizzes.wrong_worlds import OTHER_MODEL
from costbook.world import World

Values: TypeAlias = tuple[tuple[str, str], ...]
"""What was drawn for a variant: each parameter and its value."""
WIDE = Context(prec=100)  # a mistake can make an amount of more digits than the default context writes


class Role(Enum):
    """What a text of an item is to a learner."""

    KEY = "key"
    DISTRACTOR = "distractor"
    FEEDBACK = "feedback"
    STEM = "stem"


@dataclass(frozen=True, slots=True)
class Part:
    """A text of a variant: the id of its option or mistake, and its number, if it is one."""

    role: Role
    label: str
    text: str
    value: Decimal | None = None
    verdicts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PartMoved:
    """A part that two worlds do not have alike; None where a world does not have it."""

    drawn: str
    old: Part | None
    new: Part | None

    @property
    def part(self) -> Part:
        """The part, as the new world has it where it does."""
        found = self.new or self.old
        assert found is not None
        return found

    @property
    def flips(self) -> bool:
        """Whether a verdict in it has turned."""
        return self.old is not None and self.new is not None and self.old.verdicts != self.new.verdicts

    def only(self, old_day: str, new_day: str) -> bool:
        """Whether its text differs in nothing but the edition's day."""
        if self.old is None or self.new is None or old_day == new_day:
            return False
        return self.old.text.replace(old_day, NONE) == self.new.text.replace(new_day, NONE)


@dataclass(frozen=True, slots=True)
class VariantsMoved:
    """How many verified variants an item has in each world, and why some are left out that were not."""

    before: int
    now: int
    needed: int
    why: str

    @property
    def enough(self) -> bool:
        """Whether the item can still be published."""
        return self.now >= self.needed


@dataclass(frozen=True, slots=True)
class ItemMoved:
    """What moves in one item; ``dated``: the edition's day, or its serial, in some of its texts."""

    parts: tuple[PartMoved, ...]
    variants: VariantsMoved | None
    dated: bool = False


class Shelf:
    """A world with what its quizzes have asked of it."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.worlds = Worlds(Asker(world))
        self.names: dict[str, Named] = {}

    def pool(self, item: Item) -> Pool:
        """The verified variants of an item."""
        return verify(item, self.worlds)

    def named(self, item: Item) -> Named:
        """What an item of this world names in it."""
        if item.id not in self.names:
            self.names[item.id] = named_by(item, self.world)
        return self.names[item.id]


def item_moved(old_item: Item, item: Item, old: Shelf, new: Shelf) -> ItemMoved:
    """Compare an item in two worlds, variant by variant; nothing is drawn where it cannot have moved."""
    before, now = old.named(old_item), new.named(item)
    if old_item == item and before.grounds == now.grounds:
        printed = (one for one in now.asked if isinstance(one, EditionOf))
        return ItemMoved((), None, any(one.answer(old.world) != one.answer(new.world) for one in printed))
    pools = old.pool(old_item), new.pool(item)
    was = {variant.values: variant for variant in pools[0].variants}
    parts = [part for one in pools[1].variants if one.values in was for part in _parts_moved(was[one.values], one)]
    days = [shelf.world.edition.as_of.isoformat() for shelf in (old, new)]
    moved = [part for part in parts if not part.only(*days)]
    return ItemMoved(tuple(moved), _variants_moved(*pools, new), len(moved) < len(parts))


def _variants_moved(before: Pool, now: Pool, new: Shelf) -> VariantsMoved | None:
    was = [variant.values for variant in before.variants]
    left = {variant.values for variant in now.variants}
    dropped = [values for values in was if values not in left]
    if not dropped and len(was) == len(left):
        return None
    return VariantsMoved(len(was), len(left), now.item.variants, _why(before, now, dropped, new) if dropped else "")


def _why(before: Pool, now: Pool, dropped: Sequence[Values], new: Shelf) -> str:
    """Why the first of the variants that are gone is left out, and how many more are for that reason than before."""
    grown = Counter({one.reason: one.count for one in now.excluded})
    grown.subtract({one.reason: one.count for one in before.excluded})
    alone = tuple(replace(one, values=(dict(dropped[0])[one.name],)) for one in now.item.parameters)
    # A variant that is the twin of another is left out beside that other only.
    excluded = new.pool(replace(now.item, parameters=alone)).excluded or now.excluded
    first = excluded[0]
    return f"{first.reason} ({max(1, grown[first.reason])}), for example {first.example}"


def _parts_moved(old: Variant, new: Variant) -> Iterator[PartMoved]:
    was = {(part.role, part.label): part for part in _parts(old)}
    now = {(part.role, part.label): part for part in _parts(new)}
    drawn = ", ".join(f"{name} {value}" for name, value in new.values)
    for place in dict.fromkeys((*was, *now)):
        if was.get(place) != now.get(place):
            yield PartMoved(drawn, was.get(place), now.get(place))


# --- the parts of a variant ------------------------------------------------------------------------------------------


def _parts(variant: Variant) -> Iterator[Part]:
    yield _part(Role.STEM, "stem", variant.stem)
    if variant.hint is not None:
        yield _part(Role.STEM, "hint", variant.hint)
    yield from _of_body(variant.body)
    yield _part(Role.FEEDBACK, "solution", variant.solution)


def _of_body(body: Body) -> Iterator[Part]:
    match body:
        case ChoiceBody(options) | MultipleBody(options):
            right = [one for one in options if one.right]
            texts = sorted(to_plain(one.text) for one in right)
            verdicts = tuple(verdict for one in right for verdict in _verdicts(one.text))
            yield Part(Role.KEY, "key", "; ".join(texts), verdicts=verdicts)
            yield from (_part(Role.DISTRACTOR, one.id, one.text) for one in options if not one.right)
            yield from (_part(Role.FEEDBACK, one.id, one.feedback) for one in options)
        case NumericBody():
            unit = UNIT_WORDS[body.unit]
            yield Part(Role.KEY, "key", f"{body.key:,f} {unit}", body.key)
            for one in body.wrong:
                yield Part(Role.DISTRACTOR, one.misconception, f"{_number(one.value)} {unit}", one.value)
                yield _part(Role.FEEDBACK, one.misconception, one.feedback)
            yield _part(Role.FEEDBACK, "right", body.right)
            yield _part(Role.FEEDBACK, "otherwise", body.otherwise)
        case OrderBody():
            texts_by_id = {event.id: to_plain(event.text) for event in body.events}
            yield Part(Role.KEY, "key", "; ".join(texts_by_id[one] for one in body.order))
            yield from (_part(Role.FEEDBACK, f"{one.early} before {one.late}", one.feedback) for one in body.mistakes)
            yield _part(Role.FEEDBACK, "right", body.right)
            yield _part(Role.FEEDBACK, "otherwise", body.otherwise)
        case MatchBody():
            rights = {one.id: to_plain(one.text) for one in body.rights}
            pairs = [f"{to_plain(one.text)}: {rights.pop(one.id)}" for one in body.lefts]
            yield Part(Role.KEY, "key", "; ".join(pairs))
            yield from (Part(Role.DISTRACTOR, one, text) for one, text in sorted(rights.items()))
            yield from (_part(Role.FEEDBACK, one.id, one.feedback) for one in body.lefts)
            yield _part(Role.FEEDBACK, "right", body.right)
        case ShortBody():
            yield Part(Role.KEY, "key", "; ".join(body.accept))
            for wrong in body.wrong:
                label = "; ".join(wrong.accept)
                yield Part(Role.DISTRACTOR, label, label)
                yield _part(Role.FEEDBACK, label, wrong.feedback)
            yield _part(Role.FEEDBACK, "right", body.right)
            yield _part(Role.FEEDBACK, "otherwise", body.otherwise)
        case OpenBody():
            yield _part(Role.KEY, "key", body.model_answer)
            yield from (_part(Role.FEEDBACK, sample.title, sample.text) for sample in body.samples)


def _number(value: Decimal) -> str:
    """A number as a key is stated: with four decimals at most."""
    places = max(-MOST_DECIMALS, int(value.as_tuple().exponent))
    return f"{value.quantize(Decimal(1).scaleb(places), context=WIDE).normalize():,f}"


def _part(role: Role, label: str, rich: Rich) -> Part:
    return Part(role, label, " ".join(to_plain(rich).split()), verdicts=tuple(_verdicts(rich)))


SIDES = frozenset(side.value for side in Side)


def _verdicts(rich: Rich) -> Iterator[str]:
    """The verdicts that a text was told: an amount of one side is no word for a side."""
    for block in rich:
        match block:
            case Paragraph(parts):
                yield from _inline_verdicts(parts)
            case Listing(items):
                for item in items:
                    yield from _verdicts(item)
            case Quotation(blocks):
                yield from _verdicts(blocks)


def _inline_verdicts(parts: tuple[Inline, ...]) -> Iterator[str]:
    for part in parts:
        if isinstance(part, Answer) and part.text in SIDES:
            yield part.text
        elif isinstance(part, Emphasis | Link):
            yield from _inline_verdicts(part.parts)


# --- what an item rests on -------------------------------------------------------------------------------------------

WORD = re.compile(r"[\w.:+-]+")
WHOLE_KINDS = frozenset({"band", "models", "rates", "scenarios"})
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
        """The substance of the scenarios and texts that are named."""
        scenarios = [self.world.scenarios[word] for word in self.words if word in self.world.scenarios]
        texts = [self.world.texts[word] for word in self.words if word in self.world.texts]
        texts += [self.world.text(text) for scenario in scenarios for text in scenario.texts]
        return tuple(map(substance, (*scenarios, *texts)))

    @cached_property
    def everything(self) -> tuple[object, ...] | None:
        """The whole price book, where a question rests on more of it than the entries that it names."""
        if all(one is not None and one.kind not in WHOLE_KINDS for one in self.asked):
            return None
        world = self.world
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
