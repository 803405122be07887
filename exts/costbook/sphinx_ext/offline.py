"""Links to the copies of editions, and the feed that announces editions.

A copy lies at one address below the root of the site, whatever page links to it. No build makes it, and none knows
whether it is there: ``scripts/editions.py`` packs a site that is built, and publishes it beside the copies of others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.osutil import relative_uri

from costbook.export.atom import Book, feed
from costbook.export.offline import FEED, Copy, address, feed_link, link
from costbook.questions.editions import Editions
from costbook.sphinx_ext.domain import cost_domain

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

WITH_COPIES = frozenset({"html", "dirhtml", "singlehtml"})
"""Builders that make a site; a book in one file stands alone."""
WITH_FEED = frozenset({"html", "dirhtml"})
EDITIONS_PAGE = "book/editions"


class offline_copy(nodes.Inline, nodes.TextElement):  # noqa: N801 - docutils names nodes this way
    """A link to a ``copy`` of the edition ``serial``, its attributes; its text is what it says elsewhere."""


def offline_node(serial: int, copy: Copy = Copy.ZIP) -> offline_copy:
    """The node of an edition's copy."""
    return offline_copy("", copy.words, serial=serial, copy=copy)


def visit_offline(translator: HTML5Translator, node: offline_copy) -> None:
    """Write the link as HTML: the exact markup by which a copy of the site finds it again."""
    page = translator.builder.get_target_uri(translator.builder.current_docname)
    translator.body.append(link(relative_uri(page, address(node["serial"], node["copy"])), node["copy"]))
    raise nodes.SkipNode


def make_words(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Leave the words alone where there is no site for a copy to lie in."""
    if app.builder.name not in WITH_COPIES:
        for node in list(doctree.findall(offline_copy)):
            node.replace_self(nodes.Text(node.astext()))


def announce(app: Sphinx, _page: str, _template: str, context: dict[str, Any], _doctree: object) -> None:
    """Tell the reader's program in the head of every page where the feed is."""
    if app.builder.name in WITH_FEED:
        found = feed_link(f"Editions of {app.config.project}", context["pathto"](FEED, 1))
        context["metatags"] = context.get("metatags", "") + found


def write_feed(app: Sphinx, exception: Exception | None) -> None:
    """Write the feed beside the pages, when they are all there."""
    if exception is None and app.builder.name in WITH_FEED:
        history = cost_domain(app.env).answer(Editions())
        (app.outdir / FEED).write_bytes(feed(_book(app), history.editions))


def _book(app: Sphinx) -> Book:
    config, base = app.config, app.config.html_baseurl
    docname = EDITIONS_PAGE if EDITIONS_PAGE in app.env.found_docs else config.root_doc
    return Book(
        config.project,
        config.author,
        config.language,
        app.builder.get_target_uri(docname) or "./",
        f"{base.rstrip('/')}/" if base else "",
    )
