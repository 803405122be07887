"""The price book on the pages that compute or choose: its script, and the one that offers its models."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from costbook.export.price_script import NAME, price_script
from costbook.sphinx_ext.assets import WITH_SCRIPT, write_script
from costbook.sphinx_ext.domain import cost_domain

if TYPE_CHECKING:
    from sphinx.application import Sphinx

MODELS = "models.js"


def use_book(app: Sphinx, context: dict[str, Any]) -> None:
    """Load the price book and the choice of a model on the page that is being written; asked twice, once.

    The price book is named without the digest that Sphinx gives to its scripts: it is written after the pages.
    """
    tag = f'<script defer src="{escape(context["pathto"](f"_static/{NAME}", 1))}"></script>'
    if tag not in context.get("metatags", ""):
        context["metatags"] = context.get("metatags", "") + tag
        app.add_js_file(MODELS, loading_method="defer")


def write_book(app: Sphinx, exception: Exception | None) -> None:
    """Write the price book's script, where it is another than before."""
    if exception is None and app.builder.name in WITH_SCRIPT:
        write_script(app, NAME, price_script(cost_domain(app.env).world))
