"""Drawing: every combination of an item's parameters, as the grammar writes it and as a text prints it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from math import prod

from costbook.assessment.items import Draw, Item, Parameter
from costbook.economy.bills import Usage
from costbook.questions.readers import load
from costbook.world import World

MOST_COMBINATIONS = 10_000
"""An item of more combinations is refused when it is loaded: all of them are verified."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What a text may print of a drawn usage or scenario."""

    name: str
    input: int
    output: int
    requests: int

    def __str__(self) -> str:
        return self.name


Drawn = Mapping[str, str]
"""Parameter -> the value drawn, as the grammar writes it."""


def combinations(parameters: tuple[Parameter, ...]) -> int:
    """How many combinations there are."""
    return prod(len(parameter.values) for parameter in parameters)


def draws(item: Item) -> Iterator[Drawn]:
    """Every combination, in the author's order."""
    names = [parameter.name for parameter in item.parameters]
    for values in product(*(parameter.values for parameter in item.parameters)):
        yield dict(zip(names, values, strict=True))


def printable(parameters: tuple[Parameter, ...], drawn: Drawn, world: World) -> dict[str, object]:
    """What ``{{ name }}`` stands for: a number, a word, or counts with ``.input`` and ``.output``."""
    return {one.name: _printable(one, drawn[one.name], world) for one in parameters}


def _printable(parameter: Parameter, value: str, world: World) -> object:
    if parameter.draw is Draw.USAGES:
        usage = load(value)
        assert isinstance(usage, Usage)
        return Counts(value, usage.prompt, usage.written, 1)
    if parameter.draw is Draw.SCENARIOS:
        scenario = world.scenario(value)
        usage = scenario.usage_with(world.tokens)
        return Counts(scenario.name, usage.prompt, usage.output, scenario.requests)
    if parameter.draw is Draw.MODELS:
        return world.model(value).name
    return int(value) if value.isdigit() else value
