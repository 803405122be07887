"""The reader's model: what of a page follows it, and the answers for every model that a reader may choose.

What follows is marked when a page is read and kept in the domain. The answers lie in the site as one classic script a
page and model, ``whatif/PAGE/MODEL.js``; a page loads one when its reader chooses a model.
"""

from __future__ import annotations

import json
import os
import re
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes

from costbook.pages.whatif import (
    Followed,
    TableAsked,
    WhatIf,
    digest_of_model,
    digest_of_page,
    digest_of_rest,
    file_name,
    offered,
)
from costbook.sphinx_ext.assets import WITH_SCRIPT, code_version
from costbook.sphinx_ext.book_script import use_book
from costbook.sphinx_ext.domain import cost_domain
from costbook.sphinx_ext.page import CLAIM, OF_PAGE_MODEL, figure_node, page_model

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from costbook.questions import Question
    from costbook.sphinx_ext.domain import CostDomain
    from costbook.world import World

FOLDER = "whatif"
STATE = "costbook-whatif.json"
FOLLOWS = "cb-follows"
SUFFIX = ".md"
"""Documents are of quizzes and reviews, whose amounts stay."""
LIST = '<ol class="cb-working '
TOP = re.compile(r'</h1>\n(?:<div class="[^"]*\bcb-stamp\b[^"]*">.*?</div>\n)?', re.DOTALL)
"""The title of a page, with the stamp below it."""


# --- reading ---------------------------------------------------------------------------------------------------------


class Following:
    """What follows the reader's model on the page that is being read."""

    def __init__(self, env: BuildEnvironment) -> None:
        self.env = env
        self.page = Path(env.doc2path(env.docname)).suffix == SUFFIX
        self.figures: dict[int, Question[Any]] = {}
        self.tables: dict[str, TableAsked] = {}

    def mark(self, figure: figure_node, entry: int) -> None:
        """Mark a figure that follows, or its table, and the claim that keeps it from following.

        ``entry`` is the number of its entry in the working.
        """
        table, claim = _around(figure)
        asked = None if table is None else table.get("asked")
        if not self.page or not (figure.get("follows") or asked):
            return
        if claim is not None:
            if OF_PAGE_MODEL not in claim["classes"]:
                claim["classes"].append(OF_PAGE_MODEL)
            return
        figure["classes"] = [*figure["classes"], FOLLOWS]
        self.figures[entry] = figure["question"]
        if asked is not None and table is not None and table["ids"][0] not in self.tables:
            table["classes"].append(FOLLOWS)
            self.tables[table["ids"][0]] = asked

    def keep(self) -> None:
        """Remember what was marked."""
        if self.figures:
            followed = Followed(page_model(self.env), tuple(self.figures.items()), tuple(self.tables.items()))
            cost_domain(self.env).followed[self.env.docname] = followed


def _around(figure: figure_node) -> tuple[nodes.Element | None, nodes.Element | None]:
    """The table that a figure stands in, and the claim."""
    table = claim = None
    node = figure.parent
    while node is not None:
        if table is None and isinstance(node, nodes.table):
            table = node
        if CLAIM in node.get("classes", ()):
            claim = node
        node = node.parent
    return table, claim


# --- writing ---------------------------------------------------------------------------------------------------------


def give_working(app: Sphinx, _page: str, _template: str, context: dict[str, Any], _doctree: object) -> None:
    """The looks of the working beside a figure, on a page that has any; its script comes with the first click."""
    if app.builder.name in WITH_SCRIPT and LIST in context.get("body", ""):
        app.add_css_file("working.css")


def give_picker(app: Sphinx, page: str, _template: str, context: dict[str, Any], _doctree: object) -> None:
    """Put the picker and what it needs on a page where something follows it; without a script it is an empty box."""
    domain = cost_domain(app.env)
    if app.builder.name not in WITH_SCRIPT or page not in domain.followed:
        return
    model = domain.world.model(domain.followed[page].model)
    box = (
        f'<div class="cb-picker no-search" data-page="{escape(page)}" data-model="{escape(model.id)}" '
        f'data-name="{escape(model.name)}"></div>\n'
    )
    body = context["body"]
    found = TOP.search(body)
    at = found.end() if found else 0
    context["body"] = body[:at] + box + body[at:]
    app.add_css_file("picker.css")
    use_book(app, context)
    app.add_js_file("picker.js", loading_method="defer")


def write_answers(app: Sphinx, exception: Exception | None) -> None:
    """Write the answers that may have changed; those of pages and models that are gone go.

    While they are written there is no note of what they rest on: a build that is stopped has them all written again.
    """
    if exception is not None or app.builder.name not in WITH_SCRIPT:
        return
    domain, folder, note = cost_domain(app.env), Path(app.outdir) / FOLDER, Path(app.doctreedir) / STATE
    then = json.loads(note.read_text(encoding="utf-8")) if note.exists() else {}
    now = _grounds(domain.world, domain.followed)
    stale, gone = _to_do(domain, _files(folder), {one for one, digest in now.items() if then.get(one) == digest})
    if now == then and not stale and not gone:
        return
    note.unlink(missing_ok=True)
    for name in gone:
        (folder / name).unlink()
    whatif = WhatIf(domain.world, domain.answer)
    for page, models in stale.items():
        (folder / page).mkdir(parents=True, exist_ok=True)
        for model in models:
            script = whatif.script(page, domain.followed[page], model)
            (folder / page / file_name(model)).write_bytes(script)
    _remove_empty(folder)
    note.write_text(json.dumps(now), encoding="utf-8")


def _grounds(world: World, followed: Mapping[str, Followed]) -> dict[str, str]:
    """What the answers of a page, and those for a model, rest on, as digests."""
    rest = f"{code_version()} {digest_of_rest(world)}"
    pages = {f"page {page}": digest_of_page(one) for page, one in followed.items()}
    return {**pages, **{f"model {model.id}": f"{rest} {digest_of_model(model)}" for model in offered(world)}}


def _to_do(domain: CostDomain, there: Mapping[str, set[str]], same: set[str]) -> tuple[dict[str, list[str]], list[str]]:
    """Of each page the models whose answers are to be written, and the files that are to go.

    ``there`` are the files of each page, ``same`` the grounds that have not changed.
    """
    names = {file_name(model.id): model.id for model in offered(domain.world)}
    moved = {model for model in names.values() if f"model {model}" not in same}
    stale, gone = {}, [f"{page}/{name}" for page in there.keys() - domain.followed.keys() for name in there[page]]
    for page, followed in domain.followed.items():
        own, found = domain.world.model(followed.model).id, there.get(page, set())
        anew = f"page {page}" not in same
        models = [
            model for name, model in names.items() if model != own and (anew or model in moved or name not in found)
        ]
        if models:
            stale[page] = models
        gone += [f"{page}/{name}" for name in found if names.get(name, own) == own]
    return stale, gone


def _files(folder: Path) -> dict[str, set[str]]:
    """The names of the files in each folder below a folder."""
    root = str(folder)
    return {path[len(root) + 1 :].replace(os.sep, "/"): set(names) for path, _, names in os.walk(root) if names}


def _remove_empty(folder: Path) -> None:
    for path, folders, names in os.walk(folder, topdown=False):
        if not names and not any((Path(path) / one).is_dir() for one in folders):
            Path(path).rmdir()
