"""Objectives: what a learner can do after a chapter, in the terms of the revised taxonomy."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """Levels of the revised taxonomy (Anderson & Krathwohl 2001)."""

    REMEMBER = "remember"
    UNDERSTAND = "understand"
    APPLY = "apply"
    ANALYSE = "analyse"
    EVALUATE = "evaluate"
    CREATE = "create"

    @property
    def number(self) -> int:
        """1 for Remember to 6 for Create."""
        return list(Level).index(self) + 1


PROCESSES: dict[Level, tuple[str, ...]] = {
    Level.REMEMBER: ("recognising", "recalling"),
    Level.UNDERSTAND: (
        "interpreting",
        "exemplifying",
        "classifying",
        "summarising",
        "inferring",
        "comparing",
        "explaining",
    ),
    Level.APPLY: ("executing", "implementing"),
    Level.ANALYSE: ("differentiating", "organising", "attributing"),
    Level.EVALUATE: ("checking", "critiquing"),
    Level.CREATE: ("generating", "planning", "producing"),
}
"""Cognitive processes of each level, in the order of the revised taxonomy (Anderson & Krathwohl 2001, table 5.1)."""


@dataclass(frozen=True, slots=True)
class Seed:
    """Where an objective comes from: file and part of the document the book started from, and its words."""

    file: str
    part: str
    said: str


@dataclass(frozen=True, slots=True)
class Objective:
    """One objective; ``evidence`` is what a marker looks for."""

    id: str
    chapter: str
    level: Level
    process: str
    verb: str
    statement: str
    evidence: str
    seed: Seed | None = None
