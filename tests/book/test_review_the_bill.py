"""The review of Part I: what it asks about, in which order, and its numbers, worked again from the price files."""

from __future__ import annotations

import re
from decimal import Decimal
from difflib import SequenceMatcher
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from tests.editions import REPOSITORY
from tests.price_files import PriceFiles

from costbook.assessment.items import Quiz
from costbook.assessment.quizlint import bare
from costbook.assessment.rich import to_plain
from costbook.quizzes.keys import Worlds
from costbook.quizzes.resolve import verify
from costbook.quizzes.resolved import ChoiceBody, NumericBody, Variant
from costbook.quizzes.texts import Asker
from costbook.world import World

NAME = "review-the-bill"
PRICES = PriceFiles(REPOSITORY)


@pytest.fixture
def review(book: World) -> Quiz:
    return book.quizzes[NAME]


def variants(book: World, review: Quiz, item: str) -> list[Variant]:
    return list(verify(next(one for one in review.items if one.id == item), Worlds(Asker(book))).variants)


def test_ten_questions_touch_every_objective_of_the_part(book: World, review: Quiz) -> None:
    own = {one.id for one in book.objectives.values() if one.id.startswith(("c1-", "c2-", "c3-", "c4-"))}
    assert len(own) == 16
    assert {name for item in review.items for name in (item.objective, *item.also)} == own
    assert len(review.slots) == 10
    chapters = [slot.first.objective[:2] for slot in review.slots]
    assert {one: chapters.count(one) for one in sorted(set(chapters))} == {"c1": 2, "c2": 2, "c3": 3, "c4": 3}
    beyond = [{name[:2] for name in item.also} - {item.objective[:2]} for item in review.items]
    assert all(beyond), "each question takes another chapter, too"


def test_its_stems_are_new(book: World, review: Quiz) -> None:
    """No stem is one of another quiz with some words changed."""
    stems = {item.id: bare(item.stem) for quiz in book.quizzes.values() for item in quiz.items}
    own = {item.id for item in review.items}
    alike = [
        (mine, other)
        for mine in own
        for other in stems.keys() - own
        if (pair := SequenceMatcher(None, stems[mine], stems[other], autojunk=False)).quick_ratio() > 0.7
        and pair.ratio() > 0.7
    ]
    assert alike == []


def test_each_section_that_it_points_to_is_a_link_into_its_chapter(built_site: Path) -> None:
    """In a review a section without its chapter would lead nowhere."""
    text = " ".join((REPOSITORY / f"assessments/quizzes/{NAME}.yaml").read_text(encoding="utf-8").split())
    sections = re.findall(r'See "[^"]+"(.{13})', text)
    assert len(sections) > 40
    assert [one for one in sections if not re.fullmatch(r" in chapter [1-4]", one)] == []
    page = BeautifulSoup((built_site / f"assessments/quizzes/{NAME}.html").read_text(encoding="utf-8"), "html.parser")
    targets = [str(link["href"]).split("#") for link in page.select("form a[href*='#']")]
    assert {Path(target[0]).stem[:2] for target in targets if target[0].startswith("../../book/0")} == {
        "01",
        "02",
        "03",
        "04",
    }


def test_room_for_the_prompt(book: World, review: Quiz) -> None:
    """A written token weighs the output price over the input price; nobody shares the ratio of the frontier model."""
    frontier = PRICES.of("frontier")
    found = variants(book, review, "r1-room-for-the-prompt")
    assert len(found) >= 5
    for variant in found:
        values = dict(variant.values)
        written, (read, wrote) = int(values["written"]), PRICES.of(values["model"])
        assert isinstance(variant.body, NumericBody)
        assert abs(variant.body.key - written * wrote / read) < 1
        assert {one.misconception: round(one.value) for one in variant.body.wrong}.items() <= {
            "counts-only": written,
            "swapped-rates": round(written * read / wrote),
            "another-models-ratio": round(written * frontier[1] / frontier[0]),
        }.items()


def as_printed(amount: Decimal) -> Decimal:
    """Two decimals, or three significant digits where those reach further."""
    return round(amount, max(2, 2 - amount.adjusted()))


def test_from_words_to_a_month(book: World, review: Quiz) -> None:
    """300 words are 400 tokens; 500 times 30 of them are 6 million tokens. Of the words it would be 4.5 million."""
    found = variants(book, review, "r1-words-to-a-month")
    assert len(found) >= 5
    for variant in found:
        read, wrote = PRICES.of(dict(variant.values)["model"])
        assert isinstance(variant.body, ChoiceBody)
        said = {one.id: to_plain(one.text) for one in variant.body.options}
        expected = {
            "worked": (6 * wrote, "400"),
            "words": (wrote * 9 / 2, "300"),
            "a-day": (wrote / 5, "400"),
            "input-price": (6 * read, "400"),
        }
        assert said == {
            one: f"${as_printed(amount):,f}, for {tokens} tokens each time"
            for one, (amount, tokens) in expected.items()
        }


def test_two_rows_by_hand(review: Quiz) -> None:
    """The reasoning of the two siblings, which have no price of the book in them: 120 × 9 > 100 × 10 > 75 × 11."""
    right = {
        item.id: next(one.feedback for one in item.options if one.right)
        for item in review.slots[4].items
        if hasattr(item, "options")
    }
    assert "120 at a price of 9" in right["r1-lower-price-finer-cuts"]
    assert "75 at a price of 11" in right["r1-higher-price-coarser-cuts"]
    assert 75 * 11 < 100 * 10 < 120 * 9
