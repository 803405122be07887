"""Gate: a page never scrolls sideways; a part of it that does, can be scrolled with the keyboard."""

from __future__ import annotations

from playwright.sync_api import Browser

from .browser import script, walk
from .model import Finding, View
from .site import Site


def reflow(browser: Browser, site: Site, view: View) -> list[Finding]:
    """Elements that make the page wider than its window, and wide parts that only a mouse can scroll."""
    measure = script("reflow")
    findings: list[Finding] = []
    for name, page in walk(browser, site, view):
        page.evaluate(script("selector"))
        measured = page.evaluate(measure)
        if measured["page"] > view.width:
            message = f"the page is {measured['page']} px wide in a window of {view.width} px"
            causes = measured["wide"] or [""]
            findings += [Finding(name, "sideways-scroll", message, selector, view) for selector in causes]
        message = "scrolls sideways, but Tab does not reach it: give it tabindex=0, a role and a name"
        alone = measured["unreachable"]
        findings += [Finding(name, "scroll-by-mouse-only", message, selector, view) for selector in alone]
    return findings
