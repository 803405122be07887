"""Canvas: a zip of QTI 1.2 that Classic Quizzes and New Quizzes both read, one quiz with a question group per place.

How the two grade was read from their own importers. For a number, Classic takes the upper bound less the key as its
margin, in decimals; New Quizzes takes the key less the lower bound, in binary floats. So the lower bound lies a little
below the window, by more than floats lose and less than anybody types. Classic rounds what is typed to four decimals
before it grades it: an amount that this would give another grade is asked in cents or micro-dollars.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from costbook.assessment.items import AnswerUnit
from costbook.assessment.rich import Rich, words
from costbook.export import canvas_rubric, replies, windows, wording
from costbook.export.bank import Bank, Banked, Pool, tags
from costbook.export.fitting import fitted
from costbook.export.idents import ident, numbers
from costbook.export.losses import Fate, Fates, Feature, Keep
from costbook.export.prose import escaped, flow, inline, number, plain, spellings
from costbook.export.rendering import render
from costbook.export.zips import archive
from costbook.quizzes.keys import UNIT_WORDS
from costbook.quizzes.resolved import (
    ChoiceBody,
    Chosen,
    MatchBody,
    MultipleBody,
    NumericBody,
    OpenBody,
    OrderBody,
    ShortBody,
)

FATES: Fates = {
    Feature.HINT: Fate(Keep.PARTLY, "stands first in the feedback to a wrong answer"),
    Feature.OPEN_HINT: Fate(Keep.LOST, "an essay has no feedback to a wrong answer: tell it in class"),
    Feature.OPTION_FEEDBACK: Fate(
        Keep.PARTLY, "Classic shows it after submission; New Quizzes may drop it: open a question and look"
    ),
    Feature.NUMBER_FEEDBACK: Fate(
        Keep.PARTLY, "Canvas has one feedback to all wrong numbers: it lists every mistake with its numbers"
    ),
    Feature.TEXT_FEEDBACK: Fate(
        Keep.PARTLY, "Canvas has one feedback to all wrong texts: it lists every mistake with its texts"
    ),
    Feature.SOLUTION: Fate(Keep.KEPT, "is the general comment; let learners see it only after the due date"),
    Feature.TOLERANCE: Fate(
        Keep.PARTLY,
        "both edges count as right; Classic rounds what is typed to four decimals first, and the export names the "
        "questions for which that makes a difference",
    ),
    Feature.UNIT: Fate(
        Keep.PARTLY,
        "the question names the unit; learners type the number alone, with a point for decimals; an amount too small "
        "for Classic's four decimals is asked in cents or micro-dollars, and says so",
    ),
    Feature.PARTIAL_CREDIT: Fate(
        Keep.PARTLY,
        "Classic grades as the site does; in New Quizzes choose “Partial credit with penalty” in each question, or it "
        "is all or nothing",
    ),
    Feature.ORDER: Fate(
        Keep.PARTLY,
        "becomes matching of each event with its place, with credit for each right place; the site gives credit for "
        "each right neighbour",
    ),
    Feature.MATCH: Fate(Keep.KEPT, "with equal credit for each pair; feedback per pair in Classic only"),
    Feature.SHORT_TEXT: Fate(
        Keep.PARTLY,
        "the site overlooks accents, full stops and repeated spaces, Canvas only capitals: look through wrong answers",
    ),
    Feature.OPEN: Fate(Keep.KEPT, "an essay, marked by hand"),
    Feature.RUBRIC: Fate(
        Keep.PARTLY, "import the CSV beside the zip under Rubrics; a quiz cannot hold it, so mark with it open beside"
    ),
    Feature.SAMPLES: Fate(Keep.LOST, "print the rubric sheet, which has them"),
    Feature.MATHS: Fate(Keep.PARTLY, "stand in one line of text: New Quizzes keeps no MathML"),
    Feature.TAGS: Fate(
        Keep.PARTLY, "edition and code stand under each question; the rest stays in the file, Canvas shows no tags"
    ),
    Feature.POOLS: Fate(Keep.KEPT, "a question group per place, of which a learner gets one"),
    Feature.STABLE_IDS: Fate(
        Keep.PARTLY,
        "in Classic tick “Overwrite assessment content with matching IDs” when you import again; New Quizzes makes a "
        "second quiz, so delete the first",
    ),
}

WIDER = "a wider `tolerance`"
REMEDIES = {AnswerUnit.PER_1000_CALLS: f"`unit: micro-dollars`, for one call, or {WIDER}"}
"""What helps an author where no other unit does."""
LONGEST_TITLE = 250
"""Characters that Canvas keeps of the name of a quiz or question, with a few to spare."""
TYPED_DECIMALS = Decimal("0.0001")
"""What Classic rounds a typed number to before it grades it."""
FINER: dict[AnswerUnit, tuple[tuple[AnswerUnit, int], ...]] = {
    AnswerUnit.DOLLARS: ((AnswerUnit.CENTS, 100), (AnswerUnit.MICRO_DOLLARS, 1_000_000)),
    AnswerUnit.CENTS: ((AnswerUnit.MICRO_DOLLARS, 10_000),),
}
"""Units in which the same amount can be asked, coarsest first, and how many of them make one."""
FLOATS_KEEP = 13
"""Decimal places, from a number's first one, that survive a subtraction of binary floats with two to spare."""


class _Match(NamedTuple):
    """Something to put beside an answer."""

    id: int
    text: str


@dataclass(frozen=True, slots=True)
class _Answer:
    """An option, or the left side of a pair with the number of its match; texts of options are HTML."""

    id: int
    text: str
    feedback: str
    right: bool = False
    match: int = 0


@dataclass(frozen=True, slots=True)
class _Kind:
    """What a question of one of Canvas' types is answered with; of a number, the key and both bounds."""

    type: str
    answers: tuple[_Answer, ...] = ()
    matches: tuple[_Match, ...] = ()
    texts: tuple[str, ...] = ()
    key: str = ""
    low: str = ""
    high: str = ""

    @property
    def share(self) -> str:
        """The percentage that one pair is worth."""
        return f"{Decimal(100) / len(self.answers):.2f}"


@dataclass(frozen=True, slots=True)
class _Item:
    """A question; ``general`` is said after it, ``right`` and ``otherwise`` to right and wrong answers, all in HTML."""

    ident: str
    title: str
    tags: str
    stem: str
    kind: _Kind
    general: str
    right: str
    otherwise: str


@dataclass(frozen=True, slots=True)
class _Group:
    """A question group."""

    ident: str
    title: str
    points: int
    items: tuple[_Item, ...] = field(repr=False)


def write(bank: Bank) -> dict[str, bytes]:
    """The zip to import, and the rubrics of open questions as a CSV where there are any."""
    name, title = ident(bank.id), fitted(bank.title, LONGEST_TITLE)
    questions, meta = f"{name}/{name}.xml", f"{name}/assessment_meta.xml"
    points = sum(pool.points for pool in bank.pools)
    files = {
        "imsmanifest.xml": render("canvas_manifest.xml.j2", ident=name, questions=questions, meta=meta),
        meta: render("canvas_meta.xml.j2", ident=name, title=title, description=_description(bank), points=points),
        questions: render("canvas.xml.j2", ident=name, title=title, pools=[_group(bank, pool) for pool in bank.pools]),
    }
    return {f"{name}-canvas.zip": archive(files, bank.as_of), **canvas_rubric.write(bank)}


def cautions(bank: Bank) -> tuple[str, ...]:
    """Questions that Classic grades otherwise than the site, because it rounds what is typed: one line for each."""
    return tuple(
        f"{question.name}: Canvas Classic rounds {number(typed)} to {number(rounded)} before it grades; "
        f"use New Quizzes for this question, or write {REMEDIES.get(body.unit, WIDER)} into its file"
        for question in bank.questions
        if isinstance(question.variant.body, NumericBody)
        for body in (asked(question.variant.body),)
        for typed, rounded in _misjudged(body)[:1]
    )


def asked(body: NumericBody) -> NumericBody:
    """A number as Canvas asks for it: in the coarsest unit in which Classic grades it as the site does.

    In its own, where there is none.
    """
    if _misjudged(body):
        for unit, of_them in FINER.get(body.unit, ()):
            finer = _in_unit(body, unit, of_them)
            if not _misjudged(finer):
                return finer
    return body


def _in_unit(body: NumericBody, unit: AnswerUnit, of_them: int) -> NumericBody:
    wrong = (
        replace(one, value=one.value * of_them, low=one.low * of_them, high=one.high * of_them) for one in body.wrong
    )
    key, low, high = (one * of_them for one in (body.key, body.low, body.high))
    return replace(body, unit=unit, key=key, low=low, high=high, wrong=tuple(wrong))


def _misjudged(body: NumericBody) -> list[tuple[Decimal, Decimal]]:
    """The key, edges and mistakes' answers that get another grade once rounded, with what they are rounded to."""
    asked = (body.key, body.low, body.high, *(one.value for one in body.wrong))
    # The script of the quiz page rounds the binary float.
    rounded = ((one, Decimal(float(one)).quantize(TYPED_DECIMALS, ROUND_HALF_UP)) for one in asked)
    return [(typed, then) for typed, then in rounded if _inside(typed, body) != _inside(then, body)]


def _inside(value: Decimal, body: NumericBody) -> bool:
    return body.low <= value <= body.high


def _description(bank: Bank) -> str:
    """What an educator reads of a quiz in Canvas, in HTML."""
    said = "".join(f"<li>{escaped(one.statement)}</li>" for one in bank.objectives)
    where = f' <a href="{escaped(bank.page)}">Whether it is still current</a>' if bank.page else ""
    return f"<ul>{said}</ul><p>{escaped(bank.stamp)}, code {escaped(bank.code)}.{where}</p>"


def _group(bank: Bank, pool: Pool) -> _Group:
    items = tuple(_item(bank, question) for question in pool.questions)
    return _Group(ident(f"pool.{pool.id}"), fitted(bank.label(pool), LONGEST_TITLE), pool.points, items)


def _item(bank: Bank, banked: Banked) -> _Item:
    question = _in_canvas(banked)
    return _Item(
        ident(question.id),
        fitted(question.name, LONGEST_TITLE),
        ",".join(tags(bank, question)),
        replies.asked(bank, question, _told(question)),
        _kind(question),
        flow(wording.solution(bank, question)),
        replies.right(question),
        replies.wrong(question),
    )


def _in_canvas(question: Banked) -> Banked:
    """A question whose number, where it is asked in another unit, says so and is given in it in the solution, too."""
    variant, body = question.variant, question.variant.body
    if not isinstance(body, NumericBody) or (finer := asked(body)) is body:
        return question
    unit = UNIT_WORDS[finer.unit]
    rule = words(f"In this course the answer is wanted in {unit}, whichever unit the text names.")
    answer = words(f"In {unit}: {number(finer.key)}.")
    return replace(
        question,
        variant=replace(variant, body=finer, stem=(*variant.stem, *rule), solution=(*variant.solution, *answer)),
    )


def _told(question: Banked) -> str | None:
    """How to answer, where Canvas asks or marks in another way."""
    match question.variant.body:
        case OrderBody():
            return "Choose the place of each event: 1 comes first. Each right place earns an equal part of the points."
        case MultipleBody():
            return "Several may be right."
    return None


def _kind(question: Banked) -> _Kind:
    match question.variant.body:
        case ChoiceBody(options):
            return _Kind("multiple_choice_question", _options(options))
        case MultipleBody(options):
            return _Kind("multiple_answers_question", _options(options))
        case NumericBody() as body:
            key, low, high = map(number, bounds(body))
            return _Kind("numerical_question", key=key, low=low, high=high)
        case OrderBody(events=events, order=order):
            ids, places = numbers(one.id for one in events), numbers(map(str, range(len(order))))
            return _Kind(
                "matching_question",
                tuple(
                    _Answer(ids[one.id], plain(one.text), "", match=places[str(order.index(one.id))]) for one in events
                ),
                tuple(_Match(places[str(place)], str(place + 1)) for place in range(len(order))),
            )
        case MatchBody(lefts=lefts, rights=rights):
            ids, matches = numbers(one.id for one in lefts), numbers(one.id for one in rights)
            return _Kind(
                "matching_question",
                tuple(
                    _Answer(ids[one.id], plain(one.text), flow(one.feedback), match=matches[one.id]) for one in lefts
                ),
                tuple(_Match(matches[one.id], plain(one.text)) for one in rights),
            )
        case ShortBody() as body:
            return _Kind("short_answer_question", texts=spellings(body))
        case OpenBody():
            return _Kind("essay_question")


def _options(options: tuple[Chosen, ...]) -> tuple[_Answer, ...]:
    ids = numbers(one.id for one in options)
    return tuple(_Answer(ids[one.id], inline(one.text), _said(one.feedback), one.right) for one in options)


def _said(feedback: Rich) -> str:
    return flow(feedback) if feedback else ""


def bounds(body: NumericBody) -> tuple[Decimal, Decimal, Decimal]:
    """The key and the lower and upper bound as Canvas has to read them; the bounds differ from the key.

    The key is the middle of the window, for each grader takes one margin for both sides.
    """
    key = windows.around(body.low, body.high).middle
    largest = max(abs(body.low), abs(body.high))
    spare = Decimal(1).scaleb((largest.adjusted() if largest else 0) - FLOATS_KEEP)
    return key, body.low - spare, body.high if body.high != key else key + spare
