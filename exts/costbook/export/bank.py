"""A bank: the questions of a quiz as a learning-management system keeps them, before any system's own format.

Every target is written from it, so that all of them have the same questions under the same ids.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from textwrap import shorten

from costbook import money
from costbook.assessment.objectives import Objective
from costbook.assessment.rich import Rich
from costbook.export.pointers import Places, sources
from costbook.export.prose import plain
from costbook.quizzes.reads import digest_of
from costbook.quizzes.resolved import (
    ChoiceBody,
    MultipleBody,
    NumericBody,
    ResolvedQuiz,
    ResolvedSlot,
    Variant,
)

ABOUT = 60
"""Characters at most that say what a pool is about."""
SHORT = 12
"""Characters of a digest that are printed: 48 bits tell any two versions of a question apart."""


@dataclass(frozen=True, slots=True)
class Banked:
    """One question: a variant with the name it keeps for good.

    ``id`` is made of quiz, item and the values drawn, never of what a price changes: importing the bank of a later
    edition updates the question. ``digest`` is made of everything that the question says, so that a copy that was
    imported earlier can be told from it. ``misconceptions`` are those that its wrong answers show.
    """

    id: str
    digest: str
    variant: Variant
    misconceptions: tuple[str, ...]

    @property
    def name(self) -> str:
        """What an educator sees in a list: ``c1-break-even (model gpt-4o, case 2400+150)``."""
        drawn = ", ".join(f"{name} {value}" for name, value in self.variant.values)
        return f"{self.variant.item} ({drawn})" if drawn else self.variant.item


@dataclass(frozen=True, slots=True)
class Pool:
    """The questions of one place of a quiz, of which a learner gets one; all are worth the same points.

    ``id`` is made of the quiz and the first item of the place. ``about`` are the first words of its first variant,
    whichever variants the pool has.
    """

    id: str
    questions: tuple[Banked, ...]
    about: str = ""

    @property
    def points(self) -> int:
        """The points of any of them."""
        return self.questions[0].variant.points


@dataclass(frozen=True)
class Bank:
    """A quiz as a bank. ``code`` gives the form of its first questions again.

    ``page`` is the address of the page that says whether the bank is stale, or None where the site has no address.
    """

    id: str
    title: str
    edition: int
    as_of: date
    code: str
    minutes: Decimal
    objectives: tuple[Objective, ...]
    pools: tuple[Pool, ...]
    page: str | None = None

    @property
    def questions(self) -> tuple[Banked, ...]:
        """Every question, pool by pool."""
        return tuple(question for pool in self.pools for question in pool.questions)

    def label(self, pool: Pool) -> str:
        """What an educator finds a pool by: ``1 of 5 (2 points): A model reads 1,500 tokens …``."""
        place = [one.id for one in self.pools].index(pool.id) + 1
        name = f"{place} of {len(self.pools)} ({money.some(pool.points, 'point')})"
        return f"{name}: {pool.about}" if pool.about else name

    @property
    def stamp(self) -> str:
        """The edition in words, as every question says it: ``edition 1, priced at 2026-11-22``."""
        return f"edition {self.edition}, priced at {self.as_of}"


def bank_of(
    quiz: ResolvedQuiz, variants: int, seed: int = 0, page: str | None = None, places: Places | None = None
) -> Bank:
    """The bank of a quiz with at most so many variants of each slot, from a seed on.

    With ``places``, its texts name the chapter and the book of what they point to.

    Raises:
        ValueError: for less than one variant.
    """
    if variants < 1:
        raise ValueError("a bank needs at least one variant of each question")
    return Bank(
        quiz.quiz.id,
        quiz.quiz.title,
        quiz.edition,
        quiz.as_of,
        quiz.code(seed),
        sum((slot.first.minutes for slot in quiz.quiz.slots), Decimal(0)),
        quiz.objectives,
        tuple(
            _pool(quiz.quiz.id, slot.first.id, resolved, range(seed, seed + variants), places)
            for slot, resolved in zip(quiz.quiz.slots, quiz.slots, strict=True)
        ),
        page,
    )


def digests(quiz: ResolvedQuiz) -> dict[str, str]:
    """The digest of every question that a quiz can draw, by its id."""
    banked = (_banked(quiz.quiz.id, variant) for slot in quiz.slots for variant in slot.variants)
    return {one.id: one.digest for one in banked}


def _pool(quiz: str, first: str, slot: ResolvedSlot, seeds: range, places: Places | None) -> Pool:
    drawn = (_banked(quiz, slot.variant(seed)) for seed in seeds[: len(slot.variants)])
    # The digest is of what the author says: whether a site has an address makes no question another one.
    named = drawn if places is None else (replace(one, variant=places.cited(one.variant)) for one in drawn)
    return Pool(f"{quiz}.{first}", tuple(named), _about(slot.variants[0].stem))


def _about(stem: Rich) -> str:
    """The first words of a question, without the labels of what it quotes."""
    text = plain(stem)
    for label in sources(stem):
        text = text.replace(f" [{label}]", "")
    return shorten(text, ABOUT, placeholder=" …")


def _banked(quiz: str, variant: Variant) -> Banked:
    values = tuple(f"{name}={value}" for name, value in variant.values)
    # Options stand in another order in another form, and say the same.
    body = variant.body
    if isinstance(body, ChoiceBody | MultipleBody):
        body = replace(body, options=tuple(sorted(body.options, key=lambda one: one.id)))
    said = (variant.stem, variant.hint, body, variant.solution, variant.points)
    return Banked(".".join((quiz, variant.item, *values)), digest_of(repr(said))[:SHORT], variant, _mistakes(variant))


def _mistakes(variant: Variant) -> tuple[str, ...]:
    match variant.body:
        case ChoiceBody(options) | MultipleBody(options):
            found = [one.misconception for one in options if one.misconception is not None]
        case NumericBody(wrong=wrong):
            found = [one.misconception for one in wrong]
        case _:
            found = []
    return tuple(dict.fromkeys(found))


def tags(bank: Bank, question: Banked) -> tuple[str, ...]:
    """What a question is about, for targets that have tags: its objective, level, edition, code, misconceptions."""
    variant = question.variant
    return (
        f"objective:{variant.objective}",
        f"level:{variant.level.value}",
        f"process:{variant.process}",
        f"edition:{bank.edition}",
        f"priced-at:{bank.as_of}",
        f"code:{variant.code}",
        f"digest:{question.digest}",
        *(f"misconception:{one}" for one in question.misconceptions),
    )
