"""The files that quiz pages offer, written when all pages are.

One process writes them: Typst starts threads, and a process that is forked from one with threads waits for them for
ever.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.util.display import status_iterator

from costbook.assessment.items import Use
from costbook.export.downloads import FOLDER, contents
from costbook.sphinx_ext.domain import being_read, cost_domain
from costbook.sphinx_ext.quizzes import FOLDER as QUIZZES
from costbook.sphinx_ext.quizzes import WITH_SCRIPT, quiz_form

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def write_downloads(app: Sphinx, exception: Exception | None) -> None:
    """Write the files of quizzes that this build has read, or that have none; remove those of others."""
    if exception is not None or app.builder.name not in WITH_SCRIPT:
        return
    env, out, world, config = app.env, Path(app.outdir), cost_domain(app.env).world, app.config
    offering = [
        name for name, quiz in world.quizzes.items() if quiz.use is not Use.GRADED and _page(name) in env.found_docs
    ]
    for left in (out / FOLDER).glob("*"):
        if left.name not in offering:
            shutil.rmtree(left)
    read = set(being_read(env))
    wanted = [name for name in offering if _page(name) in read or not (out / FOLDER / name).is_dir()]
    for name in status_iterator(wanted, "writing downloads... ", "brown", len(wanted), app.verbosity):
        for form in env.get_doctree(_page(name)).findall(quiz_form):
            for address, content in contents(form["page"], world, config.project, config.html_baseurl):
                path = out / address
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)


def _page(quiz: str) -> str:
    return f"{QUIZZES}/{quiz}"
