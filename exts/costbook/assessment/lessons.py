"""Lesson plans: activities, and the modes that select some of them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Activity:
    """One activity: what to do and ask, the expected answer, the misconception to listen for, and what to do then."""

    id: str
    title: str
    objectives: tuple[str, ...]
    minutes: int
    do: str
    ask: str
    expect: str
    listen: str
    then: str


@dataclass(frozen=True, slots=True)
class Mode:
    """One way to teach the chapter: a selection of activities whose minutes add up to ``minutes``."""

    id: str
    title: str
    minutes: int
    activities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A note to the facilitator."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Lesson:
    """The lesson plan of one chapter."""

    id: str
    chapter: str
    title: str
    audience: str
    prerequisites: tuple[str, ...]
    objectives: tuple[str, ...]
    materials: tuple[str, ...]
    activities: tuple[Activity, ...]
    modes: tuple[Mode, ...]
    notes: tuple[Note, ...]

    def activity(self, activity_id: str) -> Activity:
        """The activity with an id; the loader has checked that it exists."""
        return next(activity for activity in self.activities if activity.id == activity_id)

    def selected(self, mode: Mode) -> tuple[Activity, ...]:
        """The activities of a mode, in its order."""
        return tuple(self.activity(activity_id) for activity_id in mode.activities)

    def minutes_in(self, mode: Mode) -> int:
        """The sum of the minutes of a mode's activities."""
        return sum(activity.minutes for activity in self.selected(mode))

    def mode(self, mode_id: str) -> Mode | None:
        """The mode with an id (``chapter`` or ``workshop``)."""
        return next((mode for mode in self.modes if mode.id == mode_id), None)
