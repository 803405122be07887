"""The simulations of the book, by name, and the question whose answer is all that a page prints of one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from costbook import money
from costbook.economy.rates import Rate
from costbook.names import look_up
from costbook.questions import Question, readers
from costbook.questions.base import clause, subject
from costbook.quizzes.reads import Reader, Reads
from costbook.sims.base import Maker, SimPage
from costbook.sims.cost_calculator import cost_calculator
from costbook.sims.text_to_tokens import text_to_tokens
from costbook.sims.token_lifecycle import token_lifecycle
from costbook.sims.who_dominates import who_dominates
from costbook.world import World

SIMS: Mapping[str, Maker] = {
    "cost-calculator": cost_calculator,
    "text-to-tokens": text_to_tokens,
    "token-lifecycle": token_lifecycle,
    "who-dominates": who_dominates,
}
"""Each simulation, by its name, which is also that of its script: ``static/sims/<name>.js``."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What is kept of a page: what it was worked out from, and the page."""

    reads: Reads = field(compare=False)
    page: SimPage


@dataclass(frozen=True)
class SimOf(Question[SimPage]):
    """What a page prints of the simulation with a name; its first state is that of the page's model."""

    sim: str = subject("SIM", readers.name)
    model: str | None = clause("on", "MODEL", readers.name)

    def answer(self, world: World) -> SimPage:
        make = look_up(SIMS, self.sim, "simulation")
        reader = Reader(world)
        model, rate = reader.world.model(self.model or ""), self._rate(reader.world)
        return SimPage(
            self.sim,
            make(reader.world, model),
            model.id,
            model.name,
            money.rate(rate.prices.input),
            money.rate(rate.prices.output),
            world.edition.as_of,
            rate.source,
            self._review(world),
            reader.reads(),
        )

    def kept(self, answer: SimPage) -> Receipt:
        return Receipt(answer.reads, answer)

    def still(self, kept: object, world: World) -> bool:
        """Without it every build would cut texts into tokens, to find that they are the same."""
        if not isinstance(kept, Receipt) or not kept.reads.still(world):
            return False
        page = kept.page
        return (self._rate(world).source, self._review(world)) == (page.source, page.review)

    def _rate(self, world: World) -> Rate:
        return world.model(self.model or "").rate_on(world.edition.as_of)

    def _review(self, world: World) -> str | None:
        """The review of a simulation has its name behind ``sim-``."""
        name = f"sim-{self.sim}"
        return name if name in world.reviews else None
