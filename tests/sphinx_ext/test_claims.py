"""Claims: a sentence whose condition no longer holds stops the build at its place, before any page is written."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from tests.sphinx_ext.building import Book, Built, files, small_book

PRICES = "book/data/prices/example.yaml"
ONE = """\
---
model: example-small
---

# One

A letter costs {bill}`letter`.

```{claim} side letter is output
Most of it is written.
```

- In a list:

  ```{claim} price output on example-large below $20
  A large model stays below it.
  ```
"""
TWO = """\
# Two

```{claim} ratio example-small between 4 6
It is about five.
```
"""
OTHER = "# Other\n\nA chat costs {bill}`chat on example-large`.\n"
PAGES = {"book/one": ONE, "book/two": TWO, "book/other": OTHER}


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return small_book(tmp_path, PAGES)


def stopped(book: Book, builder: str = "html") -> None:
    """The build ends as a command does that failed: with status 2, and without an exception of Sphinx."""
    with pytest.raises(SystemExit) as stop:
        book.build(builder)
    assert stop.value.code == 2


def expect_stop(book: Book, *places_and_findings: str, options: tuple[str, ...] = ()) -> None:
    """The command lists exactly these claims, in order of place, says what to do, and fails without a traceback."""
    ran = book.run("-q", *options)
    assert ran.code == 2
    *listed, remedy = ran.complained.strip().splitlines()
    assert listed == [f"{book.root}/{line} [costbook]" for line in places_and_findings]
    assert remedy.startswith("ERROR: The book was not built. ")
    assert "Traceback" not in ran.complained + ran.said


CHEAP_OUTPUT = "book/one.md:9:12: ERROR: this claim no longer holds: side letter on example-small is input"
DEAR_LARGE = "book/one.md:15:14: ERROR: this claim no longer holds: price output on example-large is $30.00"
SMALL_RATIO = "book/two.md:3:12: ERROR: this claim no longer holds: ratio example-small is 0.04×"


def falsify(book: Book) -> None:
    """The small model's output becomes cheap, the large model's dear: all three claims are false.

    A letter has 300 input and 900 output tokens: at $2.50 and $0.10 its input side costs more, and 0.10 / 2.50 is 0.04.
    """
    book.replace(PRICES, "output: 12.50", "output: 0.10")
    book.replace(PRICES, "output: 18.00", "output: 30.00")


@pytest.mark.parametrize("options", [(), ("-W",)], ids=["without -W", "with -W"])
@pytest.mark.parametrize("warm", [True, False], ids=["warm", "cold"])
def test_false_claims_stop_the_build(book: Book, options: tuple[str, ...], warm: bool) -> None:
    if warm:
        assert book.build().warnings == ()
    before = files(book.out) if warm else {}
    falsify(book)
    expect_stop(book, CHEAP_OUTPUT, DEAR_LARGE, SMALL_RATIO, options=options)
    assert (files(book.out) if book.out.exists() else {}) == before


def test_claim_on_a_page_that_is_read_anyway(book: Book) -> None:
    """The claim stands lower on the page now, and is reported there."""
    book.build()
    before = files(book.out)
    book.replace("book/two.md", "# Two\n", "# Two\n\nOne more paragraph.\n")
    falsify(book)
    expect_stop(book, CHEAP_OUTPUT, DEAR_LARGE)  # these are known before anything is read
    book.replace(
        PRICES, "output: 0.10", "output: 8.00"
    )  # the ratio is 3.2, and the letter's larger side is output again
    book.replace("book/one.md", "below $20", "above $20")
    expect_stop(book, "book/two.md:5:12: ERROR: this claim no longer holds: ratio example-small is 3.2×")
    assert files(book.out) == before


@pytest.mark.parametrize("warm", [True, False], ids=["warm", "cold"])
def test_claim_that_cannot_be_checked(book: Book, warm: bool) -> None:
    """Not a warning that a build without -W gets away with: nobody knows whether the sentence is true."""
    if warm:
        book.build()
    book.replace(PRICES, "example-small:", "example-petite:")
    book.replace("book/data/edition.yaml", "example-small", "example-petite")
    book.replace("book/one.md", "model: example-small", "model: example-quick")
    ran = book.run("-q")
    assert ran.code == 2
    assert (
        f"{book.root}/book/two.md:3:12: ERROR: this claim cannot be checked: unknown model 'example-small'"
        in ran.complained
    )
    assert not (book.out / "index.html").exists() or warm


def test_claim_that_holds_again(book: Book) -> None:
    book.build()
    falsify(book)
    stopped(book)
    book.restore()
    assert book.build().read == ()


def test_claim_whose_sentence_is_changed_with_the_price(book: Book) -> None:
    """What an author does who was stopped: the old sentences are not held against the new prices."""
    book.build()
    falsify(book)
    book.replace("book/one.md", "letter is output", "letter is input")
    book.replace("book/one.md", "below $20", "above $20")
    (book.root / "book/two.md").unlink()
    book.replace("index.md", "book/two\n", "")
    built = book.build()
    assert built.warnings == ()
    assert set(built.read) == {"book/one", "book/other", "index"}


def test_claim_about_an_answer_that_is_not_offered(tmp_path: Path) -> None:
    page = "# Page\n\n```{claim} price cached on example-small is not-offered\nIt has none.\n```\n"
    book = small_book(tmp_path, {"book/page": page})
    expect_stop(book, "book/page.md:3:12: ERROR: this claim no longer holds: price cached on example-small is $0.25")
    book.replace(PRICES, "        cached: 0.250\n", "")
    assert book.run("-q", "-W").code == 0


def test_claims_print_their_sentences(book: Book) -> None:
    built = book.build()
    assert "<p>Most of it is written.</p>" in built.page("book/one")
    page = BeautifulSoup(built.page("book/one"), "html.parser")
    assert "claim" not in page.get_text()
    # The first is about the page's model, and says so where a reader looks at another.
    assert ["cb-of-page-model" in claim["class"] for claim in page.select(".cb-claim")] == [True, False]


def test_claims_read_in_parallel(tmp_path: Path) -> None:
    """The claims of all readers are gathered and checked together."""
    page = "# {0}\n\n```{{claim}} side letter on example-small is {1}\nA sentence.\n```\n"
    book = small_book(tmp_path, {f"book/page-{n}": page.format(n, "input" if n % 3 else "output") for n in range(12)})
    false = sorted(f"book/page-{n}.md:3:12" for n in range(12) if n % 3)
    found = "ERROR: this claim no longer holds: side letter on example-small is output"
    expect_stop(book, *(f"{place}: {found}" for place in false), options=("-j", "2"))
    assert not book.out.exists() or files(book.out) == {}


def single(built: Built) -> str:
    return (built.out / "index.html").read_text(encoding="utf-8")


def test_stopped_build_leaves_no_stale_page(book: Book) -> None:
    """A build that stops after reading has written doctrees of prices that may be taken back before the next one.

    The builder for a single page puts all doctrees together, also of pages that it did not read again.
    """
    first = book.build("singlehtml")
    assert "$0.0120" in single(first)
    # 300 x 2.50 + 900 x 12.50, over a million; then with an output price of 14.00
    book.replace(PRICES, "output: 12.50", "output: 14.00")
    book.replace("book/two.md", "between 4 6", "between 6 7")
    stopped(book, "singlehtml")
    book.restore()
    book.touch("book/other.md")
    built = book.build("singlehtml")
    assert "$0.0133" not in single(built)
    assert "$0.0120" in single(built)
    assert single(built) == single(book.cold(book.root.parent, "singlehtml"))
