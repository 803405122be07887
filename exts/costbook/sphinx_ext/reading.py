"""What a reader is offered on every page: links in the footer, and the script of progress, terms and keys."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from costbook.questions.documents import EditionFact, EditionOf
from costbook.sphinx_ext.assets import WITH_SCRIPT
from costbook.sphinx_ext.domain import cost_domain

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

PROGRESS, ACCESSIBILITY, PRIVACY = "book/your-progress", "book/accessibility", "book/privacy"
HOW_TO_REPORT = "report-a-mistake"
"""The section of the accessibility page that says where to write."""


def offer_reading(
    app: Sphinx, page: str, _template: str, context: dict[str, Any], _doctree: nodes.document | None
) -> None:
    """Put the links into the footer, in the place of the theme's icons, and the script on the page."""
    if app.builder.name not in WITH_SCRIPT:
        return
    app.add_js_file("reading.js", loading_method="defer")
    if page == PROGRESS:
        app.add_js_file("progress.js", loading_method="defer")
    found = app.env.found_docs
    links = [("Report a mistake", _report(app, page, context), "cb-report-link")]
    for words, target, name in (
        ("Your progress", PROGRESS, "cb-progress-link"),
        ("Accessibility", ACCESSIBILITY, ""),
        ("Privacy", PRIVACY, ""),
    ):
        links.append((words, context["pathto"](target) if target in found else "", name))
    context["theme_footer_icons"] = [
        {"name": words, "html": words, "url": escape(url), "class": name} for words, url, name in links if url
    ]


def _report(app: Sphinx, page: str, context: dict[str, Any]) -> str:
    """Where a mistake is reported: a new issue that names page and edition, or the page that says how; or nowhere."""
    if app.config.costbook_repository:
        return new_issue(app.config.costbook_repository, *issue(app, page))
    if ACCESSIBILITY not in app.env.found_docs:
        return ""
    here = context["pathto"](ACCESSIBILITY).removesuffix("#")  # the page itself is "#"
    return f"{here}#{HOW_TO_REPORT}"


def issue(app: Sphinx, page: str) -> tuple[str, str]:
    """Title and text of a report about a page; the script appends the item of a quiz to the text."""
    title = app.env.titles[page].astext() if page in app.env.titles else page
    ask = cost_domain(app.env).answer
    edition = f"edition {ask(EditionOf(EditionFact.SERIAL))}, priced at {ask(EditionOf(EditionFact.DATE))}"
    return f"Mistake: {title}", f"What is wrong, and what should it say?\n\n\n\nPage: {page}\nEdition: {edition}\n"


def new_issue(repository: str, title: str, body: str) -> str:
    """The address of a form, filled in, as GitHub, Codeberg and Gitea take it."""
    return f"{repository.rstrip('/').removesuffix('.git')}/issues/new?{urlencode({'title': title, 'body': body})}"
