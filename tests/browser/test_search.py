"""The search works in the unzipped site, opened from a disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .gates.model import LAPTOP, WIDTHS, View
from .gates.search import search
from .gates.visit import visiting
from .support import passes

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from .gates.site import Site
    from .support import Planter

pytestmark = pytest.mark.browser
VIEW = View("light", LAPTOP)
# A word that the book cannot do without.
WORD = "token"

SCRIPT = """
const results = document.getElementById('search-results');
if (new URLSearchParams(location.search).get('q') === 'token') {
  results.innerHTML = '<ul><li><a href="index.html">Start</a></li></ul>';
}
"""


def searchable(plant: Planter, script: str) -> Site:
    """A site whose search page runs a script."""
    site = plant('<div id="search-results"></div>', script=script)
    plant.write("search.html", (site.root / "index.html").read_text())
    return site


@pytest.mark.parametrize("width", WIDTHS)
def test_book(browser: Browser, site: Site, width: int) -> None:
    passes(search(browser, site, View("light", width), WORD))


def test_what_was_searched_for_is_marked_where_a_result_leads(browser: Browser, site: Site) -> None:
    """And on no page that nobody searched for."""
    with visiting(browser, site, "search.html", VIEW, f"?q={WORD}") as (page, _):
        page.locator("#search-results li a").first.click()
        page.locator("article .highlighted").first.wait_for()
        page.reload()
        assert page.locator(".highlighted").count() == 0


def test_sound_search_passes(browser: Browser, plant: Planter) -> None:
    passes(search(browser, searchable(plant, SCRIPT), VIEW, WORD))


@pytest.mark.parametrize(
    ("sound", "spoiled", "message"),
    [
        ("=== 'token'", "=== 'other'", "no result for 'token'"),
        ('href="index.html"', 'href="gone.html"', "result 'gone.html' names a file"),
        ("const results =", "fetch('index.html'); const results =", "index.html"),
    ],
)
def test_broken_search_is_found(browser: Browser, plant: Planter, sound: str, spoiled: str, message: str) -> None:
    site = searchable(plant, SCRIPT.replace(sound, spoiled))
    findings = search(browser, site, VIEW, WORD, wait_ms=500)
    assert {finding.page for finding in findings} == {"search.html"}
    assert any(message in finding.message for finding in findings)


def test_site_without_search_is_found(browser: Browser, plant: Planter) -> None:
    (finding,) = search(browser, plant(), VIEW, WORD)
    assert finding.message == "the site has no search page"
