"""The arithmetic a review must survive."""

from __future__ import annotations

from pathlib import Path

import pytest

from costbook.assessment.reviews import Dimension, Finding, FollowUp, Review, Reviewer, Subject
from costbook.load import load_world

ROOT = Path(__file__).resolve().parents[2]


def gap(gap_id: str, impact: int) -> Finding:
    """A gap that costs some points."""
    return Finding(gap_id, Dimension.VARIATION, gap_id.title(), "It lacks.", assessable=True, impact=impact)


def review(*gaps: Finding, tickets: dict[str, str] | None = None, stated: int | None = None) -> Review:
    """A review with these gaps; ``tickets`` maps a ticket to the gap that it takes up."""
    strength = Finding("works-1", Dimension.CONTROL, "Works", "It works.", assessable=True)
    return Review(
        id="seen", title="A review", external=True, subject=Subject("A simulation"), reviewer=Reviewer("One", "peer"),
        objective="To see", verdict="Good", strengths=(strength,), gaps=gaps, accessibility=(), load=(),
        follow_ups=tuple(FollowUp(ticket, taken, "Do it") for ticket, taken in (tickets or {}).items()),
        recommendation="Keep it", evidence="Read", stated=stated,
    )  # fmt: skip


# S000 prints 87 and lists deductions of 3, 2, 2, 1 and 1: 100 − 9 = 91. Its tickets take up the meter (the second gap),
# the long reply (the fifth) and streaming (the fourth); the largest gap, that nothing can be varied, gets none.
S000 = review(
    gap("gap-1", 3), gap("gap-2", 2), gap("gap-3", 2), gap("gap-4", 1), gap("gap-5", 1),
    tickets={"ticket-1": "gap-2", "ticket-2": "gap-5", "ticket-3": "gap-4"},
    stated=87,
)  # fmt: skip


def test_the_score_is_a_hundred_less_the_listed_deductions() -> None:
    assert S000.score == 91
    assert S000.stated == 87


def test_the_largest_gap_without_a_ticket_is_found() -> None:
    assert [one.id for one in S000.without_ticket] == ["gap-1", "gap-3"]
    assert S000.largest_without_ticket == S000.gaps[0]


def test_tickets_are_found_by_their_gap() -> None:
    assert [ticket.id if (ticket := S000.ticket_for(one)) else None for one in S000.gaps] == [
        None,
        "ticket-1",
        None,
        "ticket-3",
        "ticket-2",
    ]


@pytest.mark.parametrize(
    ("gaps", "tickets", "without", "largest"),
    [
        ((), {}, (), None),
        ((("a", 3),), {"t": "a"}, (), None),
        ((("a", 3), ("b", 2)), {"t": "a"}, ("b",), None),  # a smaller gap may wait
        ((("a", 2), ("b", 3)), {"t": "a"}, ("b",), "b"),
        ((("a", 3), ("b", 3)), {"t": "a"}, ("b",), "b"),  # of two that are as large, one is left out
        ((("b", 1), ("a", 1), ("c", 2)), {}, ("c", "a", "b"), "c"),  # the largest first, then by id
    ],
)
def test_gaps_without_tickets(
    gaps: tuple[tuple[str, int], ...], tickets: dict[str, str], without: tuple[str, ...], largest: str | None
) -> None:
    seen = review(*(gap(*one) for one in gaps), tickets=tickets)
    assert tuple(one.id for one in seen.without_ticket) == without
    assert (seen.largest_without_ticket.id if seen.largest_without_ticket else None) == largest


def test_the_largest_may_be_several() -> None:
    assert review().largest == ()
    assert [one.id for one in review(gap("a", 3), gap("b", 2)).largest] == ["a"]
    assert [one.id for one in review(gap("a", 3), gap("b", 1), gap("c", 3)).largest] == ["a", "c"]


def test_a_review_without_gaps_has_the_full_score() -> None:
    assert review().score == 100
    assert review(gap("a", 60), gap("b", 50)).score == -10


def test_strengths_cost_nothing() -> None:
    seen = review(gap("a", 3))
    assert seen.findings == (*seen.strengths, *seen.gaps)
    assert seen.score == 97


def test_the_review_in_the_book_is_that_of_its_source() -> None:
    (found,) = [one for one in load_world(ROOT).reviews.values() if one.stated is not None and one.external]
    assert (found.stated, found.score) == (87, 91)
    assert [one.impact for one in found.gaps] == [3, 2, 2, 1, 1]
    assert len(found.follow_ups) == 3
    largest = found.largest_without_ticket
    assert largest is not None
    assert (largest.impact, largest.dimension) == (3, Dimension.VARIATION)


def test_every_dimension_has_words() -> None:
    assert len(Dimension) == 10
    assert [dimension.value for dimension in Dimension] == [
        "objective-fit", "representation", "abstraction", "control", "variation", "amounts", "real-use",
        "accessibility", "load", "time",
    ]  # fmt: skip
    assert len({dimension.words for dimension in Dimension}) == 10
