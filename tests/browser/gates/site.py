"""A built site on disk, and its pages, found by walking it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote, urlsplit

from .document import Document

# Sphinx copies a theme's own files there: parts of pages, not pages.
NOT_PAGES = "_static"


@dataclass(frozen=True)
class Site:
    """A folder with a built site; a page is named by its path in that folder, with forward slashes."""

    root: Path

    @cached_property
    def documents(self) -> dict[str, Document]:
        """Every page of the site, parsed; a site without pages is an error, or every gate would pass it."""
        paths = (path.relative_to(self.root) for path in sorted(self.root.rglob("*.html")))
        documents = {
            path.as_posix(): Document.parse((self.root / path).read_text(encoding="utf-8"))
            for path in paths
            if path.parts[0] != NOT_PAGES
        }
        if not documents:
            raise FileNotFoundError(f"no page in {self.root}")
        return documents

    @property
    def pages(self) -> tuple[str, ...]:
        """The pages that stay open; a redirect leaves before anybody can read it."""
        return tuple(page for page, document in self.documents.items() if not document.redirects)

    def url(self, page: str) -> str:
        """The address of a page as a reader of the unzipped site opens it."""
        return (self.root / page).resolve().as_uri()

    def file(self, url: str) -> Path | None:
        """The file of the site that a ``file:`` address names, or None where it lies outside the site."""
        parts = urlsplit(url)
        path = Path(unquote(parts.path)).resolve()
        return path if parts.scheme == "file" and path.is_relative_to(self.root.resolve()) else None
