"""Times and rates, worked by hand."""

from __future__ import annotations

import pytest

from measures import Arrivals, token_rate


def test_times_count_from_the_request() -> None:
    arrivals = Arrivals(sent=10.0, texts=(10.5, 11.0, 12.5))
    assert arrivals.first == 0.5
    assert arrivals.last == 2.5


def test_the_rate_counts_intervals_and_not_tokens() -> None:
    # 5 tokens, one every half second: 4 intervals in 2 s are 2 a second; 5 ÷ 2 would be 2.5, and 5 ÷ 5 just 1.
    assert token_rate(5, Arrivals(0.0, (3.0, 3.5, 4.0, 4.5, 5.0))) == 2.0


def test_the_wait_before_the_first_token_is_not_in_the_rate() -> None:
    late = token_rate(3, Arrivals(0.0, (60.0, 60.25, 60.5)))
    early = token_rate(3, Arrivals(0.0, (1.0, 1.25, 1.5)))
    assert late == early == 4.0


def test_pieces_may_hold_several_tokens() -> None:
    # 9 tokens in 3 pieces: 8 intervals in 2 s.
    assert token_rate(9, Arrivals(0.0, (1.0, 2.0, 3.0))) == 4.0


@pytest.mark.parametrize(
    ("tokens", "texts"),
    [(0, (1.0,)), (1, (1.0,)), (1, (1.0, 2.0)), (300, (1.0,)), (2, (1.0, 1.0))],
    ids=["none", "one", "one token in two pieces", "all at once", "no time between"],
)
def test_without_an_interval_there_is_no_rate(tokens: int, texts: tuple[float, ...]) -> None:
    assert token_rate(tokens, Arrivals(0.0, texts)) is None
