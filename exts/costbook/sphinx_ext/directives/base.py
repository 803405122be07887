"""What every directive of this extension does alike: ask, and report a slip at its own line and column."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from costbook.assessment.lint import hits
from costbook.economy.rates import NoRate
from costbook.names import suggestion
from costbook.questions import Question, Unanswerable, Unreadable
from costbook.questions.base import text_of
from costbook.questions.documents import EditionFact, EditionOf, NameOf
from costbook.questions.selections import Models, Scenarios
from costbook.sphinx_ext.domain import cost_domain
from costbook.sphinx_ext.page import answer_node, ask, page_model
from costbook.sphinx_ext.tables import Cell
from costbook.sphinx_ext.warnings import Subtype, warn_at
from costbook.world import World


class Slip(ValueError):
    """Something an author wrote wrongly; ``literal`` is where, from a line on (0: the line of the directive)."""

    def __init__(self, message: str, literal: str, from_line: int = 0) -> None:
        super().__init__(message)
        self.literal, self.from_line = literal, from_line


class CostDirective(SphinxDirective):
    """A directive whose content is computed; a slip becomes one located warning and an empty place."""

    subtype = Subtype.QUESTION

    def run(self) -> list[nodes.Node]:
        try:
            return self._named(self.made())
        except Slip as slip:
            line = slip.from_line or self.lineno
            warn_at(self.env, self.subtype, str(slip), slip.literal, line, whole=True)
        except (Unreadable, Unanswerable, LookupError) as error:
            literal = self.arguments[0] if self.arguments else self.name
            warn_at(self.env, self.subtype, str(error), literal, self.lineno, whole=True)
        return []

    def _named(self, made: list[nodes.Node]) -> list[nodes.Node]:
        """Each table with an id that begins with the page's, since singlehtml and PDF merge pages."""
        for node in made:
            if isinstance(node, nodes.table) and not node["ids"]:
                number = self.env.new_serialno("cb-table") + 1
                node["ids"].append(f"{nodes.make_id(self.env.docname)}-table-{number}")
        return made

    @abstractmethod
    def made(self) -> list[nodes.Node]:
        """The nodes this directive stands for."""

    def ask(self, question: Question[Any], literal: str, model: str | None = None) -> Any:
        """The answer to a question for this page.

        A slip is reported at the literal that caused it, a day without a price where the model is named.
        """
        return self._asked(question, literal, model)[1]

    def _asked(self, question: Question[Any], literal: str, model: str | None) -> tuple[Question[Any], Any]:
        try:
            return ask(self.env, question)
        except NoRate as error:
            raise Slip(str(error), model or literal) from None
        except (Unanswerable, LookupError) as error:
            raise Slip(str(error), literal) from None

    def figure_cell(self, question: Question[Any], literal: str, model: str | None = None) -> Cell:
        """A cell with a figure that links to its working."""
        resolved, answer = self._asked(question, literal, model)
        return Cell([answer_node(resolved, answer, literal, self.lineno)], ("cb-number",))

    def words_of(self, option: str, default: str) -> list[str]:
        """The words of an option."""
        return str(self.options.get(option, default)).split()

    def models(self, names: list[str]) -> list[str]:
        """Models by id, house role or population; a population is a selection, so that a new member is noticed."""
        found: list[str] = []
        for name in names:
            found += self._members(name)
        return list(dict.fromkeys(found))

    def some_models(self, names: list[str]) -> list[str]:
        """At least one model, where a table or chart of none makes no sense."""
        found = self.models(names)
        if not found:
            raise Slip(f"no model of {' '.join(names)!r} has a price on this edition's day", names[0])
        return found

    def name_of(self, model: str) -> str:
        """The name of a model, asked as a question: a page that prints it is read again when it changes."""
        return str(self.ask(NameOf(model), model))

    def caption(self, default: str) -> str:
        """The author's caption, which may hold no typed number, or the default."""
        text = str(self.options.get("caption", default))
        for hit in hits(text):
            warn_at(self.env, Subtype.LITERAL, hit.what, hit.literal, self.lineno)
        return text

    def _members(self, name: str) -> list[str]:
        world = self.world
        if name in world.models or name in world.edition.houses:
            return [name]
        try:
            return list(self.ask(Models(name), name).ids)
        except Slip:
            try:
                world.model(name)
            except LookupError as error:
                raise Slip(str(error), name) from None
            raise

    def scenarios(self, names: list[str]) -> list[str]:
        """Scenarios by id or set; a set is a selection."""
        found: list[str] = []
        for name in names:
            if name in self.world.sets or name == "all":
                found += self.ask(Scenarios(name), name).ids
            else:
                found.append(name)
        return list(dict.fromkeys(found))

    @property
    def world(self) -> World:
        """The world of this build."""
        return cost_domain(self.env).world

    @property
    def page_model(self) -> str:
        """The model of the page."""
        return page_model(self.env)

    @property
    def as_of(self) -> str:
        """The edition's day, asked as a question: a page that prints it is read again when it moves."""
        return text_of(ask(self.env, EditionOf(EditionFact.DATE))[1])


def one_of(text: str, known: dict[str, Any], what: str) -> Any:
    """An entry of a table of column names; unknown ones are a slip with the nearest name."""
    if text not in known:
        raise Slip(f"unknown {what} {text!r}; {suggestion(text, known)}", text)
    return known[text]
