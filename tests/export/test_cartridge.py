"""The Common Cartridge: its documents follow their schemas, are read back and graded, and also as Moodle reads them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

import pytest
from bs4 import BeautifulSoup
from lxml import etree
from tests.export import samples, site
from tests.export.packages import parsed, said, squeezed, unzipped, words_of, writable
from tests.export.qti12 import NS, Given, Item, tag
from tests.sphinx_ext.quiz_pages import SLOTS

from costbook.assessment.items import AnswerUnit
from costbook.export import cartridge
from costbook.export.bank import Bank, Banked
from costbook.export.losses import Feature
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
    Variant,
)

BANKS = (*samples.real_banks(), samples.sample(), samples.bank(samples.NUMBERS, id="numbers"))
MANIFEST = {"m": "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"}
ASSESSMENT = "imsqti_xmlv1p2/imscc_xmlv1p1/assessment"
QUESTION_BANK = "imsqti_xmlv1p2/imscc_xmlv1p1/question-bank"

# Element -> its children in order, and its attributes (required ones with a mark): from the schemas of the cartridge.
MODEL = {
    "questestinterop": ("(objectbank|assessment) ", ""),
    "assessment": ("(qtimetadata )?(rubric )?(presentation_material )?section ", "ident! title!"),
    "objectbank": ("(qtimetadata )?(item )+", "ident!"),
    "section": ("(item )+", "ident! title"),
    "item": ("(itemmetadata )(presentation )?(resprocessing )*(itemfeedback )*", "ident! title"),
    "itemmetadata": ("(qtimetadata )+", ""),
    "qtimetadata": ("(qtimetadatafield )+", ""),
    "qtimetadatafield": ("fieldlabel fieldentry ", ""),
    "rubric": ("material ", ""),
    "presentation": ("((material |response_lid |response_str )+)", ""),
    "material": ("(mattext |matbreak )+", ""),
    "response_lid": ("(material )?render_choice (material )?", "ident! rcardinality=Single|Multiple|Ordered"),
    "response_str": ("(material )?render_fib (material )?", "ident! rcardinality=Single|Multiple|Ordered"),
    "render_choice": ("(response_label )*", "shuffle=Yes|No"),
    "render_fib": ("(response_label )*", "prompt=Asterisk|Box|Dashline|Underline fibtype=Decimal|Integer|String"),
    "response_label": ("(material )*", "ident! rshuffle=Yes|No"),
    "resprocessing": ("outcomes (respcondition )+", ""),
    "outcomes": ("decvar ", ""),
    "decvar": ("", "varname=SCORE vartype=Decimal|Integer minvalue maxvalue"),
    "respcondition": ("conditionvar (setvar )*(displayfeedback )*", "continue=Yes|No title"),
    "conditionvar": ("(and |other |varequal |varsubstring )+", ""),
    "and": ("(not |varequal )+", ""),
    "not": ("(varequal )+", ""),
    "other": ("", ""),
    "varequal": ("", "respident! case=Yes|No"),
    "setvar": ("", "varname=SCORE action=Set"),
    "displayfeedback": ("", "feedbacktype!=Response|Solution|Hint linkrefid!"),
    "itemfeedback": ("((flow_mat |material )|solution |hint )+", "ident! title"),
    "flow_mat": ("(material )+", ""),
    "hint": ("(hintmaterial )+", ""),
    "hintmaterial": ("(flow_mat )+|(material )+", ""),
    "mattext": ("", "texttype"),
    "fieldlabel": ("", ""),
    "fieldentry": ("", ""),
}
ITEM_FIELDS = {"cc_profile", "cc_question_category", "cc_weighting", "qmd_scoringpermitted", "qmd_computerscored"}
MANIFEST_MODEL = {
    "manifest": ("metadata organizations resources ", "identifier!"),
    "metadata": ("schema schemaversion lom ", ""),
    "organizations": ("(organization )?", ""),
    "organization": ("(title )?item ", "identifier! structure!=rooted-hierarchy"),
    "item": ("(title )?(item )*", "identifier! identifierref"),
    "resources": ("(resource )*", ""),
    "resource": ("(file )*(dependency )*", f"identifier! type!={ASSESSMENT}|{QUESTION_BANK}"),
    "file": ("", "href!"),
    "schema": ("", ""),
    "schemaversion": ("", ""),
    "lom": ("(general )?", ""),
    "general": ("(title )?(description )*", ""),
    "title": ("(string )*", ""),
    "description": ("(string )*", ""),
    "string": ("", "language"),
}


def faults(root: etree._Element, model: dict[str, tuple[str, str]]) -> Iterator[str]:
    """Where a document has other children or attributes than its schema allows."""
    for node in root.iter(etree.Element):
        children, attributes = model[tag(node)]
        found = "".join(f"{tag(child)} " for child in node)
        if not re.fullmatch(children, found):
            yield f"{tag(node)} has {found}"
        known = {}
        for one in attributes.split():
            name, _, values = one.partition("=")
            known[name.rstrip("!")] = values
            if name.endswith("!") and name.rstrip("!") not in node.attrib:
                yield f"{tag(node)} lacks {name}"
        for name, value in node.attrib.items():
            if name.startswith("{http://www.w3.org/2001/XMLSchema-instance}"):
                continue
            if name not in known or (known[name] and value not in known[name].split("|")):
                yield f"{tag(node)} has {name}={value}"


def files(bank: Bank) -> dict[str, bytes]:
    ((name, content),) = cartridge.write(bank).items()
    assert name.endswith(".imscc")
    return unzipped(content)


def documents(bank: Bank) -> tuple[etree._Element, etree._Element]:
    """The quiz and the question bank, found through the manifest."""
    found = files(bank)
    manifest = parsed(found["imsmanifest.xml"])
    resources = {one.get("type"): one for one in manifest.iterfind("m:resources/m:resource", MANIFEST)}
    hrefs = {kind: [one.get("href") for one in resource] for kind, resource in resources.items()}
    assert all(len(one) == 1 for one in hrefs.values())
    return parsed(found[hrefs[ASSESSMENT][0]]), parsed(found[hrefs[QUESTION_BANK][0]])


def paired(bank: Bank) -> Iterator[tuple[Banked, Item]]:
    """All questions with their items in the question bank, where they stand in the same order."""
    _, found = documents(bank)
    yield from zip(bank.questions, map(Item, found.iterfind("q:objectbank/q:item", NS)), strict=True)


def chosen(item: Item, options: tuple[Chosen, ...], ids: frozenset[str]) -> Given:
    shown = {said(html): ident for ident, html in item.labels().items()}
    return {"response1": [shown[words_of(one.text)] for one in options if one.id in ids]}


def listed(item: Item) -> tuple[list[str], dict[str, str]]:
    """What the stem numbers, and what it puts letters in front of, as learners see it."""
    stem = BeautifulSoup(item.stem, "html.parser")
    numbered = [squeezed(one.get_text()) for one in stem.select("ol > li")]
    lettered = (re.match(r"([A-Z])\. (.*)", one.get_text(), re.DOTALL) for one in stem.find_all("p"))
    return numbered, {squeezed(one[2]): one[1] for one in lettered if one}


@pytest.mark.parametrize("bank", BANKS, ids=lambda bank: bank.id)
def test_the_documents_follow_their_schemas(bank: Bank) -> None:
    for document in documents(bank):
        assert list(faults(document, MODEL)) == []
        idents = [one.get("ident") for one in document.iter(f"{{{NS['q']}}}item")]
        assert len(set(idents)) == len(idents)
    manifest = parsed(files(bank)["imsmanifest.xml"])
    assert list(faults(manifest, MANIFEST_MODEL)) == []
    ids = [one.get("identifier") for one in manifest.iter(etree.Element) if one.get("identifier")]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[A-Za-z_][\w.-]*", one) for one in ids)
    # The question bank may not be an item of the organization.
    refs = [one.get("identifierref") for one in manifest.iter(etree.Element) if one.get("identifierref")]
    assert refs == [manifest.find(f"m:resources/m:resource[@type='{ASSESSMENT}']", MANIFEST).get("identifier")]


@pytest.mark.parametrize("bank", BANKS, ids=lambda bank: bank.id)
def test_items_follow_the_rules_of_their_types(bank: Bank) -> None:
    """Those that the schemas state as rules beside the content model."""
    for question, item in paired(bank):
        fields = item.fields
        assert set(fields) <= ITEM_FIELDS
        assert fields["cc_weighting"] == str(question.variant.points)
        triggers = {one.get("linkrefid") for one in item.node.iterfind(".//q:displayfeedback", NS)}
        assert triggers == set(item.feedback), "every trigger has its feedback, every feedback its trigger"
        labels = item.labels()
        match fields["cc_profile"]:
            case "cc.multiple_choice.v0p1":
                assert len(labels) > 2
            case "cc.multiple_response.v0p1":
                assert len(labels) > 1
            case "cc.essay.v0p1":
                assert fields["qmd_computerscored"] == "No"
                assert item.node.find(".//q:varequal", NS) is None
            case "cc.fib.v0p1":
                assert labels == {}
            case other:
                pytest.fail(other)


def as_given(body: Body, item: Item, response: site.Response) -> Given:
    """What a learner who means a response gives: of orders and matches, the row that the question asks for."""
    match body, response:
        case (ChoiceBody(options) | MultipleBody(options), frozenset()):
            return chosen(item, options, response)
        case NumericBody(), Decimal():
            return {"response1": [f"{response:f}"]}
        case ShortBody(), str():
            return {"response1": [response]}
        case OrderBody(events=events), tuple():
            numbered, _ = listed(item)
            assert numbered == [words_of(one.text) for one in events]
            texts = {one.id: words_of(one.text) for one in events}
            return {"response1": [" ".join(str(numbered.index(texts[one]) + 1) for one in response)]}
        case MatchBody(lefts=lefts, rights=rights), dict():
            numbered, lettered = listed(item)
            assert numbered == [words_of(one.text) for one in lefts]
            texts = {one.id: words_of(one.text) for one in rights}
            return {"response1": [" ".join(lettered[texts[response[one.id]]] for one in lefts)]}
    raise TypeError(body)


@pytest.mark.parametrize("bank", BANKS, ids=lambda bank: bank.id)
def test_a_cartridge_grades_as_the_report_says(bank: Bank) -> None:
    """All or nothing, and of a number the key alone."""
    for question, item in paired(bank):
        body = question.variant.body
        if isinstance(body, OpenBody):
            assert item.fields["cc_profile"] == "cc.essay.v0p1"
            continue
        for response in site.responses(body):
            right = response == body.key if isinstance(body, NumericBody) else site.grade(body, response) == 1
            assert item.graded(as_given(body, item, response))[0] == Fraction(right), (question.id, response)


@pytest.mark.parametrize(("between", "right"), [(" ", 1), (", ", 1), (",", 1), ("-", 1), ("", 1), (".", 0)])
def test_rows_may_be_parted_in_several_ways(between: str, right: int) -> None:
    for question, item in paired(samples.sample()):
        body = question.variant.body
        if isinstance(body, OrderBody | MatchBody):
            key = next(site.responses(body))
            ((row,),) = as_given(body, item, key).values()
            assert item.graded({"response1": [row.lower().replace(" ", between)]})[0] == right


@pytest.mark.parametrize("bank", BANKS, ids=lambda bank: bank.id)
def test_moodle_finds_the_right_answers_and_their_feedback(bank: Bank) -> None:
    """Its importer takes texts from the first condition that scores, and right options of several by their case."""
    for question, item in paired(bank):
        body = question.variant.body
        scoring = item.node.xpath(".//q:respcondition[q:setvar='100']", namespaces=NS)
        general = item.node.xpath(".//q:respcondition[@continue='Yes']/q:displayfeedback/@linkrefid", namespaces=NS)
        assert set(general) <= {"general_fb", "hint"}, "all else would be shown to everybody"
        match body:
            case ChoiceBody(options) | MultipleBody(options):
                right = {words_of(one.text) for one in options if one.right}
                if item.fields["cc_profile"] == "cc.multiple_choice.v0p1":
                    found = [condition.findtext("q:conditionvar/q:varequal", None, NS) for condition in scoring]
                else:
                    path = ".//q:setvar[@varname='SCORE'][.=100]/../q:conditionvar//q:varequal[@case='Yes']"
                    found = [one.text for one in item.node.xpath(f"{path}[not(parent::q:not)]", namespaces=NS)]
                assert {said(item.labels()[one]) for one in found} == right
                for one in options:
                    ((ident,),) = chosen(item, options, frozenset({one.id})).values()
                    path = f".//q:respcondition[q:conditionvar/q:varequal='{ident}']/q:displayfeedback/@linkrefid"
                    (link,) = item.node.xpath(path, namespaces=NS)
                    assert said(item.feedback[link]) == words_of(one.feedback)
            case OpenBody():
                assert scoring == []
            case _:
                texts = [one.text for one in scoring[0].iterfind("q:conditionvar/q:varequal", NS)]
                assert len(scoring) == 1
                assert texts
        assert question.digest in said(item.feedback["general_fb"])


def test_the_quiz_has_the_first_question_of_each_place() -> None:
    bank = samples.sample()
    quiz, _ = documents(bank)
    items = [Item(one) for one in quiz.iterfind("q:assessment/q:section/q:item", NS)]
    known = {question.id: item.ident for question, item in paired(bank)}
    assert [one.ident for one in items] == [known[pool.questions[0].id] for pool in bank.pools]


def test_a_key_is_listed_as_it_may_be_spelled() -> None:
    spelt = {one.variant.solution: item for one, item in paired(samples.bank([samples.SUB_CENT]))}
    (item,) = spelt.values()
    right = ("0.0081", ".0081", "0,0081", "$0.0081", "0.0081 dollars", "0.0081 USD", "$.0081", "0,0081 usd")
    for text in right:
        assert item.graded({"response1": [text]})[0] == 1, text
    for text in ("0.00805", "0.00815", "0.0189", "81", "0.81 cents"):  # the report says so
        assert item.graded({"response1": [text]})[0] == 0, text
    assert "with4decimals" in said(item.stem)


@pytest.mark.parametrize(
    ("key", "unit", "right", "wrong"),
    [
        ("1140", AnswerUnit.TOKENS, ("1140", "1,140", "1140 tokens", "1,140 tokens"), ("1.140", "114")),
        ("1.234", AnswerUnit.PERCENT, ("1.234", "1.234%", "1.234 percent"), ("1,234", "1,234 %")),  # read as 1234
        ("12.5", AnswerUnit.TIMES, ("12.5", "12,5", "12.5x", "12.5 times"), ("125",)),
        ("0.5", AnswerUnit.CENTS, ("0.5", ".5", "0,5", "0.5 cents", "0.5¢"), ("0.50000001", "$0.5")),
        ("100", AnswerUnit.MICRO_DOLLARS, ("100", "100 micro-dollars"), ("100 dollars",)),
    ],
)
def test_spellings_of_each_unit(key: str, unit: AnswerUnit, right: tuple[str, ...], wrong: tuple[str, ...]) -> None:
    ((_, item),) = paired(samples.bank([samples.number(key, key, key, unit=unit)]))
    assert all(item.graded({"response1": [text]})[0] == 1 for text in right)
    assert all(item.graded({"response1": [text]})[0] == 0 for text in wrong)


def test_a_choice_of_two_keeps_the_rules() -> None:
    """A cartridge's multiple choice has three options at least."""
    two: Variant = SLOTS[0][1][1]
    assert isinstance(two.body, ChoiceBody)
    assert len(two.body.options) == 2
    ((_, item),) = paired(samples.bank([two]))
    assert item.fields["cc_profile"] == "cc.multiple_response.v0p1"


def test_hints_are_hints_and_wrong_answers_hear_of_every_mistake() -> None:
    for question, item in paired(samples.sample()):
        variant = question.variant
        hints = item.node.iterfind("q:itemfeedback/q:hint", NS)
        assert [said("".join(one.itertext()).strip()) for one in hints] == (
            [words_of(variant.hint)] if variant.hint else []
        )
        match variant.body:
            case NumericBody(wrong=mistakes) | ShortBody(wrong=mistakes) | OrderBody(mistakes=mistakes):
                missed = said(item.feedback["general_incorrect_fb"])
                assert all(words_of(one.feedback) in missed for one in mistakes)
                assert item.graded({"response1": ["something else"]})[1][-1] == "general_incorrect_fb"


@pytest.mark.parametrize("said_by_author", samples.HOSTILE, ids=range(len(samples.HOSTILE)))
def test_texts_are_never_markup(said_by_author: str) -> None:
    bank = samples.hostile(said_by_author)
    shown = squeezed(writable(said_by_author))
    assert list(faults(documents(bank)[0], MODEL)) == []
    for _, item in paired(bank):
        assert said(item.stem).startswith(shown)
        for html in (*item.feedback.values(), *item.labels().values()):
            assert shown in said(html)


def test_the_same_bank_gives_the_same_bytes() -> None:
    assert cartridge.write(samples.sample()) == cartridge.write(samples.sample())


def test_every_feature_has_its_fate() -> None:
    assert set(cartridge.FATES) == set(Feature)
