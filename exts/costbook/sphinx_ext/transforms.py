"""Read-phase transforms: figures become references to one working section, and typed numbers are refused."""

from __future__ import annotations

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

MANY_SOURCES = 3
DOCUMENT_SUFFIX = ".yaml"
COMPUTED = "cb-computed"
NOT_PROSE = (nodes.Inline, nodes.literal_block, nodes.math_block, nodes.raw, nodes.comment)
HELD_APART = {"cb-figure", "cb-answer", "cb-quoted", "cb-assumed", COMPUTED}


class WorkingSection(SphinxTransform):
    """Turns each figure into a reference, and appends one section with the working of each distinct question.

    Ids begin with the page's name, since singlehtml and PDF merge pages.
    """

    default_priority = 400

    def apply(self, **kwargs: Any) -> None:
        slug = nodes.make_id(self.env.docname)
        entries: dict[Question[Any], nodes.list_item] = {}
        for number, figure in enumerate(list(self.document.findall(figure_node)), start=1):
            if self._in_heading(figure):
                continue
            question = figure["question"]
            if question not in entries:
                entries[question] = _entry(figure, f"{slug}-working-{len(entries) + 1}")
            entry, figure_id = entries[question], f"{slug}-figure-{number}"
            reference = nodes.reference("", figure.astext(), refid=entry["ids"][0], internal=True, ids=[figure_id])
            reference["classes"] = ["cb-figure", *figure["classes"]]
            figure.replace_self(reference)
            _link_back(entry, figure_id)
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

    def _append(self, items: list[nodes.list_item], slug: str) -> None:
        title = nodes.title("", "Working", translatable=False)
        words = "How each figure on this page was computed, and from which rates."
        lead = nodes.paragraph("", words, translatable=False)
        listing = nodes.enumerated_list("", *items, enumtype="arabic", prefix="", suffix=".", classes=["cb-working"])
        section = nodes.section("", title, lead, listing, ids=[f"{slug}-working"], classes=[COMPUTED])
        top = [child for child in self.document.children if isinstance(child, nodes.section)]
        home: nodes.Element = top[0] if len(top) == 1 else self.document
        home.append(section)


def _entry(figure: figure_node, entry_id: str) -> nodes.list_item:
    """One entry: the answer, its working in words and symbols, its rates."""
    answer = figure["answer"]
    body = nodes.paragraph("", "", nodes.strong("", text_of(answer)), nodes.Text(": "), translatable=False)
    if isinstance(answer, NotOffered):
        body += nodes.Text(f"{answer.why}.")
    else:
        body += _working(answer.working)
    return nodes.list_item("", body, ids=[entry_id])


def _working(working: Working) -> list[nodes.Node]:
    parts: list[nodes.Node] = [nodes.Text(f"{working.words}. ")]
    if working.symbols:
        parts += [nodes.inline("", working.symbols, classes=["cb-symbols"]), nodes.Text(" ")]
    if working.at is not None:
        parts.append(nodes.inline("", "", *_rates(working), classes=["cb-source"]))
    return parts


def _rates(working: Working) -> Iterator[nodes.Node]:
    yield nodes.Text(f"Prices of {working.at}: ")
    if len(working.sources) > MANY_SOURCES:
        yield nodes.Text(f"{len(working.sources)} rates of the price book.")
        return
    for source in working.sources:
        yield nodes.reference("", source.via, refuri=source.url)
        yield nodes.Text(f", checked {source.checked}. ")


def _link_back(entry: nodes.list_item, figure_id: str) -> None:
    paragraph = entry[0]
    assert isinstance(paragraph, nodes.paragraph)
    number = sum(isinstance(child, nodes.reference) and "cb-back" in child["classes"] for child in paragraph) + 1
    back = nodes.reference("", f"↑{number}", refid=figure_id, internal=True, classes=["cb-back"])
    paragraph += [nodes.Text(" "), back]


class LiteralLint(SphinxTransform):
    """Refuses money, multipliers and percentages that were typed instead of asked for.

    A YAML document's source fields are read when it is loaded; its page is not read again here.
    """

    default_priority = 410

    def apply(self, **kwargs: Any) -> None:
        if Path(self.env.doc2path(self.env.docname)).suffix == DOCUMENT_SUFFIX:
            return
        for block in self.document.findall(nodes.TextElement):
            if isinstance(block, NOT_PROSE) or _held_apart(block):
                continue
            seen: dict[str, int] = {}
            for hit in hits("".join(_own_text(block))):
                seen[hit.literal] = seen.get(hit.literal, 0) + 1
                warn_at(self.env, Subtype.LITERAL, hit.what, hit.literal, block.line or 1, nth=seen[hit.literal])


def _held_apart(node: nodes.Node | None) -> bool:
    while node is not None:
        if isinstance(node, nodes.Element) and HELD_APART & set(node.get("classes", ())):
            return True
        node = node.parent
    return False


def _own_text(node: nodes.Element) -> Iterator[str]:
    """The text an author typed as prose; code, math, citations and figures leave a mark that joins nothing."""
    for child in node.children:
        if isinstance(child, nodes.Text):
            yield str(child)
        elif isinstance(child, nodes.literal | nodes.math | nodes.raw | nodes.problematic | nodes.image):
            yield "\x00"
        elif isinstance(child, nodes.Element):
            citation = child.tagname == "pending_xref" and child.get("refdomain") == "cite"
            apart = citation or HELD_APART & set(child.get("classes", ()))
            yield from "\x00" if apart else _own_text(child)
