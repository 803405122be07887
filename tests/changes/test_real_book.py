"""The real book: what an impact says, worked by hand, and before a build says it.

Numbers are worked on the prices of the first edition, whatever the providers charge since. What a build reads again is
tried on the book as it is: each change is made in a copy that was built once, the impact is asked for, the book is
built on, and the pages it reads again must be those that the impact names.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from tests.editions import turn_back
from tests.price_files import PriceFiles
from tests.sphinx_ext.building import Book, real_book

from costbook.changes import Impact, impact
from costbook.load import DataErrors, load_world
from costbook.pages import read_pages
from costbook.sphinx_ext.domain import Stopped
from costbook.world import World

DATA = "book/data"
APPENDIX, CHAPTER, LESSON, EDITIONS = (
    "book/appendices/price-book.md",
    "book/01-the-life-of-a-token.md",
    "assessments/lessons/the-life-of-a-token.yaml",
    "book/editions.md",
)
HISTORY = "rates output on deepseek-v4-pro from 2026-08-17"


@dataclass(frozen=True)
class Warm:
    """The real book, built once, and its world."""

    book: Book
    world: World


@pytest.fixture(scope="module")
def warm(built_book: Book) -> Warm:
    return Warm(built_book, load_world(built_book.root))


@pytest.fixture
def book(warm: Warm, tmp_path: Path) -> Iterator[Book]:
    """The built book, whose sources are put back after the test."""
    shutil.copytree(warm.book.out, tmp_path / "out")
    shutil.copytree(warm.book.trees, tmp_path / "trees")
    mine = Book(warm.book.root, tmp_path / "out", tmp_path / "trees")
    yield mine
    mine.restore()


@dataclass(frozen=True)
class First:
    """The real book with the prices of its first edition, and its world."""

    book: Book
    world: World


@pytest.fixture(scope="module")
def turned_back(tmp_path_factory: pytest.TempPathFactory) -> First:
    book = real_book(tmp_path_factory.mktemp("first"))
    turn_back(book.root)
    return First(book, load_world(book.root, texts_asked=False))


@pytest.fixture
def first(turned_back: First) -> Iterator[First]:
    """The first edition, whose sources are put back after the test."""
    yield turned_back
    turned_back.book.restore()


def change(book: Book, old: World) -> Impact:
    """What the sources as they are now move."""
    new = load_world(book.root, texts_asked=False)
    return impact(old, new, read_pages(book.root, new))


def line(book: Book, file: str, literal: str, nth: int = 1) -> int:
    """The line in which a literal stands, looked for in the file itself."""
    lines = (book.root / file).read_text(encoding="utf-8").splitlines()
    return [number for number, text in enumerate(lines, start=1) if literal in text][nth - 1]


def names(found: Impact) -> set[str]:
    return {name for name, entries in found.entries.items() if entries}


# --- numbers, on the first edition ------------------------------------------------------------------------------------


def test_the_edition_ten_days_later(first: First) -> None:
    """Gemini 4 Argon and its batch id double on 2026-12-01; nothing else costs anything else.

    $2 / $0.10 / $10 become $4 / $0.20 / $20, in the table of current models; $1 / $0.05 / $5 become $2 / $0.10 / $10 in
    that of other ways to be billed. The second table of current models says since when.
    """
    book = first.book
    book.replace(f"{DATA}/edition.yaml", "as_of: 2026-11-22", "as_of: 2026-12-02")
    found = change(book, first.world)
    current, others = line(book, APPENDIX, "```{price-table} current"), line(book, APPENDIX, "{price-table} variants")
    said = [(one.place.file, one.place.line, one.asked, one.old, one.new, one.change) for one in found.figures]
    double = Decimal(1)
    assert said == [
        (APPENDIX, current, "price input on gemini-4-argon", "$2.00", "$4.00", double),
        (APPENDIX, current, "price cached on gemini-4-argon", "$0.10", "$0.20", double),
        (APPENDIX, current, "price output on gemini-4-argon", "$10.00", "$20.00", double),
        (APPENDIX, others, "price input on gemini-4-argon:batch", "$1.00", "$2.00", double),
        (APPENDIX, others, "price cached on gemini-4-argon:batch", "$0.05", "$0.10", double),
        (APPENDIX, others, "price output on gemini-4-argon:batch", "$5.00", "$10.00", double),
    ]
    second = line(book, APPENDIX, "```{price-table} current", 2)
    coming = "from 2026-12-01 (scheduled)", "from 2026-12-01"
    assert [(one.asked, one.old, one.new) for one in found.words if one.place.line != second] == [
        ("ahead", "2026-12-01: 6 prices, 2027-01-01: 6 prices", "2027-01-01: 6 prices"),
        ("days of rates input on gemini-4-argon from 2026-12-01", *coming),
        ("days of rates output on gemini-4-argon from 2026-12-01", *coming),
    ]
    assert [(one.place.file, one.asked, one.old, one.new) for one in found.words if one.place.line == second] == [
        (APPENDIX, "since of gemini-4-argon", "known from 2026-11-22", "from 2026-12-01")
    ]
    # The texts that print the day, or rest on it, are listed apart, and no key, verdict or claim is among the rest.
    assert names(found) == {"figures", "words", "dates", "stale"}
    assert not found.stops
    dated = {(one.place.file, one.asked) for one in found.dates}
    assert {("index.md", "edition date"), (CHAPTER, "edition date"), (APPENDIX, "edition date")} <= dated
    assert ("index.md", "bill chat-reply on everyday") in dated
    assert not any("argon" in asked for _, asked in dated)
    assert [one.quiz for one in found.stale] == sorted(first.world.quizzes)
    assert "book/glossary" not in found.pages


def test_the_same_as_two_days_of_one_world(first: First) -> None:
    """Nothing has to be written to ask what a day would bring."""
    old = first.world
    pages = read_pages(first.book.root, old)
    later = replace(old, edition=replace(old.edition, as_of=date(2026, 12, 2)))
    found = impact(old, later, pages)
    assert len(found.figures) == 6
    eve = replace(old, edition=replace(old.edition, as_of=date(2026, 11, 30)))
    before = impact(old, eve, pages)
    assert names(before) - {"words"} == {"dates", "stale"}
    assert {one.place.file for one in before.words} <= {EDITIONS}  # how the days ahead are told


def test_a_price_changed_by_hand(first: First) -> None:
    """DeepSeek V4 Pro: output $1.98 -> $2.00, input $0.66. Its ratio 3 becomes 2.00 / 0.66 = 3.03, 1 % more.

    Four pages are compared line by line. Of every other page: what moves there is of this model, and of no other.
    """
    book = first.book
    book.replace(f"{DATA}/prices/deepseek.yaml", "output: 1.98", "output: 2.00")
    found = change(book, first.world)
    percent = Decimal("0.0101")
    expected = [
        (LESSON, line(book, LESSON, "{ratio}`deepseek-v4-pro`"), "ratio deepseek-v4-pro", "3×", "3.03×"),
        (CHAPTER, line(book, CHAPTER, "{ratio-table}"), "price output on deepseek-v4-pro", "$1.98", "$2.00"),
        (CHAPTER, line(book, CHAPTER, "{ratio-table}"), "ratio deepseek-v4-pro", "3×", "3.03×"),
        (CHAPTER, line(book, CHAPTER, "{ratio}`deepseek-v4-pro`"), "ratio deepseek-v4-pro", "3×", "3.03×"),
        (APPENDIX, line(book, APPENDIX, "{price-table} current"), "price output on deepseek-v4-pro", "$1.98", "$2.00"),
        (APPENDIX, line(book, APPENDIX, "{price-table} current"), "ratio deepseek-v4-pro", "3×", "3.03×"),
        (EDITIONS, line(book, EDITIONS, "{provider-history} deepseek"), HISTORY, "$1.98", "$2.00"),
    ]
    worked = [one for one in found.figures if one.place.file in {LESSON, CHAPTER, APPENDIX, EDITIONS}]
    assert [(one.place.file, one.place.line, one.asked, one.old, one.new) for one in worked] == expected
    assert {round(one.change, 4) for one in worked if one.change is not None} == {percent}
    assert [one.asked for one in found.figures if "deepseek-v4-pro" not in one.asked] == []
    ratios = {(one.old, one.new) for one in found.figures if one.asked.startswith("ratio")}
    assert ratios == {("3×", "3.03×")}
    # Keys, by hand: break-even 2,400 x 0.66 / 1.98 = 800 becomes 792; the ten tokens written cost 20 micro-dollars.
    keys = {(one.item, one.drawn): (one.old, one.new) for one in found.keys}
    assert keys["c1-break-even", "model deepseek-v4-pro, case 2400+150"] == ("800 tokens", "792 tokens")
    unit = "micro-dollars (millionths of a dollar)"
    assert keys["c1-true-meter", "model deepseek-v4-pro, case 6+10"] == (f"19.8 {unit}", f"20 {unit}")
    assert all("deepseek-v4-pro" in one.drawn for one in found.keys)
    assert not any(one.flips for one in found.keys)
    assert not found.stops


def test_an_item_that_loses_its_variants(first: First) -> None:
    """Output $1.89: the margin of a chat reply, |528 - 567| / 567 = 6.9 %, is below the 10 % that an item requires."""
    first.book.replace(f"{DATA}/prices/deepseek.yaml", "output: 1.98", "output: 1.89")
    found = change(first.book, first.world)
    (lost,) = found.lost
    assert (lost.item, lost.before, lost.now, lost.needed) == ("c1-output-by-far", 5, 4, 5)
    assert "margin chat-reply on deepseek-v4-pro is 6.9%" in lost.why
    assert found.stops


def test_a_claim_that_breaks(first: First) -> None:
    """The everyday model at $2 and $100: 200 output tokens weigh 10,000, and 4,000 in are the smaller side."""
    append(first.book, first.world, "gpt-6.1-sol", "2.00", "100.00")
    found = change(first.book, first.world)
    claims = {claim.place.line: claim.found for claim in found.claims if claim.place.file == CHAPTER}
    assert claims[line(first.book, CHAPTER, "{claim} side rag is input")] == "side rag on everyday is output"
    assert line(first.book, CHAPTER, "{claim} side code is output") not in claims
    assert found.stops


def test_a_role_goes_to_another_model_by_one_line(first: First) -> None:
    """Another everyday model that costs $2 and $10 too: its name moves, every working that says it, and no figure.

    Where a table of prices has a row of the role, one row goes and another comes.
    """
    first.book.replace(f"{DATA}/edition.yaml", "everyday: gpt-6.1-sol", "everyday: claude-sonnet-5-5")
    found = change(first.book, first.world)
    assert {(one.asked, one.old, one.new) for one in found.words if one.asked == "name everyday"} == {
        ("name everyday", "GPT-6.1 Sol", "Claude Sonnet 5.5")
    }
    assert [one for one in found.figures if one.by != "price-table"] == []
    rates = {"input": "$2.00", "cached": "$0.10", "write": "$2.50", "output": "$10.00"}
    went = {(f"price {kind} on gpt-6.1-sol", rate, "none") for kind, rate in rates.items()}
    came = {(f"price {kind} on claude-sonnet-5-5", "none", rate) for kind, rate in rates.items()}
    assert {(one.asked, one.old, one.new) for one in found.figures} == went | came
    assert found.workings
    assert not found.stops


def test_a_role_goes_to_a_dearer_model(first: First) -> None:
    """From $2 and $10 to $4 and $20: what follows the role costs twice as much, and no share, ratio or verdict moves.

    A chat reply of 800 and 300 tokens cost 1,600 + 3,000 millionths, and costs 3,200 + 6,000.
    """
    first.book.replace(f"{DATA}/edition.yaml", "everyday: gpt-6.1-sol", "everyday: claude-opus-5-5")
    found = change(first.book, first.world)
    said = {(one.asked, one.old, one.new) for one in found.figures if one.place.file == "index.md"}
    assert ("bill chat-reply on everyday", "$0.00460", "$0.00920") in said
    assert {one.change for one in found.figures if one.asked.startswith(("bill", "daily", "monthly"))} == {Decimal(1)}
    assert not [one.asked for one in found.figures if one.asked.startswith(("ratio", "share", "side", "weight"))]
    assert (found.flips, found.claims) == ((), ())


# --- what a build reads again, on the book as it is -------------------------------------------------------------------


def append(book: Book, world: World, model: str, read: str, written: str) -> None:
    """Append a row to a model and raise the edition, as an author does by hand."""
    name, serial = f"{DATA}/prices/{world.models[model].provider}.yaml", world.edition.serial
    text = (book.root / name).read_text(encoding="utf-8")
    block = re.search(rf"^  {re.escape(model)}:\n(?:(?:   .*)?\n)*", text, re.MULTILINE)
    assert block is not None
    source = "source: {via: a list, url: https://example.org/list, checked: 2026-11-22}"
    row = f"- {{known_from: {world.edition.as_of}, input: {read}, output: {written}, edition: {serial + 1}, {source}}}"
    book.write(name, text.replace(block[0], f"{block[0].rstrip()}\n      {row}\n\n"))
    book.replace(f"{DATA}/edition.yaml", f"\nedition: {serial}\n", f"\nedition: {serial + 1}\n")


def a_day_later(book: Book, world: World) -> None:
    as_of = world.edition.as_of
    book.replace(f"{DATA}/edition.yaml", f"\nas_of: {as_of}\n", f"\nas_of: {as_of + timedelta(1)}\n")


def another_serial(book: Book, world: World) -> None:
    serial = world.edition.serial
    book.replace(f"{DATA}/edition.yaml", f"\nedition: {serial}\n", f"\nedition: {serial + 1}\n")


def another_price(book: Book, world: World) -> None:
    """A cent more for a million output tokens of a model whose ratio stands in chapter 1."""
    read, written = PriceFiles(book.root).of("deepseek-v4-pro")
    append(book, world, "deepseek-v4-pro", f"{read}", f"{written + Decimal('0.01')}")


def another_role(book: Book, world: World) -> None:
    """Another frontier model, whose ratio is 5 too."""
    frontier = world.edition.houses["frontier"]
    book.give_role("frontier", next(one for one in ("claude-sonnet-5-5", "claude-opus-5-5") if one != frontier))


def replaced(file: str, old: str, new: str) -> Callable[[Book, World], None]:
    def change(book: Book, _world: World) -> None:
        text = (book.root / file).read_text(encoding="utf-8")
        assert old in text
        book.write(file, text.replace(old, new, 1))

    return change


CHANGES = {
    "name": replaced(f"{DATA}/prices/cohere.yaml", "    name: Command A\n", "    name: Command B\n"),
    "retired": replaced(
        f"{DATA}/prices/cohere.yaml", "    name: Command A\n", "    name: Command A\n    retired: 2026-11-01\n"
    ),
    "scenario": replaced(
        f"{DATA}/scenarios.yaml", "usage: {input: 800, output: 300}", "usage: {input: 800, output: 310}"
    ),
    "day": a_day_later,
    "serial": another_serial,
    "price": another_price,
    "role": another_role,
    "misconception": replaced("assessments/misconceptions.yaml", "did: ", "did: To say it again, "),
    "objective": replaced("assessments/objectives.yaml", "Given", "Now given"),
}


# A build takes as long as the book is: always a change that moves amounts and one of words, all in `make test-slow`.
ALWAYS = {"price", "misconception"}


@pytest.mark.parametrize(
    "make",
    [pytest.param(make, id=name, marks=() if name in ALWAYS else pytest.mark.slow) for name, make in CHANGES.items()],
)
def test_the_build_reads_again_what_the_impact_names(
    book: Book, warm: Warm, make: Callable[[Book, World], None]
) -> None:
    make(book, warm.world)
    found = change(book, warm.world)
    assert not found.stops
    assert set(book.build().read) == found.pages
    assert found.pages


def test_a_build_stops_where_the_impact_says_so(book: Book, warm: Warm) -> None:
    everyday = warm.world.edition.houses["everyday"]
    append(book, warm.world, everyday, "0.01", "100.00")
    assert change(book, warm.world).stops
    with pytest.raises(Stopped):
        book.build()


def test_a_house_model_that_is_retired(book: Book, warm: Warm) -> None:
    """One line in its price file: the build says which role needs another model, and where."""
    everyday, as_of = warm.world.edition.houses["everyday"], warm.world.edition.as_of
    name = f"{DATA}/prices/{warm.world.models[everyday].provider}.yaml"
    book.replace(name, f"\n  {everyday}:\n", f"\n  {everyday}:\n    retired: {as_of}\n")
    assert change(book, warm.world).stops
    with pytest.raises(DataErrors) as raised:
        load_world(book.root)
    problems = [one for one in str(raised.value).splitlines() if one.startswith(f"{DATA}/edition.yaml:")]
    where = line(book, f"{DATA}/edition.yaml", "houses:")
    said = f"{everyday!r} was retired on {as_of}, and the book is priced at {as_of}; the role 'everyday' needs another"
    assert problems[0].startswith(f"{DATA}/edition.yaml:{where}:")
    assert problems[0].endswith(f" {said} model")
    ran = book.run("-q")
    assert ran.code != 0
    assert f"book/data/edition.yaml:{where}:" in ran.complained
    assert said in ran.complained
    assert "Traceback" not in ran.complained


def test_nothing_changed(warm: Warm) -> None:
    again = load_world(warm.book.root)
    assert impact(warm.world, again, read_pages(warm.book.root, again)).empty
