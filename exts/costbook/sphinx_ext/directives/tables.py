"""``scenario-table``, ``price-table`` and ``ratio-table``."""

from __future__ import annotations

from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives

from costbook import money
from costbook.economy.rates import Rate
from costbook.pages.tables import (
    PRICE_HEADINGS,
    Column,
    Put,
    ScenarioRow,
    price_cell,
    price_table,
    ratio_table,
    retired_by,
    scenario_table,
)
from costbook.questions import PriceRow
from costbook.questions.base import NOT_OFFERED
from costbook.sphinx_ext.directives.base import CostDirective
from costbook.sphinx_ext.tables import Cell, number, table, words


class ScenarioTable(CostDirective):
    """Workloads by row, what they cost by column; every amount links to its working."""

    required_arguments = 1
    optional_arguments = 0
    final_argument_whitespace = True
    option_spec: ClassVar[Any] = {
        "on": directives.unchanged_required,
        "show": directives.unchanged_required,
        "caption": directives.unchanged_required,
    }

    def made(self) -> list[nodes.Node]:
        made = scenario_table(self, self.arguments[0], self.options)
        head = [words("Workload"), *([words("Model")] if made.several else []), *map(_heading, made.columns)]
        rows = [self._row(row, made.columns) for row in made.rows]
        return [self.following(table(f"{self.caption(made.title)}{made.stamp}", head, rows, "cb-scenarios"))]

    def _row(self, row: ScenarioRow, columns: tuple[Column, ...]) -> list[Cell]:
        cells = [words(row.workload.name), *([] if row.model is None else [words(row.model)])]
        for column, cell in zip(columns, row.cells, strict=True):
            if isinstance(cell, Put):
                cells.append(self.figure_cell(cell))
            else:
                cells.append(words("") if cell is None else number(money.count(cell), *_side(column)))
        return cells


def _heading(column: Column) -> Cell:
    return words(column.heading, *_side(column), "cb-number")


def _side(column: Column) -> tuple[str, ...]:
    return (f"cb-{column.side}",) if column.side else ()


class PriceTable(CostDirective):
    """The price book, one row per model id; each row carries its source."""

    required_arguments = 1
    optional_arguments = 0
    final_argument_whitespace = True
    option_spec: ClassVar[Any] = {
        "show": directives.unchanged_required,
        "caption": directives.unchanged_required,
    }

    def made(self) -> list[nodes.Node]:
        made = price_table(self, self.arguments[0], self.options)
        head = [words("Model"), *(words(PRICE_HEADINGS[name], *_classes(name)) for name in made.columns)]
        rows = [self._row(row, made.columns) for row in made.rows]
        caption = self.caption("List prices in USD per million tokens")
        return [table(f"{caption} (prices of {made.as_of})", head, rows, "cb-prices")]

    def _row(self, row: PriceRow, shown: tuple[str, ...]) -> list[Cell]:
        name: list[nodes.Node] = [
            nodes.Text(row.name),
            nodes.inline("", f" {row.provider} ", classes=["cb-source"]),
            nodes.literal("", row.id),
        ]
        if retired := retired_by(row):
            name.append(nodes.inline("", f" retired {retired}", classes=["cb-source"]))
        return [Cell(name), *(_price_cell(one, row, row.rate) for one in shown)]


def _classes(column: str) -> tuple[str, ...]:
    side = {"input": ("cb-input",), "cached": ("cb-input",), "output": ("cb-output",)}.get(column, ())
    return side if column in {"tiers", "billing", "since", "source"} else ("cb-number", *side)


def _price_cell(column: str, row: PriceRow, rate: Rate | None) -> Cell:
    text = price_cell(column, row).text
    if rate is None:
        return words(text, *_classes(column))
    if text == NOT_OFFERED:
        return Cell([nodes.inline("", text, classes=["cb-source"])], ("cb-number",))
    if column == "source":
        link = nodes.reference("", rate.source.via, refuri=rate.source.url)
        return Cell([link, nodes.Text(f", {rate.source.checked}")])
    return words(text, *_classes(column))


class RatioTable(CostDirective):
    """Output price over input price, models by row and days by column."""

    required_arguments = 1
    optional_arguments = 0
    final_argument_whitespace = True
    option_spec: ClassVar[Any] = {"at": directives.unchanged_required, "caption": directives.unchanged_required}

    def made(self) -> list[nodes.Node]:
        made = ratio_table(self, self.arguments[0], self.options)
        head = [words("Model")]
        for text in made.days:
            suffix = f", {text}" if len(made.days) > 1 else ""
            head += [
                words(f"Input{suffix}", "cb-number", "cb-input"),
                words(f"Output{suffix}", "cb-number", "cb-output"),
                words(f"Output to input{suffix}", "cb-number"),
            ]
        rows = [[words(row.model), *map(self.figure_cell, row.cells)] for row in made.rows]
        caption = self.caption("What an output token costs in input tokens")
        when = f" of {made.days[0]}" if len(made.days) == 1 else ""
        return [table(f"{caption} (prices{when} in USD per million tokens)", head, rows, "cb-ratios")]
