"""The real book: what an impact says, worked by hand, and before a build says it.

Each change is made in a copy of the book that was built once. The impact is asked for first; then the book is built on,
and the pages it reads again must be those that the impact names.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from tests.sphinx_ext.building import Book, real_book

from costbook.changes import Impact, impact
from costbook.load import load_world
from costbook.pages import read_pages
from costbook.sphinx_ext.domain import Stopped
from costbook.world import World

DATA = "book/data"
APPENDIX, CHAPTER, LESSON = (
    "book/appendices/price-book.md",
    "book/01-the-life-of-a-token.md",
    "assessments/lessons/the-life-of-a-token.yaml",
)


@dataclass(frozen=True)
class Warm:
    """The real book, built once, and its world."""

    book: Book
    world: World


@pytest.fixture(scope="module")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Warm:
    book = real_book(tmp_path_factory.mktemp("real"))
    assert book.build().warnings == ()
    return Warm(book, load_world(book.root))


@pytest.fixture
def book(warm: Warm, tmp_path: Path) -> Iterator[Book]:
    """The built book, whose sources are put back after the test."""
    shutil.copytree(warm.book.out, tmp_path / "out")
    shutil.copytree(warm.book.trees, tmp_path / "trees")
    mine = Book(warm.book.root, tmp_path / "out", tmp_path / "trees")
    yield mine
    mine.restore()


def change(book: Book, old: World) -> Impact:
    """What the sources as they are now move."""
    new = load_world(book.root)
    return impact(old, new, read_pages(book.root, new))


def line(book: Book, file: str, literal: str, nth: int = 1) -> int:
    """The line in which a literal stands, looked for in the file itself."""
    lines = (book.root / file).read_text(encoding="utf-8").splitlines()
    return [number for number, text in enumerate(lines, start=1) if literal in text][nth - 1]


def names(found: Impact) -> set[str]:
    return {name for name, entries in found.entries.items() if entries}


def test_the_edition_ten_days_later(book: Book, warm: Warm) -> None:
    """Gemini 4 Argon and its batch id double on 2026-12-01; nothing else costs anything else.

    $2 / $0.10 / $10 become $4 / $0.20 / $20, in the table of current models; $1 / $0.05 / $5 become $2 / $0.10 / $10 in
    that of other ways to be billed. The second table of current models says since when.
    """
    book.replace(f"{DATA}/edition.yaml", "as_of: 2026-11-22", "as_of: 2026-12-02")
    found = change(book, warm.world)
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
    assert [(one.place.line, one.asked, one.old, one.new) for one in found.words] == [
        (second, "since of gemini-4-argon", "known from 2026-11-22", "from 2026-12-01")
    ]
    # The texts that print the day, or rest on it, are listed apart, and no key, verdict or claim is among the rest.
    assert names(found) == {"figures", "words", "dates", "stale"}
    assert not found.stops
    dated = {(one.place.file, one.asked) for one in found.dates}
    assert {("index.md", "edition date"), (CHAPTER, "edition date"), (APPENDIX, "edition date")} <= dated
    assert ("index.md", "bill chat-reply on everyday") in dated
    assert not any("argon" in asked for _, asked in dated)
    assert [one.quiz for one in found.stale] == sorted(warm.world.quizzes)
    # The build, which knows nothing of this, reads the same pages again.
    assert set(book.build().read) == found.pages
    assert "book/glossary" not in found.pages


def test_the_same_as_two_days_of_one_world(warm: Warm) -> None:
    """Nothing has to be written to ask what a day would bring."""
    pages = read_pages(warm.book.root, warm.world)
    later = replace(warm.world, edition=replace(warm.world.edition, as_of=date(2026, 12, 2)))
    found = impact(warm.world, later, pages)
    assert len(found.figures) == 6
    eve = replace(warm.world, edition=replace(warm.world.edition, as_of=date(2026, 11, 30)))
    assert names(impact(warm.world, eve, pages)) == {"dates", "stale"}


def test_a_price_changed_by_hand(book: Book, warm: Warm) -> None:
    """DeepSeek V4 Pro: output $1.98 -> $2.00, input $0.66. Its ratio 3 becomes 2.00 / 0.66 = 3.03, 1 % more."""
    book.replace(f"{DATA}/prices/deepseek.yaml", "output: 1.98", "output: 2.00")
    found = change(book, warm.world)
    percent = Decimal("0.0101")
    expected = [
        (LESSON, line(book, LESSON, "{ratio}`deepseek-v4-pro`"), "ratio deepseek-v4-pro", "3×", "3.03×"),
        (CHAPTER, line(book, CHAPTER, "{ratio-table}"), "price output on deepseek-v4-pro", "$1.98", "$2.00"),
        (CHAPTER, line(book, CHAPTER, "{ratio-table}"), "ratio deepseek-v4-pro", "3×", "3.03×"),
        (CHAPTER, line(book, CHAPTER, "{ratio}`deepseek-v4-pro`"), "ratio deepseek-v4-pro", "3×", "3.03×"),
        (APPENDIX, line(book, APPENDIX, "{price-table} current"), "price output on deepseek-v4-pro", "$1.98", "$2.00"),
        (APPENDIX, line(book, APPENDIX, "{price-table} current"), "ratio deepseek-v4-pro", "3×", "3.03×"),
    ]
    assert [(one.place.file, one.place.line, one.asked, one.old, one.new) for one in found.figures] == expected
    assert {round(one.change, 4) for one in found.figures if one.change is not None} == {percent}
    # Keys, by hand: break-even 2,400 x 0.66 / 1.98 = 800 becomes 792; the ten tokens written cost 20 micro-dollars.
    keys = {(one.item, one.drawn): (one.old, one.new) for one in found.keys}
    assert keys["c1-break-even", "model deepseek-v4-pro, case 2400+150"] == ("800 tokens", "792 tokens")
    unit = "micro-dollars (millionths of a dollar)"
    assert keys["c1-true-meter", "model deepseek-v4-pro, case 6+10"] == (f"19.8 {unit}", f"20 {unit}")
    assert all("deepseek-v4-pro" in one.drawn for one in found.keys)
    assert not any(one.flips for one in found.keys)
    assert not found.stops
    assert set(book.build().read) == found.pages


def test_an_item_that_loses_its_variants(book: Book, warm: Warm) -> None:
    """Output $1.89: the margin of a chat reply, |528 - 567| / 567 = 6.9 %, is below the 10 % that an item requires."""
    book.replace(f"{DATA}/prices/deepseek.yaml", "output: 1.98", "output: 1.89")
    found = change(book, warm.world)
    (lost,) = found.lost
    assert (lost.item, lost.before, lost.now, lost.needed) == ("c1-output-by-far", 5, 4, 5)
    assert "margin chat-reply on deepseek-v4-pro is 6.9%" in lost.why
    assert found.stops
    with pytest.raises(Stopped):
        book.build()


def test_a_claim_that_breaks(book: Book, warm: Warm) -> None:
    """The everyday model at $9: its ratio is 4.5, and 1,500 in with 300 out are no tie any more (3,000 and 2,700)."""
    path = f"{DATA}/prices/openai.yaml"
    text = (book.root / path).read_text(encoding="utf-8")
    head, model, rest = text.partition("\n  gpt-6.1-sol:\n")
    assert "output: 10.00" in rest.partition("\n\n")[0]
    book.write(path, head + model + rest.replace("output: 10.00", "output: 9.00", 1))
    found = change(book, warm.world)
    (claim,) = found.claims
    assert (claim.place.file, claim.place.line) == (CHAPTER, line(book, CHAPTER, "side 1500+300 on everyday is equal"))
    assert claim.found == "side 1500+300 on everyday is input"
    with pytest.raises(Stopped):
        book.build()


def test_a_house_model_retired_by_one_line(book: Book, warm: Warm) -> None:
    """Another everyday model that costs $2 and $10 too: its name moves, every working that says it, and no figure."""
    book.replace(f"{DATA}/edition.yaml", "everyday: gpt-6.1-sol", "everyday: claude-sonnet-5-5")
    found = change(book, warm.world)
    assert {(one.asked, one.old, one.new) for one in found.words if one.asked == "name everyday"} == {
        ("name everyday", "GPT-6.1 Sol", "Claude Sonnet 5.5")
    }
    assert found.figures == ()
    assert found.workings
    assert not found.stops
    assert set(book.build().read) == found.pages


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (f"{DATA}/prices/cohere.yaml", "    name: Command A\n", "    name: Command B\n"),
        (f"{DATA}/prices/cohere.yaml", "    name: Command A\n", "    name: Command A\n    retired: 2026-11-01\n"),
        (f"{DATA}/scenarios.yaml", "usage: {input: 800, output: 300}", "usage: {input: 800, output: 310}"),
        (f"{DATA}/edition.yaml", "edition: 1\n", "edition: 2\n"),
        (f"{DATA}/edition.yaml", "small: gpt-6-luna", "small: gemini-3.8-flash"),
        ("assessments/misconceptions.yaml", "did: ", "did: To say it again, "),
        ("assessments/objectives.yaml", "Given", "Now given"),
    ],
    ids=["name", "retired", "scenario", "serial", "role", "misconception", "objective"],
)
def test_the_build_reads_again_what_the_impact_names(book: Book, warm: Warm, file: str, old: str, new: str) -> None:
    text = (book.root / file).read_text(encoding="utf-8")
    assert old in text
    book.write(file, text.replace(old, new, 1))
    found = change(book, warm.world)
    assert not found.stops
    assert set(book.build().read) == found.pages


def test_nothing_changed(warm: Warm) -> None:
    again = load_world(warm.book.root)
    assert impact(warm.world, again, read_pages(warm.book.root, again)).empty
