"""What moves in the items of a quiz: keys, distractors, feedback, and variants that come or go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

from costbook.assessment.items import Item
from costbook.changes.found import NONE
from costbook.changes.grounds import Named, named_by
from costbook.changes.parts import Part, parts_of
from costbook.questions.documents import EditionOf
from costbook.quizzes.keys import Worlds
from costbook.quizzes.resolve import Pool, verify
from costbook.quizzes.resolved import Variant
from costbook.quizzes.texts import Asker
from costbook.world import World

Values: TypeAlias = tuple[tuple[str, str], ...]
"""What was drawn for a variant: each parameter and its value."""


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

    def only_dated(self, old_day: str, new_day: str) -> bool:
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
    moved = [part for part in parts if not part.only_dated(*days)]
    return ItemMoved(tuple(moved), _variants_moved(*pools, new), len(moved) < len(parts))


def _variants_moved(before: Pool, now: Pool, new: Shelf) -> VariantsMoved | None:
    was = [variant.values for variant in before.variants]
    left = {variant.values for variant in now.variants}
    if set(was) == left:
        return None
    dropped = next((values for values in was if values not in left), None)
    why = "" if dropped is None else _why(before, now, dropped, new)
    return VariantsMoved(len(was), len(left), now.item.variants, why)


def _why(before: Pool, now: Pool, dropped: Values, new: Shelf) -> str:
    """Why a variant is left out that was not, and how many more than before are for that reason."""
    values = dict(dropped)
    drawn = {parameter.name: parameter.values for parameter in now.item.parameters}
    if drawn.keys() != values.keys() or any(value not in drawn[name] for name, value in values.items()):
        return "other values are drawn"
    alone = tuple(replace(one, values=(values[one.name],)) for one in now.item.parameters)
    # A variant that is the twin of another is left out beside that other only.
    first = (new.pool(replace(now.item, parameters=alone)).excluded or now.excluded)[0]
    counts = [sum(one.count for one in pool.excluded if one.reason == first.reason) for pool in (now, before)]
    return f"{first.reason} ({max(1, counts[0] - counts[1])}), for example {first.example}"


def _parts_moved(old: Variant, new: Variant) -> Iterator[PartMoved]:
    was = {(part.role, part.label): part for part in parts_of(old)}
    now = {(part.role, part.label): part for part in parts_of(new)}
    drawn = ", ".join(f"{name} {value}" for name, value in new.values)
    for place in dict.fromkeys((*was, *now)):
        if was.get(place) != now.get(place):
            yield PartMoved(drawn, was.get(place), now.get(place))
