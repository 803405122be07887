"""Banks as Moodle XML, for Moodle 4.4 and later: what its importer (``question/format/xml``) reads, and no more."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from costbook import money
from costbook.assessment.rich import Rich
from costbook.export import windows, wording
from costbook.export.bank import Bank, Banked, Pool, tags
from costbook.export.fitting import file_name, fitted
from costbook.export.losses import Fate, Fates, Feature, Keep
from costbook.export.prose import escaped, flow, inline, number, plain, spellings
from costbook.export.rendering import render
from costbook.export.scoring import sheet
from costbook.quizzes.resolved import (
    Body,
    ChoiceBody,
    MatchBody,
    MultipleBody,
    NumericBody,
    OpenBody,
    OrderBody,
    ShortBody,
)

FATES: Fates = {
    Feature.HINT: Fate(
        Keep.PARTLY,
        "shown after a wrong try where the quiz behaves as “Interactive with multiple tries”",
    ),
    Feature.OPEN_HINT: Fate(Keep.LOST, "Moodle's essays have no hints: give them in class"),
    Feature.OPTION_FEEDBACK: Fate(Keep.KEPT, "beside the option that was chosen"),
    Feature.NUMBER_FEEDBACK: Fate(Keep.KEPT, "each mistake's range of numbers has its feedback, and any other number"),
    Feature.TEXT_FEEDBACK: Fate(Keep.KEPT, "each mistake's texts have their feedback, and any other text"),
    Feature.SOLUTION: Fate(Keep.KEPT, "the general feedback: tick it in the review options of the quiz"),
    Feature.TOLERANCE: Fate(
        Keep.KEPT,
        "the same range, both ends included; Moodle compares numbers to 14 digits, so what lies nearer to an end than "
        "that counts as inside",
    ),
    Feature.UNIT: Fate(
        Keep.PARTLY,
        "named in the question; Moodle asks for the number alone and converts nothing, while this site reads “5 cents” "
        "in a question about dollars",
    ),
    Feature.PARTIAL_CREDIT: Fate(
        Keep.KEPT,
        "the same rule and the same marks: with n right options, each right tick earns 1/n and each wrong one costs "
        "1/n, never less than nothing; n is at most ten, and the export names questions that have more",
    ),
    Feature.ORDER: Fate(
        Keep.PARTLY,
        "the ordering question of Moodle 4.4 and later (before that, a plugin of this name: without it the import "
        "stops); the same marks, by neighbouring pairs; the feedback names all the mistakes, not the one made",
    ),
    Feature.MATCH: Fate(
        Keep.PARTLY,
        "the same marks, and right sides that fit nowhere are offered too; right sides are plain text, and the "
        "feedback goes through all the pairs, not only the wrong ones",
    ),
    Feature.SHORT_TEXT: Fate(
        Keep.PARTLY,
        "upper and lower case do not matter, as here; unlike here, accents, punctuation at the ends, repeated spaces, "
        "and letters like “ß” or “ﬁ” have to be as listed: add the spellings that your learners use",
    ),
    Feature.OPEN: Fate(Keep.KEPT, "an essay that is marked by hand, with the limits on its words"),
    Feature.RUBRIC: Fate(
        Keep.PARTLY, "a table in “Information for graders”, which learners never see; its points are added up by hand"
    ),
    Feature.SAMPLES: Fate(Keep.KEPT, "below the rubric, in “Information for graders”"),
    Feature.MATHS: Fate(Keep.PARTLY, "written in one line, such as (a + b) / c; larger formulas stay LaTeX"),
    Feature.TAGS: Fate(
        Keep.KEPT, "tags of the question, of 50 characters at most; edition, code and digest are in its feedback, too"
    ),
    Feature.POOLS: Fate(
        Keep.KEPT,
        "a category for each place of the quiz: add one random question from each, and set its mark, since Moodle "
        "gives random questions 1",
    ),
    Feature.STABLE_IDS: Fate(
        Keep.PARTLY,
        "each question has its ID number, but Moodle's import only adds: a later edition gets categories of its own "
        "with the same ID numbers, so change the random questions of your quiz to them; importing one file twice "
        "doubles its questions, the second time without ID numbers",
    ),
}
"""What becomes of everything in Moodle."""

LONGEST_ID, LONGEST_NAME, LONGEST_TAG = 100, 255, 50
"""Characters that Moodle keeps of an ID number, of the name of a question or category, and of a tag."""
EXACT_SHARES = 10
"""Moodle knows 1/1 to 1/10 as fractions; of smaller ones, 5 percent alone."""

_NO_MARKUP = str.maketrans({"<": "‹", ">": "›", "\\": "∖"})
_UNFIT = re.compile(r"[^!-;=?-Z^_a-~]")
"""All but printing ASCII, and of it brackets, backslashes, backticks and what begins or ends a tag of HTML."""


class Answered(NamedTuple):
    """An answer as Moodle keeps it: text, percentage of the mark, feedback, and how far a number may lie off."""

    text: str
    percent: str
    feedback: str = ""
    tolerance: str = ""


def write(bank: Bank) -> dict[str, bytes]:
    """The file to import."""
    return {file_name(bank.id, "-moodle.xml"): render("moodle.xml.j2", pools=tuple(_pools(bank)))}


def cautions(bank: Bank) -> tuple[str, ...]:
    """Questions with more right options than Moodle has fractions for: one line for each."""
    found = (
        (question.name, sum(one.right for one in question.variant.body.options))
        for question in bank.questions
        if isinstance(question.variant.body, MultipleBody)
    )
    return tuple(
        f"{name}: Moodle knows no fraction for {right} right options, so a right tick earns 10, 5 or 0 percent and a "
        f"wrong one costs {number(loss(right))}"
        for name, right in found
        if right > EXACT_SHARES
    )


def _pools(bank: Bank) -> Iterator[dict[str, object]]:
    for place, pool in enumerate(bank.pools, start=1):
        drawn = "one random question from this category" if len(pool.questions) > 1 else "this question"
        yield {
            "path": category(bank, pool),
            "info": (
                f"Question {place} of {len(bank.pools)}: add {drawn}, {money.some(pool.points, 'point')}. "
                f"In the book it is {pool.id}."
            ),
            "questions": tuple(_question(bank, question) for question in pool.questions),
        }


def category(bank: Bank, pool: Pool) -> str:
    """The path of a pool's category, whose name says which question of the quiz it is.

    Each edition has its own: Moodle would mix the questions of two editions in one, and drop the ID numbers of the
    second.
    """
    return "/".join(
        ("$course$", "top", *map(_category_name, (bank.title, f"Edition {bank.edition}", bank.label(pool))))
    )


def _category_name(text: str) -> str:
    """A name as Moodle writes it in a path: slashes doubled, and never the first or last character."""
    name = question_name(text).replace("/", "//")
    return re.sub("^/|/$", lambda slash: f" {slash[0]}" if slash.start() == 0 else f"{slash[0]} ", name)


def question_name(text: str) -> str:
    """A name that Moodle keeps as it is: it takes out whatever looks like a tag."""
    return fitted(" ".join(text.translate(_NO_MARKUP).split()), LONGEST_NAME)


def id_number(text: str) -> str:
    """The ID number of a question, which can also stand in a comment of GIFT."""
    return fitted(text, LONGEST_ID, _UNFIT)


def tag(text: str) -> str:
    """A tag that Moodle keeps as it is, which can also stand in a comment of GIFT."""
    return fitted(text, LONGEST_TAG, _UNFIT)


def _question(bank: Bank, question: Banked) -> dict[str, object]:
    variant = question.variant
    return {
        "name": question_name(question.name),
        "stem": flow(wording.stem(question)),
        "after": flow(wording.solution(bank, question)),
        "points": variant.points,
        "id": id_number(question.id),
        "hint": None if variant.hint is None else flow(variant.hint),
        "tags": tuple(map(tag, tags(bank, question))),
        **_of_kind(variant.body),
    }


def _of_kind(body: Body) -> dict[str, object]:
    """What a question has besides what all have: the name of its type, and its answers."""
    match body:
        case ChoiceBody(options):
            answers = [Answered(flow(one.text), "100" if one.right else "0", flow(one.feedback)) for one in options]
            return {"type": "multichoice", "single": "true", "answers": answers}
        case MultipleBody():
            return {"type": "multichoice", "single": "false", "answers": list(ticks(body))}
        case NumericBody():
            return {"type": "numerical", "answers": list(numbers(body))}
        case OrderBody(events, order):
            text = {event.id: inline(event.text) for event in events}
            return {
                "type": "ordering",
                "answers": [text[one] for one in order],
                "right": flow(body.right),
                "wrong": flow(wording.of_order(body)),
            }
        case MatchBody():
            return {
                "type": "matching",
                "pairs": list(pairs(body)),
                "right": flow(body.right),
                "wrong": flow(wording.of_match(body)),
            }
        case ShortBody():
            return {"type": "shortanswer", "answers": list(texts(body))}
        case OpenBody(least, most):
            return {"type": "essay", "least": least, "most": most, "graders": sheet(body)}


def ticks(body: MultipleBody) -> Iterator[Answered]:
    """The options of a multiple choice, with percentages that Moodle knows and that add up to 100."""
    right = sum(option.right for option in body.options)
    earned = iter(shares(right))
    cost = -loss(right)
    for option in body.options:
        percent = next(earned) if option.right else cost
        yield Answered(flow(option.text), number(percent), flow(option.feedback))


def shares(right: int) -> list[Decimal]:
    """The percentage that each of so many right options earns."""
    if right <= EXACT_SHARES:
        return [_part(right)] * right
    tens = max(0, 2 * EXACT_SHARES - right)
    fives = min(right, 2 * EXACT_SHARES) - tens
    return [Decimal(10)] * tens + [Decimal(5)] * fives + [Decimal(0)] * (right - tens - fives)


def loss(right: int) -> Decimal:
    """The percentage that a wrong tick costs where so many options are right."""
    if right <= EXACT_SHARES:
        return _part(max(1, right))
    return min((Decimal(10), Decimal(5)), key=lambda known: abs(known - Decimal(100) / right))


def _part(right: int) -> Decimal:
    return (Decimal(100) / right).quantize(Decimal("0.00001"))


def numbers(body: NumericBody) -> Iterator[Answered]:
    """The ranges of a numeric answer in the order in which they are looked through, and what catches the rest."""
    for window in windows.right(body):
        yield _number(window, "100", body.right)
    for wrong in body.wrong:
        yield _number(windows.around(wrong.low, wrong.high), "0", wrong.feedback)
    yield Answered("*", "0", flow(body.otherwise), "0")


def _number(window: windows.Around, percent: str, feedback: Rich) -> Answered:
    return Answered(number(window.middle), percent, flow(feedback), number(window.tolerance))


def pairs(body: MatchBody) -> Iterator[tuple[str, str]]:
    """Left sides with their partners, and what fits nowhere with nothing on its left."""
    rights = {right.id: _plain(right.text) for right in body.rights}
    for left in body.lefts:
        yield inline(left.text), rights.pop(left.id)
    yield from (("", right) for right in rights.values())


def _plain(rich: Rich) -> str:
    """Text for a list to choose from: Moodle takes it for HTML, and takes tags out of it."""
    return escaped(" ".join(plain(rich).split()))


def texts(body: ShortBody) -> Iterator[Answered]:
    """The texts of a short answer in the order in which they are looked through, and what catches the rest."""
    for text in spellings(body):
        yield Answered(_literal(text), "100", flow(body.right))
    for wrong in body.wrong:
        for text in wrong.accept:
            yield Answered(_literal(text), "0", flow(wrong.feedback))
    yield Answered("*", "0", flow(body.otherwise))


def _literal(text: str) -> str:
    """A text in which no asterisk stands for any text."""
    return text.replace("*", r"\*")
