"""A content security policy on every page.

Defect: Furo's pages hold one inline script and one inline style, so a policy that is worth having needs their
hashes, and neither Sphinx nor Furo writes one.

The policy stands in a `<meta>`, so that it also holds where no server sends headers: on plain static hosting and
for the unzipped site opened from a folder. Only what theme and extensions put on a page is hashed, never what
stands in a document: a script that found its way into a text does not run. The one relaxation is for `style`
attributes, of which docutils, Furo and Sphinx write some.

`furo_fixes_csp = False` leaves the policy out, for a server that adds a script of its own (sphinx-autobuild).

Remove when: Furo has no inline script and style; then keep the policy in a template.
"""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder

_INLINE = re.compile(r"<(?P<tag>script|style)>(?P<text>.*?)</(?P=tag)>", re.DOTALL)

# What a page may load. Nothing comes from another site, and nothing goes to one.
_POLICY = (
    "default-src 'none'; "
    "script-src 'self'{scripts}; "
    "style-src 'self'{styles}; "
    "style-src-attr 'unsafe-inline'; "
    "img-src 'self' data:; "
    "font-src 'self'; "
    "media-src 'self'; "
    "connect-src 'self'; "
    "form-action 'self'; "
    "base-uri 'none'"
)


class ContentSecurityPolicy:
    """Writes the policy of each page; hashes what all pages share once a build."""

    def __init__(self) -> None:
        self._theme: dict[str, list[str]] | None = None

    def forget(self, _app: Sphinx, *_: object) -> None:
        self._theme = None

    def write(self, app: Sphinx, _page: str, _template: str, context: dict[str, Any], _doctree: object) -> None:
        if not app.config.furo_fixes_csp or app.builder.name not in {"html", "dirhtml", "singlehtml"}:
            return
        if self._theme is None:
            self._theme = _inline_parts(_theme_page(cast("StandaloneHTMLBuilder", app.builder), context))
        # Inline scripts of extensions; some are given to a single page.
        bodies = [script.attributes.get("body") for script in context["script_files"] if not script.filename]
        scripts = [*self._theme["script"], *filter(None, bodies)]
        policy = _POLICY.format(scripts=_sources(scripts), styles=_sources(self._theme["style"]))
        meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        context["metatags"] = meta + context.get("metatags", "")


def _theme_page(builder: StandaloneHTMLBuilder, context: dict[str, Any]) -> str:
    """A page of the theme alone: no document, no scripts of extensions."""
    return str(builder.templates.render("base.html", {**context, "body": "", "metatags": "", "script_files": []}))


def _inline_parts(page: str) -> dict[str, list[str]]:
    parts: dict[str, list[str]] = {"script": [], "style": []}
    for match in _INLINE.finditer(page):
        parts[match["tag"]].append(match["text"])
    return parts


def _sources(texts: Iterable[str]) -> str:
    """The hashes of inline texts, each once, in the order of the page."""
    return "".join(f" '{source}'" for source in dict.fromkeys(map(_hash, texts)))


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def setup(app: Sphinx) -> None:
    app.add_config_value("furo_fixes_csp", True, "html", types=frozenset({bool, int}), description=__doc__)
    policy = ContentSecurityPolicy()
    app.connect("env-before-read-docs", policy.forget)
    app.connect("html-page-context", policy.write, priority=900)
