"""A quiz as ordinary nodes, where it is read on paper or as text: the questions, and the answers behind them all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from docutils import nodes

from costbook import money
from costbook.assessment.items import AnswerUnit
from costbook.assessment.rich import Rich, to_plain, words
from costbook.pages.written import minutes
from costbook.quizzes.keys import UNIT_WORDS
from costbook.quizzes.resolved import (
    Body,
    ChoiceBody,
    MatchBody,
    MultipleBody,
    NumericBody,
    OpenBody,
    OrderBody,
    ShortBody,
    Variant,
)
from costbook.sphinx_ext.quizzes import letter, number, quiz_form
from costbook.sphinx_ext.rich_nodes import blocks, listing

if TYPE_CHECKING:
    from sphinx.application import Sphinx


WITH_FORM = frozenset({"html", "dirhtml", "epub"})
"""Builders whose readers open a quiz in a window; the whole book in one page is for print."""


def make_ordinary_quizzes(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Turn each form into ordinary nodes, but for the builders that show it."""
    if app.builder.name in WITH_FORM:
        return
    for form in list(doctree.findall(quiz_form)):
        page = form["page"]
        items = [slot.variants[0] for slot in page.slots]
        questions = [[*_about(item), *blocks(item.stem), *_work(item.body)] for item in items]
        answers = [[*blocks(item.solution), *_feedback(item)] for item in items]
        prefix = f"quiz-{page.quiz.id}"
        asked = _section(f"{prefix}-questions", "Questions", questions)
        form.replace_self([asked, _section(f"{prefix}-answers", "Answers", answers)])


def _section(id_: str, title: str, items: list[list[nodes.Node]]) -> nodes.section:
    return nodes.section("", nodes.title("", title), listing(items, ordered=True), ids=[id_])


def _about(item: Variant) -> list[nodes.Node]:
    points = money.some(item.points, "point")
    return [nodes.paragraph("", "", nodes.emphasis("", f"{points}, about {minutes(item.minutes)}, code {item.code}"))]


def _line(text: str) -> nodes.Node:
    return nodes.paragraph("", text)


def _lettered(texts: Iterable[Rich]) -> nodes.Element:
    """A list whose letters are words: not every builder writes those of a list."""
    return listing(blocks(text, f"{letter(place)}.") for place, text in enumerate(texts))


def _work(body: Body) -> list[nodes.Node]:
    """What a learner chooses from or fills in."""
    match body:
        case ChoiceBody(options) | MultipleBody(options):
            several = [_line("Several may be right.")] if isinstance(body, MultipleBody) else []
            return [*several, _lettered(one.text for one in options)]
        case NumericBody(unit):
            return [_line(f"Your answer in {UNIT_WORDS[AnswerUnit(unit)]}:")]
        case OrderBody(events):
            return [_line(f"Number the events from 1 to {len(events)}."), listing(blocks(one.text) for one in events)]
        case MatchBody(lefts, rights):
            lettered = _lettered(one.text for one in rights)
            return [listing(blocks(one.text) for one in lefts), _line("What belongs to which:"), lettered]
        case ShortBody():
            return [_line("Your answer, a word or two:")]
        case OpenBody(least, most):
            return [_line(f"Your answer, {least} to {most} words:")]


def _feedback(item: Variant) -> list[nodes.Node]:
    """The feedback, each with what it is for."""
    entries = [blocks(said, f"{lead}:") for lead, said in _said(item.body)]
    return [listing(entries)] if entries else []


def _said(body: Body) -> Iterator[tuple[str, Rich]]:
    match body:
        case ChoiceBody(options) | MultipleBody(options):
            for place, option in enumerate(options):
                yield f"{letter(place)}{', right' if option.right else ''}", option.feedback
        case NumericBody():
            yield f"From {number(body.low)} to {number(body.high)}", body.right
            for wrong in body.wrong:
                yield number(wrong.value), wrong.feedback
            yield "Another number", body.otherwise
        case OrderBody():
            texts = {event.id: to_plain(event.text) for event in body.events}
            yield "In this order", body.right
            for mistake in body.mistakes:
                yield f"“{texts[mistake.early]}” before “{texts[mistake.late]}”", mistake.feedback
            yield "Another order", body.otherwise
        case MatchBody():
            yield "All of them", body.right
            for left in body.lefts:
                yield f"“{to_plain(left.text)}”", left.feedback
        case ShortBody():
            yield ", ".join(body.accept), body.right
            for mistaken in body.wrong:
                yield ", ".join(mistaken.accept), mistaken.feedback
            yield "Anything else", body.otherwise
        case OpenBody():
            yield from _judged(body)


def _judged(body: OpenBody) -> Iterator[tuple[str, Rich]]:
    """The rubric of an open answer, and the scored samples."""
    for criterion in body.rubric.criteria:
        levels = " ".join(f"{points}: {text}" for points, text in criterion.levels)
        yield criterion.title, words(levels)
    for sample in body.samples:
        scores = "; ".join(
            f"{title} {points}{f' for “{earned}”' if earned else ''}" for title, points, earned in sample.scores
        )
        told = words(f"{scores}. {sample.why}")
        yield f"{sample.title}, {sample.points} of {body.rubric.points} points", (*sample.text, *told)
