"""What chapter 2 says of its texts: pieces and counts, from tiktoken itself, and the small vocabulary, learned again.

Counts were typed from tiktoken 0.14.0; a vocabulary that is published does not change.
"""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup
from tests.editions import REPOSITORY
from tests.price_files import PriceFiles

from costbook import money
from costbook.economy.tokens import count_tokens, pieces

if TYPE_CHECKING:
    from costbook.world import World

SOURCE = (REPOSITORY / "book/02-what-is-a-token.md").read_text(encoding="utf-8")
PAGE = "book/02-what-is-a-token.html"

# Words, tokens in o200k_base, tokens in cl100k_base, and the first two divided.
TEXTS = {
    "glasses-question": ("5", 6, 7, "1.2"),
    "estimate-prompt": ("11", 13, 13, "1.18"),
    "notice": ("22", 25, 25, "1.14"),
    "notice-ja": ("no spaces", 40, 59, "no spaces"),
    "thumbs-up": ("14", 24, 30, "1.71"),
    "late-orders": ("24", 40, 40, "1.67"),
    "order-json": ("16", 55, 55, "3.44"),
}


def test_the_texts_stand_in_the_chapter_as_they_are_counted(book: World) -> None:
    """In running text, or in a code block of a list."""
    said = " ".join(SOURCE.split())
    for name in (*TEXTS, "order-sentence"):
        assert " ".join(book.text(name).text.split()) in said, name


@pytest.mark.parametrize("name", TEXTS)
def test_counts(book: World, name: str) -> None:
    _, larger, smaller, _ = TEXTS[name]
    text = book.text(name).text
    assert (count_tokens(text, "o200k_base"), count_tokens(text, "cl100k_base")) == (larger, smaller)


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        (" responsibilities", [" responsibilities"]),
        (" anaesthetist", [" ana", "est", "het", "ist"]),
        ("Ray-Ban", ["Ray", "-B", "an"]),
        (" lamp", [" lamp"]),
        (" Lamp", [" Lamp"]),
        (" LAMP", [" L", "AMP"]),
        ("48213", ["482", "13"]),
        ("2026-12-03", ["202", "6", "-", "12", "-", "03"]),
        (" late_orders", [" late", "_orders"]),
        (" lampshade", [" lamps", "h", "ade"]),
        ("What's", ["What's"]),
        ("👍", ["👍"]),
    ],
)
def test_pieces_in_the_prose(text: str, cut: list[str]) -> None:
    assert list(pieces(text, "o200k_base")) == cut


def test_pieces_in_the_smaller_vocabulary() -> None:
    assert list(pieces("What's", "cl100k_base")) == ["What", "'s"]
    assert list(pieces(" lampshade", "cl100k_base")) == [" lamp", "shade"]
    assert list(pieces(' "Maya', "cl100k_base")) == [' "', "May", "a"]
    assert list(pieces(' "Maya', "o200k_base")) == [' "', "M", "aya"]
    assert list(pieces("Ray-Ban", "cl100k_base")) == ["Ray", "-B", "an"]
    assert list(pieces("2026-12-03", "cl100k_base")) == ["202", "6", "-", "12", "-", "03"]


def test_words_of_the_message_are_one_token_each(book: World) -> None:
    words = [word for word in book.text("thumbs-up").text.split() if word.isalpha()]
    assert len(words) == 11
    assert all(count_tokens(f" {word}") == 1 for word in words)


def test_the_notice_is_its_words_and_its_stops(book: World) -> None:
    """22 words and three signs."""
    cut = list(pieces(book.text("notice").text, "o200k_base"))
    assert [piece for piece in cut if not piece.strip().isalpha()] == [".", ";", "."]
    assert len(cut) == 22 + 3


def test_order_has_two_entries_in_the_function(book: World) -> None:
    cut = list(pieces(book.text("late-orders").text, "o200k_base"))
    assert {"order", " order"} <= set(cut)


# --- the small vocabulary --------------------------------------------------------------------------------------------


def joined(word: list[str], pair: tuple[str, str]) -> list[str]:
    """A word with every occurrence of a pair as one piece."""
    found: list[str] = []
    for piece in word:
        if found and (found[-1], piece) == pair:
            found[-1] += piece
        else:
            found.append(piece)
    return found


def learn(collection: str, steps: int) -> list[tuple[str, str]]:
    """The pairs that byte-pair encoding joins, the first of equally frequent ones first."""
    words, pairs = [list(word) for word in collection.split()], []
    for _ in range(steps):
        best = Counter(pair for word in words for pair in pairwise(word)).most_common(1)[0][0]
        pairs.append(best)
        words = [joined(word, best) for word in words]
    return pairs


def cut(word: str, pairs: list[tuple[str, str]]) -> list[str]:
    found = list(word)
    for pair in pairs:
        found = joined(found, pair)
    return found


def test_the_vocabulary_learned_in_the_chapter() -> None:
    pairs = learn("lamp lamp lamps lamb", 3)
    assert pairs == [("l", "a"), ("la", "m"), ("lam", "p")]
    cuts = {word: cut(word, pairs) for word in ("lamp", "lamps", "lamb", "clamp", "palm")}
    assert cuts == {
        "lamp": ["lamp"],
        "lamps": ["lamp", "s"],
        "lamb": ["lam", "b"],
        "clamp": ["c", "lamp"],
        "palm": ["p", "a", "l", "m"],
    }


def test_the_vocabulary_learned_in_the_practice_quiz() -> None:
    pairs = learn("note note noted notes tone", 3)
    assert pairs == [("n", "o"), ("no", "t"), ("not", "e")]
    assert cut("noted", pairs) == ["note", "d"]
    assert cut("tone", pairs) == ["t", "o", "n", "e"]


# --- the page --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def page(built_site: Path) -> BeautifulSoup:
    return BeautifulSoup((built_site / PAGE).read_text(encoding="utf-8"), "html.parser")


def test_the_table_of_texts(page: BeautifulSoup, book: World) -> None:
    """A million texts cost their tokens times the price of a million, which is $2.00 in the first edition."""
    read, _ = PriceFiles(REPOSITORY).of("everyday")
    rows = [[cell.get_text(" ", strip=True) for cell in row.select("th, td")] for row in page.select(".cb-texts tr")]
    assert rows[1:] == [
        [book.text(name).title, words, str(larger), str(smaller), ratio, money.amount(larger * Decimal(read))]
        for name, (words, larger, smaller, ratio) in TEXTS.items()
    ]


def test_every_byte_of_a_cut_is_shown(page: BeautifulSoup) -> None:
    """The party popper, F0 9F 8E 89, twice; the joiner that cannot be seen, E2 80 8D."""
    cuts = [[chip.get_text() for chip in row.select("code")] for row in page.select(".cb-cut")]
    message = next(one for one in cuts if one[0] == "Great")
    assert message[3:7] == ["␣F0 9F 8E", "89", "F0 9F 8E", "89"]
    assert "E2 80 8D" in message
    assert len(message) == 24
