"""The GIFT file: read by ``gift-pegjs``, a parser of others, and marked from its tree alone."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import cache
from itertools import islice, permutations, product
from typing import IO, Any
from xml.etree.ElementTree import Element

import pytest
from defusedxml import ElementTree
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.browser.gates.node import REPOSITORY, module
from tests.export import sample_banks, site_marking
from tests.export.sample_banks import PAGE, bank, book_banks, every_kind, hostile, numeric, sub_cent

from costbook.assessment.items import AnswerUnit
from costbook.assessment.rich import Rich, to_plain, words
from costbook.export.bank import Bank, Banked, tags
from costbook.export.gift import FATES, write
from costbook.export.losses import Feature, Keep
from costbook.quizzes.resolved import (
    ChoiceBody,
    MatchBody,
    MultipleBody,
    NumericBody,
    OpenBody,
    OrderBody,
    ShortBody,
    Variant,
)

# --- the parser, and how its tree is marked ---------------------------------------------------------------------------

SCRIPT = """
const { parse } = require("gift-pegjs");
require("readline").createInterface({ input: process.stdin }).on("line", (line) => {
  let answer;
  try { answer = { tree: parse(JSON.parse(line)) }; } catch (error) { answer = { error: error.message }; }
  console.log(JSON.stringify(answer));
});
"""
Tree = dict[str, Any]
PLACED = {"&&058;": ":", "&&035;": "#", "&&061;": "=", "&&123;": "{", "&&125;": "}", "&&126;": "~", "&&092;": "\\"}
"""The parser leaves its own signs for escaped characters in the right sides of pairs."""


class Parser:
    """``gift-pegjs`` in one process of Node for all files."""

    def __init__(self, given: IO[str], answers: IO[str]) -> None:
        self.given, self.answers = given, answers
        self.known: dict[str, list[Tree]] = {}

    def trees(self, text: str) -> list[Tree]:
        """What is in a file; the same file is parsed once."""
        if text not in self.known:
            self.known[text] = self._parsed(text)
        return self.known[text]

    def _parsed(self, text: str) -> list[Tree]:
        self.given.write(json.dumps(text) + "\n")
        self.given.flush()
        answer = json.loads(self.answers.readline())
        assert "tree" in answer, answer["error"]
        return list(answer["tree"])


@pytest.fixture(scope="module")
def parser() -> Iterator[Parser]:
    assert json.loads(module("gift-pegjs/package.json").read_text(encoding="utf-8"))["version"] == "1.0.2"
    pipe = subprocess.PIPE
    with subprocess.Popen(
        ["node", "-e", SCRIPT], cwd=REPOSITORY, stdin=pipe, stdout=pipe, text=True, encoding="utf-8"
    ) as process:
        assert process.stdin
        assert process.stdout
        yield Parser(process.stdin, process.stdout)
        process.stdin.close()


@cache
def text_of(found: Bank) -> str:
    (document,) = write(found).values()
    return document.decode()


def read(parser: Parser, found: Bank) -> list[tuple[str, Tree]]:
    """The questions with the category they are in."""
    questions, category = [], ""
    for tree in parser.trees(text_of(found)):
        if tree["type"] == "Category":
            category = tree["title"]
        else:
            questions.append((category, tree))
    return questions


def questions(parser: Parser, found: Bank) -> Iterator[tuple[Banked, Tree]]:
    return zip(found.questions, (tree for _, tree in read(parser, found)), strict=True)


def weight(choice: Tree) -> float:
    """The part of the mark: what the percentage says, else all of it behind = and nothing behind ~."""
    return float(choice["isCorrect"]) if choice["weight"] is None else choice["weight"] / 100


def said(text: Tree | None) -> str:
    """The letters and digits of a text."""
    if text is None:
        return ""
    if text["format"] != "html":
        return re.sub(r"[\W_]+", "", text["text"])
    return re.sub(r"[\W_]+", "", "".join(html(text["text"]).itertext()))


def html(text: str) -> Element:
    return ElementTree.fromstring(f"<div>{text}</div>")


def letters(rich: Rich) -> str:
    return re.sub(r"[\W_]+", "", to_plain(rich))


def chosen(tree: Tree, places: Sequence[int]) -> float:
    return min(1.0, max(0.0, sum(weight(tree["choices"][place]) for place in places)))


def typed(tree: Tree, value: Decimal) -> tuple[float, str]:
    """The first choice that the number fits, to 14 digits as in Moodle; ``~`` alone is any number."""
    for choice in tree["choices"]:
        answer = choice["text"]
        if answer.get("type") == "range":
            middle, around = answer["number"], answer["range"]
            around += 1e-14 * max(around, abs(middle), 1e-14)
            if not middle - around <= float(value) <= middle + around:
                continue
        else:
            assert answer["text"] == "*"
        return weight(choice), said(choice["feedback"])
    return 0.0, ""


def wrote(tree: Tree, text: str) -> tuple[float, str]:
    """The first choice that is the text, whatever its case; an asterisk stands for any text."""
    for choice in tree["choices"]:
        parts = re.split(r"(?<!\\)\*", choice["text"]["text"])
        expression = ".*".join(re.escape(part.replace(r"\*", "*")) for part in parts)
        if re.fullmatch(expression, text.strip(), re.IGNORECASE):
            return weight(choice), said(choice["feedback"])
    return 0.0, ""


def pairs(tree: Tree) -> list[tuple[str, str]]:
    """Left and right sides, as letters."""
    found = []
    for pair in tree["matchPairs"]:
        right = re.sub("|".join(PLACED), lambda sign: PLACED[sign[0]], pair["subanswer"])
        found.append((said(pair["subquestion"]), said({"format": "html", "text": right})))
    return found


BANKS = (*book_banks(), every_kind())


def of(parser: Parser, kind: type) -> list[tuple[Banked, Tree]]:
    every = [pair for banked in BANKS for pair in questions(parser, banked)]
    found = [(question, tree) for question, tree in every if isinstance(question.variant.body, kind)]
    assert found
    return found


# --- the same marks ---------------------------------------------------------------------------------------------------


def test_every_question_is_there_and_can_be_answered_in_full(parser: Parser) -> None:
    types = {ChoiceBody: "MC", MultipleBody: "MC", NumericBody: "Numerical", OrderBody: "Matching",
             MatchBody: "Matching", ShortBody: "Short", OpenBody: "Essay"}  # fmt: skip
    for banked in BANKS:
        for question, tree in questions(parser, banked):
            assert tree["type"] == types[type(question.variant.body)]
            assert tree["hasEmbeddedAnswers"] is False
            if tree["type"] == "MC":
                full = [place for place, choice in enumerate(tree["choices"]) if weight(choice) > 0]
                assert chosen(tree, full) == pytest.approx(1, abs=1e-6)
            elif tree["type"] in {"Numerical", "Short"}:
                assert weight(tree["choices"][0]) == 1


def test_choices_get_the_marks_and_the_feedback_of_the_site(parser: Parser) -> None:
    for question, tree in of(parser, ChoiceBody):
        body = question.variant.body
        assert isinstance(body, ChoiceBody)
        assert sum(choice["isCorrect"] for choice in tree["choices"]) == 1
        assert len(tree["choices"]) == len(body.options)
        for place, option in enumerate(body.options):
            choice = tree["choices"][place]
            assert chosen(tree, [place]) == float(site_marking.ticked(body, [option.id]))
            assert (said(choice["text"]), said(choice["feedback"])) == (letters(option.text), letters(option.feedback))


def test_every_combination_of_ticks_gets_the_marks_of_the_site(parser: Parser) -> None:
    for question, tree in of(parser, MultipleBody):
        body = question.variant.body
        assert isinstance(body, MultipleBody)
        assert not any(choice["isCorrect"] for choice in tree["choices"]), "with = there is one right option"
        assert [said(one["feedback"]) for one in tree["choices"]] == [letters(one.feedback) for one in body.options]
        for made in product((False, True), repeat=len(body.options)):
            places = [place for place, ticked in enumerate(made) if ticked]
            here = site_marking.ticked(body, [body.options[place].id for place in places])
            assert chosen(tree, places) == pytest.approx(float(here), abs=1e-6)


def test_numbers_get_the_marks_and_the_feedback_of_the_site_at_every_edge(parser: Parser) -> None:
    for question, tree in of(parser, NumericBody):
        body = question.variant.body
        assert isinstance(body, NumericBody)
        windows = [(body.low, body.key, body.high), *((one.low, one.value, one.high) for one in body.wrong)]
        for low, value, high in windows:
            step = max(abs(low), abs(high)) * Decimal("1e-12")
            beside = [end + off for end in (low, high) for off in (-step, 0, step)]
            for asked in (value, *beside, Decimal(0), Decimal("-7.77"), Decimal("987654321.123")):
                marks, feedback = site_marking.typed(body, asked)
                assert typed(tree, asked) == (float(marks), letters(feedback)), (question.id, asked)


def test_the_sub_cent_case(parser: Parser) -> None:
    ((_, tree),) = questions(parser, bank(sub_cent()))
    asked = ("0.0081", "0.00805", "0.00815", "0.0080", "0.008045", "0.008155", "0.0082", "0.0189")
    assert [one for one in asked if typed(tree, Decimal(one))[0] == 1] == ["0.0081", "0.00805", "0.00815"]
    assert typed(tree, Decimal("0.0189")) == (0, "Swapped")
    assert typed(tree, Decimal("0.0082")) == (0, "Multiplyandadd")
    assert "\n=%100%0.0081:0.00005#" in text_of(bank(sub_cent()))


@settings(max_examples=40, deadline=None)
@given(
    st.decimals(-(10**6), 10**6, places=4), st.decimals(0, 1000, places=5), st.decimals(0, 1000, places=5),
    st.decimals(-1100, 1100, places=6),
)  # fmt: skip
def test_any_window_gets_the_marks_of_the_site(
    parser: Parser, key: Decimal, below: Decimal, above: Decimal, off: Decimal
) -> None:
    body = NumericBody(AnswerUnit.CENTS, key, key - below, key + above, (), words("Yes."), words("No."))
    ((_, tree),) = questions(parser, bank(numeric("any", body)))
    for asked in (key, body.low, body.high, key + off):
        assert typed(tree, asked)[0] == float(site_marking.typed(body, asked)[0])


def test_matches_get_the_marks_of_the_site(parser: Parser) -> None:
    for question, tree in of(parser, MatchBody):
        body = question.variant.body
        assert isinstance(body, MatchBody)
        found = pairs(tree)
        rights = {right.id: letters(right.text) for right in body.rights}
        assert [left for left, _ in found if left] == [letters(left.text) for left in body.lefts]
        assert sorted(right for _, right in found) == sorted(rights.values()), "extra right sides are offered, too"
        keys = {left: right for left, right in found if left}
        for made in islice(product(rights, repeat=len(keys)), 0, None, 1 if len(keys) < 4 else 97):
            here = site_marking.matched(body, dict(zip((one.id for one in body.lefts), made, strict=True)))
            fitting = sum(rights[right] == keys[left] for left, right in zip(keys, made, strict=True))
            assert fitting / len(keys) == float(here)


def test_orders_become_matching_and_are_marked_as_the_loss_report_says(parser: Parser) -> None:
    """A match of events with places: each in its place counts. A shift by one keeps pairs and loses every place."""
    for question, tree in of(parser, OrderBody):
        body = question.variant.body
        assert isinstance(body, OrderBody)
        text = {event.id: letters(event.text) for event in body.events}
        places = dict(pairs(tree))
        assert places == {text[event]: str(place) for place, event in enumerate(body.order, start=1)}
        assert list(places) == [text[event.id] for event in body.events], "in the order shown"
        size = len(body.order)
        for made in islice(permutations(body.order), 0, None, 1 if size < 5 else 31):
            here = site_marking.ordered(body, made)
            marks = sum(places[text[event]] == str(place) for place, event in enumerate(made, start=1)) / size
            assert (marks == 1) == (here == 1)
        shifted = (*body.order[1:], body.order[0])
        assert site_marking.ordered(body, shifted) == Fraction(size - 2, size - 1)
        assert not any(places[text[event]] == str(place) for place, event in enumerate(shifted, start=1))
        assert "Eacheventinitsplaceearnsanequalpart" in said(tree["stem"])
    named = FATES[Feature.ORDER]
    assert named.keep is Keep.PARTLY
    assert "each event in its place earns an equal part, instead of each neighbouring pair" in named.how


def test_listed_texts_get_the_marks_and_the_feedback_of_the_site(parser: Parser) -> None:
    for question, tree in of(parser, ShortBody):
        body = question.variant.body
        assert isinstance(body, ShortBody)
        listed = [body.shown, *body.accept, *(text for one in body.wrong for text in one.accept), "zebra", "*"]
        for text in (form for one in listed for form in (one, one.upper(), f" {one} ")):
            marks, feedback = site_marking.wrote(body, text)
            assert wrote(tree, text) == (float(marks), letters(feedback)), text


def short(*accept: str) -> Variant:
    variant = next(one for one in sample_banks.variants() if isinstance(one.body, ShortBody))
    return replace(variant, body=ShortBody(accept[0], accept, (), words("Right."), words("No.")))


def test_texts_that_look_like_gift_stand_for_themselves(parser: Parser) -> None:
    texts = ("2*3", "a->b", "[html]x", "50%", "%50%x", "=a~b#c{d}:e", "c:\\new", "// no comment", "T", "TRUE")
    for text in texts:
        ((_, tree),) = questions(parser, bank(short(text)))
        assert tree["type"] == "Short"
        assert wrote(tree, text) == (1, "Right"), text
        assert wrote(tree, f"{text} zebra") == (0, "No"), text


def test_what_stands_for_an_arrow_is_what_the_loss_report_names(parser: Parser) -> None:
    ((_, tree),) = questions(parser, bank(short("a->b")))
    assert [wrote(tree, text)[0] for text in ("a->b", "a-more>b", "ab")] == [1, 1, 0]
    assert "“->”" in FATES[Feature.SHORT_TEXT].how


def test_open_answers_are_essays(parser: Parser) -> None:
    for question, tree in of(parser, OpenBody):
        body = question.variant.body
        assert isinstance(body, OpenBody)
        assert f"Write{body.least_words}to{body.most_words}words" in said(tree["stem"])
        assert letters(body.model_answer) in said(tree["globalFeedback"])


# --- what goes with a question ----------------------------------------------------------------------------------------


def test_stem_solution_origin_id_and_tags_are_there(parser: Parser) -> None:
    for banked in BANKS:
        for question, tree in questions(parser, banked):
            after = tree["globalFeedback"]["text"]
            assert tree["title"] == question.name
            assert tree["stem"]["format"] == tree["globalFeedback"]["format"] == "html"
            if len(question.id) <= 100:  # a longer one is cut as in Moodle XML
                assert tree["id"] == question.id
            assert tree["tags"] == list(tags(banked, question))
            for word in (question.digest, banked.stamp, question.variant.code):
                assert word in after
            assert PAGE in [link.get("href") for link in html(after).iter("a")]


def test_each_pool_is_a_category_that_says_its_points(parser: Parser) -> None:
    (banked,) = [one for one in book_banks() if one.id == "the-life-of-a-token-check"]
    found = list(dict.fromkeys(category for category, _ in read(parser, banked)))
    start = f"$course$/top/Check: the life of a token/Edition {banked.edition}/"
    assert found[0].startswith(f"{start}1 of 5 (2 points): ")
    assert found[1].startswith(f"{start}2 of 5 (3 points): ")
    assert len(found) == len(banked.pools)


# --- hostile texts ----------------------------------------------------------------------------------------------------

PAYLOADS = (
    "~=#{}:",
    "\\~\\=\\#\\{\\}\\:\\n\\\\",
    "}\n\n::next::{T}\n\n",
    "\r\n//comment\r\r$CATEGORY: x\r\r",
    "\x0b\x0c\x85\u2028\u2029 lines",
    "[html][plain]]",
    "->",
    "=%100%x ~%-50%y####z",
    "<script>alert(1)</script>]]>",
    "&&058; &amp; \"'`",
    "a\x00b\ud800c",
    "\u202eשלום\u2066",
    "long " * 100,
    "",
)


def shown(text: str) -> str:
    """A text without space, and without what no XML may hold."""
    return "".join(re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "", text).split())


def check(parser: Parser, found: Bank) -> list[Tree]:
    (name,) = write(found)
    assert re.fullmatch(r"[A-Za-z0-9._-]+\.gift\.txt", name)
    trees = [tree for _, tree in questions(parser, found)]
    assert [tree["type"] for tree in trees] == [
        {ChoiceBody: "MC", MultipleBody: "MC", NumericBody: "Numerical", OrderBody: "Matching", MatchBody: "Matching",
         ShortBody: "Short", OpenBody: "Essay"}[type(question.variant.body)] for question in found.questions
    ]  # fmt: skip
    assert len({tree["id"] for tree in trees}) == len(trees)
    assert all(len(tree["id"]) <= 100 for tree in trees)
    for tree in trees:
        html(tree["stem"]["text"])
        html(tree["globalFeedback"]["text"])
    return trees


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_texts_stay_texts(parser: Parser, payload: str) -> None:
    for tree in check(parser, hostile(lambda text: f"{text}{payload}")):
        stem = "".join(html(tree["stem"]["text"]).itertext()).replace("\ufffd", "")
        assert shown(payload) in shown(stem)


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(exclude_categories=()) | st.sampled_from("~=#{}:\\\n\r[]*%/->$"), max_size=30))
def test_any_text_stays_a_text(parser: Parser, text: str) -> None:
    check(parser, hostile(lambda old: f"{old}{text}"))


# --- the file ---------------------------------------------------------------------------------------------------------


def test_no_line_of_a_question_is_empty_or_a_comment_but_the_first() -> None:
    """Moodle ends a question at an empty line, also at one that is ``0``, and takes lines with ``//`` out."""
    for banked in (*BANKS, hostile(lambda text: f"{text}\n\n// x\n0\n")):
        for block in text_of(banked).rstrip("\n").split("\n\n"):
            first, *lines = block.split("\n")
            assert first.startswith(("// [id:", "$CATEGORY: "))
            assert all(line.strip() not in {"", "0"} and not line.startswith("//") for line in lines)


def test_the_same_bank_gives_the_same_bytes() -> None:
    assert list(write(every_kind())) == ["sample.gift.txt"]
    assert write(every_kind()) == write(every_kind())


def test_every_feature_has_its_fate() -> None:
    assert set(FATES) == set(Feature)
    lost = {feature for feature, fate in FATES.items() if fate.keep is Keep.LOST}
    assert lost == {Feature.HINT, Feature.OPEN_HINT, Feature.RUBRIC, Feature.SAMPLES}
