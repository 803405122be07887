"""The words of a question as HTML for the targets that take HTML, and as plain text where they take none.

Formulas stand in one line of text: few systems keep MathML, and what they leave of it cannot be read.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from html import escape

from costbook.assessment.rich import (
    NOT_XML,
    Emphasis,
    Inline,
    Link,
    Listing,
    Maths,
    Paragraph,
    Quotation,
    Rich,
    Words,
    to_html,
    to_plain,
)
from costbook.export.formulas import linear
from costbook.quizzes.resolved import ShortBody


def escaped(text: str) -> str:
    """Plain words as HTML."""
    return escape(NOT_XML.sub("\ufffd", text))


def inline(rich: Rich) -> str:
    """A text as HTML; a single paragraph has no element of its own."""
    return to_html(rich, lambda latex: escaped(linear(latex)))


def flow(rich: Rich, lead: str = "") -> str:
    """A text as HTML in blocks; ``lead`` are plain words in front of it."""
    start = f"<strong>{escaped(lead)}</strong> " if lead else ""
    if len(rich) == 1 and isinstance(rich[0], Paragraph):
        return f"<p>{start}{inline(rich)}</p>"
    return (f"<p>{start}</p>" if lead else "") + inline(rich)


def plain(rich: Rich) -> str:
    """A text without markup."""
    return to_plain(_readable(rich))


def _readable(rich: Rich) -> Rich:
    """A text with its formulas in one line of words."""
    return tuple(
        replace(block, parts=tuple(map(_part, block.parts)))
        if isinstance(block, Paragraph)
        else replace(block, items=tuple(map(_readable, block.items)))
        if isinstance(block, Listing)
        else replace(block, blocks=_readable(block.blocks))
        if isinstance(block, Quotation)
        else block
        for block in rich
    )


def _part(part: Inline) -> Inline:
    match part:
        case Maths(latex):
            return Words(linear(latex))
        case Emphasis(parts) | Link(parts):
            return replace(part, parts=tuple(map(_part, parts)))
    return part


def number(value: Decimal) -> str:
    """A number as it is typed: all its digits, and no zeros that say nothing."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def spellings(body: ShortBody) -> tuple[str, ...]:
    """Texts that are right: the author's own, those of the bank, and a closing parenthesis where folding took it."""
    closed = (f"{text})" for text in body.accept if text.count("(") > text.count(")"))
    found: dict[str, str] = {}
    for text in (body.shown, *body.accept, *closed):
        found.setdefault(text.casefold(), text)
    return tuple(found.values())
