"""The conditions of the tips, worked again from the price files: shares that cuts save, a cache, and examples."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from tests.editions import REPOSITORY
from tests.price_files import PriceFiles

from costbook import money


@pytest.fixture(scope="module")
def figures(built_site: Path) -> set[str]:
    page = (built_site / "book/appendices/quick-reference.html").read_text(encoding="utf-8")
    return {figure.get_text() for figure in BeautifulSoup(page, "html.parser").select("article p a.cb-figure")}


def saved(read: Decimal, written: Decimal, before: tuple[int, int], after: tuple[int, int]) -> str:
    """The share of a bill that a cut saves."""
    cost, less = (tokens[0] * read + tokens[1] * written for tokens in (before, after))
    return money.percentage((cost - less) / cost)


def test_savings_by_hand() -> None:
    # At 2.00 and 10.00: 2,000 + 5,000 becomes 2,000 + 1,000, 4,000 of 7,000; without a prompt 4,000 of 5,000.
    assert saved(Decimal(2), Decimal(10), (1000, 500), (1000, 100)) == "57.1%"
    assert saved(Decimal(2), Decimal(10), (0, 500), (0, 100)) == "80%"


def test_what_the_tips_save(figures: set[str]) -> None:
    read, written = PriceFiles(REPOSITORY).of("everyday")
    cuts = {
        saved(read, written, before, after)
        for before, after in [
            ((0, 500), (0, 100)),
            ((1000, 500), (1000, 100)),
            ((4000, 200), (2000, 200)),
            ((4000, 200), (4000, 100)),
        ]
    }
    assert cuts <= figures


def test_examples_and_prompts(figures: set[str]) -> None:
    """Examples of 51 tokens weigh 51 / r output tokens; 10,000 prompts of 5,000 tokens are 50 million a day."""
    read, written = PriceFiles(REPOSITORY).of("everyday")
    assert {money.count(51 * read / written), money.amount(50 * read), "51", "55", "30"} <= figures
