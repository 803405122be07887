"""QTI 3.0: a package with an item per question and a test that draws one of each place.

It knows all kinds of questions, and its response processing grades them as the site does.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from markupsafe import Markup

from costbook.assessment.rich import Rich
from costbook.export import replies, wording
from costbook.export.bank import Bank, Banked, tags
from costbook.export.idents import ident
from costbook.export.losses import Fate, Fates, Feature, Keep
from costbook.export.prose import flow, inline, number, spellings
from costbook.export.rendering import render
from costbook.export.scoring import sheet
from costbook.export.zips import archive
from costbook.quizzes.resolved import (
    ChoiceBody,
    Chosen,
    Left,
    MatchBody,
    MultipleBody,
    NumericBody,
    OpenBody,
    OrderBody,
    Placed,
    ShortBody,
)

FATES: Fates = {
    Feature.HINT: Fate(Keep.PARTLY, "is shown with the feedback to an answer that does not get all points"),
    Feature.OPEN_HINT: Fate(Keep.LOST, "nothing is shown before a person has marked: give it in class"),
    Feature.OPTION_FEEDBACK: Fate(Keep.KEPT, "is shown for each option chosen"),
    Feature.NUMBER_FEEDBACK: Fate(Keep.KEPT, "is shown for the numbers of each mistake"),
    Feature.TEXT_FEEDBACK: Fate(Keep.KEPT, "is shown for the texts of each mistake"),
    Feature.SOLUTION: Fate(
        Keep.KEPT, "is shown after each answer: let your system show feedback after the last attempt"
    ),
    Feature.TOLERANCE: Fate(Keep.KEPT, "both edges count as right, as bounds that every player compares"),
    Feature.UNIT: Fate(
        Keep.PARTLY, "the question names the unit; learners type the number alone, with a point for decimals"
    ),
    Feature.PARTIAL_CREDIT: Fate(Keep.KEPT, "as on the site"),
    Feature.ORDER: Fate(
        Keep.PARTLY,
        "with the site's credit for each right neighbour; the feedback names all mistakes, not the one made",
    ),
    Feature.MATCH: Fate(Keep.KEPT, "with equal credit and feedback for each pair"),
    Feature.SHORT_TEXT: Fate(
        Keep.PARTLY,
        "the site overlooks accents, full stops and repeated spaces, QTI only capitals: look through the wrong answers",
    ),
    Feature.OPEN: Fate(Keep.KEPT, "an essay, marked by a person"),
    Feature.RUBRIC: Fate(Keep.PARTLY, "a table that only those who mark may see; its points are added up by hand"),
    Feature.SAMPLES: Fate(Keep.KEPT, "below the rubric"),
    Feature.MATHS: Fate(Keep.PARTLY, "stand in one line of text: not every player shows MathML"),
    Feature.TAGS: Fate(Keep.PARTLY, "keywords of each item in the manifest; not every system shows them"),
    Feature.POOLS: Fate(Keep.KEPT, "a section per place, of which a learner gets one item"),
    Feature.STABLE_IDS: Fate(
        Keep.PARTLY, "each item has its identifier; whether a second import updates it is up to your system"
    ),
}


def write(bank: Bank) -> dict[str, bytes]:
    """The package."""
    name = ident(bank.id)
    items = {question.id: _item(bank, question) for question in bank.questions}
    sections = [
        {
            "ident": ident(f"pool.{pool.id}"),
            "title": bank.label(pool),
            "items": [items[question.id] for question in pool.questions],
        }
        for pool in bank.pools
    ]
    files = {
        "imsmanifest.xml": render(
            "qti3_manifest.xml.j2",
            ident=name,
            title=bank.title,
            stamp=bank.stamp,
            test="test.xml",
            items=list(items.values()),
        ),
        "test.xml": render("qti3_test.xml.j2", ident=name, title=bank.title, sections=sections),
        **{item["href"]: render("qti3_item.xml.j2", item=item) for item in items.values()},
    }
    return {f"{name}-qti3.zip": archive(files, bank.as_of)}


def _item(bank: Bank, question: Banked) -> dict[str, Any]:
    """What the template of an item needs."""
    variant = question.variant
    name = ident(question.id)
    hinted = variant.hint is not None and not isinstance(variant.body, OpenBody)
    kind = _kind(question)
    return {
        "ident": name,
        "href": f"items/{name}.xml",
        "title": question.name,
        "tags": tags(bank, question),
        "points": variant.points,
        "stem": Markup(replies.asked(bank, question, _told(question))),
        "hinted": hinted,
        "mapping": (),
        "mistakes": (),
        **kind,
        "feedback": {
            **{one: _said(words) for one, words in kind["feedback"].items()},
            **({"hint": _said((wording.label("Hint"), *(variant.hint or ())))} if hinted else {}),
            "solution": _said(wording.solution(bank, question)),
        },
    }


def _told(question: Banked) -> str | None:
    if isinstance(question.variant.body, MatchBody):
        return "Each pair earns an equal part of the points; each left side has one partner."
    return None


def _said(rich: Rich) -> Markup:
    return Markup(flow(rich))


def _kind(question: Banked) -> dict[str, Any]:
    """Response, interaction and feedback of a question, by what it is answered with."""
    match question.variant.body:
        case ChoiceBody(options):
            return {**_chosen(options), "kind": "choice", "cardinality": "single", "most": 1}
        case MultipleBody(options):
            right = sum(one.right for one in options)
            return {
                **_chosen(options),
                "kind": "multiple-choice",
                "cardinality": "multiple",
                "most": 0,
                "mapping": [(_option(one), 1 if one.right else -1) for one in options],
                "whole": right,
            }
        case NumericBody() as body:
            return _number(body)
        case OrderBody() as body:
            return _order(body)
        case MatchBody() as body:
            return _match(body)
        case ShortBody() as body:
            return _short(body)
        case OpenBody() as body:
            return {
                "kind": "open",
                "cardinality": "single",
                "type": "string",
                "right": (),
                "rubric": Markup(sheet(body)),
                "feedback": {},
            }


def _chosen(options: tuple[Chosen, ...]) -> dict[str, Any]:
    return {
        "type": "identifier",
        "right": [_option(one) for one in options if one.right],
        "options": [_shown(one) for one in options],
        "feedback": {_option(one): one.feedback for one in options},
    }


def _option(one: Chosen | Placed) -> str:
    return ident(f"option.{one.id}")


def _left(one: Left) -> str:
    return ident(f"left.{one.id}")


def _shown(one: Chosen | Placed) -> dict[str, Any]:
    return {"ident": _option(one), "text": Markup(inline(one.text))}


def _number(body: NumericBody) -> dict[str, Any]:
    mistakes = {f"mistake-{place}": one for place, one in enumerate(body.wrong, start=1)}
    return {
        "kind": "numeric",
        "cardinality": "single",
        "type": "float",
        "right": [number(body.key)],
        "length": 16,
        "low": number(body.low),
        "high": number(body.high),
        "mistakes": [
            {"ident": name, "low": number(one.low), "high": number(one.high)} for name, one in mistakes.items()
        ],
        "feedback": {
            "right": body.right,
            "wrong": body.otherwise,
            **{name: one.feedback for name, one in mistakes.items()},
        },
    }


def _short(body: ShortBody) -> dict[str, Any]:
    mistakes = {f"mistake-{place}": one for place, one in enumerate(body.wrong, start=1)}
    return {
        "kind": "short-text",
        "cardinality": "single",
        "type": "string",
        "right": [body.shown],
        "length": 40,
        "mapping": [(text, 1) for text in spellings(body)],
        "whole": 1,
        "mistakes": [{"ident": name, "texts": one.accept} for name, one in mistakes.items()],
        "feedback": {
            "right": body.right,
            "wrong": body.otherwise,
            **{name: one.feedback for name, one in mistakes.items()},
        },
    }


def _order(body: OrderBody) -> dict[str, Any]:
    names = {one.id: _option(one) for one in body.events}
    right = [names[one] for one in body.order]
    return {
        "kind": "order",
        "cardinality": "ordered",
        "type": "identifier",
        "right": right,
        "options": [_shown(one) for one in body.events],
        "neighbours": list(pairwise(right)),
        "whole": len(right) - 1,
        "feedback": {"right": body.right, "wrong": wording.of_order(body)},
    }


def _match(body: MatchBody) -> dict[str, Any]:
    partners = {one.id: _option(one) for one in body.rights}
    pairs = [f"{_left(one)} {partners[one.id]}" for one in body.lefts]
    return {
        "kind": "match",
        "cardinality": "multiple",
        "type": "directedPair",
        "right": pairs,
        "mapping": [(pair, 1) for pair in pairs],
        "whole": len(pairs),
        "lefts": [
            {"ident": _left(one), "partner": partners[one.id], "text": Markup(inline(one.text))} for one in body.lefts
        ],
        "options": [_shown(one) for one in body.rights],
        "feedback": {"right": body.right, **{_left(one): one.feedback for one in body.lefts}},
    }
