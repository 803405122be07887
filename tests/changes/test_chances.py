"""What moves when a toy is changed: figures, cells and claims; prices move none of them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from tests.changes.making import PAGE, dated, moved, world
from tests.worlds import TEA, chances

from costbook.changes import Moved
from costbook.load import Place

OLD = world(toys={TEA.id: TEA})
POLITE = {**TEA.steps, ("yes",): chances(_please="0.60", end="0.25", other="0.15")}
NEW = replace(OLD, toys={TEA.id: replace(TEA, steps=POLITE)})
TEXT = "{chance}`tea/polite` {chance}`tea/yes`\n\n```{chance-table} tea\n:paths: yes-please no\n:with: 1\n```\n"


def test_chances_move() -> None:
    """0.75 × 0.5 × 0.75, then 0.75 × 0.6 × 0.75; the first token is as likely as before."""
    found = moved(OLD, NEW, TEXT)
    assert found.figures == (
        Moved(Place(PAGE, 1, 1), "chance tea/polite", "text", "28.1%", "33.8%", Decimal("0.2")),
        Moved(Place(PAGE, 3, 19), "chance tea/yes-please with 1", "chance-table", "37.5%", "45%", Decimal("0.2")),
    )


def test_another_day_moves_no_chance() -> None:
    found = moved(OLD, dated(OLD, "2026-12-22", 8), TEXT)
    assert (found.figures, found.words, found.workings) == ((), (), ())
