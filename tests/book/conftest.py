"""The real book, loaded once for all tests of its contents."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from costbook.load import load_world

if TYPE_CHECKING:
    from costbook.world import World

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def book() -> World:
    """The world of the book in this repository."""
    return load_world(ROOT)
