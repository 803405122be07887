"""A small price book for every test that writes one."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.feed.books import Shelf, first_edition


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    """A small book on disk, of edition 1."""
    return Shelf(tmp_path).write()


@pytest.fixture
def first(tmp_path: Path) -> Path:
    """A copy of the prices of the book's first edition."""
    return first_edition(tmp_path / "first")
