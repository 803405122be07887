"""Scenarios whose texts are counted."""

from __future__ import annotations

from costbook.economy.bills import Usage
from costbook.economy.scenarios import Scenario

LENGTHS = {"question": 13, "haiku": 12}


def test_counts_are_the_usage_where_no_text_is_named() -> None:
    chat = Scenario("chat", "Chat", Usage(800, 300, cached=5), 1000)
    assert chat.usage_with(LENGTHS.__getitem__) == Usage(800, 300, cached=5)
    assert chat.texts == ()


def test_the_tokens_of_a_text_are_added_to_its_side() -> None:
    both = Scenario("both", "Both", Usage(100, 20, reasoning=7), 1, input_text="question", output_text="haiku")
    assert both.usage_with(LENGTHS.__getitem__) == Usage(113, 32, reasoning=7)
    assert both.texts == ("question", "haiku")


def test_a_text_on_one_side_leaves_the_other_alone() -> None:
    asked = Scenario("asked", "Asked", Usage(output=266), 1000, input_text="question")
    assert asked.usage_with(LENGTHS.__getitem__) == Usage(13, 266)
    assert asked.texts == ("question",)
