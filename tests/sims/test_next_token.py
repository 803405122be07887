"""What the page of "One token after another" prints, worked by hand, and that nothing in it has a price."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from costbook.load import load_world
from costbook.questions import Side
from costbook.sims import SimOf

if TYPE_CHECKING:
    from costbook.sims.base import SimPage
    from costbook.world import World

NAME = "next-token"


@pytest.fixture(scope="module")
def book() -> World:
    return load_world(Path(__file__).resolve().parents[2])


@pytest.fixture(scope="module")
def page(book: World) -> SimPage:
    return SimOf(NAME, "everyday").answer(book)


def test_replies_by_temperature(page: SimPage) -> None:
    """0.35 × 0.85 × 0.95 = 0.282625; × 0.60 × 0.55 × 0.80 = 0.074613. Apple: 0.10 × 0.65 × 0.96 × 0.70 × 0.75."""
    rows = {row[0]: row[1:] for row in page.shown.results.rows}
    assert rows["Ray-Ban …"][0] == "100%"
    assert rows["Ray-Ban …"][2] == "28.3%"
    assert rows["Ray-Ban Meta."][0] == "100%"
    assert rows["Ray-Ban Meta."][2] == "7.5%"
    assert rows["Apple Vision Pro."][0] == "0%"
    assert rows["Apple Vision Pro."][2] == "3.3%"  # 0.03276
    assert [column.text for column in page.shown.results.columns] == [
        "Reply",
        *(f"Temperature {one}" for one in ("0", "0.5", "1", "1.5", "2")),
    ]


def test_candidates_are_tokens_of_the_output(page: SimPage) -> None:
    """Which the page shows round and in the colour of output."""
    (stage,) = (one for one in page.shown.stages if one.chips)
    assert stage.chips[0] == "Ray 35%"
    assert stage.side is Side.OUTPUT


def test_what_the_script_gets(page: SimPage, book: World) -> None:
    facts = json.loads(page.shown.facts)
    toy = book.toy("smart-glasses")
    assert {
        tuple(one["after"]): {token: Decimal(chance) for token, chance in one["chances"]} for one in facts["steps"]
    } == toy.steps
    assert facts["prompt"] == "What's the best smart glasses?"
    assert facts["replies"][0] == ["Ray", "-B", "an"]


def test_it_has_no_prices_and_no_model(page: SimPage, book: World) -> None:
    assert page.priced is None
    assert SimOf(NAME, "small").answer(book) == page
    later = replace(book, edition=replace(book.edition, serial=99))
    question = SimOf(NAME, "everyday")
    assert question.kept(question.answer(later)) == question.kept(page), "no page is read again for an edition"


def test_a_changed_toy_is_noticed(page: SimPage, book: World) -> None:
    question = SimOf(NAME, "everyday")
    kept = question.kept(page)
    assert question.still(kept, book)
    toy = book.toy("smart-glasses")
    changed = replace(book, toys={toy.id: replace(toy, prompt="Which glasses?")})
    assert not question.still(kept, changed)
