"""Terms of the glossary: their definitions for the pages that link to them, and a lint of their first uses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.addnodes import glossary, pending_xref

from costbook.load import Place
from costbook.pages.embedding import for_script
from costbook.sphinx_ext.assets import WITH_SCRIPT, write_script
from costbook.sphinx_ext.domain import being_read
from costbook.sphinx_ext.transforms import HELD_APART, MARK, line_of, prose
from costbook.sphinx_ext.warnings import Subtype, logger

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

SCRIPT = "costbook-terms.js"
NOT_READ = (nodes.literal, nodes.math, nodes.raw, nodes.image, nodes.problematic, nodes.reference, pending_xref)
Entry = tuple[str, str]
"""The page of a glossary, and the id of an entry there."""


def known_terms(env: BuildEnvironment) -> Mapping[str, Entry]:
    """Term in lower case -> its entry; two terms of one entry have the id of the first."""
    found: dict[str, Entry] = env.get_domain("std").data.get("terms", {})
    return found


# --- definitions ------------------------------------------------------------------------------------------------------


def write_terms(app: Sphinx, exception: Exception | None) -> None:
    """Write the definitions as a classic script, which a page loads when a reader first rests on a term."""
    if exception is not None or app.builder.name not in WITH_SCRIPT:
        return
    pages = sorted({page for page, _ in known_terms(app.env).values()})
    found = {term: text for page in pages for term, text in definitions(app.env.get_doctree(page))}
    write_script(app, SCRIPT, f"(globalThis.costbook ??= {{}}).terms = {for_script(found)};\n".encode())


def definitions(document: nodes.document) -> Iterator[tuple[str, str]]:
    """The id of each term of a page's glossaries, with its definition as plain text."""
    for part in document.findall(glossary):
        for entry in part.findall(nodes.definition_list_item):
            told = next(iter(entry.findall(nodes.definition)))
            text = " ".join(told.astext().split())
            yield from ((id_, text) for term in entry.findall(nodes.term) for id_ in term["ids"])


# --- first uses -------------------------------------------------------------------------------------------------------


def check_first_uses(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Warn where a chapter that was read uses a term for the first time without a link to it.

    Once all pages are read, because the glossary may be the last of them.
    """
    terms = known_terms(env)
    chapters = [page for page in being_read(env) if "chapter" in env.metadata.get(page, {})]
    if not terms or not chapters:
        return []
    watched = terms.keys() - {word.lower() for word in app.config.costbook_everyday_words}
    for page in chapters:
        path = env.doc2path(page)
        source = Path(path).read_text(encoding="utf-8-sig")
        for term, used, line in first_uses(env.get_doctree(page), terms, watched):
            place = Place(str(path), *_locate(source, used, line))
            role = f"{{term}}`{used}`" if used.lower() == term else f"{{term}}`{used} <{term}>`"
            what = f"the glossary explains {term!r}, which this chapter uses here for the first time; write {role}"
            env.reread_always.add(page)
            logger.warning("%s", what, type="costbook", subtype=Subtype.TERM.value, location=str(place))
    return []


def _locate(source: str, used: str, line: int) -> tuple[int, int]:
    """Where a word stands by itself, from a line on."""
    for number, text in enumerate(source.splitlines()[line - 1 :], start=line):
        if match := re.search(rf"(?<![\w-]){re.escape(used)}(?![\w-])", text):
            return number, match.start() + 1
    return line, 1


def first_uses(
    document: nodes.document, terms: Mapping[str, Entry], watched: set[str]
) -> Iterator[tuple[str, str, int]]:
    """Each term whose first use in running text is no link to it: the term, how it is written, and the block's line."""
    words = "|".join(re.escape(term) for term in sorted(watched, key=lambda term: (-len(term), term)))
    pattern = re.compile(rf"(?<![\w-])({words})s?(?![\w-])", re.IGNORECASE)
    seen: set[Entry | None] = set()
    for block in prose(document):
        if isinstance(block, nodes.title | nodes.caption):
            continue
        for text, linked in _stretches(block, terms):
            seen.add(linked)
            for match in () if linked else pattern.finditer(text):
                term = match[1].lower()
                if terms[term] not in seen:
                    seen.add(terms[term])
                    yield term, match[0], line_of(block)


def _stretches(node: nodes.Element, terms: Mapping[str, Entry]) -> Iterator[tuple[str, Entry | None]]:
    """The text an author typed as prose, with the entry that it is a link to."""
    for child in node.children:
        if isinstance(child, nodes.Text):
            yield str(child), None
        elif isinstance(child, pending_xref) and child.get("reftype") == "term":
            yield child.astext(), terms.get(str(child["reftarget"]).lower())
        elif isinstance(child, NOT_READ):  # another link cannot hold one
            yield MARK, None
        elif isinstance(child, nodes.Element) and HELD_APART.isdisjoint(child.get("classes", ())):
            yield from _stretches(child, terms)
