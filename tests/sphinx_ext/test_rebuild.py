"""Exact rebuild of the real book: a change reads again the pages that print another answer, and no other page.

The pages expected are found by scanning the sources (``scan.py``); what is on them is compared, byte for byte, with a
book built from scratch. That takes as long as the book is: always for one change, for the others in `make test-slow`.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from tests.editions import forget_past
from tests.sphinx_ext.building import Book, Built, files, real_book
from tests.sphinx_ext.scan import Asked, Sources

from costbook.sphinx_ext.domain import Stopped

DATA = "book/data"
APPENDIX = "book/appendices/price-book"
CHAPTER = "book/01-the-life-of-a-token"
EDITIONS = "book/editions"
SIDES = "book/03-reading-the-bill"
"""Where *Who dominates the bill?* stands, which asks for the practice scenarios."""
LESSON = "assessments/lessons/the-life-of-a-token"
REVIEW = "assessments/reviews/token-lifecycle"
CHECK, PRACTICE, AUTOPSY = QUIZZES = (
    "assessments/quizzes/the-life-of-a-token-check",
    "assessments/quizzes/the-life-of-a-token-practice",
    "assessments/quizzes/bill-autopsy",
)
OBJECTIVES, RUBRICS = "book/teach/objectives", "book/teach/rubrics"
MISCONCEPTIONS = "assessments/misconceptions.yaml"
RUBRIC_WORDS = "Names the operations"
SEARCH = "searchindex.js"


@dataclass(frozen=True)
class Warm:
    """The real book, built once; each test continues from copies of what that build wrote."""

    book: Book

    def in_folder(self, folder: Path) -> Book:
        """The same sources with output and doctrees of a test's own."""
        shutil.copytree(self.book.out, folder / "out")
        shutil.copytree(self.book.trees, folder / "trees")
        return Book(self.book.root, folder / "out", folder / "trees")


@pytest.fixture(scope="module")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Warm:
    book = real_book(tmp_path_factory.mktemp("real"))
    forget_past(book.root)
    first = book.build()
    assert first.warnings == ()
    assert set(first.read) == set(Sources(book.root).pages)
    return Warm(book)


@pytest.fixture
def book(warm: Warm, tmp_path: Path) -> Iterator[Book]:
    """The built book, whose sources are put back after the test."""
    mine = warm.in_folder(tmp_path)
    yield mine
    mine.restore()


def model_block(book: Book, model: str) -> tuple[str, str]:
    """The price file of a model, and the model's lines in it."""
    name = f"{DATA}/prices/{Sources(book.root).models[model]['provider']}.yaml"
    text = (book.root / name).read_text(encoding="utf-8")
    found = re.search(rf"^  {re.escape(model)}:\n(?:(?:   .*)?\n)*", text, re.MULTILINE)
    assert found is not None
    return name, found[0]


def scale(book: Book, model: str, factor: str = "1.5") -> None:
    """Multiply the prices of a model's last row; side, share and ratio stay as they are, so every claim holds."""
    name, block = model_block(book, model)
    head, dash, row = block.rpartition("\n      - ")
    price = re.compile(r"(?<=: )\d+\.\d+(?=[,}\n])")
    row = price.sub(lambda found: f"{Decimal(found[0]) * Decimal(factor):.6f}", row)
    assert row not in block
    book.replace(name, block, head + dash + row)


def differing(one: Path, other: Path) -> set[str]:
    """Names of the files that two outputs do not have alike, byte for byte."""
    left, right = written(one), written(other)
    return {name for name in left.keys() | right.keys() if left.get(name) != right.get(name)}


def written(out: Path) -> dict[str, object]:
    """The files of an output; of the search index only what Sphinx carries over from build to build as it was.

    Whatever its extensions do, Sphinx loses the index entries (here: glossary terms) of every page that it does not
    read again, and keeps a word that no page has any more, with an empty list of pages.
    """
    found: dict[str, object] = {**files(out)}
    text = (out / SEARCH).read_text(encoding="utf-8")
    index = json.loads(text.partition("(")[2].rpartition(")")[0])
    del index["indexentries"]
    for words in ("terms", "titleterms"):
        index[words] = {word: pages for word, pages in index[words].items() if pages != []}
    found[SEARCH] = index
    return found


def reads_and_writes(book: Book, tmp_path: Path, expected: set[str]) -> Built:
    """Build on, and compare what was read with what was expected, and what was written with a build from scratch."""
    built = book.build()
    assert set(built.read) == expected
    cold = book.cold(tmp_path)
    assert built.warnings == cold.warnings
    assert differing(built.out, cold.out) == set()
    return built


def test_nothing_changed(book: Book, warm: Warm) -> None:
    built = book.build()
    assert built.read == ()
    assert differing(built.out, warm.book.out) == set()


def test_data_files_only_touched(book: Book) -> None:
    for path in sorted((book.root / DATA).rglob("*.yaml")):
        book.touch(str(path.relative_to(book.root)))
    book.touch("assessments/objectives.yaml")
    assert book.build().read == ()


def test_changes_that_no_page_prints(book: Book, warm: Warm) -> None:
    """Comments and spaces, a text that is not named, a role that is not named, a scenario that is not printed."""
    sources = Sources(book.root)
    assert sources.with_role("seed") == set()
    assert sources.with_scenario("rag-cached") == set()  # a claim names it, for its side alone
    book.give_role("seed", "claude-sonnet-4-6")
    unnamed = "  unnamed:\n    text: Three lamps.\n    note: Two words.\n    source: written for this test\n"
    book.replace(f"{DATA}/texts.yaml", "\ntexts:\n", f"\ntexts:\n{unnamed}")
    usage = "    usage: {input: 0, cached: 4000, output: 200}\n    requests: "
    book.replace(f"{DATA}/scenarios.yaml", f"{usage}1000\n", f"{usage}2000\n")
    _, block = model_block(book, "gpt-4o")
    spaced = re.sub(r"^( +input:) ([\d.]+)$", r"\1     \2   # as listed", block, flags=re.MULTILINE)
    assert spaced != block
    book.replace(f"{DATA}/prices/openai.yaml", block, spaced)
    names = [f"{DATA}/{name}.yaml" for name in ("edition", "scenarios", "texts", "contents", "prices/openai")]
    for name in [*names, "assessments/objectives.yaml"]:
        text = (book.root / name).read_text(encoding="utf-8")
        book.write(name, f"# A comment, and an empty line.\n\n{text}\n# Another, at the end.\n")
    built = book.build()
    assert built.read == ()
    # Of the roles a script knows, which offers their models first.
    assert differing(built.out, warm.book.out) == {"_static/costbook-prices.js"}


def test_price_of_a_used_model(book: Book, tmp_path: Path) -> None:
    sources = Sources(book.root)
    expected = sources.with_price_of(sources.model_id("everyday"))
    assert {"index", CHAPTER, LESSON, APPENDIX} <= expected
    assert REVIEW not in expected
    scale(book, sources.model_id("everyday"))
    reads_and_writes(book, tmp_path, expected)


@pytest.mark.slow
def test_price_of_a_model_that_only_lists_of_prices_have(book: Book) -> None:
    sources, lists = Sources(book.root), {APPENDIX, EDITIONS}
    only = [model for model in sorted(sources.members("current")) if sources.with_price_of(model) == lists]
    scale(book, only[0])
    assert set(book.build().read) == lists


@pytest.mark.slow
def test_price_that_comes_back(book: Book, warm: Warm) -> None:
    everyday = Sources(book.root).model_id("everyday")
    scale(book, everyday)
    changed = book.build()
    book.restore()
    assert set(book.build().read) == set(changed.read)
    assert differing(book.out, warm.book.out) == set()


@pytest.mark.slow
def test_model_added(book: Book, tmp_path: Path) -> None:
    name, block = model_block(book, "claude-sonnet-4-6")
    added = block.replace("claude-sonnet-4-6", "claude-added-1").replace("Claude Sonnet 4.6", "Claude Added")
    book.replace(name, block, block + added)
    expected = Sources(book.root).with_population("claude-added-1")
    assert APPENDIX in expected
    built = reads_and_writes(book, tmp_path, expected)
    assert "Claude Added" in built.page(APPENDIX)


@pytest.mark.slow
def test_model_removed(book: Book, tmp_path: Path) -> None:
    removed = "grok-4.5"  # here named in two charts of the appendix; no claim and no quiz names it
    book.replace(f"{APPENDIX}.md", ":on: gpt-4o claude-sonnet-4-6 gemini-2.5-pro", f":on: gpt-4o {removed}", times=2)
    book.build()
    expected = Sources(book.root).with_price_of(removed)
    name, block = model_block(book, removed)
    book.replace(name, block, "")
    first = book.build()
    assert set(first.read) == expected
    source = (book.root / f"{APPENDIX}.md").read_text(encoding="utf-8").splitlines()
    named = [(row, line.index(removed) + 1) for row, line in enumerate(source, 1) if removed in line]
    assert len(named) == 2
    for (row, column), warning in zip(named, first.warnings, strict=True):
        assert warning.startswith(f"{book.root / APPENDIX}.md:{row}:{column}: WARNING: unknown model '{removed}'; ")
        assert warning.endswith("[costbook.question]")
    second = reads_and_writes(book, tmp_path, {APPENDIX})  # what was wrong is still wrong, and is said again
    assert second.warnings == first.warnings
    book.replace(name, "\nmodels:\n", f"\nmodels:\n{block}")
    back = book.build()
    assert set(back.read) == expected
    assert back.warnings == ()


@pytest.mark.slow
def test_scenario_changed(book: Book, tmp_path: Path) -> None:
    expected = Sources(book.root).with_scenario("code") | {SIDES}
    assert {CHAPTER, LESSON, PRACTICE} <= expected
    assert CHECK not in expected
    book.replace(f"{DATA}/scenarios.yaml", "usage: {input: 200, output: 1500}", "usage: {input: 200, output: 1600}")
    built = reads_and_writes(book, tmp_path, expected)
    assert "1,600" in built.page(CHAPTER)


@pytest.mark.slow
def test_scenario_that_leaves_a_set(book: Book) -> None:
    book.replace(f"{DATA}/scenarios.yaml", "classifier, summary, rag,", "classifier, rag,")
    assert set(book.build().read) == {CHAPTER, SIDES}


def test_review_changed(book: Book) -> None:
    book.replace(f"{REVIEW}.yaml", "title: Direction", "title: Direction of reading")
    built = book.build()
    assert built.read == (REVIEW,)
    assert "Direction of reading" in built.page(REVIEW)


def test_minutes_of_a_lesson(book: Book) -> None:
    """They stand in the plan, in the box that opens the chapter, and in the paths of the landing page."""
    book.replace(
        f"{LESSON}.yaml",
        "minutes: 5\n    do: >-\n      One person plays",
        "minutes: 7\n    do: >-\n      One person plays",
    )
    book.replace(f"{LESSON}.yaml", "    minutes: 15\n", "    minutes: 17\n")
    book.replace(f"{LESSON}.yaml", "    minutes: 25\n", "    minutes: 27\n")
    built = book.build()
    assert set(built.read) == {LESSON, CHAPTER, "index"}
    assert "<strong>Minutes</strong> 17" in built.page(CHAPTER)


def test_objective_changed(book: Book) -> None:
    quizzes = Sources(book.root).with_entry("objective", "c1-interpret-streaming")
    assert {CHECK, PRACTICE} <= quizzes
    book.replace("assessments/objectives.yaml", "Interpret a streamed reply", "Interpret a reply that is streamed")
    assert set(book.build().read) == {LESSON, CHAPTER, OBJECTIVES, *quizzes}


@pytest.mark.slow
def test_misconception_changed(book: Book, tmp_path: Path) -> None:
    """Its words stand in the feedback of the quizzes that compute it, and nowhere else."""
    expected = Sources(book.root).with_computed("swapped-rates")
    assert expected
    assert all(page.startswith("assessments/quizzes/") for page in expected)
    book.replace(
        MISCONCEPTIONS, "You priced what is read at the output price", "You took the output price for what is read"
    )
    built = reads_and_writes(book, tmp_path, expected)
    assert all("You took the output price" in built.page(page) for page in expected)


def test_misconception_that_no_quiz_names(book: Book) -> None:
    assert Sources(book.root).with_entry("misconception", "write-premium-missed") == set()
    book.replace(MISCONCEPTIONS, "You stored the prompt at the plain input price", "You stored it for the plain price")
    assert book.build().read == ()


@pytest.mark.slow
def test_rubric_changed(book: Book, tmp_path: Path) -> None:
    expected = Sources(book.root).with_entry("rubric", "lifecycle-explanation")
    assert expected == {PRACTICE}
    book.replace("assessments/rubrics/lifecycle-explanation.yaml", RUBRIC_WORDS, "Names the four operations")
    built = reads_and_writes(book, tmp_path, {*expected, RUBRICS})
    assert "Names the four operations" in built.page(PRACTICE)


@pytest.mark.slow
def test_price_that_only_quizzes_ask_for(book: Book, tmp_path: Path) -> None:
    """Of the pages besides the price book, exactly the quizzes whose pools hold the model."""
    expected = Sources(book.root).with_price_of("gpt-5.5")
    assert expected & set(QUIZZES)
    assert CHAPTER not in expected
    scale(book, "gpt-5.5")
    reads_and_writes(book, tmp_path, expected)


@pytest.mark.slow
def test_day_on_which_a_price_was_checked(book: Book) -> None:
    """Printed in the price book and in the working of pages; no quiz prints it."""
    name, block = model_block(book, "gpt-5.5")
    assert "checked: 2026-11-22" in block
    book.replace(name, block, block.replace("checked: 2026-11-22", "checked: 2026-11-21"))
    assert not set(book.build().read) & set(QUIZZES)


def test_item_that_loses_its_variants_stops_the_build(book: Book) -> None:
    """In a build that continues another, before a page is written, at the item's place with the commonest reason."""
    before = files(book.out)
    book.replace(f"{PRACTICE}.yaml", "- side 1000+900 on $model is output", "- side 1000+900 on $model is input")
    with pytest.raises(Stopped):
        book.build()
    assert files(book.out) == before
    book.restore()
    assert book.build().read == (PRACTICE,)


@pytest.mark.slow
def test_price_that_takes_variants_away_stops_the_build(book: Book) -> None:
    """Output for next to nothing: each key is among its mistakes.

    Of models that no claim names, for a claim of a page that is kept stops a build before it reads a quiz.
    """
    before = files(book.out)
    for model in ("gpt-5.5", "mistral-large-4", "grok-4.7"):
        file, lines = model_block(book, model)
        book.replace(file, lines, re.sub(r"output: [\d.]+", "output: 0.10", lines))
    ran = book.run()
    assert ran.code == 2
    assert re.search(
        r"assessments/quizzes/[a-z-]+\.yaml:\d+:\d+: ERROR: item '[a-z0-9-]+': \d+ of \d+ variants keep", ran.complained
    )
    assert "Traceback" not in ran.complained
    assert files(book.out) == before


@pytest.mark.slow
def test_edition_moves_by_a_day(book: Book, tmp_path: Path) -> None:
    sources = Sources(book.root)
    expected = sources.with_prices()
    assert REVIEW not in expected
    day = sources.edition["as_of"]
    book.replace(f"{DATA}/edition.yaml", f"as_of: {day}", f"as_of: {day + timedelta(days=1)}")
    built = reads_and_writes(book, tmp_path, expected)
    assert f"Prices of {day + timedelta(days=1)}" in built.page("index")


@pytest.mark.slow
def test_serial_of_the_edition(book: Book) -> None:
    sources = Sources(book.root)
    asked = {page: set(sources.asked(page)) for page in sources.pages}
    # The stamp of a page with prices names it too.
    serial_asked = Asked("edition", "serial")
    pages = {page for page, found in asked.items() if serial_asked in found or any(one.priced for one in found)}
    serial = sources.edition["edition"]
    book.replace(f"{DATA}/edition.yaml", f"edition: {serial}\n", f"edition: {serial + 1}\n")
    assert set(book.build().read) == pages


@pytest.mark.slow
def test_house_model_reassigned(book: Book, tmp_path: Path) -> None:
    """Another model with the same prices takes the role over, so that the chapter's claims hold."""
    sources = Sources(book.root)
    old = sources.model_id("everyday")
    name, block = model_block(book, old)
    twin = block.replace(f"  {old}:\n", "  twin-1:\n").replace(
        f"name: {sources.models[old]['name']}\n", "name: The Twin\n"
    )
    book.replace(name, block, f"{block.rstrip()}\n\n{twin}")
    book.build()
    expected = Sources(book.root).with_role("everyday")
    assert CHAPTER in expected
    assert APPENDIX not in expected
    book.give_role("everyday", "twin-1")
    built = reads_and_writes(book, tmp_path, expected)
    assert "The Twin" in built.page(CHAPTER)


def test_quiz_that_is_graded_from_now_on(book: Book) -> None:
    """What educators took from its page goes with its page's questions, and comes back with them."""
    downloads = book.out / "downloads"
    book.replace(f"{CHECK}.yaml", "use: check", "use: graded")
    book.build()
    assert not (downloads / Path(CHECK).name).exists()
    assert (downloads / Path(AUTOPSY).name).is_dir()
    book.restore()
    book.touch(f"{CHECK}.yaml")
    book.build()
    assert (downloads / Path(CHECK).name).is_dir()


def test_chapter_that_appears(book: Book) -> None:
    """The paths of the landing page count the chapters that exist."""
    chapter = "book/06-inside-one-pass"
    assert chapter not in Sources(book.root).pages
    book.write(f"{chapter}.md", "---\norphan: true\n---\n\n# Inside one pass\n\nWhat is in the box.\n")
    assert set(book.build().read) == {chapter, "index"}


@pytest.mark.slow
def test_page_edited(book: Book, tmp_path: Path) -> None:
    book.replace(f"{CHAPTER}.md", "A web shop", "A small shop")
    reads_and_writes(book, tmp_path, {CHAPTER})
