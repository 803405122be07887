"""Items and quizzes as their author wrote them: every text still a template, every key still a question."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from costbook.assessment.objectives import Level
from costbook.assessment.rubrics import Anchor


class Use(StrEnum):
    """What a quiz is for.

    A prior quiz stands before chapter 1 and asks for what the book takes for granted: it is not scored, and each
    mistake leads to a refresher. A graded quiz is never rendered: its page shows title, objectives and minutes.
    """

    PRIOR = "prior"
    CHECK = "check"
    PRACTICE = "practice"
    GRADED = "graded"


class AnswerUnit(StrEnum):
    """The unit a number is asked in, chosen by the author so that the key has few decimals."""

    DOLLARS = "dollars"
    CENTS = "cents"
    PER_1000_CALLS = "dollars-per-1000-calls"
    MICRO_DOLLARS = "micro-dollars"
    PERCENT = "percent"
    TIMES = "times"
    TOKENS = "tokens"
    READS = "reads"


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far an answer may lie from the key: in the answer's unit, or as a share of the key (0.02 is 2 %)."""

    absolute: Decimal | None = None
    relative: Decimal | None = None

    def around(self, key: Decimal) -> Decimal:
        """Half the width of the key's window, in the key's unit; both edges are inside the window."""
        if self.absolute is not None:
            return self.absolute
        return abs(key) * (self.relative or Decimal(0))


class Draw(StrEnum):
    """Where a parameter's values come from."""

    VALUES = "values"
    RANGE = "range"
    MODELS = "models"
    USAGES = "usages"
    SCENARIOS = "scenarios"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A name and its values as the grammar writes them: ``2000``, ``gpt-4o``, ``1500+250``, ``rag``."""

    name: str
    draw: Draw
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mistake:
    """A misconception that an item expects; ``feedback`` replaces the words of ``misconceptions.yaml``."""

    misconception: str
    feedback: str | None = None


@dataclass(frozen=True, kw_only=True)
class Item:
    """What all kinds of items have. ``require`` are conditions that a variant must meet.

    ``objective`` is what the item is about, ``also`` what it touches. ``minutes`` is the time a learner needs.
    ``variants`` is the least number of verified variants; an item without parameters has one.
    """

    id: str
    objective: str
    level: Level
    process: str
    points: int
    minutes: Decimal
    stem: str
    hint: str | None = None
    also: tuple[str, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    require: tuple[str, ...] = ()
    variants: int = 1

    @property
    def kind(self) -> str:
        """The kind as an author writes it."""
        return KIND_WORDS[type(self)]


@dataclass(frozen=True, slots=True)
class Option:
    """A written option. With a misconception of kind ``world``, its text is resolved in that wrong world."""

    id: str
    text: str
    feedback: str
    right: bool = False
    misconception: str | None = None


@dataclass(frozen=True, kw_only=True)
class Choice(Item):
    """One of several written options is right."""

    options: tuple[Option, ...]


@dataclass(frozen=True, kw_only=True)
class ComputedChoice(Item):
    """One of several computed options is right.

    ``key`` is a question; ``answer`` is the text of every option, resolved in the true world for the key and in a wrong
    world for each distractor. Without it an option is the answer to ``key`` alone. Misconceptions are taken in order of
    preference until there are ``size`` options.
    """

    key: str
    mistakes: tuple[Mistake, ...]
    answer: str | None = None
    right: str | None = None
    size: int = 4
    tolerance: Tolerance = Tolerance(relative=Decimal("0.02"))


@dataclass(frozen=True, kw_only=True)
class MultipleChoice(Item):
    """Some of several written options are right.

    Points: right ticks less wrong ticks, over the number of right options, never below nothing; stated to the learner.
    """

    options: tuple[Option, ...]


@dataclass(frozen=True, kw_only=True)
class Numeric(Item):
    """A number is asked for; ``key`` is a question, ``otherwise`` the feedback to a number nobody expected."""

    key: str
    unit: AnswerUnit
    tolerance: Tolerance
    mistakes: tuple[Mistake, ...]
    otherwise: str
    right: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One event of an order item."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Misplaced:
    """Feedback for an event put before another that it has to follow."""

    early: str
    late: str
    feedback: str
    misconception: str | None = None


@dataclass(frozen=True, kw_only=True)
class Order(Item):
    """Events to put in order; written in the right order.

    Points: an equal part for each neighbouring pair kept in order, stated to the learner.
    """

    events: tuple[Event, ...]
    mistakes: tuple[Misplaced, ...]
    right: str
    otherwise: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two things that belong together, and the feedback where something else was put beside ``left``."""

    id: str
    left: str
    right: str
    feedback: str


@dataclass(frozen=True, kw_only=True)
class Match(Item):
    """Things to put beside each other; ``extra`` are right sides of nothing. Each pair earns an equal part."""

    pairs: tuple[Pair, ...]
    right: str
    extra: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WrongText:
    """Short texts that show a mistake."""

    accept: tuple[str, ...]
    feedback: str
    misconception: str | None = None


@dataclass(frozen=True, kw_only=True)
class ShortText(Item):
    """A word or two are asked for; case, accents, punctuation at the ends and repeated spaces do not matter."""

    accept: tuple[str, ...]
    mistakes: tuple[WrongText, ...]
    right: str
    otherwise: str


@dataclass(frozen=True, kw_only=True)
class Open(Item):
    """A text is asked for, judged with a rubric; never part of the pass mark."""

    rubric: str
    least_words: int
    most_words: int
    model_answer: str
    anchors: tuple[Anchor, ...]


KIND_WORDS: dict[type[Item], str] = {
    Choice: "choice",
    ComputedChoice: "choice",
    MultipleChoice: "multiple-choice",
    Numeric: "numeric",
    Order: "order",
    Match: "match",
    ShortText: "short-text",
    Open: "open",
}
CONCEPTUAL = (Choice, MultipleChoice, Order, Match, ShortText, Open)
"""Kinds that ask for a reason; the others ask for a number."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One place of a quiz: an item, or siblings of which a learner gets one at a time."""

    items: tuple[Item, ...]

    @property
    def first(self) -> Item:
        """What stands for the slot: siblings share objective, points and level."""
        return self.items[0]


@dataclass(frozen=True)
class Quiz:
    """An ordered set of items; one file, one page, one export.

    It is about one ``chapter``, or reviews all chapters of one ``part``; the other of the two is None. ``minutes`` is
    the limit for all slots together. To pass takes ``pass_share`` of the points of each objective; ``pass_why`` says
    why. A prior quiz has neither. ``source`` is the SHA-256 of the file, in hex.
    """

    id: str
    title: str
    chapter: str | None
    use: Use
    minutes: int
    pass_share: Decimal | None
    pass_why: str | None
    slots: tuple[Slot, ...]
    source: str
    intro: str | None = None
    part: str | None = None

    @property
    def items(self) -> Iterator[Item]:
        """Every item, siblings too."""
        return (item for slot in self.slots for item in slot.items)

    @property
    def objectives(self) -> tuple[str, ...]:
        """The objectives that the quiz assesses, in order of first use."""
        return tuple(dict.fromkeys(item.objective for item in self.items))
