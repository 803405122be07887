"""The files that quiz pages offer, written when all pages are.

One process writes them: Typst starts threads, and a process that is forked from one with threads waits for them for
ever.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.util.display import status_iterator

from costbook.export.downloads import FOLDER, contents
from costbook.sphinx_ext.assets import WITH_SCRIPT
from costbook.sphinx_ext.domain import being_read, cost_domain
from costbook.sphinx_ext.quizzes import FOLDER as QUIZZES
from costbook.sphinx_ext.quizzes import quiz_form

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from costbook.quizzes.page import QuizPage


def write_downloads(app: Sphinx, exception: Exception | None) -> None:
    """Write the files of quizzes that this build has read, or that have none; those of others go, and their keys."""
    if exception is not None or app.builder.name not in WITH_SCRIPT:
        return
    env, folder = app.env, Path(app.outdir) / FOLDER
    quizzes = {doc.removeprefix(f"{QUIZZES}/"): doc for doc in sorted(env.found_docs) if doc.startswith(f"{QUIZZES}/")}
    for left in folder.glob("*"):
        if left.name not in quizzes:
            shutil.rmtree(left)
    read = set(being_read(env))
    wanted = [name for name, doc in quizzes.items() if doc in read or not (folder / name).is_dir()]
    for name in status_iterator(wanted, "writing downloads... ", "brown", len(wanted), app.verbosity):
        shutil.rmtree(folder / name, ignore_errors=True)
        for form in env.get_doctree(quizzes[name]).findall(quiz_form):  # a graded quiz has none
            _write(app, form["page"])


def _write(app: Sphinx, page: QuizPage) -> None:
    world, config = cost_domain(app.env).world, app.config
    for address, content in contents(page, world, config.html_baseurl):
        path = Path(app.outdir) / address
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
