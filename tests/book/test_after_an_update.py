"""A provider changes its prices, and one command later the book is right: tried on a copy of the book as it is.

The prices of the everyday model double, so that its ratio, its shares and its verdicts stay and every claim holds, and
every amount that follows it moves.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from scripts.prices import main
from tests.price_files import PriceFiles
from tests.sphinx_ext.building import Book, Built, real_book

from costbook import money
from costbook.economy.rates import Part, Prices, Tier
from costbook.feed import book as price_book
from costbook.feed.quotes import Answer, Quote, Step
from costbook.feed.recorded import record
from costbook.load import load_world
from costbook.quizzes.resolve import resolve

CHAPTER = "book/01-the-life-of-a-token"


@dataclass(frozen=True)
class Doubled:
    """A feed that says what a book says, but for one model, which it lists at twice its price."""

    book: price_book.Book
    model: str
    name: str = "genai-prices 99.0"

    def quote(self, _provider: str, model: str, day: date) -> Answer:
        said = price_book.quote_of(self.book.models[model], day)
        if model != self.model or not isinstance(said, Quote):
            return said
        # From no day that is known.
        now = replace(twice(said.now), start=None, dated=False)
        return replace(said, now=now, past=(), scheduled=tuple(map(twice, said.scheduled)), via=f"{self.name} {model}")

    def seller(self, provider: str) -> tuple[str, str | None]:
        raise NotImplementedError(provider)


def twice(step: Step) -> Step:
    tiers = tuple(Tier(tier.above, doubled(tier.prices)) for tier in step.tiers)
    return replace(step, prices=doubled(step.prices), tiers=tiers)


def doubled(prices: Prices) -> Prices:
    listed = {part: price for part in Part if (price := prices.of(part)) is not None}
    return replace(prices, **{part.name.lower(): 2 * price for part, price in listed.items()})


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """The book, after one command."""
    folder = tmp_path_factory.mktemp("updated")
    made = real_book(folder)
    prices = price_book.read_book(made.root)
    file, day = folder / "feed.json", prices.edition.as_of + timedelta(1)
    seen = min(prices.edition.as_of, datetime.now(UTC).date())  # an edition may be of a day to come
    feed = Doubled(prices, prices.edition.houses["everyday"])
    file.write_text(record(feed, prices.ids, seen), encoding="utf-8")
    options = ["--feed", str(file), "--as-of", str(day)]
    ran = CliRunner().invoke(main, ["update", "--book", str(made.root), *options])
    assert ran.exit_code == 0, ran.output
    assert f"Edition {prices.edition.serial + 1} of {day} is in force" in ran.output
    return made


@pytest.fixture(scope="module")
def built(book: Book) -> Built:
    return book.build()


def test_it_builds_without_a_warning(built: Built) -> None:
    assert (built.status, built.warnings) == (0, ())


def test_every_quiz_keeps_its_variants(book: Book) -> None:
    world = load_world(book.root)
    assert world.quizzes
    for quiz in world.quizzes.values():
        form, _ = resolve(quiz, world)  # it raises where an item has too few
        assert [slot.shipped > 0 for slot in form.slots] == [True] * len(quiz.slots)


def test_its_pages_print_the_new_prices(book: Book, built: Built) -> None:
    """Rates and amounts of the everyday model are twice what the files of this repository give; its ratio stays."""
    read, written = PriceFiles(Path(__file__).resolve().parents[2]).of("everyday")
    page = BeautifulSoup(built.page(CHAPTER), "html.parser")
    figures = {figure.get_text() for figure in page.select("a.cb-figure")}
    assert {money.rate(2 * read), money.rate(2 * written), money.multiple(written / read)} <= figures
    home = BeautifulSoup(built.page("index"), "html.parser")
    reply = (800 * 2 * read + 300 * 2 * written) / 1_000_000  # a chat reply
    assert money.amount(reply) in {figure.get_text() for figure in home.select("a.cb-figure")}


def test_its_pages_say_which_edition_they_are_of(book: Book, built: Built) -> None:
    world = load_world(book.root)
    said = re.sub(r"\s+", " ", BeautifulSoup(built.page("index"), "html.parser").get_text())
    assert f"{world.edition.as_of}" in said
