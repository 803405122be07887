"""What the page of the token lifecycle prints, worked by hand; and when a build has to work it out anew."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from costbook.economy import tokens
from costbook.economy.rates import Model, Prices, Rate
from costbook.load import load_world
from costbook.names import Unknown
from costbook.sims import SIMS, SimOf
from costbook.sims.token_lifecycle import dominant_from

if TYPE_CHECKING:
    from costbook.world import World

ROOT = Path(__file__).resolve().parents[2]
NAME = "token-lifecycle"


@pytest.fixture(scope="module")
def book() -> World:
    return load_world(ROOT)


def repriced(world: World, name: str, **prices: Decimal) -> World:
    """The same book with other prices of a model in every period."""
    model = world.models[name]
    periods = tuple(
        replace(one, prices=replace(one.prices, **prices)) if isinstance(one, Rate) else one for one in model.periods
    )
    changed: Model = replace(model, periods=periods)
    return replace(world, models={**world.models, name: changed})


def test_texts_have_the_tokens_that_the_chapter_names(book: World) -> None:
    facts = json.loads(SimOf(NAME, "gpt-4o").answer(book).shown.facts)
    assert [one["count"] for one in facts["inputs"]] == [7, 1_000]
    assert [len(one["tokens"]) for one in facts["outputs"]] == [12, 60]
    assert "".join(facts["prompt"]) == "Compose a haiku about rain."
    haiku, longer = ("".join(one["tokens"]) for one in facts["outputs"])
    assert longer.startswith(haiku)
    assert book.tokens("haiku-explained") == 60


def test_rows_on_gpt_4o(book: World) -> None:
    """Input $2.50, output $10.00 per million: 7 are $0.0000175, 1,000 are $0.0025; 12 are $0.00012, 60 are $0.0006."""
    page = SimOf(NAME, "gpt-4o").answer(book)
    assert page.shown.results.rows == (
        ("Short prompt, haiku", "7", "12", "12", "$0.0000175", "$0.000120", "2"),
        ("Short prompt, long reply", "7", "60", "60", "$0.0000175", "$0.000600", "2"),
        ("Long prompt, haiku", "1,000", "12", "12", "$0.00250", "$0.000120", "251"),
        ("Long prompt, long reply", "1,000", "60", "60", "$0.00250", "$0.000600", "251"),
    )
    assert page.priced is not None
    assert (page.priced.input, page.priced.output, str(page.priced.as_of)) == ("$2.50", "$10.00", "2026-11-22")


@pytest.mark.parametrize(
    ("tokens_read", "prices", "first"),
    [
        (1_000, ("3", "15"), 201),  # the tie is 200
        (1_000, ("2.5", "10"), 251),
        (1_000, ("1.25", "10"), 126),
        (7, ("2.5", "10"), 2),  # 1.75
        (7, ("1.25", "10"), 1),  # 0.875
        (1_000, ("0.3", "2.5"), 121),  # exactly 120, a ratio that no decimal holds
        (1_000, ("1", "0"), None),
    ],
)
def test_output_is_the_larger_side_from(tokens_read: int, prices: tuple[str, str], first: int | None) -> None:
    assert dominant_from(tokens_read, Prices(Decimal(prices[0]), Decimal(prices[1]))) == first


def test_a_context_too_small_is_not_offered(book: World) -> None:
    models = {**book.models, "gpt-4o": replace(book.models["gpt-4o"], context=1_000)}
    rows = SimOf(NAME, "gpt-4o").answer(replace(book, models=models)).shown.results.rows
    assert [row[-1] for row in rows] == ["2", "2", "not offered", "not offered"]


def test_an_unknown_name_gets_the_nearest(book: World) -> None:
    with pytest.raises(Unknown, match=r"unknown simulation 'token-lifecycl'; did you mean 'token-lifecycle'\?"):
        SimOf("token-lifecycl", "gpt-4o").answer(book)


@pytest.mark.parametrize("name", sorted(SIMS))
def test_nothing_is_worked_out_anew_while_nothing_moves(
    book: World, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = SimOf(name, "gpt-4o")
    kept = question.kept(question.answer(book))
    monkeypatch.setattr(tokens, "_encoding", None)  # no text is cut
    assert question.still(kept, load_world(ROOT))


def test_it_moves_with_its_model_its_texts_its_source_and_its_review_alone(book: World) -> None:
    question = SimOf(NAME, "gpt-4o")
    kept = question.kept(question.answer(book))
    assert question.still(kept, repriced(book, "deepseek-v4-pro", input=Decimal(9)))
    assert not question.still(kept, repriced(book, "gpt-4o", input=Decimal(9)))
    texts = {**book.texts, "haiku": replace(book.texts["haiku"], text="Rain.")}
    assert not question.still(kept, replace(book, texts=texts))
    model = book.models["gpt-4o"]
    rate = model.rate_on(book.edition.as_of)
    moved = replace(rate, source=replace(rate.source, url="https://example.org/"))
    periods = tuple(moved if one is rate else one for one in model.periods)
    assert not question.still(kept, replace(book, models={**book.models, "gpt-4o": replace(model, periods=periods)}))
    review = replace(next(iter(book.reviews.values())), id=f"sim-{NAME}")
    without = {name: one for name, one in book.reviews.items() if name != review.id}
    answers = [
        question.kept(question.answer(replace(book, reviews=reviews)))
        for reviews in (without, {**without, review.id: review})
    ]
    assert answers[0] != answers[1]


def test_a_price_of_another_model_is_the_same_answer(book: World) -> None:
    question = SimOf(NAME, "gpt-4o")
    before = question.kept(question.answer(book))
    assert question.kept(question.answer(repriced(book, "deepseek-v4-pro", input=Decimal(9)))) == before
    assert question.kept(question.answer(repriced(book, "gpt-4o", input=Decimal(9)))) != before
