"""Slips in the toys of next tokens, each found at its own line and column."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from tests.load.conftest import TOYS

from costbook.language.toys import Toy

if TYPE_CHECKING:
    from tests.load.conftest import Book


def test_a_toy_is_read(book: Book) -> None:
    assert book.load().toys == {
        "tea": Toy(
            "tea",
            "Tea",
            "Tea?",
            "A toy.",
            "Invented.",
            {
                (): {"yes": Decimal("0.60"), "no": Decimal("0.30"), "other tokens": Decimal("0.10")},
                ("yes",): {" please": Decimal("0.5"), "end mark": Decimal("0.5")},
                ("yes", " please"): {"end mark": Decimal(1)},
                ("no",): {"end mark": Decimal("0.75"), "other tokens": Decimal("0.25")},
            },
            {"yes": ("yes",), "polite": ("yes", " please", "end mark")},
        )
    }


def test_a_book_needs_no_toys(book: Book) -> None:
    (book.root / TOYS).unlink()
    assert book.load().toys == {}


NO_CHANCE = "is not a chance; write a plain decimal above 0 and at most 1, such as 0.35"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        # chances
        ("no: 0.30", "no: ¦30%", f"no: '30%' {NO_CHANCE}"),
        ("no: 0.30", "no: ¦0.0", f"no: '0.0' {NO_CHANCE}"),
        ("no: 0.30", "no: ¦1.2", f"no: '1.2' {NO_CHANCE}"),
        ("no: 0.30", "no: ¦NaN", f"no: 'NaN' {NO_CHANCE}"),
        ("{yes: 0.60, no: 0.30", "¦{yes: 0.60, no: 0.31", "the chances add up to 1.01; they add up to 1 exactly"),
        ("{end mark: 1}", "¦{end mark: 0.999999}", "the chances add up to 0.999999; they add up to 1 exactly"),
        ("{end mark: 1}", "¦{}", "chances: is empty; at least one entry is needed"),
        (
            "{end mark: 0.75, other tokens: 0.25}",
            "{end mark: 0.25, ¦other tokens: 0.75}",
            "'other tokens' is the likeliest here, and is no token to choose; list more tokens, or give it less",
        ),
        # steps
        (
            "no: 0.30, other tokens: 0.10",
            "no: 0.30, ¦maybe: 0.10",
            "no step stands after 'maybe'; add one, or count the token among 'other tokens'",
        ),
        ("after: [no]", "after: ¦[nope]", "'nope' is no candidate after the prompt, so this step is never reached"),
        (
            'after: [yes, " please"]',
            "after: ¦[yes, please]",
            "'please' is no candidate after 'yes', so this step is never reached",
        ),
        ("after: [no]", "after: ¦[no, end mark]", "nothing follows 'end mark'"),
        ("after: [no]", "after: ¦[yes]", "another step stands after 'yes'; join the two"),
        (
            "after: [no]",
            'after: [¦""]',
            "after: is not a token; write its text, in quotes where it begins with a space",
        ),
        (
            "after: [no]",
            f"after: [¦{'n' * 41}]",
            f"after: {'n' * 40!r}… is longer than 40 characters; a token is a short piece of text",
        ),
        # paths
        ("      yes: [yes]", "      yes: [¦yess]", "'yess' is no candidate after the prompt; did you mean 'yes'?"),
        ("end mark]", "end mark, ¦more]", "nothing follows 'end mark'; end the path there"),
        ("      yes: [yes]", "      yes: ¦[]", "is empty; a path has at least one token"),
        ("    source: Invented.\n", "", "needs the key 'source'"),
    ],
)
def test_a_slip_is_told_at_its_place(book: Book, old: str, new: str, expected: str) -> None:
    place = book.edit(TOYS, old, new)
    if "¦" not in new:
        assert [found.partition(": ")[2] for found in book.problems()] == [expected]
    else:
        assert f"{place}: {expected}" in book.problems()
