"""What the documents this book started from get wrong does not stand in it as its own statement.

A statement of theirs may be quoted: in the role ``quoted``, or in quotation marks with the document's number.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[2]
REVIEW = ROOT / "assessments/reviews/token-lifecycle.yaml"  # restates another's review beside what was measured
TEXTS = [
    ROOT / "index.md",
    *sorted((ROOT / "book").rglob("*.md")),
    *sorted(path for path in (ROOT / "assessments").rglob("*.yaml") if path != REVIEW),
]


class Erratum(NamedTuple):
    """A pattern of a wrong statement, and the wrong statement itself."""

    pattern: str
    said: str


ERRATA = [
    Erratum(r"\b(?:roughly|about|around|typically) (?:5|five) ?(?:×|x|times)", "Output costs roughly 5× input."),
    Erratum(r"\bsix input tokens\b", "The six input tokens are read at once."),
    Erratum(r"\bten output tokens\b", "It generates ten output tokens."),
    Erratum(r"\bN ?\+ ?1`? (?:forward )?passes\b", "Generating N tokens takes N+1 passes."),
    Erratum(r"\bO ?> ?I ?/ ?\d", "Output dominates whenever O > I/5."),
    Erratum(r"\boutput,? by far\b", "Which one dominates the cost? Output, by far."),
    Erratum(
        r"\b(?:all|always) (?:of them )?higher[- ]leverage\b", "These are all higher-leverage than shrinking the input."
    ),
    Erratum(r"\bbaked into the (?:math|algorithm)", "The asymmetry is baked into the math, not arbitrary."),
    Erratum(r"\bsingle most likely\b", "The model predicts the single most likely next token."),
    Erratum(r"\bno way to (?:batch|parallelize|parallelise)", "There is no way to batch or parallelize this."),
    Erratum(r"\b10,?000 ?(?:×|x|times)", "That is 10,000x overhead per token."),
    Erratum(r"\b96 layers\b", "Each token goes through all 96 layers."),
    Erratum(r"\b80 ?[-–] ?90 ?%", "Caching can cut your input costs by 80-90%."),
    Erratum(r"\b3 ?[-–] ?5 ?(?:×|x) faster\b", "Streaming feels 3-5x faster."),
    Erratum(r"\$2\.67\b", "A thousand calls cost $2.67 a day."),
    Erratum(r"\$0\.00(?:12|30)\b", "The meter shows $0.0012 in and $0.0030 out."),
    Erratum(r"\b(?:never|cannot|does not) (?:go back (?:and|to) )?revise", "The model cannot revise what it wrote."),
    Erratum(
        r"\bmax_tokens`?[^.;]{0,60}\b(?:shortens|makes? (?:it|replies|answers) short)",
        "Set max_tokens: it shortens the answer.",
    ),
    Erratum(r"\bbatching (?:helps|favours) (?:the )?input\b", "Batching helps input, less so for output."),
    Erratum(r"\bno quality loss\b", "A cost reduction with no quality loss."),
    Erratum(r"\b4 ?(?:×|x)? ?(?:to|[-–]) ?8 ?(?:×|x)? across (?:all )?providers", "It is 4x to 8x across providers."),
    Erratum(r"\b2 (?:to|[-–]) 5 times\b", "Output is 2 to 5 times as expensive."),
    Erratum(
        r"\bgoes (?:back )?through the whole prompt (?:again )?for (?:every|each)",
        "It goes through the whole prompt for every token.",
    ),
    Erratum(r"\bas if it were (?:pre)?written\b|\bjust (?:an )?animation\b", "Streaming is just an animation."),
]


def own_words(text: str) -> str:
    """A text without what it quotes, without what learners may mistake, on one line."""
    text = re.sub(r"\{quoted\}`[^`]+`", "", text)
    text = re.sub(r"^ +(?:listen|said): (?:>-\n(?: {6,}.*\n)+|.*$)", "", text, flags=re.MULTILINE)
    return re.sub(r"[\"“][^\"”]+[\"”] \(S\d{3}\)", "", " ".join(text.split()))


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_wrong_is_repeated(path: Path) -> None:
    text = own_words(path.read_text(encoding="utf-8"))
    assert [found[0] for one in ERRATA if (found := re.search(one.pattern, text, re.IGNORECASE))] == []


@pytest.mark.parametrize("one", ERRATA, ids=lambda one: one.said)
def test_each_pattern_finds_its_statement(one: Erratum) -> None:
    assert re.search(one.pattern, own_words(one.said), re.IGNORECASE)


def test_quotations_are_not_held_against_the_book() -> None:
    assert own_words('It answers "Output, by far" (S000), {quoted}`$2.67 [S001]`.') == "It answers , ."


def test_review_keeps_the_printed_score_beside_the_computed_one(built_site: Path) -> None:
    """100 - (3 + 2 + 2 + 1 + 1) = 91, where the review prints 87."""
    page = (built_site / "assessments/reviews/token-lifecycle.html").read_text(encoding="utf-8")
    said = " ".join(re.sub(r"<[^>]+>", "", page).split())
    assert "Score: 91 of 100" in said
    assert "(3 + 2 + 2 + 1 + 1 = 9)" in said
    assert "The review prints 87" in said
