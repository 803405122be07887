"""Roles and directives of a page, read from its Markdown as MyST reads it, each with its line and column."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import TypeAlias

from markdown_it import MarkdownIt
from markdown_it.rules_block import make_fence_rule
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin
from mdit_py_plugins.myst_blocks import myst_block_plugin
from mdit_py_plugins.myst_role import myst_role_plugin

NAMED = re.compile(r"\{(?P<name>[^{}\s]+)\}\s*(?P<argument>.*)", re.DOTALL)
"""The first line of a directive, behind its fence."""
NOT_TEXT = frozenset(
    {"bibliography", "code", "code-block", "eval-rst", "literalinclude", "math", "raw", "sourcecode", "toctree"}
)
"""Directives whose content is no text of the page."""
SETTING = re.compile(r"(?P<key>[\w-]+):(?:\s+(?P<value>.*))?")
BLOCK_SCALAR = re.compile(r"[|>][+-]?")
QUOTED = re.compile(r"(?P<mark>[\"'])(?P<value>.*)(?P=mark)(?:\s+#.*)?")
MATTER = "---"
ROLE_START = re.compile(r"\{(?P<name>[a-zA-Z0-9_+:-]+)\}(?P<ticks>`+)")
DIRECTIVE_START = re.compile(r"(?:```|~~~|:::)[ \t]*\{(?P<name>[^{}\s]+)\}(?P<argument>.*)")
LINE_START = re.compile(r"\n[ \t>]*")
INDENTATION = re.compile(r"[ \t>]+")


@dataclass(frozen=True, slots=True)
class Role:
    """A role: its name and content, and where it stands; line and column count from 1."""

    name: str
    content: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Directive:
    """A directive: its name, the rest of its first line, its options; it stands where that rest, or its name, does."""

    name: str
    argument: str
    options: Mapping[str, str]
    line: int
    column: int


Piece: TypeAlias = Role | Directive


@cache
def parser() -> MarkdownIt:
    """A parser of the syntax that ``conf.py`` switches on."""
    markdown = MarkdownIt("commonmark").enable("table")
    markdown.use(front_matter_plugin).use(myst_block_plugin).use(myst_role_plugin)
    markdown.use(footnote_plugin, inline=False, move_to_end=False, always_match_refs=True).use(deflist_plugin)
    colon_fence = make_fence_rule(markers=(":",), token_type="colon_fence", exact_match=False)
    markdown.block.ruler.before(
        "fence", "colon_fence", colon_fence, {"alt": ["paragraph", "reference", "blockquote", "list", "footnote_def"]}
    )
    return markdown.disable(["html_block", "html_inline"])


def read_markdown(text: str) -> tuple[Piece, ...]:
    """The roles and directives of a page, in order."""
    text = _lines_ended(text)
    return tuple(_Reading(text).pieces(text, 0))


def read_matter(text: str) -> Mapping[str, str]:
    """The front matter of a page."""
    lines = _lines_ended(text).split("\n") if text.startswith(MATTER) else []
    end = next((row for row, line in enumerate(lines[1:], start=1) if line.startswith((MATTER, "..."))), len(lines))
    return _settings(lines[1:end])


def glance(text: str, directives: Collection[str]) -> Iterator[Piece]:
    """Whatever may be a role, or one of some directives: more than there is, never less, and without its place.

    It costs a tenth of reading the page, and tells whether that is worth it.
    """
    text = _lines_ended(text)
    for found in ROLE_START.finditer(text):
        end = text.find(found["ticks"], found.end() + 1)
        if end > 0:
            yield Role(found["name"], LINE_START.sub(" ", text[found.end() : end]), 1, 1)
    for found in DIRECTIVE_START.finditer(text):
        if found["name"] in directives:
            options, _, _ = _options(_unindented(text[found.end() + 1 :]))
            yield Directive(found["name"], found["argument"].strip(), options, 1, 1)


def _unindented(text: str) -> str:
    """A text without the indentation, in a list or quotation, of its first line."""
    before = INDENTATION.match(text)
    return text if before is None else re.sub(rf"(?m)^[ \t>]{{1,{before.end()}}}", "", text)


def _lines_ended(text: str) -> str:
    return re.sub(r"\r\n?", "\n", text) if "\r" in text else text


def _settings(lines: list[str]) -> dict[str, str]:
    """``key: value`` by line; a value may go on in indented lines below."""
    found: dict[str, str] = {}
    key = ""
    for line in lines:
        match = SETTING.fullmatch(line.rstrip())
        if match:
            key, value = match["key"], match["value"] or ""
            found[key] = "" if BLOCK_SCALAR.fullmatch(value) else value
        elif key and line[:1].isspace():
            found[key] = f"{found[key]} {line.strip()}".strip()
    return {key: _unquoted(value) for key, value in found.items()}


def _unquoted(value: str) -> str:
    """A value without its quotation marks, or without the comment behind it."""
    quoted = QUOTED.fullmatch(value)
    return quoted["value"] if quoted else re.sub(r"(^|\s+)#.*", "", value)


@dataclass
class _Reading:
    """One walk through a page. Pieces come in the order of the source, so each is looked for behind the one before."""

    text: str
    starts: list[int] = field(init=False)
    behind: int = 0

    def __post_init__(self) -> None:
        self.starts = [0, *(found.end() for found in re.finditer("\n", self.text))]

    def pieces(self, text: str, above: int) -> Iterator[Piece]:
        """The pieces of a part of the page that has so many lines above it."""
        row = above
        for token in parser().parse(text):
            if token.map:
                row = above + token.map[0]
            if token.type in {"fence", "colon_fence"}:
                yield from self.directive(token, row)
            for child in token.children or () if token.type == "inline" else ():
                if child.type == "myst_role":
                    yield self.role(child, row)

    def role(self, token: Token, row: int) -> Role:
        name, content = token.meta["name"], token.content
        words = r"[\s>:*_]+".join(map(re.escape, content.split()))
        return Role(name, content, *self.place(rf"(?P<here>\{{){re.escape(name)}\}}`+\s*{words}\s*`", row))

    def directive(self, token: Token, row: int) -> Iterator[Piece]:
        found = NAMED.fullmatch(token.info.strip())
        if not found:
            return
        name, argument = found["name"], found["argument"].strip()
        options, body, skipped = _options(token.content)
        head = rf"\{{{re.escape(name)}\}}"
        pattern = rf"{head}[ \t]*(?P<here>\S)" if argument else rf"(?P<here>{head})"
        yield Directive(name, argument, options, *self.place(pattern, row))
        if name not in NOT_TEXT:
            yield from self.pieces(argument, row)
            if name == "glossary":
                body = re.sub(r"(?m)^ {1,4}", "", body)  # definitions stand indented below their terms
            yield from self.pieces(body, row + 1 + skipped)

    def place(self, pattern: str, row: int) -> tuple[int, int]:
        """Line and column of ``here`` in the next occurrence of a pattern from a line on."""
        found = re.compile(pattern).search(self.text, max(self.starts[row], self.behind))
        if found is None:
            return row + 1, 1
        self.behind = found.end()
        line = self.text.count("\n", 0, found.start("here")) + 1
        return line, found.start("here") - self.starts[line - 1] + 1


def _options(content: str) -> tuple[dict[str, str], str, int]:
    """The options at the head of a directive's content, its body, and the lines above the body."""
    lines = content.split("\n")
    if lines[0].startswith(MATTER):
        end = next((row for row, line in enumerate(lines[1:], start=1) if line.startswith(MATTER)), len(lines))
        return _settings(lines[1:end]), "\n".join(lines[end + 1 :]), end + 1
    end = 0
    while end < len(lines) and re.match(r"\s*:(?!::)", lines[end]):
        end += 1
    return _settings([line.lstrip()[1:] for line in lines[:end]]), "\n".join(lines[end:]), end
