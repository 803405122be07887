"""A first visit to every page of the book: its policy holds, nobody else is asked, and it is light."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .gates.policy import errors
from .gates.strangers import requested
from .gates.weight import weight
from .support import passes

if TYPE_CHECKING:
    from .gates.site import Site
    from .gates.visit import Visit

pytestmark = pytest.mark.browser


def test_no_error_and_no_violation(first_visits: list[Visit]) -> None:
    passes(errors(first_visits))


def test_no_request_elsewhere(site: Site, first_visits: list[Visit]) -> None:
    passes(requested(site, first_visits))


def test_light(site: Site, first_visits: list[Visit]) -> None:
    passes(weight(site, first_visits))
