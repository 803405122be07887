"""How a page shows the letters of a token that cannot be seen."""

from __future__ import annotations

SPACE, BREAK = "␣", "↵"


def marked(token: str) -> str:
    """A token as it is printed: spaces and line breaks by a mark, so that they are seen."""
    return token.replace(" ", SPACE).replace("\n", BREAK)
