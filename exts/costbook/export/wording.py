"""What a question says in a learning-management system besides its own texts: how to answer, how it is marked, where it
comes from."""

from __future__ import annotations

from costbook.assessment.rich import Emphasis, Link, Listing, Paragraph, Rich, Words
from costbook.export.bank import Bank, Banked
from costbook.export.prose import plain
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
)


def task(body: Body) -> str:
    """How to answer a question and how it is marked, for those who see nothing but its text."""
    match body:
        case ChoiceBody():
            return "Choose one."
        case MultipleBody():
            return (
                "Several may be right. Each right tick earns an equal part of the points, each wrong tick costs as "
                "much; never less than nothing."
            )
        case NumericBody(unit):
            return f"Answer in {UNIT_WORDS[unit]}. Write the number alone, without its unit and without separators."
        case OrderBody():
            return "Each event put directly after the one it has to follow earns an equal part of the points."
        case MatchBody():
            return "Each pair earns an equal part of the points."
        case ShortBody():
            return "Answer with a word or two."
        case OpenBody(least, most):
            return f"Write {least} to {most} words. The points are given by hand."


def stem(question: Banked, told: str | None = None) -> Rich:
    """The text of a question, and how to answer it; ``told`` where a target marks it in another way."""
    body = question.variant.body
    return (*question.variant.stem, Paragraph((Emphasis((Words(task(body) if told is None else told),)),)))


def solution(bank: Bank, question: Banked) -> Rich:
    """What a learner is told after the question: the answer with its working, and which version of the bank it is."""
    lead = "A model answer" if isinstance(question.variant.body, OpenBody) else "Answer"
    return (label(lead), *question.variant.solution, origin(bank, question))


def origin(bank: Bank, question: Banked) -> Paragraph:
    """Edition, code, digest, and a link to the page that says whether the bank is stale."""
    said = Words(
        f"{bank.title}, {bank.stamp}. Code {question.variant.code or bank.code}, question {question.id}, "
        f"digest {question.digest}. "
    )
    if bank.page is None:
        return Paragraph((said,))
    return Paragraph((said, Link((Words("Is this bank still up to date?"),), bank.page)))


def label(text: str) -> Paragraph:
    """A line that names what follows."""
    return Paragraph((Emphasis((Words(text),), strong=True),))


def of_order(body: OrderBody) -> Rich:
    """The feedback to any order but the right one, for targets that cannot look which mistake was made."""
    if not body.mistakes:
        return body.otherwise
    text = {event.id: plain(event.text) for event in body.events}
    entries = tuple(
        (Paragraph((Words(f"If “{text[one.early]}” stands before “{text[one.late]}”:"),)), *one.feedback)
        for one in body.mistakes
    )
    return (*body.otherwise, Listing(entries))


def of_match(body: MatchBody) -> Rich:
    """The feedback to any match but the right one, for targets that cannot look which pair is wrong."""
    return (
        Listing(
            tuple(
                (Paragraph((Words(f"If “{plain(left.text)}” is not matched yet:"),)), *left.feedback)
                for left in body.lefts
            )
        ),
    )
