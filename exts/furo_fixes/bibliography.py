"""A bibliography that is a list of list items.

Defect: docutils writes citations as a list (`role="list"`) of entries whose role `doc-biblioentry` is deprecated
and not allowed in a list, so assistive software finds a list without items (axe: aria-required-children).

Remove when: `docutils.writers._html_base` writes citations as list items.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator


def visit_citation(self: HTML5Translator, node: nodes.citation) -> None:
    start = len(self.body)
    type(self).visit_citation(self, node)
    self.body[start:] = [tag.replace('role="doc-biblioentry"', 'role="listitem"') for tag in self.body[start:]]


def depart_citation(self: HTML5Translator, node: nodes.citation) -> None:
    type(self).depart_citation(self, node)


def setup(app: Sphinx) -> None:
    app.add_node(nodes.citation, override=True, html=(visit_citation, depart_citation))
