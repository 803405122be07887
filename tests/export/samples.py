"""Banks to write and to read back: the quizzes of the book, and samples made by hand with every kind of question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from tests.sphinx_ext import quiz_pages
from tests.sphinx_ext.building import REPOSITORY
from tests.sphinx_ext.quiz_pages import ITEMS, QUIZ, SLOTS, changed, text

from costbook.assessment.items import AnswerUnit, Slot
from costbook.assessment.rich import words
from costbook.export.bank import Bank, bank_of
from costbook.load import load_world
from costbook.quizzes.resolve import resolve
from costbook.quizzes.resolved import NumericBody, ResolvedQuiz, ResolvedSlot, Variant, WrongNumber

PAGE = "https://example.org/editions.html?a=1&b=2"
HOSTILE = (
    "]]>",
    "<script>alert(1)</script>",
    "&amp; & <b>",
    "\"quoted\" 'twice'",
    "~=#{}:",
    "\ufffe\x00\x0c\ud800",
    "\u202eright to left \u05d0\u05d1",
    "\\ud800 {{ x }} {% y %} ${z}",
)
"""Texts that could be markup, or that no XML document holds."""


REAL = tuple(sorted(path.stem for path in (REPOSITORY / "assessments/quizzes").glob("*.yaml")))
"""The ids of the quizzes of the book."""


@cache
def real_quizzes() -> tuple[ResolvedQuiz, ...]:
    """The quizzes of the book."""
    world = load_world(REPOSITORY)
    return tuple(resolve(quiz, world)[0] for quiz in world.quizzes.values())


def real_quiz(name: str) -> ResolvedQuiz:
    """The quiz of the book with an id."""
    return next(one for one in real_quizzes() if one.quiz.id == name)


def real_banks(variants: int = 3) -> tuple[Bank, ...]:
    """The banks of the quizzes of the book, with so many variants of each question."""
    return tuple(bank_of(quiz, variants, page=PAGE) for quiz in real_quizzes())


def bank(*pools: Sequence[Variant], page: str | None = PAGE, **quiz: Any) -> Bank:
    """A bank of pools of variants; ``quiz`` replaces fields of its quiz."""
    slots = tuple(Slot((ITEMS[pool[0].item],)) for pool in pools)
    numbered = (tuple(replace(one, values=(("case", str(n)),)) for n, one in enumerate(pool)) for pool in pools)
    resolved = ResolvedQuiz(
        replace(QUIZ, slots=slots, **quiz),
        quiz_pages.PAGE.objectives,
        7,
        date(2026, 11, 22),
        "ab" * 32,
        None,
        tuple(ResolvedSlot(pool, 1, ()) for pool in numbered),
    )
    return bank_of(resolved, 99, page=page)


def sample() -> Bank:
    """Every kind, with pools of several variants."""
    return bank(*(variants for _, variants in SLOTS))


def number(key: str, low: str, high: str, *wrong: tuple[str, str, str, str], unit: AnswerUnit) -> Variant:
    """A numeric question; ``wrong`` are misconceptions with their value and its window."""
    mistakes = tuple(
        WrongNumber(name, Decimal(value), Decimal(least), Decimal(most), words(f"Did {name}."))
        for name, value, least, most in wrong
    )
    body = NumericBody(unit, Decimal(key), Decimal(low), Decimal(high), mistakes, words("Right."), words("No."))
    return replace(SLOTS[2][1][0], body=body, stem=words("What does it cost?"), solution=words(f"{key}, worked."))


SUB_CENT = number(
    # 1,200 × $3 + 300 × $15 = 3,600 + 4,500 millionths of a dollar; with the rates swapped 18,000 + 900.
    "0.0081",
    "0.00805",
    "0.00815",
    ("swapped-rates", "0.0189", "0.01885", "0.01895"),
    ("output-at-input-rate", "0.0045", "0.00445", "0.00455"),
    unit=AnswerUnit.DOLLARS,
)
NUMBERS = (
    SUB_CENT,
    number("0.3", "0.1", "0.5", ("per-thousand", "300", "298", "302"), unit=AnswerUnit.PERCENT),
    number("23.76", "23.5224", "23.9976", ("swapped-rates", "39.6", "39.204", "39.996"), unit=AnswerUnit.MICRO_DOLLARS),
    number("1140", "1139", "1141", ("counts-only", "912", "911", "913"), unit=AnswerUnit.TOKENS),
    number("0", "-0.5", "0.5", ("swapped-rates", "2", "1.5", "2.5"), unit=AnswerUnit.CENTS),
    number("1500", "1500", "1500", ("per-thousand", "1.5", "1.5", "1.5"), unit=AnswerUnit.READS),
    number("0.1", "0.0999", "0.1001", unit=AnswerUnit.CENTS),
)
"""Windows that binary floats are hard on, one of a single number, and one around nothing."""


def hostile(said: str) -> Bank:
    """Every kind, with a text in front of every text of an author."""
    pools = [[changed(variant, lambda one: f"{said} {one}") for variant in variants] for _, variants in SLOTS]
    odd = replace(pools[0][0], hint=text("Hint ", said))
    return bank([odd, *pools[0][1:]], *pools[1:], title=said)
