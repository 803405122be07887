"""Writing an update so that a stop at any point leaves the book as it was, or the update done.

Every new text is first written beside its file and forced to the disk: a full disk is found here, with nothing changed.
Then the price files are replaced one by one; their new rows are invisible while ``edition.yaml`` has the old serial. It
is replaced last, and with it the whole update is in force at once.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from costbook.feed.book import EDITION, PRICES

SUFFIX = ".new"
BOM = "\ufeff".encode()


def commit(root: Path, texts: Mapping[str, str]) -> None:
    """Replace files by new texts, in their order.

    Raises:
        OSError: a text cannot be written. Before the first file is replaced, nothing has changed.
    """
    staged: dict[Path, Path] = {}
    try:
        for name, text in texts.items():
            # A link stays one: what it points to is replaced.
            file = (root / name).resolve()
            staged[file] = _beside(file)
            _stage(file, staged[file], text)
        for file, new in staged.items():
            new.replace(file)
            _force(file.parent)
    finally:
        for new in staged.values():
            with suppress(OSError):
                new.unlink()


def clear(root: Path) -> None:
    """Remove what an update left beside the files when it was stopped while writing."""
    for folder in (root / PRICES, (root / EDITION).parent):
        for left in folder.glob(f".*{SUFFIX}"):
            left.unlink(missing_ok=True)


def _beside(file: Path) -> Path:
    return file.with_name(f".{file.name}{SUFFIX}")


def _stage(file: Path, new: Path, text: str) -> None:
    raw = text.encode()
    if file.exists() and file.read_bytes().startswith(BOM):
        raw = BOM + raw
    with new.open("wb") as stream:
        stream.write(raw)
        stream.flush()
        os.fsync(stream.fileno())
    if file.exists():
        shutil.copymode(file, new)


def _force(folder: Path) -> None:
    """Force a folder's entries to the disk, where the system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
