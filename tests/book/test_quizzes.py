"""Keys, distractors and feedback of the book's own quizzes follow its prices.

Every computed item is worked again, in every variant, from the price files read as plain YAML and with arithmetic
written here: on the prices of the book, and on prices that have moved.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
import yaml
from tests.editions import first_world
from tests.price_files import PriceFiles
from tests.sphinx_ext.building import Book, real_book

from costbook.assessment.items import Item
from costbook.assessment.rich import Rich, to_plain
from costbook.load import load_world
from costbook.quizzes.keys import Worlds
from costbook.quizzes.resolve import resolve, verify
from costbook.quizzes.resolved import ChoiceBody, NumericBody, Variant
from costbook.quizzes.texts import Asker
from costbook.world import World

COUNTS = {
    "classifier": (2000, 1),
    "summary": (50, 500),
    "rag": (4000, 200),
    "chat-reply": (800, 300),
    "code": (200, 1500),
}
MILLION = Decimal(1_000_000)


@dataclass(frozen=True)
class Listed:
    """Prices of a model, and the price ratio of the frontier model, for a variant."""

    read: Decimal
    written: Decimal
    other_ratio: Decimal
    i: int
    o: int


Amounts = dict[str, Decimal]


def break_even(p: Listed) -> Amounts:
    return {
        "key": p.i * p.read / p.written,
        "swapped-rates": p.i * p.written / p.read,
        "output-at-input-rate": Decimal(p.i),
        "another-models-ratio": p.i / p.other_ratio,
    }


def ceiling(p: Listed) -> Amounts:
    """Output of a thousand requests a day, in dollars."""
    return {
        "output-side": p.o * p.written / 1000,
        "whole-bill": (p.i * p.read + p.o * p.written) / 1000,
        "output-at-input-rate": p.o * p.read / 1000,
        "requests-forgotten": p.o * p.written / MILLION,
    }


def meter(p: Listed) -> Amounts:
    """Output of one request, in micro-dollars."""
    return {
        "key": p.o * p.written,
        "output-at-input-rate": p.o * p.read,
        "another-models-ratio": p.o * p.read * p.other_ratio,
        "per-thousand": p.o * p.written * 1000,
    }


def estimate(p: Listed) -> Amounts:
    """800 in, 300 seen and 1,200 hidden, in dollars."""
    return {
        "key": (800 * p.read + 1500 * p.written) / MILLION,
        "reasoning-forgotten": (800 * p.read + 300 * p.written) / MILLION,
        "output-at-input-rate": 2300 * p.read / MILLION,
        "swapped-rates": (800 * p.written + 1500 * p.read) / MILLION,
        "input-forgotten": 1500 * p.written / MILLION,
    }


WORKED: Mapping[str, Callable[[Listed], Amounts]] = {
    "c1-break-even": break_even,
    "c1-ceiling": ceiling,
    "c1-true-meter": meter,
    "c1-visible-estimate": estimate,
}
WEIGHED = ("c1-which-side", "c1-email-side", "c1-rule-of-thumb")
SHARED = ("c1-cut-by-share",)
MOVED = {"gpt-4o": ("3.10", "9.30"), "deepseek-v4-pro": ("0.70", "5.60"), "gemini-2.5-pro": ("2.00", "12.00")}
"""Prices that may come: other ratios too (3, 8 and 6)."""


class Prices(PriceFiles):
    """The prices of the book, for a variant."""

    def listed(self, variant: Variant) -> Listed:
        values = dict(variant.values)
        read, written = self.of(values["model"])
        frontier = self.of("frontier")
        i, o = (0, 0)
        if "case" in values:
            i, o = map(int, values["case"].split("+"))
        elif "work" in values:
            i, o = COUNTS[values["work"]]
        return Listed(read, written, frontier[1] / frontier[0], i, o)


@dataclass(frozen=True)
class Priced:
    """A book, loaded, and its prices read apart."""

    world: World
    prices: Prices

    def item(self, name: str) -> Item:
        return next(item for quiz in self.world.quizzes.values() for item in quiz.items if item.id == name)

    def variants(self, name: str) -> Iterator[tuple[Variant, Listed]]:
        """The verified variants of an item; there are as many as it asks for."""
        pool = verify(self.item(name), Worlds(Asker(self.world)))
        assert len(pool.variants) >= self.item(name).variants
        for variant in pool.variants:
            yield variant, self.prices.listed(variant)


def moved_book(folder: Path) -> Book:
    """The book after a change of some prices, in the rows that are in force."""
    book = real_book(folder)
    prices = Prices(book.root)
    for path in (book.root / "book/data/prices").glob("*.yaml"):
        name = f"book/data/prices/{path.name}"
        for model, (read, written) in MOVED.items():
            block = re.search(
                rf"^  {re.escape(model)}:\n(?:(?:   .*)?\n)*", path.read_text(encoding="utf-8"), re.MULTILINE
            )
            if block:
                head, *rows = block[0].split("\n      - ")
                (at,) = (
                    n
                    for n, row in enumerate(rows)
                    if yaml.load(f"{' ' * 8}{row}", yaml.BaseLoader) == prices.rows[model]
                )
                rows[at] = re.sub(r"(?m)^( +input:) .*$", rf"\1 {read}", rows[at], count=1)
                rows[at] = re.sub(r"(?m)^( +output:) .*$", rf"\1 {written}", rows[at], count=1)
                book.replace(name, block[0], "\n      - ".join([head, *rows]))
    return book


@pytest.fixture(scope="module", params=["as they are", "moved"])
def priced(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Priced:
    folder = tmp_path_factory.mktemp("prices")
    root = (real_book(folder) if request.param == "as they are" else moved_book(folder)).root
    prices = Prices(root)
    if request.param == "moved":
        assert {name: prices.of(name) for name in MOVED} == {
            name: (Decimal(read), Decimal(written)) for name, (read, written) in MOVED.items()
        }
    return Priced(load_world(root), prices)


def number_in(rich: Rich) -> Decimal:
    """The one amount of an option."""
    (found,) = re.findall(r"\$([\d,.]*\d)", to_plain(rich))
    return Decimal(found.replace(",", ""))


def as_printed(value: Decimal) -> Decimal:
    """Two decimals, or three significant digits where those reach further."""
    places = max(2, 2 - value.adjusted())
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


@pytest.mark.parametrize("name", WORKED)
def test_keys_and_wrong_answers(priced: Priced, name: str) -> None:
    for variant, listed in priced.variants(name):
        expected, body = WORKED[name](listed), variant.body
        if isinstance(body, NumericBody):
            assert body.low <= expected["key"] <= body.high
            assert abs(body.key - expected["key"]) <= (body.high - body.low) / 40
            assert {one.misconception: one.value for one in body.wrong}.items() <= expected.items()
            assert body.wrong
        else:
            assert isinstance(body, ChoiceBody)
            assert {one.id: number_in(one.text) for one in body.options} == {
                one.id: as_printed(expected[one.id]) for one in body.options
            }
            for one in body.options:
                if not one.right and "Worked out that way" in to_plain(one.feedback):
                    working = to_plain(one.feedback).partition("Worked out that way: ")[2]
                    assert f"${as_printed(expected[one.id]):,f}" in working


def side(i: Decimal, o: Decimal) -> str:
    return "input" if i > o else "output"


@pytest.mark.parametrize("name", WEIGHED)
def test_verdicts_and_their_reasons(priced: Priced, name: str) -> None:
    for variant, p in priced.variants(name):
        assert isinstance(variant.body, ChoiceBody)
        ratios = {
            None: p.written / p.read,
            "counts-only": Decimal(1),
            "another-models-ratio": p.other_ratio,
            "swapped-rates": p.read / p.written,
        }
        right = p.o * p.written / p.read
        assert abs(p.i - right) >= max(Decimal(p.i), right) / 10, "far from a tie"
        for option in variant.body.options:
            if option.misconception in ratios:
                weight = p.o * ratios[option.misconception]
                text = to_plain(option.text)
                assert f"The {side(Decimal(p.i), weight)} side" in text
                whole = weight == weight.to_integral_value()
                printed = f"{weight:,.0f}" if whole else f"{weight.quantize(Decimal('0.1'), rounding=ROUND_HALF_UP):,}"
                assert f"{printed} input tokens" in text


@pytest.mark.parametrize("name", SHARED)
def test_shares(priced: Priced, name: str) -> None:
    for variant, p in priced.variants(name):
        assert isinstance(variant.body, ChoiceBody)
        by = {None: (p.read, p.written), "counts-only": (p.read, p.read), "swapped-rates": (p.written, p.read)}
        for option in variant.body.options:
            if option.misconception in by:
                read, written = by[option.misconception]
                costs = p.i * read, p.o * written
                printed = [Decimal(found) for found in re.findall(r"([\d.]+)%", to_plain(option.text))]
                exact = [100 * cost / sum(costs) for cost in costs]
                assert [abs(one - other) <= Decimal("0.05") for one, other in zip(printed, exact, strict=True)] == [
                    True
                ] * 2
                assert f"The {side(*costs)} cut" in to_plain(option.text)


def test_a_moved_price_moves_what_is_printed(priced: Priced, book: World) -> None:
    """The stem of a variant on a model states its prices of this book."""
    pool = verify(priced.item("c1-ceiling"), Worlds(Asker(priced.world)))
    variant = next(one for one in pool.variants if dict(one.values) == {"work": "rag", "model": "gpt-4o"})
    read, written = priced.prices.of("gpt-4o")
    assert f"${read} for a million input tokens, ${written} for a million output tokens" in to_plain(variant.stem)
    share = 200 * written / (4000 * read + 200 * written) * 100
    assert isinstance(variant.body, ChoiceBody)
    right = next(one for one in variant.body.options if one.right)
    assert f"{share.quantize(Decimal('0.1'), rounding=ROUND_HALF_UP)}% of the bill" in to_plain(right.feedback)


def test_numbers_on_the_prices_of_the_first_edition() -> None:
    """Worked by hand, once: GPT-4o at $2.50 and $10.00."""
    first = Worlds(Asker(first_world()))
    items = {item.id: item for quiz in first.true.world.quizzes.values() for item in quiz.items}
    found = {
        (name, *dict(variant.values).values()): variant.body
        for name in WORKED
        for variant in verify(items[name], first).variants
    }
    body = found["c1-true-meter", "gpt-4o", "7+12"]
    assert isinstance(body, NumericBody)
    assert (body.key, body.low, body.high) == (Decimal(120), Decimal("118.8"), Decimal("121.2"))  # 12 × 10
    ceiling_body = found["c1-ceiling", "rag", "gpt-4o"]
    assert isinstance(ceiling_body, ChoiceBody)
    assert number_in(next(one.text for one in ceiling_body.options if one.right)) == Decimal("2.00")  # 200 × 10 × 1,000
    estimate_body = found["c1-visible-estimate", "gpt-4o"]
    assert isinstance(estimate_body, ChoiceBody)
    # 800 × 2.50 + 1,500 × 10 = 17,000 millionths
    assert number_in(next(one.text for one in estimate_body.options if one.right)) == Decimal("0.0170")


def test_key_positions_are_balanced_in_each_quiz(book: World) -> None:
    """Over the variants that are shipped, no seat holds the key much oftener than another."""
    for quiz in book.quizzes.values():
        for slot in resolve(quiz, book)[0].slots:
            seats = [
                [option.right for option in variant.body.options].index(True)
                for variant in slot.variants
                if isinstance(variant.body, ChoiceBody)
            ]
            counts = [seats.count(place) for place in range(4)]
            assert not seats or max(counts) - min(counts) <= 1
