"""Questions about toys: the chance of a path and of a single step, the likeliest token, and their words."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from costbook import money
from costbook.language.chances import USUAL, Distribution, greedy
from costbook.language.toys import Tokens, Toy, beginnings, joined, shown
from costbook.names import look_up
from costbook.questions import readers
from costbook.questions.base import Figure, Question, Unanswerable, Unit, Working, clause, subject
from costbook.questions.readers import Place
from costbook.world import World

BETWEEN = " · "


def path_of(world: World, place: Place) -> Tokens:
    """The tokens of a place: none behind the prompt alone."""
    toy = world.toy(place.toy)
    return () if place.path is None else look_up(toy.paths, place.path, f"path of {toy.id}")


def step_of(toy: Toy, written: Tokens) -> Distribution:
    """The chances of the next token behind a beginning of a reply, at temperature 1."""
    if written not in toy.steps:
        raise Unanswerable(f"the toy {toy.name!r} goes no further behind {shown(written[-1])!r}")
    return toy.steps[written]


def chances_of(world: World, toy: Toy, written: Tokens, temperature: Decimal) -> Distribution:
    """The same at a temperature."""
    return world.temper.of(step_of(toy, written), temperature)


def words_of(tokens: Tokens) -> str:
    """Tokens one by one: ``Ray · -B · an``."""
    return BETWEEN.join(map(shown, tokens))


def _warm(temperature: Decimal | None) -> Decimal:
    return USUAL if temperature is None else temperature


@dataclass(frozen=True)
class Chance(Question[Figure]):
    """The chance of a whole path of a toy, at a temperature (1 where none is named). Formula: chain rule."""

    kind = "chance"
    path: Place = subject("TOY/PATH", readers.path)
    temperature: Decimal | None = clause("with", "TEMPERATURE", readers.temperature)

    def answer(self, world: World) -> Figure:
        toy, path, temperature = world.toy(self.path.toy), path_of(world, self.path), _warm(self.temperature)
        steps = [chances_of(world, toy, before, temperature)[token] for before, token in beginnings(path)]
        value = world.combine.of(steps)
        words = (
            f"the path {words_of(path)} of the toy {toy.name!r} at temperature {temperature:f}: the chance of each "
            f"token behind those before it, {world.combine.words}"
        )
        operands = [*map(money.chance, steps)]
        end = money.result(value, money.percentage)
        if any(Decimal(text) != step for text, step in zip(operands, steps, strict=True)):
            end = f"≈ {money.percentage(value)}"  # a calculator gets no further with what stands there
        symbols = f"{world.combine.symbols(operands)} {end}"
        return Figure(value, Unit.SHARE, Working(words, symbols))


@dataclass(frozen=True)
class Candidate(Question[Figure]):
    """The chance of one candidate behind a place of a toy; asked by a table of candidates."""

    place: Place = subject("TOY[/PATH]", readers.place)
    token: str = ""
    temperature: Decimal | None = clause("with", "TEMPERATURE", readers.temperature)

    def answer(self, world: World) -> Figure:
        written = path_of(world, self.place)
        return _next(world, world.toy(self.place.toy), written, self.token, _warm(self.temperature))

    def __str__(self) -> str:
        return f"{super().__str__()}: {shown(self.token)}"


@dataclass(frozen=True)
class Step(Question[Figure]):
    """The chance of the last token of a path behind those before it, at a temperature (1 where none is named)."""

    kind = "step"
    path: Place = subject("TOY/PATH", readers.path)
    temperature: Decimal | None = clause("with", "TEMPERATURE", readers.temperature)

    def answer(self, world: World) -> Figure:
        *before, token = path_of(world, self.path)
        return _next(world, world.toy(self.path.toy), tuple(before), token, _warm(self.temperature))


def _next(world: World, toy: Toy, written: Tokens, token: str, temperature: Decimal) -> Figure:
    """One chance of one step. Formula: ``p^(1/T) ÷ sum of p^(1/T)``."""
    step = step_of(toy, written)
    behind = f"behind {words_of(written)}" if written else "as the first token"
    words = f"{shown(token)} {behind} in the toy {toy.name!r}, at temperature {temperature:f}"
    value = world.temper.of(step, temperature)[token]
    symbols = f"{world.temper.symbols(step, token, temperature)} {money.result(value, money.percentage)}"
    return Figure(value, Unit.SHARE, Working(words, symbols))


@dataclass(frozen=True)
class Likeliest(Question[str]):
    """The likeliest next token behind the prompt of a toy, or behind one of its paths; a space is printed as ␣."""

    kind = "likeliest"
    place: Place = subject("TOY[/PATH]", readers.place)

    def answer(self, world: World) -> str:
        return shown(greedy(step_of(world.toy(self.place.toy), path_of(world, self.place))))


@dataclass(frozen=True)
class PathOf(Question[str]):
    """The tokens of a path of a toy, one by one; a space is printed as ␣."""

    kind = "path"
    path: Place = subject("TOY/PATH", readers.path)

    def answer(self, world: World) -> str:
        return words_of(path_of(world, self.path))


@dataclass(frozen=True)
class GreedyReply(Question[str]):
    """The text of the reply of a toy that takes the likeliest token at every step."""

    kind = "greedy"
    toy: str = subject("TOY", readers.name)

    def answer(self, world: World) -> str:
        return joined(world.toy(self.toy).greedy)


@dataclass(frozen=True)
class Candidates(Question[tuple[str, ...]]):
    """The candidates behind a place of a toy, in the order of the toy; asked by a table of candidates."""

    place: Place = subject("TOY[/PATH]", readers.place)

    def answer(self, world: World) -> tuple[str, ...]:
        return tuple(step_of(world.toy(self.place.toy), path_of(world, self.place)))
