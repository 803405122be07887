"""Two worlds compared: every page asks both, and each answer that differs becomes an entry of one list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from costbook.assessment.items import Item, Quiz, Use
from costbook.changes.answers import Detail, Sort, name_of, printed, undated
from costbook.changes.asking import NO_ANSWER, Side, Worlds
from costbook.changes.found import (
    NONE,
    BrokenClaim,
    Entry,
    Impact,
    ItemText,
    Moved,
    Selected,
    Stale,
    Stamp,
    Unanswered,
    Unchanged,
    Variants,
)
from costbook.changes.grounds import strings
from costbook.changes.items import Shelf, item_moved
from costbook.changes.parts import Part, Role
from costbook.economy.bills import NotOffered
from costbook.load import Place
from costbook.pages import DOCUMENT, Asked, Claimed, Failed, Page, PageAsks, Piece, asked_by
from costbook.questions import Figure, Selection, Series, Verdict
from costbook.questions.prices import PriceRow
from costbook.questions.ratios import SpreadRow
from costbook.questions.workloads import WorkedBill, WorkloadRow
from costbook.quizzes.page import QuizOf, head_of
from costbook.world import World

WORKED = (Figure, Verdict, NotOffered, PriceRow, SpreadRow, WorkedBill, WorkloadRow, Series)
"""Answers that rest on more than is printed of them in their place."""
LISTS = {Sort.FIGURE: "figures", Sort.VERDICT: "flips", Sort.WORDS: "words"}
ROLES = {Role.KEY: "keys", Role.DISTRACTOR: "distractors", Role.FEEDBACK: "feedback", Role.STEM: "stems"}


def impact(old: World, new: World, pages: Iterable[Page]) -> Impact:
    """What moves on some pages when one world follows another; nothing where they are the same."""
    comparing = _Comparing(Worlds(Side(old), Side(new)))
    for page in sorted(pages, key=lambda one: one.docname):
        comparing.page(page)
    # In order of place; what stands at one place stays in the order in which it is asked.
    found: dict[str, Any] = {
        name: tuple(sorted(entries, key=lambda entry: entry.place)) for name, entries in comparing.found.items()
    }
    return Impact(_stamp(old), _stamp(new), **found)


def _stamp(world: World) -> Stamp:
    return Stamp(world.edition.serial, world.edition.as_of)


@dataclass
class _Comparing:
    """One comparison; ``found`` are the entries of each list of an ``Impact``."""

    worlds: Worlds
    found: dict[str, list[Entry]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.old, self.new = self.worlds.old.world, self.worlds.new.world
        self.shelves = Shelf(self.old), Shelf(self.new)

    def note(self, name: str, entry: Entry) -> None:
        self.found.setdefault(name, []).append(entry)

    def asks(self, page: Page, pieces: Iterable[Piece] | None = None) -> tuple[PageAsks, PageAsks]:
        """What a page asks of each world."""
        old, new = (
            asked_by(page, side.world, partial(self.worlds.put, side), pieces)
            for side in (self.worlds.old, self.worlds.new)
        )
        return old, new

    def page(self, page: Page) -> None:
        if not self.concerned(page):
            return
        was, now = self.asks(page)
        for claim in now.claims:
            self.claim(claim)
        self.failed(was.failed, now.failed)
        # What only one world asks is a row of a table whose members changed, which is an entry of its own.
        both = dict.fromkeys(was.asked)
        for asked in dict.fromkeys(now.asked):
            if asked in both:
                self.asked(page, asked)

    def concerned(self, page: Page) -> bool:
        """Whether anything that a page may ask is told otherwise; where not, the page need not be read."""
        if isinstance(page.question, QuizOf) or self.worlds.touched is None:
            return True
        was, now = self.asks(page, page.glance)
        if was != now or any(self.worlds.verdicts(one.condition) for one in now.claims):
            return True
        return any(self.worlds.differs(question) for question in {one.question for one in now.asked})

    def claim(self, claim: Claimed) -> None:
        verdicts = self.worlds.verdicts(claim.condition)
        if verdicts is not None:
            _, (holds, found) = verdicts
            if not holds:
                self.note("claims", BrokenClaim(claim.place, claim.text, found))

    def failed(self, was: Iterable[Failed], now: Iterable[Failed]) -> None:
        """Roles and directives that fail in one world only."""
        before = {(one.place, one.literal) for one in was}
        after = {(one.place, one.literal) for one in now}
        for one in now:
            if (one.place, one.literal) not in before:
                self.note("unanswered", Unanswered(one.place, one.literal, "", one.why))
        for one in was:
            if (one.place, one.literal) not in after:
                self.note("arrivals", Moved(one.place, one.literal, DOCUMENT, NONE, ""))

    def asked(self, page: Page, asked: Asked) -> None:
        """A question that both worlds are asked at the same place."""
        question, place = asked.question, asked.place
        if isinstance(question, QuizOf):
            self.quiz(page, question, place)
            return
        if not self.worlds.differs(question):
            return
        was, now = self.worlds.old.find(question), self.worlds.new.find(question)
        if isinstance(now, NO_ANSWER):
            self.note("unanswered", Unanswered(place, name_of(question), _said(asked, was), str(now)))
        elif isinstance(was, NO_ANSWER):
            self.note("arrivals", Moved(place, name_of(question), asked.shown.by, NONE, _said(asked, now)))
        else:
            self.answers(asked, was, now)

    def answers(self, asked: Asked, was: Any, now: Any) -> None:
        """Two answers that differ: in what is printed, else in what lies below it."""
        if isinstance(now, Selection):
            self.selection(asked, was, now)
            return
        moved = list(_moved(asked, was, now))
        for name, entry in moved:
            self.note(name, entry)
        if moved:
            return
        label = name_of(asked.question)
        if undated(was) == undated(now):
            self.note("dates", Unchanged(asked.place, label))
        elif isinstance(now, WORKED):
            self.note("workings", Unchanged(asked.place, label))
        else:
            self.texts(asked.place, label, was, now)

    def selection(self, asked: Asked, was: Selection, now: Selection) -> None:
        added = tuple(one for one in now.ids if one not in was.ids)
        removed = tuple(one for one in was.ids if one not in now.ids)
        self.note("selections", Selected(asked.place, name_of(asked.question), added, removed))

    def texts(self, place: Place, label: str, was: object, now: object) -> None:
        """The texts of a document that differ, one by one where both have as many."""
        old, new = list(strings(was)), list(strings(now))
        pairs = [(one, other) for one, other in zip(old, new, strict=False) if one != other]
        if len(old) != len(new) or not pairs:
            pairs = [("", "")]
        for one, other in pairs:
            self.note("words", Moved(place, label, DOCUMENT, one, other))

    # --- quizzes -----------------------------------------------------------------------------------------------------

    def quiz(self, page: Page, question: QuizOf, place: Place) -> None:
        was, now = (world.quizzes.get(question.quiz) for world in (self.old, self.new))
        label = name_of(question)
        if now is None:
            if was is not None:
                self.note("unanswered", Unanswered(place, label, was.title, "the quiz is gone"))
            return
        if was is None:
            self.note("arrivals", Moved(place, label, DOCUMENT, NONE, now.title))
            return
        heads = [_head(was, self.old), _head(now, self.new)]
        if heads[0] != heads[1]:
            self.texts(place, label, *heads)
        items = {item.id: item for item in was.items}
        for item in now.items:
            at = page.item(item.id)
            if item.id in items:
                self.item(at, now, items.pop(item.id), item)
            else:
                self.note("arrivals", Moved(at, f"item {item.id}", DOCUMENT, NONE, item.id))
        for gone in items:
            self.note("words", Moved(place, f"item {gone}", DOCUMENT, gone, NONE))
        if _stamp(self.old) != _stamp(self.new):
            self.note("dates", Unchanged(place, label))
        if self.stale(was, now):
            self.note("stale", Stale(place, now.id, now.use is Use.GRADED))

    def stale(self, was: Quiz, now: Quiz) -> bool:
        """Whether the codes of a quiz stand for something else."""
        if was.source != now.source or _stamp(self.old) != _stamp(self.new):
            return True
        old, new = self.shelves
        return any(old.named(item).entries != new.named(item).entries for item in now.items)

    def item(self, place: Place, quiz: Quiz, was: Item, now: Item) -> None:
        found = item_moved(was, now, *self.shelves)
        graded = quiz.use is Use.GRADED
        for moved in found.parts:
            name, (old, new, change) = ROLES[moved.part.role], _between(moved.old, moved.new)
            about = (place, quiz.id, now.id, moved.drawn, moved.part.label)
            self.note(name, ItemText(*about, old, new, change, moved.flips, graded))
        if found.dated:
            self.note("dates", Unchanged(place, f"item {now.id}"))
        if found.variants is not None:
            kept = found.variants
            counts = (kept.before, kept.now, kept.needed)
            self.note(
                "variants" if kept.enough else "lost", Variants(place, quiz.id, now.id, *counts, kept.why, graded)
            )


def _head(quiz: Quiz, world: World) -> object:
    """What stands above the items of a quiz, without the edition's stamp."""
    head = head_of(quiz, world)
    return replace(head, quiz=replace(head.quiz, slots=(), source=""), edition=0, as_of=date.min)


def _said(asked: Asked, answer: object) -> str:
    return "; ".join(one.text for one in printed(asked.question, answer, asked.shown))


def _moved(asked: Asked, was: object, now: object) -> Iterator[tuple[str, Entry]]:
    """The details of two answers that differ, each with the list it belongs to."""
    old = {piece.label: piece for piece in printed(asked.question, was, asked.shown)}
    new = {piece.label: piece for piece in printed(asked.question, now, asked.shown)}
    for label in dict.fromkeys((*new, *old)):
        one, other = old.get(label), new.get(label)
        if one is not None and other is not None and one.text == other.text:
            continue
        sorts = {piece.sort for piece in (one, other) if piece is not None}
        if sorts == {Sort.DATE}:
            yield "dates", Unchanged(asked.place, label)
            continue
        sort = Sort.VERDICT if Sort.VERDICT in sorts else sorts.pop()
        yield LISTS[sort], Moved(asked.place, label, asked.shown.by, *_between(one, other))


def _between(old: Detail | Part | None, new: Detail | Part | None) -> tuple[str, str, Decimal | None]:
    """Two texts, and by what share the number in them moves, where it does."""
    change = None
    if old is not None and new is not None and old.value and new.value is not None and old.value != new.value:
        change = (new.value - old.value) / old.value
    return NONE if old is None else old.text, NONE if new is None else new.text, change
