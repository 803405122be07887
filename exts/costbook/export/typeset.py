"""Resolved text as the Typst templates read it: pairs of a kind and what it holds; words are only ever words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from costbook.assessment.rich import (
    NOT_XML,
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
from costbook.export.formulas import linear
from costbook.export.prose import plain


def blocks(rich: Rich) -> list[Any]:
    """A text, block by block."""
    return [_block(block) for block in rich]


def _block(block: Block) -> list[Any]:
    match block:
        case Paragraph(parts):
            return ["paragraph", _inlines(parts)]
        case Listing(items, ordered):
            return ["steps" if ordered else "list", [blocks(item) for item in items]]
        case Quotation(inner):
            return ["quotation", blocks(inner)]
        case CodeBlock(text):
            return ["code", text]


def _inlines(parts: Sequence[Inline]) -> list[Any]:
    return [_inline(part) for part in parts]


def _inline(part: Inline) -> list[Any]:
    match part:
        case Code(text):
            return ["code", text]
        case LineBreak():
            return ["break", ""]
        case Emphasis(parts, strong):
            return ["strong" if strong else "em", _inlines(parts)]
        case Link(parts, href):
            # On paper a link is its address.
            return ["words", f"{plain((Paragraph(parts),))} ({href})"]
        case Words(text) | Answer(text):
            return ["words", text]
        case Maths(latex):
            return ["words", linear(latex)]
        case Marked(text, source, quoted):
            return ["words", f"“{text}” [{source}]" if quoted else f"{text} [{source}]"]


def clean(value: Any) -> Any:
    """Data for a template, without what no document may hold."""
    if isinstance(value, str):
        return NOT_XML.sub("\ufffd", value)
    if isinstance(value, list):
        return [clean(one) for one in value]
    if isinstance(value, dict):
        return {name: clean(one) for name, one in value.items()}
    return value
