"""A page never scrolls sideways; a part of it that does can be scrolled with the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .gates.model import LAPTOP, PHONE, View
from .gates.reflow import reflow
from .support import passes

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from .gates.site import Site
    from .support import Planter

pytestmark = pytest.mark.browser


def test_book_on_a_phone(browser: Browser, site: Site) -> None:
    passes(reflow(browser, site, View("light", PHONE)))


def test_book_on_a_laptop(browser: Browser, site: Site) -> None:
    passes(reflow(browser, site.specimens, View("light", LAPTOP)))


@pytest.mark.slow
def test_every_page_on_a_laptop(browser: Browser, site: Site) -> None:
    passes(reflow(browser, site, View("light", LAPTOP)))


WIDE = '<div id="wide">x</div>'


@pytest.mark.parametrize("css", ["", "html { overflow-x: hidden }"])
def test_wide_element_is_found(browser: Browser, plant: Planter, css: str) -> None:
    site = plant(WIDE, f"#wide {{ width: 600px }} {css}")
    (finding,) = reflow(browser, site, View("light", PHONE))
    assert (finding.page, finding.rule) == ("index.html", "sideways-scroll")
    assert finding.selector.startswith("#wide")
    passes(reflow(browser, site, View("light", LAPTOP)))


def test_wide_part_that_only_a_mouse_scrolls_is_found(browser: Browser, plant: Planter) -> None:
    site = plant(f'<div id="part">{WIDE}</div>', "#wide { width: 600px } #part { overflow-x: auto }")
    (finding,) = reflow(browser, site, View("light", PHONE))
    assert finding.rule == "scroll-by-mouse-only"
    assert finding.selector.startswith("#part")


@pytest.mark.parametrize(
    "part",
    [
        f'<div id="part" tabindex="0" role="region" aria-label="Prices">{WIDE}</div>',
        f'<div id="part"><a href="#start">Inside</a>{WIDE}</div>',
    ],
)
def test_wide_part_that_the_keyboard_reaches_passes(browser: Browser, plant: Planter, part: str) -> None:
    site = plant(part, "#wide { width: 600px } #part { overflow-x: auto }")
    passes(reflow(browser, site, View("light", PHONE)))


def test_wide_part_that_scrolls_is_not_blamed_for_a_wide_page(browser: Browser, plant: Planter) -> None:
    body = f'<div id="part" tabindex="0">{WIDE}</div><div id="culprit">x</div>'
    site = plant(body, "#wide, #culprit { width: 600px } #part { overflow-x: auto }")
    (finding,) = reflow(browser, site, View("light", PHONE))
    assert finding.selector.startswith("#culprit")
