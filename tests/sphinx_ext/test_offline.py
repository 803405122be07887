"""Links to offline copies in every builder, and the feed beside the pages."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from tests.sphinx_ext.building import Book, files
from tests.sphinx_ext.sample_copies import PAGES, raise_edition, two_editions

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """A book of two editions, in the second of them."""
    made = two_editions(tmp_path_factory.mktemp("copies"))
    raise_edition(made)
    return made


def built(book: Book, folder: Path, builder: str, **overrides: str) -> Path:
    made = book.build(builder, out=folder / "out", trees=folder / "trees", overrides=overrides)
    assert made.warnings == ()
    return made.out


def links(out: Path, page: str) -> list[str]:
    """The links to copies of a page."""
    return re.findall(
        r'<a class="cb-offline" href="([^"]+)">offline copy</a>', (out / page).read_text(encoding="utf-8")
    )


@pytest.mark.parametrize(
    ("builder", "pages"),
    [
        ("html", {"index.html": "", "book/editions.html": "../", "book/deep/page.html": "../../"}),
        ("dirhtml", {"index.html": "", "book/editions/index.html": "../../", "book/deep/page/index.html": "../../../"}),
        ("singlehtml", {"index.html": ""}),
    ],
)
def test_a_link_leads_from_every_depth_to_the_root(
    book: Book, tmp_path: Path, builder: str, pages: dict[str, str]
) -> None:
    out = built(book, tmp_path, builder)
    for page, up in pages.items():
        times = len(PAGES) if builder == "singlehtml" else 1
        assert links(out, page) == [f"{up}editions/edition-7.zip", f"{up}editions/edition-8.zip"] * times
        root = (out / page).parent / up
        assert root.resolve() == out.resolve()


@pytest.mark.parametrize("builder", ["latex", "text", "man", "xml", "gettext"])
def test_elsewhere_there_are_the_words(book: Book, tmp_path: Path, builder: str) -> None:
    out = built(book, tmp_path, builder)
    text = b"".join(files(out).values()).decode(errors="replace")
    assert "offline copy" in text
    assert "edition-7" not in text
    assert "editions.atom" not in text


def test_an_epub_has_the_words_and_no_feed(book: Book, tmp_path: Path) -> None:
    out = built(book, tmp_path, "epub", epub_show_urls="no", version="1")
    (epub,) = out.glob("*.epub")
    with ZipFile(epub) as found:
        text = b"".join(found.read(name) for name in found.namelist() if name.endswith(".xhtml")).decode()
        assert "editions.atom" not in found.namelist()
    assert text.count("Take the offline copy</p>") == 2 * len(PAGES)
    assert "cb-offline" not in text
    assert "editions.atom" not in text


# --- the feed ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("builder", "editions", "page"),
    [("html", "book/editions.html", "book/deep/page.html"), ("dirhtml", "book/editions/", "book/deep/page/index.html")],
)
def test_the_feed_lies_at_the_root(book: Book, tmp_path: Path, builder: str, editions: str, page: str) -> None:
    out = built(book, tmp_path, builder)
    feed = ElementTree.parse(out / "editions.atom").getroot()
    assert feed.findtext(f"{ATOM}title") == "A generated book"
    assert [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")] == [
        "Edition 8, priced at 2026-12-02",
        "Edition 7, priced at 2026-11-22",
    ]
    assert feed.findtext(f"{ATOM}entry/{ATOM}summary") == (
        "Moved: 1 price. In USD per million tokens: Example steady: input $2.00 → $3.00."
    )
    assert {link.get("href") for link in feed.iter(f"{ATOM}link") if link.get("rel") == "alternate"} == {editions}
    up = "../" * page.count("/")
    link = '<link rel="alternate" type="application/atom+xml" title="Editions of A generated book" href="'
    assert f'{link}{up}editions.atom">' in (out / page).read_text(encoding="utf-8").partition("</head>")[0]
    pages = [path.read_text(encoding="utf-8") for path in out.rglob("*.html") if "_static" not in path.parts]
    assert len(pages) > len(PAGES)  # the index and the search page too
    assert all(page.count("application/atom+xml") == 1 for page in pages)


def test_with_the_address_of_the_site_the_feed_is_absolute(book: Book, tmp_path: Path) -> None:
    out = built(book, tmp_path, "html", html_baseurl="https://example.org/book")
    feed = ElementTree.parse(out / "editions.atom").getroot()
    assert {link.get("href") for link in feed.iter(f"{ATOM}link")} == {
        "https://example.org/book/editions.atom",
        "https://example.org/book/book/editions.html",
        "https://example.org/book/editions/edition-7.zip",
        "https://example.org/book/editions/edition-8.zip",
    }


def test_a_book_without_a_page_of_editions_names_its_first_page(tmp_path: Path) -> None:
    book = two_editions(tmp_path)
    (book.root / "book/editions.md").unlink()
    book.replace("index.md", "book/editions\n", "")
    for builder, first in (("html", "index.html"), ("dirhtml", "./")):
        out = built(book, tmp_path / builder, builder)
        feed = ElementTree.parse(out / "editions.atom").getroot()
        assert {link.get("href") for link in feed.iter(f"{ATOM}link") if link.get("rel") == "alternate"} == {first}


def test_the_feed_is_of_every_build(tmp_path: Path) -> None:
    """Also where no page is read again: a model that no page asks gets another price."""
    book = two_editions(tmp_path)
    first = (book.build().out / "editions.atom").read_bytes()
    assert book.build().read == ()
    assert (book.out / "editions.atom").read_bytes() == first
    raise_edition(book)
    second = (book.build().out / "editions.atom").read_bytes()
    assert b"Edition 8" not in first
    assert b"Edition 8" in second
    assert second.count(b"<entry>") == first.count(b"<entry>") + 1


def test_a_build_that_stops_leaves_the_feed_as_it_was(tmp_path: Path) -> None:
    book = two_editions(tmp_path)
    before = (book.build().out / "editions.atom").read_bytes()
    book.write("book/deep/page.md", "# Page\n\n```{claim} side letter is input\nLong to read.\n```\n")
    raise_edition(book)
    with pytest.raises(SystemExit):
        book.build()
    assert (book.out / "editions.atom").read_bytes() == before


def test_a_folder_beside_it_gives_the_same_feed(book: Book, tmp_path: Path) -> None:
    one, other = (built(book, tmp_path / name, "html") / "editions.atom" for name in ("one", "two"))
    assert one.read_bytes() == other.read_bytes()
