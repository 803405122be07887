"""Rubrics: criteria x levels whose points add up, and scored samples of answers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Criterion:
    """What an answer is judged by.

    ``findings`` name the findings of the rubric's review that the criterion comes from. ``levels`` are what each number
    of points looks like, best first.
    """

    id: str
    title: str
    findings: tuple[str, ...]
    levels: tuple[tuple[int, str], ...]

    @property
    def points(self) -> int:
        """The most an answer can get here."""
        return max(points for points, _ in self.levels)

    def level(self, points: int) -> str | None:
        """What an answer of so many points looks like."""
        return dict(self.levels).get(points)


@dataclass(frozen=True)
class Rubric:
    """Criteria for open answers, drawn from a review."""

    id: str
    title: str
    review: str
    criteria: tuple[Criterion, ...]

    @property
    def points(self) -> int:
        """The points of all criteria together."""
        return sum(criterion.points for criterion in self.criteria)


@dataclass(frozen=True, slots=True)
class Score:
    """The points of one criterion, and the words of the answer that earn them (None where it gets nothing)."""

    criterion: str
    points: int
    words: str | None = None


@dataclass(frozen=True)
class Anchor:
    """A scored sample of an answer."""

    title: str
    text: str
    scores: tuple[Score, ...]
    why: str

    @property
    def points(self) -> int:
        """The points of all criteria together."""
        return sum(score.points for score in self.scores)
