"""Questions about the editions of the price book: which prices each moved, and which days ahead will move some."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from costbook import money
from costbook.economy.changes import Change, between
from costbook.economy.rates import Model, NoRate, Rate, Source
from costbook.questions.base import Question
from costbook.world import Edition, World

CURRENT = "current"
"""The population that is counted: models of their own, without moving names."""


@dataclass(frozen=True, slots=True)
class PriceMove:
    """A price of a model that is another one: USD per million tokens, and where the new one was read."""

    model: str
    name: str
    change: Change
    source: Source


@dataclass(frozen=True, slots=True)
class RoleMove:
    """A house model that another one follows in its role; None where there was no such role, or is none any more."""

    role: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class Moves:
    """What is otherwise in one price book than in another: prices, and the names of models that come and go."""

    prices: tuple[PriceMove, ...] = ()
    added: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.prices or self.added or self.gone)

    def __str__(self) -> str:
        """``6 prices, 1 model added``."""
        counts = (
            (self.prices, "price", ""),
            (self.added, "model added", "models added"),
            (self.gone, "model gone", "models gone"),
        )
        return ", ".join(money.some(len(found), noun, several) for found, noun, several in counts if found)


@dataclass(frozen=True, slots=True)
class Published:
    """An edition: its day, how many models have a price in it, and what it moved; None for the first of all."""

    serial: int
    as_of: date
    models: int
    moves: Moves | None
    roles: tuple[RoleMove, ...] = ()


@dataclass(frozen=True, slots=True)
class DayAhead:
    """A day after the edition's on which prices move by themselves, because that is announced."""

    day: date
    moves: Moves


@dataclass(frozen=True, slots=True)
class History:
    """Every edition and what it moved, the latest first."""

    editions: tuple[Published, ...]


@dataclass(frozen=True, slots=True)
class Schedule:
    """Every day ahead on which an announced price begins or ends or a model is retired, the next one first."""

    days: tuple[DayAhead, ...]

    def __str__(self) -> str:
        """``2026-12-01: 6 prices, 2027-01-01: 6 prices``."""
        return ", ".join(f"{one.day}: {one.moves}" for one in self.days) or "nothing"


@dataclass(frozen=True)
class Editions(Question[History]):
    """The editions of the price book."""

    def answer(self, world: World) -> History:
        worlds = [world, *(world.in_edition(edition) for edition in world.past)]
        found = [
            _published(new, _moves(old, new), tuple(_roles(old.edition, new.edition))) for new, old in pairwise(worlds)
        ]
        return History((*found, _published(worlds[-1], None)))


@dataclass(frozen=True)
class Ahead(Question[Schedule]):
    """What is announced for the days after the edition's."""

    def answer(self, world: World) -> Schedule:
        days = sorted({day for model in world.models.values() for day in _days(model) if day > world.edition.as_of})
        worlds = [world, *(world.on(day) for day in days)]
        found = (DayAhead(new.edition.as_of, _moves(old, new)) for old, new in pairwise(worlds))
        return Schedule(tuple(one for one in found if one.moves))


def _published(world: World, moves: Moves | None, roles: tuple[RoleMove, ...] = ()) -> Published:
    edition = world.edition
    return Published(edition.serial, edition.as_of, len(world.population(CURRENT, edition.as_of)), moves, roles)


def _days(model: Model) -> Iterator[date]:
    for period in model.periods:
        yield period.start
        if isinstance(period, Rate) and period.until is not None:
            yield period.until
    if model.retired is not None:
        yield model.retired


def _moves(old: World, new: World) -> Moves:
    prices, added, gone = [], [], []
    for model_id in dict.fromkeys((*new.models, *old.models)):
        was, now = _rate(old, model_id), _rate(new, model_id)
        if was is not None and now is not None:
            name = new.models[model_id].name
            prices += [PriceMove(model_id, name, change, now.source) for change in between(was, now)]
        elif now is not None:
            added.append(new.models[model_id].name)
        elif was is not None:
            gone.append(old.models[model_id].name)
    return Moves(tuple(prices), tuple(added), tuple(gone))


def _rate(world: World, model_id: str) -> Rate | None:
    try:
        return world.models[model_id].rate_on(world.edition.as_of) if model_id in world.models else None
    except NoRate:
        return None


def _roles(old: Edition, new: Edition) -> Iterator[RoleMove]:
    for role in dict.fromkeys((*new.houses, *old.houses)):
        was, now = old.houses.get(role), new.houses.get(role)
        if was != now:
            yield RoleMove(role, was, now)
