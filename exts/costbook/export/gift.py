"""Banks as GIFT, a text format that many systems read: as Moodle reads it (``question/format/gift``), which made it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from costbook.assessment.rich import NOT_XML, Rich
from costbook.export import moodle, windows, wording
from costbook.export.bank import Bank, Banked, tags
from costbook.export.fitting import file_name
from costbook.export.losses import Fate, Fates, Feature, Keep
from costbook.export.prose import flow, inline, number, spellings
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
    **moodle.FATES,
    Feature.HINT: Fate(Keep.LOST, "GIFT has no hints: add them by hand, or import the Moodle XML file"),
    Feature.OPEN_HINT: Fate(Keep.LOST, "GIFT has no hints: give them in class"),
    Feature.SOLUTION: Fate(Keep.KEPT, "the general feedback, which a system may show or not"),
    Feature.UNIT: Fate(
        Keep.PARTLY,
        "named in the question; GIFT has numbers only, and what is typed is not converted, while this site reads "
        "“5 cents” in a question about dollars",
    ),
    Feature.ORDER: Fate(
        Keep.PARTLY,
        "GIFT has no ordering: it becomes matching, each event with its place; each event in its place earns an equal "
        "part, instead of each neighbouring pair, and the feedback to mistakes is lost",
    ),
    Feature.MATCH: Fate(
        Keep.PARTLY,
        "the same marks, and right sides that fit nowhere are offered too; right sides are plain text, and the "
        "feedback to pairs is lost",
    ),
    Feature.SHORT_TEXT: Fate(
        Keep.PARTLY,
        f"{moodle.FATES[Feature.SHORT_TEXT].how}; a text with an arrow “->” is taken with anything inside of the arrow",
    ),
    Feature.OPEN: Fate(
        Keep.PARTLY, "an essay that is marked by hand; its words are not counted, the question says how many to write"
    ),
    Feature.RUBRIC: Fate(Keep.LOST, "GIFT has no place for markers: print the rubric sheets of the paper target"),
    Feature.SAMPLES: Fate(Keep.LOST, "GIFT has no place for markers: print the rubric sheets of the paper target"),
    Feature.TAGS: Fate(
        Keep.PARTLY,
        "in comments that Moodle reads as tags, and other systems pass over; edition, code and digest are in the "
        "general feedback, too",
    ),
    Feature.POOLS: Fate(
        Keep.PARTLY,
        "a category for each place of the quiz, where the system has categories: add one random question from each; "
        "GIFT has no points, so set its mark as the name of each category says",
    ),
    Feature.STABLE_IDS: Fate(
        Keep.PARTLY,
        "an ID number in a comment that Moodle reads, and other systems pass over; Moodle's import only adds, it never "
        "updates: a later edition gets categories of its own, so change the random questions of your quiz to them",
    ),
}
"""What becomes of everything in GIFT, read by Moodle."""

ORDER_AS_MATCH = (
    "Choose the place of each event, 1 for the first. Each event in its place earns an equal part of the points."
)
"""What is told instead of how the site marks an order."""
REPLACED = "\ufffd"

_CONTROL = re.compile(r"[\\~=#{}:]")


def write(bank: Bank) -> dict[str, bytes]:
    """The file to import."""
    return {file_name(bank.id, ".gift.txt"): ("\n\n".join(_parts(bank)) + "\n").encode()}


def _parts(bank: Bank) -> Iterator[str]:
    """The categories and questions of the file, which empty lines set apart."""
    for pool in bank.pools:
        yield f"$CATEGORY: {NOT_XML.sub(REPLACED, moodle.category(bank, pool))}"
        for question in pool.questions:
            yield _question(bank, question)


def _question(bank: Bank, question: Banked) -> str:
    body = question.variant.body
    told = ORDER_AS_MATCH if isinstance(body, OrderBody) else None
    marks = " ".join(f"[tag:{moodle.tag(one)}]" for one in tags(bank, question))
    return "\n".join(
        (
            f"// [id:{moodle.id_number(question.id)}] {marks}",
            f"::{_literal(moodle.question_name(question.name))}::{_html(flow(wording.stem(question, told)))}{{",
            *_answers(body),
            f"####{_html(flow(wording.solution(bank, question)))}",
            "}",
        )
    )


def _answers(body: Body) -> Iterator[str]:
    """The lines between the braces, without the general feedback."""
    match body:
        case ChoiceBody(options):
            return (f"{'=' if one.right else '~'}{_html(flow(one.text))}{_feedback(one.feedback)}" for one in options)
        case MultipleBody():
            # No equals sign: it would make it a question with one right option.
            return (f"~%{one.percent}%{_html(one.text)}#{_html(one.feedback)}" for one in moodle.ticks(body))
        case NumericBody():
            return _numbers(body)
        case OrderBody(events, order):
            return (f"={_html(inline(event.text))} -> {order.index(event.id) + 1}" for event in events)
        case MatchBody():
            return (f"={_html(left) if left else ''} -> {_literal(right)}" for left, right in moodle.pairs(body))
        case ShortBody():
            return _texts(body)
        case OpenBody():
            return iter(())


def _numbers(body: NumericBody) -> Iterator[str]:
    yield "#"
    for window in windows.right(body):
        yield f"=%100%{_window(window)}{_feedback(body.right)}"
    for wrong in body.wrong:
        yield f"=%0%{_window(windows.around(wrong.low, wrong.high))}{_feedback(wrong.feedback)}"
    yield f"~{_feedback(body.otherwise)}"


def _texts(body: ShortBody) -> Iterator[str]:
    for text in spellings(body):
        yield f"=%100%{_pattern(text)}{_feedback(body.right)}"
    for wrong in body.wrong:
        for text in wrong.accept:
            yield f"=%0%{_pattern(text)}{_feedback(wrong.feedback)}"
    yield f"=%0%*{_feedback(body.otherwise)}"


def _window(window: windows.Around) -> str:
    return f"{number(window.middle)}:{number(window.tolerance)}"


def _feedback(rich: Rich) -> str:
    return f"#{_html(flow(rich))}"


def _html(html: str) -> str:
    """HTML, said to be HTML wherever it stands: a text could begin with the name of another format."""
    return f"[html]{_literal(html)}"


def _pattern(text: str) -> str:
    """A short text that stands for itself: no asterisk for any text, no format, and no arrow, which would be matching.

    GIFT cannot write an arrow in any way. What stands for it takes other texts, too.
    """
    pattern = text.replace("*", r"\*").replace("->", "-*>")
    return f"{'[plain]' if pattern.startswith('[') else ''}{_literal(pattern)}"


def _literal(text: str) -> str:
    """A text in which no character controls anything, in one line."""
    one_line = re.sub(r"\r\n?|[\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]", "\n", NOT_XML.sub(REPLACED, text))
    return _CONTROL.sub(r"\\\g<0>", one_line).replace("\n", r"\n")
