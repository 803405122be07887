"""Where to look, in full: on the site ``See "Five stages"`` is enough, in a course it needs chapter and book."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from functools import cache
from typing import Any, TypeVar

from costbook.assessment.rich import Inline, Link, Marked, Paragraph, Words
from costbook.contents import Chapter, Contents
from costbook.quizzes.resolved import Variant

T = TypeVar("T")

_SENTENCE = re.compile(r'\bSee\b(?:"[^"]*"|[^".]|\.(?!\s|$))*')
_POINTER = re.compile(
    r'"(?P<section>[^"]+)"(?: in chapter (?P<number>\d+)\b|(?P<glossary> in the glossary\b))?'
    r"|\bchapter (?P<alone>\d+)\b"
)


@dataclass(frozen=True)
class Places:
    """What a pointer may name: the chapters of the book, and the one that a quiz is about.

    Where a quiz is about several (None), a section without a chapter is nowhere. With the address of the site, sections
    are links.
    """

    contents: Contents
    chapter: str | None
    site: str | None = None

    def named(self, value: T) -> T:
        """A structure of dataclasses and tuples with every pointer in its texts in full."""
        found: T = self._named(value)
        return found

    def cited(self, variant: Variant) -> Variant:
        """A question with every pointer in full, and the works that it quotes named after its solution."""
        found = self.named(variant)
        labels = dict.fromkeys(
            label for label in sources((variant.stem, variant.body)) if label in self.contents.sources
        )
        works = (Paragraph((Words(f"[{label}] is {self.contents.sources[label]}"),)) for label in labels)
        return replace(found, solution=(*found.solution, *works)) if labels else found

    def _named(self, value: Any) -> Any:
        """The same object wherever nothing in it points anywhere."""
        if isinstance(value, Paragraph):
            parts = tuple(one for part in value.parts for one in self._part(part))
            return value if parts == value.parts else replace(value, parts=parts)
        if type(value) is tuple:
            found = tuple(map(self._named, value))
            return value if all(a is b for a, b in zip(found, value, strict=True)) else found
        kind: Any = type(value)
        held = ((name, getattr(value, name)) for name in _names(kind))
        changed = {name: new for name, old in held if (new := self._named(old)) is not old}
        return replace(value, **changed) if changed else value

    def _part(self, part: Inline) -> Iterator[Inline]:
        if not isinstance(part, Words) or "See" not in part.text:
            yield part
            return
        end = 0
        for sentence in _SENTENCE.finditer(part.text):
            for found in _POINTER.finditer(part.text, *sentence.span()):
                yield from _words(part.text[end : found.start()])
                yield from self._pointer(found)
                end = found.end()
        yield from _words(part.text[end:])

    def _pointer(self, found: re.Match[str]) -> Iterator[Inline]:
        """A section with its chapter and book, a chapter with its title, or a term of the glossary."""
        number, section = found["number"] or found["alone"], found["section"]
        book = f" ({self.contents.title})" if self.contents.title else ""
        if found["glossary"]:
            yield Words(f"{found[0]}{book}")
            return
        chapter = self._chapter(None if number is None else int(number))
        if chapter is None:  # a chapter that the book does not have
            yield Words(found[0])
            return
        if section is not None:
            yield self._linked(f'"{section}"', chapter, f"#{_anchor(section)}")
            yield Words(f" in {chapter.name}{book}")
            return
        yield self._linked(chapter.name, chapter)
        yield from _words(book)

    def _chapter(self, number: int | None) -> Chapter | None:
        if number is None:
            return None if self.chapter is None else self.contents.chapters.get(self.chapter)
        return next((one for one in self.contents.chapters.values() if one.number == number), None)

    def _linked(self, text: str, chapter: Chapter, anchor: str = "") -> Inline:
        if self.site is None or chapter.docname is None:
            return Words(text)
        return Link((Words(text),), f"{self.site.rstrip('/')}/{chapter.docname}.html{anchor}")


@dataclass(frozen=True)
class Beside(Places):
    """On the site itself the words are enough; sections of the chapters that a quiz is about are links.

    ``addresses`` are those of the pages of these chapters, by id.
    """

    addresses: Mapping[str, str] = field(default_factory=dict)

    def _pointer(self, found: re.Match[str]) -> Iterator[Inline]:
        section, number = found["section"], found["number"]
        chapter = None if found["glossary"] else self._chapter(None if number is None else int(number))
        if section is None or chapter is None or chapter.id not in self.addresses:
            yield Words(found[0])
            return
        yield Link((Words(f'"{section}"'),), f"{self.addresses[chapter.id]}#{_anchor(section)}")
        if number is not None:
            yield Words(f" in chapter {number}")


def sources(value: object) -> Iterator[str]:
    """The label of every source anywhere in a structure of dataclasses and tuples, in order."""
    if isinstance(value, Marked):
        yield value.source
    elif isinstance(value, tuple):
        for one in value:
            yield from sources(one)
    else:
        kind: Any = type(value)
        for name in _names(kind):
            yield from sources(getattr(value, name))


@cache
def _names(kind: Any) -> tuple[str, ...]:
    """The fields of a dataclass; of another type none."""
    return tuple(one.name for one in fields(kind)) if is_dataclass(kind) else ()


def _words(text: str) -> Iterator[Words]:
    if text:
        yield Words(text)


def _anchor(section: str) -> str:
    """The id of a section on its page."""
    return re.sub("[^a-z0-9]+", "-", section.casefold()).strip("-")
