"""The numbers of chapter 3 on its built page and in its quizzes, worked again from the price files.

The arithmetic is written here and tried first on prices where every result was worked by hand. Prices of the past are
typed: the rows of a day that is over never change.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup, Tag
from tests.editions import REPOSITORY, first_world
from tests.price_files import PriceFiles

from costbook import money
from costbook.assessment.rich import Rich, to_plain
from costbook.quizzes.keys import Worlds
from costbook.quizzes.resolve import verify
from costbook.quizzes.resolved import ChoiceBody
from costbook.quizzes.texts import Asker
from costbook.world import World

PAGE = "book/03-reading-the-bill.html"
COUNTS = {
    "Long-prompt classifier": (2000, 1),
    "Short-prompt summary": (50, 500),
    "Question over retrieved documents": (4000, 200),
    "Chat reply": (800, 300),
    "Code generation": (200, 1500),
}
HOUSES = ("everyday", "small", "frontier")
CONTRASTS = ("gpt-4o", "deepseek-v4-pro")
MILLION = 1_000_000
Money = tuple[Decimal, Decimal]


def row(prices: Money, tokens: tuple[int, int]) -> tuple[str, str, str, str]:
    """A request in a table: its bill, its larger side, the tie in output tokens, and the distance to it."""
    (read, written), (sent, got) = prices, tokens
    costs = sent * read / MILLION, got * written / MILLION
    side = "equal" if costs[0] == costs[1] else "input" if costs[0] > costs[1] else "output"
    distance = abs(costs[0] - costs[1]) / max(costs)
    return money.amount(costs[0] + costs[1]), side, money.count(sent * read / written), money.percentage(distance)


def test_the_arithmetic_by_hand() -> None:
    everyday = Decimal(2), Decimal(10)
    assert {name: row(everyday, tokens) for name, tokens in COUNTS.items()} == {
        # 4,000 + 10 millionths; 2,000 / 5; 3,990 / 4,000
        "Long-prompt classifier": ("$0.00401", "input", "400", "99.8%"),
        # 100 + 5,000; 50 / 5; 4,900 / 5,000
        "Short-prompt summary": ("$0.00510", "output", "10", "98%"),
        # 8,000 + 2,000; 4,000 / 5; 6,000 / 8,000
        "Question over retrieved documents": ("$0.0100", "input", "800", "75%"),
        # 1,600 + 3,000; 800 / 5; 1,400 / 3,000
        "Chat reply": ("$0.00460", "output", "160", "46.7%"),
        # 400 + 15,000; 200 / 5; 14,600 / 15,000
        "Code generation": ("$0.0154", "output", "40", "97.3%"),
    }
    assert row((Decimal(3), Decimal(15)), (2000, 400)) == ("$0.0120", "equal", "400", "0%")


@pytest.fixture(scope="module")
def prices() -> PriceFiles:
    return PriceFiles(REPOSITORY)


@pytest.fixture(scope="module")
def page(built_site: Path) -> BeautifulSoup:
    return BeautifulSoup((built_site / PAGE).read_text(encoding="utf-8"), "html.parser")


def cells(line: Tag) -> list[str]:
    return [cell.get_text(" ", strip=True) for cell in line.select("th, td")]


def rows(page: BeautifulSoup, *heads: str) -> list[list[str]]:
    """The rows of the one scenario table with these columns behind workload and model."""
    found = [[cells(line) for line in table.select("tr")] for table in page.select("table.cb-scenarios")]
    (lines,) = [lines for lines in found if lines[0][2:] == list(heads)]
    return lines[1:]


def names(prices: PriceFiles, model: str) -> str:
    """The printed name of a model, from its file."""
    wanted = prices.houses.get(model, model)
    for path in (REPOSITORY / "book/data/prices").glob("*.yaml"):
        models = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)["models"]
        if wanted in models:
            return str(models[wanted]["name"])
    raise AssertionError(wanted)


def test_five_requests_on_the_house_models(page: BeautifulSoup, prices: PriceFiles) -> None:
    expected = [
        [name, names(prices, model), *row(prices.of(model), tokens)]
        for name, tokens in COUNTS.items()
        for model in HOUSES
    ]
    assert rows(page, "Bill", "Costs more", "Tie at output tokens", "Distance to the tie") == expected


def test_five_requests_on_two_other_models(page: BeautifulSoup, prices: PriceFiles) -> None:
    expected = [
        [name, names(prices, model), *row(prices.of(model), tokens)[1:]]
        for name, tokens in COUNTS.items()
        for model in CONTRASTS
    ]
    assert rows(page, "Costs more", "Tie at output tokens", "Distance to the tie") == expected


def test_the_cliff(page: BeautifulSoup) -> None:
    """Claude Sonnet 4.6 until 2026-03-13: $3 and $15, above 200,000 tokens of prompt $6 and $22.50."""
    section = page.select_one("#bill-cliff, #a-tier-is-a-cliff")
    assert section is not None
    figures = [figure.get_text() for figure in section.select("p a.cb-figure")]
    # 0.6 + 0.015, and 1.200006 + 0.0225; without the tier 0.600003 + 0.015
    assert figures[:3] == ["$0.615", "$1.22", "$0.615"]


@dataclass(frozen=True)
class Tiered:
    """The base prices of a model, its threshold, and the prices above it."""

    base: Money
    above: int
    tier: Money


def tiered(prices: PriceFiles, model: str) -> Tiered:
    listed = prices.rows[prices.houses.get(model, model)]
    (tier,) = listed["tiers"]
    return Tiered(prices.of(model), int(tier["above"]), (Decimal(tier["input"]), Decimal(tier["output"])))


def above_the_threshold(listed: Tiered, sent: int, got: int) -> dict[str | None, Decimal]:
    """What a request above a threshold costs, and what each mistake makes of it."""
    (read, written), (dear_read, dear_written) = listed.base, listed.tier
    over = sent - listed.above
    return {
        None: (sent * dear_read + got * dear_written) / MILLION,
        "tier-ignored": (sent * read + got * written) / MILLION,
        "tiers-marginal": (listed.above * read + over * dear_read + got * written) / MILLION,
        "swapped-rates": (sent * dear_written + got * dear_read) / MILLION,
        "output-at-input-rate": (sent + got) * dear_read / MILLION,
    }


def test_above_the_threshold_by_hand() -> None:
    pro = Tiered((Decimal("1.25"), Decimal(10)), 200_000, (Decimal("2.50"), Decimal(15)))
    assert above_the_threshold(pro, 300_000, 2_000) == {
        None: Decimal("0.78"),  # 0.75 + 0.03
        "tier-ignored": Decimal("0.395"),  # 0.375 + 0.02
        "tiers-marginal": Decimal("0.52"),  # 0.25 + 0.25 + 0.02
        "swapped-rates": Decimal("4.505"),  # 4.5 + 0.005
        "output-at-input-rate": Decimal("0.755"),
    }


def amount_in(text: Rich) -> Decimal:
    (found,) = re.findall(r"\$([\d,.]*\d)", to_plain(text))
    return Decimal(found.replace(",", ""))


def as_printed(value: Decimal) -> Decimal:
    places = max(2, 2 - value.adjusted())
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


@pytest.fixture(scope="module", params=["first edition", "this edition"])
def world(request: pytest.FixtureRequest, book: World) -> World:
    return first_world() if request.param == "first edition" else book


def test_keys_and_wrong_answers_above_the_threshold(world: World, prices: PriceFiles) -> None:
    items = {item.id: item for quiz in world.quizzes.values() for item in quiz.items}
    pool = verify(items["c3-above-the-threshold"], Worlds(Asker(world)))
    assert len(pool.variants) >= 5
    for variant in pool.variants:
        values = dict(variant.values)
        sent, got = map(int, values["case"].split("+"))
        model = world.model(values["model"])
        listed = model.rate_on(world.edition.as_of)
        if world.edition.serial == prices.serial:
            asked = tiered(prices, values["model"])
        else:
            (tier,) = listed.tiers
            asked = Tiered(
                (listed.prices.input, listed.prices.output), tier.above, (tier.prices.input, tier.prices.output)
            )
        expected = above_the_threshold(asked, sent, got)
        assert isinstance(variant.body, ChoiceBody)
        assert {one.misconception: amount_in(one.text) for one in variant.body.options} == {
            one.misconception: as_printed(expected[one.misconception]) for one in variant.body.options
        }
        assert len(variant.body.options) == 4


def test_verdicts_and_distances_in_the_practice(book: World, prices: PriceFiles) -> None:
    items = {item.id: item for quiz in book.quizzes.values() for item in quiz.items}
    for variant in verify(items["c3-how-sure"], Worlds(Asker(book))).variants:
        values = dict(variant.values)
        (read, written), (dear, dear_written) = prices.of(values["model"]), prices.of("frontier")
        sent, got = map(int, values["case"].split("+"))
        by = {
            None: (read, written),
            "counts-only": (read, read),
            "swapped-rates": (written, read),
            "another-models-ratio": (read, read * dear_written / dear),
        }
        assert isinstance(variant.body, ChoiceBody)
        for option in variant.body.options:
            _, side, _, distance = row(by[option.misconception], (sent, got))
            assert to_plain(option.text) == f"The {side} side, at a distance of {distance}."
