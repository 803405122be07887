"""The numbers of chapter 1 on its built page, worked by hand for GPT-6.1 Sol: $2.00 in, $10.00 out, per million."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

PAGE = "book/01-the-life-of-a-token.html"

# A thousand requests of each workload: input tokens x 2 / 1,000, output tokens x 10 / 1,000, output's share, verdict.
DAYS = {
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
COUNTS = {
    "Long-prompt classifier": ("2,000", "1"),
    "Short-prompt summary": ("50", "500"),
    "Question over retrieved documents": ("4,000", "200"),
    "Chat reply": ("800", "300"),
    "Code generation": ("200", "1,500"),
}
# Of a pair of cuts: the first workload, what a day costs after each cut, and the share of the bill that is saved.
CUTS = {
    # (2,000 x 2 + 200 x 10) / 1,000 = 6.00 of 10.00; (4,000 x 2 + 100 x 10) / 1,000 = 9.00 of 10.00
    "The document question with fewer passages": ("$6.00", "40%"),
    "The document question with a shorter reply": ("$9.00", "10%"),
    # (100 x 2 + 1,500 x 10) / 1,000 = 15.20 of 15.40, 0.2 / 15.4; (200 x 2 + 750 x 10) / 1,000 = 7.90, 7.5 / 15.4
    "Code generation from a shorter specification": ("$15.20", "1.3%"),
    "Code generation, changed lines only": ("$7.90", "48.7%"),
}


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


def test_prices_that_the_numbers_below_are_worked_for(page: BeautifulSoup) -> None:
    """When the house model or its price changes, this fails first, and the numbers below have to be worked again."""
    figures = {figure.get_text() for figure in page.select("a.cb-figure")}
    assert {"$2.00", "$10.00", "5×"} <= figures
    assert "GPT-6.1 Sol" in page.get_text()


def test_counts(page: BeautifulSoup) -> None:
    rows = table_with(page, "Input tokens", "Output tokens")
    for name, counts in COUNTS.items():
        assert (rows[name]["Input tokens"], rows[name]["Output tokens"]) == counts


def test_amounts_shares_and_verdicts_of_the_five(page: BeautifulSoup) -> None:
    heads = ("Input side, a day", "Output side, a day", "Output share", "Costs more")
    rows = table_with(page, *heads)
    assert list(rows) == list(DAYS)
    for name, expected in DAYS.items():
        assert tuple(rows[name][head] for head in heads) == expected


def test_cuts(page: BeautifulSoup) -> None:
    rows = table_with(page, "A day", "Saved")
    for name, expected in CUTS.items():
        assert (rows[name]["A day"], rows[name]["Saved"]) == expected


def test_haiku(page: BeautifulSoup) -> None:
    """Seven tokens at $2.00 and twelve at $10.00 a million: $0.000014 and $0.00012, together $0.000134."""
    table = page.select_one("table.cb-bill")
    assert table is not None
    assert [texts(row) for row in table.select("tr")][1:] == [
        ["Input", "7", "$2.00", "$0.0000140"],
        ["Output", "12", "$10.00", "$0.000120"],
        ["Total", "", "", "$0.000134"],
    ]


def test_ties(page: BeautifulSoup) -> None:
    """Input tokens over the ratio of 5: 4,000 / 5, 800 / 5, 1,500 / 5."""
    section = page.select_one("#which-side-is-larger, #life-which-side")
    assert section is not None
    figures = [figure.get_text() for figure in section.select("p a.cb-figure")]
    assert {"800", "160", "300"} <= set(figures)
