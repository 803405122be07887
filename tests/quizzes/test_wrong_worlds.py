"""Each misconception's wrong answer, worked by hand in millionths of a dollar, "m$".

FIVE takes 2.00 for input, 0.20 cached, 2.50 and 4.00 for cache writes, 10.00 for output, per million tokens. LONG takes
1.25 and 10.00, and 2.50 and 15.00 above 200,000 prompt tokens. SIX, here the frontier model, takes 5.00 and 30.00.
In the toy, tea is accepted with a chance of 0.75, and then a please follows with one of 0.5.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from tests.worlds import BATCH, MODELS, NARROW, SIX, ask, make_world

from costbook.questions import Figure, Verdict
from costbook.quizzes.wrong_worlds import MISCONCEPTIONS
from costbook.world import World


@pytest.fixture
def world() -> World:
    plain = make_world()
    return replace(plain, edition=replace(plain.edition, houses={**plain.edition.houses, "frontier": "six"}))


WRONG = [
    # every: 1,000 input, 200 + 300 output, 4,000 cached, 2,000 and 500 written.
    # Right: 2,000 + 5,000 + 800 + 5,000 + 2,000
    ("swapped-rates", "bill every on five", "0.0188"),  # 10,000 + 1,000 + 800 + 5,000 + 2,000
    ("output-at-input-rate", "bill every on five", "0.0108"),  # 2,000 + 1,000 + 7,800
    ("counts-only", "bill every on five", "0.0160"),  # 8,000 tokens at 2
    ("cache-billed-in-full", "bill every on five", "0.0200"),  # 7,500 at 2 = 15,000; + 5,000
    ("discount-on-all", "bill every on five", "0.0020"),  # a tenth: 7,500 at 0.20 = 1,500; 500 at 1 = 500
    ("write-premium-missed", "bill every on five", "0.0128"),  # 2,000 + 800 + 2,500 × 2 + 5,000
    ("input-forgotten", "bill every on five", "0.0050"),
    ("output-forgotten", "bill every on five", "0.0098"),
    ("per-thousand", "bill every on five", "14.8"),
    ("reasoning-forgotten", "bill every on five", "0.0118"),  # 200 output instead of 500: 3,000 less
    ("another-models-ratio", "bill chat on five", "0.0052"),  # 1,600 + 300 × 2 × 6
    ("requests-forgotten", "monthly chat on five", "0.1380"),  # 4,600 × 30
    ("day-for-month", "monthly chat on five", "4.6"),  # 4,600 × 1,000
    ("tier-ignored", "bill 300000+1000 on long", "0.385"),  # 300,000 × 1.25 + 1,000 × 10
    # 200,000 × 1.25 + 100,000 × 2.50 = 500,000, which is 1.666667 a token; output stays at 10
    ("tiers-marginal", "bill 300000+1000 on long", "0.5100001"),
    ("rule-inverted", "rough-tokens 600", "450"),  # 600 × 0.75
    ("words-for-tokens", "rough-tokens 600", "600"),  # a token a word
    # Good morning to you all: five words, so five tokens in o200k_base; with letters and spaces 23
    ("letters-for-tokens", "tokens greeting", "23"),
    ("other-encoding", "tokens greeting", "6"),  # as cl100k_base has it in this world
    ("other-encoding", "tokens greeting in cl100k_base", "5"),
    ("tiers-marginal", "bill 200000+1000 on long", "0.26"),  # at the threshold nothing changes: 250,000 + 10,000
    ("chances-added", "chance tea/yes-please", "1.25"),  # right: 0.75 × 0.5 = 0.375
    ("chances-averaged", "chance tea/yes-please", "0.625"),
    ("last-step-only", "chance tea/yes-please", "0.5"),
    ("first-step-only", "chance tea/yes-please", "0.75"),
    # Right at temperature 0.5: 0.5625 and 0.0625 of 0.625, so 0.9; behind it 0.25 of 0.25 + 2 × 0.0625, so two thirds.
    ("temperature-ignored", "step tea/yes with 0.5", "0.75"),
    ("temperature-ignored", "chance tea/yes-please with 0.5", "0.375"),
    ("temperature-inverted", "step tea/yes with 2", "0.9"),  # squares where roots are right
    ("temperature-not-shared-out", "step tea/yes with 0.5", "0.5625"),
    ("likeliest-always", "chance tea/yes-please with 2", "1"),
    ("likeliest-always", "step tea/no", "0"),
]


@pytest.mark.parametrize(("name", "text", "value"), WRONG)
def test_a_mistake_gives_the_answer_worked_by_hand(world: World, name: str, text: str, value: str) -> None:
    answer = ask(MISCONCEPTIONS[name](world), text)
    assert isinstance(answer, Figure)
    assert answer.value == Decimal(value)


def test_every_mistake_has_been_worked(world: World) -> None:
    assert {name for name, _, _ in WRONG} == set(MISCONCEPTIONS)


def test_words_are_taken_for_tokens(world: World) -> None:
    counted = replace(world, count=lambda _text, _encoding: 9)
    assert ask(counted, "tokens greeting").value == 9
    assert ask(MISCONCEPTIONS["words-for-tokens"](counted), "tokens greeting").value == 5  # Good morning to you all


def test_a_verdict_by_counts_alone(world: World) -> None:
    right, wrong = (
        ask(world, "side 1000+300 on five"),
        ask(MISCONCEPTIONS["counts-only"](world), "side 1000+300 on five"),
    )
    assert isinstance(right, Verdict)
    assert (right.text, wrong.text) == ("output", "input")


@pytest.mark.parametrize("name", MISCONCEPTIONS)
def test_the_working_of_a_mistake_is_its_own(world: World, name: str) -> None:
    text = next((text for given, text, _ in WRONG if given == name), "tokens greeting in cl100k_base")
    assert ask(MISCONCEPTIONS[name](world), text).working != ask(world, text).working


@pytest.mark.parametrize("name", MISCONCEPTIONS)
def test_the_true_world_stays_as_it_was(world: World, name: str) -> None:
    MISCONCEPTIONS[name](world)
    assert ask(world, "bill every on five").value == Decimal("0.0148")


def test_a_mistake_about_one_model_reads_no_other() -> None:
    class Guarded(dict[str, object]):
        def __getitem__(self, key: str) -> object:
            assert key == "five"
            return super().__getitem__(key)

    world = replace(make_world(), models=Guarded({one.id: one for one in MODELS}))  # type: ignore[arg-type]
    assert ask(MISCONCEPTIONS["swapped-rates"](world), "bill chat on five").value == Decimal("0.0086")  # 8,000 + 600


def test_a_temperature_of_nothing_cannot_be_inverted(world: World) -> None:
    for name in ("temperature-inverted", "temperature-not-shared-out"):
        with pytest.raises(ArithmeticError):
            ask(MISCONCEPTIONS[name](world), "step tea/yes with 0")


def test_a_discount_that_is_not_offered_cannot_be_spread() -> None:
    world = make_world(models=(NARROW, SIX, BATCH))
    assert ask(MISCONCEPTIONS["discount-on-all"](world), "bill 1000+100 on narrow").value == Decimal("0.0035")
