"""The navigation tree is the one Furo makes, is made once, and is never that of an earlier build."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from furo_fixes import navigation

if TYPE_CHECKING:
    from tests.furo_fixes.books import Book, Built

PIECE = "furo_fixes.navigation"
PAGES = {
    "index.md": """\
# Home & "all"

```{toctree}
:caption: First *part* & more
:numbered:

self
book/a
book/b
```
```{toctree}
:hidden:
:caption: Second

book/deep/index
Elsewhere & <there> <https://example.org/?a=1&b=2>
book/sections
genindex
A again <book/a>
```
""",
    "book/a.md": '# A `code` & "quotes" < 3\n\n## Sub\n\n```{toctree}\na1\na2\n```\n\n## Other\n',
    "book/a1.md": "# A1 > B\n\n## x\n",
    "book/a2.md": "# A2\n\n```{toctree}\na2x\n```\n",
    "book/a2x.md": "# A2 *x*\n",
    "book/b.md": "# B\n\ntext\n",
    "book/deep/index.md": "---\ntocdepth: 1\n---\n# Deep\n\n```{toctree}\n:glob:\n\nd*\n../c\n```\n",
    "book/deep/d1.md": "# D1\n\n## s\n",
    "book/deep/d é&.md": "# Odd name\n",
    "book/c.md": "# C\n\n```{toctree}\n/book/c1\n```\n",
    "book/c1.md": "# C1\n",
    "book/sections.md": "# One\n\ntext\n\n# Two\n\ntext\n",
    "book/orphan.md": "---\norphan: true\n---\n# Orphan\n",
}


@pytest.fixture
def nested(book: Book) -> Book:
    """Thirteen pages in three folders: a page listed twice, the root itself, an address, the index, odd names."""
    for name, text in PAGES.items():
        book.write(name, text)
    return book


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_every_page_is_the_one_of_furo_to_the_byte(nested: Book, builder: str) -> None:
    furo = nested.build(builder=builder, name="furo").pages()
    ours = nested.build(PIECE, builder=builder).pages()
    assert len(ours) == len(PAGES) + 2  # index and search
    assert furo == ours


def test_pages_written_in_parallel_are_the_same(nested: Book) -> None:
    serial = nested.build_in_parallel("furo_fixes", name="serial", jobs=1).pages()
    assert serial == nested.build_in_parallel("furo_fixes", name="parallel", jobs=3).pages()


def test_a_single_page_is_left_to_furo(nested: Book) -> None:
    furo = nested.build(builder="singlehtml", name="furo").page("index.html")
    assert furo == nested.build(PIECE, builder="singlehtml").page("index.html")


def test_a_book_without_a_tree_has_an_empty_one(book: Book) -> None:
    book.write("index.md", "# Alone\n")
    assert book.build(name="furo").pages() == book.build(PIECE).pages()


def test_the_tree_is_resolved_and_parsed_once(nested: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    """What Sphinx and Furo do for each page costs as much as the book has pages."""
    calls = {"global_toctree_for_doc": 0, "get_navigation_tree": 0}

    def count(module: str, name: str) -> None:
        def counted(*args: object, **options: object) -> object:
            calls[name] += 1
            return original(*args, **options)

        original = getattr(__import__(module, fromlist=[name]), name)
        monkeypatch.setattr(f"{module}.{name}", counted)

    count("furo_fixes.navigation", "global_toctree_for_doc")
    count("furo_fixes.navigation", "get_navigation_tree")
    count("sphinx.builders.html", "global_toctree_for_doc")
    nested.build(PIECE)
    assert calls == {"global_toctree_for_doc": 1, "get_navigation_tree": 1}


def test_templates_may_still_ask_for_a_toctree(nested: Book) -> None:
    nested.write("_templates/page.html", '{% extends "!page.html" %}{% block footer %}{{ toctree() }}{% endblock %}')
    page = nested.build(PIECE, templates_path=["_templates"]).page("book/b.html")
    assert '<a class="current reference internal" href="#">2. B</a>' in page.split("<footer>")[1]


def _written(built: Built) -> dict[str, int]:
    """When each page was written last."""
    return {path.name: path.stat().st_mtime_ns for path in built.root.rglob("*.html")}


def _titles(built: Built, name: str) -> list[str]:
    tree = built.page(name).split('class="sidebar-tree"')[1].split("</div>")[0]
    return re.findall(r"<a[^>]*>(.*?)</a>", tree)


class TestSecondBuild:
    @pytest.fixture
    def flat(self, book: Book) -> Book:
        book.write("index.md", "# Home\n\n```{toctree}\n:glob:\n\npage*\n```\n")
        for name in "abc":
            book.write(f"page-{name}.md", f"# Title {name}\n")
        return book

    def test_a_new_title_reaches_every_page(self, flat: Book) -> None:
        flat.build(PIECE)
        flat.write("page-b.md", "# Another title\n")
        built = flat.build(PIECE)
        for name in ("index", "page-a", "page-b", "page-c"):
            assert _titles(built, f"{name}.html") == ["Title a", "Another title", "Title c"], name

    def test_a_new_page_reaches_every_page(self, flat: Book) -> None:
        flat.build(PIECE)
        flat.write("page-d.md", "# Title d\n")
        built = flat.build(PIECE)
        assert {len(_titles(built, f"{name}.html")) for name in ("index", "page-a", "page-d")} == {4}

    def test_a_removed_page_leaves_every_page(self, flat: Book) -> None:
        flat.build(PIECE)
        (flat.source / "page-c.md").unlink()
        built = flat.build(PIECE)
        assert _titles(built, "page-a.html") == ["Title a", "Title b"]

    def test_a_changed_text_writes_its_page_only(self, flat: Book) -> None:
        before = _written(flat.build(PIECE))
        flat.write("page-b.md", "# Title b\n\nMore text.\n")
        after = _written(flat.build(PIECE))
        changed = {name for name in before if before[name] != after[name]}
        # Sphinx writes these itself: the two general pages, and the page whose toctree lists the changed one.
        assert changed == {"page-b.html", "index.html", "genindex.html", "search.html"}

    def test_nothing_changed_resolves_no_tree(self, flat: Book, monkeypatch: pytest.MonkeyPatch) -> None:
        flat.build(PIECE)
        monkeypatch.setattr(navigation, "global_toctree_for_doc", pytest.fail)
        monkeypatch.setattr("sphinx.builders.html.StandaloneHTMLBuilder.gen_additional_pages", lambda _: None)
        monkeypatch.setattr("sphinx.builders.html.StandaloneHTMLBuilder.write_genindex", lambda _: None)
        flat.build(PIECE)

    def test_without_the_piece_pages_keep_their_old_tree(self, flat: Book) -> None:
        """When this fails, Sphinx has mended it."""
        flat.build()
        flat.write("page-b.md", "# Another title\n")
        assert "Title b" in _titles(flat.build(), "page-a.html")
