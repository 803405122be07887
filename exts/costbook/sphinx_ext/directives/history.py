"""``price-history`` and ``provider-history``: a chart drawn at build time, with its data table."""

from __future__ import annotations

from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives

from costbook import money
from costbook.charts import price_history, provider_history
from costbook.economy.rates import Part
from costbook.pages import tables
from costbook.pages.tables import ModelHistory
from costbook.questions import Series
from costbook.questions.prices import Point
from costbook.sphinx_ext.directives.base import CostDirective
from costbook.sphinx_ext.tables import Cell, table, words
from costbook.sphinx_ext.transforms import COMPUTED


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


class ProviderHistory(CostDirective):
    """What the models of a provider cost over time; where no price is known to have moved, the table alone."""

    required_arguments = 1

    def made(self) -> list[nodes.Node]:
        provider, models, as_of = tables.provider_history(self, self.arguments[0], {})
        if not models:
            return [nodes.paragraph("", f"No model of {provider} has a price.", classes=[COMPUTED], translatable=False)]
        head = [
            words("Model"),
            words("Input", "cb-number", "cb-input"),
            words("Output", "cb-number", "cb-output"),
            words("When"),
            words("Until"),
            words("Source"),
        ]
        rows = [
            _both(model, *points)
            for model in models
            for points in zip(model.input.points, model.output.points, strict=True)
        ]
        caption = f"{provider}: prices over time, in USD per million tokens (edition of {as_of})"
        data = table(caption, head, rows, "cb-history")
        if not any(len(model.output.points) > 1 for model in models):
            return [data]
        number = self.env.new_serialno("cb-chart")
        outputs = tuple(model.output for model in models)
        svg = provider_history(provider, outputs, f"{nodes.make_id(self.env.docname)}-chart-{number + 1}")
        return [nodes.raw("", f'<div class="cb-chart-box">{svg}</div>', format="html"), data]


def _both(model: ModelHistory, input_: Point, output: Point) -> list[Cell]:
    price = "not known" if input_.price is None else money.rate(input_.price)
    name, start, until, cost, source = _row(model.output, output)
    return [name, words(price, "cb-number"), cost, start, until, source]


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
