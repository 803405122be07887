"""Zip files whose bytes depend on nothing but what is in them, with names that lead nowhere but into the zip."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from io import BytesIO
from stat import S_IFREG
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_UNIX = 3
_READ_BY_ALL = (S_IFREG | 0o644) << 16
_PART = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.+=-]*")
"""A folder or file name that every system can write: never ``.``, ``..`` or hidden, never an address."""


def archive(files: Mapping[str, bytes], day: date) -> bytes:
    """A zip for importers, whose names they can all write.

    Raises:
        ValueError: for a name that is no plain relative path in ASCII.
    """
    for name in files:
        if not all(map(_PART.fullmatch, name.split("/"))):
            raise ValueError(f"{name!r} cannot be the name of a file in a zip")
    return packed(files, day)


def packed(files: Mapping[str, bytes], day: date) -> bytes:
    """A zip of files by their names, sorted and each dated at a day: the same files give the same bytes anywhere.

    (Made with the same zlib: another release of it may compress the same text to other bytes.)
    """
    stream = BytesIO()
    with ZipFile(stream, "w") as made:
        for name in sorted(files):
            info = ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            info.compress_type = ZIP_DEFLATED
            info.create_system = _UNIX  # or it would be that of this machine
            info.external_attr = _READ_BY_ALL
            made.writestr(info, files[name], compresslevel=9)
    return stream.getvalue()
