"""Gate: a theme looks the same whether the reader's system asks for it or the reader chose it on the page."""

from __future__ import annotations

from playwright.sync_api import Browser

from .browser import script, walk
from .model import THEMES, Finding, View
from .site import Site


def themes(browser: Browser, site: Site, width: int) -> list[Finding]:
    """Elements that have other colours in a chosen theme; each theme is chosen against the system's wish."""
    findings = []
    for name, page in walk(browser, site, View("light", width)):
        page.evaluate(script("selector"))
        page.evaluate(script("colours"))
        for theme in THEMES:
            page.emulate_media(color_scheme=theme)
            page.evaluate("colours.note()")
            page.emulate_media(color_scheme="dark" if theme == "light" else "light")
            for selector, wanted, got in page.evaluate("colours.differences", theme):
                message = f"{wanted} in a system that is {theme}, {got} where the reader chose {theme}"
                findings.append(Finding(name, "theme-choice", message, selector, View(theme, width)))
    return findings
