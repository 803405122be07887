"""``objectives``: the opening box of a chapter. ``paths``: the reading paths by role."""

from __future__ import annotations

from collections.abc import Sequence

from docutils import nodes
from sphinx import addnodes

from costbook.contents import Chapter
from costbook.pages.tables import Slip
from costbook.questions.documents import Opening, OpeningOf, Route, Routes
from costbook.sphinx_ext.directives.base import CostDirective
from costbook.sphinx_ext.page import ask, page_chapter
from costbook.sphinx_ext.transforms import COMPUTED
from costbook.sphinx_ext.warnings import Subtype


def chapter_node(chapter: Chapter, docname: str) -> nodes.Node:
    """A chapter's title, as a link where it exists."""
    text = f"{chapter.number} {chapter.title}"
    if chapter.docname is None:
        return nodes.inline("", f"{text} (to come)", classes=["cb-source"])
    return page_link(chapter.docname, docname, text)


def page_link(target: str, docname: str, text: str | None = None) -> nodes.Node:
    """A link from a page to another, by its title where no text is given."""
    return addnodes.pending_xref(
        "",
        nodes.inline("", text or target),
        refdomain="std",
        reftype="doc",
        reftarget=f"/{target}",
        refexplicit=text is not None,
        refwarn=True,
        refdoc=docname,
    )


def line(label: str, *content: nodes.Node) -> nodes.paragraph:
    """A labelled line of a box."""
    return nodes.paragraph("", "", nodes.strong("", label), nodes.Text(" "), *content, translatable=False)


def joined(parts: Sequence[nodes.Node]) -> list[nodes.Node]:
    """Nodes with commas between them."""
    found: list[nodes.Node] = []
    for part in parts:
        found += [nodes.Text(", "), part] if found else [part]
    return found


class Objectives(CostDirective):
    """Driving question, minutes, prerequisites and objectives of the chapter that the front matter names."""

    subtype = Subtype.OPTION

    def made(self) -> list[nodes.Node]:
        chapter = page_chapter(self.env)
        if chapter is None:
            raise Slip("`objectives` needs the chapter's id; write `chapter: ID` into the front matter", self.name)
        try:
            opening: Opening = ask(self.env, OpeningOf(chapter))[1]
        except LookupError as error:
            raise Slip(str(error), chapter, from_line=1) from None
        return [nodes.container("", *self._lines(opening), classes=["cb-opening", COMPUTED])]

    def _lines(self, opening: Opening) -> list[nodes.Node]:
        doc = self.env.docname
        lines: list[nodes.Node] = [
            nodes.paragraph("", opening.chapter.question, classes=["cb-question"], translatable=False)
        ]
        if opening.minutes is not None:
            lines.append(line("Minutes", nodes.Text(str(opening.minutes))))
        needs = joined([chapter_node(one, doc) for one in opening.requires]) or [nodes.Text("no other chapter")]
        lines.append(line("Needs", *needs))
        if opening.helped_by:
            lines.append(line("Helped by", *joined([chapter_node(one, doc) for one in opening.helped_by])))
        lines.append(nodes.paragraph("", "", nodes.strong("", "After this chapter you can"), translatable=False))
        goals = [
            nodes.list_item("", nodes.paragraph("", "", *goal(one.verb, one.statement), translatable=False))
            for one in opening.objectives
        ]
        return [*lines, nodes.bullet_list("", *goals)]


def goal(verb: str, statement: str) -> list[nodes.Node]:
    """A statement with its verb in bold, where it first stands."""
    at = statement.lower().find(verb.lower())
    if at < 0:
        return [nodes.Text(statement)]
    end = at + len(verb)
    return [nodes.Text(statement[:at]), nodes.strong("", statement[at:end]), nodes.Text(statement[end:])]


class Paths(CostDirective):
    """Reading paths by role: the chapters that exist, their minutes, and how many are to come."""

    def made(self) -> list[nodes.Node]:
        routes: tuple[Route, ...] = self.ask(Routes(), self.name)
        items = [self._path(route) for route in routes]
        return [nodes.definition_list("", *items, classes=["cb-paths", COMPUTED])]

    def _path(self, route: Route) -> nodes.definition_list_item:
        chapters = joined([chapter_node(one, self.env.docname) for one in route.chapters])
        rest = f" {route.to_come} more chapters are planned." if route.to_come else ""
        minutes = f" ({route.minutes} minutes in all).{rest}"
        return nodes.definition_list_item(
            "",
            nodes.term("", route.title, translatable=False),
            nodes.definition(
                "", nodes.paragraph("", "", nodes.Text("Now: "), *chapters, nodes.Text(minutes), translatable=False)
            ),
        )
