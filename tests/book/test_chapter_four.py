"""The numbers of chapter 4 on its built page, worked again from the prices of its two models.

The arithmetic is written here, on prices that are read from the price files as plain YAML. It is tried first on the
prices of the first edition, where every result was worked by hand.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from tests.editions import REPOSITORY
from tests.price_files import PriceFiles

from costbook import money

PAGE = "book/04-from-one-call-to-a-month.html"
PROMPTS = (0, 100, 1_000, 2_000, 5_000, 10_000)
LONG, SHORT = 500, 100
REQUESTS, DAYS = 1_000, 30


@dataclass(frozen=True)
class Listed:
    """What a million tokens cost, in USD: read and written."""

    read: Decimal
    written: Decimal

    def month(self, read: int, written: int, requests: int = REQUESTS) -> Decimal:
        """A month of 30 days of these requests."""
        return (read * self.read + written * self.written) * requests * DAYS / 1_000_000

    def prompt(self, tokens: int) -> tuple[str, str, str, str]:
        """With a prompt of this size: the month with long and with short replies, and what the second saves."""
        long, short = self.month(tokens, LONG), self.month(tokens, SHORT)
        return (
            money.amount(long),
            money.amount(short),
            money.amount(long - short),
            money.percentage((long - short) / long),
        )

    def left_out(self) -> list[str]:
        """The shop's month, with 50 requests sent again, with 1,600 more read, with 1,200 written unseen."""
        months = (self.month(800, 300), self.month(800, 300, 1_050), self.month(2_400, 300), self.month(800, 1_500))
        return [money.amount(one) for one in months]

    def slips(self) -> list[str]:
        """The shop's month; a day, a request, the output side and the input side alone."""
        month = self.month(800, 300)
        wrong = (month, month / DAYS, month / DAYS / REQUESTS, self.month(0, 300), self.month(800, 0))
        return [money.amount(one) for one in wrong]


GPT_4O = Listed(Decimal("2.50"), Decimal(10))
EVERYDAY = Listed(Decimal(2), Decimal(10))


def test_the_arithmetic_by_hand() -> None:
    assert [GPT_4O.prompt(tokens) for tokens in PROMPTS] == [
        # A day of 1,000: 500 written cost 5.00, 100 cost 1.00; 1,000 read for each cost 2.50. A month is 30 days.
        ("$150.00", "$30.00", "$120.00", "80%"),  # 4 of 5
        ("$157.50", "$37.50", "$120.00", "76.2%"),  # 4 of 5.25
        ("$225.00", "$105.00", "$120.00", "53.3%"),  # 4 of 7.50
        ("$300.00", "$180.00", "$120.00", "40%"),  # 4 of 10
        ("$525.00", "$405.00", "$120.00", "22.9%"),  # 4 of 17.50
        ("$900.00", "$780.00", "$120.00", "13.3%"),  # 4 of 30
    ]
    # The same with 2.00 for 1,000 read: 4 of 5, 5.2, 7, 9, 15 and 25.
    assert [EVERYDAY.prompt(tokens)[3] for tokens in PROMPTS] == ["80%", "76.9%", "57.1%", "44.4%", "26.7%", "16%"]
    # 24 million read at 2 are 48, 9 million written at 10 are 90. 138 and a twentieth of it; 144 + 90; 48 + 450.
    assert EVERYDAY.left_out() == ["$138.00", "$144.90", "$234.00", "$498.00"]
    assert EVERYDAY.slips() == ["$138.00", "$4.60", "$0.00460", "$90.00", "$48.00"]


@pytest.fixture(scope="module")
def files() -> PriceFiles:
    return PriceFiles(REPOSITORY)


@pytest.fixture(scope="module")
def page(built_site: Path) -> BeautifulSoup:
    return BeautifulSoup((built_site / PAGE).read_text(encoding="utf-8"), "html.parser")


def cells(table: Tag | None) -> list[list[str]]:
    assert table is not None
    return [[cell.get_text(" ", strip=True) for cell in row.select("th, td")] for row in table.select("tbody tr")]


def scenario_table(page: BeautifulSoup, caption: str) -> list[list[str]]:
    """The rows of the scenario table whose caption begins like this."""
    found = [
        table
        for table in page.select("table.cb-scenarios")
        if (said := table.caption) is not None and said.get_text(strip=True).startswith(caption)
    ]
    assert len(found) == 1
    return cells(found[0])


def test_what_brevity_saves_by_prompt(page: BeautifulSoup, files: PriceFiles) -> None:
    seed, everyday = Listed(*files.of("gpt-4o")), Listed(*files.of("everyday"))
    rows = cells(page.select_one("table#month-verbosity"))
    assert rows == [[f"{tokens:,}", *seed.prompt(tokens), everyday.prompt(tokens)[3]] for tokens in PROMPTS]


def test_the_month_by_hand(page: BeautifulSoup, files: PriceFiles) -> None:
    everyday = Listed(*files.of("everyday"))
    section = page.select_one("#one-estimate-by-hand, #month-by-hand")
    assert section is not None
    steps = [item.get_text(" ", strip=True) for item in section.select("ol > li")]
    for step, side in ((steps[2], everyday.month(800, 0)), (steps[3], everyday.month(0, 300))):
        assert money.amount(side) in step
    assert money.amount(everyday.month(800, 300)) in steps[4]


def test_the_estimate_of_s001(page: BeautifulSoup, files: PriceFiles) -> None:
    """13 tokens read, int(200 x 1.33) = 266 written."""
    seed = Listed(*files.of("gpt-4o"))
    day = seed.month(13, 266) / DAYS
    (row,) = scenario_table(page, "The estimate of S001")
    assert row[1:] == ["13", "266", "1,000", money.amount(day / REQUESTS), money.amount(day)]


def test_what_is_left_out_and_what_slips_make(page: BeautifulSoup, files: PriceFiles) -> None:
    everyday = Listed(*files.of("everyday"))
    assert [row[-1] for row in scenario_table(page, "The shop")] == everyday.left_out()
    assert [row[1] for row in cells(page.select_one("table#month-slips"))[:5]] == everyday.slips()


def test_the_range(page: BeautifulSoup, files: PriceFiles) -> None:
    everyday = Listed(*files.of("everyday"))
    rows = scenario_table(page, "One count")
    assert [row[-1] for row in rows] == [money.amount(everyday.month(800, written)) for written in (150, 300, 600)]
