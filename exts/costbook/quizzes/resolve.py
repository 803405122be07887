"""A quiz resolved: every combination drawn, every variant verified, in an order that a seed picks from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, zip_longest

from costbook.assessment.generator import SplitMix64, seed_of
from costbook.assessment.items import Choice, ComputedChoice, Item, Quiz, Slot
from costbook.assessment.rich import to_plain
from costbook.questions import Unanswerable
from costbook.quizzes.bodies import draw, make
from costbook.quizzes.drawing import Drawn, draws
from costbook.quizzes.guarantee import REMEDIES, Reason, Rejected, check_ties
from costbook.quizzes.keys import Worlds
from costbook.quizzes.reads import Reader, Reads, digest_of
from costbook.quizzes.resolved import (
    Body,
    ChoiceBody,
    Chosen,
    Excluded,
    MultipleBody,
    ResolvedQuiz,
    ResolvedSlot,
    Variant,
)
from costbook.quizzes.texts import Asker, Silent
from costbook.world import World

SCHEME = "1"
"""Raised when the same code would give another variant than before."""


@dataclass(frozen=True, slots=True)
class TooFew:
    """An item of which fewer variants remain than it needs."""

    item: str
    remaining: int
    needed: int
    excluded: tuple[Excluded, ...]

    def __str__(self) -> str:
        drawn = self.remaining + sum(one.count for one in self.excluded)
        said = f"item {self.item!r}: {self.remaining} of {drawn} variants keep the guarantee, {self.needed} are needed."
        if self.excluded:
            commonest = max(self.excluded, key=lambda one: one.count)
            said += f" Commonest reason ({commonest.count}): {commonest.reason}, for example {commonest.example}."
            return f"{said} To mend it, {REMEDIES[Reason(commonest.reason)]}; or lower `variants`"
        return f"{said} Add values to its parameters, or lower `variants`"


class Unresolvable(Unanswerable):
    """Some items have too few variants that keep the guarantee."""

    def __init__(self, quiz: str, items: Sequence[TooFew]) -> None:
        super().__init__("; ".join(map(str, items)))
        self.quiz, self.items = quiz, tuple(items)


@dataclass(frozen=True, slots=True)
class Pool:
    """The verified variants of an item in the author's order, and what was left out."""

    item: Item
    variants: tuple[Variant, ...]
    excluded: tuple[Excluded, ...]


def verify(item: Item, worlds: Worlds) -> Pool:
    """Draw every combination of an item's parameters and keep the variants that keep the guarantee."""
    variants: list[Variant] = []
    twins: set[tuple[str, str]] = set()
    reasons: Counter[Reason] = Counter()
    examples: dict[Reason, str] = {}
    for drawn in draws(item):
        values = ", ".join(f"{name} {value}" for name, value in drawn.items())
        try:
            variant = _variant(item, worlds, drawn)
            look = to_plain(variant.stem), to_plain(variant.solution)
            if look in twins:
                raise Rejected(Reason.TWIN, look[0][:60])
        except Silent as silent:
            reason, detail = Reason.SILENT, str(silent)
        except Rejected as rejected:
            reason, detail = rejected.reason, rejected.detail
        else:
            twins.add(look)
            variants.append(variant)
            continue
        reasons[reason] += 1
        examples.setdefault(reason, f"{values}: {detail}" if values else detail)
    excluded = tuple(Excluded(item.id, reason.value, number, examples[reason]) for reason, number in reasons.items())
    return Pool(item, tuple(variants), excluded)


def _variant(item: Item, worlds: Worlds, drawn: Drawn) -> Variant:
    drawing = draw(item, worlds, drawn)
    stem = drawing.text(item.stem)
    hint = drawing.text(item.hint) if item.hint else None
    made = make(item, drawing)
    check_ties(drawing.asked, worlds.true)
    return Variant(
        item=item.id,
        kind=item.kind,
        objective=item.objective,
        level=item.level,
        process=item.process,
        points=item.points,
        minutes=item.minutes,
        stem=stem,
        hint=hint,
        body=made.body,
        solution=made.solution,
        verdict=made.verdict,
        values=tuple(drawing.drawn.items()),
    )


def resolve(quiz: Quiz, world: World, secret: bytes | None = None) -> tuple[ResolvedQuiz, Reads]:
    """A quiz with everything drawn, asked and verified, and what it was resolved from.

    The same quiz, world and secret give the same variants in the same order on any machine.

    Raises:
        Unresolvable: where an item has too few variants that keep the guarantee.
    """
    reader = Reader(world)
    worlds = Worlds(Asker(reader.world))
    pools = [[verify(item, worlds) for item in slot.items] for slot in quiz.slots]
    few = [
        TooFew(pool.item.id, len(pool.variants), pool.item.variants, pool.excluded)
        for slot in pools
        for pool in slot
        if len(pool.variants) < pool.item.variants
    ]
    if few:
        raise Unresolvable(quiz.id, few)
    objectives = tuple(reader.world.objectives[one] for one in quiz.objectives)
    reads = reader.reads()
    digest = digest_of("\n".join((SCHEME, quiz.source, reads.economic)))
    seats = accumulate((isinstance(slot.first, Choice | ComputedChoice) for slot in quiz.slots), initial=0)
    found = ResolvedQuiz(quiz, objectives, world.edition.serial, world.edition.as_of, digest, secret, ())
    seated = zip(quiz.slots, pools, seats, strict=False)  # there is one seat more, after the last slot
    return replace(found, slots=tuple(_slot(slot, of_slot, seat, found) for slot, of_slot, seat in seated)), reads


def _slot(slot: Slot, pools: Sequence[Pool], seat: int, quiz: ResolvedQuiz) -> ResolvedSlot:
    """The variants of a slot in order of seed; siblings take turns, and the key takes each seat in turn."""
    ordered = [
        _by_verdict(SplitMix64(seed_of("pool", pool.item.id, secret=quiz.secret)).shuffled(pool.variants))
        for pool in pools
    ]
    variants = [
        replace(variant, body=_seated(variant, seat + seed, quiz.secret), code=quiz.code(seed))
        for seed, variant in enumerate(_in_turn(ordered))
    ]
    shipped = sum(min(item.variants, len(pool.variants)) for item, pool in zip(slot.items, pools, strict=True))
    return ResolvedSlot(tuple(variants), shipped, tuple(one for pool in pools for one in pool.excluded))


def _by_verdict(variants: Sequence[Variant]) -> tuple[Variant, ...]:
    """Variants in an order in which verdicts take turns: otherwise a retry may never bring the other one."""
    kinds: dict[str, list[Variant]] = {}
    for variant in variants:
        kinds.setdefault(variant.verdict, []).append(variant)
    return tuple(_in_turn(list(kinds.values())))


def _in_turn(pools: Sequence[Sequence[Variant]]) -> Iterator[Variant]:
    """The first of each, the second of each, and so on."""
    return (variant for round_ in zip_longest(*pools) for variant in round_ if variant is not None)


def _seated(variant: Variant, seat: int, secret: bytes | None) -> Body:
    """The body with its options in the order shown: the key in a seat, the others shuffled around it."""
    body = variant.body
    if not isinstance(body, ChoiceBody | MultipleBody):
        return body
    seed = seed_of("options", variant.item, *(f"{name}={value}" for name, value in variant.values), secret=secret)
    generator = SplitMix64(seed)
    if isinstance(body, MultipleBody):
        return replace(body, options=generator.shuffled(body.options))
    key, others = body.options[0], generator.shuffled(body.options[1:])
    seats: list[Chosen] = list(others)
    seats.insert(seat % len(body.options), key)
    return replace(body, options=tuple(seats))
