"""Exact rebuild with two readers at once: 40 chapters, and each change concerns more documents than one reader takes.

Sphinx reads in parallel from six documents on, so a smaller book proves nothing about merging what the readers found.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from scripts.generated_book import SELDOM_MODEL, SELDOM_SCENARIO, UNASKED_MODEL, Plan, docname
from tests.sphinx_ext.building import Book, Built, differences, generated
from tests.sphinx_ext.scan import Sources

CHAPTERS = 40
PLAN = Plan(CHAPTERS, figures=4, paragraphs=2, theme="basic")
LESSON, REVIEW = "assessments/lessons/chapter-1", "assessments/reviews/generated"
PRICES, EDITION = "book/data/prices/example.yaml", "book/data/edition.yaml"
JOBS = 2


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """One book for all tests of this module: each goes on from where the one before stopped."""
    book = generated(tmp_path_factory.mktemp("parallel"), PLAN)
    first = book.build(jobs=JOBS)
    assert first.warnings == ()
    assert len(first.read) == CHAPTERS + 3  # the index, a lesson, a review
    assert book.build(jobs=JOBS).read == ()
    return book


def rebuilt(book: Book, expected: set[str]) -> Built:
    """What was read is what was expected."""
    assert len(expected) > 5
    built = book.build(jobs=JOBS)
    assert set(built.read) == expected
    return built


def compare_with_cold(book: Book, built: Built, folder: Path) -> None:
    """The whole output, with every change made so far, is that of a build from scratch."""
    cold = book.cold(folder, jobs=JOBS)
    assert sorted(built.warnings) == sorted(cold.warnings)
    # Search words that only an earlier edition had stay in the search index, with an empty list of pages.
    assert [name for name in differences(built.out, cold.out) if name != "searchindex.js"] == []


def test_edition_moves_by_a_day(chain: Book) -> None:
    chain.replace(EDITION, "as_of: 2026-11-22", "as_of: 2026-11-23")
    built = rebuilt(chain, {docname(number) for number in range(1, CHAPTERS + 1)} | {LESSON, "index"})
    assert "2026-11-23" in built.page("index")


def test_text_that_is_counted(chain: Book) -> None:
    """Every chapter has a table with the scenario whose prompt is this text; it becomes one token longer."""
    expected = Sources(chain.root).with_scenario("shared")
    assert len(expected) == CHAPTERS
    chain.replace("book/data/texts.yaml", "a spare bulb", "a very spare bulb")
    built = rebuilt(chain, expected)
    assert "<p>11</p>" in built.page(docname(1))


def test_price_of_a_model_that_ten_chapters_ask(chain: Book, tmp_path: Path) -> None:
    asking = {docname(number) for number in range(1, CHAPTERS + 1) if PLAN.asks_seldom_model(number)}
    assert len(asking) == 10
    listing = {docname(number) for number in range(1, CHAPTERS + 1) if PLAN.asks_population(number)}
    expected = asking | listing | {LESSON}
    assert Sources(chain.root).with_price_of(SELDOM_MODEL) == expected
    chain.replace(PRICES, "output: 32.00", "output: 34.00")
    built = rebuilt(chain, expected)
    assert built.warnings == ()
    compare_with_cold(chain, built, tmp_path)


def test_price_of_a_part_that_the_lesson_does_not_ask(chain: Book) -> None:
    """The lesson names the model, but asks its output price only: exact is by answer, not by name."""
    expected = Sources(chain.root).with_price_of(SELDOM_MODEL) - {LESSON}
    chain.replace(PRICES, "input: 4.00", "input: 4.25")
    rebuilt(chain, expected)


def test_scenario_that_some_chapters_ask(chain: Book) -> None:
    expected = Sources(chain.root).with_scenario(SELDOM_SCENARIO)
    assert expected == {docname(number) for number in range(1, CHAPTERS + 1) if number % 6 == 3}
    chain.replace("book/data/scenarios.yaml", "{input: 700, output: 70}", "{input: 700, output: 90}")
    rebuilt(chain, expected)


def test_house_model_reassigned(chain: Book) -> None:
    expected = Sources(chain.root).with_role("everyday")
    assert len(expected) < CHAPTERS
    chain.replace(EDITION, "everyday: example-steady", "everyday: example-large")
    rebuilt(chain, expected)


def test_model_added_to_a_population(chain: Book) -> None:
    expected = Sources(chain.root).with_population(SELDOM_MODEL)
    assert expected == {docname(number) for number in range(1, CHAPTERS + 1) if number % 6 == 2}
    text = (chain.root / PRICES).read_text(encoding="utf-8")
    block = text[text.index(f"  {UNASKED_MODEL}:") :]
    chain.write(PRICES, text + block.replace("example-unasked", "example-new").replace("unasked", "new"))
    built = rebuilt(chain, expected)
    assert "Example new" in built.page(docname(2))


def test_model_removed(chain: Book, tmp_path: Path) -> None:
    """Each page that names it warns, at its place, in this build and in the next."""
    sources = Sources(chain.root)
    named = f"on {SELDOM_MODEL}`"
    asking = {page for page, text in sources.pages.items() if named in text and page != LESSON}
    assert len(asking) == 10
    expected = asking | sources.with_population(SELDOM_MODEL) | {LESSON}
    chain.replace(f"{LESSON}.yaml", f"on {SELDOM_MODEL}", "on example-small")  # a slip in data would stop the build
    text = (chain.root / PRICES).read_text(encoding="utf-8")
    chain.write(PRICES, re.sub(rf"  {SELDOM_MODEL}:\n(    .*\n)+", "", text))
    first = rebuilt(chain, expected)
    assert sorted(warning.partition("; did you mean")[0] for warning in first.warnings) == sorted(
        f"{chain.root / page}.md:{row}:{line.index(role) + 1}: WARNING: unknown model '{SELDOM_MODEL}'"
        for page in asking
        for row, line in enumerate(sources.pages[page].splitlines(), 1)
        for role in re.findall(rf"{{[a-z]+}}`[a-z ]+ {named}", line)
    )
    second = chain.build(jobs=JOBS)
    assert set(second.read) == asking
    assert sorted(second.warnings) == sorted(first.warnings)
    compare_with_cold(chain, second, tmp_path)
