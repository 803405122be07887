"""Style sheet and scripts of costbook, for HTML builders only."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx

PACKAGE = Path(__file__).parent.parent
STATIC = PACKAGE / "static"
VENDORED = STATIC / "vendor"
WITH_SCRIPT = frozenset({"html", "dirhtml"})
"""Builders whose pages stay apart and may run a script."""


def add_static_path(app: Sphinx) -> None:
    """Let Sphinx copy the static files; this late, or the folder's path would be part of ``.buildinfo``.

    A book for a reading device runs no script, so that it takes along none that others wrote.
    """
    app.config.html_static_path.append(str(STATIC))
    if app.builder.name == "epub":
        vendored = (path.relative_to(STATIC).as_posix() for path in VENDORED.rglob("*") if path.is_file())
        app.config.epub_exclude_files += [f"_static/{name}" for name in sorted(vendored)]


def code_version() -> int:
    """A digest of this package's code, templates and static files: when one changes, every document is read again.

    Static files too, because each page names their digests.
    """
    digest = sha256()
    for path in sorted(PACKAGE.rglob("*")):
        if path.suffix in {".py", ".j2", ".css", ".js"}:
            digest.update(path.relative_to(PACKAGE).as_posix().encode() + b"\0" + path.read_bytes())
    return int(digest.hexdigest()[:12], 16)


def write_script(app: Sphinx, name: str, content: bytes) -> None:
    """Put a script that was made for this book beside the static files, where it is another than before."""
    path = Path(app.outdir) / "_static" / name
    if not path.exists() or path.read_bytes() != content:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
