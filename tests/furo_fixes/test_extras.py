"""Files of extensions on the pages that use them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.furo_fixes.books import Book, Built

EXTENSIONS = ("sphinx_design", "sphinx_copybutton")
DESIGN = {"sphinx-design.min.css", "design-tabs.js"}
COPY = {"copybutton.css", "copybutton.js", "clipboard.min.js"}
COLOURS, THEME = {"pygments.css"}, {"furo-extensions.css"}
SEARCH = {"documentation_options.js", "doctools.js", "sphinx_highlight.js"}
ALL = DESIGN | COPY | COLOURS | SEARCH | THEME
TABS = "::::{tab-set}\n:::{tab-item} One\nText\n:::\n::::\n"
PAGES = {
    "index": "# Index\n\nWords.\n\n```{toctree}\ncode\ncard\ntabs\n```\n",
    "code": "# Code\n\n```python\nx = 1\n```\n",
    "card": "# Card\n\n:::{card} Title\nText\n:::\n",
    "tabs": f"# Tabs\n\n{TABS}",
}


def built(book: Book, *extensions: str) -> Built:
    for name, text in PAGES.items():
        book.write(f"{name}.md", text)
    return book.build(
        *EXTENSIONS, *extensions, name="-".join(extensions) or "plain", myst_enable_extensions=["colon_fence"]
    )


def loaded(made: Built, page: str) -> set[str]:
    """Those files that a page loads at once."""
    text = made.page(f"{page}.html")
    names = re.findall(r'(?:src|href)="[^"]*_static/(?:[^"/]*/)*([^"/?]+)', text)
    return set(names) & ALL


def test_without_the_piece_every_page_loads_everything(book: Book) -> None:
    made = built(book)
    assert {page: loaded(made, page) for page in PAGES} == dict.fromkeys(PAGES, ALL)


def test_a_page_loads_what_it_uses(book: Book) -> None:
    made = built(book, "furo_fixes.extras")
    assert {page: loaded(made, page) for page in PAGES} == {
        "index": set(),
        "code": COPY | COLOURS | SEARCH | THEME,
        "card": {"sphinx-design.min.css"} | THEME,
        "tabs": DESIGN | THEME,
    }
    assert loaded(made, "search") == ALL
