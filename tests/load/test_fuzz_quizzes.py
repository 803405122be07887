"""Broken quizzes, rubrics and misconceptions: a load ends with a world or with located problems, and soon.

Two books are broken: the small one, whose quiz has every kind of item, and this repository's own quizzes one by one.
A file is cut as text, or shaken as a tree: then it stays YAML, and what is wrong reaches every later check.
"""

from __future__ import annotations

import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.load.breaking import CUTS, STEPS, Step, broken, files_of, nested, pick, run, shaken, try_to_load
from tests.load.conftest import FILES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from costbook.load.source import Problem

ROOT = Path(__file__).resolve().parents[2]
BROKEN = ("quizzes", "rubrics", "misconceptions.yaml")
"""What is broken, below ``assessments``."""
SLOWEST = 10
"""Seconds of one load, on any machine; the slowest takes a fraction of one."""
Cut = tuple[float, int, str, bool]
Books = list[tuple[Path, Path]]
NUMBER = st.integers(0, 1000)


def targets(root: Path) -> list[Path]:
    """The files of a book that are broken."""
    return [file for file in files_of(root / "assessments") if set(file.relative_to(root).parts) & set(BROKEN)]


def real_books(folder: Path) -> Iterator[Path]:
    """The book of this repository, once with each of its quizzes: a load does not read the others."""
    for quiz in sorted((ROOT / "assessments/quizzes").glob("*.yaml")):
        root = folder / quiz.stem
        shutil.copytree(ROOT / "book/data", root / "book/data")
        shutil.copytree(ROOT / "assessments", root / "assessments", ignore=shutil.ignore_patterns("private", "quizzes"))
        (root / "assessments/quizzes").mkdir()
        shutil.copy(quiz, root / "assessments/quizzes")
        yield root


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Books]:
    """Books with the file to break, the small one's three times as often; each example puts back what it broke."""
    folder = tmp_path_factory.mktemp("books")
    small = folder / "small"
    for name, text in FILES.items():
        (small / name).parent.mkdir(parents=True, exist_ok=True)
        (small / name).write_text(text, encoding="utf-8")
    assert try_to_load(small) == ()
    real = [(root, root / f"assessments/quizzes/{root.name}.yaml") for root in real_books(folder)]
    assert len(real) >= 2
    before = {file: file.read_bytes() for root in {root for root, _ in real} | {small} for file in files_of(root)}
    quiz = (small, small / "assessments/quizzes/first-practice.yaml")
    others = [(small, file) for file in targets(small) if file != quiz[1]]
    yield [*[quiz] * 3 * len(real), *others, *others, *real]
    assert {file: file.read_bytes() for file in before} == before


def check_text(books: Books, number: int, cuts: list[Cut]) -> None:
    """One example of broken text."""
    run(*books[number % len(books)], lambda raw: broken(raw.decode(), cuts).encode())


def check_tree(books: Books, number: int, steps: list[Step]) -> tuple[Problem, ...]:
    """One example of a tree with other values."""

    def shake(raw: bytes) -> bytes:
        data = shaken(yaml.load(raw, Loader=yaml.CBaseLoader), steps)
        return bytes(yaml.dump(data, Dumper=Plain, allow_unicode=True, sort_keys=False, width=10**6), "utf-8")

    began = time.monotonic()
    problems = run(*books[number % len(books)], shake)
    assert time.monotonic() - began < SLOWEST, steps
    return problems


class Plain(yaml.CSafeDumper):
    """Writes no aliases: what stands twice is written twice."""

    def ignore_aliases(self, _: Any) -> bool:
        return True


relaxed = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@settings(relaxed, max_examples=150)
@given(NUMBER, CUTS)
def test_a_broken_text_ends_in_a_world_or_in_problems(books: Books, number: int, cuts: list[Cut]) -> None:
    check_text(books, number, cuts)


@settings(relaxed, max_examples=150)
@given(NUMBER, STEPS)
def test_a_shaken_tree_ends_in_a_world_or_in_problems(books: Books, number: int, steps: list[Step]) -> None:
    check_tree(books, number, steps)


@pytest.mark.slow
@settings(relaxed, max_examples=4000)
@given(NUMBER, CUTS)
def test_four_thousand_broken_texts(books: Books, number: int, cuts: list[Cut]) -> None:
    check_text(books, number, cuts)


@pytest.mark.slow
@settings(relaxed, max_examples=6000)
@given(NUMBER, STEPS)
def test_six_thousand_shaken_trees(books: Books, number: int, steps: list[Step]) -> None:
    check_tree(books, number, steps)


@pytest.mark.parametrize(
    "hostile", ["[" * 4900, "![[[" * 1200, "*a_" * 1600, "[a](" * 1200, "{{ x" * 1200, "> " * 2400]
)
def test_a_quiz_full_of_hostile_texts_is_told_soon(books: Books, hostile: str) -> None:
    """Every text of a quiz as long and as nested as may be."""
    root, file = books[0]

    def fill(raw: bytes) -> bytes:
        data = yaml.load(raw, Loader=yaml.CBaseLoader)
        for item in data["items"]:
            for one in item.get("siblings", [item]):
                one["stem"] = hostile
                one["hint"] = hostile
        return bytes(yaml.dump(data, Dumper=Plain, allow_unicode=True), "utf-8")

    began = time.monotonic()
    run(root, file, fill)
    assert time.monotonic() - began < 3 * SLOWEST


def test_a_shaken_tree_is_another_tree() -> None:
    # of three places, 0 picks the first, 1 the second: 40503 is 0 modulo 3, 40503 · 2 modulo 65537 is 15469, 1 modulo 3
    assert [pick(number, 3) for number in (0, 1, 2)] == [0, 0, 1]
    assert shaken({"a": ["b", "c"]}, [(0, "put", "x")]) == {"a": "x"}
    assert shaken({"a": ["b", "c"]}, [(2, "drop", "")]) == {"a": ["c"]}
    assert shaken({"a": ["b", "c"]}, [(2, "double", "")]) == {"a": ["b", "b", "c"]}
    assert shaken({"a": "b"}, [(0, "rename", "x")]) == {"x": "b"}
    assert shaken({"a": "b", "c": "d e", "f": "g"}, [(0, "write", "x")]) == {"a": "b", "c": "x", "f": "g"}
    assert shaken({"a": "b", "c": "d", "e": "f"}, [(1, "swap", "")]) == {"a": "d", "c": "b", "e": "f"}
    assert nested(2) == [[[]]]
