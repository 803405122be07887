"""A first visit is light."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from .gates.model import LAPTOP, View
from .gates.visit import visits
from .gates.weight import weight
from .support import passes

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from .support import Planter

pytestmark = pytest.mark.browser
VIEW = View("light", LAPTOP)


def noise(size: int) -> str:
    """A script of ``size`` bytes that compresses to three quarters of that: 64 letters, 6 bits each."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-"
    return f"//{''.join(random.Random(1).choices(letters, k=size - 2))}"


def test_heavy_script_is_found(browser: Browser, plant: Planter) -> None:
    site = plant(script=noise(300_000))
    (finding,) = weight(site, visits(browser, site, VIEW))
    assert (finding.page, finding.rule) == ("index.html", "weight")
    assert "script.js 22" in finding.message


def test_search_index_and_text_that_compresses_are_light(browser: Browser, plant: Planter) -> None:
    plant.write("searchindex.js", noise(300_000))
    site = plant(script="//" + "x" * 300_000, head='<script src="searchindex.js"></script>')
    passes(weight(site, visits(browser, site, VIEW)))


def test_file_named_by_a_style_sheet_is_counted(browser: Browser, plant: Planter) -> None:
    plant.write("heavy.css", noise(300_000).replace("//", "/*") + "*/")
    site = plant()
    plant.write("style.css", "@import 'heavy.css';")
    (finding,) = weight(site, visits(browser, site, VIEW))
    assert "heavy.css" in finding.message
