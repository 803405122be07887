"""``scenario-table``, ``price-table`` and ``ratio-table``."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, ClassVar, NamedTuple

from docutils import nodes
from docutils.parsers.rst import directives

from costbook import money
from costbook.economy.rates import Part, Rate, Tier
from costbook.questions import (
    Bill,
    BreakEven,
    Daily,
    Margin,
    Monthly,
    Price,
    PriceRow,
    PriceRowOf,
    Question,
    Ratio,
    SavingShare,
    Share,
    SideOf,
    Slice,
    Unreadable,
)
from costbook.questions.base import NOT_OFFERED
from costbook.questions.readers import day
from costbook.questions.workloads import WorkloadOf, WorkloadRow
from costbook.sphinx_ext.directives.base import CostDirective, Slip, one_of
from costbook.sphinx_ext.tables import Cell, number, table, words


class Column(NamedTuple):
    """A column of a scenario table: its heading, the class of its side, and what its cells hold.

    Either a count of the row, a question about a scenario and a model, or one about the first scenario, this one and a
    model.
    """

    heading: str
    side: str
    counted: Callable[[WorkloadRow], int] | None = None
    question: Callable[[str, str], Question[Any]] | None = None
    compared: Callable[[str, str, str], Question[Any]] | None = None


COLUMNS: dict[str, Column] = {
    "input": Column("Input tokens", "cb-input", counted=lambda row: row.usage.prompt),
    "output": Column("Output tokens", "cb-output", counted=lambda row: row.usage.written),
    "requests": Column("Requests a day", "", counted=lambda row: row.requests),
    "bill": Column("Bill", "", question=Bill),
    "input-bill": Column("Input side", "cb-input", question=lambda s, m: Bill(s, m, part=Slice.INPUT)),
    "output-bill": Column("Output side", "cb-output", question=lambda s, m: Bill(s, m, part=Slice.OUTPUT)),
    "input-daily": Column("Input side, a day", "cb-input", question=lambda s, m: Daily(s, m, part=Slice.INPUT)),
    "output-daily": Column("Output side, a day", "cb-output", question=lambda s, m: Daily(s, m, part=Slice.OUTPUT)),
    "input-share": Column("Input share", "cb-input", question=lambda s, m: Share(s, Slice.INPUT, m)),
    "share": Column("Output share", "cb-output", question=lambda s, m: Share(s, Slice.OUTPUT, m)),
    "side": Column("Costs more", "", question=SideOf),
    "margin": Column("Distance to the tie", "", question=Margin),
    "break-even": Column("Tie at output tokens", "", question=BreakEven),
    "daily": Column("A day", "", question=Daily),
    "monthly": Column("A month of 30 days", "", question=Monthly),
    "saved": Column("Saved", "", compared=SavingShare),
}


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
        names = self.words_of("show", "input output input-bill output-bill share side")
        columns = [one_of(name, COLUMNS, "column") for name in names]
        models = self.some_models(self.words_of("on", self.page_model))
        scenarios = self.scenarios(self.arguments[0].split())
        several = len(models) > 1
        head = [words("Workload"), *([words("Model")] if several else []), *map(_heading, columns)]
        first = scenarios[0]
        rows = [self._row(s, m, columns, first, several=several) for s in scenarios for m in models]
        caption = self.caption("What each workload costs")
        priced = any(column.counted is None for column in columns)
        whose = "" if several else f"{self.name_of(models[0])}, "
        stamp = f" ({whose}prices of {self.as_of})" if priced else ""
        return [table(f"{caption}{stamp}", head, rows, "cb-scenarios")]

    def _row(self, scenario: str, model: str, columns: list[Column], first: str, *, several: bool) -> list[Cell]:
        row: WorkloadRow = self.ask(WorkloadOf(scenario, model), scenario)
        cells = [words(row.name), *([words(self.name_of(model))] if several else [])]
        named = model if model in self.words_of("on", "") else " ".join(self.words_of("on", scenario))
        for column in columns:
            if column.counted is not None:
                cells.append(number(money.count(column.counted(row)), column.side))
            elif column.question is not None:
                cells.append(self.figure_cell(column.question(scenario, model), scenario, named))
            elif column.compared is not None:
                saved = column.compared(first, scenario, model)
                cells.append(words("") if scenario == first else self.figure_cell(saved, scenario, named))
        return cells


def _heading(column: Column) -> Cell:
    return words(column.heading, *([column.side] if column.side else []), "cb-number")


PARTS = {
    "input": Part.INPUT,
    "cached": Part.CACHED,
    "write": Part.WRITE,
    "write-1h": Part.WRITE_1H,
    "output": Part.OUTPUT,
}
PRICE_COLUMNS = {
    "input": "Input",
    "cached": "Cached input",
    "write": "Cache write, 5 min",
    "write-1h": "Cache write, 1 h",
    "output": "Output",
    "ratio": "Output to input",
    "context": "Context window",
    "tiers": "Long context",
    "billing": "Billed",
    "since": "In force",
    "source": "Source",
}


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
        shown = self.words_of("show", "input cached write output ratio context tiers since source")
        headings = [one_of(name, PRICE_COLUMNS, "column") for name in shown]
        head = [words("Model")]
        head += [words(heading, *_side(name)) for name, heading in zip(shown, headings, strict=True)]
        rows = [
            self._row(self.ask(PriceRowOf(model), model), shown) for model in self.models(self.arguments[0].split())
        ]
        caption = self.caption("List prices in USD per million tokens")
        return [table(f"{caption} (prices of {self.as_of})", head, rows, "cb-prices")]

    def _row(self, row: PriceRow, shown: list[str]) -> list[Cell]:
        name: list[nodes.Node] = [
            nodes.Text(row.name),
            nodes.inline("", f" {row.provider} ", classes=["cb-source"]),
            nodes.literal("", row.id),
        ]
        if row.retired and row.retired <= row.at:
            name.append(nodes.inline("", f" retired {row.retired}", classes=["cb-source"]))
        cells = [Cell(name)]
        if row.rate is None:
            return [*cells, *(words("not known", *_side(one)) for one in shown)]
        return [*cells, *(_price_cell(one, row, row.rate) for one in shown)]


def _side(column: str) -> tuple[str, ...]:
    side = {"input": ("cb-input",), "cached": ("cb-input",), "output": ("cb-output",)}.get(column, ())
    return side if column in {"tiers", "billing", "since", "source"} else ("cb-number", *side)


def _price_cell(column: str, row: PriceRow, rate: Rate) -> Cell:
    if column in PARTS:
        price = rate.prices.of(PARTS[column])
        if price is None:
            return Cell([nodes.inline("", NOT_OFFERED, classes=["cb-source"])], ("cb-number",))
        return words(money.rate(price), *_side(column))
    if column == "ratio":
        return number(money.multiple(rate.prices.ratio) if rate.prices.input else "none")
    if column == "context":
        return number("not listed" if row.context is None else money.count(row.context))
    if column == "tiers":
        return words("; ".join(map(_tier_words, rate.tiers)) or "one price")
    if column == "billing":
        return words(row.billing or "per request, list price")
    if column == "since":
        return words(f"{'from' if rate.dated else 'known from'} {rate.start}")
    link = nodes.reference("", rate.source.via, refuri=rate.source.url)
    return Cell([link, nodes.Text(f", {rate.source.checked}")])


def _tier_words(tier: Tier) -> str:
    prices = tier.prices
    return f"above {money.count(tier.above)}: {money.rate(prices.input)} in, {money.rate(prices.output)} out"


class RatioTable(CostDirective):
    """Output price over input price, models by row and days by column."""

    required_arguments = 1
    optional_arguments = 0
    final_argument_whitespace = True
    option_spec: ClassVar[Any] = {"at": directives.unchanged_required, "caption": directives.unchanged_required}

    def made(self) -> list[nodes.Node]:
        days: list[tuple[str, date | None]] = [(text, _day(text)) for text in self.words_of("at", "")]
        days = days or [(self.as_of, None)]
        head = [words("Model")]
        for text, _ in days:
            suffix = f", {text}" if len(days) > 1 else ""
            head += [
                words(f"Input{suffix}", "cb-number", "cb-input"),
                words(f"Output{suffix}", "cb-number", "cb-output"),
                words(f"Output to input{suffix}", "cb-number"),
            ]
        rows = []
        for model in self.models(self.arguments[0].split()):
            row = [words(self.name_of(model))]
            for text, at in days:
                questions = (Price(Part.INPUT, model, at), Price(Part.OUTPUT, model, at), Ratio(model, at))
                row += [self.figure_cell(question, text if at else model) for question in questions]
            rows.append(row)
        caption = self.caption("What an output token costs in input tokens")
        when = f" of {days[0][0]}" if len(days) == 1 else ""
        return [table(f"{caption} (prices{when} in USD per million tokens)", head, rows, "cb-ratios")]


def _day(text: str) -> date:
    try:
        return day(text)
    except Unreadable as error:
        raise Slip(str(error), text) from None
