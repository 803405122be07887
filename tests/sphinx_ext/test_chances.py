"""Pages of chances: both tables worked by hand, figures with their working, and nothing said of prices or models."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from tests.load.conftest import TEA, TOYS
from tests.sphinx_ext.building import Book, Built, small_book
from tests.sphinx_ext.test_directives import article, rows, text

PAGES = {
    "book/paths": "# Paths\n\n```{chance-table} tea\n:paths: yes polite\n:with: 0 1\n```\n",
    "book/step": "# Step\n\n```{candidate-table} tea/yes\n:with: 1 2\n:caption: Behind a yes\n```\n",
    "book/first": "# First\n\n```{candidate-table} tea\n```\n",
    "book/text": "# Text\n\nFirst {likeliest}`tea`, {chance}`tea/yes`; {greedy}`tea` is {path}`tea/polite`.\n\n"
    "```{claim} chance tea/polite below chance tea/polite with 0\nColder is surer: {step}`tea/yes with 0`.\n```\n",
    "book/01-chapter-1": "---\nchapter: chapter-1\n---\n# Chapter 1\n\nA few words about {chance}`tea/polite`.\n",
    "book/other": "# Other\n\nNothing of it; {price}`input on example-small`.\n",
}


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    book = small_book(tmp_path_factory.mktemp("chances"), PAGES)
    book.write(TOYS, TEA)
    return book


@pytest.fixture(scope="module")
def built(book: Book) -> Built:
    built = book.build()
    assert built.warnings == ()
    return built


def test_paths_by_row(built: Built) -> None:
    """Yes 0.6; polite 0.6 × 0.5 × 1. Behind yes, please is the first of two at temperature 0."""
    page = article(built, "paths")
    assert text(page.select_one("caption")) == (
        "How likely each path is, by temperature (a toy: its chances are invented)"
    )
    assert rows(page) == [
        ["Path", "Temperature 0", "Temperature 1"],
        ["yes", "100%", "60%"],
        ["yes · ␣please · end mark", "100%", "30%"],
    ]


def test_candidates_by_row(built: Built) -> None:
    page = article(built, "step")
    assert text(page.select_one("caption")) == "Behind a yes (a toy: its chances are invented)"
    assert rows(page) == [
        ["Next token", "Temperature 1", "Temperature 2"],
        ["␣please", "50%", "50%"],
        ["end mark", "50%", "50%"],
    ]
    first = rows(article(built, "first"))
    assert first[0] == ["Next token", *(f"Temperature {one}" for one in ("0", "0.5", "1", "1.5", "2"))]
    # At 0.5 the squares 0.36, 0.09 and 0.01 of 0.46.
    assert [row[:4] for row in first[1:]] == [
        ["yes", "100%", "78.3%", "60%"],
        ["no", "0%", "19.6%", "30%"],
        ["other tokens", "0%", "2.2%", "10%"],
    ]


def test_figures_in_a_text_have_their_working(built: Built) -> None:
    page = BeautifulSoup(built.page("book/text"), "html.parser")
    assert text(page.select_one("section > p")) == ("First yes , 60% ; yes please is yes · ␣please · end mark .")
    working = text(page.select_one("section[id$=-working]"))
    assert "How each figure on this page was computed. 60% : yes as the first token" not in working
    assert "the path yes of the toy 'Tea' at temperature 1" in working
    assert "0.6 = 60%" in working


@pytest.mark.parametrize("name", ["paths", "step", "first", "text", "01-chapter-1"])
def test_nothing_is_said_of_prices_and_models(built: Built, name: str) -> None:
    page = BeautifulSoup(built.page(f"book/{name}"), "html.parser")
    assert "rices" not in text(page.select_one("section"))
    assert not page.select(".cb-picker, .cb-follows")
    assert not (built.out / "whatif" / "book" / name).exists()


def test_a_chapter_says_how_long_it_takes_to_read(built: Built) -> None:
    assert text(article(built, "01-chapter-1").select_one(".cb-stamp")) == "About 1 minute to read"
    assert article(built, "paths").select_one(".cb-stamp") is None
    assert "Prices of" in text(article(built, "other").select_one(".cb-stamp"))


@pytest.mark.parametrize(
    ("directive", "message"),
    [
        (
            "```{chance-table} tee\n:paths: yes\n```",
            "book/slip.md:3:19: WARNING: unknown toy 'tee'; did you mean 'tea'?",
        ),
        (
            "```{chance-table} tea\n:paths: yse\n```",
            "book/slip.md:4:9: WARNING: unknown path of tea 'yse'; did you mean 'yes'?",
        ),
        ("```{chance-table} tea\n```", "book/slip.md:3:19: WARNING: chance-table needs `:paths:`"),
        ("```{candidate-table} tea\n:with: 3\n```", "book/slip.md:4:8: WARNING: '3' is not a temperature"),
        ("{chance}`tea/polite with 5`", "book/slip.md:3:1: WARNING: '5' is not a temperature"),
    ],
)
def test_a_slip_of_an_author(tmp_path_factory: pytest.TempPathFactory, directive: str, message: str) -> None:
    book = small_book(tmp_path_factory.mktemp("slip"), {"book/slip": f"# Slip\n\n{directive}\n"})
    book.write(TOYS, TEA)
    (warning,) = book.build().warnings
    assert message in warning


def test_exactly_the_pages_that_print_it_are_read_again(tmp_path_factory: pytest.TempPathFactory) -> None:
    book = small_book(tmp_path_factory.mktemp("again"), PAGES)
    book.write(TOYS, TEA)
    book.build()
    book.replace(TOYS, '{" please": 0.5, end mark: 0.5}', '{" please": 0.6, end mark: 0.4}')
    assert book.build().read == ("book/01-chapter-1", "book/paths", "book/step")
