"""The exact pin of the feed: where it stands, and the texts that name a newer release instead."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from costbook.feed.index import PACKAGE, newer
from costbook.feed.quotes import FeedError

FILES = ("pyproject.toml", "requirements-test.txt")
"""The files with a pin, in the order in which they are replaced."""
PINNED = re.compile(rf"(?<![\w.-]){PACKAGE}==(?P<version>[0-9][\w.!+-]*)")


@dataclass(frozen=True)
class Pin:
    """The release that the files of a root name, and their texts. Where they differ, it is the oldest they name."""

    version: str
    texts: Mapping[str, str]

    def raised(self, version: str) -> Mapping[str, str]:
        """The texts with another release; every other byte of them stays as it is."""
        return {name: PINNED.sub(f"{PACKAGE}=={version}", text) for name, text in self.texts.items()}


def read_pin(root: Path) -> Pin:
    """The pin below a root.

    Raises:
        FeedError: a file cannot be read, or names no release.
    """
    texts: dict[str, str] = {}
    oldest: str | None = None
    for name in FILES:
        try:
            texts[name] = (root / name).read_bytes().decode()
        except (OSError, UnicodeDecodeError) as error:
            raise FeedError(f"{name} cannot be read: {error}") from None
        named = [found["version"] for found in PINNED.finditer(texts[name])]
        if not named:
            raise FeedError(f"{name} names no release of the feed; write {PACKAGE}== and its version into it")
        for version in named:
            if oldest is None or newer(oldest, version):
                oldest = version
    assert oldest is not None  # every file names one
    return Pin(oldest, texts)
