"""Read-phase transforms: figures become references to one working section, and typed numbers are refused."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms import SphinxTransform

from costbook.assessment.lint import hits
from costbook.economy.bills import NotOffered
from costbook.questions import Question, Working
from costbook.questions.base import text_of
from costbook.sphinx_ext.page import figure_node
from costbook.sphinx_ext.warnings import Subtype, warn_at

if TYPE_CHECKING:
    from collections.abc import Iterator

DOCUMENT_SUFFIX = ".yaml"
COMPUTED = "cb-computed"
NOT_PROSE = (nodes.Inline, nodes.literal_block, nodes.math_block, nodes.raw, nodes.comment)
HELD_APART = frozenset({"cb-figure", "cb-answer", "cb-quoted", "cb-assumed", COMPUTED})


class WorkingSection(SphinxTransform):
    """Turns each figure into a reference, and appends one section with the working of each distinct question.

    Ids begin with the page's name, since singlehtml and PDF merge pages. What entries share, the day and the rates, is
    said once: a page of forty figures has few of them, and every node costs time in every later transform.
    """

    default_priority = 400

    def apply(self, **kwargs: Any) -> None:
        figures = list(self.document.findall(figure_node))
        if not figures:
            return
        slug = nodes.make_id(self.env.docname)
        entries: dict[Question[Any], Entry] = {}
        for number, figure in enumerate(figures, start=1):
            if self._in_heading(figure):
                continue
            question = figure["question"]
            if question not in entries:
                entries[question] = Entry(f"{slug}-working-{len(entries) + 1}", figure["answer"])
            entry, figure_id = entries[question], f"{slug}-figure-{number}"
            entry.figures.append(figure_id)
            reference = nodes.reference("", figure.astext(), refid=entry.id, internal=True, ids=[figure_id])
            reference["classes"] = ["cb-figure", *figure["classes"]]
            figure.replace_self(reference)
        if entries:
            self._append(list(entries.values()), slug)

    def _in_heading(self, figure: figure_node) -> bool:
        """A heading's anchor would carry the price, and break with it."""
        node: nodes.Node | None = figure
        while node is not None and not isinstance(node, nodes.title):
            node = node.parent
        if node is None or isinstance(node.parent, nodes.table):
            return False
        what = "a figure cannot stand in a heading: the anchor would change with the price; move it to the text below"
        warn_at(self.env, Subtype.HEADING, what, figure["literal"], figure["from_line"])
        figure.replace_self(nodes.Text("…"))
        return True

    def _append(self, entries: list[Entry], slug: str) -> None:
        days = Counter(entry.working.at for entry in entries if entry.working and entry.working.at)
        usual = days.most_common(1)[0][0] if days else None
        lead = "How each figure on this page was computed."
        if usual is not None:
            lead += f" Prices of {usual}{' unless an entry names another day' if len(days) > 1 else ''}."
        items = [entry.item(usual) for entry in entries]
        section = nodes.section(
            "",
            nodes.title("", "Working", translatable=False),
            nodes.paragraph("", lead, translatable=False),
            nodes.enumerated_list("", *items, enumtype="arabic", prefix="", suffix=".", classes=["cb-working"]),
            *_rates(entries),
            ids=[f"{slug}-working"],
            classes=[COMPUTED],
        )
        top = [child for child in self.document.children if isinstance(child, nodes.section)]
        home: nodes.Element = top[0] if len(top) == 1 else self.document
        home.append(section)


@dataclass
class Entry:
    """The working of one distinct question, and the figures on the page that print its answer."""

    id: str
    answer: Any
    figures: list[str] = field(default_factory=list)

    @property
    def working(self) -> Working | None:
        """How the answer came about; an answer that is not offered has only a reason."""
        return None if isinstance(self.answer, NotOffered) else self.answer.working

    def item(self, usual: date | None) -> nodes.list_item:
        """The answer, its working in words and symbols, its day where it is another, and the way back."""
        working = self.working
        body = nodes.paragraph("", "", nodes.strong("", text_of(self.answer)), translatable=False)
        if working is None:
            body += nodes.Text(f": {self.answer.why}. ")
        else:
            day = f" (prices of {working.at})" if working.at not in {None, usual} else ""
            body += nodes.Text(f": {working.words}{day}. ")
            body += nodes.inline("", working.symbols, classes=["cb-symbols"])
        for number, figure_id in enumerate(self.figures, start=1):
            body += nodes.reference("", f"↑{number}", refid=figure_id, internal=True, classes=["cb-back"])
        return nodes.list_item("", body, ids=[self.id])


def _rates(entries: list[Entry]) -> Iterator[nodes.paragraph]:
    """The rates that a page rests on, each with its source and the day it was checked."""
    workings = [entry.working for entry in entries if entry.working is not None]
    sources = dict.fromkeys(source for working in workings for source in working.sources)
    if not sources:
        return
    paragraph = nodes.paragraph("", "Rates: ", classes=["cb-source"], translatable=False)
    for index, source in enumerate(sources):
        link = nodes.reference("", source.via, refuri=source.url)
        paragraph += [nodes.Text("; "), link] if index else [link]
        paragraph += nodes.Text(f", checked {source.checked}")
    paragraph += nodes.Text(".")
    yield paragraph


class LiteralLint(SphinxTransform):
    """Refuses money, multipliers and percentages that were typed instead of asked for.

    A YAML document's source fields are read when it is loaded; its page is not read again here.
    """

    default_priority = 410

    def apply(self, **kwargs: Any) -> None:
        if Path(self.env.doc2path(self.env.docname)).suffix == DOCUMENT_SUFFIX:
            return
        for block in _prose(self.document):
            seen: Counter[str] = Counter()
            for hit in hits("".join(_own_text(block))):
                seen[hit.literal] += 1
                warn_at(self.env, Subtype.LITERAL, hit.what, hit.literal, block.line or 1, nth=seen[hit.literal])


def _prose(node: nodes.Element) -> Iterator[nodes.TextElement]:
    """The blocks of text an author wrote; what directives made is passed over whole."""
    for child in node.children:
        if not isinstance(child, nodes.Element) or isinstance(child, NOT_PROSE):
            continue
        if HELD_APART.isdisjoint(child.get("classes", ())):
            if isinstance(child, nodes.TextElement):
                yield child
            else:
                yield from _prose(child)


def _own_text(node: nodes.Element) -> Iterator[str]:
    """The text an author typed as prose; code, math, citations and figures leave a mark that joins nothing."""
    for child in node.children:
        if isinstance(child, nodes.Text):
            yield str(child)
        elif isinstance(child, nodes.literal | nodes.math | nodes.raw | nodes.problematic | nodes.image):
            yield "\x00"
        elif isinstance(child, nodes.Element):
            citation = child.tagname == "pending_xref" and child.get("refdomain") == "cite"
            apart = citation or not HELD_APART.isdisjoint(child.get("classes", ()))
            yield from "\x00" if apart else _own_text(child)
