"""``microsim``: a simulation, with how to use it, its first state, and where it can be had by itself."""

from __future__ import annotations

import json

from docutils import nodes

from costbook.pages.sims import microsim
from costbook.questions.base import Side
from costbook.sims.base import Column, Priced, Results, SimPage, Stage
from costbook.sphinx_ext.directives.base import CostDirective
from costbook.sphinx_ext.directives.boxes import page_link
from costbook.sphinx_ext.sims import ABOUT, sim_box, sim_host, sim_tools
from costbook.sphinx_ext.tables import number, table, words
from costbook.sphinx_ext.transforms import COMPUTED
from costbook.sphinx_ext.warnings import Subtype

PRICE_BOOK = "book/appendices/price-book"
SIDES = {Side.INPUT: "cb-input", Side.OUTPUT: "cb-output"}


class Microsim(CostDirective):
    """The simulation that its argument names; the content says how to use it."""

    subtype = Subtype.OPTION
    required_arguments = 1
    has_content = True

    def made(self) -> list[nodes.Node]:
        self.assert_has_content()
        page = microsim(self, self.arguments[0], self.options)
        shown = page.shown
        results = _results(shown.results, page)
        self._named([results])
        host = sim_host("", _static(page, results), name=page.name, facts=_facts(page))
        title = nodes.rubric("", f"Simulation: {shown.title}", classes=["cb-sim-title"], translatable=False)
        about = nodes.paragraph("", shown.about, classes=[ABOUT], translatable=False)
        use = nodes.container("", *self.parse_content_to_nodes(), classes=["cb-sim-use"])
        facts = {"name": page.name, "title": shown.title, "height": shown.height, "scripts": shown.scripts}
        return [sim_box("", title, about, host, use, self._foot(page), sim_tools("", **facts), **facts)]

    def _foot(self, page: SimPage) -> nodes.Node:
        """Where its prices come from, and what was found in it."""
        doc, found = self.env.docname, self.env.found_docs
        foot = nodes.paragraph("", classes=["cb-sim-foot", COMPUTED], translatable=False)
        if page.priced is not None and PRICE_BOOK in found:
            foot += [page_link(PRICE_BOOK, doc, "Prices are data"), nodes.Text(": read how they are dated. ")]
        if page.review is not None:
            foot += [
                page_link(f"assessments/reviews/{page.review}", doc, "The review"),
                nodes.Text(" says what was found in it."),
            ]
        else:
            foot += nodes.Text("It has no review yet.")
        return foot


def _facts(page: SimPage) -> str:
    """The data for the script, and the page's model where it has prices."""
    model = {} if page.priced is None else {"model": page.priced.model}
    return json.dumps({**model, **json.loads(page.shown.facts)}, ensure_ascii=False, separators=(",", ":"))


def _static(page: SimPage, results: nodes.table) -> nodes.Node:
    """What is shown without the script, and on paper."""
    shown = page.shown
    static = nodes.container("", classes=["cb-sim-static", COMPUTED, "no-search"])
    if shown.picture:
        static += nodes.raw("", shown.picture, format="html")
    if shown.stages:
        static += nodes.container("", *map(_stage, shown.stages), classes=["cb-stages"])
    static += results
    if page.priced is not None:
        static += _prices(page.priced)
    return static


def _stage(stage: Stage) -> nodes.Node:
    side = [SIDES[stage.side]] if stage.side in SIDES else []
    box = nodes.container("", classes=["cb-stage", *side])
    box += nodes.paragraph("", "", nodes.strong("", stage.title), translatable=False)
    content = nodes.paragraph("", stage.text, translatable=False)
    for chip in stage.chips:
        content += [nodes.inline("", chip, classes=["cb-chip", *side]), nodes.Text(" ")]
    box += content
    if stage.leads:
        box += nodes.paragraph("", f"→ {stage.leads}", classes=["cb-leads"], translatable=False)
    return box


def _results(results: Results, page: SimPage) -> nodes.table:
    def classes(column: Column) -> list[str]:
        return [SIDES[column.side]] if column.side in SIDES else []

    first, *others = results.columns
    head = [words(first.text), *(number(column.text, *classes(column)) for column in others)]
    rows = [
        [words(name), *(number(cell, *classes(column)) for cell, column in zip(cells, others, strict=True))]
        for name, *cells in results.rows
    ]
    whose = "" if page.priced is None else f" on {page.priced.model_name} (prices of {page.priced.as_of})"
    return table(f"{results.caption}{whose}", head, rows, "cb-sim-results")


def _prices(page: Priced) -> nodes.paragraph:
    """The prices that the simulation is shown with, their day and their source."""
    lead = (
        f"Prices of {page.as_of} for {page.model_name}: input {page.input}, output {page.output} per million tokens ("
    )
    link = nodes.reference("", page.source.via, refuri=page.source.url)
    end = nodes.Text(f", checked {page.source.checked}).")
    return nodes.paragraph("", "", nodes.Text(lead), link, end, classes=["cb-sim-prices"], translatable=False)
