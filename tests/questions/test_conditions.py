"""Conditions: what a claim or an item may require, and what it says when it does not hold."""

from __future__ import annotations

import pickle
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from tests.worlds import make_world

from costbook.questions import Relation, Unreadable, parse_condition

if TYPE_CHECKING:
    from costbook.questions import Holds
    from costbook.world import World


def check(text: str, world: World) -> Holds:
    """The condition on a page of the everyday model."""
    return parse_condition(text).on_page("everyday").check(world)


# On the everyday model chat costs 0.0046: 0.0016 to read, 0.003 to write, so 65.2%; rag 0.01, so 20%.
@pytest.mark.parametrize(
    ("text", "ok"),
    [
        ("side rag is input", True),
        ("side rag is output", False),
        ("side warm is equal", True),
        ("ratio five is 5", True),
        ("ratio five is 5×", True),
        ("ratio five is 5.00", True),
        ("ratio five is 4", False),
        ("bill chat is $0.0046", True),
        ("bill chat is 0.0046", True),
        ("bill chat is 0.00460000", True),
        ("bill chat is $0.005", False),
        ("share rag for input is 80%", True),
        ("share rag for input is 0.8", True),
        ("share rag for input is 80", False),
        ("monthly support is $3,000", True),
        ("monthly support is 3000.00", True),
        ("monthly support is $3,000.01", False),
        # below and above are strict
        ("bill chat below 0.0047", True),
        ("bill chat below 0.0046", False),
        ("bill chat above 0.0045", True),
        ("bill chat above 0.0046", False),
        ("share chat for output above 65.2%", True),
        ("share chat for output below 65.3%", True),
        # between has both ends inside
        ("ratio five between 4 8", True),
        ("ratio five between 5 8", True),
        ("ratio five between 4 5", True),
        ("ratio five between 5 5", True),
        ("ratio five between 5.01 8", False),
        ("ratio five between 4 4.99", False),
        ("break-even rag between 799 801", True),
        ("tokens greeting is 5", True),
        ("band 4..8 of first-party is 100%", True),
        # two questions
        ("bill rag above bill chat", True),
        ("bill chat above bill rag", False),
        ("bill chat below bill rag", True),
        ("bill chat below bill chat", False),
        ("bill chat above bill chat", False),
        ("ratio long above ratio five", True),
        ("bill chat on six above bill chat on five", True),
        ("share chat for output above share rag for output", True),
        ("daily chat for input below daily chat for output", True),
        # an answer that is a word
        ("bill warm on six is not-offered", True),
        ("bill warm is not-offered", False),
        ("models aliases is latest", True),
        ("models variants is latest", False),
        ("edition date is 2026-11-22", True),
        ("edition date is 2026-11-21", False),
        # a word where a number answers never holds, nor a number where a word answers
        ("side rag is 5", False),
        ("ratio five is five", False),
        ("bill warm on six below 5", False),
    ],
)
def test_a_condition_holds_or_not(world: World, text: str, ok: bool) -> None:
    assert check(text, world).ok is ok


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("side rag is output", "side rag on everyday is input"),
        ("ratio five is 4", "ratio five is 5×"),
        ("bill chat above bill rag", "bill chat on everyday is $0.00460, bill rag on everyday is $0.0100"),
        (
            "bill chat above ratio five",
            "bill chat on everyday is $0.00460, ratio five is 5×: not two numbers of one unit",
        ),
        (
            "bill chat above share chat for output",
            "bill chat on everyday is $0.00460, share chat for output on everyday is 65.2%: "
            "not two numbers of one unit",
        ),
        ("bill chat below side chat", "side chat on everyday is output: not two numbers of one unit"),
        ("bill warm on six above bill chat", "bill warm on six is not offered"),
        ("bill chat above bill warm on six", "not two numbers of one unit"),
        ("side rag above 5", "side rag on everyday is input: not a number"),
        ("bill warm on six below 5", "bill warm on six is not offered: not a number"),
        ("models aliases between 1 2", "models aliases is latest: not a number"),
    ],
)
def test_what_does_not_hold_says_what_was_found(world: World, text: str, found: str) -> None:
    holds = check(text, world)
    assert not holds.ok
    assert found in holds.found


def test_a_condition_follows_the_page_in_both_questions(world: World) -> None:
    condition = parse_condition("bill chat below bill rag on six")
    placed = condition.on_page("five")
    assert str(placed.question) == "bill chat on five"
    assert str(placed.other) == "bill rag on six"
    assert placed.check(world).ok
    both = parse_condition("bill chat below bill rag").on_page("six")
    assert (str(both.question), str(both.other)) == ("bill chat on six", "bill rag on six")
    bounded = parse_condition("ratio five between 4 8").on_page("six")
    assert bounded == parse_condition("ratio five between 4 8")
    assert parse_condition("side rag is input").on_page("six").word == "input"


def test_a_condition_is_kept_and_compared(world: World) -> None:
    for text in ("side rag is input", "ratio five between 4 8", "bill chat below bill rag"):
        condition = parse_condition(text)
        again = pickle.loads(pickle.dumps(condition))
        assert again == condition
        assert hash(again) == hash(condition)
        assert condition.on_page("five").check(world) == again.on_page("five").check(make_world())


@pytest.mark.parametrize(
    ("text", "relation", "bounds"),
    [
        ("ratio five is 5×", Relation.IS, ("5",)),
        ("share rag for input above 53.3%", Relation.ABOVE, ("0.533",)),
        ("monthly chat below $1,234.50", Relation.BELOW, ("1234.50",)),
        ("monthly chat below $1,234,567", Relation.BELOW, ("1234567",)),
        ("ratio five between 4 8", Relation.BETWEEN, ("4", "8")),
        ("bill chat is 0", Relation.IS, ("0",)),
    ],
)
def test_values_are_read_exactly(text: str, relation: Relation, bounds: tuple[str, ...]) -> None:
    condition = parse_condition(text)
    assert condition.relation is relation
    assert condition.bounds == tuple(map(Decimal, bounds))
    assert condition.word == ""
    assert condition.other is None


FORM = "write a condition as QUESTION is|below|above|between VALUE [VALUE], or QUESTION below|above QUESTION"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", f"'' compares nothing; {FORM}"),
        ("side rag", f"'side rag' compares nothing; {FORM}"),
        ("is input", f"'is input' compares nothing; {FORM}"),
        ("side rag equals input", f"'side rag equals input' compares nothing; {FORM}"),
        ("side rag is", f"'is' needs 1 value; {FORM}"),
        ("side rag is input output", f"'is' needs 1 value; {FORM}"),
        ("ratio five above", f"'above' needs 1 value; {FORM}"),
        ("ratio five above 4 8", f"'above' needs 1 value; {FORM}"),
        ("ratio five between 4", f"'between' needs 2 values; {FORM}"),
        ("ratio five between 4 8 9", f"'between' needs 2 values; {FORM}"),
        ("ratio five between four 8", f"'four' is not a number; {FORM}"),
        ("ratio five between 4 eight", f"'eight' is not a number; {FORM}"),
        ("ratio five above four", f"'four' is not a number; {FORM}"),
        ("ratio five above 1,5", f"'1,5' is not a number; {FORM}"),
        ("ratio five above -4", f"'-4' is not a number; {FORM}"),
        ("ratio five above 1e3", f"'1e3' is not a number; {FORM}"),
        ("ratio five above NaN", f"'NaN' is not a number; {FORM}"),
        ("ratio five between 8 4", "nothing is between 8 and 4; write the lower value first"),
        ("sidee rag is input", "unknown kind of question 'sidee'; did you mean 'side'?"),
        ("side rag onto five is input", "side has no clause 'onto'; write side as SCENARIO [on MODEL] [at DATE]"),
        ("bill chat above bill", "bill needs a subject; write bill as SCENARIO [on MODEL] [at DATE] [for PART]"),
        ("bill chat above bill rag onto five", "bill has no clause 'onto'"),
        ("bill chat above bill rag above 5", "bill has no clause 'above'"),
    ],
)
def test_a_malformed_condition_says_how_to_write_one(text: str, expected: str) -> None:
    with pytest.raises(Unreadable) as caught:
        parse_condition(text)
    assert expected in str(caught.value)


def test_unknown_names_in_a_condition_are_told(world: World) -> None:
    with pytest.raises(LookupError, match="unknown scenario 'ragg'; did you mean 'rag'"):
        check("side ragg is input", world)
    with pytest.raises(LookupError, match="unknown model 'sixx'; did you mean 'six'"):
        check("bill rag above bill chat on sixx", world)


def test_a_verdict_has_three_names() -> None:
    with pytest.raises(Unreadable, match=r"unknown verdict 'inputs'; did you mean 'input'\?"):
        parse_condition("side chat is inputs")
    for word in ("input", "output", "equal", "not-offered"):
        assert parse_condition(f"side chat is {word}").word == word


@pytest.mark.parametrize(
    ("text", "follows"),
    [
        ("side chat is output", True),
        ("side chat on six is output", False),
        ("bill chat on six above bill chat", True),
        ("bill chat on six above bill chat on five", False),
        ("tokens greeting is 5", False),
    ],
)
def test_whether_a_condition_is_about_the_model_of_its_page(text: str, *, follows: bool) -> None:
    assert parse_condition(text).follows is follows
