"""What is said to a right and to a wrong answer, as HTML, where a target has one text for each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from costbook.assessment.rich import Emphasis, Listing, Paragraph, Rich, Words
from costbook.export import wording
from costbook.export.bank import Bank, Banked
from costbook.export.prose import escaped, flow, number
from costbook.quizzes.resolved import MatchBody, NumericBody, OpenBody, OrderBody, ShortBody


def asked(bank: Bank, question: Banked, told: str | None = None, more: str = "") -> str:
    """The text of a question, how to answer it, and its edition.

    ``told`` says how to answer where a target marks in another way; ``more`` is HTML of what else it has to show.
    """
    stamp = escaped(bank.stamp[:1].upper() + bank.stamp[1:])
    return f"{flow(wording.stem(question, told))}{more}<p><small>{stamp}.</small></p>"


def right(question: Banked) -> str:
    """What is said to a right answer; nothing where each option has words of its own, or a person judges."""
    match question.variant.body:
        case NumericBody(right=words) | OrderBody(right=words) | MatchBody(right=words) | ShortBody(right=words):
            return flow(words)
    return ""


def wrong(question: Banked) -> str:
    """What is said to a wrong answer: the hint, the author's words, and every mistake that has words of its own.

    For targets that cannot tell one wrong number, text or order from another: each mistake stands with its answer.
    """
    return "".join(_wrong(question))


def _wrong(question: Banked) -> Iterator[str]:
    variant = question.variant
    if variant.hint is not None and not isinstance(variant.body, OpenBody):
        yield flow((wording.label("Hint"), *variant.hint))
    match variant.body:
        case NumericBody(wrong=numbers, otherwise=words):
            ranges = ((f"From {number(one.low)} to {number(one.high)}:", one.feedback) for one in numbers)
            yield flow((*words, *_listed(ranges)))
        case ShortBody(wrong=texts, otherwise=words):
            named = ((f"If you wrote {' or '.join(one.accept)}:", one.feedback) for one in texts)
            yield flow((*words, *_listed(named)))
        case OrderBody() as body:
            yield flow(wording.of_order(body))


def _listed(entries: Iterable[tuple[str, Rich]]) -> Rich:
    """Answers with what is said to each; nothing where there are none."""
    items = tuple((Paragraph((Emphasis((Words(lead),)),)), *said) for lead, said in entries)
    return (Listing(items),) if items else ()
