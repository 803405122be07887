"""A page can be printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .gates.model import THEMES, Theme, View
from .gates.paper import WIDTH, paper
from .support import passes

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from .gates.site import Site
    from .support import Planter

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("theme", THEMES)
def test_book(browser: Browser, site: Site, theme: Theme) -> None:
    passes(paper(browser, site.dealt(THEMES.index(theme), len(THEMES)), [theme]))


@pytest.mark.slow
def test_every_page_in_both_themes(browser: Browser, site: Site) -> None:
    passes(paper(browser, site))


def test_dark_theme_for_screens_only_and_table_that_scrolls_on_screens_only_pass(
    browser: Browser, plant: Planter
) -> None:
    css = """
      @media screen and (prefers-color-scheme: dark) { body { background: #111; color: #eee } a { color: #acf } }
      #part { overflow-x: auto } #wide { width: 900px } @media print { #wide { width: auto } }
    """
    passes(paper(browser, plant('<div id="part" tabindex="0"><div id="wide">Wide</div></div>', css)))


def test_dark_theme_on_paper_is_found(browser: Browser, plant: Planter) -> None:
    # #777 has a contrast of 4.48 with white, #767676 one of 4.54: the two greys around the limit.
    css = "@media (prefers-color-scheme: dark) { body { background: #111 } h1 { color: #777 } p { color: #767676 } }"
    (finding,) = paper(browser, plant("<p>Dark enough</p>", css))
    assert (finding.page, finding.rule, finding.selector) == ("index.html", "print-pale", '#start "A sound page"')
    assert (finding.view, finding.message) == (View("dark", WIDTH), "contrast with white is 4.48, 4.5 needed")


def test_content_that_paper_cuts_off_is_found(browser: Browser, plant: Planter) -> None:
    body = '<div id="part" tabindex="0"><div id="wide">Wide</div></div>'
    findings = paper(browser, plant(body, "#part { overflow-x: auto } #wide { width: 900px }"))
    assert {(finding.rule, finding.selector) for finding in findings} == {("print-cut", '#part "Wide"')}
