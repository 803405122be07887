"""The form of a quiz: one node that carries what its page prints, and how builders write it.

HTML is written from the page's structures by templates that escape; the variants that a learner may ask for lie as HTML
of the same templates in one classic script, which only the page of the quiz loads. Builders that do not write HTML get
ordinary nodes. Nothing of a quiz is child text of its node, so nothing of it is in the search index.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import cache, cached_property
from pathlib import Path
from string import ascii_uppercase
from typing import TYPE_CHECKING, Any

from docutils import nodes
from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context as TemplateContext
from markupsafe import Markup
from sphinx.util.osutil import relative_uri

from costbook import money
from costbook.assessment.items import AnswerUnit, Open
from costbook.assessment.rich import NOT_XML, Paragraph, Rich, to_html, to_plain
from costbook.assessment.text import plain
from costbook.contents import Contents
from costbook.export.downloads import links
from costbook.export.pointers import Beside
from costbook.pages.embedding import for_script
from costbook.pages.written import minutes
from costbook.quizzes.keys import UNIT_WORDS
from costbook.quizzes.page import QuizPage
from costbook.quizzes.resolved import Placed, Variant
from costbook.sphinx_ext.assets import WITH_SCRIPT
from costbook.sphinx_ext.rich_nodes import formulas

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

FOLDER = "assessments/quizzes"
"""Where the quizzes lie that are pages."""
DIGITS = 4
"""Significant digits of a number in the feedback, where it has many."""


class quiz_form(nodes.General, nodes.Element):  # noqa: N801 - docutils names nodes this way
    """The form of a quiz, in its attribute ``page``; its children are the formulas, so that they are checked."""


def quiz_node(page: QuizPage) -> quiz_form:
    """The node of a page's form."""
    found = dict.fromkeys(formulas(page.slots))
    return quiz_form("", *(nodes.math(latex, latex) for latex in found), page=page, classes=["no-search"])


# ---------------------------------------------------------------- templates


def number(value: Decimal) -> str:
    """A number in running text, to a few significant digits."""
    if len(value.normalize().as_tuple().digits) > DIGITS:
        places = max(0, DIGITS - 1 - value.adjusted())
        value = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP, context=Context(prec=100))
    shown = f"{value:,f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def letter(index: int) -> str:
    return ascii_uppercase[index]


def _text_of(parts: Sequence[Placed], id_: str) -> str:
    return next(to_plain(part.text) for part in parts if part.id == id_)


@pass_context
def _flow(context: TemplateContext, rich: Rich) -> Markup:
    """Text as blocks."""
    html = to_html(rich, context["maths"])
    return Markup(f"<p>{html}</p>" if len(rich) == 1 and isinstance(rich[0], Paragraph) else html)


@pass_context
def _phrase(context: TemplateContext, rich: Rich) -> Markup:
    """Text for a place that cannot hold blocks, such as a label."""
    return Markup("<br/>").join(
        Markup(to_html((block,), context["maths"]))
        if isinstance(block, Paragraph)
        else Markup("<br/>").join(_clean(to_plain((block,))).split("\n"))
        for block in rich
    )


def _clean(value: Any) -> Any:
    """What is written as text, without what no XML document may hold."""
    return NOT_XML.sub("\ufffd", value) if isinstance(value, str) and not isinstance(value, Markup) else value


@cache
def _templates() -> Environment:
    templates = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        undefined=StrictUndefined,
        autoescape=True,
        finalize=_clean,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters.update(
        decimal=lambda value: f"{value.normalize():f}",
        flow=_flow,
        json=lambda value: json.dumps(value, ensure_ascii=False),
        letter=letter,
        minutes=minutes,
        number=number,
        phrase=_phrase,
        plain=lambda rich: " ".join(to_plain(rich).split()),
        text_of=_text_of,
        unit=lambda unit: UNIT_WORDS[AnswerUnit(unit)],
    )
    return templates


@dataclass(frozen=True)
class Form:
    """A quiz as HTML that is well-formed XML; ``maths`` writes a formula.

    ``chapters`` are the addresses, from the quiz's page, of the pages of the chapters that it is about, by id.
    """

    page: QuizPage
    maths: Callable[[str], str]
    chapters: Mapping[str, str] = field(default_factory=dict)

    @property
    def prefix(self) -> str:
        """What the ids of this quiz begin with; other quizzes may stand on the same page."""
        return f"quiz-{self.page.quiz.id}"

    @cached_property
    def points(self) -> dict[str, int]:
        """Objective -> the points that count towards passing it."""
        points = {objective.id: 0 for objective in self.page.objectives}
        for slot in self.page.quiz.slots:
            points[slot.first.objective] += 0 if isinstance(slot.first, Open) else slot.first.points
        return points

    def html(self, tag: str = "form") -> str:
        """The form, with the first variant of each slot."""
        quiz = self.page.quiz
        share = Decimal(0) if quiz.pass_share is None else quiz.pass_share
        return self._render(
            "quiz_form",
            tag=tag,
            items=[
                Markup(self.item(slot, variant.variants[0])) for slot, variant in enumerate(self.page.slots, start=1)
            ],
            points=self.points,
            needed={one: number(points * share) for one, points in self.points.items()},
            share=money.percentage(share),
            why=" ".join(" ".join(plain(quiz.pass_why or "")).replace("\x00", "…").split()),
            open_points=any(isinstance(item, Open) for item in quiz.items),
        )

    def item(self, slot: int, variant: Variant) -> str:
        """A variant of a slot; slots count from 1."""
        ids = [objective.id for objective in self.page.objectives]
        place = ids.index(variant.objective)
        if self.chapters:
            about = Contents({}, {one.id: one for one in self.page.chapters}, ())
            variant = Beside(about, self.page.quiz.chapter, addresses=self.chapters).named(variant)
        return self._render(
            "quiz_item",
            id=f"{self.prefix}-{slot}",
            number=slot,
            item=variant,
            objective=self.page.objectives[place],
            objective_number=place + 1,
        )

    def script(self) -> str:
        """The variants after the first of each slot, as a script that runs from a folder too.

        It names the digest: a page never takes the variants of another version of its quiz.
        """
        others = [
            [self.item(slot, variant) for variant in shown.variants[1:]]
            for slot, shown in enumerate(self.page.slots, start=1)
        ]
        name, data = for_script(self.page.quiz.id), for_script([self.page.digest, others])
        return f"(self.costbookQuizzes = self.costbookQuizzes || {{}})[{name}] = {data};\n"

    def _render(self, template: str, **values: Any) -> str:
        whole = {"page": self.page, "quiz": self.page.quiz, "prefix": self.prefix, "maths": self.maths}
        return _templates().get_template(f"{template}.html.j2").render(**whole, **values)


# ---------------------------------------------------------------- builders


def visit_quiz(translator: HTML5Translator, node: quiz_form) -> None:
    """Write the form as HTML, and leave its script on the node for ``give_script``."""

    @cache
    def maths(latex: str) -> str:
        body, translator.body = translator.body, []
        try:
            # The renderer of the site, whichever it is.
            nodes.math(latex, latex).walkabout(translator)
            return "".join(translator.body)
        finally:
            translator.body = body

    builder = translator.builder
    here = builder.get_target_uri(builder.current_docname)
    written = (one for one in node["page"].chapters if one.docname in builder.env.found_docs)
    form = Form(
        node["page"], maths, {one.id: relative_uri(here, builder.get_target_uri(one.docname)) for one in written}
    )
    # An EPUB that holds a form counts as one with scripts.
    translator.body.append(form.html("div" if builder.name == "epub" else "form"))
    if builder.name in WITH_SCRIPT:
        node["script"] = form.script()
        offered = [(one.title, relative_uri(here, one.address)) for one in links(node["page"])]
        translator.body.append(_templates().get_template("quiz_downloads.html.j2").render(links=offered))
    raise nodes.SkipNode


def give_script(
    app: Sphinx, page: str, _template: str, _context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Write the script of a quiz, and put what a quiz needs on its page alone."""
    if app.builder.format != "html":
        return
    form = None if doctree is None else next(doctree.findall(quiz_form), None)
    if form is not None:
        app.add_css_file("quiz.css")
    if app.builder.name not in WITH_SCRIPT or not page.startswith(f"{FOLDER}/"):
        return
    name = f"quizzes/{page.removeprefix(f'{FOLDER}/')}.js"
    path = Path(app.outdir) / "_static" / name
    if form is None:
        path.unlink(missing_ok=True)  # a quiz that is graded from now on
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(form["script"], encoding="utf-8")
    app.add_js_file(name, loading_method="defer")
    app.add_js_file("quiz.js", loading_method="defer")


def forget_scripts(app: Sphinx, exception: Exception | None) -> None:
    """Remove the scripts of quizzes that are gone: their keys would stay in the site."""
    if exception is None and app.builder.name in WITH_SCRIPT:
        for path in (Path(app.outdir) / "_static" / "quizzes").glob("*.js"):
            if f"{FOLDER}/{path.stem}" not in app.env.found_docs:
                path.unlink()
