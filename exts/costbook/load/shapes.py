"""The items of quizzes as a file writes them: one shape for each kind."""

from __future__ import annotations

import re
from typing import Annotated, Any, TypeAlias

from pydantic import BeforeValidator, ConfigDict, Discriminator, Field, Tag, model_validator

from costbook.assessment.items import KIND_WORDS, AnswerUnit
from costbook.load.fields import (
    Flag,
    LevelText,
    Minutes,
    Name,
    Number,
    Positive,
    Shape,
    Share,
    Whole,
    Words,
    choice,
)

WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:-]{0,39}")
USAGE = re.compile(r"[0-9]{1,9}\+[0-9]{1,9}")
PARAMETER = re.compile(r"[a-z][a-z0-9_]{0,29}")
TAKEN = frozenset({"and", "else", "false", "if", "in", "is", "none", "not", "or", "self", "super", "true"})
"""Words with a meaning of their own in an expression."""


def _parameter(value: Any) -> str:
    if not PARAMETER.fullmatch(str(value)) or value in TAKEN:
        raise ValueError(
            f"{str(value)[:40]!r} cannot name a parameter; write small letters, digits and _, such as model or case_2"
        )
    return str(value)


def _word(value: Any) -> str:
    if not WORD.fullmatch(str(value)):
        raise ValueError(f"{str(value)[:40]!r} is neither a number nor a single word; use `usages` for counts")
    return str(value)


def _usage(value: Any) -> str:
    if not USAGE.fullmatch(str(value)):
        raise ValueError(f"{str(value)[:40]!r} is not a usage; write input+output tokens, such as 1500+250")
    return str(value)


ParameterName = Annotated[str, BeforeValidator(_parameter)]
Word = Annotated[str, BeforeValidator(_word)]
UsageText = Annotated[str, BeforeValidator(_usage)]
UnitText = Annotated[str, BeforeValidator(choice(*(unit.value for unit in AnswerUnit)))]
KindText = Annotated[str, BeforeValidator(choice(*dict.fromkeys(KIND_WORDS.values())))]


class ParameterShape(Shape):
    """Where the values come from: one of these, and a step where it is a range."""

    values: list[Word] = Field(default_factory=list)
    range: list[Number] = Field(default_factory=list)
    step: Number | None = None
    models: list[Name] = Field(default_factory=list)
    usages: list[UsageText] = Field(default_factory=list)
    scenarios: list[Name] = Field(default_factory=list)


class ToleranceShape(Shape):
    relative: Share | None = None
    absolute: Number | None = None


class MistakeShape(Shape):
    feedback: Words | None = None


def _mistakes_form(value: Any) -> str:
    return "<ids>" if isinstance(value, list) else "<feedback>"


Mistakes = Annotated[
    Annotated[list[Name], Tag("<ids>")] | Annotated[dict[Name, MistakeShape | None], Tag("<feedback>")],
    Discriminator(_mistakes_form),
]
"""Ids of misconceptions in order of preference, or a mapping of them to feedback."""


class ItemShape(Shape):
    """What all kinds have."""

    id: Name
    kind: Words
    objective: Name
    also: list[Name] = Field(default_factory=list)
    level: LevelText | None = None
    process: Words
    points: Positive
    minutes: Minutes
    variants: Positive | None = None
    parameters: dict[ParameterName, ParameterShape] = Field(default_factory=dict)
    require: list[Words] = Field(default_factory=list)
    stem: Words
    hint: Words | None = None


class OptionShape(Shape):
    id: Name
    text: Words
    feedback: Words
    right: Flag = False
    misconception: Name | None = None


class ChoiceShape(ItemShape):
    options: list[OptionShape]


class ComputedChoiceShape(ItemShape):
    key: Words
    answer: Words | None = None
    right: Words | None = None
    misconceptions: Mistakes
    size: Positive = 4
    tolerance: ToleranceShape | None = None


class MultipleChoiceShape(ItemShape):
    options: list[OptionShape]


class NumericShape(ItemShape):
    key: Words
    unit: UnitText
    tolerance: ToleranceShape
    misconceptions: Mistakes = Field(default_factory=list)
    otherwise: Words
    right: Words | None = None


class EventShape(Shape):
    id: Name
    text: Words


class MisplacedShape(Shape):
    early: Name
    late: Name
    feedback: Words
    misconception: Name | None = None


class OrderShape(ItemShape):
    events: list[EventShape]
    mistakes: list[MisplacedShape] = Field(default_factory=list)
    right: Words
    otherwise: Words


class PairShape(Shape):
    id: Name
    left: Words
    right: Words
    feedback: Words


class MatchShape(ItemShape):
    pairs: list[PairShape]
    extra: list[Words] = Field(default_factory=list)
    right: Words


class WrongTextShape(Shape):
    accept: list[Words] = Field(min_length=1)
    feedback: Words
    misconception: Name | None = None


class ShortTextShape(ItemShape):
    accept: list[Words] = Field(min_length=1)
    mistakes: list[WrongTextShape] = Field(default_factory=list)
    right: Words
    otherwise: Words


class ScoreShape(Shape):
    points: Whole
    words: Words | None = None


class AnchorShape(Shape):
    title: Words
    text: Words
    scores: dict[Name, ScoreShape]
    why: Words


class OpenShape(ItemShape):
    rubric: Name
    words: list[Whole]
    model_answer: Words = Field(alias="model-answer")
    anchors: list[AnchorShape]


class UnknownShape(Shape):
    """An item whose kind cannot be told: only that is wrong with it."""

    model_config = ConfigDict(extra="ignore")

    kind: KindText


class UnclearChoiceShape(Shape):
    """A choice whose options are written and computed, or neither: nothing else is looked at."""

    @model_validator(mode="before")
    @classmethod
    def refuse(cls, value: dict[str, Any]) -> None:
        """Say which of the two forms there are."""
        found = "both" if "options" in value else "neither"
        raise ValueError(f"a choice has either `options` (written) or `key` (computed); this one has {found}")


UNKNOWN, UNCLEAR, COMPUTED = "<unknown>", "<unclear-choice>", "<computed-choice>"
TAGS = {kind: f"<{kind}>" for kind in KIND_WORDS.values()}


def _item_form(value: Any) -> str:
    """The tag of an item's kind."""
    if not isinstance(value, dict) or not isinstance(value.get("kind"), str):
        return UNKNOWN
    if value["kind"] == "choice" and ("options" in value) == ("key" in value):
        return UNCLEAR
    if value["kind"] == "choice" and "key" in value:
        return COMPUTED
    return TAGS.get(value["kind"], UNKNOWN)


AnyItem: TypeAlias = (
    ChoiceShape
    | ComputedChoiceShape
    | MultipleChoiceShape
    | NumericShape
    | OrderShape
    | MatchShape
    | ShortTextShape
    | OpenShape
)
TaggedItem = Annotated[
    Annotated[ChoiceShape, Tag("<choice>")]
    | Annotated[ComputedChoiceShape, Tag(COMPUTED)]
    | Annotated[MultipleChoiceShape, Tag("<multiple-choice>")]
    | Annotated[NumericShape, Tag("<numeric>")]
    | Annotated[OrderShape, Tag("<order>")]
    | Annotated[MatchShape, Tag("<match>")]
    | Annotated[ShortTextShape, Tag("<short-text>")]
    | Annotated[OpenShape, Tag("<open>")]
    | Annotated[UnclearChoiceShape, Tag(UNCLEAR)]
    | Annotated[UnknownShape, Tag(UNKNOWN)],
    Discriminator(_item_form),
]


class SiblingsShape(Shape):
    siblings: list[TaggedItem]


def _slot_form(value: Any) -> str:
    return "<siblings>" if isinstance(value, dict) and "siblings" in value else "<item>"


SlotShape = Annotated[
    Annotated[SiblingsShape, Tag("<siblings>")] | Annotated[TaggedItem, Tag("<item>")], Discriminator(_slot_form)
]
"""An item, or siblings of which a learner gets one at a time."""
