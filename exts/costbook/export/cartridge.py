"""Common Cartridge 1.1: a quiz with the first question of each place, and a question bank with all of them.

A cartridge knows options, short texts and essays. What it does not know becomes a short text: a number, whose key is
listed as it may be spelled; and order and match, answered with a row of numbers or letters.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from string import ascii_uppercase

from costbook import money
from costbook.assessment.items import AnswerUnit
from costbook.assessment.rich import Listing
from costbook.export import replies, wording
from costbook.export.bank import Bank, Banked
from costbook.export.idents import ident, numbers
from costbook.export.losses import Fate, Fates, Feature, Keep
from costbook.export.prose import escaped, flow, inline, number, spellings
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
    Feature.HINT: Fate(
        Keep.PARTLY, "a hint of the cartridge, and with the feedback to a wrong answer; Moodle drops both"
    ),
    Feature.OPEN_HINT: Fate(Keep.PARTLY, "a hint of the cartridge; Moodle drops it"),
    Feature.OPTION_FEEDBACK: Fate(
        Keep.KEPT, "beside each option; where several may be right, some systems show one feedback only"
    ),
    Feature.NUMBER_FEEDBACK: Fate(
        Keep.PARTLY, "one feedback to all wrong numbers lists every mistake with its numbers; Moodle drops it"
    ),
    Feature.TEXT_FEEDBACK: Fate(
        Keep.PARTLY, "one feedback to all wrong texts lists every mistake with its texts; Moodle drops it"
    ),
    Feature.SOLUTION: Fate(Keep.KEPT, "is the general feedback"),
    Feature.TOLERANCE: Fate(
        Keep.LOST,
        "only the key is right, in the spellings listed: the question says how many decimals to give; take another "
        "target where your system has one, or mark these questions by hand",
    ),
    Feature.UNIT: Fate(Keep.PARTLY, "the question names it; the key is right with and without it, not converted"),
    Feature.PARTIAL_CREDIT: Fate(Keep.LOST, "all or nothing, unless your system has a rule of its own"),
    Feature.ORDER: Fate(
        Keep.PARTLY, "becomes a short text: learners write the numbers of the events in order; all or nothing"
    ),
    Feature.MATCH: Fate(
        Keep.PARTLY, "becomes a short text: learners write the letter for each left side; all or nothing"
    ),
    Feature.SHORT_TEXT: Fate(
        Keep.PARTLY,
        "the site overlooks accents, full stops and repeated spaces, a cartridge only capitals: look through the wrong "
        "answers",
    ),
    Feature.OPEN: Fate(Keep.KEPT, "an essay, marked by hand"),
    Feature.RUBRIC: Fate(Keep.LOST, "print the rubric sheet"),
    Feature.SAMPLES: Fate(Keep.LOST, "print the rubric sheet, which has them"),
    Feature.MATHS: Fate(Keep.PARTLY, "stand in one line of text"),
    Feature.TAGS: Fate(
        Keep.PARTLY, "the objective is the question's category; edition, code and version are in the general feedback"
    ),
    Feature.POOLS: Fate(
        Keep.LOST,
        "the quiz has the first question of each place, the question bank all of them: build random groups from it",
    ),
    Feature.STABLE_IDS: Fate(Keep.PARTLY, "ids stay, but most systems import a second copy: delete the first"),
}

SPELT: dict[AnswerUnit, tuple[str, ...]] = {
    AnswerUnit.DOLLARS: ("${}", "{} dollars", "{} USD"),
    AnswerUnit.CENTS: ("{}¢", "{} cents"),
    AnswerUnit.PER_1000_CALLS: ("${}", "{} dollars", "{} dollars per 1,000 calls"),
    AnswerUnit.MICRO_DOLLARS: ("{} micro-dollars",),
    AnswerUnit.PERCENT: ("{}%", "{} %", "{} percent"),
    AnswerUnit.TIMES: ("{}x", "{}×", "{} times"),
    AnswerUnit.TOKENS: ("{} tokens",),
    AnswerUnit.READS: ("{} reads",),
}
"""How a number is written with its unit."""
ENDS_IN_THOUSANDS = re.compile(r"[1-9]\d{0,2},\d{3}")
"""A decimal comma in such a number is read as what parts thousands."""


@dataclass(frozen=True, slots=True)
class _Option:
    """An option; text and feedback are HTML."""

    ident: str
    text: str
    feedback: str
    right: bool


@dataclass(frozen=True, slots=True)
class _Kind:
    """A question type of the cartridge with the options or the texts that are right; ``told`` is how to answer."""

    profile: str
    options: tuple[_Option, ...] = ()
    texts: tuple[str, ...] = ()
    told: str | None = None
    more: str = ""


def write(bank: Bank) -> dict[str, bytes]:
    """The cartridge."""
    name = ident(bank.id)
    quiz, all_ = f"{name}/quiz.xml", f"{name}/bank.xml"
    items = {question.id: _item(bank, question) for question in bank.questions}
    first = [items[pool.questions[0].id] for pool in bank.pools]
    about = f"<p>{escaped(bank.stamp)}, code {escaped(bank.code)}.</p>"
    files = {
        "imsmanifest.xml": render(
            "cartridge_manifest.xml.j2", ident=name, title=bank.title, stamp=bank.stamp, quiz=quiz, bank=all_
        ),
        quiz: render("cartridge_quiz.xml.j2", ident=name, title=bank.title, about=about, items=first),
        all_: render("cartridge_bank.xml.j2", ident=f"{name}_bank", items=list(items.values())),
    }
    return {f"{name}.imscc": archive(files, bank.as_of)}


def _item(bank: Bank, question: Banked) -> dict[str, object]:
    kind, variant = _kind(question), question.variant
    return {
        "ident": ident(question.id),
        "title": question.name,
        "profile": kind.profile,
        "category": variant.objective,
        "points": variant.points,
        "stem": replies.asked(bank, question, kind.told, kind.more),
        "options": kind.options,
        "texts": kind.texts,
        "hint": "" if variant.hint is None else flow(variant.hint),
        "general": flow(wording.solution(bank, question)),
        "right": replies.right(question),
        "otherwise": replies.wrong(question),
    }


def _kind(question: Banked) -> _Kind:
    match question.variant.body:
        case ChoiceBody(options) if len(options) > 2:  # noqa: PLR2004 - the least of a multiple choice in a cartridge
            return _Kind("cc.multiple_choice.v0p1", _options(options))
        case ChoiceBody(options):
            return _Kind("cc.multiple_response.v0p1", _options(options))
        case MultipleBody(options):
            return _Kind("cc.multiple_response.v0p1", _options(options), told="Several may be right.")
        case NumericBody() as body:
            return _Kind("cc.fib.v0p1", texts=spelt(body), told=_rounded(body))
        case OrderBody(events=events, order=order):
            places = {one.id: str(place) for place, one in enumerate(events, start=1)}
            told = f"Write the numbers of the events in order, such as {' '.join(places.values())}. All or nothing."
            listed = Listing(tuple(one.text for one in events), ordered=True)
            return _Kind("cc.fib.v0p1", texts=rows([places[one] for one in order]), told=told, more=flow((listed,)))
        case MatchBody() as body:
            return _matched(body)
        case ShortBody() as body:
            return _Kind("cc.fib.v0p1", texts=spellings(body))
        case OpenBody():
            return _Kind("cc.essay.v0p1")


def _matched(body: MatchBody) -> _Kind:
    letters = dict(zip((one.id for one in body.rights), ascii_uppercase, strict=False))
    lefts = flow((Listing(tuple(one.text for one in body.lefts), ordered=True),))
    rights = "".join(f"<p>{letters[one.id]}. {inline(one.text)}</p>" for one in body.rights)
    sample = " ".join(sorted(letters.values())[: len(body.lefts)])
    told = (
        f"Write the letter that belongs to each number, in the order of the numbers, such as {sample}. All or nothing."
    )
    return _Kind("cc.fib.v0p1", texts=rows([letters[one.id] for one in body.lefts]), told=told, more=lefts + rights)


def _options(options: tuple[Chosen, ...]) -> tuple[_Option, ...]:
    ids = numbers(one.id for one in options)
    return tuple(_Option(f"option{ids[one.id]}", inline(one.text), flow(one.feedback), one.right) for one in options)


def rows(parts: list[str]) -> tuple[str, ...]:
    """How a row of numbers or letters may be written; what has two characters needs something between."""
    joins = (" ", ",", ", ", "-", "; ", *([""] if all(len(part) == 1 for part in parts) else []))
    return tuple(join.join(parts) for join in joins)


def _rounded(body: NumericBody) -> str:
    places = -int(body.key.normalize().as_tuple().exponent)
    digits = f"with {money.some(places, 'decimal')}" if places > 0 else "as a whole number"
    return f"Answer in {UNIT_WORDS[body.unit]}, {digits}. Write the number alone."


def spelt(body: NumericBody) -> tuple[str, ...]:
    """The key as it may be written: the texts that the site reads as this number, and no other number."""
    plain = number(body.key)
    written = [plain]
    if "." in plain and not ENDS_IN_THOUSANDS.fullmatch(plain.replace(".", ",")):
        written.append(plain.replace(".", ","))
    if plain.startswith("0."):
        written.append(plain[1:])
    if abs(body.key) >= Decimal(1000):
        whole, *part = plain.split(".")
        written.append(".".join((f"{int(whole):,}", *part)))
    united = (form.format(one) for one in written for form in SPELT[body.unit])
    return tuple(dict.fromkeys((*written, *united)))
