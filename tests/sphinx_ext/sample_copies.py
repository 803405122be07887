"""A Sphinx extension for tests: a directive that links to the offline copy of an edition; and a book of two editions.

Edition 7 came first; edition 8 has another price. Its pages lie at different depths, and each links to both copies.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from scripts.generated_book import Plan, write_frame
from sphinx.util.docutils import SphinxDirective
from tests.sphinx_ext.building import Book

from costbook.sphinx_ext.offline import offline_node

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


class OfflineCopy(SphinxDirective):
    """A paragraph with the link to an edition."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        return [nodes.paragraph("", "", nodes.Text("Take the "), offline_node(int(self.arguments[0])))]


def setup(app: Sphinx) -> ExtensionMetadata:
    app.add_directive("offline-copy", OfflineCopy)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


EXTENSIONS = ("myst_parser", "costbook.sphinx_ext", "tests.sphinx_ext.sample_copies")
PAGES = ("index", "book/editions", "book/deep/page")
PAGE = "# {name}\n\nA letter costs {{bill}}`letter`.\n\n```{{offline-copy}} 7\n```\n\n```{{offline-copy}} 8\n```\n"
INDEX = "\n```{toctree}\nbook/editions\nbook/deep/page\n```\n"
HOUSES = "houses: {everyday: example-steady}\ncontrasts: []\n"
FIRST = f"edition: 7\nas_of: 2026-11-22\n{HOUSES}"
SECOND = f"""\
edition: 8
as_of: 2026-12-02
{HOUSES}past:
  - edition: 7
    as_of: 2026-11-22
    houses: {{everyday: example-steady}}
    contrasts: []
"""
PRICES, EDITION = "book/data/prices/example.yaml", "book/data/edition.yaml"
# The first model of the generated book costs 2.00, 0.200 and 8.00; what follows is the second.
SECOND_MODEL = "  example-small:\n"
NEW_ROW = """\
      - known_from: 2026-12-01
        input: 3.00
        cached: 0.20
        output: 8.00
        edition: 8
        source: {via: a price list, url: https://example.org/prices, checked: 2026-12-02}
"""


def two_editions(folder: Path, *, theme: str = "basic") -> Book:
    """A book of edition 7, whose price file has a row that waits for edition 8."""
    book = Book(folder / "book", folder / "out", folder / "trees")
    write_frame(book.root, Plan(1, documents=False, theme=theme, extensions=EXTENSIONS))
    for prices in (book.root / PRICES).parent.glob("*.yaml"):
        if prices != book.root / PRICES:  # the real ones move by themselves
            prices.unlink()
    book.replace(PRICES, SECOND_MODEL, f"{NEW_ROW}{SECOND_MODEL}")
    book.write(EDITION, FIRST)
    for name in PAGES:
        book.write(f"{name}.md", PAGE.format(name=name) + (INDEX if name == "index" else ""))
    return book


def raise_edition(book: Book) -> None:
    """Put edition 8 in force."""
    book.write(EDITION, SECOND)
