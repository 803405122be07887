"""Questions about texts: how many tokens, and when examples in a prompt pay back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from costbook import money
from costbook.economy.tokens import DEFAULT_ENCODING
from costbook.questions import readers
from costbook.questions.base import Figure, Question, Unanswerable, Unit, Working, clause, subject
from costbook.world import World


@dataclass(frozen=True)
class Tokens(Question[Figure]):
    """How many tokens a text has in an encoding."""

    kind = "tokens"
    text: str = subject("TEXT", readers.name)
    encoding: str | None = clause("in", "ENCODING", readers.name)

    def answer(self, world: World) -> Figure:
        encoding = world.encoding(self.encoding or DEFAULT_ENCODING)
        tokens = world.tokens(self.text, encoding)
        words = f"the text {self.text!r} has {money.count(tokens)} tokens, counted with {encoding}"
        return Figure(Decimal(tokens), Unit.TOKENS, Working(words, f"{encoding}({self.text}) = {money.count(tokens)}"))


@dataclass(frozen=True)
class Payback(Question[Figure]):
    """Output tokens that examples in a prompt must save per call to pay for themselves. Formula: ``E / r``."""

    kind = "payback"
    text: str = subject("TEXT", readers.name)
    model: str | None = clause("on", "MODEL", readers.name)
    at: date | None = clause("at", "DATE", readers.day)

    def answer(self, world: World) -> Figure:
        model, day = world.model(self.model or ""), world.day(self.at)
        rate = model.rate_on(day)
        if not rate.prices.output:
            raise Unanswerable(f"{model.name} charges nothing for output, so shorter replies save nothing")
        tokens = world.tokens(self.text, model.encoding)
        value = tokens * rate.prices.input / rate.prices.output
        note = "" if model.encoding else f"; counted with {DEFAULT_ENCODING}, not this model's tokenizer"
        inp, out = money.rate(rate.prices.input), money.rate(rate.prices.output)
        words = (
            f"the {money.count(tokens)} tokens of {self.text!r} on {model.name} cost {inp} per million in every call; "
            f"a reply must be shorter by {money.count(value)} output tokens at {out} per million to save as much{note}"
        )
        symbols = f"{money.count(tokens)} × {inp} ÷ {out} {money.result(value, money.count)}"
        return Figure(value, Unit.TOKENS, Working(words, symbols, (rate.source,), day))
