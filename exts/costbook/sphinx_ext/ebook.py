"""The EPUB of the book, finished when Sphinx has packed it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from costbook.export.epub import finished
from costbook.sphinx_ext.domain import cost_domain
from costbook.writing import write_together

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def finish_epub(app: Sphinx, exception: Exception | None) -> None:
    """Declare what its pages hold, and date it at the edition's day."""
    if exception is None and app.builder.name == "epub":
        path = Path(app.outdir) / f"{app.config.epub_basename}.epub"
        write_together({path: finished(path.read_bytes(), cost_domain(app.env).world.edition.as_of)})
