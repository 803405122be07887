"""A real browser, looking at every page of a site, offline."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, Playwright

from .model import View
from .site import Site

# Tall enough to be a window, short enough that long pages have to scroll; CSS pixels.
HEIGHT = 720
# The first is Chromium without what is around a page, which opens a window in half the time.
_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


def executable() -> str | None:
    """Chromium: the one that ``CHROMIUM`` names, else the system's; None where there is none."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, _NAMES)), None)


def launch(playwright: Playwright) -> Browser:
    """Chromium, the one of Playwright where there is no other."""
    return playwright.chromium.launch(executable_path=executable())


def script(name: str) -> str:
    """A function in JavaScript that runs in the page."""
    return (Path(__file__).parent / "js" / f"{name}.js").read_text(encoding="utf-8")


@contextmanager
def window(browser: Browser, view: View) -> Iterator[Page]:
    """An empty window of the view's width, its system set to the view's theme, without a network."""
    context = browser.new_context(
        viewport={"width": view.width, "height": HEIGHT},
        color_scheme=view.theme,
        reduced_motion="reduce",
        offline=True,
    )
    try:
        yield context.new_page()
    finally:
        context.close()


def walk(browser: Browser, site: Site, view: View) -> Iterator[tuple[str, Page]]:
    """Open each page of the site in turn, in one window, with every ``details`` open and nothing moving."""
    with window(browser, view) as page:
        for name in site.pages:
            page.goto(site.url(name))
            page.evaluate(script("settle"))
            yield name, page
