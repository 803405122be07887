"""Paper: the sheets of a quiz, its answer sheets, keys and rubric sheets, each a document of its own.

A document is a Typst source that this package ships and the data that it prints. No text of a quiz is ever part of the
source: it comes in as JSON strings, which to Typst are words and nothing else, so there is nothing to escape.
``costbook.export.pdf`` makes the PDF.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from costbook import money
from costbook.assessment.items import Quiz
from costbook.assessment.objectives import Objective
from costbook.assessment.rich import Rich
from costbook.export import marking
from costbook.export.forms import Form
from costbook.export.losses import Fate, Fates, Feature, Keep
from costbook.export.marking import LETTERS
from costbook.export.pointers import Places, sources
from costbook.export.typeset import blocks, clean
from costbook.quizzes.keys import UNIT_WORDS
from costbook.quizzes.resolved import (
    Body,
    ChoiceBody,
    MatchBody,
    MultipleBody,
    NumericBody,
    OpenBody,
    OrderBody,
    ResolvedQuiz,
    ShortBody,
    Variant,
)
from costbook.quizzes.texts import Asker, render
from costbook.world import World

FATES: Fates = {
    Feature.HINT: Fate(Keep.PARTLY, "printed on the key, not on the sheet: give one aloud where you want to"),
    Feature.OPEN_HINT: Fate(Keep.PARTLY, "printed on the key, not on the sheet: give one aloud where you want to"),
    Feature.OPTION_FEEDBACK: Fate(Keep.KEPT, "printed on the key, option by option, to say when you hand answers back"),
    Feature.NUMBER_FEEDBACK: Fate(Keep.KEPT, "printed on the key beside the wrong number that it answers"),
    Feature.TEXT_FEEDBACK: Fate(Keep.KEPT, "printed on the key beside the wrong text that it answers"),
    Feature.SOLUTION: Fate(Keep.KEPT, "printed on the key with its working"),
    Feature.TOLERANCE: Fate(Keep.KEPT, "the key prints the least and the greatest number to accept, both included"),
    Feature.UNIT: Fate(Keep.KEPT, "printed behind the line to write on; an answer in another unit is yours to convert"),
    Feature.PARTIAL_CREDIT: Fate(Keep.KEPT, "the rule is on the sheet, and what a tick earns or costs is on the key"),
    Feature.ORDER: Fate(Keep.KEPT, "learners number the events; the key says what each neighbouring pair earns"),
    Feature.MATCH: Fate(Keep.KEPT, "learners write letters; the key says what each pair earns"),
    Feature.SHORT_TEXT: Fate(Keep.KEPT, "the key lists every text to accept"),
    Feature.OPEN: Fate(Keep.KEPT, "ruled lines for as many words as are asked for"),
    Feature.RUBRIC: Fate(Keep.KEPT, "a rubric sheet with a place to mark each criterion"),
    Feature.SAMPLES: Fate(Keep.KEPT, "printed on the rubric sheet with their points and the reasons for them"),
    Feature.MATHS: Fate(Keep.PARTLY, "written in one line, such as (a + b) / c; larger formulas stay LaTeX"),
    Feature.TAGS: Fate(Keep.PARTLY, "the key names item, objective and misconceptions; every page edition and code"),
    Feature.POOLS: Fate(Keep.PARTLY, "forms A, B, C … or one for each student are drawn before printing"),
    Feature.STABLE_IDS: Fate(
        Keep.PARTLY, "printed sheets stay as they are; a code typed later draws the same form again"
    ),
}
"""What becomes of everything on paper."""

FOLDERS = ("questions", "questions-large", "answer-sheets", "keys", "rubrics")
"""Where papers lie: each kind apart."""
TEMPLATES = Path(__file__).parent / "templates"
NORMAL, LARGE = 11, 18
"""Sizes of type in points; nothing in large type is smaller."""
MARGINS = {NORMAL: 22, LARGE: 18}
"""At the left and the right, in millimetres."""
STACK = 30
"""Forms in one file at most: a class. Typst takes about 12 MB of memory for each."""


class Size(StrEnum):
    """A size of paper, as Typst calls it."""

    A4 = "a4"
    LETTER = "us-letter"


AREAS = {Size.A4: (210, 261), Size.LETTER: (215.9, 243.4)}
"""The width of a page, and the height between its upper and lower margin, in millimetres."""


@dataclass(frozen=True, slots=True)
class Options:
    """How papers are made.

    ``book`` is the title of the book that they are from, ``intro`` what the sheets say before the first question,
    ``page`` the address of the page that says whether they are stale, ``sources`` the works that labels of quoted words
    stand for; each is left out where there is none. With ``places``, texts name the chapter and the book of what they
    point to.
    """

    size: Size = Size.A4
    book: str = ""
    intro: Rich = ()
    page: str | None = None
    sources: Mapping[str, str] = field(default_factory=dict)
    places: Places | None = None


def options_of(quiz: Quiz, world: World, size: Size = Size.A4, page: str | None = None) -> Options:
    """How the papers of a quiz of a book are made. Addresses are long to type, so only ``page`` is printed."""
    contents = world.contents
    places = Places(contents, quiz.chapter)
    return Options(size, contents.title, places.named(intro_of(quiz, world)), page, contents.sources, places)


@dataclass(frozen=True, slots=True)
class Document:
    """What a PDF is made of: a Typst source, the JSON that it prints, and its date, which its readers are told."""

    source: str
    data: str
    dated: date


def intro_of(quiz: Quiz, world: World) -> Rich:
    """What a quiz says before its first question."""
    return render(quiz.intro, Asker(world), {}, {}) if quiz.intro else ()


def papers(quiz: ResolvedQuiz, forms: Sequence[Form], options: Options) -> dict[str, Document]:
    """The papers of each form, by file name: each kind has a folder, so that sheets lie apart from keys.

    Rubric sheets are made where a form has an open question.
    """
    return {
        f"{kind.folder}/{quiz.quiz.id}-{file_name(quiz, form)}.pdf": _document(kind, quiz, (form,), options)
        for form in forms
        for kind in _kinds(quiz, (form,))
    }


def stacks(quiz: ResolvedQuiz, forms: Sequence[Form], options: Options) -> dict[str, Document]:
    """The same papers to print in one go: up to ``STACK`` forms in a file of each kind, in their order."""
    found: dict[str, Document] = {}
    for start in range(0, len(forms), STACK):
        stack = forms[start : start + STACK]
        for kind in _kinds(quiz, stack):
            name = f"{kind.folder}/{quiz.quiz.id}-forms-{start + 1}-to-{start + len(stack)}.pdf"
            found[name] = _document(kind, quiz, stack, options)
    return found


def file_name(quiz: ResolvedQuiz, form: Form) -> str:
    """What a form is called in names of files; no two forms of one run are called the same."""
    if form.student is None:
        return form.label or re.sub(r"[^0-9A-Z-]", "_", quiz.code(form.seed))
    id_ = form.student.id
    clean = re.sub(r"[^a-z0-9_-]", "-", id_.casefold())
    # With a digest wherever it says less than the id, so that two ids never share a file.
    return f"id-{clean}" if clean == id_ else f"id-{clean}-{hashlib.sha256(id_.encode()).hexdigest()[:8]}"


Printed: TypeAlias = dict[str, Any]
"""A part of the JSON that a template prints."""


class _Kind(NamedTuple):
    """A kind of paper: its folder, template, size of type, the name behind the title, and what it prints of a form.

    ``quotes`` has the labels of the sources of what is printed; it is given the intro, too.
    """

    folder: str
    template: str
    type: int
    name: str
    form: Callable[[ResolvedQuiz, Sequence[Variant]], Printed]
    quotes: Callable[[Sequence[Variant], Rich], Iterator[str]]


def _kinds(quiz: ResolvedQuiz, forms: Sequence[Form]) -> tuple[_Kind, ...]:
    kinds = (
        _Kind("questions", "questions", NORMAL, "", _sheet, _asked),
        _Kind("questions-large", "questions", LARGE, "", _sheet, _asked),
        _Kind("answer-sheets", "answers", NORMAL, "answer sheet", _answer_sheet, _nothing),
        _Kind("keys", "keys", NORMAL, "key", _key, _told),
    )
    has_open = any(isinstance(one.body, OpenBody) for form in forms for one in form.variants(quiz))
    return (*kinds, _Kind("rubrics", "rubrics", NORMAL, "rubric sheets", _rubrics, _judged)) if has_open else kinds


def _document(kind: _Kind, quiz: ResolvedQuiz, forms: Sequence[Form], options: Options) -> Document:
    stamp = f"edition {quiz.edition}, priced at {quiz.as_of}"
    stamp = f"{options.book}, {stamp}" if options.book else stamp.capitalize()
    title = f"{quiz.quiz.title}: {kind.name}" if kind.name else quiz.quiz.title
    width, height = AREAS[options.size]
    asked = {type(one.body) for form in forms for one in form.variants(quiz)}
    data = {
        "title": title,
        "quiz": quiz.quiz.title,
        "kind": kind.name,
        "book": [options.book] if options.book else [],
        "keywords": [quiz.quiz.id, stamp, *(quiz.code(form.seed) for form in forms)],
        "date": [quiz.as_of.year, quiz.as_of.month, quiz.as_of.day],
        "paper": options.size.value,
        "size": kind.type,
        "margin": MARGINS[kind.type],
        "width": width - 2 * MARGINS[kind.type],
        "height": height,
        "stamp": [stamp, *([f"Still current? {options.page}"] if options.page else [])],
        "foot": f"{title}, edition {quiz.edition}",
        "instructions": [said for said, kinds in INSTRUCTIONS[kind.template] if not kinds or kinds & asked],
        "intro": blocks(options.intro),
        "passing": _passing(quiz, asked),
        "forms": [_form(kind, quiz, form, options) for form in forms],
    }
    source = "".join(_template(name) for name in ("paper", kind.template))
    return Document(source, json.dumps(clean(data), ensure_ascii=False, sort_keys=True), quiz.as_of)


CROSSES: frozenset[type[Body]] = frozenset({ChoiceBody, MultipleBody})
NUMBERS: frozenset[type[Body]] = frozenset({NumericBody})
ALWAYS: frozenset[type[Body]] = frozenset()
INSTRUCTIONS = {
    "questions": [
        (
            "Write your name or ID, and check that the code on your answer sheet, where you have one, is the code "
            "above.",
            ALWAYS,
        ),
        ("Choose one answer where nothing else is said, and put a cross into its box.", CROSSES),
        ("Write a number in the unit that stands behind its line.", NUMBERS),
        ("Prices are those of the question.", ALWAYS),
    ],
    "answers": [
        ("The code above is that of your question sheet.", ALWAYS),
        ("To change a cross, fill its box and put a cross into another one.", CROSSES),
    ],
    "keys": [],
    "rubrics": [],
}
"""What each kind of paper tells its reader before all else, by template, and where it has which questions."""


def _form(kind: _Kind, quiz: ResolvedQuiz, form: Form, options: Options) -> Printed:
    variants = form.variants(quiz)
    if options.places is not None:
        variants = options.places.named(variants)
    label = f"Form {form.label}" if form.label else ""
    code = quiz.code(form.seed)
    questions = money.some(len(variants), "question")
    points = sum(variant.points for variant in variants)
    return {
        "label": label,
        "code": code,
        "whom": form.student.id if form.student else label,
        "student": form.student.shown if form.student else "",
        "about": f"{questions}, {money.some(points, 'point')}, {money.some(quiz.quiz.minutes, 'minute')}.",
        "total": str(points),
        "sources": [
            [label, options.sources[label]]
            for label in dict.fromkeys(kind.quotes(variants, options.intro))
            if label in options.sources
        ],
        **kind.form(quiz, variants),
    }


# ---------------------------------------------------------------- what is quoted


def _asked(variants: Sequence[Variant], intro: Rich) -> Iterator[str]:
    """On a sheet: in the intro, in what is asked and in what can be chosen."""
    yield from sources(intro)
    for variant in variants:
        yield from sources(variant.stem)
        match variant.body:
            case ChoiceBody(options) | MultipleBody(options):
                yield from sources(tuple(one.text for one in options))
            case OrderBody(events=events):
                yield from sources(events)
            case MatchBody(lefts, rights):
                yield from sources((tuple(one.text for one in lefts), rights))


def _nothing(_variants: Sequence[Variant], _intro: Rich) -> Iterator[str]:
    return iter(())


def _told(variants: Sequence[Variant], _intro: Rich) -> Iterator[str]:
    """On a key: in solutions, hints and feedback."""
    for one in variants:
        yield from sources((one.solution, one.hint, tuple(said.feedback for said in marking.said(one.body))))


def _judged(variants: Sequence[Variant], _intro: Rich) -> Iterator[str]:
    """On a rubric sheet: in open questions."""
    yield from sources(tuple(one for one in variants if isinstance(one.body, OpenBody)))


# ---------------------------------------------------------------- sheets


def _sheet(quiz: ResolvedQuiz, variants: Sequence[Variant]) -> Printed:
    questions = [
        {
            "name": f"Question {number}",
            "points": money.some(variant.points, "point"),
            "stem": blocks(variant.stem),
            "work": _work(variant.body),
        }
        for number, variant in enumerate(variants, start=1)
    ]
    return {"questions": questions}


def _work(body: Body) -> Printed:
    """What a learner chooses from or fills in."""
    match body:
        case ChoiceBody(options):
            return {"kind": "options", "rule": "", "options": _lettered([one.text for one in options])}
        case MultipleBody(options):
            rule = (
                "Several may be right. Each right cross earns an equal part of the points, each wrong one costs as "
                "much; never less than nothing."
            )
            return {"kind": "options", "rule": rule, "options": _lettered([one.text for one in options])}
        case NumericBody(unit=unit):
            return {"kind": "number", "unit": UNIT_WORDS[unit]}
        case OrderBody(events=events):
            rule = (
                f"Number the events from 1 to {len(events)}. Each event put directly after the one it has to follow "
                "earns an equal part of the points."
            )
            return {"kind": "order", "rule": rule, "events": _lettered([one.text for one in events])}
        case MatchBody(lefts, rights):
            return {
                "kind": "match",
                "rule": "Write a letter beside each number. Each pair earns an equal part of the points.",
                "lefts": [[str(place), blocks(one.text)] for place, one in enumerate(lefts, start=1)],
                "rights": _lettered([one.text for one in rights]),
            }
        case ShortBody():
            return {"kind": "short"}
        case OpenBody(least_words=least, most_words=most):
            return {"kind": "open", "rule": f"Write {least} to {most} words.", "words": most}


def _answer_sheet(quiz: ResolvedQuiz, variants: Sequence[Variant]) -> Printed:
    questions = [
        {"number": str(number), "of": str(variant.points), "work": _answer(variant.body)}
        for number, variant in enumerate(variants, start=1)
    ]
    return {"questions": questions}


def _answer(body: Body) -> Printed:
    """What can be filled in, without the words of the question."""
    match body:
        case ChoiceBody(options):
            return {"kind": "options", "note": "", "letters": list(LETTERS[: len(options)])}
        case MultipleBody(options):
            return {"kind": "options", "note": "Several may be right", "letters": list(LETTERS[: len(options)])}
        case NumericBody(unit=unit):
            return {"kind": "number", "note": "", "unit": UNIT_WORDS[unit]}
        case OrderBody(events=events):
            return {"kind": "order", "note": "The number of each event", "names": list(LETTERS[: len(events)])}
        case MatchBody(lefts=lefts):
            names = [str(place) for place in range(1, len(lefts) + 1)]
            return {"kind": "match", "note": "The letter for each number", "names": names}
        case ShortBody():
            return {"kind": "short", "note": ""}
        case OpenBody():
            return {"kind": "open", "note": "", "rule": "Write your answer on the question sheet."}


# ---------------------------------------------------------------- keys


def _key(quiz: ResolvedQuiz, variants: Sequence[Variant]) -> Printed:
    questions = [
        {
            "number": str(number),
            "name": f"Question {number}",
            "item": f"{variant.item}, {money.some(variant.points, 'point')}",
            "of": str(variant.points),
            "answer": marking.right(variant.body),
            "rules": marking.rules(variant),
            "solution": blocks(variant.solution),
            "hint": blocks(variant.hint or ()),
            "said": [[one.answer, blocks(one.feedback), one.misconception] for one in marking.said(variant.body)],
            "full": [[what, "; ".join(texts)] for what, texts in marking.in_full(variant.body)],
        }
        for number, variant in enumerate(variants, start=1)
    ]
    objectives = [_objective(quiz, objective, variants) for objective in quiz.objectives]
    return {"questions": questions, "objectives": objectives}


def _objective(quiz: ResolvedQuiz, objective: Objective, variants: Sequence[Variant]) -> Printed:
    """A line of the table by which passing is decided: as on the site, open answers do not count."""
    about = [(number, one) for number, one in enumerate(variants, start=1) if one.objective == objective.id]
    counted = [(number, one.points) for number, one in about if not isinstance(one.body, OpenBody)]
    judged = [number for number, one in about if isinstance(one.body, OpenBody)]
    points = sum(points for _, points in counted)
    numbers = ", ".join(str(number) for number, _ in counted)
    share = quiz.quiz.pass_share
    apart = f"open: {', '.join(map(str, judged))}" if judged else ""
    return {
        "statement": objective.statement,
        "questions": "; ".join(filter(None, (numbers, apart))),
        "points": str(points),
        "needed": marking.number(points * share) if counted and share is not None else "–",
    }


def _passing(quiz: ResolvedQuiz, asked: Container[type[Body]]) -> str:
    if quiz.quiz.pass_share is None:
        return "Prior knowledge: the points say what to refresh, and nobody passes or fails."
    passed = f"An objective is passed with {money.percentage(quiz.quiz.pass_share)} of these points."
    return f"{passed} Open answers have points of their own, by the rubric." if OpenBody in asked else passed


# ---------------------------------------------------------------- rubric sheets


def _rubrics(quiz: ResolvedQuiz, variants: Sequence[Variant]) -> Printed:
    questions = [
        {
            "name": f"Question {number}",
            "stem": blocks(variant.stem),
            "rule": f"{body.least_words} to {body.most_words} words.",
            "rubric": body.rubric.title,
            "of": str(body.rubric.points),
            "criteria": [
                {
                    "title": one.title,
                    "of": str(one.points),
                    "levels": [[str(points), said] for points, said in one.levels],
                }
                for one in body.rubric.criteria
            ],
            "model": blocks(body.model_answer),
            "samples": [
                {
                    "title": f"{one.title}: {one.points} of {money.some(body.rubric.points, 'point')}",
                    "text": blocks(one.text),
                    "scores": [[title, str(points), words or "–"] for title, points, words in one.scores],
                    "why": one.why,
                }
                for one in body.samples
            ],
        }
        for number, variant in enumerate(variants, start=1)
        if isinstance(body := variant.body, OpenBody)
    ]
    return {"questions": questions}


def _lettered(texts: Sequence[Rich]) -> list[list[Any]]:
    return [[letter, blocks(text)] for letter, text in zip(LETTERS, texts, strict=False)]


@cache
def _template(name: str) -> str:
    return (TEMPLATES / f"{name}.typ").read_text(encoding="utf-8")
