"""WCAG 2.2 AA, as far as axe can see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .gates.axe import axe
from .gates.model import LAPTOP, PHONE, VIEWS, View
from .support import CORNERS, passes

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from .gates.site import Site
    from .support import Planter

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("view", CORNERS, ids=str)
def test_book(browser: Browser, site: Site, view: View) -> None:
    passes(axe(browser, site.dealt(CORNERS.index(view), len(CORNERS)), view))


@pytest.mark.slow
@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_every_page_in_every_view(browser: Browser, site: Site, view: View) -> None:
    passes(axe(browser, site, view))


@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_sound_page_passes(browser: Browser, plant: Planter, view: View) -> None:
    passes(axe(browser, plant(), view))


@pytest.mark.parametrize(
    ("body", "css", "rule"),
    [
        ('<p class="pale">Too pale</p>', ".pale { color: #bbb; background: white }", "color-contrast"),
        (
            "<details><summary>s</summary><p class='pale'>Too pale</p></details>",
            ".pale { color: #bbb }",
            "color-contrast",
        ),
        ('<img src="data:,">', "", "image-alt"),
        ("<button>a</button><button>b</button>", "button { font-size: 4px; padding: 0 }", "target-size"),
    ],
)
def test_violation_is_found(browser: Browser, plant: Planter, body: str, css: str, rule: str) -> None:
    view = View("light", LAPTOP)
    found = {(finding.page, finding.rule, finding.view) for finding in axe(browser, plant(body, css), view)}
    assert found == {("index.html", f"axe {rule}", view)}


def test_violation_in_one_view_is_found_there_only(browser: Browser, plant: Planter) -> None:
    css = "@media (prefers-color-scheme: dark) and (max-width: 400px) { body { background: #222; color: #333 } }"
    site = plant('<p id="dim">Too dim</p>', css)
    found = {view: {finding.selector for finding in axe(browser, site, view)} for view in VIEWS}
    assert "#dim" in found.pop(View("dark", PHONE))
    assert not any(found.values())
