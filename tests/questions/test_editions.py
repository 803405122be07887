"""Editions of a small price book, and what days ahead bring; every move is worked by hand."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from tests.worlds import AS_OF, day, gap, make_world, model, prices, rate

from costbook.economy.changes import Change
from costbook.economy.rates import Part
from costbook.questions.editions import Ahead, Editions, RoleMove
from costbook.world import Edition, World

HOUSES = {"everyday": "steady", "seed": "dearer"}
FIRST = Edition(1, day("2026-10-01"), {**HOUSES, "everyday": "dearer"}, ())
SECOND = Edition(2, day("2026-11-01"), HOUSES, ())
THIRD = Edition(3, AS_OF, HOUSES, ())

STEADY = model("steady", rate(prices("1", "5")))
# $2 and $10; a row of the second edition makes the output $12 from November on.
DEARER = model("dearer", rate(prices("2", "10")), rate(prices("2", "12"), "2026-11-01", edition=2))
# The third edition corrects what the first two read, from the same day on.
CORRECTED = replace(
    model("corrected", rate(prices("3", "9", cached="0.30"), edition=3)),
    rows=(rate(prices("3", "8")), rate(prices("3", "9", cached="0.30"), edition=3)),
)
# It came with the second edition.
ADDED = model("added", rate(prices("4", "8"), "2026-10-20", edition=2))
# A price announced for December, and the end of the model at New Year.
ANNOUNCED = model(
    "announced",
    rate(prices("1", "2"), tiers={1000: prices("2", "3")}),
    rate(prices("2", "4"), "2026-12-01", tiers={1000: prices("2", "4")}),
    retired=day("2027-01-01"),
)


def world() -> World:
    return make_world(
        [STEADY, DEARER, CORRECTED, ADDED, ANNOUNCED], edition=THIRD, past=(SECOND, FIRST), scenarios={}, sets={}
    )


def test_what_each_edition_moved() -> None:
    third, second, first = Editions().answer(world()).editions
    assert (third.serial, third.as_of, third.models) == (3, AS_OF, 5)
    assert third.moves is not None
    assert [(one.model, one.change) for one in third.moves.prices] == [
        ("corrected", Change(Part.CACHED, None, Decimal("0.30"))),
        ("corrected", Change(Part.OUTPUT, Decimal(8), Decimal(9))),
    ]
    assert (third.moves.added, third.moves.gone, third.roles) == ((), (), ())
    assert second.moves is not None
    assert [(one.model, one.change) for one in second.moves.prices] == [
        ("dearer", Change(Part.OUTPUT, Decimal(10), Decimal(12)))
    ]
    assert (second.moves.added, second.models) == (("ADDED",), 5)
    assert second.roles == (RoleMove("everyday", "dearer", "steady"),)
    assert (first.moves, first.models) == (None, 4)


def test_an_edition_of_the_past_answers_as_it_did() -> None:
    """Before the correction, the output of corrected cost $8; the row of November was not there in October."""
    old = world().in_edition(FIRST)
    assert old.models["corrected"].rate_on(AS_OF).prices.output == 8
    assert old.models["dearer"].rate_on(AS_OF).prices.output == 10
    assert "added" not in old.models
    assert (old.model("everyday").id, old.past) == ("dearer", ())
    assert world().in_edition(SECOND).past == (FIRST,)


def test_days_ahead() -> None:
    """In December both prices double, above 1,000 tokens only the output moves, from $3 to $4; then it is gone."""
    december, january = Ahead().answer(world()).days
    assert (december.day, january.day) == (day("2026-12-01"), day("2027-01-01"))
    assert [one.change for one in december.moves.prices] == [
        Change(Part.INPUT, Decimal(1), Decimal(2)),
        Change(Part.OUTPUT, Decimal(2), Decimal(4)),
        Change(Part.OUTPUT, Decimal(3), Decimal(4), above=1000),
    ]
    assert (january.moves.prices, january.moves.gone) == ((), ("ANNOUNCED",))


def test_nothing_ahead() -> None:
    later = world().on(day("2027-01-01"))
    assert Ahead().answer(later).days == ()
    assert str(Ahead().answer(later)) == "nothing"


def test_a_stated_end_and_a_day_without_a_move() -> None:
    """A price ends in January and nobody knows the next; a row that says what the row before it says moves nothing."""
    ends = model("ends", rate(prices("1", "2"), until="2027-01-05"))
    same = model("same", rate(prices("1", "2")), rate(prices("1", "2"), "2026-12-24"))
    unknown = model("unknown", rate(prices("1", "2")), gap("2027-02-01", "2027-03-01"))
    found = Ahead().answer(make_world([ends, same, unknown])).days
    assert [(one.day, one.moves.gone) for one in found] == [
        (day("2027-01-05"), ("ENDS",)),
        (day("2027-02-01"), ("UNKNOWN",)),
    ]


def test_in_words() -> None:
    third, second, _ = Editions().answer(world()).editions
    assert (str(third.moves), str(second.moves)) == ("2 prices", "1 price, 1 model added")
    assert str(Ahead().answer(world())) == "2026-12-01: 3 prices, 2027-01-01: 1 model gone"
