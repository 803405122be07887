"""What the page of the cost calculator prints, worked by hand."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from costbook.load import load_world
from costbook.sims import SimOf

if TYPE_CHECKING:
    from costbook.world import World

ROOT = Path(__file__).resolve().parents[2]
NAME = "cost-calculator"


@pytest.fixture(scope="module")
def book() -> World:
    return load_world(ROOT)


def test_rows_on_gpt_4o(book: World) -> None:
    """1,000 calls: 500 and 100 written are $5 and $1, 1,000 read $2.50; $4 a day is saved of 5 + 2.5 per 1,000 read."""
    page = SimOf(NAME, "gpt-4o").answer(book)
    assert page.shown.results.rows == (
        ("0", "$5.00", "$1.00", "$4.00", "$120.00", "80%"),
        ("100", "$5.25", "$1.25", "$4.00", "$120.00", "76.2%"),
        ("1,000", "$7.50", "$3.50", "$4.00", "$120.00", "53.3%"),
        ("2,000", "$10.00", "$6.00", "$4.00", "$120.00", "40%"),
        ("5,000", "$17.50", "$13.50", "$4.00", "$120.00", "22.9%"),
        ("10,000", "$30.00", "$26.00", "$4.00", "$120.00", "13.3%"),
    )


def test_a_month_is_the_worlds(book: World) -> None:
    rows = SimOf(NAME, "gpt-4o").answer(replace(book, month=1)).shown.results.rows
    assert {row[4] for row in rows} == {"$4.00"}


def test_a_context_too_small_is_not_offered(book: World) -> None:
    small = replace(book.models["gpt-4o"], context=5_400)
    rows = SimOf(NAME, "gpt-4o").answer(replace(book, models={**book.models, "gpt-4o": small})).shown.results.rows
    assert [row[1] == "not offered" for row in rows] == [False, False, False, False, True, True]


def test_the_script_gets_the_numbers_of_the_scenarios(book: World) -> None:
    facts = json.loads(SimOf(NAME, "gpt-4o").answer(book).shown.facts)
    assert facts == {
        "calls": 1_000,
        "input": 1_000,
        "long": 500,
        "short": 100,
        "sizes": [0, 100, 1_000, 2_000, 5_000, 10_000],
    }
