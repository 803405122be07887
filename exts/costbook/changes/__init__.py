"""What a change of the data moves: the answers of two worlds compared, question by question; nothing is built.

``impact`` takes two worlds and the pages that ask them, as ``costbook.pages`` reads them, and has no other input.
"""

from costbook.changes.comparing import impact
from costbook.changes.found import (
    NONE,
    BrokenClaim,
    Entry,
    Impact,
    ItemText,
    Moved,
    Selected,
    Stale,
    Stamp,
    Unanswered,
    Unchanged,
    Variants,
)

__all__ = [
    "NONE",
    "BrokenClaim",
    "Entry",
    "Impact",
    "ItemText",
    "Moved",
    "Selected",
    "Stale",
    "Stamp",
    "Unanswered",
    "Unchanged",
    "Variants",
    "impact",
]
