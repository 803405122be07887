"""The zip for Canvas, read back and graded as Classic Quizzes and New Quizzes do it."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.export import samples, site
from tests.export.packages import parsed, said, squeezed, unzipped, words_of, writable
from tests.export.qti12 import NS, Given, Item, classic, interactions, new_quizzes, typed
from tests.sphinx_ext.quiz_pages import SLOTS

from costbook.assessment.items import AnswerUnit
from costbook.assessment.rich import to_plain, words
from costbook.assessment.rubrics import Criterion
from costbook.export import canvas
from costbook.export.bank import Bank, Banked
from costbook.export.canvas_rubric import write as rubric_csv
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
ALL = Fraction(1)
META = "{http://canvas.instructure.com/xsd/cccv1p0}"


def files(bank: Bank) -> dict[str, bytes]:
    (content,) = (content for name, content in canvas.write(bank).items() if name.endswith(".zip"))
    return unzipped(content)


def assessment(bank: Bank) -> bytes:
    """The file that the manifest names as what Canvas reads."""
    found = files(bank)
    manifest = parsed(found["imsmanifest.xml"])
    ns = {"m": "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"}
    resources = {one.get("type"): one for one in manifest.iterfind("m:resources/m:resource", ns)}
    hrefs = [one.get("href") for one in manifest.iterfind(".//m:file", ns)]
    assert sorted([*hrefs, "imsmanifest.xml"]) == sorted(found)
    (href,) = (one.get("href") for one in resources["imsqti_xmlv1p2"].iterfind("m:file", ns))
    return found[href]


def sections(bank: Bank) -> list[tuple[str, str, str, list[Item]]]:
    """Identifier, how many are drawn, points and items of each question group."""
    root = parsed(assessment(bank))
    (top,) = root.iterfind("q:assessment/q:section", NS)
    assert top.find("q:item", NS) is None
    return [
        (
            one.get("ident"),
            one.findtext("q:selection_ordering/q:selection/q:selection_number", None, NS),
            one.findtext(".//q:points_per_item", None, NS),
            [Item(item) for item in one.iterfind("q:item", NS)],
        )
        for one in top.iterfind("q:section", NS)
    ]


def paired(bank: Bank) -> Iterator[tuple[Banked, Item]]:
    """Questions with their items: they stand in the same order."""
    items = [item for *_, items in sections(bank) for item in items]
    yield from zip(bank.questions, items, strict=True)


def as_given(body: Body, item: Item, response: site.Response) -> Given:
    """What a learner who means a response gives in Canvas: found by the texts that are shown."""
    match body, response:
        case (ChoiceBody(options) | MultipleBody(options), frozenset()):
            shown = {said(html): ident for ident, html in item.labels().items()}
            texts = {one.id: words_of(one.text) for one in options}
            return {"response1": [shown[texts[one]] for one in sorted(response)]}
        case NumericBody(), Decimal():
            return {"response1": [f"{response * units(body, item):f}"]}
        case ShortBody(), str():
            return {"response1": [response]}
        case OrderBody(events=events), tuple():
            lefts = {squeezed(text): ident for ident, text in item.lefts.items()}
            places = {text: ident for ident, text in item.labels().items()}
            texts = {one.id: words_of(one.text) for one in events}
            return {lefts[texts[one]]: [places[str(place)]] for place, one in enumerate(response, start=1)}
        case MatchBody(lefts=left_sides, rights=rights), dict():
            lefts = {squeezed(text): ident for ident, text in item.lefts.items()}
            shown = {squeezed(text): ident for ident, text in item.labels().items()}
            texts = {one.id: words_of(one.text) for one in rights}
            return {lefts[words_of(one.text)]: [shown[texts[response[one.id]]]] for one in left_sides}
    raise TypeError(body)


IN_DOLLARS = {"dollars": 1, "cents": 100, "micro-dollars": 1_000_000}
"""How many of each are a dollar."""


def units(body: NumericBody, item: Item) -> int:
    """How many of the unit that an item asks in make one of its body's, by the words that a learner reads."""
    found = re.findall(r"Answerin(dollars|cents|micro-dollars)[.(]", said(item.stem))
    return IN_DOLLARS[found[0]] // IN_DOLLARS[body.unit.value] if found else 1


def by_places(body: OrderBody, response: site.Response) -> Fraction:
    """What the loss report says of orders: credit for each right place."""
    assert isinstance(response, tuple)
    return Fraction(sum(a == b for a, b in zip(body.order, response, strict=True)), len(body.order))


@pytest.mark.parametrize("bank", BANKS, ids=lambda bank: bank.id)
def test_canvas_grades_as_the_site_or_as_the_report_says(bank: Bank) -> None:
    for question, item in paired(bank):
        body = question.variant.body
        if isinstance(body, OpenBody):
            continue
        for number, response in enumerate(site.responses(body)):
            here, there = site.grade(body, response), as_given(body, item, response)
            graded, in_classic, in_new = item.graded(there)[0], classic(item, there), new_quizzes(item, there)
            if number == 0:
                assert (here, graded, in_classic, in_new) == (ALL, ALL, ALL, {ALL}), question.id
            match body:
                case MultipleBody():  # all or nothing, but in Classic
                    whole = Fraction(here == 1)
                    assert (graded, in_classic, in_new) == (whole, here, {whole})
                case OrderBody():
                    places = by_places(body, response)
                    assert (graded, in_classic, in_new) == (places, places, {places})
                case NumericBody():  # Classic grades what it has rounded
                    assert isinstance(response, Decimal)
                    many = units(body, item)
                    then = site.grade(body, typed(response * many) / many)
                    assert (graded, in_classic, in_new) == (here, then, {here}), (question.id, response)
                case _:
                    assert (graded, in_classic, in_new) == (here, here, {here}), (question.id, response)


@pytest.mark.parametrize("bank", samples.real_banks(999), ids=lambda bank: bank.id)
def test_every_number_of_the_book_survives_the_rounding_of_classic(bank: Bank) -> None:
    """Key, both edges and every mistake of every variant."""
    assert canvas.cautions(bank) == ()
    for question, item in paired(bank):
        body = question.variant.body
        if isinstance(body, NumericBody):
            for value in (body.key, body.low, body.high, *(one.value for one in body.wrong)):
                there: Given = {"response1": [f"{value:f}"]}
                here = site.grade(body, value)
                assert (classic(item, there), new_quizzes(item, there)) == (here, {here})


def test_a_price_below_a_cent() -> None:
    """0.0081 dollars within 0.00005: the key, both edges and what two mistakes answer.

    In dollars Classic would round 0.00805, as a binary number a little less, to 0.0080; so Canvas asks in cents.
    """
    assert typed(Decimal("0.00805")) == Decimal("0.0080")
    bank = samples.bank([samples.SUB_CENT])
    assert canvas.cautions(bank) == ()
    ((question, item),) = paired(bank)
    shown = said(item.stem)
    assert "theansweriswantedincents,whicheverunitthetextnames." in shown
    assert "Answerincents." in shown
    assert "Incents:0.81." in said(item.feedback["general_fb"])
    assert "From1.885to1.895:" in said(item.feedback["general_incorrect_fb"])
    grades = {"0.0081": 1, "0.00805": 1, "0.00815": 1, "0.00804": 0, "0.00816": 0, "0.0189": 0, "0.0045": 0}
    for dollars, right in grades.items():
        here = site.grade(question.variant.body, Decimal(dollars))
        there, grade = {"response1": [f"{Decimal(dollars) * 100:f}"]}, Fraction(right)
        assert (here, item.graded(there)[0], classic(item, there)) == (grade, grade, grade), dollars
        assert new_quizzes(item, there) == {grade}, dollars


def test_new_quizzes_loses_no_edge_to_binary_numbers() -> None:
    """Without the spare it would have 4.99999999999997e-05 for a margin, and refuse the lower edge."""
    one = samples.number("0.0081", "0.00805", "0.00815", unit=AnswerUnit.PER_1000_CALLS)
    ((_, item),) = paired(samples.bank([one]))
    assert 0.0081 - 0.00805 < 0.00005 <= 0.0081 - float(item.node.findtext(".//q:vargte", None, NS))
    for text, right in {"0.0081": 1, "0.00805": 1, "0.00815": 1, "0.00804": 0, "0.00816": 0}.items():
        assert new_quizzes(item, {"response1": [text]}) == {Fraction(right)}, text


def test_in_cents_classic_loses_nothing_of_it() -> None:
    cents = samples.number("0.81", "0.805", "0.815", ("swapped-rates", "1.89", "1.885", "1.895"), unit=AnswerUnit.CENTS)
    bank = samples.bank([cents])
    assert canvas.cautions(bank) == ()
    ((_, item),) = paired(bank)
    for text, right in {"0.81": 1, "0.805": 1, "0.815": 1, "0.8049": 0, "0.8151": 0, "1.89": 0}.items():
        assert classic(item, {"response1": [text]}) == right


def test_what_classic_rounds_away_is_said() -> None:
    """With four decimals 0.00002 is nothing, and 0.00034 is 0.0003; of percents and calls there is no smaller unit."""
    tiny = samples.number("0.00002", "0.000019", "0.000021", unit=AnswerUnit.PERCENT)
    mistaken = samples.number(
        "0.0003",
        "0.00028",
        "0.00032",
        ("swapped-rates", "0.00034", "0.00033", "0.00035"),
        unit=AnswerUnit.PER_1000_CALLS,
    )
    fine = samples.number("0.0003", "0.00025", "0.00035", unit=AnswerUnit.PERCENT)
    first, second = canvas.cautions(samples.bank([tiny], [mistaken], [fine]))
    assert first == (
        "break-even (case 0): Canvas Classic rounds 0.00002 to 0 before it grades; use New Quizzes for this question, "
        "or write a wider `tolerance` into its file"
    )
    assert "rounds 0.00034 to 0.0003 before" in second
    assert "or write `unit: micro-dollars`, for one call, or a wider `tolerance` into its file" in second


@pytest.mark.parametrize(
    ("key", "around", "unit", "asked", "shown"),
    [
        # A dollar is 100 cents and a million micro-dollars: the first in which four decimals are enough.
        ("0.0081", "0.00005", AnswerUnit.DOLLARS, AnswerUnit.CENTS, "0.81"),
        ("0.0000021", "0.00000001", AnswerUnit.DOLLARS, AnswerUnit.MICRO_DOLLARS, "2.1"),
        ("0.00021", "0.000001", AnswerUnit.CENTS, AnswerUnit.MICRO_DOLLARS, "2.1"),
        ("0.81", "0.005", AnswerUnit.CENTS, AnswerUnit.CENTS, "0.81"),
        ("0.0081", "0.0004", AnswerUnit.DOLLARS, AnswerUnit.DOLLARS, "0.0081"),
        # Not even micro-dollars are small enough: the question stays as it is, and is named.
        ("0.0000021", "0.000000000001", AnswerUnit.DOLLARS, AnswerUnit.MICRO_DOLLARS, "2.1"),
        ("0.00000000001", "0", AnswerUnit.DOLLARS, AnswerUnit.DOLLARS, "0.00000000001"),
    ],
)
def test_the_unit_that_canvas_asks_in(key: str, around: str, unit: AnswerUnit, asked: AnswerUnit, shown: str) -> None:
    low, high = Decimal(key) - Decimal(around), Decimal(key) + Decimal(around)
    one = samples.number(key, f"{low:f}", f"{high:f}", unit=unit)
    assert isinstance(one.body, NumericBody)
    found = canvas.asked(one.body)
    assert (found.unit, found.key) == (asked, Decimal(shown))
    bank = samples.bank([one])
    ((_, item),) = paired(bank)
    value = f"{found.key:f}"
    assert bool(canvas.cautions(bank)) == (classic(item, {"response1": [value]}) != 1)


@settings(max_examples=60, deadline=None)
@given(st.decimals("0.0001", "100000", places=4), st.decimals("0", "0.2", places=4))
def test_every_edge_is_inside_for_floats_and_what_lies_beyond_is_not(key: Decimal, share: Decimal) -> None:
    """Whatever the key and the width: no way to compare floats loses an edge, or takes in the next number."""
    around = key * share
    one = samples.number(f"{key}", f"{key - around}", f"{key + around}", unit=AnswerUnit.DOLLARS)
    ((_, item),) = paired(samples.bank([one]))
    beyond = key * Decimal("1e-9")
    for value, inside in (
        (key, 1),
        (key - around, 1),
        (key + around, 1),
        (key - around - beyond, 0),
        (key + around + beyond, 0),
    ):
        assert isinstance(one.body, NumericBody)
        there, grade = as_given(one.body, item, value), Fraction(inside)
        assert (item.graded(there)[0], new_quizzes(item, there)) == (grade, {grade})


@pytest.mark.parametrize("bank", BANKS, ids=lambda bank: bank.id)
def test_one_group_a_place_draws_one_of_all_its_questions(bank: Bank) -> None:
    found = sections(bank)
    assert [(drawn, points, len(items)) for _, drawn, points, items in found] == [
        ("1", str(pool.points), len(pool.questions)) for pool in bank.pools
    ]
    idents = [*(ident for ident, *_ in found), *(item.ident for *_, items in found for item in items)]
    assert len(set(idents)) == len(idents)
    points = {item.fields["points_possible"] for *_, items in found for item in items}
    assert points == {str(pool.points) for pool in bank.pools}


@pytest.mark.parametrize("bank", BANKS, ids=lambda bank: bank.id)
def test_new_quizzes_takes_each_question_for_one_thing(bank: Bank) -> None:
    kinds = {
        ChoiceBody: ["choice"],
        MultipleBody: ["choice"],
        NumericBody: ["numeric"],
        OrderBody: ["match"],
        MatchBody: ["match"],
        ShortBody: ["blank"],
        OpenBody: ["essay"],
    }
    for question, item in paired(bank):
        assert interactions(item) == kinds[type(question.variant.body)], question.id


def test_feedback_is_where_classic_reads_it() -> None:
    for question, item in paired(samples.sample()):
        variant, texts = question.variant, item.feedback
        body = variant.body
        # Classic takes identifiers with these words for these comments; no other may have them.
        assert {one for one in texts if "correct" in one} <= {"correct_fb", "general_incorrect_fb"}
        assert words_of(variant.solution) in said(texts["general_fb"]) or isinstance(
            body, MultipleBody | OrderBody | MatchBody
        )
        if variant.hint is not None and not isinstance(body, OpenBody):
            assert said(texts["general_incorrect_fb"]).startswith("Hint" + words_of(variant.hint))
        match body:
            case ChoiceBody(options) | MultipleBody(options):
                for one in options:
                    ((chosen,),) = as_given(body, item, frozenset({one.id})).values()
                    assert f"{chosen}_fb" in item.graded({"response1": [chosen]})[1]
                    assert said(texts[f"{chosen}_fb"]) == words_of(one.feedback)
            case NumericBody(wrong=wrong, right=right, otherwise=otherwise):
                assert said(texts["correct_fb"]) == words_of(right)
                missed = said(texts["general_incorrect_fb"])
                assert words_of(otherwise) in missed
                assert all(words_of(one.feedback) in missed for one in wrong)
            case MatchBody(lefts=lefts):
                ids = {squeezed(text): ident.removeprefix("response_") for ident, text in item.lefts.items()}
                key = as_given(body, item, {one.id: one.id for one in lefts})
                for left in lefts:
                    ident = ids[words_of(left.text)]
                    assert said(texts[f"{ident}_fb"]) == words_of(left.feedback)
                    assert f"{ident}_fb" not in item.graded(key)[1]
                    assert f"{ident}_fb" in item.graded({**key, f"response_{ident}": ["1"]})[1]
            case ShortBody(wrong=mistakes) | OrderBody(mistakes=mistakes):
                missed = said(texts["general_incorrect_fb"])
                assert all(words_of(one.feedback) in missed for one in mistakes)
            case OpenBody():
                assert set(texts) == {"general_fb"}


@pytest.mark.parametrize("bank", BANKS, ids=lambda bank: bank.id)
def test_every_question_says_its_edition_and_where_to_look(bank: Bank) -> None:
    stamp = squeezed(bank.stamp)[1:]
    for question, item in paired(bank):
        assert stamp in said(item.stem)
        assert all(one in said(item.feedback["general_fb"]) for one in (stamp, question.digest))
        assert 'href="https://example.org/editions.html?a=1&amp;b=2"' in item.feedback["general_fb"]
        tags = item.fields["costbook_tags"].split(",")
        assert {f"objective:{question.variant.objective}", f"digest:{question.digest}"} <= set(tags)


def test_units_and_lengths_are_asked_for() -> None:
    stems = {question.variant.item: said(item.stem) for question, item in paired(samples.sample())}
    assert "Answerincents." in stems["break-even"]
    assert "Severalmayberight." in stems["which-fall"]
    assert "1comesfirst" in stems["events"]
    assert "Write5to60words" in stems["to-finance"]


def test_identifiers_are_of_what_was_drawn_and_not_of_the_place() -> None:
    """Other variants and another order of options: the same question and option keep their identifiers."""
    variants = SLOTS[0][1]
    turned = replace(variants[0], body=ChoiceBody(tuple(reversed(variants[0].body.options))))  # type: ignore[union-attr]
    idents = [
        {said(html): ident for ident, html in item.labels().items()}
        for one in (variants[0], turned)
        for _, item in paired(samples.bank([one]))
    ]
    assert idents[0] == idents[1]
    assert len(set(idents[0].values())) == 3
    first = [item.ident for _, item in paired(samples.bank(variants))]
    assert first[:2] == [item.ident for _, item in paired(samples.bank(variants[:2]))]
    assert first[0] == "sample-practice.which-side.case-0-" + first[0][-16:]


@pytest.mark.parametrize("said_by_author", samples.HOSTILE, ids=range(len(samples.HOSTILE)))
def test_texts_are_never_markup(said_by_author: str) -> None:
    bank = samples.hostile(said_by_author)
    shown = squeezed(writable(said_by_author))
    for question, item in paired(bank):
        assert said(item.stem).startswith(shown), question.id
        for html in (*item.feedback.values(), item.stem):
            said(html)
        if isinstance(question.variant.body, ChoiceBody | MultipleBody):
            assert all(said(html).startswith(shown) for html in item.labels().values())
        elif isinstance(question.variant.body, MatchBody):
            assert all(squeezed(text).startswith(shown) for text in (*item.labels().values(), *item.lefts.values()))
    meta = parsed(next(content for name, content in files(bank).items() if name.endswith("meta.xml")))
    assert squeezed(meta.findtext(f"{META}title")) == shown


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(codec=None), max_size=60) | st.text("<>&;\"'#x/!-[]{}%$\\ab ", max_size=40))
def test_any_text_is_shown_as_it_is(text: str) -> None:
    variant = replace(SLOTS[5][1][0], stem=words(f"x{text}x"))
    ((_, item),) = paired(samples.bank([variant]))
    assert said(item.stem).startswith(squeezed(writable(f"x{text}x")))


def test_long_identifiers_stay_apart() -> None:
    bank = samples.bank(SLOTS[0][1], id="a" * 300)
    idents = [item.ident for _, item in paired(bank)]
    assert len(set(idents)) == len(idents) == 3
    assert all(len(ident) <= 100 for ident in idents)
    assert all(len(name) < 230 for name in files(bank))
    titled = samples.bank(SLOTS[0][1][:1], title="t" * 300)
    assert len(parsed(assessment(titled)).find("q:assessment", NS).get("title")) <= 255


def test_what_canvas_shows_of_the_quiz() -> None:
    bank = samples.sample()
    meta = parsed(files(bank)["sample-practice/assessment_meta.xml"])
    assert meta.findtext(f"{META}title") == "Practice: a sample"
    assert meta.findtext(f"{META}points_possible") == str(2 + 2 + 2 + 3 + 3 + 1 + 4)
    description = meta.findtext(f"{META}description")
    assert "edition7,pricedat2026-11-22" in said(description)
    assert all(squeezed(one.statement) in said(description) for one in bank.objectives)


def test_the_same_bank_gives_the_same_bytes() -> None:
    assert canvas.write(samples.sample()) == canvas.write(samples.sample())


def test_every_feature_has_its_fate() -> None:
    assert set(canvas.FATES) == set(Feature)
    assert all(fate.how for fate in canvas.FATES.values())


# --- rubrics ---------------------------------------------------------------------------------------------------------


def imported(content: bytes) -> dict[str, list[tuple[str, list[tuple[str, str, float]]]]]:
    """Rubrics as Canvas reads them: criteria with levels of name, description and points; an absent cell is none."""
    head, *rows = csv.reader(StringIO(content.decode()))
    assert head[:4] == ["Rubric Name", "Criteria Name", "Criteria Description", "Criteria Enable Range"]
    columns = {
        word: [place for place, title in enumerate(head) if word in title.lower()]
        for word in ("rating name", "rating description", "rating points")
    }
    found: dict[str, list[tuple[str, list[tuple[str, str, float]]]]] = {}
    for row in rows:
        assert len(row) == len(head)
        levels = [
            (row[name], row[text], float(row[points]))
            for name, text, points in zip(*columns.values(), strict=True)
            if row[name]
        ]
        found.setdefault(row[0], []).append((row[1], levels))
    return found


def test_rubrics_have_each_criterion_with_its_levels() -> None:
    (content,) = rubric_csv(samples.sample()).values()
    assert imported(content) == {
        "An explanation to a colleague": [
            (
                "Stages and terms",
                [
                    ("2 points", "Names the operations in order.", 2),
                    ("1 point", "Two of them.", 1),
                    ("0 points", "No process.", 0),
                ],
            ),
            (
                "Cause of the asymmetry",
                [
                    ("2 points", "A pass is shared by the prompt, not by the reply.", 2),
                    ("1 point", "Repetition.", 1),
                    ("0 points", "No mechanism.", 0),
                ],
            ),
        ]
    }


def test_levels_that_a_criterion_lacks_are_empty() -> None:
    """Canvas takes a quoted empty cell for a level without a name."""
    variant = SLOTS[6][1][0]
    assert isinstance(variant.body, OpenBody)
    short = Criterion("short", 'Short, "quoted"', (), ((1, "Yes,\nall."), (0, "No.")))
    rubric = replace(variant.body.rubric, criteria=(*variant.body.rubric.criteria, short))
    bank = samples.bank([replace(variant, body=replace(variant.body, rubric=rubric))])
    (content,) = rubric_csv(bank).values()
    assert content.endswith(b",0 points,No.,0,,,\r\n")
    assert imported(content)["An explanation to a colleague"][2] == (
        'Short, "quoted"',
        [("1 point", "Yes,\nall.", 1), ("0 points", "No.", 0)],
    )


def test_no_open_question_no_rubrics() -> None:
    assert rubric_csv(samples.bank(SLOTS[0][1])) == {}
    assert list(canvas.write(samples.bank(SLOTS[0][1]))) == ["sample-practice-canvas.zip"]
    for bank in samples.real_banks():
        for content in rubric_csv(bank).values():
            rubrics = {
                one.variant.body.rubric.title: one.variant.body.rubric.points
                for one in bank.questions
                if isinstance(one.variant.body, OpenBody)
            }
            assert {
                name: sum(max(points for *_, points in levels) for _, levels in criteria)
                for name, criteria in imported(content).items()
            } == rubrics


def test_plain_texts_agree_with_the_words_shown() -> None:
    """The comparison of texts here rests on it."""
    assert words_of(SLOTS[0][1][0].hint or ()) == squeezed(to_plain(SLOTS[0][1][0].hint or ()))
