"""What is loaded: the real book, and a small one value by value."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from costbook.assessment.objectives import Level, Seed
from costbook.assessment.reviews import Dimension
from costbook.economy.bills import Usage
from costbook.economy.rates import Gap, Rate
from costbook.load import load_world
from costbook.load.source import read_source

if TYPE_CHECKING:
    from tests.load.conftest import Book

ROOT = Path(__file__).resolve().parents[2]


def test_the_book_of_this_repository_loads() -> None:
    world = load_world(ROOT)
    assert world.edition.as_of >= date(2026, 11, 22)
    assert {"everyday", "small", "frontier", "seed"} <= set(world.edition.houses)
    assert {"chat-reply", "rag", "classifier", "summary", "code"} <= set(world.scenarios)
    assert [one.number for one in world.contents.chapters.values()] == list(range(15))  # front matter, 14 chapters
    assert world.contents.chapters["before-you-start"].docname == "book/before-you-start"
    assert world.contents.chapters["the-life-of-a-token"].docname == "book/01-the-life-of-a-token"
    assert [path.id for path in world.contents.paths] == ["pm", "finance", "engineer", "mlops"]
    assert (world.mtok, world.month) == (1000000, 30)
    assert world.objectives["c1-explain-lifecycle"].level is Level.UNDERSTAND


def test_the_small_book_loads(book: Book) -> None:
    assert book.problems() == []


def test_prices_are_read_exactly(book: Book) -> None:
    world = book.load()
    assert list(world.models) == ["hosted", "five", "moved", "five:batch"]  # files by name, models as they stand
    five = world.models["five"]
    assert (five.provider, five.name, five.context, five.encoding) == ("maker", "Five", 400000, "o200k_base")
    assert (five.alias, five.retired, five.billing) == (False, None, None)
    (rate,) = five.periods
    assert isinstance(rate, Rate)
    assert rate.prices.write_1h == Decimal("4.00")
    assert (rate.start, rate.dated, rate.until, rate.edition) == (date(2026, 1, 1), True, None, 1)
    assert rate.note == "The price since January"
    assert (rate.source.via, rate.source.url, rate.source.checked) == (
        "a list",
        "https://example.org/list",
        date(2026, 11, 22),
    )
    (tier,) = rate.tiers
    assert (tier.above, tier.prices.input, tier.prices.output) == (200000, Decimal("4.00"), Decimal("15.00"))
    launch, gap, since = world.models["moved"].periods
    assert launch.until == date(2024, 8, 6)
    assert isinstance(gap, Gap)
    assert gap.why == "nobody wrote it down"
    assert isinstance(since, Rate)
    assert (since.dated, since.prices.cached) == (False, None)
    assert world.models["five:batch"].retired == date(2026, 12, 31)
    assert world.providers["host"].first_party is False


def test_no_price_is_ever_a_float(book: Book) -> None:
    for model in book.load().models.values():
        for period in model.periods:
            if isinstance(period, Rate):
                for listed in (period.prices, *(tier.prices for tier in period.tiers)):
                    for price in (listed.input, listed.output, listed.cached, listed.write, listed.write_1h):
                        assert price is None or isinstance(price, Decimal)


def test_workloads_are_read(book: Book) -> None:
    world = book.load()
    assert world.scenarios["chat"].usage == Usage(800, 300)
    assert (world.scenarios["chat"].requests, world.scenarios["chat"].about) == (1000, "A chat")
    assert world.scenarios["support"].shared == 5000
    typed = world.scenarios["typed"]
    assert (typed.usage, typed.input_text, typed.output_text) == (Usage(0, 10), "greeting", None)
    assert world.sets == {"pair": ("chat", "support")}
    assert world.texts["greeting"].text == "Good morning,\neverybody"


def test_contents_and_assessments_are_read(book: Book) -> None:
    world = book.load()
    assert world.contents.parts == {"part-one": "The first part"}
    first, second = world.contents.chapters["first"], world.contents.chapters["second"]
    assert (first.docname, second.docname) == ("book/01-first", None)  # a chapter exists when its file does
    assert (second.requires, second.helped_by) == (("first",), ("third",))
    assert world.objectives["first-explain"].seed == Seed("000", "assessment/1", "Distinguish")
    lesson = world.lessons["first"]
    assert [(mode.id, mode.minutes) for mode in lesson.modes] == [("chapter", 5), ("workshop", 15)]
    review = world.reviews["seen"]
    assert (review.external, review.stated, review.score) == (True, 87, 95)  # 100 − 3 − 2
    assert [gap.dimension for gap in review.gaps] == [Dimension.VARIATION, Dimension.AMOUNTS]
    assert (review.gaps[1].assessable, review.gaps[1].because) == (False, "It is drawn.")
    assert review.load[0].measured is None


@pytest.mark.parametrize(
    ("edition", "price", "chat_models"),
    [(1, Decimal("5.00"), 1), (2, Decimal("2.50"), 2), (3, Decimal("2.50"), 2), (9, Decimal("2.50"), 2)],
)
def test_rows_of_a_later_edition_are_invisible(
    book: Book, edition: int, price: Decimal | None, chat_models: int
) -> None:
    book.edit("book/data/edition.yaml", "edition: 3", f"edition: {edition}")
    world = book.load()
    last = world.models["moved"].periods[-1]
    assert (last.prices.input if isinstance(last, Rate) else None) == price
    assert len(world.population("maker", world.edition.as_of)) == chat_models


def test_a_model_whose_rows_are_all_later_is_not_there_yet(book: Book) -> None:
    book.edit(
        "book/data/prices/host.yaml",
        "        edition: 1",
        "        edition: 4",
    )
    assert "hosted" not in book.load().models
    book.edit("book/data/edition.yaml", "edition: 3", "edition: 4")
    assert "hosted" in book.load().models


def test_a_half_done_update_changes_nothing(book: Book) -> None:
    before = book.load()
    book.edit(
        "book/data/prices/maker.yaml",
        "        note: The price since January\n",
        "        note: The price since January\n"
        "      - from: 2026-11-01\n        input: 3.00\n        output: 12.00\n        edition: 4\n"
        "        source: {via: a list, url: https://example.org/list, checked: 2026-11-25}\n",
    )
    assert book.load() == before
    book.edit("book/data/edition.yaml", "edition: 3", "edition: 4")
    assert book.load().model("five").rate_on(date(2026, 11, 22)).prices.input == Decimal("3.00")


def test_a_missing_value_may_be_written_in_three_ways(book: Book) -> None:
    before = book.load()
    for nothing in ("", " ~", " null"):
        book.edit("book/data/prices/host.yaml", "    alias: false\n", f"    alias: false\n    context:{nothing}\n")
        assert book.load() == before
        book.edit("book/data/prices/host.yaml", f"    context:{nothing}\n", "")


def test_a_quoted_null_is_a_text(book: Book) -> None:
    book.edit("book/data/scenarios.yaml", "    about: A chat\n", '    about: "null"\n')
    assert book.load().scenarios["chat"].about == "null"


@pytest.mark.parametrize("value", ["no", "off", "12:30", "0x1F", "1_000", "2026-11-22", "1e3", "NaN", "010", ".5"])
def test_no_text_becomes_something_else(book: Book, value: str) -> None:
    book.edit("book/data/scenarios.yaml", "    about: A chat\n", f"    about: {value}\n")
    assert book.load().scenarios["chat"].about == value


def test_windows_line_ends_and_a_byte_order_mark_are_read(book: Book) -> None:
    before = book.load()
    for file in ("book/data/edition.yaml", "book/data/prices/maker.yaml", "assessments/reviews/seen.yaml"):
        path = book.root / file
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert book.load() == before


def test_other_files_are_left_alone(book: Book) -> None:
    before = book.load()
    book.write("book/data/prices/notes.txt", "no: [prices")
    book.write("book/data/prices/old.yaml.bak", "no: [prices")
    book.write("assessments/private/mine.yaml", "no: [prices")
    assert book.load() == before


def test_how_tokens_are_counted_may_be_given(book: Book) -> None:
    world = load_world(book.root, count=lambda text, _: len(text))
    assert world.tokens("greeting") == 23  # "Good morning," and "everybody" with a line break between


def test_what_is_loaded_is_frozen(book: Book) -> None:
    world = book.load()
    with pytest.raises(FrozenInstanceError):
        world.month = 31  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        world.models["five"].name = "Six"  # type: ignore[misc]


def test_a_documents_places_are_those_of_its_values(book: Book) -> None:
    document = read_source(book.root / "book/data/prices/maker.yaml", book.root)
    assert document.place(("models", "five", "rates", 0, "input"))[1:] == (12, 16)
    assert document.place(("models", "five", "rates", 0, "no such key"))[1:] == (11, 9)
    assert document.key_place(("models", "five", "rates", 0, "input"))[1:] == (12, 9)
    assert document.place(())[1:] == (1, 1)
