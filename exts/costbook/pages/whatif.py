"""What a page would say of another model: the answers to what follows its own, as plain strings.

A figure follows the page's model where its author names neither a model nor a day. A table does where it has no ``on``.
Figures inside a claim stay, since their sentence was checked for the page's model only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any, NamedTuple, Protocol

from costbook.economy.bills import NotOffered
from costbook.economy.rates import Model
from costbook.pages.embedding import for_script
from costbook.pages.tables import Asker, Options, bill_table, scenario_table, text_table, told
from costbook.questions import Question, Unanswerable
from costbook.questions.base import Working, side_shown, text_of
from costbook.world import World

Put = Callable[[Question[Any]], Any]

NO_ANSWER = "no answer"
"""What stands for a figure that makes no sense for a model, such as a share of a bill of nothing."""


class TableAsked(NamedTuple):
    """A table as its author asked for it: the directive, its argument and its options."""

    directive: str
    argument: str
    options: tuple[tuple[str, str], ...] = ()


class Followed(NamedTuple):
    """What follows the model of a page: figures by the number of their entry in its working, and tables by id."""

    model: str
    figures: tuple[tuple[int, Question[Any]], ...]
    tables: tuple[tuple[str, TableAsked], ...] = ()


class FigureSaid(NamedTuple):
    """A figure for another model: its text, the side it is about, and its working in words and in symbols."""

    text: str
    side: str
    words: str
    symbols: str


class TableSaid(NamedTuple):
    """A table for another model: its caption, and what its cells say by row and column, without the head.

    Where a cell holds a figure or nothing, its text is empty. ``why`` is said in place of a table of something that the
    model does not offer.
    """

    caption: str
    cells: tuple[tuple[str, ...], ...] = ()
    why: str = ""


class _Table(Protocol):
    """What is said of a table without its figures."""

    @property
    def title(self) -> str: ...
    @property
    def stamp(self) -> str: ...
    @property
    def plain(self) -> tuple[tuple[str, ...], ...]: ...


def follows(asked: Question[Any]) -> bool:
    """Whether a figure changes with the reader's model: about the page's model, at the edition's prices."""
    return asked.follows and getattr(asked, "at", None) is None


def offered(world: World) -> tuple[Model, ...]:
    """The models that a reader may choose: those with a price on the edition's day, without aliases and variants."""
    return world.population("current", world.edition.as_of)


def file_name(model: str) -> str:
    """The name of a model's file: what is not a letter, digit, dot, hyphen or underscore as ``~`` and its code."""
    return f"{re.sub(r'[^A-Za-z0-9._-]', lambda found: f'~{ord(found[0]):x}', model)}.js"


@dataclass
class WhatIf:
    """A world asked what pages would say of other models. Pages ask the same things, so what was written is kept.

    ``put`` answers a question of this world.
    """

    world: World
    put: Put
    _figures: dict[tuple[Question[Any], str], str] = field(default_factory=dict)
    _tables: dict[tuple[TableAsked, str], str] = field(default_factory=dict)

    def figure(self, question: Question[Any], model: str) -> FigureSaid:
        """What a figure says of a model."""
        asked: Question[Any] = replace(question, model=model)  # type: ignore[call-arg] # what follows has one
        try:
            answer = self.put(asked)
        except Unanswerable as error:
            return FigureSaid(NO_ANSWER, "", f"{error}.", "")
        side = side_shown(asked, answer) or ""
        if isinstance(answer, NotOffered):
            return FigureSaid(text_of(answer), side, f"{answer.why}.", "")
        working: Working = answer.working
        return FigureSaid(text_of(answer), side, f"{working.words}.", working.symbols)

    def table(self, asked: TableAsked, model: str) -> TableSaid:
        """What a table says of a model."""
        asker = _Asking(self.world, model, self._forgiving)
        made: _Table | NotOffered = TABLES[asked.directive](asker, asked.argument, dict(asked.options))
        if isinstance(made, NotOffered):
            return TableSaid("", why=f"Not offered: {made.why}.")
        caption, name = dict(asked.options).get("caption", made.title) + made.stamp, self.world.model(model).name
        return TableSaid(caption if name in caption else f"{caption}, on {name}", made.plain)

    def _forgiving(self, question: Question[Any]) -> Any:
        """A cell that makes no sense leaves the rest of its table alone; what stands in it is the figure's to say."""
        try:
            return self.put(question)
        except Unanswerable as error:
            return NotOffered(str(error))

    def script(self, page: str, followed: Followed, model: str) -> bytes:
        """The answers of a page for one model, as a classic script: a page opened from a folder can fetch nothing.

        It gives to ``costbook.whatif`` the page, the model, figures by the number of their entry, and tables by id.
        """
        figures = ",".join(f'"{number}":{self._figure_json(one, model)}' for number, one in followed.figures)
        tables = ",".join(f"{for_script(name)}:{self._table_json(asked, model)}" for name, asked in followed.tables)
        return f"costbook.whatif({for_script(page)},{for_script(model)},{{{figures}}},{{{tables}}});\n".encode()

    def _figure_json(self, question: Question[Any], model: str) -> str:
        if (question, model) not in self._figures:
            self._figures[question, model] = for_script(self.figure(question, model))
        return self._figures[question, model]

    def _table_json(self, asked: TableAsked, model: str) -> str:
        if (asked, model) not in self._tables:
            self._tables[asked, model] = for_script(self.table(asked, model))
        return self._tables[asked, model]


@dataclass
class _Asking:
    """A table that is asked for as if it stood on a page of another model."""

    world: World
    page_model: str
    put: Put

    def ask(self, question: Question[Any], literal: str, model: str | None = None) -> Any:
        return told(self.put, question, literal, model)


TABLES: Mapping[str, Callable[[Asker, str, Options], Any]] = {
    "scenario-table": scenario_table,
    "text-table": text_table,
    "bill": bill_table,
}
"""The directives whose tables may follow the page's model, and what is asked for each."""


# --- what answers rest on --------------------------------------------------------------------------------------------


def digest_of_page(followed: Followed) -> str:
    """A digest of what follows on a page."""
    return _digest(followed)


def digest_of_rest(world: World) -> str:
    """A digest of what answers for any model rest on: workloads, texts, the day and the conventions."""
    texts = [(text.title, text.text) for text in world.texts.values()]
    return _digest((world.edition.as_of, world.mtok, world.month, [*world.scenarios.values()], world.sets, texts))


def digest_of_model(model: Model) -> str:
    """A digest of what is known of a model."""
    return _digest(model)


def _digest(value: object) -> str:
    return sha256(repr(value).encode()).hexdigest()
