"""Files of extensions on the pages that use them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from tests.browser.gates.browser import window
from tests.browser.gates.model import LAPTOP, View

if TYPE_CHECKING:
    from playwright.sync_api import Browser
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
        "code": COLOURS | THEME,
        "card": {"sphinx-design.min.css"} | THEME,
        "tabs": DESIGN | THEME,
    }
    assert loaded(made, "search") == ALL


def test_code_can_be_copied_when_a_reader_is_near_it(book: Book, browser: Browser) -> None:
    book.write("index.md", "# Index\n\n" + 200 * "Far above it.\n\n" + "```python\nx = 1\n```\n")
    site = book.build("sphinx_copybutton", "furo_fixes").site
    with window(browser, View("light", LAPTOP)) as page:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url.rpartition("/")[2].partition("?")[0]))
        page.goto(site.url("index.html"))
        button = page.locator("button.copybtn")
        page.wait_for_function("document.fonts.status === 'loaded'")
        assert COPY.isdisjoint(asked)
        page.locator("pre").scroll_into_view_if_needed()
        expect(button).to_have_count(1)
        assert set(asked) >= COPY
        button.focus()
        expect(button).to_have_css("opacity", "1")
        button.press("Enter")
        expect(button).to_have_class(re.compile("success"))
        assert page.evaluate("navigator.clipboard.readText()") == "x = 1"


@pytest.mark.parametrize("extensions", [(), ("sphinx_copybutton",)], ids=len)
def test_a_page_without_code_or_without_the_extension_asks_for_no_buttons(
    book: Book, browser: Browser, extensions: tuple[str, ...]
) -> None:
    book.write("index.md", "# Index\n" if extensions else "# Index\n\n```python\nx = 1\n```\n")
    site = book.build(*extensions, "furo_fixes").site
    with window(browser, View("light", LAPTOP)) as page:
        failed: list[str] = []
        page.on("requestfailed", lambda request: failed.append(request.url))
        with page.expect_event("load"):
            page.goto(site.url("index.html"))
        page.wait_for_timeout(200)
        assert failed == []
        assert page.locator("script[src*=copybutton]").count() == 0
