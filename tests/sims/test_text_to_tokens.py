"""What the page of the sim about tokens prints, against tiktoken's own tokens and values counted by hand."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.editions import first_world

from costbook.load import load_world
from costbook.sims import SimOf

if TYPE_CHECKING:
    from costbook.world import World

ROOT = Path(__file__).resolve().parents[2]
NAME = "text-to-tokens"


@pytest.fixture(scope="module")
def book() -> World:
    return load_world(ROOT)


@pytest.fixture(scope="module")
def facts(book: World) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(SimOf(NAME, "gpt-4o").answer(book).shown.facts)
    return found


def test_rows_on_gpt_4o() -> None:
    """Words counted by hand; tokens are those of the facts; $2.50 a million, so 13 tokens are $0.0000325."""
    rows = SimOf(NAME, "gpt-4o").answer(first_world()).shown.results.rows
    assert [row[2:] for row in rows] == [
        ("11", "13", "13", "1.18", "$0.0000325"),
        ("5", "6", "7", "1.2", "$0.0000150"),
        ("22", "25", "25", "1.14", "$0.0000625"),
        ("no spaces", "40", "59", "no spaces", "$0.000100"),
        ("14", "24", "30", "1.71", "$0.0000600"),
        ("24", "40", "40", "1.67", "$0.000100"),
        ("16", "55", "55", "3.44", "$0.000138"),
    ]


def test_a_model_that_counts_with_the_other_encoding_pays_for_its_own_tokens(book: World) -> None:
    """The Japanese notice: 59 tokens at $2.50 a million are $0.0001475."""
    model = replace(book.models["gpt-4o"], encoding="cl100k_base")
    rows = SimOf(NAME, "gpt-4o").answer(replace(book, models={**book.models, "gpt-4o": model})).shown.results.rows
    assert rows[3][-1] == "$0.000148"


def test_a_context_too_small_is_not_offered(book: World) -> None:
    model = replace(book.models["gpt-4o"], context=39)
    rows = SimOf(NAME, "gpt-4o").answer(replace(book, models={**book.models, "gpt-4o": model})).shown.results.rows
    assert [row[-1] == "not offered" for row in rows] == [False, False, False, True, False, True, True]


def test_the_vocabularies(facts: dict[str, Any]) -> None:
    assert facts["vocabulary"] == {"o200k_base": 200_019, "cl100k_base": 100_277}


def test_the_pieces_joined_are_the_text_byte_by_byte(facts: dict[str, Any]) -> None:
    for text in facts["texts"]:
        for cut in text["cuts"].values():
            parts = [piece.encode() if isinstance(piece, str) else bytes(piece) for piece in cut["pieces"]]
            assert b"".join(parts) == text["text"].encode()
            assert len(cut["ids"]) == len(parts)


def test_a_token_within_a_character_has_its_bytes(facts: dict[str, Any]) -> None:
    """The party popper is F0 9F 8E 89; with the space before it, cl100k_base cuts behind its second and third byte."""
    emoji = next(text for text in facts["texts"] if text["id"] == "thumbs-up")
    assert emoji["cuts"]["cl100k_base"]["pieces"][:9] == [
        "Great",
        " work",
        " everyone",
        [0x20, 0xF0, 0x9F],
        [0x8E],
        [0x89],
        [0xF0, 0x9F],
        [0x8E],
        [0x89],
    ]
