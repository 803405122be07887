"""Misconceptions: the words that explain each mistake. The wrong worlds themselves are in ``quizzes.wrong_worlds``."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Nature(StrEnum):
    """``world``: a function of that name makes a wrong world. ``belief``: words only, for written options."""

    WORLD = "world"
    BELIEF = "belief"


@dataclass(frozen=True, slots=True)
class Misconception:
    """A mistake that learners make: what they did, why it fails, and where to look."""

    id: str
    nature: Nature
    name: str
    did: str
    why: str
    look: str
