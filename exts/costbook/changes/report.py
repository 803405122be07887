"""An impact in words: sections of a table each, as Markdown for a pull request, and as JSON for a program."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from itertools import groupby
from typing import Any, TypeAlias

from costbook import money
from costbook.changes.found import (
    BrokenClaim,
    Entry,
    Impact,
    ItemText,
    Moved,
    Selected,
    Stamp,
    Unanswered,
    Unchanged,
    Variants,
)

VERSION = 1
"""Raised when a program that reads the JSON would have to change."""
MOST_ROWS = 60
"""Rows of a section in Markdown; a host of pull requests takes 65,536 characters."""
LONG = 60
"""Characters from which on two texts are shown by what differs in them."""
AROUND = 3
"""Words shown on each side of a difference."""


@dataclass(frozen=True, slots=True)
class Section:
    """A table of the report: what it lists and how many, the heads of its columns, and its rows.

    A row may stand for several.
    """

    title: str
    count: int
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


# --- words -----------------------------------------------------------------------------------------------------------


def percent(change: Decimal | None) -> str:
    """``+100%``, ``−4.5%``; nothing where there is no number."""
    if change is None:
        return ""
    return f"{'+' if change > 0 else ''}{money.percentage(change)}"


def lines(entries: Iterable[Entry]) -> str:
    """The lines of some entries: ``20, 23, 26-29``."""
    found = sorted({entry.place.line for entry in entries})
    runs: list[list[int]] = []
    for line in found:
        if runs and line == runs[-1][-1] + 1:
            runs[-1].append(line)
        else:
            runs.append([line])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def between(old: str, new: str) -> tuple[str, str]:
    """Two texts; long ones are cut to what differs in them, with a few words around it."""
    if max(len(old), len(new)) <= LONG:
        return old, new
    one, other = old.split(), new.split()
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    end = 0
    while end < min(len(one), len(other)) - start and one[-1 - end] == other[-1 - end]:
        end += 1
    return _cut(one, start, end), _cut(other, start, end)


def _cut(words: Sequence[str], start: int, end: int) -> str:
    first, last = max(0, start - AROUND), min(len(words), len(words) - end + AROUND)
    return " ".join([*(["…"] if first else []), *words[first:last], *(["…"] if last < len(words) else [])])


COUNTED = {
    "claims": ("broken claim", ""),
    "flips": ("verdict that flips", "verdicts that flip"),
    "keys": ("quiz key", ""),
    "distractors": ("distractor", ""),
    "feedback": ("feedback text", ""),
    "stems": ("stem or hint", "stems and hints"),
    "figures": ("figure", ""),
    "lost": ("item that loses its variants", "items that lose their variants"),
    "unanswered": ("question without an answer", "questions without an answer"),
    "selections": ("selection", ""),
    "arrivals": ("new answer", ""),
    "variants": ("item with other variants", "items with other variants"),
    "words": ("name or text", "names and texts"),
    "workings": ("working", ""),
    "dates": ("text with the date only", "texts with the date only"),
    "stale": ("stale bank", ""),
}
"""How the entries of each list are counted in one sentence."""


def summary(impact: Impact) -> str:
    """What moves, counted."""
    if impact.empty:
        return "Nothing moves."
    counts = [money.some(len(found), *COUNTED[name]) for name, found in impact.entries.items() if found]
    pages = money.some(len(impact.pages), "page")
    stops = " The book cannot be built like this." if impact.stops else ""
    return f"{pages} to read again: {', '.join(counts)}.{stops}"


def heading(impact: Impact) -> str:
    """From which edition to which."""
    return f"From {impact.old} to {impact.new}"


# --- sections --------------------------------------------------------------------------------------------------------


Rows: TypeAlias = Callable[[Iterable[Any]], Iterator[tuple[str, ...]]]
WHERE = "Where"
CLAIMS = (WHERE, "Condition", "Found")
MOVED = (WHERE, "Question", "Shown in", "Old", "New", "Change")
KEYS = (WHERE, "Item", "Drawn", "Old", "New", "Change")
TEXTS = (WHERE, "Item", "Text", "Variants", "For example", "Old", "New")
VARIANTS = (WHERE, "Item", "Variants", "Why some are left out")
UNANSWERED = (WHERE, "Question", "It was", "Why")
SELECTIONS = (WHERE, "Question", "New", "Gone")
ARRIVALS = (WHERE, "Question", "Answer")
PAGES = ("Page", "Texts", "Lines")


def sections(impact: Impact) -> Iterator[Section]:
    """The sections that have something to say, what stops a build first."""
    flipped = [key for key in impact.keys if key.flips]
    moved = [key for key in impact.keys if not key.flips]
    found: list[tuple[str, Sequence[Any], tuple[str, ...], Rows]] = [
        ("Broken claims", impact.claims, CLAIMS, _each(_claim)),
        ("Verdicts that flip", impact.flips, MOVED, _each(_moved)),
        ("Quiz keys that flip", flipped, KEYS, _each(_key)),
        ("Quiz keys that move", moved, KEYS, _each(_key)),
        ("Distractors", impact.distractors, TEXTS, _texts),
        ("Feedback", impact.feedback, TEXTS, _texts),
        ("Stems and hints", impact.stems, TEXTS, _texts),
        ("Figures", impact.figures, MOVED, _each(_moved)),
        ("Items that lose their variants", impact.lost, VARIANTS, _each(_variants)),
        ("Questions that can no longer be answered", impact.unanswered, UNANSWERED, _each(_unanswered)),
        ("Selections", impact.selections, SELECTIONS, _each(_selected)),
        ("New answers", impact.arrivals, ARRIVALS, _each(_arrival)),
        ("Items with other variants", impact.variants, VARIANTS, _each(_variants)),
        ("Names and other texts", impact.words, MOVED[:-1], _each(lambda one: _moved(one)[:-1])),
        ("Same figure, other working or source", impact.workings, PAGES, _by_page),
        ("Date only", impact.dates, PAGES, _by_page),
        ("Stale forms and banks", impact.stale, ("Quiz",), _each(lambda one: (one.quiz,))),
    ]
    for title, entries, head, rows in found:
        if entries:
            yield Section(title, len(entries), head, tuple(rows(entries)))


def _each(row: Callable[[Any], tuple[str, ...]]) -> Rows:
    """A row for each entry."""
    return lambda entries: map(row, entries)


def _where(entry: Entry) -> str:
    return f"{entry.place.file}:{entry.place.line}"


def _claim(one: BrokenClaim) -> tuple[str, ...]:
    return _where(one), one.condition, one.found


def _moved(one: Moved) -> tuple[str, ...]:
    return _where(one), one.asked, one.by, *between(one.old, one.new), percent(one.change)


def _key(one: ItemText) -> tuple[str, ...]:
    return _where(one), one.item, one.drawn, *between(one.old, one.new), percent(one.change)


def _texts(entries: Iterable[ItemText]) -> Iterator[tuple[str, ...]]:
    """A row for each text of an item: how many of its variants move, and the first of them."""
    by_text: dict[tuple[Any, ...], list[ItemText]] = {}
    for one in entries:
        by_text.setdefault((one.place, one.item, one.label), []).append(one)
    for found in by_text.values():
        first = found[0]
        yield _where(first), first.item, first.label, str(len(found)), first.drawn, *between(first.old, first.new)


def _variants(one: Variants) -> tuple[str, ...]:
    return _where(one), one.item, f"{one.before} before, {one.now} now, {one.needed} needed", one.why


def _unanswered(one: Unanswered) -> tuple[str, ...]:
    return _where(one), one.asked, one.old, one.why


def _selected(one: Selected) -> tuple[str, ...]:
    order = "in another order" if not one.added and not one.removed else ""
    return _where(one), one.asked, ", ".join(one.added) or order, ", ".join(one.removed)


def _arrival(one: Moved) -> tuple[str, ...]:
    return _where(one), one.asked, one.new


def _by_page(entries: Iterable[Unchanged]) -> Iterator[tuple[str, ...]]:
    """A row for each page."""
    for file, group in groupby(entries, lambda one: one.place.file):
        found = list(group)
        yield file, str(len(found)), lines(found)


# --- formats ---------------------------------------------------------------------------------------------------------


def markdown(impact: Impact, more: Iterable[Section] = (), most: int = MOST_ROWS) -> str:
    """The report as the text of a pull request; ``more`` sections come last."""
    parts = [f"## Impact of the change\n\n{heading(impact)}. {summary(impact)}"]
    for section in (*sections(impact), *more):
        rows = [section.head, ("---",) * len(section.head), *section.rows[:most]]
        table = "\n".join(f"| {' | '.join(map(_cell, row))} |" for row in rows)
        rest = len(section.rows) - most
        others = f"\n\nand {rest} more; `--format json` lists every one." if rest > 0 else ""
        parts.append(f"### {section.title} ({section.count})\n\n{table}{others}")
    return "\n\n".join(parts) + "\n"


def _cell(text: str) -> str:
    """A text as a cell: on one line, with nothing in it that Markdown reads."""
    flat = " ".join(text.split())
    for mark in "\\`*_{}[]<>#|~":
        flat = flat.replace(mark, f"\\{mark}")
    return flat if flat.strip("-") else text


def as_json(impact: Impact) -> dict[str, Any]:
    """The whole report as plain data, every entry of it.

    ``version``; ``old`` and ``new`` with ``edition`` and ``as_of``; ``stops`` (whether the book cannot be built);
    ``pages`` (names of those that a build reads again); ``summary`` (a sentence); and ``entries``: for each list of an
    ``Impact`` by its name, objects with ``file``, ``line``, ``column``, ``page`` and the fields of that kind of entry.
    ``change`` is a share of the old number as text (``-0.045``), or null.
    """
    return {
        "version": VERSION,
        "old": _stamp(impact.old),
        "new": _stamp(impact.new),
        "stops": impact.stops,
        "pages": sorted(impact.pages),
        "summary": summary(impact),
        "entries": {name: list(map(_entry, found)) for name, found in impact.entries.items()},
    }


def _stamp(stamp: Stamp) -> dict[str, Any]:
    return {"edition": stamp.serial, "as_of": stamp.as_of.isoformat()}


def _entry(entry: Entry) -> dict[str, Any]:
    found: dict[str, Any] = {**entry.place._asdict(), "page": entry.page}
    for one in fields(entry)[1:]:
        value = getattr(entry, one.name)
        found[one.name] = (
            list(value) if isinstance(value, tuple) else str(value) if isinstance(value, Decimal) else value
        )
    return found
