"""Resolved text as docutils nodes, for builders that do not write HTML; and the formulas in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass

from docutils import nodes

from costbook.assessment.rich import (
    Answer,
    Block,
    Code,
    CodeBlock,
    Emphasis,
    Inline,
    LineBreak,
    Link,
    Listing,
    Marked,
    Maths,
    Paragraph,
    Quotation,
    Rich,
    Words,
)


def formulas(value: object) -> Iterator[str]:
    """The LaTeX of every formula anywhere in a structure of dataclasses and tuples, in order."""
    if isinstance(value, Maths):
        yield value.latex
    elif isinstance(value, tuple):
        for one in value:
            yield from formulas(one)
    elif is_dataclass(value):
        for field in fields(value):
            yield from formulas(getattr(value, field.name))


def blocks(rich: Rich, lead: str = "") -> list[nodes.Node]:
    """Text as blocks, in the first of which some words stand in front."""
    if not lead:
        return [_block(block) for block in rich]
    first = nodes.paragraph("", "", nodes.strong("", lead), nodes.Text(" "))
    if rich and isinstance(rich[0], Paragraph):
        first += _inlines(rich[0].parts)
        return [first, *map(_block, rich[1:])]
    return [first, *map(_block, rich)]


def listing(items: Iterable[list[nodes.Node]], *, ordered: bool = False) -> nodes.Element:
    """A list."""
    entries = [nodes.list_item("", *item) for item in items]
    if ordered:
        return nodes.enumerated_list("", *entries, enumtype="arabic", prefix="", suffix=".")
    return nodes.bullet_list("", *entries, bullet="-")


def _block(block: Block) -> nodes.Element:
    match block:
        case Paragraph(parts):
            return nodes.paragraph("", "", *_inlines(parts))
        case Listing(items, ordered):
            return listing(map(blocks, items), ordered=ordered)
        case Quotation(inside):
            return nodes.block_quote("", *blocks(inside))
        case CodeBlock(text):
            return nodes.literal_block(text, text, language="text")


def _inlines(parts: Iterable[Inline]) -> list[nodes.Node]:
    return [node for part in parts for node in _inline(part)]


def _inline(part: Inline) -> list[nodes.Node]:
    match part:
        case Words(text):
            return [nodes.Text(text)]
        case Answer(text, side):
            classes = ["cb-answer", *([f"cb-{side}"] if side else [])]
            return [nodes.inline("", text, classes=classes)]
        case Code(text):
            return [nodes.literal(text, text)]
        case Maths(latex):
            return [nodes.math(latex, latex)]
        case Marked(text, source, quoted):
            return [nodes.Text(f"“{text}” [{source}]" if quoted else f"{text} [{source}]")]
        case Emphasis(inside, strong):
            return [(nodes.strong if strong else nodes.emphasis)("", "", *_inlines(inside))]
        case Link(inside, href):
            return [nodes.reference("", "", *_inlines(inside), refuri=href)]
        case LineBreak():
            return [nodes.Text(" ")]
