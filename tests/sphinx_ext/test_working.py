"""The working section: one entry for each distinct question, links both ways, ids of the page; in every builder."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from tests.sphinx_ext.building import Book, Built, files, real_book, small_book

ONE = """\
---
model: example-small
---

# One

A letter costs {bill}`letter`, and again {bill}`letter`; on the small model {bill}`letter on example-small`; its input
side is {bill}`letter for input`. A large model takes {bill}`letter on example-large`.

```{scenario-table} letter
:show: bill side
```

> Also in a quotation: {bill}`letter`.
"""
TWO = "# Two\n\nA letter costs {bill}`letter on example-small`, cached {price}`write on example-small`.\n"
TWO += "\n```{bill} letter\n:on: example-small\n```\n"
NONE = "# None\n\nPriced at {edition}`date`.\n"
PAGES = {"book/one": ONE, "book/two": TWO, "book/none": NONE}


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    return small_book(tmp_path_factory.mktemp("working"), PAGES)


@pytest.fixture(scope="module")
def built(book: Book) -> Built:
    return book.build()


def soup(built: Built, docname: str) -> BeautifulSoup:
    return BeautifulSoup(built.page(docname), "html.parser")


def figures(page: BeautifulSoup) -> list[Tag]:
    return page.select("a.cb-figure")


def entries(page: BeautifulSoup) -> list[Tag]:
    return page.select("ol.cb-working > li")


def test_one_entry_for_each_distinct_question(built: Built) -> None:
    """The page's model and the same model by name are one question; a part of a bill is another.

    In order: letter (text, again, by name, table, quotation), for input, on example-large, side.
    """
    page = soup(built, "book/one")
    numbered = [str(figure["href"]).rpartition("-")[2] for figure in figures(page)]
    assert numbered == ["1", "1", "1", "2", "3", "1", "4", "1"]
    assert len(entries(page)) == 4


def test_figures_and_entries_lead_to_each_other(built: Built) -> None:
    for docname in ("book/one", "book/two"):
        page = soup(built, docname)
        there = {figure["id"]: str(figure["href"]) for figure in figures(page)}
        back = {
            str(link["href"]).removeprefix("#"): f"#{entry['id']}"
            for entry in entries(page)
            for link in entry.select("a.cb-back")
        }
        assert there == back


def test_entry_says_how_and_from_which_prices(built: Built) -> None:
    """300 x 2.50 + 900 x 12.50 = 12,000 per million tokens, which is $0.0120."""
    first = entries(soup(built, "book/one"))[0].get_text()
    assert first.startswith(
        "$0.0120: Letter on Example small: 300 input tokens at $2.50 and 900 output tokens at $12.50"
    )
    assert "(300 × $2.50 + 900 × $12.50) ÷ 1,000,000 = $0.0120" in first
    working = soup(built, "book/one").select_one("#book-one-working")
    assert working is not None
    assert "Prices of 2026-11-22" in working.get_text()
    assert "a price list, checked 2026-11-22" in working.get_text()


def test_answer_that_is_not_offered(built: Built) -> None:
    page = soup(built, "book/two")
    assert [figure.get_text() for figure in figures(page)] == ["$0.0120", "not offered", "$0.0120"]
    assert entries(page)[1].get_text().startswith("not offered: Example small has no cache write price.")


def test_ids_are_unique_and_begin_with_the_page(built: Built) -> None:
    for docname, slug in (("book/one", "book-one"), ("book/two", "book-two")):
        page = soup(built, docname)
        ids = [str(element["id"]) for element in page.select("[id]")]
        assert [name for name, times in Counter(ids).items() if times > 1] == []
        ours = [str(element["id"]) for element in [*figures(page), *entries(page)]]
        assert all(name.startswith(f"{slug}-") for name in ours)


def test_figure_inside_a_link_is_text(tmp_path: Path) -> None:
    """A link in a link is no HTML; its working is there all the same, and leads back."""
    page = "# Page\n\nSee [what {bill}`letter` buys](https://example.org) and [another {bill}`letter`](index.md).\n"
    built = small_book(tmp_path, {"book/page": page, "book/index": "# Other\n"}).build()
    html = soup(built, "book/page")
    assert html.select("a a") == []
    assert [figure.name for figure in html.select(".cb-figure")] == ["span", "span"]
    back = [str(link["href"]).removeprefix("#") for link in html.select("a.cb-back")]
    assert back == [figure["id"] for figure in html.select(".cb-figure")]


def test_no_section_on_a_page_without_figures(built: Built) -> None:
    page = built.page("book/none")
    assert "2026-11-22" in page
    assert "cb-working" not in page
    assert "Working" not in page


def test_single_page_has_no_id_twice(book: Book, tmp_path: Path) -> None:
    built = book.build("singlehtml", out=tmp_path / "out", trees=tmp_path / "trees")
    assert built.warnings == ()
    page = soup(built, "index")
    ids = Counter(str(element["id"]) for element in page.select("[id]"))
    assert [name for name, times in ids.items() if times > 1] == []
    links = {str(link["href"]).removeprefix("#") for link in [*figures(page), *page.select("a.cb-back")]}
    assert len(figures(page)) == 11
    assert links <= ids.keys()


# -- the real book in other builders


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Book:
    return real_book(tmp_path_factory.mktemp("builders"))


NOT_ALWAYS = [pytest.param(builder, marks=pytest.mark.slow) for builder in ("text", "epub", "dummy", "gettext")]


@pytest.mark.parametrize("builder", ["singlehtml", *NOT_ALWAYS])
def test_builders(real: Book, tmp_path: Path, builder: str) -> None:
    # An EPUB has to say which version it is.
    overrides = {"nitpicky": True, "version": "1"}
    built = real.build(builder, out=tmp_path / "out", trees=tmp_path / "trees", overrides=overrides)
    assert built.warnings == ()
    assert built.status == 0
    written = files(built.out)
    if builder == "text":
        chapter = written["book/01-the-life-of-a-token.txt"].decode()
        assert "\nWorking\n=======\n" in chapter
        assert "= $0.00460" in chapter  # 800 x 2.00 + 300 x 10.00, over a million
    if builder == "singlehtml":
        assert not (built.out / "downloads").exists()  # they are for the site: see test_downloads.py
        assert b"cb-take" not in written["index.html"]
        # Sphinx itself numbers citations and figures without a name from id1 on in each page, and does not keep apart
        # the headings that two pages share, as two reviews do, and two chapters behind their labels.
        ids = Counter(re.findall(rb'(?<!<section)(?<!<span)\sid="((?!id\d)[^"]+)"', written["index.html"]))
        assert [name for name, times in ids.items() if times > 1] == []
        own = rb'class="cb-[^>]*\sid="(?!book-|index-|assessments-|quiz-|sim-)[^">]*'
        sources = "".join(path.read_text(encoding="utf-8") for path in real.root.glob("book/*.md"))
        named = set(re.findall(r"^:name: (\S+)$", sources, re.MULTILINE))
        assert [
            one for one in re.findall(own, written["index.html"]) if one.decode().rpartition('"')[2] not in named
        ] == []
    if builder == "epub":
        with zipfile.ZipFile(next(built.out.glob("*.epub"))) as packed:
            name = next(name for name in packed.namelist() if name.endswith("01-the-life-of-a-token.xhtml"))
            chapter = packed.read(name).decode()
        assert "cb-working" in chapter
    if builder == "gettext":
        messages = b"".join(text for name, text in written.items() if name.endswith(".pot")).decode()
        assert "Which side is larger" in messages  # text is translated; what was computed is not
        for computed in ("How each figure on this page", "1,000,000 =", "Costs more", "prices of 2026", "Workload"):
            assert computed not in messages
