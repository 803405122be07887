"""The table of contents: prerequisites, circles, and what of a path is written."""

from __future__ import annotations

from itertools import pairwise

import pytest
from tests.worlds import chapter, contents

from costbook.contents import Contents, cycle, unmet


def test_a_path_meets_what_its_chapters_require() -> None:
    book = contents(
        chapter("one"),
        chapter("two", requires=["one"]),
        chapter("three", requires=["one", "two"]),
        paths={"All": ["one", "two", "three"], "Short": ["one", "two"]},
    )
    assert [unmet(book, path) for path in book.paths] == [(), ()]


def test_a_requirement_that_comes_later_or_never_is_not_met() -> None:
    book = contents(
        chapter("one"),
        chapter("two", requires=["one"]),
        chapter("three", requires=["one", "two"]),
        paths={"Late": ["two", "one", "three"], "Never": ["three"]},
    )
    assert unmet(book, book.paths[0]) == (("two", "one"),)
    assert unmet(book, book.paths[1]) == (("three", "one"), ("three", "two"))


def test_a_chapter_does_not_meet_its_own_requirement() -> None:
    book = contents(chapter("one", requires=["one"]), paths={"All": ["one"]})
    assert unmet(book, book.paths[0]) == (("one", "one"),)


def needs(**chapters: str) -> Contents:
    """Chapters with what they require, as words."""
    return contents(*(chapter(name, requires=required.split()) for name, required in chapters.items()))


@pytest.mark.parametrize(
    "book",
    [needs(), needs(a="", b="a", c="a b"), needs(a="b", b="c", c=""), needs(a="", b="a", c="a", d="b c")],
)
def test_chapters_in_order_make_no_circle(book: Contents) -> None:
    assert cycle(book) == ()


@pytest.mark.parametrize(
    ("book", "members"),
    [
        (needs(a="a"), {"a"}),
        (needs(a="b", b="a"), {"a", "b"}),
        (needs(a="b", b="c", c="a", d="a"), {"a", "b", "c"}),
        (needs(start="a", a="b", b="c", c="b"), {"b", "c"}),
    ],
)
def test_a_circle_is_told_as_a_way_round(book: Contents, members: set[str]) -> None:
    found = cycle(book)
    assert set(found) == members
    assert found[0] == found[-1]
    assert len(found) == len(members) + 1
    for chapter_id, required in pairwise(found):
        assert required in book.chapters[chapter_id].requires


def test_a_long_chain_is_no_problem() -> None:
    names = [f"c{number}" for number in range(5000)]
    linked = (chapter(name, requires=[after]) for name, after in pairwise(names))
    chain = contents(*linked, chapter(names[-1]))
    assert cycle(chain) == ()


def test_only_chapters_that_exist_are_written() -> None:
    book = contents(
        chapter("one", docname="book/01-one"),
        chapter("two"),
        chapter("three", docname="book/03-three"),
        paths={"All": ["three", "two", "one"]},
    )
    assert [one.id for one in book.written(book.paths[0])] == ["three", "one"]
