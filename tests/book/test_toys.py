"""The toys of the book: real tokens, the chances of the articles, and what they are used to show."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from costbook.economy.tokens import DEFAULT_ENCODING, pieces
from costbook.language.chances import greedy
from costbook.language.toys import Tokens, joined, stops
from costbook.questions import parse_condition, parse_line

if TYPE_CHECKING:
    from costbook.world import World


def test_tokens_are_those_of_the_tokenizer(book: World) -> None:
    for toy in book.toys.values():
        for written in toy.steps:
            assert written == pieces(joined(written), DEFAULT_ENCODING)


def test_the_path_of_the_articles(book: World) -> None:
    answer = parse_line("chance smart-glasses/ray-ban").answer(book)
    assert answer.value == Decimal("0.282625")  # 0.35 × 0.85 × 0.95
    assert answer.working.symbols == "0.35 × 0.85 × 0.95 ≈ 28.3%"
    assert book.toy("smart-glasses").prompt == book.text("glasses-question").text


@pytest.mark.parametrize(
    "condition",
    [
        "likeliest smart-glasses is Ray",
        "likeliest smart-glasses/ray is -B",
        "likeliest smart-glasses/ray-b is an",
        "chance smart-glasses/ray-ban-meta-reply with 0 is 100%",
        "chance smart-glasses/apple with 2 above chance smart-glasses/apple",
        "chance smart-glasses/ray-ban-meta-reply with 2 below chance smart-glasses/ray-ban-meta-reply",
    ],
)
def test_what_it_shows(book: World, condition: str) -> None:
    found = parse_condition(condition).check(book)
    assert found.ok, found.found


def test_an_early_token_changes_every_distribution_after_it(book: World) -> None:
    """At each later step, no reply that begins with Apple meets a distribution that one with Ray meets there."""
    steps = book.toy("smart-glasses").steps
    for length in range(1, 6):
        ray, apple = (
            [dict(chances) for written, chances in steps.items() if len(written) == length and written[0] == first]
            for first in ("Ray", "Apple")
        )
        assert ray
        assert all(one not in ray for one in apple)


def test_every_step_is_a_choice_that_ends(book: World) -> None:
    """Greedy choice comes to the end mark from every step."""
    for toy in book.toys.values():
        for written in toy.steps:
            path: Tokens = written
            while not (path and stops(path[-1])):
                assert len(toy.steps[path]) > 1
                path = (*path, greedy(toy.steps[path]))
            assert path[-1] == "end mark"
