"""What the theme Furo, and Sphinx beneath it, lack. Each module mends one thing, says which, and when it can go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from furo_fixes import (
    bibliography,
    captions,
    csp,
    extras,
    garbage,
    mathml,
    menu,
    navigation,
    scrolling,
    search,
    sheets,
    tables,
    targets,
)

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    for piece in (
        garbage,
        navigation,
        search,
        captions,
        tables,
        mathml,
        bibliography,
        menu,
        scrolling,
        targets,
        extras,
        sheets,
        csp,
    ):
        piece.setup(app)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
