"""Every page carries a policy with the hashes of what the theme puts on it, and of nothing that stands in a text."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
from tests.browser.gates.model import LAPTOP, View
from tests.browser.gates.policy import errors, policies
from tests.browser.gates.visit import visiting, visits

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from tests.furo_fixes.books import Book

PIECE = "furo_fixes.csp"
VIEW = View("light", LAPTOP)
FOREIGN = "document.title = 'ran'"
EVIL = f'# Page\n\n<script>{FOREIGN}</script>\n\n<img src=x onerror="{FOREIGN}">\n\n<style>p {{ color: red }}</style>\n'


def _hashes(texts: list[str]) -> list[str]:
    return [f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" for text in texts]


def _directive(page: str, name: str) -> list[str]:
    (policy,) = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', page)
    (sources,) = [rest for first, *rest in map(str.split, policy.split(";")) if first == name]
    return sources


def test_every_page_has_the_hashes_of_its_inline_parts(book: Book) -> None:
    book.write("index.md", "# Page\n\n```{toctree}\nfolder/other\n```\n")
    book.write("folder/other.md", "# Other\n")
    book.config["html_theme_options"] = {"light_css_variables": {"color-brand-primary": "#123456"}}
    built = book.build(PIECE)
    pages = built.pages()
    assert sorted(pages) == ["folder/other.html", "genindex.html", "index.html", "search.html"]
    for name, page in pages.items():
        scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
        styles = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
        assert len(scripts) == len(styles) == 1, name
        assert _directive(page, "script-src") == ["'self'", *_hashes(scripts)], name
        assert _directive(page, "style-src") == ["'self'", *_hashes(styles)], name
    assert policies(built.site) == []
    assert policies(book.build(name="without").site) != []


def test_what_stands_in_a_text_has_no_hash(book: Book) -> None:
    book.write("index.md", EVIL)
    page = book.build(PIECE).page("index.html")
    assert f"<script>{FOREIGN}</script>" in page
    assert _hashes([FOREIGN])[0] not in _directive(page, "script-src")
    assert len(_directive(page, "script-src")) == len(_directive(page, "style-src")) == 2


def test_what_an_extension_adds_to_one_page_has_its_hash_there(book: Book) -> None:
    book.write("index.md", "# Page\n\n```{toctree}\nother\n```\n\n{math}`a`\n")
    book.write("other.md", "# Other\n")
    # MathJax's settings are an inline script on pages with a formula.
    built = book.build(PIECE, mathjax3_config={"tex": {}}, mathjax_path="local.js")
    settings = re.findall(r"<script>(window\.MathJax.*?)</script>", built.page("index.html"))
    assert _hashes(settings)[0] in _directive(built.page("index.html"), "script-src")
    assert _hashes(settings)[0] not in _directive(built.page("other.html"), "script-src")


def test_policy_can_be_left_out(book: Book) -> None:
    book.write("index.md", "# Page\n")
    assert "Content-Security-Policy" not in book.build(PIECE, furo_fixes_csp=False).page("index.html")
    # As `sphinx-build -D furo_fixes_csp=0` gives it.
    assert "Content-Security-Policy" not in book.build(PIECE, furo_fixes_csp="0").page("index.html")


@pytest.mark.browser
class TestFromAFolder:
    """Pages opened by `file:`, where there is no server to send a header."""

    def test_a_script_in_a_text_does_not_run(self, book: Book, browser: Browser) -> None:
        book.write("index.md", EVIL)
        book.config["html_title"] = "A page"
        for piece, title in (("furo_fixes.tables", "ran"), (PIECE, "A page")):
            site = book.build(piece, name=piece).site
            with visiting(browser, site, "index.html", VIEW) as (page, record):
                page.wait_for_load_state()
                assert page.title() == title
                # Furo's own inline script ran.
                assert page.evaluate("document.body.dataset.theme") == "auto"
            assert bool(record.violations) == (piece == PIECE)

    def test_the_theme_breaks_no_rule(self, book: Book, browser: Browser) -> None:
        book.write("index.md", "# Page\n\n```python\nx = 1\n```\n\n:::{note}\nText.\n:::\n")
        site = book.build("furo_fixes", "sphinx_copybutton", myst_enable_extensions=["colon_fence"]).site
        assert errors(visits(browser, site, VIEW)) == []

    def test_searching_works(self, book: Book, browser: Browser) -> None:
        book.write("index.md", "# Page\n\nSomething about tokens.\n")
        with visiting(browser, book.build("furo_fixes").site, "index.html", VIEW) as (page, record):
            page.fill(".sidebar-search", "tokens")
            page.keyboard.press("Enter")
            page.wait_for_selector("#search-results li a")
            assert "/search.html?q=tokens" in page.url
        assert record.violations == []
