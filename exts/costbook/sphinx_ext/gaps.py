"""``gap``: what is not written yet. It shows on its page while an author writes, and no strict build ends with one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util.docutils import SphinxRole

from costbook.load import PRIVATE
from costbook.load.gaps import find_gaps
from costbook.sphinx_ext.transforms import GAP_CLASS
from costbook.sphinx_ext.warnings import Subtype, logger

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class GapRole(SphinxRole):
    """Shows what is to be written in this place; the warning comes from ``warn_of_gaps``."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        return [nodes.inline("", f"[To write: {self.text}]", classes=[GAP_CLASS])], []


def warn_of_gaps(app: Sphinx) -> None:
    """Warn of every gap at its place, in each build: pages that are not read again have theirs, too.

    The build goes on, so that an author can look at a chapter that is half written; ``-W`` makes it fail.
    """
    for place, what in find_gaps(Path(app.srcdir)):
        if not place.file.startswith(f"{PRIVATE}/"):
            logger.warning("%s", what, type="costbook", subtype=Subtype.GAP.value, location=str(place))
