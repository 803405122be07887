"""A Sphinx extension for tests: a directive that puts a quiz made by hand on a page; and a small book that uses it."""

from __future__ import annotations

import runpy
import sys
from typing import TYPE_CHECKING

from docutils import nodes
from scripts.generated_book import Plan, write_frame
from sphinx.util.docutils import SphinxDirective
from tests.sphinx_ext import quiz_pages
from tests.sphinx_ext.building import REPOSITORY, Book

from costbook.sphinx_ext.quizzes import quiz_node

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


class SampleQuiz(SphinxDirective):
    """The form of a page in ``quiz_pages``."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        return [quiz_node(getattr(quiz_pages, self.arguments[0]))]


def setup(app: Sphinx) -> ExtensionMetadata:
    app.add_directive("sample-quiz", SampleQuiz)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


FOLDER = "assessments/quizzes"
PAGES = {"sample-practice": "PAGE", "sample-numbers": "NUMBERS"}
"""Page -> the name of its quiz in ``quiz_pages``. They are Markdown: the loader of quizzes does not read them."""
EXTENSIONS = ("myst_parser", "furo_fixes", "costbook.sphinx_ext", "tests.sphinx_ext.sample_quiz")


def sample_book(folder: Path) -> Book:
    """A book of quizzes made by hand; build it with the settings of ``look`` to see it as readers do."""
    book = Book(folder / "book", folder / "out", folder / "trees")
    write_frame(book.root, Plan(1, documents=False, extensions=EXTENSIONS))
    book.replace("conf.py", "include_patterns = [", f"include_patterns = ['{FOLDER}/*.md', ")
    listed = "\n".join(f"{FOLDER}/{name}" for name in PAGES)
    book.write("index.md", f"# Quizzes\n\n```{{toctree}}\n{listed}\n```\n")
    for name, page in PAGES.items():
        title = getattr(quiz_pages, page).quiz.title
        book.write(f"{FOLDER}/{name}.md", f"# {title}\n\n```{{sample-quiz}} {page}\n```\n")
    return book


def look() -> dict[str, object]:
    """The settings of the real book that decide how a page looks."""
    path = list(sys.path)
    try:
        conf = runpy.run_path(str(REPOSITORY / "conf.py"))
    finally:
        sys.path[:] = path
    return {name: conf[name] for name in ("html_math_renderer", "html_theme_options")}
