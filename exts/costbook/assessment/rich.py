"""Resolved text: a small tree that pages, papers and banks write in their own way.

It has what a YAML text may have, and nothing that could be markup of its reader's making: words are only ever words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from html import escape
from typing import TypeAlias

NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML document may hold, not even escaped; Markdown lets a form feed in as ``&#12;``."""


@dataclass(frozen=True, slots=True)
class Words:
    """Running text."""

    text: str


@dataclass(frozen=True, slots=True)
class Code:
    """Code in running text."""

    text: str


@dataclass(frozen=True, slots=True)
class Maths:
    """A formula in LaTeX."""

    latex: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a question; ``side`` is ``input`` or ``output`` where it is about one side of a bill."""

    text: str
    side: str | None = None


@dataclass(frozen=True, slots=True)
class Marked:
    """Words of others (``quoted``) or a premise, with its source."""

    text: str
    source: str
    quoted: bool


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Stressed text."""

    parts: tuple[Inline, ...]
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A link; the loader allows http, https and mailto only."""

    parts: tuple[Inline, ...]
    href: str


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A line break that the author asked for."""


Inline: TypeAlias = Words | Code | Maths | Answer | Marked | Emphasis | Link | LineBreak


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    parts: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """A list."""

    items: tuple[Rich, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Quotation:
    """A block quotation."""

    blocks: Rich


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """Lines of code."""

    text: str


Block: TypeAlias = Paragraph | Listing | Quotation | CodeBlock
Rich: TypeAlias = tuple[Block, ...]


def words(text: str) -> Rich:
    """A paragraph of plain words."""
    return (Paragraph((Words(text),)),)


def to_html(rich: Rich, maths: Callable[[str], str]) -> str:
    """HTML that is also well-formed XML; ``maths`` writes a formula. A single paragraph has no element of its own."""
    if len(rich) == 1 and isinstance(rich[0], Paragraph):
        return _inlines(rich[0].parts, maths)
    return "".join(_block(block, maths) for block in rich)


def _text(text: str) -> str:
    """Text as HTML and XML write it, in an attribute too."""
    return escape(NOT_XML.sub("\ufffd", text))


def _block(block: Block, maths: Callable[[str], str]) -> str:
    match block:
        case Paragraph(parts):
            return f"<p>{_inlines(parts, maths)}</p>"
        case Listing(items, ordered):
            tag = "ol" if ordered else "ul"
            return f"<{tag}>{''.join(f'<li>{to_html(item, maths)}</li>' for item in items)}</{tag}>"
        case Quotation(blocks):
            return f"<blockquote>{''.join(_block(one, maths) for one in blocks)}</blockquote>"
        case CodeBlock(text):
            # Without `code` inside, HTML would drop an empty first line.
            return f"<pre><code>{_text(text)}</code></pre>"


def _inlines(parts: Iterable[Inline], maths: Callable[[str], str]) -> str:
    return "".join(_inline(part, maths) for part in parts)


def _inline(part: Inline, maths: Callable[[str], str]) -> str:
    match part:
        case Words(text):
            return _text(text)
        case Code(text):
            return f"<code>{_text(text)}</code>"
        case Maths(latex):
            return maths(latex)
        case Answer(text, side):
            kind = f" cb-{_text(side)}" if side else ""
            return f'<span class="cb-answer{kind}">{_text(text)}</span>'
        case Marked(text, source, quoted):
            shown = f"“{_text(text)}”" if quoted else _text(text)
            return f'{shown} <span class="cb-source">[{_text(source)}]</span>'
        case Emphasis(parts, strong):
            tag = "strong" if strong else "em"
            return f"<{tag}>{_inlines(parts, maths)}</{tag}>"
        case Link(parts, href):
            return f'<a class="reference external" href="{_text(href)}">{_inlines(parts, maths)}</a>'
        case LineBreak():
            return "<br/>"


def to_plain(rich: Rich) -> str:
    """Plain text, blocks apart by an empty line: for comparisons, and for targets that have no markup."""
    return "\n\n".join(_plain_block(block) for block in rich)


def _plain_block(block: Block) -> str:
    match block:
        case Paragraph(parts):
            return "".join(_plain(part) for part in parts)
        case Listing(items, ordered):
            marks = (f"{number}. " if ordered else "- " for number in range(1, len(items) + 1))
            return "\n".join(_entry(mark, to_plain(item)) for mark, item in zip(marks, items, strict=True))
        case Quotation(blocks):
            return to_plain(blocks)
        case CodeBlock(text):
            return text


def _entry(mark: str, text: str) -> str:
    """An entry of a list: what it holds stands behind its mark, so that a list inside can be told from what follows."""
    return mark + re.sub(r"\n(?=[^\n])", "\n" + " " * len(mark), text)


def _plain(part: Inline) -> str:
    match part:
        case Words(text) | Code(text) | Answer(text):
            return text
        case Maths(latex):
            return latex
        case Marked(text, source, quoted):
            return f"“{text}” [{source}]" if quoted else f"{text} [{source}]"
        case Emphasis(parts) | Link(parts):
            return "".join(_plain(one) for one in parts)
        case LineBreak():
            return "\n"
