"""What every directive of this extension does alike: ask, and report a slip at its own line and column."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from costbook.assessment.lint import hits
from costbook.pages.tables import Put, Slip, told
from costbook.pages.whatif import TableAsked
from costbook.questions import Question, Unanswerable, Unreadable
from costbook.sphinx_ext.domain import cost_domain
from costbook.sphinx_ext.page import answer_node, ask, page_model
from costbook.sphinx_ext.tables import Cell
from costbook.sphinx_ext.warnings import Subtype, warn_at
from costbook.world import World


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
        return told(lambda put: ask(self.env, put), question, literal, model)[1]

    def figure_cell(self, put: Put) -> Cell:
        """A cell with a figure that links to its working."""
        return Cell([answer_node(put.question, put.answer, put.literal, self.lineno)], ("cb-number",))

    def following(self, made: nodes.table) -> nodes.table:
        """A table, with how it was asked for where it is about the model of the page."""
        if "on" not in self.options:
            made["asked"] = TableAsked(self.name, self.arguments[0], tuple(sorted(self.options.items())))
        return made

    def caption(self, default: str) -> str:
        """The author's caption, which may hold no typed number, or the default."""
        text = str(self.options.get("caption", default))
        for hit in hits(text):
            warn_at(self.env, Subtype.LITERAL, hit.what, hit.literal, self.lineno)
        return text

    @property
    def world(self) -> World:
        """The world of this build."""
        return cost_domain(self.env).world

    @property
    def page_model(self) -> str:
        """The model of the page."""
        return page_model(self.env)
