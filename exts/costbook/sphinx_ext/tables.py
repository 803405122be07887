"""Tables as docutils nodes: a head, rows, a caption that says of which day the prices are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from docutils import nodes

from costbook.sphinx_ext.transforms import COMPUTED


@dataclass(frozen=True)
class Cell:
    """The content of one cell, words or paragraphs, and its classes (``cb-number`` sets it to the right)."""

    content: Sequence[nodes.Node]
    classes: tuple[str, ...] = ()


def words(text: str, *classes: str) -> Cell:
    """A cell of plain text."""
    return Cell([nodes.Text(text)], classes)


def number(text: str, *classes: str) -> Cell:
    """A cell of plain text that is a number."""
    return words(text, "cb-number", *classes)


def lines(*each: Sequence[nodes.Node]) -> Cell:
    """A cell of several lines."""
    return Cell([nodes.paragraph("", "", *line) for line in each])


def table(caption: str, head: Sequence[Cell], rows: Sequence[Sequence[Cell]], *classes: str) -> nodes.table:
    """A table whose first column names its rows."""
    group = nodes.tgroup(cols=len(head))
    for index in range(len(head)):
        group += nodes.colspec(colwidth=1, stub=1 if index == 0 else 0)
    group += nodes.thead("", _row(head))
    group += nodes.tbody("", *(_row(row) for row in rows))
    title = nodes.title("", caption, translatable=False)
    return nodes.table("", title, group, classes=[COMPUTED, "cb-table", "colwidths-auto", *classes])


def _row(cells: Sequence[Cell]) -> nodes.row:
    row = nodes.row()
    for cell in cells:
        several = any(isinstance(one, nodes.paragraph) for one in cell.content)
        content = cell.content if several else [nodes.paragraph("", "", *cell.content)]
        row += nodes.entry("", *content, classes=list(cell.classes))
    return row
