"""What editions and days ahead move in the pages of the book: worked out from their sources, not from this build.

A page that prints it is read again when it is something else. That is looked at only when a source file has changed:
it takes about as long as reading a few pages.
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from costbook.changes.moves import BookMoves, book_moves
from costbook.load import PRIVATE
from costbook.pages import read_pages
from costbook.sphinx_ext.domain import Seen, cost_domain

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

SOURCES = ("index.md", "book", "assessments")


def moves(env: BuildEnvironment) -> BookMoves:
    """What moves, for the page that is being read."""
    found = _now(env)
    cost_domain(env).moves[env.docname] = found
    return found.moves


def find_moved(app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]) -> list[str]:
    """Read again the pages that were told something else."""
    shown = {docname: seen for docname, seen in cost_domain(env).moves.items() if docname not in changed | removed}
    sources = _digest(Path(env.srcdir)) if shown else ""
    found = []
    for docname, seen in shown.items():
        if seen.sources != sources and _now(env).moves != seen.moves:
            found.append(docname)
        elif seen.sources != sources:
            cost_domain(env).moves[docname] = _now(env)
    return found


def _now(env: BuildEnvironment) -> Seen:
    domain, root = cost_domain(env), Path(env.srcdir)
    if domain.seen is None:
        domain.seen = Seen(_digest(root), book_moves(domain.world, read_pages(root, domain.world)))
    return domain.seen


def _digest(root: Path) -> str:
    """SHA-256 of every source of the book, in hex."""
    found = sha256()
    for path in sorted(path for name in SOURCES for path in (root / name, *(root / name).rglob("*")) if path.is_file()):
        name = path.relative_to(root).as_posix()
        if not name.startswith(f"{PRIVATE}/"):
            found.update(f"{name}\0{path.stat().st_size}\0".encode())
            found.update(path.read_bytes())
    return found.hexdigest()
