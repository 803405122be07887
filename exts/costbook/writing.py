"""Writing several files so that a stop at any point leaves none of them half-written.

Every new content is first written beside its file and forced to the disk: a full disk is found here, with nothing
changed. Then the files are replaced one by one, in their order.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

SUFFIX = ".new"


def write_together(files: Mapping[Path, bytes]) -> None:
    """Replace files by new contents, in their order; folders that are missing are made.

    Raises:
        OSError: a content cannot be written. Before the first file is replaced, nothing has changed.
    """
    staged: dict[Path, Path] = {}
    try:
        for name, content in files.items():
            # A link stays one: what it points to is replaced.
            file = name.resolve()
            file.parent.mkdir(parents=True, exist_ok=True)
            staged[file] = file.with_name(f".{file.name}{SUFFIX}")
            _stage(file, staged[file], content)
        for file, new in staged.items():
            new.replace(file)
            _force(file.parent)
    finally:
        for new in staged.values():
            with suppress(OSError):
                new.unlink()


def write_all_or_none(files: Mapping[Path, bytes]) -> None:
    """The same, and whatever stops it while files are replaced is undone: new files go, changed ones are as before.

    Only a process that is killed between two files leaves the first of them.

    Raises:
        OSError: a content cannot be written. Nothing has changed.
    """
    before = {file: file.read_bytes() if file.exists() else None for file in files}
    try:
        write_together(files)
    except BaseException:
        for file, content in before.items():
            if content is None:
                file.unlink(missing_ok=True)
            elif file.read_bytes() != content:
                write_together({file: content})
        raise


def clear(folder: Path) -> None:
    """Remove what was left beside the files of a folder when writing was stopped."""
    for left in folder.glob(f".*{SUFFIX}"):
        left.unlink(missing_ok=True)


def _stage(file: Path, new: Path, content: bytes) -> None:
    with new.open("wb") as stream:
        stream.write(content)
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
