"""Style sheet and scripts of costbook, for HTML builders only."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

PACKAGE = Path(__file__).parent.parent
STATIC = PACKAGE / "static"


def add_static_path(app: Sphinx, config: Config) -> None:
    """Let Sphinx copy the static files; this early, since it compares the configuration with the last build's.

    Relative to ``conf.py``, as Sphinx writes a digest of the path into the output: a clone in another folder has it too.
    """
    config.html_static_path.append(os.path.relpath(STATIC, app.confdir))


def code_version() -> int:
    """A digest of this package's code, templates and static files: when one changes, every document is read again.

    Static files too, because each page names their digests.
    """
    digest = sha256()
    for path in sorted(PACKAGE.rglob("*")):
        if path.suffix in {".py", ".j2", ".css", ".js"}:
            digest.update(path.relative_to(PACKAGE).as_posix().encode() + b"\0" + path.read_bytes())
    return int(digest.hexdigest()[:12], 16)
