"""Banks to export in tests: of the book's own quizzes, and of a quiz made by hand that has every kind of question."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from tests.editions import REPOSITORY
from tests.sphinx_ext.quiz_pages import EXPLAIN, NUMBERS, PREDICT, SLOTS, changed

from costbook.assessment.items import AnswerUnit
from costbook.assessment.rich import words
from costbook.export.bank import Bank, Banked, Pool, bank_of
from costbook.load import load_world
from costbook.quizzes.resolve import resolve
from costbook.quizzes.resolved import (
    Chosen,
    MultipleBody,
    NumericBody,
    Variant,
    WrongNumber,
)

PAGE = "https://example.org/book/editions.html?a=1&b=2"
VARIANTS = 6


@cache
def book_banks() -> tuple[Bank, ...]:
    """The banks of the three quizzes of the book, of a few variants each."""
    world = load_world(REPOSITORY)
    return tuple(bank_of(resolve(quiz, world)[0], VARIANTS, page=PAGE) for quiz in world.quizzes.values())


def bank(*variants: Variant, **given: Any) -> Bank:
    """A bank with a pool for each item of some variants."""
    pools: dict[str, list[Banked]] = {}
    for number, variant in enumerate(variants):
        name = f"sample.{variant.item}.v={number}"
        pools.setdefault(variant.item, []).append(Banked(name, f"{number:012x}", variant, _mistakes(variant)))
    made = tuple(Pool(f"sample.{item}", tuple(questions)) for item, questions in pools.items())
    return Bank(
        **{
            "id": "sample",
            "title": "A sample",
            "edition": 7,
            "as_of": date(2026, 11, 22),
            "code": "AAAA-BBBB",
            "minutes": Decimal(9),
            "objectives": (EXPLAIN, PREDICT),
            "pools": made,
            "page": PAGE,
            **given,
        }
    )


def _mistakes(variant: Variant) -> tuple[str, ...]:
    return tuple(one.misconception for one in getattr(variant.body, "wrong", ()) if hasattr(one, "misconception"))


def variants() -> tuple[Variant, ...]:
    """Every variant of the quizzes made by hand, and some that are hard to mark."""
    shown = [variant for _, pool in SLOTS for variant in pool]
    shown += [variant for slot in NUMBERS.slots for variant in slot.variants]
    return (*shown, sub_cent(), lopsided(), overlapping(), *(ticks(right, 3) for right in range(1, 8)))


def every_kind() -> Bank:
    """A bank of all of them."""
    return bank(*variants())


def _first(kind: str) -> Variant:
    return next(variant for _, pool in SLOTS for variant in pool if variant.kind == kind)


def numeric(item: str, body: NumericBody) -> Variant:
    """A numeric question."""
    return replace(_first("numeric"), item=item, body=body, code="N-1")


def sub_cent() -> Variant:
    """1,200 in at $3 and 300 out at $15 per million: $0.0036 and $0.0045, together $0.0081. Swapped: $0.0189."""
    wrong = WrongNumber("swapped-rates", Decimal("0.0189"), Decimal("0.01885"), Decimal("0.01895"), words("Swapped."))
    return numeric(
        "sub-cent",
        NumericBody(
            AnswerUnit.DOLLARS,
            Decimal("0.0081"),
            Decimal("0.00805"),
            Decimal("0.00815"),
            (wrong,),
            words("Right, a tenth of a cent counts."),
            words("Multiply and add."),
        ),
    )


def lopsided() -> Variant:
    """From 9 to 14 around 10, and a mistake around a third that no decimal number is."""
    third = Decimal(100) / 3
    wrong = WrongNumber("per-thousand", third, third - 1, third + 1, words("A third."))
    return numeric(
        "lopsided",
        NumericBody(AnswerUnit.CENTS, Decimal(10), Decimal(9), Decimal(14), (wrong,), words("Yes."), words("No.")),
    )


def overlapping() -> Variant:
    """Windows that share numbers: the key goes first, then the mistakes in their order; and numbers below nothing."""
    wrong = (
        WrongNumber("first", Decimal(-3), Decimal(-5), Decimal(-1), words("The first.")),
        WrongNumber("second", Decimal(-1), Decimal(-2), Decimal("0.5"), words("The second.")),
    )
    return numeric(
        "overlapping",
        NumericBody(AnswerUnit.TIMES, Decimal(1), Decimal(0), Decimal(2), wrong, words("Inside."), words("Outside.")),
    )


def ticks(right: int, wrong: int) -> Variant:
    """A multiple choice with so many right and wrong options."""
    options = tuple(
        Chosen(f"o{place}", words(f"Option {place}"), place < right, words(f"Of option {place}."))
        for place in range(right + wrong)
    )
    return replace(
        _first("multiple-choice"), item=f"ticks-{right}", body=MultipleBody(options), stem=words("Which?"), code="T-1"
    )


def hostile(change: Callable[[str], str]) -> Bank:
    """The bank with every text of an author changed, names and ids too."""
    found = []
    for question in bank(*(pool[0] for _, pool in SLOTS)).questions:
        variant = changed(question.variant, change)
        variant = replace(
            variant,
            item=change(question.variant.item),
            kind=question.variant.kind,
            values=((change("name"), change("value")),),
        )
        found.append(Banked(change(question.id), question.digest, variant, (change("mistaken"),)))
    made = tuple(Pool(change(f"pool {number}"), (question,)) for number, question in enumerate(found))
    return replace(bank(), id=change("sample"), title=change("A sample"), pools=made)
