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
    """A text, block by block; the source of words of others is named where it first appears."""
    return _blocks(rich, set())


def _blocks(rich: Rich, named: set[str]) -> list[Any]:
    return [_block(block, named) for block in rich]


def _block(block: Block, named: set[str]) -> list[Any]:
    match block:
        case Paragraph(parts):
            return ["paragraph", _inlines(parts, named)]
        case Listing(items, ordered):
            return ["steps" if ordered else "list", [_blocks(item, named) for item in items]]
        case Quotation(inner):
            return ["quotation", _blocks(inner, named)]
        case CodeBlock(text):
            return ["code", text]


def _inlines(parts: Sequence[Inline], named: set[str]) -> list[Any]:
    return [_inline(part, named) for part in parts]


def _inline(part: Inline, named: set[str]) -> list[Any]:
    match part:
        case Code(text):
            return ["code", text]
        case LineBreak():
            return ["break", ""]
        case Emphasis(parts, strong):
            return ["strong" if strong else "em", _inlines(parts, named)]
        case Link(parts, href):
            # On paper a link is its address.
            return ["words", f"{plain((Paragraph(parts),))} ({href})"]
        case Words(text) | Answer(text):
            return ["words", text]
        case Maths(latex):
            return ["words", linear(latex)]
        case Marked(text, source, quoted):
            label = "" if source in named else f" [{source}]"
            named.add(source)
            return ["words", f"“{text}”{label}" if quoted else f"{text}{label}"]


def clean(value: Any) -> Any:
    """Data for a template, without what no document may hold."""
    if isinstance(value, str):
        return NOT_XML.sub("\ufffd", value)
    if isinstance(value, list):
        return [clean(one) for one in value]
    if isinstance(value, dict):
        return {name: clean(one) for name, one in value.items()}
    return value
