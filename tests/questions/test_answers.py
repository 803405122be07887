"""What the pages keep between two builds: questions as keys, answers to compare."""

from __future__ import annotations

import pickle
from dataclasses import FrozenInstanceError, replace
from typing import TYPE_CHECKING

import pytest
from tests.worlds import FIVE, make_world, model, prices, rate

from costbook.economy.rates import NoRate
from costbook.questions import KINDS, Bill, PriceRowOf, Routes, parse_line

if TYPE_CHECKING:
    from costbook.world import World

EXAMPLES = (
    "price output on moved at 2024-05-13", "price cached on six", "ratio moved", "bill chat", "bill every for write",
    "bill 1500+250 on six", "bill rag on narrow", "daily every", "monthly hidden", "share chat for output",
    "saving rag to chat", "saving-share rag to chat", "side warm", "margin rag", "break-even rag", "weight rag",
    "tokens greeting in cl100k_base", "cached-bill asked over 30d", "cache-break-even support", "payback examples",
    "band 4..8 of current", "rates cached on moved", "models current", "scenarios pair", "edition date",
    "words greeting", "tokens-per-word greeting", "token-multiple greeting to examples", "rough-tokens 450",
    "rough-error greeting in cl100k_base", "text-bill greeting over 1000r",
    "chance tea/polite with 0.7", "step tea/yes", "likeliest tea/yes", "path tea/yes", "greedy tea",
    "name seed", "quartile third of own-models", "survey method", "surveyed sellers",
)  # fmt: skip


def test_every_kind_has_an_example() -> None:
    assert {text.split()[0] for text in EXAMPLES} == set(KINDS)


@pytest.mark.parametrize("text", EXAMPLES)
def test_a_question_is_a_key_and_its_answer_can_be_kept(world: World, text: str) -> None:
    question = parse_line(text).on_page("five")
    answer = question.answer(world)
    for protocol in (2, pickle.HIGHEST_PROTOCOL):
        asked, told = pickle.loads(pickle.dumps((question, answer), protocol))
        assert asked == question
        assert hash(asked) == hash(question)
        assert told == answer
        assert {question: answer}[asked] == asked.answer(world)


@pytest.mark.parametrize("text", EXAMPLES)
def test_the_same_world_gives_the_same_answer(text: str) -> None:
    question = parse_line(text).on_page("five")
    assert question.answer(make_world()) == question.answer(make_world())


@pytest.mark.parametrize("asked", [Routes(), PriceRowOf("moved"), PriceRowOf("gone")])
def test_answers_of_directives_can_be_kept(world: World, asked: Routes) -> None:
    answer = asked.answer(world)
    assert pickle.loads(pickle.dumps((asked, answer))) == (asked, answer)
    assert hash(pickle.loads(pickle.dumps(asked))) == hash(asked)


def test_a_question_cannot_change() -> None:
    question = Bill("chat")
    with pytest.raises(FrozenInstanceError):
        question.scenario = "rag"  # type: ignore[misc]


def test_questions_of_two_kinds_are_two_questions() -> None:
    assert parse_line("daily chat") != parse_line("monthly chat")
    assert parse_line("bill chat") != parse_line("daily chat")
    assert len({parse_line(text) for text in EXAMPLES}) == len(EXAMPLES)


def test_an_answer_changes_with_what_it_is_about_and_with_nothing_else(world: World) -> None:
    dearer = model("five", rate(prices("2.00", "11.00", cached="0.20", write="2.50", write_1h="4.00")))
    assert dearer != FIVE
    changed = replace(world, models={**world.models, "five": dearer})
    different = [
        text
        for text in EXAMPLES
        if parse_line(text).on_page("five").answer(world) != parse_line(text).on_page("five").answer(changed)
    ]
    # Output is dearer: everything that five's output price goes into (the words of a part name the whole bill too). A
    # ratio of 5.5 is still between 4 and 8.
    assert different == [
        "bill chat", "bill every for write", "daily every", "monthly hidden", "share chat for output",
        "saving rag to chat", "saving-share rag to chat", "side warm", "margin rag", "break-even rag",
        "weight rag", "cached-bill asked over 30d", "payback examples",
    ]  # fmt: skip


def test_another_days_price_changes_only_what_is_asked_of_the_edition(world: World) -> None:
    early = replace(world, edition=replace(world.edition, as_of=world.models["moved"].periods[0].start))
    fixed, floating = parse_line("price output on moved at 2024-05-13"), parse_line("price output on moved")
    assert fixed.answer(early) == fixed.answer(world)
    assert (floating.answer(world).text, floating.answer(early).text) == ("$10.00", "$15.00")
    with pytest.raises(NoRate):
        parse_line("bill chat on five").answer(early)
