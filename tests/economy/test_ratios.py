"""Spreads of ratios: counts, bands, quartiles by hand and against the standard library, and populations of a survey."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from statistics import quantiles

import pytest
from hypothesis import given
from hypothesis import strategies as st

from costbook.economy.rates import Source
from costbook.economy.ratios import Cut, Listing, Population, Quartile, Spread, Survey

# 1, 2, 2, 4, 25/3
FIVE = Spread.of({Fraction(4): 1, Fraction(1): 1, Fraction(25, 3): 1, Fraction(2): 2})


def test_ratios_stand_in_rising_order() -> None:
    assert FIVE.counts == ((Fraction(1), 1), (Fraction(2), 2), (Fraction(4), 1), (Fraction(25, 3), 1))
    assert FIVE.n == 5


@pytest.mark.parametrize(
    ("low", "high", "inside"),
    [("2", "4", 3), ("1", "1", 1), ("2.01", "3.99", 0), ("4", "25/3", 2), ("4", "8.3333", 1), ("0", "100", 5)],
)
def test_both_ends_of_a_band_are_inside(low: str, high: str, inside: int) -> None:
    assert FIVE.within(Fraction(low), Fraction(high)) == inside


# Of five, the quartiles are the second, third and fourth. Of four (1, 2, 4, 25/3) they lie three quarters of the
# way from the first to the second, half way from the second to the third, a quarter of the way from the third.
@pytest.mark.parametrize(
    ("counts", "cuts", "values"),
    [
        (
            {"1": 1, "2": 2, "4": 1, "25/3": 1},
            [(2, "2", "2", "0"), (3, "2", "2", "0"), (4, "4", "4", "0")],
            ["2", "2", "4"],
        ),
        (
            {"1": 1, "2": 1, "4": 1, "25/3": 1},
            [(1, "1", "2", "3/4"), (2, "2", "4", "1/2"), (3, "4", "25/3", "1/4")],
            ["7/4", "3", "61/12"],
        ),
        ({"3": 1}, [(1, "3", "3", "0")] * 3, ["3", "3", "3"]),
        ({"3": 1, "5": 1}, [(1, "3", "5", "1/4"), (1, "3", "5", "1/2"), (1, "3", "5", "3/4")], ["7/2", "4", "9/2"]),
        ({"5": 1902}, [(476, "5", "5", "1/4"), (951, "5", "5", "1/2"), (1426, "5", "5", "3/4")], ["5", "5", "5"]),
    ],
)
def test_quartiles_by_hand(counts: dict[str, int], cuts: list[tuple[int, str, str, str]], values: list[str]) -> None:
    spread = Spread.of({Fraction(ratio): count for ratio, count in counts.items()})
    found = [spread.cut(quartile) for quartile in Quartile]
    assert found == [Cut(place, *map(Fraction, others)) for place, *others in cuts]
    assert [cut.value for cut in found] == [Fraction(value) for value in values]


def test_quartiles_in_words() -> None:
    assert [quartile.words for quartile in Quartile] == ["first quartile", "median", "third quartile"]


RATIOS = st.lists(st.fractions(min_value=Fraction(1, 50), max_value=150, max_denominator=50), min_size=1, max_size=60)


def of(ratios: list[Fraction]) -> Spread:
    """The spread of a list of ratios, one model each."""
    return Spread.together(Spread.of({ratio: 1}) for ratio in ratios)


@given(RATIOS)
def test_quartiles_are_those_of_the_standard_library(ratios: list[Fraction]) -> None:
    found = [of(ratios).cut(quartile).value for quartile in Quartile]
    # One value has no quantiles there; it is all three.
    assert found == (quantiles(ratios, n=4, method="inclusive") if len(ratios) > 1 else ratios * 3)
    assert min(ratios) <= found[0] <= found[1] <= found[2] <= max(ratios)


@given(RATIOS, RATIOS)
def test_counts_do_not_depend_on_order_or_grouping(some: list[Fraction], more: list[Fraction]) -> None:
    whole = of([*some, *more])
    assert whole == of([*reversed(more), *some])
    assert whole == Spread.together([of(more), of(some)])
    assert whole.n == len(some) + len(more)


@given(RATIOS, st.fractions(0, 150), st.fractions(0, 150))
def test_a_band_has_between_none_and_all(ratios: list[Fraction], one: Fraction, other: Fraction) -> None:
    spread, low, high = of(ratios), min(one, other), max(one, other)
    inside = spread.within(low, high)
    assert inside == len([ratio for ratio in ratios if low <= ratio <= high])
    assert 0 <= inside <= spread.n
    assert spread.within(min(ratios), max(ratios)) == spread.n


SOURCE = Source("a feed", "https://example.org", date(2026, 11, 22))


def listing(name: str, *ratios: int) -> Listing:
    return Listing(name, name.title(), of([Fraction(ratio) for ratio in ratios]))


SURVEY = Survey(
    date(2026, 11, 22),
    SOURCE,
    "counted",
    {one.id: one for one in (listing("lab", 5, 5), listing("lab:others", 3), listing("host", 1))},
    {"own": Population("own", "Own models", "of labs", ("lab",))},
)


def test_a_seller_has_its_whole_list() -> None:
    assert SURVEY.sellers == {
        "lab-list": Population("lab-list", "Lab", "", ("lab", "lab:others")),
        "host-list": Population("host-list", "Host", "", ("host",)),
    }
    assert list(SURVEY.named) == ["own", "lab-list", "host-list"]


def test_a_population_has_the_ratios_of_its_lists() -> None:
    assert SURVEY.spread(SURVEY.named["own"]) == of([Fraction(5), Fraction(5)])
    assert SURVEY.spread(SURVEY.named["lab-list"]) == of([Fraction(5), Fraction(5), Fraction(3)])
