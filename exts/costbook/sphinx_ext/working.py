"""The list of a working section: one node that carries its entries, and how builders write it.

A page of forty figures has forty entries. As ordinary nodes they were two fifths of a page's tree, and every node costs
time in every transform after them; so HTML is written from the entries, and other builders get the ordinary list just
before they write.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from html import escape
from typing import TYPE_CHECKING, Any, NamedTuple

from docutils import nodes

from costbook.economy.bills import NotOffered
from costbook.questions import Working
from costbook.questions.base import text_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

    from costbook.economy.rates import Source


class Line(NamedTuple):
    """An entry as it is printed: the answer, its working in words and symbols, and the ids of the figures it is for.

    ``rates`` are the places of its rates among those of the page, counted from 0.
    """

    id: str
    answer: str
    words: str
    symbols: str
    figures: tuple[str, ...]
    rates: tuple[int, ...]


class working_list(nodes.General, nodes.Element):  # noqa: N801 - docutils names nodes this way
    """A list of working, in its attribute ``entries``; ``day`` is the usual one of its prices, or None."""


@dataclass
class Entry:
    """The working of one distinct question, and the figures on the page that print its answer.

    Ids begin with the page's ``slug``; entries are numbered from 1.
    """

    slug: str
    number: int
    answer: Any
    figures: list[str] = field(default_factory=list)

    @property
    def id(self) -> str:
        """The id of the entry."""
        return f"{self.slug}-working-{self.number}"

    @property
    def working(self) -> Working | None:
        """How the answer came about; an answer that is not offered has only a reason."""
        return None if isinstance(self.answer, NotOffered) else self.answer.working

    def line(self, usual: date | None, rates: list[Source]) -> Line:
        """What is printed; the day only where it is not the usual one of the page. ``rates`` are those of the page."""
        working = self.working
        if working is None:
            return Line(self.id, text_of(self.answer), f"{self.answer.why}.", "", tuple(self.figures), ())
        day = f" (prices of {working.at})" if working.at not in {None, usual} else ""
        words = f"{working.words}{day}."
        places = tuple(map(rates.index, working.sources))
        return Line(self.id, text_of(self.answer), words, working.symbols, tuple(self.figures), places)


def visit_html(translator: HTML5Translator, node: working_list) -> None:
    """Write the list as HTML."""
    day = f' data-day="{node["day"]}"' if node["day"] else ""
    translator.body.append(f'<ol class="cb-working arabic"{day}>\n')
    for line in node["entries"]:
        symbols = f'<span class="cb-symbols">{escape(line.symbols, quote=False)}</span>' if line.symbols else ""
        ways_back = "".join(
            f'<a class="cb-back reference internal" href="#{figure}">↑{number}</a>'
            for number, figure in enumerate(line.figures, start=1)
        )
        answer, words = escape(line.answer, quote=False), escape(line.words, quote=False)
        text = f"<strong>{answer}</strong>: {words} {symbols}{ways_back}"
        rates = f' data-rates="{" ".join(map(str, line.rates))}"' if line.rates else ""
        translator.body.append(f'<li id="{line.id}"{rates}><p>{text}</p></li>\n')
    translator.body.append("</ol>\n")
    raise nodes.SkipNode


def make_ordinary(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Turn the list into ordinary nodes for builders that do not write HTML."""
    if app.builder.format == "html":
        return
    for node in list(doctree.findall(working_list)):
        items = [_item(line) for line in node["entries"]]
        node.replace_self(nodes.enumerated_list("", *items, enumtype="arabic", prefix="", suffix="."))


def _item(line: Line) -> nodes.list_item:
    body = nodes.paragraph("", "", nodes.strong("", line.answer), nodes.Text(f": {line.words} {line.symbols} "))
    for number, figure in enumerate(line.figures, start=1):
        body += nodes.reference("", f"↑{number}", refid=figure, internal=True)
    return nodes.list_item("", body, ids=[line.id])
