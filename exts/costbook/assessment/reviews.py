"""Quality reviews: findings, deductions, and the arithmetic a review must survive."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

FULL_SCORE = 100


class Dimension(StrEnum):
    """The dimensions of the quality rubric, for every simulation, chapter and quiz."""

    OBJECTIVE_FIT = "objective-fit"
    REPRESENTATION = "representation"
    ABSTRACTION = "abstraction"
    CONTROL = "control"
    VARIATION = "variation"
    AMOUNTS = "amounts"
    REAL_USE = "real-use"
    ACCESSIBILITY = "accessibility"
    LOAD = "load"
    TIME = "time"

    @property
    def words(self) -> str:
        """The dimension as a page names it."""
        return DIMENSION_WORDS[self]


DIMENSION_WORDS = {
    Dimension.OBJECTIVE_FIT: "objective fit",
    Dimension.REPRESENTATION: "representation on the right axis",
    Dimension.ABSTRACTION: "level of abstraction",
    Dimension.CONTROL: "control and pacing",
    Dimension.VARIATION: "variation the learner can ask for",
    Dimension.AMOUNTS: "amounts visible",
    Dimension.REAL_USE: "link to real use",
    Dimension.ACCESSIBILITY: "accessibility, measured",
    Dimension.LOAD: "working-memory load",
    Dimension.TIME: "time",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """A strength or a gap. ``impact`` is the points a gap costs; ``because`` says why it is not assessable."""

    id: str
    dimension: Dimension
    title: str
    text: str
    assessable: bool
    because: str | None = None
    impact: int = 0


@dataclass(frozen=True, slots=True)
class Statement:
    """What a review says of accessibility or load, beside what was measured."""

    id: str
    title: str
    stated: str
    measured: str | None = None


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A ticket that a review opens for one of its gaps."""

    id: str
    gap: str
    text: str


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Who reviewed, as the source names them; never an invented person."""

    name: str
    kind: str
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """What was reviewed."""

    name: str
    url: str | None = None
    source: str | None = None


@dataclass(frozen=True)
class Review:
    """A quality review of a chapter, quiz or simulation. ``stated`` is the score its reviewer printed."""

    id: str
    title: str
    external: bool
    subject: Subject
    reviewer: Reviewer
    objective: str
    verdict: str
    strengths: tuple[Finding, ...]
    gaps: tuple[Finding, ...]
    accessibility: tuple[Statement, ...]
    load: tuple[Statement, ...]
    follow_ups: tuple[FollowUp, ...]
    recommendation: str
    evidence: str
    stated: int | None = None

    @property
    def score(self) -> int:
        """100 less the sum of the listed deductions."""
        return FULL_SCORE - sum(gap.impact for gap in self.gaps)

    @property
    def deductions(self) -> tuple[tuple[Dimension, tuple[Finding, ...]], ...]:
        """The gaps of each dimension that costs points, in the order of the rubric."""
        by_dimension = ((one, tuple(gap for gap in self.gaps if gap.dimension is one)) for one in Dimension)
        return tuple((dimension, gaps) for dimension, gaps in by_dimension if gaps)

    @cached_property
    def without_ticket(self) -> tuple[Finding, ...]:
        """Gaps that no follow-up takes up, the largest first."""
        taken = {ticket.gap for ticket in self.follow_ups}
        open_gaps = [gap for gap in self.gaps if gap.id not in taken]
        return tuple(sorted(open_gaps, key=lambda gap: (-gap.impact, gap.id)))

    @property
    def largest(self) -> tuple[Finding, ...]:
        """The gap with the largest impact, or those that share it."""
        impact = max((gap.impact for gap in self.gaps), default=0)
        return tuple(gap for gap in self.gaps if gap.impact == impact)

    @property
    def largest_without_ticket(self) -> Finding | None:
        """The gap with the largest impact of all, where no follow-up takes it up."""
        largest = self.largest
        return next((gap for gap in self.without_ticket if gap in largest), None)

    def ticket_for(self, gap: Finding) -> FollowUp | None:
        """The follow-up that takes a gap up."""
        return next((ticket for ticket in self.follow_ups if ticket.gap == gap.id), None)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Strengths and gaps."""
        return self.strengths + self.gaps
