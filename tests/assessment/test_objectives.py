"""The revised taxonomy: levels in order, and the processes of each."""

from __future__ import annotations

import pytest

from costbook.assessment.objectives import PROCESSES, Level

# Anderson & Krathwohl 2001, table 5.1: nineteen processes on six levels.
TABLE = {
    1: "recognising recalling",
    2: "interpreting exemplifying classifying summarising inferring comparing explaining",
    3: "executing implementing",
    4: "differentiating organising attributing",
    5: "checking critiquing",
    6: "generating planning producing",
}


def test_the_levels_are_in_order() -> None:
    assert [level.value for level in Level] == ["remember", "understand", "apply", "analyse", "evaluate", "create"]
    assert [level.number for level in Level] == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize("level", Level)
def test_each_level_has_its_processes(level: Level) -> None:
    assert PROCESSES[level] == tuple(TABLE[level.number].split())


def test_no_process_is_on_two_levels() -> None:
    processes = [process for level in Level for process in PROCESSES[level]]
    assert len(processes) == len(set(processes)) == 19
