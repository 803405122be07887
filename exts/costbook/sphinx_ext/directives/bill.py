"""``bill``: a worked calculation, line by line."""

from __future__ import annotations

from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives

from costbook.economy.rates import Part
from costbook.pages.tables import bill_table
from costbook.questions import NotOffered
from costbook.sphinx_ext.directives.base import CostDirective
from costbook.sphinx_ext.tables import number, table, words


class BillDirective(CostDirective):
    """A bill as a table: tokens times price per part, and the total with its working."""

    required_arguments = 1
    option_spec: ClassVar[Any] = {"on": directives.unchanged_required, "caption": directives.unchanged_required}

    def made(self) -> list[nodes.Node]:
        made = bill_table(self, self.arguments[0], self.options)
        if isinstance(made, NotOffered):
            return [nodes.paragraph("", f"Not offered: {made.why}.", translatable=False)]
        head = [
            words("Billed as"),
            words("Tokens", "cb-number"),
            words("Price per million", "cb-number"),
            words("Cost", "cb-number"),
        ]
        rows = []
        for line, (stub, *cells) in zip(made.bill.lines, made.plain, strict=False):
            side = "cb-output" if line.part is Part.OUTPUT else "cb-input"
            rows.append([words(stub, side), *(number(cell, side) for cell in cells)])
        total, *empty, _ = made.plain[-1]
        rows.append([words(total, "cb-total"), *map(number, empty), self.figure_cell(made.total)])
        return [self.following(table(f"{self.caption(made.title)}{made.stamp}", head, rows, "cb-bill"))]
