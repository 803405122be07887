"""The search index of an incremental build is the one of a build of everything."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.furo_fixes.books import Book

PIECE = "furo_fixes.search"


@pytest.fixture
def indexed(book: Book) -> Book:
    book.write("index.md", "# Home\n\n```{toctree}\nglossary\nother\nplain\n```\n")
    book.write("glossary.md", "# Glossary\n\n```{glossary}\nToken\n  A piece of text.\n\nbill\n  What it costs.\n```\n")
    book.write("other.md", "# Other\n\n```{index} single: token; price\n```\n\nText.\n")
    book.write("plain.md", "# Plain\n\nNo terms.\n")
    return book


def _index(book: Book, *pieces: str, name: str = "fixed") -> str:
    return book.build(*pieces, name=name).page("searchindex.js")


def test_nothing_changed(indexed: Book) -> None:
    first = _index(indexed, PIECE)
    assert '"bill":[[0,"term-bill",true]]' in first
    assert _index(indexed, PIECE) == first


@pytest.mark.parametrize("changed", ["index", "glossary", "other", "plain"])
def test_one_page_changed(indexed: Book, changed: str) -> None:
    _index(indexed, PIECE)
    indexed.write(f"{changed}.md", (indexed.source / f"{changed}.md").read_text() + "\nMore words.\n")
    assert _index(indexed, PIECE) == _index(indexed, PIECE, name="anew")


def test_terms_of_changed_and_removed_pages_go(indexed: Book) -> None:
    _index(indexed, PIECE)
    indexed.write("glossary.md", "# Glossary\n\n```{glossary}\nbill\n  What it costs.\n```\n")
    (indexed.source / "other.md").unlink()
    indexed.write("index.md", "# Home\n\n```{toctree}\nglossary\nplain\n```\n")
    assert _index(indexed, PIECE) == _index(indexed, PIECE, name="anew")


def test_without_the_piece_terms_are_lost(indexed: Book) -> None:
    """When this fails, Sphinx has mended it."""
    assert '"term-bill"' in _index(indexed)
    assert '"term-bill"' not in _index(indexed)
