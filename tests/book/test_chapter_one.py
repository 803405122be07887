"""The numbers of chapter 1 on its built page, worked again from the prices of the everyday model.

The arithmetic is written here, on prices that are read from the price files as plain YAML. It is tried first on the
prices of the first edition, $2.00 in and $10.00 out per million, where every result was worked by hand.
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

PAGE = "book/01-the-life-of-a-token.html"

# Tokens of a request: read and written.
COUNTS = {
    "Long-prompt classifier": (2000, 1),
    "Short-prompt summary": (50, 500),
    "Question over retrieved documents": (4000, 200),
    "Chat reply": (800, 300),
    "Code generation": (200, 1500),
}
# Of a pair of cuts: the tokens of a request after it, and the workload that is cut.
CUTS = {
    "The document question with fewer passages": (2000, 200, "Question over retrieved documents"),
    "The document question with a shorter reply": (4000, 100, "Question over retrieved documents"),
    "Code generation from a shorter specification": (100, 1500, "Code generation"),
    "Code generation, changed lines only": (200, 750, "Code generation"),
}


@dataclass(frozen=True)
class Listed:
    """What a million tokens cost, in USD: read and written."""

    read: Decimal
    written: Decimal

    def day(self, tokens: tuple[int, int]) -> tuple[Decimal, Decimal]:
        """Both sides of a thousand requests."""
        return tokens[0] * self.read / 1000, tokens[1] * self.written / 1000

    def days(self) -> dict[str, tuple[str, str, str, str]]:
        """A thousand requests of each workload: both sides, output's share, verdict."""
        found = {}
        for name, tokens in COUNTS.items():
            read, written = self.day(tokens)
            side = "equal" if read == written else "input" if read > written else "output"
            share = money.percentage(written / (read + written))
            found[name] = (money.amount(read), money.amount(written), share, side)
        return found

    def cuts(self) -> dict[str, tuple[str, str]]:
        """Of each cut: what a day costs after it, and the share of the bill that is saved."""
        found = {}
        for name, (read, written, workload) in CUTS.items():
            now, before = (sum(self.day(tokens), Decimal(0)) for tokens in ((read, written), COUNTS[workload]))
            found[name] = (money.amount(now), money.percentage((before - now) / before))
        return found

    def haiku(self) -> list[list[str]]:
        """Seven tokens in and twelve out, and the total."""
        read, written = 7 * self.read / 1_000_000, 12 * self.written / 1_000_000
        return [
            ["Input", "7", money.rate(self.read), money.amount(read)],
            ["Output", "12", money.rate(self.written), money.amount(written)],
            ["Total", "", "", money.amount(read + written)],
        ]


FIRST = Listed(Decimal(2), Decimal(10))


def test_the_arithmetic_by_hand() -> None:
    assert FIRST.days() == {
        # 2,000 x 2 = 4,000; 1 x 10 = 10; 10 / 4,010
        "Long-prompt classifier": ("$4.00", "$0.0100", "0.25%", "input"),
        # 50 x 2 = 100; 500 x 10 = 5,000; 5,000 / 5,100
        "Short-prompt summary": ("$0.100", "$5.00", "98.0%", "output"),
        # 4,000 x 2 = 8,000; 200 x 10 = 2,000; 2,000 / 10,000
        "Question over retrieved documents": ("$8.00", "$2.00", "20%", "input"),
        # 800 x 2 = 1,600; 300 x 10 = 3,000; 3,000 / 4,600
        "Chat reply": ("$1.60", "$3.00", "65.2%", "output"),
        # 200 x 2 = 400; 1,500 x 10 = 15,000; 15,000 / 15,400
        "Code generation": ("$0.400", "$15.00", "97.4%", "output"),
    }
    assert FIRST.cuts() == {
        # (2,000 x 2 + 200 x 10) / 1,000 = 6.00 of 10.00; (4,000 x 2 + 100 x 10) / 1,000 = 9.00 of 10.00
        "The document question with fewer passages": ("$6.00", "40%"),
        "The document question with a shorter reply": ("$9.00", "10%"),
        # (100 x 2 + 1,500 x 10) / 1,000 = 15.20 of 15.40, 0.2 / 15.4; (200 x 2 + 750 x 10) / 1,000 = 7.90, 7.5 / 15.4
        "Code generation from a shorter specification": ("$15.20", "1.3%"),
        "Code generation, changed lines only": ("$7.90", "48.7%"),
    }
    assert FIRST.haiku() == [
        ["Input", "7", "$2.00", "$0.0000140"],
        ["Output", "12", "$10.00", "$0.000120"],
        ["Total", "", "", "$0.000134"],
    ]


@pytest.fixture(scope="module")
def listed() -> Listed:
    """The prices of the everyday model today."""
    return Listed(*PriceFiles(REPOSITORY).of("everyday"))


@pytest.fixture(scope="module")
def page(built_site: Path) -> BeautifulSoup:
    return BeautifulSoup((built_site / PAGE).read_text(encoding="utf-8"), "html.parser")


def texts(row: Tag) -> list[str]:
    return [cell.get_text(" ", strip=True) for cell in row.select("th, td")]


def tables(page: BeautifulSoup) -> list[dict[str, dict[str, str]]]:
    """Each scenario table as rows by workload, and each row as cells by heading."""
    found = []
    for table in page.select("table.cb-scenarios"):
        heads, *rows = [texts(row) for row in table.select("tr")]
        found.append({row[0]: dict(zip(heads[1:], row[1:], strict=True)) for row in rows})
    return found


def table_with(page: BeautifulSoup, *heads: str) -> dict[str, dict[str, str]]:
    """The tables of five workloads or cuts that have these columns, as one."""
    found = [table for table in tables(page) if all(set(heads) <= set(row) for row in table.values())]
    assert found, f"no table with the columns {heads}"
    return {name: row for table in found for name, row in table.items()}


def test_the_prices_on_the_page(page: BeautifulSoup, listed: Listed) -> None:
    figures = {figure.get_text() for figure in page.select("a.cb-figure")}
    assert {
        money.rate(listed.read),
        money.rate(listed.written),
        money.multiple(listed.written / listed.read),
    } <= figures


def test_counts(page: BeautifulSoup) -> None:
    rows = table_with(page, "Input tokens", "Output tokens")
    for name, counts in COUNTS.items():
        assert (rows[name]["Input tokens"], rows[name]["Output tokens"]) == tuple(f"{count:,}" for count in counts)


def test_amounts_shares_and_verdicts_of_the_five(page: BeautifulSoup, listed: Listed) -> None:
    heads = ("Input side, a day", "Output side, a day", "Output share", "Costs more")
    rows = table_with(page, *heads)
    assert {name: tuple(row[head] for head in heads) for name, row in rows.items()} == listed.days()
    assert list(rows) == list(COUNTS)


def test_cuts(page: BeautifulSoup, listed: Listed) -> None:
    rows = table_with(page, "A day", "Saved")
    assert {name: (rows[name]["A day"], rows[name]["Saved"]) for name in CUTS} == listed.cuts()


def test_haiku(page: BeautifulSoup, listed: Listed) -> None:
    table = page.select_one("table.cb-bill")
    assert table is not None
    assert [texts(row) for row in table.select("tr")][1:] == listed.haiku()


def test_ties(page: BeautifulSoup, listed: Listed) -> None:
    """Input tokens over the price ratio, of three workloads: 4,000, 800 and 1,500."""
    section = page.select_one("#which-side-is-larger, #life-which-side")
    assert section is not None
    figures = [figure.get_text() for figure in section.select("p a.cb-figure")]
    assert {money.count(tokens * listed.read / listed.written) for tokens in (4000, 800, 1500)} <= set(figures)
