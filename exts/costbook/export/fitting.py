"""Names that fit a target: short enough and of its characters, and still of one question each."""

from __future__ import annotations

import re
from hashlib import sha256

HASHED = 10
"""Hexadecimal digits of the hash in place of what a name had to leave out: 40 bits tell the names of a bank apart."""
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


def fitted(text: str, most: int, unfit: re.Pattern[str] | None = None) -> str:
    """A text of at most so many characters, with ``-`` for those that are unfit.

    A text that fits stays as it is. Another one ends in a hash of the whole: two texts never become the same.
    """
    clean = text if unfit is None else unfit.sub("-", text)
    if clean == text and len(text) <= most:
        return text
    digest = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:HASHED]
    return f"{clean[: most - HASHED - 1]}-{digest}"


def file_name(text: str, ending: str) -> str:
    """A file name that is safe on any system and in any zip: ``a/b`` and ``.xml`` give ``a-b.xml``."""
    return f"{_UNSAFE.sub('-', text).strip('.-')[:80] or 'bank'}{ending}"
