"""Captions of toctrees with a heading level.

Defect: Sphinx writes the caption of a toctree as a paragraph with the role of a heading, but without the level
which that role must have (`aria-level`).

Remove when: `sphinx.writers.html5` gives the level.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

    from sphinx.application import Sphinx

_CAPTION = '<p class="caption" role="heading">'
# The page's title is level 1; what a caption names stands below it.
_WITH_LEVEL = '<p aria-level="2" class="caption" role="heading">'


def give_level(_app: Sphinx, _page: str, _template: str, context: dict[str, Any], _doctree: object) -> None:
    for part in ("body", "furo_navigation_tree"):
        if text := context.get(part):
            context[part] = text.replace(_CAPTION, _WITH_LEVEL)


def setup(app: Sphinx) -> None:
    app.connect("html-page-context", give_level, priority=950)  # after the navigation tree is there
