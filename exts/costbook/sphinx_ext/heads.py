"""What the head of a page tells those that link to it, and the list of all pages.

Written here and not by extensions: a description may not cut an amount in half, and is the same for searching and for
sharing; nothing is taken from the history of the files or the clock, so the same sources give the same bytes.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape as escape_xml

from docutils import nodes

from costbook.sphinx_ext.assets import WITH_SCRIPT
from costbook.sphinx_ext.transforms import prose

if TYPE_CHECKING:
    from sphinx.application import Sphinx

SITEMAP = "sitemap.xml"
LONGEST = 300
"""Characters of a description, at most."""
_SENTENCE = re.compile(r"(?<=[.!?]) ")


def describe(app: Sphinx, page: str, _template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Give a page its description, and what a link to it shows elsewhere."""
    if app.builder.name not in WITH_SCRIPT or doctree is None:
        return
    config = app.config
    title = " ".join(app.env.titles[page].astext().split())
    text = description(doctree, str(app.env.metadata[page].get("description", "")))
    properties = {
        "og:type": "website" if page == config.root_doc else "article",
        "og:site_name": config.project,
        "og:title": title,
        "og:description": text,
        "og:url": _address(app, page),
    }
    metas = [f'<meta name="description" content="{escape(text)}">'] if text else []
    metas += [f'<meta property="{name}" content="{escape(said)}">' for name, said in properties.items() if said]
    context["metatags"] = context.get("metatags", "") + "".join(f"\n    {meta}" for meta in metas)


def description(document: nodes.document, written: str = "") -> str:
    """The author's own words, or the beginning of the first paragraph: whole sentences where they are not too long."""
    paragraphs = (" ".join(block.astext().split()) for block in prose(document) if isinstance(block, nodes.paragraph))
    return shortened(" ".join(written.split()) or next((text for text in paragraphs if text), ""))


def shortened(text: str, longest: int = LONGEST) -> str:
    """As many whole sentences as fit; of a longer one its first words, never a part of one, nor a number at the end."""
    found = ""
    for sentence in _SENTENCE.split(text):
        longer = f"{found} {sentence}".strip()
        if len(longer) > longest:
            break
        found = longer
    if found or len(text) <= longest:
        return found
    words = text[:longest].rpartition(" ")[0].split()
    while words and any(letter.isdigit() for letter in words[-1]):
        words.pop()
    return f"{' '.join(words).rstrip(',;:')} …"


def write_sitemap(app: Sphinx, exception: Exception | None) -> None:
    """List every page where the address of the site is known: pages of documents, not the index or the search."""
    if exception is None and app.builder.name in WITH_SCRIPT and app.config.html_baseurl:
        pages = "".join(
            f"<url><loc>{escape_xml(_address(app, page))}</loc></url>\n" for page in sorted(app.env.found_docs)
        )
        text = f'<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{pages}</urlset>\n'
        (app.outdir / SITEMAP).write_text(text, encoding="utf-8")


def _address(app: Sphinx, page: str) -> str:
    """The address of a page, or nothing where the site has none yet."""
    base = app.config.html_baseurl.rstrip("/")
    return f"{base}/{app.builder.get_target_uri(page)}" if base else ""
