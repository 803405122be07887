"""The quality rubric: what each dimension of a review asks for, and what its levels look like."""

from __future__ import annotations

from dataclasses import dataclass

from costbook.assessment.reviews import Dimension

BEST_LEVEL = 4


@dataclass(frozen=True, slots=True)
class Standard:
    """One dimension: its question, and a sentence for each level, the best first."""

    dimension: Dimension
    asks: str
    levels: tuple[tuple[int, str], ...]
