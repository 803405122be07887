"""Chances of the toy ``tea``, worked by hand: yes 0.75 and then please 0.5; at temperature 0.5, 0.9 and two thirds."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from tests.worlds import ask, question

from costbook.names import Unknown
from costbook.questions import FIGURES, Candidate, Candidates, Unanswerable, Unit, Unreadable, parse_condition
from costbook.questions.readers import Place

if TYPE_CHECKING:
    from costbook.world import World


@pytest.mark.parametrize(
    ("text", "value", "printed"),
    [
        ("chance tea/yes", "0.75", "75%"),
        ("chance tea/yes-please", "0.375", "37.5%"),
        ("chance tea/polite", "0.28125", "28.1%"),  # 0.375 × 0.75
        ("chance tea/yes-please with 1.0", "0.375", "37.5%"),
        ("chance tea/polite with 0", "1", "100%"),
        ("chance tea/no with 0", "0", "0%"),
        ("chance tea/no-thanks", "0.1", "10%"),  # 0.25 × 0.4 × 1
        ("step tea/yes-please", "0.5", "50%"),
        ("step tea/yes with 0.5", "0.9", "90%"),
        ("step tea/no with 0.50", "0.1", "10%"),
    ],
)
def test_chances(world: World, text: str, value: str, printed: str) -> None:
    answer = ask(world, text)
    assert (answer.value, answer.unit, answer.text) == (Decimal(value), Unit.SHARE, printed)
    assert (answer.working.sources, answer.working.at) == ((), None), "no price, and no day of prices"


def test_a_path_at_a_temperature(world: World) -> None:
    """0.9 × two thirds."""
    answer = ask(world, "chance tea/yes-please with 0.5")
    assert abs(answer.value - Decimal("0.6")) < Decimal("1e-45")
    assert answer.working.symbols == "0.9 × 0.666667 ≈ 60%"


@pytest.mark.parametrize(
    ("text", "words", "symbols"),
    [
        (
            "chance tea/polite",
            "the path yes · ␣please · end mark of the toy 'Tea' at temperature 1: the chance of each token behind "
            "those before it, multiplied",
            "0.75 × 0.5 × 0.75 ≈ 28.1%",
        ),
        (
            "step tea/no with 0.5",
            "no as the first token in the toy 'Tea', at temperature 0.5",
            "0.25^(1/0.5) ÷ (0.75^(1/0.5) + 0.25^(1/0.5)) = 10%",
        ),
        ("step tea/yes-please", "␣please behind yes in the toy 'Tea', at temperature 1", "0.5 = 50%"),
    ],
)
def test_workings(world: World, text: str, words: str, symbols: str) -> None:
    working = ask(world, text).working
    assert (working.words, working.symbols) == (words, symbols)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("likeliest tea", "yes"),
        ("likeliest tea/yes", "␣please"),
        ("likeliest tea/no", "␣thanks"),  # the first of two
        ("likeliest tea/yes-please", "end mark"),
        ("path tea/polite", "yes · ␣please · end mark"),
        ("greedy tea", "yes please"),
    ],
)
def test_words(world: World, text: str, expected: str) -> None:
    assert ask(world, text) == expected


def test_candidates_of_a_step(world: World) -> None:
    here = Place("tea", "yes")
    assert Candidates(here).answer(world) == (" please", "end mark", "other tokens")
    assert Candidate(here, "other tokens", Decimal(0)).answer(world).text == "0%"
    assert Candidate(here, " please").answer(world).text == "50%"
    assert str(Candidate(here, " please", Decimal("0.5"))) == "Candidate tea/yes with 0.5: ␣please"


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ("likeliest tea is yes", True),
        ("likeliest tea/yes is ␣please", True),
        ("likeliest tea is no", False),
        ("chance tea/polite with 0 is 100%", True),
        ("chance tea/polite is 28.125%", True),
        ("chance tea/polite with 2 below chance tea/polite", True),
        ("chance tea/no with 2 below chance tea/no", False),
        ("step tea/yes with 0.5 between 89% 91%", True),
    ],
)
def test_claims(world: World, condition: str, holds: bool) -> None:
    asked = parse_condition(condition)
    assert asked.check(world).ok is holds
    assert not asked.follows, "a chance is no model's of the price book"


@pytest.mark.parametrize(
    ("text", "error", "message"),
    [
        ("chance tea", Unreadable, "'tea' names no path of a toy; write TOY/PATH, such as smart-glasses/ray-ban"),
        ("chance tea/yes/no", Unreadable, "no place in a toy"),
        ("likeliest tea/", Unreadable, "'tea/' is no place in a toy; write TOY or TOY/PATH"),
        ("chance tee/yes", Unknown, "unknown toy 'tee'; did you mean 'tea'?"),
        ("chance tea/yse", Unknown, "unknown path of tea 'yse'; did you mean 'yes'?"),
        ("chance tea/yes with 2.1", Unreadable, "'2.1' is not a temperature; write 0, or a number from 0.1 to 2"),
        ("chance tea/yes with 0.05", Unreadable, "'0.05' is not a temperature"),
        ("chance tea/yes with 0.123", Unreadable, "'0.123' is not a temperature"),
        ("chance tea/yes with warm", Unreadable, "'warm' is not a temperature"),
        (
            "chance tea/yes on five",
            Unreadable,
            "chance has no clause 'on'; write chance as TOY/PATH [with TEMPERATURE]",
        ),
        ("likeliest tea/polite", Unanswerable, "the toy 'Tea' goes no further behind 'end mark'"),
    ],
)
def test_slips(world: World, text: str, error: type[Exception], message: str) -> None:
    with pytest.raises(error) as caught:
        ask(world, text)
    assert message in str(caught.value)


def test_a_temperature_has_one_spelling() -> None:
    assert question("chance tea/yes with 0.50") == question("chance tea/yes with .5")
    assert str(question("chance tea/yes with 2.00")) == "chance tea/yes with 2"


def test_a_page_of_chances_has_no_prices() -> None:
    asked = [
        question(text) for text in ("chance tea/yes", "step tea/yes", "likeliest tea", "path tea/yes", "greedy tea")
    ]
    assert not any(isinstance(one, FIGURES) or one.follows for one in asked)
