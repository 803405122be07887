"""``price-history``: a chart drawn at build time, with its data table."""

from __future__ import annotations

from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives

from costbook import money
from costbook.charts import price_history
from costbook.economy.rates import Part
from costbook.pages import tables
from costbook.questions import Series
from costbook.questions.prices import Point
from costbook.sphinx_ext.directives.base import CostDirective
from costbook.sphinx_ext.tables import Cell, table, words


class PriceHistory(CostDirective):
    """The price of one part over time; the chart is for HTML, the table for every builder."""

    required_arguments = 1
    option_spec: ClassVar[Any] = {"on": directives.unchanged_required, "caption": directives.unchanged_required}

    def made(self) -> list[nodes.Node]:
        asked, many, as_of = tables.price_history(self, self.arguments[0], self.options)
        number = self.env.new_serialno("cb-chart")
        svg = price_history(many, f"{nodes.make_id(self.env.docname)}-chart-{number + 1}")
        side = "cb-output" if asked is Part.OUTPUT else "cb-input"
        head = [
            words("Model"),
            words("When"),
            words("Until"),
            words("USD per million", "cb-number", side),
            words("Source"),
        ]
        rows = [_row(series, point) for series in many for point in series.points]
        caption = self.caption(f"{asked.words.capitalize()} price over time")
        data = table(f"{caption} (edition of {as_of})", head, rows, "cb-history")
        return [nodes.raw("", f'<div class="cb-chart-box">{svg}</div>', format="html"), data]


def _row(series: Series, point: Point) -> list[Cell]:
    start = f"from {point.start}" if point.dated or point.price is None else f"known from {point.start}"
    until = "" if point.until is None else str(point.until)
    if point.price is None:
        return [
            words(series.name),
            words(start, "cb-day"),
            words(until, "cb-day"),
            words("not known", "cb-number"),
            words(point.why or ""),
        ]
    scheduled = " (scheduled)" if point.start > series.at else ""
    source: list[nodes.Node] = []
    if point.source is not None:
        source = [nodes.reference("", point.source.via, refuri=point.source.url)]
        source += [nodes.Text(f": {point.note}")] if point.note else []
    return [
        words(series.name),
        words(start + scheduled, "cb-day"),
        words(until, "cb-day"),
        words(money.rate(point.price), "cb-number"),
        Cell(source),
    ]
