"""Read-phase transforms: figures become references to one working section, and typed numbers are refused."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.transforms import SphinxTransform

from costbook.assessment.lint import places
from costbook.load.source import in_source
from costbook.questions import Question
from costbook.sphinx_ext.page import figure_node, nth_failure
from costbook.sphinx_ext.warnings import Subtype, warn_at
from costbook.sphinx_ext.whatif import Following
from costbook.sphinx_ext.working import Entry, working_list

if TYPE_CHECKING:
    from collections.abc import Iterator

    from costbook.economy.rates import Source

DOCUMENT_SUFFIX = ".yaml"
COMPUTED = "cb-computed"
NOT_PROSE = (nodes.Inline, nodes.literal_block, nodes.math_block, nodes.raw, nodes.comment)
COMPUTED_INLINE = frozenset({"cb-figure", "cb-answer"})
GAP_CLASS = "cb-gap"
HELD_APART = COMPUTED_INLINE | {"cb-quoted", "cb-assumed", COMPUTED, GAP_CLASS}
MARK = "\x00"
UNMADE = re.compile(r"`{3,}\{[a-z][\w:-]*\}")


class WorkingSection(SphinxTransform):
    """Turns each figure into a reference, and appends one section with the working of each distinct question.

    Ids begin with the page's name, since singlehtml and PDF merge pages. What entries share, the day and the rates, is
    said once.
    """

    default_priority = 400

    def apply(self, **kwargs: Any) -> None:
        figures = list(self.document.findall(figure_node))
        if not figures:
            return
        slug = nodes.make_id(self.env.docname)
        following = Following(self.env)
        entries: dict[Question[Any], Entry] = {}
        for number, figure in enumerate(figures, start=1):
            if self._in_heading(figure):
                continue
            question = figure["question"]
            if question not in entries:
                entries[question] = Entry(slug, len(entries) + 1, figure["answer"])
            entry, figure_id = entries[question], f"{slug}-figure-{number}"
            entry.figures.append(figure_id)
            following.mark(figure, entry.number)
            figure.replace_self(_reference(figure, entry.id, figure_id))
        following.keep()
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
        literal, line = figure["literal"], figure["from_line"]
        warn_at(self.env, Subtype.HEADING, what, literal, line, nth=nth_failure(self.env, literal, line))
        figure.replace_self(nodes.Text("…"))
        return True

    def _append(self, entries: list[Entry], slug: str) -> None:
        rates = list(dict.fromkeys(one for entry in entries if entry.working for one in entry.working.sources))
        days = Counter(entry.working.at for entry in entries if entry.working and entry.working.at)
        usual = days.most_common(1)[0][0] if days else None
        lead = "How each figure on this page was computed."
        if usual is not None:
            lead += f" Prices of {usual}{' unless an entry names another day' if len(days) > 1 else ''}."
        section = nodes.section(
            "",
            nodes.title("", "Working", translatable=False),
            nodes.paragraph("", lead, translatable=False),
            working_list("", entries=[entry.line(usual, rates) for entry in entries], day=usual),
            *_rates(rates),
            ids=[f"{slug}-working"],
            classes=[COMPUTED, "no-search"],
        )
        top = [child for child in self.document.children if isinstance(child, nodes.section)]
        home: nodes.Element = top[0] if len(top) == 1 else self.document
        home.append(section)


def _rates(sources: list[Source]) -> Iterator[nodes.paragraph]:
    """The rates that a page rests on, each with its source and the day it was checked."""
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
        self._read_alternatives()
        before: dict[int, str] = {}
        for block in prose(self.document):
            runs = list(_runs(block))
            found = list(places("".join(run.own for run in runs)))
            line = line_of(block)
            for start, hit in found:
                source = before.get(line, "") + _source_until(runs, start + len(hit.literal))
                nth = sum(1 for _ in in_source(hit.literal).finditer(source))
                warn_at(self.env, Subtype.LITERAL, hit.what, hit.literal, line, nth=nth)
            before[line] = before.get(line, "") + "".join(run.source for run in runs) + "\n"

    def _read_alternatives(self) -> None:
        """The text alternatives of pictures are read out to some readers, and go stale for them."""
        for image in self.document.findall(nodes.image):
            seen: Counter[str] = Counter()
            for _, hit in places(str(image.get("alt", ""))):
                seen[hit.literal] += 1
                line, nth = line_of(image), seen[hit.literal]
                warn_at(self.env, Subtype.LITERAL, hit.what, hit.literal, line, nth=nth)


class UnmadeDirectives(SphinxTransform):
    """Refuses a directive that silently is none, so that a claim in it would stand unguarded.

    A line of three backticks or more opens no fence where another backtick follows on it (CommonMark 0.31, 4.5).
    """

    default_priority = 400

    def apply(self, **kwargs: Any) -> None:
        for text in self.document.findall(nodes.Text):
            if isinstance(text.parent, nodes.literal | nodes.FixedTextElement):
                continue
            for nth, opening in enumerate(UNMADE.findall(text), 1):
                said = f"{opening} makes no directive: another backtick on its line; open and close it with ~~~ instead"
                warn_at(self.env, Subtype.FENCE, said, opening, line_of(text.parent), nth=nth)


def _reference(figure: figure_node, entry_id: str, figure_id: str) -> nodes.Element:
    """The figure as a link to its working; inside a link, as text, since a link cannot hold another."""
    classes = ["cb-figure", *figure["classes"]]
    node = figure.parent
    while node is not None and not isinstance(node, nodes.reference | pending_xref):
        node = node.parent
    if node is not None:
        return nodes.inline("", figure.astext(), ids=[figure_id], classes=classes)
    return nodes.reference("", figure.astext(), refid=entry_id, internal=True, ids=[figure_id], classes=classes)


def prose(node: nodes.Element) -> Iterator[nodes.TextElement]:
    """The blocks of text an author wrote; what directives made is passed over whole."""
    for child in node.children:
        if not isinstance(child, nodes.Element) or isinstance(child, NOT_PROSE):
            continue
        if HELD_APART.isdisjoint(child.get("classes", ())):
            if isinstance(child, nodes.TextElement):
                yield child
            else:
                yield from prose(child)


class Run(NamedTuple):
    """A stretch of a block: what the lint reads (a mark that joins nothing where it is held apart), and its source."""

    own: str
    source: str


def _runs(node: nodes.Element) -> Iterator[Run]:
    """The text an author typed as prose; code, math, quotations and figures leave a mark."""
    for child in node.children:
        if isinstance(child, nodes.Text):
            yield Run(str(child), str(child))
        elif isinstance(child, nodes.literal | nodes.math | nodes.raw | nodes.problematic | nodes.image):
            yield Run(MARK, child.get("alt", "") if isinstance(child, nodes.image) else child.astext())
        elif isinstance(child, nodes.Element):
            classes = child.get("classes", ())
            citation = child.tagname == "pending_xref" and child.get("refdomain") == "cite"
            if citation or not COMPUTED_INLINE.isdisjoint(classes):
                yield Run(MARK, "")
            elif not HELD_APART.isdisjoint(classes):
                yield Run(MARK, child.astext())
            else:
                yield from _runs(child)


def _source_until(runs: list[Run], end: int) -> str:
    """The source of a block up to a place in what the lint reads of it."""
    found = ""
    for run in runs:
        if end <= len(run.own):
            return found + run.source[:end]
        found += run.source
        end -= len(run.own)
    return found


def line_of(node: nodes.Node) -> int:
    """The line from which on a block stands: that of its table, since MyST gives a cell the line of the one before."""
    line, found = node.line or 0, node.parent
    while found is not None:
        if found.line and (not line or isinstance(found, nodes.table)):
            line = found.line
        found = found.parent
    return line or 1
