"""Lesson plans: a mode is a selection of activities, in its own order."""

from __future__ import annotations

from costbook.assessment.lessons import Activity, Lesson, Mode


def activity(activity_id: str, minutes: int) -> Activity:
    """An activity of some minutes."""
    return Activity(activity_id, activity_id.title(), (), minutes, "Do", "Ask", "Expect", "Listen", "Then")


SHORT = Mode("chapter", "In the chapter", 8, ("talk", "look"))
LONG = Mode("workshop", "As a workshop", 25, ("look", "talk", "write"))
PLAN = Lesson(
    "first", "first", "A plan", "Anyone", (), (), (),
    (activity("look", 5), activity("talk", 3), activity("write", 17)), (SHORT, LONG), (),
)  # fmt: skip


def test_a_mode_selects_activities_in_its_own_order() -> None:
    assert [one.id for one in PLAN.selected(SHORT)] == ["talk", "look"]
    assert PLAN.activity("write").minutes == 17


def test_the_minutes_of_a_mode_are_those_of_its_activities() -> None:
    assert PLAN.minutes_in(SHORT) == 8  # 3 + 5
    assert PLAN.minutes_in(LONG) == 25  # 5 + 3 + 17


def test_a_mode_is_found_by_its_id() -> None:
    assert PLAN.mode("workshop") is LONG
    assert PLAN.mode("evening") is None
