"""Questions about texts: words, tokens, what sending them costs, and when examples in a prompt pay back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from costbook import money
from costbook.economy.bills import NotOffered, Usage
from costbook.economy.tokens import DEFAULT_ENCODING, count_words, token_bytes
from costbook.questions import readers
from costbook.questions.base import Figure, Question, Unanswerable, Unit, Working, clause, needed, subject
from costbook.questions.readers import Span
from costbook.questions.workloads import counted_otherwise, price_workload
from costbook.world import World

UNSPACED = "no spaces"
"""What a table says of the words of a text that does not separate them."""


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


def _words_in(world: World, text: str) -> int:
    """Words of the text with an id, separated by white space."""
    words = count_words(world.text(text).text)
    if words is None:
        raise Unanswerable(f"the text {text!r} puts no spaces between words, so they cannot be counted; ask for tokens")
    if not words:
        raise Unanswerable(f"the text {text!r} has no words")
    return words


@dataclass(frozen=True)
class Words(Question[Figure]):
    """How many words a text has, separated by white space."""

    kind = "words"
    text: str = subject("TEXT", readers.name)

    def answer(self, world: World) -> Figure:
        words = _words_in(world, self.text)
        said = f"the text {self.text!r} has {money.count(words)} words, separated by spaces and line breaks"
        return Figure(Decimal(words), Unit.WORDS, Working(said, f"words({self.text}) = {money.count(words)}"))


@dataclass(frozen=True)
class TokensPerWord(Question[Figure]):
    """Tokens of a text over its words, separated by white space."""

    kind = "tokens-per-word"
    text: str = subject("TEXT", readers.name)
    encoding: str | None = clause("in", "ENCODING", readers.name)

    def answer(self, world: World) -> Figure:
        encoding = world.encoding(self.encoding or DEFAULT_ENCODING)
        words, tokens = _words_in(world, self.text), world.tokens(self.text, encoding)
        value = Decimal(tokens) / words
        said = (
            f"the {money.count(tokens)} tokens of the text {self.text!r}, counted with {encoding}, "
            f"over its {money.count(words)} words"
        )
        symbols = f"{money.count(tokens)} ÷ {money.count(words)} {money.result(value, money.plain_multiple)}"
        return Figure(value, Unit.TOKENS_PER_WORD, Working(said, symbols))


@dataclass(frozen=True)
class TokenMultiple(Question[Figure]):
    """How many times the tokens of one text another has, in one encoding."""

    kind = "token-multiple"
    text: str = subject("TEXT", readers.name)
    to: str = needed("to", "TEXT", readers.name)
    encoding: str | None = clause("in", "ENCODING", readers.name)

    def answer(self, world: World) -> Figure:
        encoding = world.encoding(self.encoding or DEFAULT_ENCODING)
        one, other = world.tokens(self.text, encoding), world.tokens(self.to, encoding)
        if not one:
            raise Unanswerable(f"the text {self.text!r} has no tokens to compare with")
        value = Decimal(other) / one
        said = (
            f"the {money.count(other)} tokens of the text {self.to!r} over the {money.count(one)} of {self.text!r}, "
            f"both counted with {encoding}"
        )
        symbols = f"{money.count(other)} ÷ {money.count(one)} {money.result(value, money.multiple)}"
        return Figure(value, Unit.MULTIPLE, Working(said, symbols))


@dataclass(frozen=True)
class RoughTokens(Question[Figure]):
    """Tokens by the rule of thumb for English prose. Formula: words over ``words_per_token``, which is 0.75."""

    kind = "rough-tokens"
    text: str | int = subject("TEXT-OR-WORDS", readers.text_or_words)

    def answer(self, world: World) -> Figure:
        words = self._words(world)
        value = Decimal(words * world.words_per_token.denominator) / world.words_per_token.numerator
        said = f"{money.count(words)} words at {_rule(world)} words a token, a rule of thumb for English prose"
        symbols = f"{self.terms(world)} {money.result(value, money.count)}"
        return Figure(value, Unit.TOKENS, Working(said, symbols))

    def terms(self, world: World) -> str:
        """What is divided by what, before anything is rounded."""
        return f"{money.count(self._words(world))} ÷ {_rule(world)}"

    def _words(self, world: World) -> int:
        return self.text if isinstance(self.text, int) else _words_in(world, self.text)


def _rule(world: World) -> str:
    return money.plain_multiple(Decimal(world.words_per_token.numerator) / world.words_per_token.denominator)


@dataclass(frozen=True)
class RoughError(Question[Figure]):
    """How far the rule of thumb is off for a text, as a share of its tokens; below zero where it gives too few."""

    kind = "rough-error"
    text: str = subject("TEXT", readers.name)
    encoding: str | None = clause("in", "ENCODING", readers.name)

    def answer(self, world: World) -> Figure:
        encoding = world.encoding(self.encoding or DEFAULT_ENCODING)
        question = RoughTokens(self.text)
        rough = question.answer(world)
        tokens = world.tokens(self.text, encoding)
        value = (rough.value - tokens) / tokens
        said = (
            f"{rough.working.words}, against the {money.count(tokens)} tokens of the text {self.text!r}, "
            f"counted with {encoding}"
        )
        difference = f"({question.terms(world)} − {money.count(tokens)})"
        symbols = f"{difference} ÷ {money.count(tokens)} {money.result(value, money.percentage)}"
        return Figure(value, Unit.SHARE, Working(said, symbols))


@dataclass(frozen=True)
class TextBill(Question[Figure | NotOffered]):
    """What sending a text costs, once or in many requests: its tokens as input, each request billed by itself."""

    kind = "text-bill"
    text: str = subject("TEXT", readers.name)
    over: Span | None = clause("over", "REQUESTS", readers.span)
    model: str | None = clause("on", "MODEL", readers.name)
    at: date | None = clause("at", "DATE", readers.day)

    def answer(self, world: World) -> Figure | NotOffered:
        if self.over is not None and self.over.days:
            raise Unanswerable("a text has no requests a day; write a number of requests, such as 1000r")
        times = self.over.number if self.over else 1
        model = world.model(self.model or "")
        usage = Usage(input=world.tokens(self.text, model.encoding))
        workload = price_workload(world, usage, self.model, self.at)
        if isinstance(workload, NotOffered):
            return workload
        value = workload.bill.total * times
        many = "1 request" if times == 1 else f"{money.count(times)} requests"
        said = f"the text {self.text!r} on {model.name}: {workload.words()}, {many}{counted_otherwise(model)}"
        factor = "" if times == 1 else f" × {money.count(times)}"
        symbols = f"{workload.symbols()}{factor} {money.result(value, money.amount)}"
        return Figure(value, Unit.USD, Working(said, symbols, (workload.rate.source,), workload.day))


@dataclass(frozen=True, slots=True)
class TextRow:
    """A text as a table names it: its words, or None where it has no spaces between them, and tokens by encoding."""

    name: str
    words: int | None
    tokens: tuple[int, ...]
    per_word: Decimal | None


@dataclass(frozen=True)
class TextOf(Question[TextRow]):
    """Name, words and tokens of a text in some encodings; ``per_word`` is about the first of them."""

    text: str
    encodings: tuple[str, ...]

    def answer(self, world: World) -> TextRow:
        tokens = tuple(world.tokens(self.text, world.encoding(encoding)) for encoding in self.encodings)
        text = world.text(self.text)
        words = count_words(text.text)
        per_word = TokensPerWord(self.text, self.encodings[0]).answer(world).value if words else None
        return TextRow(text.title, words, tokens, per_word)


@dataclass(frozen=True)
class CutOf(Question[tuple[bytes, ...]]):
    """The UTF-8 bytes of each token of a text."""

    text: str
    encoding: str

    def answer(self, world: World) -> tuple[bytes, ...]:
        return token_bytes(world.text(self.text).text, world.encoding(self.encoding))


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
        note = counted_otherwise(model)
        inp, out = money.rate(rate.prices.input), money.rate(rate.prices.output)
        words = (
            f"the {money.count(tokens)} tokens of {self.text!r} on {model.name} cost {inp} per million in every call; "
            f"a reply must be shorter by {money.count(value)} output tokens at {out} per million to save as much{note}"
        )
        symbols = f"{money.count(tokens)} × {inp} ÷ {out} {money.result(value, money.count)}"
        return Figure(value, Unit.TOKENS, Working(words, symbols, (rate.source,), day))
