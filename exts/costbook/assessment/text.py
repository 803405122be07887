"""Text in YAML documents: CommonMark, the roles of the grammar, `math`, `quoted`, `assumed`; nothing else of MyST."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple
from unicodedata import combining, normalize

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.myst_role import myst_role_plugin

from costbook.names import suggestion

MARKED_ROLES = ("quoted", "assumed")
GAP = "gap"
"""The role of what is not written yet."""
PLAIN_ROLES = frozenset({"math", GAP, *MARKED_ROLES})
MARKED = re.compile(r"(?P<text>.+?)\s*\[(?P<source>[^\[\]]+)\]", re.DOTALL)
"""What stands in ``quoted`` and ``assumed``: a text and its source."""
SAFE_LINKS = ("http://", "https://", "mailto:")
_END = Token("end", "", 0)


class Role(NamedTuple):
    """A role in a text: its name, its content, and the literal text to find it by."""

    name: str
    content: str
    literal: str


class Fault(NamedTuple):
    """Something a text may not contain, with the literal text to find it by."""

    literal: str
    what: str


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).disable(["html_block", "html_inline"]).use(myst_role_plugin)


@lru_cache(maxsize=1024)
def _blocks(text: str) -> tuple[Token, ...]:
    """The parsed text; each rule reads it again, and a rebuild finds most texts as they were."""
    return tuple(_parser().parse(text))


def _tokens(text: str) -> Iterator[Token]:
    for token in _blocks(text):
        yield token
        yield from token.children or ()


def tree(text: str) -> SyntaxTreeNode:
    """The text as a tree of blocks and inlines."""
    return SyntaxTreeNode(_blocks(text))


MARKUP = re.compile(r"[{#\[<]|[=-]\s*$", re.MULTILINE)
"""What every role, heading, directive, link and image has somewhere; a text without it is not parsed."""


def roles(text: str) -> Iterator[Role]:
    """The roles that a text uses, in order."""
    if "{" not in text:
        return
    for token in _tokens(text):
        if token.type == "myst_role":
            name, content = token.meta["name"], token.content
            yield Role(name, content, f"{{{name}}}`{content}`")


def faults(text: str, known_roles: Collection[str]) -> Iterator[Fault]:
    """What a text may not contain: unknown roles, headings, directives, images, links to other schemes."""
    if not MARKUP.search(text):
        return
    for role in roles(text):
        if role.name not in known_roles and role.name not in PLAIN_ROLES:
            meant = suggestion(role.name, {*known_roles, *PLAIN_ROLES})
            more = f"; {meant}" if meant.startswith("did you mean") else ""
            yield Fault(role.literal, f"the role {role.name!r} cannot be used in a YAML text{more}")
        if role.name in MARKED_ROLES and not MARKED.fullmatch(role.content.strip()):
            yield Fault(role.literal, f"{role.name} needs its source; write {role.name} as TEXT [SOURCE]")
    for token, following in pairwise((*_tokens(text), _END)):
        if token.type == "heading_open":
            mark = f"{token.markup} " if token.markup.startswith("#") else ""
            yield Fault(f"{mark}{following.content}", "a heading cannot stand in a YAML text; its page has its own")
        elif token.type == "fence" and token.info.startswith("{"):
            yield Fault(f"{token.markup}{token.info}", "a directive cannot stand in a YAML text")
        elif token.type == "image":
            yield Fault("![", "an image cannot stand in a YAML text")
        elif token.type == "link_open" and not str(token.attrs.get("href", "")).startswith(SAFE_LINKS):
            href = str(token.attrs.get("href", ""))
            literal = f"<{href}" if token.markup == "autolink" else f"]({href}"
            yield Fault(literal, f"the link {href!r} must start with https://, http:// or mailto:")


INLINE = {"softbreak": " ", "strong_open": "", "strong_close": "", "em_open": "", "em_close": ""}
"""What joins the words around it; code, math and roles do not."""


def plain(text: str) -> Iterator[str]:
    """The prose of each block, with a mark that joins nothing in place of code, math and roles."""
    for token in _blocks(text):
        if token.type == "inline":
            yield "".join(
                child.content if child.type == "text" else INLINE.get(child.type, "\x00")
                for child in token.children or ()
            )


def folded(text: str) -> str:
    """A short answer as it is compared: without case, accents, punctuation at the ends and repeated spaces."""
    bare = "".join(one for one in normalize("NFKD", text) if not combining(one))
    return " ".join(bare.casefold().split()).strip(" .,;:!?\"'“”‘’()")
