"""Misconceptions as wrong worlds: the same question, put to a world that works as the mistake has it.

Each function is pure and lazy: a table is seen through the mistake, and only the entries a question reads are changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import TypeAlias, TypeVar

from costbook import money
from costbook.economy.rates import Model, Prices, Rate
from costbook.economy.scenarios import Scenario
from costbook.economy.tokens import ENCODINGS
from costbook.language.chances import SOFTMAX, Combination, Distribution, Tempering
from costbook.world import World

T = TypeVar("T")
WrongWorld: TypeAlias = Callable[[World], World]

SIX_DECIMALS = Decimal("0.000001")
OTHER_MODEL = "frontier"
"""The house role whose ratio is carried over to every model."""


class Seen(Mapping[str, T]):
    """A table seen through a mistake; each entry is changed when it is first read."""

    def __init__(self, table: Mapping[str, T], change: Callable[[T], T]) -> None:
        self._table, self._change = table, change
        self._changed: dict[str, T] = {}

    def __getitem__(self, key: str) -> T:
        if key not in self._changed:
            self._changed[key] = self._change(self._table[key])
        return self._changed[key]

    def __contains__(self, key: object) -> bool:
        return key in self._table

    def __iter__(self) -> Iterator[str]:
        return iter(self._table)

    def __len__(self) -> int:
        return len(self._table)


def rates(change: Callable[[Rate], Rate]) -> WrongWorld:
    """A world in which every rate is changed."""

    def of(model: Model) -> Model:
        periods = tuple(change(one) if isinstance(one, Rate) else one for one in model.periods)
        return replace(model, periods=periods)

    return lambda world: replace(world, models=Seen(world.models, of))


def prices(change: Callable[[Prices], Prices]) -> WrongWorld:
    """A world in which every price list is changed, those of context tiers too."""

    def of(rate: Rate) -> Rate:
        tiers = tuple(replace(tier, prices=change(tier.prices)) for tier in rate.tiers)
        return replace(rate, prices=change(rate.prices), tiers=tiers)

    return rates(of)


def scenarios(change: Callable[[Scenario], Scenario]) -> WrongWorld:
    """A world in which every scenario is changed."""
    return lambda world: replace(world, scenarios=Seen(world.scenarios, change))


def _discounted(listed: Prices) -> Prices:
    """The discount for cached input on everything, output too; without a cached price there is none to spread."""
    if listed.cached is None or not listed.input:
        return listed
    share = listed.cached / listed.input
    return Prices(listed.cached, listed.output * share, listed.cached, listed.cached, listed.cached)


@dataclass(frozen=True)
class _Marginal(Rate):
    """A rate whose tiers are read like tax brackets: only the tokens above a threshold pay its price."""

    def prices_for(self, prompt_tokens: int) -> Prices:
        bounds = [0, *(tier.above for tier in self.tiers), prompt_tokens]
        lists = [self.prices, *(tier.prices for tier in self.tiers)]
        cost = Decimal(0)
        for (low, high), listed in zip(pairwise(bounds), lists, strict=True):
            cost += max(0, min(high, prompt_tokens) - low) * listed.input
        if not prompt_tokens:
            return self.prices
        return replace(self.prices, input=(cost / prompt_tokens).quantize(SIX_DECIMALS))  # so that its working reads


def _marginal(rate: Rate) -> Rate:
    return _Marginal(**{name: getattr(rate, name) for name in rate.__dataclass_fields__}) if rate.tiers else rate


def _another_ratio(world: World) -> World:
    other = world.model(OTHER_MODEL).rate_on(world.edition.as_of).prices.ratio
    return prices(lambda listed: replace(listed, output=listed.input * other))(world)


def steps(
    words: str, of: Callable[[Sequence[Decimal]], Decimal], symbols: Callable[[Sequence[str]], str]
) -> WrongWorld:
    """A world in which the chance of a path comes about otherwise from those of its steps."""
    return lambda world: replace(world, combine=Combination(of, symbols, words))


def tempering(
    of: Callable[[Distribution, Decimal], Distribution], symbols: Callable[[Distribution, str, Decimal], str]
) -> WrongWorld:
    """A world in which temperature makes something else of chances."""
    return lambda world: replace(world, temper=Tempering(of, symbols))


def _inverted(chances: Distribution, temperature: Decimal) -> Distribution:
    """``p^T`` for ``p^(1/T)``; it has no meaning at 0."""
    return SOFTMAX.of(chances, 1 / temperature)


def _inverted_symbols(chances: Distribution, one: str, temperature: Decimal) -> str:
    powers = {name: f"{money.chance(chance)}^{temperature:f}" for name, chance in chances.items()}
    return f"{powers[one]} ÷ ({' + '.join(powers.values())})"


def _not_shared_out(chances: Distribution, temperature: Decimal) -> Distribution:
    """``p^(1/T)`` without the division; it has no meaning at 0."""
    return {one: chance ** (1 / temperature) for one, chance in chances.items()}


def _words(text: str, _encoding: str) -> int:
    return len(text.split())


def _letters(text: str, _encoding: str) -> int:
    return len(text)


def _other_encoding(world: World) -> World:
    """Each encoding counts as the other one does."""
    one, other = ENCODINGS
    swapped = {one: other, other: one}
    return replace(world, count=lambda text, encoding: world.count(text, swapped.get(encoding, encoding)))


def _added(chances: Sequence[Decimal]) -> Decimal:
    return sum(chances, start=Decimal(0))


MISCONCEPTIONS: Mapping[str, WrongWorld] = {
    "swapped-rates": prices(lambda p: replace(p, input=p.output, output=p.input)),
    "output-at-input-rate": prices(lambda p: replace(p, output=p.input)),
    "counts-only": prices(lambda p: Prices(p.input, p.input, p.input, p.input, p.input)),
    "cache-billed-in-full": prices(lambda p: replace(p, cached=p.input, write=p.input, write_1h=p.input)),
    "discount-on-all": prices(_discounted),
    "write-premium-missed": prices(lambda p: replace(p, write=p.input, write_1h=p.input)),
    "input-forgotten": prices(
        lambda p: replace(p, input=Decimal(0), cached=Decimal(0), write=Decimal(0), write_1h=Decimal(0))
    ),
    "output-forgotten": prices(lambda p: replace(p, output=Decimal(0))),
    "tier-ignored": rates(lambda r: replace(r, tiers=())),
    "tiers-marginal": rates(_marginal),
    "per-thousand": lambda world: replace(world, mtok=1_000),
    "day-for-month": lambda world: replace(world, month=1),
    "requests-forgotten": scenarios(lambda s: replace(s, requests=1)),
    "words-for-tokens": lambda world: replace(world, count=_words, words_per_token=Fraction(1)),
    "letters-for-tokens": lambda world: replace(world, count=_letters),
    "other-encoding": _other_encoding,
    "rule-inverted": lambda world: replace(world, words_per_token=1 / world.words_per_token),
    "another-models-ratio": _another_ratio,
    "reasoning-forgotten": scenarios(lambda s: replace(s, usage=s.usage._replace(reasoning=0))),
    "chances-added": steps("added", _added, " + ".join),
    "chances-averaged": steps("averaged", lambda p: _added(p) / len(p), lambda p: f"({' + '.join(p)}) ÷ {len(p)}"),
    "last-step-only": steps("the last one alone", lambda p: p[-1], lambda p: p[-1]),
    "first-step-only": steps("the first one alone", lambda p: p[0], lambda p: p[0]),
    "temperature-ignored": tempering(lambda p, _: p, lambda p, one, _: money.chance(p[one])),
    "temperature-inverted": tempering(_inverted, _inverted_symbols),
    "temperature-not-shared-out": tempering(
        _not_shared_out, lambda p, one, temperature: f"{money.chance(p[one])}^(1/{temperature:f})"
    ),
    "likeliest-always": tempering(
        lambda p, _: SOFTMAX.of(p, Decimal(0)), lambda p, one, _: SOFTMAX.symbols(p, one, Decimal(0))
    ),
}
"""Each mistake by its id; ``misconceptions.yaml`` has the words."""
