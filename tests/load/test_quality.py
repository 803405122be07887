"""The quality rubric: every dimension once, every level with a sentence, each slip at its own line and column."""

from __future__ import annotations

from pathlib import Path

import pytest

from costbook.assessment.reviews import Dimension
from costbook.load.quality import read_quality
from costbook.load.source import read_source

FILE = "assessments/quality.yaml"
LEVELS = "{4: Best., 3: Good., 2: Fair., 1: Poor., 0: Bad.}"
RUBRIC = "quality:\n" + "".join(
    f"  - dimension: {dimension.value}\n    asks: Is it {dimension.value}?\n    levels: {LEVELS}\n"
    for dimension in reversed(Dimension)
)
ROOT = Path(__file__).resolve().parents[2]


def read(root: Path, text: str) -> tuple[list[Dimension], list[str]]:
    """The dimensions read from a file, and its problems."""
    (root / "assessments").mkdir()
    (root / FILE).write_text(text, encoding="utf-8")
    document = read_source(root / FILE, root)
    return [one.dimension for one in read_quality(document)], sorted(map(str, document.problems))


def test_the_rubric_is_in_the_order_of_the_dimensions(tmp_path: Path) -> None:
    assert read(tmp_path, RUBRIC) == (list(Dimension), [])


def test_the_rubric_of_the_book() -> None:
    document = read_source(ROOT / FILE, ROOT)
    standards = read_quality(document)
    assert document.problems == []
    assert [one.dimension for one in standards] == list(Dimension)
    assert all([level for level, _ in one.levels] == [4, 3, 2, 1, 0] for one in standards)
    sentences = [text for one in standards for _, text in one.levels]
    assert len(set(sentences)) == 50
    assert all(text.endswith(".") for text in sentences)
    assert all(one.asks.endswith("?") for one in standards)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        # The file ends with the ten dimensions in reverse: time is the first entry, load the second.
        ("dimension: load", "dimension: ¦time", "the dimension 'time' stands twice"),
        ("dimension: load", "dimension: ¦lode", "dimension: 'lode' is none of objective-fit"),
        (f"    asks: Is it load?\n    levels: {LEVELS}", f"    levels: {LEVELS}", "needs the key 'asks'"),
        (f"load?\n    levels: {LEVELS}", "load?\n    levels: ¦{4: Best., 2: Fair., 0: Bad.}",
         "needs a sentence for each level; 3, 1 are missing"),
        (f"load?\n    levels: {LEVELS}", f"load?\n    levels: {LEVELS.replace('4:', '¦5:')}",
         "the key '5' is none of 4, 3, 2, 1, 0"),
        (f"load?\n    levels: {LEVELS}", f"load?\n    levels: {LEVELS.replace('Fair.', '¦[Fair.]')}",
         "2: is a list; text is needed"),
        (f"load?\n    levels: {LEVELS}", "load?\n    levels: ¦Best.", "a mapping (key: value) is needed here"),
        ("quality:\n  - dim", "quality: ¦none\nothers:\n  - dim", "a list is needed here"),
    ],
)  # fmt: skip
def test_slips_are_found_at_their_place(tmp_path: Path, old: str, new: str, expected: str) -> None:
    assert RUBRIC.count(old) == 1
    text = RUBRIC.replace(old, new)
    before = text.partition("¦")[0]
    place = f"{FILE}:{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}: " if "¦" in text else ""
    problems = read(tmp_path, text.replace("¦", ""))[1]
    assert [one for one in problems if one.startswith(place) and expected in one], problems


def test_a_missing_dimension_is_named(tmp_path: Path) -> None:
    without = "quality:\n" + RUBRIC[RUBRIC.index("  - dimension: real-use") :]
    dimensions, problems = read(tmp_path, without)
    assert dimensions == list(Dimension)[:7]
    assert problems == [
        f"{FILE}:2:3: needs every dimension of a review; accessibility, load, time are missing",
    ]
