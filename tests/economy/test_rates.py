"""Which price holds on which day, and in which edition."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.worlds import BATCH, FIVE, GONE, LATEST, MOVED, day, gap, model, prices, rate

from costbook.economy.rates import Gap, Model, NoRate, Part, Rate, visible

LAUNCH, LATER = prices("5.00", "15.00"), prices("2.50", "10.00", cached="1.25")


def price_on(of: Model, text: str) -> Decimal:
    """The input price on a day."""
    return of.rate_on(day(text)).prices.input


def why_not(of: Model, text: str) -> str:
    """Why there is no price on a day."""
    with pytest.raises(NoRate) as caught:
        of.rate_on(day(text))
    return str(caught.value)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [("2024-05-13", "5.00"), ("2024-08-05", "5.00"), ("2024-10-16", "2.50"), ("2030-01-01", "2.50")],
)
def test_a_price_holds_from_its_first_day_to_the_day_before_the_next(asked: str, expected: str) -> None:
    assert price_on(MOVED, asked) == Decimal(expected)


@pytest.mark.parametrize("asked", ["2024-08-06", "2024-09-01", "2024-10-15"])
def test_inside_a_gap_nobody_knows(asked: str) -> None:
    why = why_not(MOVED, asked)
    assert asked in why
    assert "nobody wrote it down" in why
    assert "from 2024-08-06 until 2024-10-16" in why


def test_before_a_dated_start_there_was_no_price() -> None:
    assert why_not(MOVED, "2024-05-12") == "moved had no price on 2024-05-12; its first price starts on 2024-05-13"


def test_before_the_first_evidence_the_price_is_not_known() -> None:
    seen = model("seen", rate(LATER, "2024-10-16", dated=False))
    why = why_not(seen, "2024-10-15")
    assert why == ("the first evidence of a price of seen is of 2024-10-16; what it cost on 2024-10-15 is not known")
    assert price_on(seen, "2024-10-16") == Decimal("2.50")


def test_a_gap_is_no_evidence() -> None:
    late = model("late", gap("2024-01-01", "2024-06-01"), rate(LATER, "2024-06-01", dated=False))
    assert "first evidence of a price of late is of 2024-06-01" in why_not(late, "2023-12-31")


def test_after_its_stated_end_a_price_is_over() -> None:
    ended = model("ended", rate(LAUNCH, "2024-05-13", until="2024-08-06"))
    assert price_on(ended, "2024-08-05") == Decimal("5.00")
    for asked in ("2024-08-06", "2024-08-07"):
        assert "after 2024-08-06" in why_not(ended, asked)


def test_a_retired_model_has_no_price_from_that_day_on() -> None:
    assert price_on(GONE, "2026-10-22") == Decimal("5.00")
    for asked in ("2026-10-23", "2027-01-01"):
        assert why_not(GONE, asked) == "gone was retired on 2026-10-23; ask at a day before that"


def test_two_prices_touch_without_a_day_between() -> None:
    both = model("both", rate(LAUNCH, "2026-01-01", until="2026-07-01"), rate(LATER, "2026-07-01"))
    assert [price_on(both, one) for one in ("2026-06-30", "2026-07-01")] == [Decimal("5.00"), Decimal("2.50")]


def test_a_part_that_is_not_offered_has_no_price() -> None:
    assert LATER.of(Part.CACHED) == Decimal("1.25")
    assert LATER.of(Part.WRITE) is None
    assert [part.words for part in Part] == [
        "input",
        "cached input",
        "cache write",
        "one-hour cache write",
        "output",
    ]


def test_the_ratio_is_output_over_input() -> None:
    assert LAUNCH.ratio == 3
    assert LATER.ratio == 4


def test_an_id_with_a_colon_is_no_model_of_its_own() -> None:
    assert FIVE.is_base
    assert LATEST.is_base
    assert not BATCH.is_base


# --- editions --------------------------------------------------------------------------------------------------------

FIRST = rate(LAUNCH, "2026-01-01")
CHANGED = rate(LATER, "2026-07-01", edition=2)
CORRECTED = rate(prices("6.00", "18.00"), "2026-01-01", edition=3)
OLDER = rate(prices("9.00", "27.00"), "2025-01-01", edition=3)
ROWS = (FIRST, CHANGED, CORRECTED, OLDER)


@pytest.mark.parametrize(
    ("edition", "expected"),
    [
        (0, ()),
        (1, (FIRST,)),
        (2, (FIRST, CHANGED)),
        (3, (OLDER, CORRECTED, CHANGED)),  # in order of start; the correction in place of the row it corrects
        (9, (OLDER, CORRECTED, CHANGED)),
    ],
)
def test_an_edition_sees_the_rows_added_for_it_and_before(edition: int, expected: tuple[Rate, ...]) -> None:
    assert visible(ROWS, edition) == expected


def test_an_old_edition_still_answers_what_it_answered() -> None:
    answers = {edition: price_on(model("m", *visible(ROWS, edition)), "2026-08-01") for edition in (1, 2, 3)}
    assert answers == {1: Decimal("5.00"), 2: Decimal("2.50"), 3: Decimal("2.50")}
    before = {edition: price_on(model("m", *visible(ROWS, edition)), "2026-02-01") for edition in (1, 2, 3)}
    assert before == {1: Decimal("5.00"), 2: Decimal("5.00"), 3: Decimal("6.00")}


def test_a_correction_may_turn_a_price_into_a_gap() -> None:
    doubt = gap("2026-01-01", "2026-07-01", edition=4)
    rows = (FIRST, CHANGED, doubt)
    assert price_on(model("m", *visible(rows, 3)), "2026-02-01") == Decimal("5.00")
    assert "not known" in why_not(model("m", *visible(rows, 4)), "2026-02-01")


PERIODS = st.lists(
    st.builds(
        lambda offset, edition, is_gap: (
            gap(f"2026-01-{offset:02d}", "2026-12-31", edition=edition)
            if is_gap
            else rate(prices(f"{edition}.00", "10.00"), f"2026-01-{offset:02d}", edition=edition)
        ),
        st.integers(1, 9),
        st.integers(1, 5),
        st.booleans(),
    ),
    max_size=12,
)


@given(PERIODS, st.integers(0, 6), st.integers(0, 6))
def test_later_rows_never_change_what_an_edition_sees(periods: list[Rate | Gap], edition: int, later: int) -> None:
    old = tuple(period for period in periods if period.edition <= edition)
    new = tuple(period for period in periods if period.edition > edition)
    assert visible((*old, *new[:later]), edition) == visible(old, edition)


@given(PERIODS, st.integers(0, 6))
def test_what_an_edition_sees_is_in_order_without_two_of_a_day(periods: list[Rate | Gap], edition: int) -> None:
    starts = [period.start for period in visible(tuple(periods), edition)]
    assert starts == sorted(set(starts))
    assert set(starts) == {period.start for period in periods if period.edition <= edition}
