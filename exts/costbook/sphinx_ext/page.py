"""What a role or directive knows of the page it stands on."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from docutils import nodes
from myst_parser.config.main import TopmatterReadError, read_topmatter

from costbook.load import DEFAULT_MODEL
from costbook.names import Unknown
from costbook.questions import Question
from costbook.questions.base import side_shown, text_of
from costbook.sphinx_ext.domain import cost_domain
from costbook.sphinx_ext.warnings import Subtype, warn_at

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

FRONT_MATTER = "costbook-front-matter"
FAILURES = "costbook-failures"
CLAIM = "cb-claim"
"""The class of what a claim holds: its figures are about the model it was checked for."""
OF_PAGE_MODEL = "cb-of-page-model"
"""The class of a claim that was checked for the page's model."""


class figure_node(nodes.Inline, nodes.TextElement):  # noqa: N801 - docutils names nodes this way
    """An answer in a text, carrying its question until the working section is made."""


def read_front_matter(app: Sphinx, docname: str, source: list[str]) -> None:
    """Remember the page's front matter before it is parsed, and check the model it names."""
    env = app.env
    matter: dict[str, Any] = {}
    if source[0].startswith("---"):
        try:
            matter = read_topmatter(source[0]) or {}
        except TopmatterReadError:
            matter = {}  # MyST reports it at its line
    if matter.get("model") is None:
        matter["model"] = DEFAULT_MODEL
    model = str(matter["model"])
    try:
        cost_domain(env).world.model(model)
    except Unknown as error:
        lines = source[0].splitlines()
        line = next((row for row, text in enumerate(lines, start=1) if text.startswith("model:")), 1)
        warn_at(env, Subtype.MODEL, str(error), model, line, whole=True)
        matter["model"] = DEFAULT_MODEL
    env.temp_data[FRONT_MATTER] = matter


def _front_matter(env: BuildEnvironment) -> dict[str, Any]:
    return env.temp_data.get(FRONT_MATTER) or {}


def page_model(env: BuildEnvironment) -> str:
    """The model that figures without ``on`` are about."""
    return str(_front_matter(env).get("model", DEFAULT_MODEL))


def page_chapter(env: BuildEnvironment) -> str | None:
    """The chapter id of the page, from its front matter."""
    chapter = _front_matter(env).get("chapter")
    return None if chapter is None else str(chapter)


def ask(env: BuildEnvironment, question: Question[Any]) -> tuple[Question[Any], Any]:
    """Put a question for the current page, with its model where it names none."""
    return cost_domain(env).put(env.docname, question, page_model(env))


def answer_node(question: Question[Any], answer: Any, literal: str = "", line: int = 0) -> nodes.Element:
    """How an answer stands in a text: a figure with its working, or plain words."""
    text = text_of(answer)
    classes = classes_of(question, answer)
    if hasattr(answer, "working") or hasattr(answer, "why"):
        node = figure_node("", text, classes=classes)
        node["question"], node["answer"] = question, answer
        node["literal"], node["from_line"] = literal, line
        return node
    return nodes.inline("", text, classes=["cb-answer", *classes])


def classes_of(question: Question[Any], answer: Any) -> list[str]:
    """``cb-input`` or ``cb-output`` where an answer is about one side."""
    side = side_shown(question, answer)
    return [f"cb-{side}"] if side else []


def nth_failure(env: BuildEnvironment, literal: str, line: int) -> int:
    """How often a literal of one block has failed on this page: the n-th failure is the n-th occurrence."""
    failures: Counter[tuple[str, int]] = env.temp_data.get(FAILURES) or Counter()
    env.temp_data[FAILURES] = failures
    failures[literal, line] += 1
    return failures[literal, line]
