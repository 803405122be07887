"""Windows and units, at their edges."""

from __future__ import annotations

from decimal import Decimal

import pytest

from costbook.assessment.items import AnswerUnit, Tolerance
from costbook.questions import Figure, Side, Unit, Verdict, Working
from costbook.quizzes.guarantee import Window, window
from costbook.quizzes.keys import in_unit, unit_fault


@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        ((1, 2), (2, 3), True),  # both ends are inside
        ((2, 3), (1, 2), True),
        ((1, 2), (3, 4), False),
        ((3, 4), (1, 2), False),
        ((1, 4), (2, 3), True),
        ((2, 3), (1, 4), True),
    ],
)
def test_windows_meet(one: tuple[int, int], other: tuple[int, int], meet: bool) -> None:
    assert Window(*map(Decimal, one)).meets(Window(*map(Decimal, other))) is meet


def test_a_window_is_as_wide_on_both_sides() -> None:
    assert window(Decimal(200), Tolerance(relative=Decimal("0.02"))) == (Decimal(196), Decimal(204))
    assert window(Decimal(200), Tolerance(absolute=Decimal("0.5"))) == (Decimal("199.5"), Decimal("200.5"))
    assert window(Decimal(-200), Tolerance(relative=Decimal("0.02"))) == (Decimal(-204), Decimal(-196))


@pytest.mark.parametrize(
    ("unit", "own", "value", "expected"),
    [
        (AnswerUnit.DOLLARS, Unit.USD, "0.0269", "0.0269"),
        (AnswerUnit.DOLLARS, Unit.USD_PER_MTOK, "2.50", "2.5"),
        (AnswerUnit.CENTS, Unit.USD, "0.0269", "2.69"),
        (AnswerUnit.PER_1000_CALLS, Unit.USD, "0.0269", "26.9"),
        (AnswerUnit.MICRO_DOLLARS, Unit.USD, "0.0269", "26900"),
        (AnswerUnit.PERCENT, Unit.SHARE, "0.533", "53.3"),
        (AnswerUnit.TIMES, Unit.MULTIPLE, "4", "4"),
        (AnswerUnit.TOKENS, Unit.TOKENS, "800", "800"),
        (AnswerUnit.READS, Unit.READS, "2", "2"),
    ],
)
def test_a_figure_in_a_unit(unit: AnswerUnit, own: Unit, value: str, expected: str) -> None:
    figure = Figure(Decimal(value), own, Working("", ""))
    assert unit_fault(figure, unit) is None
    assert in_unit(figure, unit) == Decimal(expected)


def test_a_unit_that_does_not_fit_says_which_do() -> None:
    figure = Figure(Decimal(1), Unit.USD, Working("", ""))
    assert unit_fault(figure, AnswerUnit.TOKENS) == (
        "the key is in USD, which 'tokens' does not measure; "
        "use dollars or cents or dollars-per-1000-calls or micro-dollars"
    )
    assert unit_fault(Verdict(Side.INPUT, Working("", "")), AnswerUnit.TIMES) == (
        "the key of a numeric item must be a number"
    )
