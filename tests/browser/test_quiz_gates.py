"""The gates of the book hold for a page with every kind of item, before and after it was answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .gates.axe import axe, violations
from .gates.browser import script, window
from .gates.keyboard import keyboard
from .gates.links import links
from .gates.model import LAPTOP, PHONE, View
from .gates.paper import paper
from .gates.policy import errors, policies
from .gates.reflow import reflow
from .gates.strangers import requested, written
from .gates.themes import themes
from .gates.valid import valid
from .gates.visit import visits
from .gates.weight import weight
from .quiz_learner import QUIZ, Learner
from .support import EVERY_VIEW, passes

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from .gates.site import Site

pytestmark = pytest.mark.browser
# A page like a chapter's, in bytes.
LIGHT = 60_000


@pytest.mark.parametrize("view", [View("light", PHONE), View("dark", LAPTOP)], ids=str)
def test_everybody_can_use_it(browser: Browser, sample: Site, view: View) -> None:
    passes(axe(browser, sample, view))
    passes(reflow(browser, sample, view))


def test_keyboard_reaches_everything(browser: Browser, sample: Site) -> None:
    passes(keyboard(browser, sample, View("light", PHONE)))


@EVERY_VIEW
def test_everybody_can_use_it_answered(browser: Browser, sample: Site, view: View) -> None:
    with window(browser, view) as page:
        page.goto(sample.url(QUIZ))
        Learner(page).get_all_wrong_twice()
        page.evaluate(script("settle"))
        passes(violations(page, QUIZ, view))
        assert page.evaluate("document.documentElement.scrollWidth") <= view.width


def test_it_is_sound(browser: Browser, sample: Site) -> None:
    passes(valid(sample))
    passes(links(sample))
    passes(policies(sample))
    passes(written(sample))
    seen = visits(browser, sample, View("light", LAPTOP))
    passes(errors(seen))
    passes(requested(sample, seen))
    passes(weight(sample, seen, LIGHT))


def test_themes_and_paper(browser: Browser, sample: Site) -> None:
    passes(themes(browser, sample, PHONE))
    passes(paper(browser, sample))
