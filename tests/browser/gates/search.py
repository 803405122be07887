"""Gate: the search works in the unzipped site, opened from a disk."""

from __future__ import annotations

from urllib.parse import quote

from playwright.sync_api import Browser, Page, TimeoutError

from .links import resolve
from .model import Finding, View
from .policy import errors
from .site import Site
from .visit import visiting

PAGE = "search.html"
RESULTS = "#search-results li a"
# How long a reader may wait for the first result on a slow machine; in milliseconds.
WAIT_MS = 10_000


def search(browser: Browser, site: Site, view: View, word: str, wait_ms: int = WAIT_MS) -> list[Finding]:
    """Errors while searching for a word that the book uses, no result, or results that lead nowhere."""
    if PAGE not in site.documents:
        return [Finding(PAGE, "search", "the site has no search page")]
    with visiting(browser, site, PAGE, view, f"?q={quote(word)}") as (page, record):
        found = _results(page, wait_ms)
    findings = errors([record])
    if not found:
        findings.append(Finding(PAGE, "search", f"no result for {word!r}", RESULTS, view))
    for href in found:
        if wrong := resolve(site, PAGE, href):
            findings.append(Finding(PAGE, "search", f"result {href!r} {wrong}", RESULTS, view))
    return findings


def _results(page: Page, wait_ms: int) -> list[str]:
    """Where the results lead, as soon as there are any."""
    links = page.locator(RESULTS)
    try:
        links.first.wait_for(timeout=wait_ms)
    except TimeoutError:
        return []
    found: list[str] = links.evaluate_all("links => links.map(link => link.getAttribute('href'))")
    return found
