"""Identifiers: names that every format takes, and never one for two."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from costbook.export.idents import LONGEST, ident, numbers

NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
LIKELY = st.text(alphabet="ab-._=+ /:0é\ud800", max_size=12) | st.text(max_size=200)


def test_a_name_stays() -> None:
    assert ident("the-life-of-a-token-check.c1-which-side") == "the-life-of-a-token-check.c1-which-side"


def test_what_does_not_fit_is_cleaned_and_says_what_it_was() -> None:
    # The hash of the text: printf 'quiz.item.case=6+10' | sha256sum
    assert ident("quiz.item.case=6+10") == "quiz.item.case-6-10-8cd4fec7f42b9dd6"
    assert ident("").startswith("_")
    assert ident("1st").startswith("_1st-")
    assert len(ident("a" * 300)) == LONGEST - 1  # the room for an underscore in front


@given(st.lists(LIKELY, unique=True, max_size=20))
def test_no_two_become_one(texts: list[str]) -> None:
    named = [ident(text) for text in texts]
    assert len(set(named)) == len(texts)
    assert all(NAME.fullmatch(one) and len(one) <= LONGEST for one in named)


@given(LIKELY)
def test_an_identifier_is_not_that_of_itself_in_disguise(text: str) -> None:
    """A text that looks like the cleaned form of another one becomes something else."""
    assert ident(text) == text or ident(ident(text)) != ident(text)


@given(st.lists(LIKELY, unique=True, max_size=40))
def test_numbers_differ_and_have_five_digits(texts: list[str]) -> None:
    found = numbers(texts)
    assert list(found) == sorted(texts)
    assert len(set(found.values())) == len(texts)
    assert all(10_000 <= one < 100_000 for one in found.values())


def test_the_number_of_an_option_is_its_own() -> None:
    assert numbers(["key", "swapped-rates"])["key"] == numbers(["per-thousand", "key"])["key"]
