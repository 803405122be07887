"""The literal lint, sentence by sentence (``lint_sentences.yaml``), in YAML texts and on a page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.sphinx_ext.building import small_book

from costbook.assessment.lint import hits, hits_in_markdown, places

SENTENCES: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    (Path(__file__).parent / "lint_sentences.yaml").read_text(encoding="utf-8")
)
CASES = [(kind, one["say"], one.get("hit", [])) for kind, group in SENTENCES.items() for one in group]
WORDS = {"money": "money", "multipliers": "multiplier", "percentages": "percentage"}


def test_there_are_enough_sentences() -> None:
    assert len(CASES) >= 60
    assert len(SENTENCES["passing"]) >= 30
    assert all(not one.get("hit") for one in SENTENCES["passing"])


@pytest.mark.parametrize(("kind", "sentence", "expected"), CASES, ids=[case[1] for case in CASES])
def test_sentence(kind: str, sentence: str, expected: list[str]) -> None:
    found = list(hits(sentence))
    assert [hit.literal for hit in found] == expected
    if kind in WORDS:
        assert all(f"is {'' if kind == 'money' else 'a '}typed {WORDS[kind]}; ask for it" in hit.what for hit in found)
    assert list(hits_in_markdown(sentence)) == found
    assert [sentence[start : start + len(hit.literal)] for start, hit in places(sentence)] == expected


@pytest.mark.parametrize(("kind", "sentence", "expected"), CASES, ids=[case[1] for case in CASES])
def test_sentence_that_is_broken_at_every_space(kind: str, sentence: str, expected: list[str]) -> None:
    assert [" ".join(hit.literal.split()) for hit in hits("\n".join(sentence.split()))] == expected


@pytest.mark.parametrize(
    "held_apart",
    ["`$5`", "{quoted}`$5 [S001]`", "{assumed}`80% [premise]`", "{math}`5 \\times 80%`", "{bill}`letter`"],
)
def test_what_is_held_apart_in_a_yaml_text(held_apart: str) -> None:
    assert list(hits_in_markdown(f"It costs {held_apart} a day.")) == []
    assert [hit.literal for hit in hits_in_markdown(f"It costs {held_apart}, then $5.")] == ["$5"]
    # What stands on both sides of something held apart does not make one number.
    assert list(hits_in_markdown(f"Some 5 {held_apart} percent.")) == []


def test_page_of_all_sentences(tmp_path: Path) -> None:
    """On a page each hit is a warning at its line and column; sentences that pass are silent."""
    page = "# Page\n\n" + "".join(f"{sentence}\n\n" for _, sentence, _ in CASES)
    book = small_book(tmp_path, {"book/page": page})
    expected = []
    for number, (_, sentence, literals) in enumerate(CASES):
        end = 0
        for literal in literals:
            start = sentence.index(literal, end)
            end = start + len(literal)
            expected.append(f"{book.root}/book/page.md:{3 + 2 * number}:{start + 1}: WARNING: '{literal}' is ")
    warnings = book.build("dummy").warnings
    assert [warning[: len(begin)] for warning, begin in zip(warnings, expected, strict=True)] == expected
    assert all(warning.endswith("[costbook.literal]") for warning in warnings)
