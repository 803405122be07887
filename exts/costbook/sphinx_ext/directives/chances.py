"""``chance-table`` and ``candidate-table``: chances of a toy by temperature."""

from __future__ import annotations

from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives

from costbook.pages import chances
from costbook.sphinx_ext.directives.base import CostDirective
from costbook.sphinx_ext.tables import table, words


class _ByTemperature(CostDirective):
    """A table with a column for each temperature; every chance links to its working."""

    required_arguments = 1
    optional_arguments = 0

    def shown(self, made: chances.ChanceTable, first: str, caption: str) -> list[nodes.Node]:
        """The table; ``first`` is the head of its first column."""
        head = [words(first), *(words(f"Temperature {one}", "cb-number") for one in made.temperatures)]
        rows = [[words(row.head), *map(self.figure_cell, row.cells)] for row in made.rows]
        return [table(f"{self.caption(caption)}{made.stamp}", head, rows, "cb-chances")]


class ChanceTable(_ByTemperature):
    """Paths of a toy by row: how likely each is, by temperature."""

    option_spec: ClassVar[Any] = {
        "paths": directives.unchanged_required,
        "with": directives.unchanged_required,
        "caption": directives.unchanged_required,
    }

    def made(self) -> list[nodes.Node]:
        made = chances.chance_table(self, self.arguments[0], self.options)
        return self.shown(made, "Path", "How likely each path is, by temperature")


class CandidateTable(_ByTemperature):
    """The candidates of one step by row: how likely each is, by temperature."""

    option_spec: ClassVar[Any] = {"with": directives.unchanged_required, "caption": directives.unchanged_required}

    def made(self) -> list[nodes.Node]:
        made = chances.candidate_table(self, self.arguments[0], self.options)
        return self.shown(made, "Next token", "How likely each next token is, by temperature")
