"""The table of the ratio survey: its rows and cells, worked by hand, its slips, and when its page is read again.

A lab lists models with ratios 4, 5, 5 and 25/3; a host two of 1 and one of 3.
"""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from tests.sphinx_ext.building import Book, Built, small_book
from tests.sphinx_ext.test_directives import article, rows, text

FILE = "book/data/ratios.yaml"
SURVEY = """\
as_of: 2026-11-15
via: a feed 1.0
url: https://example.org/feed
checked: 2026-11-20
method: The output price over the input price of what two lists have.
populations:
  everybody: {name: Everybody, about: every list, of: [lab, server]}
  own-models: {name: Own models, about: of labs, of: [lab]}
listings:
  lab: {name: The Lab, ratios: {4: 1, 5: 2, 25/3: 1}}
  server: {name: The Server, ratios: {1: 2, 3: 1}}
"""
PAGES = {
    "book/table": "# Table\n\n```{ratio-survey} populations\n:bands: 4..8 5..5\n```\n",
    "book/sellers": "# Sellers\n\n```{ratio-survey} sellers own-models\n:caption: Seller by seller\n```\n",
    "book/text": "# Text\n\nOf {survey}`date`: {band}`4..8 of everybody`; {quartile}`third of own-models`.\n",
    "book/other": "# Other\n\nNothing of it; {price}`input on example-small`.\n",
}


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    book = small_book(tmp_path_factory.mktemp("survey"), PAGES)
    book.write(FILE, SURVEY)
    return book


@pytest.fixture(scope="module")
def built(book: Book) -> Built:
    built = book.build()
    assert built.warnings == ()
    return built


def test_populations_by_row(built: Built) -> None:
    """Everybody: 1, 1, 3, 4, 5, 5, 25/3, so 2, 4 and 5; own models: 4.75, 5 and 5 + 0.25 × 10/3 = 5.83."""
    page = article(built, "table")
    assert text(page.select_one("caption")) == "Output price over input price (a feed 1.0, prices of 2026-11-15)"
    assert rows(page) == [
        ["Population", "Models", "First quartile", "Median", "Third quartile", "4× to 8×", "Exactly 5×"],
        ["Everybody everybody every list", "7", "2×", "4×", "5×", "42.9% (3)", "28.6% (2)"],
        ["Own models own-models of labs", "4", "4.75×", "5×", "5.83×", "75% (3)", "50% (2)"],
    ]


def test_sellers_by_row(built: Built) -> None:
    page = article(built, "sellers")
    assert text(page.select_one("caption")) == "Seller by seller (a feed 1.0, prices of 2026-11-15)"
    assert rows(page) == [
        ["Population", "Models", "First quartile", "Median", "Third quartile"],
        ["The Lab lab-list", "4", "4.75×", "5×", "5.83×"],
        ["The Server server-list", "3", "1×", "1×", "2×"],
        ["Own models own-models of labs", "4", "4.75×", "5×", "5.83×"],
    ]


def test_figures_in_a_text_have_their_working(built: Built) -> None:
    assert "Of 2026-11-15 : 42.9% ; 5.83× ." in text(article(built, "text"))
    page = BeautifulSoup(built.page("book/text"), "html.parser")
    working = [text(item) for item in page.select("ol.cb-working > li")]
    assert len(working) == 2
    assert "3 of the n = 7 models of the population 'everybody'" in working[0]
    assert "surveyed on 2026-11-15 (every list). 3 ÷ 7 ≈ 42.9%" in working[0]
    assert "(15 + 0.25 × (25 − 15)) ÷ 3 ≈ 5.83×" in working[1]


@pytest.mark.parametrize(
    ("directive", "message"),
    [
        ("```{ratio-survey} everbody\n```", "unknown population of the survey 'everbody'; did you mean 'everybody'?"),
        ("```{ratio-survey} current\n```", "unknown population of the survey 'current'"),
        ("```{ratio-survey} everybody\n:bands: 4-8\n```", "'4-8' is not a range; write LOW..HIGH, such as 4..8"),
        ("```{ratio-survey} everybody\n:caption: Mostly 5×\n```", "is a typed multiplier"),
    ],
)
def test_a_slip_of_an_author(tmp_path_factory: pytest.TempPathFactory, directive: str, message: str) -> None:
    book = small_book(tmp_path_factory.mktemp("slip"), {"book/slip": f"# Slip\n\nA line.\n\n{directive}\n"})
    book.write(FILE, SURVEY)
    (warning,) = book.build().warnings
    assert message in warning
    assert "book/slip.md:" in warning


def test_a_book_without_a_survey_says_so(tmp_path_factory: pytest.TempPathFactory) -> None:
    page = "# Table\n\n```{ratio-survey} populations\n```\n"
    (warning,) = small_book(tmp_path_factory.mktemp("none"), {"book/table": page}).build().warnings
    assert "this book has no survey of ratios; `scripts/prices.py survey` makes one" in warning


def test_exactly_the_pages_that_print_it_are_read_again(tmp_path_factory: pytest.TempPathFactory) -> None:
    book = small_book(tmp_path_factory.mktemp("again"), PAGES)
    book.write(FILE, SURVEY)
    book.build()
    assert book.build().read == ()
    # The host's list is not in own-models: the page that names it prints everybody, too.
    book.replace(FILE, "{1: 2, 3: 1}", "{1: 2, 4: 1}")
    assert book.build().read == ("book/sellers", "book/table", "book/text")
    book.replace(FILE, "of: [lab, server]}", "of: [server]}")
    assert book.build().read == ("book/table", "book/text")
