"""Style sheets without what only their authors read.

Defect: Sphinx serves style sheets as they were written. Comments and white space of those of a chapter are 4 kB of a
first visit.

Remove when: Sphinx minifies what it copies.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from rcssmin import cssmin

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def minify(app: Sphinx, exception: Exception | None) -> None:
    """Minify the style sheets of a site that is finished; the digests that its pages name are those of the sources."""
    if exception is not None or app.builder.format != "html":
        return
    for path in sorted(Path(app.outdir, "_static").rglob("*.css")):
        sheet = path.read_text(encoding="utf-8")
        if (small := cssmin(sheet, keep_bang_comments=True)) != sheet:
            path.write_text(small, encoding="utf-8", newline="\n")


def setup(app: Sphinx) -> None:
    app.connect("build-finished", minify, priority=900)  # Furo writes the colours of code at 500
