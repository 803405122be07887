"""Writing an update so that a stop at any point leaves the book as it was, or the update done.

The price files are replaced one by one; their new rows are invisible while ``edition.yaml`` has the old serial. It is
replaced last, and with it the whole update is in force at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from costbook import writing
from costbook.feed.book import EDITION, PRICES

BOM = "\ufeff".encode()


def commit(root: Path, texts: Mapping[str, str]) -> None:
    """Replace files by new texts, in their order; one that began with a byte-order mark still does.

    Raises:
        OSError: a text cannot be written. Before the first file is replaced, nothing has changed.
    """
    writing.write_together({root / name: _marked(root / name) + text.encode() for name, text in texts.items()})


def clear(root: Path) -> None:
    """Remove what an update left beside the files when it was stopped while writing."""
    for folder in (root / PRICES, (root / EDITION).parent):
        writing.clear(folder)


def _marked(file: Path) -> bytes:
    return BOM if file.exists() and file.read_bytes().startswith(BOM) else b""
