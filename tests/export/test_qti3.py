"""The QTI 3.0 package, read back and graded by its own response processing."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest
from lxml import etree
from tests.export import samples, site
from tests.export.packages import parsed, said, squeezed, unzipped, words_of, writable
from tests.export.qti3 import NS, Attempt, Q
from tests.export.qti12 import tag
from tests.sphinx_ext.quiz_pages import RUBRIC

from costbook.export import qti3
from costbook.export.bank import Bank, Banked, tags
from costbook.export.losses import Feature
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

BANKS = (*samples.real_banks(), samples.sample(), samples.bank(samples.NUMBERS, id="numbers"))
MANIFEST = {"m": "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1", "lom": "http://ltsc.ieee.org/xsd/LOM"}
ITEM_ORDER = [
    "qti-response-declaration",
    "qti-outcome-declaration",
    "qti-item-body",
    "qti-response-processing",
    "qti-modal-feedback",
]


def files(bank: Bank) -> dict[str, bytes]:
    ((name, content),) = qti3.write(bank).items()
    assert name.endswith("-qti3.zip")
    return unzipped(content)


def resources(bank: Bank) -> dict[str, list[etree._Element]]:
    """The resources that the manifest names, by type; every file is one's, and is there."""
    found = files(bank)
    manifest = parsed(found["imsmanifest.xml"])
    by_type: dict[str, list[etree._Element]] = {}
    for one in manifest.iterfind("m:resources/m:resource", MANIFEST):
        by_type.setdefault(one.get("type"), []).append(one)
        (file,) = one.iterfind("m:file", MANIFEST)
        assert file.get("href") == one.get("href")
    hrefs = [one.get("href") for ones in by_type.values() for one in ones]
    assert sorted([*hrefs, "imsmanifest.xml"]) == sorted(found)
    identifiers = [one.get("identifier") for ones in by_type.values() for one in ones]
    assert len(set(identifiers)) == len(identifiers)
    return by_type


def paired(bank: Bank) -> Iterator[tuple[Banked, etree._Element]]:
    """Questions with their items, found by the test, which names them in the same order."""
    found = files(bank)
    test = parsed(found["test.xml"])
    refs = [one.get("href") for one in test.iter(f"{Q}qti-assessment-item-ref")]
    for question, href in zip(bank.questions, refs, strict=True):
        yield question, parsed(found[href])


def visible(node: etree._Element) -> str:
    return said(etree.tostring(node, encoding="unicode", with_tail=False))


def shown(item: etree._Element, name: str) -> dict[str, str]:
    """What is seen of all elements of a name -> their identifiers."""
    return {visible(one): one.get("identifier") for one in item.iter(f"{Q}{name}")}


def as_given(body: Body, item: etree._Element, response: site.Response) -> list[str]:
    """The value of the response variable for a learner who means a response."""
    match body, response:
        case (ChoiceBody(options) | MultipleBody(options), frozenset()):
            found = shown(item, "qti-simple-choice")
            return [found[words_of(one.text)] for one in options if one.id in response]
        case NumericBody(), Decimal():
            return [f"{response:f}"]
        case ShortBody(), str():
            return [response]
        case OrderBody(events=events), tuple():
            found = shown(item, "qti-simple-choice")
            texts = {one.id: words_of(one.text) for one in events}
            return [found[texts[one]] for one in response]
        case MatchBody(lefts=lefts, rights=rights), dict():
            found = shown(item, "qti-simple-associable-choice")
            texts = {one.id: words_of(one.text) for one in rights}
            return [f"{found[words_of(one.text)]} {found[texts[response[one.id]]]}" for one in lefts]
    raise TypeError(body)


@pytest.mark.parametrize("bank", BANKS, ids=lambda bank: bank.id)
def test_it_grades_as_the_site(bank: Bank) -> None:
    for question, item in paired(bank):
        body, points = question.variant.body, question.variant.points
        if isinstance(body, OpenBody):
            continue
        for number, response in enumerate(site.responses(body)):
            attempt = Attempt(item, as_given(body, item, response))
            assert attempt.score == pytest.approx(float(points * site.grade(body, response)), abs=1e-12), question.id
            if number == 0:
                assert attempt.score == points


@pytest.mark.parametrize("bank", BANKS, ids=lambda bank: bank.id)
def test_nothing_answered_is_worth_nothing(bank: Bank) -> None:
    for _, item in paired(bank):
        assert Attempt(item, []).score == 0


def test_a_price_below_a_cent() -> None:
    """0.0081 dollars within 0.00005: the key, both edges and what two mistakes answer."""
    ((_, item),) = paired(samples.bank([samples.SUB_CENT]))
    grades = {"0.0081": 2, "0.00805": 2, "0.00815": 2, "0.00804": 0, "0.00816": 0, "0.0189": 0, "0.0045": 0}
    assert {text: Attempt(item, [text]).score for text in grades} == grades
    assert "swapped-rates" in said_of(item, Attempt(item, ["0.0189"]))
    assert item.find(".//q:qti-equal", NS) is None


def said_of(item: etree._Element, attempt: Attempt) -> str:
    """All feedback that an attempt is shown."""
    texts = {one.get("identifier"): visible(one) for one in item.iterfind("q:qti-modal-feedback", NS)}
    return " ".join(texts[one] for one in attempt.feedback)


def expected(body: Body, response: site.Response) -> list[str]:
    """What the site says to a response, beside the solution; of an order, only whether it is right."""
    whole = site.grade(body, response) == 1
    match body, response:
        case (ChoiceBody(options) | MultipleBody(options), frozenset()):
            return [words_of(one.feedback) for one in options if one.id in response]
        case NumericBody(wrong=wrong), Decimal():
            hit = next((one.feedback for one in wrong if one.low <= response <= one.high), body.otherwise)
            return [words_of(body.right if whole else hit)]
        case OrderBody(), tuple():
            return ["right" if whole else "wrong"]
        case MatchBody(lefts=lefts), dict():
            return (
                [words_of(body.right)]
                if whole
                else [words_of(one.feedback) for one in lefts if response[one.id] != one.id]
            )
        case ShortBody(wrong=texts), str():
            named = (one.feedback for one in texts if site.fold(response) in one.accept)
            return [words_of(body.right if whole else next(named, body.otherwise))]
    raise TypeError(body)


def test_it_says_what_the_site_says() -> None:
    for question, item in paired(samples.sample()):
        variant = question.variant
        if isinstance(variant.body, OpenBody):
            continue
        texts = {visible(one): one.get("identifier") for one in item.iterfind("q:qti-modal-feedback", NS)}
        for response in site.responses(variant.body):
            attempt = Attempt(item, as_given(variant.body, item, response))
            whole = attempt.score == variant.points
            hinted = ["hint"] if variant.hint and not whole else []
            found = [texts.get(words, words) for words in expected(variant.body, response)]
            assert sorted(attempt.feedback) == sorted([*found, *hinted, "solution"]), (question.id, response)


@pytest.mark.parametrize("bank", BANKS, ids=lambda bank: bank.id)
def test_the_test_draws_one_item_of_each_place(bank: Bank) -> None:
    test = parsed(files(bank)["test.xml"])
    sections = list(test.iterfind("q:qti-test-part/q:qti-assessment-section", NS))
    assert [one.find("q:qti-selection", NS).get("select") for one in sections] == ["1"] * len(bank.pools)
    counts = [len(one.findall("q:qti-assessment-item-ref", NS)) for one in sections]
    assert counts == [len(pool.questions) for pool in bank.pools]
    assert all(tag(one[0]) == "qti-selection" for one in sections)
    known = {one.get("identifier"): one.get("href") for one in resources(bank)["imsqti_item_xmlv3p0"]}
    refs = {one.get("identifier"): one.get("href") for one in test.iter(f"{Q}qti-assessment-item-ref")}
    assert refs == known
    (whole,) = resources(bank)["imsqti_test_xmlv3p0"]
    assert {one.get("identifierref") for one in whole.iterfind("m:dependency", MANIFEST)} == set(known)


@pytest.mark.parametrize("bank", BANKS, ids=lambda bank: bank.id)
def test_items_are_put_together_as_the_schema_asks(bank: Bank) -> None:
    for question, item in paired(bank):
        places = [ITEM_ORDER.index(tag(one)) for one in item]
        assert places == sorted(places), question.id
        assert item.get("time-dependent") == "false"
        ids = [one.get("identifier") for one in item.iterfind("q:qti-modal-feedback", NS)]
        assert len(set(ids)) == len(ids)
        choices = [
            one.get("identifier") for one in item.iter(f"{Q}qti-simple-choice", f"{Q}qti-simple-associable-choice")
        ]
        assert len(set(choices)) == len(choices)
        maximum = item.find("q:qti-outcome-declaration[@identifier='SCORE']", NS).get("normal-maximum")
        assert maximum == str(question.variant.points)
        # No paragraph in a paragraph: HTML would end the first.
        assert item.find(".//q:p//q:p", NS) is None


@pytest.mark.parametrize("bank", BANKS, ids=lambda bank: bank.id)
def test_every_item_says_its_edition_and_carries_its_tags(bank: Bank) -> None:
    known = {one.get("identifier"): one for one in resources(bank)["imsqti_item_xmlv3p0"]}
    for question, item in paired(bank):
        assert squeezed(bank.stamp)[1:] in visible(item.find("q:qti-item-body", NS))
        solution = item.find("q:qti-modal-feedback[@identifier='solution']", NS)
        assert question.digest in visible(solution)
        assert solution.xpath("boolean(.//q:a[@href='https://example.org/editions.html?a=1&b=2'])", namespaces=NS)
        keywords = known[item.get("identifier")].iterfind(".//lom:keyword/lom:string", MANIFEST)
        assert tuple(one.text for one in keywords) == tags(bank, question)


def test_an_open_question_is_marked_by_a_person_who_sees_the_rubric() -> None:
    (item,) = (item for question, item in paired(samples.sample()) if isinstance(question.variant.body, OpenBody))
    assert item.find("q:qti-outcome-declaration[@identifier='SCORE']", NS).get("external-scored") == "human"
    block = item.find(".//q:qti-rubric-block[@view='scorer']", NS)
    for criterion in RUBRIC.criteria:
        assert squeezed(criterion.title) in visible(block)
        assert all(squeezed(text) in visible(block) for _, text in criterion.levels)
    assert "Complete,4of4points" in visible(block)
    assert [tag(one) for one in item.iter() if "interaction" in tag(one)] == ["qti-extended-text-interaction"]


@pytest.mark.parametrize("said_by_author", samples.HOSTILE, ids=range(len(samples.HOSTILE)))
def test_texts_are_never_markup(said_by_author: str) -> None:
    bank = samples.hostile(said_by_author)
    clean = squeezed(writable(said_by_author))
    for _, item in paired(bank):
        assert visible(item.find("q:qti-item-body", NS)).startswith(clean)
        for one in item.iter(f"{Q}qti-simple-choice", f"{Q}qti-simple-associable-choice"):
            assert visible(one).startswith(clean)
        for feedback in item.iterfind("q:qti-modal-feedback", NS):
            assert clean in visible(feedback)
    assert squeezed(parsed(files(bank)["test.xml"]).get("title")) == clean


def test_a_wrong_order_hears_of_every_mistake() -> None:
    (pair,) = (pair for pair in paired(samples.sample()) if isinstance(pair[0].variant.body, OrderBody))
    body, item = pair[0].variant.body, pair[1]
    assert isinstance(body, OrderBody)
    attempt = Attempt(item, as_given(body, item, tuple(reversed(body.order))))
    assert attempt.score == 0
    assert all(words_of(one.feedback) in said_of(item, attempt) for one in body.mistakes)


def test_nothing_is_used_that_players_get_wrong() -> None:
    """A widely used player does not know tolerances, places by number, and pairs as values."""
    for _, item in paired(samples.sample()):
        used = {tag(one) for one in item.iter(f"{Q}*")}
        assert used.isdisjoint({"qti-equal", "qti-index"})
        types = {one.get("base-type") for one in item.iter(f"{Q}qti-base-value")}
        assert types <= {"float", "identifier", "string"}


def test_the_same_bank_gives_the_same_bytes() -> None:
    assert qti3.write(samples.sample()) == qti3.write(samples.sample())


def test_every_feature_has_its_fate() -> None:
    assert set(qti3.FATES) == set(Feature)
