"""``text-table`` and ``cut``: what texts come to in tokens, and where they are cut."""

from __future__ import annotations

from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives

from costbook.pages.tables import cut, text_table
from costbook.sphinx_ext.directives.base import CostDirective
from costbook.sphinx_ext.tables import number, table, words
from costbook.sphinx_ext.transforms import COMPUTED


class TextTable(CostDirective):
    """Texts by row: words, tokens in each encoding, tokens per word, and a million of them as input."""

    required_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar[Any] = {
        "on": directives.unchanged_required,
        "in": directives.unchanged_required,
        "caption": directives.unchanged_required,
    }

    def made(self) -> list[nodes.Node]:
        made = text_table(self, self.arguments[0], self.options)
        first, *others, last = made.heads
        head = [words(first), *(words(one, "cb-number") for one in others), words(last, "cb-number", "cb-input")]
        rows = [
            [words(name), *map(number, cells), self.figure_cell(cost)]
            for (name, *cells, _), (_, cost) in zip(made.plain, made.rows, strict=True)
        ]
        return [self.following(table(f"{self.caption(made.title)}{made.stamp}", head, rows, "cb-texts"))]


class CutDirective(CostDirective):
    """The tokens of a text, one chip each; one without a text to show stands as its bytes."""

    required_arguments = 1
    option_spec: ClassVar[Any] = {"in": directives.unchanged_required}

    def made(self) -> list[nodes.Node]:
        made = cut(self, self.arguments[0], self.options)
        row = nodes.paragraph("", classes=["cb-cut", COMPUTED], translatable=False)
        row += [nodes.inline("", f"{made.encoding}:", classes=["cb-source"]), nodes.Text(" ")]
        for chip in made.chips:
            row += [nodes.literal("", chip.text, classes=["cb-bytes"] if chip.in_bytes else []), nodes.Text(" ")]
        return [row]
