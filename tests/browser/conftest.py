"""Fixtures of the gates: the built book, and small sites with a planted defect."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.sphinx_ext.sample_quiz import look, sample_book

from .gates.model import WIDTHS, View
from .gates.site import Site
from .gates.visit import visits
from .support import Planter

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

    from .gates.visit import Visit


@pytest.fixture(scope="session")
def site(built_site: Path) -> Site:
    """The book as readers get it."""
    return Site(built_site)


@pytest.fixture(scope="session")
def first_visits(browser: Browser, site: Site) -> list[Visit]:
    """A first visit to every page of the book, at one of both widths."""
    dealt = [(site.dealt(hand, len(WIDTHS)), View("light", width)) for hand, width in enumerate(WIDTHS)]
    return [visit for part, view in dealt for visit in visits(browser, part, view)]


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site of quizzes made by hand that have every kind of item, in the look of the book."""
    built = sample_book(tmp_path_factory.mktemp("quizzes")).build(overrides=look())
    assert built.warnings == ()
    return Site(built.out)


@pytest.fixture
def plant(tmp_path: Path) -> Planter:
    """A sound page that a test spoils."""
    return Planter(tmp_path / "site")
