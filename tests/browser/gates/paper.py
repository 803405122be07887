"""Gate: a page can be printed, also by a reader who reads it in the dark theme."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .browser import script, walk
from .model import THEMES, Finding, Theme, View

if TYPE_CHECKING:
    from collections.abc import Iterable

    from playwright.sync_api import Browser

    from .site import Site

# A4 (210 mm) without two margins of 10 mm, in CSS pixels of 1/96 inch.
WIDTH = 718
# The contrast that WCAG 2.2 (1.4.3) asks of text on a screen; against white paper.
LEAST = 4.5


def paper(browser: Browser, site: Site, themes: Iterable[Theme] = THEMES) -> list[Finding]:
    """Text that is too pale on paper, and content that paper cuts off."""
    findings = []
    for theme in themes:
        view = View(theme, WIDTH)
        for name, page in walk(browser, site, view):
            page.evaluate(script("selector"))
            page.emulate_media(media="print", color_scheme=theme)
            lost = page.evaluate(script("paper"), LEAST)
            page.emulate_media(media="screen", color_scheme=theme)
            for selector, ratio in lost["pale"]:
                message = f"contrast with white is {ratio}, {LEAST} needed"
                findings.append(Finding(name, "print-pale", message, selector, view))
            for selector, pixels in lost["cut"]:
                findings.append(Finding(name, "print-cut", f"paper cuts off {pixels} px", selector, view))
    return findings
