"""Style sheet and scripts of costbook, for HTML builders only."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx

PACKAGE = Path(__file__).parent.parent
STATIC = PACKAGE / "static"


def add_static_path(app: Sphinx) -> None:
    """Let Sphinx copy the static files; this late, or the folder's path would be part of ``.buildinfo``."""
    app.config.html_static_path.append(str(STATIC))


def code_version() -> int:
    """A digest of this package's code, templates and static files: when one changes, every document is read again.

    Static files too, because each page names their digests.
    """
    digest = sha256()
    for path in sorted(PACKAGE.rglob("*")):
        if path.suffix in {".py", ".j2", ".css", ".js"}:
            digest.update(path.relative_to(PACKAGE).as_posix().encode() + b"\0" + path.read_bytes())
    return int(digest.hexdigest()[:12], 16)
