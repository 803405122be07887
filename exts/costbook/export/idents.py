"""Ids as the formats of question banks allow them, made of the bank's own so that no two become one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import sha256

LONGEST = 100
"""Characters of an id; systems keep them in fields of 255 and put something in front."""
_HASHED = 16
_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
_UNFIT = re.compile(r"[^A-Za-z0-9_.-]+")
_LIKE_HASHED = re.compile(rf".*-[0-9a-f]{{{_HASHED}}}")
_NUMBERS = 90_000
_FIRST = 10_000


def ident(text: str) -> str:
    """A text as an XML name of at most 100 ASCII characters; two texts have two names.

    A text that is such a name stays. Another one is cleaned and ends in its hash, and so does a text that looks as if
    it did.
    """
    if _PLAIN.fullmatch(text) and len(text) <= LONGEST and not _LIKE_HASHED.fullmatch(text):
        return text
    cleaned = _UNFIT.sub("-", text)[: LONGEST - _HASHED - 2].strip("-")
    start = "" if _PLAIN.match(cleaned) else "_"
    return f"{start}{cleaned}-{_hash(text)[:_HASHED]}"


def numbers(texts: Iterable[str]) -> dict[str, int]:
    """A number of five digits for each of some ids, no two alike: for systems whose answers have numbers.

    The number of an id depends on the id alone, unless two of them would have the same one.
    """
    found: dict[str, int] = {}
    for text in sorted(set(texts)):
        number = int(_hash(text), 16) % _NUMBERS
        while _FIRST + number in found.values():
            number = (number + 1) % _NUMBERS
        found[text] = _FIRST + number
    return found


def _hash(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
