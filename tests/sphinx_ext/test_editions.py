"""The page about editions of a small book: what it says is counted by hand, and a build keeps it right.

``tiered`` costs $2 and $10 with cached input at $0.50; from 2027 on, $3, $10 and $0.75 are announced. ``leaving`` is
sold until New Year.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from bs4 import BeautifulSoup, Tag
from tests.sphinx_ext.building import Book, Built, small_book

PAGE, ABOUT, OTHER = "book/editions", "book/about", "book/other"
DATA = "book/data/prices"
EDITION = "book/data/edition.yaml"
PAGES = {
    PAGE: "# Editions\n\n## Changed\n\n```{edition-changes}\n```\n\n## Ahead\n\n```{changes-ahead}\n```\n\n"
    "## All\n\n```{editions}\n```\n\n## Maker\n\n```{provider-history} maker\n```\n\n## Gone\n\n"
    "```{provider-history} gone\n```\n",
    ABOUT: "# About\n\nInput {price}`input on tiered`, cached {price}`cached on tiered`.\n",
    OTHER: "# Other\n\nOutput {price}`output on tiered`, on {edition}`date`.\n",
    # A book with fewer pages is read by one process.
    **{f"book/more-{number}": f"# More {number}\n" for number in range(4)},
}
SOURCE = "{via: a list, url: https://example.org/list, checked: 2026-11-22}"
MAKER = f"""\
provider: maker
name: The Maker
first_party: true
pricing: https://example.org/maker
models:
  tiered:
    name: Tiered
    rates:
      - {{from: 2026-01-01, input: 2.00, cached: 0.50, output: 10.00, edition: 1, source: {SOURCE}}}
      - {{from: 2027-01-01, input: 3.00, cached: 0.75, output: 10.00, edition: 1, source: {SOURCE}}}
  leaving:
    name: Leaving
    retired: 2027-01-01
    rates:
      - {{known_from: 2026-05-01, input: 1.00, output: 3.00, edition: 1, source: {SOURCE}}}
  older:
    name: Older
    retired: 2026-06-01
    rates:
      - {{known_from: 2026-01-01, input: 4.00, output: 8.00, edition: 1, source: {SOURCE}}}
"""
GONE = f"""\
provider: gone
name: The Gone
first_party: true
pricing: https://example.org/gone
models:
  gone:batch:
    name: Gone (batch)
    billing: in batches
    rates:
      - {{known_from: 2026-01-01, input: 4.00, output: 8.00, edition: 1, source: {SOURCE}}}
"""


@dataclass(frozen=True)
class Section:
    """A section of the page: its paragraphs and its tables, as text."""

    tag: Tag

    @property
    def said(self) -> list[str]:
        return [" ".join(one.get_text().split()) for one in self.tag.find_all("p", recursive=False)]

    @property
    def rows(self) -> list[list[str]]:
        return [[" ".join(cell.get_text(" ").split()) for cell in row.find_all(["td", "th"])] for row in self.tag("tr")]


def section(built: Built, name: str) -> Section:
    found = BeautifulSoup(built.page(PAGE), "html.parser").find("section", id=name)
    assert isinstance(found, Tag)
    return Section(found)


@pytest.fixture(scope="module")
def warm(tmp_path_factory: pytest.TempPathFactory) -> tuple[Book, Built]:
    book = small_book(tmp_path_factory.mktemp("editions"), PAGES)
    for path in (book.root / DATA).glob("*.yaml"):
        if path.name != "example.yaml":
            path.unlink()
    book.write(f"{DATA}/maker.yaml", MAKER)
    book.write(f"{DATA}/gone.yaml", GONE)
    book.replace(EDITION, "edition: 99\n", "edition: 1\n")
    book.kept.clear()
    built = book.build(jobs=2)
    assert built.warnings == ()
    return book, built


@pytest.fixture
def book(warm: tuple[Book, Built]) -> Iterator[Book]:
    """The book; what a test changes is put back and built again."""
    mine, _ = warm
    yield mine
    mine.restore()
    mine.build()


def test_the_first_edition(warm: tuple[Book, Built]) -> None:
    """Six example models and two of the maker have a price; a way to be billed and a retired model do not count."""
    _, built = warm
    assert section(built, "changed").said == ["This is the first edition: there is none before it to compare it with."]
    assert section(built, "all").rows == [
        ["Edition", "Priced at", "Models", "Moved", "To keep"],
        ["1", "2026-11-22", "8", "the first edition", "offline copy EPUB PDF"],
    ]


def test_what_is_announced(warm: tuple[Book, Built]) -> None:
    """Two prices move, both on one page; nobody asks what leaves, and the output price stays."""
    _, built = warm
    ahead = section(built, "ahead")
    assert ahead.said == [
        "On 2027-01-01: 2 figures and no quiz key move, in About.",
        "No longer priced: Leaving.",
    ]
    assert ahead.rows == [
        ["Model", "Price", "Now", "From 2027-01-01", "Change", "Source"],
        ["Tiered", "input", "$2.00", "$3.00", "+50%", "a list"],
        ["Tiered", "cached input", "$0.50", "$0.75", "+50%", "a list"],
    ]


def test_the_history_of_a_provider(warm: tuple[Book, Built]) -> None:
    """Models that are no longer sold come last; a provider that sells none any more has a sentence."""
    _, built = warm
    maker = section(built, "maker")
    assert [row[:5] for row in maker.rows] == [
        ["Model", "Input", "Output", "When", "Until"],
        ["Tiered", "$2.00", "$10.00", "from 2026-01-01", "2027-01-01"],
        ["Tiered", "$3.00", "$10.00", "from 2027-01-01 (scheduled)", ""],
        ["Leaving", "$1.00", "$3.00", "known from 2026-05-01", "2027-01-01"],
        ["Older", "$4.00", "$8.00", "known from 2026-01-01", "2026-06-01"],
    ]
    assert maker.tag.svg is not None
    assert section(built, "gone").said == ["No model of The Gone has a price."]


def test_the_second_edition(book: Book) -> None:
    """At New Year what was announced has come: it is what the edition changed, and nothing is ahead any more."""
    text = (book.root / EDITION).read_text(encoding="utf-8")
    assert "\nas_of: 2026-11-22\n" in text
    houses = next(line for line in text.splitlines() if line.startswith("houses:")).removeprefix("houses: ")
    past = f"past:\n  - {{edition: 1, as_of: 2026-11-22, houses: {houses}, contrasts: []}}\n"
    newer = text.replace("edition: 1\n", "edition: 2\n").replace("as_of: 2026-11-22", "as_of: 2027-01-02")
    book.write(EDITION, newer.replace("everyday: example-steady", "everyday: example-small") + past)
    built = book.build()
    assert built.warnings == ()
    changed = section(built, "changed")
    assert changed.said == [
        "Edition 1 was priced at 2026-11-22, edition 2 at 2027-01-02. "
        "In the book 2 figures and no quiz key moved, in About.",
        "No longer priced: Leaving.",
        "The everyday model of the book is example-small; it was example-steady.",
    ]
    assert changed.rows[0][2:5] == ["Edition 1", "Edition 2", "Change"]
    assert [row[2:4] for row in changed.rows[1:]] == [["$2.00", "$3.00"], ["$0.50", "$0.75"]]
    assert section(built, "all").rows[1:] == [
        ["2", "2027-01-02", "7", "2 prices, 1 model gone", "offline copy EPUB PDF"],
        ["1", "2026-11-22", "8", "the first edition", "offline copy EPUB PDF"],
    ]
    assert section(built, "ahead").said == ["No provider of this book has announced another price."]


def test_a_figure_more_on_a_page(book: Book) -> None:
    """The page counts what other pages ask: it is read again when they ask for a price that moves, and only then."""
    book.write(f"{OTHER}.md", f"{PAGES[OTHER]}\nNothing to count.\n")
    assert book.build().read == (OTHER,)
    book.write(f"{OTHER}.md", f"{PAGES[OTHER]}\nIt takes {{price}}`input on tiered`.\n")
    built = book.build()
    assert built.read == (PAGE, OTHER)
    assert section(built, "ahead").said[0] == "On 2027-01-01: 3 figures and no quiz key move, in About, Other."
    assert book.build().read == ()


def test_a_claim_that_will_not_hold(book: Book) -> None:
    text = "\n```{claim} price input on tiered below 2.50\nIt is cheap.\n```\n"
    book.write(f"{OTHER}.md", PAGES[OTHER] + text)
    said = section(book.build(), "ahead").said[0]
    assert said == (
        "On 2027-01-01: 2 figures and no quiz key move, in About. "
        "A sentence of the book will not hold then, and be rewritten."
    )
