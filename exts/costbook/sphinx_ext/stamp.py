"""The stamp below the title: day of the prices and edition where figures or a quiz have prices, a chapter's minutes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from docutils import nodes
from sphinx.transforms import SphinxTransform

from costbook import money
from costbook.questions import FIGURES
from costbook.questions.documents import EditionFact, EditionOf
from costbook.quizzes.page import Receipt
from costbook.sphinx_ext.directives.boxes import page_link
from costbook.sphinx_ext.domain import cost_domain
from costbook.sphinx_ext.offline import EDITIONS_PAGE
from costbook.sphinx_ext.page import ask, page_chapter
from costbook.sphinx_ext.transforms import COMPUTED, prose

WORDS_A_MINUTE = 220
"""How fast prose is read; tables, figures, formulas and working are not counted."""


class Stamp(SphinxTransform):
    """Puts the stamp below the title; a page with prices is read again when the edition or its day moves."""

    default_priority = 405  # after the working section, which is not read like a text

    def apply(self, **kwargs: Any) -> None:
        top = next(iter(self.document.findall(nodes.section)), None)
        asked = cost_domain(self.env).asked.get(self.env.docname, {})
        priced = any(isinstance(question, FIGURES) for question in asked)
        quiz = any(isinstance(one.kept, Receipt) and one.kept.reads.priced for one in asked.values())
        chapter = page_chapter(self.env) is not None
        if top is None or not (priced or quiz or chapter):
            return
        said = nodes.paragraph("", translatable=False)
        if priced or quiz:
            # The page of a quiz is read again with its edition anyway.
            said += self._prices(partial(ask, self.env) if priced else self._known)
        if chapter:
            time = f"about {minutes_to_read(self.document)} to read"
            said += nodes.Text(f" · {time}" if said.children else time.capitalize())
        title = top.first_child_matching_class(nodes.title)
        top.insert(
            0 if title is None else title + 1, nodes.container("", said, classes=["cb-stamp", COMPUTED, "no-search"])
        )

    def _prices(self, tell: Callable[[EditionOf], tuple[Any, str]]) -> list[nodes.Node]:
        """The day of the prices, and the edition."""
        day, serial = (tell(EditionOf(fact))[1] for fact in EditionFact)
        edition: nodes.Node = nodes.Text(f"edition {serial}")
        if EDITIONS_PAGE in self.env.found_docs:
            edition = page_link(EDITIONS_PAGE, self.env.docname, f"edition {serial}")
        return [nodes.Text(f"Prices of {day}, "), edition]

    def _known(self, question: EditionOf) -> tuple[EditionOf, str]:
        return question, str(cost_domain(self.env).answer(question))


def minutes_to_read(document: nodes.document) -> str:
    """The time that a document's prose takes, to a whole minute and at least one."""
    words = sum(len(block.astext().split()) for block in prose(document) if not _in_table(block))
    return money.some(max(1, round(words / WORDS_A_MINUTE)), "minute")


def _in_table(node: nodes.Node | None) -> bool:
    while node is not None and not isinstance(node, nodes.table):
        node = node.parent
    return node is not None
