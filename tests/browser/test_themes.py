"""A theme looks the same whether the reader's system asks for it or the reader chose it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .gates.model import LAPTOP, View
from .gates.themes import themes
from .support import passes

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from .gates.site import Site
    from .support import Planter

pytestmark = pytest.mark.browser

BY_SYSTEM = "@media (prefers-color-scheme: dark) { body:not([data-theme=light]) h1 { color: #eee; background: #111 } }"
BY_CHOICE = "body[data-theme=dark] h1 { color: #eee; background: #111 }"


# Style sheets make the themes, so that one page of each kind stands for all.
def test_book(browser: Browser, site: Site) -> None:
    passes(themes(browser, site.specimens, LAPTOP))


@pytest.mark.slow
def test_every_page(browser: Browser, site: Site) -> None:
    passes(themes(browser, site, LAPTOP))


def test_theme_that_answers_both_passes(browser: Browser, plant: Planter) -> None:
    passes(themes(browser, plant(css=BY_SYSTEM + BY_CHOICE), LAPTOP))


@pytest.mark.parametrize(
    ("css", "theme"),
    [(BY_SYSTEM, "dark"), (BY_SYSTEM.replace(":not([data-theme=light])", "") + BY_CHOICE, "light")],
)
def test_theme_that_hears_the_system_only_is_found(browser: Browser, plant: Planter, css: str, theme: str) -> None:
    (finding,) = themes(browser, plant(css=css), LAPTOP)
    assert (finding.page, finding.rule, finding.selector) == ("index.html", "theme-choice", '#start "A sound page"')
    assert finding.view is not None
    assert finding.view == View(finding.view.theme, LAPTOP)
    assert finding.view.theme == theme
