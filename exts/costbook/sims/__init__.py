"""The simulations of the book, by name, and the question whose answer is all that a page prints of one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from costbook import money
from costbook.economy.rates import Model, Source
from costbook.names import look_up
from costbook.questions import Question, readers
from costbook.questions.base import clause, subject
from costbook.quizzes.reads import Reader, Reads
from costbook.sims.base import Maker, Priced, SimPage, UnpricedMaker
from costbook.sims.cost_calculator import cost_calculator
from costbook.sims.next_token import next_token
from costbook.sims.text_to_tokens import text_to_tokens
from costbook.sims.token_lifecycle import token_lifecycle
from costbook.sims.who_dominates import who_dominates
from costbook.world import World

PRICED: Mapping[str, Maker] = {
    "cost-calculator": cost_calculator,
    "text-to-tokens": text_to_tokens,
    "token-lifecycle": token_lifecycle,
    "who-dominates": who_dominates,
}
"""Simulations that compute with the prices of a model; they follow the reader's."""
UNPRICED: Mapping[str, UnpricedMaker] = {"next-token": next_token}
"""Simulations in which nothing has a price."""
SIMS = (*PRICED, *UNPRICED)
"""Each simulation, by its name, which is also that of its script: ``static/sims/<name>.js``."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What is kept of a page: what it was worked out from, and the page."""

    reads: Reads = field(compare=False)
    page: SimPage


@dataclass(frozen=True)
class SimOf(Question[SimPage]):
    """What a page prints of the simulation with a name; one with prices is first that of the page's model."""

    sim: str = subject("SIM", readers.name)
    model: str | None = clause("on", "MODEL", readers.name)

    def answer(self, world: World) -> SimPage:
        name = look_up({one: one for one in SIMS}, self.sim, "simulation")
        reader = Reader(world)
        if name in UNPRICED:
            shown, priced = UNPRICED[name](reader.world), None
        else:
            model = reader.world.model(self.model or "")
            priced = _priced(model, world.edition.as_of)
            shown = PRICED[name](reader.world, model)
        return SimPage(name, shown, priced, self._review(world), reader.reads())

    def kept(self, answer: SimPage) -> Receipt:
        return Receipt(answer.reads, answer)

    def still(self, kept: object, world: World) -> bool:
        """Without it every build would cut texts into tokens, to find that they are the same."""
        if not isinstance(kept, Receipt) or not kept.reads.still(world):
            return False
        page = kept.page
        source = None if page.priced is None else page.priced.source
        return (self._source(world), self._review(world)) == (source, page.review)

    def _source(self, world: World) -> Source | None:
        """Where the prices were read: not one of the things that its reads would notice."""
        if self.sim in UNPRICED:
            return None
        return world.model(self.model or "").rate_on(world.edition.as_of).source

    def _review(self, world: World) -> str | None:
        """The review of a simulation has its name behind ``sim-``."""
        name = f"sim-{self.sim}"
        return name if name in world.reviews else None


def _priced(model: Model, day: date) -> Priced:
    rate = model.rate_on(day)
    return Priced(model.id, model.name, money.rate(rate.prices.input), money.rate(rate.prices.output), day, rate.source)
