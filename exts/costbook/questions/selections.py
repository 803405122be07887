"""Questions whose answer is a selection: adding or removing a member changes the answer, and the pages that asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from costbook.questions import readers
from costbook.questions.base import Question, clause, subject
from costbook.world import World


class Selection(NamedTuple):
    """Ids in the order of the data."""

    ids: tuple[str, ...]

    def __str__(self) -> str:
        return ", ".join(self.ids)


@dataclass(frozen=True)
class Models(Question[Selection]):
    """Which models of a population are priced on a day."""

    kind = "models"
    population: str = subject("POPULATION", readers.name)
    at: date | None = clause("at", "DATE", readers.day)

    def answer(self, world: World) -> Selection:
        return Selection(tuple(model.id for model in world.population(self.population, world.day(self.at))))


@dataclass(frozen=True)
class Scenarios(Question[Selection]):
    """Which scenarios a set holds."""

    kind = "scenarios"
    population: str = subject("SET", readers.name)

    def answer(self, world: World) -> Selection:
        return Selection(tuple(scenario.id for scenario in world.workloads(self.population)))
