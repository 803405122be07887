"""Where another price list says otherwise than the book, and what was decided about it.

``book/data/second-opinions.yaml`` is for authors: no build reads it. A decision names both values, so it lapses when
either of them changes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from costbook.economy.changes import Difference
from costbook.load import DATA, DataErrors
from costbook.load.fields import NUMBER, Day, Name, Shape, Words, read_shape
from costbook.load.source import Document, read_source
from costbook.names import suggestion

FILE = f"{DATA}/second-opinions.yaml"
NOT_OFFERED = "not offered"
DECISIONS = {
    "book": "the book's value stands",
    "convention": "both are right, and count differently",
    "open": "not settled; the book's value stands until it is",
}


@dataclass(frozen=True)
class Opinion:
    """A decision on the differences between the book and a list about one model."""

    model: str
    against: str
    differences: tuple[Difference, ...]
    decision: str
    decided: date
    why: str


@dataclass(frozen=True)
class Opinions:
    """All decisions, and the names that other lists have for ids of the book."""

    opinions: tuple[Opinion, ...] = ()
    names: tuple[tuple[str, str, str], ...] = ()  # list, id of the book, its name there

    def decided(self, against: str, model: str, difference: Difference) -> Opinion | None:
        """The decision on a difference between the book and a list, where there is one."""
        for one in self.opinions:
            if one.against == against and one.model == model and difference in one.differences:
                return one
        return None

    def name(self, against: str, model: str) -> str:
        """What a list calls an id of the book."""
        return next((there for list_, here, there in self.names if (list_, here) == (against, model)), model)

    def lapsed(self, against: str, found: Iterable[tuple[str, Difference]]) -> tuple[tuple[str, Difference], ...]:
        """Decided differences that are there no more."""
        there = set(found)
        return tuple(
            (one.model, difference)
            for one in self.opinions
            if one.against == against
            for difference in one.differences
            if (one.model, difference) not in there
        )


class ValueShape(Shape):
    what: Words
    book: Words
    theirs: Words


class OpinionShape(Shape):
    model: Name
    against: Name
    values: list[ValueShape]
    decision: Words
    decided: Day
    why: Words


class FileShape(Shape):
    names: dict[Name, dict[Name, Name]] = {}  # noqa: RUF012 - pydantic copies it
    opinions: list[OpinionShape]


def read_opinions(root: Path, models: Iterable[str]) -> Opinions:
    """The decisions of a book with these models; none where there is no file.

    Raises:
        DataErrors: with every problem found, each at its file, line and column.
    """
    if not (root / FILE).is_file():
        return Opinions()
    document = read_source(root / FILE, root)
    shape = read_shape(document, FileShape)
    known = set(models)
    opinions = []
    for index, one in enumerate(shape.opinions if shape else ()):
        if one.model not in known:
            document.problem(
                ("opinions", index, "model"), f"unknown model {one.model!r}; {suggestion(one.model, known)}"
            )
        if one.decision not in DECISIONS:
            what = f"{one.decision!r} is no decision; {suggestion(one.decision, DECISIONS)}"
            document.problem(("opinions", index, "decision"), what)
        differences = tuple(
            Difference(
                " ".join(value.what.split()),
                _value(document, index, number, "book", value.book),
                _value(document, index, number, "theirs", value.theirs),
            )
            for number, value in enumerate(one.values)
        )
        opinions.append(Opinion(one.model, one.against, differences, one.decision, one.decided, one.why))
    if document.problems:
        raise DataErrors(document.problems)
    assert shape is not None  # else there is a problem
    names = tuple((list_, here, there) for list_, table in shape.names.items() for here, there in table.items())
    return Opinions(tuple(opinions), names)


def _value(document: Document, index: int, number: int, key: str, text: str) -> Decimal | None:
    if text == NOT_OFFERED:
        return None
    if not NUMBER.fullmatch(text):
        where = ("opinions", index, "values", number, key)
        document.problem(where, f"{text[:40]!r} is neither a number nor {NOT_OFFERED!r}")
        return None
    return Decimal(text)
