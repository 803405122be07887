"""The survey of price ratios in the book, whatever day it was made on, and what the book says of it.

That the first survey counts what was counted by other means is tested with the feed.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from costbook.economy.ratios import Quartile
from costbook.questions import parse_line

if TYPE_CHECKING:
    from costbook.economy.ratios import Survey
    from costbook.world import World

POPULATIONS = ("all-sellers", "base-ids", "first-party-labs", "big-three", "open-weight-hosts", "routers")


@pytest.fixture
def survey(book: World) -> Survey:
    """The survey of the book."""
    assert book.survey is not None
    return book.survey


def test_the_populations_that_pages_name_are_there(survey: Survey) -> None:
    assert tuple(survey.populations) == POPULATIONS
    for population in survey.populations.values():
        assert population.about


def test_it_says_how_when_and_where_it_was_made(survey: Survey) -> None:
    assert survey.source.via.startswith("genai-prices ")
    assert survey.source.url.startswith("https://")
    assert survey.as_of <= survey.source.checked
    for said in ("noon UTC", "deprecated", "without a price", "audio", "interpolated"):
        assert said in survey.method


def test_all_sellers_are_the_lists_of_all(survey: Survey) -> None:
    everybody = survey.spread(survey.populations["all-sellers"])
    assert everybody.n == sum(survey.spread(seller).n for seller in survey.sellers.values())
    router = survey.listings
    repeated = router["openrouter:moving"].spread.n + router["openrouter:batch"].spread.n
    assert survey.spread(survey.populations["base-ids"]).n == everybody.n - repeated


def test_a_population_is_part_of_a_larger_one(survey: Survey) -> None:
    lists = {name: set(population.listings) for name, population in survey.populations.items()}
    assert lists["big-three"] < lists["first-party-labs"] < lists["base-ids"] < lists["all-sellers"]
    assert lists["open-weight-hosts"] < lists["base-ids"]
    assert not lists["open-weight-hosts"] & (lists["first-party-labs"] | lists["routers"])


def test_every_list_has_plausible_ratios_and_ordered_quartiles(survey: Survey) -> None:
    for population in survey.named.values():
        spread = survey.spread(population)
        assert spread.within(Fraction(1, 2), Fraction(1000)) == spread.n, population.id
        cuts = [spread.cut(quartile).value for quartile in Quartile]
        assert all(low <= high for low, high in pairwise(cuts))


def test_names_are_those_of_the_price_book(book: World, survey: Survey) -> None:
    for seller, provider in book.providers.items():
        assert survey.listings[seller].name == provider.name


@pytest.mark.parametrize("band", ["4..8", "2..5", "5..5"])
@pytest.mark.parametrize("population", POPULATIONS)
def test_the_statements_of_the_sources_have_an_answer(book: World, band: str, population: str) -> None:
    answer = parse_line(f"band {band} of {population}").answer(book)
    assert 0 < answer.value < 1
    assert book.survey is not None
    assert f"surveyed on {book.survey.as_of}" in answer.working.words
    assert answer.working.sources == (book.survey.source,)
    assert answer.text.endswith("%")


def test_the_book_s_own_models_can_be_asked_the_same(book: World) -> None:
    """Both kinds of population answer the same two questions."""
    assert 0 <= parse_line("band 4..8 of current").answer(book).value <= 1
    assert parse_line("quartile median of current").answer(book).value >= Decimal(1)
