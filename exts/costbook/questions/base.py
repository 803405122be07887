"""Questions and answers, and the grammar in which an author names a question.

``KIND SUBJECT [CLAUSE VALUE]…``: each kind is a frozen dataclass whose field metadata carry the clause word and the
reader of the value. Parser, help, schema and error texts all derive from the fields.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields, replace
from datetime import date
from decimal import Decimal
from enum import Enum, StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Self, TypeVar

from costbook import money
from costbook.economy.bills import NotOffered
from costbook.economy.rates import Source
from costbook.names import suggestion

if TYPE_CHECKING:
    from costbook.world import World

A = TypeVar("A")


class Unanswerable(ValueError):
    """The question does not make sense in this world; the message says what would."""


class Unreadable(ValueError):
    """The text is not a question in the grammar; the message says how to write one."""


class Unit(StrEnum):
    """What a figure's value counts."""

    USD_PER_MTOK = "USD per million tokens"
    USD = "USD"
    SHARE = "share of one"
    MULTIPLE = "multiple"
    TOKENS = "tokens"
    WORDS = "words"
    TOKENS_PER_WORD = "tokens per word"
    READS = "reads"


DISPLAY: dict[Unit, Callable[[Decimal], str]] = {
    Unit.USD_PER_MTOK: money.rate,
    Unit.USD: money.amount,
    Unit.SHARE: money.percentage,
    Unit.MULTIPLE: money.multiple,
    Unit.TOKENS: money.count,
    Unit.WORDS: money.count,
    Unit.TOKENS_PER_WORD: money.plain_multiple,
    Unit.READS: money.count,
}


class Side(StrEnum):
    """Which side of a bill costs more."""

    INPUT = "input"
    OUTPUT = "output"
    EQUAL = "equal"


@dataclass(frozen=True, slots=True)
class Working:
    """How an answer came about, in words and in symbols, and the day whose prices it uses."""

    words: str
    symbols: str
    sources: tuple[Source, ...] = ()
    at: date | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit and working."""

    value: Decimal
    unit: Unit
    working: Working

    @property
    def text(self) -> str:
        """The figure as a page prints it."""
        return DISPLAY[self.unit](self.value)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Which side dominates, with its working."""

    side: Side
    working: Working

    @property
    def text(self) -> str:
        """``input``, ``output`` or ``equal``."""
        return self.side.value


NOT_OFFERED = "not offered"


@dataclass(frozen=True, slots=True)
class Slot:
    """One place of a question: its clause word (None: the subject), its name in help, and how its text is read."""

    word: str | None
    label: str
    read: Callable[[str], Any]
    required: bool


def subject(label: str, read: Callable[[str], Any]) -> Any:
    """The field that comes first."""
    return field(metadata={"slot": Slot(None, label, read, required=True)})


def clause(word: str, label: str, read: Callable[[str], Any]) -> Any:
    """A field behind its clause word, which may be left out."""
    return field(default=None, metadata={"slot": Slot(word, label, read, required=False)})


def needed(word: str, label: str, read: Callable[[str], Any]) -> Any:
    """A field behind its clause word, which must be there."""
    return field(metadata={"slot": Slot(word, label, read, required=True)})


@dataclass(frozen=True)
class Question(ABC, Generic[A]):
    """What a page asks of the world: frozen, hashable, picklable.

    A subclass that names its ``kind`` can be written in the grammar; one without is asked by a directive only.
    """

    kind: ClassVar[str] = ""

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if cls.kind:
            KINDS[cls.kind] = cls

    @abstractmethod
    def answer(self, world: World) -> A:
        """The answer: comparable and picklable.

        Raises:
            LookupError: for an unknown name or a day without a price.
            Unanswerable: where the question makes no sense.
        """

    def kept(self, answer: A) -> object:
        """What is kept of an answer to tell whether it has changed; its answer, unless that is large."""
        return answer

    def still(self, kept: object, world: World) -> bool:
        """Whether the answer cannot have changed, where that can be told without working it out."""
        return False

    @classmethod
    def slots(cls) -> Iterator[tuple[str, Slot]]:
        """Field names with their slots, the subject first."""
        return iter(_slots(cls))

    @classmethod
    def usage_line(cls) -> str:
        """``write bill as SCENARIO [on MODEL] [at DATE]``."""
        parts = []
        for _, slot in cls.slots():
            text = f"{slot.word} {slot.label}" if slot.word else slot.label
            parts.append(text if slot.required else f"[{text}]")
        return f"write {cls.kind} as {' '.join(parts)}"

    def on_page(self, model: str) -> Self:
        """This question with the page's model, where it names none."""
        if self.follows:
            return replace(self, model=model)  # type: ignore[call-arg]
        return self

    @property
    def follows(self) -> bool:
        """Whether the question is about the page's model (and the reader's picker)."""
        return any(slot.word == "on" and getattr(self, name) is None for name, slot in self.slots())

    def __str__(self) -> str:
        words = [self.kind or type(self).__name__]
        for name, slot in self.slots():
            value = getattr(self, name)
            if value is not None:
                words += [slot.word] if slot.word else []
                words.append(_written(value))
        return " ".join(words)


KINDS: dict[str, type[Question[Any]]] = {}


def _written(value: object) -> str:
    return str(value.value) if isinstance(value, Enum) else str(value)


@cache
def _slots(cls: type[Question[Any]]) -> tuple[tuple[str, Slot], ...]:
    return tuple((one.name, one.metadata["slot"]) for one in fields(cls) if "slot" in one.metadata)


@cache
def parse(kind: str, text: str) -> Question[Any]:
    """Read ``SUBJECT [CLAUSE VALUE]…`` as a question of a kind.

    Raises:
        Unreadable: with the line that would have been right.
    """
    if kind not in KINDS:
        raise Unreadable(f"unknown kind of question {kind!r}; {suggestion(kind, KINDS)}")
    cls = KINDS[kind]
    slots = dict(cls.slots())
    by_word = {slot.word: name for name, slot in slots.items()}
    words = text.split()
    if not words:
        raise Unreadable(f"{kind} needs a subject; {cls.usage_line()}")
    found = {by_word[None]: words[0]} if None in by_word else {}
    rest = words[1:]
    for word, value in zip(rest[::2], [*rest[1::2], None], strict=False):
        if word not in by_word:
            raise Unreadable(f"{kind} has no clause {word!r}; {cls.usage_line()}")
        if value is None:
            raise Unreadable(f"{word!r} needs a value; {cls.usage_line()}")
        if by_word[word] in found:
            raise Unreadable(f"{word!r} stands twice; {cls.usage_line()}")
        found[by_word[word]] = value
    missing = [slot.word for name, slot in slots.items() if slot.required and name not in found]
    if missing:
        raise Unreadable(f"{kind} needs {missing[0]!r}; {cls.usage_line()}")
    try:
        return cls(**{name: slots[name].read(value) for name, value in found.items()})
    except Unreadable as error:
        raise Unreadable(f"{error}; {cls.usage_line()}") from None


def parse_line(text: str) -> Question[Any]:
    """Read a whole question, kind first: ``bill chat-reply on gpt-4o``."""
    kind, _, rest = text.strip().partition(" ")
    return parse(kind, rest)


def text_of(answer: object) -> str:
    """An answer as a page prints it."""
    if isinstance(answer, NotOffered):
        return NOT_OFFERED
    if isinstance(answer, Figure | Verdict):
        return answer.text
    return str(answer)


def side_shown(question: Question[Any], answer: object) -> str | None:
    """``input`` or ``output`` where an answer is about one side of a bill, and is shown in its colour."""
    if isinstance(answer, Verdict):
        return answer.side.value
    part = getattr(question, "part", None)
    if isinstance(answer, Figure) and part is not None:
        return "output" if part.value in {"output", "reasoning"} else "input"
    return None
