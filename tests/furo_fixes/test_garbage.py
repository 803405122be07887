"""Python's garbage collector is tuned while a build runs, and as it was afterwards."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, Any

import pytest
from myst_parser.parsers.sphinx_ import MystParser

if TYPE_CHECKING:
    from tests.furo_fixes.books import Book


def test_during_a_build_and_after_it(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    book.write("index.md", "# Page\n")
    seen = []
    parse = MystParser.parse

    def look(*arguments: Any) -> None:
        seen.append((gc.get_threshold(), gc.get_freeze_count()))
        parse(*arguments)

    monkeypatch.setattr(MystParser, "parse", look)
    before = gc.get_threshold()
    book.build("furo_fixes.garbage")
    ((during, frozen),) = seen
    assert during > before
    assert frozen > 0
    assert (gc.get_threshold(), gc.get_freeze_count()) == (before, 0)


def test_after_a_build_that_failed(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    book.write("index.md", "# Page\n")

    def fail(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(MystParser, "parse", fail)
    before = gc.get_threshold()
    with pytest.raises(RuntimeError):
        book.build("furo_fixes.garbage")
    assert gc.get_threshold() == before
