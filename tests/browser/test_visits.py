"""A first visit to every page of the book: its policy holds, nobody else is asked, and it is light."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from .gates.model import WIDTHS, View
from .gates.policy import errors
from .gates.strangers import requested
from .gates.visit import visits
from .gates.weight import weight
from .support import passes

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from .gates.site import Site
    from .gates.visit import Visit

pytestmark = pytest.mark.browser
# In bytes, 1 kB = 1,000 bytes: a chapter is text, figures and a simulation that waits to be scrolled to.
CHAPTER = 60_000


def test_no_error_and_no_violation(first_visits: list[Visit]) -> None:
    passes(errors(first_visits))


def test_no_request_elsewhere(site: Site, first_visits: list[Visit]) -> None:
    passes(requested(site, first_visits))


def test_light(site: Site, first_visits: list[Visit]) -> None:
    passes(weight(site, first_visits))


@pytest.mark.slow
@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_at_every_width(browser: Browser, site: Site, width: int) -> None:
    seen = visits(browser, site, View("light", width))
    passes([*errors(seen), *requested(site, seen), *weight(site, seen)])


def test_chapters_without_charts_are_lighter(site: Site, first_visits: list[Visit]) -> None:
    chapters = [visit for visit in first_visits if re.fullmatch(r"book/\d\d-[^/]+\.html", visit.page)]
    plain = [visit for visit in chapters if "cb-chart" not in (site.root / visit.page).read_text(encoding="utf-8")]
    assert plain
    passes(weight(site, plain, CHAPTER))
