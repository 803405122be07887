"""What the page of "Who dominates the bill?" prints, worked by hand, and the tie itself."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from costbook.economy.bills import Bill, Usage, price_usage
from costbook.economy.rates import Prices, Rate
from costbook.load import load_world
from costbook.questions.base import Side
from costbook.questions.workloads import side_of
from costbook.sims import SimOf
from costbook.sims.who_dominates import tie

if TYPE_CHECKING:
    from costbook.economy.rates import Model
    from costbook.world import World

ROOT = Path(__file__).resolve().parents[2]
NAME = "who-dominates"


@pytest.fixture(scope="module")
def book() -> World:
    return load_world(ROOT)


def made_up(book: World, prices: Prices) -> Model:
    """A model with one price, and no limit."""
    model = book.models["gpt-4o"]
    rate = next(one for one in model.periods if isinstance(one, Rate) and one.until is None)
    return replace(model, context=None, periods=(replace(rate, prices=prices, tiers=()),))


def test_rows_on_gpt_4o(book: World) -> None:
    """$2.50 and $10.00 per million, cached $1.25: the tie is a quarter of the input, an eighth if all is cached."""
    page = SimOf(NAME, "gpt-4o").answer(book)
    assert page.shown.results.rows == (
        ("Long-prompt classifier", "2,000", "1", "$0.00500", "$0.0000100", "input", "500"),
        ("Short-prompt summary", "50", "500", "$0.000125", "$0.00500", "output", "12.5"),
        ("Question over retrieved documents", "4,000", "200", "$0.0100", "$0.00200", "input", "1,000"),
        ("Chat reply", "800", "300", "$0.00200", "$0.00300", "output", "200"),
        ("Code generation", "200", "1,500", "$0.000500", "$0.0150", "output", "50"),
        (
            "Question over retrieved documents, all of its input cached",
            "4,000",
            "200",
            "$0.00500",
            "$0.00200",
            "input",
            "500",
        ),
    )


@pytest.mark.parametrize("ratio", [3, 4, 5, 6, 8])
def test_the_five_verdicts_are_the_same_at_every_ratio(book: World, ratio: int) -> None:
    """2,000 against r, 50 against 500 r, 4,000 against 200 r, 800 against 300 r, 200 against 1,500 r."""
    model = made_up(book, Prices(Decimal(1), Decimal(ratio)))
    worlds = replace(book, models={**book.models, "gpt-4o": model})
    rows = SimOf(NAME, "gpt-4o").answer(worlds).shown.results.rows
    assert [row[5] for row in rows[:5]] == ["input", "output", "input", "output", "output"]
    assert rows[5][3:] == ("not offered",) * 4, "it has no cached price"


def test_a_cache_turns_the_third_verdict(book: World) -> None:
    """All 4,000 at a tenth of the input price weigh as much as 400; 200 at five times as much as 1,000."""
    model = made_up(book, Prices(Decimal(1), Decimal(5), cached=Decimal("0.1")))
    rows = SimOf(NAME, "gpt-4o").answer(replace(book, models={**book.models, "gpt-4o": model})).shown.results.rows
    assert (rows[2][5], rows[5][5]) == ("input", "output")
    assert rows[5][6] == "80"


def test_no_tie_where_output_is_free() -> None:
    assert tie(Usage(100), Prices(Decimal(1), Decimal(0))) is None


@given(tokens=st.integers(1, 10**6), ratio=st.integers(1, 12), price=st.integers(1, 10**9))
def test_at_the_tie_both_sides_are_equal_and_one_token_decides(
    book: World, tokens: int, ratio: int, price: int
) -> None:
    """With whole ratios, ``tokens`` written tie with ``tokens x ratio`` read; one more or less and a side is larger."""
    listed = Decimal(price).scaleb(-6)
    model = made_up(book, Prices(listed, listed * ratio))
    prompt = tokens * ratio
    sides = []
    for written in (tokens - 1, tokens, tokens + 1):
        bill = price_usage(Usage(prompt, written), model, book.edition.as_of)
        assert isinstance(bill, Bill)
        sides.append(side_of(bill))
    assert sides == [Side.INPUT, Side.EQUAL, Side.OUTPUT]
    assert tie(Usage(prompt), Prices(listed, listed * ratio)) == tokens


def test_the_script_gets_the_scenarios_and_no_amount(book: World) -> None:
    facts = json.loads(SimOf(NAME, "gpt-4o").answer(book).shown.facts)
    counts = [(one["input"], one["output"]) for one in facts["cases"]]
    assert counts == [(2_000, 1), (50, 500), (4_000, 200), (800, 300), (200, 1_500)]
    assert facts["cached"] == "rag"
    assert sorted(facts) == ["cached", "cases"]


def test_the_picture_has_five_points_on_their_side_of_the_line(book: World) -> None:
    """With a ratio of 5, the line lies log 5 below the diagonal; above it are the points where output costs more."""
    page = SimOf(NAME, "claude-sonnet-4-6").answer(book)
    picture = BeautifulSoup(page.shown.picture, "html.parser")
    (line,) = picture.select("polyline")
    (x1, y1), (x2, y2) = ((float(n) for n in pair.split(",")) for pair in str(line["points"]).split())
    sides = []
    for point in picture.select("circle"):
        x, y = float(str(point["cx"])), float(str(point["cy"]))
        sides.append("output" if y < y1 + (x - x1) * (y2 - y1) / (x2 - x1) else "input")
    assert sides == [row[5] for row in page.shown.results.rows[:5]]
    assert picture.title is not None
    assert picture.find("desc") is not None
