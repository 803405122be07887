"""No page contacts anybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .gates.model import LAPTOP, View
from .gates.strangers import requested, written
from .gates.visit import visits
from .support import POLICY, passes

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from .gates.site import Site
    from .support import Planter

pytestmark = pytest.mark.browser
VIEW = View("light", LAPTOP)
OPEN = POLICY.replace("img-src 'self'", "img-src 'self' https:")
IMAGE = "https://example.org/a.png"


def test_book(site: Site) -> None:
    passes(written(site))


def test_sound_page_passes(browser: Browser, plant: Planter) -> None:
    site = plant('<a href="https://example.org/">A link waits for the reader.</a>')
    passes(written(site))
    passes(requested(site, visits(browser, site, VIEW)))


@pytest.mark.parametrize(
    "script", [f"new Image().src = '{IMAGE}'", f"setTimeout(() => {{ new Image().src = '{IMAGE}' }})"]
)
def test_request_of_a_script_is_found(browser: Browser, plant: Planter, script: str) -> None:
    site = plant(script=script, policy=f'<meta http-equiv="Content-Security-Policy" content="{OPEN}">')
    (finding,) = requested(site, visits(browser, site, VIEW))
    assert (finding.page, finding.rule, finding.message) == ("index.html", "third-party-request", IMAGE)


def test_request_for_a_file_outside_the_site_is_found(browser: Browser, plant: Planter) -> None:
    plant.write("../secret.png", b"")
    site = plant('<img src="../secret.png" alt="">')
    (finding,) = requested(site, visits(browser, site, VIEW))
    assert finding.message.endswith("/secret.png")


@pytest.mark.parametrize(
    "body",
    [
        f'<img src="{IMAGE}" loading="lazy">',
        f'<img srcset="{IMAGE} 2x">',
        '<script src="//example.org/a.js"></script>',
        '<link rel="preconnect" href="https://example.org">',
        '<iframe src="https://example.org"></iframe>',
        f'<p style="background: url({IMAGE})">',
        f"<style>p {{ background: url('{IMAGE}') }}</style>",
    ],
)
def test_resource_elsewhere_is_found_in_markup(plant: Planter, body: str) -> None:
    (finding,) = written(plant(body))
    assert (finding.page, finding.rule) == ("index.html", "third-party-resource")
    assert "example.org" in finding.selector


def test_resource_elsewhere_is_found_in_a_style_sheet(plant: Planter) -> None:
    (finding,) = written(plant(css=f"/* url(https://example.org/comment) */ @import '{IMAGE}';"))
    assert (finding.page, finding.selector) == ("style.css", f"url({IMAGE})")
