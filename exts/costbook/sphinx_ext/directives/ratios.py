"""``ratio-survey``: which price ratios are common, population by population."""

from __future__ import annotations

from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives

from costbook import money
from costbook.economy.ratios import Quartile
from costbook.pages.ratios import band_words, counted_words, ratio_survey
from costbook.questions import SpreadRow
from costbook.sphinx_ext.directives.base import CostDirective
from costbook.sphinx_ext.tables import Cell, number, table, words


class RatioSurvey(CostDirective):
    """Populations of the ratio survey by row: how many models, their quartiles, and the part of them in each band."""

    required_arguments = 1
    optional_arguments = 0
    final_argument_whitespace = True
    option_spec: ClassVar[Any] = {"bands": directives.unchanged_required, "caption": directives.unchanged_required}

    def made(self) -> list[nodes.Node]:
        made = ratio_survey(self, self.arguments[0], self.options)
        head = [
            words("Population"),
            number("Models"),
            *(number(quartile.words.capitalize()) for quartile in Quartile),
            *(number(band_words(band).capitalize()) for band in made.bands),
        ]
        rows = [self._row(row) for row in made.rows]
        caption = self.caption("Output price over input price")
        return [table(f"{caption} ({made.source}, prices of {made.as_of})", head, rows, "cb-prices", "cb-survey")]

    def _row(self, row: SpreadRow) -> list[Cell]:
        name: list[nodes.Node] = [nodes.Text(f"{row.name} "), nodes.literal("", row.id)]
        if row.about:
            name.append(nodes.inline("", f" {row.about}", classes=["cb-source"]))
        return [
            Cell(name),
            number(money.count(row.n)),
            *(number(money.multiple(quartile)) for quartile in row.quartiles),
            *(number(counted_words(counted)) for counted in row.bands),
        ]
