"""A built site on disk, and its pages, found by walking it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit
from zlib import crc32

from .document import Document

# Sphinx copies a theme's own files there: parts of pages, not pages.
NOT_PAGES = "_static"

# One page of each kind. What is wrong with a kind of page is wrong with these, in every view.
SPECIMENS: Final = (
    "index.html",
    "assessments/lessons/the-life-of-a-token.html",
    "assessments/quizzes/the-life-of-a-token-practice.html",
    "assessments/reviews/token-lifecycle.html",
    "book/01-the-life-of-a-token.html",
    "book/appendices/price-book.html",
    "book/editions.html",
    "sims/cost-calculator.html",
)


@dataclass(frozen=True)
class Site:
    """A folder with a built site; a page is named by its path in that folder, with forward slashes.

    ``hand`` is which of how many parts of its pages a gate looks at besides the specimens; of 0, at these alone.
    """

    root: Path
    hand: tuple[int, int] = (0, 1)

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
        return tuple(page for page, one in self.documents.items() if not one.redirects and self._held(page))

    def dealt(self, hand: int, hands: int) -> Site:
        """The site with its specimens and one part of its other pages, each of which is in exactly one part.

        A gate that looks at every page in every view takes longer than it finds out: dealt among the views, every page
        is looked at in one of them. A page stays in its part when other pages come.
        """
        return replace(self, hand=(hand, hands))

    @property
    def specimens(self) -> Site:
        """The site with one page of each kind."""
        return replace(self, hand=(0, 0))

    def _held(self, page: str) -> bool:
        hand, hands = self.hand
        return page in SPECIMENS or (hands > 0 and crc32(page.encode()) % hands == hand)

    def url(self, page: str) -> str:
        """The address of a page as a reader of the unzipped site opens it."""
        return (self.root / page).resolve().as_uri()

    def file(self, url: str) -> Path | None:
        """The file of the site that a ``file:`` address names, or None where it lies outside the site."""
        parts = urlsplit(url)
        path = Path(unquote(parts.path)).resolve()
        return path if parts.scheme == "file" and path.is_relative_to(self.root.resolve()) else None
