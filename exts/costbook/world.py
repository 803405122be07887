"""The world: everything loaded, frozen and cross-checked, that a question can be put to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction

from costbook.assessment.items import Quiz
from costbook.assessment.lessons import Lesson
from costbook.assessment.misconceptions import Misconception
from costbook.assessment.objectives import Objective
from costbook.assessment.quality import Standard
from costbook.assessment.reviews import Review
from costbook.assessment.rubrics import Rubric
from costbook.contents import Contents
from costbook.economy.bills import MTOK, Usage
from costbook.economy.rates import Model, NoRate
from costbook.economy.ratios import Population, Survey
from costbook.economy.scenarios import Scenario, Text
from costbook.economy.tokens import DEFAULT_ENCODING, ENCODINGS, WORDS_PER_TOKEN, count_tokens
from costbook.language.chances import PRODUCT, SOFTMAX, Combination, Tempering
from costbook.language.toys import Toy
from costbook.names import Unknown, look_up, suggestion

DAYS_IN_A_MONTH = 30


@dataclass(frozen=True, slots=True)
class Edition:
    """The edition of the price book: its serial, the day it is priced at, and the house models by role."""

    serial: int
    as_of: date
    houses: Mapping[str, str]
    contrasts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Provider:
    """Who sells; ``first_party`` is False for a host of other companies' models."""

    id: str
    name: str
    pricing: str
    first_party: bool


@dataclass(frozen=True)
class World:
    """Everything a question can be put to.

    ``past`` are the editions before this one, the latest of them first.
    ``mtok`` (tokens a listed price is for), ``month`` (days), ``words_per_token`` (the rule of thumb for English
    prose), ``count`` (tokens of a text in an encoding), ``temper`` (chances at a temperature) and ``combine`` (the
    chance of a path from those of its steps) are the conventions of the book; a misconception may replace any of them,
    as it may replace a table.
    """

    edition: Edition
    providers: Mapping[str, Provider]
    models: Mapping[str, Model]
    scenarios: Mapping[str, Scenario]
    sets: Mapping[str, tuple[str, ...]]
    texts: Mapping[str, Text]
    objectives: Mapping[str, Objective]
    lessons: Mapping[str, Lesson]
    reviews: Mapping[str, Review]
    contents: Contents
    misconceptions: Mapping[str, Misconception] = field(default_factory=dict)
    rubrics: Mapping[str, Rubric] = field(default_factory=dict)
    quizzes: Mapping[str, Quiz] = field(default_factory=dict)
    quality: tuple[Standard, ...] = ()
    past: tuple[Edition, ...] = ()
    survey: Survey | None = None
    mtok: int = MTOK
    month: int = DAYS_IN_A_MONTH
    words_per_token: Fraction = WORDS_PER_TOKEN
    count: Callable[[str, str], int] = field(default=count_tokens)
    toys: Mapping[str, Toy] = field(default_factory=dict)
    temper: Tempering = SOFTMAX
    combine: Combination = PRODUCT

    def in_edition(self, edition: Edition) -> World:
        """The same book with the prices, the day and the house models of one of its past editions."""
        seen = {name: model.in_edition(edition.serial) for name, model in self.models.items()}
        earlier = tuple(one for one in self.past if one.serial < edition.serial)
        models = {name: model for name, model in seen.items() if model is not None}
        return replace(self, edition=edition, models=models, past=earlier)

    def on(self, day: date) -> World:
        """The same book priced at another day."""
        return replace(self, edition=replace(self.edition, as_of=day))

    def day(self, asked: date | None) -> date:
        """The day a question is about: the one it names, else the edition's."""
        return asked or self.edition.as_of

    def model(self, name: str) -> Model:
        """The model with an id, or with a house role such as ``everyday``."""
        model_id = self.edition.houses.get(name, name)
        if model_id in self.models:
            return self.models[model_id]
        roles = (role for role, model in self.edition.houses.items() if model in self.models)
        raise Unknown(f"unknown model {name!r}; {suggestion(name, (*self.models, *roles))}")

    def scenario(self, name: str) -> Scenario:
        """The scenario with an id."""
        return look_up(self.scenarios, name, "scenario")

    def text(self, name: str) -> Text:
        """The text with an id."""
        return look_up(self.texts, name, "text")

    def toy(self, name: str) -> Toy:
        """The toy table of next tokens with an id."""
        return look_up(self.toys, name, "toy")

    def encoding(self, name: str) -> str:
        """An encoding this book ships ranks for."""
        return look_up({encoding: encoding for encoding in ENCODINGS}, name, "encoding")

    def tokens(self, text: str, encoding: str | None = None) -> int:
        """Tokens of the text with an id; without an encoding, in o200k_base."""
        return self.count(self.text(text).text, encoding or DEFAULT_ENCODING)

    def usage(self, load: str | Usage, model: Model) -> Usage:
        """The token counts of one request of a scenario on a model, or an inline usage as it is."""
        if isinstance(load, Usage):
            return load
        return self.scenario(load).usage_with(lambda text: self.tokens(text, model.encoding))

    def population(self, name: str, day: date) -> tuple[Model, ...]:
        """The models of a named population that have a price on a day, in the order of the price book.

        ``current``, ``first-party`` and a provider's id count base ids only, without moving aliases and retired ids.
        ``aliases`` and ``variants`` (ids with a colon) are the others with a price; ``retired`` have none any more.
        """
        wanted = self._populations().get(name)
        if wanted is None:
            surveyed = self.survey.named if self.survey else {}
            if name in surveyed:
                raise Unknown(f"{name!r} is a population of the ratio survey, which counts ratios and names no models")
            raise Unknown(f"unknown population {name!r}; {suggestion(name, (*self.populations, *surveyed))}")
        return tuple(model for model in self.models.values() if wanted(model, day))

    @property
    def populations(self) -> tuple[str, ...]:
        """The names of the populations of the price book."""
        return tuple(self._populations())

    def surveyed(self, name: str) -> Population | None:
        """The population of the ratio survey with an id, where it has one."""
        return self.survey.named.get(name) if self.survey else None

    def _populations(self) -> dict[str, Callable[[Model, date], bool]]:
        def of_provider(provider: str) -> Callable[[Model, date], bool]:
            return lambda model, day: _current(model, day) and model.provider == provider

        return {
            "current": _current,
            "first-party": lambda m, day: _current(m, day) and self.providers[m.provider].first_party,
            "aliases": lambda m, day: m.is_base and m.alias and _priced(m, day),
            "variants": lambda m, day: not m.is_base and _priced(m, day),
            "retired": lambda m, day: m.retired is not None and day >= m.retired,
            **{provider: of_provider(provider) for provider in self.providers},
        }

    def workloads(self, name: str) -> tuple[Scenario, ...]:
        """The scenarios of a named set, or ``all``."""
        if name == "all":
            return tuple(self.scenarios.values())
        return tuple(self.scenario(one) for one in look_up({**self.sets, "all": ()}, name, "set of scenarios"))


def _priced(model: Model, day: date) -> bool:
    try:
        model.rate_on(day)
    except NoRate:
        return False
    return True


def _current(model: Model, day: date) -> bool:
    return model.is_base and not model.alias and _priced(model, day)


__all__ = ["DAYS_IN_A_MONTH", "Edition", "Provider", "Unknown", "World"]
