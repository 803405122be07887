"""YAML sources read safely: plain data, every scalar as text, and the place of every key and value.

One pass over the events of libyaml's parser refuses what a data file has no need of (aliases, tags, duplicate keys,
more than 20 levels, more than 1 MB) as soon as it comes, so a hostile file costs no more than a slip.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import yaml

LARGEST = 1_000_000
DEEPEST = 20
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
COLON = "mapping values are not allowed"
NULLS = {"", "~", "null"}
NOT_TEXT = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ufffd\U00010000-\U0010ffff]")
"""What YAML allows in no file; looked for here because libyaml tells its place in bytes, without a line."""

Keys: TypeAlias = tuple[str | int, ...]


class Place(NamedTuple):
    """A position in a file; line and column count from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class Problem(NamedTuple):
    """Something wrong at a place: what, and what was meant."""

    place: Place
    what: str

    def __str__(self) -> str:
        return f"{self.place}: {self.what}"


class DataErrors(Exception):
    """Every problem found in the data files, in order of place."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = tuple(sorted({Problem(place, _shortened(what)) for place, what in problems}))
        super().__init__("\n".join(map(str, self.problems)))


LONGEST_MESSAGE = 600


def _shortened(what: str) -> str:
    """A message that repeats a huge value, with its beginning and its end: there stands the remedy."""
    half = LONGEST_MESSAGE // 2
    return what if len(what) <= LONGEST_MESSAGE else f"{what[:half]} … {what[-half:]}"


class _Refused(Exception):
    """The file cannot be read on; where and why."""

    def __init__(self, line: int, column: int, what: str) -> None:
        super().__init__(what)
        self.line, self.column, self.what = line, column, what


@dataclass
class Document:
    """One file: plain data, and the places of values and keys by path."""

    file: str
    text: str
    data: Any = None
    values: dict[Keys, tuple[int, int]] = field(default_factory=dict)
    keys: dict[Keys, tuple[int, int]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @cached_property
    def lines(self) -> list[str]:
        """The text line by line."""
        return self.text.splitlines()

    def place(self, path: Keys) -> Place:
        """Where the value at a path stands, or the nearest thing around it."""
        while path and path not in self.values:
            path = path[:-1]
        return Place(self.file, *self.values.get(path, (1, 1)))

    def key_place(self, path: Keys) -> Place:
        """Where the key of a path stands."""
        return Place(self.file, *self.keys[path]) if path in self.keys else self.place(path)

    def problem(self, path: Keys, what: str) -> None:
        """Note a problem of the value at a path."""
        self.problems.append(Problem(self.place(path), what))


def read_source(path: Path, root: Path) -> Document:
    """Read one file; what is wrong with it is in the document's ``problems``."""
    name = path.relative_to(root).as_posix()
    try:
        return parse_source(name, _decoded(path))
    except _Refused as refused:
        return Document(name, "", problems=[Problem(Place(name, refused.line, refused.column), refused.what)])


def parse_source(name: str, text: str) -> Document:
    """Read a text as if it stood in a file; what is wrong with it is in the document's ``problems``."""
    document = Document(name, text)
    try:
        _build(document)
    except _Refused as refused:
        document.data = None
        document.problems.append(Problem(Place(name, refused.line, refused.column), refused.what))
    return document


def _inside(text: str, line: int, column: int) -> tuple[int, int]:
    """A place; libyaml says that a last line without a line break ends on the line after it."""
    lines = f"{text}.".splitlines()
    return (line, column) if line <= len(lines) else (len(lines), len(lines[-1]))


def _decoded(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise _Refused(1, 1, f"cannot be read: {error.strerror or error}") from None
    if len(raw) > LARGEST:
        raise _Refused(1, 1, f"is {len(raw):,} bytes long; a data file has at most {LARGEST:,}: split it")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8-sig")  # what comes before the first bad byte is good
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        raise _Refused(line, column, "is not UTF-8 here; save the file as UTF-8") from None


def _build(document: Document) -> None:
    """Fill the document from the parser's events."""
    stray = NOT_TEXT.search(document.text)
    if stray:
        before = document.text[: stray.start()]
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        raise _Refused(line, column, f"the control character U+{ord(stray[0]):04X}; remove it")
    parser = LOADER(document.text)
    try:
        _expect(parser, yaml.StreamStartEvent)
        if parser.check_event(yaml.StreamEndEvent):
            raise _Refused(1, 1, "is empty")
        _expect(parser, yaml.DocumentStartEvent)
        document.data = _value(parser, document, (), 1)
        if document.data is None:
            raise _Refused(1, 1, "is empty")
        _expect(parser, yaml.DocumentEndEvent)
        if not parser.check_event(yaml.StreamEndEvent):
            line, column = _at(parser.get_event())
            raise _Refused(line, column, "a second document starts here; a data file holds one")
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = _inside(document.text, mark.line + 1, mark.column + 1) if mark else (1, 1)
        context = f" {error.context}" if error.context else ""
        remedy = "; a text with a colon stands in quotes or after >-" if COLON in str(error.problem) else ""
        raise _Refused(line, column, f"is not YAML: {error.problem}{context}{remedy}") from None
    finally:
        parser.dispose()


def _at(event: Any) -> tuple[int, int]:
    return event.start_mark.line + 1, event.start_mark.column + 1


def _expect(parser: Any, kind: type) -> Any:
    event = parser.get_event()
    if not isinstance(event, kind):
        raise _Refused(*_at(event), f"unexpected {type(event).__name__.removesuffix('Event').lower()}")
    return event


def _value(parser: Any, document: Document, path: Keys, depth: int) -> Any:
    event = parser.get_event()
    line, column = _at(event)
    if isinstance(event, yaml.AliasEvent):
        raise _Refused(line, column, "an alias (*name); write the value out, data files have no aliases")
    if event.anchor is not None:
        raise _Refused(line, column, "an anchor (&name); data files have no aliases, so remove it")
    if event.tag is not None:
        raise _Refused(line, column, f"a tag ({event.tag}); remove it, every value is read as text")
    if depth > DEEPEST:
        raise _Refused(line, column, f"nested deeper than {DEEPEST} levels")
    document.values[path] = (line, column)
    if isinstance(event, yaml.ScalarEvent):
        plain = not event.style  # libyaml says "", PyYAML's own parser None
        return None if plain and event.value in NULLS else event.value
    if isinstance(event, yaml.SequenceStartEvent):
        return _sequence(parser, document, path, depth)
    return _mapping(parser, document, path, depth)


def _sequence(parser: Any, document: Document, path: Keys, depth: int) -> list[Any]:
    items: list[Any] = []
    while not parser.check_event(yaml.SequenceEndEvent):
        items.append(_value(parser, document, (*path, len(items)), depth + 1))
    parser.get_event()
    return items


def _mapping(parser: Any, document: Document, path: Keys, depth: int) -> dict[str, Any]:
    entries: dict[str, Any] = {}
    while not parser.check_event(yaml.MappingEndEvent):
        at = parser.peek_event()
        key = _value(parser, document, (*path, ""), depth + 1)
        del document.values[(*path, "")]
        line, column = _at(at)
        if not isinstance(key, str):
            raise _Refused(line, column, "a key must be plain text")
        here = (*path, key)
        if key in entries:
            first = document.keys[here][0]
            raise _Refused(line, column, f"the key {key!r} stands twice; the first is in line {first}")
        document.keys[here] = (line, column)
        entries[key] = _value(parser, document, here, depth + 1)
    parser.get_event()
    return entries


def in_source(literal: str, *, whole: bool = False) -> re.Pattern[str]:
    """What a literal looks like in the source."""
    text = r"[\s>:*_]+".join(map(re.escape, literal.split()))
    return re.compile(rf"(?<![\w.:{{-]){text}(?![\w.:-])" if whole else text)


def locate(source: str, literal: str, from_line: int, nth: int = 1, *, whole: bool = False) -> tuple[int, int]:
    """Line and column of the n-th occurrence of a literal from a line on; the line's start where it does not occur.

    The source may break the literal's line wherever the literal has a space, also inside a quotation (``>``) or an
    option (``:``), and set words in ``**bold**``. ``whole``: an occurrence inside a longer id (``gpt-4`` in
    ``gpt-4o``) is none.
    """
    start = sum(map(len, source.splitlines(keepends=True)[: from_line - 1]))
    found = next(islice(in_source(literal, whole=whole).finditer(source, start), nth - 1, None), None)
    if found is None and whole:
        return locate(source, literal, from_line, nth)
    if found is None:
        return from_line, 1
    lines = f"{source[: found.start()]}.".splitlines()
    return len(lines), len(lines[-1])
