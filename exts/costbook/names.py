"""Looking a name up, with an error that suggests the nearest known one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import TypeVar

T = TypeVar("T")
SHOWN = 8


class Unknown(LookupError):
    """A name that the world does not have; the message says what was meant."""


def suggestion(name: str, known: Iterable[str]) -> str:
    """``did you mean …?``, or the known names where none is near."""
    names = sorted(known)
    folded = {candidate.casefold(): candidate for candidate in names}
    near = get_close_matches(name.casefold(), folded, 1)
    if near:
        return f"did you mean {folded[near[0]]!r}?"
    if not names:
        return "there is none yet"
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return f"known: {', '.join(names[:SHOWN])}{more}"


def look_up(table: Mapping[str, T], name: str, kind: str) -> T:
    """The entry of a table.

    Raises:
        Unknown: with the nearest known name.
    """
    if name in table:
        return table[name]
    raise Unknown(f"unknown {kind} {name!r}; {suggestion(name, table)}")
