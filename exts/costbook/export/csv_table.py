"""Banks as a table for spreadsheets: a row for each question, to read, sort and search; no system imports it.

A text that a spreadsheet would compute gets an apostrophe in front, and so does one that begins with an apostrophe:
whoever reads the file with a program takes one off. Where a separator stands before a character that begins a formula,
a space goes between them, for spreadsheets that part cells at semicolons.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from fractions import Fraction
from io import StringIO
from typing import NamedTuple

from costbook.assessment.rich import NOT_XML
from costbook.export.bank import Bank, Banked
from costbook.export.fitting import file_name
from costbook.export.losses import Fate, Fates, Feature, Keep
from costbook.export.prose import number, plain, spellings
from costbook.export.wording import task
from costbook.quizzes.keys import UNIT_WORDS
from costbook.quizzes.resolved import (
    Body,
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
    Feature.HINT: Fate(Keep.KEPT, "in the column “hint”"),
    Feature.OPEN_HINT: Fate(Keep.KEPT, "in the column “hint”"),
    Feature.OPTION_FEEDBACK: Fate(Keep.KEPT, "in the column “feedback” behind each option"),
    Feature.NUMBER_FEEDBACK: Fate(Keep.KEPT, "in the column “feedback” behind each range of numbers"),
    Feature.TEXT_FEEDBACK: Fate(Keep.KEPT, "in the column “feedback” behind each text"),
    Feature.SOLUTION: Fate(Keep.KEPT, "in the column “solution”, without markup"),
    Feature.TOLERANCE: Fate(
        Keep.PARTLY,
        "the columns “from” and “to” give the range, both ends included, of which a spreadsheet "
        "keeps 15 digits; nothing is graded",
    ),
    Feature.UNIT: Fate(Keep.KEPT, "in the column “unit”"),
    Feature.PARTIAL_CREDIT: Fate(
        Keep.PARTLY, "the column “share” gives what each tick earns or costs, to six decimals; nothing is graded"
    ),
    Feature.ORDER: Fate(
        Keep.PARTLY, "the events stand in the right order; the feedback to mistakes is lost, and nothing is graded"
    ),
    Feature.MATCH: Fate(
        Keep.PARTLY,
        "each left side has its partner, and “(nothing)” the right sides that fit nowhere; nothing is graded",
    ),
    Feature.SHORT_TEXT: Fate(Keep.PARTLY, "the texts are listed, in lower case and without accents; nothing is graded"),
    Feature.OPEN: Fate(Keep.KEPT, "with the limits on its words in the column “task” and the model answer as solution"),
    Feature.RUBRIC: Fate(Keep.PARTLY, "in one cell of lines: print the rubric sheets of the paper target"),
    Feature.SAMPLES: Fate(Keep.LOST, "print the rubric sheets of the paper target"),
    Feature.MATHS: Fate(Keep.PARTLY, "written in one line, such as (a + b) / c; larger formulas stay LaTeX"),
    Feature.TAGS: Fate(Keep.KEPT, "in columns of their own"),
    Feature.POOLS: Fate(Keep.PARTLY, "the column “pool” says which questions stand for each other; nothing is drawn"),
    Feature.STABLE_IDS: Fate(
        Keep.PARTLY,
        "the columns “id” and “digest” tell which questions a later table has anew or changed; nothing updates",
    ),
}
"""What becomes of everything in a table."""

SPREADSHEETS_NEED = "\ufeff"
"""Without it, some take the file for one in another encoding."""
_FORMULA = r"=+@＝＋－＠\-"
"""What a formula begins with, in a class of characters."""
_GUARDED = re.compile(rf"[{_FORMULA}'\t\r\n]")
_INSIDE = re.compile(rf"(?<=[;,\t\r\n])(?=[{_FORMULA}])")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
OTHERWISE = "(anything else)"
NOTHING = "(nothing)"


class Listed(NamedTuple):
    """An answer that is expected, what it stands beside, its range, its share of the points, its feedback."""

    answer: str
    partner: str = ""
    low: str = ""
    high: str = ""
    share: str = ""
    feedback: str = ""


ANSWER = ("answer", "partner", "from", "to", "share", "feedback")
"""The columns of each answer; a number follows."""
QUESTION = (
    "id", "digest", "pool", "name", "kind", "points", "objective", "level", "process", "edition", "priced at", "code",
    "misconceptions", "stem", "task", "unit", "hint", "solution", "rubric", "stale?",
)  # fmt: skip
"""The columns of each question."""


def write(bank: Bank) -> dict[str, bytes]:
    """The table."""
    rows = [
        (_about(bank, pool.id, question), tuple(_answers(question.variant.body)))
        for pool in bank.pools
        for question in pool.questions
    ]
    most = max((len(answers) for _, answers in rows), default=0)
    stream = StringIO()
    table = csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    table.writerow([*QUESTION, *(f"{name} {place}" for place in range(1, most + 1) for name in ANSWER)])
    for about, answers in rows:
        empty = [""] * ((most - len(answers)) * len(ANSWER))
        table.writerow([*map(guarded, (*about, *(cell for one in answers for cell in one))), *empty])
    return {file_name(bank.id, ".csv"): f"{SPREADSHEETS_NEED}{stream.getvalue()}".encode()}


def _about(bank: Bank, pool: str, question: Banked) -> tuple[str, ...]:
    variant = question.variant
    body = variant.body
    return (
        question.id, question.digest, pool, question.name, variant.kind, str(variant.points), variant.objective,
        variant.level.value, variant.process, str(bank.edition), str(bank.as_of), variant.code,
        " ".join(question.misconceptions), plain(variant.stem), task(body),
        UNIT_WORDS[body.unit] if isinstance(body, NumericBody) else "",
        "" if variant.hint is None else plain(variant.hint), plain(variant.solution),
        _rubric(body) if isinstance(body, OpenBody) else "", bank.page or "",
    )  # fmt: skip


def guarded(text: str) -> str:
    """A text that no spreadsheet computes; a number stays one."""
    clean = _INSIDE.sub(" ", NOT_XML.sub("\ufffd", text))
    return f"'{clean}" if _GUARDED.match(clean) and not _NUMBER.fullmatch(clean) else clean


def _answers(body: Body) -> Iterator[Listed]:
    match body:
        case ChoiceBody(options) | MultipleBody(options):
            return _options(options, cost=isinstance(body, MultipleBody))
        case NumericBody():
            return _numbers(body)
        case OrderBody(events, order):
            text = {event.id: plain(event.text) for event in events}
            return (Listed(text[event], partner=str(place)) for place, event in enumerate(order, start=1))
        case MatchBody():
            return _pairs(body)
        case ShortBody():
            return _texts(body)
        case OpenBody():
            return iter(())


def _options(options: tuple[Chosen, ...], *, cost: bool) -> Iterator[Listed]:
    """Options with the share that each earns; where several may be right, a wrong one costs as much."""
    part = Fraction(1, max(1, sum(option.right for option in options)))
    for option in options:
        share = part if option.right else -part if cost else Fraction(0)
        yield Listed(plain(option.text), share=f"{float(share):.6g}", feedback=plain(option.feedback))


def _numbers(body: NumericBody) -> Iterator[Listed]:
    right = plain(body.right)
    yield Listed(number(body.key), low=number(body.low), high=number(body.high), share="1", feedback=right)
    for one in body.wrong:
        low, high = number(one.low), number(one.high)
        yield Listed(number(one.value), low=low, high=high, share="0", feedback=plain(one.feedback))
    yield Listed(OTHERWISE, share="0", feedback=plain(body.otherwise))


def _pairs(body: MatchBody) -> Iterator[Listed]:
    rights = {right.id: plain(right.text) for right in body.rights}
    for left in body.lefts:
        yield Listed(plain(left.text), partner=rights.pop(left.id), feedback=plain(left.feedback))
    for right in rights.values():
        yield Listed(NOTHING, partner=right)


def _texts(body: ShortBody) -> Iterator[Listed]:
    for text in spellings(body):
        yield Listed(text, share="1", feedback=plain(body.right))
    for one in body.wrong:
        for text in one.accept:
            yield Listed(text, share="0", feedback=plain(one.feedback))
    yield Listed(OTHERWISE, share="0", feedback=plain(body.otherwise))


def _rubric(body: OpenBody) -> str:
    """The criteria, each with its levels on lines of their own."""
    return "\n".join(
        line
        for criterion in body.rubric.criteria
        for line in (f"{criterion.title}:", *(f"{points}: {text}" for points, text in criterion.levels))
    )
