"""A small price book for every test that writes one, and a package index for those that look for a feed."""

from __future__ import annotations

import os
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


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package index on disk; pip knows no other."""
    folder = tmp_path / "simple"
    folder.mkdir()
    for name in [name for name in os.environ if name.startswith("PIP_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_INDEX_URL", folder.as_uri())
    return folder


@pytest.fixture
def offline(packages: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No package index: nobody listens where it should be."""
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
