"""What each directive prints, with amounts worked by hand.

Prices per million tokens: example-small $2.50 in, $12.50 out; example-large $3.00 in, $18.00 out.
"""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup, Tag
from tests.sphinx_ext.building import Book, Built, small_book

PAGES = {
    "scenario-table": "```{scenario-table} letter search\n:on: example-small example-large\n"
    ":show: input output bill share side saved\n:caption: Two workloads\n```",
    "of-one-model": "```{scenario-table} letter\n:show: input\n```\n\n```{scenario-table} letter\n:show: monthly\n```",
    "price-table": "```{price-table} tiered example-small\n"
    ":show: input cached write write-1h output ratio context tiers since source\n```",
    "gone": "```{price-table} retired\n:show: output billing\n```",
    "ratio-table": "```{ratio-table} tiered\n:at: 2025-06-01 2026-06-01\n```",
    "ratio-now": "```{ratio-table} example-small example-large\n```",
    "bill": "```{bill} talk\n:on: tiered\n:caption: A long talk\n```",
    "no-bill": "```{bill} talk\n:on: example-large\n```",
    "history": "```{price-history} cached\n:on: tiered\n```",
    "objectives": "```{objectives}\n```",
    "paths": "```{paths}\n```",
    "marked": "They said {quoted}`about $5 [S001]`; assume {assumed}`1,000 a day [scenario]`.",
}
# A cached price since 2026, one above 1,000 tokens, a gap before it, and a rise to come.
TIERED = """\
provider: maker
name: Maker
first_party: true
pricing: https://example.org/maker
models:
  tiered:
    name: Tiered
    context: 200000
    rates:
      - from: 2025-01-01
        until: 2025-09-01
        input: 1.00
        output: 4.00
        edition: 1
        source: {via: an old list, url: https://example.org/old, checked: 2025-02-01}
      - unknown: {from: 2025-09-01, until: 2026-01-01, why: nobody wrote it down, edition: 1}
      - known_from: 2026-01-01
        input: 2.00
        cached: 0.50
        output: 10.00
        tiers: [{above: 1000, input: 4.00, cached: 1.00, output: 15.00}]
        edition: 1
        source: {via: a list, url: https://example.org/new, checked: 2026-11-01}
      - from: 2027-01-01
        input: 2.00
        cached: 0.75
        output: 10.00
        edition: 1
        source: {via: an announcement, url: https://example.org/news, checked: 2026-11-01}
  leaving:
    name: Leaving
    retired: 2026-06-01
    rates:
      - known_from: 2025-01-01
        input: 1.00
        output: 3.00
        edition: 1
        source: {via: a list, url: https://example.org/gone, checked: 2026-05-01}
"""


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    matter = "---\nchapter: chapter-1\nmodel: example-small\n---\n"
    pages = {f"book/{name}": f"{matter}\n# {name}\n\n{text}\n" for name, text in PAGES.items()}
    book = small_book(tmp_path_factory.mktemp("directives"), pages)
    for path in (book.root / "book/data/prices").glob("*.yaml"):
        if path.name != "example.yaml":
            path.unlink()
    book.write("book/data/prices/maker.yaml", TIERED)
    talk = "  talk: {name: A talk, usage: {input: 500, cached: 1500, output: 200, reasoning: 600}, requests: 10}\nsets:"
    book.replace("book/data/scenarios.yaml", "sets:", talk)
    book.replace("book/data/contents.yaml", "chapters: [chapter-1]", "chapters: [chapter-1, chapter-2]")
    second = "  - {id: chapter-2, number: 2, part: all, title: Next, question: What now?, requires: [chapter-1]}\npaths"
    book.replace("book/data/contents.yaml", "paths", second)
    book.write("book/01-chapter-1.md", "# Chapter 1\n")
    index = (book.root / "index.md").read_text(encoding="utf-8")
    book.write("index.md", index.replace("book/scenario-table\n", "book/scenario-table\nbook/01-chapter-1\n"))
    return book


@pytest.fixture(scope="module")
def built(book: Book) -> Built:
    built = book.build()
    assert built.warnings == ()
    return built


def article(built: Built, name: str) -> BeautifulSoup:
    """The page without its working."""
    page = BeautifulSoup(built.page(f"book/{name}"), "html.parser")
    for working in page.select("section section[id$=-working]"):
        working.decompose()
    return page


def text(element: Tag | None) -> str:
    assert element is not None
    return " ".join(element.get_text(" ", strip=True).replace("¶", "").split())


def rows(page: BeautifulSoup, number: int = 0) -> list[list[str]]:
    table = page.select("table")[number]
    return [[text(cell) for cell in row.select("th, td")] for row in table.select("tr")]


def test_scenario_table(built: Built) -> None:
    """Letter: 300 in, 900 out; search: 5,000 in, 150 out.

    Small: 300 x 2.5 + 900 x 12.5 = 12,000, of which 11,250 is output; 12,500 + 1,875 = 14,375. A month of 1,000
    requests a day costs 14,375 / 12,000 of the first: 19.8 % more. Large: 900 + 16,200 = 17,100;
    15,000 + 2,700 = 17,700, which is 3.5 % more.
    """
    page = article(built, "scenario-table")
    assert text(page.select_one("caption")) == "Two workloads (prices of 2026-11-22)"
    assert rows(page) == [
        ["Workload", "Model", "Input tokens", "Output tokens", "Bill", "Output share", "Costs more", "Saved"],
        ["Letter", "Example small", "300", "900", "$0.0120", "93.8%", "output", ""],
        ["Letter", "Example large", "300", "900", "$0.0171", "94.7%", "output", ""],
        ["Search", "Example small", "5,000", "150", "$0.0144", "13.0%", "input", "−19.8%"],
        ["Search", "Example large", "5,000", "150", "$0.0177", "15.3%", "input", "−3.5%"],
    ]


def test_scenario_table_of_counts_names_no_day(built: Built) -> None:
    """A table of counts does not depend on prices; one of amounts says whose they are. 0.012 x 1,000 x 30 = 360."""
    counts, amounts = article(built, "of-one-model").select("caption")
    assert text(counts) == "What each workload costs"
    assert text(amounts) == "What each workload costs (Example small, prices of 2026-11-22)"
    assert rows(article(built, "of-one-model"), 1) == [["Workload", "A month of 30 days"], ["Letter", "$360.00"]]


def test_price_table(built: Built) -> None:
    heads, tiered, small = rows(article(built, "price-table"))
    found = dict(zip(heads, tiered, strict=True))
    assert found["Model"] == "Tiered Maker tiered"
    assert (found["Input"], found["Cached input"], found["Output"]) == ("$2.00", "$0.50", "$10.00")
    assert found["Output to input"] == "5×"
    assert found["Context window"] == "200,000"
    assert found["Long context"].startswith("above 1,000: $4.00 in, $15.00 out")
    assert "2026-01-01" in found["In force"]
    assert found["Source"] == "a list , 2026-11-01"
    assert found["Cache write, 5 min"] == found["Cache write, 1 h"] == "not offered"
    other = dict(zip(heads, small, strict=True))
    assert (other["Context window"], other["Long context"]) == ("not listed", "one price")


def test_price_table_of_retired_models(built: Built) -> None:
    assert rows(article(built, "gone"))[1] == [
        "Leaving Maker leaving retired 2026-06-01",
        "$3.00",
        "per request, list price",
    ]


def test_ratio_table(built: Built) -> None:
    """4.00 / 1.00 in 2025 and 10.00 / 2.00 a year later; 12.50 / 2.50 and 18.00 / 3.00 now."""
    assert rows(article(built, "ratio-table"))[1] == ["Tiered", "$1.00", "$4.00", "4×", "$2.00", "$10.00", "5×"]
    assert [row[3] for row in rows(article(built, "ratio-now"))[1:]] == ["5×", "6×"]
    assert "prices of 2026-11-22" in text(article(built, "ratio-now").select_one("caption"))


def test_bill_line_by_line(built: Built) -> None:
    """2,000 prompt tokens are above the tier: 500 x 4 = 2,000, 1,500 x 1 = 1,500, (200 + 600) x 15 = 12,000."""
    page = article(built, "bill")
    assert text(page.select_one("caption")).startswith("A long talk")
    assert rows(page)[1:] == [
        ["Input", "500", "$4.00", "$0.00200"],
        ["Cached input", "1,500", "$1.00", "$0.00150"],
        ["Output: 200 visible, 600 hidden reasoning", "800", "$15.00", "$0.0120"],
        ["Total", "", "", "$0.0155"],
    ]


def test_bill_that_is_not_offered(built: Built, book: Book) -> None:
    """A model without a cached price; then with one, the same directive is a table."""
    book.replace("book/data/prices/example.yaml", "        cached: 0.300\n", "")
    without = book.build()
    page = article(without, "no-bill")
    assert page.select("table") == []
    assert "Not offered: Example large has no price for cached input tokens." in text(page.select_one("section"))
    assert "book/no-bill" in without.read
    book.replace("book/data/prices/example.yaml", "input: 3.00\n", "input: 3.00\n        cached: 0.300\n")
    assert len(rows(article(book.build(), "no-bill"))) == 5


def test_price_history(built: Built) -> None:
    page = article(built, "history")
    assert [row[1:4] for row in rows(page)[1:]] == [
        ["from 2025-01-01", "2025-09-01", "not known"],
        ["from 2025-09-01", "2026-01-01", "not known"],
        ["known from 2026-01-01", "2027-01-01", "$0.50"],
        ["from 2027-01-01 (scheduled)", "", "$0.75"],
    ]
    assert [row[4] for row in rows(page)[1:]][:2] == ["not offered", "nobody wrote it down"]
    chart = page.select_one("svg")
    assert chart is not None
    named = [page.select_one(f"#{name}") for name in str(chart["aria-labelledby"]).split()]
    assert text(named[0]) == "Cached input price of Tiered, USD per million tokens"
    ids = [str(element["id"]) for element in chart.select("[id]")]
    assert all(name.startswith("book-history-chart-1-") for name in ids)


def test_objectives(built: Built) -> None:
    box = article(built, "objectives").select_one(".cb-opening")
    assert box is not None
    assert text(box.select_one(".cb-question")) == "What does kind 1 cost?"
    assert [text(goal) for goal in box.select("li")] == [
        "Given a workload of kind 1 explain its two halves",
        "Given a workload of kind 1 compare its two halves",
    ]
    assert [text(verb) for verb in box.select("li strong")] == ["explain", "compare"]


def test_paths(built: Built) -> None:
    """Of two chapters one exists, and has no lesson to take minutes from."""
    page = article(built, "paths")
    path = page.select_one("dl.cb-paths")
    assert path is not None
    assert text(path.select_one("dt")) == "A short path"
    assert [link["href"] for link in path.select("dd a")] == ["01-chapter-1.html"]
    assert "1 Chapter 1" in text(path)
    assert "1 more chapter" in text(path)


def test_quoted_and_assumed_carry_their_source(built: Built) -> None:
    paragraph = article(built, "marked").select("section > p")[0]
    assert text(paragraph) == "They said “about $5” [S001] ; assume 1,000 a day [scenario] ."
    assert text(paragraph.select_one(".cb-quoted .cb-source")) == "[S001]"
    assert text(paragraph.select_one(".cb-assumed .cb-source")) == "[scenario]"
